//! .xls of Excel 5 to 2003 and .et of WPS (MS-XLS): one stream of records, read without reserving what they announce.

mod record;
mod sheet;
mod stream;

use std::collections::{HashMap, HashSet};

use encoding_rs::GBK;

use self::sheet::{SheetReader, Tables};
use self::stream::{PART, Records, Texts, Writing, malformed, page};
use super::cell::{Format, Properties, Sheet, Workbook};
use super::limits::Meter;
use super::number_format::Shown;
use super::ole::{self, Ole, Stream};
use super::problem::{Content, Fault, LimitName, Problem};
use super::properties;
use super::records::{Fields, UncalculatedOrBlank};

/// Streams that hold a workbook: of Excel 97 and later, of Excel 5 and 95 (MS-XLS 2.1.2).
pub(crate) const STREAMS: [&str; 2] = [PART, "Book"];

/// Reads what an OLE2 container holds, if it is a workbook.
pub(crate) fn read(bytes: &[u8], meter: &Meter<'_>) -> Result<Workbook, Problem> {
    let ole = Ole::open(bytes)?;
    match STREAMS.iter().find_map(|name| ole.stream(name)) {
        _ if ole.has("EncryptedPackage") => Err(Problem::password()),
        Some(stream) => Ok(Workbook { properties: properties::of_summary(&ole), ..workbook(&stream, meter)? }),
        None => Err(Problem::not_a_workbook(document(&ole))),
    }
}

/// Reads records that stand in no container.
pub(crate) fn bare(bytes: &[u8], meter: &Meter<'_>) -> Result<Workbook, Problem> {
    workbook(&Stream::whole(bytes), meter)
}

fn document(ole: &Ole<'_>) -> Content {
    match () {
        () if ole.has("WordDocument") => Content::Doc,
        () if ole.has("PowerPoint Document") => Content::Ppt,
        () => Content::OtherDocument,
    }
}

fn workbook(stream: &Stream<'_>, meter: &Meter<'_>) -> Result<Workbook, Problem> {
    let mut records = Records::from(stream, 0, meter);
    let (unicode, kind) = opening(&mut records)?;
    let mut globals = Globals::new(unicode);
    if kind == Substream::Globals {
        globals.all(&mut records, meter)?;
    } else {
        // A stream that is one sheet and nothing else.
        globals.sheets.push(Listed { name: String::new(), hidden: false, at: 0, is_worksheet: true });
    }
    let (sheets, tables) = globals.finish();
    let mut begun = HashSet::new();
    if let Some(twice) = sheets.iter().find(|listed| listed.is_worksheet && !begun.insert(listed.at)) {
        return Err(Problem::part(&twice.name, Fault::Malformed));
    }
    let readings: Vec<_> = sheets
        .into_iter()
        .filter(|listed| listed.is_worksheet)
        .filter_map(|listed| sheet(stream, listed, &tables, meter).transpose())
        .collect::<Result<_, _>>()?;
    Ok(Workbook {
        format: Format::Xls,
        sheets: UncalculatedOrBlank::decide(readings),
        properties: Properties::default(),
    })
}

/// Whether a container holds one workbook and no other, and writes its texts in Unicode. None if it does not: an embedded
/// workbook is easily taken for the file's own.
pub(crate) fn is_unicode(bytes: &[u8]) -> Option<bool> {
    let ole = Ole::open(bytes).ok()?;
    let stream = match (ole::entries_named(bytes, PART), ole::entries_named(bytes, "Book")) {
        (1, _) => ole.stream(PART)?,
        (0, 1) => ole.stream("Book")?,
        _ => return None,
    };
    let mut head = [0; 6];
    stream.copy(0, &mut head).then_some(head[4..] == EXCEL_97.to_le_bytes())
}

/// What a stream of records is about (MS-XLS 2.4.21).
#[derive(PartialEq, Eq)]
enum Substream {
    Globals,
    Worksheet,
    Other,
}

/// The kinds of streams that BOF names (MS-XLS 2.4.21, dt).
const GLOBALS: u16 = 0x0005;
const WORKSHEET: u16 = 0x0010;
/// The versions of the format that BOF names (vers): Excel 97 to 2003, and Excel 5 and 95.
const EXCEL_97: u16 = 0x0600;
const EXCEL_5: u16 = 0x0500;

/// The record that opens a stream: whether its texts are Unicode, and what it is about.
fn opening(records: &mut Records<'_, '_, '_>) -> Result<(bool, Substream), Problem> {
    match records.next()? {
        record::BOF => {}
        kind if record::OLD_BOFS.contains(&kind) => return Err(Problem::not_a_workbook(Content::OldExcel)),
        _ => return Err(malformed()),
    }
    let mut fields = Fields(&records.body);
    let (Some(version), Some(kind)) = (fields.short(), fields.short()) else {
        return Err(malformed());
    };
    let kind = match kind {
        GLOBALS => Substream::Globals,
        WORKSHEET => Substream::Worksheet,
        _ => Substream::Other,
    };
    match version {
        EXCEL_97 => Ok((true, kind)),
        EXCEL_5 => Ok((false, kind)),
        _ => Err(Problem::not_a_workbook(Content::OldExcel)),
    }
}

