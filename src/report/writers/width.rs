//! Text in columns: a Chinese character takes two places.

use unicode_width::UnicodeWidthStr;

/// The text, filled with spaces to so many places; longer text stays whole.
pub fn pad(text: &str, places: usize) -> String {
    let missing = places.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(missing))
}
