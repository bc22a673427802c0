//! The rows of 绩效指标, over page breaks, with merged labels carried along.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::cells::Reader;
use super::funds::BudgetFound;
use super::headings::{RowColumn, row_column, weight_in_label};
use super::part::Part;
use super::total::is_sum;
use super::{DeclaredRow, LabelWeight};
use crate::quantity::{Actual, Target};
use crate::submission::grid::{Grid, raw};
use crate::submission::names::key;
use crate::submission::{Claim, ClaimedScore, Sourced};
use crate::vocabulary::Vocabulary;
use crate::workbook::{Address, Value};

/// All that the tables of one form say.
#[derive(Default)]
pub struct Table {
    /// The rows.
    pub rows: Vec<DeclaredRow>,
    /// Labels with weights.
    pub weights: Vec<LabelWeight>,
    /// Whether there is a column for reasons.
    pub asks_reasons: bool,
    /// Reasons and remarks.
    pub remarks: Vec<String>,
}

/// The columns of one header.
#[derive(Debug, Clone, Default)]
struct Columns {
    places: BTreeMap<u32, RowColumn>,
    last_row: u32,
}

impl Columns {
    fn of(grid: &Grid, header: u32) -> Columns {
        let mut columns = Columns { last_row: header, ..Columns::default() };
        for (at, cell) in grid.cells_of(header) {
            let area = grid.area(at);
            let text = raw(&cell.value);
            let own = row_column(grid.vocabulary(), &text);
            if own == Some(RowColumn::Name) {
                columns.last_row = columns.last_row.max(area.last.row);
            }
            if let Some(column) = own {
                columns.places.insert(at.column, column);
            }
        }
        columns.further_rows(grid, header);
        columns
    }

    /// The headings of further rows: as far down as the name's heading reaches, and a row that is nothing but headings.
    fn further_rows(&mut self, grid: &Grid, header: u32) {
        if is_second_row(grid, header + 1, self.find(RowColumn::Name)) {
            self.last_row = self.last_row.max(header + 1);
        }
        for &row in grid.rows_within(header + 1, self.last_row + 1) {
            for (at, cell) in grid.cells_of(row) {
                if let Some(column) = row_column(grid.vocabulary(), &raw(&cell.value)) {
                    self.places.insert(at.column, column);
                }
            }
        }
    }

    fn find(&self, wanted: RowColumn) -> Option<u32> {
        self.places.iter().find(|(_, column)| **column == wanted).map(|(place, _)| *place)
    }

    /// The weight of the rows stands right of their names; one further left is a section's.
    fn weight(&self) -> Option<u32> {
        let name = self.find(RowColumn::Name)?;
        let weights = self.places.iter().filter(|(_, column)| **column == RowColumn::Weight).map(|(place, _)| *place);
        weights.clone().find(|place| *place > name).or_else(|| weights.clone().next())
    }

    fn score(&self) -> Option<u32> {
        let scores = self.places.iter().filter_map(|(place, column)| match column {
            RowColumn::Score(plain) => Some((*plain, *place)),
            _ => None,
        });
        scores.max_by_key(|(plain, place)| (*plain, u32::MAX - place)).map(|(_, place)| place)
    }
}

/// A row below a header that names no indicator and says nothing but what its columns hold.
fn is_second_row(grid: &Grid, row: u32, name: Option<u32>) -> bool {
    let named = name.is_some_and(|column| grid.seen(row, column).is_some_and(|(at, _)| at.row == row));
    let (mut headings, mut others) = (0, 0);
    for (_, cell) in grid.cells_of(row) {
        let heading = matches!(&cell.value, Value::Text(text) if row_column(grid.vocabulary(), text).is_some());
        if heading { headings += 1 } else { others += 1 }
    }
    !named && headings >= 2 && others == 0
}

/// Whether a cell is merged over rows with different names: what stands there belongs to none of them alone.
fn is_joint(grid: &Grid, name_column: u32, at: Address) -> bool {
    let area = grid.area(at);
    let rows = grid.rows_within(area.first.row, area.last.row + 1).iter();
    let mut names = rows.filter_map(|&row| Some(grid.seen(row, name_column)?.0));
    let first = names.next();
    first.is_some_and(|first| names.any(|name| name != first))
}

/// The weight of one row; a joint one is nobody's, and never shared out.
fn joint_weight(reader: &mut Reader, name_column: u32, at: Address, id: &str) -> Option<Sourced<Decimal>> {
    if is_joint(reader.grid, name_column, at) { None } else { reader.weight(at, id) }
}

