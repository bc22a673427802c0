//! Text as it is compared: one width, no blanks, no punctuation, and the way back to where each character was written.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// The letters and digits of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plain {
    /// The characters.
    pub signs: Vec<char>,
    /// Where each was written: from which byte, and up to which.
    places: Vec<(u32, u32)>,
}

impl Plain {
    /// The characters of a text.
    pub fn of(text: &str) -> Plain {
        // Most characters of such a text take three bytes, and the others little room.
        let likely = text.len() / 3;
        let mut plain = Plain { signs: Vec::with_capacity(likely), places: Vec::with_capacity(likely) };
        for (at, c) in text.char_indices() {
            match c {
                _ if c.is_ascii() => {
                    if c.is_ascii_alphanumeric() {
                        plain.push(c.to_ascii_lowercase(), at, c);
                    }
                }
                // The unified ideographs fold to themselves.
                '\u{4e00}'..='\u{9fff}' => plain.push(c, at, c),
                _ => {
                    let folded = std::iter::once(c).nfkc().filter(|folded| folded.is_alphanumeric());
                    folded.flat_map(char::to_lowercase).for_each(|folded| plain.push(folded, at, c));
                }
            }
        }
        plain
    }

    fn push(&mut self, sign: char, at: usize, written: char) {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.signs.push(sign);
        self.places.push((place(at), place(at + written.len_utf8())));
    }

    /// The byte at which a character was written.
    pub fn place(&self, at: usize) -> Option<usize> {
        self.places.get(at).map(|(from, _)| *from as usize)
    }

    /// The bytes at which a run was written, from its first character to its last.
    pub fn bytes(&self, run: &Range<usize>) -> Range<usize> {
        let first = self.places.get(run.start).map_or(0, |(from, _)| *from as usize);
        let last = run.end.checked_sub(1).and_then(|last| self.places.get(last)).map_or(first, |(_, to)| *to as usize);
        first..last
    }

    /// Whether these characters stand in it one after the other.
    pub fn holds(&self, other: &[char]) -> bool {
        !other.is_empty() && self.signs.windows(other.len()).any(|signs| signs == other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_blanks_and_punctuation_make_no_difference_and_the_way_back_is_kept() {
        let (one, other) = ("我局 ２０２０年，支出 3,456.78万元。", "我局2020年支出3456.78\n万元");
        let (one_plain, other_plain) = (Plain::of(one), Plain::of(other));
        assert_eq!(one_plain.signs, other_plain.signs);
        let run = 2..one_plain.signs.len();
        assert_eq!(&one[one_plain.bytes(&run)], "２０２０年，支出 3,456.78万元");
        assert_eq!(&other[other_plain.bytes(&run)], "2020年支出3456.78\n万元");
        assert!(one_plain.bytes(&(0..0)).is_empty());
    }

    #[test]
    fn a_sign_that_folds_to_several_characters_is_quoted_whole() {
        let plain = Plain::of("达标㎡面积");
        assert_eq!(plain.signs.iter().collect::<String>(), "达标m2面积");
        assert_eq!(&"达标㎡面积"[plain.bytes(&(2..4))], "㎡");
    }
}
