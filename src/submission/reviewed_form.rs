//! What reviewers typed over the figures of a form in its working paper, taken into the form: amounts, targets and actuals, the
//! direction of a target, a level, a score, a weight. (bureau.md, “核定”)

use rust_decimal::Decimal;

use super::Sourced;
use super::declared::DeclaredForm;
use super::reviewed::told;
use crate::audit::{DeclaredLine, Entered, EnteredAbout, FactAudit, Finding, Measure, Origin, Source};
use crate::contract::WAN_YUAN;
use crate::entered::{About, Entries, Entry, Given, LineCell, Whose, own_of_line};
use crate::facts::FactsFound;
use crate::facts::declared::{Money, gather};
use crate::facts::known::Known;
use crate::line_ids::{BUDGET, PLANNED, RowFact, SPENT};
use crate::quantity::{Actual, BEYOND_ANY_FORM, Quantity, Sign, Target};
use crate::rulebook::Declared;

/// A form as reviewers left it.
#[derive(Debug)]
pub struct Reviewed {
    /// Its rows with what they entered.
    pub form: DeclaredForm,
    /// Its money with what they entered.
    pub money: Money,
    /// What of their entries is used.
    pub entered: Vec<Entered>,
    /// What is told of them.
    pub findings: Vec<Finding>,
}

impl Reviewed {
    /// The facts of the form as they left it. What the form itself says stands beside, and does not count.
    pub fn facts(&self, declared: &Declared, own: Vec<FactAudit>) -> FactsFound {
        let mut found = gather(declared, &self.form, &self.money);
        found.known.extend(directions(&self.entered));
        let is_entered = |id: &str| {
            self.entered.iter().any(|entered| entered.item.as_deref().is_some_and(|item| fact_of(item) == id))
        };
        let mut entries: Vec<FactAudit> = Vec::new();
        let mut kept: Vec<FactAudit> = own.into_iter().filter(|entry| is_entered(&entry.id)).collect();
        for entry in found.entries {
            let entered = is_entered(&entry.id);
            let (same, rest): (Vec<FactAudit>, Vec<FactAudit>) = kept.into_iter().partition(|own| own.id == entry.id);
            kept = rest;
            entries.extend(same.into_iter().map(|own| FactAudit { candidate: false, ..own }));
            let origin = if entered { Origin::Reviewer } else { entry.origin };
            entries.push(FactAudit { origin, ..entry });
        }
        entries.extend(kept.into_iter().map(|own| FactAudit { candidate: false, ..own }));
        FactsFound { entries, ..found }
    }
}

/// What reviewers said of the directions of targets without a sign, by their facts.
pub fn directions(entered: &[Entered]) -> impl Iterator<Item = (String, Known)> + '_ {
    let sign = format!(".{}", RowFact::Sign.as_str());
    let of_direction = move |entered: &&Entered| entered.item.as_deref().is_some_and(|item| item.ends_with(&sign));
    entered
        .iter()
        .filter(of_direction)
        .map(|entered| (entered.item.clone().unwrap_or_default(), Known::in_direction(&entered.value)))
}

/// The fact that an entered item is a part of: an end of a target is its target's.
fn fact_of(item: &str) -> String {
    let end = format!(".{}", RowFact::TargetEnd.as_str());
    item.strip_suffix(&end).map_or_else(|| item.to_owned(), |row| RowFact::Target.of(row))
}

/// Takes the entries into a form, as far as there are any. `lines`: how each of its lines is measured, as it says itself; what
/// is established of them changes there. `own`: the facts as they are without entries.
pub fn take(
    (declared, form): (&Declared, &DeclaredForm),
    money: &Money,
    lines: &mut [DeclaredLine],
    own: &[FactAudit],
    (whose, entries): (&Whose, &Entries),
) -> Option<Reviewed> {
    if entries.is_empty() {
        return None;
    }
    let reviewed = Reviewed { form: form.clone(), money: money.clone(), entered: Vec::new(), findings: Vec::new() };
    let mut taking = Taking { declared, own, whose, entries, reviewed };
    for (at, line) in lines.iter_mut().enumerate() {
        match at.checked_sub(1) {
            None => taking.budget(line),
            Some(row) => taking.row(row, line),
        }
    }
    let Reviewed { entered, findings, .. } = &taking.reviewed;
    (!entered.is_empty() || !findings.is_empty()).then_some(taking.reviewed)
}

