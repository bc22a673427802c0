//! What a reviewer said of cells that the program had not used: which fact or indicator they are, as it was picked in the sheet
//! 未采用内容 of an earlier workbook. Such a reading is certain: a person made it. (certainty.md, “Nothing read in vain”)

use std::collections::BTreeMap;
use std::sync::LazyLock;

use sha2::{Digest, Sha256};

use crate::audit::{FileIdentity, NotUsed, Unused};
use crate::entered::Entries;
use crate::hexadecimal::hexadecimal;

/// Bytes of the digests that tell a cell, and what every key begins with so that none is taken for a finding's.
const KEY_BYTES: usize = 12;
const KEY_MARK: &str = "r";
/// Between the two digests of a key: the cell by its file's content, and by its file's name.
const KEY_SEPARATOR: char = '-';

/// What a reviewer picked for a cell.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Picked {
    /// 不采用: it is rightly not used.
    Nothing,
    /// The claimed score of the indicator of that name.
    Score(String),
    /// Other words: the label of a fact.
    Words(String),
}

/// What reviewers said in earlier audit workbooks.
#[derive(Debug, Clone, Default)]
pub struct Readings {
    /// What they picked for cells that were not used, by both digests of a cell.
    picked: BTreeMap<String, Picked>,
    /// What they entered of facts, criteria and readings.
    pub entries: Entries,
}

impl Readings {
    /// None at all.
    pub fn none() -> &'static Readings {
        static NONE: LazyLock<Readings> = LazyLock::new(Readings::default);
        &NONE
    }

    /// True when nothing was picked for any cell.
    pub fn is_empty(&self) -> bool {
        self.picked.is_empty()
    }

    /// Adds what was picked for the cell of that key; what was added before counts.
    pub fn add(&mut self, key: &str, picked: &Picked) {
        for digest in digests(key) {
            self.picked.entry(digest.to_owned()).or_insert_with(|| picked.clone());
        }
    }

    /// What was picked for a cell: by the content of its file, else by its name.
    pub fn of(&self, file: &FileIdentity, cell: &Unused) -> Option<&Picked> {
        let key = key(&file.file, &file.sha256, cell);
        digests(&key).find_map(|digest| self.picked.get(digest))
    }
}

/// What makes a cell the same one in a later run: its file by its content or by its name, the sheet, the place and the label.
pub fn key(file: &str, sha256: &str, cell: &Unused) -> String {
    let own: &[&str] = match cell.why {
        // One sentence can state several figures.
        NotUsed::Quoted => &[&cell.value],
        // What stands in a cell may be doubted for itself besides; and who answered one comment has not read the next.
        NotUsed::Comment => &[&cell.value, NotUsed::Comment.as_str()],
        _ => &[""],
    };
    let of = |kind: &str, whose: &str| digest(&[&[kind, whose, &cell.sheet, &cell.cell, &cell.label], own].concat());
    format!("{KEY_MARK}{}{KEY_SEPARATOR}{}", of("content", sha256), of("name", file))
}

/// Whether a key is that of a cell.
pub fn is_key(key: &str) -> bool {
    key.starts_with(KEY_MARK) && key.contains(KEY_SEPARATOR)
}

/// Both digests of a key.
pub fn digests(key: &str) -> impl Iterator<Item = &str> {
    key.trim_start_matches(KEY_MARK).split(KEY_SEPARATOR)
}

fn digest(parts: &[&str]) -> String {
    let digest = Sha256::digest(parts.join("\0").as_bytes());
    hexadecimal(&digest[..KEY_BYTES])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(cell: &str) -> Unused {
        Unused {
            sheet: "表".to_owned(),
            cell: cell.to_owned(),
            label: "满意率".to_owned(),
            value: "97".to_owned(),
            why: NotUsed::NearName,
            nearest: None,
            assigned: None,
        }
    }

    fn file(name: &str, sha256: &str) -> FileIdentity {
        FileIdentity { file: name.to_owned(), sha256: sha256.to_owned(), size: 1 }
    }

    #[test]
    fn a_cell_is_known_again_by_its_files_content_or_name_and_by_nothing_less() {
        let mut readings = Readings::default();
        readings.add(&key("甲.xlsx", "aa", &cell("C3")), &Picked::Nothing);
        for (name, sha256, at, known) in [
            ("甲.xlsx", "aa", "C3", true),
            ("乙.xlsx", "aa", "C3", true),
            ("甲.xlsx", "bb", "C3", true),
            ("乙.xlsx", "bb", "C3", false),
            ("甲.xlsx", "aa", "C4", false),
        ] {
            assert_eq!(readings.of(&file(name, sha256), &cell(at)).is_some(), known, "{name} {sha256} {at}");
        }
    }

    #[test]
    fn a_comment_on_a_cell_and_a_doubt_of_what_stands_in_it_are_answered_each_for_itself() {
        let (one, other) = (file("甲.xlsx", "aa"), file("甲.xlsx", "bb"));
        let of = |why: NotUsed, value: &str| Unused { why, value: value.to_owned(), ..cell("C3") };
        let comment = of(NotUsed::Comment, "待核实");
        for why in [NotUsed::Doubtful, NotUsed::NearName, NotUsed::OtherYear, NotUsed::Hidden] {
            let doubt = of(why, "97");
            for (answered, still_open) in [(&comment, &doubt), (&doubt, &comment)] {
                let mut readings = Readings::default();
                readings.add(&key("甲.xlsx", "aa", answered), &Picked::Nothing);
                assert!(readings.of(&one, answered).is_some() && readings.of(&other, answered).is_some(), "{why:?}");
                assert!(
                    readings.of(&one, still_open).is_none() && readings.of(&other, still_open).is_none(),
                    "{why:?}"
                );
            }
        }
        // A sentence of the comment's own words is another matter, and so is another comment on the cell.
        let mut readings = Readings::default();
        readings.add(&key("甲.xlsx", "aa", &comment), &Picked::Nothing);
        for another in [of(NotUsed::Quoted, "待核实"), of(NotUsed::Comment, "已核实，应为79")] {
            assert!(readings.of(&other, &another).is_none(), "{another:?}");
        }
    }

    #[test]
    fn of_two_picks_for_a_cell_the_first_counts() {
        let mut readings = Readings::default();
        let key = key("甲.xlsx", "aa", &cell("C3"));
        readings.add(&key, &Picked::Words("满意度".to_owned()));
        readings.add(&key, &Picked::Nothing);
        assert_eq!(readings.of(&file("甲.xlsx", "aa"), &cell("C3")), Some(&Picked::Words("满意度".to_owned())));
        assert!(is_key(&key) && !is_key("k0123"));
    }
}
