//! A rulebook as data: one city's scoring rules in one edition, after loading.
//!
//! Everything a city decides lives here; nothing in the engine names a city, a year or an indicator.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::expression::Expression;
pub use super::level::Level;
use crate::facts::known::Facts;
use crate::forms::FormKind;
pub use crate::rules::{Direction, Parameters, Rule};
use crate::text::Language;

/// One city's scoring rules in one edition.
#[derive(Debug, Clone)]
pub struct Rulebook {
    /// The name it is called by on the command line, such as `shenzhen-2020`.
    pub id: String,
    /// The title that reports print.
    pub name: String,
    /// Where the rules come from: the official document.
    pub source: String,
    /// SHA-256 of the file's bytes, in hexadecimal: which rules exactly were applied.
    pub sha256: String,
    /// The report years the edition holds for.
    pub years: Years,
    /// Grades from the best down; the last one starts at 0.
    pub grades: Vec<Grade>,
    /// From this many points up, an overstated or understated score is an error and not a warning.
    pub material: Decimal,
    /// A claim this close to a score counts as equal to it, in points.
    pub tolerance: Decimal,
    /// Remarks on the official text, printed with the rules.
    pub notes: Vec<String>,
    /// The form that the rules are for.
    pub form: FormKind,
    /// What they say of its rows.
    pub rows: Rows,
}

impl Rulebook {
    /// The card, where the rows of the form are the rulebook's.
    pub fn card(&self) -> Option<&Scorecard> {
        match &self.rows {
            Rows::Common(card) => Some(card),
            Rows::Own(_) => None,
        }
    }

    /// How rows are read and scored that each filer declares, where the form is made of them.
    pub fn own_rows(&self) -> Option<&Declared> {
        match &self.rows {
            Rows::Own(declared) => Some(declared),
            Rows::Common(_) => None,
        }
    }

    /// The facts that it names.
    pub fn facts(&self) -> &[Fact] {
        self.card().map_or(&[], |card| &card.facts)
    }
}

/// The years an edition holds for, both ends included; an open end has no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Years {
    /// First report year, if limited.
    pub from: Option<i32>,
    /// Last report year, if limited.
    pub to: Option<i32>,
}

impl Years {
    /// Whether the edition holds for a report year.
    pub fn hold(self, year: i32) -> bool {
        self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to)
    }

    /// The years for a list.
    pub fn in_words(self, language: Language) -> String {
        match (self.from, self.to) {
            (None, None) => language.word("run.years-any"),
            (Some(from), None) => language.say("run.years-from", &[("from", &from)]),
            (None, Some(to)) => language.say("run.years-to", &[("to", &to)]),
            (Some(from), Some(to)) if from == to => language.say("run.years-one", &[("year", &from)]),
            (Some(from), Some(to)) => language.say("run.years-between", &[("from", &from), ("to", &to)]),
        }
    }
}

/// A grade and the lowest total that earns it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grade {
    /// The official word, such as 优.
    pub name: String,
    /// Lowest total, in points, included.
    pub from: Decimal,
}

/// Whose the rows of a form are.
#[derive(Debug, Clone)]
pub enum Rows {
    /// The rulebook's, the same for all who file it: a fixed card.
    Common(Scorecard),
    /// The filer's, each with its own weight and target.
    Own(Box<Declared>),
}

/// A card of fixed indicators and the facts they are computed from.
#[derive(Debug, Clone)]
pub struct Scorecard {
    /// Sections of the card, in its order.
    pub sections: Vec<Section>,
    /// Facts in the order of the base-data table.
    pub facts: Vec<Fact>,
    /// Indicators in card order.
    pub indicators: Vec<Indicator>,
    /// How the completion table (自评表) bears on facts and indicators.
    pub completion: Completion,
    /// The facts that the department's project forms speak of, too.
    pub projects: Box<ProjectFacts>,
    /// The filer wrote it: each row of a form brings its own name, weight and target.
    pub is_filers: bool,
}

impl Scorecard {
    /// The facts that `indicator` uses under any reading, in rulebook order.
    pub fn facts_of(&self, indicator: &Indicator) -> impl Iterator<Item = &Fact> {
        let names: Vec<&str> = indicator.names().collect();
        self.facts.iter().filter(move |fact| names.contains(&fact.id.as_str()))
    }

