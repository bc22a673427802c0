//! Figures that the file itself contradicts: a rate that it prints beside them (编外人员控制率 4.08% beside 20 of 67 people), another
//! cell of the same fact, two figures that stand in each other's place (a plan of 108 and 120 carried out of it, claimed as 108 of
//! 120). Where what contradicts them gives exactly what the department claims, nobody can say which is the slip: the figures are
//! left open. A claim that is explained by nothing in the file finds no shelter. (certainty.md, 4 and 6)

use std::collections::BTreeSet;
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
use crate::rulebook::{Condition, Criterion, Fact, FactKind, Indicator, Rule, Scorecard};
use crate::workbook::Address;

/// What contradicts the figures of a criterion, and is what the department claims.
enum Against<'u> {
    /// A rate that the file prints.
    Rate(&'u Unused),
    /// Another cell of the same fact.
    Cell(&'u Unused),
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
        let by_rate = self.unused.iter().find(|one| self.is_rate_against(criterion, one, &facts.known));
        by_rate
            .map(Against::Rate)
            .or_else(|| self.other_cell(&used, facts).map(Against::Cell))
            .or_else(|| self.is_exchanged(criterion, &used, facts).then_some(Against::Exchanged))
    }

    /// The facts that a criterion measures, each with its one figure; none where one of them has none or several.
    fn figures(&self, criterion: &Criterion, facts: &FactsFound) -> Option<Vec<(usize, Decimal)>> {
        let names = criterion.rule.names();
        let measured = self.card.facts.iter().enumerate().filter(|(_, fact)| names.contains(&fact.id.as_str()));
        let figures: Vec<_> = measured.map(|(place, fact)| Some((place, only_figure(facts, &fact.id)?))).collect();
        figures.into_iter().collect::<Option<Vec<_>>>().filter(|figures| !figures.is_empty())
    }

    /// Whether a cell that nothing used is the criterion's rate, and the claim follows from it.
    fn is_rate_against(&self, criterion: &Criterion, one: &Unused, known: &Facts) -> bool {
        if criterion.rule.quotient().is_none()
            || !matches!(one.why, NotUsed::UnknownName | NotUsed::NearName)
            || !self.names_rate(criterion, &one.label)
        {
            return false;
        }
        let folded = fold(&one.value);
        let Some(rate) = folded.trim().strip_suffix('%').and_then(|rate| Decimal::from_str(rate.trim()).ok()) else {
            return false;
        };
        let share = |rate: Decimal| rate.checked_div(Decimal::ONE_HUNDRED);
        let is_given =
            |rate: Decimal| share(rate).is_some_and(|share| self.explains(&self.at_rate(criterion, share), known));
        // A rate is written to so many places: 4.1% is anything from 4.05% on.
        let half = Decimal::new(5, rate.scale().saturating_add(1));
        is_given(rate) || rate.checked_add(half).into_iter().chain(rate.checked_sub(half)).any(is_given)
    }

    /// Whether a label names a rate of the criterion: it is the indicator's name, or shares more with a fact of the criterion than
    /// with any other.
    fn names_rate(&self, criterion: &Criterion, label: &str) -> bool {
        let pairs = pairs_of(label);
        let shared = |name: &str| pairs_of(name).intersection(&pairs).count();
        let names = criterion.rule.names();
        let best = |own: bool| {
            let facts = self.card.facts.iter().filter(|fact| names.contains(&fact.id.as_str()) == own);
            facts.map(|fact| shared(&fact.label)).max().unwrap_or(0)
        };
        let quotients = self.score.indicator.readings.first().into_iter().flat_map(|reading| &reading.criteria);
        let is_only = quotients.filter(|criterion| criterion.rule.quotient().is_some()).count() == 1;
        let is_named = is_only && shared(&self.score.indicator.name) * 4 >= pairs.len() * 3;
        is_named && !pairs.is_empty() || best(true) * 2 >= pairs.len() && best(true) > best(false)
    }

    /// The indicator with a rate in place of the figures that a criterion divides, and of what it says of them.
    fn at_rate(&self, criterion: &Criterion, share: Decimal) -> Indicator {
        let mut indicator = self.score.indicator.clone();
        let measured = criterion.rule.names();
        // What is no more than its divisor meets no condition on being more.
        let stands = |one: &Condition| share > Decimal::ONE || !one.names().iter().all(|name| measured.contains(name));
        for reading in &mut indicator.readings {
            reading.zero_when.retain(stands);
            for one in reading.criteria.iter_mut().filter(|one| one.id == criterion.id) {
                one.rule.measure_at(share);
                one.zero_when.retain(stands);
            }
        }
        indicator
    }

    /// The one other cell of one of these facts, where the claim follows from it.
    fn other_cell(&self, used: &[(usize, Decimal)], facts: &FactsFound) -> Option<&'a Unused> {
        used.iter().find_map(|(place, stored)| {
            let fact = self.card.facts.get(*place)?;
            let own =
                facts.entries.iter().find(|entry| entry.id == fact.id && entry.candidate).map(|entry| &entry.source);
            // Of the columns of one row a word decided, and what it left has no say.
            let is_elsewhere = |one: &Unused| {
                let row = |cell: &str| cell.parse::<Address>().map(|at| at.row).ok();
                own.is_some_and(|own| own.sheet != one.sheet || row(&own.cell) != row(&one.cell))
            };
            let is_of_fact = |one: &Unused| one.nearest.as_ref() == Some(&fact.id) && one.why == NotUsed::LikeColumn;
            let is_other = |one: &&Unused| is_of_fact(one) && is_elsewhere(one);
            let mut others = self.unused.iter().filter(is_other);
            let other = others.next().filter(|_| others.next().is_none())?;
            let figure = figure_of(fact, &other.value)?;
            let known = with_figures(&facts.known, &[(fact, figure)]);
            (figure != *stored && self.explains(self.score.indicator, &known)).then_some(other)
        })
    }

    /// Whether the two figures that a criterion divides give the claim in each other's place. A claim in full is what anybody
    /// would make: only one that follows from a sum to the cent, or that no figures in their place could give, is no coincidence.
    fn is_exchanged(&self, criterion: &Criterion, used: &[(usize, Decimal)], facts: &FactsFound) -> bool {
        let ([(one, of_one), (other, of_other)], Rule::Proportion(_)) = (used, &criterion.rule) else { return false };
        let (Some(one), Some(other)) = (self.card.facts.get(*one), self.card.facts.get(*other)) else { return false };
        let is_alike = std::mem::discriminant(&one.kind) == std::mem::discriminant(&other.kind);
        let known = with_figures(&facts.known, &[(one, *of_other), (other, *of_one)]);
        is_alike && of_one != of_other && !self.score.claimed_in_full() && self.explains(self.score.indicator, &known)
    }

    /// Whether the claim is what an indicator gives then: its score, and nothing that is open.
    fn explains(&self, indicator: &Indicator, known: &Facts) -> bool {
        let range = rescore(self.card, indicator, known);
        let judged = Judged::new(indicator, self.score.claim.clone(), range, self.tolerance);
        matches!(judged.verdict, Verdict::Agrees | Verdict::ReadingDependent)
    }

    /// Leaves the figures of a criterion unknown: those that nothing else uses, else all of them.
    fn leave_open(&self, criterion: &Criterion, against: &Against, facts: &mut FactsFound) {
        let names = criterion.rule.names();
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
            Against::Rate(one) | Against::Cell(one) => {
                let place: &[Hole] =
                    &[("label", &one.label), ("value", &one.value), ("sheet", &one.sheet), ("cell", &one.cell)];
                Finding::worded(Code::FactDoubtful, "fact-doubtful-contradicted", &[both, place].concat())
            }
        }
    }
}

/// The pairs of neighbouring characters of a label, signs and brackets aside.
fn pairs_of(label: &str) -> BTreeSet<(char, char)> {
    let characters: Vec<char> = fold(label).chars().filter(|c| c.is_alphanumeric()).collect();
    characters.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect()
}

/// The plain figure of a cell, as the fact's kind has it.
fn figure_of(fact: &Fact, value: &str) -> Option<Decimal> {
    let folded = fold(value);
    let plain = match fact.kind {
        FactKind::Percent { .. } => folded.trim().strip_suffix('%')?.trim().to_owned(),
        FactKind::Count { .. } | FactKind::Money { .. } => folded.trim().to_owned(),
        _ => return None,
    };
    let figure = Decimal::from_str(&plain).ok()?;
    crate::facts::bounds::within(&fact.kind, &CandidateValue::Number(figure)).then_some(figure)
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
