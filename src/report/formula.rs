//! Rules as live formulas over the fact cells of a working paper, low and high, as the specification sums them.
//!
//! Only functions that Excel 2016, WPS and LibreOffice share. Comparisons round to ten places, so that binary noise
//! cannot move an edge; a score is rounded to ten places before its one rounding to two, for the same reason at ties.
//! An unknown fact (an empty cell) gives the criterion its whole range, exactly as in the engine. The points of a
//! form's line stand in a cell, too; without them the line has no highest score.

mod declared;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::contract::{NO, YES};
use crate::rulebook::expression::{Expression, Operation};
use crate::rulebook::{Band, Comparison, Condition, Criterion, Edge, Fact, FactKind, Indicator, Reading, Rule, Steps};

/// Low and high of one thing, each as a formula without `=`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ends {
    /// The lowest.
    pub low: String,
    /// The highest.
    pub high: String,
}

/// The cells that hold one fact in one case.
#[derive(Debug, Clone)]
pub struct Slot {
    /// Where its value stands.
    pub value: String,
    /// Where its evidence stands.
    pub evidence: String,
    /// It is a percentage, held as the number before the sign.
    pub percent: bool,
    /// The answers it may have; none for figures.
    pub answers: Vec<String>,
}

/// What formulas of one case may refer to.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// Cells of facts by id.
    pub facts: BTreeMap<String, Slot>,
    /// Cells of earlier criteria by id.
    pub criteria: BTreeMap<String, Ends>,
    /// The cell of a judged score, by criterion, where a criterion is judged.
    pub judged: BTreeMap<String, String>,
    /// The cells of both ends of a target, by criterion, where a form states them.
    pub spans: BTreeMap<String, Ends>,
    /// The points of a form's line.
    pub weight: Option<Weight>,
}

/// Points that stand in a cell of their own and may be missing.
#[derive(Debug, Clone)]
pub struct Weight {
    /// The cell.
    pub cell: String,
    /// The word for what is not known without them.
    pub unknown: String,
}

impl Weight {
    /// `value` where the points are known, else the word.
    pub fn guard(&self, value: &str) -> String {
        format!("IF(ISNUMBER({}),{value},{})", self.cell, words(&self.unknown))
    }
}

impl Slot {
    /// The slot of a fact whose value and evidence stand in these cells.
    pub fn new(fact: &Fact, value: String, evidence: String) -> Self {
        let answers = match &fact.kind {
            FactKind::YesNo => vec![YES.to_owned(), NO.to_owned()],
            FactKind::Choice { options } => options.clone(),
            _ => Vec::new(),
        };
        Self { value, evidence, percent: matches!(fact.kind, FactKind::Percent { .. }), answers }
    }
}

/// A criterion of an indicator.
pub fn criterion(scope: &Scope, indicator: &Indicator, criterion: &Criterion) -> Ends {
    let base = base(scope, indicator, criterion);
    with_conditions(scope, base, &points_of(scope, criterion), &criterion.zero_when, &criterion.full_when)
}

/// An indicator under one reading, from the cells of its criteria.
pub fn indicator(scope: &Scope, indicator: &Indicator, reading: &Reading, lows: &str, highs: &str) -> Ends {
    let points = indicator.most().normalize().to_string();
    let clamped = |cells: &str| format!("MAX(0,MIN({points},SUM({cells})))");
    let base = Ends { low: clamped(lows), high: clamped(highs) };
    let ends = with_conditions(scope, base, &points, &reading.zero_when, &reading.full_when);
    Ends { low: rounded(&ends.low), high: rounded(&ends.high) }
}

