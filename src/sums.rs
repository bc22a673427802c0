//! Sums that cannot fail: what strangers wrote may add up to more than can be held. Such a sum stays at the largest number
//! there is.

use rust_decimal::Decimal;

/// All parts added up.
pub fn sum(parts: impl IntoIterator<Item = Decimal>) -> Decimal {
    parts.into_iter().fold(Decimal::ZERO, Decimal::saturating_add)
}

/// All parts added up; none where one of them is unknown.
pub fn sum_known(parts: impl IntoIterator<Item = Option<Decimal>>) -> Option<Decimal> {
    parts.into_iter().try_fold(Decimal::ZERO, |sum, part| Some(sum.saturating_add(part?)))
}

/// Whether two sums are the same: of what a department wrote more digits may be lost in one order than in another.
pub fn same(one: Decimal, other: Decimal) -> bool {
    one.saturating_sub(other).abs() <= Decimal::new(1, 6)
}
