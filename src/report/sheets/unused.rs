//! 未采用内容: what looked like data in a submission and was not used, why, which fact or indicator it is nearest to, and what the
//! reviewer says that it is. A later run reads that back, and uses it.

use crate::assigned;
use crate::audit::Unused;
use crate::carry::Holds;
use crate::rulebook::Scorecard;

use super::assignable;
use crate::report::entries::{assigned_words, picked_words};
use crate::report::list::{self, ListColumn};
use crate::report::plan::{Department, Plan};
use crate::report::sheet::Sheet;
use crate::report::table::{Cell, Input, Row, Style};

/// The texts of the sheet.
const TEXTS: list::Texts = list::Texts { sheet: "sheet-unused", title: "unused-title", lead: "unused-lead" };

/// The sheet; none where everything was used.
pub fn sheet<'p>(plan: &'p Plan) -> Option<Sheet<'p>> {
    let unused = plan.departments.iter().map(|department| department.audit.unused.len());
    let cells: Vec<(usize, usize)> =
        unused.enumerate().flat_map(|(at, count)| (0..count).map(move |place| (at, place))).collect();
    if cells.is_empty() {
        return None;
    }
    let (count, offered) = (cells.len(), assignable::area(plan));
    let row = move |number: usize| {
        let (at, place) = cells[number];
        row(&Line { plan, department: &plan.departments[at], at, place, offered: &offered })
    };
    Some(Sheet::later(list::sheet(plan, TEXTS, &COLUMNS, 2), count, row))
}

/// What a row is made of.
pub struct Line<'p> {
    plan: &'p Plan<'p>,
    department: &'p Department<'p>,
    /// The place of the department, and of the cell in its list.
    at: usize,
    place: usize,
    /// Where the words to choose from stand.
    offered: &'p str,
}

impl Line<'_> {
    fn unused(&self) -> &Unused {
        &self.department.audit.unused[self.place]
    }
}

/// A column with what it shows of a line.
type LineColumn = ListColumn<fn(&Line) -> Cell>;

/// The columns, in their order.
pub const COLUMNS: [LineColumn; 11] = [
    ListColumn::plain("column-number", 5, |line| Cell::count(line.department.place).style(Style::Centre)),
    ListColumn::read("column-department", 22, Holds::Department, |line| Cell::text(line.department.name.clone())),
    ListColumn::read("column-file", 26, Holds::File, |line| Cell::text(line.department.audit.file.clone())),
    ListColumn::read("column-sheet", 14, Holds::Sheet, |line| Cell::text(line.unused().sheet.clone())),
    ListColumn::read("column-cell", 8, Holds::Cell, |line| Cell::text(line.unused().cell.clone()).style(Style::Centre)),
    ListColumn::read("column-label", 30, Holds::Indicator, |line| Cell::text(line.unused().label.clone())),
    ListColumn::read("column-content", 18, Holds::Claim, |line| Cell::text(line.unused().value.clone())),
    ListColumn::plain("column-why-unused", 26, |line| {
        Cell::text(line.plan.word(&format!("unused-{}", line.unused().why.as_str())))
    }),
    ListColumn::plain("column-nearest", 28, nearest),
    ListColumn::read("column-assigned", 28, Holds::Assigned, assigned_cell),
    ListColumn::hidden("column-key", Holds::Key, |line| {
        let audit = line.department.audit;
        Cell::text(assigned::key(&audit.file, &audit.sha256, line.unused()))
    }),
];

fn row(line: &Line) -> Row {
    Row::of(COLUMNS.iter().map(|column| (column.cell)(line)).collect())
}

fn nearest(line: &Line) -> Cell {
    let name = line.unused().nearest.as_deref().map(|id| name_of(line.department.scorecard(), id));
    Cell::text_option(name.as_deref())
}

/// 对应数据项: what the reviewer said, here or in an earlier workbook; the words to choose from stand in a sheet of their own.
fn assigned_cell(line: &Line) -> Cell {
    let card = line.department.scorecard();
    let here = line.unused().assigned.as_ref().map(|assigned| assigned_words(line.plan, card, assigned));
    let carried = line.plan.carried.assigned.get(&(line.at, line.place));
    let words = here.or_else(|| carried.map(|picked| picked_words(line.plan, picked)));
    Cell::text_option(words.as_deref()).style(Style::Entry).input(Input::From(line.offered.to_owned()))
}

/// The label of a fact or the name of an indicator; an id that the card does not know stands for itself.
fn name_of(card: Option<&Scorecard>, id: &str) -> String {
    let fact = |card: &Scorecard| card.facts.iter().find(|fact| fact.id == id).map(|fact| fact.label.clone());
    let indicator = |card: &Scorecard| card.indicators.iter().find(|one| one.id == id).map(|one| one.name.clone());
    card.and_then(|card| fact(card).or_else(|| indicator(card))).unwrap_or_else(|| id.to_owned())
}
