//! The rows of each fact against each other: what hides, what is a part, what falls. The conditions are those of certainty.md,
//! 1, 3, 4 and 6.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::answers::Answer;
use super::grid::Grid;
use super::headers::without_brackets;
use super::layout::number_at;
use super::names::How;
use super::reasons::tells_a_part;
use super::scope::Off;
use super::unused::{self, LeftAside};
use super::values::{Read, is_in_range};
use crate::audit::{Doubt, NotUsed};
use crate::rulebook::{FactKind, Scorecard};
use crate::workbook::Value;

/// Settles the rows of each fact against each other: rows of another scope are left out, a visible row stands over a hidden
/// one, a total over its parts; parts without a total, and near names whose place or unit does not agree, stay doubtful.
pub fn settle(grids: &[Grid], card: &Scorecard, answers: &mut Vec<Answer>, aside: &mut LeftAside) {
    let follows = followers(answers);
    for one in answers.iter_mut().filter(|one| one.doubts.is_slip) {
        let placed = follows.contains(&(one.sheet, one.label.row, one.fact));
        if one.fits_unit && placed {
            one.doubts.why = None;
        }
    }
    let in_parts = said_of_those_below(answers);
    beside_what_is_left_out(answers);
    parts_by_remark(grids, answers);
    answers.retain(|one| {
        one.doubts.off.into_iter().for_each(|off| aside.answer(card, one, unused::why(off)));
        one.doubts.off.is_none()
    });
    let is_hidden = |one: &Answer| {
        grids.get(one.sheet).is_some_and(|grid| {
            let sheet = grid.sheet;
            sheet.hidden || sheet.is_row_hidden(one.at.row) || sheet.is_column_hidden(one.at.column)
        })
    };
    let filled = |one: &&Answer| one.read != Read::Absent;
    let shown: BTreeSet<usize> =
        answers.iter().filter(filled).filter(|one| !is_hidden(one)).map(|one| one.fact).collect();
    answers.retain(|one| {
        let superseded = is_hidden(one) && shown.contains(&one.fact);
        if superseded {
            aside.answer(card, one, NotUsed::Hidden);
        }
        !superseded
    });
    let wholes: BTreeSet<usize> =
        answers.iter().filter(filled).filter(|one| one.doubts.why.is_none()).map(|one| one.fact).collect();
    let mut parts: BTreeMap<usize, usize> = BTreeMap::new();
    for one in answers.iter().filter(|one| one.doubts.is_part && one.read != Read::Absent) {
        *parts.entry(one.fact).or_default() += 1;
    }
    for one in answers.iter_mut().filter(|one| one.doubts.is_part && one.doubts.why == Some(Doubt::Remark)) {
        if wholes.contains(&one.fact) || parts.get(&one.fact).is_some_and(|rows| *rows > 1) {
            one.doubts.why = Some(Doubt::Part);
        }
    }
    beside_parts(&in_parts, answers);
    beside_plain_rows(answers);
    falling(card, answers);
    rising_alone(card, answers);
    of_nothing(grids, card, answers);
    corrected(answers);
    of_other_money(card, answers);
    for one in answers.iter() {
        if let Some(doubt) = one.doubts.why {
            let is_part = doubt == Doubt::Part && wholes.contains(&one.fact);
            aside.answer(card, one, if is_part { NotUsed::Part } else { NotUsed::Doubtful });
        }
    }
}

/// Rows whose neighbours above and below are those of the official order: one sign that a near name is the name.
fn followers(answers: &[Answer]) -> BTreeSet<(usize, u32, usize)> {
    let rows: BTreeMap<(usize, u32), usize> =
        answers.iter().map(|one| ((one.sheet, one.label.row), one.fact)).collect();
    let placed = |(place, fact): (&(usize, u32), &usize)| {
        let (sheet, row) = *place;
        let above = rows.range((sheet, 0)..(sheet, row)).next_back().map(|(_, fact)| *fact);
        let below = rows.range((sheet, row + 1)..(sheet + 1, 0)).next().map(|(_, fact)| *fact);
        let agrees = above.is_none_or(|above| above + 1 == *fact) && below.is_none_or(|below| *fact + 1 == below);
        (agrees && (above.is_some() || below.is_some())).then_some((sheet, row, *fact))
    };
    rows.iter().filter_map(placed).collect()
}

