//! The paths that every submission goes through, one at a time, for counting their instructions.
//!
//! `hot_paths PATH`, started under callgrind by `tests/bench/instructions.py`, runs one of [`PATHS`] over the samples.
//! What is counted is what happens inside [`counted`]: rules and words are loaded before, and a first round that fills
//! whatever a run prepares once is not counted either. The audits are of workbooks other than the one of that first round.

#![allow(clippy::print_stdout, reason = "how often the path was gone is the result")]

use std::hint::black_box;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use calamine::{Reader as _, Sheets};
use fuhe::assigned::Readings;
use fuhe::audit::Audit;
use fuhe::batch::{ArchiveLimits, Input, Opened, Setup, explain_file, find};
use fuhe::facts;
use fuhe::quantity::{self, Typed};
use fuhe::report::writers::jsonl;
use fuhe::rescore::rescore;
use fuhe::rulebook::library::{Library, RuleOptions};
use fuhe::rulebook::{Rulebook, Scorecard, builtin};
use fuhe::submission::{Effort, EffortLimits, collect};
use fuhe::tables;
use fuhe::text::Language;
use fuhe::vocabulary::Vocabulary;
use fuhe::workbook::{self, Isolation, Limits, Reader, Workbook};

/// Goes a path and gives how often it was gone while it was counted.
type Going = fn() -> usize;

const PATHS: [(&str, Going); 8] = [
    ("numbers", numbers),
    ("reading", reading),
    ("tables", table_model),
    ("labels", labels),
    ("rules", rules),
    ("card", whole_cards),
    ("project-form", whole_forms),
    ("calamine", by_calamine),
];

fn main() {
    let wanted = std::env::args().skip(1).find(|word| word != "--bench");
    match wanted.and_then(|wanted| PATHS.iter().find(|(name, _)| *name == wanted)) {
        Some((_, path)) => println!("{}", path()),
        None => PATHS.iter().for_each(|(name, _)| println!("{name}")),
    }
}

/// The instructions in here are counted: callgrind is told this name.
#[inline(never)]
fn counted<T>(work: impl FnOnce() -> T) -> T {
    black_box(work())
}

/// Numbers, answers and targets as people type them.
const TYPED: [&str; 24] = [
    "1701.05",
    "1,701.05",
    "１７０１．０５",
    "1701.05万元",
    "17,010,500.00元",
    "0.17亿",
    "￥88.74",
    "98.82%",
    "98.82％",
    "百分之九十八",
    "约98%",
    "5分",
    "4.5",
    "三十六人",
    "36人",
    "无",
    "是",
    "否",
    "√是 □否",
    "≥95%",
    "90%-95%",
    "不低于12次",
    "2020年12月底前",
    "有效提升",
];

fn numbers() -> usize {
    let words = &Vocabulary::builtin().quantities;
    let every = || {
        for text in TYPED {
            let typed = Typed::Text(black_box(text));
            black_box(quantity::score(words, typed));
            black_box(quantity::money(words, typed));
            black_box(quantity::percent(words, typed, true));
            black_box(quantity::count(words, typed, true));
            black_box(quantity::yes_no(words, typed));
            black_box(quantity::target(words, typed));
            black_box(quantity::measured(words, typed));
        }
    };
    every();
    counted(every);
    TYPED.len()
}

fn samples(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(folder);
    let entries = std::fs::read_dir(folder).expect("the samples").map(|entry| entry.expect("a sample").path());
    let mut paths: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|ending| ending == "xlsx")).collect();
    paths.sort();
    paths
}

fn opened(bytes: &[u8]) -> Workbook {
    workbook::open("样例.xlsx", bytes, &Limits::default()).expect("a workbook")
}

/// The first is for the round that is not counted.
fn contents() -> (Vec<u8>, Vec<Vec<u8>>) {
    let mut all = samples("shenzhen-2020").into_iter().map(|path| std::fs::read(path).expect("a sample"));
    (all.next().expect("several samples"), all.collect())
}

