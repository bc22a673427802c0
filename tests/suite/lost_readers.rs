//! The process that reads a file is ended by the system: the file is tried once more, alone, and its department is not blamed.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

use fuhe::audit::{Audit, Status};
use fuhe::batch::{ArchiveLimits, Course, Setup, audit_all, find};
use fuhe::rulebook::library::{Library, RuleOptions};
use fuhe::submission::EffortLimits;
use fuhe::text::Language;
use fuhe::workbook::{Isolation, Limits, Reader};

/// A folder with three .xls (each one card), a good .xlsx among them, and a place beside it.
fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let inputs = folder.path().join("送");
    fs::create_dir(&inputs).unwrap();
    for name in ["甲.xls", "乙.xls", "丙.xls"] {
        fs::copy(corpus.join("format-xls-biff.xls"), inputs.join(name)).unwrap();
    }
    fs::copy(&crate::cli::samples()[0], inputs.join("丁.xlsx")).unwrap();
    (folder, inputs)
}

/// Audits with workers that this script is: `$HERE` is the folder beside the inputs, `$FUHE` the program.
fn audited(here: &Path, inputs: &Path, script: &str) -> (Vec<Audit>, Vec<String>) {
    let worker = here.join("worker.sh");
    let text = format!("#!/bin/sh\nHERE='{}'\nFUHE='{}'\n{script}\n", here.display(), env!("CARGO_BIN_EXE_fuhe"));
    fs::write(&worker, text).unwrap();
    fs::set_permissions(&worker, fs::Permissions::from_mode(0o755)).unwrap();
    let library = Library::open(&RuleOptions::default()).unwrap();
    let reader = Reader::new(Limits::default(), Isolation::Worker(worker));
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
    let done = Mutex::new(Vec::new());
    let tell = |file: &str| done.lock().unwrap().push(file.to_owned());
    let found = find(&[inputs.to_owned()], &setup.limits).unwrap();
    let course = Course { jobs: Some(2), tell: &tell, stop: &AtomicBool::new(false) };
    let audits = audit_all(&found.inputs, &setup, course).unwrap();
    (audits, done.into_inner().unwrap())
}

#[test]
fn a_file_whose_reader_is_ended_once_is_read_again_when_the_others_are_done() {
    let (folder, inputs) = folder();
    let (expected, _) = audited(folder.path(), &inputs, "exec \"$FUHE\" \"$@\"");
    assert!(expected.len() == 4 && expected.iter().all(|audit| audit.status == Status::Audited));
    // The first process ends as one does that the system ends; whoever comes later reads.
    let (audits, done) = audited(
        folder.path(),
        &inputs,
        "if mkdir \"$HERE/first\" 2>/dev/null; then head -c 1000 >/dev/null; kill -9 $$; fi; exec \"$FUHE\" \"$@\"",
    );
    assert!(audits == expected, "as if nothing had happened");
    assert_eq!(done.len(), 4, "each is told once: {done:?}");
    assert!(done[3].ends_with(".xls"), "the one that is read again is the last: {done:?}");
}

#[test]
fn a_file_whose_reader_is_ended_twice_is_unread_and_nobody_is_asked_to_hand_it_in_again() {
    let (folder, inputs) = folder();
    let (audits, done) =
        audited(folder.path(), &inputs, "echo x >> \"$HERE/started\"; head -c 1000 >/dev/null; kill -9 $$");
    let unread: Vec<&Audit> = audits.iter().filter(|audit| audit.status == Status::Unread).collect();
    assert_eq!((unread.len(), done.len()), (3, 4), "the .xlsx needs no such process");
    let tries = fs::read_to_string(folder.path().join("started")).unwrap().lines().count();
    assert_eq!(tries, 6, "each twice, none more often");
    for audit in unread {
        let problem = audit.problem.as_ref().unwrap();
        let words = Language::Zh.phrase(&problem.phrase);
        assert!(words.contains("两次被系统中止") && words.contains("不说明文件有问题"), "{words}");
        assert!(!words.contains("重新报送") && problem.code.as_str() == "reader-failed", "{words}");
        assert!(!audit.sha256.is_empty());
    }
}

#[test]
fn a_reader_that_gives_up_by_itself_is_not_tried_again() {
    let (folder, inputs) = folder();
    let (audits, _) = audited(folder.path(), &inputs, "echo x >> \"$HERE/started\"; head -c 1000 >/dev/null; exit 3");
    assert_eq!(audits.iter().filter(|audit| audit.status == Status::Unread).count(), 3);
    assert_eq!(fs::read_to_string(folder.path().join("started")).unwrap().lines().count(), 3);
}
