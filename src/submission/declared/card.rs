//! A form is a card that its filer wrote: the budget and every row as an indicator with one criterion, and what the form
//! claims for them as a submission.

use rust_decimal::Decimal;

use super::{DeclaredForm, DeclaredRow};
use crate::contract::WAN_YUAN;
use crate::line_ids::{BUDGET, PLANNED, RowFact, SPENT};
use crate::quantity::{Actual, Quantity, Sign, Target};
use crate::rulebook::expression::Expression;
use crate::rulebook::{
    Completion, Criterion, Declared, Direction, Fact, FactKind, Indicator, Level, NamedReading, Reading, Rule,
    Scorecard,
};
use crate::rules::{LevelRule, ProportionRule, SpanRule, TargetRule};
use crate::submission::names::key;
use crate::submission::{Claim, Sourced, Submission};

impl DeclaredForm {
    /// The card that its filer wrote: the budget, then the rows of 绩效指标.
    pub fn card(&self, declared: &Declared) -> Scorecard {
        let rows = self.rows.iter();
        let budget = [PLANNED, SPENT].map(|id| form_fact(id.to_owned(), FactKind::Money { unit: WAN_YUAN.to_owned() }));
        Scorecard {
            sections: Vec::new(),
            facts: budget.into_iter().chain(rows.clone().flat_map(DeclaredRow::facts)).collect(),
            indicators: std::iter::once(self.budget(declared)).chain(rows.map(|row| row.indicator(declared))).collect(),
            completion: Completion::default(),
            projects: Box::default(),
            is_filers: true,
        }
    }

    /// What it claims, by the ids of its card.
    pub fn submission(&self) -> Submission {
        Submission {
            unit: self.implementer.clone().or_else(|| self.authority.clone()),
            year: self.year.clone(),
            dated: self.dated.clone(),
            claims: self.claims(),
            total: self.total.clone(),
            texts: self.texts.clone(),
            findings: self.findings.clone(),
            unused: self.comments.clone(),
            tables: vec![self.table()],
            sheets: vec![self.sheet.clone()],
            ..Submission::default()
        }
    }

    fn claims(&self) -> Vec<Claim> {
        std::iter::once(&self.budget.claim).chain(self.rows.iter().map(|row| &row.claim)).cloned().collect()
    }

    /// Weight × B ÷ A, at most the weight.
    fn budget(&self, declared: &Declared) -> Indicator {
        form_line(BUDGET, &declared.budget_name, points(&self.budget.weight), vec![("", "", budget_rule())])
    }
}

impl DeclaredRow {
    /// The id of one of its facts: `row-1.target`.
    pub fn fact_id(&self, fact: RowFact) -> String {
        fact.of(&self.id)
    }

    /// The quantities of its target: one, or both ends; none where it is words.
    pub fn targets(&self) -> Vec<&Quantity> {
        match &self.target.value {
            Target::Number(_, target) => vec![target],
            Target::Span(low, high) => vec![low, high],
            Target::Qualitative(_) | Target::Absent => Vec::new(),
        }
    }

    /// The unit that its numbers are compared in: its target's, else its actual's.
    pub fn unit(&self) -> &str {
        let written = self.targets().into_iter().map(|target| target.unit.as_str()).find(|unit| !unit.is_empty());
        match (&self.actual.value, written) {
            (_, Some(unit)) => unit,
            (Actual::Number(actual), None) => &actual.unit,
            _ => "",
        }
    }

    /// Its facts in the order in which people are told what is missing: which unit an actual is in comes after the sign.
    fn facts(&self) -> Vec<Fact> {
        let number = |fact: RowFact| form_fact(self.fact_id(fact), FactKind::Declared { unit: self.unit().to_owned() });
        let sign = self.has_no_sign().then(|| {
            let options = vec![Sign::AtLeast.mark().to_owned(), Sign::AtMost.mark().to_owned()];
            form_fact(self.fact_id(RowFact::Sign), FactKind::Choice { options })
        });
        let target = std::iter::once(number(RowFact::Target));
        match &self.actual.value {
            Actual::Number(_) => target.chain(sign).chain([number(RowFact::Actual)]).collect(),
            _ => target.chain([number(RowFact::Actual)]).chain(sign).collect(),
        }
    }

    fn has_no_sign(&self) -> bool {
        matches!(self.target.value, Target::Number(None, _))
    }

    fn indicator(&self, declared: &Declared) -> Indicator {
        form_line(&self.id, &self.name, points(&self.weight), self.readings(declared))
    }

