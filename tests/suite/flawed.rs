//! A pack of flawed rulebooks: each begins with the flaws that have to be found in it, and nothing else may be.

use std::fs;
use std::path::{Path, PathBuf};

use fuhe::rulebook::{Flaw, load};
use fuhe::text::Language;

fn pack() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/flawed");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// `code at line n` of every comment line that the file begins with.
fn expected(text: &str) -> Vec<String> {
    text.lines().map_while(|line| line.strip_prefix("# expect: ")).map(str::to_owned).collect()
}

fn told(flaws: &[Flaw]) -> Vec<String> {
    flaws.iter().map(|flaw| format!("{} at line {}", flaw.code, flaw.line)).collect()
}

#[test]
fn every_flawed_rulebook_is_refused_with_the_right_codes_at_the_right_lines() {
    let files = pack();
    assert!(files.len() >= 40);
    let mut wrong = Vec::new();
    for file in &files {
        let text = fs::read_to_string(file).unwrap();
        let flaws = load("flawed.toml", &text).err().unwrap_or_default();
        let (mut found, mut wanted) = (told(&flaws), expected(&text));
        found.sort();
        wanted.sort();
        if found != wanted || wanted.is_empty() {
            wrong.push(format!("{}: {found:?} instead of {wanted:?}", file.file_stem().unwrap().display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_flaw_shows_its_line_and_says_what_to_do_in_both_languages() {
    for file in pack() {
        let text = fs::read_to_string(&file).unwrap();
        for flaw in load("flawed.toml", &text).err().unwrap_or_default() {
            assert_eq!(text.lines().nth(flaw.line - 1), Some(flaw.excerpt.as_str()));
            for language in [Language::Zh, Language::En] {
                for words in [flaw.message(language), flaw.help(language)] {
                    assert!(!words.is_empty() && !words.contains("rulebook."), "no text for {}: {words}", flaw.code);
                    let holes: Vec<_> = flaw.holes.iter().map(|(hole, _)| format!("{{{hole}}}")).collect();
                    assert!(!holes.iter().any(|hole| words.contains(hole)), "{words}");
                }
            }
        }
    }
}

#[test]
fn the_rulebook_that_the_pack_was_made_from_has_no_flaw() {
    // The first of the pack with its one flaw mended.
    let text = fs::read_to_string(pack().iter().find(|file| file.ends_with("a-field-left-out.toml")).unwrap()).unwrap();
    let mended = text.replace("value = \"faults\"\n", "value = \"faults\"\neach = 2\n");
    assert_eq!(told(&load("mended.toml", &mended).err().unwrap_or_default()), Vec::<String>::new());
}
