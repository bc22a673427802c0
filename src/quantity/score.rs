//! Claimed scores.

mod told;

use super::fold::squeezed;
use super::frame::frame;
use super::numeral::{self, Grouping};
use super::{Typed, Understood, filled};
use crate::vocabulary::Quantities;
use rust_decimal::Decimal;
use told::told;

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

/// Reads a claimed score as a person reads it: 5, `5`, `5.00`, `5分`, `5分整`, `５`, `得5分`, 五分, `5/5`, `3-1=2`, `1+1+1`,
/// `扣1分，得2分`, `1.92①`, `6（见附件3）`, `8（10×80%）`. A score below zero is a value: that it is invalid is for the caller to say.
///
/// `满分5分，自评4分` is 4 of 5. `1,92` is 1.92: a comma before two decimals parts no thousands. Of `2（漏报1项）`, `漏报1项，扣1分，得2分`, `3改为2` and
/// `自评2（复核3）` the score is 2: what stands beside it counts something else, was corrected, or is another's.
///
/// A number shown as a percentage is unreadable (5 % of what?), and so are `约5分`, `≥5`, `1,000`, sums that do not come out
/// (`3-1=3`), more points than there are (`6/5`) and any other text with two numbers, except a closing （满分6分）.
pub fn score(vocabulary: &Quantities, typed: Typed) -> Understood<Score> {
    match typed {
        Typed::Number { value, percent: false } => Understood::Value(Score { value: value.normalize(), of: None }),
        Typed::Number { percent: true, .. } => Understood::Unreadable,
        Typed::Text(text) => match filled(vocabulary, without_note(vocabulary, text)) {
            Ok(text) => {
                // =5.64分, typed as a text.
                let text = text.trim_start_matches(['\'', '‘', '’', '`', '=']).trim_start();
                if vocabulary.comparisons.score_zero.contains(text.trim_end_matches('。')) {
                    return Understood::Value(Score { value: Decimal::ZERO, of: None });
                }
                let text = with_a_point(vocabulary, without_said(vocabulary, text));
                match written(vocabulary, &text) {
                    Understood::Value(score) => Understood::Value(score),
                    other => worked_out(vocabulary, &text)
                        .or_else(|| told(vocabulary, &text))
                        .map_or(other, Understood::Value),
                }
            }
            Err(reading) => reading,
        },
    }
}

/// The same of an indicator with so many points: 满分 and 不扣分 are all of them, 扣1分 is one less, and so is `6-1` of 6.
pub fn score_of(vocabulary: &Quantities, typed: Typed, points: Decimal) -> Understood<Score> {
    let read = score(vocabulary, typed);
    let (Typed::Text(text), Understood::Unreadable) = (typed, &read) else { return read };
    let Ok(text) = filled::<Score>(vocabulary, without_note(vocabulary, text)) else { return read };
    let text = squeezed(&text);
    let words = &vocabulary.comparisons;
    let is_off = |off: &Decimal| (Decimal::ZERO..=points).contains(off);
    let claimed = match words.score_full.contains(text.trim_end_matches('。')) {
        true => Some(points),
        false if let Some(all) = all_of(vocabulary, &text) => Some(all).filter(|all| *all == points),
        false => deduction(vocabulary, &text)
            .filter(|(off, rest)| rest.is_empty() && is_off(off))
            .map(|(off, _)| off)
            .or_else(|| less(vocabulary, &text).filter(|(from, _)| *from == points).map(|(_, off)| off).filter(is_off))
            .map(|off| points - off),
    };
    claimed.map_or(read, |value| Understood::Value(Score { value, of: None }))
}

/// 10分满分, 10分（满分）: the points that are said to be all there are.
fn all_of(vocabulary: &Quantities, text: &str) -> Option<Decimal> {
    let full = &vocabulary.comparisons.score_full;
    let said = in_brackets(text).filter(|(_, inside)| full.contains(*inside)).map(|(score, _)| score);
    number(vocabulary, said.or_else(|| full.strip_end(text))?)
}

/// A text gives no more numbers that may be its score: five parts with their sum, and a reason; longer ones tell a story.
const MOST_NUMBERS: usize = 12;

/// The numbers of a text that nobody reads as a score with certainty, which may be it: 5.64 of 约5.64, of an indicator with so many
/// points. A text with one is no text without a number, and what is claimed there is for a person to say. (certainty.md, “Claims that a
/// person can read”)
pub fn possible_scores(text: &str, points: Decimal) -> Vec<Decimal> {
    // ①0.9②0.94: the marks of the parts are none of their digits.
    let apart: String = text.chars().map(|c| if is_mark(c) { ' ' } else { c }).collect();
    let folded = super::fold(&apart);
    let tokens = folded.split(|c: char| !c.is_ascii_digit() && c != '.').map(|token| token.trim_matches('.'));
    let mut found: Vec<Decimal> = tokens.filter_map(|token| token.parse().ok()).collect();
    if found.len() > MOST_NUMBERS || folded.trim_start().starts_with(['-', '−']) {
        return Vec::new();
    }
    found.retain(|number| (Decimal::ZERO..=points).contains(number));
    found.sort_unstable();
    found.dedup();
    found
}

