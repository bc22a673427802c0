//! Every table of a workbook, before it is decided what they come to.

use std::collections::BTreeSet;

use super::answers::Answer;
use super::base_data::{BaseReader, NotOurs, not_ours};
use super::completion;
use super::computed;
use super::corner::corner_within;
use super::grid::Grid;
use super::headers::{BaseColumn, Header, headers};
use super::hidden::Used;
use super::labelled::each_in_row;
use super::scorecard::{CardPart, CardReader};
use super::sheet_name::not_ours_by_sheet;
use super::sister::Sister;
use super::tables_apart::BaseTable;
use super::unheaded::{Unheaded, unheaded};
use super::unused::LeftAside;
use super::values::Flaw;
use super::{CompletionTable, TableFound, TableKind};
use crate::audit::Source;
use crate::quantity::MoneyUnit;
use crate::workbook::{Address, Area, Value};

/// A title shares its row with no more than a unit and a date.
const TITLE_CELLS: usize = 3;

/// So many labels tell what a table without a header is about.
const MOST_LABELS: usize = 4;

/// A longer text is no label of a year, in characters.
const LONGEST_LABEL: usize = 80;

/// Everything found in the sheets before it is decided what it comes to.
#[derive(Default)]
pub(super) struct Found {
    pub(super) parts: Vec<CardPart>,
    pub(super) answers: Vec<Answer>,
    pub(super) completion: Option<CompletionTable>,
    pub(super) money_unit: bool,
    pub(super) tables: Vec<TableFound>,
    pub(super) used: Used,
    /// Tables of base data that have a header.
    pub(super) base_tables: Vec<BaseTable>,
    /// Tables of another year or unit, by their titles.
    pub(super) left: Vec<(NotOurs, Source)>,
    /// Tables of forms that are no self-evaluation, each with the cell that says so.
    pub(super) sisters: Vec<(Sister, Source)>,
    /// Amounts of the completion table that could not be read.
    pub(super) flaws: Vec<(Flaw, Source)>,
    /// Sums of the completion table typed over formulas.
    pub(super) replaced: Vec<Source>,
    /// What looked like data and was not used.
    pub(super) aside: LeftAside,
    /// Facts to whose names a row of a table with a header is near.
    pub(super) near: BTreeSet<String>,
    /// Rows of tables, by sheet: no narrative stands there.
    pub(super) taken: Vec<(usize, u32, u32)>,
    /// Areas of tables that have a header, by sheet, those of cards left out.
    pub(super) areas: Vec<(usize, Area)>,
}

impl Found {
    /// Remembers where a table stands.
    fn take(&mut self, grid: &Grid, rows: (u32, u32), columns: (u32, u32)) {
        self.taken.push((grid.index, rows.0, rows.1));
        self.areas.push((grid.index, area(rows, columns)));
    }
}

/// Every table of a sheet, by its header.
pub(super) fn tables(grid: &Grid, reader: &CardReader, base: &BaseReader, found: &mut Found) {
    let headers = headers(grid);
    let sheets_own = headers.first().and_then(|first| corner_within(grid, 0, first.rows.0));
    for (i, header) in headers.iter().enumerate() {
        let below =
            headers.iter().skip(i + 1).find(|other| other.rows.0 > header.rows.1 && other.shares_columns(header));
        let end = below.map_or(u32::MAX, |below| below.rows.0);
        let above = headers[..i].iter().rev().map(|other| other.rows.1).find(|last| *last < header.rows.0);
        if let Some((kind, at)) = Sister::under(grid, above.map_or(0, |last| last + 1), header, base.year()) {
            leave_sister(grid, (header.rows.0, end), (kind, at), found);
            continue;
        }
        if take_card(grid, reader, header, end, found) {
            continue;
        }
        let corner = corner_within(grid, above.map_or(0, |last| last + 1), header.rows.0).or(sheets_own);
        if let Some((why, at)) = not_ours_above(grid, above.map_or(0, |last| last + 1), header, base.year()) {
            leave_base(grid, base, header, end, (why, at), found);
        } else {
            take_base(grid, base, (header, above.map_or(0, |last| last + 1), end), corner, found);
            take_completion(grid, header, end, corner, base.year(), found);
        }
    }
}

pub(super) fn take_card(grid: &Grid, reader: &CardReader, header: &Header, end: u32, found: &mut Found) -> bool {
    let Some(part) = reader.part(grid, header, end) else { return false };
    let goes_on = found.parts.iter().any(|before| before.sheet == grid.index);
    let declared_by_filer = part.declares_targets && part.entries.len() < reader.card.indicators.len().div_ceil(2);
    let says_nothing = part.entries.is_empty() && (part.closing.is_empty() || !goes_on);
    if declared_by_filer || says_nothing {
        return false;
    }
    found.parts.push(part);
    true
}

