//! No text is missing in either language, and none is asked for that is not there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fuhe::text::Language;

fn holes(pattern: &str) -> BTreeSet<&str> {
    pattern.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(hole, _)| hole).collect()
}

pub fn source_files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(source_files(&path, ending));
        } else if path.extension().is_some_and(|found| found == ending) {
            files.push(path);
        }
    }
    files
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

#[test]
fn every_file_of_texts_can_be_read_and_all_of_it_is_used() {
    for (language, folder) in [(Language::Zh, "zh"), (Language::En, "en")] {
        let mut written = BTreeSet::new();
        for file in source_files(&src().join("text").join(folder), "toml") {
            let table: toml::Table = fs::read_to_string(&file).unwrap().parse().unwrap();
            let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
            written.extend(table.keys().map(|key| format!("{name}.{key}")));
        }
        let loaded: BTreeSet<String> = language.texts().map(|(key, _)| key.to_owned()).collect();
        assert_eq!(written, loaded, "{folder}: a file is not listed, or holds something that is no text");
    }
}

#[test]
fn both_languages_have_the_same_texts_with_the_same_holes() {
    let zh: BTreeMap<_, _> = Language::Zh.texts().collect();
    let en: BTreeMap<_, _> = Language::En.texts().collect();
    assert_eq!(zh.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
    for (key, pattern) in &zh {
        let extra: Vec<_> = holes(en[key]).difference(&holes(pattern)).copied().collect();
        assert!(extra.is_empty(), "{key}: {extra:?} only in English");
    }
}

/// What stands before a key.
const CALLS: [&str; 7] = [
    "language.say(\"",
    "language.word(\"",
    ".word(\"run.",
    ".say(\"run.",
    "Phrase::new(\"",
    "Phrase::filled(\"",
    "Term::word(\"",
];

#[test]
fn every_text_that_the_code_names_is_there() {
    let known: BTreeSet<&str> = Language::Zh.texts().map(|(key, _)| key).collect();
    let mut asked = 0;
    for file in source_files(&src(), "rs").into_iter().filter(|file| !file.ends_with("phrase.rs")) {
        let code = fs::read_to_string(&file).unwrap();
        for call in CALLS {
            for part in code.split(call).skip(1) {
                let name = part.split('"').next().unwrap();
                let key = if call.ends_with("run.") { format!("run.{name}") } else { name.to_owned() };
                if key.contains('.') && !key.contains('{') {
                    asked += 1;
                    assert!(known.contains(key.as_str()), "{key} in {}", file.display());
                }
            }
        }
    }
    assert!(asked > 50, "only {asked} texts are asked for: the search no longer fits the code");
}
