//! A stored audit computed again, of its own facts, claims and reviewers' entries and of the rulebook that it names: whatever follows
//! from them is not believed but compared.
//!
//! What follows: every range, every reading, what would settle a score, the criteria and, of a card, the workings; every verdict
//! and difference; the points by verdict; for each disputed score its one finding with severity, figures and slip, and no such
//! finding beside. A form brings its card along: its rows are in the audit. What a cell meant, no line can show; that is what its
//! seal is for.

use rust_decimal::Decimal;

use crate::audit::{Audit, Finding, IndicatorAudit, Measure};
use crate::checks::Code;
use crate::checks::disputed_score::{self, Figures};
use crate::entered::card_with;
use crate::facts::known::{Candidate, CandidateValue, Facts, Known};
use crate::facts::open::known_again;
use crate::judge::{self, Claimed, Judged, Line, Standing};
use crate::line_ids::RowFact;
use crate::phrase::Phrase;
use crate::report::filers_card::filers_card;
use crate::rescore::rescore;
use crate::rulebook::{Rows, Rulebook, Scorecard};
use crate::self_check::{contradictions, foreign, states};
use crate::settled_by::{Lack, SettledBy};
use crate::stages::{Stage, during};
use crate::submission::reviewed_form::directions;
use crate::taken::Taken;

/// The codes of findings that follow from scores.
const OF_SCORES: [Code; 4] =
    [Code::OverstatedScore, Code::UnderstatedScore, Code::UnverifiableScore, Code::ReadingDependentScore];

/// What does not hold of a stored audit, whatever its seal says, in words.
pub fn untrue(audit: &Audit, rulebook: Option<&Rulebook>) -> Vec<Phrase> {
    let mut told = states(audit);
    told.extend(foreign(audit, rulebook));
    told.extend(rulebook.map_or_else(Vec::new, |rulebook| contradictions(audit, rulebook)));
    if let (true, Some(rulebook)) = (told.is_empty(), rulebook) {
        told.extend(differences(audit, rulebook));
    }
    told
}

/// What a stored audit says otherwise than it comes out, in words; none when all of it comes out. Its indicators are those of the
/// rulebook's card, which other checks have seen to.
pub fn differences(audit: &Audit, rulebook: &Rulebook) -> Vec<Phrase> {
    if audit.indicators.is_empty() {
        return Vec::new();
    }
    match &rulebook.rows {
        Rows::Common(card) => {
            let decided = (!audit.entered.is_empty()).then(|| card_with(card, &audit.entered));
            let card = decided.as_ref().unwrap_or(card);
            let known = known_again(card, &audit.facts, &audit.open);
            Again { audit, rulebook, card, known }.differences()
        }
        Rows::Own(declared) => {
            let card = card_with(&filers_card(declared, audit), &audit.entered);
            let known = known_of_form(&card, audit);
            Again { audit, rulebook, card: &card, known }.differences()
        }
    }
}

/// What is known of the facts of a form's card. Levels are named in its lines, and a target without a sign can be either.
fn known_of_form(card: &Scorecard, audit: &Audit) -> Facts {
    let mut known = known_again(card, &audit.facts, &audit.open);
    for line in &audit.indicators {
        let Some(level) = line.declared.as_ref().and_then(|how| how.level.as_ref()) else { continue };
        let candidate = Candidate { value: CandidateValue::Answer(level.clone()), evidence: false };
        let fact = known.entry(RowFact::Actual.of(&line.id)).or_default();
        fact.candidates = vec![candidate];
    }
    for rule in card.indicators.iter().flat_map(|line| &line.readings).flat_map(|reading| &reading.criteria) {
        let sign = rule.rule.parameters().direction_fact();
        known.extend(sign.map(|sign| (sign.to_owned(), Known::either_direction())));
    }
    known.extend(directions(&audit.entered));
    known
}

/// An audit beside what it is computed from.
struct Again<'a> {
    audit: &'a Audit,
    rulebook: &'a Rulebook,
    card: &'a Scorecard,
    known: Facts,
}

