//! Lines of a declared form as live formulas over their fact cells, and what the engine makes of the same values.
//!
//! The same functions and the same care for binary noise as for a card. What is not known gives the line its whole
//! range; a line without a weight has no highest score.

use rust_decimal::Decimal;

use crate::fraction::{Fraction, exact, rounded};
use crate::quantity::Sign;
use crate::report::formula::{Ends, rounded as rounded_formula};
use crate::rulebook::Level;
use crate::rules::share;
use crate::submission::declared::directions;

/// Digits of a number that a spreadsheet keeps.
const DIGITS_MAX: usize = 15;

/// A number in a cell; none: the cell waits for one.
#[derive(Debug, Clone)]
pub struct Number {
    /// The cell.
    pub cell: String,
    /// What stands there.
    pub value: Option<Decimal>,
}

impl Number {
    /// False where a spreadsheet would keep another number.
    pub fn fits(&self) -> bool {
        let digits = |value: Decimal| value.normalize().mantissa().unsigned_abs().to_string().len();
        self.value.is_none_or(|value| digits(value) <= DIGITS_MAX)
    }
}

/// The direction of a numeric target: written, or to be chosen in a cell that holds one of two words.
#[derive(Debug, Clone)]
pub enum Direction {
    /// As the form states it.
    Written(Sign),
    /// The cell, its word for a target to be reached, and its word for a limit.
    Chosen(String, String, String),
}

/// What one case of a line is computed from.
#[derive(Debug, Clone)]
pub enum Measured<'a> {
    /// Planned and spent.
    Budget(Number, Number),
    /// The reading, the direction, the target and the actual.
    Number(&'a str, Direction, Number, Number),
    /// Both ends and the actual.
    Span(Number, Number, Number),
    /// The cell of the level with the level that stands there, the levels, and the cell of a judged score.
    Level(String, Option<&'a str>, &'a [Level], String),
    /// The cell of a judged score.
    Judged(String),
}

/// A formula for each end, without the rounding: from the formulas of the weight and of the open end.
type Score = Box<dyn Fn(&str) -> String>;

impl Measured<'_> {
    /// The score as formulas. `unknown` is the word for a highest score that is not known.
    pub fn formulas(&self, weight: &Number, unknown: &str) -> Ends {
        let w = &weight.cell;
        let (known, score) = self.parts(w);
        let end = |open: &str, otherwise: &str| {
            let value = rounded_formula(&score(open));
            let open = rounded_formula(open);
            format!("IF(ISNUMBER({w}),IF({known},{value},{open}),{otherwise})")
        };
        Ends { low: end("0", "0"), high: end(w, &format!("\"{unknown}\"")) }
    }

    /// When the score can be computed, and the score by what stands for an end that stays open.
    fn parts(&self, w: &str) -> (String, Score) {
        let w = w.to_owned();
        let numbers = |cells: &[&Number]| {
            let tests: Vec<String> = cells.iter().map(|number| format!("ISNUMBER({})", number.cell)).collect();
            format!("AND({})", tests.join(","))
        };
        match self {
            Measured::Budget(planned, spent) => {
                let (a, b) = (planned.cell.clone(), spent.cell.clone());
                let known = format!("AND(ISNUMBER({a}),ISNUMBER({b}),{a}>0,{b}>=0)");
                (known, Box::new(move |_| format!("MAX(0,MIN({w},{w}*{b}/{a}))")))
            }
            Measured::Number(reading, direction, target, actual) => {
                let (reading, direction) = ((*reading).to_owned(), direction.clone());
                let (t, a) = (target.cell.clone(), actual.cell.clone());
                let known = numbers(&[target, actual]);
                (known, Box::new(move |open| numeric(&reading, &direction, &w, &t, &a, open)))
            }
            Measured::Span(low, high, actual) => {
                let (l, h, a) = (low.cell.clone(), high.cell.clone(), actual.cell.clone());
                let known = numbers(&[low, high, actual]);
                (known, Box::new(move |open| format!("IF(AND(ROUND({a}-{l},10)>=0,ROUND({h}-{a},10)>=0),{w},{open})")))
            }
            Measured::Level(cell, _, levels, judged) => {
                let named: Vec<(String, Decimal, Decimal)> =
                    levels.iter().map(|level| (level.name.replace('"', "\"\""), level.from, level.to)).collect();
                let (cell, judged) = (cell.clone(), judged.clone());
                let score = move |open: &str| {
                    let of = |(name, from, to): &(String, Decimal, Decimal)| {
                        let share = if open == "0" { *from } else { (*to).min(Decimal::ONE) };
                        format!("IF({cell}=\"{name}\",{w}*{},", share.normalize())
                    };
                    let chosen: String = named.iter().map(of).collect();
                    let level = format!("{chosen}{open}{}", ")".repeat(named.len()));
                    format!("IF(ISNUMBER({judged}),MAX(0,MIN({w},{judged})),{level})")
                };
                ("TRUE".to_owned(), Box::new(score))
            }
            Measured::Judged(judged) => {
                let judged = judged.clone();
                (format!("ISNUMBER({judged})"), Box::new(move |_| format!("MAX(0,MIN({w},{judged}))")))
            }
        }
    }

    /// What the engine makes of the same values; no highest score where the weight is not known.
    pub fn engine(&self, weight: &Number) -> (Decimal, Option<Decimal>) {
        let Some(points) = weight.value else { return (Decimal::ZERO, None) };
        let open = (Decimal::ZERO, rounded(&exact(points)));
        let (low, high) = match self {
            Measured::Budget(planned, spent) => match (planned.value, spent.value) {
                (Some(planned), Some(spent)) if planned > Decimal::ZERO && spent >= Decimal::ZERO => {
                    let share = (exact(spent) / exact(planned)).min(of_one(Decimal::ONE));
                    let score = rounded(&(exact(points) * share));
                    (score, score)
                }
                _ => open,
            },
            Measured::Number(reading, direction, target, actual) => match (target.value, actual.value) {
                (Some(target), Some(actual)) => {
                    let sign = match direction {
                        Direction::Written(sign) => Some(*sign),
                        Direction::Chosen(..) => None,
                    };
                    score_of(points, reading, sign, target, actual).unwrap_or(open)
                }
                _ => open,
            },
            Measured::Span(low, high, actual) => match (low.value, high.value, actual.value) {
                (Some(low), Some(high), Some(actual)) if (low..=high).contains(&actual) => (open.1, open.1),
                _ => open,
            },
            Measured::Level(_, name, levels, _) => {
                let level = levels.iter().find(|level| Some(level.name.as_str()) == *name);
                let share = |share: Decimal| rounded(&(exact(points) * of_one(share)));
                level.map_or(open, |level| (share(level.from), share(level.to)))
            }
            Measured::Judged(_) => open,
        };
        (low, Some(high))
    }

    /// False where a number in the cells is not kept as it is.
    pub fn fits(&self) -> bool {
        match self {
            Measured::Budget(one, other) | Measured::Number(_, _, one, other) => one.fits() && other.fits(),
            Measured::Span(low, high, actual) => low.fits() && high.fits() && actual.fits(),
            Measured::Level(..) | Measured::Judged(_) => true,
        }
    }
}