/// The facts of which rows of the units below say something, 0 aside.
fn said_of_those_below(answers: &[Answer]) -> BTreeSet<usize> {
    let is_something = |one: &&Answer| {
        let is_zero = one.figure().is_some_and(|figure| figure.is_zero());
        one.doubts.is_below && one.read != Read::Absent && !is_zero
    };
    answers.iter().filter(is_something).map(|one| one.fact).collect()
}

/// 服务 100 beside 货物 100 and 工程 50: what remains of rows or columns of which words put some aside as parts is the whole only
/// where it is as large as all of them.
fn beside_what_is_left_out(answers: &mut [Answer]) {
    let is_aside = |one: &Answer| matches!(one.doubts.off, Some(Off::Part | Off::Below));
    let together = |one: &Answer, other: &Answer| {
        let (one, other) = ((one.fact, one.sheet, one.at), (other.fact, other.sheet, other.at));
        one.0 == other.0 && one.1 == other.1 && (one.2.column == other.2.column || one.2.row == other.2.row)
    };
    let is_less = |one: &Answer| {
        let aside = answers.iter().filter(|other| is_aside(other) && together(one, other));
        let sum = aside.filter_map(Answer::amount).try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part));
        sum.is_none_or(|sum| one.amount().is_some_and(|whole| whole < sum))
    };
    // A row with nothing but the name of the fact is the whole, however often others part it.
    let may_be_part = |one: &Answer| {
        let has_remark = one.remarks.iter().any(|remark| remark.chars().any(char::is_alphabetic));
        !one.is_whole && (one.is_loose || has_remark)
    };
    let parts: Vec<usize> = (0..answers.len())
        .filter(|place| answers.get(*place).is_some_and(|one| !is_aside(one) && may_be_part(one) && is_less(one)))
        .collect();
    for place in parts {
        answers.get_mut(place).into_iter().for_each(|one| one.doubts.parted());
    }
}

/// Rows of one fact that a remark each tells apart, with other figures, are parts; of them the one of the whole is the fact, and without
/// it none. (certainty.md, “Parts and wholes”)
fn parts_by_remark(grids: &[Grid], answers: &mut [Answer]) {
    let tells = |one: &Answer| -> Option<String> {
        let vocabulary = grids.get(one.sheet)?.vocabulary();
        let mut remarks = one.remarks.iter().filter(|remark| remark.chars().any(char::is_alphabetic));
        remarks.find(|remark| tells_a_part(vocabulary, remark)).cloned()
    };
    let facts: BTreeSet<usize> = answers.iter().map(|one| one.fact).collect();
    for fact in facts {
        let rows = || answers.iter().enumerate().filter(move |(_, one)| one.fact == fact && one.amount().is_some());
        let told: Vec<(usize, String, Option<Decimal>)> =
            rows().filter_map(|(place, one)| Some((place, tells(one)?, one.amount()))).collect();
        let differ = told
            .iter()
            .any(|(_, words, figure)| told.iter().any(|(_, other, others)| words != other && figure != others));
        if differ {
            told.iter().for_each(|(place, ..)| answers.get_mut(*place).into_iter().for_each(|one| one.doubts.parted()));
        }
    }
}

/// A row whose brackets say that more is in it (含会议费) is another statement where the fact's plain row stands beside it and says
/// otherwise.
fn beside_plain_rows(answers: &mut [Answer]) {
    let holds_more = |one: &Answer| one.remarks.iter().any(|remark| !remark.trim().is_empty());
    let is_plain = |one: &&Answer| one.doubts.why.is_none() && one.how == How::Exact && !holds_more(one);
    let plain: Vec<(usize, Option<Decimal>)> =
        answers.iter().filter(is_plain).map(|one| (one.fact, one.amount())).collect();
    let differs = |one: &Answer| plain.iter().any(|(fact, amount)| *fact == one.fact && *amount != one.amount());
    let others = answers.iter_mut().filter(|one| one.doubts.why.is_none() && one.doubts.in_brackets);
    others.filter(|one| differs(one)).for_each(|one| one.doubts.why = Some(Doubt::Remark));
}

