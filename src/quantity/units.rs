//! An actual in its target's unit: converted where both say theirs, and every possible value where they do not.

use rust_decimal::Decimal;

use super::size::PerYear;
use super::{MAY_BE_FRACTION, MoneyUnit, Quantity};

/// An actual in its target's unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actuals {
    /// What it can be; one value when the units settle it.
    Values(Vec<Decimal>),
    /// 次 against 个: the numbers do not count the same thing.
    Incomparable,
}

/// The actual in the unit of its target. 元 and 万元, 公里 and 米, 次/月 and 次, and percentages marked as such, are converted.
/// Where one unit of money is missing, the one that is written is meant, unless the number lies far off and another
/// comes near; where a % is missing, both, unless one alone comes near a target that is to be reached.
pub fn in_unit_of(target: &Quantity, actual: &Quantity, same_units: &[Vec<String>]) -> Actuals {
    if are_marks_of_two_scales(target, actual) {
        return Actuals::Incomparable;
    }
    if !target.unit.is_empty() && same_unit(&target.sense.counter, &actual.sense.counter, same_units) {
        return in_a_year(target, actual).map_or(Actuals::Incomparable, Actuals::Values);
    }
    if let Some(value) = of_thousandths(target, actual).or_else(|| of_myriads(target, actual)) {
        return Actuals::Values(vec![value]);
    }
    if counts_the_same_without_its_noun(target, actual) {
        return Actuals::Values(vec![actual.value]);
    }
    if let (Some(to), Some(from)) = (target.sense.size, actual.sense.size) {
        let value = from.convert(actual.value, to);
        return value.map_or(Actuals::Incomparable, |value| Actuals::Values(vec![value]));
    }
    let values = match (target.money_unit(), actual.money_unit()) {
        (Some(to), Some(from)) => converted(actual.value, from, to).map(|value| vec![value]),
        (Some(to), None) if actual.unit.is_empty() => {
            either_money(target, actual, |from| converted(actual.value, from, to))
        }
        (None, Some(from)) if target.unit.is_empty() => {
            either_money(target, actual, |to| converted(actual.value, from, to))
        }
        _ => rate_or_count(target, actual),
    };
    values.map_or(Actuals::Incomparable, Actuals::Values)
}

/// 4‰ beside ≤0.5%, and the other way round.
fn of_thousandths(target: &Quantity, actual: &Quantity) -> Option<Decimal> {
    let value = match (target.sense.is_per_mille, actual.sense.is_per_mille) {
        (true, false) if actual.is_percent() => actual.value.checked_mul(Decimal::TEN),
        (false, true) if target.is_percent() => actual.value.checked_div(Decimal::TEN),
        _ => None,
    };
    value.map(|value| value.normalize())
}

/// 125000人 beside ≥12万人, and the other way round.
fn of_myriads(target: &Quantity, actual: &Quantity) -> Option<Decimal> {
    let is_of = |whole: &Quantity, one: &Quantity| {
        !whole.sense.myriads_of.is_empty() && whole.sense.myriads_of == one.sense.counter
    };
    let value = if is_of(target, actual) {
        actual.value.checked_div(MYRIAD)
    } else if is_of(actual, target) {
        actual.value.checked_mul(MYRIAD)
    } else {
        None
    };
    value.map(|value| value.normalize())
}

/// 万.
const MYRIAD: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);

/// 12家 beside ≥12家企业: what is counted is left out on one side, and the counter is the same.
fn counts_the_same_without_its_noun(target: &Quantity, actual: &Quantity) -> bool {
    let is_of = |long: &Quantity, short: &Quantity| !long.sense.head.is_empty() && long.sense.head == short.unit;
    is_of(target, actual) || is_of(actual, target)
}

/// Marks are given out of five, ten or a hundred; nobody sets one of the last kind below this, or reaches less.
const LOWEST_OF_A_HUNDRED: Decimal = OFTEN_A_RATE;

/// The largest mark out of ten.
const HIGHEST_OF_TEN: Decimal = Decimal::TEN;

/// 4.6分 beside ≥90, 90分 beside ≥4.5: one is a mark out of a hundred, the other one out of five or ten, and nobody says how the two
/// compare.
fn are_marks_of_two_scales(target: &Quantity, actual: &Quantity) -> bool {
    let may_be_mark = |one: &Quantity| one.sense.is_mark || one.unit.is_empty();
    let is_said = target.sense.is_mark || actual.sense.is_mark;
    let lower = target.value.min(actual.value);
    let is_apart = target.value.max(actual.value) >= LOWEST_OF_A_HUNDRED && lower <= HIGHEST_OF_TEN;
    is_said && may_be_mark(target) && may_be_mark(actual) && is_apart && lower > Decimal::ZERO
}

/// 每月2次 is 24次 a year. A target that is told by the month is only met by an actual told so, or more often: so many in
/// a year need not be so many in every month.
fn in_a_year(target: &Quantity, actual: &Quantity) -> Option<Vec<Decimal>> {
    let to = target.sense.per_year.unwrap_or(PerYear::ONCE);
    let from = actual.sense.per_year.unwrap_or(PerYear::ONCE);
    if to == from {
        return Some(vec![actual.value]);
    }
    if from.least < to.most {
        return None;
    }
    let mut values: Vec<Decimal> = Vec::new();
    for times in [from.least, from.most] {
        let value = actual.value.checked_mul(times)?.checked_div(to.most)?.normalize();
        values.extend(Some(value).filter(|value| !values.contains(value)));
    }
    Some(values)
}

fn same_unit(one: &str, other: &str, same_units: &[Vec<String>]) -> bool {
    let is = |list: &[String], unit: &str| list.iter().any(|word| word == unit);
    one == other || same_units.iter().any(|list| is(list, one) && is(list, other))
}

