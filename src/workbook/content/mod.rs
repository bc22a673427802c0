//! What a file is, by its content. Names lie: a fiscal platform hands out .xlsx files named .xls.

pub mod glance;

use encoding_rs::{GBK, UTF_8};

use crate::workbook::limits::{Limits, Meter};
use crate::workbook::package::Package;
use crate::workbook::problem::{Content, Fault, Problem};
use crate::workbook::xlsx::book::main_part;

/// The first bytes of a zip container.
const ZIP: [u8; 4] = *b"PK\x03\x04";
/// The first bytes of one that holds nothing.
const ZIP_EMPTY: [u8; 4] = *b"PK\x05\x06";
/// The first bytes of one in several volumes.
const ZIP_SPANNED: [u8; 4] = *b"PK\x07\x08";
/// The first bytes of an OLE2 container (MS-CFB 2.2).
const OLE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// The media type of OpenDocument spreadsheets.
const OPENDOCUMENT_SPREADSHEET: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// The containers and texts that a workbook can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outside {
    /// A zip container: .xlsx, .xlsb, .ods.
    Zip,
    /// An OLE2 container: .xls, or a workbook locked with a password.
    Ole,
    /// The records of an .xls without a container.
    Records,
    /// OpenDocument as one XML file: .fods.
    FlatOds,
}

/// What the first bytes say. `name` only tells a .csv from other text.
pub(crate) fn outside(name: &str, bytes: &[u8]) -> Result<Outside, Problem> {
    match bytes {
        [] => Err(Problem::empty()),
        _ if [ZIP, ZIP_EMPTY, ZIP_SPANNED].iter().any(|start| bytes.starts_with(start)) => Ok(Outside::Zip),
        _ if bytes.starts_with(&OLE) => Ok(Outside::Ole),
        [0x09, 0x08, 0x08 | 0x10, 0, 0, 5 | 6, ..] => Ok(Outside::Records),
        _ if is_flat_ods(bytes) => Ok(Outside::FlatOds),
        _ => Err(Problem::not_a_workbook(foreign(name, bytes))),
    }
}

/// The first bytes of what is no workbook.
const SIGNATURES: &[(&[u8], Content)] = &[
    (b"%PDF", Content::Pdf),
    (b"Rar!", Content::Rar),
    (b"7z\xBC\xAF\x27\x1C", Content::SevenZip),
    (b"\x1F\x8B", Content::Gzip),
    (b"{\\rtf", Content::Rtf),
    (b"\xFF\xD8\xFF", Content::Picture),
    (b"\x89PNG", Content::Picture),
    (b"GIF8", Content::Picture),
    (b"BM", Content::Picture),
    (b"II*\0", Content::Picture),
    (b"MM\0*", Content::Picture),
    (b"MZ", Content::Program),
    (b"\x7FELF", Content::Program),
    (b"SQLite format 3\0", Content::Database),
    (b"\0\x01\0\0Standard", Content::Database),
];

/// Bytes that are looked at to tell texts apart.
const LOOKED_AT: usize = 1 << 16;

fn foreign(name: &str, bytes: &[u8]) -> Content {
    if is_old_excel(bytes) {
        return Content::OldExcel;
    }
    if let Some((_, content)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return *content;
    }
    if bytes.iter().all(|&byte| byte == 0) {
        return Content::Zeros;
    }
    if is_web_page(bytes) {
        return Content::Html;
    }
    text(&bytes[..bytes.len().min(LOOKED_AT)]).map_or(Content::Unknown, |text| kind_of_text(name, &text))
}

/// The record that opens a workbook of Excel 2, 3 or 4: its kind, a short body, and in it a sheet, a chart, a macro or a
/// workspace (OpenOffice.org's Excel File Format, 5.8; some programs make the body longer than Excel did).
fn is_old_excel(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [0x09, 0x00 | 0x02 | 0x04, 4..=16, 0, _, _, 0x10 | 0x20 | 0x40, 0, ..]
            | [0x09, 0x04, 4..=16, 0, _, _, 0, 1, ..]
    )
}

/// A page, or one with its pictures as one file, in whatever alphabet: its beginning is plain letters.
fn is_web_page(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    [&b"mime-version:"[..], b"<html", b"<!doctype html"]
        .iter()
        .any(|&beginning| bytes.get(..beginning.len()).is_some_and(|head| head.eq_ignore_ascii_case(beginning)))
}

/// The bytes as text, if they are text: UTF-16 with a mark, UTF-8, or GBK, without control characters.
fn text(bytes: &[u8]) -> Option<String> {
    let (encoding, body) = match bytes {
        [0xFF, 0xFE, body @ ..] => (encoding_rs::UTF_16LE, body),
        [0xFE, 0xFF, body @ ..] => (encoding_rs::UTF_16BE, body),
        [0xEF, 0xBB, 0xBF, body @ ..] => (UTF_8, body),
        body if is_utf8_so_far(body) => (UTF_8, body),
        body => (GBK, body),
    };
    let text = encoding.decode_without_bom_handling(body).0;
    let odd = text.chars().filter(|&c| c == '\u{fffd}' || (c.is_control() && !c.is_whitespace())).count();
    // One odd character is a letter cut in two at the end of what is looked at.
    (odd <= 1).then(|| text.trim_start().to_owned())
}

