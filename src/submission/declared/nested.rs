//! Rows of a table that stand for nothing by themselves: details of the row above them (其中：干流, 支流), rows that carry no points,
//! and hidden ones that the visible rows do without. (certainty.md, “Parts and wholes”: a detail row adds to its parent, not to the
//! total; nesting is read from 其中 and from sums that come out)

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::columns::Columns;
use super::headings::{RowColumn, weight_in_label};
use super::total::is_sum;
use crate::audit::NotUsed;
use crate::quantity::{Actual, Quantity, Sign, Target, Typed, Understood, measured, score, target};
use crate::submission::grid::{Grid, raw};
use crate::submission::layout::number_at;
use crate::submission::names::key;
use crate::submission::values::typed;
use crate::sums::sum;
use crate::workbook::Address;

/// Rows that are left out, and what the details say against the rows they belong to.
#[derive(Debug, Default)]
pub struct Nested {
    /// Why each row is left out.
    pub left: BTreeMap<u32, NotUsed>,
    /// Rows that are left out as nothing stands where their points and their score would, not even a stroke.
    pub blank: BTreeSet<u32>,
    /// Rows whose details come to another actual while their targets come to the row's: where the actuals of the details stand.
    pub contradicted: BTreeMap<u32, Vec<Address>>,
}

/// One row with a name of its own.
struct Line {
    row: u32,
    name: String,
    /// The labels seen beside it.
    labels: Vec<String>,
    /// The weight with its cell, which may be merged over several rows.
    weight: Option<(Address, Decimal)>,
    is_weighed: Filled,
    is_scored: Filled,
    is_measured: bool,
    is_hidden: bool,
}

/// What stands in a cell that should hold points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filled {
    /// Nothing.
    Empty,
    /// A stroke, 不计分, 不适用: said to be none.
    None,
    /// Something.
    Something,
}

/// What of the rows of a form's tables stands for nothing. `tables`: each with its first row and the row behind its last; `budget`: the
/// weight of the block of money; `total`: what a form weighs.
pub fn nested(grid: &Grid, tables: &[(&Columns, u32, u32)], budget: Decimal, total: Decimal) -> Nested {
    let lines: Vec<Line> =
        tables.iter().flat_map(|(columns, first, end)| lines(grid, columns, (*first, *end))).collect();
    let mut nested = Nested::default();
    let comes_out = |left: &BTreeMap<u32, NotUsed>| weighs(&lines, left).saturating_add(budget) == total;
    if !comes_out(&nested.left) {
        let hidden = lines.iter().filter(|line| line.is_hidden).map(|line| (line.row, NotUsed::Hidden)).collect();
        nested.left = if comes_out(&hidden) { hidden } else { BTreeMap::new() };
    }
    let all_come_out = comes_out(&nested.left);
    let shown: Vec<&Line> = lines.iter().filter(|line| !nested.left.contains_key(&line.row)).collect();
    let mut found = groups(grid, &shown, all_come_out);
    let with_groups = |groups: &[Group]| {
        let rows = groups.iter().flat_map(Group::left).map(|line| (line.row, NotUsed::Part));
        nested.left.clone().into_iter().chain(rows).collect::<BTreeMap<u32, NotUsed>>()
    };
    // Details with points of their own are none where the form does not come out without them.
    if !comes_out(&with_groups(&found)) {
        found.retain(|group| group.left().iter().all(|line| line.weight.is_none()));
    }
    let left = with_groups(&found);
    for group in &found {
        let table = tables.iter().find(|(_, first, end)| (*first..*end).contains(&group.parent.row));
        let cells = table.filter(|_| !group.is_heading()).and_then(|(columns, ..)| contradiction(grid, columns, group));
        nested.contradicted.extend(cells.map(|cells| (group.parent.row, cells)));
    }
    nested.left = left;
    let without_points = comes_out(&nested.left);
    let idle = shown.iter().filter(|line| carries_no_points(line, without_points)).map(|line| line.row);
    let idle: Vec<u32> = idle.filter(|row| !nested.left.contains_key(row)).collect();
    let is_blank =
        |line: &&&Line| line.is_measured && line.is_weighed == line.is_scored && line.is_scored == Filled::Empty;
    let blank = shown.iter().filter(is_blank).map(|line| line.row).filter(|row| idle.contains(row));
    nested.blank = blank.collect();
    nested.left.extend(idle.into_iter().map(|row| (row, NotUsed::NoPoints)));
    nested
}

