//! Amounts of money and their units.

use super::fold::squeezed;
use super::frame::{Frame, frame, span};
use super::numeral::{self, Grouping};
use super::{Reading, Typed, filled, fold};
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
            MoneyUnit::Yuan => "元",
            MoneyUnit::ThousandYuan => "千元",
            MoneyUnit::WanYuan => "万元",
            MoneyUnit::MillionYuan => "百万元",
            MoneyUnit::YiYuan => "亿元",
        }
    }

    /// The unit of a label, a unit cell or a sheet's corner: `万元`, `（万元）`, `单位：万元`, `人民币万元`, `固定资产总额（万元）`,
    /// `金额/万元`, `单位：万元、%`. None: no unit of money, or two different ones, or an amount per something (元/人).
    pub fn parse(label: &str) -> Option<MoneyUnit> {
        let label = squeezed(&fold(label));
        let mut found = parts(&label).filter_map(|part| MoneyUnit::alone(strip_heads(part)));
        let first = found.next().or_else(|| ending(&label))?;
        found.all(|other| other == first).then_some(first)
    }

    /// The unit, when the text is nothing else: `万元`, `万`, `圆`.
    pub(super) fn alone(text: &str) -> Option<MoneyUnit> {
        Some(match text {
            "元" | "圆" | "人民币" | "元人民币" | "RMB元" => MoneyUnit::Yuan,
            "千元" => MoneyUnit::ThousandYuan,
            "万元" | "万" | "万元人民币" => MoneyUnit::WanYuan,
            "百万元" | "百万" => MoneyUnit::MillionYuan,
            "亿元" | "亿" => MoneyUnit::YiYuan,
            _ => return None,
        })
        .filter(|_| text != "人民币")
    }
}

/// The pieces of a label that can be a unit: what brackets and separators part. After `/` only the last piece counts,
/// so that 元/人 is none.
fn parts(label: &str) -> impl Iterator<Item = &str> {
    label
        .split(['(', ')', '[', ']', '【', '】', ':', ',', '、', ';', '。', '|'])
        .map(|part| part.rsplit('/').next().unwrap_or(part))
}

fn strip_heads(part: &str) -> &str {
    let mut part = part;
    let heads = ["金额单位", "货币单位", "计量单位", "计价单位", "单位", "人民币", "RMB", "币种", "均为", "为"];
    while let Some(rest) = heads.iter().find_map(|head| part.strip_prefix(head)) {
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
pub fn money(typed: Typed) -> Reading<Money> {
    match typed {
        Typed::Number { value, percent: false } => Reading::Value(Money { value, unit: None }),
        Typed::Number { percent: true, .. } => Reading::Unreadable,
        Typed::Text(text) => match filled(text) {
            Ok(text) => written(&frame(&text)),
            Err(reading) => reading,
        },
    }
}

fn written(frame: &Frame) -> Reading<Money> {
    match core(&frame.core) {
        Some(_) if frame.is_bound() => Reading::NotMeasurable,
        Some(money) => Reading::Value(money),
        None if is_span(&frame.core) => Reading::NotMeasurable,
        None => Reading::Unreadable,
    }
}

fn is_span(text: &str) -> bool {
    span(text).is_some_and(|(low, high)| core(low).is_some() && core(high).is_some())
}

/// The whole of the text as an amount.
pub(super) fn core(text: &str) -> Option<Money> {
    let (negative, rest) = signs(text);
    let money = match rest.strip_prefix('(') {
        Some(inner) if !negative => in_brackets(inner)?,
        Some(_) => return None,
        None => amount(rest)?,
    };
    let value = numeral::negated_if(negative, money.value);
    Some(Money { value, ..money })
}

/// Takes off `￥`, 人民币 and the sign, in either order.
fn signs(text: &str) -> (bool, &str) {
    let (before, rest) = numeral::sign(currency(text));
    let (after, rest) = if before { (false, rest) } else { numeral::sign(currency(rest)) };
    (before || after, currency(rest))
}

fn currency(text: &str) -> &str {
    let mut rest = text.trim_start();
    while let Some(after) = ["人民币", "RMB", "CNY", "¥", ":"].iter().find_map(|word| rest.strip_prefix(word)) {
        rest = after.trim_start();
    }
    rest
}

/// Book-keepers write `(5.00)` for −5.
fn in_brackets(inner: &str) -> Option<Money> {
    let (inside, rest) = inner.split_once(')')?;
    let money = amount(&format!("{}{}", currency(inside.trim()), rest.trim()))?;
    Some(Money { value: numeral::negated_if(true, money.value), ..money })
}

/// Parts such as 1亿 and 2000万元, the later ones smaller; the amount is given in the unit of the last.
fn amount(text: &str) -> Option<Money> {
    let mut rest = text;
    for word in ["整", "正", "人民币", "RMB"] {
        rest = rest.strip_suffix(word).unwrap_or(rest).trim_end();
    }
    let (value, after) = number(rest)?;
    if after.trim().is_empty() {
        return (rest.len() == text.len()).then_some(Money { value, unit: None });
    }
    let (mut last, mut rest) = part(after)?;
    // 5分 alone is a score, and 5角 nobody's budget.
    (last.times >= Decimal::ONE).then_some(())?;
    let mut total = value;
    while !rest.trim_start().is_empty() {
        let (value, after) = number(rest.trim_start())?;
        let (next, after) = part(after)?;
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

fn number(text: &str) -> Option<(Decimal, &str)> {
    numeral::arabic(text, Grouping::Allowed).or_else(|| numeral::chinese_below_myriad(text))
}

/// What one part of an amount is counted in.
#[derive(Clone, Copy)]
struct Part {
    unit: MoneyUnit,
    times: Decimal,
}

impl Part {
    fn yuan(self) -> Decimal {
        self.unit.in_yuan() * self.times
    }
}

/// The unit at the start of the text. Longest first.
fn part(text: &str) -> Option<(Part, &str)> {
    use MoneyUnit::{MillionYuan, ThousandYuan, WanYuan, YiYuan, Yuan};
    let units = [
        ("亿元", YiYuan, Decimal::from(1)),
        ("千万元", WanYuan, Decimal::from(1000)),
        ("百万元", MillionYuan, Decimal::from(1)),
        ("十万元", WanYuan, Decimal::from(10)),
        ("万元", WanYuan, Decimal::from(1)),
        ("千元", ThousandYuan, Decimal::from(1)),
        ("元", Yuan, Decimal::from(1)),
        ("圆", Yuan, Decimal::from(1)),
        ("亿", YiYuan, Decimal::from(1)),
        ("千万", WanYuan, Decimal::from(1000)),
        ("百万", MillionYuan, Decimal::from(1)),
        ("十万", WanYuan, Decimal::from(10)),
        ("万", WanYuan, Decimal::from(1)),
        ("角", Yuan, Decimal::new(1, 1)),
        ("分", Yuan, Decimal::new(1, 2)),
    ];
    let text = text.trim_start();
    let text = text.strip_prefix('(').filter(|rest| rest.ends_with(')')).map_or(text, |rest| &rest[..rest.len() - 1]);
    units.into_iter().find_map(|(name, unit, times)| Some((Part { unit, times }, text.strip_prefix(name)?)))
}
