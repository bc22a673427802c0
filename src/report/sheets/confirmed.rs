//! 核定表: every indicator of every department, with the one place for the bureau's score. What needs nobody is filtered away and
//! one click from being seen; whatever else shows an entry refers to this list. (bureau.md, “核定”)

use rust_decimal::Decimal;

use crate::audit::Verdict;
use crate::carry::{Holds, STATES, Typed};
use crate::decimal_text::figure_text;
use crate::judge::most_claimable;
use crate::report::decision_cells::{FIRST, place_of};
use crate::report::decisions::{AS_COMPUTED, Decision, PROGRESS, Progress, Shares};
use crate::report::entries::{confirmed_cell, state_words};
use crate::report::list::{self, ListColumn};
use crate::report::paper_cells;
use crate::report::plan::{Department, Plan};
use crate::report::sheet::Sheet;
use crate::report::table::{
    Ask, Cell, Input, Mark, Outcome, Row, Shown, Style, Table, address, column_letters, fixed, quoted,
};
use crate::settled_by::SettledBy;
use crate::taken::Taken;

use super::differences;

/// The texts of the sheet.
const TEXTS: list::Texts = list::Texts { sheet: "sheet-confirmed", title: "confirmed-title", lead: "confirmed-lead" };

/// The sheet; none where nothing was audited. It has more rows than all the others together.
pub fn sheet<'p>(plan: &'p Plan) -> Option<Sheet<'p>> {
    let count = plan.decisions_in_all();
    if count == 0 {
        return None;
    }
    let table = frame(plan);
    let first = table.first_row();
    let row = move |place: usize| {
        let (index, indicator) = plan.decision_at(place);
        let (department, decision) = (&plan.departments[index], &plan.decisions[index][indicator]);
        row(&Line { plan, department, index, decision, at: first + place as u32 })
    };
    Some(Sheet::later(table, count, row))
}

fn frame(plan: &Plan) -> Table {
    let shown = PROGRESS.into_iter().filter(|progress| *progress != Progress::NotNeeded);
    let progress = column_letters(place_of("column-progress"));
    Table {
        marks: vec![Mark {
            column: place_of("column-confirmed"),
            formula: format!("${progress}{}=\"{}\"", FIRST + 1, plan.word(Progress::Refused.key())),
            style: Style::Refused,
        }],
        only: Some(Shown {
            column: place_of("column-progress"),
            words: shown.map(|progress| plan.word(progress.key())).collect(),
        }),
        ..list::sheet(plan, TEXTS, &COLUMNS, 3)
    }
}

/// What a row is made of.
pub struct Line<'p> {
    plan: &'p Plan<'p>,
    department: &'p Department<'p>,
    /// The place of the department.
    index: usize,
    decision: &'p Decision<'p>,
    /// The row of the sheet.
    at: u32,
}

/// A column with what it shows of a line.
type LineColumn = ListColumn<fn(&Line) -> Cell>;

/// The columns, in their order.
pub const COLUMNS: [LineColumn; 29] = [
    ListColumn::plain("column-number", 5, |line| Cell::count((line.at - FIRST) as usize + 1).style(Style::Centre)),
    ListColumn::read("column-department", 20, Holds::Department, |line| {
        Cell::text(line.department.name.clone()).link(Some(line.plan.paper_link(line.department, None)))
    }),
    ListColumn::read("column-indicator", 20, Holds::Indicator, name),
    ListColumn::plain("column-points", 6, |line| Cell::figure_option(line.decision.indicator.points)),
    ListColumn::read("column-claim", 7, Holds::Claim, claim),
    ListColumn::plain("column-lowest", 8, low),
    ListColumn::plain("column-highest", 8, high),
    ListColumn::read("column-verdict", 9, Holds::Problem, verdict),
    ListColumn::read("column-open-question", 34, Holds::Why, question),
    ListColumn::plain("column-proposed", 7, proposed),
    ListColumn::read("column-confirmed", 7, Holds::Confirmed, confirmed),
    ListColumn::read("column-reason", 24, Holds::Reason, |line| entry(line, |typed| typed.reason.as_ref())),
    ListColumn::read("column-reviewer", 8, Holds::Reviewer, |line| entry(line, |typed| typed.reviewer.as_ref())),
    ListColumn::read("column-date", 11, Holds::Date, |line| entry(line, |typed| typed.date.as_ref())),
    ListColumn::read("column-state", 11, Holds::State, state),
    ListColumn::plain("column-progress", 11, progress),
    ListColumn::read("column-remark", 14, Holds::Remark, |line| entry(line, |typed| typed.remark.as_ref())),
    ListColumn::read("column-change", 12, Holds::Change, change),
    ListColumn::hidden("column-department-number", Holds::DepartmentNumber, |line| Cell::count(line.department.number)),
    ListColumn::hidden("column-decided", Holds::Other, decided),
    ListColumn::hidden("column-grantable", Holds::Other, granted),
    ListColumn::hidden("column-agreed", Holds::Other, agreed),
    ListColumn::hidden("column-overstated", Holds::Other, overstated),
    ListColumn::hidden("column-understated", Holds::Other, understated),
    ListColumn::hidden("column-doubted", Holds::Other, doubted),
    ListColumn::hidden("column-open", Holds::Other, open),
    ListColumn::hidden("column-key", Holds::Key, |line| Cell::text(line.decision.key.clone())),
    ListColumn::hidden("column-basis", Holds::Basis, |line| Cell::text(line.decision.basis.clone())),
    ListColumn::hidden("column-signed", Holds::Signed, |line| Cell::text(line.decision.signed())),
];

