//! What one language stored, the other one words anew.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use fuhe::audit::Audit;
use fuhe::batch::{ArchiveLimits, Course, Setup, audit_all, find};
use fuhe::checks::register::Code;
use fuhe::phrase::{Phrase, Term};
use fuhe::report::table::{Outcome, Value as Cell};
use fuhe::report::writers::jsonl;
use fuhe::report::{Batch, tables};
use fuhe::rulebook::library::Library;
use fuhe::rulebook::library::RuleOptions;
use fuhe::submission::EffortLimits;
use fuhe::text::Language;
use fuhe::workbook::{Isolation, Limits, Reader};
use serde_json::Value;

/// The audits of the samples.
fn audits() -> Vec<Audit> {
    let library = Library::open(&RuleOptions::default()).expect("the built-in rules");
    let reader = Reader::new(Limits::default(), Isolation::InProcess);
    let limits = ArchiveLimits::default();
    let vocabulary = fuhe::vocabulary::Vocabulary::builtin();
    let setup = Setup {
        library: &library,
        vocabulary,
        readings: fuhe::assigned::Readings::none(),
        resumed: fuhe::resume::Resumed::none(),
        before: None,
        basis: None,
        reader: &reader,
        limits,
        effort: EffortLimits::default(),
    };
    let found = find(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")], &limits).expect("samples");
    audit_all(&found.inputs, &setup, Course { jobs: None, tell: &|_| {}, stop: &AtomicBool::new(false) })
        .expect("audits")
}

/// The same, stored in that language and read back.
fn stored(audits: &[Audit], language: Language) -> Vec<Audit> {
    let mut lines = Vec::new();
    jsonl::write(audits, language, &mut lines).expect("memory takes it");
    jsonl::read(&lines[..]).expect("lines of this program")
}

fn phrases(audits: &[Audit]) -> Vec<Phrase> {
    let found = audits.iter().flat_map(|audit| &audit.findings).map(|finding| finding.phrase.open());
    found.chain(audits.iter().filter_map(|audit| Some(audit.problem.as_ref()?.phrase.clone()))).collect()
}

/// The phrase with everything taken out that is the same in every language.
fn without_names(phrase: &Phrase) -> Phrase {
    fn nameless(term: &Term) -> Term {
        match term {
            Term::Text(_) => Term::Text(String::new()),
            Term::Phrase(phrase) => Term::Phrase(without_names(phrase)),
            Term::List(terms) => Term::List(terms.iter().map(nameless).collect()),
            Term::Joined { items, by } => Term::Joined { items: items.iter().map(nameless).collect(), by: by.clone() },
        }
    }
    let says = Phrase::new(phrase.says.clone());
    phrase.terms.iter().fold(says, |phrase, (hole, term)| phrase.with(hole.to_owned(), nameless(term)))
}

/// Units of money and the answers that forms ask for are quoted as they are.
fn has_chinese(text: &str) -> bool {
    let quoted = ["万元", "元", "不适用", "是", "否"];
    let rest = quoted.iter().fold(text.to_owned(), |rest, word| rest.replace(word, ""));
    rest.chars().any(|sign| ('\u{4e00}'..='\u{9fff}').contains(&sign))
}

#[test]
fn findings_of_a_chinese_run_are_english_in_an_english_report_but_for_names_and_quotes() {
    let audits = stored(&audits(), Language::Zh);
    let phrases = phrases(&audits);
    assert!(phrases.len() > 30, "{} sentences", phrases.len());
    for phrase in phrases {
        let told = Language::En.phrase(&without_names(&phrase));
        assert!(!has_chinese(&told), "{told}");
    }
}

#[test]
fn findings_of_an_english_run_are_chinese_in_a_chinese_report() {
    let audits = stored(&audits(), Language::En);
    for phrase in phrases(&audits) {
        let told = Language::Zh.phrase(&without_names(&phrase));
        assert!(has_chinese(&told), "{told}");
        assert!(!told.chars().any(|sign| sign.is_ascii_alphabetic()), "{told}");
    }
}

#[test]
fn both_languages_find_the_same_to_the_letter() {
    let chinese = stored(&audits(), Language::Zh);
    let english = stored(&audits(), Language::En);
    let findings = |audits: &[Audit]| audits.iter().map(|audit| audit.findings.clone()).collect::<Vec<_>>();
    assert_eq!(findings(&chinese), findings(&english));
}

/// Codes that no sample and no file of the corpus has, each with the tests that have it told.
const TOLD_IN_TESTS: [(Code, &str); 20] = [
    (Code::RulebookMisfit, "misfit.rs"),
    (Code::SisterForm, "sister.rs"),
    (Code::FormulaReplaced, "template/replaced.rs"),
    (Code::TargetFarExceeded, "declared/checks.rs"),
    (Code::ReviewerReading, "established.rs"),
    (Code::ZeroDenominator, "checks.rs"),
    (Code::UnreadableFile, "readers/second_reading.rs"),
    (Code::TooLarge, "readers/xlsx_hostile.rs"),
    (Code::TimedOut, "readers/xlsx_hostile.rs"),
    (Code::ReaderFailed, "lost_readers.rs"),
    (Code::NoEdition, "editions.rs"),
    (Code::NoRulebook, "misfit.rs"),
    (Code::SelfCheckFailed, "stopping.rs"),
    (Code::IoError, "searching.rs"),
    (Code::GradeUndecided, "checks_run.rs"),
    (Code::FormsDisagree, "forms_disagree.rs"),
    (Code::SubmissionMissing, "roster.rs"),
    (Code::SubmissionUnexpected, "roster.rs"),
    (Code::LastYearConflict, "baseline.rs"),
    (Code::FigureJump, "baseline.rs"),
];

#[test]
fn every_code_of_the_register_is_told_of_a_sample_of_the_corpus_or_in_a_test() {
    let (audits, _) = crate::sentences::audited();
    let of_findings = audits.iter().flat_map(|audit| &audit.findings).map(|finding| finding.code);
    let of_files = audits.iter().filter_map(|audit| Some(audit.problem.as_ref()?.code));
    let told: BTreeSet<Code> = of_findings.chain(of_files).collect();
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite");
    for code in Code::ALL.iter().filter(|code| !told.contains(code)) {
        let shown = TOLD_IN_TESTS.iter().find(|(own, _)| own == code).map(|(_, file)| file);
        let Some(file) = shown else { panic!("{code} is promised, and nothing tells it") };
        let test = std::fs::read_to_string(tests.join(file)).expect("a test");
        assert!(test.contains(code.as_str()) || test.contains(&format!("Code::{code:?}")), "{file} has no {code}");
    }
    for (code, _) in TOLD_IN_TESTS {
        assert!(!told.contains(&code), "{code} needs no test of its own to be told");
    }
}

/// Every text of a stored line with Chinese in it, but for the sentences that it was given.
fn named(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if has_han(text) => drop(names.insert(text.clone())),
        Value::Array(items) => items.iter().for_each(|item| named(item, names)),
        Value::Object(fields) => {
            fields
                .iter()
                .filter(|(key, _)| !SENTENCES.contains(&key.as_str()))
                .for_each(|(_, item)| named(item, names));
        }
        _ => {}
    }
}

