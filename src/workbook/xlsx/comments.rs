//! Comments (批注) on the cells of a worksheet: the notes of every Excel, and the threads of newer ones.

use std::collections::BTreeMap;

use super::super::address::Address;
use super::super::cell::{Sheet, Value};
use super::super::package::{Package, Part};
use super::super::problem::{Fault, Problem, ProblemDetail};
use super::super::xml::{Token, Xml};
use super::book::relations;
use super::strings::unescaped;

/// Some part of the container has this in its name where any sheet has comments.
pub(super) const IN_NAMES: &str = "comment";

/// Puts the comments of a worksheet part into its sheet. A part of comments that cannot be understood loses no cell; one over a
/// limit is refused like any other.
pub(super) fn take(package: &mut Package<'_, '_>, of: &str, sheet: &mut Sheet) -> Result<(), Problem> {
    let relations = match relations(package, of) {
        // Nothing but the comments needs these.
        Err(Problem { detail: ProblemDetail::Part { .. }, .. }) => return Ok(()),
        relations => relations?,
    };
    let mut parts: Vec<(bool, String)> = relations
        .into_values()
        .filter(|relation| matches!(relation.kind.as_str(), "comments" | "threadedComment"))
        .map(|relation| (relation.kind == "threadedComment", relation.target))
        .collect();
    parts.sort();
    for (is_thread, name) in parts {
        if !package.has(&name) {
            continue;
        }
        match package.part(&name).and_then(|part| read(part)) {
            // What a thread says stands in its note a second time, under a line of Excel's own.
            Ok(said) if is_thread => {
                said.keys().for_each(|at| drop(sheet.comments.remove(at)));
                sheet.comments.extend(said);
            }
            Ok(said) => sheet.comments.extend(said),
            Err(Problem { detail: ProblemDetail::Part { .. }, .. }) => {}
            Err(problem) => return Err(problem),
        }
    }
    Ok(())
}

/// The comments of a part by their cells.
fn read(part: Part<'_, '_>) -> Result<BTreeMap<Address, String>, Problem> {
    let mut xml = Xml::new(part)?;
    let mut said = Sheet::default();
    let mut authors: Vec<String> = Vec::new();
    let (mut at, mut author): (Option<Address>, Option<usize>) = (None, None);
    loop {
        match xml.next()? {
            Token::Open(element) => match element.name() {
                "author" => {
                    let name = xml.text()?;
                    xml.meter().cell(&Value::Text(name.clone()))?;
                    authors.push(name);
                }
                "comment" | "threadedComment" => {
                    at = element.attribute("ref").and_then(|text| text.parse().ok());
                    author = element.attribute("authorId").and_then(|id| id.trim().parse().ok());
                }
                "text" => {
                    let text = words(&mut xml)?;
                    xml.meter().cell(&Value::Text(text.clone()))?;
                    let name = author.and_then(|author| authors.get(author)).map_or("", String::as_str);
                    at.iter().for_each(|at| said.comment(*at, without_author(&text, name)));
                }
                _ => {}
            },
            Token::End => return Ok(said.comments),
            _ => {}
        }
    }
}

/// The text of the element that was just opened: its runs, or what stands in it directly.
fn words(xml: &mut Xml<'_, '_>) -> Result<String, Problem> {
    let mut gathered = String::new();
    let mut inside = 1;
    while inside > 0 {
        let most = xml.longest();
        match xml.next()? {
            Token::Open(element) if element.name() == "rPh" => xml.skip()?,
            Token::Open(_) => inside += 1,
            Token::Close(_) => inside -= 1,
            Token::Text(text) => gathered.push_str(&text),
            Token::Nothing => {}
            Token::End => return Err(xml.problem(Fault::Malformed)),
        }
        if gathered.len() > most {
            return Err(xml.too_long());
        }
    }
    Ok(unescaped(&gathered).into_owned())
}

/// Excel writes who comments before what is said: `张三:` and a new line.
fn without_author<'t>(text: &'t str, author: &str) -> &'t str {
    let text = text.trim();
    let behind = text.strip_prefix(author.trim()).filter(|_| !author.trim().is_empty());
    behind.and_then(|rest| rest.trim_start().strip_prefix([':', '：'])).map_or(text, str::trim)
}
