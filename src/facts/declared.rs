//! The figures of a declared form: what of its money enters the score, and every number as an entry of the audit.

use rust_decimal::Decimal;

use crate::audit::{FactAudit, Finding, Origin};
use crate::checks::register::Code;
use crate::decimal_text::figure_text;
use crate::facts::FactsFound;
use crate::facts::known::{Candidate, CandidateValue, Facts, Known, Quoted, values};
use crate::line_ids::{PLANNED, RowFact, SPENT};
use crate::phrase::Hole;
use crate::quantity::units::{Actuals, in_unit_of, is_near, may_count};
use crate::quantity::{Actual, Quantity, Sign, Target};
use crate::rulebook::Declared;
use crate::submission::declared::{DeclaredForm, DeclaredRow, FundRow, Funds};
use crate::submission::{FactValue, Sourced};

/// 全年预算数（A） and 全年执行数（B）, in 万元; none: missing, or not to be used.
#[derive(Debug, Clone, Default)]
pub struct Money {
    /// What was planned.
    pub planned: Option<Sourced<Decimal>>,
    /// What was spent.
    pub spent: Option<Sourced<Decimal>>,
}

impl Money {
    /// The amounts of a form: of the total's row, or the sum of its parts where that is empty or zero and they are not.
    pub fn of(funds: &Funds) -> Money {
        Money { planned: fact(funds, |row| &row.planned), spent: fact(funds, |row| &row.spent) }
    }

    /// Both amounts as they enter the score: below zero is no amount.
    pub fn usable(&self) -> (Option<Decimal>, Option<Decimal>) {
        let usable = |amount: &Option<Sourced<Decimal>>| {
            amount.as_ref().map(|amount| amount.value).filter(|amount| *amount >= Decimal::ZERO)
        };
        (usable(&self.planned), usable(&self.spent))
    }

    fn entries(&self) -> impl Iterator<Item = FactAudit> {
        let named = [(PLANNED, &self.planned), (SPENT, &self.spent)];
        let (planned, spent) = self.usable();
        let written = named.into_iter().filter_map(|(id, amount)| Some((id, amount.as_ref()?)));
        written.flat_map(move |(id, amount)| {
            let candidate = amount.value >= Decimal::ZERO;
            let values = std::iter::once(amount.value).chain(in_the_others_unit(id, planned, spent));
            values.map(move |value| FactAudit { candidate, ..entry(id, value, crate::contract::WAN_YUAN, amount) })
        })
    }
}

/// What is known of the facts of the card that the form's filer wrote.
fn known(declared: &Declared, form: &DeclaredForm, money: &Money) -> Facts {
    let (planned, spent) = money.usable();
    let budget = [(PLANNED, &money.planned, planned), (SPENT, &money.spent, spent)];
    let mut facts = Facts::new();
    for (id, written, usable) in budget {
        let meant = usable.into_iter().chain(in_the_others_unit(id, planned, spent));
        let known = written.as_ref().map(|_| Known { candidates: numbers(meant), ..Known::default() });
        facts.extend(known.map(|known| (id.to_owned(), known)));
    }
    for row in &form.rows {
        let target = match &row.target.value {
            Target::Number(..) if row.target_in_doubt => Some(Known::default()),
            Target::Number(_, target) => Some(Known { candidates: numbers([target.value]), ..Known::default() }),
            Target::Span(..) | Target::Qualitative(_) | Target::Absent => None,
        };
        facts.extend(target.map(|known| (row.fact_id(RowFact::Target), known)));
        facts.insert(row.fact_id(RowFact::Actual), reached(declared, row));
        if matches!(row.target.value, Target::Number(None, _)) {
            facts.insert(row.fact_id(RowFact::Sign), Known::either_direction());
        }
    }
    facts
}

/// So many times more or less was spent than planned, and 元 was taken for 万元 or the other way round. (certainty.md, 6: “a ratio of
/// two amounts that is out by 10² or 10⁴”)
const SLIPPED: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);
/// Nobody spends less of a budget than a tenth or more than twice without it being the first thing that is said of it.
const SPENT_FROM: Decimal = Decimal::from_parts(1, 0, 0, false, 1);
const SPENT_TO: Decimal = Decimal::TWO;

