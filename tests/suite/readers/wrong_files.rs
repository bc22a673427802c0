//! Files that are something else than their names say, or nothing at all.

use fuhe::workbook::{Content, Limits, Problem, ProblemCode, ProblemDetail, open};

use super::parts::zip;

fn content(name: &str, bytes: &[u8]) -> Content {
    match open(name, bytes, &Limits::default()) {
        Err(Problem { code: ProblemCode::NotAWorkbook, detail: ProblemDetail::Content(content) }) => content,
        other => panic!("{name}: {other:?}"),
    }
}

#[test]
fn a_file_of_no_bytes_is_corrupt() {
    assert_eq!(open("空.xlsx", b"", &Limits::default()).unwrap_err(), Problem::empty());
}

#[test]
fn texts_under_a_workbooks_name_are_told_apart() {
    let gbk = |text| encoding_rs::GBK.encode(text).0.into_owned();
    assert_eq!(content("a.xls", "指标,分值\n预算执行率,6\n".as_bytes()), Content::Csv);
    assert_eq!(content("a.xls", &gbk("指标\t分值\r\n预算执行率\t6\r\n")), Content::Csv);
    assert_eq!(content("a.csv", "单列\n".as_bytes()), Content::Csv);
    assert_eq!(content("a.xls", "\u{feff}说明文字".as_bytes()), Content::Text);
    assert_eq!(content("a.xls", b"<html><table><tr><td>1</td></tr></table></html>"), Content::Html);
    assert_eq!(content("a.xls", "\r\n<!DOCTYPE html>".as_bytes()), Content::Html);
    let one_file = b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n\r\nMicrosoft\xAE Internet Explorer\xAE";
    assert_eq!(content("a.xls", one_file), Content::Html, "a page with its pictures, in an alphabet of its own");
    let xml = r#"<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>"#;
    assert_eq!(content("a.xls", xml.as_bytes()), Content::XmlSpreadsheet2003);
    assert_eq!(content("a.xls", b"<?xml version='1.0'?><a/>"), Content::Xml);
    assert_eq!(content("a.xlsx", b"{\"a\":1}"), Content::Json);
}

#[test]
fn other_documents_under_a_workbooks_name_are_told_apart() {
    assert_eq!(content("a.xlsx", b"%PDF-1.7"), Content::Pdf);
    assert_eq!(content("a.xlsx", b"Rar!\x1a\x07\0"), Content::Rar);
    assert_eq!(content("a.xlsx", b"\xFF\xD8\xFF\xE0"), Content::Picture);
    assert_eq!(content("a.xlsx", &[0; 4096]), Content::Zeros);
    let noise: Vec<u8> = (0..4096u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    assert_eq!(content("a.xlsx", &noise), Content::Unknown);
    let rels = |target| super::parts::ROOT.replace("xl/workbook.xml", target);
    assert_eq!(
        content(
            "a.xlsx",
            &zip(&[
                ("_rels/.rels", rels("word/document.xml").as_bytes()),
                ("word/document.xml", b"<w:document xmlns:w='x'/>")
            ])
        ),
        Content::Docx
    );
    assert_eq!(
        content(
            "a.xlsx",
            &zip(&[("_rels/.rels", rels("ppt/p.xml").as_bytes()), ("ppt/p.xml", b"<p:presentation xmlns:p='x'/>")])
        ),
        Content::Pptx
    );
    assert_eq!(content("a.xlsx", &zip(&[("mimetype", b"application/epub+zip"), ("a", b"b")])), Content::Epub);
    assert_eq!(
        content("a.ods", &zip(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<a/>")])),
        Content::Odt
    );
    assert_eq!(content("a.xlsx", &zip(&[("OFD.xml", b"<a/>")])), Content::Ofd);
    assert_eq!(content("a.xlsx", &zip(&[("照片.jpg", b"x")])), Content::Zip);
    assert_eq!(content("a.xlsx", &zip(&[])), Content::Zip);
}
