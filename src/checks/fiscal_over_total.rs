//! 财政拨款 is a part of 全额 and cannot be above it.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::decimal_text::figure_text;
use crate::phrase::Hole;
use crate::submission::TaskRow;

use super::Subject;
use super::amounts::{AmountColumn, rows};
use super::ran::{Need, Ran};

/// One finding for each row and pair of columns where the part is above the whole.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let table = subject.completion()?;
    let pairs =
        [(AmountColumn::PlannedFiscal, AmountColumn::Planned), (AmountColumn::SpentFiscal, AmountColumn::Spent)];
    let has_both = |row: &TaskRow| pairs.iter().any(|(part, whole)| part.of(row).and(whole.of(row)).is_some());
    Need::TableAmounts.met(rows(table).any(has_both))?;
    for row in rows(table) {
        findings.extend(pairs.iter().filter_map(|(part, whole)| told(row, *part, *whole)));
    }
    Ok(())
}

fn told(row: &TaskRow, part: AmountColumn, whole: AmountColumn) -> Option<Finding> {
    let (of_part, of_whole) = (part.of(row)?, whole.of(row)?);
    if of_part.value <= of_whole.value {
        return None;
    }
    let (part_shown, whole_shown) = (figure_text(of_part.value), figure_text(of_whole.value));
    let holes: &[Hole] = &[
        ("task", &row.name.trim()),
        ("part", &part.in_words()),
        ("whole", &whole.in_words()),
        ("part_amount", &part_shown),
        ("whole_amount", &whole_shown),
    ];
    Some(Finding::told(Code::FiscalOverTotal, holes).at(&of_part.source))
}
