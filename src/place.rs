//! The order in which a reader meets cells: sheet by sheet, row by row, column by column.

use crate::audit::Source;
use crate::submission::Submission;

/// The sheets of a submission in the workbook's order.
#[derive(Debug, Clone, Default)]
pub struct SheetOrder<'a> {
    sheets: Vec<&'a str>,
}

/// Where a cell stands: sheet, row, column.
pub type Place = (usize, u32, u32);

impl<'a> SheetOrder<'a> {
    /// The order of the sheets of `submission`; sheets that it does not list follow as its values meet them.
    pub fn of(submission: &'a Submission) -> SheetOrder<'a> {
        let tables = submission.sheets.iter().map(String::as_str);
        let facts = submission.facts.iter().map(|fact| fact.source.sheet.as_str());
        let claims = submission.claims.iter().map(|claim| claim.source.sheet.as_str());
        let quotes = submission.quotes.iter().map(|quote| quote.source.sheet.as_str());
        let mut sheets = Vec::new();
        for sheet in tables.chain(facts).chain(claims).chain(quotes) {
            if !sheets.contains(&sheet) {
                sheets.push(sheet);
            }
        }
        SheetOrder { sheets }
    }

    /// The place of a cell; a sheet never met comes last.
    pub fn place(&self, source: &Source) -> Place {
        let sheet = self.sheets.iter().position(|sheet| *sheet == source.sheet).unwrap_or(self.sheets.len());
        let (row, column) = place_of_cell(&source.cell);
        (sheet, row, column)
    }
}

/// Row and column of an A1 reference, from 1; what is no reference comes first.
pub fn place_of_cell(cell: &str) -> (u32, u32) {
    let digits = cell.find(|c: char| c.is_ascii_digit()).unwrap_or(cell.len());
    let (letters, row) = cell.split_at(digits);
    let column = letters.bytes().fold(0_u32, |column, letter| {
        let step = u32::from(letter.to_ascii_uppercase().saturating_sub(b'A')).saturating_add(1);
        column.saturating_mul(26).saturating_add(step)
    });
    (row.parse().unwrap_or(0), column)
}
