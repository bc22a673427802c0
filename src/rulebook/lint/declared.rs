//! A declared form: weights that add up, levels that follow each other, words that mean one thing, thresholds that make
//! sense.

use rust_decimal::Decimal;

use super::spot::figure;
use crate::rulebook::cursor::Page;
use crate::rulebook::expression::number_text;
use crate::rulebook::model::*;

/// Everything about a declared form.
pub(super) fn lint(declared: &Declared, page: &Page<'_>) {
    let rows: Decimal = declared.sections.iter().map(|section| section.points).sum();
    if rows > declared.total {
        let holes = vec![("sum", figure(rows)), ("total", figure(declared.total))];
        page.flaw("sections-above-total", &page.place("head.total"), holes);
    }
    for at in 0..declared.levels.len() {
        level(declared, at, page);
    }
    ends(&declared.levels, page);
    for (field, list) in
        [("equal_readings", &declared.equal_readings), ("reverse_readings", &declared.reverse_readings)]
    {
        readings(list, &page.place(&format!("head.{field}")), page);
    }
    suspicions(&declared.suspicions, page);
    if declared.words.titles.is_empty() {
        page.flaw("titles-missing", &page.place("head.words"), Vec::new());
    }
}

/// The thresholds of suspicions are ratios: a plain 90 for 90 % would suspect everybody, or nobody. No form asks for a
/// reason only where a target is exceeded tenfold.
fn suspicions(suspicions: &Suspicions, page: &Page<'_>) {
    let (none, all, tenfold) = (Decimal::ZERO, Decimal::ONE, Decimal::TEN);
    for (field, value, low, high) in [
        ("far_exceeded", suspicions.far_exceeded, all, tenfold),
        ("low_execution", suspicions.low_execution, none, all),
        ("concentrated", suspicions.concentrated, none, all),
        ("exceed_execution", suspicions.exceed_execution, none, all),
    ] {
        if value < low || value > high {
            let written = number_text(value, true);
            let holes = vec![
                ("field", field.to_owned()),
                ("written", written),
                ("low", number_text(low, true)),
                ("high", number_text(high, true)),
            ];
            page.flaw("suspicion-range", &page.place(&format!("suspicions.{field}")), holes);
        }
    }
}

fn level(declared: &Declared, at: usize, page: &Page<'_>) {
    let (level, place) = (&declared.levels[at], page.place(&format!("level:{at}")));
    if level.from > level.to || level.from.is_sign_negative() || level.to > Decimal::ONE {
        page.flaw("level-range", &place, vec![("level", level.name.clone())]);
    }
    let above = &declared.levels[..at];
    if let Some(above) = above.last()
        && level.to != above.from
    {
        let holes = vec![("level", level.name.clone()), ("above", above.name.clone())];
        page.flaw("levels-gap", &place, holes);
    }
    for word in &level.words {
        if let Some(other) = above.iter().find(|other| other.words.contains(word)) {
            page.flaw("name-taken", &place, vec![("name", word.clone()), ("other", other.name.clone())]);
        }
    }
}

/// The best level reaches all of the weight, the last one nothing.
fn ends(levels: &[Level], page: &Page<'_>) {
    let (Some(first), Some(last)) = (levels.first(), levels.last()) else { return };
    if first.to != Decimal::ONE {
        page.flaw(
            "levels-end",
            &page.place("level:0"),
            vec![("level", first.name.clone()), ("end", "100%".to_owned())],
        );
    }
    if !last.from.is_zero() {
        let place = page.place(&format!("level:{}", levels.len() - 1));
        page.flaw("levels-end", &place, vec![("level", last.name.clone()), ("end", "0%".to_owned())]);
    }
}

/// A reading given twice.
fn readings(list: &[NamedReading], place: &std::ops::Range<usize>, page: &Page<'_>) {
    for (at, reading) in list.iter().enumerate() {
        if list[..at].iter().any(|other| other.direction == reading.direction) {
            page.flaw("duplicate-id", place, vec![("word", reading.direction.as_str().to_owned())]);
        }
    }
}
