//! .xlsb (MS-XLSB): the parts of an .xlsx as streams of records.

mod record;

use std::collections::HashMap;
use std::io::Read;

use crate::workbook::address::{Address, Area, COLUMNS, ROWS};
use crate::workbook::cell::{Cell, Format, Properties, Sheet, Value, Workbook};
use crate::workbook::limits::Meter;
use crate::workbook::number_format::Shown;
use crate::workbook::package::{Package, Part};
use crate::workbook::problem::{Fault, LimitName, Problem};
use crate::workbook::records::{Fields, UncalculatedOrBlank, error, float, packed};
use crate::workbook::xlsx::book::{Relation, relations};

/// No record is longer: a text of 32,767 letters, a formula, a list of formatting runs.
const RECORD_BYTES: u64 = 4 << 20;

/// Reads the workbook whose main part is named.
pub(crate) fn read(package: &mut Package<'_, '_>, main: &str, meter: &Meter<'_>) -> Result<Workbook, Problem> {
    let book = Book::read(package.part(main)?)?;
    let relations = relations(package, main)?;
    let tables = Tables {
        strings: table(package, &relations, "sharedStrings", strings)?,
        styles: table(package, &relations, "styles", styles)?,
        since_1904: book.since_1904,
    };
    let mut readings = Vec::new();
    for listed in book.sheets.into_iter().filter(|listed| !listed.relation.is_empty()) {
        let relation = relations.get(&listed.relation).ok_or_else(|| Problem::part(&listed.name, Fault::Missing))?;
        if relation.kind == "worksheet" {
            let mut reader = SheetReader::new(listed, &tables, meter);
            reader.all(Records::new(package.part(&relation.target)?))?;
            readings.push((reader.sheet, reader.formulas));
        }
    }
    Ok(Workbook {
        format: Format::Xlsb,
        sheets: UncalculatedOrBlank::decide(readings),
        properties: Properties::default(),
    })
}

/// A table that all sheets refer to, if the workbook has it.
fn table<T: Default>(
    package: &mut Package<'_, '_>,
    relations: &HashMap<String, Relation>,
    kind: &str,
    read: fn(Part<'_, '_>) -> Result<T, Problem>,
) -> Result<T, Problem> {
    match relations.values().find(|relation| relation.kind == kind) {
        Some(relation) if package.has(&relation.target) => read(package.part(&relation.target)?),
        _ => Ok(T::default()),
    }
}

/// The records of a part.
struct Records<'p, 'm> {
    part: Part<'p, 'm>,
    body: Vec<u8>,
}

impl<'p, 'm> Records<'p, 'm> {
    fn new(part: Part<'p, 'm>) -> Records<'p, 'm> {
        Records { part, body: Vec::new() }
    }

    fn problem(&self, fault: Fault) -> Problem {
        self.part.problem(fault)
    }

    fn malformed(&self) -> Problem {
        self.problem(Fault::Malformed)
    }

    /// The type of the next record, its body read (MS-XLSB 2.1.4: both numbers in groups of seven bits); none at the end of the part.
    fn next(&mut self) -> Result<Option<u16>, Problem> {
        self.part.next_event();
        let Some(first) = self.byte()? else {
            return Ok(None);
        };
        let mut kind = u16::from(first & 0x7F);
        if first & 0x80 != 0 {
            kind |= u16::from(self.more()? & 0x7F) << 7;
        }
        let mut length = 0u64;
        for group in 0..4 {
            let bits = self.more()?;
            length |= u64::from(bits & 0x7F) << (7 * group);
            if bits & 0x80 == 0 {
                break;
            }
        }
        self.fill(length)?;
        Ok(Some(kind))
    }

    fn fill(&mut self, length: u64) -> Result<(), Problem> {
        if length > RECORD_BYTES {
            return Err(self.malformed());
        }
        self.body.clear();
        match self.part.by_ref().take(length).read_to_end(&mut self.body) {
            Ok(read) if read as u64 == length => Ok(()),
            Ok(_) => Err(self.malformed()),
            Err(_) => Err(self.problem(Fault::Damaged)),
        }
    }

    fn byte(&mut self) -> Result<Option<u8>, Problem> {
        let mut one = [0];
        match self.part.read(&mut one) {
            Ok(read) => Ok((read == 1).then_some(one[0])),
            Err(_) => Err(self.problem(Fault::Damaged)),
        }
    }

    fn more(&mut self) -> Result<u8, Problem> {
        self.byte()?.ok_or_else(|| self.malformed())
    }
}

/// A text with its length in four bytes.
fn text(fields: &mut Fields<'_>) -> Option<String> {
    let length = fields.word()?;
    fields.wide(length as usize)
}

/// A sheet as the workbook part lists it.
struct Listed {
    name: String,
    hidden: bool,
    relation: String,
}