    /// The rule under every reading that the target's direction allows.
    fn readings<'a>(&self, declared: &'a Declared) -> Vec<(&'a str, &'a str, Rule)> {
        let [target, actual] = [RowFact::Target, RowFact::Actual].map(|fact| self.fact_id(fact));
        match &self.target.value {
            // Nobody exceeds 0 to his credit: ＝0 is at most none.
            Target::Number(Some(Sign::Equal), target) if target.value.is_zero() => {
                declared.target_rules(&self.id, Some(Sign::AtMost), &target.unit)
            }
            Target::Number(sign, target) => declared.target_rules(&self.id, *sign, &target.unit),
            Target::Absent => declared.target_rules(&self.id, Some(Sign::AtLeast), ""),
            Target::Span(low, high) => {
                let ends = Box::new([low.clone(), high.clone()]);
                vec![("", "", SpanRule { target, ends, actual }.into())]
            }
            Target::Qualitative(_) => {
                vec![("", "", LevelRule { target, fact: actual, levels: declared.levels.clone() }.into())]
            }
        }
    }
}

impl Declared {
    /// The level that a text states in the rulebook's words, and in no others.
    pub fn level_named(&self, text: &str) -> Option<&Level> {
        let written = key(text);
        self.levels.iter().find(|level| level.words.iter().any(|word| key(word) == written))
    }

    /// The rule of a numeric target under every reading that its sign allows, each with the id and the words of the
    /// reading; without a sign, the row's direction is a fact.
    pub fn target_rules<'a>(&'a self, row: &str, sign: Option<Sign>, unit: &str) -> Vec<(&'a str, &'a str, Rule)> {
        let rule = |direction: Direction| -> Rule {
            TargetRule {
                target: RowFact::Target.of(row),
                unit: unit.to_owned(),
                actual: RowFact::Actual.of(row),
                direction,
                is_strict: matches!(sign, Some(Sign::MoreThan | Sign::LessThan)),
                open: sign.is_none().then(|| RowFact::Sign.of(row)),
            }
            .into()
        };
        let named =
            |reading: &'a NamedReading| (reading.direction.as_str(), reading.says.as_str(), rule(reading.direction));
        match self.readings(sign) {
            [] => vec![("", "", rule(plain(sign)))],
            several => several.iter().map(named).collect(),
        }
    }

    /// The readings of a target by its sign; none where there is only one way to read it.
    pub fn readings(&self, sign: Option<Sign>) -> &[NamedReading] {
        match sign {
            Some(Sign::AtLeast | Sign::MoreThan) => &[],
            Some(Sign::Equal) => &self.equal_readings,
            Some(Sign::AtMost | Sign::LessThan) | None => &self.reverse_readings,
        }
    }
}

/// How an actual is measured where the rulebook names no reading; of a target without a sign, how it is if the target is to
/// be kept.
fn plain(sign: Option<Sign>) -> Direction {
    match sign {
        Some(Sign::AtLeast | Sign::MoreThan | Sign::Equal) => Direction::Positive,
        Some(Sign::AtMost | Sign::LessThan) | None => Direction::Linear,
    }
}

/// Weight × B ÷ A, at most the weight.
pub fn budget_rule() -> Rule {
    let named = |id: &str| Expression::Name(id.to_owned());
    ProportionRule { value: named(SPENT), target: named(PLANNED), cap: true }.into()
}

fn points(weight: &Option<Sourced<Decimal>>) -> Option<Decimal> {
    weight.as_ref().map(|weight| weight.value)
}

/// A fact of a form, known by its id alone.
pub fn form_fact(id: String, kind: FactKind) -> Fact {
    let (aliases, phrases, denials) = (Vec::new(), Vec::new(), Vec::new());
    Fact {
        label: id.clone(),
        id,
        aliases,
        kind,
        cumulates: None,
        last_year: None,
        presumed: None,
        phrases,
        denials,
        note: None,
    }
}

/// A line of the form: under every reading one criterion, that carries the whole weight.
pub fn form_line(id: &str, name: &str, points: Option<Decimal>, rules: Vec<(&str, &str, Rule)>) -> Indicator {
    let reading = |(reading, says, rule): (&str, &str, Rule)| {
        let criterion = Criterion {
            id: id.to_owned(),
            name: name.to_owned(),
            clause: String::new(),
            points: points.unwrap_or(Decimal::ONE),
            least: Decimal::ZERO,
            rule,
            zero_when: Vec::new(),
            full_when: Vec::new(),
        };
        Reading {
            id: reading.to_owned(),
            says: says.to_owned(),
            criteria: vec![criterion],
            zero_when: Vec::new(),
            full_when: Vec::new(),
        }
    };
    Indicator {
        id: id.to_owned(),
        name: name.to_owned(),
        aliases: Vec::new(),
        section: String::new(),
        group: String::new(),
        points,
        clause: String::new(),
        notes: Vec::new(),
        readings: rules.into_iter().map(reading).collect(),
        cases: Vec::new(),
    }
}
