//! Whatever ends a run while the audit workbook is replaced, there is a whole one in its place, and every backup is whole.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use fuhe::workbook::{Limits, open};

use crate::cli::{Desk, code, samples, words};

/// A desk with the audit workbook of all samples, beside it the lines of one of them: a run over these replaces the large workbook by
/// a small one.
fn large_and_small() -> (Desk, Vec<u8>) {
    let desk = Desk::with_samples();
    assert_eq!(code(&desk.fuhe(&["报送", "-o", "a.xlsx"])), 0);
    let large = fs::read(desk.path("a.xlsx")).unwrap();
    desk.put("一家/某局.xlsx", &fs::read(&samples()[0]).unwrap());
    (desk, large)
}

/// Names of what stands on the desk beside its folders.
fn files(desk: &Desk) -> Vec<String> {
    let entries = fs::read_dir(desk.folder.path()).unwrap().map(|entry| entry.unwrap());
    let files = entries.filter(|entry| entry.file_type().unwrap().is_file());
    let mut names: Vec<String> = files.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn is_whole(bytes: &[u8]) -> bool {
    open("a.xlsx", bytes, &Limits { file_bytes: 1 << 30, ..Limits::default() }).is_ok()
}

#[test]
fn a_disk_that_is_full_while_the_backup_is_made_costs_neither_the_workbook_nor_its_backup() {
    let (desk, large) = large_and_small();
    // Files may become so large: the new workbook does not, the copy of the old one would.
    let blocks = large.len() / 512 * 3 / 4;
    let script =
        format!("trap '' XFSZ; ulimit -f {blocks}; exec '{}' report 一家.jsonl -o a.xlsx", env!("CARGO_BIN_EXE_fuhe"));
    assert_eq!(code(&desk.fuhe(&["一家", "--jsonl", "一家.jsonl", "--no-workbook"])), 0);
    let before = files(&desk);
    let output = Command::new("sh").current_dir(desk.folder.path()).args(["-c", &script]).output().unwrap();
    assert_eq!(code(&output), 2, "{}", words(&output));
    assert!(words(&output).contains("a.bak-1.xlsx") || words(&output).contains("a.xlsx"), "{}", words(&output));
    assert!(fs::read(desk.path("a.xlsx")).unwrap() == large, "what stood there stands there");
    assert_eq!(files(&desk), before, "no cut backup, and nothing else is left");
    // With room again the same command does it, and the backup is what stood there.
    let output = desk.fuhe(&["report", "一家.jsonl", "-o", "a.xlsx"]);
    assert_eq!(code(&output), 0, "{}", words(&output));
    assert!(fs::read(desk.path("a.bak-1.xlsx")).unwrap() == large);
    assert!(
        fs::metadata(desk.path("a.xlsx")).unwrap().len() < blocks as u64 * 512,
        "the new one had room all the time"
    );
}

#[test]
fn a_run_that_is_killed_at_any_moment_leaves_whole_workbooks_and_the_next_one_clears_up() {
    let (desk, large) = large_and_small();
    let run = || {
        let mut run = Command::new(env!("CARGO_BIN_EXE_fuhe"));
        run.current_dir(desk.folder.path()).args(["一家", "-o", "a.xlsx"]).stdout(Stdio::null()).stderr(Stdio::null());
        run.spawn().unwrap()
    };
    let left = || files(&desk).into_iter().filter(|name| name.starts_with(".fuhe-")).count();
    let mut left_something = 0;
    for moment in 0..16 {
        fs::write(desk.path("a.xlsx"), &large).unwrap();
        fs::remove_file(desk.path("a.bak-1.xlsx")).unwrap_or(());
        let before = left();
        let mut child = run();
        // From when it begins to write beside its output, ever later: the backup is made then, and the new workbook put in place.
        let begun = Instant::now();
        while left() <= before && child.try_wait().unwrap().is_none() {
            assert!(begun.elapsed() < Duration::from_secs(120), "the run never began to write");
            std::thread::sleep(Duration::from_micros(200));
        }
        std::thread::sleep(Duration::from_millis(moment * moment));
        child.kill().unwrap_or(());
        child.wait().unwrap();
        left_something += usize::from(left() > 0);
        assert!(is_whole(&fs::read(desk.path("a.xlsx")).unwrap()), "{moment}: in its place");
        for backup in files(&desk).iter().filter(|name| name.contains(".bak-")) {
            assert!(fs::read(desk.path(backup)).unwrap() == large, "{moment}: {backup}");
        }
    }
    assert!(left_something > 0, "no run was killed while it wrote");
    assert!(run().wait().unwrap().success());
    assert_eq!(left(), 0, "what killed runs left is cleared away");
}
