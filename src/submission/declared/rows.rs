//! The rows of 绩效指标, over page breaks, with merged labels carried along.

use crate::line_ids::BUDGET;
use rust_decimal::Decimal;

use super::above::Above;
use super::budget_found::{BudgetFound, CarriedOut};
use super::by_content::columns_under;
use super::cells::Reader;
use super::columns::Columns;
use super::headings::{RowColumn, weight_in_label};
use super::nested::nested;
use super::one_row::{self, Read};
use super::stretch::FormStretch;
use super::{DeclaredRow, LabelWeight};
use crate::audit::{NotUsed, Source};
use crate::quantity::{Actual, Quantity, Target, measured, target};
use crate::rulebook::Declared;
use crate::submission::grid::{Grid, raw};
use crate::submission::names::key;
use crate::submission::values::typed;
use crate::submission::{ClaimedScore, Sourced};
use crate::workbook::Address;

/// All that the tables of one form say.
#[derive(Default)]
pub struct Table {
    /// The rows.
    pub rows: Vec<DeclaredRow>,
    /// Labels with weights.
    pub weights: Vec<LabelWeight>,
    /// Whether any of the tables has a column of claims.
    pub is_scored: bool,
    /// Whether there is a column for reasons.
    pub asks_reasons: bool,
    /// Reasons and remarks.
    pub remarks: Vec<String>,
}

/// Every row of the form's tables. A row that is the budget's own supplies what the block of money does not have.
pub fn rows(reader: &mut Reader, part: &FormStretch, declared: &Declared, budget: &mut BudgetFound) -> Table {
    let mut table = Table::default();
    let mut above = Above::default();
    let last = part.total.unwrap_or(part.end);
    let needs_budget = budget.score.is_none();
    let columns = |row: &u32| columns_under(reader.grid, part, *row, declared, reader.year);
    let mut headers: Vec<Columns> = part.tables.iter().map(columns).collect();
    let ends: Vec<u32> = headers.iter().skip(1).map(|next| next.rows.0).chain([last]).collect();
    headers.iter_mut().zip(&ends).for_each(|(columns, end)| columns.find_score(reader.grid, *end));
    table.is_scored = headers.iter().any(|columns| !columns.scores().is_empty());
    let tables: Vec<(&Columns, u32, u32)> = headers
        .iter()
        .zip(ends)
        .map(|(columns, end)| (columns, columns.rows.1 + 1, end.min(last.max(columns.rows.1))))
        .collect();
    let of_budget = budget.weight.as_ref().map_or(Decimal::ZERO, |weight| weight.value);
    let nested = nested(reader.grid, &tables, of_budget, declared.total);
    for (columns, first, end) in &tables {
        table.asks_reasons |= columns.find(RowColumn::Reason).is_some();
        for row in reader.grid.rows_within(*first, *end).to_vec() {
            above.carry(reader.grid, columns, row);
            if let Some(why) = nested.left.get(&row) {
                set_aside(reader, columns, row, *why);
                if nested.blank.contains(&row) {
                    table.has_below(reader, columns, row, &above);
                }
                continue;
            }
            if needs_budget && is_budget(reader, columns, row, &above, budget.carried_out) {
                take_budget(reader, columns, row, budget);
                add_label_weights(reader, &above, None, &mut table);
            } else if let Some(found) = one_row::read(reader, columns, row, &above, table.rows.len() + 1) {
                if !reader.grid.effort().takes_form_rows(table.rows.len() + 1) {
                    break;
                }
                let found = match nested.contradicted.get(&row) {
                    Some(cells) => found.contradicted_by(reader, cells),
                    None => found,
                };
                found.row.above.iter().for_each(|label| reader.grid.effort().keep(label));
                table.remarks.extend(found.row.reason.clone());
                table.take(reader, found, row, &above);
            }
        }
    }
    table.remarks.extend(budget.reason.clone());
    table.remarks.extend(texts_after(reader.grid, last, part.end));
    table
}

