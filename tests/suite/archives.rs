//! Archives of submissions: their names are shown and never followed, and what they unpack to is counted.

use std::io::{Cursor, Read, Seek, SeekFrom};

use fuhe::batch::found::Refusal;
use fuhe::workbook::content::glance::{Glance, sniff};

use fuhe::batch::{ArchiveLimits, Found, Opened, find};
use fuhe::report::writers::write::is_audit_content;

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
            assert_eq!(
                Opened::default().read(&input.path, &input.entries, &ArchiveLimits::default()).unwrap(),
                b"cells"
            );
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

/// A content that counts what is read of it.
struct Counted {
    content: Cursor<Vec<u8>>,
    read: u64,
}

impl Read for &mut Counted {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.content.read(into)?;
        self.read += read as u64;
        Ok(read)
    }
}

impl Seek for &mut Counted {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.content.seek(to)
    }
}

/// A zip whose directory holds so many entries without content, one after the other, under names of that length.
fn listing(entries: u16, name: usize) -> Vec<u8> {
    let mut bytes = b"PK\x03\x04".to_vec();
    bytes.resize(30, 0);
    let start = bytes.len() as u32;
    for number in 0..entries {
        let mut header = [0; 46];
        header[..4].copy_from_slice(b"PK\x01\x02");
        header[28..30].copy_from_slice(&(name as u16).to_le_bytes());
        bytes.extend(header);
        bytes.extend(format!("{number:0name$}").bytes());
    }
    let length = bytes.len() as u32 - start;
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([entries.to_le_bytes(), entries.to_le_bytes()].concat());
    bytes.extend([length.to_le_bytes(), start.to_le_bytes()].concat());
    bytes.extend([0, 0]);
    bytes
}

#[test]
fn the_number_of_entries_is_looked_at_before_the_directory() {
    let bytes = listing(60_000, 12);
    let whole = bytes.len() as u64;
    assert!(whole > 3 << 20);
    let mut counted = Counted { content: Cursor::new(bytes), read: 0 };
    assert_eq!(sniff(&mut counted).unwrap(), Glance::Zip);
    assert!(!is_audit_content(&mut counted));
    assert!(counted.read < 200_000, "{} of {whole} bytes were read", counted.read);
    // The directory is none at all: whoever reads it first says that the archive is broken.
    let mut lying = listing(3, 12);
    let end = lying.len() - 22;
    lying[30..end].fill(0);
    lying[end + 8..end + 12].copy_from_slice(&[0x30, 0x75, 0x30, 0x75]);
    let found = Shelf::of(&lying).found(&ArchiveLimits::default());
    assert_eq!(refused(&found), [&Refusal::TooLarge("entries", "20000".to_owned(), "30000".to_owned())]);
}

#[test]
fn entries_of_archives_within_count_with_the_others() {
    let inner = zip(&[("甲.xlsx", b"1"), ("乙.xlsx", b"2"), ("丙.xlsx", b"3")]);
    let shelf = Shelf::of(&zip(&[("一.zip", &inner), ("二.zip", &inner)]));
    let found = shelf.found(&ArchiveLimits { entries: 5, ..ArchiveLimits::default() });
    assert_eq!(refused(&found), [&Refusal::TooLarge("entries", "5".to_owned(), "8".to_owned())]);
    assert_eq!(found.inputs.len(), 4);
    assert!(refused(&shelf.found(&ArchiveLimits { entries: 8, ..ArchiveLimits::default() })).is_empty());
}

#[test]
fn a_name_that_no_file_has_is_one_short_line() {
    let long = format!("{}.xlsx", "名".repeat(21_000));
    let found = Shelf::of(&zip(&[(&long, b"x"), ("某局.xlsx", b"x")])).found(&ArchiveLimits::default());
    assert_eq!(refused(&found), [&Refusal::TooLarge("name-length", "1024".to_owned(), "63005".to_owned())]);
    let told = found.inputs.iter().find(|input| input.refused.is_some()).unwrap();
    assert_eq!(told.file, format!("报送.zip/{}…#0", "名".repeat(64)));
    assert_eq!(found.inputs.len(), 2);
}

#[test]
fn a_directory_of_long_names_is_not_read_to_its_end() {
    let most = ArchiveLimits { entries: 20, ..ArchiveLimits::default() };
    let found = Shelf::of(&listing(20, 60_000)).found(&most);
    assert_eq!(refused(&found), [&Refusal::Over("directory-bytes", ((1 << 20) + 20 * 512).to_string())]);
    let desk = Desk::new();
    desk.put("报送/名.zip", &listing(20, 60_000));
    assert_eq!(code(&desk.fuhe(&["报送", "--max-archive-files", "20", "--jsonl", "a.jsonl"])), 3);
    let problem = desk.lines("a.jsonl")[0]["problem"].clone();
    assert_eq!(problem["message"], "超出上限，未读：压缩包目录大小超过 1.1 MB");
}

