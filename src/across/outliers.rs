//! `outlier`: cards that stand apart from those of all other departments. Each statement has its figures, and is made only where
//! chance would bring it about once in ten thousand batches, reckoned exactly and for all departments, kinds of statements and groups of cards that were looked at. That
//! most claims are full marks is the habit and no sign of anything: what others do is the measure.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::audit::{Finding, Status};
use crate::brief::{Brief, BriefEvidence, BriefScore};
use crate::chance::{at_least, rate};
use crate::checks::register::Code;
use crate::decimal_text::{figure_text, score_text};
use crate::fraction::{Fraction, exact};
use crate::phrase::{Hole, Phrase, Term};
use crate::sums::sum;

use super::{InBrief, Seen, Why};

/// Departments that are needed to say what is usual among them.
const DEPARTMENTS_MIN: usize = 8;

/// How probable chance may make it in one batch: a bureau with a batch every week would meet it once in two hundred years.
const CHANCE: (i128, i128) = (1, 10_000);

/// The kinds of statements that are looked for: full marks, judged items, edges, evidence, equal claims. Each of them, in each group of
/// cards, has its part of the chance.
const KINDS: usize = 5;

/// Values that have only just reached their bands, of one card, below which nothing is said: a single one is no pattern.
const EDGES_MIN: u32 = 2;

/// Facts with one name of evidence, of one card, below which nothing is said: a document may well serve two.
const SAME_EVIDENCE_MIN: u32 = 3;

/// Departments that are named; of the rest, how many they are.
const NAMED: usize = 5;

/// The cards of one rulebook for one year, one of each department.
struct Batch<'a> {
    cards: Vec<(usize, Card<'a>)>,
    /// How many such groups are looked at in all.
    groups: usize,
}

/// One of them, with its scores at hand.
struct Card<'a> {
    brief: &'a Brief,
    scores: Vec<BriefScore>,
}

/// What a person has to judge of a card: what is claimed of it, its points, and which rows it is.
type ToJudge = Option<(Decimal, Decimal, Vec<usize>)>;

/// Findings for cards that stand apart.
pub fn check(batch: InBrief, seen: &mut Seen) {
    let cards = batch.audits.iter().enumerate();
    let cards = cards.filter(|(_, audit)| audit.status == Status::Audited && audit.kind.has_common_rows());
    let mut groups: BTreeMap<_, Batch> = BTreeMap::new();
    let mut departments = BTreeSet::new();
    for (place, card) in cards {
        let Some(unit) = card.unit.as_deref().map(plain).filter(|unit| !unit.is_empty()) else {
            seen.not_run(Code::Outlier, Why::Unnamed);
            continue;
        };
        let of = (card.rulebook.as_ref().map(|book| book.id.as_str()), card.year);
        if departments.insert((of, unit)) {
            groups
                .entry(of)
                .or_insert_with(|| Batch { cards: Vec::new(), groups: 1 })
                .cards
                .push((place, Card { brief: card, scores: card.scores.open() }));
        } else {
            seen.not_run(Code::Outlier, Why::SeveralSubmissions);
        }
    }
    let looked_at = groups.values().filter(|group| group.cards.len() >= DEPARTMENTS_MIN).count();
    for mut group in groups.into_values() {
        group.groups = looked_at;
        if group.cards.len() < DEPARTMENTS_MIN {
            group.cards.iter().for_each(|_| seen.not_run(Code::Outlier, Why::TooFew));
            continue;
        }
        let found = group.found();
        for (place, _) in &group.cards {
            match found.get(place) {
                None => seen.agreed(Code::Outlier),
                Some(findings) => findings.iter().for_each(|finding| seen.raised(*place, finding.clone())),
            }
        }
    }
}

