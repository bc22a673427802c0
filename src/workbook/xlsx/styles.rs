//! How the cell styles of an .xlsx show numbers.

use std::collections::HashMap;

use super::super::number_format::Shown;
use super::super::package::Part;
use super::super::problem::{Fault, Problem};
use super::super::xml::closed;
use super::super::xml::{Element, Token, Xml};

/// Spreadsheet programs hold 65,490 cell styles.
const STYLES: usize = 1 << 20;

/// One entry for every cell style, in the order that cells count them.
pub(super) fn read(part: Part<'_, '_>) -> Result<Vec<Shown>, Problem> {
    let mut xml = Xml::new(part)?;
    let mut formats = HashMap::new();
    let mut styles = Vec::new();
    let mut in_cell_styles = false;
    loop {
        match xml.next()? {
            Token::Open(element) => match element.name() {
                "numFmt" => drop(define(&element).map(|(id, shown)| formats.insert(id, shown))),
                "cellXfs" => in_cell_styles = true,
                "xf" if in_cell_styles => styles.push(number(&element, "numFmtId").unwrap_or(0)),
                _ => {}
            },
            Token::Close(end) if closed(&end) == "cellXfs" => in_cell_styles = false,
            Token::End => break,
            _ => {}
        }
        if styles.len().max(formats.len()) > STYLES {
            return Err(xml.problem(Fault::Malformed));
        }
    }
    Ok(styles.into_iter().map(|id| formats.get(&id).copied().unwrap_or_else(|| Shown::builtin(id))).collect())
}

/// Formats inside the styles of conditions (`<dxf>`) reuse numbers and define nothing.
fn define(element: &Element<'_>) -> Option<(u32, Shown)> {
    Some((number(element, "numFmtId")?, Shown::of_code(&element.attribute("formatCode")?)))
}

fn number(element: &Element<'_>, name: &str) -> Option<u32> {
    element.attribute(name)?.trim().parse().ok()
}
