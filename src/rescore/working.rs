//! The working: the sum written out, numbers put in, as a person at the bureau would write it.

use crate::audit::{CriterionAudit, ReadingRange};
use crate::decimal_text::score_text;
use crate::fraction::{Fraction, exact, rounded};
use crate::rulebook::{Condition, Criterion, Indicator, Reading};
use crate::rules::{self, Outcome, Truth, UsedFact, World};
use crate::text::Language;

use super::{Run, world_after};

/// More ways than this to compute a criterion are not written out.
const WAYS_MAX: usize = 4;

/// Combinations tried to find different ways.
const TRIED_MAX: usize = 64;

/// Everything an indicator's working is written from.
pub(super) struct Sheet<'a> {
    pub indicator: &'a Indicator,
    pub used: &'a [UsedFact<'a>],
    pub combinations: &'a [Vec<usize>],
    pub runs: &'a [Vec<Run<'a>>],
    pub language: Language,
}

impl<'a> Sheet<'a> {
    fn default_reading(&self) -> Option<(&'a Reading, &'a [Run<'a>])> {
        Some((self.indicator.readings.first()?, self.runs.first()?))
    }

    /// The lines: presumed answers, each criterion, the conditions, the sum, the other readings.
    pub fn lines(&self, readings: &[ReadingRange]) -> Vec<String> {
        let Some((reading, _)) = self.default_reading() else {
            return Vec::new();
        };
        let mut lines: Vec<String> =
            self.used.iter().filter(|fact| fact.presumed).map(|fact| self.presumed(fact)).collect();
        lines.extend((0..reading.criteria.len()).map(|at| self.criterion(reading, at)));
        lines.extend(self.conditions(reading));
        if let Some((default, others)) = readings.split_first() {
            lines.push(self.total(reading, default));
            let named = self.indicator.readings.iter().skip(1).zip(others);
            lines.extend(named.map(|(reading, range)| self.other(reading, range)));
        }
        lines
    }

    /// The criteria of the default reading for the working papers.
    pub fn criteria(&self) -> Vec<CriterionAudit> {
        let Some((reading, runs)) = self.default_reading() else {
            return Vec::new();
        };
        let audits = reading.criteria.iter().enumerate().map(|(at, criterion)| {
            let outcomes = || runs.iter().filter_map(|run| run.criteria.get(at));
            CriterionAudit {
                id: criterion.id.clone(),
                clause: criterion.clause.clone(),
                points: criterion.points,
                low: outcomes().map(|outcome| rounded(&outcome.low)).min().unwrap_or_default(),
                high: outcomes().map(|outcome| rounded(&outcome.high)).max().unwrap_or_default(),
                working: self.criterion(reading, at),
            }
        });
        audits.collect()
    }

    fn presumed(&self, fact: &UsedFact<'_>) -> String {
        let label = fact.fact.label.as_str();
        let answer = fact.fact.presumed.as_deref().unwrap_or("");
        self.language.say("working.presumed", &[("fact", &label), ("answer", &answer)])
    }

    /// A criterion's line: one way to compute it, or the ways that conflicting sources allow.
    fn criterion(&self, reading: &'a Reading, at: usize) -> String {
        let mut ways: Vec<String> = Vec::new();
        let names = names_needed(reading, at);
        for chosen in self.combinations.iter().filter(|chosen| self.varies_only(&names, chosen)).take(TRIED_MAX) {
            let way = self.way(reading, at, chosen);
            if ways.contains(&way) {
                continue;
            }
            if ways.len() == WAYS_MAX {
                ways.push(self.language.word("working.more-ways"));
                break;
            }
            ways.push(way);
        }
        ways.join(&self.language.word("working.otherwise"))
    }

    /// True for a combination in which no facts but these vary.
    fn varies_only(&self, names: &[&str], chosen: &[usize]) -> bool {
        chosen.iter().zip(self.used).all(|(choice, fact)| *choice == 0 || names.contains(&fact.id()))
    }

    fn way(&self, reading: &'a Reading, at: usize, chosen: &'a [usize]) -> String {
        let most = exact(self.indicator.points);
        let world = world_after(reading, at, &most, self.used, chosen);
        let criterion = &reading.criteria[at];
        let zero = rules::any(&criterion.zero_when, false, &world);
        let full = rules::any(&criterion.full_when, true, &world);
        let outcome = rules::criterion(criterion, &most, &world);
        match (&zero, &full) {
            (Truth::True(_), Truth::False) => self.decided(criterion, &criterion.zero_when, false, &outcome, &world),
            (Truth::False, Truth::True(_)) => self.decided(criterion, &criterion.full_when, true, &outcome, &world),
            _ => self.computed(criterion, &outcome, &world, zero == Truth::False && full == Truth::False),
        }
    }

    fn decided(
        &self,
        criterion: &Criterion,
        conditions: &'a [Condition],
        needs_evidence: bool,
        outcome: &Outcome<'a>,
        world: &World<'a>,
    ) -> String {
        let condition = rules::say_conditions(conditions, needs_evidence, world, self.language);
        let points = rules::points_text(&outcome.low);
        let holes: [(&str, &dyn std::fmt::Display); 3] =
            [("name", &criterion.name), ("condition", &condition), ("points", &points)];
        self.language.say("working.decided", &holes)
    }

    /// The rule's own sum, or what is missing for it; conditions not known are told after it.
    fn computed(&self, criterion: &'a Criterion, outcome: &Outcome<'a>, world: &World<'a>, settled: bool) -> String {
        let sum = rules::say(criterion, world, self.language);
        if !sum.is_empty() && (settled || outcome.is_number()) {
            return sum;
        }
        let unknown = rules::unknown_text(&outcome.why, &criterion.name, world, self.language);
        let range = rules::range_text(&short(&outcome.low), &short(&outcome.high), self.language);
        if sum.is_empty() {
            let holes: [(&str, &dyn std::fmt::Display); 3] =
                [("name", &criterion.name), ("unknown", &unknown), ("range", &range)];
            return self.language.say("working.unknown", &holes);
        }
        self.language.say("working.unless", &[("sum", &sum), ("unknown", &unknown), ("range", &range)])
    }

    /// What decides the whole indicator, or may decide it.
    fn conditions(&self, reading: &'a Reading) -> Vec<String> {
        let Some(chosen) = self.combinations.first() else {
            return Vec::new();
        };
        let world = World::new(self.used, chosen);
        let zero = self.condition(&reading.zero_when, false, "zero", &world);
        let full = self.condition(&reading.full_when, true, "full", &world);
        zero.into_iter().chain(full).collect()
    }

    fn condition(
        &self,
        conditions: &'a [Condition],
        needs_evidence: bool,
        effect: &str,
        world: &World<'a>,
    ) -> Option<String> {
        let told = rules::say_conditions(conditions, needs_evidence, world, self.language);
        match rules::any(conditions, needs_evidence, world) {
            Truth::False => None,
            Truth::True(_) => Some(self.language.say(&format!("working.{effect}-holds"), &[("condition", &told)])),
            Truth::Unknown(why) => {
                let unknown = rules::unknown_text(&why, "", world, self.language);
                let holes: [(&str, &dyn std::fmt::Display); 2] = [("condition", &told), ("unknown", &unknown)];
                Some(self.language.say(&format!("working.{effect}-open"), &holes))
            }
        }
    }

    /// The sum line of the default reading.
    fn total(&self, reading: &Reading, range: &ReadingRange) -> String {
        let result = rules::range_text(&score_text(range.low), &score_text(range.high), self.language);
        let sum = self.terms();
        let key = match (reading.id.is_empty(), sum.is_empty()) {
            (true, true) => "working.total",
            (true, false) => "working.total-sum",
            (false, true) => "working.total-reading",
            (false, false) => "working.total-reading-sum",
        };
        let holes: [(&str, &dyn std::fmt::Display); 3] = [("sum", &sum), ("says", &reading.says), ("range", &result)];
        self.language.say(key, &holes)
    }

    /// `1 + 0.969 + … = 5.8202`; empty where there is nothing to add, a term is not known, or the sum does not decide.
    fn terms(&self) -> String {
        let Some((_, [run])) = self.default_reading() else {
            return String::new();
        };
        let added = run.criteria.iter().fold(Fraction::from_integer(0.into()), |sum, outcome| sum + &outcome.low);
        let simple = run.criteria.len() > 1 && run.criteria.iter().all(Outcome::is_number) && run.exact.is_number();
        if !simple || added.clone().min(exact(self.indicator.points)) != run.exact.low {
            return String::new();
        }
        let terms: Vec<String> = run.criteria.iter().map(|outcome| short(&outcome.low)).collect();
        let rough = terms.iter().any(|term| term.starts_with('≈'));
        let terms: Vec<&str> = terms.iter().map(|term| term.trim_start_matches('≈')).collect();
        let total = short(&added);
        let sign = if rough { '≈' } else { '=' };
        format!("{} {sign} {}", terms.join(" + "), total.trim_start_matches('≈'))
    }

    fn other(&self, reading: &Reading, range: &ReadingRange) -> String {
        let result = rules::range_text(&score_text(range.low), &score_text(range.high), self.language);
        self.language.say("working.other-reading", &[("says", &reading.says), ("range", &result)])
    }
}

/// A number without padding.
fn short(value: &Fraction) -> String {
    let text = rules::points_text(value);
    match text.strip_suffix(".00") {
        Some(whole) => whole.to_owned(),
        None => text.strip_suffix('0').filter(|_| text.contains('.')).unwrap_or(&text).to_owned(),
    }
}

/// The facts of a criterion, with those of the earlier criteria that it refers to.
fn names_needed(reading: &Reading, at: usize) -> Vec<&str> {
    let mut names = reading.criteria[at].names();
    for earlier in reading.criteria[..at].iter().rev() {
        if names.contains(&earlier.id.as_str()) {
            names.extend(earlier.names());
        }
    }
    names
}