struct Taking<'a> {
    declared: &'a Declared,
    own: &'a [FactAudit],
    whose: &'a Whose<'a>,
    entries: &'a Entries,
    reviewed: Reviewed,
}

/// The cell of a line that is asked for.
struct Asked<'a> {
    cell: LineCell,
    about: EnteredAbout,
    /// The line's id.
    line: &'a str,
    /// The fact's id, or the criterion's.
    item: String,
    /// What the line is called.
    name: &'a str,
    /// What the line says itself.
    basis: &'a str,
}

impl Taking<'_> {
    /// What was entered in a cell, where it can be used. What was entered upon other figures than the form has now is not.
    fn entered<V>(&mut self, asked: Asked, read: impl FnOnce(&Entry) -> Option<(V, String)>) -> Option<(V, Source)> {
        let key = asked.cell.key(&self.whose.key(About::Fact, &[asked.line]))?;
        let given: &Given = self.entries.of(&key).filter(|given| given.upon.as_deref() == Some(asked.basis))?;
        let value = given.value.as_ref().and_then(read);
        // However it was shown when it was typed (95% or 95), it is the same in every run.
        let as_used = value.as_ref().map(|(_, text)| Entry::Words(text.clone()));
        let given = &Given { value: as_used.or_else(|| given.value.clone()), ..given.clone() };
        self.reviewed.findings.push(told(given, asked.name, value.is_some()).of_indicator(asked.line));
        let (value, text) = value?;
        self.reviewed.entered.push(Entered {
            about: asked.about,
            indicator: Some(asked.line.to_owned()),
            item: Some(asked.item),
            value: text.clone(),
            evidence: None,
            by: given.by.clone(),
        });
        Some((value, Source { text, ..given.source.clone() }))
    }

    fn budget(&mut self, line: &mut DeclaredLine) {
        let stated = self.reviewed.form.budget.weight.as_ref().map(|weight| weight.value);
        let basis = own_of_line(self.own, BUDGET, [line.target.as_ref(), line.actual.as_ref()], stated);
        let name = self.declared.budget_name.as_str();
        let asked =
            |cell, item: String| Asked { cell, about: EnteredAbout::Fact, line: BUDGET, item, name, basis: &basis };
        if let Some((value, source)) = self.entered(asked(LineCell::Weight, RowFact::Weight.of(BUDGET)), weight) {
            self.reviewed.form.budget.weight = Some(Sourced { value, source });
            line.stated_points = stated;
        }
        let amount = |entry: &Entry| number(entry, WAN_YUAN).filter(|(value, _)| *value >= Decimal::ZERO);
        if let Some((value, source)) = self.entered(asked(LineCell::Target, PLANNED.to_owned()), amount) {
            self.reviewed.money.planned = Some(Sourced { value, source });
        }
        if let Some((value, source)) = self.entered(asked(LineCell::Actual, SPENT.to_owned()), amount) {
            self.reviewed.money.spent = Some(Sourced { value, source });
        }
    }

    fn row(&mut self, at: usize, line: &mut DeclaredLine) {
        let row = self.reviewed.form.rows[at].clone();
        let stated = row.weight.as_ref().map(|weight| weight.value);
        let basis = own_of_line(self.own, &row.id, [line.target.as_ref(), line.actual.as_ref()], stated);
        let asked = |cell, item: RowFact| Asked {
            cell,
            about: EnteredAbout::Fact,
            line: &row.id,
            item: item.of(&row.id),
            name: &row.name,
            basis: &basis,
        };
        if let Some((value, source)) = self.entered(asked(LineCell::Weight, RowFact::Weight), weight) {
            self.reviewed.form.rows[at].weight = Some(Sourced { value, source });
            line.stated_points = stated;
        }
        match line.measure {
            Measure::Number | Measure::Span => {
                let unit = row.unit();
                self.target(at, &asked);
                if let Some((value, source)) =
                    self.entered(asked(LineCell::Actual, RowFact::Actual), |entry| number(entry, unit))
                {
                    let like = row.targets().first().map_or_else(Quantity::default, |target| (*target).clone());
                    let value = Actual::Number(Quantity { value, ..like });
                    self.reviewed.form.rows[at].actual = Sourced { value, source };
                }
            }
            Measure::Level => {
                let levels = &self.declared.levels;
                let named = |entry: &Entry| {
                    let level = levels.iter().find(|level| level.name == entry.text().trim())?;
                    Some((level.name.clone(), level.name.clone()))
                };
                if let Some((level, source)) = self.entered(asked(LineCell::Level, RowFact::Actual), named) {
                    let source = Source { text: level.clone(), ..source };
                    self.reviewed.form.rows[at].actual = Sourced { value: Actual::Text(level.clone()), source };
                    line.level = Some(level);
                }
            }
            Measure::Judged | Measure::Budget => {}
        }
        if matches!(line.measure, Measure::Level | Measure::Judged) {
            let most = self.reviewed.form.rows[at].weight.as_ref().map(|weight| weight.value);
            let score = |entry: &Entry| {
                let score = entry.number(false).filter(|score| *score >= Decimal::ZERO && Some(*score) <= most)?;
                Some((score, score.to_string()))
            };
            let asked =
                Asked { about: EnteredAbout::Judged, item: row.id.clone(), ..asked(LineCell::Judged, RowFact::Actual) };
            self.entered(asked, score);
        }
    }

    /// The target of a row, both ends of it, and its direction where it has no sign.
    fn target<'q>(&mut self, at: usize, asked: &impl Fn(LineCell, RowFact) -> Asked<'q>) {
        let number = |entry: &Entry, quantity: &Quantity| number(entry, &quantity.unit);
        let row = self.reviewed.form.rows[at].target.clone();
        match row.value {
            Target::Number(sign, mut quantity) => {
                let mut place = row.source;
                if sign.is_none() {
                    let directions = [Sign::AtLeast, Sign::AtMost];
                    let read = |entry: &Entry| {
                        let mark = entry.text();
                        let sign = directions.into_iter().find(|sign| sign.mark() == mark.trim())?;
                        Some(((), sign.mark().to_owned()))
                    };
                    self.entered(asked(LineCell::Sign, RowFact::Sign), read);
                }
                let read = |entry: &Entry| number(entry, &quantity);
                if let Some((value, source)) = self.entered(asked(LineCell::Target, RowFact::Target), read) {
                    (quantity.value, place) = (value, source);
                }
                self.reviewed.form.rows[at].target = Sourced { value: Target::Number(sign, quantity), source: place };
            }
            Target::Span(mut low, mut high) => {
                let mut place = row.source;
                let ends = [
                    (LineCell::Target, RowFact::Target, &mut low),
                    (LineCell::TargetEnd, RowFact::TargetEnd, &mut high),
                ];
                for (cell, item, end) in ends {
                    if let Some((value, source)) = self.entered(asked(cell, item), |entry| number(entry, end)) {
                        (end.value, place) = (value, source);
                    }
                }
                self.reviewed.form.rows[at].target = Sourced { value: Target::Span(low, high), source: place };
            }
            Target::Qualitative(_) | Target::Absent => {}
        }
    }
}

/// A weight that a form can have.
fn weight(entry: &Entry) -> Option<(Decimal, String)> {
    let weight = entry.number(false)?;
    (Decimal::ZERO..=BEYOND_ANY_FORM).contains(&weight).then(|| (weight, weight.to_string()))
}

/// A number in that unit.
fn number(entry: &Entry, unit: &str) -> Option<(Decimal, String)> {
    let number = entry.number(unit == "%")?;
    Some((number, number.to_string()))
}