fn is_utf8_so_far(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).map_or_else(|error| error.error_len().is_none(), |_| true)
}

/// So many characters tell what a text file is: a page or a table of another program names its format in its first lines.
const HEAD: usize = 4096;

fn kind_of_text(name: &str, text: &str) -> Content {
    let head = text.chars().take(HEAD).collect::<String>().to_lowercase();
    let has = |word: &str| head.contains(word);
    if head.starts_with('<') {
        return match () {
            () if has("urn:schemas-microsoft-com:office:spreadsheet") && has("<?xml") && !has("<html") => {
                Content::XmlSpreadsheet2003
            }
            () if has("<html") || has("<!doctype html") || has("<table") || has("<meta") => Content::Html,
            () => Content::Xml,
        };
    }
    match () {
        () if head.starts_with('{') || head.starts_with('[') => Content::Json,
        () if name.to_lowercase().ends_with(".csv") || is_separated(text) => Content::Csv,
        () => Content::Text,
    }
}

/// Lines with as many separators as the line before.
fn is_separated(text: &str) -> bool {
    [',', '\t', ';'].iter().any(|&separator| {
        let mut counts =
            text.lines().take(5).filter(|line| !line.trim().is_empty()).map(|line| line.matches(separator).count());
        let first = counts.next().unwrap_or(0);
        first > 0 && counts.all(|count| count == first)
    })
}

fn is_flat_ods(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(8192)]);
    head.trim_start_matches('\u{feff}').trim_start().starts_with('<')
        && head.contains("<office:document")
        && head.contains(OPENDOCUMENT_SPREADSHEET)
}

/// The workbook that a zip container holds.
pub(crate) enum Inside {
    /// .xlsx, and its main part.
    Xlsx(String),
    /// .xlsb, and its main part.
    Xlsb(String),
    /// .ods.
    Ods,
}

/// What a zip container holds.
pub(crate) fn inside(package: &mut Package<'_, '_>) -> Result<Inside, Problem> {
    if package.has("mimetype") {
        return by_mimetype(package);
    }
    if let Some(main) = main_part(package)? {
        return Ok(if main.to_lowercase().ends_with(".bin") { Inside::Xlsb(main) } else { Inside::Xlsx(main) });
    }
    if package.has("content.xml") {
        return Ok(Inside::Ods);
    }
    Err(without_main_part(package))
}

fn by_mimetype(package: &mut Package<'_, '_>) -> Result<Inside, Problem> {
    let stated = package.part("mimetype")?.start(256)?;
    let stated = String::from_utf8_lossy(&stated);
    let kind = stated.trim().strip_prefix("application/vnd.oasis.opendocument.");
    match kind {
        Some("spreadsheet" | "spreadsheet-template") => Ok(Inside::Ods),
        Some("text" | "text-template" | "text-master") => Err(Problem::not_a_workbook(Content::Odt)),
        Some("presentation" | "presentation-template") => Err(Problem::not_a_workbook(Content::Odp)),
        Some(_) => Err(Problem::not_a_workbook(Content::OtherDocument)),
        None if stated.contains("epub") => Err(Problem::not_a_workbook(Content::Epub)),
        None => Err(Problem::not_a_workbook(Content::Zip)),
    }
}

fn without_main_part(package: &Package<'_, '_>) -> Problem {
    match () {
        () if package.has_under("xl/") => Problem::part("xl/workbook.xml", Fault::Missing),
        () if package.has_under("word/") => Problem::not_a_workbook(Content::Docx),
        () if package.has_under("ppt/") => Problem::not_a_workbook(Content::Pptx),
        () if package.has("OFD.xml") => Problem::not_a_workbook(Content::Ofd),
        () if package.has_under("Index/") || package.has("Index.zip") => Problem::not_a_workbook(Content::Numbers),
        () => Problem::not_a_workbook(Content::Zip),
    }
}

/// Bytes of a file, or of what a zip container says it holds if that is more.
pub(crate) fn unpacked_size(bytes: &[u8], limits: &Limits) -> u64 {
    let meter = Meter::start(limits);
    let package = bytes.starts_with(b"PK").then(|| Package::open(bytes, &meter).ok()).flatten();
    package.and_then(|package| package.stated_size()).unwrap_or(0).max(bytes.len() as u64)
}

/// Whether a file belongs to the formats whose readers go back and forth in it.
pub(crate) fn needs_a_worker(name: &str, bytes: &[u8], limits: &Limits) -> bool {
    match outside(name, bytes) {
        Ok(Outside::Ole | Outside::Records) => true,
        Ok(Outside::Zip) => holds_xlsb(bytes, limits),
        _ => false,
    }
}

fn holds_xlsb(bytes: &[u8], limits: &Limits) -> bool {
    let meter = Meter::start(limits);
    let held = Package::open(bytes, &meter).and_then(|mut package| inside(&mut package));
    matches!(held, Ok(Inside::Xlsb(_)))
}
