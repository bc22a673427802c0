//! Scores with words around them, as people write them: what was corrected, what others gave, what the parts come to.

use super::{PLACES, Score, after_deduction, less, number, quotient, squeezed, sum};
use crate::vocabulary::{Quantities, Words};
use rust_decimal::Decimal;

/// A score with words around it that give it away: a remark that counts something else, what was taken off, what it was
/// changed from, what others gave.
pub(super) fn told(vocabulary: &Quantities, text: &str) -> Option<Score> {
    let lines = text;
    let text = squeezed(text);
    let plain = |value| Score { value, of: None };
    changed(vocabulary, &text)
        .or_else(|| own_among_others(vocabulary, &text))
        .or_else(|| with_its_reckoning(vocabulary, &text))
        .or_else(|| in_parts(vocabulary, lines))
        .map(plain)
        .or_else(|| with_remark(vocabulary, &text))
        .or_else(|| behind_reasons(vocabulary, &text).map(plain))
}

/// `3改为2`, `3→2`, `原3，调整为2`: what a score was changed to, once.
fn changed(vocabulary: &Quantities, text: &str) -> Option<Decimal> {
    let words = &vocabulary.comparisons.score_changed;
    let (at, word) = words.iter().filter_map(|word| Some((text.find(word)?, word))).min_by_key(|(at, _)| *at)?;
    let before = text.get(..at)?.trim_end_matches([',', ';', '、']);
    number(vocabulary, vocabulary.comparisons.score_others.strip_start(before).unwrap_or(before))?;
    let value = number(vocabulary, text.get(at + word.len()..)?)?;
    (value >= Decimal::ZERO).then_some(value)
}

/// `初评3，终评2`, `自评2（复核3）`, `2（原3）`: of several scores the one that is said to be the department's, or its last; the others are
/// said to be neither.
fn own_among_others(vocabulary: &Quantities, text: &str) -> Option<Decimal> {
    let words = &vocabulary.comparisons;
    let said = |list: &Words, part: &str| {
        list.strip_start(part).and_then(|rest| number(vocabulary, rest.trim_start_matches(':')))
    };
    let parts = text.trim_end_matches([')', '。']).split([',', ';', '、', '(', '/']);
    let (mut own, mut others) = (None, 0);
    for (place, part) in parts.filter(|part| !part.is_empty()).enumerate() {
        // 5.64（原5.9）: a bare score before the brackets in which the others stand.
        let bare = || number(vocabulary, part).filter(|_| place == 0 && text.contains('('));
        match (said(&words.score_said, part).or_else(bare), said(&words.score_others, part)) {
            (_, Some(_)) => others += 1,
            (Some(value), None) if own.is_none() => own = Some(value),
            _ => return None,
        }
    }
    own.filter(|value| others > 0 && *value >= Decimal::ZERO)
}

/// `8（10×80%）`, `5.64（6-0.36）`: a score with how it was reckoned, where that comes to it, to the last place written.
fn with_its_reckoning(vocabulary: &Quantities, text: &str) -> Option<Decimal> {
    let (score, reckoning) = text.strip_suffix(')')?.split_once('(')?;
    let value = number(vocabulary, score)?;
    let reckoned = quotient(vocabulary, reckoning)
        .or_else(|| less(vocabulary, reckoning).map(|(from, off)| from - off))
        .or_else(|| sum(vocabulary, reckoning))?;
    let half = Decimal::new(5, value.scale().min(PLACES as u32) + 1);
    (value >= Decimal::ZERO && reckoned.saturating_sub(value).abs() <= half).then_some(value)
}

