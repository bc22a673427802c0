//! .ods as programs write it, and made to do harm.

use std::time::{Duration, Instant};

use fuhe::workbook::{Content, Fault, Format, LimitName, Limits, Problem, ProblemCode, ProblemDetail, open};

use super::parts::{all, at, read, sheet, zip};

const TYPE: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

/// The content of a spreadsheet of these tables.
fn content(styles: &str, tables: &str) -> String {
    format!(
        "<office:document-content xmlns:office='o' xmlns:table='t' xmlns:text='x' xmlns:calcext='c'><office:automatic-styles>{styles}</office:automatic-styles>
        <office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
}

fn ods(tables: &str) -> Vec<u8> {
    zip(&[("mimetype", TYPE), ("content.xml", content("", tables).as_bytes())])
}

fn ods_rows(rows: &str) -> Vec<u8> {
    ods(&format!("<table:table table:name='表'>{rows}</table:table>"))
}

fn limit(bytes: &[u8]) -> LimitName {
    match read(bytes) {
        Err(Problem { detail: ProblemDetail::Limit { limit, .. }, .. }) => limit,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_type_of_cell_is_read_as_what_it_is() {
    let row = r#"<table:table-row>
        <table:table-cell office:value-type="float" office:value="0.27219999999999994"><text:p>27.22</text:p></table:table-cell>
        <table:table-cell office:value-type="percentage" office:value="0.2722"><text:p>27.22%</text:p></table:table-cell>
        <table:table-cell office:value-type="currency" office:value="1035356.3"/>
        <table:table-cell office:value-type="boolean" office:boolean-value="true"/>
        <table:table-cell office:value-type="date" office:date-value="2020-03-01"/>
        <table:table-cell office:value-type="time" office:time-value="PT12H30M00S"/>
        <table:table-cell office:value-type="string"><text:p> 预算  <text:span>执行</text:span><text:s text:c="2"/>率</text:p><text:p>甲<text:line-break/>乙<text:tab/>丙</text:p>
            <office:annotation><text:p>批注</text:p></office:annotation></table:table-cell>
        <table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>
        <table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0"><text:p>#DIV/0!</text:p></table:table-cell>
        <table:table-cell table:formula="of:=1+1"/>
        <table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"><text:p>2</text:p></table:table-cell>
        <table:table-cell table:formula="of:=&quot;&quot;" office:value-type="string" office:string-value=""/>
        <table:table-cell office:value-type="float" office:value="viel"/>
        <table:table-cell/><table:table-cell office:value-type="string"><text:p/></table:table-cell></table:table-row>"#;
    let expected = [
        "A1 0.2722",
        "B1 0.2722 %",
        "C1 1035356.3",
        "D1 true",
        "E1 2020-03-01 (43891)",
        "F1 12:30:00 (0.520833333333333)",
        "G1 \"预算 执行  率\n甲\n乙\t丙\"",
        "H1 #DIV/0! =",
        "I1 #DIV/0! =",
        "J1 uncalculated =",
        "K1 2 =",
        "M1 ?viel",
    ];
    assert_eq!(all(&sheet(&ods_rows(row))), expected);
}

#[test]
fn repetitions_spans_and_what_is_hidden_keep_their_places() {
    let styles = "<style:style style:name='ta1'><style:table-properties table:display='true'/></style:style>
        <style:style style:name='ta2'><style:table-properties table:display='false'/></style:style>";
    let tables = "<table:tracked-changes><table:table table:name='旧'/></table:tracked-changes>
        <table:table table:name='甲' table:style-name='ta1'><table:shapes><text:p>图</text:p></table:shapes>
        <table:table-column table:number-columns-repeated='2'/><table:table-column-group><table:table-column table:visibility='collapse' table:number-columns-repeated='3'/></table:table-column-group>
        <table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned='2' table:number-rows-spanned='3' office:value-type='string'><text:p>合</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table-header-rows>
        <table:table-row table:number-rows-repeated='2' table:visibility='filter'><table:covered-table-cell table:number-columns-repeated='2'/><table:table-cell table:number-columns-repeated='2' office:value-type='float' office:value='7'/></table:table-row>
        <table:table-row table:number-rows-repeated='1048570'><table:table-cell table:number-columns-repeated='16384'/></table:table-row>
        <table:table-row><table:table-cell table:number-columns-repeated='16383'/><table:table-cell office:value-type='float' office:value='9'/></table:table-row></table:table>
        <table:table table:name='乙' table:style-name='ta2'/>";
    let bytes = zip(&[("mimetype", TYPE), ("content.xml", content(styles, tables).as_bytes())]);
    let workbook = read(&bytes).unwrap();
    assert_eq!(workbook.format, Format::Ods);
    let names: Vec<_> = workbook.sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.hidden)).collect();
    assert_eq!(names, [("甲", false), ("乙", true)]);
    let first = &workbook.sheets[0];
    assert_eq!(all(first), ["A1 \"合\"", "C2 7", "D2 7", "C3 7", "D3 7", "XFD1048574 9"]);
    assert_eq!(first.merges, ["A1:B3".parse().unwrap()]);
    assert_eq!(first.merged(at("B3")).map(|area| area.first), Some(at("A1")));
    assert_eq!((first.hidden_rows.as_slice(), first.hidden_columns.as_slice()), (&[(1, 2)][..], &[(2, 4)][..]));
}

#[test]
fn a_flat_document_is_read_like_a_packed_one() {
    let text = content("", "<table:table table:name='表'><table:table-row><table:table-cell office:value-type='float' office:value='6'/></table:table-row></table:table>")
        .replace("<office:document-content", "<?xml version='1.0'?>\n<office:document office:mimetype='application/vnd.oasis.opendocument.spreadsheet'")
        .replace("</office:document-content>", "</office:document>");
    assert_eq!(all(&sheet(text.as_bytes())), ["A1 6"]);
}

#[test]
fn rows_repeated_by_the_million_cost_what_they_hold() {
    let begun = Instant::now();
    let empty = "<table:table-row table:number-rows-repeated='1000000'><table:table-cell table:number-columns-repeated='16384'/></table:table-row>".repeat(10_000);
    assert!(sheet(&ods_rows(&empty)).cells.is_empty());
    assert!(begun.elapsed() < Duration::from_secs(20));
    let full = "<table:table-row table:number-rows-repeated='1048576'><table:table-cell table:number-columns-repeated='16384' office:value-type='float' office:value='1'/></table:table-row>";
    assert_eq!(limit(&ods_rows(full)), LimitName::Cells);
    let text = "字".repeat(20_000);
    let wide = format!(
        "<table:table-row table:number-rows-repeated='20'><table:table-cell table:number-columns-repeated='16384' office:value-type='string'><text:p>{text}</text:p></table:table-cell></table:table-row>"
    );
    assert_eq!(limit(&ods_rows(&wide)), LimitName::TextBytes);
    let spaces = "<table:table-row><table:table-cell office:value-type='string'><text:p><text:s text:c='4000000000'/></text:p></table:table-cell></table:table-row>";
    assert_eq!(limit(&ods_rows(spaces)), LimitName::TextChars);
}

#[test]
fn a_document_cut_inside_a_table_or_a_note_is_corrupt() {
    for cut in [
        "<table:table-row>",
        "<table:table-row><table:table-cell><office:annotation>",
        "<table:table-row><table:table-cell><text:p>",
        "",
    ] {
        let text = content("", &format!("<table:table>{cut}"));
        let text = text.split("</office:spreadsheet>").next().unwrap();
        let bytes = zip(&[("mimetype", TYPE), ("content.xml", text.as_bytes())]);
        assert_eq!(read(&bytes).unwrap_err(), Problem::part("content.xml", Fault::IllFormed), "{cut}");
    }
}

#[test]
fn an_encrypted_document_needs_a_password() {
    let manifest = "<manifest:manifest xmlns:manifest='m'><manifest:file-entry manifest:full-path='content.xml'><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let bytes =
        zip(&[("mimetype", TYPE), ("content.xml", b"\x01\x02noise"), ("META-INF/manifest.xml", manifest.as_bytes())]);
    assert_eq!(read(&bytes).unwrap_err(), Problem::password());
}

#[test]
fn a_document_that_holds_no_spreadsheet_is_no_workbook() {
    let text =
        "<office:document-content xmlns:office='o'><office:body><office:text/></office:body></office:document-content>";
    let problem = open("a.ods", &zip(&[("content.xml", text.as_bytes())]), &Limits::default()).unwrap_err();
    assert_eq!(
        problem,
        Problem { code: ProblemCode::NotAWorkbook, detail: ProblemDetail::Content(Content::OtherDocument) }
    );
}
