//! A claim as it is compared and counted, in the judging and in finished audits alike.

use rust_decimal::Decimal;

/// A claim as it is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// A score.
    Score(Decimal),
    /// No score.
    Invalid,
    /// A score that nobody can tell yet.
    Open {
        /// The highest that it can be; none: nobody knows.
        most: Option<Decimal>,
    },
}

impl Taken {
    /// The score, where it is one.
    pub fn score(self) -> Option<Decimal> {
        match self {
            Taken::Score(score) => Some(score),
            Taken::Invalid | Taken::Open { .. } => None,
        }
    }
}

/// The highest of several scores; none where one of them is no number.
pub fn most(scores: impl Iterator<Item = Option<Decimal>>) -> Option<Decimal> {
    scores.reduce(|one, other| one.zip(other).map(|(one, other)| one.max(other))).flatten()
}

/// What can at most be granted of a claim, given the highest recomputed score where it is known.
pub fn granted_at_most(claim: Taken, high: Option<Decimal>) -> Decimal {
    match (claim, high) {
        (Taken::Invalid, _) => Decimal::ZERO,
        (Taken::Score(claimed), None) => claimed,
        (Taken::Score(claimed), Some(high)) => claimed.min(high),
        (Taken::Open { most }, high) => {
            let bounds = most.into_iter().chain(high);
            bounds.min().unwrap_or_default().max(Decimal::ZERO)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_open_claim_the_highest_that_it_can_be_is_granted_at_most_and_never_more_than_was_earned() {
        let number = |text: &str| text.parse::<Decimal>().expect("a number");
        let granted = |most: Option<&str>, high: Option<&str>| {
            granted_at_most(Taken::Open { most: most.map(number) }, high.map(number)).to_string()
        };
        assert_eq!(granted(Some("5"), Some("6")), "5");
        assert_eq!(granted(Some("8"), Some("6")), "6");
        assert_eq!(granted(None, Some("6")), "6");
        assert_eq!(granted(Some("8"), None), "8");
        assert_eq!(granted(Some("-1"), Some("6")), "0");
    }
}