fn row(line: &Line) -> Row {
    Row::of(COLUMNS.iter().map(|column| (column.cell)(line)).collect())
}

impl Line<'_> {
    fn typed(&self) -> Option<&Typed> {
        self.decision.typed()
    }

    /// The cell of a column in this row.
    fn cell(&self, key: &str) -> String {
        address(self.at, place_of(key))
    }

    fn word(&self, key: &str) -> String {
        format!("\"{}\"", self.plan.word(key))
    }

    fn verdict_word(&self, verdict: Verdict) -> String {
        format!("\"{}\"", self.plan.verdict(verdict))
    }

    /// A cell of the indicator's line in the working paper, where the paper stands in this workbook.
    fn in_paper(&self, column: u16) -> Option<String> {
        let row = *self.department.anchors.get(&self.decision.indicator.id)?;
        let here = self.plan.apart().is_none();
        here.then(|| format!("{}!{}", quoted(&self.department.paper), fixed(row, column)))
    }

    /// True where something has to hold besides for the computed score to stand: the claim's own formulas in words.
    fn settled(&self) -> String {
        let [confirmed, proposed, state, change] =
            ["column-confirmed", "column-proposed", "column-state", "column-change"].map(|key| self.cell(key));
        let signed = format!("OR({change}=\"\",{state}<>{})", self.word(STATES[0]));
        let as_computed: Vec<String> = AS_COMPUTED.iter().map(|key| format!("{state}={}", self.word(key))).collect();
        format!(
            "IF({confirmed}=\"\",AND(ISNUMBER({proposed}),OR({})),AND({},{signed}))",
            as_computed.join(","),
            self.is_valid(&confirmed)
        )
    }

    /// Whether what was typed is a score from 0 to the points: a pasted value passes by every drop-down.
    fn is_valid(&self, confirmed: &str) -> String {
        match self.decision.indicator.points.map(most_claimable) {
            Some(most) => format!(
                "IF(ISNUMBER({confirmed}),AND({confirmed}>=0,ROUND({confirmed}-{},10)<=0),FALSE)",
                most.normalize()
            ),
            None => format!("IF(ISNUMBER({confirmed}),{confirmed}>=0,FALSE)"),
        }
    }

    /// A number in one of the hidden columns, kept short: `then` where the row is decided, else `otherwise`.
    fn share(&self, then: &str, otherwise: &str, stored: Decimal) -> Cell {
        let decided = self.cell("column-decided");
        let formula = format!("ROUND(IF(ISNUMBER({decided}),{then},{otherwise}),10)");
        Cell::formula(formula, Outcome::Score(stored))
    }

    /// The claim as it is counted.
    fn counted(&self) -> String {
        match self.decision.indicator.taken() {
            Taken::Score(_) => self.cell("column-claim"),
            Taken::Invalid | Taken::Open { .. } => "0".to_owned(),
        }
    }

    fn shares(&self) -> Shares {
        self.decision.shares()
    }

    /// Whether every reading gives one number, in the working paper or as it was audited.
    fn complete(&self) -> String {
        let known = || (if self.decision.indicator.default.is_some() { "TRUE" } else { "FALSE" }).to_owned();
        self.in_paper(paper_cells::COMPLETE).map_or_else(known, |cell| format!("{cell}=1"))
    }
}

fn name(line: &Line) -> Cell {
    let indicator = line.decision.indicator;
    Cell::text(indicator.name.clone()).link(Some(line.plan.paper_link(line.department, Some(&indicator.id))))
}

fn claim(line: &Line) -> Cell {
    let indicator = line.decision.indicator;
    let several = line.plan.claims_in_words(indicator);
    several.map_or_else(|| Cell::figure_option(indicator.claimed), Cell::text).style(Style::Centre)
}

