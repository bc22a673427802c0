//! The records of .xlsb that are read, by their names in [MS-XLSB] and the numbers it gives them (2.3.1).

/// BrtRowHdr: a row, and whether it is hidden.
pub(super) const BRT_ROW_HDR: u16 = 0x00;
/// BrtCellBlank: a cell with a style and nothing else.
pub(super) const BRT_CELL_BLANK: u16 = 0x01;
/// BrtCellRk: a packed number.
pub(super) const BRT_CELL_RK: u16 = 0x02;
/// BrtCellError: an error.
pub(super) const BRT_CELL_ERROR: u16 = 0x03;
/// BrtCellBool: a truth.
pub(super) const BRT_CELL_BOOL: u16 = 0x04;
/// BrtCellReal: a float.
pub(super) const BRT_CELL_REAL: u16 = 0x05;
/// BrtCellSt: a text of its own.
pub(super) const BRT_CELL_ST: u16 = 0x06;
/// BrtCellIsst: one of the shared texts.
pub(super) const BRT_CELL_ISST: u16 = 0x07;
/// BrtFmlaString: a formula that gives a text.
pub(super) const BRT_FMLA_STRING: u16 = 0x08;
/// BrtFmlaNum: a formula that gives a float.
pub(super) const BRT_FMLA_NUM: u16 = 0x09;
/// BrtFmlaBool: a formula that gives a truth.
pub(super) const BRT_FMLA_BOOL: u16 = 0x0A;
/// BrtFmlaError: a formula that gives an error.
pub(super) const BRT_FMLA_ERROR: u16 = 0x0B;
/// BrtShortBlank: the first of the cells without a column of their own.
pub(super) const BRT_SHORT_BLANK: u16 = 0x0C;
/// BrtShortIsst: the last of them.
pub(super) const BRT_SHORT_ISST: u16 = 0x12;
/// BrtSSTItem: a shared text.
pub(super) const BRT_SST_ITEM: u16 = 0x13;
/// BrtFmt: a number format.
pub(super) const BRT_FMT: u16 = 0x2C;
/// BrtXF: a style.
pub(super) const BRT_XF: u16 = 0x2F;
/// BrtColInfo: columns, and whether they are hidden.
pub(super) const BRT_COL_INFO: u16 = 0x3C;
/// BrtCellRString: a formatted text of its own.
pub(super) const BRT_CELL_R_STRING: u16 = 0x3E;
/// BrtBeginSheet.
pub(super) const BRT_BEGIN_SHEET: u16 = 0x81;
/// BrtEndSheet.
pub(super) const BRT_END_SHEET: u16 = 0x82;
/// BrtBeginBook.
pub(super) const BRT_BEGIN_BOOK: u16 = 0x83;
/// BrtWbProp: properties of the workbook, whether days are counted from 1904 among them.
pub(super) const BRT_WB_PROP: u16 = 0x99;
/// BrtBundleSh: a sheet and its part.
pub(super) const BRT_BUNDLE_SH: u16 = 0x9C;
/// BrtMergeCell: a merged area.
pub(super) const BRT_MERGE_CELL: u16 = 0xB0;
/// BrtBeginCellXFs: the styles of cells follow.
pub(super) const BRT_BEGIN_CELL_XFS: u16 = 0x0269;
/// BrtEndCellXFs.
pub(super) const BRT_END_CELL_XFS: u16 = 0x026A;