fn reading() -> usize {
    let (first, others) = contents();
    black_box(opened(&first));
    counted(|| others.iter().for_each(|bytes| drop(black_box(opened(bytes)))));
    others.len()
}

/// The yardstick: calamine reads cells, formulas and merged areas of the same cards.
fn by_calamine() -> usize {
    let (first, others) = contents();
    let read = |bytes: &Vec<u8>| {
        let mut book = calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).expect("a workbook");
        for name in book.sheet_names() {
            black_box(book.worksheet_range(&name).expect("cells"));
            black_box(book.worksheet_formula(&name).expect("formulas"));
            if let Sheets::Xlsx(book) = &mut book {
                black_box(book.merge_cells_by_sheet_name(&name).expect("merged areas"));
            }
        }
    };
    read(&first);
    counted(|| others.iter().for_each(read));
    others.len()
}

fn table_model() -> usize {
    let (first, others) = contents();
    let others: Vec<Workbook> = others.iter().map(|bytes| opened(bytes)).collect();
    let all = |book: &Workbook| {
        for sheet in &book.sheets {
            black_box(tables::tables(sheet, Vocabulary::builtin()));
        }
    };
    all(&opened(&first));
    counted(|| others.iter().for_each(all));
    others.len()
}

fn shenzhen() -> Rulebook {
    builtin("shenzhen-2020").expect("built in")
}

fn card(rulebook: &Rulebook) -> &Scorecard {
    rulebook.card().expect("a card")
}

fn submission(book: &Workbook, rulebook: &Rulebook) -> fuhe::submission::Submission {
    let effort = Effort::new(EffortLimits::default(), 1);
    let found = collect(Vocabulary::builtin(), book, "样例.xlsx", card(rulebook), &rulebook.grades, &effort);
    found.unwrap_or_else(|_| panic!("a submission"))
}

/// The card, the base data and the narrative found by their words.
fn labels() -> usize {
    let rulebook = shenzhen();
    let (first, others) = contents();
    let others: Vec<Workbook> = others.iter().map(|bytes| opened(bytes)).collect();
    black_box(submission(&opened(&first), &rulebook));
    counted(|| others.iter().for_each(|book| drop(black_box(submission(book, &rulebook)))));
    others.len()
}

/// Every indicator recomputed from the facts of a submission.
fn rules() -> usize {
    let rulebook = shenzhen();
    let card = card(&rulebook);
    let (first, others) = contents();
    let known = |bytes: &Vec<u8>| facts::gather(card, &submission(&opened(bytes), &rulebook)).known;
    let (first, others) = (known(&first), others.iter().map(known).collect::<Vec<_>>());
    let all = |facts| card.indicators.iter().for_each(|indicator| drop(black_box(rescore(card, indicator, facts))));
    all(&first);
    counted(|| others.iter().for_each(all));
    others.len()
}

fn whole_cards() -> usize {
    whole("shenzhen-2020")
}

fn whole_forms() -> usize {
    whole("project-2020")
}

/// Files as a run audits them, from the disk to their lines.
fn whole(folder: &str) -> usize {
    let library = Library::open(&RuleOptions::default()).expect("built in");
    let reader = Reader::new(Limits::default(), Isolation::InProcess);
    let setup = Setup {
        library: &library,
        vocabulary: Vocabulary::builtin(),
        readings: Readings::none(),
        resumed: fuhe::resume::Resumed::none(),
        before: None,
        basis: None,
        reader: &reader,
        limits: ArchiveLimits::default(),
        effort: EffortLimits::default(),
    };
    let inputs = find(&samples(folder), &setup.limits).expect("the samples").inputs;
    let one = |input: &Input| {
        let explained = explain_file(input, &setup, &mut Opened::default());
        let audits: Vec<Audit> = explained.into_iter().map(|explained| explained.audit).collect();
        assert!(audits.iter().all(|audit| audit.problem.is_none()), "{} is audited", input.file);
        jsonl::write(&audits, Language::Zh, &mut std::io::sink()).expect("lines");
    };
    one(&inputs[0]);
    counted(|| inputs[1..].iter().for_each(one));
    inputs.len() - 1
}
