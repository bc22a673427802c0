//! `forms-disagree`: a department's card against the forms of its projects in the same batch. The forms need not be all of them,
//! so that only what no further form could put right is told: more projects than the card counts, larger sums than the whole
//! budget or what was spent of it, a satisfaction that none of its projects comes near.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::audit::{Comparable, ComparedAbout, Finding, Status};
use crate::brief::Brief;
use crate::checks::register::Code;
use crate::decimal_text::figure_text;
use crate::phrase::{Hole, Phrase, Term};

use super::{InBrief, Seen, Why};

/// Projects that are named; of the rest, how many they are.
const NAMED: usize = 5;

/// Percentage points by which a card's satisfaction may lie above that of every project: another survey among other people
/// differs by a little, and scorecards give points in steps of five or ten.
const SATISFACTION_APART: Decimal = Decimal::from_parts(5, 0, 0, false, 0);

/// Amounts are handed in with two places at least in 万元: sums of rounded parts may lie so far above a rounded whole, for each
/// project.
const ROUNDING: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

/// What makes a card and forms those of one department: its name without spaces, and the year.
type Whose = (String, i32);

/// What the forms of one department say, each project once.
#[derive(Default)]
struct Forms<'a> {
    projects: BTreeMap<String, Vec<&'a Brief>>,
}

/// A finding for every card that the forms of its own department contradict.
pub fn check(batch: InBrief, seen: &mut Seen) {
    let audited = || batch.audits.iter().enumerate().filter(|(_, audit)| audit.status == Status::Audited);
    let mut forms: BTreeMap<Whose, Forms> = BTreeMap::new();
    for (_, form) in audited().filter(|(_, audit)| !audit.kind.is_of_department()) {
        if let (Some(whose), Some(project)) = (whose(form), form.project.as_deref().map(plain)) {
            forms.entry(whose).or_default().projects.entry(project).or_default().push(form);
        }
    }
    for (place, card) in audited().filter(|(_, audit)| audit.kind.is_of_department()) {
        let own = whose(card);
        match own.as_ref().map(|whose| forms.get(whose)) {
            None => seen.not_run(Code::FormsDisagree, Why::Unnamed),
            Some(None) => seen.not_run(Code::FormsDisagree, Why::NoForms),
            Some(Some(_)) if card.comparable.is_empty() => seen.not_run(Code::FormsDisagree, Why::NothingToCompare),
            Some(Some(forms)) => {
                let found: Vec<Finding> = card.comparable.open().iter().filter_map(|own| forms.against(own)).collect();
                if found.is_empty() {
                    seen.agreed(Code::FormsDisagree);
                }
                found.into_iter().for_each(|finding| seen.raised(place, finding));
            }
        }
    }
}

fn plain(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

fn whose(audit: &Brief) -> Option<Whose> {
    let unit = audit.unit.as_deref().map(plain).filter(|unit| !unit.is_empty())?;
    Some((unit, audit.year?))
}

/// Figures of one kind with the forms that they stand in.
type Told<'a> = Vec<(&'a Brief, Decimal)>;

/// Of figures with the places of their forms, the one that speaks least against the card.
type Least = fn(std::vec::IntoIter<(Decimal, usize)>) -> Option<(Decimal, usize)>;

impl<'a> Forms<'a> {
    /// What speaks against a figure of the card.
    fn against(&self, own: &Comparable) -> Option<Finding> {
        match own.about {
            ComparedAbout::Projects => self.more_than(own),
            ComparedAbout::Budget => self.sum_above(own, "forms-disagree-budget"),
            ComparedAbout::Spent => self.sum_above(own, "forms-disagree-spent"),
            ComparedAbout::Satisfaction => self.far_below(own),
        }
    }

    fn more_than(&self, own: &Comparable) -> Option<Finding> {
        if Decimal::from(self.projects.len()) <= own.value {
            return None;
        }
        let all: Vec<&Brief> = self.projects.values().filter_map(|forms| forms.first().copied()).collect();
        let holes: &[Hole] =
            &[("own", &figure_text(own.value)), ("count", &self.projects.len()), ("projects", &named(&all))];
        Some(Finding::worded(Code::FormsDisagree, "forms-disagree-projects", holes).at(&own.source))
    }

    fn sum_above(&self, own: &Comparable, wording: &str) -> Option<Finding> {
        let told = self.of_each(own.about, Iterator::min);
        let sum = crate::sums::sum(told.iter().map(|(_, value)| *value));
        let rounding = ROUNDING.checked_mul(Decimal::from(told.len()))?;
        if sum <= own.value.saturating_add(rounding) {
            return None;
        }
        let forms: Vec<&Brief> = told.iter().map(|(form, _)| *form).collect();
        let (own_value, sum) = (figure_text(own.value.round_dp(2)), figure_text(sum));
        let holes: &[Hole] =
            &[("own", &own_value), ("sum", &sum), ("count", &told.len()), ("projects", &named(&forms))];
        Some(Finding::worded(Code::FormsDisagree, wording, holes).at(&own.source))
    }

    fn far_below(&self, own: &Comparable) -> Option<Finding> {
        let told = self.of_each(own.about, Iterator::max);
        let (form, best) = told.iter().max_by_key(|(_, value)| *value)?;
        if own.value <= best.saturating_add(SATISFACTION_APART) {
            return None;
        }
        let project = form.project.clone().unwrap_or_default();
        let (own_value, best) = (figure_text(own.value), figure_text(*best));
        let holes: &[Hole] = &[("own", &own_value), ("best", &best), ("count", &told.len()), ("project", &project)];
        Some(Finding::worded(Code::FormsDisagree, "forms-disagree-satisfaction", holes).at(&own.source))
    }

    /// One figure of each project that tells it: of several, the one that speaks least against the card.
    fn of_each(&self, about: ComparedAbout, least: Least) -> Told<'a> {
        let of_project = |forms: &Vec<&'a Brief>| {
            let figures = forms.iter().enumerate().flat_map(|(at, form)| {
                form.comparable
                    .open()
                    .into_iter()
                    .filter(|figure| figure.about == about)
                    .map(move |figure| (figure.value, at))
            });
            let (value, at) = least(figures.collect::<Vec<_>>().into_iter())?;
            Some((forms[at], value))
        };
        self.projects.values().filter_map(of_project).collect()
    }
}

/// The projects, and of how many they are where there are more.
fn named(forms: &[&Brief]) -> Term {
    let names = forms.iter().take(NAMED).filter_map(|form| form.project.as_deref());
    let list = Term::joined(names.map(str::to_owned).collect(), "finding.project-and");
    if forms.len() <= NAMED {
        return list;
    }
    Phrase::new("finding.first-of-projects").with("projects", list).with("count", forms.len()).into()
}
