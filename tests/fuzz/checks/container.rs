//! A file as it lies on a disk: workbooks in their containers, archives of them, and whatever else.

use std::collections::BTreeSet;
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

use fuhe::batch::{ArchiveLimits, Course, Setup, audit_all, find};
use fuhe::self_check;
use fuhe::submission::EffortLimits;
use fuhe::text::Language;
use fuhe::workbook::{Isolation, Reader};
use tempfile::TempDir;

use super::audited::{LIBRARY, limits};

const NAMES: [&str; 4] = ["某局.xlsx", "某局.xls", "某局.ods", "某区.zip"];

/// In memory where the system has such a folder.
static FOLDER: LazyLock<TempDir> = LazyLock::new(|| {
    let memory = std::path::Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.expect("a folder")
});
static READER: LazyLock<Reader> = LazyLock::new(|| Reader::new(limits(), Isolation::InProcess));

/// Audits a file of these bytes; the first byte tells its name. There is a line for it, and every unread line says why.
pub fn container(data: &[u8]) {
    let Some((kind, bytes)) = data.split_first() else { return };
    let path = FOLDER.path().join(NAMES[usize::from(*kind) % NAMES.len()]);
    std::fs::write(&path, bytes).expect("the folder takes a file");
    let archives = ArchiveLimits { entry_bytes: 1 << 20, ..ArchiveLimits::default() };
    let setup = Setup {
        library: &LIBRARY,
        vocabulary: fuhe::vocabulary::Vocabulary::builtin(),
        readings: fuhe::assigned::Readings::none(),
        resumed: fuhe::resume::Resumed::none(),
        before: None,
        basis: None,
        reader: &READER,
        limits: archives,
        effort: EffortLimits::default(),
    };
    let found = find(&[path], &setup.limits).expect("the file is there");
    let audits =
        audit_all(&found.inputs, &setup, Course { jobs: Some(1), tell: &|_| {}, stop: &AtomicBool::new(false) })
            .expect("no contradiction");
    let lines: BTreeSet<&str> = audits.iter().map(|audit| audit.file.as_str()).collect();
    for input in &found.inputs {
        assert!(lines.contains(input.file.as_str()), "{} is lost", input.file);
    }
    for audit in &audits {
        assert_eq!(self_check::states(audit), []);
        let shown = |c: char| c == '\t' || !c.is_control();
        let told = audit.problem.as_ref().is_none_or(|told| {
            let words = Language::Zh.phrase(&told.phrase);
            !words.is_empty() && words.chars().all(shown)
        });
        assert!(told, "{:?}", audit.problem);
    }
}
