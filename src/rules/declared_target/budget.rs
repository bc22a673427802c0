//! The row of the budget: weight × B ÷ A, at most the weight.

use num_traits::{One, Zero};
use rust_decimal::Decimal;

use super::{Found, RescoredRow, Shares, unknown, weighed};
use crate::decimal_text::figure_text;
use crate::fraction::{Fraction, exact};
use crate::phrase::{Hole, Phrase};
use crate::rules::wording::{equals_text, points_text};
use crate::settled_by::{Lack, SettledBy};

/// Recomputes the row of the budget from 全年预算数（A） and 全年执行数（B）, in 万元; none: missing or not to be used.
pub fn rescore_budget(weight: Option<Decimal>, planned: Option<Decimal>, spent: Option<Decimal>) -> RescoredRow {
    let causes = |planned: bool, spent: bool| {
        let lacks = [(Lack::Planned, planned), (Lack::Spent, spent)].into_iter().filter(|(_, missing)| *missing);
        lacks.map(|(lack, _)| SettledBy::Row("budget".to_owned(), lack)).collect()
    };
    let found = match (planned, spent) {
        (Some(planned), Some(spent)) if !planned.is_zero() => executed(weight, planned, spent),
        (Some(_), Some(spent)) => {
            let key = if spent.is_zero() { "declared.budget-zero-by-zero" } else { "declared.budget-by-zero" };
            unknown(&[""], causes(true, false), Phrase::new(key))
        }
        (planned, spent) => {
            let causes = causes(planned.is_none(), spent.is_none());
            unknown(&[""], causes, Phrase::new("declared.budget-missing"))
        }
    };
    weighed(found, weight, "budget")
}

fn executed(weight: Option<Decimal>, planned: Decimal, spent: Decimal) -> Found {
    let rate = exact(spent) / exact(planned);
    let share = rate.clone().clamp(Fraction::zero(), Fraction::one());
    let (planned, spent) = (figure_text(planned), figure_text(spent));
    let percent = equals_text(&(&rate * exact(Decimal::ONE_HUNDRED)));
    let (times, points) = match weight {
        Some(weight) => (figure_text(weight), points_text(&(exact(weight) * &share))),
        None => ("?".to_owned(), "?".to_owned()),
    };
    let key = if rate > share { "declared.budget-capped" } else { "declared.budget" };
    let holes: &[Hole] =
        &[("spent", &spent), ("planned", &planned), ("percent", &percent), ("weight", &times), ("points", &points)];
    let shares = Shares { id: String::new(), low: share.clone(), high: share };
    Found { readings: vec![shares], working: vec![Phrase::filled(key, holes)], ..Found::default() }
}
