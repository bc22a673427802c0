//! TOML text → [`Rulebook`], strictly and with all flaws at once.

use std::ops::Range;

use sha2::{Digest, Sha256};
use toml::de::DeTable;

use super::cursor::{Fields, Page};
use super::decode;
use super::lint;
use super::model::Rulebook;
use crate::complaints;
use crate::flaw::Flaw;
use crate::hexadecimal::hexadecimal;

/// Reads a rulebook's file. Either it is without any flaw, or all its flaws are told and it is not used.
///
/// # Errors
/// All flaws of the file, in its order.
pub fn load(file_name: &str, text: &str) -> Result<Rulebook, Vec<Flaw>> {
    read(file_name, text, lint::lint)
}

/// Reads a rulebook that was checked before, one of our own: decoded, its cases not computed again.
pub(super) fn load_checked(file_name: &str, text: &str) -> Option<Rulebook> {
    read(file_name, text, |_, _| {}).ok()
}

fn read(file_name: &str, text: &str, check: impl Fn(&Rulebook, &Page<'_>)) -> Result<Rulebook, Vec<Flaw>> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let page = Page::new(file_name, body);
    let (document, errors) = DeTable::parse_recoverable(body);
    for error in &errors {
        tell_syntax(&page, error.message(), error.span());
    }
    if !errors.is_empty() {
        return Err(page.into_flaws());
    }
    let head = Fields::new(&page, document.get_ref(), 0..0);
    head.mark("head");
    let rulebook = decode::rulebook(&head, sha256(text));
    if !page.has_too_many() {
        check(&rulebook, &page);
    }
    if page.clean() { Ok(rulebook) } else { Err(page.into_flaws()) }
}

fn tell_syntax(page: &Page<'_>, message: &str, span: Option<Range<usize>>) {
    let code = if message.contains("duplicate key") { "duplicate-key" } else { "syntax" };
    page.tell(code, &span.unwrap_or(0..0), vec![("detail", complaints::of_toml(message))]);
}

fn sha256(text: &str) -> String {
    hexadecimal(&Sha256::digest(text.as_bytes()))
}