/// Low and high of one reading for one value of the actual, each rounded; both in the target's unit. None: nobody can
/// compute it.
fn score_of(
    weight: Decimal,
    reading: &str,
    sign: Option<Sign>,
    target: Decimal,
    actual: Decimal,
) -> Option<(Decimal, Decimal)> {
    let is_strict = matches!(sign, Some(Sign::MoreThan | Sign::LessThan));
    let shares: Option<Vec<Fraction>> =
        directions(reading, sign).into_iter().map(|direction| share(direction, is_strict, actual, target)).collect();
    let scores = || shares.iter().flatten().map(|share| rounded(&(exact(weight) * share)));
    scores().min().zip(scores().max())
}

fn of_one(share: Decimal) -> Fraction {
    exact(share.min(Decimal::ONE))
}

/// A target under one reading; where no direction is chosen, the lower or the higher of both.
fn numeric(reading: &str, direction: &Direction, w: &str, t: &str, a: &str, open: &str) -> String {
    let positive = |strict| reaching(w, t, a, open, strict);
    let reverse = |strict| limiting(reading, w, t, a, open, strict);
    match direction {
        Direction::Written(Sign::AtLeast) => positive(false),
        Direction::Written(Sign::MoreThan) => positive(true),
        Direction::Written(Sign::Equal) if reading == "exact" => format!("IF(ROUND({a}-{t},10)=0,{w},0)"),
        Direction::Written(Sign::Equal) => positive(false),
        Direction::Written(Sign::AtMost) => reverse(false),
        Direction::Written(Sign::LessThan) => reverse(true),
        Direction::Chosen(cell, reach, limit) => {
            let (up, down) = (positive(false), reverse(false));
            let nearer = if open == "0" { "MIN" } else { "MAX" };
            format!("IF({cell}=\"{reach}\",{up},IF({cell}=\"{limit}\",{down},{nearer}({up},{down})))")
        }
    }
}

/// The more the better.
fn reaching(w: &str, t: &str, a: &str, open: &str, strict: bool) -> String {
    let met = met(&format!("ROUND({a}-{t},10)>=0"), t, a, strict);
    format!("IF({met},{w},IF({t}=0,0,IF({t}<0,{open},MAX(0,MIN({w},{w}*{a}/{t})))))")
}

/// The less the better.
fn limiting(reading: &str, w: &str, t: &str, a: &str, open: &str, strict: bool) -> String {
    let met = met(&format!("ROUND({a}-{t},10)<=0"), t, a, strict);
    let part = match reading {
        "inverse" => format!("MIN({w},{w}*{t}/{a})"),
        _ => format!("{w}*(2*{t}-{a})/{t}"),
    };
    format!("IF({met},{w},IF({t}=0,0,IF({t}<0,{open},MAX(0,{part}))))")
}

/// More than 0 is not reached by 0, less than 0 not kept by it.
fn met(test: &str, t: &str, a: &str, strict: bool) -> String {
    if strict { format!("AND({test},NOT(AND({t}=0,{a}=0)))") } else { test.to_owned() }
}