impl Again<'_> {
    fn differences(&self) -> Vec<Phrase> {
        let scores: Vec<(&IndicatorAudit, Judged)> = during(Stage::Rescore, || self.scores());
        let mut told = Vec::new();
        if scores.len() != self.audit.indicators.len() {
            told.push(word("indicators-differ"));
        }
        for (stored, score) in &scores {
            let about = |what: &str| Phrase::new("contradiction.of").with("about", &stored.id).with("what", word(what));
            told.extend(self.score_differs(stored, score).map(about));
            told.extend((!self.is_told_rightly(score)).then(|| about("again-finding")));
        }
        let lines: Vec<Line> = scores.iter().map(|(_, score)| score.line()).collect();
        let points = judge::totals(self.rulebook, &lines).points;
        told.extend((self.audit.points.as_ref() != Some(&points)).then(|| word("again-points")));
        told
    }

    fn scores(&self) -> Vec<(&IndicatorAudit, Judged<'_>)> {
        let pairs = self.audit.indicators.iter().zip(&self.card.indicators);
        let pairs = pairs.filter(|(stored, indicator)| stored.id == indicator.id);
        pairs
            .map(|(stored, indicator)| {
                let range = rescore(self.card, indicator, &self.known);
                (stored, Judged::new(indicator, claimed(stored), range, self.rulebook.tolerance))
            })
            .collect()
    }

    /// What of a stored score is another than it comes out: the first thing that is.
    fn score_differs(&self, stored: &IndicatorAudit, score: &Judged) -> Option<&'static str> {
        let range = &score.range;
        let ends = (range.low, range.high, range.default) == (stored.low, stored.high, stored.default);
        let (verdict, difference) = (score.verdict, score.difference);
        if !ends {
            return Some("again-range");
        }
        if (verdict, difference) != (stored.verdict, stored.difference) {
            return Some("again-verdict");
        }
        // Of a row that nothing can be computed of, the audit keeps no rule.
        if stored.declared.as_ref().is_some_and(|how| how.measure == Measure::Judged) {
            return None;
        }
        let readings = if score.indicator.has_readings() { range.readings.as_slice() } else { &[] };
        if readings != stored.readings.as_slice() {
            return Some("again-readings");
        }
        if !self.is_settled_by(&range.settled_by, &stored.settled_by) {
            return Some("again-settled");
        }
        // What a form's cells say word for word stands in its workings, and nowhere else in its audit.
        let is_written =
            self.card.is_filers || (range.working == stored.working.open() && range.criteria == stored.criteria);
        (!is_written).then_some("again-working")
    }

    /// A form's facts stand in another order where the card was read from its workbook.
    fn is_settled_by(&self, due: &[SettledBy], stored: &[SettledBy]) -> bool {
        if !self.card.is_filers {
            return due == stored;
        }
        due.len() == stored.len() && due.iter().all(|item| stored.contains(item))
    }

    /// Whether a disputed score has its one finding, and every other score none.
    fn is_told_rightly(&self, score: &Judged) -> bool {
        let of_score = |finding: &&Finding| {
            finding.indicator.as_ref() == Some(&score.indicator.id) && OF_SCORES.contains(&finding.code)
        };
        let told: Vec<&Finding> = self.audit.findings.iter().filter(of_score).collect();
        match (disputed_score::code(score), told.as_slice()) {
            (None, told) => told.is_empty(),
            (Some(code), [finding]) => finding.code == code && self.figures_agree(score, finding),
            (Some(_), _) => false,
        }
    }

    fn figures_agree(&self, score: &Judged, finding: &Finding) -> bool {
        let due = disputed_score::figures(self.card, &self.known, self.rulebook.material, score);
        let told = Figures {
            severity: finding.severity,
            claimed: finding.claimed,
            difference: finding.difference.unwrap_or_default(),
            explanation: finding.explanation.clone(),
        };
        due == told && (finding.low, finding.high) == (Some(score.range.low), score.range.high)
    }
}

fn word(what: &str) -> Phrase {
    Phrase::new(format!("contradiction.{what}"))
}

/// The claim as a stored line says it.
fn claimed(stored: &IndicatorAudit) -> Claimed<'static> {
    let is_nobodys = stored.settled_by.contains(&SettledBy::Row(stored.id.clone(), Lack::Claim));
    let standing = match stored.taken() {
        Taken::Score(score) => Standing::Number(score),
        Taken::Open { .. } if is_nobodys => Standing::NotAsked,
        Taken::Open { .. } => Standing::Conflict,
        Taken::Invalid => match stored.claimed {
            Some(claimed) if claimed < Decimal::ZERO => Standing::Negative(claimed),
            Some(claimed) => Standing::Number(claimed),
            None => Standing::Empty,
        },
    };
    Claimed { row: None, rows: Vec::new(), standing }
}