fn low(line: &Line) -> Cell {
    let low = line.decision.indicator.low;
    match line.in_paper(paper_cells::LOW) {
        Some(cell) => Cell::formula(cell, Outcome::Score(low)),
        None => Cell::score(low),
    }
}

fn high(line: &Line) -> Cell {
    let high = line.decision.indicator.high;
    let unknown = || line.plan.word("paper-unknown");
    match line.in_paper(paper_cells::HIGH) {
        Some(cell) => Cell::formula(cell, high.map_or_else(|| Outcome::Words(unknown()), Outcome::Score)),
        None => high.map_or_else(|| Cell::text(unknown()).style(Style::Centre), Cell::score),
    }
}

fn verdict(line: &Line) -> Cell {
    let verdict = line.decision.indicator.verdict;
    let words = line.plan.verdict(verdict);
    let cell = match line.in_paper(paper_cells::VERDICT) {
        Some(cell) => Cell::formula(cell, Outcome::Words(words)),
        None => Cell::text(words),
    };
    cell.style(Style::Verdict(verdict))
}

/// The question or the evidence that is open; where the figures are complete, the way to what was found.
fn question(line: &Line) -> Cell {
    let indicator = line.decision.indicator;
    let link = differences::row_of(line.plan, line.index, &indicator.id);
    let items: &[SettledBy] = &indicator.settled_by;
    let words = match (items.is_empty(), indicator.verdict) {
        (false, _) => differences::settled_by(line.plan, line.department, items),
        (true, Verdict::ReadingDependent) => line.plan.word("confirmed-reading"),
        (true, Verdict::Invalid) => line.plan.word("confirmed-invalid"),
        (true, _) if link.is_some() => line.plan.word("paper-to-list"),
        (true, _) => String::new(),
    };
    Cell::text(words).link(link)
}

/// The computed score where it is a number; empty where a person has to judge.
fn proposed(line: &Line) -> Cell {
    let verdict = line.cell("column-verdict");
    let agrees = match line.decision.indicator.taken() {
        Taken::Score(_) => format!("MIN({},{})", line.cell("column-claim"), line.cell("column-highest")),
        Taken::Invalid | Taken::Open { .. } => "\"\"".to_owned(),
    };
    let default = match (line.in_paper(paper_cells::DEFAULT), line.decision.indicator.default) {
        (Some(cell), _) => cell,
        (None, Some(default)) => default.normalize().to_string(),
        (None, None) => "\"\"".to_owned(),
    };
    let formula = format!(
        "IF({verdict}={},{agrees},IF(AND({},{verdict}<>{}),{default},\"\"))",
        line.verdict_word(Verdict::Agrees),
        line.complete(),
        line.verdict_word(Verdict::ReadingDependent),
    );
    let stored = line.decision.proposed().map_or_else(|| Outcome::Words(String::new()), Outcome::Score);
    Cell::formula(formula, stored)
}

/// 核定分: the only cell that it is typed into.
fn confirmed(line: &Line) -> Cell {
    let most = line.decision.indicator.points.map(most_claimable);
    let ask = Ask {
        title: line.plan.word("column-confirmed"),
        says: line.plan.word("confirmed-ask"),
        refusal: match most {
            Some(most) => line.plan.say("confirmed-refusal", &[("most", &figure_text(most))]),
            None => line.plan.word("confirmed-refusal-open"),
        },
        lenient: false,
    };
    let cell = confirmed_cell(line.typed()).input(Input::Number(Some(Decimal::ZERO), most)).ask(ask);
    let refused = line.decision.progress() == Progress::Refused;
    cell.style(if refused { Style::Refused } else { Style::Entry })
}

fn state(line: &Line) -> Cell {
    let states = STATES.iter().map(|state| line.plan.word(state)).collect();
    Cell::text(state_words(line.plan, line.typed())).style(Style::Entry).input(Input::Words(states))
}

fn entry(line: &Line, of: fn(&Typed) -> Option<&String>) -> Cell {
    Cell::text_option(line.typed().and_then(of).map(String::as_str)).style(Style::Entry)
}

/// How far the row is, from what stands in it.
fn progress(line: &Line) -> Cell {
    let [confirmed, decided, verdict, change] =
        ["column-confirmed", "column-decided", "column-verdict", "column-change"].map(|key| line.cell(key));
    let word = |progress: Progress| line.word(progress.key());
    let formula = format!(
        "IF(AND({confirmed}<>\"\",NOT({})),{},IF(ISNUMBER({decided}),{},IF({change}<>\"\",{},IF({verdict}={},{},{}))))",
        line.is_valid(&confirmed),
        word(Progress::Refused),
        word(Progress::Settled),
        word(Progress::Changed),
        line.verdict_word(Verdict::Agrees),
        word(Progress::NotNeeded),
        word(Progress::Open),
    );
    let progress = line.decision.progress();
    Cell::formula(formula, Outcome::Words(line.plan.word(progress.key()))).style(Style::Progress(progress.is_open()))
}

