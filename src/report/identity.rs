//! What makes a row of 差异清单 the same one in a later run.

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use crate::audit::Source;
use crate::hexadecimal::hexadecimal;

use super::departments::{Department, Dispute};
use super::visible::visible;

/// Bytes of a row's key, and what every key begins with so that none looks like a number.
const KEY_BYTES: usize = 12;
const KEY_MARK: &str = "k";
/// What makes a row the same one in a later run: department, rulebook, form, indicator, code and fact, as a digest that
/// no spreadsheet program changes. The department's name counts without its spaces and the width of its characters.
pub fn identity(department: &Department, dispute: &Dispute) -> String {
    let audit = department.audit;
    let indicator = dispute.indicator.map(|it| it.id.as_str()).or_else(|| dispute.finding?.indicator.as_deref());
    let name: String = department.name.nfkc().filter(|character| !character.is_whitespace()).collect();
    let form = audit.form.map(|form| form.to_string());
    let parts = [
        Some(name.as_str()),
        audit.rulebook.as_ref().map(|book| book.id.as_str()),
        form.as_deref(),
        indicator,
        dispute.finding.map(|finding| finding.code.as_str()),
        dispute.finding.and_then(|finding| finding.fact.as_deref()),
    ];
    let whole = parts.map(|part| part.unwrap_or_default()).join("\0");
    let digest = Sha256::digest(whole.as_bytes());
    format!("{KEY_MARK}{}", hexadecimal(&digest[..KEY_BYTES]))
}

/// The cell that a row is about as its column shows it, which tells findings with one key apart.
pub fn place_of(department: &Department, dispute: &Dispute) -> String {
    visible(&place_words(department, source_of(dispute)))
}

/// Where the text stands that a row is about: the finding's place, else its indicator's.
pub fn source_of<'a>(dispute: &Dispute<'a>) -> Option<&'a Source> {
    dispute.finding.and_then(|it| it.source.as_ref()).or_else(|| dispute.indicator?.source.as_ref())
}

/// That place in words; the file where there is none.
pub fn place_words(department: &Department, source: Option<&Source>) -> String {
    source.map_or_else(|| department.audit.file.clone(), |source| format!("{}!{}", source.sheet, source.cell))
}
