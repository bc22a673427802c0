//! Claimed scores.

use super::fold::squeezed;
use super::frame::frame;
use super::numeral::{self, Grouping};
use super::{Typed, Understood, filled};
use crate::vocabulary::Quantities;
use rust_decimal::Decimal;

/// A score is written with so many decimals at most.
const PLACES: usize = 2;

/// A score as claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    /// Points, with the decimals they are written with: `6.00` has scale 2, the number 6 has scale 0.
    pub value: Decimal,
    /// The points that the cell says it is out of: 6 of `5/6`. A claim stands only where they are the indicator's.
    pub of: Option<Decimal>,
}

/// Reads a claimed score as a person reads it: 5, `5`, `5.00`, `5分`, `５`, `得5分`, 五分, `5/5`, `3-1=2`, `1+1+1`,
/// `扣1分，得2分`, `1.92①`, `6（见附件3）`. A score below zero is a value: that it is invalid is for the caller to say.
///
/// A number shown as a percentage is unreadable (5 % of what?), and so are `约5分`, `≥5`, `1,000`, sums that do not come out
/// (`3-1=3`), more points than there are (`6/5`) and any other text with two numbers, except a closing （满分6分）.
pub fn score(vocabulary: &Quantities, typed: Typed) -> Understood<Score> {
    match typed {
        Typed::Number { value, percent: false } => Understood::Value(Score { value: value.normalize(), of: None }),
        Typed::Number { percent: true, .. } => Understood::Unreadable,
        Typed::Text(text) => match filled(vocabulary, without_note(text)) {
            Ok(text) => {
                let text = with_a_point(vocabulary, without_said(vocabulary, &text));
                match written(vocabulary, &text) {
                    Understood::Value(score) => Understood::Value(score),
                    other => worked_out(vocabulary, &text).map_or(other, Understood::Value),
                }
            }
            Err(reading) => reading,
        },
    }
}

/// The same of an indicator with so many points: 满分 and 不扣分 are all of them, and 扣1分 is one less.
pub fn score_of(vocabulary: &Quantities, typed: Typed, points: Decimal) -> Understood<Score> {
    let read = score(vocabulary, typed);
    let (Typed::Text(text), Understood::Unreadable) = (typed, &read) else { return read };
    let Ok(text) = filled::<Score>(vocabulary, without_note(text)) else { return read };
    let text = squeezed(&text);
    let words = &vocabulary.comparisons;
    let claimed = match words.score_full.contains(text.trim_end_matches('。')) {
        true => Some(points),
        false => deduction(vocabulary, &text)
            .filter(|(off, rest)| rest.is_empty() && (Decimal::ZERO..=points).contains(off))
            .map(|(off, _)| points - off),
    };
    claimed.map_or(read, |value| Understood::Value(Score { value, of: None }))
}

/// 5 of 5（自评）: what the brackets say of a claim it is anyhow.
fn without_said<'t>(vocabulary: &Quantities, text: &'t str) -> &'t str {
    let said = text.trim_end().strip_suffix(')').and_then(|text| text.rsplit_once('('));
    said.filter(|(_, said)| vocabulary.comparisons.score_said.contains(said.trim())).map_or(text, |(score, _)| score)
}

/// 1。92 and 1·92 are 1.92: a stop between digits that the keyboard gave for a point.
fn with_a_point(vocabulary: &Quantities, text: &str) -> String {
    let is_stop = |c: char| matches!(c, '。' | '·');
    let Some((whole, rest)) = text.split_once(is_stop) else { return text.to_owned() };
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = rest.len() - behind.len();
    let is_whole = !whole.is_empty() && whole.bytes().all(|b| b.is_ascii_digit());
    if is_whole && (1..=PLACES).contains(&digits) && is_points(vocabulary, behind.trim()) {
        format!("{whole}.{rest}")
    } else {
        text.to_owned()
    }
}

/// The text without the mark of a footnote behind a number: 1.92①, 5*, 5注1 is none.
fn without_note(text: &str) -> &str {
    let is_mark = |c: char| matches!(c, '\u{2460}'..='\u{249B}' | '\u{2776}'..='\u{2793}' | '*' | '＊' | '※');
    let rest = text.trim_end().trim_end_matches(is_mark);
    if rest.trim_end().ends_with(char::is_numeric) { rest } else { text }
}

fn written(vocabulary: &Quantities, text: &str) -> Understood<Score> {
    let text = vocabulary.comparisons.score_before.strip_start(text).unwrap_or(text);
    let frame = frame(vocabulary, text.trim_start_matches(':').trim_start());
    if frame.sign.is_some() || frame.about || frame.vague {
        return Understood::Unreadable;
    }
    match numeral::signed(vocabulary, &frame.core, Grouping::Refused) {
        Some((value, rest)) if is_points(vocabulary, &squeezed(rest)) => Understood::Value(Score { value, of: None }),
        _ => Understood::Unreadable,
    }
}

