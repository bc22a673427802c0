//! Every indicator with its claim, its ends and its verdict over them.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::audit::{Entered, EnteredAbout, IndicatorAudit};
use crate::entered::{About, reading_ids};
use crate::phrase::Phrase;
use crate::report::alternatives::{self, Alternative, NotLive};
use crate::report::entries::value_cell;
use crate::report::formula;
use crate::report::sheets::differences;
use crate::report::table::{Cell, Input, Outcome, Style, address};
use crate::rulebook::{Indicator, Scorecard};
use crate::rules::live::{Ends, Weight};

use crate::report::paper_cells::{CLAIM, COLUMNS, HIGH, LOW, POINTS};

use super::{Writer, over};

/// What of an indicator is live.
struct Live {
    /// The formulas of its lowest and of its highest score.
    ends: Ends,
    /// The cells of both for every case, by reading.
    sums: BTreeMap<usize, Vec<Ends>>,
    /// The cell in which a reviewer chooses the reading, and the words for each; none where there is only one.
    choice: Option<(String, Vec<String>)>,
}

impl<'a> Writer<'a> {
    /// Every indicator, live where its rules are at hand.
    pub(super) fn scores(&mut self) {
        self.heading("paper-scores");
        for (number, audited) in (1..).zip(&self.department.audit.indicators) {
            let rules = self.card.and_then(|card| card.indicators.iter().find(|rules| rules.id == audited.id));
            self.anchors.insert(audited.id.clone(), self.at());
            match (self.card, rules) {
                (Some(card), Some(rules)) => self.indicator(number, audited, card, rules),
                _ => self.not_live(number, audited, None),
            }
        }
    }

    fn indicator(&mut self, number: usize, audited: &IndicatorAudit, card: &Scorecard, rules: &Indicator) {
        let chosen = self.chosen_reading(rules);
        let cases = match alternatives::of(card, rules, &self.choices, audited, chosen) {
            Ok(cases) => cases,
            Err(why) => return self.not_live(number, audited, Some(why)),
        };
        let heading = self.rows.len();
        self.push(vec![]);
        let choice = self.choice_row(rules);
        let live = match (cases.as_slice(), self.weights.get(&rules.id)) {
            ([one], Some(weight)) => self.in_heading(rules, one, weight),
            _ => self.over_cases(audited, rules, &cases, choice),
        };
        self.rows[heading].cells = self.heading_row(number, audited, Some(&live));
        if card.is_filers {
            self.steps(audited);
        }
        self.notes(&rules.notes);
    }

    /// What the rulebook notes on the clause: whoever judges the indicator has to know it.
    fn notes(&mut self, notes: &[String]) {
        for note in notes {
            let words = self.plan.say("paper-note", &[("note", note)]);
            self.push(vec![Cell::default(), Cell::text(words).style(Style::Remark).span(COLUMNS - 1)]);
        }
    }

    /// The result without formulas, and why.
    fn not_live(&mut self, number: usize, audited: &IndicatorAudit, why: Option<NotLive>) {
        let row = self.heading_row(number, audited, None);
        self.push(row);
        if let Some(why) = why {
            let key = if why == NotLive::TooMany { "paper-too-many" } else { "paper-not-live" };
            self.push(vec![Cell::text(self.plan.word(key)).style(Style::Remark).span(COLUMNS)]);
        }
        self.workings(audited);
    }

    /// A form's line with only one case has its formulas in its heading.
    fn in_heading(&self, rules: &Indicator, case: &Alternative, weight: &Weight) -> Live {
        let at = self.anchors[&rules.id];
        let ends = formula::line(&self.scope(rules, case), rules, &rules.readings[0], weight);
        let sums = BTreeMap::from([(0, vec![Ends { low: address(at, LOW), high: address(at, HIGH) }])]);
        Live { ends, sums, choice: None }
    }

