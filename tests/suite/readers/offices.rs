//! The same workbook saved by an office program in each format it can write; generators/readers.py made the files.

use calamine::Reader;
use fuhe::workbook::{Format, Workbook};

use super::parts::{all, at, fifteen_digits, read, shown};

pub fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/readers").join(name)).unwrap()
}

fn office(kind: &str) -> Workbook {
    read(&fixture(&format!("office.{kind}"))).unwrap()
}

#[test]
fn one_workbook_gives_the_same_cells_in_every_format() {
    // As typed into the generator; formulas as the office program calculated them.
    let expected = [
        "A1 \"部门整体支出绩效自评\"",
        "A2 \"预算执行率\"",
        "B2 0.2722 %",
        "C2 1035356.3",
        "D2 \"第一行\n第二行\"",
        "A3 6",
        "B3 \"是\"",
        "C3 0.5444 % =",
        "D3 #DIV/0! =",
        "A4 1905-07-12 (2020)",
        "B4 2020-01-01 (43831)",
        "C4 \"合计\" =",
        "A5 12:30:00 (0.520833333333333)",
        "B5 -12",
        "C5 \"  两端  空格  \"",
        "D5 \"𠮷野\"",
        "E5 0.2722",
        "A9 \"末行\"",
    ];
    for (kind, format) in [("xlsx", Format::Xlsx), ("ods", Format::Ods), ("xls", Format::Xls)] {
        let workbook = office(kind);
        assert_eq!(workbook.format, format);
        let sheets: Vec<_> = workbook.sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.hidden)).collect();
        assert_eq!(sheets, [("评分表", false), ("隐藏", true), ("长文", false)], "{kind}");
        let sheet = &workbook.sheets[0];
        assert_eq!(all(sheet), expected, "{kind}");
        assert_eq!(sheet.merges, ["A1:D1".parse().unwrap(), "B7:C8".parse().unwrap()], "{kind}");
        assert_eq!(sheet.hidden_rows, [(5, 6)], "{kind}");
        assert_eq!(sheet.hidden_columns, [(3, 3)], "{kind}");
        assert_eq!(sheet.merged(at("C8")).map(|area| area.first), Some(at("B7")));
    }
}

#[test]
fn long_texts_that_go_over_several_records_are_whole() {
    for kind in ["xlsx", "ods", "xls"] {
        let sheet = office(kind).sheets.remove(2);
        assert_eq!(sheet.cells.len(), 40);
        for row in 1..=40 {
            let expected = format!("\"第{row}段：{}\"", "绩效目标完成情况".repeat(60));
            assert_eq!(shown(&sheet, &format!("A{row}")), expected, "{kind}");
        }
    }
}

#[test]
fn an_xls_whose_formulas_were_never_calculated_says_so() {
    let workbook = read(&fixture("never_calculated.xls")).unwrap();
    let sheet = &workbook.sheets[0];
    assert_eq!(all(sheet), ["A1 \"得分\"", "B1 0.9531 %", "A2 uncalculated =", "A3 5", "A4 \"合并\""]);
    assert_eq!(sheet.merges, ["A4:C5".parse().unwrap()]);
    assert!(sheet.is_row_hidden(5) && sheet.is_column_hidden(3) && !sheet.is_row_hidden(4));
    assert!(workbook.sheets[1].hidden);
    assert_eq!(all(&workbook.sheets[1]), ["A1 1905-07-12 (2020)"]);
}

#[test]
fn another_library_reads_the_same_values() {
    let mut compared = 0;
    for kind in ["xlsx", "ods", "xls"] {
        let bytes = fixture(&format!("office.{kind}"));
        let mut theirs = calamine::open_workbook_auto_from_rs(std::io::Cursor::new(&bytes)).unwrap();
        for sheet in office(kind).sheets {
            let range = theirs.worksheet_range(&sheet.name).unwrap();
            for (row, column, value) in range.cells() {
                let (top, left) = range.start().unwrap();
                let address =
                    fuhe::workbook::Address { row: top + row as u32, column: left + column as u32 }.to_string();
                let other = match value {
                    calamine::Data::Float(number) => fifteen_digits(*number),
                    calamine::Data::String(text) if text.is_empty() => continue,
                    // It gives the errors of an .ods as texts.
                    calamine::Data::String(text) if text.starts_with('#') => text.clone(),
                    calamine::Data::String(text) => format!("\"{text}\""),
                    calamine::Data::Bool(_) | calamine::Data::Int(_) | calamine::Data::Error(_) => value.to_string(),
                    // Dates are compared with what was typed, above.
                    _ => continue,
                };
                let ours = shown(&sheet, &address).replace(" %", "").replace(" =", "");
                assert_eq!(ours, other, "{kind} {address}");
                compared += 1;
            }
        }
    }
    assert!(compared > 150, "{compared}");
}
