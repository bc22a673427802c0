//! Text tables: cells between commas, tabs or semicolons, in the encodings that office programs write here.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// The text of a file in UTF-8, GB18030 or, where it says so, UTF-16; none where it is no text in any of them.
pub fn decoded(bytes: &[u8]) -> Option<String> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let known = [UTF_8, UTF_16LE, UTF_16BE].contains(&encoding);
        let rest = bytes.get(mark..).unwrap_or_default();
        return encoding.decode_without_bom_handling_and_without_replacement(rest).filter(|_| known).map(Into::into);
    }
    let text = [UTF_8, GB18030]
        .into_iter()
        .find_map(|encoding| encoding.decode_without_bom_handling_and_without_replacement(bytes))?;
    // Bytes of something else, which GB18030 happens to take.
    let is_text = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    text.chars().all(is_text).then(|| text.into_owned())
}

/// The rows of a text with the cells between these signs. A cell in double quotes may hold signs, line ends and, doubled, quotes.
pub fn rows(text: &str, between: char) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut characters = text.chars().peekable();
    let mut is_quoted = false;
    while let Some(c) = characters.next() {
        match c {
            '"' if is_quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' if is_quoted => is_quoted = false,
            '"' if cell.trim().is_empty() => {
                cell.clear();
                is_quoted = true;
            }
            c if is_quoted => cell.push(c),
            '\r' if characters.peek() == Some(&'\n') => {}
            '\n' | '\r' => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c if c == between => row.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
    }
    if !(row.is_empty() && cell.is_empty()) {
        row.push(cell);
        rows.push(row);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_in_quotes_holds_commas_quotes_and_line_ends() {
        let rows = rows("单位,备注\r\n\"甲局\",\"一,二\n三\"\"四\"\"\"\n乙局,\n", ',');
        assert_eq!(rows, [vec!["单位", "备注"], vec!["甲局", "一,二\n三\"四\""], vec!["乙局", ""]]);
    }

    #[test]
    fn the_encodings_of_office_programs_are_told_apart() {
        let text = "单位\n甲局\n";
        let marked = [&b"\xef\xbb\xbf"[..], text.as_bytes()].concat();
        let wide: Vec<u8> = "\u{FEFF}单位\n甲局\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (gb, _, _) = GB18030.encode(text);
        for bytes in [text.as_bytes(), &marked, &gb, &wide] {
            assert_eq!(decoded(bytes).as_deref(), Some(text));
        }
        assert_eq!(decoded(b"PK\x03\x04\x00\x01"), None);
        assert_eq!(decoded(b"\xff\xd8\xff\xe0\x00\x10JFIF"), None);
    }
}
