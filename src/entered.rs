//! What people entered in an audit workbook, as the next run knows it again: by the department's name and by its file's, so that
//! one that is renamed keeps its entries, and so does one that sends another file.

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use crate::audit::Audit;
use crate::brief;

/// Bytes of the digests that make up a key.
const KEY_BYTES: usize = 12;
/// Between the two digests of a key.
const KEY_SEPARATOR: char = '-';

/// What an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// The bureau's score of an indicator: 核定表.
    Score,
    /// A submission as a whole: who signs, whether the department was told its result, whether it counts.
    Submission,
    /// What is asked of a department: 待补材料.
    Asked,
    /// A fact, in the working paper.
    Fact,
    /// The score of a criterion that somebody has to judge, in the working paper.
    Judged,
    /// The reading that an indicator is to follow, in the working paper.
    Reading,
}

/// Every kind of entry.
const ABOUT: [About; 6] =
    [About::Score, About::Submission, About::Asked, About::Fact, About::Judged, About::Reading];

impl About {
    /// What its keys begin with; no other key of a list does.
    fn mark(self) -> char {
        match self {
            About::Score => 'd',
            About::Submission => 's',
            About::Asked => 'q',
            About::Fact => 'f',
            About::Judged => 'j',
            About::Reading => 'c',
        }
    }

    /// What a key is about; none of any other text.
    pub fn of(key: &str) -> Option<About> {
        let mark = key.chars().next()?;
        let (by_name, by_file) = key.get(mark.len_utf8()..)?.split_once(KEY_SEPARATOR)?;
        let is_digest = |text: &str| text.len() == 2 * KEY_BYTES && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        ABOUT.into_iter().find(|about| about.mark() == mark && is_digest(by_name) && is_digest(by_file))
    }
}

/// Whose entry it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whose<'a> {
    /// The department as written; none where the workbook names none.
    pub unit: Option<&'a str>,
    /// The file, as the audit names it.
    pub file: &'a str,
    /// The project of a form.
    pub project: Option<&'a str>,
    /// The number of a form within its workbook.
    pub form: Option<u32>,
    /// The rulebook's id.
    pub rulebook: &'a str,
}

impl<'a> Whose<'a> {
    /// The submission of an audit.
    pub fn of(audit: &'a Audit) -> Whose<'a> {
        Whose {
            unit: audit.unit.as_deref(),
            file: &audit.file,
            project: audit.project.as_deref(),
            form: audit.form,
            rulebook: audit.rulebook.as_ref().map_or("", |book| &book.id),
        }
    }

    /// The key of an entry about one item, such as an indicator.
    pub fn key(&self, about: About, items: &[&str]) -> String {
        let name: String = brief::name(self.unit, self.file, self.project)
            .nfkc()
            .filter(|character| !character.is_whitespace())
            .collect();
        let form = self.form.map(|form| form.to_string()).unwrap_or_default();
        let digest = |kind: &str, whose: &str| digest(&[&[kind, whose, self.rulebook, &form], items].concat());
        format!("{}{}{KEY_SEPARATOR}{}", about.mark(), digest("name", &name), digest("file", self.file))
    }
}

/// The two digests of an entry's key: by name, and by file.
pub fn halves(key: &str) -> Option<(&str, &str)> {
    About::of(key)?;
    key.get(1..)?.split_once(KEY_SEPARATOR)
}

/// A digest of several texts, short enough for a cell that nobody reads.
pub fn digest(parts: &[&str]) -> String {
    let digest = Sha256::digest(parts.join("\0").as_bytes());
    digest.iter().take(KEY_BYTES).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whose<'a>(unit: &'a str, file: &'a str) -> Whose<'a> {
        Whose { unit: Some(unit), file, project: None, form: None, rulebook: "county" }
    }

    #[test]
    fn a_key_has_one_half_for_the_name_and_one_for_the_file() {
        let one = whose("甲局", "甲.xlsx").key(About::Score, &["budget"]);
        let renamed = whose("甲局（新）", "甲.xlsx").key(About::Score, &["budget"]);
        let resent = whose("甲 局", "甲（修改）.xlsx").key(About::Score, &["budget"]);
        let [one, renamed, resent] = [&one, &renamed, &resent].map(|key| halves(key).expect("a key"));
        assert!(one.0 != renamed.0 && one.1 == renamed.1);
        assert!(one.0 == resent.0 && one.1 != resent.1);
    }

    #[test]
    fn a_key_tells_what_it_is_about_and_other_texts_are_no_keys() {
        for about in ABOUT {
            let key = whose("甲局", "甲.xlsx").key(about, &["x"]);
            assert_eq!(About::of(&key), Some(about));
        }
        for text in ["", "d", "dab-cd", "d一二-三四", "kfe12", "申诉"] {
            assert_eq!(About::of(text), None, "{text}");
        }
    }
}