    /// The indicators that use `fact`, in card order.
    pub fn users_of(&self, fact: &str) -> impl Iterator<Item = &Indicator> {
        self.indicators.iter().filter(move |indicator| indicator.uses(fact))
    }

    /// The only indicator that uses `fact`, if it is only one.
    pub fn only_user_of(&self, fact: &str) -> Option<&Indicator> {
        let mut users = self.users_of(fact);
        users.next().filter(|_| users.next().is_none())
    }
}

/// A section (一级指标) of the card.
#[derive(Debug, Clone)]
pub struct Section {
    /// Name within the rulebook.
    pub id: String,
    /// The card's word for it.
    pub name: String,
    /// Points of all its indicators.
    pub points: Decimal,
    /// Other names departments give it.
    pub aliases: Vec<String>,
}

/// One figure or answer that rules need.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Name within the rulebook and in every output.
    pub id: String,
    /// What the template prints.
    pub label: String,
    /// Other labels departments use.
    pub aliases: Vec<String>,
    /// What kind of value it has.
    pub kind: FactKind,
    /// The earlier fact whose figure this one includes, where it is cumulative over the year; a smaller figure is none.
    pub cumulates: Option<String>,
    /// The fact whose figure of the year before this one is (上年…): where last year's audits are at hand, it is taken from the
    /// department's own.
    pub last_year: Option<String>,
    /// The answer taken when none is given (then the working says 推定).
    pub presumed: Option<String>,
    /// Phrases of running text that state it; see the guide for their form.
    pub phrases: Vec<String>,
    /// Phrases of running text that deny it (only for yes/no facts): a candidate 否.
    pub denials: Vec<String>,
    /// A remark the template prints beside it.
    pub note: Option<String>,
}

/// The kinds of fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactKind {
    /// 是 or 否.
    YesNo,
    /// One of the rulebook's words.
    Choice {
        /// The words, in the card's order.
        options: Vec<String>,
    },
    /// An amount of money, at least 0.
    Money {
        /// The unit all its values are held in, such as 万元.
        unit: String,
    },
    /// A whole number, at least 0.
    Count {
        /// The counter, such as 项, 个 or 人.
        unit: String,
        /// A count of faults: 无 means 0 here, and only here.
        faults: bool,
    },
    /// A percentage, held as the number before the % sign.
    Percent {
        /// Largest percentage that can be true, such as 100 or 150.
        max: Decimal,
    },
    /// A number that a form's row declares, in whatever unit its filer wrote.
    Declared {
        /// The unit as written; empty where none is.
        unit: String,
    },
}

impl FactKind {
    /// The words that a fact of this kind can be answered with; none for figures.
    pub fn answers(&self) -> Vec<&str> {
        match self {
            FactKind::YesNo => vec![crate::contract::YES, crate::contract::NO],
            FactKind::Choice { options } => options.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// The unit its values are printed with; answers have none.
    pub fn unit(&self) -> Option<&str> {
        match self {
            FactKind::YesNo | FactKind::Choice { .. } => None,
            FactKind::Money { unit } | FactKind::Count { unit, .. } => Some(unit),
            FactKind::Declared { unit } => Some(unit.as_str()).filter(|unit| !unit.is_empty()),
            FactKind::Percent { .. } => Some("%"),
        }
    }
}

/// One scored line of the card (三级指标).
#[derive(Debug, Clone)]
pub struct Indicator {
    /// Name within the rulebook and in every output.
    pub id: String,
    /// The card's name for it.
    pub name: String,
    /// Other names departments give it.
    pub aliases: Vec<String>,
    /// Its section's id.
    pub section: String,
    /// Its 二级指标.
    pub group: String,
    /// Points it can earn; none where the filer of a form states no weight.
    pub points: Option<Decimal>,
    /// The clause in short, with the official numbering.
    pub clause: String,
    /// Remarks on the clause, printed with the rules and in the working papers.
    pub notes: Vec<String>,
    /// Every permitted way to understand the clause; the first is the default. Never empty.
    pub readings: Vec<Reading>,
    /// Sums done by hand from the clause, that the rules have to yield.
    pub cases: Vec<Case>,
}

impl Indicator {
    /// What its criteria are computed with: its points, or where none are stated shares of one whole.
    pub fn most(&self) -> Decimal {
        self.points.unwrap_or(Decimal::ONE)
    }

    /// True when the clause can be understood in more than one way.
    pub fn has_readings(&self) -> bool {
        self.readings.len() > 1
    }

    /// Every fact and every criterion that its rules and conditions use under any reading; some more than once.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.readings.iter().flat_map(Reading::names)
    }

    /// The levels of attainment that it can reach, if it is measured by levels.
    pub fn levels(&self) -> &[Level] {
        let criteria = self.readings.iter().flat_map(|reading| &reading.criteria);
        let levels = criteria.into_iter().map(|criterion| criterion.rule.parameters().levels());
        levels.into_iter().find(|levels| !levels.is_empty()).unwrap_or_default()
    }

    /// True for the fact that says which way a target is meant, where its filer wrote no sign.
    pub fn is_direction(&self, fact: &str) -> bool {
        let rules = self.readings.iter().flat_map(|reading| &reading.criteria).map(|criterion| &criterion.rule);
        rules.into_iter().any(|rule| rule.parameters().direction_fact() == Some(fact))
    }

    /// True when its score depends on that fact under any reading.
    pub fn uses(&self, fact: &str) -> bool {
        self.names().any(|name| name == fact)
    }
}

/// A sum done by hand from the clause: with these facts, this score.
#[derive(Debug, Clone)]
pub struct Case {
    /// What it shows, in words; may be empty.
    pub says: String,
    /// What is known; every other fact is missing.
    pub facts: Facts,
    /// The score under the default reading, and under every reading that is not named.
    pub score: Span,
    /// The scores under other readings, by reading id.
    pub readings: Vec<(String, Span)>,
}

/// A score, or the range it lies in where facts are missing; both ends in points, rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// Lowest.
    pub low: Decimal,
    /// Highest.
    pub high: Decimal,
}