/// What was spent, taken for the unit in which the plan is meant, where as it stands it is out by 10⁴ and so it fits.
fn in_the_others_unit(id: &str, planned: Option<Decimal>, spent: Option<Decimal>) -> Option<Decimal> {
    let (planned, spent) = planned.zip(spent).filter(|_| id == SPENT)?;
    let fits = |spent: Decimal| {
        let share = spent.checked_div(planned);
        share.is_some_and(|share| (SPENT_FROM..=SPENT_TO).contains(&share))
    };
    let meant = [spent.checked_div(SLIPPED), spent.checked_mul(SLIPPED)].into_iter().flatten();
    meant.map(|spent| spent.normalize()).find(|meant| !fits(spent) && fits(*meant))
}

fn numbers(values: impl IntoIterator<Item = Decimal>) -> Vec<Candidate> {
    let candidate = |value| Candidate { value: CandidateValue::Number(value), evidence: false };
    values.into_iter().map(candidate).collect()
}

/// What is known of a row's actual: every value that it can have in its target's unit, or the level that its words name.
/// Where the cell is empty it is as if nobody had answered.
fn reached(declared: &Declared, row: &DeclaredRow) -> Known {
    let quoted = Some(quoted(row));
    if row.actual_in_doubt {
        return Known { quoted, ..Known::default() };
    }
    let level = declared.level_named(&row.actual.source.text);
    let level = level.filter(|_| matches!(row.target.value, Target::Qualitative(_)));
    let (candidates, unsettled) = match (&row.actual.value, level) {
        (Actual::Absent, _) => (Vec::new(), false),
        (_, Some(level)) => {
            (vec![Candidate { value: CandidateValue::Answer(level.name.clone()), evidence: false }], false)
        }
        (Actual::Number(actual), None) => {
            let (values, unsettled) = in_units_of(&row.targets(), actual, &declared.same_units);
            let mut values = likely(row, actual, values);
            values.extend(shown_across(declared, row, &values));
            (numbers(values), unsettled)
        }
        _ => (Vec::new(), false),
    };
    Known { candidates, unsettled, quoted, ..Known::default() }
}

/// The actual as its cell shows it, where that reaches the target and what is stored does not, or the other way round. (certainty.md, 5)
fn shown_across(declared: &Declared, row: &DeclaredRow, stored: &[Decimal]) -> Option<Decimal> {
    let (shown, _) = in_units_of(&row.targets(), row.shown.as_ref()?, &declared.same_units);
    let ([stored], [shown]) = (stored, shown.as_slice()) else { return None };
    let sign = match &row.target.value {
        Target::Number(sign, _) => *sign,
        _ => None,
    };
    let is_across = |edge: &Quantity| {
        let over = (*stored >= edge.value) != (*shown >= edge.value);
        let under = (*stored <= edge.value) != (*shown <= edge.value);
        match sign {
            Some(Sign::AtLeast | Sign::MoreThan) => over,
            Some(Sign::AtMost | Sign::LessThan) => under,
            _ => over || under,
        }
    };
    row.targets().into_iter().any(is_across).then_some(*shown)
}

/// Tells that a cell shows another figure than it stores where both candidates are that.
fn told_shown(row: &DeclaredRow, known: &Facts) -> Option<Finding> {
    let id = row.fact_id(RowFact::Actual);
    let (Actual::Number(stored), Some(shown)) = (&row.actual.value, &row.shown) else { return None };
    let values = values(known, &id);
    let ([_, second], true) = (values.as_slice(), !row.actual_in_doubt) else { return None };
    let (shown_text, stored) = (shown.text(), stored.text());
    let holes: &[Hole] = &[("fact", &row.name), ("shown", &shown_text), ("stored", &stored), ("indicator", &row.name)];
    let finding = Finding::worded(Code::FactDoubtful, "fact-doubtful-shown", holes);
    (*second == shown.value).then(|| finding.of_indicator(&row.id).of_fact(&id).at(&row.actual.source))
}

/// What the cell of a row's actual says. Columns that disagree about the target leave the row as open as those that
/// disagree about the actual.
fn quoted(row: &DeclaredRow) -> Quoted {
    let figure = match &row.actual.value {
        Actual::Number(actual) => Some(actual.text()),
        _ => None,
    };
    Quoted {
        text: row.actual.source.text.trim().to_owned(),
        figure,
        is_blank: row.actual.value == Actual::Absent && !row.actual_in_doubt,
        is_disputed: row.target_in_doubt || row.actual_in_doubt,
    }
}

