//! What only tests use is not the program's: a name that is public in a library is never called dead by the compiler.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::circles::bare;
use crate::texts::source_files;

/// Public names that the program itself does without, each with what tests need it for.
const FOR_TESTS: [(&str, &str); 4] = [
    ("audit_all", "audits of a folder, without a command line"),
    ("audit_form", "the audit of one form without its file"),
    ("audit_scorecard", "the audit of one card without its file"),
    ("disagreements", "what two layouts of one batch say differently"),
];

/// Words that stand before the name of what is defined.
const DEFINES: [&str; 7] = ["fn", "const", "static", "struct", "enum", "trait", "type"];

fn is_of_a_word(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_'
}

/// The names that a file defines for others.
fn public(code: &str) -> Vec<&str> {
    code.lines().filter_map(public_name).collect()
}

fn public_name(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix("pub")?;
    let rest = match rest.strip_prefix('(') {
        Some(within) => within.split_once(')')?.1,
        None => rest.strip_prefix(' ')?,
    };
    // `const fn` and the like: two words, then the name.
    let mut words = rest.split(|sign| !is_of_a_word(sign)).filter(|word| !word.is_empty()).take(3).peekable();
    words.peek().filter(|first| DEFINES.contains(first))?;
    words.find(|word| !DEFINES.contains(word))
}

#[test]
fn every_public_name_is_used_by_the_program_or_listed_with_what_tests_need_it_for() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = source_files(&src, "rs").into_iter().filter(|file| !file.ends_with("tests.rs"));
    let code: Vec<String> = files.map(|file| bare(&fs::read_to_string(file).unwrap())).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in code.iter().flat_map(|code| code.split(|sign| !is_of_a_word(sign))) {
        *counts.entry(word).or_default() += 1;
    }
    let defined: Vec<&str> = code.iter().flat_map(|code| public(code)).collect();
    assert!(defined.len() > 500, "{} names", defined.len());
    let times = |name: &str| defined.iter().filter(|other| **other == name).count();
    let mut unused: Vec<&str> = defined.iter().filter(|name| counts[*name] <= times(name)).copied().collect();
    unused.sort_unstable();
    assert_eq!(unused, FOR_TESTS.map(|(name, _)| name), "names that nothing in the program uses");
}

#[test]
fn names_are_found_however_public_they_are_and_whatever_they_name() {
    let code = "pub fn one() {}\n    pub(crate) const fn two() {}\npub(in crate::room) struct Three;\npub const FOUR: u8 = 4;\nfn five() {}\npub mod six;";
    assert_eq!(public(code), ["one", "two", "Three", "FOUR"]);
}
