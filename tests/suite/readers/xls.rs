//! .xls record by record, and made to do harm.

use std::time::{Duration, Instant};

use fuhe::workbook::{Content, Fault, Format, LimitName, Problem, ProblemCode, ProblemDetail};

use super::binary::{Body, biff8, cell, ole, opening, stream, xls};
use super::offices::fixture;
use super::parts::{all, read, sheet};

fn code(bytes: &[u8]) -> &'static str {
    read(bytes).map_or_else(|problem| problem.code.as_str(), |_| "read")
}

/// A formula record with these eight bytes of result.
fn formula(row: u16, column: u16, result: [u8; 8]) -> Vec<u8> {
    biff8(0x0006, &cell(row, column, 0).bytes(&result).short(0).word(0).short(1).byte(0x1E).0)
}

fn marked(kind: u8, content: u8) -> [u8; 8] {
    [kind, 0, content, 0, 0, 0, 0xFF, 0xFF]
}

#[test]
fn every_kind_of_cell_record_is_read() {
    let styles: Vec<Vec<u8>> = vec![
        biff8(0x041E, &Body::default().short(176).short(5).byte(0).bytes(b"0.00%").0),
        biff8(0x00E0, &Body::default().short(0).short(0).bytes(&[0; 16]).0),
        biff8(0x00E0, &Body::default().short(0).short(176).bytes(&[0; 16]).0),
        biff8(0x00E0, &Body::default().short(0).short(14).bytes(&[0; 16]).0),
        biff8(0x00FC, &Body::default().word(1).word(1).short(2).byte(1).wide("满分").0),
    ];
    let cells = vec![
        biff8(0x0200, &Body::default().word(u32::MAX).word(0).short(9).short(0).short(0).0),
        biff8(0x0203, &cell(0, 0, 1).float(0.272_199_999_999_999_94).0),
        biff8(0x027E, &cell(0, 1, 0).word(123_456 << 2 | 3).0),
        biff8(0x027E, &cell(0, 2, 0).word((-5i32 << 2 | 2).cast_unsigned()).0),
        biff8(
            0x00BD,
            &Body::default().short(1).short(0).short(0).word(7 << 2 | 2).short(2).word(43831 << 2 | 2).short(1).0,
        ),
        biff8(0x00FD, &cell(2, 0, 0).word(0).0),
        biff8(0x0204, &cell(2, 1, 0).short(2).byte(0).bytes(&[0x41, 0xE9]).0),
        biff8(0x0205, &cell(2, 2, 0).byte(1).byte(0).0),
        biff8(0x0205, &cell(2, 3, 0).byte(0x2A).byte(1).0),
        formula(3, 0, 1.5f64.to_le_bytes()),
        formula(3, 1, marked(1, 1)),
        formula(3, 2, marked(2, 0x07)),
        formula(3, 3, marked(0, 0)),
        biff8(0x0221, &[0; 20]),
        biff8(0x0207, &Body::default().short(2).byte(1).wide("合").0),
        biff8(0x003C, &Body::default().byte(0).bytes(b"x").0),
        formula(3, 4, marked(3, 0)),
        // An embedded chart with cells of its own.
        opening(0x0020),
        biff8(0x0203, &cell(0, 0, 0).float(99.0).0),
        biff8(0x000A, &[]),
    ];
    let expected = [
        "A1 0.2722 %",
        "B1 1234.56",
        "C1 -5",
        "A2 7",
        "B2 2020-01-01 (43831)",
        "A3 \"满分\"",
        "B3 \"Aé\"",
        "C3 true",
        "D3 #N/A",
        "A4 1.5 =",
        "B4 true =",
        "C4 #DIV/0! =",
        "D4 \"合x\" =",
    ];
    let bytes = xls(&styles, &cells);
    assert_eq!(read(&bytes).unwrap().format, Format::Xls);
    assert_eq!(all(&sheet(&bytes)), expected);
    assert_eq!(all(&sheet(&stream(&styles, &cells))), expected, "records without a container");
}

#[test]
fn an_old_stream_of_bytes_is_read_as_chinese() {
    let gbk = encoding_rs::GBK.encode("自评").0.into_owned();
    let name = Body::default().byte(4).bytes(&gbk);
    let open = |kind| biff8(0x0809, &Body::default().short(0x0500).short(kind).bytes(&[0; 4]).0);
    for page in [936u16, 1252, 0x8001] {
        let head = |at: u32| {
            let bound = biff8(0x0085, &Body::default().word(at).byte(0).byte(0).bytes(&name.0).0);
            [open(5), biff8(0x0042, &page.to_le_bytes()), bound, biff8(0x000A, &[])].concat()
        };
        let cells = [biff8(0x0204, &cell(0, 0, 0).short(4).bytes(&gbk).0), biff8(0x000A, &[])].concat();
        let whole = [head(head(0).len() as u32), open(0x10), cells].concat();
        let sheet = sheet(&ole(&[("Book", &whole)]));
        assert_eq!((sheet.name.as_str(), all(&sheet)), ("自评", vec!["A1 \"自评\"".to_owned()]), "code page {page}");
    }
}