/// 依据已变, with the state that the row had.
fn change(line: &Line) -> Cell {
    if !line.decision.is_changed() {
        return Cell::default();
    }
    let words = match &line.decision.state_before {
        Some(_) => {
            let before = Typed { state: line.decision.state_before.clone(), ..Typed::default() };
            line.plan.say("change-basis-from", &[("state", &state_words(line.plan, Some(&before)))])
        }
        None => line.plan.word("progress-changed"),
    };
    Cell::text(words).style(Style::Worse)
}

/// The score that counts, where it is decided.
fn decided(line: &Line) -> Cell {
    let [confirmed, proposed] = ["column-confirmed", "column-proposed"].map(|key| line.cell(key));
    let formula = format!("IF({},IF({confirmed}=\"\",{proposed},{confirmed}),\"\")", line.settled());
    let stored = line.decision.decided().map_or_else(|| Outcome::Words(String::new()), Outcome::Score);
    Cell::formula(formula, stored)
}

/// What is granted: the score that counts, else the most that can be.
fn granted(line: &Line) -> Cell {
    let highest = line.cell("column-highest");
    let otherwise = match line.decision.indicator.taken() {
        Taken::Score(_) => {
            let claim = line.counted();
            format!("IF(ISNUMBER({highest}),MIN({claim},{highest}),{claim})")
        }
        Taken::Open { most: Some(most) } => format!("MAX(0,MIN({most},{highest}))"),
        Taken::Open { most: None } => format!("MAX(0,{highest})"),
        Taken::Invalid => "0".to_owned(),
    };
    line.share(&line.cell("column-decided"), &otherwise, line.decision.granted())
}

fn agreed(line: &Line) -> Cell {
    let [decided, verdict, overstated] =
        ["column-decided", "column-verdict", "column-overstated"].map(|key| line.cell(key));
    let claim = line.counted();
    let word = |verdict| line.verdict_word(verdict);
    let otherwise = format!(
        "IF({verdict}={},{claim},IF(AND({},OR({verdict}={},{verdict}={})),{claim}-{overstated},0))",
        word(Verdict::Agrees),
        line.complete(),
        word(Verdict::Overstated),
        word(Verdict::Understated),
    );
    line.share(&format!("MIN({claim},{decided})"), &otherwise, line.shares().agreed)
}

fn overstated(line: &Line) -> Cell {
    let [decided, verdict, highest] = ["column-decided", "column-verdict", "column-highest"].map(|key| line.cell(key));
    let claim = line.counted();
    let over = line.verdict_word(Verdict::Overstated);
    let otherwise = format!("IF(AND({verdict}={over},ISNUMBER({highest})),{claim}-{highest},0)");
    line.share(&format!("MAX(0,{claim}-{decided})"), &otherwise, line.shares().overstated)
}

fn understated(line: &Line) -> Cell {
    let [decided, verdict, lowest] = ["column-decided", "column-verdict", "column-lowest"].map(|key| line.cell(key));
    let claim = line.counted();
    let under = line.verdict_word(Verdict::Understated);
    let otherwise = format!("IF({verdict}={under},{lowest}-{claim},0)");
    line.share(&format!("MAX(0,{decided}-{claim})"), &otherwise, line.shares().understated)
}

/// Claimed points that are neither confirmed nor above what is granted: 口径存疑 or 无法复核, as the verdict says.
fn doubted(line: &Line) -> Cell {
    let [agreed, overstated] = ["column-agreed", "column-overstated"].map(|key| line.cell(key));
    let claim = line.counted();
    let shares = line.shares();
    let stored = shares.reading_dependent.saturating_add(shares.unverifiable);
    line.share("0", &format!("{claim}-{agreed}-{overstated}"), stored)
}

fn open(line: &Line) -> Cell {
    let progress = line.cell("column-progress");
    let open = PROGRESS.into_iter().filter(|progress| progress.is_open());
    let tests: Vec<String> = open.map(|open| format!("{progress}={}", line.word(open.key()))).collect();
    let stored = Decimal::from(u8::from(line.decision.progress().is_open()));
    Cell::formula(format!("IF(OR({}),1,0)", tests.join(",")), Outcome::Score(stored))
}