/// The keys of a line under which sentences stand.
const SENTENCES: [&str; 2] = ["message", "working"];

fn has_han(text: &str) -> bool {
    text.chars().any(is_han)
}

fn is_han(sign: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&sign)
}

/// The texts of all sheets of a workbook in that language.
fn cells(audits: Vec<Audit>, language: Language) -> Vec<String> {
    let library = Library::open(&RuleOptions::default()).expect("the built-in rules");
    let batch = Batch { audits, rulebooks: library.rulebooks().to_vec(), ..Batch::default() };
    let sheets = tables(&batch, language);
    let rows = sheets.iter().flat_map(|sheet| sheet.lead.iter().chain(&sheet.rows).chain(&sheet.tail));
    let cells = rows.flat_map(|row| &row.cells).filter_map(|cell| match &cell.value {
        Cell::Text(text) | Cell::Formula(_, Outcome::Words(text)) => Some(text.clone()),
        _ => None,
    });
    let heads = sheets.iter().flat_map(|sheet| {
        let columns = sheet.columns.iter().map(|column| column.header.clone());
        columns.chain([sheet.name.clone(), sheet.title.clone()])
    });
    cells.chain(heads).collect()
}

/// What stands between quotation marks, which may hold single ones, taken out.
fn unquoted(text: &str) -> String {
    let mut is_quoted = false;
    let outside = text.chars().filter(|sign| {
        is_quoted = *sign == '“' || (is_quoted && *sign != '”');
        !is_quoted
    });
    outside.collect()
}

#[test]
fn the_workbook_of_the_other_language_has_no_sentence_of_the_first_but_names_and_quotes() {
    let made = audits();
    let [chinese, english] = Language::ALL.map(|language| stored(&made, language));
    let mut names = BTreeSet::new();
    let mut lines = Vec::new();
    jsonl::write(&made, Language::Zh, &mut lines).expect("memory takes it");
    for line in lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        named(&serde_json::from_slice(line).expect("a line"), &mut names);
    }
    let files = crate::texts::source_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rulebook/builtin"), "toml");
    let rules: String = files.iter().map(|file| std::fs::read_to_string(file).expect("a built-in rulebook")).collect();
    // The longest first, so that no part of a name is left over; a single character is in every other name.
    let of_rules = rules.split('"').filter(|text| has_han(text) && !text.contains('\n'));
    let all = names.iter().map(String::as_str).chain(of_rules);
    let mut names: Vec<&str> = all.filter(|name| name.chars().count() > 1).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let sentence = |text: &String| -> Option<String> {
        let rest = unquoted(&names.iter().fold(text.clone(), |rest, name| rest.replace(name, " ")));
        // A single character is a unit or a grade. What is cut for want of room ends in …: the beginning of a name or a quote.
        let mut parts = rest.split(|sign| !is_han(sign)).filter(|part| part.chars().count() > 1);
        parts.find(|part| !rules.contains(*part) && !text.contains('…')).map(str::to_owned)
    };
    let told = cells(chinese.clone(), Language::En);
    assert!(told.iter().filter(|text| has_han(text)).count() > 1000, "names and quotes stay");
    for text in &told {
        assert_eq!(sentence(text), None, "{text}");
    }
    let in_chinese = cells(chinese.clone(), Language::Zh).iter().filter(|text| sentence(text).is_some()).count();
    assert!(in_chinese > 1000, "a sentence is known for one: {in_chinese}");
    for language in Language::ALL {
        assert_eq!(cells(chinese.clone(), language), cells(english.clone(), language), "whoever stored them");
    }
}