/// A form's line under one reading, where the cell of its points is filled in; else from 0 to nobody knows what. Its
/// criteria are at most one, which carries all its points.
pub fn line(scope: &Scope, indicator: &Indicator, reading: &Reading, weight: &Weight) -> Ends {
    let only = reading.criteria.first();
    let ends = only.map_or_else(|| anything(&weight.cell), |only| criterion(scope, indicator, only));
    let low = format!("IF(ISNUMBER({}),{},0)", weight.cell, rounded(&ends.low));
    Ends { low, high: weight.guard(&rounded(&ends.high)) }
}

/// The points of a criterion: as the rulebook has them, or the cell that a form states them in.
fn points_of(scope: &Scope, criterion: &Criterion) -> String {
    scope.weight.as_ref().map_or_else(|| criterion.points.normalize().to_string(), |weight| weight.cell.clone())
}

/// Whatever there is to earn.
fn anything(points: &str) -> Ends {
    Ends { low: "0".to_owned(), high: points.to_owned() }
}

/// A score rounded half-up to two decimals, binary noise removed first.
pub fn rounded(value: &str) -> String {
    format!("ROUND(ROUND({value},10),2)")
}

fn base(scope: &Scope, indicator: &Indicator, criterion: &Criterion) -> Ends {
    let whole = points_of(scope, criterion);
    let figure = |expressions: &[&Expression], divisor: Option<&Expression>, value: String, high: String| Ends {
        low: guarded(scope, expressions, divisor, &value, "0"),
        high: guarded(scope, expressions, divisor, &value, &high),
    };
    match &criterion.rule {
        Rule::Proportion { value, target, cap } => {
            let ratio = format!("{whole}*{}/{}", term(scope, value), term(scope, target));
            let (score, high) = match cap {
                true => (format!("MAX(0,MIN({whole},{ratio}))"), whole),
                false => (format!("MAX(0,{ratio})"), indicator.most().normalize().to_string()),
            };
            figure(&[value, target], Some(target), score, high)
        }
        Rule::Bands { value, bands } => figure(&[value], None, banded(&term(scope, value), bands), whole),
        Rule::StepDeduction { value, limit, per_point, steps } => {
            let over = over_limit(&term(scope, value), limit, *steps);
            figure(&[value], None, format!("MAX(0,{whole}-{}*{over})", per_point.normalize()), whole)
        }
        Rule::CountDeduction { value, each } => {
            let left = format!("MAX(0,MIN({whole},{whole}-{}*{}))", each.normalize(), term(scope, value));
            figure(&[value], None, left, whole)
        }
        Rule::Choice { fact, scores } => match scope.facts.get(fact) {
            Some(slot) => Ends { low: chosen(slot, scores, "0"), high: chosen(slot, scores, &whole) },
            None => anything(&whole),
        },
        Rule::Attested { fact } => match scope.facts.get(fact) {
            Some(slot) => attested(slot, &whole),
            None => anything(&whole),
        },
        Rule::Judgement => judged(scope, criterion, anything(&whole), &whole),
        Rule::Target(rule) => declared::target(scope, rule, &whole),
        Rule::Span { actual, .. } => declared::span(scope, criterion, actual, &whole),
        Rule::Level { fact, levels } => judged(scope, criterion, declared::level(scope, fact, levels, &whole), &whole),
    }
}

fn attested(slot: &Slot, points: &str) -> Ends {
    let Slot { value, evidence, .. } = slot;
    Ends {
        low: format!("IF(AND({value}=\"{YES}\",{evidence}<>\"\"),{points},0)"),
        high: format!("IF({value}=\"{NO}\",0,{points})"),
    }
}

/// The score that somebody gave in the criterion's cell; as long as there is none, what its rule leaves open.
fn judged(scope: &Scope, criterion: &Criterion, open: Ends, points: &str) -> Ends {
    let Some(cell) = scope.judged.get(&criterion.id) else { return open };
    let given = |otherwise: String| format!("IF(ISNUMBER({cell}),MAX(0,MIN({points},{cell})),{otherwise})");
    Ends { low: given(open.low), high: given(open.high) }
}

