//! The parts of an .xlsx and .xlsb: which sheets there are, in which order, and where they stand.

use std::collections::HashMap;

use super::super::package::{Package, Part};
use super::super::problem::{LimitName, Problem};
use super::super::xml::{Element, Token, Xml};

/// What one part says of another.
#[derive(Clone, Debug)]
pub(crate) struct Relation {
    /// The last word of its type: `worksheet`, `sharedStrings` (transitional and strict files name it alike).
    pub kind: String,
    /// The other part's name, from the root of the container.
    pub target: String,
}

/// The relations of a part by their id; none if it has none.
pub(crate) fn relations(package: &mut Package<'_, '_>, of: &str) -> Result<HashMap<String, Relation>, Problem> {
    let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
    let name = format!("{folder}/_rels/{file}.rels").trim_start_matches('/').to_owned();
    if package.has(&name) { listed(package.part(&name)?, folder) } else { Ok(HashMap::new()) }
}

fn listed(part: Part<'_, '_>, folder: &str) -> Result<HashMap<String, Relation>, Problem> {
    let mut xml = Xml::new(part)?;
    let most = xml.meter().limits.parts;
    let mut relations = HashMap::new();
    loop {
        match xml.next()? {
            Token::Open(element) if element.name() == "Relationship" => {
                if let Some((id, relation)) = relation(&element, folder) {
                    relations.insert(id, relation);
                }
            }
            Token::End => return Ok(relations),
            _ => {}
        }
        if relations.len() as u64 > most {
            return Err(Problem::over(LimitName::Parts, most));
        }
    }
}

fn relation(element: &Element<'_>, folder: &str) -> Option<(String, Relation)> {
    if element.attribute("TargetMode").is_some_and(|mode| mode == "External") {
        return None;
    }
    let kind = element.attribute("Type")?.rsplit('/').next()?.to_owned();
    let target = resolved(folder, &element.attribute("Target")?);
    Some((element.attribute("Id")?.into_owned(), Relation { kind, target }))
}

/// A target as written, seen from a folder → its name from the root.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            ".." => drop(steps.pop()),
            "." | "" => {}
            _ => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}

/// The main part: what the container's own relations name, else where it usually stands.
pub(crate) fn main_part(package: &mut Package<'_, '_>) -> Result<Option<String>, Problem> {
    let named = relations(package, "")?.into_values().find(|relation| relation.kind == "officeDocument");
    let usual = ["xl/workbook.xml", "xl/workbook.bin"].map(str::to_owned);
    Ok(named.map(|relation| relation.target).into_iter().chain(usual).find(|name| package.has(name)))
}

/// A sheet as the workbook part lists it.
pub(super) struct Listed {
    pub name: String,
    pub hidden: bool,
    pub relation: String,
}

/// What the workbook part says.
pub(super) struct Book {
    pub root: String,
    pub sheets: Vec<Listed>,
    pub since_1904: bool,
}

/// Reads the workbook part.
pub(super) fn read(part: Part<'_, '_>) -> Result<Book, Problem> {
    let most = part.meter.limits.sheets;
    let mut xml = Xml::new(part)?;
    let mut book = Book { root: xml.root()?, sheets: Vec::new(), since_1904: false };
    loop {
        match xml.next()? {
            Token::Open(element) => match element.name() {
                "sheet" => book.sheets.push(listed_sheet(&element)),
                "workbookPr" => book.since_1904 = element.says("date1904"),
                _ => {}
            },
            Token::End => return Ok(book),
            _ => {}
        }
        if book.sheets.len() as u64 > most {
            return Err(Problem::over(LimitName::Sheets, most));
        }
    }
}

fn listed_sheet(element: &Element<'_>) -> Listed {
    let owned = |name| element.attribute(name).map(|value| value.into_owned()).unwrap_or_default();
    Listed {
        name: owned("name"),
        hidden: matches!(owned("state").as_str(), "hidden" | "veryHidden"),
        relation: owned("id"),
    }
}
