//! An XML part as a stream of elements and texts: prefixes ignored, entities resolved, depth bounded.

use std::borrow::Cow;
use std::io::BufRead;

use encoding_rs::{Encoding, UTF_8};
use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::encoding::DecodingReader;
use quick_xml::events::{BytesEnd, BytesRef, BytesStart, Event};

use super::limits::Meter;
use super::package::Part;
use super::problem::{Fault, LimitName, Problem};

/// No format has longer element names; a longer one is kept for every level of nesting.
const NAME_BYTES: usize = 256;

/// What comes next in a part.
pub(crate) enum Token<'x> {
    /// An element begins (an empty one begins and ends).
    Open(Element<'x>),
    /// An element ends.
    Close(BytesEnd<'x>),
    /// Text, entities resolved.
    Text(Cow<'x, str>),
    /// A comment, a declaration: nothing to anyone.
    Nothing,
    /// The part is over, every element closed and the checksum right.
    End,
}

/// The tag that begins an element.
pub(crate) struct Element<'x>(BytesStart<'x>);

impl<'x> Element<'x> {
    /// The name without prefix.
    pub fn name(&self) -> &str {
        local(self.0.name().0)
    }

    /// The value of the first attribute of that name, whatever its prefix.
    pub fn attribute(&self, name: &str) -> Option<Cow<'_, str>> {
        self.find(|key| local(key) == name)
    }

    /// The value of the attribute of that full name (`office:value`).
    pub fn prefixed(&self, name: &str) -> Option<Cow<'_, str>> {
        self.find(|key| key == name)
    }

    /// Whether an attribute is there and says yes.
    pub fn says(&self, name: &str) -> bool {
        self.attribute(name).is_some_and(|value| matches!(value.trim(), "1" | "true" | "on"))
    }

    /// Every attribute by its name without prefix, in their order.
    pub fn each(&self, mut take: impl FnMut(&str, Cow<'_, str>)) {
        let mut attributes = self.0.attributes();
        for attribute in attributes.with_checks(false).flatten() {
            if let Ok(value) = attribute.normalized_value(XmlVersion::Implicit1_0) {
                take(local(attribute.key.0), value);
            }
        }
    }

    fn find(&self, is: impl Fn(&str) -> bool) -> Option<Cow<'_, str>> {
        let mut attributes = self.0.attributes();
        let found = attributes.with_checks(false).flatten().find(|attribute| is(attribute.key.0))?;
        found.normalized_value(XmlVersion::Implicit1_0).ok()
    }
}

/// The name without prefix of an element that ends.
pub(crate) fn closed<'e>(end: &'e BytesEnd<'_>) -> &'e str {
    local(end.name().0)
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// A part being read.
pub(crate) struct Xml<'p, 'm> {
    source: Source<'p, 'm>,
    buffer: Vec<u8>,
    depth: u64,
}

/// UTF-8 is read as it comes; other encodings pass a decoder first.
enum Source<'p, 'm> {
    Utf8(Reader<Part<'p, 'm>>),
    Decoded(Box<Reader<DecodingReader<Part<'p, 'm>>>>),
}

impl<'p, 'm> Xml<'p, 'm> {
    /// Begins to read a part.
    pub fn new(mut part: Part<'p, 'm>) -> Result<Xml<'p, 'm>, Problem> {
        let encoding = match part.fill_buf() {
            Ok(start) => encoding(start),
            Err(_) => return Err(part.problem(Fault::Damaged)),
        };
        let source = if encoding == Some(UTF_8) {
            Source::Utf8(configured(Reader::from_reader(part)))
        } else {
            let mut decoding = DecodingReader::new(part);
            if let Some(encoding) = encoding {
                decoding.set_encoding(encoding);
            }
            Source::Decoded(Box::new(configured(Reader::from_reader(decoding))))
        };
        Ok(Xml { source, buffer: Vec::new(), depth: 0 })
    }

    /// The meter of the file.
    pub fn meter(&self) -> &'m Meter<'m> {
        self.source.part().meter
    }

    /// The part's problem, naming it.
    pub fn problem(&self, fault: Fault) -> Problem {
        self.source.part().problem(fault)
    }

    /// The next element, end, or text.
    pub fn next(&mut self) -> Result<Token<'_>, Problem> {
        self.source.part_mut().next_event();
        self.buffer.clear();
        let event = match &mut self.source {
            Source::Utf8(reader) => reader.read_event_into(&mut self.buffer),
            Source::Decoded(reader) => reader.read_event_into(&mut self.buffer),
        };
        match event {
            Ok(Event::Start(start)) => {
                deeper(&mut self.depth, &start, self.source.part())?;
                Ok(Token::Open(Element(start)))
            }
            Ok(Event::End(end)) => {
                self.depth = self.depth.saturating_sub(1);
                Ok(Token::Close(end))
            }
            Ok(Event::Text(text)) => Ok(Token::Text(text.xml10_content())),
            Ok(Event::CData(text)) => Ok(Token::Text(text.xml10_content())),
            Ok(Event::GeneralRef(name)) => {
                referred(&name).map(Token::Text).ok_or_else(|| self.source.part().problem(Fault::Malformed))
            }
            Ok(Event::Eof) if self.depth == 0 => Ok(Token::End),
            Ok(Event::Eof) => Err(self.source.part().problem(Fault::IllFormed)),
            Ok(Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) | Event::Empty(_)) => {
                Ok(Token::Nothing)
            }
            Err(quick_xml::Error::Io(_)) => Err(self.source.part().problem(Fault::Damaged)),
            Err(quick_xml::Error::IllFormed(_) | quick_xml::Error::Syntax(_)) => {
                Err(self.source.part().problem(Fault::IllFormed))
            }
            // In another encoding, for example, which other programs may know.
            Err(_) => Err(self.source.part().problem(Fault::Malformed)),
        }
    }

    /// The name of the part's outermost element.
    pub fn root(&mut self) -> Result<String, Problem> {
        loop {
            match self.next()? {
                Token::Open(element) => return Ok(element.name().to_owned()),
                Token::End => return Err(self.problem(Fault::Malformed)),
                _ => {}
            }
        }
    }

    /// Passes over the rest of the element that was just opened.
    pub fn skip(&mut self) -> Result<(), Problem> {
        let mut inside = 1;
        while inside > 0 {
            match self.next()? {
                Token::Open(_) => inside += 1,
                Token::Close(_) => inside -= 1,
                Token::End => return Err(self.problem(Fault::Malformed)),
                _ => {}
            }
        }
        Ok(())
    }

    /// The text directly inside the element that was just opened, up to its end. Longer than a cell may be is too much.
    pub fn text(&mut self) -> Result<String, Problem> {
        let mut gathered = String::new();
        loop {
            let most = self.longest();
            match self.next()? {
                Token::Text(text) if gathered.len() + text.len() > most => {
                    return Err(self.too_long());
                }
                Token::Text(text) => gathered.push_str(&text),
                Token::Open(_) => self.skip()?,
                Token::Close(_) => return Ok(gathered),
                Token::Nothing => {}
                Token::End => return Err(self.problem(Fault::Malformed)),
            }
        }
    }

    /// Bytes that the text of a cell may have while it is gathered: four for a character at most.
    pub fn longest(&self) -> usize {
        usize::try_from(self.meter().limits.text_chars.saturating_mul(4)).unwrap_or(usize::MAX)
    }

    /// The problem of a text that is too long.
    pub fn too_long(&self) -> Problem {
        Problem::over(LimitName::TextChars, self.meter().limits.text_chars)
    }
}

