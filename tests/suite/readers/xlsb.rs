//! .xlsb from parts put together here.

use fuhe::workbook::{Fault, Format, LimitName, Problem, ProblemDetail};

use super::binary::{Body, biff12};
use super::parts::{all, read, sheet, zip};

const ROOT: &str = r#"<Relationships><Relationship Id="r" Type="http://x/relationships/officeDocument" Target="xl/workbook.bin"/></Relationships>"#;
const RELATIONS: &str = r#"<Relationships><Relationship Id="rId1" Type="http://x/relationships/worksheet" Target="worksheets/sheet1.bin"/>
    <Relationship Id="rId2" Type="http://x/relationships/worksheet" Target="worksheets/sheet2.bin"/>
    <Relationship Id="rId3" Type="http://x/relationships/sharedStrings" Target="sharedStrings.bin"/>
    <Relationship Id="rId4" Type="http://x/relationships/styles" Target="styles.bin"/></Relationships>"#;

fn workbook() -> Vec<u8> {
    let listed = |state, relation, name| biff12(0x9C, &Body::default().word(state).word(1).text(relation).text(name).0);
    [
        biff12(0x83, &[]),
        biff12(0x99, &[0; 12]),
        listed(0, "rId1", "评分表"),
        listed(2, "rId2", "底稿"),
        biff12(0x84, &[]),
    ]
    .concat()
}

fn styles() -> Vec<u8> {
    let xf = |format: u16| biff12(0x2F, &Body::default().short(0).short(format).bytes(&[0; 12]).0);
    let percent = biff12(0x2C, &Body::default().short(176).text("0.0%").0);
    [
        percent,
        biff12(0x0272, &[]),
        xf(9),
        biff12(0x0273, &[]),
        biff12(0x0269, &[]),
        xf(0),
        xf(10),
        xf(176),
        xf(14),
        biff12(0x026A, &[]),
    ]
    .concat()
}

fn strings() -> Vec<u8> {
    [
        biff12(0x9F, &Body::default().word(u32::MAX).word(u32::MAX).0),
        biff12(0x13, &Body::default().byte(0).text("预算执行率").0),
        biff12(0xA0, &[]),
    ]
    .concat()
}

pub fn row(number: u32, hidden: bool) -> Vec<u8> {
    biff12(
        0x00,
        &Body::default().word(number).word(0).short(300).byte(0).byte(if hidden { 0x10 } else { 0 }).byte(0).word(0).0,
    )
}

fn cell(column: u32, style: u32) -> Body {
    Body::default().word(column).word(style)
}

/// A sheet part of these records.
fn part(records: &[Vec<u8>]) -> Vec<u8> {
    [biff12(0x81, &[]), biff12(0x91, &[]), records.concat(), biff12(0x92, &[]), biff12(0x82, &[])].concat()
}

fn xlsb(first: &[u8], second: &[u8]) -> Vec<u8> {
    zip(&[
        ("_rels/.rels", ROOT.as_bytes()),
        ("xl/workbook.bin", &workbook()),
        ("xl/_rels/workbook.bin.rels", RELATIONS.as_bytes()),
        ("xl/sharedStrings.bin", &strings()),
        ("xl/styles.bin", &styles()),
        ("xl/worksheets/sheet1.bin", first),
        ("xl/worksheets/sheet2.bin", second),
    ])
}

/// A workbook of one sheet of these records, as a careful program writes it: with its dimensions and the count of its texts.
pub fn plain(records: &[Vec<u8>]) -> Vec<u8> {
    let strings = [biff12(0x9F, &Body::default().word(0).word(0).0), biff12(0xA0, &[])].concat();
    let listed = biff12(0x9C, &Body::default().word(0).word(1).text("rId1").text("评分表").0);
    let workbook =
        [biff12(0x83, &[]), biff12(0x99, &[0; 12]), biff12(0x8F, &[]), listed, biff12(0x90, &[]), biff12(0x84, &[])];
    let sheet = [
        biff12(0x81, &[]),
        biff12(0x94, &[0; 16]),
        biff12(0x91, &[]),
        records.concat(),
        biff12(0x92, &[]),
        biff12(0x82, &[]),
    ];
    let styles = [biff12(0x0269, &Body::default().word(1).0), biff12(0x2F, &[0; 16]), biff12(0x026A, &[])].concat();
    zip(&[
        ("_rels/.rels", ROOT.as_bytes()),
        ("xl/workbook.bin", &workbook.concat()),
        ("xl/_rels/workbook.bin.rels", RELATIONS.as_bytes()),
        ("xl/sharedStrings.bin", &strings),
        ("xl/styles.bin", &styles),
        ("xl/worksheets/sheet1.bin", &sheet.concat()),
        ("xl/worksheets/sheet2.bin", &part(&[])),
    ])
}

fn one(records: &[Vec<u8>]) -> Vec<u8> {
    xlsb(&part(records), &part(&[]))
}

