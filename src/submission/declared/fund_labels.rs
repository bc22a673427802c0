//! A block of money whose figures stand beside their labels (全年预算数 | 120 | 全年执行数 | 108), or under the total's heading in a row
//! of their own, instead of under a header. (certainty.md, “Not too shy either”: rows with a label and a value anywhere)

use super::budget_found::BudgetFound;
use super::cells::Reader;
use super::columns::{standing, whole};
use super::fund_rows::{is_after_block, is_total};
use super::headings::{FundColumn, amount_by_end, fund_column, weight_in_label};
use super::stretch::FormStretch;
use super::{FundRow, Funds};
use crate::audit::Source;
use crate::checks::register::Code;
use crate::line_ids::BUDGET;
use crate::quantity::MoneyUnit;
use crate::submission::corner::corner_within;
use crate::submission::grid::{Grid, raw};
use crate::submission::layout::number_at;
use crate::submission::scope::Scope;
use crate::submission::{FactValue, Sourced};
use crate::workbook::{Address, Value};

/// A label of the block with the cell of its figure.
struct Entry {
    kind: FundColumn,
    label: Address,
    text: String,
    scope: Scope,
    value: Address,
}

/// The block as its labels say it; none where they do not say both what was planned and what was spent.
pub fn labelled(reader: &mut Reader, part: &FormStretch) -> Option<(Funds, BudgetFound)> {
    let entries = entries(reader.grid, part, reader.year);
    let has = |wanted: &[FundColumn]| entries.iter().any(|entry| wanted.contains(&entry.kind));
    if !has(&[FundColumn::Planned, FundColumn::Initial]) || !has(&[FundColumn::Spent]) {
        return None;
    }
    let unit = unit(reader, part, &entries);
    let initial = amount(reader, &entries, FundColumn::Initial, unit);
    let planned = amount(reader, &entries, FundColumn::Planned, unit);
    let (initial, planned) = if planned.is_none() { (None, initial) } else { (initial, planned) };
    let spent = amount(reader, &entries, FundColumn::Spent, unit);
    let total = FundRow { name: String::new(), initial, planned, spent };
    let mut budget = BudgetFound::default();
    for entry in &entries {
        match entry.kind {
            FundColumn::Weight if budget.weight.is_none() => budget.weight = reader.weight(entry.value, BUDGET),
            FundColumn::Rate if budget.rate.is_none() => budget.rate = reader.rate(entry.value),
            FundColumn::Reason if budget.reason.is_none() => budget.reason = reader.text(entry.value),
            FundColumn::Score(_) if budget.score.is_none() => {
                let (score, out_of) = reader.score(entry.value, Some(BUDGET), None);
                (budget.score, budget.out_of) = (Some((score, reader.grid.source(entry.value))), out_of);
            }
            _ => {}
        }
    }
    Some((Funds { total: Some(total), parts: Vec::new(), plain: false }, budget))
}

/// Whether figures stand in the row that names the amounts: then it is no header.
pub fn has_figures(grid: &Grid, header: u32) -> bool {
    let mut cells = grid.cells_of(header).skip_while(|(_, cell)| kind(grid, &raw(&cell.value)).is_none());
    cells.any(|(at, cell)| matches!(cell.value, Value::Number(_)) || number_at(grid, at).is_some())
}

fn kind(grid: &Grid, text: &str) -> Option<FundColumn> {
    let name = weight_in_label(grid.vocabulary(), text).0;
    fund_column(grid.vocabulary(), &name).or_else(|| amount_by_end(grid.vocabulary(), text))
}

fn entries(grid: &Grid, part: &FormStretch, year: Option<i32>) -> Vec<Entry> {
    let end = part.tables.iter().chain(&part.labels).min().copied().unwrap_or(part.end);
    let rows = grid.rows_within(part.first, end).iter().copied();
    let rows: Vec<u32> = rows.take_while(|row| !is_after_block(grid, *row)).collect();
    let total = rows.iter().flat_map(|row| grid.cells_of(*row)).find(|(at, cell)| {
        let is_right = grid.cells_of(at.row).next().is_some_and(|(first, _)| first != *at);
        is_right && matches!(&cell.value, Value::Text(text) if is_total(grid.vocabulary(), text) && kind(grid, text).is_none())
    });
    let total = total.map(|(at, _)| at);
    let labels = rows.into_iter().flat_map(|row| grid.cells_of(row)).filter_map(|(label, cell)| {
        let text = raw(&cell.value);
        let kind = kind(grid, &text).filter(|_| matches!(cell.value, Value::Text(_)))?;
        let value = value(grid, label, total)?;
        Some(Entry { kind, label, scope: Scope::in_form(grid.vocabulary(), &text, year), text, value })
    });
    labels.collect()
}

/// The cell of a label's figure: under the total's heading, else the next one right of it that is no label itself.
fn value(grid: &Grid, label: Address, total: Option<Address>) -> Option<Address> {
    let right = grid.area(label).last.column;
    if let Some(total) = total.filter(|total| total.row < label.row && total.column > right) {
        return Some(Address { row: label.row, column: total.column });
    }
    let (next, cell) = grid.cells_of(label.row).find(|(at, _)| at.column > right)?;
    kind(grid, &raw(&cell.value)).is_none().then_some(next)
}

/// The amount of a kind that a word decides for; several that differ are told, and are none.
fn amount(
    reader: &mut Reader,
    entries: &[Entry],
    wanted: FundColumn,
    unit: Option<MoneyUnit>,
) -> Option<Sourced<FactValue>> {
    let like = entries.iter().enumerate().filter(|(_, entry)| entry.kind == wanted);
    let like = whole(like.map(|(place, entry)| (place, entry.scope)).collect());
    let mut filled: Vec<(Sourced<FactValue>, Scope)> = Vec::new();
    for (place, scope) in like {
        let Some(entry) = entries.get(place) else { continue };
        let own = MoneyUnit::parse(&reader.grid.vocabulary().quantities, &entry.text);
        filled.extend(reader.amount(entry.value, own.or(unit)).map(|amount| (amount, scope)));
    }
    let decided = standing(&filled, |(_, scope)| *scope);
    let (first, _) = decided.first()?;
    if decided.iter().all(|(amount, _)| amount.value == first.value) {
        return Some(first.clone());
    }
    let cells: Vec<&Source> = decided.iter().map(|(amount, _)| &amount.source).collect();
    reader.tell_conflict(&cells, BUDGET);
    Some(Sourced { value: FactValue::Unreadable, source: first.source.clone() })
}

/// The unit of amounts whose labels say none: of the cell left of a label or of the corner, else 万元 where none says any.
fn unit(reader: &mut Reader, part: &FormStretch, entries: &[Entry]) -> Option<MoneyUnit> {
    let grid = reader.grid;
    let first = entries.first()?;
    let words = &grid.vocabulary().quantities;
    let is_amount = |entry: &&Entry| entry.kind.is_amount();
    let left =
        entries.iter().flat_map(|entry| (0..entry.label.column).rev().map(|column| grid.text(entry.label.row, column)));
    let around = left.filter(|text| kind(grid, text).is_none()).find_map(|text| MoneyUnit::parse(words, &text));
    let around = around.or_else(|| corner_within(grid, part.first, first.label.row + 1));
    let is_said = entries
        .iter()
        .filter(is_amount)
        .any(|entry| MoneyUnit::parse(words, &entry.text).is_some() || reader.says_unit(entry.value));
    if around.is_some() || is_said {
        return around;
    }
    reader.tell(Code::UnitAssumed, first.label, Some(BUDGET));
    Some(MoneyUnit::WanYuan)
}
