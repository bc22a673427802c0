//! What the sheets need to know of each other: the departments in their order, the disputed scores, and where to find them.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Display;

use crate::audit::{Audit, ClaimFound, IndicatorAudit, Source, Verdict};
use crate::checks::register::Code;
use crate::decimal_text::figure_text;
use crate::entered::{About, Whose};
use crate::forms::Part;
use crate::packed::Worded;
use crate::phrase::Phrase;
use crate::settled_by::SettledBy;
use crate::text::Language;

use super::asked::{Missing, answered, missing};
use super::batch::unit_name;
use super::batch::{Apart, Batch, PAPERS_MAX, RunInfo};
use super::carried::{Carried, Fate, carried};
use super::decisions::Decision;
use super::departments::{departments, disputes_of};
use super::table::{Link, address};
use super::twins::{Twin, counting, twins};
use super::way::Way;

pub use super::departments::{Department, Dispute};
pub use crate::forms::FormKind;

/// The batch, its departments worst first, and its disputed scores worst first.
pub struct Plan<'a> {
    /// What is reported.
    pub batch: &'a Batch,
    /// The run that is reported, as whoever lays out links to files sees it.
    pub run: &'a RunInfo,
    /// The language of the report.
    pub language: Language,
    /// Audited submissions, one form after the other, each worst first.
    pub departments: Vec<Department<'a>>,
    /// Disputed scores and checks from warning up, worst first.
    pub disputes: Vec<Dispute<'a>>,
    /// Where a department's disputed indicator stands among them.
    pub places: BTreeMap<(usize, &'a str), usize>,
    /// Where the disputes of each department stand among them.
    pub disputed: Vec<Vec<usize>>,
    /// What people typed into earlier audit workbooks.
    pub carried: Carried<'a>,
    /// What the bureau decides of every indicator, by department, in the order of the card.
    pub decisions: Vec<Vec<Decision<'a>>>,
    /// What every department still has to hand in.
    pub asked: Vec<Vec<Missing<'a>>>,
    /// Which departments handed in more than one submission.
    pub twins: Vec<Option<Twin>>,
    /// Whether each submission counts in the totals.
    pub counting: Vec<bool>,
    /// How many decisions the departments before each one have.
    places_of_decisions: Vec<usize>,
    /// How many decisions there are.
    decisions_in_all: usize,
    /// How many questions are asked of the departments before each one, and of all of them.
    places_of_asked: Vec<usize>,
}

impl<'a> Plan<'a> {
    /// Orders the batch.
    pub fn new(batch: &'a Batch, language: Language) -> Self {
        let departments = departments(batch, language);
        let mut disputes: Vec<Dispute<'a>> = departments
            .iter()
            .enumerate()
            .flat_map(|(index, department)| disputes_of(index, department.audit))
            .collect();
        disputes
            .sort_by_key(|dispute| (Reverse(dispute.severity()), Reverse(dispute.difference()), dispute.department));
        let disputed = |(place, dispute): (usize, &Dispute<'a>)| {
            Some(((dispute.department, dispute.indicator?.id.as_str()), place))
        };
        let places = disputes.iter().enumerate().filter_map(disputed).collect();
        let mut of_each = vec![Vec::new(); departments.len()];
        disputes.iter().enumerate().for_each(|(place, dispute)| of_each[dispute.department].push(place));
        let mut carried = carried(&batch.earlier, &departments, &disputes);
        let mut decisions: Vec<Vec<Decision<'a>>> = departments
            .iter()
            .map(|department| {
                let indicators = department.audit.indicators.iter();
                indicators.map(|indicator| Decision::new(department, indicator)).collect()
            })
            .collect();
        take_entries(&mut carried, &disputes, &mut decisions);
        let places_of_decisions = before_each(decisions.iter().map(Vec::len));
        let asked: Vec<Vec<Missing<'a>>> =
            departments.iter().map(|department| asked_of(department, &carried)).collect();
        let places_of_asked = before_each(asked.iter().map(Vec::len));
        let twins = twins(&departments);
        let counting = counting(&departments, &twins, &carried);
        Self {
            batch,
            run: &batch.run,
            language,
            departments,
            disputes,
            places,
            disputed: of_each,
            carried,
            decisions,
            asked,
            twins,
            counting,
            decisions_in_all: places_of_decisions.last().copied().unwrap_or_default(),
            places_of_decisions,
            places_of_asked,
        }
    }

