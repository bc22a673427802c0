//! What an actual means beside its name and its target: 无 where faults are counted, tons of water.

use rust_decimal::Decimal;

use crate::quantity::units::is_near;
use crate::quantity::{Actual, MAY_BE_FRACTION, Quantity, Sign, Target, fold};
use crate::submission::Sourced;
use crate::submission::base_data::is_as_low_as_a_mark;
use crate::submission::names::key;
use crate::vocabulary::Vocabulary;

/// The actual as it is meant beside this name and this target.
pub fn beside(vocabulary: &Vocabulary, name: &str, target: &Target, actual: Sourced<Actual>) -> Sourced<Actual> {
    let value = match actual.value {
        Actual::Absent | Actual::Text(_) | Actual::NotApplicable
            if says_none(vocabulary, name, &actual.source.text) =>
        {
            match zero_of(vocabulary, name, target) {
                Some(zero) => Actual::Number(zero),
                None => actual.value,
            }
        }
        Actual::Number(quantity) if is_of_named_rate(vocabulary, name, target, &quantity) => {
            Actual::Number(Quantity::new(&vocabulary.quantities, quantity.value, ""))
        }
        Actual::Number(quantity) if is_of_water(vocabulary, name) => Actual::Number(quantity.of_water()),
        Actual::Number(quantity) if may_be_mark(vocabulary, name, target, &quantity) => {
            let points = vocabulary.quantities.units.points.iter().next().unwrap_or_default();
            Actual::Number(Quantity::new(&vocabulary.quantities, quantity.value, points))
        }
        // −12% of 投诉量下降: the minus may say once more that it fell.
        Actual::Number(quantity) if quantity.value < Decimal::ZERO && falls(vocabulary, name) => {
            Actual::Text(fold(&actual.source.text).into_owned())
        }
        Actual::Number(quantity) => Actual::Number(in_unit_of_name(vocabulary, name, target, quantity)),
        other => other,
    };
    Sourced { value, ..actual }
}

/// 6% of a 下降率 that is to reach 5: the name says that the target is a percentage, too.
fn is_of_named_rate(vocabulary: &Vocabulary, name: &str, target: &Target, actual: &Quantity) -> bool {
    let is_bare =
        matches!(target, Target::Number(_, target) if target.unit.is_empty() && target.value > MAY_BE_FRACTION);
    let own = fold(name);
    let own = own.split('(').next().unwrap_or_default();
    is_bare && actual.is_percent() && own.trim_end().ends_with(vocabulary.quantities.units.rates.all())
}

/// 4.65 of a satisfaction that is to reach 90%: it may be a mark out of five or ten, and then counts something else.
fn may_be_mark(vocabulary: &Vocabulary, name: &str, target: &Target, actual: &Quantity) -> bool {
    let is_rate = matches!(target, Target::Number(_, target) if target.is_percent());
    let is_marked = || vocabulary.quantities.units.marks.within(&fold(name));
    is_rate && actual.unit.is_empty() && is_as_low_as_a_mark(actual.value) && is_marked()
}

fn falls(vocabulary: &Vocabulary, name: &str) -> bool {
    fold(name).contains(vocabulary.quantities.units.decreases.all())
}

/// The actual in the unit that brackets behind the name state, where the target has none of its own (管网长度（米）: ≥500, 0.62公里);
/// a bare one beside a target in another unit (管网长度（公里）: ≥500米, 0.62) is in the name's where it comes near the target only so.
fn in_unit_of_name(vocabulary: &Vocabulary, name: &str, target: &Target, actual: Quantity) -> Quantity {
    let words = &vocabulary.quantities;
    let folded = fold(name);
    let bracket = folded.trim_end().strip_suffix(')').and_then(|name| name.rsplit_once('('));
    let Some((_, unit)) = bracket else { return actual };
    let own = Quantity::new(words, actual.value, unit.trim());
    let (Some(size), Target::Number(_, target)) = (own.sense.size, target) else { return actual };
    match (target.sense.size, actual.sense.size) {
        (None, Some(from)) if target.unit.is_empty() => match from.convert(actual.value, size) {
            Some(value) => Quantity { value, ..own },
            None => actual,
        },
        (Some(to), None) if actual.unit.is_empty() && !is_near(actual.value, target.value) => {
            let as_named = size.convert(actual.value, to);
            if as_named.is_some_and(|value| is_near(value, target.value)) { own } else { actual }
        }
        _ => actual,
    }
}

/// The target as it is meant beside this name. 无 as the target of what should not happen is none; whether that is meant
/// as a limit, no sign says.
pub fn target_beside(vocabulary: &Vocabulary, name: &str, target: Target, text: &str) -> Target {
    let is_fault = vocabulary.quantities.comparisons.faults.within(&key(name));
    match target {
        Target::Absent | Target::Qualitative(_) if is_fault && says_none(vocabulary, name, text) => {
            Target::Number(None, Quantity::new(&vocabulary.quantities, Decimal::ZERO, ""))
        }
        Target::Number(sign, quantity) if is_of_water(vocabulary, name) => Target::Number(sign, quantity.of_water()),
        other => other,
    }
}

fn is_of_water(vocabulary: &Vocabulary, name: &str) -> bool {
    vocabulary.quantities.units.water_names.within(&fold(name))
}

/// 无, 未发生, 无投诉, 未发生安全事故: there was none of what the row is named after.
fn says_none(vocabulary: &Vocabulary, name: &str, text: &str) -> bool {
    let (name, text) = (key(name), key(text));
    let words = &vocabulary.quantities.placeholders;
    let Some(what) = words.zero.longest_start(&text) else { return false };
    let what = words.happened.strip_end(what).unwrap_or(what);
    what.is_empty() || name.contains(what) || vocabulary.quantities.comparisons.better_low.contains(what)
}

/// 0 in the unit of a target that counts what should not happen: at most so many, or none at all.
fn zero_of(vocabulary: &Vocabulary, name: &str, target: &Target) -> Option<Quantity> {
    let Target::Number(sign, quantity) = target else { return None };
    let is_fault = vocabulary.quantities.comparisons.faults.within(&key(name));
    let is_bounded = matches!(sign, Some(Sign::AtMost | Sign::LessThan)) && is_fault;
    let is_none = quantity.value.is_zero() && !matches!(sign, Some(Sign::AtLeast | Sign::MoreThan));
    ((is_bounded || is_none) && quantity.counts()).then(|| Quantity { value: Decimal::ZERO, ..quantity.clone() })
}
