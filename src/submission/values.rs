//! One cell and what is asked there → the value in the rulebook's unit, or why there is none.

use crate::contract;
use rust_decimal::Decimal;

use super::FactValue;
use crate::quantity::{self, Money, MoneyUnit, Typed, Understood, decimals_written};
use crate::rulebook::FactKind;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::remembered::remembered;
use crate::workbook::{Cell, Value};

/// What a cell says of a fact before the units of the whole workbook are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Read {
    /// Nothing was filled in.
    Absent,
    /// A value, with the decimals it is written with.
    Value(FactValue, u32),
    /// An amount of money without any unit: the workbook decides.
    Unitless(Decimal),
    /// A finding's code, and no value.
    Flaw(Flaw),
}

/// Why a filled cell gives no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// `formula-without-value`.
    Uncalculated,
    /// `error-cell`.
    Error,
    /// `not-measurable`.
    NotMeasurable,
    /// `fact-unreadable`: a date or time.
    Date,
    /// `fact-unreadable`.
    Unreadable,
    /// `fact-unreadable`: the stated unit is none that the fact can have.
    Unit,
    /// `fact-unreadable`: two readers of the file read different things.
    Unsure,
}

/// What is known of a figure's unit from around its cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UnitHint {
    /// A unit of money from label, unit column, heading, corner or sheet.
    pub money: Option<MoneyUnit>,
    /// A % in label, unit column or heading.
    pub percent: bool,
}

/// The cell as the quantity readers take it, or why it is nothing to read.
pub fn typed(cell: &Cell) -> Result<Typed<'_>, Flaw> {
    match &cell.value {
        Value::Text(text) if is_error(text) => Err(Flaw::Error),
        Value::Text(text) => Ok(Typed::Text(text)),
        // Where the format scales, what is shown is meant: 2046.8 under `0!.0,`, not the 20468000 behind it.
        Value::Number(stored) => Ok(Typed::Number { value: cell.unscaled().unwrap_or(*stored), percent: cell.percent }),
        Value::Bool(true) => Ok(Typed::Text(contract::YES)),
        Value::Bool(false) => Ok(Typed::Text(contract::NO)),
        Value::Error(_) => Err(Flaw::Error),
        Value::Date { .. } => Err(Flaw::Date),
        Value::Uncalculated => Err(Flaw::Uncalculated),
        Value::Unrepresentable(_) => Err(Flaw::Unreadable),
        Value::Unsure { .. } => Err(Flaw::Unsure),
    }
}

/// The unit of money that the cell's own format draws behind its number: 400.0万元 for 4000000 under `0!.0,"万元"`. It is in the
/// cell as one that was typed there.
pub fn drawn_unit(vocabulary: &Vocabulary, cell: &Cell) -> Option<MoneyUnit> {
    let is_number = matches!(cell.value, Value::Number(_));
    let drawn = is_number.then(|| cell.digits.drawn.text()).filter(|drawn| !drawn.is_empty())?;
    MoneyUnit::parse(&vocabulary.quantities, &drawn)
}

/// An error value that was pasted as text.
fn is_error(text: &str) -> bool {
    let known = ["#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"];
    known.contains(&text.trim().to_ascii_uppercase().as_str())
}

/// Reads a fact's cell. `attested`: the question is asked in the positive, so that 符合 and 已落实 answer it.
pub fn fact(vocabulary: &Vocabulary, cell: &Cell, kind: &FactKind, hint: UnitHint, attested: bool) -> Read {
    let typed = match typed(cell) {
        Ok(typed) => typed,
        Err(flaw) => return Read::Flaw(flaw),
    };
    match kind {
        FactKind::YesNo if attested => answer(quantity::yes_no(&vocabulary.quantities, typed)),
        FactKind::YesNo => answer(quantity::yes_no_of_fault(&vocabulary.quantities, typed)),
        FactKind::Choice { options } => choice(vocabulary, typed, options),
        FactKind::Count { faults, .. } => figure(quantity::count(&vocabulary.quantities, typed, *faults), kind),
        // Where more than 100 % is possible, 1.02 may be 102 % whatever the column says.
        FactKind::Percent { max } => {
            figure(quantity::percent(&vocabulary.quantities, typed, hint.percent && *max <= Decimal::ONE_HUNDRED), kind)
        }
        FactKind::Money { unit } | FactKind::Declared { unit } => {
            money(vocabulary, typed, unit, drawn_unit(vocabulary, cell).or(hint.money))
        }
    }
}

/// A reading without a value.
fn without<T>(reading: Understood<T>) -> Read {
    match reading {
        Understood::Absent => Read::Absent,
        Understood::NotApplicable => Read::Value(FactValue::NotApplicable, 0),
        Understood::NotMeasurable => Read::Flaw(Flaw::NotMeasurable),
        Understood::Unreadable | Understood::Value(_) | Understood::Candidates(_) => Read::Flaw(Flaw::Unreadable),
    }
}

fn answer(reading: Understood<bool>) -> Read {
    match reading {
        Understood::Value(yes) => {
            Read::Value(FactValue::Answer(if yes { contract::YES } else { contract::NO }.to_owned()), 0)
        }
        other => without(other),
    }
}

fn choice(vocabulary: &Vocabulary, typed: Typed, options: &[String]) -> Read {
    let words: Vec<&str> = options.iter().map(String::as_str).collect();
    match quantity::choice(&vocabulary.quantities, typed, &words) {
        Understood::Value(index) => match options.get(index) {
            Some(word) => Read::Value(FactValue::Answer(word.clone()), 0),
            None => Read::Flaw(Flaw::Unreadable),
        },
        other => without(other),
    }
}

