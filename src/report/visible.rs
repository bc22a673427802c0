//! Text of a submission as a cell may hold it: its lines kept, nothing hidden in them, never too long.

use crate::text::{self, is_invisible};

use super::names::shorten;

/// Most UTF-16 units that a cell holds.
pub const LONGEST_CELL: usize = 32_767;

/// Room for the note after a shortened text.
const NOTE: usize = 60;

/// The text with line ends as `\n`, tabs as spaces, and hidden characters written out.
pub fn visible(text: &str) -> String {
    // Nearly all texts are shown as they are.
    if !text.contains(|sign| matches!(sign, '\r' | '\t') || (sign != '\n' && is_invisible(sign))) {
        return text.to_owned();
    }
    let lines = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ");
    lines.split('\n').map(text::visible).collect::<Vec<_>>().join("\n")
}

/// The text if a cell holds it, else its beginning and the note that `say` makes of its length.
pub fn fitting(text: String, say: impl Fn(usize) -> String) -> String {
    // A text has no more units in UTF-16 than bytes in UTF-8.
    if text.len() <= LONGEST_CELL {
        return text;
    }
    let length = text.encode_utf16().count();
    if length <= LONGEST_CELL {
        return text;
    }
    format!("{}{}", shorten(&text, LONGEST_CELL - NOTE), shorten(&say(length), NOTE))
}