/// The base data under a header. `first`: the row behind the table above it; `end`: the first row of what follows.
pub(super) fn take_base(
    grid: &Grid,
    base: &BaseReader,
    (header, first, end): (&Header, u32, u32),
    corner: Option<MoneyUnit>,
    found: &mut Found,
) {
    let place = found.base_tables.len();
    for block in base.blocks(grid, header, end, corner) {
        found.take(grid, block.rows, header.all_columns());
        found.tables.push(table(grid, TableKind::BaseData, block.rows, block.columns, &block.header));
        for left in block.left {
            let nearest = left.nearest.and_then(|fact| base.card().facts.get(fact)).map(|fact| fact.id.as_str());
            found.aside.cell(&left.label, &left.source, left.why, nearest);
        }
        if found.base_tables.len() == place {
            found.base_tables.push(BaseTable::under(grid, first, header));
        }
        found.answers.extend(block.answers.into_iter().map(|one| Answer { table: Some(place), ..one }));
    }
}

/// Takes what stands outside of the tables that have a header.
pub(super) fn take_unheaded(grid: &Grid, reader: &CardReader, base: &BaseReader, found: &mut Found) {
    if found.sisters.iter().any(|(_, place)| place.sheet == grid.sheet.name) {
        return;
    }
    let parts =
        found.parts.iter().filter(|part| part.sheet == grid.index).map(|part| area(part.rows, part.layout.columns));
    let tables = found.areas.iter().filter(|(sheet, _)| *sheet == grid.index).map(|(_, area)| *area);
    let taken: Vec<Area> = parts.chain(tables).collect();
    let Unheaded { answers, left, not_ours, rows } = unheaded(grid, base, &reader.names, &taken);
    for left in left {
        let nearest = left.nearest.and_then(|fact| base.card().facts.get(fact)).map(|fact| fact.id.as_str());
        found.aside.cell(&left.label, &left.source, left.why, nearest);
    }
    found.left.extend(not_ours.map(|(why, at)| (why, grid.source(at))));
    if let (Some(rows), Some(first)) = (rows, answers.first()) {
        let columns = answers.iter().fold((first.label.column, first.at.column), |(from, to), one| {
            (from.min(one.label.column), to.max(one.at.column))
        });
        let labels: Vec<&str> = answers.iter().take(MOST_LABELS).map(|one| one.label_source.text.trim()).collect();
        found.tables.push(table(grid, TableKind::BaseData, rows, columns, &labels.join(" | ")));
    }
    found.answers.extend(answers);
}

/// The title over a header that says whose figures, or which year's, stand below, when they are not the report's.
pub(super) fn not_ours_above(
    grid: &Grid,
    first: u32,
    header: &Header,
    year: Option<i32>,
) -> Option<(NotOurs, Address)> {
    // 基础数据预测表, 绩效目标申报表（基础数据）: a title of what is aimed at or shown, and of no evaluation.
    let titles = &grid.vocabulary().titles;
    let is_example = |text: &str| titles.guides.within(text) && !titles.of_evaluation.within(text);
    let is_base = header.headings.iter().any(|heading| heading.roles.base == Some(BaseColumn::Value));
    let by_title = grid.rows_within(first, header.rows.0).iter().rev().find_map(|&row| {
        let is_title_row = grid.cells_of(row).take(TITLE_CELLS + 1).count() <= TITLE_CELLS;
        grid.cells_of(row).find_map(|(at, cell)| match &cell.value {
            Value::Text(text) => not_ours(grid.vocabulary(), text, year)
                .or_else(|| (is_base && is_title_row && is_example(text)).then_some(NotOurs::Example))
                .filter(|why| is_title_row || matches!(why, NotOurs::OtherYear | NotOurs::OtherUnit))
                .map(|why| (why, at)),
            _ => None,
        })
    });
    let by_year =
        || year_labelled(grid, first, header.rows.0).filter(|(named, _)| year.is_some_and(|year| *named < year));
    let by_title = by_title.or_else(|| by_year().map(|(_, at)| (NotOurs::OtherYear, at)));
    by_title.or_else(|| {
        let at = Address { row: header.rows.0, column: header.columns.0 };
        not_ours_by_sheet(grid, year).map(|why| (why, at))
    })
}

/// The year that a label over a table names, the nearest first: 预算年度 | 2019.
fn year_labelled(grid: &Grid, first: u32, end: u32) -> Option<(i32, Address)> {
    let mut found = None;
    for &row in grid.rows_within(first, end) {
        each_in_row(grid, row, LONGEST_LABEL, |one| {
            let is_year = grid.vocabulary().labels.year.contains(&one.label);
            found = is_year.then(|| one.year()).flatten().map(|year| (year.value, one.at)).or(found);
        });
    }
    found
}

