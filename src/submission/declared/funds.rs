//! The block of money: 年初预算数, 全年预算数（A）, 全年执行数（B）, 分值, 执行率（B/A）, 得分.

use rust_decimal::Decimal;

use super::budget_found::BudgetFound;
use super::cells::Reader;
use super::columns::standing;
use super::fund_columns::Columns;
use super::fund_labels::{has_figures, labelled};
use super::fund_rows::{Order, Whole, is_after_block, is_part, is_total, order};
use super::headings::{FundColumn, weight_in_label};
use super::one_row::commented_scores;
use super::stretch::FormStretch;
use super::{FundRow, Funds};
use crate::audit::Source;
use crate::checks::register::Code;
use crate::line_ids::BUDGET;
use crate::quantity::MoneyUnit;
use crate::submission::corner::corner_within;
use crate::submission::grid::{Grid, raw};
use crate::submission::layout::number_at;
use crate::submission::names::key;
use crate::submission::scope::{Off, Scope};
use crate::submission::unused::why;
use crate::submission::{ClaimedScore, FactValue, Sourced};
use crate::sums::sum;
use crate::workbook::{Address, Value};

/// The block of money, and the budget's claim as far as it stands there.
pub fn funds(reader: &mut Reader, part: &FormStretch) -> (Funds, BudgetFound) {
    let mut budget = BudgetFound::default();
    let grid = reader.grid;
    let Some(header) = part.funds.filter(|header| !has_figures(grid, *header)) else {
        return labelled(reader, part).unwrap_or_default();
    };
    let columns = Columns::of(grid, header, reader.year);
    let rows = named_rows(grid, part, &columns);
    let unit =
        unit_around(grid, part, header, columns.first()).or_else(|| unit_assumed(reader, header, &rows, &columns));
    let lines: Vec<FundRow> =
        rows.iter().map(|(row, name)| FundLine { columns: &columns, row: *row, name, unit }.amounts(reader)).collect();
    let names: Vec<String> = rows.iter().map(|(_, name)| name.clone()).collect();
    let order = order(grid.vocabulary(), &names, reader.year);
    let whole = whole_row(reader, &order, &lines);
    let (first, total) = whole.unzip();
    set_aside(reader, &order, &lines);
    let parts = order.parts.iter().filter_map(|row| lines.get(*row)).cloned().collect();
    let funds = Funds { total, parts, plain: order.is_plain };
    let is_other = |row: &usize| order.others.iter().any(|(other, _)| other == row);
    let rest = (0..rows.len()).filter(|row| Some(*row) != first && !is_other(row));
    for (row, name) in first.into_iter().chain(rest).filter_map(|row| rows.get(row)) {
        read_claim(reader, &columns, *row, name, &mut budget);
    }
    if order.whole == Whole::None {
        let rows: Vec<u32> = order.parts.iter().filter_map(|row| Some(rows.get(*row)?.0)).collect();
        add_claims(reader, &columns, &rows, &mut budget);
    }
    if let Some((weight, column)) = columns.weight_in_heading.or_else(|| weight_beside(grid, header, columns.first()))
        && budget.weight.is_none()
    {
        budget.weight = Some(Sourced { value: weight, source: grid.source(Address { row: header, column }) });
    }
    (funds, budget)
}

