//! One sheet of an .xls, in one pass over its records (MS-XLS 2.1.7.20.5).

use super::super::address::{Address, Area, COLUMNS};
use super::super::cell::{Cell, Sheet, Value};
use super::super::limits::Meter;
use super::super::number_format::Shown;
use super::super::problem::{Fault, Problem};
use super::super::records::{Fields, UncalculatedOrBlank, error, float, packed};
use super::record;
use super::stream::{PART, Records, Texts, Writing, malformed};

/// What fills a stream up to the end of its last sector.
const FILLING: u16 = 0;

/// What the cells of all sheets refer to.
pub(super) struct Tables {
    pub strings: Vec<Box<str>>,
    pub styles: Vec<Shown>,
    pub since_1904: bool,
    pub writing: Writing,
}

/// A sheet being read.
pub(super) struct SheetReader<'t, 'm> {
    pub sheet: Sheet,
    tables: &'t Tables,
    meter: &'m Meter<'m>,
    /// A formula whose text follows in a record of its own.
    awaits_text: Option<Address>,
    /// Rows that the sheet says it has, and the rows up to the last cell that was met, blank ones counted.
    rows_stated: u32,
    rows_met: u32,
    pub formulas: UncalculatedOrBlank,
}

impl<'t, 'm> SheetReader<'t, 'm> {
    pub fn new(sheet: Sheet, tables: &'t Tables, meter: &'m Meter<'m>) -> Self {
        let formulas = UncalculatedOrBlank::default();
        SheetReader { sheet, tables, meter, awaits_text: None, rows_stated: 0, rows_met: 0, formulas }
    }

    /// Reads the records of the sheet up to its end, passing over charts and other streams inside it.
    pub fn all(&mut self, records: &mut Records<'_, '_, '_>) -> Result<(), Problem> {
        let mut inside = 0u32;
        loop {
            match records.next()? {
                record::BOF => inside += 1,
                record::EOF if inside == 0 => return Ok(()),
                record::EOF => inside -= 1,
                _ if inside > 0 => {}
                record::STRING => self.formula_text(records)?,
                kind => self.record(kind, &records.body)?,
            }
        }
    }

    /// Whether the sheet's end came too early: it says that it has more rows than were met, and what follows is neither another
    /// stream nor the filling at the end of the container. Either alone is nothing: programs state rows that they only format.
    pub fn ends_early(&self, records: &Records<'_, '_, '_>) -> Option<Fault> {
        let is_followed = records.next_kind().is_some_and(|kind| kind != record::BOF && kind != FILLING);
        let is_short = self.rows_met < self.rows_stated;
        (is_followed && is_short).then_some(Fault::EndsEarly { read: self.rows_met, stated: self.rows_stated })
    }

    fn record(&mut self, kind: u16, body: &[u8]) -> Result<(), Problem> {
        let fields = &mut Fields(body);
        self.meet(kind, body);
        let read = match kind {
            record::NUMBER | record::RK | record::LABEL_SST | record::LABEL | record::R_STRING | record::BOOL_ERR => {
                self.constant(kind, fields)
            }
            record::MUL_RK => self.packed_row(fields),
            record::FORMULA => self.formula(fields),
            record::MERGE_CELLS => self.merges(fields),
            record::ROW => self.row(fields),
            record::COL_INFO => self.columns(fields),
            _ => return Ok(()),
        };
        read.unwrap_or_else(|| Err(malformed()))
    }

    /// Takes note of the rows that are stated (Dimensions, MS-XLS 2.4.90) and met.
    fn meet(&mut self, kind: u16, body: &[u8]) {
        let fields = &mut Fields(body);
        match kind {
            // Before Excel 97 rows were two bytes each.
            record::DIMENSIONS if body.len() >= 14 => {
                self.rows_stated = fields.word().and_then(|_| fields.word()).unwrap_or(0);
            }
            record::DIMENSIONS => {
                self.rows_stated = fields.short().and_then(|_| fields.short()).map_or(0, u32::from);
            }
            record::NUMBER
            | record::RK
            | record::LABEL_SST
            | record::LABEL
            | record::R_STRING
            | record::BOOL_ERR
            | record::MUL_RK
            | record::FORMULA
            | record::BLANK
            | record::MUL_BLANK => {
                let row = fields.short().map_or(0, |row| u32::from(row) + 1);
                self.rows_met = self.rows_met.max(row);
            }
            _ => {}
        }
    }

    /// A cell that holds no formula. None if the record is too short.
    fn constant(&mut self, kind: u16, fields: &mut Fields<'_>) -> Option<Result<(), Problem>> {
        let (at, shown) = self.place(fields)?;
        let since_1904 = self.tables.since_1904;
        let value = match kind {
            record::NUMBER => Some(float(fields.long()?, shown, since_1904)),
            record::RK => Some(packed(fields.word()?, shown, since_1904)),
            record::LABEL_SST => {
                let index = fields.word()?;
                let Some(text) = self.tables.strings.get(index as usize) else {
                    return Some(Err(Problem::part(PART, Fault::Index(index.into()))));
                };
                Value::text(text.to_string())
            }
            record::BOOL_ERR => Some(bool_or_error(fields)?),
            _ => Value::text(self.tables.writing.long_text(fields)?),
        };
        Some(self.keep(at, value, shown, false))
    }