    /// The lowest and the highest of all cases, or of those of the reading that a reviewer has chosen.
    fn over_cases(
        &mut self,
        audited: &IndicatorAudit,
        rules: &Indicator,
        cases: &[Alternative],
        choice: Option<(String, Vec<String>)>,
    ) -> Live {
        let mut sums: BTreeMap<usize, Vec<Ends>> = BTreeMap::new();
        for (case, ends) in cases.iter().zip(self.side_by_side(audited, rules, cases)) {
            sums.entry(case.reading).or_default().push(ends);
        }
        let mut live = Live { ends: over_all(sums.values().flatten()), sums, choice };
        let low = live.chosen(|sums| over_all(sums.iter()).low, live.ends.low.clone());
        let high = live.chosen(|sums| over_all(sums.iter()).high, live.ends.high.clone());
        let high = self.weights.get(&rules.id).map_or(high.clone(), |weight| weight.guard(&high));
        live.ends = Ends { low, high };
        live
    }

    /// The reading that a reviewer has chosen, as the audit used it.
    fn chosen_reading(&self, rules: &Indicator) -> Option<usize> {
        let mut entered = self.department.audit.entered.iter();
        let of_reading =
            |it: &&Entered| it.about == EnteredAbout::Reading && it.indicator.as_deref() == Some(rules.id.as_str());
        let chosen = entered.find(of_reading)?;
        rules.readings.iter().position(|reading| reading.id == chosen.value)
    }

    /// What a reading is called where one is chosen.
    pub(super) fn reading_name(&self, number: usize) -> String {
        self.plan.say("paper-reading", &[("number", &number)])
    }

    /// A row in which a reviewer chooses the reading; none where there is only one.
    fn choice_row(&mut self, rules: &Indicator) -> Option<(String, Vec<String>)> {
        if !rules.has_readings() || self.is_filers() {
            return None;
        }
        let names: Vec<String> = (1..=rules.readings.len()).map(|number| self.reading_name(number)).collect();
        self.choice_heading();
        let cell = address(self.at(), CHOICE);
        let typed = self.entry(About::Reading, &[&rules.id]);
        let key = self.key(About::Reading, &[&rules.id]);
        let entry = value_cell(typed.and_then(|typed| typed.value.as_ref()));
        self.push(vec![
            Cell::default(),
            Cell::text(self.plan.word("paper-choice")).style(Style::Label).span(CHOICE - 1),
            entry.style(Style::Fact).input(Input::Words(names.clone())).span(2),
            Cell::text(self.plan.word("paper-choice-hint")).style(Style::Remark).span(COLUMNS - 2 - CHOICE),
            Cell::text(key),
            Cell::default(),
            Cell::default(),
            Cell::text(reading_ids(rules.readings.iter().map(|reading| reading.id.as_str()))),
        ]);
        Some((cell, names))
    }

    /// By its headings a later run knows which cell holds the choice.
    fn choice_heading(&mut self) {
        self.push(vec![
            Cell::default(),
            Cell::default().span(CHOICE - 1),
            self.column_name("column-entered-value").span(2),
            Cell::default().span(COLUMNS - 2 - CHOICE),
            self.header("column-key"),
            Cell::default(),
            Cell::default(),
            self.header("column-basis"),
        ]);
    }

    /// The line with the indicator's name, claim, ends and verdict.
    fn heading_row(&self, number: usize, audited: &IndicatorAudit, live: Option<&Live>) -> Vec<Cell> {
        let verdict = self.plan.verdict(audited.verdict);
        let (complete, default) = self.completeness(audited, live);
        let (points, low, high, verdict) = match live {
            Some(live) => (
                self.points_cell(audited),
                self.end(live.ends.low.clone(), Some(audited.low)),
                self.end(live.ends.high.clone(), audited.high),
                Cell::formula(
                    self.verdict_formula(self.anchors[&audited.id], audited.is_open(), live),
                    Outcome::Words(verdict),
                ),
            ),
            None => (
                Cell::figure_option(audited.points),
                Cell::score(audited.low),
                Cell::score_option(audited.high),
                Cell::text(verdict),
            ),
        };
        vec![
            Cell::count(number).style(Style::Section),
            Cell::text(audited.name.clone()).style(Style::Section),
            points.style(Style::Section),
            self.column_name("paper-claim"),
            self.claim_cell(audited).style(Style::Sum),
            self.column_name("paper-low"),
            low.style(Style::Sum),
            self.column_name("paper-high"),
            high.style(Style::Sum),
            verdict.style(Style::Verdict(audited.verdict)).span(2),
            self.settling_cell(audited),
            Cell::default(),
            complete,
            default,
        ]
    }