/// It could not be opened a second time.
#[cfg(unix)]
#[test]
fn an_archive_stays_open_from_one_entry_to_the_next() {
    let inner = zip(&[("甲.xlsx", b"1"), ("乙.xlsx", b"2")]);
    let shelf = Shelf::of(&zip(&[("外.xlsx", b"0"), ("内.zip", &inner)]));
    let (path, limits) = (shelf.folder.path().join("报送.zip"), ArchiveLimits::default());
    let mut opened = Opened::default();
    assert_eq!(opened.read(&path, &[1, 0], &limits).unwrap(), b"1");
    std::fs::remove_file(&path).unwrap();
    assert_eq!(opened.read(&path, &[1, 1], &limits).unwrap(), b"2");
    assert_eq!(opened.read(&path, &[0], &limits).unwrap(), b"0");
    assert!(matches!(opened.read(&path.with_extension("7z"), &[0], &limits), Err(Refusal::Unreadable(_))));
    assert!(opened.read(&path, &[0], &limits).is_err(), "only one stays open");
}

#[test]
fn what_is_unpacked_to_find_workbooks_is_counted_apart() {
    let boasting = [b"PK\x03\x04".as_slice(), &[0; 40_000]].concat();
    let parts: Vec<_> = (0..5).map(|number| format!("{number}")).collect();
    let parts: Vec<_> = parts.iter().map(|name| (name.as_str(), boasting.as_slice())).collect();
    let shelf = Shelf::of(&zip(&parts));
    assert_eq!(shelf.found(&ArchiveLimits::default()).others.len(), 5);
    let found = shelf.found(&ArchiveLimits { searched_bytes: 130_000, ..ArchiveLimits::default() });
    assert_eq!(found.others.len(), 2);
    assert_eq!(refused(&found).len(), 3, "each has its line");
    assert!(refused(&found).iter().all(|refusal| matches!(refusal, Refusal::TooLarge("searched-bytes", ..))));
}

#[test]
fn what_is_too_large_to_be_unpacked_whole_is_counted_too() {
    let large = [b"PK\x03\x04".as_slice(), &[0; 40_000]].concat();
    let shelf = Shelf::of(&zip(&[("一.zip", &large), ("二.zip", &large), ("三.zip", &large)]));
    let limits = ArchiveLimits { entry_bytes: 30_000, searched_bytes: 50_000, ..ArchiveLimits::default() };
    let found = shelf.found(&limits);
    let told = refused(&found).into_iter().map(|refusal| match refusal {
        Refusal::TooLarge(limit, ..) => *limit,
        other => panic!("{other:?}"),
    });
    assert_eq!(told.collect::<Vec<_>>(), ["entry-bytes", "searched-bytes", "searched-bytes"]);
}

