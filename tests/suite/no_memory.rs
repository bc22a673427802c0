//! The system has no more memory: a sentence, and the code of a run that could not be done.
#![cfg(target_os = "linux")]

use std::process::Command;

use crate::cli::{Desk, samples};

/// Code and words of a run that may take so many kilobytes of address space.
fn within(desk: &Desk, kilobytes: u32, language: &str) -> (Option<i32>, String) {
    let run = format!(
        "ulimit -v {kilobytes}; exec '{}' 报送 --lang {language} --jobs 2 --jsonl a.jsonl --no-workbook --force",
        env!("CARGO_BIN_EXE_fuhe")
    );
    let output = Command::new("sh").current_dir(desk.folder.path()).args(["-c", &run]).output().unwrap();
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn a_run_without_memory_ends_in_a_sentence_of_its_language_and_code_2() {
    let desk = Desk::new();
    desk.put("报送/某局.xlsx", &std::fs::read(&samples()[0]).unwrap());
    let mut ended = 0;
    // From too little for the system to load the program (127) to enough for all of it.
    for megabytes in (60..300).step_by(30) {
        let (code, words) = within(&desk, megabytes << 10, "zh");
        match code {
            Some(0 | 127) => {}
            Some(2) => {
                ended += 1;
                assert!(words.ends_with("请关闭其他程序，或加 --jobs 1 重新运行\n"), "{megabytes} MB: {words}");
                let (code, words) = within(&desk, megabytes << 10, "en");
                assert!(code != Some(2) || words.contains("There is no more memory"), "{megabytes} MB: {words}");
            }
            other => panic!("{megabytes} MB: {other:?} {words}"),
        }
    }
    assert!(ended > 0, "no limit was too little");
}
