//! The block of money: 年初预算数, 全年预算数（A）, 全年执行数（B）, 分值, 执行率（B/A）, 得分.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::cells::Reader;
use super::columns::{in_scope, standing};
use super::headings::{FundColumn, RowColumn, amount_by_end, fund_column, row_column, weight_in_label};
use super::one_row::commented_scores;
use super::stretch::FormStretch;
use super::{BudgetClaim, FundRow, Funds};
use crate::audit::Source;
use crate::checks::register::Code;
use crate::line_ids::BUDGET;
use crate::quantity::{MoneyUnit, fold};
use crate::submission::corner::corner_within;
use crate::submission::grid::{Grid, raw};
use crate::submission::names::key;
use crate::submission::reasons::{holds_carried, leaves_carried_out};
use crate::submission::scope::Scope;
use crate::submission::{Claim, ClaimedScore, FactValue, Sourced};
use crate::vocabulary::Vocabulary;
use crate::workbook::{Address, Value};

/// What is found for the budget's claim, in the block of money or in a row of 绩效指标.
#[derive(Debug, Clone, Default)]
pub struct BudgetFound {
    /// Its weight.
    pub weight: Option<Sourced<Decimal>>,
    /// The score, with its cell.
    pub score: Option<(ClaimedScore, Source)>,
    /// The points that the score's cell says it is out of.
    pub out_of: Option<Decimal>,
    /// Other scores that a comment on its cell leaves possible.
    pub rivals: Vec<Sourced<ClaimedScore>>,
    /// The printed rate.
    pub rate: Option<Sourced<Vec<Decimal>>>,
    /// The row's name as written.
    pub name: String,
    /// A reason for the deviation.
    pub reason: Option<String>,
}

impl BudgetFound {
    /// The claim; where no cell is for it, it is missing, and the form's first row stands for the place.
    pub fn into_claim(self, grid: &Grid, part: &FormStretch) -> BudgetClaim {
        let (score, source) = self.score.unwrap_or_else(|| (ClaimedScore::Missing, grid.source(part.nowhere())));
        let claim = Claim {
            indicator: BUDGET.to_owned(),
            name_written: self.name,
            score,
            out_of: self.out_of,
            rivals: self.rivals,
            points_stated: self.weight.clone(),
            evidence: None,
            source,
        };
        BudgetClaim { weight: self.weight, claim, rate: self.rate }
    }
}

/// The columns of the block, each with its first column and the unit that its heading says.
#[derive(Debug, Clone, Default)]
struct Columns {
    places: BTreeMap<u32, AmountsColumn>,
    weight_in_heading: Option<(Decimal, u32)>,
}

/// One column.
#[derive(Debug, Clone, Copy)]
struct AmountsColumn {
    kind: FundColumn,
    /// The unit that its heading says.
    unit: Option<MoneyUnit>,
    scope: Scope,
    /// Its heading bears the letter by which the rate names the budget, A.
    is_a: bool,
    /// Its heading says whether money of earlier years is in its amounts: 含上年结转, 不含上年结转.
    carried: Option<bool>,
}

impl Columns {
    fn of(grid: &Grid, header: u32, year: Option<i32>) -> Columns {
        let mut columns = Columns::default();
        for (at, cell) in grid.cells_of(header) {
            let text = raw(&cell.value);
            let (name, weight) = weight_in_label(grid.vocabulary(), &text);
            let by_end = || amount_by_end(grid.vocabulary(), &text).filter(|_| at.column > 0);
            let known = fund_column(grid.vocabulary(), &name).or_else(|| fund_column(grid.vocabulary(), &text));
            if let Some(column) = known.or_else(by_end) {
                let unit = MoneyUnit::parse(&grid.vocabulary().quantities, &text);
                let scope = Scope::of(grid.vocabulary(), &text, year);
                let is_a = fold(&text).to_uppercase().contains("(A)");
                let carried = carried(grid.vocabulary(), &text);
                columns.places.insert(at.column, AmountsColumn { kind: column, unit, scope, is_a, carried });
                if let Some(weight) = weight {
                    columns.weight_in_heading = Some((weight, at.column));
                }
            }
        }
        columns
    }