/// Keeps the figures of another year or unit out, and remembers to tell it.
pub(super) fn leave_base(
    grid: &Grid,
    base: &BaseReader,
    header: &Header,
    end: u32,
    why: (NotOurs, Address),
    found: &mut Found,
) {
    for block in base.blocks(grid, header, end, None) {
        found.take(grid, block.rows, header.all_columns());
        let filled = block.answers.iter().filter(|answer| answer.is_filled());
        filled.for_each(|answer| found.aside.answer(base.card(), answer, why.0.as_not_used()));
        if block.answers.iter().any(Answer::is_filled)
            && !matches!(why, (NotOurs::OtherYear, at) if at.row == header.rows.0)
        {
            found.left.push((why.0, grid.source(why.1)));
        }
    }
}

/// Passes over the rows of a sister form, and remembers to tell it once for each sheet.
pub(super) fn leave_sister(grid: &Grid, (first, end): (u32, u32), (kind, at): (Sister, Address), found: &mut Found) {
    let last = grid.rows_within(first, end).last().copied().unwrap_or(first);
    found.take(grid, (first, last), (0, u32::MAX));
    let source = grid.source(at);
    if !found.sisters.iter().any(|(known, place)| *known == kind && place.sheet == source.sheet) {
        found.sisters.push((kind, source));
    }
}

pub(super) fn take_completion(
    grid: &Grid,
    header: &Header,
    end: u32,
    corner: Option<MoneyUnit>,
    year: Option<i32>,
    found: &mut Found,
) {
    if let Some(mut tasks) = completion::tasks(grid, header, end, corner, year) {
        // The projects' money is a part of the department's, and no total of it.
        if completion::is_of_projects(grid, header) {
            (tasks.rows, tasks.total, tasks.all) = (Vec::new(), None, Vec::new());
        }
        found.take(grid, tasks.span, header.all_columns());
        found.tables.push(table(grid, TableKind::Completion, tasks.span, header.columns, &header.words()));
        found.money_unit |= tasks.has_unit;
        found.flaws.extend(tasks.flaws.iter().map(|(flaw, at)| (*flaw, grid.source(*at))));
        for (label, at, why) in &tasks.left {
            found.aside.cell(label, &grid.source(*at), *why, None);
        }
        found.replaced.extend(tasks.total.iter().flat_map(|total| computed::replaced_amounts(grid, total)));
        let table = found.completion.get_or_insert_with(CompletionTable::default);
        if table.tasks.is_empty() && table.total.is_none() {
            found.used.extend(tasks.used.iter().map(|at| (grid.index, *at)));
            table.sheet = grid.sheet.name.clone();
            (table.tasks, table.total, table.all) = (tasks.rows, tasks.total, tasks.all);
        }
    } else if let Some((rows, last)) = completion::kpis(grid, header, end) {
        found.take(grid, (header.rows.0, last), header.all_columns());
        found.tables.push(table(grid, TableKind::Kpi, (header.rows.0, last), header.columns, &header.words()));
        let table = found.completion.get_or_insert_with(CompletionTable::default);
        if table.sheet.is_empty() {
            table.sheet = grid.sheet.name.clone();
        }
        table.kpis.extend(rows);
    }
}

/// A card that goes on in a sheet without a header: the columns of the part before it, when indicators stand in them.
pub(super) fn continue_without_header(grids: &[Grid], reader: &CardReader, found: &mut Found) {
    for grid in grids {
        let Some(before) = found.parts.iter().rev().find(|part| part.sheet < grid.index) else { continue };
        if found.parts.iter().any(|part| part.sheet == grid.index)
            || found.taken.iter().any(|(sheet, ..)| *sheet == grid.index)
            || !headers(grid).is_empty()
        {
            continue;
        }
        let layout = before.layout.clone();
        // A fact can be called like an indicator: only rows whose points or scores are an indicator's count.
        // And a card that goes on has other indicators than before.
        let known: BTreeSet<usize> =
            found.parts.iter().flat_map(|part| &part.entries).map(|entry| entry.indicator).collect();
        let entries: Vec<usize> = grid.rows().iter().filter_map(|&row| reader.entry_of(grid, &layout, row)).collect();
        if entries.len() >= 2 && !entries.iter().any(|indicator| known.contains(indicator)) {
            let part = reader.continued(grid, &layout, u32::MAX);
            found.parts.push(part);
        }
    }
    found.parts.sort_by_key(|part| (part.sheet, part.rows.0));
}

pub(super) fn table_of(grids: &[Grid], part: &CardPart) -> Option<TableFound> {
    let grid = grids.get(part.sheet)?;
    Some(table(grid, TableKind::Scorecard, part.rows, part.layout.columns, &part.header))
}

pub(super) fn area(rows: (u32, u32), columns: (u32, u32)) -> Area {
    Area { first: Address { row: rows.0, column: columns.0 }, last: Address { row: rows.1, column: columns.1 } }
}

pub(super) fn table(grid: &Grid, kind: TableKind, rows: (u32, u32), columns: (u32, u32), header: &str) -> TableFound {
    let place = area(rows, columns);
    TableFound {
        kind,
        sheet: grid.sheet.name.clone(),
        area: format!("{}:{}", place.first, place.last),
        header: header.to_owned(),
    }
}