    /// How many decisions there are.
    pub fn decisions_in_all(&self) -> usize {
        self.decisions_in_all
    }

    /// How many questions are asked of the departments before this one.
    pub fn asked_before(&self, department: usize) -> usize {
        self.places_of_asked[department]
    }

    /// The department and its question that has this place among all of them.
    pub fn asked_at(&self, place: usize) -> (usize, usize) {
        at_place(&self.places_of_asked, place)
    }

    /// The place of a decision among all of them.
    pub fn decision_place(&self, department: usize, indicator: usize) -> usize {
        self.places_of_decisions[department] + indicator
    }

    /// The department and the indicator of the decision that has this place among all of them.
    pub fn decision_at(&self, place: usize) -> (usize, usize) {
        at_place(&self.places_of_decisions, place)
    }

    /// The decision on a disputed score.
    pub fn decision_of(&self, dispute: &Dispute) -> Option<&Decision<'a>> {
        let id = &dispute.indicator?.id;
        self.decisions[dispute.department].iter().find(|decision| decision.indicator.id == *id)
    }

    /// The audited submissions of one form, worst first.
    pub fn of(&self, kind: FormKind) -> impl Iterator<Item = &Department<'a>> {
        self.departments.iter().filter(move |department| department.kind() == kind)
    }

    /// The forms that have a sheet of their own, in their order; never none.
    pub fn kinds(&self) -> Vec<FormKind> {
        let mut kinds: Vec<FormKind> = self.departments.iter().map(Department::kind).collect();
        kinds.dedup();
        if kinds.is_empty() { vec![FormKind::FIRST] } else { kinds }
    }

    /// Those of them that have a part, in their order.
    pub fn kinds_with(&self, part: Part) -> impl Iterator<Item = FormKind> {
        self.kinds().into_iter().filter(move |kind| kind.has(part))
    }

    /// The form whose sheets come first.
    fn first_kind(&self) -> FormKind {
        self.departments.first().map_or(FormKind::FIRST, Department::kind)
    }

    /// The sheet that sums up a form: the first form's opens the workbook.
    pub fn overview_of(&self, kind: FormKind) -> String {
        self.word(kind.overview(self.first_kind()))
    }

    /// The sheet with every verdict of a form.
    pub fn matrix_of(&self, kind: FormKind) -> String {
        self.word(kind.matrix(self.first_kind()))
    }

    /// A text of this report.
    pub fn word(&self, key: &str) -> String {
        self.language.word(&format!("report.{key}"))
    }

    /// A text of this report with its holes filled.
    pub fn say(&self, key: &str, holes: &[(&str, &dyn Display)]) -> String {
        self.language.say(&format!("report.{key}"), holes)
    }

    /// The verdict in words.
    pub fn verdict(&self, verdict: Verdict) -> String {
        self.word(&format!("verdict-{}", verdict_key(verdict)))
    }

    /// The verdict in one character.
    pub fn verdict_sign(&self, verdict: Verdict) -> String {
        self.word(&format!("sign-{}", verdict_key(verdict)))
    }

    /// The short name of a finding code.
    pub fn code(&self, code: Code) -> String {
        self.language.word(&format!("finding.{code}-title"))
    }

    /// A phrase in words.
    pub fn phrase(&self, phrase: &impl Worded) -> String {
        self.language.phrase(phrase)
    }

    /// The working of a score, a line for each step.
    pub fn working(&self, steps: &[Phrase]) -> Vec<String> {
        steps.iter().map(|step| self.phrase(step)).collect()
    }

    /// What several cells claim that have the same right to be the claim; none where there are not several.
    pub fn claims_in_words(&self, indicator: &IndicatorAudit) -> Option<String> {
        claims_in_words(indicator, self.language)
    }

    /// A link to a cell in a department's own file; an entry of an archive is reached through the archive.
    pub fn file_link(&self, audit: &Audit, source: Option<&Source>) -> Option<Link> {
        let place = self.run.places.get(&audit.file)?;
        let cell = source.filter(|_| !place.archive).map(|source| (source.sheet.clone(), source.cell.clone()));
        Some(Link::File(place.path.clone(), cell))
    }

    /// A link to the letter to a department; none where none was written in this run.
    pub fn letter_link(&self, audit: &Audit) -> Option<Link> {
        Some(Link::File(self.run.beside.letters.get(&unit_name(audit))?.clone(), None))
    }

    /// A link to an indicator in a department's working paper.
    pub fn paper_link(&self, department: &Department, indicator: Option<&str>) -> Link {
        let row = indicator.and_then(|id| department.anchors.get(id)).copied().unwrap_or(0);
        match self.apart() {
            Some(apart) => {
                let path = format!("{}/{}", apart.folder, department.file_name());
                Link::File(Way::to(path), Some((department.paper.clone(), address(row, 0))))
            }
            None => Link::Here(department.paper.clone(), row, 0),
        }
    }

    /// Where the working papers go, if they are too many for one workbook.
    pub fn apart(&self) -> Option<&'a Apart> {
        self.run.apart.as_ref().filter(|_| self.departments.len() > PAPERS_MAX)
    }
}