/// The row of the whole, with its place where it is one of the rows. Of several the one that the others add up to; where nothing
/// tells them apart, and where nothing but parts stands there, its amounts are unknown, and told.
fn whole_row(reader: &mut Reader, order: &Order, lines: &[FundRow]) -> Option<(usize, FundRow)> {
    let rows: Vec<usize> = match &order.whole {
        Whole::Rows(rows) => rows.clone(),
        Whole::None => order.parts.iter().copied().filter(|row| lines.get(*row).is_some_and(is_something)).collect(),
    };
    let (first, others) = rows.split_first()?;
    let whole = lines.get(*first)?.clone();
    let others: Vec<&FundRow> = others.iter().filter_map(|row| lines.get(*row)).collect();
    if others.is_empty() || order.whole != Whole::None && is_sum_of(&whole, &others) {
        return Some((*first, whole));
    }
    let all: Vec<&FundRow> = std::iter::once(&whole).chain(others).collect();
    let unknown = |reader: &mut Reader, column: fn(&FundRow) -> &Amount| {
        let amounts: Vec<&Sourced<FactValue>> = all.iter().filter_map(|row| column(row).as_ref()).collect();
        let first = (*amounts.first()?).clone();
        let is_same = order.whole != Whole::None && amounts.iter().all(|amount| amount.value == first.value);
        if is_same {
            return Some(first);
        }
        let cells: Vec<&Source> = amounts.iter().map(|amount| &amount.source).collect();
        if order.whole == Whole::None {
            reader.tell_parts(&cells, sum_of(&amounts))
        } else {
            reader.tell_rivals(&cells)
        };
        Some(Sourced { value: FactValue::Unreadable, source: first.source })
    };
    let planned = unknown(reader, |row| &row.planned);
    let spent = unknown(reader, |row| &row.spent);
    Some((*first, FundRow { planned, spent, initial: None, name: whole.name.clone() }))
}

type Amount = Option<Sourced<FactValue>>;

/// Whether a row has an amount other than 0.
fn is_something(row: &FundRow) -> bool {
    let amounts = [&row.planned, &row.spent].into_iter().flatten();
    amounts.into_iter().any(|amount| amount.value != FactValue::Number(Decimal::ZERO))
}

/// Whether the other rows add up to the first, both in what was planned and in what was spent.
fn is_sum_of(whole: &FundRow, others: &[&FundRow]) -> bool {
    let columns: [fn(&FundRow) -> &Amount; 2] = [|row| &row.planned, |row| &row.spent];
    others.len() > 1
        && columns.into_iter().all(|column| {
            let amounts: Vec<&Sourced<FactValue>> = others.iter().filter_map(|row| column(row).as_ref()).collect();
            let sum = sum_of(&amounts).map(FactValue::Number);
            sum.is_some() && column(whole).as_ref().map(|amount| amount.value.clone()) == sum
        })
}

/// The sum in 万元; none where one of them is no number.
fn sum_of(amounts: &[&Sourced<FactValue>]) -> Option<Decimal> {
    amounts.iter().try_fold(Decimal::ZERO, |sum, amount| sum.checked_add(amount.value.figure()?))
}

/// Lists the amounts of other times: 上年资金总额, 实施期资金总额.
fn set_aside(reader: &mut Reader, order: &Order, lines: &[FundRow]) {
    for (row, off) in &order.others {
        let Some(line) = lines.get(*row) else { continue };
        for amount in [&line.planned, &line.spent].into_iter().flatten() {
            reader.set_aside(&amount.source, &line.name, why(*off));
        }
    }
}

/// One row of the block.
struct FundLine<'a> {
    columns: &'a Columns,
    row: u32,
    name: &'a str,
    /// The unit of amounts that say none.
    unit: Option<MoneyUnit>,
}