/// What the department has by itself is no whole where rows of the units below, or of other parts, stand beside it.
fn beside_parts(in_parts: &BTreeSet<usize>, answers: &mut [Answer]) {
    let is_part = |one: &&Answer| {
        let is_something = one.amount().is_some_and(|amount| !amount.is_zero());
        one.doubts.is_part && !one.doubts.is_own_alone && is_something
    };
    let in_parts: BTreeSet<usize> =
        answers.iter().filter(is_part).map(|one| one.fact).chain(in_parts.iter().copied()).collect();
    for one in answers.iter_mut().filter(|one| one.doubts.is_own_alone && one.doubts.why.is_none()) {
        if in_parts.contains(&one.fact) {
            one.doubts.why = Some(Doubt::Part);
        }
    }
}

/// At the end of the year hardly half is done, and all figures together make about the whole: they may be each its time's own.
const HARDLY_HALF: Decimal = Decimal::from_parts(50, 0, 0, false, 0);
/// What the parts of a year of spending add up to.
const WHOLE_FROM: Decimal = Decimal::from_parts(80, 0, 0, false, 0);
const WHOLE_TO: Decimal = Decimal::from_parts(115, 0, 0, false, 0);

/// 20, 24.5, 26.8 and 28.2 %: cumulated they end at 28.2 %, each by itself they make 99.5 %. Nothing says which.
fn rising_alone(card: &Scorecard, answers: &mut [Answer]) {
    let last_ones = card.facts.iter().enumerate().filter(|(_, fact)| {
        let is_last = !card.facts.iter().any(|other| other.cumulates.as_ref() == Some(&fact.id));
        fact.cumulates.is_some() && is_last && matches!(fact.kind, FactKind::Percent { .. })
    });
    let place = |id: &str| card.facts.iter().position(|fact| fact.id == id);
    for (last, fact) in last_ones {
        let mut chain = vec![last];
        let mut before = fact.cumulates.as_deref().and_then(place);
        while let Some(one) = before.filter(|one| !chain.contains(one)) {
            chain.push(one);
            before = card.facts.get(one).and_then(|fact| fact.cumulates.as_deref()).and_then(place);
        }
        let figure = |fact: &usize| answers.iter().find(|one| one.fact == *fact).and_then(Answer::figure);
        let figures: Vec<Decimal> = chain.iter().filter_map(figure).collect();
        let sum = figures.iter().try_fold(Decimal::ZERO, |sum, figure| sum.checked_add(*figure));
        let is_whole = sum.is_some_and(|sum| (WHOLE_FROM..=WHOLE_TO).contains(&sum));
        if figures.len() == chain.len() && is_whole && figures.first().is_some_and(|last| *last < HARDLY_HALF) {
            let touched = answers.iter_mut().filter(|one| chain.contains(&one.fact) && one.doubts.why.is_none());
            touched.for_each(|one| one.doubts.why = Some(Doubt::Period));
        }
    }
}

/// A row that corrects another speaks against it, and is no more certain: which of them holds is for a person to say.
fn corrected(answers: &mut [Answer]) {
    let said: Vec<(usize, String)> = answers
        .iter()
        .filter(|one| one.doubts.corrects && one.is_filled())
        .map(|one| (one.fact, one.label_source.text.clone()))
        .collect();
    for (fact, words) in said {
        answers.iter_mut().filter(|one| one.fact == fact).for_each(|one| one.doubts.corrected(&words));
    }
}

/// A rate of 0 of handled cases is one only where a number says that there were cases: 0 of none is no rate, and departments
/// write 0 for it. (scorecard, “Division by zero: 0 ÷ 0 is 不适用”)
fn of_nothing(grids: &[Grid], card: &Scorecard, answers: &mut [Answer]) {
    for one in answers.iter_mut().filter(|one| one.doubts.why.is_none() && one.figure() == Some(Decimal::ZERO)) {
        let fact = card.facts.get(one.fact).filter(|fact| matches!(fact.kind, FactKind::Percent { .. }));
        let Some((grid, fact)) = grids.get(one.sheet).zip(fact) else { continue };
        let cases = &grid.vocabulary().quantities.units.cases;
        let of_cases = cases.iter().find(|word| fact.label.contains(*word));
        if of_cases.is_some_and(|word| !grids.iter().any(|grid| counts_cases(grid, word))) {
            one.doubts.why = Some(Doubt::OfNothing);
        }
    }
}

