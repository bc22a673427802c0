//! What the records of .xls and .xlsb have in common: little-endian fields, packed numbers, error codes.

use rust_decimal::Decimal;

use super::address::Address;
use super::cell::{Cell, Sheet, Value};
use super::door;
use super::number_format::Shown;

/// The fields of one record, read from the front. None once it is too short.
pub(crate) struct Fields<'r>(pub &'r [u8]);

impl<'r> Fields<'r> {
    /// The next so many bytes.
    pub fn bytes(&mut self, count: usize) -> Option<&'r [u8]> {
        let (first, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(first)
    }

    /// The next byte.
    pub fn byte(&mut self) -> Option<u8> {
        self.bytes(1).map(|bytes| bytes[0])
    }

    /// The next two bytes as a number.
    pub fn short(&mut self) -> Option<u16> {
        self.bytes(2).map(|bytes| u16::from_le_bytes([bytes[0], bytes[1]]))
    }

    /// The next four bytes as a number.
    pub fn word(&mut self) -> Option<u32> {
        self.bytes(4).map(|bytes| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    /// The next eight bytes: the bits of a binary float.
    pub fn long(&mut self) -> Option<u64> {
        let low = self.word()?;
        self.word().map(|high| u64::from(high) << 32 | u64::from(low))
    }

    /// Text of so many UTF-16 units.
    pub fn wide(&mut self, units: usize) -> Option<String> {
        self.bytes(units.checked_mul(2)?).map(wide)
    }
}

/// UTF-16 bytes → text.
pub(crate) fn wide(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}

/// The bits of a stored float under a number format → a value.
pub(crate) fn float(bits: u64, shown: Shown, since_1904: bool) -> Value {
    Value::number(door::stored_bits(bits), &format!("{bits:#018x}"), shown, since_1904)
}

/// A number packed into 30 bits (RkNumber in MS-XLS 2.5.217): an integer or the upper bits of a float, perhaps hundredths.
pub(crate) fn packed(rk: u32, shown: Shown, since_1904: bool) -> Value {
    let hundredths = rk & 1 != 0;
    let number = if rk & 2 != 0 {
        let integer = Decimal::from(rk.cast_signed() >> 2);
        Some(if hundredths { integer / Decimal::ONE_HUNDRED } else { integer })
    } else {
        let bits = u64::from(rk & !3) << 32;
        if hundredths { door::stored_hundredth(bits) } else { door::stored_bits(bits) }
    };
    Value::number(number.map(|number| number.normalize()), &format!("{rk:#010x}"), shown, since_1904)
}

/// The error that a code stands for (BErr in MS-XLS 2.5.10).
pub(crate) fn error(code: u8) -> Value {
    let name = match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        0x2B => "#GETTING_DATA",
        _ => return Value::Unrepresentable(format!("{code:#04x}")),
    };
    Value::Error(name.to_owned())
}

/// The formulas of a sheet without a result. Records write the same for an empty text and for "never calculated" (as
/// programs write that do not calculate): where no formula of the whole workbook has a result, none was calculated.
#[derive(Debug, Default)]
pub(crate) struct UncalculatedOrBlank {
    without: Vec<Address>,
    some_calculated: bool,
}

impl UncalculatedOrBlank {
    /// Takes note of a formula.
    pub fn saw(&mut self, at: Address, has_result: bool) {
        self.some_calculated |= has_result;
        if !has_result {
            self.without.push(at);
        }
    }

    /// Decides for all sheets of a workbook, and settles them.
    pub fn decide(sheets: Vec<(Sheet, UncalculatedOrBlank)>) -> Vec<Sheet> {
        let calculated = sheets.iter().any(|(_, formulas)| formulas.some_calculated);
        let settled = |(mut sheet, formulas): (Sheet, UncalculatedOrBlank)| {
            for at in formulas.without.into_iter().filter(|_| !calculated) {
                sheet.cells.insert(at, Cell::shown(Value::Uncalculated, Shown::PLAIN, true));
            }
            sheet.settle();
            sheet
        };
        sheets.into_iter().map(settled).collect()
    }
}
