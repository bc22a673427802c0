//! Archives of submissions: their names are shown and never followed, and what they unpack to is counted.

use fuhe::batch::archive::read_entry;
use fuhe::batch::find::Refusal;
use fuhe::batch::{ArchiveLimits, Found, find};

use crate::cli::{Desk, code, samples, words};
use crate::poison::{locked, nested, patched};
use crate::readers::parts::zip;

struct Shelf {
    folder: tempfile::TempDir,
}

impl Shelf {
    fn of(bytes: &[u8]) -> Shelf {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("报送.zip"), bytes).unwrap();
        Shelf { folder }
    }

    fn found(&self, limits: &ArchiveLimits) -> Found {
        find(&[self.folder.path().to_owned()], limits).unwrap()
    }

    fn files(&self) -> Vec<String> {
        self.found(&ArchiveLimits::default()).inputs.into_iter().map(|input| input.file).collect()
    }
}

fn refused(found: &Found) -> Vec<&Refusal> {
    found.inputs.iter().filter_map(|input| input.refused.as_ref()).collect()
}

#[test]
fn archives_are_looked_into_to_a_fixed_depth() {
    for (deep, read) in [(1, true), (2, true), (3, true), (4, false), (12, false)] {
        let shelf = Shelf::of(&nested(deep, ("某局.xlsx", b"cells")));
        let found = shelf.found(&ArchiveLimits::default());
        let input = &found.inputs[0];
        assert_eq!((found.inputs.len(), input.refused.is_none()), (1, read), "{deep}");
        if read {
            assert_eq!(input.file, format!("报送.zip/{}某局.xlsx", "内.zip/".repeat(deep - 1)));
            assert_eq!(read_entry(&input.path, &input.entries, &ArchiveLimits::default()).unwrap(), b"cells");
        } else {
            assert_eq!(input.refused, Some(Refusal::TooLarge("depth", "3".to_owned(), "4".to_owned())));
        }
    }
}

#[test]
fn what_all_entries_unpack_to_is_counted() {
    let shelf = Shelf::of(&zip(&[("甲.xlsx", &[1; 600]), ("乙.xlsx", &[2; 600]), ("丙.xlsx", &[3; 600])]));
    let limits = ArchiveLimits { unpacked_bytes: 1200, ..ArchiveLimits::default() };
    let found = shelf.found(&limits);
    assert_eq!(found.inputs.len(), 3, "no entry goes without a line");
    let over = Refusal::TooLarge("archive-bytes", "1200".to_owned(), "1800".to_owned());
    assert_eq!(refused(&found), [&over]);
    assert!(refused(&shelf.found(&ArchiveLimits { unpacked_bytes: 1800, ..limits })).is_empty());
}

#[test]
fn an_archive_within_counts_again_for_each_of_its_workbooks() {
    let inner = zip(&[("甲.xlsx", b"1"), ("乙.xlsx", b"2"), ("丙.xlsx", b"3")]);
    let once = inner.len() as u64;
    let shelf = Shelf::of(&zip(&[("内.zip", &inner)]));
    let limits = |bytes| ArchiveLimits { unpacked_bytes: bytes, ..ArchiveLimits::default() };
    assert!(refused(&shelf.found(&limits(once * 4 + 3))).is_empty());
    assert_eq!(refused(&shelf.found(&limits(once * 3 + 2))).len(), 1);
}

#[test]
fn an_archive_over_its_total_in_archives_is_one_line_and_ends_there() {
    let inner = zip(&[("甲.xlsx", &[0; 5000])]);
    let shelf = Shelf::of(&zip(&[("一.zip", &inner), ("二.zip", &inner)]));
    let found = shelf.found(&ArchiveLimits { unpacked_bytes: 100, ..ArchiveLimits::default() });
    assert_eq!(
        found.inputs.iter().map(|input| input.file.as_str()).collect::<Vec<_>>(),
        ["报送.zip/一.zip", "报送.zip/二.zip"]
    );
    assert!(refused(&found).iter().all(|refusal| matches!(refusal, Refusal::TooLarge("archive-bytes", ..))));
}

