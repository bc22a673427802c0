//! Amounts of money and their units.

use super::fold::squeezed;
use super::frame::{Frame, frame, span};
use super::numeral::{self, Grouping};
use super::{Typed, Understood, filled, fold};
use crate::contract;
use crate::vocabulary::Quantities;
use rust_decimal::Decimal;

/// A unit in which amounts are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MoneyUnit {
    /// 元.
    Yuan,
    /// 千元.
    ThousandYuan,
    /// 万元.
    WanYuan,
    /// 百万元.
    MillionYuan,
    /// 亿元.
    YiYuan,
}

impl MoneyUnit {
    /// How many 元 one of it is.
    pub fn in_yuan(self) -> Decimal {
        match self {
            MoneyUnit::Yuan => Decimal::ONE,
            MoneyUnit::ThousandYuan => Decimal::from(1000),
            MoneyUnit::WanYuan => Decimal::from(10000),
            MoneyUnit::MillionYuan => Decimal::from(1000000),
            MoneyUnit::YiYuan => Decimal::from(100000000),
        }
    }

    /// As it is written in a table.
    pub fn name(self) -> &'static str {
        match self {
            MoneyUnit::Yuan => contract::YUAN,
            MoneyUnit::ThousandYuan => contract::THOUSAND_YUAN,
            MoneyUnit::WanYuan => contract::WAN_YUAN,
            MoneyUnit::MillionYuan => contract::MILLION_YUAN,
            MoneyUnit::YiYuan => contract::YI_YUAN,
        }
    }

    /// The unit of a label, a unit cell or a sheet's corner: `万元`, `（万元）`, `单位：万元`, `人民币万元`, `固定资产总额（万元）`,
    /// `金额/万元`, `单位：万元、%`. None: no unit of money, or two different ones, or an amount per something (元/人).
    pub fn parse(vocabulary: &Quantities, label: &str) -> Option<MoneyUnit> {
        let label = squeezed(&fold(label));
        let mut found = parts(&label).filter_map(|part| MoneyUnit::alone(vocabulary, strip_heads(vocabulary, part)));
        let first = found.next().or_else(|| ending(&label))?;
        found.all(|other| other == first).then_some(first)
    }

    /// The unit, when the text is nothing else: `万元`, `万`, `圆`.
    pub(super) fn alone(vocabulary: &Quantities, text: &str) -> Option<MoneyUnit> {
        let words = &vocabulary.units;
        let units = [
            (&words.yuan, MoneyUnit::Yuan),
            (&words.thousand_yuan, MoneyUnit::ThousandYuan),
            (&words.wan_yuan, MoneyUnit::WanYuan),
            (&words.million_yuan, MoneyUnit::MillionYuan),
            (&words.yi_yuan, MoneyUnit::YiYuan),
        ];
        units.into_iter().find(|(words, _)| words.contains(text)).map(|(_, unit)| unit)
    }
}

/// So many units beside each other are those of a whole column: 万元/人/%.
const UNITS_OF_A_COLUMN: usize = 3;

/// The pieces of a label that can be a unit: what brackets and separators part. After `/` only the last piece counts,
/// so that 元/人 and 元/人/月 are none; but of three or more with a rate among them (万元/人/%) each is one.
fn parts(label: &str) -> impl Iterator<Item = &str> {
    let places = label.split(['(', ')', '[', ']', '【', '】', ':', ',', '、', ';', '。', '|']);
    places.flat_map(|part| {
        let units = part.split('/').count();
        let is_of_a_column = units >= UNITS_OF_A_COLUMN && part.split('/').any(|unit| unit == "%");
        part.split('/').skip(if is_of_a_column { 0 } else { units - 1 })
    })
}

fn strip_heads<'t>(vocabulary: &Quantities, part: &'t str) -> &'t str {
    let mut part = part;
    let heads = &vocabulary.units.heads;
    while let Some(rest) = heads.strip_start(part) {
        part = rest;
    }
    part
}

/// A unit written straight behind the label (预算数万元). 元 alone ends too many other words.
fn ending(label: &str) -> Option<MoneyUnit> {
    let endings = [MoneyUnit::MillionYuan, MoneyUnit::ThousandYuan, MoneyUnit::WanYuan, MoneyUnit::YiYuan];
    endings.into_iter().find(|unit| label.ends_with(unit.name()))
}

/// An amount as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Money {
    /// The number, in `unit`, with the decimals it is written with.
    pub value: Decimal,
    /// The unit written with the number; None: none is.
    pub unit: Option<MoneyUnit>,
}

impl Money {
    /// The amount in another unit, given the unit of an amount that is written without one. None: too large for a decimal.
    pub fn to(self, unit: MoneyUnit, without: MoneyUnit) -> Option<Decimal> {
        let from = self.unit.unwrap_or(without);
        if from == unit {
            return Some(self.value);
        }
        self.value.checked_mul(from.in_yuan())?.checked_div(unit.in_yuan()).map(|value| value.normalize())
    }
}

/// Reads an amount: `1,035,356.30`, `1，035，356.30`, `3.96万元`, `￥1035356.3元`, `1亿2000万元`, 叁万伍仟元整, `约3.96万元`; `-5` and
/// `(5.00)` are below zero, and out of range for the caller. Wrong grouping (`1,03,5`, `3,96`), other currencies and amounts
/// per something are unreadable.
pub fn money(vocabulary: &Quantities, typed: Typed) -> Understood<Money> {
    match typed {
        Typed::Number { value, percent: false } => Understood::Value(Money { value, unit: None }),
        Typed::Number { percent: true, .. } => Understood::Unreadable,
        Typed::Text(text) => match filled(vocabulary, text) {
            Ok(text) => written(vocabulary, &frame(vocabulary, &text)),
            Err(reading) => reading,
        },
    }
}

