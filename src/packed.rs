//! What an audit keeps of its phrases, packed: a sentence with its terms takes a kilobyte of small pieces of memory, and a
//! hundred bytes packed. A batch holds hundreds of sentences for every submission, and words each of them once or twice.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::{LazyLock, PoisonError, RwLock};

use foldhash::fast::RandomState;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::phrase::{Phrase, Term, Terms};

/// Something packed.
pub struct Packed<T> {
    bytes: Box<[u8]>,
    of: PhantomData<fn() -> T>,
}

/// Most sentences have no more bytes.
const USUAL: usize = 256;

/// What can be put into words: a phrase, packed or not.
pub trait Worded {
    /// The phrase.
    fn phrase(&self) -> Cow<'_, Phrase>;
}

impl Worded for Phrase {
    fn phrase(&self) -> Cow<'_, Phrase> {
        Cow::Borrowed(self)
    }
}

impl Worded for Packed<Phrase> {
    fn phrase(&self) -> Cow<'_, Phrase> {
        Cow::Owned(self.open())
    }
}

impl<T: Worded> Worded for &T {
    fn phrase(&self) -> Cow<'_, Phrase> {
        (*self).phrase()
    }
}

/// What can be packed, and comes back the same.
pub trait Pack: Default {
    /// Puts it behind what is packed already.
    fn pack(&self, into: &mut Vec<u8>);

    /// Takes it from the front; none where something else is packed there.
    fn unpack(from: &mut &[u8]) -> Option<Self>;
}

impl<T: Pack> Packed<T> {
    /// Packs it.
    pub fn new(value: &T) -> Packed<T> {
        let mut bytes = Vec::with_capacity(USUAL);
        value.pack(&mut bytes);
        Packed { bytes: bytes.into_boxed_slice(), of: PhantomData }
    }

    /// What was packed.
    pub fn open(&self) -> T {
        let opened = T::unpack(&mut &*self.bytes);
        // Nothing else than what was packed ever stands there.
        debug_assert!(opened.is_some());
        opened.unwrap_or_default()
    }

    /// Puts it behind what is packed already, as a piece of its own.
    pub fn put(&self, into: &mut Vec<u8>) {
        put_number(self.bytes.len() as u128, into);
        into.extend_from_slice(&self.bytes);
    }

    /// Takes such a piece from the front.
    pub fn taken(from: &mut &[u8]) -> Option<Packed<T>> {
        let length = take_count(from)?;
        let (bytes, rest) = from.split_at_checked(length)?;
        *from = rest;
        Some(Packed { bytes: bytes.into(), of: PhantomData })
    }

    /// Bytes that it takes, beside its own two words.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }
}

impl<T: Pack> Packed<Vec<T>> {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        take_number(&mut &*self.bytes) == Some(0)
    }
}

impl<T: Pack> From<T> for Packed<T> {
    fn from(value: T) -> Packed<T> {
        Packed::new(&value)
    }
}

impl<T> Clone for Packed<T> {
    fn clone(&self) -> Packed<T> {
        Packed { bytes: self.bytes.clone(), of: PhantomData }
    }
}

impl<T: Pack + fmt::Debug> fmt::Debug for Packed<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.open().fmt(formatter)
    }
}

impl<T: Pack + PartialEq> PartialEq for Packed<T> {
    fn eq(&self, other: &Packed<T>) -> bool {
        // The same may be packed otherwise: terms in another order, a key before and after it was known.
        self.bytes == other.bytes || self.open() == other.open()
    }
}

impl<T: Pack + Eq> Eq for Packed<T> {}

impl<T: Pack + Serialize> Serialize for Packed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.open().serialize(serializer)
    }
}

impl<'de, T: Pack + Deserialize<'de>> Deserialize<'de> for Packed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Packed<T>, D::Error> {
        T::deserialize(deserializer).map(|value| Packed::new(&value))
    }
}

impl<T: Pack> Pack for Vec<T> {
    fn pack(&self, into: &mut Vec<u8>) {
        put_number(self.len() as u128, into);
        self.iter().for_each(|item| item.pack(into));
    }

    fn unpack(from: &mut &[u8]) -> Option<Vec<T>> {
        let count = take_count(from)?;
        (0..count).map(|_| T::unpack(from)).collect()
    }
}

impl<T: Pack> Pack for Option<T> {
    fn pack(&self, into: &mut Vec<u8>) {
        into.push(u8::from(self.is_some()));
        self.iter().for_each(|value| value.pack(into));
    }

    fn unpack(from: &mut &[u8]) -> Option<Option<T>> {
        match take_byte(from)? {
            0 => Some(None),
            _ => T::unpack(from).map(Some),
        }
    }
}

impl Pack for bool {
    fn pack(&self, into: &mut Vec<u8>) {
        into.push(u8::from(*self));
    }

