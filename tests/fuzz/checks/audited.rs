//! A workbook that could be read, audited by everything that is built in.

use std::io::BufReader;
use std::sync::LazyLock;
use std::time::Duration;

use fuhe::audit::{Audit, FileIdentity};
use fuhe::audit_one::audit_form;
use fuhe::audit_one::audit_scorecard;
use fuhe::recomputed;
use fuhe::report::writers::jsonl;
use fuhe::rulebook::library::Library;
use fuhe::rulebook::library::RuleOptions;
use fuhe::rulebook::{Rows, Rulebook};
use fuhe::self_check;
use fuhe::submission::{self, Effort, declared};
use fuhe::text::Language;
use fuhe::workbook::{COLUMNS, Limits, ROWS, Workbook};

/// The rulebooks that are built in.
pub static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::open(&RuleOptions::default()).expect("built in"));

/// Limits that let a fuzzer try many inputs a second, and are reached by some of them.
pub fn limits() -> Limits {
    Limits {
        unpacked_bytes: 4 << 20,
        part_bytes: 1 << 20,
        cells: 20_000,
        text_chars: 2_000,
        text_bytes: 1 << 20,
        time: Duration::from_secs(10),
        ..Limits::default()
    }
}

/// Whatever cells there are: they lie in the sheet and keep the limits, and auditing them gives something that holds
/// together and can be stored and read again.
pub fn audited(workbook: &Workbook) {
    let limits = limits();
    let cells: usize = workbook.sheets.iter().map(|sheet| sheet.cells.len()).sum();
    assert!(cells as u64 <= limits.cells, "{cells} cells");
    for address in workbook.sheets.iter().flat_map(|sheet| sheet.cells.keys()) {
        assert!(address.row < ROWS && address.column < COLUMNS, "{address:?}");
    }
    for rulebook in LIBRARY.rulebooks() {
        let audits = by(rulebook, workbook);
        for audit in &audits {
            assert_eq!(self_check::states(audit), []);
            assert_eq!(self_check::contradictions(audit, rulebook), []);
            assert_eq!(self_check::foreign(audit, Some(rulebook)), []);
        }
        let mut stored = Vec::new();
        jsonl::write(&audits, Language::Zh, &mut stored).expect("memory takes it");
        let again = jsonl::read(BufReader::new(&stored[..])).expect("what was written can be read");
        for audit in &again {
            assert_eq!(recomputed::untrue(audit, Some(rulebook)), [], "what was stored comes out again");
        }
        let mut stored_again = Vec::new();
        jsonl::write(&again, Language::Zh, &mut stored_again).expect("memory takes it");
        assert!(stored == stored_again, "stored audits differ from those that were made");
    }
}

fn by(rulebook: &Rulebook, workbook: &Workbook) -> Vec<Audit> {
    let (file, language) = (FileIdentity { file: "某局.xlsx".to_owned(), ..FileIdentity::default() }, Language::Zh);
    let effort = Effort::default();
    match &rulebook.rows {
        Rows::Common(card) => submission::collect(
            fuhe::vocabulary::Vocabulary::builtin(),
            workbook,
            &file.file,
            card,
            &rulebook.grades,
            &effort,
        )
        .map_err(|refusal| assert!(!language.phrase(&refusal.phrase()).is_empty()))
        .into_iter()
        .map(|submission| audit_scorecard(rulebook, submission, file.clone()))
        .collect(),
        Rows::Own(form) => declared::find(fuhe::vocabulary::Vocabulary::builtin(), workbook, &file.file, form, &effort)
            .iter()
            .filter(|form| !form.blank)
            .map(|form| audit_form(rulebook, form, file.clone()))
            .collect(),
    }
}
