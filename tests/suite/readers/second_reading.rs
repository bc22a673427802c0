//! Two readers of one .xls or .xlsb: where they differ nothing is guessed, and what kills the second costs nothing.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use fuhe::audit::{FileIdentity, Origin};
use fuhe::audit_one::audit_scorecard;
use fuhe::submission::collect;
use fuhe::workbook::{Format, Isolation, Limits, Problem, ProblemCode, Reader, Sheet, Value, Workbook, open};

use super::binary::{Body, biff8, biff12, cell, ole, stream, xls};
use super::parts::{all, at, read, shown};
use super::xlsb;
use crate::said::Said;
use crate::submitted::shenzhen;

const AGREED: &str = r#"{"differences":[]}"#;
const NO_OPINION: &str = r#"{"differences":null}"#;

fn limits() -> Limits {
    Limits { time: std::time::Duration::from_secs(60), ..Limits::default() }
}

/// Reads as a batch does: in a worker, twice.
fn read_twice(bytes: &[u8]) -> Result<Workbook, Problem> {
    let reader = Reader::new(limits(), Isolation::Worker(env!("CARGO_BIN_EXE_fuhe").into()));
    reader.open("a.xls", bytes, &reader.turn())
}

/// What a worker says of a file: line by line, and its exit code.
fn said(bytes: &[u8]) -> (Vec<String>, Option<i32>) {
    let request = serde_json::json!({ "name": "a.xls", "length": bytes.len(), "limits": limits() });
    let mut worker = Command::new(env!("CARGO_BIN_EXE_fuhe"))
        .arg(fuhe::workbook::worker::ARGUMENT)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut to = worker.stdin.take().unwrap();
    to.write_all(format!("{request}\n").as_bytes()).unwrap();
    to.write_all(bytes).unwrap();
    drop(to);
    let output = worker.wait_with_output().unwrap();
    (String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect(), output.status.code())
}

fn unsure(workbook: &Workbook) -> Vec<String> {
    let sheets = workbook.sheets.iter().flat_map(|sheet| sheet.cells.iter().map(move |(at, cell)| (sheet, at, cell)));
    sheets
        .filter(|(.., cell)| matches!(cell.value, Value::Unsure { .. }))
        .map(|(sheet, at, _)| format!("{at} {}", shown(sheet, &at.to_string())))
        .collect()
}

fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, into) } else { into.push(path) }
    }
}

/// Every workbook of the tests that our reader reads and that is read twice, once for each content.
fn workbooks(format: Format) -> Vec<(PathBuf, Vec<u8>)> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut paths = Vec::new();
    files(&tests.join("corpus"), &mut paths);
    files(&tests.join("fixtures"), &mut paths);
    paths.sort();
    let mut found: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    for path in paths.into_iter().filter(|path| path.extension().is_none_or(|ending| ending != "json")) {
        let bytes = fs::read(&path).unwrap();
        let is_binary = bytes.starts_with(&[0xD0, 0xCF]) || path.extension().is_some_and(|ending| ending == "xlsb");
        let is_new = found.iter().all(|(_, other)| *other != bytes);
        if is_binary && is_new && read(&bytes).is_ok_and(|workbook| workbook.format == format) {
            found.push((path, bytes));
        }
    }
    found
}

#[test]
fn both_readers_agree_on_every_xls_of_the_tests() {
    let workbooks = workbooks(Format::Xls);
    assert!(workbooks.len() >= 10, "{}", workbooks.len());
    for (path, bytes) in workbooks {
        let (lines, code) = said(&bytes);
        assert_eq!((lines.get(1).map(String::as_str), code), (Some(AGREED), Some(0)), "{}", path.display());
        assert_eq!(read_twice(&bytes), read(&bytes), "{}", path.display());
    }
}

#[test]
fn both_readers_agree_on_every_xlsb_of_the_tests() {
    let workbooks = workbooks(Format::Xlsb);
    assert!(workbooks.len() >= 2);
    for (path, bytes) in workbooks {
        assert_eq!(read_twice(&bytes), read(&bytes), "{}", path.display());
        let complete = with_dimensions(&bytes);
        assert_eq!(said(&complete).0.get(1).map(String::as_str), Some(AGREED), "{}", path.display());
        assert_eq!(read_twice(&complete), read(&bytes), "{}", path.display());
    }
}

