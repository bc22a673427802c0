//! Text of a submission as it may be shown: nothing hidden, nothing that turns the line around, never too long.

use super::names::shorten;

/// Most UTF-16 units that a cell holds.
pub const LONGEST_CELL: usize = 32_767;

/// Room for the note after a shortened text.
const NOTE: usize = 60;

/// True for characters that show nothing or change how their neighbours are shown.
pub fn is_hidden(character: char) -> bool {
    let code = character as u32;
    (character.is_control() && character != '\n' && character != '\t')
        || matches!(code, 0x00AD | 0x061C | 0x180E | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F)
        || matches!(code, 0xFEFF | 0xFFF9..=0xFFFB | 0xFFFE | 0xFFFF | 0xE0000..=0xE007F)
}

/// The text with line ends as `\n` and hidden characters written out, such as `⟨U+202E⟩`.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\r' => shown.push('\n'),
            '\t' => shown.push(' '),
            _ if is_hidden(character) => shown.push_str(&format!("⟨U+{:04X}⟩", character as u32)),
            _ => shown.push(character),
        }
    }
    shown
}

/// The text if a cell holds it, else its beginning and the note that `say` makes of its length.
pub fn fitting(text: &str, say: impl Fn(usize) -> String) -> String {
    let length = text.encode_utf16().count();
    if length <= LONGEST_CELL {
        return text.to_owned();
    }
    format!("{}{}", shorten(text, LONGEST_CELL - NOTE), shorten(&say(length), NOTE))
}
