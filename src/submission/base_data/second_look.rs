//! A second look at what a cell was read as: whether it says the opposite of its label, is a mark instead of a rate, or speaks of
//! another time. Source: certainty.md, 3, 5 and 6, and “Answers”.

use rust_decimal::Decimal;

use crate::contract;
use crate::quantity::{decimals_written, denies, fold, is_lone_tick, speaks_otherwise};
use crate::rulebook::{Fact, FactKind};
use crate::submission::FactValue;
use crate::submission::scope::{Off, Scope};
use crate::submission::values::{Flaw, Read, UnitHint, fact};
use crate::vocabulary::Vocabulary;
use crate::workbook::{Cell, Value};

/// The highest mark that people give where a rate is asked for: out of five, or out of ten.
const HIGHEST_MARK: Decimal = Decimal::TEN;

/// What a cell says of a fact, looked at again. `attested`: the question is asked in the positive.
pub(super) fn second_look(vocabulary: &Vocabulary, asked: &Fact, attested: bool, cell: &Cell, read: Read) -> Read {
    match read {
        Read::Value(FactValue::Number(_), _) if says_the_opposite(vocabulary, &asked.label, cell) => {
            Read::Flaw(Flaw::Unreadable)
        }
        Read::Flaw(Flaw::Unreadable)
            if !attested && asked.kind == FactKind::YesNo && is_denied(vocabulary, asked, cell) =>
        {
            Read::Value(FactValue::Answer(contract::NO.to_owned()), 0)
        }
        Read::Flaw(Flaw::Unreadable) if asked.kind == FactKind::YesNo => {
            let head = head_before_the_label(&asked.label, cell);
            let again = head.map(|head| Cell { value: Value::Text(head), ..cell.clone() });
            again.map_or(read, |cell| fact(vocabulary, &cell, &asked.kind, UnitHint::default(), attested))
        }
        read => read,
    }
}

/// 是 of 是（评价结果为差）, where the label says 主管专项资金评价结果为差: the remark says the question once more.
fn head_before_the_label(label: &str, cell: &Cell) -> Option<String> {
    let Value::Text(text) = &cell.value else { return None };
    let folded = fold(text);
    let (head, behind) = folded.split_once(['(', ',', ':'])?;
    let said = behind.trim_end_matches([')', '。']).trim();
    (said.chars().nth(1).is_some() && fold(label).contains(said)).then(|| head.to_owned())
}

/// What of the cell itself, or of the remark beside it, speaks against the value that was read.
pub(super) fn spoken_against(
    vocabulary: &Vocabulary,
    asked: &Fact,
    (cell, remark): (&Cell, &str),
    read: &Read,
    year: Option<i32>,
) -> Option<String> {
    match (&asked.kind, read) {
        (FactKind::Percent { .. }, Read::Value(FactValue::Number(value), _)) => {
            let is_count = || counts(vocabulary, remark, *value);
            (gives_another_rate(vocabulary, remark, *value, year) || is_count()).then(|| remark.to_owned())
        }
        (FactKind::Count { .. } | FactKind::Money { .. }, Read::Value(FactValue::Number(value), _))
            if says_really_another(vocabulary, remark, *value) =>
        {
            Some(remark.to_owned())
        }
        (FactKind::Count { .. }, Read::Value(FactValue::Number(value), _)) if !value.is_zero() => {
            let of_remark = Cell { value: Value::Text(remark.to_owned()), ..cell.clone() };
            let is_opposite = gives(remark, *value) && says_the_opposite(vocabulary, &asked.label, &of_remark);
            is_opposite.then(|| remark.to_owned())
        }
        (FactKind::YesNo, Read::Value(FactValue::Answer(answer), _))
            if speaks_otherwise(&vocabulary.quantities, remark, answer == contract::YES) =>
        {
            Some(remark.to_owned())
        }
        (FactKind::YesNo | FactKind::Choice { .. }, Read::Value(..)) => {
            of_another_time(vocabulary, cell, year).or_else(|| of_another_result(vocabulary, &asked.label, cell))
        }
        _ => None,
    }
}

/// 实际66人 beside 58: a remark that gives another figure as the real one.
fn says_really_another(vocabulary: &Vocabulary, remark: &str, value: Decimal) -> bool {
    let folded = fold(remark);
    let has_figure = folded.contains(|c: char| c.is_ascii_digit());
    has_figure && vocabulary.scopes.really.within(&folded) && !gives(remark, value)
}

/// 完成6项 of 未完成重点工作: the figure counts what the label leaves out.
fn says_the_opposite(vocabulary: &Vocabulary, label: &str, cell: &Cell) -> bool {
    let Value::Text(text) = &cell.value else { return false };
    let text: String = fold(text).split_whitespace().collect();
    let words = vocabulary.quantities.comparisons.plain_before.iter().filter(|word| text.contains(word));
    let mut negated = words.flat_map(|word| vocabulary.names.negating.all().iter().map(move |c| format!("{c}{word}")));
    negated.any(|negated| label.contains(&negated) && !text.contains(&negated))
}

/// 4.84 of a satisfaction in %: nothing says whether it is a rate, or a mark out of five or ten.
pub(super) fn may_be_mark(vocabulary: &Vocabulary, asked: &Fact, cell: &Cell, read: &Read) -> bool {
    let says_percent = match &cell.value {
        Value::Text(text) => fold(text).contains('%'),
        _ => cell.percent,
    };
    let is_rate = matches!(asked.kind, FactKind::Percent { .. });
    let is_low = matches!(read, Read::Value(FactValue::Number(value), _) if is_as_low_as_a_mark(*value));
    is_rate && is_low && !says_percent && vocabulary.quantities.units.marks.within(&asked.label)
}