/// The score of one row; a joint one is claimed by the first of its rows.
fn joint_score(reader: &mut Reader, name_column: u32, at: Address, id: &str) -> ClaimedScore {
    let first = reader.grid.area(at).first;
    if first != at && is_joint(reader.grid, name_column, at) {
        return ClaimedScore::Missing;
    }
    reader.score(at, Some(id))
}

/// The column of the claimed scores under a header.
pub fn score_column(grid: &Grid, header: u32) -> Option<u32> {
    Columns::of(grid, header).score()
}

/// The label seen above a row, with the cell it begins in.
#[derive(Debug, Clone, Default)]
struct Seen {
    text: String,
    at: Option<Address>,
}

/// Every row of the form's tables. A row that is the budget's own supplies what the block of money does not have.
pub fn rows(reader: &mut Reader, part: &Part, budget: &mut BudgetFound) -> Table {
    let mut table = Table::default();
    let mut above: [Seen; 2] = [Seen::default(), Seen::default()];
    let last = part.total.unwrap_or(part.end);
    let needs_budget = budget.score.is_none();
    for (place, &header) in part.tables.iter().enumerate() {
        let columns = Columns::of(reader.grid, header);
        table.asks_reasons |= columns.find(RowColumn::Reason).is_some();
        let end = part.tables.get(place + 1).copied().unwrap_or(last).min(last.max(header));
        for row in reader.grid.rows_within(columns.last_row + 1, end).to_vec() {
            carry(reader, &columns, row, &mut above);
            if needs_budget && is_budget(reader, &columns, row, &above) {
                take_budget(reader, &columns, row, budget);
                add_label_weights(reader, &above, None, &mut table);
            } else if let Some(found) = declared_row(reader, &columns, row, &above, table.rows.len() + 1) {
                if !reader.grid.effort().takes_form_rows(table.rows.len() + 1) {
                    break;
                }
                found.above.iter().for_each(|label| reader.grid.effort().keep(label));
                table.remarks.extend(found.reason.clone());
                table.rows.push(found);
                add_label_weights(reader, &above, Some(table.rows.len() - 1), &mut table);
            }
        }
    }
    table.remarks.extend(budget.reason.clone());
    table.remarks.extend(texts_after(reader.grid, last, part.end));
    table
}

/// What stands below the tables: remarks in words.
fn texts_after(grid: &Grid, first: u32, end: u32) -> Vec<String> {
    let cells = grid.rows_within(first, end).iter().flat_map(|&row| grid.cells_of(row));
    cells.map(|(_, cell)| raw(&cell.value)).filter(|text| text.chars().count() > 6).collect()
}

/// A label holds until the next one, merged or not; a new 一级 ends the 二级 above it.
fn carry(reader: &Reader, columns: &Columns, row: u32, above: &mut [Seen; 2]) {
    for level in [1u8, 2] {
        let Some(column) = columns.find(RowColumn::Above(level)) else { continue };
        let Some((at, cell)) = reader.grid.seen(row, column) else { continue };
        let place = usize::from(level - 1);
        if above[place].at != Some(at) {
            let text = raw(&cell.value).trim().to_owned();
            above[place] = Seen { text, at: Some(at) };
            if level == 1 {
                above[1] = Seen::default();
            }
        }
    }
}

/// A row about carrying out the budget, in a form whose block of money claims nothing.
fn is_budget(reader: &Reader, columns: &Columns, row: u32, above: &[Seen; 2]) -> bool {
    let name = columns.find(RowColumn::Name).map(|column| reader.grid.text(row, column)).unwrap_or_default();
    let labels = above.iter().filter(|seen| seen.at.is_some_and(|at| at.row <= row)).map(|seen| seen.text.as_str());
    let words = [name.as_str()].into_iter().chain(labels);
    words.map(key).any(|word| reader.grid.vocabulary().funds.budget.within(&word))
}

