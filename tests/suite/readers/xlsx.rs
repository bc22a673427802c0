//! .xlsx as programs write it.

use calamine::Reader;
use fuhe::workbook::Format;

use super::parts::{ROOT, all, at, read, sheet, shown, xlsx, xlsx_rows, zip};

#[test]
fn every_type_of_cell_is_read_as_what_it_is() {
    let rows = r#"<row r="1"><c r="A1"><v>0.27219999999999994</v></c><c r="B1" t="n"><v> 3 </v></c>
        <c r="C1" t="b"><v>1</v></c><c r="D1" t="e"><v>#DIV/0!</v></c><c r="E1" t="e"><f>A1#</f><v>#SPILL!</v></c>
        <c r="F1" t="inlineStr"><is><r><t>预算</t></r><r><t xml:space="preserve"> 执行率</t></r><rPh sb="0" eb="1"><t>yusuan</t></rPh></is></c>
        <c r="G1" t="str"><f>"甲"</f><v>甲 &amp; &#20057;_x000D_</v></c><c r="H1" t="d"><v>2020-03-01</v></c>
        <c r="I1"><v>1e400</v></c><c r="J1"><v>NaN</v></c><c r="K1" t="zz"><v>5</v></c><c r="L1"><v>1.5E-3</v></c>
        <c r="M1"><v>440300199001011234</v></c></row>"#;
    let sheet = sheet(&xlsx_rows(rows));
    let expected = [
        "A1 0.2722",
        "B1 3",
        "C1 true",
        "D1 #DIV/0!",
        "E1 #SPILL! =",
        "F1 \"预算 执行率\"",
        "G1 \"甲 & 乙\r\" =",
        "H1 2020-03-01 (43891)",
        "I1 ?1e400",
        "J1 ?NaN",
        "K1 ?5",
        "L1 0.0015",
        "M1 440300199001011000",
    ];
    assert_eq!(all(&sheet), expected);
}

#[test]
fn a_formula_without_stored_result_is_neither_empty_nor_zero() {
    let rows = r#"<row><c r="A1"><f>1+1</f></c><c r="B1"><f>1+1</f><v/></c><c r="C1"><f>1+1</f><v>2</v></c>
        <c r="D1" t="str"><f>""</f><v></v></c><c r="E1" t="str"><f>"x"</f></c><c r="F1"/><c r="G1" t="s"/>
        <c r="H1"><f t="shared" si="4000000000"/><v>7</v></c></row>"#;
    assert_eq!(
        all(&sheet(&xlsx_rows(rows))),
        ["A1 uncalculated =", "B1 uncalculated =", "C1 2 =", "E1 uncalculated =", "H1 7 ="]
    );
}

#[test]
fn number_formats_tell_percentages_and_dates() {
    let styles = r##"<styleSheet><numFmts><numFmt numFmtId="176" formatCode="0.0%;[Red]-0.0%"/>
        <numFmt numFmtId="177" formatCode="yyyy&quot;年&quot;"/><numFmt numFmtId="178" formatCode="0&quot;%&quot;"/></numFmts>
        <cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="176"/><xf numFmtId="177"/><xf numFmtId="178"/><xf numFmtId="14"/></cellXfs>
        <dxfs><dxf/></dxfs></styleSheet>"##;
    let cells = "<c s='0'><v>0.5</v></c><c s='1'><v>0.2722</v></c><c s='2'><v>1</v></c><c s='3'><v>2020</v></c><c s='4'><v>27</v></c><c s='5'><v>43831</v></c><c s='99'><v>4</v></c>";
    let sheet = sheet(&xlsx(&format!("<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>"), "", styles));
    let expected =
        ["A1 0.5", "B1 0.2722 %", "C1 1 %", "D1 1905-07-12 (2020)", "E1 27", "F1 2020-01-01 (43831)", "G1 4"];
    assert_eq!(all(&sheet), expected);
}

#[test]
fn merges_and_hidden_rows_and_columns_are_told() {
    let sheet = sheet(&xlsx(
        r#"<worksheet><cols><col min="3" max="4" hidden="1"/><col min="5" max="5" width="0" customWidth="1"/></cols>
        <sheetData><row r="2" hidden="1"/><row r="3" hidden="true"/><row r="9" ht="0" customHeight="1"/><row r="10"/></sheetData>
        <mergeCells><mergeCell ref="B2:C4"/><mergeCell ref="A1:A1"/></mergeCells></worksheet>"#,
        "",
        "",
    ));
    assert_eq!(sheet.hidden_rows, [(1, 2), (8, 8)]);
    assert_eq!(sheet.hidden_columns, [(2, 4)]);
    assert!(
        sheet.is_row_hidden(2) && !sheet.is_row_hidden(3) && sheet.is_column_hidden(4) && !sheet.is_column_hidden(1)
    );
    assert_eq!(sheet.merges, ["B2:C4".parse().unwrap()]);
    assert_eq!(sheet.merged(at("C3")).map(|area| area.first), Some(at("B2")));
    assert_eq!(sheet.merged(at("D3")), None);
}

#[test]
fn cells_and_rows_without_address_follow_the_one_before() {
    let rows = r#"<row><c><v>1</v></c><c r="D1"><v>2</v></c><c><v>3</v></c></row><row r="5"><c><v>4</v></c></row><row><c><v>5</v></c></row>"#;
    assert_eq!(all(&sheet(&xlsx_rows(rows))), ["A1 1", "D1 2", "E1 3", "A5 4", "A6 5"]);
}