fn chosen(slot: &Slot, scores: &[(String, Decimal)], unknown: &str) -> String {
    let open: String = scores
        .iter()
        .map(|(answer, points)| format!("IF({}={},{},", slot.value, words(answer), points.normalize()))
        .collect();
    format!("{open}{unknown}{}", ")".repeat(scores.len()))
}

fn words(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn banded(value: &str, bands: &[Band]) -> String {
    let value = format!("ROUND({value},10)");
    let Some((last, others)) = bands.split_last() else { return "0".to_owned() };
    let open: String =
        others.iter().map(|band| format!("IF({},{},", inside(&value, band), band.points.normalize())).collect();
    format!("{open}{}{}", last.points.normalize(), ")".repeat(others.len()))
}

fn inside(value: &str, band: &Band) -> String {
    let side = |edge: &Option<Edge>, sign: &str| {
        edge.as_ref()
            .map(|edge| format!("{value}{sign}{}{}", if edge.included { "=" } else { "" }, edge.at.normalize()))
    };
    match (side(&band.low, ">"), side(&band.high, "<")) {
        (Some(low), Some(high)) => format!("AND({low},{high})"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => "TRUE".to_owned(),
    }
}

fn over_limit(value: &str, limit: &Decimal, steps: Steps) -> String {
    let points = format!("MAX(0,ROUND(({value}-{})*100,10))", limit.normalize());
    match steps {
        Steps::ProRata => points,
        Steps::Whole => format!("INT({points})"),
        Steps::Started => format!("ROUNDUP({points},0)"),
    }
}

/// The value of an expression, in brackets where it is a sum.
fn term(scope: &Scope, expression: &Expression) -> String {
    match expression {
        Expression::Number { value, .. } => value.normalize().to_string(),
        Expression::Name(name) => match (scope.facts.get(name), scope.criteria.get(name)) {
            (Some(slot), _) if slot.percent => format!("({}/100)", slot.value),
            (Some(slot), _) => slot.value.clone(),
            (None, Some(ends)) => ends.low.clone(),
            (None, None) => "0".to_owned(),
        },
        Expression::Binary { operation, left, right } => {
            let sign = match operation {
                Operation::Add => '+',
                Operation::Subtract => '-',
                Operation::Multiply => '*',
                Operation::Divide => '/',
            };
            format!("({}{sign}{})", term(scope, left), term(scope, right))
        }
    }
}

/// `value` where every name is known and no divisor is 0, else `unknown`.
fn guarded(
    scope: &Scope,
    expressions: &[&Expression],
    divisor: Option<&Expression>,
    value: &str,
    unknown: &str,
) -> String {
    let mut known = Vec::new();
    let mut divisors = Vec::new();
    for expression in expressions {
        collect_guards(scope, expression, &mut known, &mut divisors);
    }
    divisors.extend(divisor.filter(|divisor| !is_number(divisor)).map(|divisor| term(scope, divisor)));
    let mut formula = value.to_owned();
    for divisor in divisors.iter().rev() {
        formula = format!("IF(ROUND({divisor},10)<>0,{formula},{unknown})");
    }
    match known.as_slice() {
        [] => formula,
        [one] => format!("IF({one},{formula},{unknown})"),
        several => format!("IF(AND({}),{formula},{unknown})", several.join(",")),
    }
}

fn is_number(expression: &Expression) -> bool {
    matches!(expression, Expression::Number { .. })
}

fn collect_guards(scope: &Scope, expression: &Expression, known: &mut Vec<String>, divisors: &mut Vec<String>) {
    match expression {
        Expression::Number { .. } => {}
        Expression::Name(name) => {
            let condition = known_when(scope, name);
            if !known.contains(&condition) {
                known.push(condition);
            }
        }
        Expression::Binary { operation, left, right } => {
            collect_guards(scope, left, known, divisors);
            collect_guards(scope, right, known, divisors);
            if *operation == Operation::Divide && !is_number(right) {
                divisors.push(term(scope, right));
            }
        }
    }
}

fn known_when(scope: &Scope, name: &str) -> String {
    match (scope.facts.get(name), scope.criteria.get(name)) {
        (Some(slot), _) => format!("ISNUMBER({})", slot.value),
        (None, Some(ends)) => format!("ROUND({}-{},10)=0", ends.high, ends.low),
        (None, None) => "FALSE".to_owned(),
    }
}

/// Conditions around a criterion or an indicator; an unknown condition counts both ways.
fn with_conditions(scope: &Scope, base: Ends, points: &str, zero: &[Condition], full: &[Condition]) -> Ends {
    let Ends { mut low, mut high } = base;
    let may_be_zero = any(zero, |condition| possible(scope, condition));
    let may_be_full = any(full, |condition| possible(scope, condition));
    let is_zero = any(zero, |condition| sure(scope, condition, false));
    let is_full = any(full, |condition| sure(scope, condition, true));
    if !full.is_empty() {
        low = format!("IF({is_full},{points},{low})");
    }
    if !zero.is_empty() {
        low = format!("IF({may_be_zero},0,{low})");
    }
    high = match (zero.is_empty(), full.is_empty()) {
        (true, true) => high,
        (false, true) => format!("IF({is_zero},0,{high})"),
        (true, false) => format!("IF({may_be_full},IF({is_full},{points},MAX({points},{high})),{high})"),
        (false, false) => format!(
            "IF({may_be_full},IF(OR({may_be_zero},{is_full}),{points},MAX({points},{high})),IF({is_zero},0,{high}))"
        ),
    };
    Ends { low, high }
}

fn any(conditions: &[Condition], say: impl Fn(&Condition) -> String) -> String {
    match conditions {
        [one] => say(one),
        several => format!("OR({})", several.iter().map(say).collect::<Vec<_>>().join(",")),
    }
}

/// True where the condition holds whatever is missing; one that earns points must also be proved.
fn sure(scope: &Scope, condition: &Condition, proved: bool) -> String {
    match condition {
        Condition::Is { fact, answer } => match scope.facts.get(fact) {
            Some(slot) if proved && answer == YES => {
                format!("AND({}={},{}<>\"\")", slot.value, words(answer), slot.evidence)
            }
            Some(slot) => format!("{}={}", slot.value, words(answer)),
            None => "FALSE".to_owned(),
        },
        Condition::Compare { value, comparison, with } => compared(scope, value, *comparison, with, "FALSE"),
    }
}

/// True where the condition may hold: not answered otherwise.
fn possible(scope: &Scope, condition: &Condition) -> String {
    match condition {
        Condition::Is { fact, answer } => match scope.facts.get(fact) {
            Some(slot) => not_otherwise(slot, answer),
            None => "TRUE".to_owned(),
        },
        Condition::Compare { value, comparison, with } => compared(scope, value, *comparison, with, "TRUE"),
    }
}

fn not_otherwise(slot: &Slot, answer: &str) -> String {
    let others: Vec<String> = slot
        .answers
        .iter()
        .filter(|other| *other != answer)
        .map(|other| format!("{}<>{}", slot.value, words(other)))
        .collect();
    match others.as_slice() {
        [] => "TRUE".to_owned(),
        [one] => one.clone(),
        several => format!("AND({})", several.join(",")),
    }
}

fn compared(scope: &Scope, value: &Expression, comparison: Comparison, with: &Expression, unknown: &str) -> String {
    let sign = match comparison {
        Comparison::Above => ">",
        Comparison::AtLeast => ">=",
        Comparison::Below => "<",
        Comparison::AtMost => "<=",
        Comparison::Equal => "=",
    };
    let test = format!("ROUND({},10){sign}ROUND({},10)", term(scope, value), term(scope, with));
    guarded(scope, &[value, with], None, &test, unknown)
}
