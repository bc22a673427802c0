//! Points that a clause's own words promise.

use rust_decimal::Decimal;

use super::spot::figure;
use crate::rulebook::cursor::Page;
use crate::rulebook::model::*;

/// Characters before a number by which `分` behind it means points earned, and not a threshold.
const BEFORE: [char; 10] = ['得', '计', '（', '(', '，', ',', '：', '值', '共', '各'];

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

/// The points that a clause promises: `得6分`, `（8分）`, `1分`.
fn promised(clause: &str) -> Vec<Decimal> {
    let mut promised = Vec::new();
    for (end, _) in clause.match_indices('分') {
        let before = clause[..end].trim_end();
        let begin = before.rfind(|c: char| !c.is_ascii_digit() && c != '.').map_or(0, |at| at + width(before, at));
        let behind = clause[end + '分'.len_utf8()..].chars().next();
        let is_threshold = behind.is_some_and(|c| "以及的（(～~-".contains(c));
        let introduced = before[..begin].trim_end().chars().next_back().is_none_or(|c| BEFORE.contains(&c));
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
