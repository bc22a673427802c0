//! Which characters a text has, in few bits: what is not in the bits is not in the text. Nearly all texts that are held against a list
//! of words have none of them, and this tells it before any two texts are compared.

/// The characters of a text, each as one of 128 bits; several characters may share one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Signs(u128);

impl Signs {
    /// The characters of a text.
    pub fn of(text: &str) -> Signs {
        text.chars().collect()
    }

    /// Whether a text with these characters can have all of the other's; false only where it has not.
    pub fn may_have(self, other: Signs) -> bool {
        other.0 & !self.0 == 0
    }

    /// At least so many different characters has the other that a text with these has not.
    pub fn lacks_at_least(self, other: Signs) -> usize {
        (other.0 & !self.0).count_ones() as usize
    }

    /// Both together.
    pub fn with(self, other: Signs) -> Signs {
        Signs(self.0 | other.0)
    }
}

impl FromIterator<char> for Signs {
    fn from_iter<I: IntoIterator<Item = char>>(signs: I) -> Signs {
        // The high bits of a product with an odd number far from a power of two (2³² ÷ the golden ratio): neighbouring characters, which
        // have much in common in Chinese, get bits far apart.
        let bit = |c: char| u32::from(c).wrapping_mul(0x9E37_79B9) >> (u32::BITS - 7);
        Signs(signs.into_iter().fold(0, |bits, c| bits | 1 << bit(c)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_text_may_have_whatever_stands_in_it(before in "\\PC{0,20}", word in "[一-龥a-z0-9]{0,8}", behind in "\\PC{0,20}") {
            let whole = Signs::of(&format!("{before}{word}{behind}"));
            prop_assert!(whole.may_have(Signs::of(&word)));
            prop_assert_eq!(whole.lacks_at_least(Signs::of(&word)), 0);
        }

        #[test]
        fn no_more_is_lacking_than_characters_are_missing(text in "[一-龥]{0,20}", word in "[一-龥]{0,8}") {
            let missing = word.chars().filter(|c| !text.contains(*c)).collect::<std::collections::BTreeSet<char>>().len();
            prop_assert!(Signs::of(&text).lacks_at_least(Signs::of(&word)) <= missing);
        }
    }

    #[test]
    fn most_words_that_stand_nowhere_in_a_label_are_told_by_it() {
        let label = Signs::of("公用经费支出年度执行数");
        let words = [
            "满意度",
            "自评得分",
            "分值",
            "评分标准",
            "佐证材料",
            "指标值",
            "偏差原因",
            "实施单位",
            "主管部门",
            "备注",
        ];
        let passed = words.iter().filter(|word| label.may_have(Signs::of(word))).count();
        assert!(passed <= 1, "{passed}");
    }
}