fn plain(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

impl<'a> Batch<'a> {
    /// Whether chance of that size, met among so many that were looked at for each kind of statement in each group, is too small to be
    /// one.
    fn is_no_chance(&self, chance: &Fraction, looked_at: usize) -> bool {
        let looks = (looked_at * KINDS * self.groups) as i128;
        chance * &Fraction::new(looks, 1) <= Fraction::new(CHANCE.0, CHANCE.1)
    }

    fn found(&self) -> BTreeMap<usize, Vec<Finding>> {
        let mut found: BTreeMap<usize, Vec<Finding>> = BTreeMap::new();
        let full = FullMarks::of(self);
        let judged = Judged::of(self);
        let all = Counts::of(self);
        for (own, (place, card)) in self.cards.iter().enumerate() {
            let of_one = [
                self.full_marks(&full, own),
                judged.apart(self, own),
                self.edges(card, &all),
                self.evidence(card, &all),
            ];
            for finding in of_one.into_iter().flatten() {
                found.entry(*place).or_default().push(finding);
            }
        }
        for (own, finding) in self.equal_claims() {
            found.entry(self.cards[own].0).or_default().push(finding);
        }
        found
    }

    fn others(&self, card: &Card) -> impl Iterator<Item = &Card<'a>> {
        self.cards.iter().map(|(_, other)| other).filter(move |other| !std::ptr::eq(other.brief, card.brief))
    }

    /// Every indicator claimed in full, where that is rare among the others.
    fn full_marks(&self, full: &FullMarks, own: usize) -> Option<Finding> {
        let card = &self.cards[own].1;
        let count = card.scores.len();
        if count == 0 || !card.scores.iter().all(BriefScore::is_full) {
            return None;
        }
        if !self.is_no_chance(&full.chance_of_all(self, own)?, self.cards.len()) {
            return None;
        }
        let most = self.others(card).map(|other| other.scores.iter().filter(|score| score.is_full()).count()).max()?;
        let holes: &[Hole] = &[("count", &count), ("others", &(self.cards.len() - 1)), ("most", &most)];
        Some(Finding::worded(Code::Outlier, "outlier-full-marks", holes))
    }

    /// Whether so many of so many are no chance where the others have so many of so many.
    fn is_far_above(&self, (own, of): (u32, u32), (others, of_others): (u32, u32)) -> bool {
        // What is not more than usual needs no reckoning.
        let is_more = u64::from(own) * u64::from(of_others) > u64::from(others) * u64::from(of);
        is_more && self.is_no_chance(&at_least(own, of, &rate(others, of_others)), self.cards.len())
    }

    /// More values that have only just reached their bands than among the others.
    fn edges(&self, card: &Card, all: &Counts) -> Option<Finding> {
        let own = card.brief.band_edges;
        let (reached, of) = (all.edges.0 - own.reached, all.edges.1 - own.of);
        if own.reached < EDGES_MIN || !self.is_far_above((own.reached, own.of), (reached, of)) {
            return None;
        }
        let holes: &[Hole] = &[("reached", &own.reached), ("of", &own.of), ("others", &reached), ("others_of", &of)];
        Some(Finding::worded(Code::Outlier, "outlier-edges", holes))
    }

    /// One name of evidence for more facts than is usual among the others.
    fn evidence(&self, card: &Card, all: &Counts) -> Option<Finding> {
        let own = &card.brief.evidence;
        let (same, of) = repeated(own);
        let (same, of) = (all.evidence.0 - same, all.evidence.1 - of);
        if own.same < SAME_EVIDENCE_MIN || of == 0 || !self.is_far_above((own.same - 1, own.named - 1), (same, of)) {
            return None;
        }
        let name = own.name.clone().unwrap_or_default();
        let holes: &[Hole] =
            &[("same", &own.same), ("named", &own.named), ("name", &name), ("others", &same), ("others_of", &of)];
        Some(Finding::worded(Code::Outlier, "outlier-evidence", holes))
    }

    /// The same claims in every row as other departments have, where few claim so.
    fn equal_claims(&self) -> Vec<(usize, Finding)> {
        let mut columns: BTreeMap<Vec<Decimal>, Vec<usize>> = BTreeMap::new();
        for (own, (_, card)) in self.cards.iter().enumerate() {
            let claims: Option<Vec<Decimal>> = card.scores.iter().map(|score| score.claimed).collect();
            if let Some(claims) = claims.filter(|claims| !claims.is_empty()) {
                columns.entry(claims).or_default().push(own);
            }
        }
        let mut found = Vec::new();
        let counted = self.counted_claims();
        for (claims, equal) in columns.iter().filter(|(_, equal)| equal.len() > 1) {
            // Full marks are alike without a word between two departments.
            let is_full = self.cards[equal[0]].1.scores.iter().all(BriefScore::is_full);
            if is_full || self.is_likely(&counted, claims, equal.len()) {
                continue;
            }
            for own in equal {
                let others: Vec<&str> = equal
                    .iter()
                    .filter(|at| *at != own)
                    .filter_map(|at| self.cards[*at].1.brief.unit.as_deref())
                    .collect();
                let scores = &self.cards[*own].1.scores;
                let holes: &[Hole] = &[
                    ("count", &claims.len()),
                    ("units", &named(&others)),
                    ("total", &figure_text(sum(claims.iter().copied()))),
                    ("partial", &scores.iter().filter(|score| !score.is_full()).count()),
                ];
                found.push((*own, Finding::worded(Code::Outlier, "outlier-equal-claims", holes)));
            }
        }
        found
    }

    /// How many claim each score of each row.
    fn counted_claims(&self) -> Vec<BTreeMap<Decimal, usize>> {
        let rows = self.cards.iter().map(|(_, card)| card.scores.len()).max().unwrap_or_default();
        let mut counted = vec![BTreeMap::new(); rows];
        for (_, card) in &self.cards {
            for (counts, claimed) in counted.iter_mut().zip(card.scores.iter().map(|score| score.claimed)) {
                claimed.into_iter().for_each(|claimed| *counts.entry(claimed).or_default() += 1);
            }
        }
        counted
    }

    /// Whether so many may claim the same by chance, after how many of the others claim each of these scores.
    fn is_likely(&self, counted: &[BTreeMap<Decimal, usize>], claims: &[Decimal], equal: usize) -> bool {
        let others = self.cards.len() - equal;
        let share = |at: usize| {
            let same = counted[at].get(&claims[at]).copied().unwrap_or(equal);
            rate((same - equal) as u32, others as u32)
        };
        let chance = (0..claims.len()).fold(Fraction::one(), |product, at| product * share(at));
        // A second one has the claims of a first one: as many pairs as there are were looked at.
        let pairs = self.cards.len() * (self.cards.len() - 1) / 2;
        !self.is_no_chance(&chance, pairs)
    }
}