    fn unpack(from: &mut &[u8]) -> Option<bool> {
        take_byte(from).map(|byte| byte != 0)
    }
}

impl Pack for usize {
    fn pack(&self, into: &mut Vec<u8>) {
        put_number(*self as u128, into);
    }

    fn unpack(from: &mut &[u8]) -> Option<usize> {
        take_count(from)
    }
}

impl Pack for u32 {
    fn pack(&self, into: &mut Vec<u8>) {
        put_number((*self).into(), into);
    }

    fn unpack(from: &mut &[u8]) -> Option<u32> {
        u32::try_from(take_number(from)?).ok()
    }
}

impl Pack for i32 {
    fn pack(&self, into: &mut Vec<u8>) {
        self.cast_unsigned().pack(into);
    }

    fn unpack(from: &mut &[u8]) -> Option<i32> {
        u32::unpack(from).map(u32::cast_signed)
    }
}

impl Pack for String {
    fn pack(&self, into: &mut Vec<u8>) {
        put_text(self, into);
    }

    fn unpack(from: &mut &[u8]) -> Option<String> {
        take_text(from).map(str::to_owned)
    }
}

/// Where the sign of a decimal stands beside its scale, which is 28 at most.
const MINUS: u8 = 0x80;

impl Pack for Decimal {
    fn pack(&self, into: &mut Vec<u8>) {
        let sign = if self.is_sign_negative() { MINUS } else { 0 };
        into.push(self.scale() as u8 | sign);
        put_number(self.mantissa().unsigned_abs(), into);
    }

    fn unpack(from: &mut &[u8]) -> Option<Decimal> {
        let scale = take_byte(from)?;
        let digits = i128::try_from(take_number(from)?).ok()?;
        let mut value = Decimal::try_from_i128_with_scale(digits, u32::from(scale & !MINUS)).ok()?;
        value.set_sign_negative(scale & MINUS != 0);
        Some(value)
    }
}

impl Pack for Phrase {
    fn pack(&self, into: &mut Vec<u8>) {
        put_key(&self.says, into);
        put_number(self.terms.iter().count() as u128, into);
        for (hole, term) in self.terms.keyed() {
            put_key(hole, into);
            term.pack(into);
        }
    }

    fn unpack(from: &mut &[u8]) -> Option<Phrase> {
        let says = take_key(from)?;
        let count = take_count(from)?;
        let mut terms = Terms::default();
        for _ in 0..count {
            let hole = take_key(from)?;
            terms.put(hole, Term::unpack(from)?);
        }
        Some(Phrase { says, terms })
    }
}

/// The kinds of terms, by what stands before each.
const TEXT: u8 = 0;
const LIST: u8 = 1;
const PHRASE: u8 = 2;
const JOINED: u8 = 3;

impl Pack for Term {
    fn pack(&self, into: &mut Vec<u8>) {
        match self {
            Term::Text(text) => {
                into.push(TEXT);
                put_text(text, into);
            }
            Term::List(items) => {
                into.push(LIST);
                items.pack(into);
            }
            Term::Phrase(phrase) => {
                into.push(PHRASE);
                phrase.pack(into);
            }
            Term::Joined { items, by } => {
                into.push(JOINED);
                put_key(by, into);
                items.pack(into);
            }
        }
    }

    fn unpack(from: &mut &[u8]) -> Option<Term> {
        Some(match take_byte(from)? {
            TEXT => Term::Text(take_text(from)?.to_owned()),
            LIST => Term::List(Vec::unpack(from)?),
            PHRASE => Term::Phrase(Phrase::unpack(from)?),
            JOINED => {
                let by = take_key(from)?;
                Term::Joined { by, items: Vec::unpack(from)? }
            }
            _ => return None,
        })
    }
}

/// Keys of texts and names of holes, by their numbers: those that stand in the program, some hundreds.
#[derive(Default)]
struct Keys {
    numbers: HashMap<&'static str, usize, RandomState>,
    keys: Vec<&'static str>,
}

static KEYS: LazyLock<RwLock<Keys>> = LazyLock::new(RwLock::default);

/// The number of a key; none of one that no part of the program has packed yet: lines may say anything.
#[expect(clippy::ptr_arg, reason = "only a key of the program itself, which is borrowed for ever, gets a number")]
fn number_of(key: &Cow<'static, str>) -> Option<usize> {
    let known = KEYS.read().unwrap_or_else(PoisonError::into_inner).numbers.get(key.as_ref()).copied();
    match (known, key) {
        (None, Cow::Borrowed(key)) => {
            let mut known = KEYS.write().unwrap_or_else(PoisonError::into_inner);
            let Keys { numbers, keys } = &mut *known;
            let number = *numbers.entry(key).or_insert(keys.len());
            if number == keys.len() {
                keys.push(key);
            }
            Some(number)
        }
        (known, _) => known,
    }
}

