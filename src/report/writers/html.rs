//! The page: one self-contained file with the figures of the audit workbook, to be sorted, searched, opened and printed.
//!
//! Every text passes the template engine's escaping, and the page's policy lets nothing run but its own script: text of
//! a submission is text, whatever it looks like. The page loads nothing, and without its script it is still complete.

mod chart;
mod link;
mod sheets;
mod view;

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minijinja::value::Serde;
use minijinja::{Environment, Value, context};
use sha2::{Digest, Sha256};

use crate::text::Language;

use crate::report::{Batch, RunInfo};

const PAGE: &str = include_str!("html/page.html");
const STYLE: &str = include_str!("html/style.css");
const SCRIPT: &str = include_str!("html/script.js");

/// The mark by which a page of this program is known.
const MARK: &str = "<meta name=\"generator\" content=\"fuhe-audit-page\">";

/// How far into a file the mark is looked for, in bytes.
const MARK_WITHIN: u64 = 2048;

/// The page of a batch. Links to departments' files are those of [`crate::report::RunInfo::places`], relative to the page.
///
/// # Errors
/// The template cannot be filled: a fault of this program.
pub fn page(batch: &Batch, language: Language) -> Result<String, minijinja::Error> {
    page_at(batch, &batch.run, language)
}

/// The same of a page that stands elsewhere than the audit workbook: `run` tells where the files lie from there.
///
/// # Errors
/// As [`page`].
pub fn page_at(batch: &Batch, run: &RunInfo, language: Language) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.add_template("page.html", PAGE)?;
    environment.add_function("word", move |key: &str| language.word(key));
    let page = Value::from(Serde(view::Page::of(batch, run, language)));
    environment.get_template("page.html")?.render(context! {
        page => page,
        mark => MARK,
        style => STYLE,
        script => SCRIPT,
        policy => policy(),
        tongue => match language { Language::Zh => "zh-CN", Language::En => "en" },
    })
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