/// How many come before those of each department, and how many there are in all.
fn before_each(counts: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut before = vec![0];
    before.extend(counts.scan(0, |all, count| {
        *all += count;
        Some(*all)
    }));
    before
}

/// Whose has a place among all of them, and its place among those of the department.
fn at_place(before: &[usize], place: usize) -> (usize, usize) {
    // A department without any begins where the next one does.
    let department = before.partition_point(|first| *first <= place).saturating_sub(1);
    (department, place - before[department])
}

/// What is asked of a department, and what was asked and is answered.
fn asked_of<'a>(department: &Department<'a>, carried: &Carried) -> Vec<Missing<'a>> {
    let mut asked = missing(department);
    if !carried.entered.is_empty() {
        let is_entered = |item: &SettledBy| {
            let key = Whose::of(department.audit).key(About::Asked, &[&item.to_string()]);
            carried.entered.contains_key(&key)
        };
        let answered = answered(department, &asked, is_entered);
        asked.extend(answered);
    }
    asked
}

/// Gives every decision what was typed of it: in 核定表, else over what repeats it in 差异清单. What differs there is kept apart.
fn take_entries<'a>(carried: &mut Carried<'a>, disputes: &[Dispute<'a>], decisions: &mut [Vec<Decision<'a>>]) {
    for decision in decisions.iter_mut().flatten() {
        if let Some(signed) = carried.entered.get(&decision.key) {
            decision.take(Cow::Borrowed(signed.typed()), signed.basis());
        }
    }
    for (index, dispute) in disputes.iter().enumerate() {
        let Some(indicator) = dispute.indicator else { continue };
        let Some(old) = carried.typed.get(&index).copied() else { continue };
        let of_one = &mut decisions[dispute.department];
        let Some(decision) = of_one.iter_mut().find(|one| one.indicator.id == indicator.id) else { continue };
        let own = old.typed.own();
        match decision.typed().map(|typed| typed.filled_from(&own)) {
            None => decision.take(Cow::Owned(own), None),
            Some(Some(both)) => {
                let signed = decision.signed().to_owned();
                decision.take(Cow::Owned(both), Some(&signed));
            }
            Some(None) => carried.keep(Fate::Unmatched, old),
        }
    }
}

/// What several cells claim that have the same right to be the claim; none where there are not several.
pub fn claims_in_words(indicator: &IndicatorAudit, language: Language) -> Option<String> {
    let words = |claim: &ClaimFound| claim.value.map_or_else(|| claim.source.text.trim().to_owned(), figure_text);
    let claims: Vec<String> = indicator.claims.iter().map(words).collect();
    (!claims.is_empty()).then(|| claims.join(&language.word("report.claims-separator")))
}

/// The name of a verdict in keys.
pub fn verdict_key(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Agrees => "agrees",
        Verdict::Overstated => "overstated",
        Verdict::Understated => "understated",
        Verdict::ReadingDependent => "reading-dependent",
        Verdict::Unverifiable => "unverifiable",
        Verdict::Invalid => "invalid",
    }
}

/// Every verdict in the order of the legend.
pub const VERDICTS: [Verdict; 6] = [
    Verdict::Agrees,
    Verdict::Overstated,
    Verdict::Understated,
    Verdict::ReadingDependent,
    Verdict::Unverifiable,
    Verdict::Invalid,
];