/// A key by its number, from 1; else 0 and the key.
#[expect(clippy::ptr_arg, reason = "only a key of the program itself, which is borrowed for ever, gets a number")]
fn put_key(key: &Cow<'static, str>, into: &mut Vec<u8>) {
    match number_of(key) {
        Some(number) => put_number(number as u128 + 1, into),
        None => {
            put_number(0, into);
            put_text(key, into);
        }
    }
}

fn take_key(from: &mut &[u8]) -> Option<Cow<'static, str>> {
    match take_count(from)?.checked_sub(1) {
        None => take_text(from).map(|key| Cow::Owned(key.to_owned())),
        Some(number) => {
            let known = KEYS.read().unwrap_or_else(PoisonError::into_inner);
            known.keys.get(number).map(|key| Cow::Borrowed(*key))
        }
    }
}

fn put_text(text: &str, into: &mut Vec<u8>) {
    put_number(text.len() as u128, into);
    into.extend_from_slice(text.as_bytes());
}

fn take_text<'a>(from: &mut &'a [u8]) -> Option<&'a str> {
    let length = take_count(from)?;
    let (text, rest) = from.split_at_checked(length)?;
    *from = rest;
    std::str::from_utf8(text).ok()
}

/// Seven bits to a byte, the lowest first; the eighth says that more follow.
fn put_number(mut number: u128, into: &mut Vec<u8>) {
    while number > 0x7f {
        into.push(number as u8 | 0x80);
        number >>= 7;
    }
    into.push(number as u8);
}

fn take_count(from: &mut &[u8]) -> Option<usize> {
    usize::try_from(take_number(from)?).ok()
}

fn take_number(from: &mut &[u8]) -> Option<u128> {
    let (mut number, mut shift) = (0u128, 0);
    loop {
        let byte = take_byte(from)?;
        number |= u128::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(number);
        }
        shift += 7;
    }
}

fn take_byte(from: &mut &[u8]) -> Option<u8> {
    let (first, rest) = from.split_first()?;
    *from = rest;
    Some(*first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some() -> Phrase {
        let ways = Term::joined(
            vec![Phrase::new("working.range").with("sum", "1+1"), Phrase::new("working.fact")],
            "working.about",
        );
        Phrase::new("working.band-between")
            .with("ways", ways)
            .with("among", vec!["甲", "乙"])
            .with("long", "长".repeat(200))
    }

    #[test]
    fn what_was_packed_comes_back() {
        let steps = vec![some(), Phrase::new("working.band-any"), some()];
        assert_eq!(Packed::new(&steps).open(), steps);
        assert!(Packed::new(&Vec::<Phrase>::new()).open().is_empty());
    }

    #[test]
    fn a_key_that_only_a_line_says_comes_back_and_is_the_same_as_one_of_the_program() {
        let unknown = Phrase::new(["packed", "only-read"].join(".")).with("hole".to_owned(), "1");
        assert_eq!(Packed::new(&unknown).open(), unknown);
        let read = Phrase::new("working.edge-in".to_owned()).with("hole".to_owned(), "1");
        let packed = Packed::new(&read);
        assert_eq!(packed.open(), read);
        let made = Phrase::new("working.edge-in").with("hole", "1");
        assert_eq!(Packed::new(&made), packed);
        assert_ne!(Packed::new(&made.with("hole", "2")), packed);
    }

    #[test]
    fn a_decimal_of_any_size_comes_back_with_its_places_and_its_sign() {
        for text in ["0", "-0.00", "92.40", "-1.5", "79228162514264337593543950335", "0.0000000000000000000000000001"] {
            let value: Decimal = text.parse().expect("a decimal");
            let opened = Packed::new(&vec![Some(value), None]).open();
            assert_eq!((opened[0].map(|value| value.to_string()), opened[1]), (Some(value.to_string()), None));
        }
    }

    #[test]
    fn terms_in_another_order_are_the_same_phrase() {
        let one = Phrase::new("working.range").with("a", "1").with("b", "2");
        let other = Phrase::new("working.range").with("b", "2").with("a", "1");
        assert_eq!(Packed::new(&one), Packed::new(&other));
    }

    #[test]
    fn a_step_of_a_working_takes_less_than_forty_bytes() {
        let step = Phrase::new("working.band-between")
            .with("above", "1234.56")
            .with("below", "2345.67")
            .with("points", "6.00");
        assert!(Packed::new(&step).size() < 40, "{}", Packed::new(&step).size());
    }

    #[test]
    fn a_number_of_any_size_comes_back() {
        for number in [0, 1, 0x7f, 0x80, 0x3fff, 0x4000, u128::MAX] {
            let mut bytes = Vec::new();
            put_number(number, &mut bytes);
            assert_eq!(take_number(&mut &*bytes), Some(number));
        }
    }
}
