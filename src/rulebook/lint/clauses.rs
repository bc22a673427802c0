//! What a clause's own words say: the points that they promise, and the percentages that they name.

use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;

use super::spot::figure;
use crate::rulebook::cursor::Page;
use crate::rulebook::model::*;
use crate::vocabulary::fold::fold;
use crate::vocabulary::{Chars, Clauses, Vocabulary};

/// A clause that names more points than the indicator has; a note that says what is meant settles it.
pub(super) fn lint(indicator: &Indicator, page: &Page<'_>) {
    if !indicator.notes.is_empty() {
        return;
    }
    let own = (format!("indicator:{}.clause", indicator.id), &indicator.clause);
    let criteria = indicator.readings.first().into_iter().flat_map(|reading| reading.criteria.iter().enumerate());
    let others = criteria.map(|(at, one)| (format!("criterion:{}/{at}.clause", indicator.id), &one.clause));
    for (place, clause) in std::iter::once(own).chain(others) {
        if let Some(points) = promised(clause).into_iter().find(|points| *points > indicator.most()) {
            let holes = vec![("points", figure(points)), ("most", figure(indicator.most()))];
            page.flaw("clause-above-points", &page.place(&place), holes);
        }
    }
}

/// The words that clauses use.
fn words() -> &'static Clauses {
    &Vocabulary::builtin().clauses
}

/// Whether points behind it are earned. A narrow colon stands in proportions, too: 1:5分.
fn earns(before: char) -> bool {
    before != ':' && is_one_of(&words().earns, before)
}

/// Whether a character is one of these in whatever width it is written.
fn is_one_of(signs: &Chars, c: char) -> bool {
    fold(c.encode_utf8(&mut [0; 4])).chars().any(|c| signs.contains(c))
}

/// The points that a clause promises: `得6分`, `（8分）`, `1分`.
fn promised(clause: &str) -> Vec<Decimal> {
    let words = words();
    let mut promised = Vec::new();
    for (end, sign) in clause.char_indices().filter(|(_, c)| words.points.contains(c)) {
        let before = clause[..end].trim_end();
        let begin = before.rfind(|c: char| !c.is_ascii_digit() && c != '.').map_or(0, |at| at + width(before, at));
        let behind = clause[end + sign.len_utf8()..].chars().next();
        let is_threshold = behind.is_some_and(|c| is_one_of(&words.thresholds, c));
        let introduced = before[..begin].trim_end().chars().next_back().is_none_or(earns);
        if let Ok(points) = before[begin..].parse()
            && introduced
            && !is_threshold
        {
            promised.push(points);
        }
    }
    promised
}

fn width(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

/// So many characters before a percentage a word that makes it a step (每超过一个百分点) can stand.
const STEP_REACH: usize = 8;
/// So many characters behind a number its percentage is written with: 个百分点.
const PERCENT_REACH: usize = 4;

/// The numbers that some texts name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Named {
    percentages: Vec<Decimal>,
    plain: Vec<Decimal>,
    times: bool,
    small_parts: bool,
}

impl Named {
    /// What these texts name: steps (`每超过1%`), points (`5分`) and numbering (`1.`) are none of it.
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Named {
        let mut named = Named::default();
        for text in texts {
            named.read(&text.nfkc().collect::<Vec<char>>());
        }
        named
    }

    /// Whether they name so many percent (the number before the sign).
    pub fn has_percent(&self, number: Decimal) -> bool {
        self.percentages.contains(&number)
    }

    /// Whether they name that number as it is.
    pub fn has_plain(&self, number: Decimal) -> bool {
        self.plain.contains(&number)
    }

    /// Whether they speak of times (倍).
    pub fn speaks_of_times(&self) -> bool {
        self.times
    }

    /// Whether they speak of thousandths or ten-thousandths (5‰, 千分之五).
    pub fn speaks_of_small_parts(&self) -> bool {
        self.small_parts
    }

    fn read(&mut self, text: &[char]) {
        self.times |= text.iter().any(|c| words().times.contains(c));
        self.small_parts |= words().small_parts.within(&text.iter().collect::<String>());
        for at in (0..text.len()).filter(|at| words().one_percent.length_at(&text[*at..]).is_some()) {
            let before: Vec<char> = text[..at].iter().rev().take(STEP_REACH).copied().collect();
            if !is_step(&before) && !is_lost(&text[at + 1..]) {
                self.percentages.push(Decimal::ONE);
            }
        }
        let mut at = 0;
        while at < text.len() {
            let length = text[at..].iter().take_while(|c| c.is_ascii_digit() || **c == '.').count();
            if text[at].is_ascii_digit() {
                self.sort(text, at, at + length);
            }
            at += length.max(1);
        }
    }