    /// Packed numbers side by side.
    fn packed_row(&mut self, fields: &mut Fields<'_>) -> Option<Result<(), Problem>> {
        let (row, first) = (fields.short()?, fields.short()?);
        let count = fields.0.len().checked_sub(2)? / 6;
        for column in (u32::from(first)..).take(count) {
            let shown = self.shown(fields.short()?);
            let value = packed(fields.word()?, shown, self.tables.since_1904);
            if let Err(problem) = self.keep(Address { row: row.into(), column }, Some(value), shown, false) {
                return Some(Err(problem));
            }
        }
        Some(Ok(()))
    }

    /// A formula and its result (MS-XLS 2.5.133): a float, or by its mark a text that follows, a truth, an error, an empty text.
    fn formula(&mut self, fields: &mut Fields<'_>) -> Option<Result<(), Problem>> {
        let (at, shown) = self.place(fields)?;
        let bits = fields.long()?;
        let content = (bits >> 16) as u8;
        self.awaits_text = None;
        let value = match (bits >> 48, bits as u8) {
            (0xFFFF, 0) => {
                self.awaits_text = Some(at);
                None
            }
            (0xFFFF, 1) => Some(Value::Bool(content != 0)),
            (0xFFFF, 2) => Some(error(content)),
            (0xFFFF, _) => {
                self.formulas.saw(at, false);
                return Some(self.meter.cell(&Value::Uncalculated));
            }
            _ => Some(float(bits, shown, self.tables.since_1904)),
        };
        self.formulas.saw(at, true);
        Some(self.keep(at, value, shown, true))
    }

    fn formula_text(&mut self, records: &mut Records<'_, '_, '_>) -> Result<(), Problem> {
        let Some(at) = self.awaits_text.take() else {
            return Ok(());
        };
        let text = if self.tables.writing.unicode && records.body.len() > 2 {
            Texts::from(records, 0).rich()?
        } else {
            self.tables.writing.long_text(&mut Fields(&records.body)).ok_or_else(malformed)?
        };
        self.keep(at, Value::text(text), Shown::PLAIN, true)
    }

    fn merges(&mut self, fields: &mut Fields<'_>) -> Option<Result<(), Problem>> {
        for _ in 0..fields.short()? {
            let (top, bottom, left, right) = (fields.short()?, fields.short()?, fields.short()?, fields.short()?);
            if let Err(problem) = self.meter.merge() {
                return Some(Err(problem));
            }
            self.sheet.merges.push(Area {
                first: Address { row: top.min(bottom).into(), column: left.min(right).into() },
                last: Address { row: top.max(bottom).into(), column: left.max(right).into() },
            });
        }
        Some(Ok(()))
    }

    fn row(&mut self, fields: &mut Fields<'_>) -> Option<Result<(), Problem>> {
        let row = u32::from(fields.short()?);
        fields.bytes(10)?;
        let hidden = fields.short()? & 0x20 != 0;
        Some(if hidden { self.meter.hide(&mut self.sheet.hidden_rows, row, row) } else { Ok(()) })
    }

    fn columns(&mut self, fields: &mut Fields<'_>) -> Option<Result<(), Problem>> {
        let (first, last) = (u32::from(fields.short()?), u32::from(fields.short()?));
        let width = fields.short()?;
        fields.short()?;
        let hidden = fields.short()? & 1 != 0 || width == 0;
        let last = last.min(COLUMNS - 1);
        Some(if hidden && first <= last {
            self.meter.hide(&mut self.sheet.hidden_columns, first, last)
        } else {
            Ok(())
        })
    }

    fn place(&self, fields: &mut Fields<'_>) -> Option<(Address, Shown)> {
        let (row, column, style) = (fields.short()?, fields.short()?, fields.short()?);
        Some((Address::within_sheet(row.into(), column.into())?, self.shown(style)))
    }

    fn shown(&self, style: u16) -> Shown {
        self.tables.styles.get(usize::from(style)).copied().unwrap_or_default()
    }

    /// Where an address is written twice, the last cell is the one that counts.
    fn keep(&mut self, at: Address, value: Option<Value>, shown: Shown, formula: bool) -> Result<(), Problem> {
        if at.column >= COLUMNS {
            return Err(Problem::part(PART, Fault::Address(at.to_string())));
        }
        match value {
            Some(value) => {
                self.meter.cell(&value)?;
                self.sheet.cells.insert(at, Cell::shown(value, shown, formula));
            }
            None => drop(self.sheet.cells.remove(&at)),
        }
        Ok(())
    }
}

fn bool_or_error(fields: &mut Fields<'_>) -> Option<Value> {
    let content = fields.byte()?;
    Some(if fields.byte()? == 0 { Value::Bool(content != 0) } else { error(content) })
}
