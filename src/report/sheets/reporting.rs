//! 报送情况: every department of the roster, what it handed in, and what is open; below them the units that are not on it.
//! (bureau.md, “The whole batch”)

use crate::across::roster::{OffRoster, Reported, Reporting, State};
use crate::audit::Severity;
use crate::report::list::{self, ListColumn};
use crate::report::plan::Plan;
use crate::report::table::{Cell, Column as Heading, Link, Row, Style, Table};

/// The texts of the sheet.
const TEXTS: list::Texts = list::Texts { sheet: "sheet-reporting", title: "reporting-title", lead: "reporting-lead" };
/// Files and names that one cell shows.
const NAMED: usize = 5;
/// The width of a column that is carried along.
const CARRIED: u16 = 14;

/// The order of the rows: first those that somebody has to look after.
const ORDER: [State; 6] =
    [State::Missing, State::FormsOnly, State::Unread, State::NearName, State::Doubled, State::Submitted];

/// The sheet; none without a roster.
pub fn table(plan: &Plan) -> Option<Table> {
    let reporting = plan.batch.whole.roster.as_ref()?;
    let mut table = list::sheet(plan, TEXTS, &COLUMNS, 2);
    let seen = list::seen(&COLUMNS) + reporting.headings.len() as u16;
    let lead = plan.word(if reporting.is_retold { "reporting-lead-retold" } else { TEXTS.lead });
    let row = |text: String| Row::of(vec![Cell::text(text).style(Style::Remark).span(seen)]);
    table.lead = vec![row(format!("{}{lead}", sum(plan, reporting)))];
    table.columns.extend(reporting.headings.iter().map(|heading| Heading::new(heading.clone(), CARRIED)));
    let due = ORDER.into_iter().flat_map(|state| {
        let numbered = reporting.departments.iter().zip(1..);
        numbered.filter(move |(department, _)| department.state == state)
    });
    let due =
        due.map(|(department, number)| Line { plan, reporting, number: Some(number), whose: Whose::Due(department) });
    let beside = reporting.beside.iter();
    let beside = beside.map(|unit| Line { plan, reporting, number: None, whose: Whose::OffRoster(unit) });
    table.rows = due.chain(beside).map(|line| line.row()).collect();
    table.tail = notes(plan, reporting).into_iter().map(row).collect();
    Some(table)
}

/// Where the first department stands that handed in nothing, from 0.
pub fn first_missing(plan: &Plan) -> Option<u32> {
    let reporting = plan.batch.whole.roster.as_ref()?;
    (reporting.count(State::Missing) > 0).then_some(0)
}

/// How the departments stand, in one sentence.
fn sum(plan: &Plan, reporting: &Reporting) -> String {
    let count = |state: State| (plan.word(key(state)), reporting.count(state));
    let of_states = ORDER.map(count).into_iter().filter(|(_, count)| *count > 0);
    let mut parts: Vec<String> =
        of_states.map(|(state, count)| plan.say("reporting-count", &[("state", &state), ("count", &count)])).collect();
    if !reporting.beside.is_empty() {
        let state = plan.word("reporting-beside");
        parts.push(plan.say("reporting-count", &[("state", &state), ("count", &reporting.beside.len())]));
    }
    let parts = parts.join(&plan.word("reporting-separator"));
    plan.say("reporting-sum", &[("due", &reporting.departments.len()), ("parts", &parts)])
}

/// What is to be known of the roster itself.
fn notes(plan: &Plan, reporting: &Reporting) -> Vec<String> {
    let mut notes = Vec::new();
    if reporting.nobodys > 0 {
        notes.push(plan.say("reporting-nobodys", &[("count", &reporting.nobodys)]));
    }
    if reporting.hidden > 0 {
        notes.push(plan.say("reporting-hidden", &[("count", &reporting.hidden)]));
    }
    let left_out = reporting.left_out.iter().take(NAMED * 2);
    notes.extend(left_out.map(|(row, text)| plan.say("reporting-left-out", &[("row", row), ("text", text)])));
    let more = reporting.left_out.len().saturating_sub(NAMED * 2);
    notes.extend((more > 0).then(|| plan.say("reporting-left-out-more", &[("count", &more)])));
    notes
}

fn key(state: State) -> &'static str {
    match state {
        State::Submitted => "reporting-submitted",
        State::Doubled => "reporting-doubled",
        State::FormsOnly => "reporting-forms-only",
        State::Unread => "reporting-unread",
        State::NearName => "reporting-near-name",
        State::Missing => "reporting-missing",
    }
}