#[test]
fn a_document_in_an_archive_is_told_by_its_beginning() {
    let noise: Vec<u8> = (0..40_000u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    let types = ("[Content_Types].xml", b"<Types/>".as_slice());
    let with = |part: &'static str| zip(&[types, (part, b"<a/>"), ("media/1.png", &noise)]);
    let shelf = Shelf::of(&zip(&[("说明", &with("word/document.xml")), ("附表", &with("xl/workbook.xml"))]));
    let found = shelf.found(&ArchiveLimits { searched_bytes: 40_000, ..ArchiveLimits::default() });
    assert_eq!(found.inputs.iter().map(|input| input.file.as_str()).collect::<Vec<_>>(), ["报送.zip/附表"]);
    assert!(refused(&found).is_empty());
    assert_eq!(found.others[0].file, "报送.zip/说明");
}

/// A zip of one entry, cut into its body, the entry of its directory, and its end.
fn cut(archive: &[u8]) -> (Vec<u8>, Vec<u8>, Vec<u8>) {
    let at = |mark: &[u8]| archive.windows(4).rposition(|here| here == mark).unwrap();
    let (directory, end) = (at(b"PK\x01\x02"), at(b"PK\x05\x06"));
    (archive[..directory].to_vec(), archive[directory..end].to_vec(), archive[end..].to_vec())
}

/// The same body under so many names: a letter each, in the place of the `A` of the one there is.
fn many_of_one(body: &[u8], names: &[u8]) -> Vec<u8> {
    let (body, entry, mut end) = cut(&zip(&[("A.xlsx", body)]));
    let name = entry.windows(6).position(|here| here == b"A.xlsx").unwrap();
    let directory: Vec<u8> = names
        .iter()
        .flat_map(|letter| {
            let mut entry = entry.clone();
            entry[name] = *letter;
            entry
        })
        .collect();
    let count = (names.len() as u16).to_le_bytes();
    end[8..10].copy_from_slice(&count);
    end[10..12].copy_from_slice(&count);
    end[12..16].copy_from_slice(&(directory.len() as u32).to_le_bytes());
    [body, directory, end].concat()
}

#[test]
fn entries_that_lie_one_over_the_other_are_refused_as_a_whole() {
    let sample = std::fs::read(&samples()[0]).unwrap();
    let shelf = Shelf::of(&many_of_one(&sample, b"A"));
    assert!(refused(&shelf.found(&ArchiveLimits::default())).is_empty(), "one entry lies over none");
    let shelf = Shelf::of(&many_of_one(&sample, b"ABC"));
    let found = shelf.found(&ArchiveLimits::default());
    assert_eq!((found.inputs.len(), refused(&found)), (1, vec![&Refusal::Overlapping]));
    // Within another archive it costs its own line.
    let shelf = Shelf::of(&zip(&[("内.zip", &many_of_one(&sample, b"AB")), ("好.xlsx", &sample)]));
    let found = shelf.found(&ArchiveLimits::default());
    assert_eq!((found.inputs.len(), refused(&found)), (2, vec![&Refusal::Overlapping]));
}

#[test]
fn archives_of_other_programs_and_other_ways_of_packing_are_named_for_what_they_are() {
    let desk = Desk::new();
    let kinds = [("Rar!\u{1a}\u{7}\u{1}", "RAR"), ("BZh91AY&SY", "bzip2")];
    for (start, kind) in kinds {
        desk.put(&format!("报送/{kind}.zip"), format!("{start} and more of it").as_bytes());
    }
    desk.put("报送/7z.zip", b"7z\xBC\xAF\x27\x1C and more of it");
    desk.put("报送/坏.zip", b"PK\x03\x04 and nothing of it");
    for (method, name) in [(12u16, "方式一"), (14, "方式二")] {
        let (mut body, mut entry, end) = cut(&zip(&[("A.xlsx", b"not really packed so")]));
        body[8..10].copy_from_slice(&method.to_le_bytes());
        entry[10..12].copy_from_slice(&method.to_le_bytes());
        desk.put(&format!("报送/{name}.zip"), &[body, entry, end].concat());
    }
    assert_eq!(code(&desk.fuhe(&["报送", "--jsonl", "a.jsonl"])), 3);
    let said: Vec<(String, String)> = desk
        .lines("a.jsonl")
        .iter()
        .map(|line| {
            (line["file"].as_str().unwrap().to_owned(), line["problem"]["message"].as_str().unwrap().to_owned())
        })
        .collect();
    let of = |file: &str| &said.iter().find(|(known, _)| known == file).unwrap_or_else(|| panic!("{said:?}")).1;
    for (file, words) in [
        ("RAR.zip", "实际是 RAR 压缩包"),
        ("bzip2.zip", "实际是 bzip2 压缩包"),
        ("7z.zip", "实际是 7z 压缩包"),
        ("坏.zip", "文件损坏"),
        ("方式一.zip/A.xlsx", "用 bzip2 方式压缩"),
        ("方式二.zip/A.xlsx", "用 LZMA 方式压缩"),
    ] {
        assert!(of(file).contains(words), "{file}: {}", of(file));
    }
}

#[test]
fn archives_that_are_not_opened_are_named_and_the_bureau_is_asked_to_unpack_them() {
    let desk = crate::cli::Desk::new();
    desk.put("报送/甲局.xlsx", &std::fs::read(&crate::cli::samples()[0]).unwrap());
    for name in ["乙局.rar", "丙局.7z", "丁局.RAR"] {
        desk.put(&format!("报送/{name}"), b"anything");
    }
    let output = desk.fuhe(&["报送", "-o", "a.xlsx"]);
    let said = crate::cli::words(&output);
    assert!(said.contains("另有3份不是工作簿的文件"), "{said}");
    let limits = fuhe::workbook::Limits { file_bytes: 1 << 30, ..fuhe::workbook::Limits::default() };
    let book = fuhe::workbook::open("a.xlsx", &std::fs::read(desk.path("a.xlsx")).unwrap(), &limits).unwrap();
    let texts: Vec<&str> = book.sheets.iter().flat_map(|sheet| sheet.cells.values()).filter_map(text).collect();
    for told in ["乙局.rar", "丙局.7z", "丁局.RAR", "压缩包未读，请解压后重新报送"] {
        assert!(texts.iter().any(|text| text.contains(told)), "{told}");
    }
}

fn text(cell: &fuhe::workbook::Cell) -> Option<&str> {
    match &cell.value {
        fuhe::workbook::Value::Text(text) => Some(text),
        _ => None,
    }
}
