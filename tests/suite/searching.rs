//! What a folder holds is found whatever links, devices and sizes lie in it.

use fuhe::batch::{ArchiveLimits, Found, find};

#[cfg(unix)]
use crate::cli::samples;
use crate::cli::{Desk, code, words};
use crate::readers::parts::zip;

fn found(desk: &Desk, path: &str) -> Found {
    find(&[desk.path(path)], &ArchiveLimits::default()).unwrap()
}

fn files(found: &Found) -> Vec<&str> {
    found.inputs.iter().map(|input| input.file.as_str()).collect()
}

#[cfg(unix)]
#[test]
fn a_folder_is_searched_once_however_many_ways_lead_to_it() {
    use std::os::unix::fs::symlink;
    let desk = Desk::new();
    for number in 0..12 {
        desk.put(&format!("送/{number:02}/照片{number}.jpg"), b"x");
        for way in ["甲", "乙"] {
            symlink(format!("../{:02}", number + 1), desk.path(&format!("送/{number:02}/{way}"))).unwrap();
        }
    }
    desk.put("送/12/某局.xlsx", b"x");
    let found = found(&desk, "送");
    assert_eq!(found.others.len(), 12, "each file of the 2^12 ways once");
    assert_eq!(files(&found).len(), 1);
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_elsewhere_is_followed_and_the_first_name_in_path_order_is_kept() {
    use std::os::unix::fs::symlink;
    let desk = Desk::new();
    desk.put("别处/某局.xlsx", b"x");
    desk.put("送/报/某局.xlsx", b"x");
    symlink("../别处", desk.path("送/外")).unwrap();
    symlink("报", desk.path("送/报-旧")).unwrap();
    symlink("..", desk.path("送/报/上")).unwrap();
    assert_eq!(files(&found(&desk, "送")), ["外/某局.xlsx", "报-旧/某局.xlsx"]);
    assert_eq!(files(&found(&desk, "送/报")), ["上/外/某局.xlsx", "某局.xlsx"]);
}

#[cfg(unix)]
#[test]
fn what_is_no_plain_file_is_never_opened() {
    use std::os::unix::fs::symlink;
    let desk = Desk::new();
    assert!(std::process::Command::new("mkfifo").arg(desk.path("管道.xlsx")).status().unwrap().success());
    symlink("管道.xlsx", desk.path("链接.xlsx")).unwrap();
    symlink("/dev/zero", desk.path("无尽.zip")).unwrap();
    for name in ["管道.xlsx", "链接.xlsx", "无尽.zip", "."] {
        let output = desk.fuhe(&[name, "--jsonl", "a.jsonl", "--force"]);
        assert_eq!(code(&output), 3, "{name}: {}", words(&output));
        assert!(desk.lines("a.jsonl").iter().all(|line| line["problem"]["code"] == "io-error"), "{name}");
    }
}

/// Such a file tells no size and may wait for ever, or never end.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_says_it_is_empty_is_told_so_and_not_read() {
    let desk = Desk::new();
    std::os::unix::fs::symlink("/proc/version", desk.path("窗.xlsx")).unwrap();
    for name in ["空.xlsx", "空.zip"] {
        desk.put(name, b"");
    }
    let output = desk.fuhe(&[".", "--jsonl", "a.jsonl"]);
    assert_eq!(code(&output), 3, "{}", words(&output));
    let lines = desk.lines("a.jsonl");
    assert_eq!(lines.len(), 3);
    for line in lines {
        assert_eq!(line["problem"]["code"], "corrupt-file", "{line}");
        assert!(line["problem"]["message"].as_str().unwrap().contains("0 字节"), "{line}");
    }
}

#[test]
fn of_a_file_over_the_limit_nothing_is_read_and_no_hash_is_told() {
    let desk = Desk::new();
    let large = vec![0; (1 << 20) + 1];
    desk.put("送/大.xlsx", &large);
    desk.put("送/坏.zip", &[b"PK\x03\x04", large.as_slice()].concat());
    desk.put("送/小.xlsx", &large[..1 << 20]);
    let output = desk.fuhe(&["送", "--max-file-mb", "1", "--jsonl", "a.jsonl"]);
    assert_eq!(code(&output), 3, "{}", words(&output));
    let lines = desk.lines("a.jsonl");
    let told: Vec<_> = lines
        .iter()
        .map(|line| (line["problem"]["code"].as_str().unwrap(), line["sha256"].as_str().unwrap().len(), &line["size"]))
        .collect();
    let sizes = [large.len().into(), (large.len() + 4).into(), (large.len() - 1).into()];
    assert_eq!(told, [("corrupt-file", 0, &sizes[1]), ("too-large", 0, &sizes[0]), ("not-a-workbook", 64, &sizes[2])]);
}

#[test]
fn an_archive_may_be_larger_than_a_file_in_it() {
    let desk = Desk::new();
    let noise: Vec<u8> = (0..300_000u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    desk.put("送/大.zip", &zip(&[("照片.jpg", &noise), ("某局.xlsx", b"x")]));
    desk.fuhe(&["送", "--max-file-mb", "1", "--jsonl", "a.jsonl"]);
    assert_eq!(desk.lines("a.jsonl")[0]["file"], "大.zip/某局.xlsx");
}

/// A file of 64 GB, nearly all of it a hole, that states a thousand million entries.
#[cfg(target_os = "linux")]
#[test]
fn room_is_not_made_for_as_many_entries_as_an_archive_states() {
    use std::io::{Seek, SeekFrom, Write};
    let desk = Desk::new();
    let path = desk.put("送/谎.zip", b"PK\x03\x04");
    let (place, entries, start) = (64u64 << 30, 1u64 << 30, 1u64 << 31);
    let mut file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
    file.seek(SeekFrom::Start(place)).unwrap();
    file.write_all(&wide_end(entries, entries * 46, start, place)).unwrap();
    let output = desk.fuhe(&["送", "--jsonl", "a.jsonl"]);
    assert_eq!(output.status.code(), Some(3), "{}", words(&output));
    let message = desk.lines("a.jsonl")[0]["problem"]["message"].as_str().unwrap().to_owned();
    assert!(message.contains("压缩包内文件数") && message.contains("1073741824"), "{message}");
}

/// The end of a zip whose directory has so many entries and bytes, and where the end itself lies.
#[cfg(target_os = "linux")]
fn wide_end(entries: u64, bytes: u64, start: u64, place: u64) -> Vec<u8> {
    let mut end = b"PK\x06\x06".to_vec();
    end.extend(44u64.to_le_bytes());
    end.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    end.extend([entries, entries, bytes, start].map(u64::to_le_bytes).concat());
    end.extend(b"PK\x06\x07\0\0\0\0");
    end.extend(place.to_le_bytes());
    end.extend([1, 0, 0, 0]);
    end.extend(b"PK\x05\x06\0\0\0\0");
    end.extend([0xFF; 12]);
    end.extend([0, 0]);
    end
}

#[cfg(unix)]
#[test]
fn an_earlier_audit_over_the_limit_is_not_opened_to_know_it() {
    let desk = Desk::with_samples();
    assert_eq!(code(&desk.fuhe(&["报送", "-o", "报送/复核.xlsx"])), 0);
    assert_eq!(files(&found(&desk, "报送")).len(), samples().len());
    let limits = ArchiveLimits { entry_bytes: 10, ..ArchiveLimits::default() };
    assert_eq!(find(&[desk.path("报送")], &limits).unwrap().inputs.len(), samples().len() + 1);
}