impl Listed {
    /// BrtBundleSh. A missing relation has the length of all ones.
    fn of(body: &[u8]) -> Option<Listed> {
        let mut fields = Fields(body);
        let hidden = fields.word()? != 0;
        fields.word()?;
        let relation = match fields.word()? {
            u32::MAX => String::new(),
            length => fields.wide(length as usize)?,
        };
        Some(Listed { name: text(&mut fields)?, hidden, relation })
    }
}

struct Book {
    sheets: Vec<Listed>,
    since_1904: bool,
}

impl Book {
    fn read(part: Part<'_, '_>) -> Result<Book, Problem> {
        let mut records = Records::new(part);
        if records.next()? != Some(record::BRT_BEGIN_BOOK) {
            return Err(records.problem(Fault::WrongKind));
        }
        let mut book = Book { sheets: Vec::new(), since_1904: false };
        let most = records.part.meter.limits.sheets;
        while let Some(kind) = records.next()? {
            match kind {
                record::BRT_BUNDLE_SH => {
                    book.sheets.push(Listed::of(&records.body).ok_or_else(|| records.malformed())?)
                }
                record::BRT_WB_PROP => book.since_1904 = records.body.first().is_some_and(|flags| flags & 1 != 0),
                _ => {}
            }
            if book.sheets.len() as u64 > most {
                return Err(Problem::over(LimitName::Sheets, most));
            }
        }
        Ok(book)
    }
}

/// What the cells of all sheets refer to.
struct Tables {
    strings: Vec<Box<str>>,
    styles: Vec<Shown>,
    since_1904: bool,
}

/// The shared texts. How many there are is counted, not believed.
fn strings(part: Part<'_, '_>) -> Result<Vec<Box<str>>, Problem> {
    let mut records = Records::new(part);
    let limits = records.part.meter.limits;
    let mut strings = Vec::new();
    let mut bytes = 0;
    while let Some(kind) = records.next()? {
        if kind != record::BRT_SST_ITEM {
            continue;
        }
        let item = text(&mut Fields(records.body.get(1..).unwrap_or_default())).ok_or_else(|| records.malformed())?;
        bytes += item.len() as u64;
        if strings.len() as u64 >= limits.cells {
            return Err(Problem::over(LimitName::Cells, limits.cells));
        }
        if bytes > limits.text_bytes {
            return Err(Problem::over(LimitName::TextBytes, limits.text_bytes));
        }
        strings.push(item.into_boxed_str());
    }
    Ok(strings)
}

/// How every cell style shows numbers.
fn styles(part: Part<'_, '_>) -> Result<Vec<Shown>, Problem> {
    let mut records = Records::new(part);
    let mut formats = HashMap::new();
    let mut styles: Vec<u16> = Vec::new();
    let mut in_cell_styles = false;
    while let Some(kind) = records.next()? {
        let mut fields = Fields(&records.body);
        match kind {
            record::BRT_FMT => {
                formats.extend(fields.short().zip(text(&mut fields)).map(|(id, code)| (id, Shown::of_code(&code))))
            }
            record::BRT_BEGIN_CELL_XFS => in_cell_styles = true,
            record::BRT_END_CELL_XFS => in_cell_styles = false,
            record::BRT_XF if in_cell_styles => styles.push(fields.word().map_or(0, |both| (both >> 16) as u16)),
            _ => {}
        }
    }
    Ok(styles.iter().map(|id| formats.get(id).copied().unwrap_or_else(|| Shown::builtin(u32::from(*id)))).collect())
}

struct SheetReader<'t, 'm> {
    sheet: Sheet,
    formulas: UncalculatedOrBlank,
    tables: &'t Tables,
    meter: &'m Meter<'m>,
    row: u32,
    /// The column after the last cell, where a cell without column stands.
    column: u32,
}

impl<'t, 'm> SheetReader<'t, 'm> {
    fn new(listed: Listed, tables: &'t Tables, meter: &'m Meter<'m>) -> Self {
        let sheet = Sheet { name: listed.name, hidden: listed.hidden, ..Sheet::default() };
        SheetReader { sheet, formulas: UncalculatedOrBlank::default(), tables, meter, row: 0, column: 0 }
    }

    fn all(&mut self, mut records: Records<'_, '_>) -> Result<(), Problem> {
        if records.next()? != Some(record::BRT_BEGIN_SHEET) {
            return Err(records.problem(Fault::WrongKind));
        }
        let mut ended = false;
        while let Some(kind) = records.next()? {
            ended |= kind == record::BRT_END_SHEET;
            let read = match kind {
                record::BRT_ROW_HDR => self.begin_row(&records),
                record::BRT_CELL_BLANK..=record::BRT_FMLA_ERROR | record::BRT_CELL_R_STRING => {
                    self.cell(kind, false, &records)
                }
                // The same without a column: the next one.
                record::BRT_SHORT_BLANK..=record::BRT_SHORT_ISST => {
                    self.cell(kind - record::BRT_SHORT_BLANK + record::BRT_CELL_BLANK, true, &records)
                }
                record::BRT_COL_INFO => self.columns(&records.body),
                record::BRT_MERGE_CELL => self.merge(&records.body),
                _ => Some(Ok(())),
            };
            read.unwrap_or_else(|| Err(records.malformed()))?;
        }
        if ended { Ok(()) } else { Err(records.malformed()) }
    }

