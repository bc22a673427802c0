//! The built-in words have no flaw, and every flaw of a file is told with its line.

use super::*;
use crate::text::Language;

const GUIDE: &str = include_str!("GUIDE.md");

/// The codes of a file's flaws with their lines.
fn flaws(text: &str) -> Vec<(&'static str, usize)> {
    let flaws = Vocabulary::builtin().with("用语.toml", text).expect_err("a flaw");
    flaws.iter().map(|flaw| (flaw.code, flaw.line)).collect()
}

#[test]
fn the_built_in_words_have_no_flaw_but_the_empty_words_that_stand_for_nothing() {
    // The last section is none that a file may have.
    let (ours, _) = BUILTIN.split_once("[clauses]").expect("the section of rulebooks");
    let flaws = match Vocabulary::default().with("builtin.toml", ours) {
        Ok(_) => Vec::new(),
        Err(flaws) => flaws,
    };
    let others: Vec<_> = flaws.iter().filter(|flaw| flaw.code != "empty-word").collect();
    assert!(others.is_empty(), "{others:#?}");
}

#[test]
fn every_key_has_built_in_words_and_stands_in_the_guide() {
    let mut words = Vocabulary::builtin().clone();
    for (section, keys) in SECTIONS {
        assert!(GUIDE.contains(&format!("[{section}]")), "{section}");
        for key in keys {
            let is_empty = match words.slot(section, key).expect("a key of the section") {
                Slot::Words(list) => list.is_empty(),
                Slot::Chars(list) => list.all().is_empty(),
                Slot::Pairs(list) => list.is_empty(),
            };
            assert!(!is_empty, "{section}.{key}");
            assert!(GUIDE.contains(&format!("| `{key}` |")), "{section}.{key}");
        }
    }
}

#[test]
fn the_examples_of_the_guide_have_no_flaw() {
    let examples: Vec<&str> = GUIDE.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(!examples.is_empty());
    for example in examples {
        Vocabulary::builtin().with("GUIDE.md", example).expect("an example without a flaw");
    }
}

#[test]
fn all_flaws_of_a_file_are_told_at_once_each_with_its_line() {
    let text = "[headings]\n\
                card_nam = [\"考核要素\"]\n\
                task = \"任务\"\n\
                spent = []\n\
                planned = [\"批复额\", \"批复额\"]\n\
                kpi_target = [\"目标（值）\"]\n\
                base_unit = [3]\n\
                row_unit = [\"实际完成数\"]\n\
                [answers]\n\
                yes = [\"否\", \"\"]\n\
                [choices]\n\
                same = [[\"一\"]]\n\
                [numerals]\n\
                zero = [\"零\"]\n\
                one = \"二\"\n\
                [label]\n";
    let expected = [
        ("unknown-key", 2),
        ("not-a-list", 3),
        ("empty-list", 4),
        ("repeated-word", 5),
        ("never-met", 6),
        ("not-a-word", 7),
        ("two-meanings", 8),
        ("two-meanings", 10),
        ("empty-word", 10),
        ("not-a-pair", 12),
        ("not-characters", 14),
        ("two-meanings", 15),
        ("unknown-section", 16),
    ];
    assert_eq!(flaws(text), expected);
    assert_eq!(flaws("labels = 1"), [("not-a-section", 1)]);
    assert_eq!(flaws("[labels]\nyear = [\"年份\"\n"), [("syntax", 2)], "the line whose bracket stays open");
    assert_eq!(flaws("[labels]\nyear = [\"所属期\"]\nyear = [\"期间\"]\n"), [("duplicate-key", 3)]);
}

#[test]
fn words_of_one_width_are_the_same_in_another() {
    assert_eq!(flaws("[units]\ncounters = [\"kg\", \"ｋｇ\"]"), [("repeated-word", 2)]);
}

#[test]
fn the_words_of_clauses_are_no_bureaus_own_since_rulebooks_are_checked_without_its_file() {
    assert_eq!(flaws("[clauses]\nlost = \"剔\""), [("unknown-section", 1)]);
}

#[test]
fn every_flaw_says_what_is_wrong_and_what_to_do_in_both_languages() {
    let text = "[headings]\ncard_nam = [\"考核要素\"]\nspent = []\n[answers]\nyes = [\"否\"]\n";
    for flaw in Vocabulary::builtin().with("用语.toml", text).expect_err("flaws") {
        for language in Language::ALL {
            for words in [flaw.message(language), flaw.help(language)] {
                assert!(!words.is_empty() && !words.contains(['{', '}']), "{words}");
                assert!(!words.contains("vocabulary."), "{words}");
            }
        }
    }
}

#[test]
fn a_known_word_changes_nothing_and_a_longer_one_is_met_before_a_shorter() {
    let more = "[placeholders]\nlone_units = [\"元\", \"十万元\"]\n";
    let words = Vocabulary::builtin().with("用语.toml", more).expect("no flaw");
    let (before, after) =
        (&Vocabulary::builtin().quantities.placeholders.lone_units, &words.quantities.placeholders.lone_units);
    assert_eq!(after.iter().count(), before.iter().count() + 1);
    assert_eq!(after.strip_end("5十万元"), Some("5"));
    assert_eq!(after.strip_end("5万元"), Some("5"));
}