/// A row with the details below it.
struct Group<'l> {
    parent: &'l Line,
    details: Vec<&'l Line>,
}

impl<'l> Group<'l> {
    /// Whether the row above is only the heading of its details, which carry its points.
    fn is_heading(&self) -> bool {
        !self.parent.is_measured && self.details.iter().all(|line| line.weight.is_some())
    }

    /// The rows that stand for nothing by themselves.
    fn left(&self) -> Vec<&'l Line> {
        if self.is_heading() { vec![self.parent] } else { self.details.clone() }
    }
}

/// A row without points: it says so, or has neither a weight nor a score where all others come to what a form weighs.
fn carries_no_points(line: &Line, others_come_out: bool) -> bool {
    match (line.is_weighed, line.is_scored) {
        (Filled::None, Filled::None) => true,
        (Filled::Empty | Filled::None, Filled::Empty | Filled::None) => others_come_out,
        _ => false,
    }
}

/// What the rows that are not left out weigh, a weight that is merged over several once.
fn weighs(lines: &[Line], left: &BTreeMap<u32, NotUsed>) -> Decimal {
    let kept = lines.iter().filter(|line| !left.contains_key(&line.row));
    let weights: BTreeMap<Address, Decimal> = kept.filter_map(|line| line.weight).collect();
    sum(weights.into_values())
}

/// The rows with details below them: from 其中 on, rows without points of their own, or as many as their weights come to the parent's.
/// Where all rows together come to what a form weighs, rows with points are no details.
fn groups<'l>(grid: &Grid, lines: &[&'l Line], all_come_out: bool) -> Vec<Group<'l>> {
    let inner = &grid.vocabulary().funds.inner;
    let mut groups: Vec<Group> = Vec::new();
    let mut parent: Option<&Line> = None;
    let mut from = 0;
    while let Some(line) = lines.get(from).copied() {
        from += 1;
        let Some(above) = parent.filter(|above| inner.starts(&line.name) && above.labels == line.labels) else {
            parent = Some(line);
            continue;
        };
        let below = lines.iter().skip(from).take_while(|next| next.labels == above.labels);
        let all: Vec<&Line> = std::iter::once(line).chain(below.copied()).collect();
        let plain = all.iter().take_while(|line| line.has_no_points()).count();
        let details = match above.weight.filter(|_| plain == 0 && !all_come_out) {
            Some((_, weight)) => come_to(&all, weight).unwrap_or(0),
            None => plain,
        };
        if details == 0 {
            parent = Some(line);
            continue;
        }
        from += details - 1;
        groups.push(Group { parent: above, details: all.into_iter().take(details).collect() });
    }
    groups
}

/// How many of the rows weigh as much as the parent.
fn come_to(lines: &[&Line], weight: Decimal) -> Option<usize> {
    (1..=lines.len()).find(|count| sum(lines.iter().take(*count).filter_map(|line| Some(line.weight?.1))) == weight)
}

impl Line {
    fn has_no_points(&self) -> bool {
        self.is_weighed != Filled::Something && self.is_scored != Filled::Something
    }
}

/// The actuals of details that do not come to the parent's, while their targets come to its target in one unit.
fn contradiction(grid: &Grid, columns: &Columns, group: &Group) -> Option<Vec<Address>> {
    let (parent, details) = (group.parent, &group.details);
    let places = (columns.only(RowColumn::Target)?, columns.only(RowColumn::Actual)?);
    let whole = figures(grid, places, parent.row)?;
    let parts: Vec<(Quantity, Quantity)> =
        details.iter().map(|line| figures(grid, places, line.row)).collect::<Option<_>>()?;
    let is_like = |(due, done): &(Quantity, Quantity)| due.unit == whole.0.unit && done.unit == whole.1.unit;
    let is_whole = sum(parts.iter().map(|(due, _)| due.value)) == whole.0.value;
    let is_reached = sum(parts.iter().map(|(_, done)| done.value)) == whole.1.value;
    let is_contradicted = is_whole && !is_reached && !whole.0.is_percent() && parts.iter().all(is_like);
    is_contradicted.then(|| {
        let rows = std::iter::once(parent.row).chain(details.iter().map(|line| line.row));
        rows.map(|row| Address { row, column: places.1 }).collect()
    })
}