/// 5 of 5（自评）: what the brackets say of a claim it is anyhow.
fn without_said<'t>(vocabulary: &Quantities, text: &'t str) -> &'t str {
    let said = text.trim_end().strip_suffix(')').and_then(|text| text.rsplit_once('('));
    said.filter(|(_, said)| vocabulary.comparisons.score_said.contains(said.trim())).map_or(text, |(score, _)| score)
}

/// 1。92, 1·92 and 1,92 are 1.92: a stop or a comma between digits that the keyboard gave for a point. A comma is one before two
/// digits only: before three it parts thousands, and 5,5 may be two scores.
fn with_a_point(vocabulary: &Quantities, text: &str) -> String {
    let is_stop = |c: char| matches!(c, '。' | '·' | ',');
    let Some((whole, rest)) = text.split_once(is_stop) else { return text.to_owned() };
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = rest.len() - behind.len();
    let is_whole = !whole.is_empty() && whole.bytes().all(|b| b.is_ascii_digit());
    let is_point = !text.starts_with(&format!("{whole},")) || digits == PLACES;
    if is_whole && is_point && (1..=PLACES).contains(&digits) && is_points(vocabulary, behind.trim()) {
        format!("{whole}.{rest}")
    } else {
        text.to_owned()
    }
}

/// The text without the mark of a footnote behind a number: 1.92①, 5*, 5注1.
fn without_note<'t>(vocabulary: &Quantities, text: &'t str) -> &'t str {
    let rest = text.trim_end().trim_end_matches(is_mark);
    let unnumbered = text.trim_end().trim_end_matches(|c: char| c.is_ascii_digit());
    let numbered = (unnumbered.len() < text.trim_end().len())
        .then(|| vocabulary.comparisons.score_notes.strip_end(unnumbered))
        .flatten();
    let ends_well = |rest: &str| rest.trim_end().ends_with(char::is_numeric);
    let rest = numbered.filter(|rest| ends_well(rest)).unwrap_or(if ends_well(rest) { rest } else { text });
    let rest = in_brackets(rest).filter(|(_, inside)| is_note(vocabulary, inside)).map_or(rest, |(score, _)| score);
    let bare = rest.trim_start().trim_start_matches(is_footnote);
    if bare.starts_with(|c: char| c.is_ascii_digit()) { bare } else { rest }
}

/// What stands before a closing bracket, and in it.
fn in_brackets(text: &str) -> Option<(&str, &str)> {
    text.trim_end().strip_suffix([')', '）'])?.rsplit_once(['(', '（'])
}

/// 注1, 见注, ①: nothing but the mark of a footnote.
fn is_note(vocabulary: &Quantities, inside: &str) -> bool {
    let unnumbered = inside.trim().trim_end_matches(|c: char| c.is_ascii_digit());
    let is_marked = !inside.trim().is_empty() && inside.trim().chars().all(is_mark);
    is_marked || vocabulary.comparisons.score_notes.contains(unnumbered)
}

/// The mark of a footnote or of a part: ①, ⒈, *.
fn is_mark(c: char) -> bool {
    is_footnote(c) || matches!(c, '\u{2460}'..='\u{249B}' | '\u{2776}'..='\u{2793}')
}

/// The mark of a footnote, before a number or behind it; it counts nothing.
fn is_footnote(c: char) -> bool {
    matches!(c, '*' | '＊' | '※' | '△' | '▲' | '☆' | '★' | '#' | '＃')
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
    let sharp = vocabulary.comparisons.score_sharp.strip_end(unit).unwrap_or(unit);
    sharp.is_empty() || vocabulary.units.points.contains(sharp)
}

/// A score that the cell works out: out of its points, as a sum, or after what was taken off.
fn worked_out(vocabulary: &Quantities, text: &str) -> Option<Score> {
    let text = squeezed(text);
    of_points(vocabulary, &text).or_else(|| of_points_said(vocabulary, &text)).or_else(|| {
        let value = sum(vocabulary, &text)
            .or_else(|| product(vocabulary, &text))
            .or_else(|| quotient(vocabulary, &text).filter(|value| value.normalize().scale() <= PLACES as u32))
            .or_else(|| after_deduction(vocabulary, &text))?;
        Some(Score { value, of: None })
    })
}