#[test]
fn names_in_gbk_and_in_utf8_are_read_alike() {
    let gbk = encoding_rs::GBK.encode("住建局").0.into_owned();
    assert_eq!(Shelf::of(&patched(zip(&[("abcdef.xlsx", b"x")]), b"abcdef", &gbk)).files(), ["报送.zip/住建局.xlsx"]);
    assert_eq!(Shelf::of(&zip(&[("住建局.xlsx", b"x")])).files(), ["报送.zip/住建局.xlsx"]);
    assert_eq!(Shelf::of(&zip(&[("第一批\\住建局.xlsx", b"x")])).files(), ["报送.zip/第一批/住建局.xlsx"]);
}

#[test]
fn entries_of_one_name_are_told_and_not_lost_in_silence() {
    let bytes = patched(zip(&[("aaaa1.xlsx", b"1"), ("aaaa2.xlsx", b"2")]), b"aaaa2", b"aaaa1");
    let found = Shelf::of(&bytes).found(&ArchiveLimits::default());
    assert_eq!(refused(&found), [&Refusal::RepeatedNames]);
    assert_eq!(found.inputs.len(), 2, "what can be had is read all the same");
}

#[test]
fn a_locked_archive_a_broken_one_and_an_empty_one_are_told_apart() {
    let desk = Desk::new();
    desk.put("报送/密码.zip", &locked(zip(&[("某局.xlsx", b"x")])));
    desk.put("报送/断.zip", &zip(&[("某局.xlsx", &[7; 400])])[..60]);
    desk.put("报送/没有.zip", &zip(&[("照片.jpg", b"x")]));
    assert_eq!(code(&desk.fuhe(&["报送", "--jsonl", "a.jsonl"])), 3);
    let lines = desk.lines("a.jsonl");
    let told: Vec<_> = lines.iter().map(|line| line["problem"]["code"].as_str().unwrap()).collect();
    assert_eq!(told, ["password-protected", "corrupt-file", "not-a-workbook"], "{lines:?}");
}

#[test]
fn names_that_steer_a_terminal_are_escaped_in_every_output() {
    let desk = Desk::new();
    let name = "\u{1b}[31m\u{202e}xslx.\u{9b}31m\u{200b}局.xlsx";
    let sample = std::fs::read(&samples()[0]).unwrap();
    desk.put("报送/名.zip", &zip(&[(name, &sample), ("坏\u{7}\u{2066}.xlsx", b"x")]));
    let output = desk.fuhe(&["报送", "--jsonl", "a.jsonl"]);
    assert_eq!(code(&output), 3, "{}", words(&output));
    let lines = std::fs::read_to_string(desk.path("a.jsonl")).unwrap();
    for text in [words(&output), lines] {
        let steering: Vec<char> = text.chars().filter(|&sign| sign != '\n' && fuhe::text::is_invisible(sign)).collect();
        assert_eq!(steering, [], "{text}");
    }
    let files: Vec<_> = desk.lines("a.jsonl").iter().map(|line| line["file"].as_str().unwrap().to_owned()).collect();
    assert!(files.contains(&format!("名.zip/{name}")), "JSON keeps the name itself: {files:?}");
}

#[test]
fn an_archive_is_never_unpacked_to_disk() {
    let desk = Desk::new();
    let sample = std::fs::read(&samples()[0]).unwrap();
    let inner = zip(&[("..\\..\\逃逸.xlsx", &sample), ("/绝对.xlsx", &sample), ("C:\\盘.xlsx", &sample)]);
    desk.put("里/报送.zip", &zip(&[("../内.zip", &inner)]));
    assert_eq!(code(&desk.fuhe(&["里"])), 0);
    let mut there: Vec<_> = walkdir::WalkDir::new(desk.folder.path())
        .into_iter()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    there.sort();
    assert_eq!(there, ["fuhe-audit.xlsx", "报送.zip"]);
}
