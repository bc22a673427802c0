//! Records of .xls and .xlsb put together by hand: no program here writes an .xlsb, and none writes a hostile .xls.

use std::io::{Cursor, Write};

/// A record of an .xls: type, length, body.
pub fn biff8(kind: u16, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len()).unwrap();
    [&kind.to_le_bytes(), &length.to_le_bytes(), body].concat()
}

/// The fields of a record, one after the other.
#[derive(Default, Clone)]
pub struct Body(pub Vec<u8>);

impl Body {
    pub fn byte(mut self, value: u8) -> Body {
        self.0.push(value);
        self
    }

    pub fn short(mut self, value: u16) -> Body {
        self.0.extend(value.to_le_bytes());
        self
    }

    pub fn word(mut self, value: u32) -> Body {
        self.0.extend(value.to_le_bytes());
        self
    }

    pub fn float(mut self, value: f64) -> Body {
        self.0.extend(value.to_le_bytes());
        self
    }

    pub fn bytes(mut self, value: &[u8]) -> Body {
        self.0.extend(value);
        self
    }

    pub fn wide(mut self, value: &str) -> Body {
        self.0.extend(value.encode_utf16().flat_map(u16::to_le_bytes));
        self
    }

    /// Text as an .xlsb writes it: length in four bytes, UTF-16.
    pub fn text(self, value: &str) -> Body {
        self.word(value.encode_utf16().count() as u32).wide(value)
    }
}

/// Row, column and style of a cell in an .xls.
pub fn cell(row: u16, column: u16, style: u16) -> Body {
    Body::default().short(row).short(column).short(style)
}

pub fn opening(kind: u16) -> Vec<u8> {
    biff8(0x0809, &Body::default().short(0x0600).short(kind).bytes(&[0; 12]).0)
}

/// The stream of an .xls with one sheet: records before it, and its own.
pub fn stream(globals: &[Vec<u8>], sheet: &[Vec<u8>]) -> Vec<u8> {
    let name = Body::default().byte(3).byte(1).wide("评分表");
    let bound = |at: u32| biff8(0x0085, &Body::default().word(at).byte(0).byte(0).bytes(&name.0).0);
    let close = biff8(0x000A, &[]);
    let head = |at| [opening(0x0005), bound(at), globals.concat(), close.clone()].concat();
    let at = head(0).len() as u32;
    [head(at), opening(0x0010), sheet.concat(), close].concat()
}

/// An OLE2 container with these streams.
pub fn ole(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, bytes) in streams {
        file.create_stream(name).unwrap().write_all(bytes).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// An .xls with one sheet of these records.
pub fn xls(globals: &[Vec<u8>], sheet: &[Vec<u8>]) -> Vec<u8> {
    ole(&[("Workbook", &stream(globals, sheet))])
}

/// A record of an .xlsb: type and length in groups of seven bits.
pub fn biff12(kind: u16, body: &[u8]) -> Vec<u8> {
    let mut record = if kind < 0x80 { vec![kind as u8] } else { vec![(kind & 0x7F) as u8 | 0x80, (kind >> 7) as u8] };
    let mut length = body.len();
    loop {
        let group = (length & 0x7F) as u8;
        length >>= 7;
        record.push(if length > 0 { group | 0x80 } else { group });
        if length == 0 {
            return [record, body.to_vec()].concat();
        }
    }
}