/// The same workbook with the record of dimensions that every spreadsheet program writes into a sheet, and without which
/// the other reader gives a sheet up.
fn with_dimensions(bytes: &[u8]) -> Vec<u8> {
    let parts: Vec<_> = super::mutants::parts(bytes)
        .into_iter()
        .map(|(name, mut part)| {
            let begin = biff12(0x81, &[]);
            if part.starts_with(&begin) {
                part.splice(begin.len()..begin.len(), biff12(0x94, &[0; 16]));
            }
            (name, part)
        })
        .collect();
    super::parts::zip(&parts.iter().map(|(name, part)| (name.as_str(), part.as_slice())).collect::<Vec<_>>())
}

/// A formula with this number as its result, and a text after it that belongs to no formula: ours keeps the number, the
/// other reader takes the text.
fn two_faced(row: u16, column: u16, number: f64, text: &str) -> Vec<Vec<u8>> {
    let units = text.encode_utf16().count() as u16;
    vec![
        biff8(0x0006, &cell(row, column, 0).float(number).short(0).word(0).short(3).byte(0x1E).short(1).0),
        biff8(0x0207, &Body::default().short(units).byte(1).wide(text).0),
    ]
}

#[test]
fn a_cell_of_an_xls_on_which_the_readers_differ_is_unsure() {
    let mut records = vec![biff8(0x0203, &cell(0, 0, 0).float(27.22).0)];
    records.extend(two_faced(1, 0, 27.22, "72.22"));
    let bytes = xls(&[], &records);
    assert_eq!(all(&read(&bytes).unwrap().sheets[0]), ["A1 27.22", "A2 27.22 ="]);
    assert_eq!(all(&read_twice(&bytes).unwrap().sheets[0]), ["A1 27.22", "A2 27.22 ≠ 72.22 ="]);
}

#[test]
fn a_number_of_an_xlsb_that_only_the_other_reader_has_is_unsure() {
    let number = |column| biff12(0x05, &Body::default().word(column).word(0).float(5.0).0);
    // A blank cell after the number, at the same place: the last one counts with us.
    let blank = biff12(0x01, &Body::default().word(1).word(0).0);
    let bytes = xlsb::plain(&[xlsb::row(0, false), number(0), number(1), blank, number(2)]);
    assert_eq!(all(&read(&bytes).unwrap().sheets[0]), ["A1 5", "C1 5"]);
    assert_eq!(all(&read_twice(&bytes).unwrap().sheets[0]), ["A1 5", "B1 — ≠ 5", "C1 5"]);
}

#[test]
fn cells_that_the_other_reader_is_known_to_pass_over_are_sure_unless_it_has_others() {
    let number = |column| biff12(0x05, &Body::default().word(column).word(0).float(5.0).0);
    let without_column = biff12(0x10, &Body::default().word(0).float(7.0).0);
    let error = biff12(0x0B, &Body::default().word(3).word(0).byte(0x07).short(0).word(0).0);
    let rich = biff12(0x3E, &Body::default().word(4).word(0).byte(0).text("分").0);
    let row = xlsb::row(0, false);
    let bytes = xlsb::plain(&[row.clone(), number(0), without_column.clone(), error, rich]);
    assert_eq!(said(&bytes).0[1], AGREED);
    assert_eq!(all(&read_twice(&bytes).unwrap().sheets[0]), ["A1 5", "B1 7", "D1 #DIV/0! =", "E1 \"分\""]);
    let blank = biff12(0x01, &Body::default().word(5).word(0).0);
    let bytes = xlsb::plain(&[row, number(0), without_column, number(5), blank]);
    assert_eq!(unsure(&read_twice(&bytes).unwrap()), ["B1 7 ≠ —", "F1 — ≠ 5"]);
}

#[test]
fn a_file_on_which_the_other_reader_aborts_is_read_by_ours() {
    let number = biff8(0x0203, &cell(0, 0, 0).float(5.0).0);
    // Four thousand million rows of 255 columns, of which one cell is there.
    let dimensions = biff8(0x0200, &Body::default().word(0).word(u32::MAX).short(0).short(255).short(0).0);
    let bytes = xls(&[], &[dimensions, number]);
    let (lines, code) = said(&bytes);
    assert_eq!((lines.len(), code), (1, Some(86)), "the worker is over its memory after its first answer");
    for _ in 0..3 {
        assert_eq!(all(&read_twice(&bytes).unwrap().sheets[0]), ["A1 5"]);
    }
}

#[test]
fn a_file_on_which_the_other_reader_panics_is_read_by_ours() {
    // A defined name whose record ends before its length.
    let name = biff8(0x0018, &[0, 0]);
    let bytes = xls(&[name], &[biff8(0x0203, &cell(0, 0, 0).float(5.0).0)]);
    let there = bytes.clone();
    assert!(
        std::panic::catch_unwind(move || drop(calamine::open_workbook_from_rs::<calamine::Xls<_>, _>(Cursor::new(
            there
        ))))
        .is_err()
    );
    let (lines, code) = said(&bytes);
    assert_eq!((lines.get(1).map(String::as_str), code), (Some(NO_OPINION), Some(0)));
    assert_eq!(all(&read_twice(&bytes).unwrap().sheets[0]), ["A1 5"]);
}