#[test]
fn locked_workbooks_need_a_password() {
    for filepass in [vec![0, 0, 0, 0, 0, 0], vec![1, 0, 1, 0], vec![]] {
        assert_eq!(read(&xls(&[biff8(0x002F, &filepass)], &[])).unwrap_err(), Problem::password());
    }
    assert_eq!(
        read(&ole(&[("EncryptedPackage", &[7; 5000]), ("EncryptionInfo", &[1; 300])])).unwrap_err(),
        Problem::password()
    );
}

#[test]
fn other_documents_in_the_same_container_are_told_apart() {
    for (name, content) in
        [("WordDocument", Content::Doc), ("PowerPoint Document", Content::Ppt), ("Contents", Content::OtherDocument)]
    {
        let problem = Problem { code: ProblemCode::NotAWorkbook, detail: ProblemDetail::Content(content) };
        assert_eq!(read(&ole(&[(name, &[1; 5000])])).unwrap_err(), problem);
    }
}

#[test]
fn a_workbook_inside_an_embedded_object_is_not_the_files_own() {
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    file.create_storage("/MBD0001").unwrap();
    std::io::Write::write_all(&mut file.create_stream("/MBD0001/Workbook").unwrap(), &stream(&[], &[])).unwrap();
    std::io::Write::write_all(&mut file.create_stream("/WordDocument").unwrap(), &[1; 5000]).unwrap();
    let bytes = file.into_inner().into_inner();
    assert_eq!(read(&bytes).unwrap_err(), Problem::not_a_workbook(Content::Doc));
}

#[test]
fn small_and_large_streams_are_both_found() {
    for cells in [1u16, 3000] {
        let records: Vec<_> = (0..cells).map(|row| biff8(0x0203, &cell(row, 0, 0).float(f64::from(row)).0)).collect();
        let sheet = sheet(&xls(&[], &records));
        assert_eq!(sheet.cells.len(), usize::from(cells));
        assert_eq!(all(&sheet).last().unwrap(), &format!("A{cells} {}", cells - 1));
    }
}

#[test]
fn opposite_corners_cost_two_cells_and_impossible_cells_are_told() {
    let corner = |row, column| biff8(0x0203, &cell(row, column, 0).float(1.0).0);
    assert_eq!(all(&sheet(&xls(&[], &[corner(0, 0), corner(65535, 255)]))), ["A1 1", "IV65536 1"]);
    assert_eq!(code(&xls(&[], &[corner(0, 40_000)])), "unreadable-file");
}

#[test]
fn an_index_beyond_the_shared_texts_is_damage_and_not_a_guess() {
    let bytes = xls(&[], &[biff8(0x00FD, &cell(0, 0, 0).word(4_000_000_000).0)]);
    assert_eq!(read(&bytes).unwrap_err(), Problem::part("Workbook", Fault::Index(4_000_000_000)));
}

#[test]
fn chains_of_sectors_that_go_in_circles_end() {
    let whole = fixture("office.xls");
    let table = 512 * (1 + u32::from_le_bytes(whole[76..80].try_into().unwrap()) as usize);
    let begun = Instant::now();
    for entry in 0..60 {
        for target in [0u32, entry, 1, 0xFFFF_FFFE, 0x00FF_FFFF] {
            let mut bytes = whole.clone();
            bytes[table + 4 * entry as usize..][..4].copy_from_slice(&target.to_le_bytes());
            assert!(matches!(code(&bytes), "read" | "corrupt-file" | "unreadable-file" | "not-a-workbook"));
        }
    }
    for place in [44, 48, 60, 64, 68, 72, 76] {
        for target in [0u32, 1, 0x00FF_FFFF, u32::MAX] {
            let mut bytes = whole.clone();
            bytes[place..place + 4].copy_from_slice(&target.to_le_bytes());
            assert!(matches!(code(&bytes), "read" | "corrupt-file" | "unreadable-file" | "not-a-workbook"));
        }
    }
    assert!(begun.elapsed() < Duration::from_secs(60));
}