/// What a row is made of.
struct Line<'p> {
    plan: &'p Plan<'p>,
    reporting: &'p Reporting,
    /// Its place on the roster.
    number: Option<usize>,
    whose: Whose<'p>,
}

/// A department of the roster, or a unit that is not on it.
#[derive(Clone, Copy)]
enum Whose<'p> {
    Due(&'p Reported),
    OffRoster(&'p OffRoster),
}

/// A column with what it shows of a line.
type LineColumn = ListColumn<fn(&Line) -> Cell>;

/// The columns, in their order; what the roster says besides stands behind them.
const COLUMNS: [LineColumn; 9] = [
    LineColumn::plain("column-number", 5, |line| {
        line.number.map_or_else(Cell::default, Cell::count).style(Style::Centre)
    }),
    LineColumn::plain("column-department", 26, |line| Cell::text_option(line.name())),
    LineColumn::plain("column-reporting", 13, |line| line.state()),
    LineColumn::plain("column-cards", 9, |line| count(line.counts().0)),
    LineColumn::plain("column-forms", 9, |line| count(line.counts().1)),
    LineColumn::plain("column-file", 34, |line| line.files()),
    LineColumn::plain("column-unread-files", 26, |line| match line.whose {
        Whose::Due(department) => Cell::text(line.listed(&department.unread)),
        Whose::OffRoster(_) => Cell::default(),
    }),
    LineColumn::plain("column-near-names", 26, |line| match line.whose {
        Whose::Due(department) => Cell::text(line.listed(&department.near)),
        Whose::OffRoster(unit) => Cell::text(line.listed(&unit.near)),
    }),
    LineColumn::plain("column-explained", 40, |line| line.explained()),
];

fn count(count: usize) -> Cell {
    Cell::count(count).style(Style::Centre)
}

impl Line<'_> {
    fn row(&self) -> Row {
        let mut cells: Vec<Cell> = COLUMNS.iter().map(|column| (column.cell)(self)).collect();
        if let Whose::Due(department) = self.whose {
            cells.extend(department.due.carried.iter().map(|text| Cell::text(text.clone())));
        }
        Row::of(cells)
    }

    fn name(&self) -> Option<&str> {
        match self.whose {
            Whose::Due(department) => Some(&department.due.name),
            Whose::OffRoster(unit) => unit.unit.as_deref(),
        }
    }

    fn state(&self) -> Cell {
        let (key, style) = match self.whose {
            Whose::Due(department) => (key(department.state), style(department.state)),
            Whose::OffRoster(unit) if unit.unit.is_none() => ("reporting-unnamed", Style::Severity(Severity::Info)),
            Whose::OffRoster(_) => ("reporting-beside", Style::Severity(Severity::Warning)),
        };
        Cell::text(self.plan.word(key)).style(style)
    }

    fn counts(&self) -> (usize, usize) {
        match self.whose {
            Whose::Due(department) => (department.cards, department.forms),
            Whose::OffRoster(unit) => (unit.cards, unit.forms),
        }
    }

    fn files(&self) -> Cell {
        let files = match self.whose {
            Whose::Due(department) => &department.files,
            Whose::OffRoster(unit) => &unit.files,
        };
        let place = match files.as_slice() {
            [only] => self.plan.run.places.get(only),
            _ => None,
        };
        Cell::text(self.listed(files)).link(place.map(|place| Link::File(place.path.clone(), None)))
    }

    /// The first of some names, and how many they are.
    fn listed(&self, names: &[String]) -> String {
        let list = names.iter().take(NAMED).cloned().collect::<Vec<_>>().join("、");
        match names.len() > NAMED {
            true => self.plan.say("reporting-first-of", &[("names", &list), ("count", &names.len())]),
            false => list,
        }
    }

    fn explained(&self) -> Cell {
        let words = match self.whose {
            Whose::Due(department) => match department.state {
                State::Submitted => return Cell::default(),
                State::Missing => self.plan.phrase(&self.reporting.says(department)),
                other => self.plan.word(&format!("{}-explained", key(other))),
            },
            Whose::OffRoster(unit) if unit.unit.is_none() => self.plan.word("reporting-unnamed-explained"),
            Whose::OffRoster(unit) if unit.near.is_empty() => self.plan.word("reporting-beside-explained"),
            Whose::OffRoster(_) => self.plan.word("reporting-beside-near-explained"),
        };
        Cell::text(words)
    }
}

fn style(state: State) -> Style {
    match state {
        State::Submitted => Style::Centre,
        State::Doubled => Style::Severity(Severity::Info),
        State::FormsOnly | State::Unread | State::NearName => Style::Severity(Severity::Warning),
        State::Missing => Style::Severity(Severity::Error),
    }
}