#[test]
fn a_reader_serves_on_after_the_other_one_killed_its_worker() {
    let number = biff8(0x0203, &cell(0, 0, 0).float(5.0).0);
    let dimensions = biff8(0x0200, &Body::default().word(0).word(u32::MAX).short(0).short(255).short(0).0);
    let (kills, good) = (xls(&[], &[dimensions, number.clone()]), xls(&[], &two_faced(0, 0, 5.0, "7")));
    let reader = Reader::new(limits(), Isolation::Worker(env!("CARGO_BIN_EXE_fuhe").into()));
    for _ in 0..3 {
        assert_eq!(all(&reader.open("a.xls", &kills, &reader.turn()).unwrap().sheets[0]), ["A1 5"]);
        assert_eq!(all(&reader.open("b.xls", &good, &reader.turn()).unwrap().sheets[0]), ["A1 5 ≠ 7 ="]);
    }
}

#[test]
fn two_cells_far_apart_cost_no_worker() {
    let corner = |row, column| biff8(0x0203, &cell(row, column, 0).float(1.0).0);
    let (lines, code) = said(&xls(&[], &[corner(0, 0), corner(65535, 255)]));
    assert_eq!((lines.get(1).map(String::as_str), code), (Some(NO_OPINION), Some(0)));
}

#[test]
fn an_embedded_workbook_is_not_compared_with_the_files_own() {
    let number = |value| super::binary::stream(&[], &[biff8(0x0203, &cell(0, 0, 0).float(value).0)]);
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_storage("/MBD0001").unwrap();
    file.create_stream("/MBD0001/Workbook").unwrap().write_all(&number(7.0)).unwrap();
    file.create_stream("/Workbook").unwrap().write_all(&number(5.0)).unwrap();
    file.flush().unwrap();
    let bytes = file.into_inner().into_inner();
    assert_eq!(all(&read_twice(&bytes).unwrap().sheets[0]), ["A1 5"]);
}

#[test]
fn texts_of_an_unusual_code_page_record_are_compared_all_the_same() {
    // Some programs write a code page other than Unicode into files whose texts are Unicode.
    let page = biff8(0x0042, &936u16.to_le_bytes());
    let label = biff8(0x0204, &cell(0, 0, 0).short(2).byte(1).wide("得分").0);
    let bytes = xls(&[page], &[label, two_faced(1, 0, 1.0, "二").concat()]);
    assert_eq!(unsure(&read_twice(&bytes).unwrap()), ["A2 1 ≠ 二 ="]);
}

/// The number in a cell.
fn number(sheet: &Sheet, place: &str) -> Option<f64> {
    match sheet.cell(at(place))?.value {
        Value::Number(number) => number.to_string().parse().ok(),
        _ => None,
    }
}

/// A workbook's records with others put in after the number that stands in a cell of a sheet.
fn with_records_after(bytes: &[u8], sheet: usize, place: &str, records: impl Fn(f64) -> Vec<Vec<u8>>) -> Vec<u8> {
    let mut stream = Vec::new();
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).unwrap();
    file.open_stream("/Workbook").unwrap().read_to_end(&mut stream).unwrap();
    let short = |from: usize| u16::from_le_bytes([stream[from], stream[from + 1]]);
    let word = |from: usize| u32::from_le_bytes(stream[from..from + 4].try_into().unwrap()) as usize;
    let mut starts = Vec::new();
    let mut from = 0;
    while short(from) != 0x000A {
        if short(from) == 0x0085 {
            starts.push((from + 4, word(from + 4)));
        }
        from += 4 + usize::from(short(from + 2));
    }
    let mut from = starts[sheet].1;
    let wanted = at(place);
    loop {
        let (kind, length) = (short(from), usize::from(short(from + 2)));
        assert_ne!(kind, 0x000A, "no number in {place}");
        let is_there = u32::from(short(from + 4)) == wanted.row && u32::from(short(from + 6)) == wanted.column;
        from += 4 + length;
        if is_there && matches!(kind, 0x0203 | 0x027E) {
            break;
        }
    }
    let number = number(&read(bytes).unwrap().sheets[sheet], place).unwrap();
    let more = records(number).concat();
    for (place, start) in starts.into_iter().filter(|(_, start)| *start >= from) {
        stream[place..place + 4].copy_from_slice(&((start + more.len()) as u32).to_le_bytes());
    }
    stream.splice(from..from, more);
    // Without a small stream in the container the other reader gives it up.
    super::binary::ole(&[("Workbook", &stream), ("Small", b"1")])
}

