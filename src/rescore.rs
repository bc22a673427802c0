//! The recomputed score of an indicator as a range over all readings, missing facts and conflicting candidates.

use rust_decimal::Decimal;

use crate::audit::{BandEdges, CriterionAudit, ReadingRange};
use crate::facts::known::Facts;
use crate::fraction::{Fraction, exact, rounded, significant};
use crate::phrase::Phrase;
use crate::rulebook::{Condition, Indicator, Reading, Scorecard};
use crate::rules::{self, Cause, Outcome, Unknown, UsedFact, World, ZeroDivision};
use crate::settled_by::{Lack, SettledBy};

mod working;

/// A recomputed indicator.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rescored {
    /// Lowest score, rounded.
    pub low: Decimal,
    /// Highest score, rounded; none where the points are not known.
    pub high: Option<Decimal>,
    /// The default reading's score when complete.
    pub default: Option<Decimal>,
    /// Every reading's range, in the rulebook's order (also where there is only one); none where the points are not
    /// known.
    pub readings: Vec<ReadingRange>,
    /// What would make it a number, in rulebook order; empty when complete.
    pub settled_by: Vec<SettledBy>,
    /// The sum, step by step.
    pub working: Vec<Phrase>,
    /// The criteria under the default reading; none for a form's line, which is one criterion itself.
    pub criteria: Vec<CriterionAudit>,
    /// Low and high of the same criteria before any rounding, to the digits that a spreadsheet keeps.
    pub ends: Vec<(Decimal, Decimal)>,
    /// Criteria in bands whose value is known, and those of them whose value has only just reached its band.
    pub edges: BandEdges,
    /// Facts whose denominator was 0 (x ÷ 0), and those for which 0 ÷ 0 is 不适用.
    pub zero_denominators: Vec<ZeroDenominator>,
}

/// A division by zero met while computing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZeroDenominator {
    /// The facts of the denominator.
    pub facts: Vec<String>,
    /// True for 0 ÷ 0 (不适用), false for x ÷ 0.
    pub not_applicable: bool,
}

impl Rescored {
    /// What is left where the points are not known: nothing is computed, and the weight would settle it first, before
    /// what speaks of a unit and of judging.
    fn without_points(self, indicator: &str) -> Rescored {
        let mut settled_by = self.settled_by;
        let place = settled_by.iter().take_while(|item| item.is_plain_lack()).count();
        settled_by.insert(place, SettledBy::Row(indicator.to_owned(), Lack::Weight));
        let (low, high, default, readings) = (Decimal::ZERO, None, None, Vec::new());
        Rescored { low, high, default, readings, settled_by, ..self }
    }

    /// What is left where nobody can say what is claimed: whatever the score is, nothing can be compared with it.
    pub fn with_open_claim(self, indicator: &str, lack: Lack) -> Rescored {
        let mut settled_by = self.settled_by;
        settled_by.push(SettledBy::Row(indicator.to_owned(), lack));
        Rescored { default: None, settled_by, ..self }
    }

    /// True when every reading gives one number whatever is missing.
    pub fn complete(&self) -> bool {
        self.readings.iter().all(|reading| reading.low == reading.high)
    }
}

