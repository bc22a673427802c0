//! The row of the budget: weight × B ÷ A, at most the weight.

use num_traits::{One, Zero};
use rust_decimal::Decimal;

use super::{Found, RescoredRow, Shares, unknown, weighed};
use crate::decimal_text::figure_text;
use crate::fraction::{Fraction, exact};
use crate::rules::wording::{equals_text, points_text};
use crate::text::Language;

/// Recomputes the row of the budget from 全年预算数（A） and 全年执行数（B）, in 万元; none: missing or not to be used.
pub fn rescore_budget(
    weight: Option<Decimal>,
    planned: Option<Decimal>,
    spent: Option<Decimal>,
    language: Language,
) -> RescoredRow {
    let causes = |planned: bool, spent: bool| {
        let names = [("budget.planned", planned), ("budget.spent", spent)];
        names.into_iter().filter(|(_, missing)| *missing).map(|(name, _)| name.to_owned()).collect()
    };
    let found = match (planned, spent) {
        (Some(planned), Some(spent)) if !planned.is_zero() => executed(weight, planned, spent, language),
        (Some(_), Some(spent)) => {
            let key = if spent.is_zero() { "declared.budget-zero-by-zero" } else { "declared.budget-by-zero" };
            unknown(&[""], causes(true, false), language.word(key))
        }
        (planned, spent) => {
            let causes = causes(planned.is_none(), spent.is_none());
            unknown(&[""], causes, language.word("declared.budget-missing"))
        }
    };
    weighed(found, weight, "budget", language)
}

fn executed(weight: Option<Decimal>, planned: Decimal, spent: Decimal, language: Language) -> Found {
    let rate = exact(spent) / exact(planned);
    let share = rate.clone().clamp(Fraction::zero(), Fraction::one());
    let (planned, spent) = (figure_text(planned), figure_text(spent));
    let percent = equals_text(&(&rate * exact(Decimal::ONE_HUNDRED)));
    let (times, points) = match weight {
        Some(weight) => (figure_text(weight), points_text(&(exact(weight) * &share))),
        None => ("?".to_owned(), "?".to_owned()),
    };
    let key = if rate > share { "declared.budget-capped" } else { "declared.budget" };
    let holes: &[(&str, &dyn std::fmt::Display)] =
        &[("spent", &spent), ("planned", &planned), ("percent", &percent), ("weight", &times), ("points", &points)];
    let shares = Shares { id: String::new(), low: share.clone(), high: share };
    Found { readings: vec![shares], working: vec![language.say(key, holes)], ..Found::default() }
}
