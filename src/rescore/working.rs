//! The working: the sum step by step, numbers put in, as a person at the bureau would write it.

use crate::audit::{CriterionAudit, ReadingRange};
use crate::decimal_text::score_text;
use crate::fraction::{Fraction, exact, rounded};
use crate::phrase::Phrase;
use crate::rulebook::{Condition, Criterion, Indicator, Reading};
use crate::rules::{self, Outcome, Step, Truth, UsedFact, World, Written};

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
}

impl<'a> Sheet<'a> {
    fn default_reading(&self) -> Option<(&'a Reading, &'a [Run<'a>])> {
        Some((self.indicator.readings.first()?, self.runs.first()?))
    }

    /// The lines: presumed answers, each criterion, the conditions, the sum, the other readings.
    pub fn lines(&self, readings: &[ReadingRange], criteria: &[CriterionAudit]) -> Vec<Phrase> {
        let Some((reading, _)) = self.default_reading() else {
            return Vec::new();
        };
        let mut lines: Vec<Phrase> = self.used.iter().filter(|fact| fact.presumed).map(presumed).collect();
        lines.extend(criteria.iter().map(|criterion| criterion.working.open()));
        lines.extend(self.conditions(reading));
        if let Some((default, others)) = readings.split_first() {
            lines.push(self.total(reading, default));
            let named = self.indicator.readings.iter().skip(1).zip(others);
            lines.extend(named.map(|(reading, range)| other(reading, range)));
        }
        lines
    }

    /// The steps of a form's line: one for each reading, or what leaves it open under all of them.
    pub fn steps(&self) -> Vec<Phrase> {
        let steps: Result<Vec<Phrase>, Phrase> =
            self.indicator.readings.iter().map(|reading| self.step(reading)).collect();
        let mut steps = steps.unwrap_or_else(|open| vec![open]);
        steps.extend(self.indicator.points.is_none().then(|| Phrase::new("declared.no-weight")));
        steps
    }

    /// The sum under a reading, in every way that the facts can be; an error where the line is open.
    fn step(&self, reading: &'a Reading) -> Result<Phrase, Phrase> {
        let mut sums: Vec<Phrase> = Vec::new();
        let steps = self.combinations.iter().flat_map(|chosen| {
            let world = World::new(self.used, chosen);
            let lines = reading.criteria.iter();
            lines.filter_map(|line| rules::step(line, self.indicator.points, &world)).collect::<Vec<_>>()
        });
        for step in steps {
            match step {
                Step::Open(open) => return Err(open),
                Step::Sum(sum) if sums.contains(&sum) => {}
                Step::Sum(sum) => sums.push(sum),
            }
        }
        let sum = rules::ways(sums, "declared.or");
        Ok(match self.indicator.has_readings() {
            true => Phrase::new("declared.reading").with("says", &reading.says).with("sum", sum),
            false => sum,
        })
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
                working: self.criterion(reading, at).into(),
            }
        });
        audits.collect()
    }

    /// A criterion's step: one way to compute it, or the ways that conflicting sources allow.
    fn criterion(&self, reading: &'a Reading, at: usize) -> Phrase {
        let mut ways: Vec<Phrase> = Vec::new();
        let names = names_needed(reading, at);
        for chosen in self.combinations.iter().filter(|chosen| self.varies_only(&names, chosen)).take(TRIED_MAX) {
            let way = self.way(reading, at, chosen);
            if ways.contains(&way) {
                continue;
            }
            if ways.len() == WAYS_MAX {
                ways.push(Phrase::new("working.more-ways"));
                break;
            }
            ways.push(way);
        }
        rules::ways(ways, "working.otherwise")
    }

    /// True for a combination in which no facts but these vary.
    fn varies_only(&self, names: &[&str], chosen: &[usize]) -> bool {
        chosen.iter().zip(self.used).all(|(choice, fact)| *choice == 0 || names.contains(&fact.id()))
    }

    fn way(&self, reading: &'a Reading, at: usize, chosen: &'a [usize]) -> Phrase {
        let most = exact(self.indicator.most());
        let world = world_after(reading, at, &most, self.used, chosen);
        let criterion = &reading.criteria[at];
        let zero = rules::any(&criterion.zero_when, false, &world);
        let full = rules::any(&criterion.full_when, true, &world);
        let outcome = rules::criterion(criterion, &most, &world);
        match (&zero, &full) {
            (Truth::True(_), Truth::False) => decided(criterion, &criterion.zero_when, false, &outcome, &world),
            (Truth::False, Truth::True(_)) => decided(criterion, &criterion.full_when, true, &outcome, &world),
            _ => computed(criterion, &outcome, &world, zero == Truth::False && full == Truth::False),
        }
    }

    /// What decides the whole indicator, or may decide it.
    fn conditions(&self, reading: &'a Reading) -> Vec<Phrase> {
        let Some(chosen) = self.combinations.first() else {
            return Vec::new();
        };
        let world = World::new(self.used, chosen);
        let zero = condition(&reading.zero_when, false, ["working.zero-holds", "working.zero-open"], &world);
        let full = condition(&reading.full_when, true, ["working.full-holds", "working.full-open"], &world);
        let both = matches!(rules::any(&reading.zero_when, false, &world), Truth::True(_))
            && matches!(rules::any(&reading.full_when, true, &world), Truth::True(_));
        let contradiction = both.then(|| Phrase::new("working.contradiction"));
        zero.into_iter().chain(full).chain(contradiction).collect()
    }

    /// The sum line of the default reading.
    fn total(&self, reading: &Reading, range: &ReadingRange) -> Phrase {
        let result = rules::range(score_text(range.low), score_text(range.high));
        let sum = self.terms();
        let says = match (reading.id.is_empty(), &sum) {
            (true, None) => "working.total",
            (true, Some(_)) => "working.total-sum",
            (false, None) => "working.total-reading",
            (false, Some(_)) => "working.total-reading-sum",
        };
        let mut total = Phrase::new(says).with("range", result);
        if let Some(sum) = sum {
            total = total.with("sum", sum);
        }
        if reading.id.is_empty() { total } else { total.with("says", &reading.says) }
    }

    /// `1 + 0.969 + … = 5.8202`; none where there is nothing to add, a term is not known, or the sum does not decide.
    fn terms(&self) -> Option<String> {
        let (_, [run]) = self.default_reading()? else {
            return None;
        };
        let added = run.criteria.iter().fold(Fraction::zero(), |sum, outcome| sum + &outcome.low);
        let simple = run.criteria.len() > 1 && run.criteria.iter().all(Outcome::is_number) && run.exact.is_number();
        if !simple || added.clone().min(exact(self.indicator.most())) != run.exact.low {
            return None;
        }
        let terms: Vec<Written> = run.criteria.iter().map(|outcome| Written::of(&outcome.low)).collect();
        let sign = if terms.iter().all(|term| term.exact) { '=' } else { '≈' };
        let terms: Vec<&str> = terms.iter().map(|term| term.digits.as_str()).collect();
        Some(format!("{} {sign} {}", terms.join(" + "), Written::of(&added).digits))
    }
}