/// A workbook with a cell of every kind.
pub fn example() -> Vec<u8> {
    let first = part(&[
        row(0, false),
        biff12(0x07, &cell(0, 0).word(0).0),
        biff12(0x02, &cell(1, 1).word(2722 << 2 | 3).0),
        biff12(0x05, &cell(2, 2).float(0.272_199_999_999_999_94).0),
        biff12(0x05, &cell(3, 3).float(43831.0).0),
        biff12(0x01, &cell(4, 0).0),
        row(4, true),
        biff12(0x06, &cell(0, 0).text("文字").0),
        biff12(0x3E, &cell(1, 0).byte(0).text("富文本").0),
        biff12(0x03, &cell(2, 0).byte(0x17).0),
        biff12(0x04, &cell(3, 0).byte(1).0),
        row(5, true),
        biff12(0x09, &cell(0, 0).float(2.5).short(0).word(0).0),
        biff12(0x0A, &cell(1, 0).byte(0).short(0).word(0).0),
        biff12(0x0B, &cell(2, 0).byte(0x07).short(0).word(0).0),
        biff12(0x08, &cell(3, 0).text("结果").short(0).word(0).0),
        biff12(0x08, &cell(4, 0).text("").short(0).word(0).0),
        row(6, false),
        biff12(0x10, &Body::default().word(0).float(1.0).0),
        biff12(0x10, &Body::default().word(0).float(2.0).0),
        biff12(0x92, &[]),
        biff12(0x3C, &Body::default().word(5).word(6).word(2304).word(0).short(1).0),
        biff12(0xB0, &Body::default().word(1).word(2).word(0).word(3).0),
    ]);
    xlsb(&first, &part(&[]))
}

#[test]
fn every_kind_of_cell_record_is_read() {
    let workbook = read(&example()).unwrap();
    assert_eq!(workbook.format, Format::Xlsb);
    let sheet = &workbook.sheets[0];
    let expected = [
        "A1 \"预算执行率\"",
        "B1 27.22 %",
        "C1 0.2722 %",
        "D1 2020-01-01 (43831)",
        "A5 \"文字\"",
        "B5 \"富文本\"",
        "C5 #REF!",
        "D5 true",
        "A6 2.5 =",
        "B6 false =",
        "C6 #DIV/0! =",
        "D6 \"结果\" =",
        "A7 1",
        "B7 2",
    ];
    assert_eq!(all(sheet), expected);
    assert_eq!(sheet.merges, ["A2:D3".parse().unwrap()]);
    assert_eq!((sheet.hidden_rows.as_slice(), sheet.hidden_columns.as_slice()), (&[(4, 5)][..], &[(5, 6)][..]));
    let names: Vec<_> = workbook.sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.hidden)).collect();
    assert_eq!(names, [("评分表", false), ("底稿", true)]);
}

#[test]
fn formulas_that_were_never_calculated_say_so() {
    let blank = |column| biff12(0x08, &cell(column, 0).text("").short(0).word(0).0);
    assert_eq!(all(&sheet(&one(&[row(0, false), blank(0), blank(1)]))), ["A1 uncalculated =", "B1 uncalculated ="]);
    let calculated = biff12(0x09, &cell(1, 0).float(1.0).short(0).word(0).0);
    assert_eq!(all(&sheet(&one(&[row(0, false), blank(0), calculated]))), ["B1 1 ="]);
}

#[test]
fn damage_is_told_with_the_part_that_has_it() {
    let fault = |first: &[u8]| match read(&xlsb(first, &part(&[]))).unwrap_err().detail {
        ProblemDetail::Part { part, fault } => (part, fault),
        other => panic!("{other:?}"),
    };
    let name = "xl/worksheets/sheet1.bin".to_owned();
    let with = |records: &[Vec<u8>]| fault(&part(records));
    assert_eq!(with(&[row(0, false), biff12(0x07, &cell(0, 0).word(9).0)]), (name.clone(), Fault::Index(9)));
    assert_eq!(with(&[row(1_048_576, false)]), (name.clone(), Fault::Address("1048577".to_owned())));
    assert_eq!(
        with(&[row(0, false), biff12(0x02, &cell(16_384, 0).word(0).0)]),
        (name.clone(), Fault::Address("XFE1".to_owned()))
    );
    assert_eq!(with(&[row(0, false), biff12(0x05, &[1, 2, 3])]), (name.clone(), Fault::Malformed));
    let whole = part(&[row(0, false)]);
    assert_eq!(fault(&whole[..whole.len() - 2]), (name.clone(), Fault::Malformed));
    assert_eq!(fault(&[0x81, 0x01, 0xFF, 0xFF, 0xFF, 0x7F]), (name.clone(), Fault::Malformed));
    assert_eq!(fault(&biff12(0x83, &[])), (name, Fault::WrongKind));
}

#[test]
fn opposite_corners_cost_two_cells() {
    let at = |column| biff12(0x05, &cell(column, 0).float(1.0).0);
    let sheet = sheet(&one(&[row(0, false), at(0), row(1_048_575, false), at(16_383)]));
    assert_eq!(all(&sheet), ["A1 1", "XFD1048576 1"]);
}

#[test]
fn a_text_used_without_end_is_stopped_by_its_sum() {
    let text = biff12(0x06, &cell(0, 0).text(&"字".repeat(90_000)).0);
    let rows: Vec<_> = (0..300).flat_map(|n| [row(n, false), text.clone()]).collect();
    match read(&one(&rows)) {
        Err(Problem { detail: ProblemDetail::Limit { limit, .. }, .. }) => assert_eq!(limit, LimitName::TextBytes),
        other => panic!("{other:?}"),
    }
}