    fn find(&self, wanted: FundColumn) -> Option<u32> {
        self.like(wanted).first().map(|(place, _)| *place)
    }

    /// The columns that may be meant by a kind. A part of the money is meant where nothing else stands there, figures of
    /// another year or of a time within the year never are.
    fn like(&self, wanted: FundColumn) -> Vec<(u32, Scope)> {
        let of_kind = self.places.iter().filter(|(_, column)| column.kind == wanted);
        in_scope(of_kind.map(|(place, column)| (*place, column.scope)).collect())
    }

    /// The columns of the budget: of the year as adjusted, and 年初预算数 only where no other stands there.
    fn planned(&self) -> Vec<(u32, Scope)> {
        let (planned, initial) = (self.like(FundColumn::Planned), self.like(FundColumn::Initial));
        if planned.is_empty() {
            let received = self.like(FundColumn::Received);
            let alone = initial.is_empty() || received.is_empty();
            // Neither is what is asked for, and no word of time tells them apart.
            let both = initial.into_iter().chain(received);
            return both.map(|(place, scope)| (place, if alone { scope } else { Scope::default() })).collect();
        }
        let is_lettered = planned.iter().any(|(place, _)| self.is_a(*place));
        let lettered = initial.into_iter().filter(|(place, _)| !is_lettered && self.is_a(*place));
        planned.iter().copied().chain(lettered).collect()
    }

    /// The column that the rate's formula names, where words choose another.
    fn is_a(&self, place: u32) -> bool {
        self.places.get(&place).is_some_and(|column| column.is_a)
    }

    /// The column of the claim: the one whose heading says so most plainly.
    fn score(&self) -> Option<u32> {
        let scores = self.places.iter().filter_map(|(place, column)| match column.kind {
            FundColumn::Score(plain) => Some(((plain, *place), column.scope)),
            _ => None,
        });
        let fit = in_scope(scores.collect()).into_iter().map(|(score, _)| score);
        fit.max_by_key(|(plain, place)| (*plain, u32::MAX - place)).map(|(_, place)| place)
    }

    fn first(&self) -> u32 {
        self.places.keys().next().copied().unwrap_or(0)
    }
}

