//! The texts that cells of an .xlsx share.

use std::borrow::Cow;

use super::super::limits::Meter;
use super::super::package::Part;
use super::super::problem::{LimitName, Problem};
use super::super::xml::{Element, Token, Xml};

/// The shared texts, in the order that cells count them. What the part says of its own length is not believed.
pub(super) fn read(part: Part<'_, '_>) -> Result<Vec<Box<str>>, Problem> {
    let mut xml = Xml::new(part)?;
    let mut strings = Vec::new();
    let mut bytes = 0;
    loop {
        match xml.next()? {
            Token::Open(element) if element.name() == "si" => {
                let text = rich_text(&mut xml)?;
                bytes += text.len();
                check(xml.meter(), strings.len(), bytes)?;
                strings.push(text.into_boxed_str());
            }
            Token::End => return Ok(strings),
            _ => {}
        }
    }
}

fn check(meter: &Meter<'_>, strings: usize, bytes: usize) -> Result<(), Problem> {
    if strings as u64 >= meter.limits.cells {
        return Err(Problem::over(LimitName::Cells, meter.limits.cells));
    }
    if bytes as u64 > meter.limits.text_bytes {
        return Err(Problem::over(LimitName::TextBytes, meter.limits.text_bytes));
    }
    Ok(())
}

/// The text of the `<si>` or `<is>` that was just opened: its runs joined, phonetic readings left out.
pub(super) fn rich_text(xml: &mut Xml<'_, '_>) -> Result<String, Problem> {
    let mut gathered = String::new();
    let mut inside = 1;
    while inside > 0 {
        let most = xml.longest();
        match xml.next()? {
            Token::Open(element) if element.name() == "rPh" => xml.skip()?,
            Token::Open(element) if element.name() == "t" => {
                let kept = keeps_space(&element);
                let text = xml.text()?;
                gathered.push_str(&unescaped(if kept { &text } else { trimmed(&text) }));
            }
            Token::Open(_) => inside += 1,
            Token::Close(_) => inside -= 1,
            _ => {}
        }
        if gathered.len() > most {
            return Err(xml.too_long());
        }
    }
    Ok(gathered)
}

fn keeps_space(element: &Element<'_>) -> bool {
    element.attribute("space").is_some_and(|space| space == "preserve")
}

/// Without `xml:space="preserve"` the white space around a text belongs to the file, not to the text.
fn trimmed(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\n', '\r'])
}

/// `_x000D_` → the character it stands for (ECMA-376 part 1, 22.9.2.19); `_x005F_` stands for the underscore of a literal one.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        plain.push_str(&rest[..at]);
        rest = match escape(&rest[at..]) {
            Some(sign) => {
                plain.push(sign);
                &rest[at + 7..]
            }
            None => {
                plain.push_str("_x");
                &rest[at + 2..]
            }
        };
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

fn escape(text: &str) -> Option<char> {
    let digits = text.strip_prefix("_x")?.get(..5)?.strip_suffix('_')?;
    let plain = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if plain { char::from_u32(u32::from_str_radix(digits, 16).ok()?) } else { None }
}

#[cfg(test)]
mod tests {
    use super::unescaped;

    #[test]
    fn escaped_characters_are_read_as_what_they_stand_for() {
        assert_eq!(unescaped("甲_x000D_乙"), "甲\r乙");
        assert_eq!(unescaped("_x005F_x000D_"), "_x000D_");
        assert_eq!(unescaped("_x00"), "_x00");
        assert_eq!(unescaped("a_x预算_b"), "a_x预算_b");
    }
}
