//! What a file says of who made it: docProps/core.xml of .xlsx and .xlsb (ISO/IEC 29500-2, 11), meta.xml of .ods, the summary
//! stream of .xls (MS-OLEPS). Read last and in part: nothing in it costs the file its cells.

use super::cell::Properties;
use super::limits::Meter;
use super::ole::Ole;
use super::package::{Package, Part};
use super::xml::{Token, Xml};

/// Bytes of a part that are looked at: such a part has less than two thousand.
const MOST: usize = 16 << 10;
/// Characters of a name.
const LONGEST: usize = 100;

/// Of an .xlsx or .xlsb.
pub(crate) fn of_office(package: &mut Package<'_, '_>, meter: &Meter<'_>) -> Properties {
    elements(package, "docProps/core.xml", meter, ("creator", "lastModifiedBy"))
}

/// Of an .ods: `meta:initial-creator` made it, `dc:creator` saved it last.
pub(crate) fn of_open_document(package: &mut Package<'_, '_>, meter: &Meter<'_>) -> Properties {
    elements(package, "meta.xml", meter, ("initial-creator", "creator"))
}

fn elements(package: &mut Package<'_, '_>, name: &str, meter: &Meter<'_>, names: (&str, &str)) -> Properties {
    let mut properties = Properties::default();
    let start = package.has(name).then(|| package.part(name).and_then(|part| part.start(MOST)).ok()).flatten();
    let Some(start) = start else { return properties };
    // Where the beginning ends in the middle of something, what was read until then holds.
    let Ok(mut xml) = Xml::new(Part::bare(name, &start, meter)) else { return properties };
    while let Ok(token) = xml.next() {
        let Token::Open(element) = token else {
            if matches!(token, Token::End) {
                break;
            }
            continue;
        };
        let slot = match element.name() {
            name if name == names.0 => &mut properties.author,
            name if name == names.1 => &mut properties.last_saved_by,
            _ => continue,
        };
        match xml.text() {
            Ok(text) => *slot = named(&text),
            Err(_) => break,
        }
    }
    properties
}

fn named(text: &str) -> Option<String> {
    let name: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST).collect();
    (!name.is_empty()).then_some(name)
}

/// The stream of an .xls that says it.
const SUMMARY: &str = "\u{5}SummaryInformation";
/// The properties of that stream (MS-OLEPS 2.25.1): code page, author, who saved last.
const CODE_PAGE: u32 = 1;
const AUTHOR: u32 = 4;
const LAST_SAVED_BY: u32 = 8;
/// The kinds of value: a number of two bytes, a text in the code page.
const NUMBER: u32 = 2;
const TEXT: u32 = 30;
/// The code page of UTF-8.
const UTF_8: u32 = 65001;

/// Of an .xls.
pub(crate) fn of_summary(ole: &Ole<'_>) -> Properties {
    let Some(stream) = ole.stream(SUMMARY) else { return Properties::default() };
    let mut bytes = vec![0; MOST];
    // As much of it as there is: the stream is shorter than what is looked at.
    let filled = (0..=MOST / 64).rev().map(|pieces| pieces * 64).find(|length| stream.copy(0, &mut bytes[..*length]));
    bytes.truncate(filled.unwrap_or(0));
    summary(&bytes).unwrap_or_default()
}

/// One property set: 48 bytes before it, of which the last four say where it begins; in it a table of ids and places.
fn summary(bytes: &[u8]) -> Option<Properties> {
    let set = bytes.get(word(bytes, 44)? as usize..)?;
    let count = word(set, 4)?.min(64) as usize;
    let at =
        |wanted: u32| (0..count).find(|n| word(set, 8 + n * 8) == Some(wanted)).and_then(|n| word(set, 12 + n * 8));
    let value = |wanted: u32, kind: u32| {
        let value = set.get(at(wanted)? as usize..)?;
        (word(value, 0)? == kind).then_some(value)
    };
    let page = value(CODE_PAGE, NUMBER).and_then(|value| word(value, 4)).map_or(0, |page| page & 0xFFFF);
    let text = |wanted: u32| {
        let value = value(wanted, TEXT)?;
        let length = word(value, 4)? as usize;
        let written = value.get(8..8usize.checked_add(length)?)?;
        let written = written.split(|byte| *byte == 0).next().unwrap_or_default();
        let encoding = if page == UTF_8 { encoding_rs::UTF_8 } else { encoding_rs::GBK };
        named(&encoding.decode_without_bom_handling(written).0)
    };
    Some(Properties { author: text(AUTHOR), last_saved_by: text(LAST_SAVED_BY) })
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}
