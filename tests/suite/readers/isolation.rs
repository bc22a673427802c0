//! The reader that a batch uses: workers kept, and their deaths told apart.

use std::time::{Duration, Instant};

use fuhe::workbook::{Isolation, LimitName, Limits, Problem, Reader, Stage, open};

use super::offices::fixture;
use super::parts::xlsx_rows;

fn reader(limits: Limits) -> Reader {
    Reader::new(limits, Isolation::Worker(env!("CARGO_BIN_EXE_fuhe").into()))
}

#[test]
fn a_worker_gives_what_reading_in_this_process_gives() {
    let reader = reader(Limits::default());
    for name in ["office.xls", "office.xlsx", "office.ods", "never_calculated.xls"] {
        let bytes = fixture(name);
        let here = open(name, &bytes, &Limits::default());
        assert!(here.is_ok());
        for _ in 0..3 {
            assert_eq!(reader.open(name, &bytes, &reader.turn()), here, "{name}");
        }
    }
    let cut = &fixture("office.xls")[..9000];
    assert_eq!(reader.open("a.xls", cut, &reader.turn()), open("a.xls", cut, &Limits::default()));
    assert!(reader.open("a.xls", cut, &reader.turn()).is_err());
    assert!(reader.open("a.xlsx", &xlsx_rows("<row><c><v>1</v></c></row>"), &reader.turn()).is_ok());
}

#[test]
fn threads_share_a_reader() {
    let reader = reader(Limits::default());
    let bytes = fixture("office.xls");
    let expected = open("a.xls", &bytes, &Limits::default());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..5).for_each(|_| assert_eq!(reader.open("a.xls", &bytes, &reader.turn()), expected)));
        }
    });
}

#[test]
fn a_worker_over_its_memory_costs_one_file() {
    let reader = reader(Limits { memory: 200_000, ..Limits::default() });
    let large = fixture("office.xls");
    let small = fixture("never_calculated.xls");
    for _ in 0..2 {
        assert_eq!(reader.open("a.xls", &large, &reader.turn()), Err(Problem::over(LimitName::Memory, 200_000)));
        assert!(reader.open("b.xls", &small, &reader.turn()).is_ok());
    }
}

#[test]
fn a_worker_that_cannot_be_started_loses_no_file() {
    let reader = Reader::new(Limits::default(), Isolation::Worker("/no/such/program".into()));
    assert!(reader.open("a.xls", &fixture("office.xls"), &reader.turn()).is_ok());
}

/// A program that behaves as a broken worker would.
#[cfg(unix)]
fn broken(folder: &std::path::Path, script: &str) -> Reader {
    use std::os::unix::fs::PermissionsExt;
    let path = folder.join("worker.sh");
    std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    Reader::new(Limits { time: Duration::from_millis(200), ..Limits::default() }, Isolation::Worker(path))
}

#[cfg(unix)]
#[test]
fn a_worker_that_hangs_is_ended_and_told_as_timed_out() {
    let folder = tempfile::tempdir().unwrap();
    let reader = broken(folder.path(), "exec sleep 60");
    let begun = Instant::now();
    assert_eq!(
        reader.open("a.xls", &fixture("office.xls"), &reader.turn()),
        Err(Problem::timed_out(Duration::from_millis(200)))
    );
    assert!(begun.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_workbook_that_turns_out_to_be_large_waits_for_the_one_that_is_being_worked_on() {
    let reader = Reader::new(Limits::default(), Isolation::InProcess);
    let (small, large) =
        (xlsx_rows(&"<row><c><v>1</v></c></row>".repeat(10)), xlsx_rows(&"<row><c><v>1</v></c></row>".repeat(30_001)));
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::scope(|scope| {
        let turn = reader.turn();
        turn.take();
        for (name, bytes) in [("小.xlsx", &small), ("大.xlsx", &large)] {
            let (reader, tell) = (&reader, tell.clone());
            scope.spawn(move || {
                let own = reader.turn();
                reader.open(name, bytes, &own).unwrap();
                tell.send(name).unwrap();
            });
        }
        assert_eq!(told.recv().unwrap(), "小.xlsx");
        assert!(told.recv_timeout(Duration::from_millis(300)).is_err(), "two large ones are held at once");
        drop(turn);
        assert_eq!(told.recv().unwrap(), "大.xlsx");
    });
}

#[cfg(unix)]
#[test]
fn a_worker_that_dies_or_talks_nonsense_is_told_as_failed() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = fixture("office.xls");
    let dead = broken(folder.path(), "head -c 40000 > /dev/null; exit 3");
    let dies = dead.open("a.xls", &bytes, &dead.turn());
    assert!(matches!(&dies, Err(problem) if problem.code.as_str() == "reader-failed"), "{dies:?}");
    let talker = broken(folder.path(), "head -c 200 > /dev/null; echo 'nonsense'; exec sleep 60");
    let nonsense = talker.open("a.xls", &bytes[..500], &talker.turn());
    assert_eq!(nonsense, Err(Problem::reader_failed(Stage::Answering)));
}