/// `满分5分，自评4分`, `分值5，得4`: 4 of the 5 points that are said first.
fn of_points_said(vocabulary: &Quantities, text: &str) -> Option<Score> {
    let words = &vocabulary.comparisons;
    let text = text.trim_end_matches('。');
    let (of, score) =
        text.split_once([',', ';', '、', ':', '/']).map(|(of, score)| match words.score_of.contains(of) {
            // 满分:5分,自评4分
            true => score.split_once([',', ';', '、', '/']).unwrap_or((score, "")),
            false => (words.score_of.strip_start(of).unwrap_or_default(), score),
        })?;
    let (of, value) =
        (number(vocabulary, of)?, number(vocabulary, words.score_before.strip_start(score)?.trim_start_matches(':'))?);
    ((Decimal::ZERO..=of).contains(&value) && of > Decimal::ZERO).then_some(Score { value, of: Some(of) })
}

/// `5/6`: 5 of 6 points.
fn of_points(vocabulary: &Quantities, text: &str) -> Option<Score> {
    let (value, of) = text.split_once('/')?;
    let (value, of) = (number(vocabulary, value)?, number(vocabulary, of)?);
    (value <= of && of > Decimal::ZERO).then_some(Score { value, of: Some(of) })
}

/// `(0.9+0.94)+1.88`: a sum without the brackets around some of its terms. None where a bracket stands behind anything but a plus.
fn without_brackets(terms: &str) -> Option<String> {
    let stands_well = |(at, c): (usize, char)| {
        let before = terms.get(..at).unwrap_or_default();
        let behind = terms.get(at + c.len_utf8()..).unwrap_or_default();
        match c {
            '(' => before.is_empty() || before.ends_with(['+', '(']),
            _ => behind.is_empty() || behind.starts_with(['+', '-', '－', '−', ')']),
        }
    };
    let mut brackets = terms.char_indices().filter(|(_, c)| matches!(c, '(' | ')'));
    brackets.all(stands_well).then(|| terms.replace(['(', ')'], ""))
}

/// `1+1+1`, `3-1=2`: a sum, and what it is said to come to. A difference without its result is no score: `3-1` may be a span.
fn sum(vocabulary: &Quantities, text: &str) -> Option<Decimal> {
    let (terms, result) = match text.split_once('=') {
        Some((terms, result)) => (terms, Some(number(vocabulary, result)?)),
        None => (text, None),
    };
    let terms = without_brackets(terms)?;
    let mut sum = Decimal::ZERO;
    let mut is_added = true;
    let mut rest = terms.as_str();
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

/// `6-0.36`: two numbers, of which the second is smaller. Only where the first is all the points there are is it no span.
fn less(vocabulary: &Quantities, text: &str) -> Option<(Decimal, Decimal)> {
    let (from, off) = text.split_once(['-', '－', '−'])?;
    let (from, off) = (number(vocabulary, from)?, number(vocabulary, off)?);
    (Decimal::ZERO < off && off < from).then_some((from, off))
}

/// `6×0.9464=5.68`, `2×96%=1.92`, `13÷14×6=5.57`, `7.5=10×9÷12`: what factors and divisors are said to come to, where they do to the last
/// place written.
fn product(vocabulary: &Quantities, text: &str) -> Option<Decimal> {
    let (factors, result) = text.split_once('=')?;
    // 7.5=10×9÷12: the result first.
    let (factors, result) = match number(vocabulary, result) {
        Some(result) => (factors, result),
        None => (result, number(vocabulary, factors)?),
    };
    let quotient = quotient(vocabulary, factors)?;
    // Half a unit of the last place written: 3×0.6667=2 and 6×0.9464=5.68.
    let half = Decimal::new(5, result.scale().min(PLACES as u32) + 1);
    (quotient.saturating_sub(result).abs() <= half).then_some(result)
}

/// `10×80%`, `10*8/10`: what factors and divisors come to, one factor at least.
fn quotient(vocabulary: &Quantities, factors: &str) -> Option<Decimal> {
    let factor = |text: &str| match text.strip_suffix('%') {
        Some(percent) => number(vocabulary, percent)?.checked_div(Decimal::ONE_HUNDRED),
        None => number(vocabulary, text),
    };
    let is_times = |c: char| matches!(c, '×' | '*' | 'x' | 'X' | '✕');
    let is_sign = |c: char| is_times(c) || matches!(c, '÷' | '/');
    let (first, mut rest) = factors.split_at(factors.find(is_sign)?);
    let (mut product, mut divisor) = (factor(first)?, Decimal::ONE);
    while let Some(sign) = rest.chars().next() {
        let behind = rest.get(sign.len_utf8()..)?;
        let (next, after) = behind.split_at(behind.find(is_sign).unwrap_or(behind.len()));
        // All divisors together: 13÷14×6 is 78 fourteenths.
        let side = if is_times(sign) { &mut product } else { &mut divisor };
        *side = side.checked_mul(factor(next)?)?;
        rest = after;
    }
    let quotient = product.checked_div(divisor)?;
    factors.contains(is_times).then_some(quotient)
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