    /// Puts the number between two places where it belongs.
    fn sort(&mut self, text: &[char], begin: usize, end: usize) {
        let digits: String = text[begin..end].iter().collect();
        let behind = &text[end..];
        let is_numbering = digits.ends_with('.') || begins(&words().numbering, behind);
        let Ok(number) = digits.trim_end_matches('.').parse::<Decimal>() else { return };
        let before: Vec<char> = text[..begin].iter().rev().take(STEP_REACH).copied().collect();
        if is_percent(behind) {
            let is_one_lost = number <= Decimal::ONE && is_lost(behind);
            if !is_step(&before) && !is_one_lost {
                self.percentages.push(number.normalize());
            }
        } else if begins_a_range_of_percent(behind) {
            self.percentages.push(number.normalize());
        } else if !is_numbering && !begins(&words().points, behind) {
            self.plain.push(number.normalize());
        }
    }
}

/// Whether a number before this is a percentage: `%`, `个百分点`.
fn is_percent(behind: &[char]) -> bool {
    let close: String = behind.iter().filter(|c| !c.is_whitespace()).take(PERCENT_REACH).collect();
    close.starts_with(words().percent.all()) || words().percent_points.within(&close)
}

/// Whether a number before this is the first end of a range whose second end has the sign: `10-20%`.
fn begins_a_range_of_percent(behind: &[char]) -> bool {
    let Some((first, rest)) = behind.split_first() else { return false };
    let digits = rest.iter().take_while(|c| c.is_ascii_digit() || **c == '.').count();
    words().to.contains(first) && digits > 0 && is_percent(&rest[digits..])
}

/// Whether something is taken off for a percentage: `超出1个百分点扣0.1分`.
fn is_lost(behind: &[char]) -> bool {
    let mut rest = behind.iter().filter(|c| !c.is_whitespace() && !words().of_percent.contains(*c));
    rest.next().is_some_and(|c| words().lost.contains(c))
}

/// Whether what stands before a percentage, last character first, makes it a step, a part of one or a loss: `每超过`, `不足`, `扣`.
fn is_step(before: &[char]) -> bool {
    let clause = before.iter().take_while(|c| c.is_alphanumeric());
    let near: String = before.iter().rev().collect();
    begins(&words().taken_off, before)
        || words().short_of.ends(&near)
        || clause.into_iter().any(|c| words().each.contains(c))
}

fn begins(signs: &Chars, text: &[char]) -> bool {
    text.first().is_some_and(|c| signs.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> (Vec<String>, Vec<String>) {
        let named = Named::of([text]);
        let write = |list: &[Decimal]| list.iter().map(Decimal::to_string).collect();
        (write(&named.percentages), write(&named.plain))
    }

    #[test]
    fn points_are_promised_where_they_are_earned_and_not_in_proportions_or_of_a_whole() {
        for (text, points) in [
            ("完成的得6分，未完成的（3分）；加分：5分", vec!["6", "3", "5"]),
            ("1分", vec!["1"]),
            ("（全表满分:100分）比例3:7分", vec![]),
            ("得分在80分以上的", vec![]),
            ("80分（含）以上", vec![]),
        ] {
            let found: Vec<String> = promised(text).iter().map(Decimal::to_string).collect();
            assert_eq!(found, points, "{text}");
        }
    }

    #[test]
    fn a_clause_names_percentages_and_plain_numbers_and_neither_steps_nor_points() {
        for (text, percentages, plain) in [
            ("≥90%计5分；80%（含）-90%计4分", vec!["90", "80", "90"], vec![]),
            ("＝0计3分；0-10%（含）2分；10～20%1分", vec!["0", "10", "10", "20"], vec!["0"]),
            ("≤１００％计5分，每超过1%扣0.5分", vec!["100"], vec![]),
            ("1.在10%以内；2、每低于目标1个百分点扣2%", vec!["10"], vec![]),
            ("不超过3个百分点，或达到1.20倍", vec!["3"], vec!["1.2"]),
            ("不超编得满分，超出1个百分点的，扣0.1分", vec![], vec![]),
            (
                "偏差在一个百分点以内；每超出一个百分点扣1分，低于一个百分点扣1分，不足一个百分点的不扣",
                vec!["1"],
                vec![],
            ),
            ("酌情评分。", vec![], vec![]),
            ("调整调剂增减10%以内，调减5%的不扣", vec!["10", "5"], vec![]),
            ("未完成的扣10%", vec![], vec![]),
        ] {
            assert_eq!(
                named(text),
                (
                    percentages.iter().map(|n| (*n).to_owned()).collect(),
                    plain.iter().map(|n| (*n).to_owned()).collect()
                ),
                "{text}"
            );
        }
    }
}