fn converted(value: Decimal, from: MoneyUnit, to: MoneyUnit) -> Option<Decimal> {
    if from == to {
        return Some(value);
    }
    value.checked_mul(from.in_yuan())?.checked_div(to.in_yuan()).map(|value| value.normalize())
}

/// The missing unit is the one that is written; it may be 元 or 万元 where the number lies far off in the one that is
/// written, and near in the other.
fn either_money(
    target: &Quantity,
    actual: &Quantity,
    meant: impl Fn(MoneyUnit) -> Option<Decimal>,
) -> Option<Vec<Decimal>> {
    let plain = meant(target.money_unit().or(actual.money_unit())?)?;
    let mut values = vec![plain];
    if is_near(plain, target.value) {
        return Some(values);
    }
    for unit in [MoneyUnit::WanYuan, MoneyUnit::Yuan] {
        let value = meant(unit)?;
        if !values.contains(&value) && is_near(value, target.value) {
            values.push(value);
        }
    }
    Some(values)
}

/// A percentage against a bare number: up to 1.5 that can be a fraction of 1. A bare count counts what the other counts.
fn rate_or_count(target: &Quantity, actual: &Quantity) -> Option<Vec<Decimal>> {
    let fraction = |value: Decimal| value > Decimal::ZERO && value <= MAY_BE_FRACTION;
    let hundred = Decimal::ONE_HUNDRED;
    match (target.unit.as_str(), actual.unit.as_str()) {
        ("%", "") if fraction(actual.value) && target.value != actual.value => {
            Some(vec![actual.value, actual.value.checked_mul(hundred)?.normalize()])
        }
        ("", "%") if fraction(target.value) => Some(vec![actual.value, actual.value.checked_div(hundred)?.normalize()]),
        ("", "%") if target.value > hundred && actual.value <= hundred => None,
        ("", "%") if may_count(target, actual) => {
            Some(vec![actual.value, actual.value.checked_div(hundred)?.normalize()])
        }
        ("", "%") | ("%", "") => Some(vec![actual.value]),
        ("", _) | (_, "") if is_of_its_own(target, actual) => None,
        ("", _) | (_, "") => Some(as_may_be_meant(target, actual)),
        _ => None,
    }
}

/// A unit that a bare number need not share: an amount per something, a time that it exceeds, 千 and 百 of something.
fn is_of_its_own(target: &Quantity, actual: &Quantity) -> bool {
    let written = if target.unit.is_empty() { &actual.sense } else { &target.sense };
    let is_late = written.is_time && actual.value > target.value && !actual.unit.is_empty();
    actual.unit.contains('/') || written.is_multiple || is_late
}

/// A target without a unit from here up to a hundred is a percentage where the actual is one: rates are set so high.
const OFTEN_A_RATE: Decimal = Decimal::from_parts(50, 0, 0, false, 0);

/// Whether a target without a unit may count things beside a percentage, which then says how many of them were done: it is no
/// fraction, lower than rates are set, and the percentage is more than twice it, or less than half.
pub fn may_count(target: &Quantity, actual: &Quantity) -> bool {
    let is_about = |times: Decimal| times.saturating_mul(Decimal::TWO) >= Decimal::ONE && times <= Decimal::TWO;
    let times = actual.value.checked_div(target.value);
    target.unit.is_empty()
        && actual.is_percent()
        && target.value > MAY_BE_FRACTION
        && target.value < OFTEN_A_RATE
        && !times.is_some_and(is_about)
}

/// Units of one kind of size are most often a thousand apart: 公里 and 米, 吨 and 千克.
const THOUSAND: u64 = 1_000;

/// An actual within a tenth and ten times its target is taken as written: people miss and exceed targets by that much, but
/// who leaves out 万 or 亿 is off by ten thousand at least.
const NEAR_FROM: Decimal = Decimal::from_parts(1, 0, 0, false, 1);
const NEAR_TO: Decimal = Decimal::TEN;

/// Whether a number lies within a tenth and ten times a target.
pub fn is_near(value: Decimal, target: Decimal) -> bool {
    let times = value.checked_div(target);
    times.is_some_and(|times| (NEAR_FROM..=NEAR_TO).contains(&times))
}

/// What a number may be where a unit is missing. A share may be a percentage, as nothing is counted in fractions; and
/// where it lies far from its target, one of them may be meant in 万 or 亿.
fn as_may_be_meant(target: &Quantity, actual: &Quantity) -> Vec<Decimal> {
    let has_size = [target, actual].into_iter().any(|one| one.sense.size.is_some() && !one.sense.is_time);
    let (target, actual) = (target.value, actual.value);
    let mut values = vec![actual];
    if target <= Decimal::ZERO || actual <= Decimal::ZERO {
        return values;
    }
    let is_share = |value: Decimal| value <= MAY_BE_FRACTION && !value.is_integer();
    let is_rate = |value: Decimal| value > MAY_BE_FRACTION && value <= Decimal::ONE_HUNDRED;
    let near = |value: Decimal| is_near(value, target);
    let hundred = Decimal::ONE_HUNDRED;
    let rate = [
        actual.checked_mul(hundred).filter(|_| is_share(actual) && is_rate(target)),
        actual.checked_div(hundred).filter(|_| is_rate(actual) && is_share(target)),
    ];
    let scales = [10_000, 100_000_000].into_iter().chain(has_size.then_some(THOUSAND)).map(Decimal::from);
    let scaled = scales.flat_map(|times| [actual.checked_mul(times), actual.checked_div(times)]);
    let scaled = scaled.flatten().filter(|value| !near(actual) && near(*value));
    values.extend(rate.into_iter().flatten().chain(scaled).map(|value| value.normalize()));
    values
}