/// One permitted way to understand a clause: the complete rules under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Its name in outputs; empty for the only reading of a plain clause.
    pub id: String,
    /// The reading in words.
    pub says: String,
    /// What the indicator adds up, in card order.
    pub criteria: Vec<Criterion>,
    /// Any of these makes the whole indicator 0.
    pub zero_when: Vec<Condition>,
    /// Any of these earns the whole indicator.
    pub full_when: Vec<Condition>,
}

impl Reading {
    /// Every fact and every earlier criterion that its rules and conditions use.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let conditions = self.zero_when.iter().chain(&self.full_when).flat_map(Condition::names);
        self.criteria.iter().flat_map(Criterion::names).chain(conditions)
    }
}

/// One part of an indicator's score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// Name within the indicator; later criteria can use its points in their expressions.
    pub id: String,
    /// What the working calls it, such as 一季度; the fact's label where the rulebook gives no name.
    pub name: String,
    /// The clause in short.
    pub clause: String,
    /// Points it can earn.
    pub points: Decimal,
    /// Points that the clause itself leaves at least, such as 1 in 满意度<80%的，得1分; else 0. A deduction
    /// stops there; of other kinds the check of rulebooks wants it said.
    pub least: Decimal,
    /// How it gives points.
    pub rule: Rule,
    /// Any of these makes the criterion 0.
    pub zero_when: Vec<Condition>,
    /// Any of these earns the whole criterion.
    pub full_when: Vec<Condition>,
}

impl Criterion {
    /// All its conditions.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.zero_when.iter().chain(&self.full_when)
    }

    /// Every fact and every earlier criterion that its rule and conditions use.
    pub fn names(&self) -> Vec<&str> {
        self.rule.parameters().names().into_iter().chain(self.conditions().flat_map(Condition::names)).collect()
    }
}

/// A condition on facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// A fact has this answer.
    Is {
        /// The fact.
        fact: String,
        /// The answer.
        answer: String,
    },
    /// One expression compared with another.
    Compare {
        /// Left side.
        value: Expression,
        /// How.
        comparison: Comparison,
        /// Right side.
        with: Expression,
    },
}

impl Condition {
    /// Every fact and every earlier criterion that it uses.
    pub fn names(&self) -> Vec<&str> {
        match self {
            Condition::Is { fact, .. } => vec![fact],
            Condition::Compare { value, with, .. } => value.names().into_iter().chain(with.names()).collect(),
        }
    }
}

/// The comparisons of conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// Greater than.
    Above,
    /// Greater than or equal to.
    AtLeast,
    /// Less than.
    Below,
    /// Less than or equal to.
    AtMost,
    /// Equal to.
    Equal,
}

