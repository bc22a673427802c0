//! Parts of a folder, audited apart and put together again: nothing may differ from a run over the whole.

use std::fs;

use crate::cli::{Desk, code, samples, words};

/// Samples in folders of cities, a copy and a broken one among them, names with blanks and what is no workbook.
fn desk() -> Desk {
    let desk = Desk::new();
    for (number, sample) in samples().iter().enumerate() {
        let city = ["甲市/一 区", "乙市"][number % 2];
        let name = sample.file_name().unwrap().to_str().unwrap();
        desk.put(&format!("送/{city}/{name}"), &fs::read(sample).unwrap());
    }
    let copy = fs::read(&samples()[0]).unwrap();
    desk.put("送/乙市/再报 一次.xlsx", &copy);
    desk.put("送/甲市/坏.xlsx", b"PK\x03\x04 broken");
    desk.put("送/甲市/说明.txt", "说明".as_bytes());
    desk
}

/// The files of the folder as a run names them.
fn files(desk: &Desk) -> Vec<String> {
    desk.lines("all.jsonl").iter().map(|line| line["file"].as_str().unwrap().to_owned()).collect()
}

fn whole(desk: &Desk) -> Vec<u8> {
    assert_eq!(code(&desk.fuhe(&["送", "-o", "all.xlsx", "--jsonl", "all.jsonl"])), 3);
    fs::read(desk.path("all.jsonl")).unwrap()
}

fn shard(desk: &Desk, name: &str, list: &[u8]) -> i32 {
    desk.put(&format!("{name}.list"), list);
    let (list, lines) = (format!("{name}.list"), format!("{name}.jsonl"));
    let output = desk.fuhe(&["送", "--files-from", &list, "--jsonl", &lines, "--no-workbook"]);
    assert!(output.stdout.is_empty(), "{}", words(&output));
    code(&output)
}

#[test]
fn reports_of_parts_are_those_of_a_run_over_the_whole_to_the_byte() {
    let desk = desk();
    let expected = whole(&desk);
    let files = files(&desk);
    // The copy and its original lie in different parts, so that no part knows of the other.
    for (number, part) in files.chunks(files.len().div_ceil(3)).enumerate() {
        shard(&desk, &format!("部 {number}"), part.join("\n").as_bytes());
        let lines = fs::read_to_string(desk.path(&format!("部 {number}.jsonl"))).unwrap();
        assert_eq!(lines.lines().count(), part.len());
        assert!(!lines.contains("duplicate-submission"), "{number}");
    }
    let report = ["report", "部 2.jsonl", "部 0.jsonl", "部 1.jsonl", "--folder", "送"];
    let output = desk.fuhe(&[&report[..], &["-o", "parts.xlsx", "--jsonl", "parts.jsonl"]].concat());
    assert_eq!(code(&output), 3, "{}", words(&output));
    assert_eq!(fs::read(desk.path("parts.jsonl")).unwrap(), expected);
    assert!(String::from_utf8(expected).unwrap().matches("\"duplicate-submission\"").count() >= 2);
    // Also links to the files, and the list of what is no workbook.
    assert_eq!(fs::read(desk.path("parts.xlsx")).unwrap(), fs::read(desk.path("all.xlsx")).unwrap());
    let output = desk.fuhe(&[&report[..], &["--no-workbook", "--jsonl", "again.jsonl"]].concat());
    assert_eq!(code(&output), 3, "{}", words(&output));
    assert!(words(&output).contains("复核结果：again.jsonl（"), "{}", words(&output));
    assert_eq!(fs::read(desk.path("again.jsonl")).unwrap(), fs::read(desk.path("all.jsonl")).unwrap());
}

