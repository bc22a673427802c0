//! All text of a document that is no submission: .docx (ISO/IEC 29500-1, 17.3), every format of workbooks, and plain text.

use encoding_rs::{GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::cell::Value;
use super::content::{Outside, outside};
use super::limits::{Limits, Meter};
use super::open;
use super::package::{Package, Part};
use super::problem::{Content, Problem, ProblemDetail};
use super::xml::{Token, Xml, closed};

/// The main part of a .docx.
const DOCUMENT: &str = "word/document.xml";

/// The texts of a document: of a .docx or a plain text one, of a workbook one for each cell.
///
/// # Errors
/// It is none of these, or cannot be read.
pub fn running_text(name: &str, bytes: &[u8], limits: &Limits) -> Result<Vec<String>, Problem> {
    if bytes.len() as u64 > limits.file_bytes {
        return Err(Problem::over(super::LimitName::FileBytes, limits.file_bytes));
    }
    match outside(name, bytes) {
        Ok(Outside::Zip) => {
            let meter = Meter::in_turn(limits, None);
            let mut package = Package::open(bytes, &meter)?;
            if package.has(DOCUMENT) {
                return Ok(vec![document(package.part(DOCUMENT)?)?]);
            }
            cells(name, bytes, limits)
        }
        Ok(_) => cells(name, bytes, limits),
        Err(problem) => match problem.detail {
            ProblemDetail::Content(Content::Text | Content::Csv) => Ok(vec![decoded(bytes)]),
            _ => Err(problem),
        },
    }
}

fn cells(name: &str, bytes: &[u8], limits: &Limits) -> Result<Vec<String>, Problem> {
    let workbook = open(name, bytes, limits)?;
    let cells = workbook.sheets.into_iter().flat_map(|sheet| sheet.cells.into_values());
    let text = |value: Value| if let Value::Text(text) = value { Some(text) } else { None };
    Ok(cells.filter_map(|cell| text(cell.value)).collect())
}

/// The runs of a document, a line for each paragraph.
fn document(part: Part<'_, '_>) -> Result<String, Problem> {
    let mut xml = Xml::new(part)?;
    let mut text = String::new();
    loop {
        let is_run = match xml.next()? {
            Token::Open(element) => element.name() == "t",
            Token::Close(end) => {
                if closed(&end) == "p" {
                    text.push('\n');
                }
                false
            }
            Token::End => return Ok(text),
            Token::Text(_) | Token::Nothing => false,
        };
        if is_run {
            text.push_str(&xml.text()?);
        }
    }
}

/// UTF-16 with a mark, UTF-8, or GB18030.
fn decoded(bytes: &[u8]) -> String {
    let (encoding, body) = match bytes {
        [0xFF, 0xFE, body @ ..] => (UTF_16LE, body),
        [0xFE, 0xFF, body @ ..] => (UTF_16BE, body),
        [0xEF, 0xBB, 0xBF, body @ ..] => (UTF_8, body),
        body if std::str::from_utf8(body).is_ok() => (UTF_8, body),
        body => (GB18030, body),
    };
    encoding.decode_without_bom_handling(body).0.into_owned()
}
