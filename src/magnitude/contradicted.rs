//! Figures that the file itself contradicts: a rate that it prints beside them (编外人员控制率 4.08% beside 20 of 67 people), two figures that stand in each other's place (a plan of 108 and 120 carried out of it, claimed as 108 of
//! 120). Where what contradicts them gives exactly what the department claims, nobody can say which is the slip: the figures are
//! left open. A claim that is explained by nothing in the file finds no shelter. (certainty.md, 4 and 6)

use std::str::FromStr;

use rust_decimal::Decimal;

use super::{is_reviewed, only_figure};
use crate::audit::{Doubt, Finding, NotUsed, Unused, Verdict};
use crate::checks::register::Code;
use crate::decimal_text::figure_text;
use crate::facts::FactsFound;
use crate::facts::known::{Candidate, CandidateValue, Facts};
use crate::judge::Judged;
use crate::phrase::Hole;
use crate::quantity::fold;
use crate::rescore::rescore;
use crate::rulebook::expression::{Expression, Operation};
use crate::rulebook::{Condition, Criterion, Fact, Indicator, Scorecard};
use crate::submission::names::key;

/// What contradicts the figures of a criterion, and is what the department claims.
enum Against<'u> {
    /// A rate that the file prints.
    Rate(&'u Unused),
    /// The two figures in each other's place.
    Exchanged,
}

/// Leaves open the figures that the file contradicts, in the indicators that would be held against the department. `unused`: what
/// stands in the file beside what was read. True: the facts changed.
pub(crate) fn heed(
    card: &Scorecard,
    scores: &[Judged],
    unused: &[Unused],
    tolerance: Decimal,
    facts: &mut FactsFound,
) -> bool {
    let accused = scores.iter().filter(|score| matches!(score.verdict, Verdict::Overstated | Verdict::Understated));
    let mut is_changed = false;
    for score in accused {
        let looked = Looked { card, score, unused, tolerance };
        let criteria = score.indicator.readings.first().into_iter().flat_map(|reading| &reading.criteria);
        let found = criteria.into_iter().find_map(|criterion| Some((criterion, looked.against(criterion, facts)?)));
        if let Some((criterion, against)) = found {
            looked.leave_open(criterion, &against, facts);
            is_changed = true;
        }
    }
    is_changed
}

/// An accused score, and what it is held against.
struct Looked<'a, 'j> {
    card: &'a Scorecard,
    score: &'a Judged<'j>,
    unused: &'a [Unused],
    tolerance: Decimal,
}