#[test]
fn what_a_part_saw_of_its_own_batch_is_neither_doubled_nor_kept_when_it_is_no_longer_so() {
    let desk = desk();
    // A third copy: each pair of the three is one part's batch, all three are the whole's.
    desk.put("送/丙市/又报.xlsx", &fs::read(&samples()[0]).unwrap());
    let expected = whole(&desk);
    let copies: Vec<String> = {
        let of = desk.lines("all.jsonl");
        let first = of.iter().find(|line| line["file"] == "丙市/又报.xlsx").unwrap()["sha256"].clone();
        of.iter().filter(|line| line["sha256"] == first).map(|line| line["file"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(copies.len(), 3);
    let rest: Vec<String> = files(&desk).into_iter().filter(|file| !copies.contains(file)).collect();
    for (name, part) in [("a", &copies[..2]), ("b", &copies[1..]), ("c", &rest)] {
        shard(&desk, name, part.join("\n").as_bytes());
    }
    let told = |name: &str| fs::read_to_string(desk.path(name)).unwrap().matches("\"duplicate-submission\"").count();
    assert_eq!((told("a.jsonl"), told("b.jsonl"), told("c.jsonl")), (2, 2, 0));
    // The middle copy is in two parts, each time with another twin: still one submission with one result.
    let output = desk.fuhe(&["report", "a.jsonl", "b.jsonl", "c.jsonl", "--no-workbook", "--jsonl", "parts.jsonl"]);
    assert_eq!(code(&output), 3, "{}", words(&output));
    assert_eq!(fs::read(desk.path("parts.jsonl")).unwrap(), expected);
    assert_eq!(told("parts.jsonl"), 3, "one for each of the three");
    // Without its twins a copy is none.
    let line = desk.lines("a.jsonl").remove(0).to_string();
    desk.put("one.jsonl", format!("{line}\n").as_bytes());
    let output = desk.fuhe(&["report", "one.jsonl", "--no-workbook", "--jsonl", "alone.jsonl"]);
    assert_eq!(code(&output), 3, "the other line of its run is not there: {}", words(&output));
    assert!(words(&output).contains("缺少 1 行（第 2 行）"), "{}", words(&output));
    assert_eq!(told("alone.jsonl"), 0);
}

#[test]
fn files_without_a_result_are_told_when_results_are_put_together() {
    let desk = desk();
    whole(&desk);
    let files = files(&desk);
    let good: Vec<&String> = files.iter().filter(|file| !file.contains('坏')).collect();
    let list: Vec<&str> = good[1..].iter().map(|file| file.as_str()).collect();
    assert_eq!(shard(&desk, "a", list.join("\n").as_bytes()), 0);
    let output = desk.fuhe(&["report", "a.jsonl", "-o", "a.xlsx", "--folder", "送"]);
    assert_eq!(code(&output), 3, "not every file was audited");
    let said = words(&output);
    assert!(said.contains("有 2 份文件没有复核结果") && said.contains(good[0]) && said.contains("坏.xlsx"), "{said}");
    let output = desk.fuhe(&["report", "a.jsonl", "-o", "b.xlsx"]);
    assert_eq!((code(&output), words(&output).contains("没有复核结果")), (0, false), "no folder, nothing to miss");
}

#[test]
fn results_of_a_file_as_it_was_before_its_correction_are_not_counted_beside_the_new_ones() {
    let desk = desk();
    let first = "乙市/再报 一次.xlsx";
    assert_eq!(shard(&desk, "old", first.as_bytes()), 0);
    desk.put(&format!("送/{first}"), &fs::read(&samples()[1]).unwrap());
    whole(&desk);
    let report = ["report", "old.jsonl", "all.jsonl", "-o", "a.xlsx", "--folder", "送"];
    let output = desk.fuhe(&report);
    assert_eq!(code(&output), 2, "{}", words(&output));
    assert!(words(&output).contains(first) && words(&output).contains("两种不同的内容"), "{}", words(&output));
    assert!(!desk.path("a.xlsx").exists());
    // A file that was taken away has a result nonetheless; it is shown, and said.
    fs::remove_file(desk.path(&format!("送/{first}"))).unwrap();
    let output = desk.fuhe(&["report", "all.jsonl", "-o", "a.xlsx", "--folder", "送"]);
    assert_eq!(code(&output), 3, "one of them is broken");
    assert!(words(&output).contains("有 1 份复核结果的文件已不在文件夹中") && words(&output).contains(first));
}

#[test]
fn a_list_names_files_and_folders_in_whatever_way_lists_are_made() {
    let desk = desk();
    whole(&desk);
    let files = files(&desk);
    let of = |name: &str| -> Vec<String> {
        desk.lines(name).iter().map(|line| line["file"].as_str().unwrap().to_owned()).collect()
    };
    // As find, an editor under Windows and find -print0 write them; empty lines and repetitions count for nothing.
    let listed = |end: &str| -> String { files.iter().map(|file| format!("./{file}{end}")).collect() };
    shard(&desk, "a", format!("\n{}\n{}", listed("\n"), files[0]).as_bytes());
    shard(&desk, "b", format!("\u{feff}{}", listed("\r\n")).as_bytes());
    shard(&desk, "c", listed("\0").as_bytes());
    shard(&desk, "d", "乙市\n甲市".as_bytes());
    for name in ["a.jsonl", "b.jsonl", "c.jsonl", "d.jsonl"] {
        assert_eq!(fs::read(desk.path(name)).unwrap(), fs::read(desk.path("all.jsonl")).unwrap(), "{name}");
    }
    // A hidden file and a lock file are passed over here too; what is gone by now has a line that says so.
    desk.put("送/.某局.xlsx", b"x");
    assert_eq!(shard(&desk, "e", format!(".某局.xlsx\n甲市/~$a.xlsx\n不在.xlsx\n{}", files[0]).as_bytes()), 3);
    assert_eq!(of("e.jsonl"), ["不在.xlsx", files[0].as_str()]);
    assert_eq!(desk.lines("e.jsonl")[0]["problem"]["code"], "io-error");
}

#[cfg(unix)]
#[test]
fn a_name_with_a_line_break_stands_in_a_list_that_ends_names_with_zero_bytes() {
    let desk = Desk::new();
    desk.put("送/某\n局.xlsx", &fs::read(&samples()[0]).unwrap());
    assert_eq!(shard(&desk, "a", "某\n局.xlsx\0".as_bytes()), 0);
    assert_eq!(desk.lines("a.jsonl")[0]["file"], "某\n局.xlsx");
}

#[test]
fn a_part_without_a_workbook_is_done_and_its_lines_are_none() {
    let desk = desk();
    assert_eq!(shard(&desk, "a", "甲市/说明.txt\n".as_bytes()), 0);
    assert_eq!(fs::read(desk.path("a.jsonl")).unwrap(), b"");
    assert_eq!(shard(&desk, "a", b""), 0, "and may be done again");
    let output = desk.fuhe(&["送", "--files-from", "a.list", "-o", "a.xlsx"]);
    assert_eq!(code(&output), 2, "a workbook without a department is no result: {}", words(&output));
}

#[test]
fn a_list_that_leads_out_of_its_folder_or_has_none_is_refused() {
    let desk = desk();
    let outside = desk.path("外.xlsx").display().to_string();
    for entry in ["../外.xlsx", "甲市/../../外.xlsx", outside.as_str(), "."] {
        assert_eq!(shard(&desk, "a", entry.as_bytes()), 2, "{entry}");
    }
    assert!(!desk.path("a.jsonl").exists());
    for paths in [&["送", "送/甲市"][..], &["送/甲市/坏.xlsx"], &["不在"]] {
        let output = desk.fuhe(&[paths, &["--files-from", "a.list"]].concat());
        assert!(code(&output) == 2 && words(&output).contains("一个文件夹"), "{}", words(&output));
    }
    let output = desk.fuhe(&["送", "--files-from", "不在.list"]);
    assert!(code(&output) == 2 && words(&output).contains("不在.list"), "{}", words(&output));
}