/// The criteria in bands of the default reading, where there is only one way in which the facts can be.
fn edges(indicator: &Indicator, used: &[UsedFact<'_>], combinations: &[Vec<usize>]) -> BandEdges {
    let ([chosen], Some(reading)) = (combinations, indicator.readings.first()) else { return BandEdges::default() };
    let world = World::new(used, chosen);
    let told = reading.criteria.iter().filter_map(|criterion| rules::just_reached(criterion, &world));
    told.fold(BandEdges::default(), |sum, is_near| BandEdges {
        of: sum.of + 1,
        reached: sum.reached + u32::from(is_near),
    })
}

/// Combinations of candidates beyond this are not varied one by one; the facts with most candidates count as unknown. Twelve
/// facts with two candidates each are as many: real submissions have two or three such facts, and an indicator with
/// more is computed within milliseconds up to here.
const COMBINATIONS_MAX: usize = 4096;

/// Recomputes an indicator from what is known of the facts: exactly, under every reading, for every combination of
/// candidates and whatever the missing facts may be.
pub fn rescore(card: &Scorecard, indicator: &Indicator, facts: &Facts) -> Rescored {
    let used = used_facts(card, indicator, facts);
    let combinations = combinations(&used);
    let most = exact(indicator.most());
    let runs: Vec<Vec<Run<'_>>> = indicator
        .readings
        .iter()
        .map(|reading| combinations.iter().map(|chosen| run(reading, &most, &used, chosen)).collect())
        .collect();
    let readings: Vec<ReadingRange> =
        indicator.readings.iter().zip(&runs).map(|(reading, runs)| range_of(reading, runs)).collect();
    let complete = readings.iter().all(|range| range.low == range.high);
    let sheet = working::Sheet { indicator, used: &used, combinations: &combinations, runs: &runs };
    let criteria = if card.is_filers { Vec::new() } else { sheet.criteria() };
    let rescored = Rescored {
        low: readings.iter().map(|range| range.low).min().unwrap_or_default(),
        high: readings.iter().map(|range| range.high).max().or(indicator.points),
        default: readings.first().filter(|_| complete).map(|range| range.low),
        // Shares of points that nobody knows are no number yet, however near they lie.
        settled_by: match complete && indicator.points.is_some() {
            true => Vec::new(),
            false => settled_by(card.is_filers, indicator, &used, &combinations, &runs),
        },
        working: if card.is_filers { sheet.steps() } else { sheet.lines(&readings, &criteria) },
        criteria,
        ends: runs.first().map_or_else(Vec::new, |runs| ends(runs)),
        edges: edges(indicator, &used, &combinations),
        zero_denominators: zero_denominators(&runs),
        readings,
    };
    if indicator.points.is_some() { rescored } else { rescored.without_points(&indicator.id) }
}

/// Whether two conditions hold at once, the first of which takes all points and the second of which gives them.
pub(crate) fn both_hold(card: &Scorecard, indicator: &Indicator, [zero, full]: [&Condition; 2], facts: &Facts) -> bool {
    let used = used_facts(card, indicator, facts);
    let chosen = vec![0; used.len()];
    let world = World::new(&used, &chosen);
    let holds = |condition, needs_evidence| {
        matches!(rules::any(std::slice::from_ref(condition), needs_evidence, &world), rules::Truth::True(_))
    };
    holds(zero, false) && holds(full, true)
}

/// The range of an indicator as a sheet shows it: what [`rescore`] gives, without words.
pub struct Range {
    /// Lowest score, rounded.
    pub low: Decimal,
    /// Highest score, rounded; none where the points are not known.
    pub high: Option<Decimal>,
    /// Low and high of the first reading's criteria before any rounding.
    pub ends: Vec<(Decimal, Decimal)>,
}

/// The range of an indicator under one of its readings.
pub fn range_under(card: &Scorecard, indicator: &Indicator, reading: &Reading, facts: &Facts) -> Range {
    let used = used_facts(card, indicator, facts);
    let combinations = combinations(&used);
    let most = exact(indicator.most());
    let runs: Vec<Run<'_>> = combinations.iter().map(|chosen| run(reading, &most, &used, chosen)).collect();
    let ReadingRange { low, high, .. } = range_of(reading, &runs);
    let ends = ends(&runs);
    match indicator.points {
        Some(_) => Range { low, high: Some(high), ends },
        None => Range { low: Decimal::ZERO, high: None, ends },
    }
}

/// One reading in one combination of candidates.
pub(crate) struct Run<'a> {
    pub low: Decimal,
    pub high: Decimal,
    pub criteria: Vec<Outcome<'a>>,
    pub exact: Outcome<'a>,
}