impl Card<'_> {
    /// What a person has to judge of it; none where there is nothing, or a claim or its points are not known.
    fn to_judge(&self) -> ToJudge {
        let judged: Vec<&BriefScore> = self.scores.iter().filter(|score| score.is_judged).collect();
        let claimed: Option<Vec<Decimal>> = judged.iter().map(|score| score.claimed).collect();
        let points: Option<Vec<Decimal>> = judged.iter().map(|score| score.points).collect();
        let places: Vec<usize> = (0..self.scores.len()).filter(|at| self.scores[*at].is_judged).collect();
        Some((sum(claimed?.iter().copied()), sum(points?.iter().copied()), places)).filter(|(.., at)| !at.is_empty())
    }
}

/// What a person has to judge of each card.
struct Judged {
    cards: Vec<ToJudge>,
    /// The most that is claimed of the same rows.
    highest: BTreeMap<Vec<usize>, Decimal>,
}

impl Judged {
    fn of(batch: &Batch) -> Judged {
        let cards: Vec<ToJudge> = batch.cards.iter().map(|(_, card)| card.to_judge()).collect();
        let mut highest: BTreeMap<Vec<usize>, Decimal> = BTreeMap::new();
        for (claimed, _, places) in cards.iter().flatten() {
            match highest.get_mut(places) {
                Some(most) => *most = (*most).max(*claimed),
                None => drop(highest.insert(places.clone(), *claimed)),
            }
        }
        Judged { cards, highest }
    }

