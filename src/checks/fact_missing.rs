//! Facts that nothing gives and that a score hangs on: of a card in no table and no sentence, of a form in its own cell.

use crate::audit::{Finding, Source};
use crate::checks::register::Code;
use crate::judge::Standing;
use crate::line_ids::{BUDGET, RowFact};
use crate::phrase::Term;
use crate::quantity::{Actual, Target};
use crate::settled_by::{Lack, SettledBy};

use super::ran::Ran;
use super::{Subject, about_fact, form};

/// One finding for each fact that would settle a score and that nothing gives.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    for fact in &subject.card.facts {
        let waiting = subject.waiting_for(&SettledBy::Fact(fact.id.clone()));
        if waiting.is_empty() || subject.is_given(&fact.id) {
            continue;
        }
        let finding = Finding::told(Code::FactMissing, &[("fact", &fact.label), ("indicators", &Term::list(&waiting))]);
        findings.push(about_fact(subject, finding, &fact.id));
    }
    Ok(())
}

impl Subject<'_> {
    /// Names of the indicators whose range `item` would settle, in card order; of those that the card has.
    pub(super) fn waiting_for(&self, item: &SettledBy) -> Vec<String> {
        let asked = self.scores.iter().filter(|score| score.claim.standing != Standing::NotAsked);
        let waiting = asked.filter(|score| score.range.settled_by.contains(item));
        waiting.map(|score| score.indicator.name.clone()).collect()
    }

    /// True when something is said of the fact, usable or not; then other findings speak of it.
    fn is_given(&self, fact: &str) -> bool {
        self.facts.known.contains_key(fact)
    }
}

/// One finding for each amount of the budget, each target and each actual that is empty. An empty actual beside full marks is
/// told by `full-marks-without-actual`.
pub fn check_form(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let side = subject.form_side()?;
    let told = |lack: Lack, line: &str, name: &str, source: Option<&Source>| {
        let part = Term::word(format!("finding.part-{}", lack.as_str()));
        let finding = form::told(Code::FactMissing, &[("indicator", &name), ("part", &part)]);
        let fact = SettledBy::Row(line.to_owned(), lack).to_string();
        Finding { source: source.cloned(), ..finding.of_indicator(line).of_fact(&fact) }
    };
    let budget = &side.declared.budget_name;
    let total = side.form.funds.total.as_ref();
    let planned = total.is_some_and(|row| row.planned.is_some());
    let spent = total.is_some_and(|row| row.spent.is_some());
    if side.money.planned.is_none() && !planned {
        findings.push(told(Lack::Planned, BUDGET, budget, None));
    }
    if side.money.spent.is_none() && !spent {
        findings.push(told(Lack::Spent, BUDGET, budget, None));
    }
    for (score, row) in subject.rows() {
        if row.target.value == Target::Absent {
            findings.push(told(Lack::Target, &row.id, &row.name, Some(&row.target.source)));
        }
        if row.actual.value == Actual::Absent && !score.claimed_in_full() {
            findings.push(told(Lack::Actual, &row.id, &row.name, Some(&row.actual.source)));
        }
        if row.actual.value == Actual::NotApplicable {
            let finding = Finding::worded(Code::NotApplicable, "not-applicable-row", &[("indicator", &row.name)]);
            findings.push(finding.of_indicator(&row.id).of_fact(&row.fact_id(RowFact::Actual)).at(&row.actual.source));
        }
    }
    Ok(())
}