impl FundLine<'_> {
    fn amounts(&self, reader: &mut Reader) -> FundRow {
        let planned = self.columns.planned();
        // 年初预算数 that stands for the budget is told once.
        let is_initial = self.columns.like(FundColumn::Planned).is_empty();
        let initial = self.columns.find(FundColumn::Initial).filter(|_| !is_initial);
        let initial = initial.and_then(|column| self.amount(reader, column));
        let planned = self.choose(reader, &planned).map(|planned| self.unless_changed(reader, planned));
        let spent = self.choose(reader, &self.columns.like(FundColumn::Spent)).map(|(spent, _)| spent);
        let spent = spent.map(|spent| self.unless_of_other_money(reader, planned.as_ref(), spent));
        let spent = spent.map(|spent| self.unless_of_a_part(reader, planned.as_ref(), spent));
        FundRow { initial, planned, spent, name: self.name.to_owned() }
    }

    fn amount(&self, reader: &mut Reader, column: u32) -> Option<Sourced<FactValue>> {
        let heading = self.columns.places.get(&column).and_then(|column| column.unit);
        let own = MoneyUnit::parse(&reader.grid.vocabulary().quantities, self.name);
        let amount = reader.amount(Address { row: self.row, column }, own.or(heading).or(self.unit))?;
        let is_zero = amount.value == FactValue::Number(Decimal::ZERO);
        let is_doubtful = !is_zero && reader.is_commented(&amount.source, self.name, Some(BUDGET));
        Some(if is_doubtful { Sourced { value: FactValue::Unreadable, ..amount } } else { amount })
    }

    /// The amount of the column that a word decides for, with its scope. Several that differ are told, and are none.
    fn choose(&self, reader: &mut Reader, like: &[(u32, Scope)]) -> Option<(Sourced<FactValue>, Scope)> {
        let mut filled: Vec<(u32, Scope, Sourced<FactValue>)> = Vec::new();
        for (column, scope) in like {
            filled.extend(self.amount(reader, *column).map(|amount| (*column, *scope, amount)));
        }
        let decided = standing(&filled, |(_, scope, _)| *scope);
        let lettered: Vec<_> = filled.iter().filter(|(column, ..)| self.columns.is_a(*column)).collect();
        let lettered: Vec<_> = standing(&lettered, |(_, scope, _)| *scope).into_iter().copied().collect();
        let mut standing = decided;
        standing.extend(lettered);
        standing.sort_by_key(|(column, ..)| *column);
        standing.dedup_by_key(|(column, ..)| *column);
        let (_, scope, first) = standing.first()?;
        let rivals = standing.iter().filter(|(.., amount)| amount.value != first.value);
        let cells: Vec<&Source> = rivals.map(|(.., amount)| &amount.source).collect();
        if cells.is_empty() {
            return Some((first.clone(), *scope));
        }
        let all: Vec<&Source> = std::iter::once(&first.source).chain(cells).collect();
        reader.tell_conflict(&all, BUDGET);
        Some((Sourced { value: FactValue::Unreadable, source: first.source.clone() }, *scope))
    }

    /// What was spent, unless money of earlier years is in it and its column of the budget does not say the same, or says the
    /// opposite: 全年执行数（含上年结转） beside 全年预算数（不含上年结转）.
    fn unless_of_other_money(
        &self,
        reader: &mut Reader,
        planned: Option<&Sourced<FactValue>>,
        spent: Sourced<FactValue>,
    ) -> Sourced<FactValue> {
        let said = |amount: &Sourced<FactValue>| {
            let place = amount.source.cell.parse::<Address>().ok()?.column;
            self.columns.places.get(&place)?.carried
        };
        let is_zero = spent.value == FactValue::Number(Decimal::ZERO);
        match planned {
            Some(planned) if said(&spent) == Some(true) && said(planned) != Some(true) && !is_zero => {
                reader.tell_conflict(&[&planned.source, &spent.source], BUDGET);
                Sourced { value: FactValue::Unreadable, ..spent }
            }
            _ => spent,
        }
    }

    /// What was spent, unless its heading says that it is a part of the money and that of the budget does not, or the other way round:
    /// 财政拨款执行数 beside 全年预算数.
    fn unless_of_a_part(
        &self,
        reader: &mut Reader,
        planned: Option<&Sourced<FactValue>>,
        spent: Sourced<FactValue>,
    ) -> Sourced<FactValue> {
        let is_part = |amount: &Sourced<FactValue>| {
            let place = amount.source.cell.parse::<Address>().ok()?.column;
            let column = self.columns.places.get(&place)?;
            // 含上年结转 names no part: it says what is in the whole.
            Some(column.scope.off() == Some(Off::Part) && column.carried.is_none())
        };
        let differ = planned.filter(|planned| is_part(planned) != is_part(&spent));
        let zero = FactValue::Number(Decimal::ZERO);
        match differ.filter(|planned| spent.value != zero && planned.value != zero) {
            Some(planned) => {
                reader.tell_conflict(&[&planned.source, &spent.source], BUDGET);
                Sourced { value: FactValue::Unreadable, ..spent }
            }
            None => spent,
        }
    }

    /// The budget, unless a change stands beside it and its own heading does not say that the change is in it.
    fn unless_changed(&self, reader: &mut Reader, planned: (Sourced<FactValue>, Scope)) -> Sourced<FactValue> {
        let (amount, scope) = planned;
        let changes = self.columns.places.iter().filter(|(_, column)| column.kind == FundColumn::Change);
        let places: Vec<u32> = changes.map(|(place, _)| *place).collect();
        let change = places.into_iter().find_map(|place| self.amount(reader, place));
        match change.filter(|change| change.value != FactValue::Number(Decimal::ZERO) && !scope.is_final()) {
            Some(change) => {
                reader.tell_conflict(&[&amount.source, &change.source], BUDGET);
                Sourced { value: FactValue::Unreadable, ..amount }
            }
            None => amount,
        }
    }
}