/// √ beside 存在违规支出: that there is none, or that there is, the mark does not say. Beside what is asked in the positive
/// (会计核算规范) a tick is a yes.
pub(super) fn is_only_ticked(vocabulary: &Vocabulary, asked: &Fact, attested: bool, cell: &Cell, read: &Read) -> bool {
    let is_yes = matches!(read, Read::Value(FactValue::Answer(answer), _) if answer == contract::YES);
    let is_tick = |cell: &Cell| matches!(&cell.value, Value::Text(text) if is_lone_tick(&vocabulary.quantities, text));
    asked.kind == FactKind::YesNo && !attested && is_yes && is_tick(cell)
}

/// Whether a figure that stands where a rate is asked for may be a mark out of five or ten. Up to 1 it is told as a fraction.
pub fn is_as_low_as_a_mark(figure: Decimal) -> bool {
    figure > Decimal::ONE && figure <= HIGHEST_MARK
}

fn is_denied(vocabulary: &Vocabulary, asked: &Fact, cell: &Cell) -> bool {
    matches!(&cell.value, Value::Text(text) if denies(&vocabulary.quantities, text, &asked.label))
}

/// 是（2019年）, 是（2018年前）: an answer that names another time, and nothing that was done then.
fn of_another_time(vocabulary: &Vocabulary, cell: &Cell, year: Option<i32>) -> Option<String> {
    let Value::Text(text) = &cell.value else { return None };
    let folded = fold(text);
    let (_, behind) = folded.split_once(['(', ',', ';', ':'])?;
    let off = Scope::of(vocabulary, behind, year).off();
    let says_more = behind.chars().any(|c| c.is_alphabetic() && !vocabulary.scopes.of_times.contains(c));
    let is_of_another = matches!(off, Some(Off::Year | Off::Period)) && !says_more;
    is_of_another.then(|| text.trim().to_owned())
}

/// 是（评价结果为良） of 评价结果为差: the answer says one result, and the words behind it another.
fn of_another_result(vocabulary: &Vocabulary, label: &str, cell: &Cell) -> Option<String> {
    let Value::Text(text) = &cell.value else { return None };
    let folded = fold(text);
    let (_, behind) = folded.split_once(['(', ',', ';', ':'])?;
    let is = |c: char| vocabulary.names.results.contains(c);
    let (_, asked) = label.rsplit_once(is)?;
    let (_, said) = behind.rsplit_once(is)?;
    (!asked.is_empty() && !said.starts_with(asked)).then(|| text.trim().to_owned())
}

/// Whether a remark gives that figure.
fn gives(remark: &str, value: Decimal) -> bool {
    let folded = fold(remark);
    let mut figures = folded.split(|c: char| !c.is_ascii_digit() && c != '.');
    figures.any(|figure| figure.parse() == Ok(value))
}

/// Whether a remark counts things with the figure that stands where a rate is asked for: 12 beside 共12件，均已回复.
fn counts(vocabulary: &Vocabulary, remark: &str, value: Decimal) -> bool {
    let folded = fold(remark);
    if value >= Decimal::ONE_HUNDRED {
        return false;
    }
    let figure = value.normalize().to_string();
    let counters = &vocabulary.quantities.units.counters;
    let mut places = folded.match_indices(&figure);
    places.any(|(at, _)| {
        let (before, behind) = (&folded[..at], &folded[at + figure.len()..]);
        let is_whole = !before.ends_with(|c: char| c.is_ascii_digit() || c == '.');
        is_whole && counters.iter().any(|counter| !counter.is_empty() && behind.starts_with(counter))
    })
}

/// A remark that gives rates of the report's year, none of which is the one beside it: 第三方测评84%. One that compares with
/// another year, or with a target, says nothing of it.
fn gives_another_rate(vocabulary: &Vocabulary, remark: &str, value: Decimal, year: Option<i32>) -> bool {
    let folded = fold(remark);
    if Scope::of(vocabulary, remark, year).off() == Some(Off::Year) || vocabulary.sentences.other_figure.within(&folded)
    {
        return false;
    }
    let mut pieces = folded.split('%');
    let last = pieces.next_back();
    let rates: Vec<Decimal> = pieces.filter_map(figure_at_end).collect();
    let is_same = |rate: &Decimal| *rate == value.round_dp(decimals_written(*rate));
    last.is_some() && !rates.is_empty() && !rates.iter().any(is_same)
}

/// The figure that a text ends with.
fn figure_at_end(text: &str) -> Option<Decimal> {
    let before = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    text.get(before.len()..)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        text.parse().expect("a number")
    }

    #[test]
    fn a_figure_of_ten_at_most_may_be_a_mark_and_a_higher_one_is_a_rate() {
        for (figure, is_mark) in
            [("4.84", true), ("5", true), ("9.68", true), ("10", true), ("10.1", false), ("96.8", false), ("1", false)]
        {
            assert_eq!(is_as_low_as_a_mark(number(figure)), is_mark, "{figure}");
        }
    }

    #[test]
    fn a_remark_with_a_rate_of_its_own_speaks_against_the_one_beside_it() {
        let words = Vocabulary::builtin();
        for (remark, speaks) in [
            ("第三方测评84%", true),
            ("自行测评；第三方测评84%", true),
            ("问卷320份，满意率96.8%，不满意率3.2%", false),
            ("按96.80%填列", false),
            ("上年88%", false),
            ("2019年为88%", false),
            ("目标95%", false),
            ("较上年提高8.8%", false),
            ("问卷320份", false),
            ("", false),
        ] {
            assert_eq!(gives_another_rate(words, remark, number("96.8"), Some(2020)), speaks, "{remark}");
        }
    }
}
