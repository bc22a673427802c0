//! What is kept of a submission only because the batch is compared by it.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::source::Source;
use crate::decimal_text::{figure, score};
use crate::packed::Pack;

/// A text of a submission, kept so that the batch can be compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptText {
    /// The sheet's name.
    pub sheet: String,
    /// The cell, such as `B7`; of a merged area its top left.
    pub cell: String,
    /// What kind of text it is.
    pub kind: TextKind,
    /// What stands there, verbatim; of an indicator row its name, target and actual.
    pub text: String,
}

/// What kind of text it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextKind {
    /// Running text outside of tables.
    Narrative,
    /// An explanation in a table.
    Explanation,
    /// An indicator that the department set for itself.
    Kpi,
    /// A reason of a deviation or a deduction.
    Reason,
}

impl TextKind {
    /// Its name in the keys of texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            TextKind::Narrative => "narrative",
            TextKind::Explanation => "explanation",
            TextKind::Kpi => "kpi",
            TextKind::Reason => "reason",
        }
    }
}

/// What the grade of an audit hangs on, as its line has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GradeHangs {
    /// The ids of the fewest indicators whose open points decide the grade, the largest first.
    pub indicators: Vec<String>,
    /// Their open points.
    #[serde(with = "score")]
    pub at_stake: Decimal,
    /// Points by which all that can be granted is above the lowest total of its grade.
    #[serde(with = "score")]
    pub margin: Decimal,
    /// The grade if none of these points is granted, and all others are.
    pub otherwise: String,
}

/// Criteria that give points by the band of a value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BandEdges {
    /// Those whose value is known, and has a band beside it that earns less.
    pub of: u32,
    /// Those of them whose value lies within a tenth of that band's width: it has only just reached its own.
    pub reached: u32,
}

/// What a figure is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ComparedAbout {
    /// The number of projects.
    #[default]
    Projects,
    /// The budget, in 万元.
    Budget,
    /// What was spent of it, in 万元.
    Spent,
    /// How satisfied those served are, in per cent.
    Satisfaction,
}

/// A figure that can be compared: one value, read with certainty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparable {
    /// What it is about.
    pub about: ComparedAbout,
    /// Its value.
    #[serde(with = "figure")]
    pub value: Decimal,
    /// Where it stands.
    pub source: Source,
}

impl ComparedAbout {
    /// Everything that a figure can be about.
    const ALL: [ComparedAbout; 4] =
        [ComparedAbout::Projects, ComparedAbout::Budget, ComparedAbout::Spent, ComparedAbout::Satisfaction];
}

impl Pack for Comparable {
    fn pack(&self, into: &mut Vec<u8>) {
        into.push(self.about as u8);
        self.value.pack(into);
        [&self.source.sheet, &self.source.cell, &self.source.text].into_iter().for_each(|text| text.pack(into));
    }

    fn unpack(from: &mut &[u8]) -> Option<Comparable> {
        let (about, rest) = from.split_first()?;
        *from = rest;
        let about = *ComparedAbout::ALL.get(usize::from(*about))?;
        let value = Pack::unpack(from)?;
        let source = Source { sheet: Pack::unpack(from)?, cell: Pack::unpack(from)?, text: Pack::unpack(from)? };
        Some(Comparable { about, value, source })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packed::Packed;

    #[test]
    fn a_figure_that_can_be_compared_comes_back_whatever_it_is_about() {
        let source = Source { sheet: "表一".to_owned(), cell: "C7".to_owned(), text: "1,234.50".to_owned() };
        let figures = ComparedAbout::ALL.map(|about| Comparable { about, value: Decimal::ONE, source: source.clone() });
        assert_eq!(Packed::new(&figures.to_vec()).open(), figures);
    }
}
