//! .xlsx and .xlsm: read as a stream, so that memory follows what the file holds and not what it says it holds.

pub(crate) mod book;
mod comments;
mod sheet;
mod strings;
mod styles;

use std::collections::HashMap;

use self::book::Relation;
use self::sheet::Tables;
use super::cell::{Format, Properties, Sheet, Workbook};
use super::package::Package;
use super::problem::{Content, Fault, Problem};

/// Reads the workbook whose main part is named.
pub(crate) fn read(package: &mut Package<'_, '_>, main: &str) -> Result<Workbook, Problem> {
    let book = book::read(package.part(main)?)?;
    match book.root.as_str() {
        "workbook" => {}
        "document" => return Err(Problem::not_a_workbook(Content::Docx)),
        "presentation" => return Err(Problem::not_a_workbook(Content::Pptx)),
        _ => return Err(Problem::part(main, Fault::WrongKind)),
    }
    let relations = book::relations(package, main)?;
    let tables = tables(package, &relations, book.since_1904)?;
    let is_commented = package.has_within(comments::IN_NAMES);
    let mut sheets = Vec::new();
    // A sheet without relation has no part, and so no cells.
    for listed in book.sheets.into_iter().filter(|listed| !listed.relation.is_empty()) {
        let relation = relations.get(&listed.relation).ok_or_else(|| Problem::part(&listed.name, Fault::Missing))?;
        if relation.kind != "worksheet" {
            continue;
        }
        let empty = Sheet { name: listed.name, hidden: listed.hidden, ..Sheet::default() };
        let read = sheet::read(package.part(&relation.target)?, empty, &tables)?;
        let Some(mut sheet) = read else { continue };
        if is_commented {
            comments::take(package, &relation.target, &mut sheet)?;
        }
        sheets.push(sheet);
    }
    Ok(Workbook { format: Format::Xlsx, sheets, properties: Properties::default() })
}

/// The tables that all sheets refer to; a workbook without texts or styles has no such part.
fn tables(
    package: &mut Package<'_, '_>,
    relations: &HashMap<String, Relation>,
    since_1904: bool,
) -> Result<Tables, Problem> {
    let named =
        |kind: &str| relations.values().find(|relation| relation.kind == kind).map(|relation| relation.target.clone());
    let strings = match named("sharedStrings") {
        Some(target) if package.has(&target) => strings::read(package.part(&target)?)?,
        _ => Vec::new(),
    };
    let styles = match named("styles") {
        Some(target) if package.has(&target) => styles::read(package.part(&target)?)?,
        _ => Vec::new(),
    };
    Ok(Tables { strings, styles, since_1904 })
}