fn take_budget(reader: &mut Reader, columns: &Columns, row: u32, budget: &mut BudgetFound) {
    let at = |column| Address { row, column };
    if let Some(column) = columns.score() {
        budget.score = Some((reader.score(at(column), Some("budget")), reader.grid.source(at(column))));
    }
    if let Some(column) = columns.weight().filter(|_| budget.weight.is_none()) {
        budget.weight = reader.weight(at(column), "budget");
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

/// The row, if it names a 三级指标 of its own.
fn declared_row(
    reader: &mut Reader,
    columns: &Columns,
    row: u32,
    above: &[Seen; 2],
    number: usize,
) -> Option<DeclaredRow> {
    let name_column = columns.find(RowColumn::Name)?;
    let (name_at, cell) = reader.grid.seen(row, name_column)?;
    let (name, labelled) = weight_in_label(reader.grid.vocabulary(), &raw(&cell.value));
    let own = |column: Option<u32>| {
        let seen = column.and_then(|column| Some((column, reader.grid.seen(row, column)?.0)));
        seen.is_some_and(|(column, at)| at == Address { row, column })
    };
    let values = [columns.find(RowColumn::Target), columns.find(RowColumn::Actual), columns.score()].map(own);
    let is_new = name_at.row == row || values.contains(&true);
    // A title of the next page is merged over all columns; a line of the template has nothing but its number.
    let unnamed =
        (is_numbered_blank(reader.grid.vocabulary(), &name) || name_at.column < name_column) && !values.contains(&true);
    if !is_new
        || unnamed
        || is_sum(reader.grid.vocabulary(), &name)
        || key(&name).is_empty()
        || is_label_beyond(columns, name_at)
    {
        return None;
    }
    let id = super::line_id(number);
    let at = |column| Address { row, column };
    let nature = columns.find(RowColumn::Nature).and_then(|column| reader.text(at(column)));
    let unit = columns.find(RowColumn::Unit).map(|column| unit_at(reader, at(column))).unwrap_or_default();
    let nowhere = || reader.grid.source(name_at);
    let no_target = || Sourced { value: Target::Absent, source: nowhere() };
    let no_actual = || Sourced { value: Actual::Absent, source: nowhere() };
    let no_score = || (ClaimedScore::Missing, nowhere());
    let label_weight = labelled.map(|value| Sourced { value, source: nowhere() });
    let target =
        columns.find(RowColumn::Target).map_or_else(no_target, |c| reader.target(at(c), nature.as_deref(), &unit, &id));
    let actual = columns.find(RowColumn::Actual).map_or_else(no_actual, |c| reader.actual(at(c), &unit, &id));
    let weight =
        columns.weight().and_then(|column| joint_weight(reader, name_column, at(column), &id)).or(label_weight);
    let (score, source) = columns
        .score()
        .map_or_else(no_score, |c| (joint_score(reader, name_column, at(c), &id), reader.grid.source(at(c))));
    let claim = Claim {
        indicator: id.clone(),
        name_written: name.clone(),
        score,
        points_stated: weight.clone(),
        evidence: None,
        source,
    };
    let reason = columns.find(RowColumn::Reason).and_then(|column| reader.text(at(column)));
    let above = above.iter().filter(|seen| seen.at.is_some()).map(|seen| seen.text.clone()).collect();
    Some(DeclaredRow { id, name, above, weight, target, actual, claim, reason })
}

/// A cell merged over the name's column that begins left of it is a label, not a 三级指标.
fn is_label_beyond(columns: &Columns, name_at: Address) -> bool {
    let column = columns.find(RowColumn::Name);
    column.is_some_and(|column| name_at.column < column && columns.places.contains_key(&name_at.column))
}

/// 指标1：, ……: a line of the template on which nothing was written.
fn is_numbered_blank(vocabulary: &Vocabulary, name: &str) -> bool {
    let word = key(name);
    let rest = vocabulary.names.numbered.strip_start(&word).unwrap_or(&word);
    rest.chars().all(|c| c.is_ascii_digit() || vocabulary.names.line_numbers.contains(c))
}

/// The unit of a column of its own; a stroke is none.
fn unit_at(reader: &Reader, at: Address) -> String {
    let text = reader.text(at).map(|text| crate::quantity::fold(&text).into_owned()).unwrap_or_default();
    let says = text.chars().any(|c| c.is_alphabetic() || "%‰°".contains(c));
    if says && !reader.grid.vocabulary().quantities.placeholders.no_unit.contains(&text) { text } else { String::new() }
}

/// Notes the weights that the labels above a row state.
fn add_label_weights(reader: &Reader, above: &[Seen; 2], row: Option<usize>, table: &mut Table) {
    for seen in above {
        let Some(at) = seen.at else { continue };
        let (name, Some(weight)) = weight_in_label(reader.grid.vocabulary(), &seen.text) else { continue };
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
