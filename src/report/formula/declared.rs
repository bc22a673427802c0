//! The rules of a form's rows as formulas: a target, both ends of one, and a level of attainment.

use rust_decimal::Decimal;

use crate::rulebook::{Criterion, Direction, Level, TargetRule};

use super::{Ends, Scope, Slot, anything, words};

/// The cells that a target is measured in, and what a target below zero that is not met leaves open.
struct Cells<'a> {
    points: &'a str,
    target: &'a str,
    actual: &'a str,
    open: &'a str,
}

/// An actual against a target; where no direction is written or chosen, the lower and the higher of both.
pub fn target(scope: &Scope, rule: &TargetRule, points: &str) -> Ends {
    let (Some(target), Some(actual)) = (scope.facts.get(&rule.target), scope.facts.get(&rule.actual)) else {
        return anything(points);
    };
    let direction = rule.open.as_ref().and_then(|fact| scope.facts.get(fact));
    let end = |open: &str, nearer: &str| {
        let cells = Cells { points, target: &target.value, actual: &actual.value, open };
        let kept = cells.earned(rule.direction, rule.is_strict);
        let score = match direction {
            Some(direction) => chosen(direction, &cells.earned(Direction::Positive, rule.is_strict), &kept, nearer),
            None => kept,
        };
        format!("IF(AND(ISNUMBER({}),ISNUMBER({})),{score},{open})", target.value, actual.value)
    };
    Ends { low: end("0", "MIN"), high: end(points, "MAX") }
}

/// The direction that the cell says, whose answers are first to reach the target, then to keep it.
fn chosen(direction: &Slot, reach: &str, keep: &str, nearer: &str) -> String {
    let [up, down, ..] = direction.answers.as_slice() else { return format!("{nearer}({reach},{keep})") };
    let (cell, up, down) = (&direction.value, words(up), words(down));
    format!("IF({cell}={up},{reach},IF({cell}={down},{keep},{nearer}({reach},{keep})))")
}

impl Cells<'_> {
    fn earned(&self, direction: Direction, is_strict: bool) -> String {
        let Cells { points: w, target: t, actual: a, open } = self;
        let (met, part) = match direction {
            Direction::Exact => return format!("IF(ROUND({a}-{t},10)=0,{w},0)"),
            Direction::Positive => (">=0", format!("MIN({w},{w}*{a}/{t})")),
            Direction::Linear => ("<=0", format!("{w}*(2*{t}-{a})/{t}")),
            Direction::Inverse => ("<=0", format!("MIN({w},{w}*{t}/{a})")),
        };
        let met = format!("ROUND({a}-{t},10){met}");
        // More than 0 is not reached by 0, less than 0 not kept by it.
        let met = if is_strict { format!("AND({met},NOT(AND({t}=0,{a}=0)))") } else { met };
        format!("IF({met},{w},IF({t}=0,0,IF({t}<0,{open},MAX(0,{part}))))")
    }
}

/// All points between both ends.
pub fn span(scope: &Scope, criterion: &Criterion, actual: &str, points: &str) -> Ends {
    let (Some(ends), Some(actual)) = (scope.spans.get(&criterion.id), scope.facts.get(actual)) else {
        return anything(points);
    };
    let (Ends { low, high }, actual) = (ends, &actual.value);
    let known = format!("AND(ISNUMBER({low}),ISNUMBER({high}),ISNUMBER({actual}))");
    let inside = format!("AND(ROUND({actual}-{low},10)>=0,ROUND({high}-{actual},10)>=0)");
    let end = |open: &str| format!("IF({known},IF({inside},{points},{open}),{open})");
    Ends { low: end("0"), high: end(points) }
}

/// The range of the level that the cell names.
pub fn level(scope: &Scope, fact: &str, levels: &[Level], points: &str) -> Ends {
    let Some(slot) = scope.facts.get(fact) else { return anything(points) };
    let end = |share: fn(&Level) -> Decimal, open: &str| {
        let of =
            |level: &Level| format!("IF({}={},{points}*{},", slot.value, words(&level.name), share(level).normalize());
        let named: String = levels.iter().map(of).collect();
        format!("{named}{open}{}", ")".repeat(levels.len()))
    };
    Ends { low: end(|level| level.from, "0"), high: end(|level| level.to.min(Decimal::ONE), points) }
}
