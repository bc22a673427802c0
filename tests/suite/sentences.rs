//! Every sentence that a run over the samples and the corpus says, one of each shape, in both languages: kept in
//! `tests/fixtures/sentences.txt`, for a person to read aloud. `FUHE_UPDATE=1 cargo test sentences` writes it anew.
//!
//! A shape is the texts that a sentence is made of; names, numbers and quotations differ from one to the next.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

use fuhe::audit::Audit;
use fuhe::batch::{ArchiveLimits, Course, Setup, audit_all, find};
use fuhe::phrase::Phrase;
use fuhe::report::Batch;
use fuhe::report::table::Value;
use fuhe::report::writers::letters::letters;
use fuhe::rulebook::Rulebook;
use fuhe::rulebook::library::{Library, RuleOptions};
use fuhe::submission::EffortLimits;
use fuhe::text::Language;
use fuhe::workbook::{Isolation, Limits, Reader};

/// The audits of all samples and of the whole corpus, made once.
pub fn audited() -> &'static (Vec<Audit>, Library) {
    static AUDITED: LazyLock<(Vec<Audit>, Library)> = LazyLock::new(audit);
    &AUDITED
}

fn audit() -> (Vec<Audit>, Library) {
    let library = Library::open(&RuleOptions::default()).expect("the built-in rules");
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
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = find(&[root.join("samples"), root.join("tests/corpus")], &limits).expect("files");
    assert!(found.inputs.len() > 200, "{} files", found.inputs.len());
    let course = Course { jobs: None, tell: &|_| {}, stop: &AtomicBool::new(false) };
    let audits = audit_all(&found.inputs, &setup, course).expect("audits");
    (audits, library)
}

