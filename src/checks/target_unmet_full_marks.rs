//! A numeric KPI target that is missed while the indicator judged by it is claimed in full.

use rust_decimal::Decimal;

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::decimal_text::figure_text;
use crate::phrase::Hole;
use crate::quantity::{Actual, Quantity, Sign, Target};
use crate::submission::KpiRow;

use super::Subject;
use super::not_measurable::name;
use super::ran::{Need, Ran};

/// One finding for each missed row, when the judged indicator is claimed in full.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let judged = subject.card.completion.judged.as_ref().ok_or(Need::Rule)?;
    let table = subject.completion()?;
    Need::KpiRows.met(table.kpis.iter().any(is_comparable))?;
    if subject.claimed_in_full(judged) {
        let missed = table.kpis.iter().filter(|row| is_missed(row));
        findings.extend(missed.filter_map(|row| told(subject, row, judged)));
    }
    Ok(())
}

/// Whether target and actual are numbers in one unit.
fn is_comparable(row: &KpiRow) -> bool {
    let (Some(due), Some(Actual::Number(actual))) = (&row.due, &row.done) else { return false };
    match due {
        Target::Number(_, due) | Target::Span(due, _) => same_unit(due, actual).is_some(),
        Target::Qualitative(_) | Target::Absent => false,
    }
}

/// True when target and actual are numbers in one unit and the actual surely misses the target.
fn is_missed(row: &KpiRow) -> bool {
    let (Some(due), Some(Actual::Number(actual))) = (&row.due, &row.done) else { return false };
    match due {
        // Costs and times are better the lower they are, whatever the target's sign leaves open.
        Target::Number(None, _) if row.is_better_low => false,
        Target::Number(sign, due) => same_unit(due, actual).is_some_and(|(due, actual)| misses(*sign, due, actual)),
        Target::Span(low, _) => same_unit(low, actual).is_some_and(|(low, actual)| actual < low),
        Target::Qualitative(_) | Target::Absent => false,
    }
}

/// Both numbers, when they are in one unit: the same word, or both amounts of money.
fn same_unit(due: &Quantity, actual: &Quantity) -> Option<(Decimal, Decimal)> {
    if due.unit == actual.unit {
        return Some((due.value, actual.value));
    }
    let yuan = |quantity: &Quantity| quantity.value.checked_mul(quantity.money_unit()?.in_yuan());
    Some((yuan(due)?, yuan(actual)?))
}

/// A target without a sign is met by reaching it, or by staying below it: only what is short of it may be a miss.
fn misses(sign: Option<Sign>, due: Decimal, actual: Decimal) -> bool {
    match sign {
        Some(Sign::AtLeast) | None => actual < due,
        Some(Sign::MoreThan) => actual <= due,
        Some(Sign::AtMost) => actual > due,
        Some(Sign::LessThan) => actual >= due,
        Some(Sign::Equal) => actual != due,
    }
}

fn told(subject: &Subject, row: &KpiRow, judged: &str) -> Option<Finding> {
    let (due, actual, score) = (row.target.as_ref()?, row.actual.as_ref()?, subject.score(judged)?);
    let (name, claimed) = (name(row), figure_text(score.claim.counted()));
    let (due, shown) = (due.value.trim(), actual.value.trim());
    let holes: &[Hole] = &[
        ("name", &name),
        ("target", &due),
        ("actual", &shown),
        ("indicator", &score.indicator.name),
        ("claimed", &claimed),
    ];
    Some(Finding::told(Code::TargetUnmetFullMarks, holes).of_indicator(judged).at(&actual.source))
}