impl<'a> Looked<'a, '_> {
    fn against(&self, criterion: &Criterion, facts: &FactsFound) -> Option<Against<'a>> {
        let used = self.figures(criterion, facts)?;
        if used.iter().any(|(place, _)| is_reviewed(facts, self.card, *place)) {
            return None;
        }
        // A rate that is what the figures give says that they are meant as they stand.
        if self.unused.iter().any(|one| self.is_rate_of(criterion, one, &used)) {
            return None;
        }
        let by_rate = self.unused.iter().find(|one| self.is_rate_against(criterion, one, &facts.known));
        by_rate.map(Against::Rate).or_else(|| self.is_exchanged(criterion, &used, facts).then_some(Against::Exchanged))
    }

    /// Whether a printed rate is what the figures of a criterion give, to the places that it is written with.
    fn is_rate_of(&self, criterion: &Criterion, one: &Unused, used: &[(usize, Decimal)]) -> bool {
        let Some((above, below)) = criterion.rule.parameters().quotient() else { return false };
        let rate = || {
            let (above, below) = (self.value(above, used)?, self.value(below, used)?);
            above.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(below)
        };
        let printed = printed_rate(&one.value);
        printed.zip(rate()).is_some_and(|(printed, rate)| {
            let half = Decimal::new(5, half_of_place(printed));
            printed.checked_sub(rate).is_some_and(|apart| apart.abs() <= half)
        })
    }

    /// What an expression comes to with these figures.
    fn value(&self, expression: &Expression, used: &[(usize, Decimal)]) -> Option<Decimal> {
        match expression {
            Expression::Number { value, .. } => Some(*value),
            Expression::Name(name) => used
                .iter()
                .find(|(place, _)| self.card.facts.get(*place).is_some_and(|fact| fact.id == *name))
                .map(|one| one.1),
            Expression::Binary { operation, left, right } => {
                let (left, right) = (self.value(left, used)?, self.value(right, used)?);
                match operation {
                    Operation::Add => left.checked_add(right),
                    Operation::Subtract => left.checked_sub(right),
                    Operation::Multiply => left.checked_mul(right),
                    Operation::Divide => left.checked_div(right),
                }
            }
        }
    }

    /// The facts that a criterion measures, each with its one figure; none where one of them has none or several.
    fn figures(&self, criterion: &Criterion, facts: &FactsFound) -> Option<Vec<(usize, Decimal)>> {
        let names = criterion.rule.parameters().names();
        let measured = self.card.facts.iter().enumerate().filter(|(_, fact)| names.contains(&fact.id.as_str()));
        let figures: Vec<_> = measured.map(|(place, fact)| Some((place, only_figure(facts, &fact.id)?))).collect();
        figures.into_iter().collect::<Option<Vec<_>>>().filter(|figures| !figures.is_empty())
    }

    /// Whether a cell that nothing used is the criterion's rate, and the claim follows from it.
    fn is_rate_against(&self, criterion: &Criterion, one: &Unused, known: &Facts) -> bool {
        if criterion.rule.parameters().quotient().is_none()
            || !matches!(one.why, NotUsed::UnknownName | NotUsed::NearName)
            || !self.names_rate(criterion, &one.label)
        {
            return false;
        }
        let Some(rate) = printed_rate(&one.value) else { return false };
        let share = |rate: Decimal| rate.checked_div(Decimal::ONE_HUNDRED);
        let is_given =
            |rate: Decimal| share(rate).is_some_and(|share| self.explains(&self.at_rate(criterion, share), known));
        // A rate is written to so many places: 4.1% is anything from 4.05% on.
        let half = Decimal::new(5, half_of_place(rate));
        is_given(rate) || rate.checked_add(half).into_iter().chain(rate.checked_sub(half)).any(is_given)
    }

    /// Whether a label names the rate of the criterion and nothing else (no 上年…, …标准, …下降率): it is the indicator's name, where that
    /// has only one rate, or what the names of both figures begin with (“三公”经费) and how the indicator's name ends (控制率).
    fn names_rate(&self, criterion: &Criterion, label: &str) -> bool {
        let indicator = self.score.indicator;
        let label = key(label);
        let criteria = indicator.readings.first().into_iter().flat_map(|reading| &reading.criteria);
        let is_only = criteria.filter(|criterion| criterion.rule.parameters().quotient().is_some()).count() == 1;
        let names = || std::iter::once(&indicator.name).chain(&indicator.aliases).map(|name| key(name));
        if is_only && names().any(|name| name == label) {
            return true;
        }
        let measured = criterion.rule.parameters().names();
        let facts = self.card.facts.iter().filter(|fact| measured.contains(&fact.id.as_str()));
        let facts: Vec<String> = facts.map(|fact| key(&fact.label)).collect();
        let Some(common) = facts.iter().cloned().reduce(|one, other| shared_start(&one, &other)) else { return false };
        let ending = label.strip_prefix(common.as_str()).filter(|_| facts.len() > 1 && is_word(&common));
        ending.is_some_and(|ending| is_word(ending) && names().any(|name| name.ends_with(ending)))
    }

    /// The indicator with a rate in place of the figures that a criterion divides, and of what it says of them.
    fn at_rate(&self, criterion: &Criterion, share: Decimal) -> Indicator {
        let mut indicator = self.score.indicator.clone();
        let measured = criterion.rule.parameters().names();
        // What is no more than its divisor meets no condition on being more.
        let stands = |one: &Condition| share > Decimal::ONE || !one.names().iter().all(|name| measured.contains(name));
        for reading in &mut indicator.readings {
            reading.zero_when.retain(stands);
            for one in reading.criteria.iter_mut().filter(|one| one.id == criterion.id) {
                one.rule.parameters_mut().measure_at(share);
                one.zero_when.retain(stands);
            }
        }
        indicator
    }

    /// Whether the two figures that a criterion divides give the claim in each other's place. A claim in full is what anybody
    /// would make: only one that follows from a sum to the cent is no coincidence; and only figures of which the part is more than its
    /// whole (120 of 108 bought) look as if they stood in each other's place.
    fn is_exchanged(&self, criterion: &Criterion, used: &[(usize, Decimal)], facts: &FactsFound) -> bool {
        let [(one, of_one), (other, of_other)] = used else { return false };
        let (Some(one), Some(other)) = (self.card.facts.get(*one), self.card.facts.get(*other)) else { return false };
        let is_alike = std::mem::discriminant(&one.kind) == std::mem::discriminant(&other.kind);
        let known = with_figures(&facts.known, &[(one, *of_other), (other, *of_one)]);
        let (above, below) = criterion.rule.parameters().quotient().unzip();
        let figure = |expression: Option<&Expression>| self.value(expression?, used);
        let is_beyond = figure(above).zip(figure(below)).is_some_and(|(above, below)| above > below);
        criterion.rule.parameters().is_share_of_points()
            && is_alike
            && is_beyond
            && of_one != of_other
            && !self.score.claimed_in_full()
            && self.explains(self.score.indicator, &known)
    }

    /// Whether the claim is what an indicator gives then: its score, and nothing that is open.
    fn explains(&self, indicator: &Indicator, known: &Facts) -> bool {
        let range = rescore(self.card, indicator, known);
        let judged = Judged::new(indicator, self.score.claim.clone(), range, self.tolerance);
        matches!(judged.verdict, Verdict::Agrees | Verdict::ReadingDependent)
    }

    /// Leaves the figures of a criterion unknown: those that nothing else uses, else all of them.
    fn leave_open(&self, criterion: &Criterion, against: &Against, facts: &mut FactsFound) {
        let names = criterion.rule.parameters().names();
        let is_elsewhere = |name: &str| {
            let others = self.card.indicators.iter().filter(|other| other.id != self.score.indicator.id);
            let criteria = others.flat_map(|other| &other.readings).flat_map(|reading| &reading.criteria);
            criteria.into_iter().any(|other| other.names().contains(&name))
        };
        let own: Vec<&str> = names.iter().copied().filter(|name| !is_elsewhere(name)).collect();
        let asked = if own.is_empty() { names } else { own };
        let source = facts.entries.iter().find(|entry| asked.contains(&entry.id.as_str()) && entry.candidate);
        let source = source.map(|entry| entry.source.clone());
        for name in &asked {
            if let Some(known) = facts.known.get_mut(*name) {
                known.candidates.clear();
                known.doubtful = true;
            }
            for entry in facts.entries.iter_mut().filter(|entry| entry.id == **name && entry.candidate) {
                (entry.why, entry.certain, entry.candidate) = (Some(Doubt::Contradicted), false, false);
            }
        }
        let finding = self.told(&asked, against).of_indicator(&self.score.indicator.id);
        facts.findings.extend(source.map(|source| finding.at(&source)));
    }

    fn told(&self, asked: &[&str], against: &Against) -> Finding {
        let labels = self.card.facts.iter().filter(|fact| asked.contains(&fact.id.as_str()));
        let labels = crate::phrase::Term::list(&labels.map(|fact| fact.label.clone()).collect::<Vec<_>>());
        let claimed = self.score.claim.shown().map(figure_text).unwrap_or_default();
        let both: &[Hole] = &[("facts", &labels), ("indicator", &self.score.indicator.name), ("claimed", &claimed)];
        match against {
            Against::Exchanged => Finding::worded(Code::FactDoubtful, "fact-doubtful-exchanged", both),
            Against::Rate(one) => {
                let place: &[Hole] =
                    &[("label", &one.label), ("value", &one.value), ("sheet", &one.sheet), ("cell", &one.cell)];
                Finding::worded(Code::FactDoubtful, "fact-doubtful-contradicted", &[both, place].concat())
            }
        }
    }
}

/// A rate as it is printed, in per cent; none where no percent sign stands behind it.
fn printed_rate(value: &str) -> Option<Decimal> {
    let folded = fold(value);
    Decimal::from_str(folded.trim().strip_suffix('%')?.trim()).ok()
}

/// Decimals of half a unit of the last place that a rate is written with, as far as decimals go.
fn half_of_place(rate: Decimal) -> u32 {
    (rate.scale() + 1).min(Decimal::MAX_SCALE)
}

/// What both texts begin with.
fn shared_start(one: &str, other: &str) -> String {
    one.chars().zip(other.chars()).take_while(|(one, other)| one == other).map(|(character, _)| character).collect()
}

/// Two characters at least: one alone names nothing.
fn is_word(text: &str) -> bool {
    text.chars().nth(1).is_some()
}

fn with_figures(known: &Facts, figures: &[(&Fact, Decimal)]) -> Facts {
    let mut known = known.clone();
    for (fact, figure) in figures {
        if let Some(own) = known.get_mut(&fact.id) {
            own.candidates = vec![Candidate { value: CandidateValue::Number(*figure), evidence: false }];
        }
    }
    known
}