/// 0.98 beside ≥98% is 98 %: the only value that comes near a target that is to be reached. Beside one that is to be kept
/// 0.08 % is as likely as 8 %, and both stay.
fn likely(row: &DeclaredRow, actual: &Quantity, values: Vec<Decimal>) -> Vec<Decimal> {
    let target = match &row.target.value {
        Target::Number(Some(Sign::AtLeast | Sign::MoreThan | Sign::Equal), target) => target,
        _ => return values,
    };
    let is_rate = target.is_percent() && actual.unit.is_empty()
        || target.unit.is_empty() && actual.is_percent() && !may_count(target, actual);
    let near: Vec<Decimal> = values.iter().copied().filter(|value| is_near(*value, target.value)).collect();
    if is_rate && near.len() == 1 { near } else { values }
}

/// The actual in the unit of a target, and whether its own unit leaves open what it counts. Both ends of a target must
/// make the same of it.
fn in_units_of(targets: &[&Quantity], actual: &Quantity, same_units: &[Vec<String>]) -> (Vec<Decimal>, bool) {
    let values = |target: &&Quantity| match in_unit_of(target, actual, same_units) {
        Actuals::Values(values) => values,
        Actuals::Incomparable => Vec::new(),
    };
    let Some((first, others)) = targets.split_first() else { return (Vec::new(), false) };
    let found = values(first);
    let unsettled = found.is_empty() || others.iter().any(|other| values(other) != found);
    (found, unsettled)
}

type Amount = Option<Sourced<FactValue>>;

fn fact(funds: &Funds, column: impl Fn(&FundRow) -> &Amount) -> Option<Sourced<Decimal>> {
    let total = funds.total.as_ref().and_then(|row| column(row).as_ref());
    let zero = FactValue::Number(Decimal::ZERO);
    let number = |amount: &Sourced<FactValue>| match amount.value {
        FactValue::Number(value) => Some(Sourced { value, source: amount.source.clone() }),
        _ => None,
    };
    match total {
        Some(amount) if !matches!(&amount.value, FactValue::Number(value) if value.is_zero()) => number(amount),
        _ => {
            let parts: Vec<&Sourced<FactValue>> = funds.parts.iter().filter_map(|part| column(part).as_ref()).collect();
            if parts.iter().all(|part| part.value == zero) {
                return total.and_then(number).or_else(|| parts.first().and_then(|part| number(part)));
            }
            if !funds.plain {
                return None;
            }
            let numbers: Option<Vec<Sourced<Decimal>>> = parts.into_iter().map(number).collect();
            added(numbers?)
        }
    }
}

/// The sum, standing where its first amount other than 0 stands.
fn added(numbers: Vec<Sourced<Decimal>>) -> Option<Sourced<Decimal>> {
    let sum = numbers.iter().try_fold(Decimal::ZERO, |sum, number| sum.checked_add(number.value))?;
    let first = numbers.into_iter().find(|number| !number.value.is_zero())?;
    Some(Sourced { value: sum, source: first.source })
}

/// What is known of a form's facts, and every number of it that was read, in the form's order.
pub fn gather(declared: &Declared, form: &DeclaredForm, money: &Money) -> FactsFound {
    let known = known(declared, form, money);
    let mut entries: Vec<FactAudit> = money.entries().collect();
    for row in &form.rows {
        entries.extend(row.targets().into_iter().map(|target| number(row, RowFact::Target, target, &row.target)));
        let values = values(&known, &row.fact_id(RowFact::Actual)).into_iter();
        let values = values.map(|value| Quantity { value, unit: row.unit().to_owned(), ..Quantity::default() });
        let actuals: Vec<Quantity> = match &row.actual.value {
            Actual::Number(actual) if values.len() == 0 => vec![actual.clone()],
            _ => values.collect(),
        };
        entries.extend(actuals.iter().map(|actual| number(row, RowFact::Actual, actual, &row.actual)));
    }
    let findings = form.rows.iter().filter_map(|row| told_shown(row, &known)).collect();
    FactsFound { known, entries, findings }
}

fn number<T>(row: &DeclaredRow, fact: RowFact, quantity: &Quantity, at: &Sourced<T>) -> FactAudit {
    entry(&row.fact_id(fact), quantity.value, &quantity.unit, at)
}

fn entry<T>(id: &str, value: Decimal, unit: &str, at: &Sourced<T>) -> FactAudit {
    FactAudit {
        id: id.to_owned(),
        value: figure_text(value),
        unit: Some(unit.to_owned()).filter(|unit| !unit.is_empty()),
        origin: Origin::Form,
        candidate: true,
        certain: true,
        why: None,
        evidence: None,
        source: at.source.clone(),
    }
}
