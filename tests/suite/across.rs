//! What only the whole batch shows.

use fuhe::across::{self, Against};
use fuhe::audit::Audit;
use fuhe::text::Language;

use crate::submitted::*;

/// Submissions of one department: a file and its content each.
fn handed_in(files: &[(&str, &str)]) -> Vec<Audit> {
    let one = audited(submitted(FULL_CLAIMS, FULL_FACTS));
    let made = |(file, sha256): &(&str, &str)| Audit {
        file: (*file).to_owned(),
        sha256: (*sha256).to_owned(),
        unit: Some("某局".to_owned()),
        ..one.clone()
    };
    files.iter().map(made).collect()
}

fn told(mut audits: Vec<Audit>, language: Language) -> Vec<String> {
    across::look(&mut audits, &Against::default());
    audits
        .iter()
        .map(|audit| found(audit, "duplicate-submission")[0].phrase.clone())
        .map(|phrase| language.phrase(&phrase))
        .collect()
}

#[test]
fn of_many_files_of_one_department_five_are_named_and_the_rest_counted() {
    let files: Vec<String> = (0..40).map(|number| format!("{number:02}.xlsx")).collect();
    let copies: Vec<(&str, &str)> = files.iter().map(|file| (file.as_str(), "a")).collect();
    let messages = told(handed_in(&copies), Language::Zh);
    assert!(messages[0].contains("01.xlsx、02.xlsx、03.xlsx、04.xlsx、05.xlsx等39份"), "{}", messages[0]);
    assert!(messages[39].contains("00.xlsx、01.xlsx、02.xlsx、03.xlsx、04.xlsx等39份"), "{}", messages[39]);
    let english = told(handed_in(&copies), Language::En);
    assert!(english[0].contains("05.xlsx and others, 39 files in all"), "{}", english[0]);
    let versions: Vec<(&str, &str)> = files.iter().map(|file| (file.as_str(), file.as_str())).collect();
    let messages = told(handed_in(&versions), Language::Zh);
    assert!(messages[2].contains("00.xlsx、01.xlsx、03.xlsx、04.xlsx、05.xlsx等39份"), "{}", messages[2]);
}

#[test]
fn copies_and_other_versions_are_named_apart() {
    let messages = told(handed_in(&[("a.xlsx", "1"), ("b.xlsx", "1"), ("c.xlsx", "2")]), Language::Zh);
    assert!(messages[0].contains("另见：c.xlsx；其中逐字节相同的文件：b.xlsx。"), "{}", messages[0]);
    assert!(messages[2].contains("另见：a.xlsx、b.xlsx。"), "{}", messages[2]);
}