/// The weight in the block's own label: 预算执行（20分）.
fn weight_beside(grid: &Grid, header: u32, first_column: u32) -> Option<(Decimal, u32)> {
    (0..first_column)
        .find_map(|column| Some((weight_in_label(grid.vocabulary(), &grid.text(header, column)).1?, column)))
}

/// Weight, score, rate and reason: of the total's row, else of the first row that has them.
fn read_claim(reader: &mut Reader, columns: &Columns, row: u32, name: &str, budget: &mut BudgetFound) {
    // 不计分 where the points would stand, and nothing beside it.
    let points = columns.find(FundColumn::Weight).into_iter().chain(columns.scores());
    let said: Vec<String> = points.map(|column| key(&reader.grid.text(row, column))).collect();
    let none = &reader.grid.vocabulary().quantities.placeholders.no_points;
    let is_none = |text: &String| none.contains(text.as_str());
    let is_idle = |text: &String| !text.chars().any(char::is_alphanumeric);
    budget.is_unscored |= said.iter().any(is_none) && said.iter().all(|text| is_none(text) || is_idle(text));
    if budget.is_unscored && budget.claims_nothing() {
        return;
    }
    if let Some(column) = columns.find(FundColumn::Weight).filter(|_| budget.weight.is_none()) {
        budget.weight = reader.weight(Address { row, column }, BUDGET);
    }
    let labelled = weight_in_label(reader.grid.vocabulary(), name).1.filter(|_| budget.weight.is_none());
    if let Some(weight) = labelled {
        let at =
            reader.grid.cells_of(row).map(|(at, _)| at).find(|at| reader.grid.text(at.row, at.column).trim() == name);
        let source = reader.grid.source(at.unwrap_or(Address { row, column: 0 }));
        budget.weight = Some(Sourced { value: weight, source });
    }
    columns.scores().into_iter().for_each(|column| read_score(reader, Address { row, column }, name, budget));
    if let Some(column) = columns.find(FundColumn::Rate).filter(|_| budget.rate.is_none()) {
        budget.rate = reader.rate(Address { row, column });
    }
    if let Some(column) = columns.find(FundColumn::Reason).filter(|_| budget.reason.is_none()) {
        budget.reason = reader.text(Address { row, column });
    }
}

