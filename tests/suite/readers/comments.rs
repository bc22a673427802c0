//! Comments on cells: notes of Excel, threads of newer ones, annotations of OpenDocument.

use fuhe::workbook::{Sheet, open};

use super::parts::{ROOT, WORKBOOK, at, read, sheet, zip};

const RELATIONS: &str = r#"<Relationships><Relationship Id="rId1" Type="http://x/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const CELLS: &str =
    r#"<worksheet><sheetData><row r="1"><c r="A1"><v>3</v></c><c r="B1"><v>5</v></c></row></sheetData></worksheet>"#;
const NOTES: &str = r#"<comments><authors><author>张三</author></authors><commentList>
    <comment ref="A1" authorId="0"><text><r><rPr><b/></rPr><t>张三:</t></r><r><t xml:space="preserve">
此数含上年结转</t></r></text></comment>
    <comment ref="B1" authorId="0"><text><t>[线程批注] 你的Excel版本可读取此线程批注 批注: 待核实</t></text></comment></commentList></comments>"#;
const THREADS: &str = r#"<ThreadedComments><threadedComment ref="B1" id="{1}"><text>待核实</text></threadedComment>
    <threadedComment ref="B1" id="{2}" parentId="{1}"><text>已改为4</text></threadedComment></ThreadedComments>"#;

/// An .xlsx of one sheet with these parts of comments.
fn xlsx(notes: &str, threads: &str) -> Vec<u8> {
    let relations = r#"<Relationships>
        <Relationship Id="rId1" Type="http://x/relationships/comments" Target="../comments1.xml"/>
        <Relationship Id="rId2" Type="http://x/2017/10/relationships/threadedComment" Target="../threadedComments/threadedComment1.xml"/>
        </Relationships>"#;
    zip(&[
        ("_rels/.rels", ROOT.as_bytes()),
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", CELLS.as_bytes()),
        ("xl/worksheets/_rels/sheet1.xml.rels", relations.as_bytes()),
        ("xl/comments1.xml", notes.as_bytes()),
        ("xl/threadedComments/threadedComment1.xml", threads.as_bytes()),
    ])
}

#[test]
fn relations_of_a_sheet_that_cannot_be_understood_lose_no_cell() {
    for broken in ["", "<Relationships><Relationship Id='rId1'", "no xml at all"] {
        let book = zip(&[
            ("_rels/.rels", ROOT.as_bytes()),
            ("xl/workbook.xml", WORKBOOK.as_bytes()),
            ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
            ("xl/worksheets/sheet1.xml", CELLS.as_bytes()),
            ("xl/worksheets/_rels/sheet1.xml.rels", broken.as_bytes()),
            ("xl/comments1.xml", NOTES.as_bytes()),
        ]);
        assert_eq!(sheet(&book).cells.len(), 2, "{broken}");
    }
}

fn said(sheet: &Sheet, cell: &str) -> String {
    sheet.comments.get(&at(cell)).cloned().unwrap_or_default()
}

#[test]
fn a_note_is_read_without_its_author_and_a_thread_stands_over_the_note_that_repeats_it() {
    let sheet = sheet(&xlsx(NOTES, THREADS));
    assert_eq!(said(&sheet, "A1"), "此数含上年结转");
    assert_eq!(said(&sheet, "B1"), "待核实\n已改为4");
    assert_eq!(sheet.comments.len(), 2);
}

#[test]
fn comments_that_cannot_be_understood_lose_no_cell() {
    for broken in [
        "",
        "<comments><commentList><comment ref='A1'>",
        "no xml at all",
        "<comments><comment ref='?'><text>x</text></comment></comments>",
    ] {
        let sheet = sheet(&xlsx(broken, broken));
        assert_eq!(sheet.cells.len(), 2, "{broken}");
        assert!(sheet.comments.is_empty(), "{broken}");
    }
}

#[test]
fn comments_count_as_text_against_the_limits() {
    let long = format!(
        "<comments><commentList><comment ref='A1'><text><t>{}</t></text></comment></commentList></comments>",
        "待".repeat(2_000)
    );
    let bytes = xlsx(&long, THREADS);
    assert_eq!(read(&bytes).expect("a workbook").sheets[0].comments.len(), 2);
    let limits = fuhe::workbook::Limits { text_chars: 100, ..Default::default() };
    assert!(open("x.xlsx", &bytes, &limits).is_err());
}

#[test]
fn an_annotation_of_opendocument_is_read_without_who_wrote_it_and_when() {
    let content = r#"<office:document-content xmlns:office='o' xmlns:table='t' xmlns:text='x' xmlns:dc='d'><office:body><office:spreadsheet>
        <table:table table:name='表'><table:table-row>
        <table:table-cell office:value-type='float' office:value='3'><office:annotation><dc:creator>张三</dc:creator><dc:date>2021-03-01T00:00:00</dc:date>
        <text:p>此数含</text:p><text:p>上年结转</text:p></office:annotation><text:p>3</text:p></table:table-cell>
        <table:table-cell office:value-type='float' office:value='5'><text:p>5</text:p></table:table-cell>
        </table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"#;
    let bytes =
        zip(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())]);
    let sheet = sheet(&bytes);
    assert_eq!(said(&sheet, "A1"), "此数含\n上年结转");
    assert_eq!(sheet.comments.len(), 1);
}