#[test]
fn a_figure_of_which_the_readers_are_unsure_is_told_with_both_readings_and_not_used() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/format-xls-biff.xls");
    let bytes = fs::read(path).unwrap();
    let rulebook = shenzhen();
    let card = rulebook.card().expect("a card");
    let audited = |bytes: &[u8]| {
        let submission = collect(
            fuhe::vocabulary::Vocabulary::builtin(),
            &read_twice(bytes).unwrap(),
            "a.xls",
            card,
            &rulebook.grades,
            &fuhe::submission::Effort::default(),
        )
        .unwrap();
        audit_scorecard(rulebook, submission, FileIdentity::default())
    };
    let before = audited(&bytes);
    let workbook = read(&bytes).unwrap();
    // A figure of the base data that is a plain number in its cell.
    let (fact, source) = before
        .facts
        .iter()
        .filter(|fact| fact.origin == Origin::BaseData)
        .filter(|fact| before.facts.iter().filter(|other| other.id == fact.id).count() == 1)
        .find_map(|fact| {
            let sheet = workbook.sheets.iter().find(|sheet| sheet.name == fact.source.sheet)?;
            number(sheet, &fact.source.cell).map(|_| (fact.id.clone(), fact.source.clone()))
        })
        .unwrap();
    let sheet = workbook.sheets.iter().position(|sheet| sheet.name == source.sheet).unwrap();
    let place = at(&source.cell);
    let after = audited(&with_records_after(&bytes, sheet, &source.cell, |number| {
        two_faced(place.row as u16, place.column as u16, number, "987654")
    }));
    let told: Vec<_> = after.findings.iter().filter(|finding| finding.fact.as_deref() == Some(fact.as_str())).collect();
    let unreadable = told.iter().find(|finding| finding.code.as_str() == "fact-unreadable");
    let unreadable = unreadable.unwrap_or_else(|| panic!("{fact} {source:?} {:?}", after.findings));
    assert!(unreadable.message().contains(&format!("{} ≠ 987654", source.text)), "{}", unreadable.message());
    assert!(unreadable.message().contains("两种程序"), "{}", unreadable.message());
    assert!(after.facts.iter().all(|kept| kept.id != fact || !kept.candidate), "the figure is not used");
    assert!(!after.findings.iter().any(|finding| finding.code.as_str() == "overstated-score"
        && !before.findings.iter().any(|other| other.code == finding.code && other.indicator == finding.indicator)));
}

#[test]
fn limits_and_refusals_are_the_same_with_two_readers() {
    for bytes in [&super::offices::fixture("office.xls")[..9000], b"a,b\n1,2\n".as_slice()] {
        assert_eq!(read_twice(bytes), open("a.xls", bytes, &limits()));
    }
}

/// Whether calamine, asked here without us, finds a cell in a file.
fn another_reader_finds_cells(bytes: &[u8]) -> bool {
    use calamine::Reader as _;
    let opened = || calamine::Xls::new(Cursor::new(bytes)).ok().map(|mut book| book.worksheets());
    let opened = std::panic::catch_unwind(opened).ok().flatten();
    opened.is_some_and(|sheets| sheets.iter().any(|(_, range)| range.used_cells().next().is_some()))
}

#[test]
fn a_damaged_xls_that_another_reader_opens_is_not_called_damaged() {
    let number = |row| biff8(0x0203, &cell(row, 0, 0).float(f64::from(row)).0);
    let whole = stream(&[], &[number(0), number(1), number(2)]);
    let (mut opened, mut given_up) = (0, 0);
    // The records end without their closing one, or in the midst of one; a container that ends early, neither of them opens.
    let cut_streams = (1..80).map(|cut| ole(&[("Workbook", &whole[..whole.len() - cut])]));
    let packed = ole(&[("Workbook", &whole)]);
    let cut_files = (1..4).map(|part| packed[..packed.len() * part / 4].to_vec());
    for bytes in cut_streams.chain(cut_files) {
        let first = read(&bytes).unwrap_err();
        let second = read_twice(&bytes).unwrap_err();
        match first.code == ProblemCode::CorruptFile && another_reader_finds_cells(&bytes) {
            true => {
                opened += 1;
                assert_eq!((second.code, &second.detail), (ProblemCode::UnreadableFile, &first.detail));
            }
            false => {
                given_up += 1;
                assert_eq!(second, first);
            }
        }
    }
    assert!(opened >= 3 && given_up >= 3, "{opened} {given_up}");
}
