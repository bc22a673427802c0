//! Numbers at the start of a text: Arabic with or without grouping, and Chinese. Expects folded text.

use crate::vocabulary::Quantities;
use rust_decimal::Decimal;

/// Whether digits may stand in groups of three (`1,035,356.30`, `1 035 356.30`).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Grouping {
    Allowed,
    Refused,
}

/// A number with its sign, and the text after it. Arabic, or Chinese of any size (三万五千).
pub(super) fn signed<'t>(vocabulary: &Quantities, text: &'t str, grouping: Grouping) -> Option<(Decimal, &'t str)> {
    let (negative, rest) = sign(vocabulary, text);
    let (number, rest) = arabic(rest, grouping).or_else(|| chinese(vocabulary, rest))?;
    Some((negated_if(negative, number), rest))
}

/// Below zero when the sign says so; there is no −0.
pub(super) fn negated_if(negative: bool, number: Decimal) -> Decimal {
    if negative && !number.is_zero() { -number } else { number }
}

/// The sign before a number; true: it is below zero.
pub(super) fn sign<'t>(vocabulary: &Quantities, text: &'t str) -> (bool, &'t str) {
    let minus = |c| matches!(c, '-' | '\u{2212}') || vocabulary.numerals.minus.contains(c);
    if let Some(rest) = text.strip_prefix(minus) {
        (true, rest.trim_start())
    } else if let Some(rest) = text.strip_prefix('+') {
        (false, rest.trim_start())
    } else {
        (false, text)
    }
}

/// Arabic digits without sign; decimals keep the scale they are written with. Of `1,03,5`, `1.2.3`, `8 9` and `1e5次` the
/// rest is what no caller takes for a unit.
pub(super) fn arabic(text: &str, grouping: Grouping) -> Option<(Decimal, &str)> {
    let whole = leading_digits(text);
    let (mut digits, mut rest) = (whole.to_owned(), &text[whole.len()..]);
    if grouping == Grouping::Allowed
        && let Some((grouped, after)) = groups(whole, rest)
    {
        (digits, rest) = (grouped, after);
    }
    if let Some(after) = rest.strip_prefix('.') {
        let fraction = leading_digits(after);
        rest = &after[fraction.len()..];
        if digits.is_empty() && fraction.is_empty() {
            return None;
        }
        if !fraction.is_empty() {
            digits = format!("{}.{fraction}", if digits.is_empty() { "0" } else { &digits });
        }
    }
    let number = Decimal::from_str_exact(&digits).ok()?;
    match rest.strip_prefix(['e', 'E']).filter(|_| grouping == Grouping::Allowed) {
        Some(exponent) => Some(powered(number, exponent).map_or((number, rest), |number| (number, ""))),
        None => Some((number, rest)),
    }
}

/// 1.00E+06, as spreadsheets write a large number into a text; nothing may stand behind it.
fn powered(number: Decimal, exponent: &str) -> Option<Decimal> {
    let power: i32 = exponent.strip_prefix('+').unwrap_or(exponent).parse().ok()?;
    Decimal::from_scientific(&format!("{number}e{power}")).ok().map(|number| number.normalize())
}

fn leading_digits(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    &text[..end]
}

/// The digits of `first` and the groups of three after it, all parted by the same sign.
fn groups<'a>(first: &str, rest: &'a str) -> Option<(String, &'a str)> {
    let parting = rest.chars().next().filter(|c| matches!(c, ',' | ' '))?;
    if first.is_empty() || first.len() > 3 || first.starts_with('0') {
        return None;
    }
    let (mut digits, mut rest) = (first.to_owned(), rest);
    while let Some(after) = rest.strip_prefix(parting) {
        let group = leading_digits(after);
        if group.len() != 3 {
            break;
        }
        digits.push_str(group);
        rest = &after[3..];
    }
    Some((digits, rest))
}

/// A Chinese number of any size, with decimals after 点: 十二, 三万五千, 九十八点五. Sequences that people use for
/// "about" (三五, 七八) and shortened ones (一百二, 三万五) are none.
pub(super) fn chinese<'t>(vocabulary: &Quantities, text: &'t str) -> Option<(Decimal, &'t str)> {
    let mut total: u64 = 0;
    let mut rest = text;
    let mut open = text;
    let (yi, wan) = (&vocabulary.numerals.hundred_million, &vocabulary.numerals.myriad);
    for (big, factor) in [(yi.all(), 100_000_000), (wan.all(), 10_000), (&[], 1)] {
        let Some((value, zero, after)) = section(vocabulary, open) else {
            continue;
        };
        let linked = total == 0 || zero || value >= 1000;
        if factor == 1 {
            linked.then_some(())?;
            total = total.checked_add(value)?;
            rest = after;
        } else if let Some(after) = after.strip_prefix(big) {
            (linked && value > 0).then_some(())?;
            total = total.checked_add(value.checked_mul(factor)?)?;
            (rest, open) = (after, after);
        }
    }
    if rest.len() == text.len() || rest.starts_with(|c| is_numeral(vocabulary, c)) {
        return None;
    }
    Some(decimals(vocabulary, Decimal::from(total), rest))
}

