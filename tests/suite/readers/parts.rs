//! Workbooks put together from parts, and short ways to look at what was read.

use std::io::{Cursor, Write};

use fuhe::workbook::{Address, Limits, Problem, Sheet, Value, Workbook, open};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A zip container of parts.
pub fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub const WORKBOOK: &str =
    r#"<workbook xmlns:r="x"><sheets><sheet name="评分表" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
pub const RELATIONS: &str = r#"<Relationships>
    <Relationship Id="rId1" Type="http://x/relationships/worksheet" Target="worksheets/sheet1.xml"/>
    <Relationship Id="rId2" Type="http://x/relationships/sharedStrings" Target="sharedStrings.xml"/>
    <Relationship Id="rId3" Type="http://x/relationships/styles" Target="styles.xml"/></Relationships>"#;
pub const ROOT: &str = r#"<Relationships><Relationship Id="r" Type="http://x/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

/// An .xlsx of one sheet from its sheet XML, with shared strings and styles as XML (empty: no such part).
pub fn xlsx(sheet: &str, strings: &str, styles: &str) -> Vec<u8> {
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("_rels/.rels", ROOT.as_bytes()),
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    if !strings.is_empty() {
        parts.push(("xl/sharedStrings.xml", strings.as_bytes()));
    }
    if !styles.is_empty() {
        parts.push(("xl/styles.xml", styles.as_bytes()));
    }
    zip(&parts)
}

/// An .xlsx of one sheet of these rows.
pub fn xlsx_rows(rows: &str) -> Vec<u8> {
    xlsx(&format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"), "", "")
}

/// Reads with the limits as they are, but for the time: tests run on slow machines, in slow builds.
pub fn read(bytes: &[u8]) -> Result<Workbook, Problem> {
    let limits = Limits { time: std::time::Duration::from_secs(300), ..Limits::default() };
    open("x.xlsx", bytes, &limits)
}

/// The one sheet of a workbook that must be readable.
pub fn sheet(bytes: &[u8]) -> Sheet {
    read(bytes).unwrap().sheets.remove(0)
}

pub fn at(address: &str) -> Address {
    address.parse().unwrap()
}

/// The value at an address, in a short form: a text in quotes, a number as digits, `-` for nothing.
pub fn shown(sheet: &Sheet, address: &str) -> String {
    let Some(cell) = sheet.cell(at(address)) else {
        return "-".to_owned();
    };
    let value = match &cell.value {
        Value::Text(text) => format!("\"{text}\""),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Error(error) => error.clone(),
        Value::Date { text, serial } => format!("{text} ({serial})"),
        Value::Uncalculated => "uncalculated".to_owned(),
        Value::Unrepresentable(text) => format!("?{text}"),
        Value::Unsure { ours, theirs } => format!("{ours} ≠ {theirs}"),
    };
    let percent = if cell.percent { " %" } else { "" };
    let formula = if cell.formula { " =" } else { "" };
    format!("{value}{percent}{formula}")
}

/// All cells in short form: `A1 5`, `B2 "甲"`.
pub fn all(sheet: &Sheet) -> Vec<String> {
    sheet.cells.keys().map(|address| format!("{address} {}", shown(sheet, &address.to_string()))).collect()
}

/// A float at 15 significant digits in plain notation, by the formatting machinery of the standard library alone.
pub fn fifteen_digits(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap();
    format!("{rounded}")
}
