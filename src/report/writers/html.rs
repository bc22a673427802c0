//! The page: one self-contained file with the figures of the audit workbook, to be sorted, searched, opened and printed.
//!
//! Every text passes the template engine's escaping, and the page's policy lets nothing run but its own script: text of
//! a submission is text, whatever it looks like. The page loads nothing, and without its script it is still complete.

mod chart;
mod link;
mod sheets;
mod view;

use std::io::{self, Write};
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minijinja::value::Serde;
use minijinja::{Environment, Value, context};
use sha2::{Digest, Sha256};

use crate::text::Language;

use crate::report::plan::Plan;
use crate::report::{Batch, RunInfo};

use sheets::{Listed, RowView};
use view::Later;

const HEAD: &str = include_str!("html/head.html");
/// What the templates share.
const MACROS: &str = include_str!("html/macros.html");
const PAGE: &str = include_str!("html/page.html");
const PAPER: &str = include_str!("html/paper.html");
const ROWS: &str = "{{ lines(rows) }}";
const STYLE: &str = include_str!("html/style.css");
const SCRIPT: &str = include_str!("html/script.js");

/// The mark by which a page of this program is known.
const MARK: &str = "<meta name=\"generator\" content=\"fuhe-audit-page\">";

/// How far into a file the mark is looked for, in bytes.
const MARK_WITHIN: u64 = 2048;

/// Why a page was not written.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// A template cannot be filled: a fault of this program.
    #[error(transparent)]
    Template(#[from] minijinja::Error),
    /// The place of the page takes no more.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// The page of a batch. Links to departments' files are those of [`crate::report::RunInfo::places`], relative to the page.
///
/// # Errors
/// The template cannot be filled: a fault of this program.
pub fn page(batch: &Batch, language: Language) -> Result<String, PageError> {
    let mut page = Vec::new();
    write(batch, &batch.run, language, &mut page)?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}

/// Writes the page of a batch that may stand elsewhere than the audit workbook: `run` tells where the files lie from there. Lists
/// and papers are filled in piece by piece: as the template engine holds them they take ten times their text.
///
/// # Errors
/// As [`page`], or it cannot be written.
pub fn write(batch: &Batch, run: &RunInfo, language: Language, to: &mut dyn Write) -> Result<(), PageError> {
    let environment = environment(language)?;
    let plan = view::plan_of(batch, run, language);
    let (page, later) = view::Page::of(&plan);
    let whole = environment.get_template("page.html")?.render(context! {
        page => Value::from(Serde(page)),
        mark => MARK,
        style => STYLE,
        script => SCRIPT,
        policy => policy(),
        tongue => language.word("page.tongue"),
    })?;
    let mut rest = whole.as_str();
    for (number, later) in later.into_iter().enumerate() {
        // A list that is not shown has no mark.
        let Some((before, behind)) = rest.split_once(&view::mark(number)) else { continue };
        to.write_all(before.as_bytes())?;
        rest = behind;
        match later {
            Later::Rows(list, is_rest) => write_rows(&environment, &list, is_rest, to)?,
            Later::Papers => write_papers(&environment, &plan, to)?,
        }
    }
    Ok(to.write_all(rest.as_bytes())?)
}

/// So many rows of a list are filled in at once.
const ROWS_AT_ONCE: usize = 256;

fn write_rows(environment: &Environment, list: &Listed, is_rest: bool, to: &mut dyn Write) -> Result<(), PageError> {
    let template = environment.get_template("rows.html")?;
    let mut put = |rows: Vec<RowView>| -> Result<(), PageError> {
        Ok(to.write_all(template.render(context! { rows => Value::from(Serde(rows)) })?.as_bytes())?)
    };
    let mut some = Vec::new();
    list.each(is_rest, |row| {
        some.push(row);
        if some.len() < ROWS_AT_ONCE { Ok(()) } else { put(std::mem::take(&mut some)) }
    })?;
    put(some)
}

fn write_papers(environment: &Environment, plan: &Plan, to: &mut dyn Write) -> Result<(), PageError> {
    let template = environment.get_template("paper.html")?;
    for index in 0..plan.departments.len() {
        let it = Value::from(Serde(view::department_view(plan, index)));
        to.write_all(template.render(context! { it => it })?.as_bytes())?;
    }
    Ok(())
}

/// The templates, of each of which the engine leaves out the last line end: of the page, of rows of a list, and of the paper of one department.
fn environment(language: Language) -> Result<Environment<'static>, minijinja::Error> {
    let mut environment = Environment::new();
    environment.add_template_owned("page.html", format!("{HEAD}{MACROS}{PAGE}"))?;
    environment.add_template_owned("rows.html", format!("{MACROS}{ROWS}"))?;
    environment.add_template_owned("paper.html", format!("{MACROS}{PAPER}\n"))?;
    environment.add_function("word", move |key: &str| language.word(key));
    Ok(environment)
}

/// Nothing is loaded, and only the page's own style and script count.
fn policy() -> String {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
}

/// Whether a file is a page of this program: then it may be replaced.
pub fn is_ours(path: &Path) -> bool {
    if super::write::is_stream(path) {
        return false;
    }
    let Ok(file) = std::fs::File::open(path) else { return false };
    let mut start = Vec::new();
    let read = std::io::Read::read_to_end(&mut std::io::Read::take(file, MARK_WITHIN), &mut start);
    read.is_ok() && String::from_utf8_lossy(&start).contains(MARK)
}