    /// Whether every reading gives one number, and the default reading's: what 核定表 proposes rests on both.
    fn completeness(&self, audited: &IndicatorAudit, live: Option<&Live>) -> (Cell, Cell) {
        let stored = Decimal::from(u8::from(audited.default.is_some()));
        let Some(live) = live.filter(|_| !audited.is_open()) else {
            return (Cell::figure(stored), Cell::score_option(audited.default));
        };
        let tests = self.complete_formula(live);
        let default = self.default_formula(live);
        let outcome = audited.default.map_or_else(|| Outcome::Words(String::new()), Outcome::Score);
        (
            Cell::formula(format!("IF({tests},1,0)"), Outcome::Score(stored)),
            Cell::formula(format!("IF({tests},{default},\"\")"), outcome),
        )
    }

    /// Whether every reading that counts gives one number.
    fn complete_formula(&self, live: &Live) -> String {
        let all = format!("AND({})", self.complete_readings(live).join(","));
        let of_one: BTreeMap<usize, String> = live.sums.keys().copied().zip(self.complete_readings(live)).collect();
        live.chosen_of(|reading| of_one.get(&reading).cloned(), all)
    }

    /// The score of the default reading, or of the one that a reviewer has chosen.
    fn default_formula(&self, live: &Live) -> String {
        let first = live.sums.values().next().map_or_else(String::new, |sums| over_all(sums.iter()).low);
        live.chosen(|sums| over_all(sums.iter()).low, first)
    }

    /// For every reading, whether its cases give one number.
    fn complete_readings(&self, live: &Live) -> Vec<String> {
        let width = |sums: &Vec<Ends>| {
            let Ends { low, high } = over_all(sums.iter());
            let width = format!("ROUND({high}-{low},10)=0");
            if self.is_filers() { format!("IF(ISNUMBER({high}),{width},FALSE)") } else { width }
        };
        live.sums.values().map(width).collect()
    }

    /// The points, of a form's line as its cell has them.
    pub(super) fn points_cell(&self, audited: &IndicatorAudit) -> Cell {
        match self.weights.get(&audited.id) {
            Some(weight) => self.end(weight.guard(&weight.cell), audited.points),
            None => Cell::figure_option(audited.points),
        }
    }

    fn claim_cell(&self, audited: &IndicatorAudit) -> Cell {
        let several = self.plan.claims_in_words(audited);
        let claim = match (audited.claimed, &audited.source) {
            _ if several.is_some() => Cell::text(several.unwrap_or_default()),
            (Some(claimed), _) => Cell::figure(claimed),
            (None, Some(source)) => Cell::text(source.text.clone()),
            (None, None) => Cell::default(),
        };
        let source = audited.source.as_ref();
        claim.link(source.and_then(|_| self.plan.file_link(self.department.audit, source)))
    }

    fn settling_cell(&self, audited: &IndicatorAudit) -> Cell {
        let link = differences::row_of(self.plan, self.index, &audited.id);
        if !audited.settled_by.is_empty() {
            let items = differences::settled_by(self.plan, self.department, &audited.settled_by);
            return Cell::text(self.plan.say("paper-settled", &[("items", &items)])).link(link);
        }
        match link {
            Some(link) => Cell::text(self.plan.word("paper-to-list")).link(Some(link)),
            None => Cell::default(),
        }
    }

    /// One verdict for a claim over the cases of every reading; a form's line without points is never complete.
    fn verdict_formula(&self, at: u32, is_open: bool, live: &Live) -> String {
        let complete = [self.complete_formula(live)];
        let default = self.default_formula(live);
        self.verdict_words(at, is_open, &complete, &default)
    }