/// Target and actual of a row as figures.
fn figures(grid: &Grid, (due, done): (u32, u32), row: u32) -> Option<(Quantity, Quantity)> {
    let words = &grid.vocabulary().quantities;
    let typed = |column: u32| typed(grid.seen(row, column)?.1).ok();
    let due = match target(words, typed(due)?) {
        Target::Number(Some(Sign::AtLeast | Sign::MoreThan | Sign::Equal) | None, due) => due,
        _ => return None,
    };
    match measured(words, typed(done)?) {
        Actual::Number(done) => Some((due, done)),
        _ => None,
    }
}

/// The rows of a table that have a name of their own and are no sums.
fn lines(grid: &Grid, columns: &Columns, (first, end): (u32, u32)) -> Vec<Line> {
    let Some(name) = columns.find(RowColumn::Name) else { return Vec::new() };
    let (weight, scores) = (columns.weight(), columns.scores());
    let mut labels: Vec<String> = Vec::new();
    let mut lines = Vec::new();
    for &row in grid.rows_within(first, end) {
        let above = [RowColumn::Above(1), RowColumn::Above(2)].into_iter().filter_map(|kind| columns.find(kind));
        let seen: Vec<String> = above.map(|column| key(&grid.text(row, column))).collect();
        carry(&mut labels, seen);
        let Some((at, cell)) = grid.seen(row, name).filter(|(at, _)| at.row == row && at.column == name) else {
            continue;
        };
        let written = weight_in_label(grid.vocabulary(), &raw(&cell.value)).0;
        if key(&written).is_empty() || is_sum(grid.vocabulary(), &written) {
            continue;
        }
        let measured = [RowColumn::Target, RowColumn::Actual].into_iter().flat_map(|kind| columns.like(kind));
        let is_measured = measured.map(|(column, _)| column).any(|column| grid.seen(row, column).is_some());
        let weight_at = weight.map(|column| Address { row, column });
        lines.push(Line {
            row: at.row,
            name: key(&written),
            labels: labels.clone(),
            weight: weight_at.and_then(|at| Some((grid.area(at).first, number_at(grid, at)?))),
            is_weighed: weight_at.map_or(Filled::Empty, |at| filled(grid, at)),
            is_scored: scores
                .iter()
                .map(|column| filled(grid, Address { row, column: *column }))
                .fold(Filled::Empty, either),
            is_measured,
            is_hidden: grid.sheet.is_row_hidden(row),
        });
    }
    lines
}

/// The labels that hold for a row: its own, else those above it; a new one of the first level ends the second.
fn carry(labels: &mut Vec<String>, seen: Vec<String>) {
    let is_new = seen.first().zip(labels.first()).is_some_and(|(own, above)| !own.is_empty() && own != above);
    let held = std::mem::take(labels);
    let own = seen.into_iter().enumerate().map(|(level, own)| match held.get(level) {
        Some(above) if own.is_empty() && !(is_new && level > 0) => above.clone(),
        _ => own,
    });
    *labels = own.collect();
}

/// What stands in a cell that should hold points.
fn filled(grid: &Grid, at: Address) -> Filled {
    let Some((_, cell)) = grid.seen(at.row, at.column) else { return Filled::Empty };
    let words = &grid.vocabulary().quantities;
    let is_none = |text: &str| words.placeholders.no_points.contains(key(text));
    match typed(cell) {
        Ok(Typed::Text(text)) if is_none(text) => Filled::None,
        Ok(read) => match score(words, read) {
            Understood::Absent | Understood::NotApplicable => Filled::None,
            _ => Filled::Something,
        },
        Err(_) => Filled::Something,
    }
}

fn either(one: Filled, other: Filled) -> Filled {
    match (one, other) {
        (Filled::Something, _) | (_, Filled::Something) => Filled::Something,
        (Filled::None, _) | (_, Filled::None) => Filled::None,
        _ => Filled::Empty,
    }
}