impl Comparison {
    /// Whether the left stands to the right as it says.
    pub fn holds<T: PartialOrd>(self, left: &T, right: &T) -> bool {
        match self {
            Comparison::Above => left > right,
            Comparison::AtLeast => left >= right,
            Comparison::Below => left < right,
            Comparison::AtMost => left <= right,
            Comparison::Equal => left == right,
        }
    }
}

/// How the completion table bears on facts and indicators.
#[derive(Debug, Clone, Default)]
pub struct Completion {
    /// The fact that its total of planned amounts supplies when nothing else does.
    pub budget_total: Option<String>,
    /// The fact that spent ÷ planned must agree with.
    pub execution_rate: Option<String>,
    /// The indicator whose full claim a missed numeric target speaks against.
    pub judged: Option<String>,
    /// Words of the aspects of benefit, each found in a KPI row's labels.
    pub aspects: Vec<Aspect>,
    /// How many aspects must be filled in; 0: no such demand.
    pub aspects_min: usize,
}

/// The facts of a card that the forms of the same department's projects speak of, too, by their ids; none where a card has no
/// such fact.
#[derive(Debug, Clone, Default)]
pub struct ProjectFacts {
    /// How many projects the department has.
    pub count: Option<String>,
    /// The whole budget of the department, which holds those of its projects.
    pub budget: Option<String>,
    /// The share of that budget that was spent, a percentage.
    pub execution_rate: Option<String>,
    /// The satisfaction of those served, a percentage.
    pub satisfaction: Option<String>,
}

/// One aspect of benefit that the completion table should show.
#[derive(Debug, Clone)]
pub struct Aspect {
    /// Its name in messages.
    pub name: String,
    /// Words in a KPI row's labels that mean it.
    pub words: Vec<String>,
}

/// Parameters of a form whose rows are declared by the filer.
#[derive(Debug, Clone)]
pub struct Declared {
    /// Name of the budget row in messages.
    pub budget_name: String,
    /// Total of all weights.
    pub total: Decimal,
    /// Words of signs, units, levels and headings.
    pub words: DeclaredWords,
    /// Levels of a qualitative target, best first.
    pub levels: Vec<Level>,
    /// Sections (一级指标) and their usual weights.
    pub sections: Vec<DeclaredSection>,
    /// Thresholds of the suspicions.
    pub suspicions: Suspicions,
    /// The readings of an `=` target, default first.
    pub equal_readings: Vec<NamedReading>,
    /// The readings of a reverse target, default first.
    pub reverse_readings: Vec<NamedReading>,
    /// Units that count the same thing under several names, such as 人, 名 and 位.
    pub same_units: Vec<Vec<String>>,
    /// The section whose rows tell how satisfied those served are.
    pub satisfaction: Option<String>,
}

/// A named reading of a declared row's target, in words.
#[derive(Debug, Clone)]
pub struct NamedReading {
    /// How it measures; the reading's id in outputs is its word.
    pub direction: Direction,
    /// The reading in words.
    pub says: String,
}

/// A section of a declared form.
#[derive(Debug, Clone)]
pub struct DeclaredSection {
    /// The form's word for it.
    pub name: String,
    /// The usual weight of all its rows.
    pub points: Decimal,
}

/// Words that the declared form's reading needs.
#[derive(Debug, Clone, Default)]
pub struct DeclaredWords {
    /// Titles by which the form is recognised.
    pub titles: Vec<String>,
    /// Words that a reason for a deviation must not consist of.
    pub empty_reasons: Vec<String>,
    /// Words in a row's name that mean spending of money, not output.
    pub spending: Vec<String>,
    /// Guidance of the official template that must not remain in cells.
    pub guidance: Vec<String>,
    /// Words in a label that mean the cost of a project; spending of money is no output, but may be a cost.
    pub costs: Vec<String>,
    /// Words of the section whose rows are outputs.
    pub outputs: Vec<String>,
    /// Words in a reason that show that it speaks of the money.
    pub funds: Vec<String>,
}

/// Thresholds of the suspicions about a declared form. They change no points.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Suspicions {
    /// An actual from this multiple of the target up needs a reason (1.3).
    pub far_exceeded: Decimal,
    /// An execution rate below this needs a reason (0.9).
    pub low_execution: Decimal,
    /// One row carrying more than this share of the indicator points is told (0.5).
    pub concentrated: Decimal,
    /// The indicators' score rate may exceed the budget's by this much, relatively (0.05).
    pub exceed_execution: Decimal,
}
