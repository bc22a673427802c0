//! The records of .xls that are read, by their names in [MS-XLS] and the numbers it gives them (2.3).

/// Formula: a cell with a formula and its result.
pub(super) const FORMULA: u16 = 0x0006;
/// EOF: the end of a stream.
pub(super) const EOF: u16 = 0x000A;
/// Date1904: whether days are counted from 1904.
pub(super) const DATE_1904: u16 = 0x0022;
/// FilePass: what follows is encrypted.
pub(super) const FILE_PASS: u16 = 0x002F;
/// Continue: more of the record before.
pub(super) const CONTINUE: u16 = 0x003C;
/// CodePage: the code page of texts.
pub(super) const CODE_PAGE: u16 = 0x0042;
/// ColInfo: widths of columns, and whether they are hidden.
pub(super) const COL_INFO: u16 = 0x007D;
/// BoundSheet8: a sheet and where its stream begins.
pub(super) const BOUND_SHEET_8: u16 = 0x0085;
/// MulRk: packed numbers side by side.
pub(super) const MUL_RK: u16 = 0x00BD;
/// RString: a cell with a formatted text, written before Excel 97.
pub(super) const R_STRING: u16 = 0x00D6;
/// XF: a cell style.
pub(super) const XF: u16 = 0x00E0;
/// MergeCells: merged areas.
pub(super) const MERGE_CELLS: u16 = 0x00E5;
/// SST: the texts that cells share.
pub(super) const SST: u16 = 0x00FC;
/// LabelSst: a cell with one of the shared texts.
pub(super) const LABEL_SST: u16 = 0x00FD;
/// Number: a cell with a float.
pub(super) const NUMBER: u16 = 0x0203;
/// Label: a cell with a text of its own.
pub(super) const LABEL: u16 = 0x0204;
/// BoolErr: a cell with a truth or an error.
pub(super) const BOOL_ERR: u16 = 0x0205;
/// String: the text that the formula before gives.
pub(super) const STRING: u16 = 0x0207;
/// Row: a row, and whether it is hidden.
pub(super) const ROW: u16 = 0x0208;
/// RK: a cell with a packed number.
pub(super) const RK: u16 = 0x027E;
/// Format: a number format.
pub(super) const FORMAT: u16 = 0x041E;
/// Blank: a cell that holds a style and nothing else.
pub(super) const BLANK: u16 = 0x0201;
/// MulBlank: several of them side by side.
pub(super) const MUL_BLANK: u16 = 0x00BE;
/// Dimensions: the rows and columns that the sheet says it has.
pub(super) const DIMENSIONS: u16 = 0x0200;
/// What opens a stream of Excel 2, 3 and 4 (the last two bytes tell the record, the first its version).
pub(super) const OLD_BOFS: [u16; 3] = [0x0009, 0x0209, 0x0409];
/// BOF: the beginning of a stream.
pub(super) const BOF: u16 = 0x0809;