/// The score of a cell: the budget's where none was read, and a rival where another column of the same row claims another.
fn read_score(reader: &mut Reader, at: Address, name: &str, budget: &mut BudgetFound) {
    let is_beside = |source: &Source| source.cell.parse::<Address>().is_ok_and(|known| known.row == at.row);
    let is_read = |score: &ClaimedScore| *score != ClaimedScore::Missing;
    let known = budget.score.clone().filter(|(score, _)| is_read(score));
    if known.as_ref().is_some_and(|(_, source)| !is_beside(source)) {
        return;
    }
    let (score, out_of) = reader.score(at, Some(BUDGET), None);
    let source = reader.grid.source(at);
    match known {
        Some((first, _)) if is_read(&score) && first != score => budget.rivals.push(Sourced { value: score, source }),
        Some(_) => {}
        None if budget.score.is_some() && !is_read(&score) => {}
        None => {
            budget.out_of = out_of;
            let points = budget.weight.as_ref().map(|weight| weight.value);
            let said = Sourced { value: score, source: source.clone() };
            budget.rivals = commented_scores(reader, (&said, name), BUDGET, points);
            budget.score = Some((score, source));
            budget.name = name.to_owned();
        }
    }
}

/// Scores of parts without a whole are one claim together, and so are their weights.
fn add_claims(reader: &Reader, columns: &Columns, rows: &[u32], budget: &mut BudgetFound) {
    let added = |column: Option<u32>| {
        let cells = rows.iter().filter_map(|row| number_at(reader.grid, Address { row: *row, column: column? }));
        let numbers: Vec<Decimal> = cells.collect();
        (numbers.len() > 1).then(|| sum(numbers))
    };
    let weight = added(columns.find(FundColumn::Weight));
    if let (Some(weight), Some(known)) = (weight, &mut budget.weight) {
        known.value = weight;
    }
    let score = added(columns.scores().first().copied());
    if let (Some(score), Some((known, _))) = (score, &mut budget.score) {
        *known = ClaimedScore::Number(score);
    }
}

/// The rows under the header, each with the name that stands left of its amounts.
fn named_rows(grid: &Grid, part: &FormStretch, columns: &Columns) -> Vec<(u32, String)> {
    let header = columns.rows.1;
    let end = part.tables.iter().copied().find(|row| *row > header).unwrap_or(part.end);
    let mut rows = Vec::new();
    for &row in grid.rows_within(header + 1, end) {
        if is_after_block(grid, row) {
            break;
        }
        let left =
            grid.cells_of(row).filter(|(at, cell)| at.column < columns.first() && matches!(cell.value, Value::Text(_)));
        let name = left.last().map(|(_, cell)| raw(&cell.value).trim().to_owned()).unwrap_or_default();
        let filled = grid.cells_of(row).any(|(at, _)| columns.places.contains_key(&at.column));
        if filled || is_part(grid.vocabulary(), &name) || is_total(grid.vocabulary(), &name) {
            rows.push((row, name));
        }
    }
    rows
}

/// The unit said beside the block (项目资金（万元）) or in the form's corner (单位：万元, 金额单位：元).
fn unit_around(grid: &Grid, part: &FormStretch, header: u32, first_column: u32) -> Option<MoneyUnit> {
    let beside = |row: u32| {
        (0..first_column)
            .rev()
            .find_map(|column| MoneyUnit::parse(&grid.vocabulary().quantities, &grid.text(row, column)))
    };
    beside(header)
        .or_else(|| grid.rows_within(header + 1, header + 3).iter().find_map(|&row| beside(row)))
        .or_else(|| corner_within(grid, part.first, header))
}

/// 万元, where no amount of the block has a unit of any kind; beside others that have one nothing is assumed.
fn unit_assumed(reader: &mut Reader, header: u32, rows: &[(u32, String)], columns: &Columns) -> Option<MoneyUnit> {
    let amounts = || columns.places.iter().filter(|(_, column)| column.kind.is_amount());
    if rows.iter().any(|(_, name)| MoneyUnit::parse(&reader.grid.vocabulary().quantities, name).is_some())
        || amounts().any(|(_, column)| column.unit.is_some())
    {
        return None;
    }
    let says = |(row, _): &(u32, String)| {
        amounts().any(|(column, _)| reader.says_unit(Address { row: *row, column: *column }))
    };
    if rows.iter().any(says) {
        return None;
    }
    reader.tell(Code::UnitAssumed, Address { row: header, column: columns.first() }, Some(BUDGET));
    Some(MoneyUnit::WanYuan)
}
