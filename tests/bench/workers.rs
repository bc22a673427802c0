//! What reading .xls and .xlsb in processes of their own costs a clean batch.
//!
//! `cargo bench --bench workers [-- ROUNDS]` audits three batches of 200 workbooks and lays their audit workbook out, each
//! several times with workers and without, in turns, and prints the median of the paired ratios: one batch of .xlsx, one
//! with a tenth of .xls, one of .xls only. Without workers there is no second reading either: its cost is in the ratio.

#![allow(clippy::print_stdout, reason = "the figures are the result")]

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use fuhe::batch::{ArchiveLimits, Course, Setup, audit_all, find};
use fuhe::report::{self, Batch, RunInfo};
use fuhe::rulebook::library::Library;
use fuhe::rulebook::library::RuleOptions;
use fuhe::submission::EffortLimits;
use fuhe::text::Language;
use fuhe::workbook::{Isolation, Limits, Reader};

const FILES: usize = 200;

fn main() {
    let rounds = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(15);
    for (name, every) in [("200 .xlsx", usize::MAX), ("180 .xlsx and 20 .xls", 10), ("200 .xls", 1)] {
        let folder = batch(every);
        let mut ratios: Vec<f64> = (0..rounds).map(|round| ratio(folder.path(), round % 2 == 0)).collect();
        ratios.sort_by(f64::total_cmp);
        println!(
            "{name}: {:.3} times as long with workers (from {:.3} to {:.3}, {rounds} pairs)",
            ratios[rounds / 2],
            ratios[0],
            ratios[rounds - 1]
        );
    }
}

/// Copies of two workbooks of the test corpus; every so many of them an .xls.
fn batch(every: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    for number in 0..FILES {
        let (from, ending) = match number % every {
            0 if every <= FILES => ("format-xls-resaved.xls", "xls"),
            _ => ("format-xlsx-resaved.xlsx", "xlsx"),
        };
        std::fs::copy(corpus.join(from), folder.path().join(format!("{number:03}局.{ending}"))).expect("a copy");
    }
    folder
}

/// How many times as long the batch takes with workers as without; which of the two goes first is told.
fn ratio(folder: &Path, workers_first: bool) -> f64 {
    let worker = || seconds(folder, Isolation::Worker(PathBuf::from(env!("CARGO_BIN_EXE_fuhe"))));
    let here = || seconds(folder, Isolation::InProcess);
    if workers_first {
        let with = worker();
        with / here()
    } else {
        let without = here();
        worker() / without
    }
}

fn seconds(folder: &Path, isolation: Isolation) -> f64 {
    let library = Library::open(&RuleOptions::default()).expect("built in");
    let begun = Instant::now();
    let reader = Reader::new(Limits::default(), isolation);
    let setup = Setup {
        library: &library,
        vocabulary: fuhe::vocabulary::Vocabulary::builtin(),
        readings: fuhe::assigned::Readings::none(),
        resumed: fuhe::resume::Resumed::none(),
        before: None,
        basis: None,
        reader: &reader,
        limits: ArchiveLimits::default(),
        effort: EffortLimits::default(),
    };
    let found = find(&[folder.to_owned()], &setup.limits).expect("the folder");
    let course = Course { jobs: Some(2), tell: &|_| {}, stop: &AtomicBool::new(false) };
    let audits = audit_all(&found.inputs, &setup, course).expect("audits");
    let rulebooks = library.rulebooks().to_vec();
    let batch = Batch { audits: audits.clone(), rulebooks, run: RunInfo::default(), ..Batch::default() };
    let reports = report::reports(&batch, Language::Zh);
    report::writers::xlsx::workbook(&reports.workbook, Language::Zh, None).expect("a workbook");
    assert_eq!(audits.iter().filter(|audit| audit.problem.is_none()).count(), FILES);
    begun.elapsed().as_secs_f64()
}
