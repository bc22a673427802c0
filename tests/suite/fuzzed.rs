//! What a fuzzer once broke stays mended: every input kept under tests/fuzz/regressions is tried again, and beside it
//! the inputs that the fuzzers begin with.

use std::path::{Path, PathBuf};

use crate::fuzz_checks::{container, expression, number, parts, records, rulebook};

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz").join(folder);
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    files
}

type Check = fn(&[u8]);

fn again(target: &str, check: Check) {
    for file in files(&format!("regressions/{target}")) {
        let input = std::fs::read(&file).expect("a file");
        assert!(std::panic::catch_unwind(|| check(&input)).is_ok(), "{} fails again", file.display());
    }
}

#[test]
fn what_a_fuzzer_broke_stays_mended() {
    let targets: [(&str, Check); 6] = [
        ("parts", parts),
        ("records", records),
        ("container", container),
        ("number", number),
        ("rulebook", rulebook),
        ("expression", expression),
    ];
    for (target, check) in targets {
        again(target, check);
    }
    let known =
        files("regressions").iter().filter(|folder| !targets.iter().any(|(name, _)| folder.ends_with(name))).count();
    assert_eq!(known, 0, "a folder of regressions that no check takes");
}

#[test]
fn the_numbers_that_fuzzing_begins_with_hold_what_every_number_must() {
    let numbers = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/seeds/numbers.txt"));
    let numbers = numbers.expect("the seeds");
    assert!(numbers.lines().count() > 50);
    numbers.lines().for_each(|line| number(line.as_bytes()));
}

#[test]
fn every_sum_of_the_built_in_card_is_written_as_it_is_read() {
    let card = fuhe::rulebook::builtin_text("shenzhen-2020").expect("the built-in card");
    let sums = card.lines().filter_map(|line| line.strip_prefix("value = ")).map(|sum| sum.trim_matches('"'));
    assert!(sums.map(|sum| expression(sum.as_bytes())).count() > 10);
}