fn presumed(fact: &UsedFact<'_>) -> Phrase {
    let answer = fact.fact.presumed.as_deref().unwrap_or("");
    Phrase::new("working.presumed").with("fact", &fact.fact.label).with("answer", answer)
}

fn other(reading: &Reading, range: &ReadingRange) -> Phrase {
    let result = rules::range(score_text(range.low), score_text(range.high));
    Phrase::new("working.other-reading").with("says", &reading.says).with("range", result)
}

/// A criterion that its conditions decide.
fn decided<'a>(
    criterion: &Criterion,
    conditions: &'a [Condition],
    needs_evidence: bool,
    outcome: &Outcome<'a>,
    world: &World<'a>,
) -> Phrase {
    Phrase::new("working.decided")
        .with("name", &criterion.name)
        .with("condition", rules::say_conditions(conditions, needs_evidence, world))
        .with("points", rules::points_text(&outcome.low))
}

/// The rule's own sum, or what is missing for it; conditions not known are told after it.
fn computed<'a>(criterion: &'a Criterion, outcome: &Outcome<'a>, world: &World<'a>, settled: bool) -> Phrase {
    let unknown = || rules::unknown(&outcome.why, &criterion.name, world);
    let range = || rules::range(rules::number_text(&outcome.low), rules::number_text(&outcome.high));
    match rules::say(criterion, world) {
        Some(sum) if settled || outcome.is_number() => sum,
        Some(sum) => Phrase::new("working.unless").with("sum", sum).with("unknown", unknown()).with("range", range()),
        None => Phrase::new("working.unknown")
            .with("name", &criterion.name)
            .with("unknown", unknown())
            .with("range", range()),
    }
}

/// What decides, or may decide, the whole indicator: `holds` where it does, `open` where that is not known.
fn condition<'a>(
    conditions: &'a [Condition],
    needs_evidence: bool,
    [holds, open]: [&'static str; 2],
    world: &World<'a>,
) -> Option<Phrase> {
    let told = || rules::say_conditions(conditions, needs_evidence, world);
    match rules::any(conditions, needs_evidence, world) {
        Truth::False => None,
        Truth::True(_) => Some(Phrase::new(holds).with("condition", told())),
        Truth::Unknown(why) => {
            let unknown = rules::unknown(&why, "", world);
            Some(Phrase::new(open).with("condition", told()).with("unknown", unknown))
        }
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