    /// What a person has to judge, claimed far above all others: the gap to the next one, against the whole spread. Were the
    /// claims spread evenly, all others would lie in so small a part of it with the chance of that part to the power of their
    /// number less one.
    fn apart(&self, batch: &Batch, at: usize) -> Option<Finding> {
        let (own, points, places) = self.cards[at].as_ref()?;
        let (own, points) = (*own, *points);
        if self.highest.get(places) != Some(&own) {
            return None;
        }
        let others =
            self.cards.iter().enumerate().filter(|(other, _)| *other != at).filter_map(|(_, one)| one.as_ref());
        let others: Vec<Decimal> = others.filter(|(.., at)| at == places).map(|(claimed, ..)| *claimed).collect();
        let (low, high) = (others.iter().min().copied()?, others.iter().max().copied()?);
        // One who alone does not say what all others say stands apart from nothing that is spread.
        if others.len() + 1 < DEPARTMENTS_MIN || own <= high || low == high {
            return None;
        }
        let part = exact(high - low) / exact(own - low);
        let chance = part.power(others.len() as u32 - 1);
        // Only the highest of all can stand so far above the others.
        if !batch.is_no_chance(&chance, 1) {
            return None;
        }
        let [own, points, low, high] = [own, points, low, high].map(score_text);
        let holes: &[Hole] = &[
            ("count", &places.len()),
            ("own", &own),
            ("points", &points),
            ("others", &others.len()),
            ("low", &low),
            ("high", &high),
        ];
        Some(Finding::worded(Code::Outlier, "outlier-judged", holes))
    }
}

/// What all departments of a batch have together, so that each is held against the rest without another look at all of them.
struct Counts {
    /// Values that have only just reached their bands, and values that could have.
    edges: (u32, u32),
    /// Facts with a name of evidence that stands for another one too, and facts that could have one.
    evidence: (u32, u32),
}

impl Counts {
    fn of(batch: &Batch) -> Counts {
        let both = |(one, other): (u32, u32), (more, further): (u32, u32)| (one + more, other + further);
        let cards = || batch.cards.iter().map(|(_, card)| card.brief);
        Counts {
            edges: cards().map(|brief| (brief.band_edges.reached, brief.band_edges.of)).fold((0, 0), both),
            evidence: cards().map(|brief| repeated(&brief.evidence)).fold((0, 0), both),
        }
    }
}

/// How often the most frequent name of evidence stands once more, of how many names that could.
fn repeated(evidence: &BriefEvidence) -> (u32, u32) {
    if evidence.named > 1 { (evidence.same - 1, evidence.named - 1) } else { (0, 0) }
}

/// How many departments claim each indicator in full.
struct FullMarks(Vec<u32>);

impl FullMarks {
    fn of(batch: &Batch) -> FullMarks {
        let rows = batch.cards.iter().map(|(_, card)| card.scores.len()).max().unwrap_or_default();
        let full = |at: usize| {
            batch.cards.iter().filter(|(_, card)| card.scores.get(at).is_some_and(BriefScore::is_full)).count() as u32
        };
        FullMarks((0..rows).map(full).collect())
    }

    /// How probable full marks everywhere are, after what the others claim of each indicator.
    fn chance_of_all(&self, batch: &Batch, own: usize) -> Option<Fraction> {
        let others = batch.cards.len() as u32 - 1;
        let rows = batch.cards[own].1.scores.len();
        let full = self.0.get(..rows)?;
        Some(full.iter().fold(Fraction::one(), |product, full| product * rate(full - 1, others)))
    }
}

/// The departments, and of how many they are where there are more.
fn named(units: &[&str]) -> Term {
    let list = Term::joined(units.iter().take(NAMED).map(|unit| (*unit).to_owned()).collect(), "finding.unit-and");
    if units.len() <= NAMED {
        return list;
    }
    Phrase::new("finding.first-of-units").with("units", list).with("count", units.len()).into()
}
