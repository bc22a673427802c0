//! What an actual means beside its name and its target: 无 where faults are counted, tons of water.

use rust_decimal::Decimal;

use crate::quantity::{Actual, Quantity, Sign, Target, fold};
use crate::submission::Sourced;
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
        Actual::Number(quantity) if is_of_water(vocabulary, name) => Actual::Number(quantity.of_water()),
        other => other,
    };
    Sourced { value, ..actual }
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