fn run<'a>(reading: &'a Reading, most: &Fraction, used: &'a [UsedFact<'a>], chosen: &'a [usize]) -> Run<'a> {
    let world = world_after(reading, reading.criteria.len(), most, used, chosen);
    let criteria: Vec<Outcome<'a>> = world.earlier.iter().map(|(_, outcome)| outcome.clone()).collect();
    // Conditions around the whole indicator speak of facts, never of criteria.
    let facts = World::new(used, chosen);
    let zero = rules::any(&reading.zero_when, false, &facts);
    let full = rules::any(&reading.full_when, true, &facts);
    let exact = added(&criteria, most).under(zero, full, most.clone());
    Run { low: rounded(&exact.low), high: rounded(&exact.high), criteria, exact }
}

impl Run<'_> {
    /// Of a card only what shows in a score leaves it open; of a form's row whatever makes a difference at all, as its
    /// weight may change.
    fn is_open(&self, exactly: bool) -> bool {
        if exactly { self.exact.low != self.exact.high } else { self.low != self.high }
    }

    fn differs(&self, other: &Run, exactly: bool) -> bool {
        match exactly {
            true => (&self.exact.low, &self.exact.high) != (&other.exact.low, &other.exact.high),
            false => (self.low, self.high) != (other.low, other.high),
        }
    }
}

/// The world with the first criteria of a reading computed.
pub(crate) fn world_after<'a>(
    reading: &'a Reading,
    count: usize,
    most: &Fraction,
    used: &'a [UsedFact<'a>],
    chosen: &'a [usize],
) -> World<'a> {
    let mut world = World::new(used, chosen);
    for criterion in reading.criteria.iter().take(count) {
        let outcome = rules::criterion(criterion, most, &world);
        world.earlier.push((&criterion.id, outcome));
    }
    world
}

/// The sum of the criteria, within 0 and the indicator's points.
fn added<'a>(criteria: &[Outcome<'a>], most: &Fraction) -> Outcome<'a> {
    let mut sum = Outcome::number(Fraction::zero());
    for outcome in criteria {
        sum.low = sum.low + &outcome.low;
        sum.high = sum.high + &outcome.high;
        if !outcome.is_number() {
            sum.why = sum.why.and(outcome.why.clone());
        }
    }
    sum.low = sum.low.min(most.clone());
    sum.high = sum.high.min(most.clone());
    if sum.is_number() { Outcome { why: Unknown { causes: Vec::new(), ..sum.why }, ..sum } } else { sum }
}