/// The block of money, and the budget's claim as far as it stands there.
pub fn funds(reader: &mut Reader, part: &FormStretch) -> (Funds, BudgetFound) {
    let mut budget = BudgetFound::default();
    let Some(header) = part.funds else { return (Funds::default(), budget) };
    let grid = reader.grid;
    let columns = Columns::of(grid, header, reader.year);
    let rows = named_rows(grid, part, header, &columns);
    let unit =
        unit_around(grid, part, header, columns.first()).or_else(|| unit_assumed(reader, header, &rows, &columns));
    let mut funds = Funds::default();
    let mut nested = 0;
    for (row, name) in rows {
        let amounts = FundLine { columns: &columns, row, name: &name, unit }.amounts(reader);
        if funds.total.is_none()
            && funds.parts.is_empty()
            && (is_total(reader.grid.vocabulary(), &name) || !is_part(reader.grid.vocabulary(), &name))
        {
            funds.total = Some(amounts);
        } else {
            nested += usize::from(!is_known_part(reader.grid.vocabulary(), &name))
                + usize::from(is_part_of_part(reader.grid.vocabulary(), &name, &funds));
            funds.parts.push(amounts);
        }
        read_claim(reader, &columns, row, &name, &mut budget);
    }
    funds.plain = nested == 0;
    if let Some((weight, column)) = columns.weight_in_heading.or_else(|| weight_beside(grid, header, columns.first()))
        && budget.weight.is_none()
    {
        budget.weight = Some(Sourced { value: weight, source: grid.source(Address { row: header, column }) });
    }
    (funds, budget)
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
        let lettered = filled.iter().filter(|(column, ..)| self.columns.is_a(*column));
        let mut standing: Vec<&(u32, Scope, Sourced<FactValue>)> = decided.into_iter().chain(lettered).collect();
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

/// Whether a heading says that money of earlier years is in the amounts below it; none: it says nothing of it.
fn carried(vocabulary: &Vocabulary, heading: &str) -> Option<bool> {
    match (holds_carried(vocabulary, heading), leaves_carried_out(vocabulary, heading)) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

/// The weight in the block's own label: 预算执行（20分）.
fn weight_beside(grid: &Grid, header: u32, first_column: u32) -> Option<(Decimal, u32)> {
    (0..first_column)
        .find_map(|column| Some((weight_in_label(grid.vocabulary(), &grid.text(header, column)).1?, column)))
}

/// Weight, score, rate and reason: of the total's row, else of the first row that has them.
fn read_claim(reader: &mut Reader, columns: &Columns, row: u32, name: &str, budget: &mut BudgetFound) {
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
    if let Some(column) = columns.score() {
        let at = Address { row, column };
        let unread = budget.score.as_ref().is_none_or(|(score, _)| *score == ClaimedScore::Missing);
        if unread {
            let (score, out_of) = reader.score(at, Some(BUDGET));
            if budget.score.is_none() || score != ClaimedScore::Missing {
                budget.out_of = out_of;
                let source = reader.grid.source(at);
                let points = budget.weight.as_ref().map(|weight| weight.value);
                let said = Sourced { value: score, source: source.clone() };
                budget.rivals = commented_scores(reader, (&said, name), BUDGET, points);
                budget.score = Some((score, source));
                budget.name = name.to_owned();
            }
        }
    }
    if let Some(column) = columns.find(FundColumn::Rate).filter(|_| budget.rate.is_none()) {
        budget.rate = reader.rate(Address { row, column });
    }
    if let Some(column) = columns.find(FundColumn::Reason).filter(|_| budget.reason.is_none()) {
        budget.reason = reader.text(Address { row, column });
    }
}

/// The rows under the header, each with the name that stands left of its amounts.
fn named_rows(grid: &Grid, part: &FormStretch, header: u32, columns: &Columns) -> Vec<(u32, String)> {
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

/// 年度总体目标, 绩效指标 and the like: the block of money is over.
fn is_after_block(grid: &Grid, row: u32) -> bool {
    grid.cells_of(row).any(|(_, cell)| {
        let text = raw(&cell.value);
        let word = key(&text);
        matches!(row_column(grid.vocabulary(), &text), Some(RowColumn::Above(_) | RowColumn::Name))
            || (word.chars().count() <= 10 && grid.vocabulary().funds.after.iter().any(|end| word.contains(end)))
    })
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

fn is_total(vocabulary: &Vocabulary, name: &str) -> bool {
    let word = key(name);
    vocabulary.funds.total.iter().any(|total| word.contains(total))
}

fn is_part(vocabulary: &Vocabulary, name: &str) -> bool {
    let word = key(name);
    !is_total(vocabulary, name) && vocabulary.funds.part.iter().any(|part| word.contains(part))
}

/// The parts of the national form: 当年财政拨款, 上年结转资金, 其他资金. Others may be parts of a part.
fn is_known_part(vocabulary: &Vocabulary, name: &str) -> bool {
    let word = weight_in_label(vocabulary, name).0;
    let word = key(&word);
    let word = vocabulary.funds.inner.trim_start(&word);
    let word = vocabulary.funds.amounts.trim_end(word);
    vocabulary.funds.known_part.contains(word)
}

/// A second 其中 opens parts of a part; a name that was there before does, too.
fn is_part_of_part(vocabulary: &Vocabulary, name: &str, funds: &Funds) -> bool {
    let word = key(name);
    let earlier = |wanted: &dyn Fn(&str) -> bool| funds.parts.iter().any(|part| wanted(&key(&part.name)));
    (vocabulary.funds.inner.starts(&word) && !funds.parts.is_empty()) || earlier(&|part| part == word)
}