impl<'p, 'm> Source<'p, 'm> {
    fn part(&self) -> &Part<'p, 'm> {
        match self {
            Source::Utf8(reader) => reader.get_ref(),
            Source::Decoded(reader) => reader.get_ref().get_ref(),
        }
    }

    fn part_mut(&mut self) -> &mut Part<'p, 'm> {
        match self {
            Source::Utf8(reader) => reader.get_mut(),
            Source::Decoded(reader) => reader.get_mut().get_mut(),
        }
    }
}

fn configured<R>(mut reader: Reader<R>) -> Reader<R> {
    reader.config_mut().expand_empty_elements = true;
    reader
}

/// One level deeper, if that is allowed.
fn deeper(depth: &mut u64, start: &BytesStart<'_>, part: &Part<'_, '_>) -> Result<(), Problem> {
    *depth += 1;
    if start.name().0.len() > NAME_BYTES {
        return Err(part.problem(Fault::Malformed));
    }
    let most = part.meter.limits.xml_depth;
    if *depth > most { Err(Problem::over(LimitName::XmlDepth, most)) } else { Ok(()) }
}

/// What `&amp;` or `&#20803;` stands for. Entities that a file defines itself are not expanded: no office program writes any.
fn referred(name: &BytesRef<'_>) -> Option<Cow<'static, str>> {
    if name.is_char_ref() {
        let sign = name.resolve_char_ref().ok()??;
        return Some(Cow::Owned(sign.to_string()));
    }
    match &*name.xml10_content() {
        "amp" => Some(Cow::Borrowed("&")),
        "lt" => Some(Cow::Borrowed("<")),
        "gt" => Some(Cow::Borrowed(">")),
        "quot" => Some(Cow::Borrowed("\"")),
        "apos" => Some(Cow::Borrowed("'")),
        _ => None,
    }
}

/// The encoding that a part declares; None if its first bytes must tell (UTF-16).
fn encoding(start: &[u8]) -> Option<&'static Encoding> {
    if start.starts_with(&[0xFF, 0xFE])
        || start.starts_with(&[0xFE, 0xFF])
        || start.iter().take(4).any(|&byte| byte == 0)
    {
        return None;
    }
    let declared = declared(&String::from_utf8_lossy(&start[..start.len().min(200)])).unwrap_or(UTF_8);
    Some(if declared.is_ascii_compatible() { declared } else { UTF_8 })
}

/// The encoding named in `<?xml version="1.0" encoding="GBK"?>`.
fn declared(start: &str) -> Option<&'static Encoding> {
    let declaration = start.trim_start_matches('\u{feff}').strip_prefix("<?xml")?.split_once("?>")?.0;
    let label = declaration.split_once("encoding")?.1.trim_start_matches([' ', '=', '"', '\'']);
    Encoding::for_label(label.split(['"', '\'']).next()?.as_bytes())
}