fn figure(reading: Understood<Decimal>, kind: &FactKind) -> Read {
    match reading {
        Understood::Value(value) => Read::Value(FactValue::Number(value), decimals_written(value)),
        Understood::Candidates(values) => Read::Value(either(values, kind), 0),
        other => without(other),
    }
}

fn money(vocabulary: &Vocabulary, typed: Typed, unit: &str, hint: Option<MoneyUnit>) -> Read {
    match quantity::money(&vocabulary.quantities, typed) {
        Understood::Value(money) => match money.unit.or(hint) {
            _ if money.value.is_zero() => Read::Value(FactValue::Number(Decimal::ZERO), 0),
            None => Read::Unitless(money.value),
            Some(from) => converted(vocabulary, money.value, from, unit),
        },
        Understood::Candidates(_) => Read::Flaw(Flaw::Unreadable),
        other => without(other),
    }
}

/// An amount in the fact's own unit. A rulebook's unit that is no unit of money leaves the figure as it is.
fn converted(vocabulary: &Vocabulary, value: Decimal, from: MoneyUnit, unit: &str) -> Read {
    let own = MoneyUnit::parse(&vocabulary.quantities, unit).unwrap_or(from);
    let shift = powers_of_ten(own) - powers_of_ten(from);
    let decimals = i64::from(decimals_written(value)) + shift;
    match (Money { value, unit: Some(from) }).to(own, own) {
        Some(value) => Read::Value(FactValue::Number(value), u32::try_from(decimals).unwrap_or(0)),
        None => Read::Flaw(Flaw::Unreadable),
    }
}

/// How many zeros one of the unit has in 元.
pub fn powers_of_ten(unit: MoneyUnit) -> i64 {
    match unit {
        MoneyUnit::Yuan => 0,
        MoneyUnit::ThousandYuan => 3,
        MoneyUnit::WanYuan => 4,
        MoneyUnit::MillionYuan => 6,
        MoneyUnit::YiYuan => 8,
    }
}

/// An amount without a unit beside others that have one: 元 and 万元.
pub fn in_either_unit(vocabulary: &Vocabulary, value: Decimal, kind: &FactKind) -> FactValue {
    let own = kind.unit().and_then(|unit| MoneyUnit::parse(&vocabulary.quantities, unit)).unwrap_or(MoneyUnit::WanYuan);
    let meant = [MoneyUnit::WanYuan, MoneyUnit::Yuan]
        .into_iter()
        .filter_map(|unit| Money { value, unit: Some(unit) }.to(own, own));
    either(meant.collect(), kind)
}

/// One of several figures; unknown where one of them cannot be true.
fn either(mut values: Vec<Decimal>, kind: &FactKind) -> FactValue {
    values.sort_unstable_by(|a, b| b.cmp(a));
    values.dedup();
    if values.is_empty() || values.iter().any(|value| !is_in_range(*value, kind)) {
        return FactValue::Unreadable;
    }
    FactValue::Either(values)
}

/// Money and counts from 0 up, counts whole, percentages from 0 to the fact's largest.
pub fn is_in_range(value: Decimal, kind: &FactKind) -> bool {
    match kind {
        FactKind::Percent { max } => (Decimal::ZERO..=*max).contains(&value),
        FactKind::Count { .. } => value >= Decimal::ZERO && value.is_integer(),
        FactKind::Money { .. } => value >= Decimal::ZERO,
        FactKind::YesNo | FactKind::Choice { .. } | FactKind::Declared { .. } => true,
    }
}

/// Words that say that no evidence is there, or not yet: 无佐证材料, 后附（待提供）.
fn is_owed(vocabulary: &Vocabulary, bare: &str) -> bool {
    let none = &vocabulary.evidence.none;
    let what = &vocabulary.evidence.kinds;
    let matter = &vocabulary.evidence.matter;
    let is_none = none.iter().filter_map(|word| bare.strip_prefix(word)).any(|rest| {
        what.iter().filter_map(|word| rest.strip_prefix(word)).any(|rest| matter.contains(rest))
            || matter.contains(rest)
    });
    let words = &vocabulary.evidence;
    let is_paper = || vocabulary.quantities.comparisons.papers.ends(bare);
    let is_lost = words.lost.within(bare) || words.owed_ends.ends(bare) && !is_paper();
    is_none || is_lost || words.owed.within(bare)
}

/// Named evidence, or none: a placeholder or a bare 有 names nothing.
pub fn evidence(vocabulary: &Vocabulary, text: &str) -> Option<String> {
    let name = text.trim();
    names_evidence(vocabulary, name).then(|| name.to_owned())
}

fn names_evidence(vocabulary: &Vocabulary, name: &str) -> bool {
    remembered!(vocabulary, name, bool, {
        let bare: String = quantity::fold(name).chars().filter(|c| c.is_alphanumeric()).collect();
        let nothing = &vocabulary.evidence.nothing;
        let folded = quantity::fold(name);
        let outside: String =
            folded.split('(').next().unwrap_or_default().chars().filter(|c| c.is_alphanumeric()).collect();
        let is_nothing = |words: &str| nothing.contains(words.to_lowercase().as_str());
        let is_bracketed = folded.starts_with('(');
        let is_number = bare.chars().all(|c| c.is_ascii_digit());
        !is_nothing(&bare) && (is_bracketed || !is_nothing(&outside)) && !is_number && !is_owed(vocabulary, &bare)
    })
}
