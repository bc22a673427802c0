//! How far a sum may be from its total when every number is as exact as it is written. (certainty.md, “Sums and rounding”)

use rust_decimal::{Decimal, RoundingStrategy};

/// What a stated total comes to beside the sum of its addends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Adds {
    /// It is the sum, to the digits written.
    Up,
    /// It is the sum rounded to fewer decimals than the addends have.
    UpRounded,
    /// It is another number.
    Not,
}

/// Compares a stated total with the sum of `addends`. `tolerance`: what the rulebook passes over in any case.
pub(super) fn adds(stated: Decimal, addends: &[Decimal], tolerance: Decimal) -> Adds {
    let sum = crate::sums::sum(addends.iter().copied());
    let difference = stated.saturating_sub(sum).abs();
    let places = addends.iter().map(|addend| addend.normalize().scale()).max().unwrap_or(0);
    let own = stated.normalize().scale().max(stated.scale());
    let is_rounded = own < places && round(sum, own) == stated;
    if difference <= tolerance {
        Adds::Up
    } else if is_rounded {
        Adds::UpRounded
    } else if difference <= allowance(addends, own) {
        Adds::Up
    } else {
        Adds::Not
    }
}

/// Whether addends come to a total that is no rounded sum of them, such as the 50 points of a label: only the addends may have
/// been rounded, each by half a unit of the last place written.
pub(super) fn come_to(due: Decimal, addends: &[Decimal]) -> bool {
    let difference = due.saturating_sub(crate::sums::sum(addends.iter().copied())).abs();
    difference <= allowance(addends, due.normalize().scale())
}

/// Half a unit of the last place of each addend that has decimals, and of the total's. A whole number is written exactly.
fn allowance(addends: &[Decimal], own: u32) -> Decimal {
    let half = |places: u32| Decimal::new(5, (places + 1).min(28));
    let rounded = addends.iter().filter(|addend| !addend.fract().is_zero());
    let of_addends = crate::sums::sum(rounded.map(|addend| half(addend.normalize().scale())));
    if own == 0 || of_addends.is_zero() { of_addends } else { of_addends.saturating_add(half(own)) }
}

fn round(value: Decimal, places: u32) -> Decimal {
    value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(stated: &str, addends: &str) -> Adds {
        let number = |text: &str| text.parse::<Decimal>().expect("a number");
        let addends: Vec<Decimal> = addends.split('+').map(number).collect();
        adds(number(stated), &addends, number("0.01"))
    }

    #[test]
    fn a_total_is_held_against_its_addends_as_exactly_as_they_are_written() {
        // 33.33 × 3 = 99.99: three halves of a cent and half of the total's last place.
        assert_eq!(said("100.00", "33.33+33.33+33.33"), Adds::Up);
        assert_eq!(said("100", "33.3+33.3+33.3"), Adds::UpRounded);
        assert_eq!(said("100", "33.2+33.2+33.2"), Adds::UpRounded);
        assert_eq!(said("94.2", "5+1.92+87.25"), Adds::UpRounded);
        assert_eq!(said("94", "5+1.92+87.25"), Adds::UpRounded);
        assert_eq!(said("94.17", "5+1.92+87.25"), Adds::Up);
        // Rounded to one decimal it is 94.2, not 94.3; to none 94, not 95.
        assert_eq!(said("94.3", "5+1.92+87.25"), Adds::Not);
        assert_eq!(said("95", "5+1.92+87.25"), Adds::Not);
        // 33.3 stands for 33.25 to 33.35, whatever places its neighbour has: 66.6 + 33.33 = 99.93, and 0.05 + 0.05 + 0.005.
        assert_eq!(said("100.0", "33.3+33.3+33.33"), Adds::Up);
        assert_eq!(said("100.08", "33.3+33.3+33.33"), Adds::Not);
        assert_eq!(said("90.5", "90"), Adds::Not);
        assert_eq!(said("98", "50+47"), Adds::Not);
    }

    #[test]
    fn addends_that_were_rounded_come_to_what_is_due_and_a_rounded_sum_does_not_make_them_do_so() {
        let number = |text: &str| text.parse::<Decimal>().expect("a number");
        let come = |due: &str, addends: &str| come_to(number(due), &addends.split('+').map(number).collect::<Vec<_>>());
        // 50.001: three halves of a thousandth are 0.0015.
        assert!(come("50", "16.667+16.667+16.667"));
        assert!(come("50", "16.67+16.67+16.67"));
        assert!(come("100", "33.3+33.3+33.3"));
        assert!(come("50", "20+30"));
        // 49.8: three halves of a tenth are 0.15.
        assert!(!come("50", "16.6+16.6+16.6"));
        assert!(!come("50", "16.66+16.66+16.66"), "0.02 is more than 0.015");
        assert!(!come("50", "20+29.5"));
        assert!(!come("50", "20+29"), "whole numbers are exact");
        assert!(!come("50", "30"));
    }
}
