//! Scores as live formulas over cells: what the formulas of every kind of rule are written with.
//!
//! Only functions that Excel 2016, WPS and LibreOffice share. Comparisons round to ten places, so that binary noise
//! cannot move an edge; a score is rounded to ten places before its one rounding to two, for the same reason at ties.
//! An unknown fact (an empty cell) gives the criterion its whole range, exactly as in the engine. The points of a
//! form's line stand in a cell, too; without them the line has no highest score.

use std::collections::BTreeMap;

use crate::contract::{NO, YES};
use crate::rulebook::expression::{Expression, Operation};
use crate::rulebook::{Criterion, Fact, FactKind};

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

impl Ends {
    /// The same formula twice: with what an unknown fact can leave at least, which is 0, and at most.
    pub fn of(formula: impl Fn(&str) -> String, most: &str) -> Ends {
        Ends { low: formula("0"), high: formula(most) }
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

/// Decimals that a sum over cells keeps where it is compared: no figure of a form has so many, and what binary numbers are off by
/// lies behind them.
const NOISELESS: u32 = 10;

/// A sum over cells without binary noise, to be compared with another.
pub(super) fn noiseless(sum: &str) -> String {
    format!("ROUND({sum},{NOISELESS})")
}

/// A score rounded half-up to two decimals, binary noise removed first.
pub(crate) fn rounded(value: &str) -> String {
    format!("ROUND({},2)", noiseless(value))
}

/// The points of a criterion: as the rulebook has them, or the cell that a form states them in.
pub(crate) fn points_of(scope: &Scope, criterion: &Criterion) -> String {
    scope.weight.as_ref().map_or_else(|| criterion.points.normalize().to_string(), |weight| weight.cell.clone())
}

/// Whatever there is to earn.
pub(crate) fn anything(points: &str) -> Ends {
    Ends { low: "0".to_owned(), high: points.to_owned() }
}

pub(crate) fn words(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// The value of an expression, in brackets where it is a sum.
pub(crate) fn term(scope: &Scope, expression: &Expression) -> String {
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
pub(crate) fn guarded(
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
        formula = format!("IF({}<>0,{formula},{unknown})", noiseless(divisor));
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
        (None, Some(ends)) => format!("{}=0", noiseless(&format!("{}-{}", ends.high, ends.low))),
        (None, None) => "FALSE".to_owned(),
    }
}
