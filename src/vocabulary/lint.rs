//! What is wrong with words that are written well: said twice, meaning two things, never met.

use std::collections::BTreeSet;

use super::Vocabulary;
use super::page::{Entry, Page};
use super::sections::Slot;

/// Keys of one section among which a word can have one meaning only: the columns of one table, yes and no.
const APART: [(&str, &[&str]); 14] = [
    ("headings", &["card_above", "card_name", "card_points", "score_plainest", "evidence_alone"]),
    ("headings", &["base_number", "base_label", "base_value", "base_unit"]),
    ("headings", &["kpi_label", "kpi_target", "kpi_actual"]),
    ("headings", &["funds_rate", "funds_spent", "funds_initial", "funds_planned", "funds_change"]),
    (
        "headings",
        &["row_first", "row_second", "row_name", "row_nature", "row_unit", "row_target", "row_actual", "reason_alone"],
    ),
    ("labels", &["unit", "year"]),
    ("labels", &["project", "authority", "implementer", "others"]),
    ("totals", &["plain", "sums", "grades"]),
    ("years", &["before", "after"]),
    ("answers", &["yes", "no"]),
    ("answers", &["affirmed", "denied"]),
    (
        "comparisons",
        &["at_least", "at_most", "more_than", "less_than", "equal", "about_before", "vague_before", "plain_before"],
    ),
    ("units", &["yuan", "thousand_yuan", "wan_yuan", "million_yuan", "yi_yuan"]),
    (
        "numerals",
        &[
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "hundred",
            "thousand",
            "myriad",
            "hundred_million",
        ],
    ),
];

/// Sections whose words are compared with a cell's text without punctuation and in small letters.
const BARE: [&str; 2] = ["headings", "labels"];

/// Tells what is wrong with the words of a file, which are among `words` by now.
pub(super) fn lint(words: &mut Vocabulary, entries: &[Entry], page: &mut Page) {
    let mut seen: BTreeSet<(&str, &str, &str)> = BTreeSet::new();
    for entry in entries {
        let holes = || vec![("word", entry.word.clone()), ("key", format!("{}.{}", entry.section, entry.key))];
        let is_bare = entry.word.chars().all(|c| c.is_alphanumeric() && c.to_lowercase().eq([c]));
        if entry.word.is_empty() {
            page.flaw("empty-word", &entry.span, holes());
        } else if !seen.insert((entry.section, entry.key, &entry.word)) {
            page.flaw("repeated-word", &entry.span, holes());
        } else if BARE.contains(&entry.section) && !is_bare {
            page.flaw("never-met", &entry.span, holes());
        } else if let Some(other) = other_meaning(words, entry) {
            page.flaw("two-meanings", &entry.span, [holes(), vec![("other", other)]].concat());
        }
    }
}

/// Another key under which the word stands, where it can have one meaning only.
fn other_meaning(words: &mut Vocabulary, entry: &Entry) -> Option<String> {
    let groups = APART.iter().filter(|(section, keys)| *section == entry.section && keys.contains(&entry.key));
    let mut others = groups.flat_map(|(_, keys)| keys.iter()).filter(|key| **key != entry.key);
    let other = others.find(|key| match words.slot(entry.section, key) {
        Some(Slot::Words(list)) => list.contains(&entry.word),
        Some(Slot::Chars(list)) => entry.word.chars().any(|c| list.contains(c)),
        Some(Slot::Pairs(list)) => list.contains(&entry.word),
        None => false,
    })?;
    Some(format!("{}.{other}", entry.section))
}