/// Lists what a row says that stands for nothing by itself.
fn set_aside(reader: &mut Reader, columns: &Columns, row: u32, why: NotUsed) {
    let name = columns.find(RowColumn::Name).map(|column| reader.grid.text(row, column)).unwrap_or_default();
    let measured = [RowColumn::Target, RowColumn::Actual].into_iter().flat_map(|kind| columns.like(kind));
    let places = measured.map(|(column, _)| column).chain(columns.weight()).chain(columns.scores());
    for column in places.collect::<Vec<u32>>() {
        if reader.grid.seen(row, column).is_some_and(|(at, _)| at.row == row) {
            let source = reader.grid.source(Address { row, column });
            reader.set_aside(&source, name.trim(), why);
        }
    }
}

impl Read {
    /// The same with an actual that is in doubt: its details come to another.
    fn contradicted_by(self, reader: &mut Reader, cells: &[Address]) -> Read {
        let sources: Vec<Source> = cells.iter().map(|at| reader.grid.source(*at)).collect();
        reader.tell_details(&sources.iter().collect::<Vec<_>>(), &self.row.id);
        Read { row: DeclaredRow { actual_in_doubt: true, ..self.row }, ..self }
    }
}

impl Table {
    /// Notes a row without points below the last one that has some, in the same section.
    fn has_below(&mut self, reader: &Reader, columns: &Columns, row: u32, above: &Above) {
        let Some(last) = self.rows.last_mut() else { return };
        let name = columns.find(RowColumn::Name).map(|column| reader.grid.source(Address { row, column }));
        if last.below.is_none() && last.above.first() == above.labels().first() {
            last.below = name;
        }
    }

    /// Adds a row, or joins it to the one above with which it has one score.
    fn take(&mut self, reader: &Reader, found: Read, row: u32, above: &Above) {
        let goes_on = found.joint.is_some_and(|area| area.first.row != row);
        let same = |first: &&mut DeclaredRow| goes_on && first.claim.source.cell == found.row.claim.source.cell;
        match self.rows.last_mut().filter(same) {
            Some(first) => first.join(found.row),
            None => {
                self.rows.push(found.row);
                add_label_weights(reader, above, Some(self.rows.len() - 1), self);
            }
        }
    }
}

impl DeclaredRow {
    /// One score for two rows: how it is shared between them nobody wrote, so that what they reached is words.
    fn join(&mut self, next: DeclaredRow) {
        let both = |one: &str, other: &str| format!("{one}；{other}");
        self.name = both(&self.name, &next.name);
        let shared = |one: &Sourced<Decimal>, other: &Sourced<Decimal>| one.source.cell == other.source.cell;
        self.weight = match (self.weight.take(), next.weight) {
            (Some(one), Some(other)) if !shared(&one, &other) => {
                one.value.checked_add(other.value).map(|value| Sourced { value, ..one })
            }
            (one, Some(_)) => one,
            _ => None,
        };
        if let ClaimedScore::Merged(score) = self.claim.score {
            self.claim.score = ClaimedScore::Number(score);
        }
        self.claim.name_written.clone_from(&self.name);
        self.claim.points_stated.clone_from(&self.weight);
        let (target, actual) = (&mut self.target.source.text, &mut self.actual.source.text);
        *target = both(target, &next.target.source.text);
        *actual = both(actual, &next.actual.source.text);
        self.target.value = Target::Qualitative(target.clone());
        self.actual.value = Actual::Text(actual.clone());
        self.reason = [self.reason.take(), next.reason].into_iter().flatten().reduce(|one, other| both(&one, &other));
    }
}

/// What stands below the tables: remarks in words.
fn texts_after(grid: &Grid, first: u32, end: u32) -> Vec<String> {
    let cells = grid.rows_within(first, end).iter().flat_map(|&row| grid.cells_of(row));
    cells.map(|(_, cell)| raw(&cell.value)).filter(|text| text.chars().count() > 6).collect()
}