fn is_points(vocabulary: &Quantities, unit: &str) -> bool {
    unit.is_empty() || vocabulary.units.points.contains(unit)
}

/// A score that the cell works out: out of its points, as a sum, or after what was taken off.
fn worked_out(vocabulary: &Quantities, text: &str) -> Option<Score> {
    let text = squeezed(text);
    of_points(vocabulary, &text).or_else(|| {
        let value = sum(vocabulary, &text)
            .or_else(|| product(vocabulary, &text))
            .or_else(|| after_deduction(vocabulary, &text))?;
        Some(Score { value, of: None })
    })
}

/// `5/6`: 5 of 6 points.
fn of_points(vocabulary: &Quantities, text: &str) -> Option<Score> {
    let (value, of) = text.split_once('/')?;
    let (value, of) = (number(vocabulary, value)?, number(vocabulary, of)?);
    (value <= of && of > Decimal::ZERO).then_some(Score { value, of: Some(of) })
}

/// `1+1+1`, `3-1=2`: a sum, and what it is said to come to. A difference without its result is no score: `3-1` may be a span.
fn sum(vocabulary: &Quantities, text: &str) -> Option<Decimal> {
    let (terms, result) = match text.split_once('=') {
        Some((terms, result)) => (terms, Some(number(vocabulary, result)?)),
        None => (text, None),
    };
    let mut sum = Decimal::ZERO;
    let mut is_added = true;
    let mut rest = terms;
    loop {
        let end = rest.find(['+', '-', '－', '−']).unwrap_or(rest.len());
        let term = number(vocabulary, rest.get(..end)?)?;
        sum = if is_added { sum.checked_add(term)? } else { sum.checked_sub(term)? };
        let Some(sign) = rest.get(end..).and_then(|rest| rest.chars().next()) else { break };
        is_added = sign == '+';
        if !is_added && result.is_none() {
            return None;
        }
        rest = rest.get(end + sign.len_utf8()..)?;
    }
    let is_sum = terms.contains(['+', '-', '－', '−']);
    (is_sum && result.is_none_or(|result| result == sum)).then_some(sum)
}

/// `6×0.9464=5.68`, `2×96%=1.92`: what a product is said to come to, where it does to the last place written.
fn product(vocabulary: &Quantities, text: &str) -> Option<Decimal> {
    let (factors, result) = text.split_once('=')?;
    let result = number(vocabulary, result)?;
    let factor = |text: &str| match text.strip_suffix('%') {
        Some(percent) => number(vocabulary, percent)?.checked_div(Decimal::ONE_HUNDRED),
        None => number(vocabulary, text),
    };
    let mut factors = factors.split(['×', '*', 'x', 'X', '✕']);
    let first = factor(factors.next()?)?;
    let second = factor(factors.next()?)?;
    let product = first.checked_mul(second).filter(|_| factors.next().is_none())?;
    // Half a unit of the last place written: 3×0.6667=2 and 6×0.9464=5.68.
    let half = Decimal::new(5, result.scale().min(PLACES as u32) + 1);
    (product.saturating_sub(result).abs() <= half).then_some(result)
}

/// How much a text says is taken off, and what stands behind.
fn deduction<'t>(vocabulary: &Quantities, text: &'t str) -> Option<(Decimal, &'t str)> {
    let rest = vocabulary.comparisons.score_deducted.strip_start(text)?;
    let (off, rest) = numeral::signed(vocabulary, rest, Grouping::Refused)?;
    Some((off, rest.trim_start_matches(vocabulary.units.points.iter().next().unwrap_or_default())))
}

/// `扣1分，得2分`: what is left after a deduction.
fn after_deduction(vocabulary: &Quantities, text: &str) -> Option<Decimal> {
    let words = &vocabulary.comparisons;
    let (off, rest) = deduction(vocabulary, text)?;
    let rest = words.score_left.strip_start(rest.trim_start_matches([',', ';', '、']))?;
    let left = number(vocabulary, rest)?;
    (off >= Decimal::ZERO && left >= Decimal::ZERO).then_some(left)
}

/// A number alone, with or without 分.
fn number(vocabulary: &Quantities, text: &str) -> Option<Decimal> {
    let (value, rest) = numeral::signed(vocabulary, text, Grouping::Refused)?;
    is_points(vocabulary, rest).then_some(value)
}
