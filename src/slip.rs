//! A slip that gives a claimed score exactly, as a hint for whoever looks at the score.

use std::fmt::{self, Display, Formatter};

use serde::{Deserialize, Serialize};

/// What was done otherwise than the rules say, so that the claimed score comes out. It never changes a verdict.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Slip {
    /// The recomputed score rounded to the decimals of the claim.
    Rounded,
    /// All points taken.
    FullMarks,
    /// More than the target counted as more than the points.
    Uncapped,
    /// The points of the band next to the right one.
    AdjacentBand,
    /// Something else divided by.
    OtherDenominator,
    /// A percentage taken for a fraction of 1, or the other way round.
    PercentAsFraction,
    /// 元 taken for 万元, or the other way round.
    UnitSlip,
    /// Another reading of the rulebook, by its id.
    Reading(String),
}

/// A text that names no slip.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}: no known slip")]
pub struct UnknownSlip(String);

impl Slip {
    /// Those that need no further word.
    const PLAIN: [Slip; 7] = [
        Slip::Rounded,
        Slip::FullMarks,
        Slip::Uncapped,
        Slip::AdjacentBand,
        Slip::OtherDenominator,
        Slip::PercentAsFraction,
        Slip::UnitSlip,
    ];

    /// Its name in the keys of texts.
    pub fn as_str(&self) -> &'static str {
        match self {
            Slip::Rounded => "rounded",
            Slip::FullMarks => "full-marks",
            Slip::Uncapped => "uncapped",
            Slip::AdjacentBand => "adjacent-band",
            Slip::OtherDenominator => "other-denominator",
            Slip::PercentAsFraction => "percent-as-fraction",
            Slip::UnitSlip => "unit-slip",
            Slip::Reading(_) => "reading",
        }
    }
}

impl Display for Slip {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Slip::Reading(id) => write!(formatter, "reading:{id}"),
            plain => formatter.write_str(plain.as_str()),
        }
    }
}

impl TryFrom<String> for Slip {
    type Error = UnknownSlip;

    fn try_from(text: String) -> Result<Slip, UnknownSlip> {
        if let Some(reading) = text.strip_prefix("reading:") {
            return Ok(Slip::Reading(reading.to_owned()));
        }
        Slip::PLAIN.into_iter().find(|slip| slip.as_str() == text).ok_or(UnknownSlip(text))
    }
}

impl From<Slip> for String {
    fn from(slip: Slip) -> String {
        slip.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slip_comes_back_from_its_text_and_no_other_text_is_one() {
        let reading = Slip::Reading("uncapped".to_owned());
        for slip in Slip::PLAIN.into_iter().chain([reading]) {
            assert_eq!(Slip::try_from(slip.to_string()).expect("a slip"), slip);
        }
        assert!(Slip::try_from("reading".to_owned()).is_err() && Slip::try_from("half-marks".to_owned()).is_err());
    }
}
