//! The records of an .xls without their container, so that a change reaches what they say.

use fuhe::workbook::open;

use super::audited::{audited, limits};

/// Where the records begin, of Excel 97 and later and of Excel 5.
const BEGINNINGS: [&[u8]; 2] = [&[9, 8, 16, 0, 0, 6, 5, 0], &[9, 8, 8, 0, 0, 5, 5, 0]];

/// Reads and audits these records; the first byte tells how they begin.
pub fn records(data: &[u8]) {
    let Some((kind, records)) = data.split_first() else { return };
    let bytes = [BEGINNINGS[usize::from(kind % 2)], records].concat();
    if let Ok(workbook) = open("某局.xls", &bytes, &limits()) {
        audited(&workbook);
    }
}