/// A sheet, if its stream is one of cells. Where the workbook's own records stand instead, the sheet is lost.
fn sheet(
    stream: &Stream<'_>,
    listed: Listed,
    tables: &Tables,
    meter: &Meter<'_>,
) -> Result<Option<(Sheet, UncalculatedOrBlank)>, Problem> {
    let mut records = Records::from(stream, listed.at, meter);
    match opening(&mut records)?.1 {
        Substream::Worksheet => {}
        Substream::Globals => return Err(Problem::part(&listed.name, Fault::Missing)),
        Substream::Other => return Ok(None),
    }
    let empty = Sheet { name: listed.name, hidden: listed.hidden, ..Sheet::default() };
    let mut reader = SheetReader::new(empty, tables, meter);
    reader.all(&mut records)?;
    if let Some(fault) = reader.ends_early(&records) {
        return Err(Problem::part(&reader.sheet.name, fault));
    }
    Ok(Some((reader.sheet, reader.formulas)))
}

/// A sheet as the workbook's records list it.
struct Listed {
    name: String,
    hidden: bool,
    /// Where in the stream its own records begin.
    at: usize,
    is_worksheet: bool,
}

/// What the records before the sheets say.
struct Globals {
    sheets: Vec<Listed>,
    formats: HashMap<u16, Shown>,
    styles: Vec<u16>,
    strings: Vec<Box<str>>,
    since_1904: bool,
    writing: Writing,
}

impl Globals {
    fn new(unicode: bool) -> Globals {
        let writing = Writing { unicode, page: GBK };
        Globals {
            sheets: Vec::new(),
            formats: HashMap::new(),
            styles: Vec::new(),
            strings: Vec::new(),
            since_1904: false,
            writing,
        }
    }

    fn all(&mut self, records: &mut Records<'_, '_, '_>, meter: &Meter<'_>) -> Result<(), Problem> {
        loop {
            match records.next()? {
                record::EOF => return Ok(()),
                // The rest is encrypted, whichever way.
                record::FILE_PASS => return Err(Problem::password()),
                record::SST => self.shared_texts(records, meter)?,
                kind => self.record(kind, &records.body).ok_or_else(malformed)?,
            }
            if self.sheets.len() as u64 > meter.limits.sheets {
                return Err(Problem::over(LimitName::Sheets, meter.limits.sheets));
            }
        }
    }

    fn record(&mut self, kind: u16, body: &[u8]) -> Option<()> {
        let mut fields = Fields(body);
        match kind {
            record::CODE_PAGE => self.writing.page = page(fields.short()?),
            record::DATE_1904 => self.since_1904 = fields.short()? == 1,
            record::BOUND_SHEET_8 => {
                let at = fields.word()? as usize;
                let (hidden, is_worksheet) = (fields.byte()? & 3 != 0, fields.byte()? == 0);
                let name = self.writing.short_text(&mut fields)?.replace('\0', "");
                self.sheets.push(Listed { name, hidden, at, is_worksheet });
            }
            record::FORMAT => {
                let id = fields.short()?;
                let code = if self.writing.unicode {
                    self.writing.long_text(&mut fields)
                } else {
                    self.writing.short_text(&mut fields)
                };
                self.formats.insert(id, Shown::of_code(&code?));
            }
            record::XF => {
                fields.short()?;
                self.styles.push(fields.short()?);
            }
            _ => {}
        }
        Some(())
    }

    /// The texts that cells share. How many there are is counted, not believed.
    fn shared_texts(&mut self, records: &mut Records<'_, '_, '_>, meter: &Meter<'_>) -> Result<(), Problem> {
        let mut bytes = 0;
        let mut texts = Texts::from(records, 8);
        while texts.any()? {
            let text = texts.rich()?;
            bytes += text.len() as u64;
            if self.strings.len() as u64 >= meter.limits.cells {
                return Err(Problem::over(LimitName::Cells, meter.limits.cells));
            }
            if bytes > meter.limits.text_bytes {
                return Err(Problem::over(LimitName::TextBytes, meter.limits.text_bytes));
            }
            self.strings.push(text.into_boxed_str());
        }
        Ok(())
    }

    fn finish(self) -> (Vec<Listed>, Tables) {
        let shown = |id: &u16| self.formats.get(id).copied().unwrap_or_else(|| Shown::builtin(u32::from(*id)));
        let styles = self.styles.iter().map(shown).collect();
        (self.sheets, Tables { strings: self.strings, styles, since_1904: self.since_1904, writing: self.writing })
    }
}
