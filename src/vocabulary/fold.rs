//! One form for full-width, half-width and compatibility characters, for numbers and labels only.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// NFKC, without invisible characters, trimmed. Characters that would turn into digits without being full-width digits
/// (②, ½, ², ㎡) stay as they are: `95②` is not 952.
pub fn fold(text: &str) -> Cow<'_, str> {
    let trimmed = text.trim();
    if trimmed.is_ascii() {
        return Cow::Borrowed(trimmed);
    }
    let mut folded = String::with_capacity(trimmed.len());
    let mut open = String::new();
    for c in without_thin_spaces(trimmed).chars().filter(|&c| !is_invisible(c)) {
        if would_become_digits(c) {
            folded.extend(open.nfkc());
            open.clear();
            folded.push(c);
        } else {
            open.push(c);
        }
    }
    folded.extend(open.nfkc());
    Cow::Owned(folded.trim().to_owned())
}

/// Thin spaces between digits part them into groups, and nothing else.
fn without_thin_spaces(text: &str) -> Cow<'_, str> {
    let is_thin = |c: char| matches!(c, '\u{2006}' | '\u{2009}' | '\u{200A}' | '\u{202F}');
    if !text.contains(is_thin) {
        return Cow::Borrowed(text);
    }
    let chars: Vec<char> = text.chars().collect();
    let digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    let parts = |at: usize| is_thin(chars[at]) && digit(at.checked_sub(1)) && digit(at.checked_add(1));
    Cow::Owned((0..chars.len()).filter(|&at| !parts(at)).map(|at| chars[at]).collect())
}

/// Zero-width spaces and joiners, direction marks, soft hyphens, byte order marks, variation selectors.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

fn would_become_digits(c: char) -> bool {
    // The diaeresis is the unticked box of a symbol font, and would fall apart into a space and an accent.
    if c == '\u{A8}' {
        return true;
    }
    !c.is_ascii() && !('０'..='９').contains(&c) && std::iter::once(c).nfkc().any(|folded| folded.is_ascii_digit())
}

/// The text without any white space.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