/// A Chinese number below ten thousand, with decimals after 点; 万 and 亿 are left to the caller.
pub(super) fn chinese_below_myriad<'t>(vocabulary: &Quantities, text: &'t str) -> Option<(Decimal, &'t str)> {
    let (value, _, rest) = section(vocabulary, text)?;
    Some(decimals(vocabulary, Decimal::from(value), rest))
}

/// The digits after 点, if any.
fn decimals<'t>(vocabulary: &Quantities, whole: Decimal, rest: &'t str) -> (Decimal, &'t str) {
    let read = || {
        let after = rest.strip_prefix(vocabulary.numerals.point.all())?;
        let end = after.find(|c| digit(vocabulary, c).is_none()).unwrap_or(after.len());
        let fraction: String =
            after[..end].chars().filter_map(|c| digit(vocabulary, c)).map(|d| d.to_string()).collect();
        let number = Decimal::from_str_exact(&format!("{whole}.{fraction}")).ok()?;
        (end > 0).then_some((number, &after[end..]))
    };
    read().unwrap_or((whole, rest))
}

/// Value of the numerals up to 千 at the start, whether a linking 零 stands before them, and the rest.
fn section<'t>(vocabulary: &Quantities, text: &'t str) -> Option<(u64, bool, &'t str)> {
    let end = text.find(|c| digit(vocabulary, c).is_none() && unit(vocabulary, c).is_none()).unwrap_or(text.len());
    let run: Vec<char> = text[..end].chars().collect();
    let linked = run.len() > 1 && digit(vocabulary, run[0]) == Some(0);
    let value = section_value(vocabulary, if linked { &run[1..] } else { &run })?;
    Some((value, linked, &text[end..]))
}

fn section_value(vocabulary: &Quantities, run: &[char]) -> Option<u64> {
    if run.is_empty() || run.len() > 12 {
        return None;
    }
    if run.iter().all(|&c| digit(vocabulary, c).is_some()) {
        return digit_by_digit(vocabulary, run);
    }
    let (mut value, mut last, mut pending, mut zero) = (0, 10_000, None, false);
    for (at, &c) in run.iter().enumerate() {
        match (digit(vocabulary, c), unit(vocabulary, c)) {
            (Some(0), _) if pending.is_none() && !zero => zero = true,
            (Some(d), _) if d > 0 && pending.is_none() => pending = Some(d),
            (_, Some(u)) if u < last => {
                let times = if at == 0 && u == 10 { 1 } else { pending.take()? };
                gap_is_told(last, u, zero)?;
                value += times * u;
                (last, zero) = (u, false);
            }
            _ => return None,
        }
    }
    match pending {
        Some(d) => gap_is_told(last, 1, zero).map(|()| value + d),
        None => (!zero).then_some(value),
    }
}

/// Where a place is left out, 零 must stand for it, and only there: 一百零二, 一百二十, but not 一百二.
fn gap_is_told(last: u64, place: u64, zero: bool) -> Option<()> {
    let gap = last != 10_000 && last != place * 10;
    (gap == zero).then_some(())
}

/// 八, 二〇, 一〇五. Without a zero in it (三五, 七八) a row of digits can mean "three to five".
fn digit_by_digit(vocabulary: &Quantities, run: &[char]) -> Option<u64> {
    let digits: Vec<u64> = run.iter().filter_map(|&c| digit(vocabulary, c)).collect();
    if digits.len() > 1 && !digits.contains(&0) {
        return None;
    }
    Some(digits.iter().fold(0, |value, d| value * 10 + d))
}

fn is_numeral(vocabulary: &Quantities, c: char) -> bool {
    digit(vocabulary, c).is_some()
        || unit(vocabulary, c).is_some()
        || vocabulary.numerals.myriad.contains(c)
        || vocabulary.numerals.hundred_million.contains(c)
}

fn digit(vocabulary: &Quantities, c: char) -> Option<u64> {
    let numerals = &vocabulary.numerals;
    let digits = [
        &numerals.zero,
        &numerals.one,
        &numerals.two,
        &numerals.three,
        &numerals.four,
        &numerals.five,
        &numerals.six,
        &numerals.seven,
        &numerals.eight,
        &numerals.nine,
    ];
    (0..).zip(digits).find(|(_, chars)| chars.contains(c)).map(|(value, _)| value)
}

fn unit(vocabulary: &Quantities, c: char) -> Option<u64> {
    let numerals = &vocabulary.numerals;
    let units = [(&numerals.ten, 10), (&numerals.hundred, 100), (&numerals.thousand, 1000)];
    units.into_iter().find(|(chars, _)| chars.contains(c)).map(|(_, value)| value)
}