    /// BrtRowHdr: the row's number, and in its twelfth byte whether it is hidden.
    fn begin_row(&mut self, records: &Records<'_, '_>) -> Option<Result<(), Problem>> {
        let mut fields = Fields(&records.body);
        self.row = fields.word()?;
        self.column = 0;
        if self.row >= ROWS {
            return Some(Err(records.problem(Fault::Address((u64::from(self.row) + 1).to_string()))));
        }
        fields.bytes(7)?;
        let hidden = fields.byte()? & 0x10 != 0;
        Some(if hidden { self.meter.hide(&mut self.sheet.hidden_rows, self.row, self.row) } else { Ok(()) })
    }

    fn cell(&mut self, kind: u16, short: bool, records: &Records<'_, '_>) -> Option<Result<(), Problem>> {
        let mut fields = Fields(&records.body);
        let column = if short { self.column } else { fields.word()? };
        self.column = column.saturating_add(1);
        let style = fields.word()? & 0x00FF_FFFF;
        let shown = self.tables.styles.get(style as usize).copied().unwrap_or_default();
        let at = Address { row: self.row, column };
        if column >= COLUMNS {
            return Some(Err(records.problem(Fault::Address(at.to_string()))));
        }
        let formula = matches!(kind, record::BRT_FMLA_STRING..=record::BRT_FMLA_ERROR);
        let value = match self.value(kind, shown, &mut fields)? {
            Ok(value) => value,
            Err(index) => return Some(Err(records.problem(Fault::Index(index)))),
        };
        if formula {
            self.formulas.saw(at, value.is_some());
        }
        Some(self.keep(at, value, shown, formula))
    }

    /// What a cell of that type holds; the index, if it is none of the shared texts.
    fn value(&self, kind: u16, shown: Shown, fields: &mut Fields<'_>) -> Option<Result<Option<Value>, u64>> {
        let since_1904 = self.tables.since_1904;
        Some(Ok(match kind {
            record::BRT_CELL_RK => Some(packed(fields.word()?, shown, since_1904)),
            record::BRT_CELL_ERROR | record::BRT_FMLA_ERROR => Some(error(fields.byte()?)),
            record::BRT_CELL_BOOL | record::BRT_FMLA_BOOL => Some(Value::Bool(fields.byte()? != 0)),
            record::BRT_CELL_REAL | record::BRT_FMLA_NUM => Some(float(fields.long()?, shown, since_1904)),
            record::BRT_CELL_ST | record::BRT_FMLA_STRING => Value::text(text(fields)?),
            record::BRT_CELL_ISST => {
                let index = fields.word()?;
                let Some(text) = self.tables.strings.get(index as usize) else {
                    return Some(Err(index.into()));
                };
                Value::text(text.to_string())
            }
            record::BRT_CELL_R_STRING => {
                fields.byte()?;
                Value::text(text(fields)?)
            }
            _ => None,
        }))
    }

    fn keep(&mut self, at: Address, value: Option<Value>, shown: Shown, formula: bool) -> Result<(), Problem> {
        match value {
            Some(value) => {
                self.meter.cell(&value)?;
                self.sheet.cells.insert(at, Cell::shown(value, shown, formula));
            }
            None if formula => self.meter.cell(&Value::Uncalculated)?,
            None => drop(self.sheet.cells.remove(&at)),
        }
        Ok(())
    }

    /// BrtColInfo.
    fn columns(&mut self, body: &[u8]) -> Option<Result<(), Problem>> {
        let mut fields = Fields(body);
        let (first, last, width) = (fields.word()?, fields.word()?.min(COLUMNS - 1), fields.word()?);
        fields.word()?;
        let hidden = fields.short()? & 1 != 0 || width == 0;
        Some(if hidden && first <= last {
            self.meter.hide(&mut self.sheet.hidden_columns, first, last)
        } else {
            Ok(())
        })
    }

    /// BrtMergeCell.
    fn merge(&mut self, body: &[u8]) -> Option<Result<(), Problem>> {
        let mut fields = Fields(body);
        let (top, bottom, left, right) = (fields.word()?, fields.word()?, fields.word()?, fields.word()?);
        let first = Address::within_sheet(top.min(bottom), left.min(right))?;
        let last = Address::within_sheet(top.max(bottom), left.max(right))?;
        self.sheet.merges.push(Area { first, last });
        Some(self.meter.merge())
    }
}