/// A row about carrying out the budget, in a form whose block of money claims nothing. One that sets a target of its own (执行率 ≥95%) is
/// scored by that, as any other row, where the rate that it states is the one that the block's amounts give.
fn is_budget(reader: &Reader, columns: &Columns, row: u32, above: &Above, carried_out: CarriedOut) -> bool {
    let name = columns.find(RowColumn::Name).map(|column| reader.grid.text(row, column)).unwrap_or_default();
    let labels = above.seen().filter(|(at, _)| at.row <= row).map(|(_, text)| text);
    let words = [name.as_str()].into_iter().chain(labels);
    words.map(key).any(|word| reader.grid.vocabulary().funds.budget.within(&word))
        && !(sets_target_of_its_own(reader, columns, row)
            && rate_reached(reader, columns, row).is_some_and(|rate| carried_out.agrees_with(rate)))
}

/// Whether a row of a rate is to reach something else than all of it.
fn sets_target_of_its_own(reader: &Reader, columns: &Columns, row: u32) -> bool {
    let whole = [Decimal::ONE, Decimal::ONE_HUNDRED];
    // An amount to be spent is the budget once more.
    let is_rate = |due: &Quantity| due.is_percent() || due.unit.is_empty() && due.value < Decimal::ONE_HUNDRED;
    let cell = columns.find(RowColumn::Target).and_then(|column| reader.grid.seen(row, column));
    let read = cell.and_then(|(_, cell)| typed(cell).ok());
    read.is_some_and(|read| {
        matches!(target(&reader.grid.vocabulary().quantities, read), Target::Number(_, due) if is_rate(&due) && !whole.contains(&due.value))
    })
}

/// The rate that a row says was reached, in per cent.
fn rate_reached(reader: &Reader, columns: &Columns, row: u32) -> Option<Decimal> {
    let (_, cell) = reader.grid.seen(row, columns.find(RowColumn::Actual)?)?;
    match measured(&reader.grid.vocabulary().quantities, typed(cell).ok()?) {
        Actual::Number(done) if done.is_percent() || done.unit.is_empty() => Some(done.value),
        _ => None,
    }
}

fn take_budget(reader: &mut Reader, columns: &Columns, row: u32, budget: &mut BudgetFound) {
    let at = |column| Address { row, column };
    if let Some(column) = columns.scores().first().copied() {
        let (score, out_of) = reader.score(at(column), Some(BUDGET), None);
        (budget.score, budget.out_of) = (Some((score, reader.grid.source(at(column)))), out_of);
    }
    if let Some(column) = columns.weight().filter(|_| budget.weight.is_none()) {
        budget.weight = reader.weight(at(column), BUDGET);
    }
    let labels = [RowColumn::Name, RowColumn::Above(2), RowColumn::Above(1)];
    for column in labels.into_iter().filter_map(|label| columns.find(label)) {
        let text = reader.grid.text(row, column);
        if let (None, Some(weight)) = (&budget.weight, weight_in_label(reader.grid.vocabulary(), &text).1) {
            budget.weight = Some(Sourced { value: weight, source: reader.grid.source(at(column)) });
        }
    }
    budget.reason = columns.find(RowColumn::Reason).and_then(|column| reader.text(at(column)));
}

/// Notes the weights that the labels above a row state.
fn add_label_weights(reader: &Reader, above: &Above, row: Option<usize>, table: &mut Table) {
    for (at, text) in above.seen() {
        let (name, Some(weight)) = weight_in_label(reader.grid.vocabulary(), text) else { continue };
        let source = reader.grid.source(at);
        let known = table.weights.iter().position(|label| label.stated.source.cell == source.cell);
        let place = known.unwrap_or_else(|| {
            let stated = Sourced { value: weight, source };
            table.weights.push(LabelWeight { name, stated, rows: Vec::new(), holds_budget: false });
            table.weights.len() - 1
        });
        match row {
            Some(row) => table.weights[place].rows.push(row),
            None => table.weights[place].holds_budget = true,
        }
    }
}
