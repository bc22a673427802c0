//! One form for full-width, half-width and compatibility characters, for numbers and labels only.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// NFKC, without invisible characters, trimmed. Characters that would turn into digits without being full-width digits
/// (②, ½, ², ㎡) stay as they are: `95②` is not 952.
pub fn fold(text: &str) -> Cow<'_, str> {
    let trimmed = text.trim();
    plainly(trimmed).unwrap_or_else(|| Cow::Owned(normalized(trimmed)))
}

/// The folded text where every character folds by itself to one character, as nearly all text of a form does; nothing
/// where one of them needs the tables of Unicode.
fn plainly(trimmed: &str) -> Option<Cow<'_, str>> {
    let changed = trimmed.char_indices().find(|&(_, c)| alone(c) != Some(c));
    let Some((first, _)) = changed else { return Some(Cow::Borrowed(trimmed)) };
    let mut folded = String::with_capacity(trimmed.len());
    folded.push_str(&trimmed[..first]);
    for c in trimmed[first..].chars() {
        folded.push(alone(c)?);
    }
    Some(Cow::Owned(folded))
}

/// What a character folds to by itself, whatever stands beside it: ASCII, the unified ideographs of Chinese, the marks
/// of Chinese text and the full-width forms of ASCII. Nothing for all others.
fn alone(c: char) -> Option<char> {
    match c {
        '\0'..='\u{7F}' | '\u{4E00}'..='\u{9FFF}' => Some(c),
        '、'
        | '。'
        | '〈'..='】'
        | '〔'
        | '〕'
        | '‘'
        | '’'
        | '“'
        | '”'
        | '—'
        | '·'
        | '×'
        | '÷'
        | '≤'
        | '≥'
        | '①'..='⑨' => Some(c),
        '\u{3000}' => Some(' '),
        '！'..='～' => char::from_u32(u32::from(c) - FULL_WIDTH_BY),
        _ => None,
    }
}

/// How far the full-width forms of ASCII lie from ASCII.
const FULL_WIDTH_BY: u32 = 0xFEE0;

/// The same for any text, by the tables of Unicode.
fn normalized(trimmed: &str) -> String {
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
    folded.trim().to_owned()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn every_character() -> impl Iterator<Item = char> {
        ('\0'..=char::MAX).filter(|c| !c.is_whitespace() || *c == '\u{3000}')
    }

    #[test]
    fn what_folds_by_itself_folds_as_unicode_has_it() {
        for c in every_character().filter(|&c| alone(c).is_some()) {
            let text = format!("字{c}x");
            assert_eq!(plainly(&text).as_deref(), Some(normalized(&text).as_str()), "{c:?}");
        }
    }

    #[test]
    fn no_two_characters_that_fold_by_themselves_fold_to_another_together() {
        let plain: Vec<char> = every_character().filter(|&c| alone(c).is_some()).collect();
        let sample = plain.iter().filter(|c| !('\u{4E00}'..='\u{9FFF}').contains(*c)).chain(&['一', '财', '\u{9FFF}']);
        let sample: Vec<char> = sample.copied().collect();
        for &one in &sample {
            let text: String = sample.iter().flat_map(|&other| ['字', one, other, '字']).collect();
            assert_eq!(plainly(&text).as_deref(), Some(normalized(&text).as_str()), "{one:?}");
        }
    }

    #[test]
    fn a_text_that_needs_no_folding_is_not_copied() {
        assert!(matches!(fold(" 预算执行率(%) "), Cow::Borrowed("预算执行率(%)")));
        assert!(matches!(fold("（一）"), Cow::Owned(_)));
        assert_eq!(fold("㎡½é"), "㎡½é");
    }
}
