//! A second opinion on .xls and .xlsb: calamine reads the same bytes, and a cell on which the two readers differ is
//! taken for unsure. A value wrongly read would be a false accusation; two independent readers seldom err alike.
//!
//! calamine aborts, panics and runs out of memory on odd files, so this runs only in a worker, after our own answer was
//! given; what happens to it costs the second opinion and nothing else.
//!
//! What our reader takes for damaged is shown to it as well: an .xls or
//! .xlsb that it opens is not called damaged.

mod comparison;

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Range, Reader, SheetType, Xls, XlsOptions, Xlsb};
use serde::{Deserialize, Serialize};

use self::comparison::{Comparison, Theirs};
use super::address::Address;
use super::cell::{Format, Sheet, Value, Workbook};
use super::problem::Problem;
use super::xls;

/// Bytes that the second reader may take beyond what is held already: a form takes less than one hundredth of it.
pub(crate) const MEMORY: u64 = 64 << 20;

/// UTF-16: Excel 97 and later write nothing else, whatever the code page record says.
const UNICODE: u16 = 1200;

/// A cell on which the readers differ, and what each of them read, cut to the part that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Difference {
    /// The sheet's place in the workbook.
    pub sheet: usize,
    pub at: Address,
    pub ours: String,
    pub theirs: String,
}

/// Whether a second look is due: at a workbook of a format that is read twice, and at one that is said to be damaged.
pub(crate) fn is_due(answer: &Result<Workbook, Problem>) -> bool {
    match answer {
        Ok(workbook) => matches!(workbook.format, Format::Xls | Format::Xlsb),
        Err(problem) => problem.may_be_read_by_another(),
    }
}

/// Whether calamine finds a cell in what our reader takes for damaged: then it is called unreadable, and nobody is told that
/// the file is broken.
pub(crate) fn opens(bytes: &[u8]) -> bool {
    let has_cells = |range: &Range<Data>| range.used_cells().next().is_some();
    let in_xls = || {
        let ranges = Xls::new(Cursor::new(bytes)).ok()?.worksheets();
        Some(ranges.iter().any(|(_, range)| has_cells(range)))
    };
    let in_xlsb = || {
        let ranges = Xlsb::new(Cursor::new(bytes)).ok()?.worksheets();
        Some(ranges.iter().any(|(_, range)| has_cells(range)))
    };
    in_xls().or_else(in_xlsb).unwrap_or(false)
}

/// Every cell on which calamine reads something else. None if it cannot read the file, or not what we read of it.
pub(crate) fn differences(workbook: &Workbook, bytes: &[u8]) -> Option<Vec<Difference>> {
    match workbook.format {
        Format::Xls => of_xls(workbook, bytes),
        Format::Xlsb => of_xlsb(workbook, bytes),
        Format::Xlsx | Format::Ods => None,
    }
}

/// Makes every cell on which the readers differ one that is told and not guessed.
pub(crate) fn mark(workbook: &mut Workbook, differences: Vec<Difference>) {
    for Difference { sheet, at, ours, theirs } in differences {
        if let Some(sheet) = workbook.sheets.get_mut(sheet) {
            sheet.doubt(at, Value::Unsure { ours, theirs });
        }
    }
}

fn of_xls(workbook: &Workbook, bytes: &[u8]) -> Option<Vec<Difference>> {
    let unicode = xls::is_unicode(bytes)?;
    if !is_affordable(workbook) {
        return None;
    }
    let mut options = XlsOptions::default();
    options.force_codepage = unicode.then_some(UNICODE);
    let mut theirs = Xls::new_with_options(Cursor::new(bytes), options).ok()?;
    let names = paired(workbook, theirs.sheets_metadata())?;
    let mut found = Vec::new();
    for (index, (sheet, name)) in workbook.sheets.iter().zip(names).enumerate() {
        let range = theirs.worksheet_range(&name).ok()?;
        let (top, left) = range.start().unwrap_or_default();
        let mut comparison = Comparison::of_xls(sheet, unicode);
        for (row, column, value) in range.used_cells() {
            let at = address(top, row).zip(address(left, column));
            comparison.see(at, Theirs::of(value));
        }
        found.extend(comparison.finish(index));
    }
    Some(found)
}

/// A sum of two numbers that may be too large for a place in a sheet.
fn address(first: u32, further: usize) -> Option<u32> {
    u32::try_from(further).ok()?.checked_add(first)
}

fn of_xlsb(workbook: &Workbook, bytes: &[u8]) -> Option<Vec<Difference>> {
    let mut theirs = Xlsb::new(Cursor::new(bytes)).ok()?;
    let names = paired(workbook, theirs.sheets_metadata())?;
    let mut found = Vec::new();
    for (index, (sheet, name)) in workbook.sheets.iter().zip(names).enumerate() {
        let mut cells = theirs.worksheet_cells_reader(&name).ok()?;
        let mut comparison = Comparison::of_xlsb(sheet);
        while let Some(cell) = cells.next_cell().ok()? {
            let (row, column) = cell.get_position();
            comparison.see(Some((row, column)), Theirs::of(cell.get_value()));
        }
        found.extend(comparison.finish(index));
    }
    Some(found)
}

/// Their names of our sheets, in our order. None unless they list the same number of worksheets, each name once: only
/// by its name can a sheet be asked for.
fn paired(workbook: &Workbook, theirs: &[calamine::Sheet]) -> Option<Vec<String>> {
    let names: Vec<String> =
        theirs.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).map(|sheet| sheet.name.clone()).collect();
    let mut times = BTreeMap::new();
    theirs.iter().for_each(|sheet| *times.entry(sheet.name.as_str()).or_insert(0) += 1);
    (names.len() == workbook.sheets.len() && times.values().all(|times| *times == 1)).then_some(names)
}

/// calamine keeps a sheet of an .xls as a full rectangle, and copies it to hand it out.
fn is_affordable(workbook: &Workbook) -> bool {
    let cells = workbook.sheets.iter().map(rectangle).fold(0, u64::saturating_add);
    cells.saturating_mul(2 * size_of::<Data>() as u64) < MEMORY
}

/// Cells of the smallest rectangle that holds all cells of a sheet.
fn rectangle(sheet: &Sheet) -> u64 {
    let (Some((first, _)), Some((last, _))) = (sheet.cells.first_key_value(), sheet.cells.last_key_value()) else {
        return 0;
    };
    let columns = sheet.cells.keys().map(|at| at.column);
    let (left, right) = columns.fold((u32::MAX, 0), |(left, right), column| (left.min(column), right.max(column)));
    (u64::from(last.row - first.row) + 1) * (u64::from(right - left) + 1)
}