fn written(vocabulary: &Quantities, frame: &Frame) -> Understood<Money> {
    match core(vocabulary, &frame.core) {
        Some(_) if frame.is_bound() => Understood::NotMeasurable,
        Some(money) => Understood::Value(money),
        None if is_span(vocabulary, &frame.core) => Understood::NotMeasurable,
        None => Understood::Unreadable,
    }
}

fn is_span(vocabulary: &Quantities, text: &str) -> bool {
    span(vocabulary, text)
        .is_some_and(|(low, high)| core(vocabulary, low).is_some() && core(vocabulary, high).is_some())
}

/// The whole of the text as an amount.
pub(super) fn core(vocabulary: &Quantities, text: &str) -> Option<Money> {
    let (negative, rest) = signs(vocabulary, text);
    let money = match rest.strip_prefix('(') {
        Some(inner) if !negative => in_brackets(vocabulary, inner)?,
        Some(_) => return None,
        None => amount(vocabulary, rest)?,
    };
    let value = numeral::negated_if(negative, money.value);
    Some(Money { value, ..money })
}

/// Takes off `￥`, 人民币 and the sign, in either order.
fn signs<'t>(vocabulary: &Quantities, text: &'t str) -> (bool, &'t str) {
    let (before, rest) = numeral::sign(vocabulary, currency(vocabulary, text));
    let (after, rest) = if before { (false, rest) } else { numeral::sign(vocabulary, currency(vocabulary, rest)) };
    (before || after, currency(vocabulary, rest))
}

fn currency<'t>(vocabulary: &Quantities, text: &'t str) -> &'t str {
    let mut rest = text.trim_start();
    while let Some(after) = vocabulary.units.currency.strip_start(rest) {
        rest = after.trim_start();
    }
    rest
}

/// Book-keepers write `(5.00)` for −5.
fn in_brackets(vocabulary: &Quantities, inner: &str) -> Option<Money> {
    let (inside, rest) = inner.split_once(')')?;
    let money = amount(vocabulary, &format!("{}{}", currency(vocabulary, inside.trim()), rest.trim()))?;
    Some(Money { value: numeral::negated_if(true, money.value), ..money })
}

/// Parts such as 1亿 and 2000万元, the later ones smaller; the amount is given in the unit of the last.
fn amount(vocabulary: &Quantities, text: &str) -> Option<Money> {
    let mut rest = text;
    for word in vocabulary.units.closing.iter() {
        rest = rest.strip_suffix(word).unwrap_or(rest).trim_end();
    }
    let (value, after) = number(vocabulary, rest)?;
    if after.trim().is_empty() {
        return (rest.len() == text.len()).then_some(Money { value, unit: None });
    }
    let (mut last, mut rest) = amount_unit(vocabulary, after)?;
    // 5分 alone is a score, and 5角 nobody's budget.
    (last.times >= Decimal::ONE).then_some(())?;
    let mut total = value;
    while !rest.trim_start().is_empty() {
        let (value, after) = number(vocabulary, rest.trim_start())?;
        let (next, after) = amount_unit(vocabulary, after)?;
        let ratio = last.yuan().checked_div(next.yuan())?;
        if !total.is_integer() || value >= ratio {
            return None;
        }
        total = total.checked_mul(ratio)?.checked_add(value)?;
        (last, rest) = (next, after);
    }
    let value = total.checked_mul(last.times)?;
    Some(Money { value, unit: Some(last.unit) })
}

fn number<'t>(vocabulary: &Quantities, text: &'t str) -> Option<(Decimal, &'t str)> {
    numeral::arabic(text, Grouping::Allowed).or_else(|| numeral::chinese_below_myriad(vocabulary, text))
}

/// What one part of an amount is counted in.
#[derive(Clone, Copy)]
struct AmountUnit {
    unit: MoneyUnit,
    times: Decimal,
}

impl AmountUnit {
    fn yuan(self) -> Decimal {
        self.unit.in_yuan() * self.times
    }
}

/// The unit at the start of the text: the longest word that fits.
fn amount_unit<'t>(vocabulary: &Quantities, text: &'t str) -> Option<(AmountUnit, &'t str)> {
    use MoneyUnit::{MillionYuan, ThousandYuan, WanYuan, YiYuan, Yuan};
    let words = &vocabulary.units;
    let units = [
        (&words.amount_yi_yuan, YiYuan, Decimal::ONE),
        (&words.amount_ten_million, WanYuan, Decimal::ONE_THOUSAND),
        (&words.amount_million_yuan, MillionYuan, Decimal::ONE),
        (&words.amount_hundred_thousand, WanYuan, Decimal::TEN),
        (&words.amount_wan_yuan, WanYuan, Decimal::ONE),
        (&words.amount_thousand_yuan, ThousandYuan, Decimal::ONE),
        (&words.amount_yuan, Yuan, Decimal::ONE),
        (&words.amount_jiao, Yuan, Decimal::new(1, 1)),
        (&words.amount_fen, Yuan, Decimal::new(1, 2)),
    ];
    let text = text.trim_start();
    let text = text.strip_prefix('(').filter(|rest| rest.ends_with(')')).map_or(text, |rest| &rest[..rest.len() - 1]);
    let found = units
        .into_iter()
        .filter_map(|(words, unit, times)| Some((AmountUnit { unit, times }, words.longest_start(text)?)));
    found.min_by_key(|(_, rest)| rest.len())
}
