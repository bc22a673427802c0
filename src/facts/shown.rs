//! Values and places in words, for sentences.

use crate::audit::Source;
use crate::decimal_text::figure_text;
use crate::facts::known::CandidateValue;
use crate::rulebook::FactKind;

/// Characters of a sentence that a message repeats; the whole stands in the finding's source.
const EXCERPT: usize = 48;

/// A value as outputs hold it: the figure in its shortest form, or the answer.
pub fn value_text(value: &CandidateValue) -> String {
    match value {
        CandidateValue::Number(number) => figure_text(*number),
        CandidateValue::Answer(answer) => answer.clone(),
    }
}

/// A value with its unit.
pub fn value_in_words(kind: &FactKind, value: &CandidateValue) -> String {
    let space = if matches!(kind, FactKind::Percent { .. }) { "" } else { " " };
    match kind.unit() {
        Some(unit) => format!("{}{space}{unit}", value_text(value)),
        None => value_text(value),
    }
}

/// A cell as people write it: `评分表!H23`.
pub fn place_in_words(source: &Source) -> String {
    // What a reviewer entered stands in no cell of the department's file.
    if source.cell.is_empty() {
        return source.sheet.clone();
    }
    format!("{}!{}", source.sheet, source.cell)
}

/// The beginning of a sentence, with … where it was cut.
pub fn excerpt(sentence: &str) -> String {
    let sentence = sentence.trim();
    match sentence.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", &sentence[..end]),
        None => sentence.to_owned(),
    }
}
