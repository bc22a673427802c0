//! How far a card is the one that a rulebook describes. (certainty.md, “Does the rulebook fit at all?”)

use super::Submission;
use crate::checks::register::Code;
use crate::rulebook::{Indicator, Scorecard};

/// How far a card is the one that a rulebook describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fit {
    /// Indicators of the rulebook that the card names by their own name or an alias.
    pub named: usize,
    /// Those of them whose points the card states as the rulebook does.
    pub points_agree: usize,
    /// Those of them whose points the card states at all.
    pub points_stated: usize,
    /// All indicators of the rulebook.
    pub indicators: usize,
}

/// What a card says of one indicator of the rulebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    /// No row has its name; a near name is another name.
    Absent,
    /// A row has its name, and no points beside it.
    Unstated,
    /// A row has its name and its points.
    Agrees,
    /// A row has its name and other points.
    Differs,
}

impl Fit {
    /// Holds a submission against the card that it was read by.
    pub fn of(card: &Scorecard, submission: &Submission) -> Fit {
        let rows: Vec<Row> = card.indicators.iter().map(|indicator| row(indicator, submission)).collect();
        let count = |wanted: &[Row]| rows.iter().filter(|row| wanted.contains(row)).count();
        Fit {
            named: count(&[Row::Unstated, Row::Agrees, Row::Differs]),
            points_agree: count(&[Row::Agrees]),
            points_stated: count(&[Row::Agrees, Row::Differs]),
            indicators: rows.len(),
        }
    }

    /// Two thirds of the names, and the points of nine in ten of them: beyond that a card is the rulebook's own with a
    /// few rows lost or altered, below it a card of another place that has some of the same indicators.
    pub fn holds(&self) -> bool {
        self.named * 3 >= self.indicators * 2 && self.points_agree * 10 >= self.points_stated * 9
    }
}

/// Whether an indicator stands on the card as the rulebook has it, by its name and with its points. On a card that the
/// rulebook does not fit, only such a row is the rulebook's.
pub fn is_the_rulebooks(indicator: &Indicator, submission: &Submission) -> bool {
    row(indicator, submission) == Row::Agrees
}

fn row(indicator: &Indicator, submission: &Submission) -> Row {
    let renamed = submission.findings.iter().any(|finding| {
        finding.code == Code::IndicatorRenamed && finding.indicator.as_deref() == Some(indicator.id.as_str())
    });
    let mut rows = submission.claims.iter().filter(|claim| claim.indicator == indicator.id).peekable();
    if renamed || rows.peek().is_none() {
        return Row::Absent;
    }
    match rows.find_map(|row| row.points_stated.as_ref()) {
        None => Row::Unstated,
        Some(stated) if Some(stated.value) == indicator.points => Row::Agrees,
        Some(_) => Row::Differs,
    }
}