/// `三公3分；日常公用2分`, and lines that end with 合计5分: scores of the parts of an indicator are together its own. Where they speak of
/// times, versions, offices or points, they are none of them parts.
fn in_parts(vocabulary: &Quantities, text: &str) -> Option<Decimal> {
    let words = &vocabulary.comparisons;
    let pieces = text.trim_end_matches('。').split([';', ',', '、', '\n']).map(squeezed);
    let parts: Vec<(String, Decimal, bool)> =
        pieces.filter(|part| !part.is_empty()).map(|part| named_score(vocabulary, &part)).collect::<Option<_>>()?;
    let is_sum = |label: &str| words.score_sums.contains(label);
    let (last, rest) = parts.split_last()?;
    let scores = if is_sum(&last.0) { rest } else { &parts };
    // Where the sum is said, the parts may be of any kind.
    let apart = Some(&words.score_apart).filter(|_| !is_sum(&last.0));
    let speaks_of_others = |label: &str| {
        let lists = [
            &words.score_of,
            &words.score_others,
            &words.score_said,
            &words.score_changed,
            &words.score_deducted,
            &words.score_sums,
        ];
        label.is_empty() || lists.into_iter().chain(apart).any(|list| list.within(label))
    };
    if scores.len() < 2 || scores.iter().any(|(label, ..)| speaks_of_others(label)) {
        return None;
    }
    let total = scores.iter().try_fold(Decimal::ZERO, |sum, (_, value, _)| sum.checked_add(*value))?;
    let holds = if is_sum(&last.0) { total == last.1 } else { scores.iter().all(|(_, _, says_points)| *says_points) };
    (holds && scores.iter().all(|(_, value, _)| *value >= Decimal::ZERO)).then_some(total)
}

/// A label with the score behind it, and whether that says 分: 三公3分.
fn named_score(vocabulary: &Quantities, part: &str) -> Option<(String, Decimal, bool)> {
    let at = part.find(|c: char| c.is_ascii_digit())?;
    let (label, score) = part.split_at(at);
    let label = label.trim_end_matches(':');
    let words = &vocabulary.comparisons;
    let is_sum = words.score_sums.contains(label);
    let label = words.score_before.strip_end(label).filter(|_| !is_sum).unwrap_or(label);
    let says_points = !score.ends_with(|c: char| c.is_ascii_digit());
    Some((label.to_owned(), number(vocabulary, score)?, says_points))
}

/// `2（漏报1项）`, `2分（漏报1项，扣1分）`: the score, where all numbers of the remark count something else than points, or say what was
/// taken off. Then it is out of as many points more: of 3 points 2（扣1分） is what was left, and of 6 points 6（扣3分） may be 3.
fn with_remark(vocabulary: &Quantities, text: &str) -> Option<Score> {
    let (score, remark) = text.strip_suffix(')')?.split_once('(')?;
    let value = number(vocabulary, score)?;
    // 5（专家） may be the expert's.
    let is_counted = remark.contains(|c: char| c.is_ascii_digit()) && counts_something_else(vocabulary, remark);
    if value < Decimal::ZERO || !is_counted {
        return None;
    }
    let off = taken_off(vocabulary, remark)?;
    let of =
        if off.is_empty() { None } else { Some(off.into_iter().try_fold(value, |sum, off| sum.checked_add(off))?) };
    Some(Score { value, of })
}

/// What a remark says was taken off, each time; none where one of them cannot be read.
fn taken_off(vocabulary: &Quantities, remark: &str) -> Option<Vec<Decimal>> {
    let words = &vocabulary.comparisons.score_deducted;
    let mut all = Vec::new();
    let mut rest = remark;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(at);
        let behind = from.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        if words.iter().any(|word| before.ends_with(word)) {
            all.push(from[..from.len() - behind.len()].parse().ok()?);
        }
        rest = behind;
    }
    Some(all)
}

/// `漏报1项，扣1分，得2分`: what is said to be left behind the reasons, where their numbers count something else than points.
fn behind_reasons(vocabulary: &Quantities, text: &str) -> Option<Decimal> {
    let mut places = text.match_indices([',', ';', '。', ':']);
    places.find_map(|(at, _)| {
        let value = after_deduction(vocabulary, text.get(at + 1..)?)?;
        counts_something_else(vocabulary, text.get(..at)?).then_some(value)
    })
}

/// Whether every number of a remark has a counter behind it, or says what was taken off: 漏报1项, 扣1分, 完成率98.8%.
fn counts_something_else(vocabulary: &Quantities, remark: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    let mut rest = remark;
    while let Some(at) = rest.find(is_digit) {
        let (before, from) = rest.split_at(at);
        let behind = from.trim_start_matches(|c: char| is_digit(c) || c == '.');
        let is_off = vocabulary.comparisons.score_deducted.iter().any(|word| before.ends_with(word));
        let of_time = || vocabulary.units.of_years.starts(behind) || vocabulary.units.of_dates.starts(behind);
        let is_counted = || behind.starts_with('%') || vocabulary.units.counters.starts(behind) || of_time();
        if !is_off && !is_counted() {
            return false;
        }
        rest = behind;
    }
    true
}
