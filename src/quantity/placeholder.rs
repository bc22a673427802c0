//! Cells that look filled and are not.

use super::fold::squeezed;
use crate::vocabulary::Quantities;

/// Strokes, dots, crosses and empty brackets with which a cell is left open.
const STROKES: &str = "-–—―─━‐‑−ー_./\\|×xX*~…·。、,()[]【】〔〕<>《》□☐";

/// An empty cell, a placeholder, or guidance text left in the cell, where a number or an answer is due. Expects folded
/// text.
pub(super) fn is_absent(vocabulary: &Quantities, folded: &str) -> bool {
    let text = squeezed(folded);
    let bare = without_brackets(&text);
    let opens = vocabulary.placeholders.guidance_for_numbers.iter().any(|word| bare.starts_with(word));
    let digits = bare.chars().any(|c| c.is_ascii_digit());
    is_left_open(vocabulary, &text) || opens || (!digits && vocabulary.placeholders.guidance_holds.within(bare))
}

/// The same where words are an answer too: 填报及时 and 待遇落实 are some.
pub(super) fn is_left_open(vocabulary: &Quantities, folded: &str) -> bool {
    let text = squeezed(folded);
    let bare = without_brackets(&text);
    is_strokes(without_lone_unit(vocabulary, &text))
        || vocabulary.placeholders.words.contains(bare.trim_end_matches('。'))
        || vocabulary.placeholders.guidance.iter().any(|word| bare.starts_with(word))
}

fn without_brackets(text: &str) -> &str {
    text.trim_matches(|c| "()[]【】〔〕<>《》".contains(c))
}

fn is_strokes(text: &str) -> bool {
    text.chars().all(|c| STROKES.contains(c))
}

fn without_lone_unit<'t>(vocabulary: &Quantities, text: &'t str) -> &'t str {
    vocabulary.placeholders.lone_units.iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(text)
}

/// 不适用, 不涉及, N/A and their like, alone or followed by a reason after punctuation. Expects folded text.
pub(super) fn is_not_applicable(vocabulary: &Quantities, folded: &str) -> bool {
    let text = squeezed(folded);
    let text = text.trim_matches(|c| "()[]".contains(c));
    let text = vocabulary.placeholders.we.iter().find_map(|we| text.strip_prefix(we)).unwrap_or(text);
    vocabulary
        .placeholders
        .not_applicable
        .iter()
        .filter_map(|word| text.strip_prefix(word))
        .any(|rest| rest.chars().next().is_none_or(|c| "(,，。;:、".contains(c)) || is_object(vocabulary, rest))
}

/// 此项、该指标 after 不适用 or 无此.
fn is_object(vocabulary: &Quantities, rest: &str) -> bool {
    vocabulary.placeholders.objects.contains(rest)
}