fn range_of(reading: &Reading, runs: &[Run<'_>]) -> ReadingRange {
    ReadingRange {
        id: reading.id.clone(),
        low: runs.iter().map(|run| run.low).min().unwrap_or_default(),
        high: runs.iter().map(|run| run.high).max().unwrap_or_default(),
    }
}

/// Lowest and highest of each criterion over the combinations of one reading, as a spreadsheet's cell would hold them.
fn ends(runs: &[Run<'_>]) -> Vec<(Decimal, Decimal)> {
    let criteria = runs.first().map_or(0, |run| run.criteria.len());
    let of = |at: usize| {
        let outcomes = || runs.iter().filter_map(move |run| run.criteria.get(at));
        let low = outcomes().map(|outcome| &outcome.low).min().map(significant);
        let high = outcomes().map(|outcome| &outcome.high).max().map(significant);
        (low.unwrap_or_default(), high.unwrap_or_default())
    };
    (0..criteria).map(of).collect()
}

/// The facts that an indicator uses under any reading, in rulebook order.
fn used_facts<'a>(card: &'a Scorecard, indicator: &Indicator, facts: &'a Facts) -> Vec<UsedFact<'a>> {
    let known = card.facts_of(indicator);
    let mut used: Vec<UsedFact<'a>> = known.map(|fact| UsedFact::new(fact, facts.get(&fact.id))).collect();
    span_the_widest(&mut used);
    used
}

/// Where there are too many combinations, the facts with most candidates count as unknown: wide, never wrong.
fn span_the_widest(used: &mut [UsedFact<'_>]) {
    let combinations =
        |used: &[UsedFact<'_>]| used.iter().map(choices).try_fold(1usize, usize::checked_mul).unwrap_or(usize::MAX);
    while combinations(used) > COMBINATIONS_MAX {
        let Some(widest) = used.iter_mut().filter(|fact| !fact.spanned).max_by_key(|fact| fact.candidates.len()) else {
            return;
        };
        widest.spanned = true;
    }
}

/// How many values a fact is varied over.
fn choices(fact: &UsedFact<'_>) -> usize {
    if fact.spanned { 1 } else { fact.candidates.len().max(1) }
}

/// Every combination of candidates; the first fact varies slowest.
fn combinations(used: &[UsedFact<'_>]) -> Vec<Vec<usize>> {
    let mut combinations = vec![Vec::new()];
    for fact in used {
        let longer = |chosen: &Vec<usize>| {
            let chosen = chosen.clone();
            (0..choices(fact)).map(move |next| [chosen.clone(), vec![next]].concat())
        };
        combinations = combinations.iter().flat_map(longer).collect();
    }
    combinations
}

/// What would make the range a number, in rulebook order.
fn settled_by(
    exactly: bool,
    indicator: &Indicator,
    used: &[UsedFact<'_>],
    combinations: &[Vec<usize>],
    runs: &[Vec<Run<'_>>],
) -> Vec<SettledBy> {
    let open = runs.iter().flatten().filter(|run| run.is_open(exactly));
    let causes: Vec<Cause<'_>> = open.fold(Unknown::default(), |all, run| all.and(run.exact.why.clone())).causes;
    let mut settled = Vec::new();
    for (place, fact) in used.iter().enumerate() {
        if causes.contains(&Cause::Fact(fact.id())) {
            settled.push(SettledBy::fact_of(fact.id()));
        }
        if causes.contains(&Cause::Evidence(fact.id())) {
            settled.push(SettledBy::Evidence(fact.id().to_owned()));
        }
        if causes.contains(&Cause::Doubt(fact.id())) {
            settled.push(SettledBy::Confirm(fact.id().to_owned()));
        }
        if causes.contains(&Cause::Conflict(fact.id())) || disputed(exactly, place, fact, combinations, runs) {
            // Of a direction that nobody wrote there is no source to choose: the answer itself is missing.
            let is_direction = indicator.is_direction(fact.id());
            settled.push(if is_direction { SettledBy::fact_of(fact.id()) } else { SettledBy::conflict_of(fact.id()) });
        }
    }
    if causes.iter().any(|cause| matches!(cause, Cause::Judgement | Cause::Contradiction)) {
        settled.push(SettledBy::Judgement);
    }
    settled
}

/// Whether a fact's candidates, the other facts held fixed, give different results anywhere.
fn disputed(
    exactly: bool,
    place: usize,
    fact: &UsedFact<'_>,
    combinations: &[Vec<usize>],
    runs: &[Vec<Run<'_>>],
) -> bool {
    if choices(fact) < 2 {
        return false;
    }
    let after: usize = match combinations.iter().position(|chosen| chosen[place] == 1) {
        Some(step) => step,
        None => return false,
    };
    let differs = |runs: &Vec<Run<'_>>| {
        combinations.iter().enumerate().any(|(at, chosen)| {
            let first = &runs[at - chosen[place] * after];
            runs[at].differs(first, exactly)
        })
    };
    runs.iter().any(differs)
}

fn zero_denominators(runs: &[Vec<Run<'_>>]) -> Vec<ZeroDenominator> {
    let mut zeros: Vec<ZeroDenominator> = Vec::new();
    for zero in runs.iter().flatten().flat_map(|run| &run.exact.why.zeros) {
        let told = told(zero);
        if !zeros.contains(&told) {
            zeros.push(told);
        }
    }
    zeros
}

fn told(zero: &ZeroDivision<'_>) -> ZeroDenominator {
    ZeroDenominator {
        facts: zero.facts.iter().map(|fact| (*fact).to_owned()).collect(),
        not_applicable: zero.not_applicable,
    }
}