    /// One verdict for a claim, as the specification compares it with the ends in the heading of its line. Where nobody can
    /// say what is claimed, no number means that nothing can be compared yet.
    fn verdict_words(&self, at: u32, is_open: bool, complete: &[String], default: &str) -> String {
        let [points, claim, low, high] = [POINTS, CLAIM, LOW, HIGH].map(|column| address(at, column));
        let tolerance = self.department.rulebook.map_or(Decimal::ZERO, |book| book.tolerance).normalize();
        let word = |verdict| format!("\"{}\"", self.plan.verdict(verdict));
        use crate::audit::Verdict::*;
        let above = format!(
            "OR(IF(ISNUMBER({points}),ROUND({claim}-MAX({points},ROUND({points},2)),10)>0,FALSE),\
             IF(ISNUMBER({high}),ROUND({claim}-{high}-{tolerance},10)>0,FALSE))"
        );
        format!(
            "IF(NOT(ISNUMBER({claim})),{no_number},IF({claim}<0,{invalid},IF({above},{over},\
             IF(ROUND({low}-{claim}-{tolerance},10)>0,{under},IF(NOT(AND({complete})),{unknown},\
             IF(ROUND(ABS({claim}-{default})-{tolerance},10)<=0,{agrees},{depends}))))))",
            no_number = word(if is_open { Unverifiable } else { Invalid }),
            invalid = word(Invalid),
            over = word(Overstated),
            under = word(Understated),
            unknown = word(Unverifiable),
            agrees = word(Agrees),
            depends = word(ReadingDependent),
            complete = complete.join(","),
        )
    }

    /// Steps of the indicator's working that no criterion shows, one to a line.
    pub(super) fn other_workings(&self, audited: &IndicatorAudit) -> String {
        let criteria: Vec<Phrase> = audited.criteria.iter().map(|criterion| criterion.working.open()).collect();
        let steps = audited.working.open();
        let others = steps.iter().filter(|step| !criteria.contains(step));
        let lines: Vec<String> = others.map(|step| self.plan.phrase(step)).collect();
        lines.join("\n")
    }

    /// Criteria, readings and workings as the audit has them, without formulas.
    fn workings(&mut self, audited: &IndicatorAudit) {
        for criterion in &audited.criteria {
            self.push(vec![
                Cell::default(),
                Cell::text(criterion.clause.clone()),
                Cell::figure(criterion.points).style(Style::Centre),
                Cell::score(criterion.low),
                Cell::score(criterion.high),
                Cell::default().span(6),
                Cell::text(self.plan.phrase(&criterion.working.open())),
            ]);
        }
        for reading in &audited.readings {
            self.push(vec![
                Cell::default(),
                Cell::text(reading.id.clone()),
                Cell::default(),
                Cell::score(reading.low),
                Cell::score(reading.high),
                Cell::default().span(7),
            ]);
        }
        if !audited.working.is_empty() {
            self.steps(audited);
        }
    }

    /// The working in words.
    fn steps(&mut self, audited: &IndicatorAudit) {
        let words = Cell::text(self.plan.working(&audited.working.open()).join("\n")).span(COLUMNS - 1);
        self.push(vec![Cell::default(), words]);
    }
}

impl Live {
    /// A formula over the reading that a reviewer has chosen, else the one for all of them.
    fn chosen(&self, of_one: impl Fn(&Vec<Ends>) -> String, all: String) -> String {
        self.chosen_of(|reading| self.sums.get(&reading).map(&of_one), all)
    }

    fn chosen_of(&self, of_one: impl Fn(usize) -> Option<String>, all: String) -> String {
        let Some((cell, names)) = &self.choice else { return all };
        let named = names.iter().enumerate().rev();
        named.fold(all, |otherwise, (reading, name)| match of_one(reading) {
            Some(formula) => format!("IF({cell}=\"{}\",{formula},{otherwise})", name.replace('"', "\"\"")),
            None => otherwise,
        })
    }
}

/// Where the reading is chosen: in the column of all entries of a working paper.
const CHOICE: u16 = 4;

/// The lowest and the highest of several cells.
fn over_all<'e>(ends: impl Iterator<Item = &'e Ends> + Clone) -> Ends {
    let low = over(ends.clone().map(|ends| ends.low.as_str()), "MIN");
    Ends { low, high: over(ends.map(|ends| ends.high.as_str()), "MAX") }
}
