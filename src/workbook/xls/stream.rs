//! The records of an .xls stream (MS-XLS 2.1.4), and the texts in them.

use encoding_rs::{BIG5, EUC_KR, Encoding, GBK, SHIFT_JIS, UTF_8, WINDOWS_1252};

use super::record;
use crate::workbook::limits::{BETWEEN_LOOKS, Meter};
use crate::workbook::ole::Stream;
use crate::workbook::problem::{Fault, Problem};
use crate::workbook::records::Fields;

/// The stream's usual name, for messages.
pub(super) const PART: &str = "Workbook";

/// The records from a place in the stream on.
pub(super) struct Records<'s, 'f, 'm> {
    stream: &'s Stream<'f>,
    at: usize,
    /// The body of the record that was read last.
    pub body: Vec<u8>,
    meter: &'m Meter<'m>,
    read: u64,
}

impl<'s, 'f, 'm> Records<'s, 'f, 'm> {
    pub fn from(stream: &'s Stream<'f>, at: usize, meter: &'m Meter<'m>) -> Self {
        Records { stream, at, body: Vec::new(), meter, read: 0 }
    }

    /// Reads the next record's body and gives its type. A stream that ends without its closing record was cut.
    pub fn next(&mut self) -> Result<u16, Problem> {
        let (kind, length) = self.peek().ok_or_else(cut)?;
        self.read += 1;
        if self.read.is_multiple_of(BETWEEN_LOOKS) {
            self.meter.clock()?;
        }
        self.meter.unpack(length as u64 + 4)?;
        self.body.resize(length, 0);
        if !self.stream.copy(self.at + 4, &mut self.body) {
            return Err(cut());
        }
        self.at += 4 + length;
        Ok(kind)
    }

    /// The kind of the next record; none at the end of the stream.
    pub fn next_kind(&self) -> Option<u16> {
        self.peek().map(|(kind, _)| kind)
    }

    fn peek(&self) -> Option<(u16, usize)> {
        let mut head = [0; 4];
        self.stream
            .copy(self.at, &mut head)
            .then(|| (u16::from_le_bytes([head[0], head[1]]), usize::from(u16::from_le_bytes([head[2], head[3]]))))
    }

    /// Reads the next record if it goes on with this one.
    fn go_on(&mut self) -> Result<bool, Problem> {
        let goes_on = self.peek().is_some_and(|(kind, _)| kind == record::CONTINUE);
        if goes_on {
            self.next()?;
        }
        Ok(goes_on)
    }
}

/// The stream ends within a record, or before its closing one.
fn cut() -> Problem {
    Problem::part(PART, Fault::Damaged)
}

pub(super) fn malformed() -> Problem {
    Problem::part(PART, Fault::Malformed)
}

/// Texts that may go on in the next record, which then says anew how wide its letters are.
pub(super) struct Texts<'r, 's, 'f, 'm> {
    records: &'r mut Records<'s, 'f, 'm>,
    at: usize,
}

impl<'r, 's, 'f, 'm> Texts<'r, 's, 'f, 'm> {
    /// From a place in the record that was read last.
    pub fn from(records: &'r mut Records<'s, 'f, 'm>, at: usize) -> Self {
        Texts { records, at }
    }

    /// Whether anything is left, in this record or the next.
    pub fn any(&mut self) -> Result<bool, Problem> {
        while self.at >= self.records.body.len() {
            if !self.records.go_on()? {
                return Ok(false);
            }
            self.at = 0;
        }
        Ok(true)
    }

    fn byte(&mut self) -> Result<u8, Problem> {
        if !self.any()? {
            return Err(malformed());
        }
        self.at += 1;
        Ok(self.records.body[self.at - 1])
    }

    fn short(&mut self) -> Result<u16, Problem> {
        Ok(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn skip(&mut self, mut count: u64) -> Result<(), Problem> {
        while count > 0 {
            if !self.any()? {
                return Err(malformed());
            }
            let here = (self.records.body.len() - self.at).min(usize::try_from(count).unwrap_or(usize::MAX));
            self.at += here;
            count -= here as u64;
        }
        Ok(())
    }

    /// A text with its length in front (XLUnicodeRichExtendedString, MS-XLS 2.5.293): letters, then formatting runs and phonetics.
    pub fn rich(&mut self) -> Result<String, Problem> {
        let length = self.short()?;
        let flags = self.byte()?;
        let runs = if flags & 8 != 0 { u64::from(self.short()?) } else { 0 };
        let phonetics = if flags & 4 != 0 { u64::from(self.short()?) | u64::from(self.short()?) << 16 } else { 0 };
        let text = self.letters(length, flags)?;
        self.skip(runs * 4 + phonetics)?;
        Ok(text)
    }

    /// So many letters, of one byte or two as the flags say.
    fn letters(&mut self, length: u16, mut flags: u8) -> Result<String, Problem> {
        let mut units = Vec::new();
        while units.len() < usize::from(length) {
            if self.at >= self.records.body.len() {
                if !self.any()? {
                    return Err(malformed());
                }
                flags = self.byte()?;
                continue;
            }
            let low = self.byte()?;
            let high = if flags & 1 != 0 { self.byte()? } else { 0 };
            units.push(u16::from_le_bytes([low, high]));
        }
        Ok(String::from_utf16_lossy(&units))
    }
}

/// How a stream writes text: in Unicode (version 8), or in the bytes of a code page (version 5).
#[derive(Clone, Copy, Debug)]
pub(super) struct Writing {
    pub unicode: bool,
    pub page: &'static Encoding,
}

impl Writing {
    /// A text with its length in one byte.
    pub fn short_text(self, fields: &mut Fields<'_>) -> Option<String> {
        let length = usize::from(fields.byte()?);
        self.text(fields, length)
    }

    /// A text with its length in two bytes.
    pub fn long_text(self, fields: &mut Fields<'_>) -> Option<String> {
        let length = usize::from(fields.short()?);
        self.text(fields, length)
    }

    fn text(self, fields: &mut Fields<'_>, length: usize) -> Option<String> {
        if !self.unicode {
            return fields.bytes(length).map(|bytes| self.decoded(bytes));
        }
        match fields.byte() {
            Some(flags) if flags & 1 != 0 => fields.wide(length),
            Some(_) => fields.bytes(length).map(|bytes| bytes.iter().map(|&byte| char::from(byte)).collect()),
            None => (length == 0).then(String::new),
        }
    }

    /// Bytes of a code page. Old programs say "western" of everything: what is good GBK there is Chinese.
    fn decoded(self, bytes: &[u8]) -> String {
        if self.page == WINDOWS_1252
            && let Some(text) = GBK.decode_without_bom_handling_and_without_replacement(bytes)
        {
            return text.into_owned();
        }
        self.page.decode_without_bom_handling(bytes).0.into_owned()
    }
}

/// The encoding of a code page number; an unknown one is taken for Chinese.
pub(super) fn page(number: u16) -> &'static Encoding {
    match number {
        932 => SHIFT_JIS,
        949 => EUC_KR,
        950 => BIG5,
        1252 | 367 | 0x8001 => WINDOWS_1252,
        65001 => UTF_8,
        _ => GBK,
    }
}
