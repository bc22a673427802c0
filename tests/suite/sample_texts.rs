//! What an audit of every sample says, word for word: kept beside the samples in `.expected/`. The numbers in them are
//! checked elsewhere against sums that did not come from this program; here it is the words and the layout.
//! `FUHE_UPDATE=1 cargo test sample_texts` writes them anew, for a person to read the difference.

use std::fs;
use std::path::{Path, PathBuf};

use fuhe::batch::{ArchiveLimits, Opened, Setup, explain_file, find};
use fuhe::report::writers::explain::page;
use fuhe::rulebook::library::Library;
use fuhe::rulebook::library::RuleOptions;
use fuhe::submission::EffortLimits;
use fuhe::text::Language;
use fuhe::workbook::{Isolation, Limits, Reader};

fn folders() -> [PathBuf; 2] {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    [samples.join("shenzhen-2020"), samples.join("project-2020")]
}

/// The texts of a folder's samples by file name.
fn texts(folder: &Path) -> Vec<(String, String)> {
    let library = Library::open(&RuleOptions::default()).unwrap();
    let reader = Reader::new(Limits::default(), Isolation::InProcess);
    let limits = ArchiveLimits::default();
    let setup = Setup {
        library: &library,
        vocabulary: fuhe::vocabulary::Vocabulary::builtin(),
        readings: fuhe::assigned::Readings::none(),
        resumed: fuhe::resume::Resumed::none(),
        before: None,
        basis: None,
        reader: &reader,
        limits,
        effort: EffortLimits::default(),
    };
    let found = find(&[folder.to_owned()], &limits).unwrap();
    assert!(found.others.is_empty(), "a newcomer sees workbooks only: {:?}", found.others);
    let text_of = |input: &fuhe::batch::Input| {
        let pages = explain_file(input, &setup, &mut Opened::default()).into_iter().map(|explained| {
            let name = explained.audit.rulebook.clone().expect("every sample can be audited");
            page(&explained.audit, &explained.tables, library.find(&name.id).unwrap(), Language::Zh)
        });
        (input.file.clone(), pages.collect::<Vec<_>>().join("\n"))
    };
    found.inputs.iter().map(text_of).collect()
}

#[test]
fn every_sample_says_what_is_kept_beside_it() {
    let update = std::env::var_os("FUHE_UPDATE").is_some();
    for folder in folders() {
        let kept = folder.join(".expected");
        let texts = texts(&folder);
        assert!(texts.len() >= 6, "{}", folder.display());
        for (file, text) in &texts {
            let path = kept.join(format!("{file}.txt"));
            if update {
                fs::create_dir_all(&kept).unwrap();
                fs::write(&path, text).unwrap();
            }
            let expected = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
            assert!(*text == expected, "{file} says otherwise:\n{}", first_difference(&expected, text));
        }
        let files = fs::read_dir(&kept).unwrap().count();
        assert_eq!(files, texts.len(), "texts without a sample in {}", kept.display());
    }
}

fn first_difference(expected: &str, got: &str) -> String {
    let differing = expected.lines().zip(got.lines()).enumerate().find(|(_, (expected, got))| expected != got);
    match differing {
        Some((line, (expected, got))) => format!("line {}:\n  expected {expected}\n  got      {got}", line + 1),
        None => format!("{} lines expected, {} got", expected.lines().count(), got.lines().count()),
    }
}