#[test]
fn a_sheet_whose_end_stands_before_its_own_rows_is_told_and_one_that_only_states_more_is_read() {
    let number = |row| biff8(0x0203, &cell(row, 0, 0).float(1.0).0);
    let dimensions = |rows: u32| biff8(0x0200, &[0, rows, 256 << 16, 0].map(u32::to_le_bytes).concat()[..14]);
    let end = || biff8(0x000A, &[]);
    let early = xls(&[], &[dimensions(3), number(0), end(), number(1), number(2)]);
    let fault = Fault::EndsEarly { read: 1, stated: 3 };
    let problem = read(&early).unwrap_err();
    assert_eq!((problem.code.as_str(), &problem), ("corrupt-file", &Problem::part("评分表", fault)));
    // Blank rows that a program states and does not write; an end before the last record, with all rows there.
    assert_eq!(code(&xls(&[], &[dimensions(9), number(0), number(1)])), "read");
    assert_eq!(code(&xls(&[], &[dimensions(2), number(0), number(1), end(), biff8(0x023E, &[0; 18])])), "read");
    let blank = biff8(0x0201, &cell(2, 0, 0).0);
    assert_eq!(code(&xls(&[], &[dimensions(3), number(0), blank, end(), biff8(0x023E, &[0; 18])])), "read");
}

#[test]
fn a_workbook_of_before_excel_5_is_named_bare_and_in_a_container() {
    // BOF of Excel 2, 3 and 4 for a sheet, and of a workspace of Excel 4 (the body longer than Excel made it).
    let bofs: [&[u8]; 4] = [
        &[0x09, 0, 4, 0, 2, 0, 0x10, 0],
        &[0x09, 2, 6, 0, 0, 0, 0x10, 0, 0, 0],
        &[0x09, 4, 6, 0, 0, 0, 0x10, 0, 0, 0],
        &[0x09, 4, 8, 0, 0, 0, 0, 1, 0, 0, 0, 0],
    ];
    for bof in bofs {
        let stream = [bof, &[0x0A, 0, 0, 0]].concat();
        let old = Problem::not_a_workbook(Content::OldExcel);
        assert_eq!(read(&stream).unwrap_err(), old, "{bof:x?}");
        assert_eq!(read(&ole(&[("Book", &stream)])).unwrap_err(), old, "{bof:x?}");
    }
    assert_ne!(read(&[0x09, 0, 4, 0, 2, 0, 0x11, 0]).unwrap_err(), Problem::not_a_workbook(Content::OldExcel));
}

#[test]
fn a_cut_xls_is_corrupt_wherever_it_is_cut() {
    let whole = fixture("never_calculated.xls");
    for length in [8, 100, 511, 512, 1024, 2048, 3000] {
        assert_eq!(code(&whole[..length]), "corrupt-file", "{length}");
    }
}

#[test]
fn a_sheet_listed_where_none_begins_is_a_loss_and_told_with_its_name() {
    let mut stream = stream(&[], &[biff8(0x0203, &cell(0, 0, 0).float(1.0).0)]);
    let listed = stream.windows(4).position(|bytes| bytes == [0x85, 0, 14, 0]).unwrap();
    stream[listed + 4..listed + 8].fill(0);
    let problem = read(&ole(&[("Workbook", &stream)])).unwrap_err();
    assert_eq!(problem, Problem::part("评分表", Fault::Missing));
}

#[test]
fn two_sheets_that_are_listed_at_one_place_are_damage() {
    let listing = Body::default().word(0).byte(0).byte(0).byte(1).byte(1).wide("乙");
    let again = stream(&[biff8(0x0085, &listing.0)], &[biff8(0x0203, &cell(0, 0, 0).float(1.0).0)]);
    let listed = |stream: &[u8], which: usize| {
        stream.windows(2).enumerate().filter(|(_, bytes)| *bytes == [0x85, 0]).map(|(at, _)| at).nth(which).unwrap() + 4
    };
    let (first, second) = (listed(&again, 0), listed(&again, 1));
    let mut twice = again.clone();
    twice.copy_within(first..first + 4, second);
    assert_eq!(read(&ole(&[("Workbook", &twice)])).unwrap_err(), Problem::part("乙", Fault::Malformed));
}

#[test]
fn sheets_listed_without_end_are_counted() {
    let bound = biff8(0x0085, &Body::default().word(0).byte(0).byte(0).byte(1).byte(0).bytes(b"a").0);
    let many: Vec<_> = (0..1100).map(|_| bound.clone()).collect();
    let problem = read(&xls(&many, &[])).unwrap_err();
    assert_eq!(problem, Problem::over(LimitName::Sheets, 1000));
}

#[test]
fn any_byte_changed_gives_cells_or_a_problem() {
    for name in ["never_calculated.xls"] {
        let whole = fixture(name);
        for place in (0..whole.len()).step_by(3) {
            let mut bytes = whole.clone();
            bytes[place] ^= 0xFF;
            drop(read(&bytes));
        }
    }
}