/// The texts that a phrase is made of, each once.
fn shape(phrase: &Phrase) -> String {
    let mut keys: Vec<&str> = Vec::new();
    for key in phrase.keys() {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys.join(" + ")
}

/// One sentence of each shape, in both languages.
fn sentences(audits: &[Audit]) -> BTreeMap<String, [String; 2]> {
    let findings: Vec<Phrase> =
        audits.iter().flat_map(|audit| &audit.findings).map(|finding| finding.phrase.open()).collect();
    let problems = audits.iter().filter_map(|audit| Some(&audit.problem.as_ref()?.phrase));
    let indicators = audits.iter().flat_map(|audit| &audit.indicators);
    let workings: Vec<Phrase> = indicators.flat_map(|indicator| indicator.working.open()).collect();
    let mut said = BTreeMap::new();
    for phrase in findings.iter().chain(problems).chain(&workings) {
        let say = || [Language::Zh, Language::En].map(|language| language.phrase(phrase));
        said.entry(shape(phrase)).or_insert_with(say);
    }
    said
}

/// The paragraphs of all letters, one of each kind: numbers and quotations differ.
fn paragraphs(audits: Vec<Audit>, library: &Library) -> Vec<String> {
    let batch = Batch { audits, rulebooks: library.rulebooks().to_vec(), ..Batch::default() };
    let mut kinds: BTreeMap<String, String> = BTreeMap::new();
    for letter in letters(&batch, Language::Zh).expect("letters").letters {
        let text = crate::letters::text(&letter).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        for paragraph in text.lines().filter(|line| line.contains('。')) {
            kinds.entry(kind(paragraph)).or_insert_with(|| paragraph.to_owned());
        }
    }
    kinds.into_values().collect()
}

/// A paragraph without its numbers, its quotations and what stands before its first colon.
fn kind(paragraph: &str) -> String {
    let mut depth = 0;
    let unquoted = paragraph.chars().filter(|character| match character {
        '“' | '《' | '（' => {
            depth += 1;
            false
        }
        '”' | '》' | '）' => {
            depth -= 1;
            false
        }
        '0'..='9' | '.' => false,
        _ => depth == 0,
    });
    let unquoted: String = unquoted.collect();
    let said = unquoted.split_once('：').map_or(unquoted.as_str(), |(_, said)| said);
    // What is said of one indicator after another is one kind.
    said.split('；').next().unwrap_or_default().chars().take(24).collect()
}

fn page(said: &BTreeMap<String, [String; 2]>, paragraphs: &[String]) -> String {
    let mut page = String::new();
    for (shape, [zh, en]) in said {
        page.push_str(&format!("# {shape}\n{zh}\n{en}\n\n"));
    }
    for paragraph in paragraphs {
        page.push_str(&format!("# letter\n{paragraph}\n\n"));
    }
    page
}

/// What no sentence for a bureau may hold: signs and words of programs, and words that a clerk would have to ask about.
const NEVER: [&str; 14] =
    ["× ≈", "≈≈", "各处不一致", "按未知处理", "残留", "capped", "None", "null", "{", "[0", "[5", "[75", "[80", "[90"];

#[test]
fn every_sentence_is_kept_to_be_read_aloud() {
    let (audits, library) = audited();
    let said = sentences(audits);
    assert!(said.len() > 120, "{} shapes", said.len());
    for (shape, [zh, en]) in &said {
        for never in NEVER {
            assert!(!zh.contains(never), "{shape}: {never} in {zh}");
        }
        let unfilled = |text: &str| shape.split(" + ").any(|key| text.contains(key));
        assert!(!unfilled(zh) && !unfilled(en), "{shape} shows itself");
        assert!(!zh.is_empty() && !en.is_empty(), "{shape} says nothing");
    }
    let page = page(&said, &paragraphs(audits.clone(), library));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/sentences.txt");
    if std::env::var_os("FUHE_UPDATE").is_some() {
        fs::write(&path, &page).expect("written");
    }
    let kept = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    let differing = kept.lines().zip(page.lines()).find(|(kept, said)| kept != said);
    assert!(kept == page, "sentences differ from those kept, which somebody read: {differing:?}");
}

/// The cells of a workbook of some of the audits that are words.
fn cells(audits: &[Audit], library: &Library, is_of: fn(&Audit) -> bool) -> Vec<String> {
    let audits = audits.iter().filter(|audit| is_of(audit)).cloned().collect();
    let batch = Batch { audits, rulebooks: library.rulebooks().to_vec(), ..Batch::default() };
    let tables = fuhe::report::tables(&batch, Language::Zh);
    let cells = tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    cells.filter_map(|cell| if let Value::Text(text) = &cell.value { Some(text.clone()) } else { None }).collect()
}

#[test]
fn of_one_cell_it_is_asked_what_it_means_and_of_several_which_one_holds() {
    let (audits, library) = audited();
    let one =
        cells(audits, library, |audit| audit.file == "number-formats.ods" || audit.file == "number-formats-ods.ods");
    let asked = "“二季度部门预算支出进度”填报为“0.48”，请明确是48% 或 0.48%";
    assert!(one.iter().any(|cell| cell == asked), "{one:?}");
    let several = cells(audits, library, |audit| audit.file == "fact-given-twice-conflicting.xlsx");
    let asked = "“服务对象满意度”有多处填报且不一致（97.5%（基础数据表!C55）、93%（补充数据!B2）），请明确以何处为准";
    assert!(several.iter().any(|cell| cell == asked), "{several:?}");
}

#[test]
fn a_misprint_of_the_card_stands_in_the_working_paper_of_its_indicator() {
    let (audits, library) = audited();
    let cells = cells(audits, library, |audit| audit.file == "fact-given-twice-conflicting.xlsx");
    let note = "评分标准说明：官方评分表第1条写作“8分”";
    assert!(cells.iter().any(|cell| cell.starts_with(note)), "{cells:?}");
}

#[test]
fn each_list_numbers_its_own_rows_from_one() {
    let (audits, library) = audited();
    let of_both = |audit: &&Audit| audit.file.contains("体育") || audit.file.contains("教育局");
    let audits: Vec<Audit> = audits.iter().filter(of_both).cloned().collect();
    assert!(audits.iter().any(|audit| audit.form.is_some()) && audits.iter().any(|audit| audit.form.is_none()));
    let batch = Batch { audits, rulebooks: library.rulebooks().to_vec(), ..Batch::default() };
    let tables = fuhe::report::tables(&batch, Language::Zh);
    for name in ["总览", "项目总览", "逐项核对", "项目逐项核对"] {
        let table = tables.iter().find(|table| table.name == name).expect(name);
        let numbered = table.rows.iter().filter_map(|row| match row.cells.first()?.value {
            Value::Number(number, _) => Some(number.to_string()),
            _ => None,
        });
        assert_eq!(numbered.take(2).collect::<Vec<_>>(), ["1", "2"], "{name}");
    }
}

#[test]
fn the_rules_are_told_in_words_without_names_of_programs() {
    let (audits, library) = audited();
    let cells = cells(audits, library, |audit| audit.file == "fact-given-twice-conflicting.xlsx");
    for words in ["2020 年度起", "优：90分（含）以上；良：80分（含）以上；中：60分（含）以上；差：0分（含）以上"]
    {
        assert!(cells.iter().any(|cell| cell == words), "{words}");
    }
    for card in library.rulebooks().iter().filter_map(Rulebook::card) {
        let ids = card.indicators.iter().flat_map(|indicator| &indicator.readings).map(|reading| &reading.id);
        for id in ids.filter(|id| !id.is_empty()) {
            assert!(!cells.iter().any(|cell| cell.contains(id.as_str())), "{id} is for programs");
        }
    }
}