#[test]
fn of_two_cells_with_one_address_the_last_counts() {
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c><c r="B1"><v>3</v></c><c r="B1"/></row>"#;
    assert_eq!(all(&sheet(&xlsx_rows(rows))), ["A1 2"]);
}

#[test]
fn shared_texts_are_read_with_any_prefix_and_any_count() {
    let strings = r#"<x:sst xmlns:x="y" uniqueCount='999999999999' count="0"><x:si><x:t> 自评 </x:t></x:si><x:si/><x:si><x:t xml:space="preserve"> 分</x:t></x:si></x:sst>"#;
    let rows =
        r#"<x:row><x:c t="s"><x:v>2</x:v></x:c><x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c></x:row>"#;
    let sheet =
        sheet(&xlsx(&format!("<x:worksheet xmlns:x='y'><x:sheetData>{rows}</x:sheetData></x:worksheet>"), strings, ""));
    assert_eq!(all(&sheet), ["A1 \" 分\"", "B1 \"自评\""]);
}

#[test]
fn sheets_come_in_tab_order_from_wherever_their_parts_stand() {
    let root = ROOT.replace("xl/workbook.xml", "/Book/Main.XML");
    let workbook = r#"<workbook xmlns:r="x"><workbookPr date1904="1"/><sheets><sheet name="乙" sheetId="7" r:id="b"/><sheet name="图" sheetId="2" r:id="c"/>
        <sheet name="甲" sheetId="1" state="veryHidden" r:id="a"/><sheet name="空" sheetId="3" r:id=""/></sheets></workbook>"#;
    let relations = r#"<Relationships xmlns="http://purl.oclc.org/ooxml/x"><Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="../Else/one.xml"/>
        <Relationship Id="b" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="/book/Two.xml"/>
        <Relationship Id="c" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/chartsheet" Target="chart.xml"/></Relationships>"#;
    let one = "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>";
    let bytes = zip(&[
        ("_rels/.rels", root.as_bytes()),
        ("Book/main.xml", workbook.as_bytes()),
        ("book/_rels/main.xml.rels", relations.as_bytes()),
        ("else/One.xml", one.as_bytes()),
        ("Book\\Two.xml", one.replace('1', "2").as_bytes()),
    ]);
    let workbook = read(&bytes).unwrap();
    assert_eq!(workbook.format, Format::Xlsx);
    let names: Vec<_> =
        workbook.sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.hidden, shown(sheet, "A1"))).collect();
    assert_eq!(names, [("乙", false, "2".to_owned()), ("甲", true, "1".to_owned())]);
}

#[test]
fn parts_in_utf16_and_gbk_are_read_as_text() {
    let text =
        r#"<worksheet><sheetData><row><c t="inlineStr"><is><t>执行率</t></is></c></row></sheetData></worksheet>"#;
    let utf16: Vec<u8> = format!("\u{feff}<?xml version='1.0' encoding='UTF-16'?>{text}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let declared = format!("<?xml version='1.0' encoding='GBK'?>{text}");
    let gbk = encoding_rs::GBK.encode(&declared).0.into_owned();
    let marked = format!("\u{feff}{text}").into_bytes();
    for part in [utf16, gbk, marked] {
        let bytes = zip(&[
            ("xl/workbook.xml", super::parts::WORKBOOK.as_bytes()),
            ("xl/_rels/workbook.xml.rels", super::parts::RELATIONS.as_bytes()),
            ("xl/worksheets/sheet1.xml", &part),
        ]);
        assert_eq!(all(&sheet(&bytes)), ["A1 \"执行率\""]);
    }
}

#[test]
fn what_another_writer_wrote_is_read_as_another_reader_reads_it() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let percent = rust_xlsxwriter::Format::new().set_num_format("0.00%");
    let sheet = book.add_worksheet();
    for row in 0..200u32 {
        sheet.write_string(row, 0, format!("指标 {row}\n第二行")).unwrap();
        sheet.write_number(row, 1, f64::from(row) * 0.1).unwrap();
        sheet.write_number_with_format(row, 2, f64::from(row) / 7.0, &percent).unwrap();
        sheet.write_formula(row, 3, rust_xlsxwriter::Formula::new("=B1").set_result("1.5")).unwrap();
        sheet.write_boolean(row, 4, row % 2 == 0).unwrap();
    }
    sheet.merge_range(300, 0, 301, 3, "合计", &rust_xlsxwriter::Format::new()).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let ours = super::parts::sheet(&bytes);
    let mut theirs = calamine::Xlsx::new(std::io::Cursor::new(&bytes[..])).unwrap();
    let range = theirs.worksheet_range("Sheet1").unwrap();
    let mut compared = 0;
    for (row, column, value) in range.used_cells() {
        let address = fuhe::workbook::Address { row: row as u32, column: column as u32 }.to_string();
        let mine = shown(&ours, &address).replace(" %", "").replace(" =", "");
        let other = match value {
            calamine::Data::Float(number) => super::parts::fifteen_digits(*number),
            calamine::Data::String(text) => format!("\"{text}\""),
            other => other.to_string(),
        };
        assert_eq!(mine, other, "{address}");
        compared += 1;
    }
    assert_eq!((compared, ours.cells.len(), ours.merges.len()), (1001, 1001, 1));
    assert!(ours.cell(at("C8")).unwrap().percent && ours.cell(at("D8")).unwrap().formula);
}
