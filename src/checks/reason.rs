//! What counts as a reason for a deviation.

use crate::rulebook::Declared;
use crate::submission::names::key;

/// Whether a text says anything: strokes, 0, 无 and the rulebook's other empty words do not.
pub(super) fn is_reason(declared: &Declared, text: Option<&str>) -> bool {
    let written = text.map(key).unwrap_or_default();
    !written.is_empty() && !declared.words.empty_reasons.iter().any(|word| key(word) == written)
}