/// An amount that holds money of earlier years (含上年结转) is no part of an amount that does not say so: what is spent of what was
/// carried over stands above no budget of the year. (certainty.md, 3: “brackets included”)
fn of_other_money(card: &Scorecard, answers: &mut [Answer]) {
    let readings = card.indicators.iter().flat_map(|indicator| &indicator.readings);
    let criteria = readings.flat_map(|reading| &reading.criteria);
    let quotients = criteria.filter_map(|criterion| criterion.rule.parameters().quotient());
    let places = |names: Vec<&str>| -> BTreeSet<usize> {
        let is_named = |fact: &crate::rulebook::Fact| names.contains(&fact.id.as_str());
        let amounts = card.facts.iter().enumerate().filter(|(_, fact)| is_named(fact));
        amounts.filter(|(_, fact)| matches!(fact.kind, FactKind::Money { .. })).map(|(place, _)| place).collect()
    };
    let holds = |fact: usize, answers: &[Answer]| {
        answers.iter().any(|one| one.fact == fact && one.doubts.holds_carried.is_some())
    };
    let mut unlike: BTreeSet<usize> = BTreeSet::new();
    for (value, divisor) in quotients {
        let (parts, wholes) = (places(value.names()), places(divisor.names()));
        if !wholes.is_empty() && !wholes.iter().any(|whole| holds(*whole, answers)) {
            unlike.extend(parts.into_iter().filter(|part| holds(*part, answers)));
        }
    }
    for one in answers.iter_mut().filter(|one| unlike.contains(&one.fact)) {
        if let Some(words) = one.doubts.holds_carried.clone() {
            one.doubts.spoken_against(&words);
        }
    }
}

/// Whether a row of a sheet gives a number of these cases above 0: 信访件数 25.
fn counts_cases(grid: &Grid, word: &str) -> bool {
    let ends = &grid.vocabulary().quantities.units.case_counts;
    grid.rows().iter().any(|&row| {
        let mut cells = grid.cells_of(row).skip_while(|(_, cell)| {
            !matches!(&cell.value, Value::Text(text) if text.contains(word) && ends.ends(&without_brackets(text)))
        });
        let is_named = cells.next().is_some();
        is_named && cells.any(|(at, _)| number_at(grid, at).is_some_and(|number| number > Decimal::ZERO))
    })
}

/// A cumulative figure that is less than the one it cumulates is none: it may be a single quarter's.
fn falling(card: &Scorecard, answers: &mut [Answer]) {
    let figure = |fact: usize, answers: &[Answer]| {
        let kind = &card.facts.get(fact)?.kind;
        let of_fact = answers.iter().filter(|one| one.fact == fact);
        let mut figures = of_fact.filter_map(|one| one.figure()).filter(|figure| is_in_range(*figure, kind));
        figures.next().filter(|first| figures.all(|other| other == *first))
    };
    let mut fallen: BTreeSet<usize> = BTreeSet::new();
    for (index, fact) in card.facts.iter().enumerate() {
        let before = fact.cumulates.as_deref().and_then(|id| card.facts.iter().position(|known| known.id == id));
        if let Some(before) = before
            && let (Some(earlier), Some(later)) = (figure(before, answers), figure(index, answers))
            && later < earlier
        {
            fallen.extend([before, index]);
        }
    }
    let chain = |fact: usize| {
        let mut chain = vec![fact];
        while let Some(next) = chain.last().and_then(|last| card.facts.get(*last)?.cumulates.as_deref())
            && let Some(index) = card.facts.iter().position(|known| known.id == next)
            && !chain.contains(&index)
        {
            chain.push(index);
        }
        chain
    };
    let touched: BTreeSet<usize> =
        (0..card.facts.len()).filter(|fact| chain(*fact).iter().any(|one| fallen.contains(one))).collect();
    let touched: BTreeSet<usize> = touched.into_iter().flat_map(chain).collect();
    for one in answers.iter_mut().filter(|one| touched.contains(&one.fact) && one.doubts.why.is_none()) {
        one.doubts.why = Some(Doubt::Falls);
    }
}
