//! The completion table (自评表): tasks with amounts planned and spent, and rows of targets and actuals.

use rust_decimal::Decimal;

use super::grid::{Grid, raw};
use super::headers::{CompletionColumn, Header, Heading, KpiColumn, without_brackets};
use super::names::key;
use super::scope::{Off, Scope, undecided};
use super::unused;
use super::values::{Flaw, drawn_unit, typed};
use super::whose::titles_over;
use super::years::is_row_of_years;
use super::{Counts, KpiRow, Sourced, TaskRow};
use crate::audit::NotUsed;
use crate::quantity::{self, MoneyUnit, Understood, money, shortest};
use crate::vocabulary::Vocabulary;
use crate::workbook::{Address, Cell, Value};

/// The amounts of a completion table.
pub struct Tasks {
    /// Rows of tasks.
    pub rows: Vec<TaskRow>,
    /// The 金额合计 row.
    pub total: Option<TaskRow>,
    /// Every row above it, also parts and details of others.
    pub all: Vec<TaskRow>,
    /// First and last row of the table, the header included.
    pub span: (u32, u32),
    /// A unit is written for its amounts.
    pub has_unit: bool,
    /// Cells that were read.
    pub used: Vec<Address>,
    /// Amounts of like columns that a word decides against: label, cell, why.
    pub left: Vec<(String, Address, NotUsed)>,
    /// Cells of amounts with an error or a formula that was never computed.
    pub flaws: Vec<(Flaw, Address)>,
}

impl Tasks {
    /// Nothing read yet under a header. `has_unit`: a unit is written for its amounts.
    fn under(header: &Header, has_unit: bool) -> Tasks {
        Tasks {
            rows: Vec::new(),
            total: None,
            all: Vec::new(),
            span: header.rows,
            has_unit,
            used: Vec::new(),
            left: Vec::new(),
            flaws: Vec::new(),
        }
    }
}

/// The tasks under a header, down to, not including, row `end`; none when the header is not that of a completion table.
pub fn tasks(grid: &Grid, header: &Header, end: u32, corner: Option<MoneyUnit>, year: Option<i32>) -> Option<Tasks> {
    // Of like columns a word decides: the adjusted budget over the first, the whole over its parts, the year over half of it.
    let column = |wanted: CompletionColumn| {
        let like: Vec<(&Heading, Scope)> = header
            .headings
            .iter()
            .filter(|heading| heading.roles.completion == Some(wanted))
            .map(|heading| (heading, scope_of(grid.vocabulary(), heading, wanted, year)))
            .collect();
        // Where no word decides, neither is the amount: the first does not win by standing first.
        match undecided(&like, |(_, scope)| *scope).as_slice() {
            [(heading, scope)] => {
                Some(*heading).filter(|one| !is_left_of_parts(grid.vocabulary(), header, (one, *scope)))
            }
            [(heading, _), ..] if wanted == CompletionColumn::Task => Some(*heading),
            _ => None,
        }
    };
    let name = column(CompletionColumn::Task)?;
    let (planned, spent) = (column(CompletionColumn::Planned)?, column(CompletionColumn::Spent)?);
    let fiscal = (column(CompletionColumn::PlannedFiscal), column(CompletionColumn::SpentFiscal));
    let unit_of = |heading: &Heading| {
        heading.pieces.iter().find_map(|piece| MoneyUnit::parse(&grid.vocabulary().quantities, piece)).or(corner)
    };
    let mut found = Tasks::under(header, unit_of(planned).is_some());
    let used: Vec<&Heading> = [Some(planned), Some(spent), fiscal.0, fiscal.1].into_iter().flatten().collect();
    let like: Vec<(&Heading, NotUsed)> = like_columns(grid, header, &used, year);
    for &row in grid.rows_within(header.rows.1 + 1, end).iter().filter(|row| !is_row_of_years(grid, **row)) {
        let mut amount = |heading: Option<&Heading>| {
            heading.and_then(|one| amount(grid, one.columns, row, unit_of(one), &mut found))
        };
        let amounts = TaskRow {
            planned: amount(Some(planned)),
            planned_fiscal: amount(fiscal.0),
            spent: amount(Some(spent)),
            spent_fiscal: amount(fiscal.1),
            ..label(grid, name.columns, row)
        };
        if amounts.planned.is_none() && amounts.spent.is_none() {
            continue;
        }
        found.span.1 = row;
        found.left.extend(like.iter().filter_map(|like| amount_left(grid, &amounts.name, like, row)));
        if is_total(grid, row) {
            found.total = Some(amounts);
            break;
        }
        found.all.push(amounts);
    }
    let is_row = |row: &&TaskRow| !is_part(grid.vocabulary(), &row.name);
    found.rows = found.all.iter().filter(is_row).cloned().collect();
    leave_details(grid.vocabulary(), &mut found.rows);
    (!found.rows.is_empty() || found.total.is_some()).then_some(found)
}

/// 单位资金 beside 财政拨款 under 预算数, 年初预算数 beside 年中追加, 本级 beside 下属单位: what words leave of the parts of one amount is no
/// whole. Beside 其中：财政拨款 it is.
fn is_left_of_parts(vocabulary: &Vocabulary, header: &Header, (one, scope): (&Heading, Scope)) -> bool {
    let others = || header.headings.iter().filter(|other| other.columns != one.columns);
    let said = |other: &Heading| Scope::of(vocabulary, &other.pieces.join(" "), None);
    let is_like = |other: &Heading| other.roles.completion == one.roles.completion;
    let is_added_to = scope.is_lesser() && others().any(|other| said(other).is_of_a_change());
    let is_beside_below =
        scope.is_own_alone() && others().any(|one| is_like(one) && said(one).off() == Some(Off::Below));
    if is_added_to || is_beside_below {
        return true;
    }
    let [upper, .., own] = one.pieces.as_slice() else { return false };
    let is_whole = scope.is_final() || vocabulary.totals.subtotal.within(own);
    let is_part_beside = |other: &Heading| {
        let is_inside = other.pieces.last().is_some_and(|piece| vocabulary.totals.part.starts(key(piece)));
        let said = Scope::of(vocabulary, &other.pieces.join(" "), None);
        let is_kin = other.columns != one.columns && other.pieces.first() == Some(upper);
        is_kin && other.roles.completion.is_some() && !is_inside && said.off() == Some(Off::Part)
    };
    !is_whole && header.headings.iter().any(is_part_beside)
}

/// Whether the title over a table says that it is of the projects' money alone: 2020年度项目支出绩效目标完成情况自评表.
pub fn is_of_projects(grid: &Grid, header: &Header) -> bool {
    let vocabulary = grid.vocabulary();
    let words = |text: &str| {
        let title = key(text);
        let behind = title.trim_start_matches(|c: char| c.is_ascii_digit());
        let behind = vocabulary.years.around_name.longest_start(behind).unwrap_or(behind);
        vocabulary.headings.of_projects.starts(behind)
    };
    titles_over(grid, 0, header.rows.0).into_iter().any(words)
}

/// The columns of amounts that are not used because a like one is, with the reason.
fn like_columns<'h>(
    grid: &Grid,
    header: &'h Header,
    used: &[&Heading],
    year: Option<i32>,
) -> Vec<(&'h Heading, NotUsed)> {
    let role = |heading: &Heading| {
        let role = heading.roles.completion?;
        (role != CompletionColumn::Task).then_some(role)
    };
    let others = header.headings.iter().filter(|one| !used.iter().any(|used| used.columns == one.columns));
    others
        .filter_map(|heading| {
            let scope = scope_of(grid.vocabulary(), heading, role(heading)?, year);
            Some((heading, scope.off().map_or(NotUsed::LikeColumn, unused::why)))
        })
        .collect()
}

/// An amount of a column that is not used: its row's name with its heading, the cell, and why.
fn amount_left(
    grid: &Grid,
    name: &str,
    (heading, why): &(&Heading, NotUsed),
    row: u32,
) -> Option<(String, Address, NotUsed)> {
    let (at, _) = (heading.columns.0..=heading.columns.1).find_map(|column| grid.seen(row, column))?;
    Some((format!("{name} {}", heading.pieces.join(" ")), at, *why))
}

/// The scope of a column of amounts; that a column of the treasury's part is a part is no word against it.
fn scope_of(vocabulary: &Vocabulary, heading: &Heading, wanted: CompletionColumn, year: Option<i32>) -> Scope {
    let scope = Scope::of(vocabulary, &heading.pieces.join(" "), year);
    let is_of_projects = heading.pieces.last().is_some_and(|piece| vocabulary.headings.of_projects.starts(key(piece)));
    let scope = if is_of_projects && wanted != CompletionColumn::Task { scope.of_a_part() } else { scope };
    match wanted {
        CompletionColumn::PlannedFiscal | CompletionColumn::SpentFiscal => scope.of_the_treasury(),
        _ => scope,
    }
}

/// Rows that are numbered below another row are its details: 1. and 2. below 一、. They add to it, not to the total.
fn leave_details(vocabulary: &Vocabulary, rows: &mut Vec<TaskRow>) {
    let levels: Vec<Option<u8>> = rows.iter().map(|row| numbering_level(vocabulary, &row.name)).collect();
    let Some(top) = levels.iter().flatten().min().copied() else { return };
    let starts_at_top = levels.first().copied().flatten() == Some(top);
    let mut levels = levels.into_iter();
    if starts_at_top {
        rows.retain(|_| levels.next().flatten().is_none_or(|level| level == top));
    }
}

/// How deep a numbering stands: 一、 over （一） over 1. over （1） over ①.
fn numbering_level(vocabulary: &Vocabulary, name: &str) -> Option<u8> {
    let folded = quantity::fold(name.trim());
    let bracketed = folded.strip_prefix('(');
    let text = bracketed.unwrap_or(&folded);
    let is_numeral = |c: char| vocabulary.names.numerals.contains(c);
    let numerals = text.chars().take_while(|c| is_numeral(*c)).count();
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let behind = text.chars().nth(numerals.max(digits));
    let closes = match bracketed {
        Some(_) => behind == Some(')'),
        None => behind.is_some_and(|c| ['.', '、', ',', '．'].contains(&c)),
    };
    match (numerals > 0, digits > 0, bracketed.is_some()) {
        (true, _, false) if closes => Some(1),
        (true, _, true) if closes => Some(2),
        (_, true, false) if closes => Some(3),
        (_, true, true) if closes => Some(4),
        _ => None,
    }
}

fn label(grid: &Grid, columns: (u32, u32), row: u32) -> TaskRow {
    let seen = (columns.0..=columns.1).find_map(|column| grid.seen(row, column));
    let (at, name) =
        seen.map_or((Address { row, column: columns.0 }, String::new()), |(at, cell)| (at, raw(&cell.value)));
    TaskRow { counts: counts(grid.vocabulary(), &name), name, cell: at.to_string(), ..TaskRow::default() }
}

/// How a row counts in the total, as its name says.
fn counts(vocabulary: &Vocabulary, name: &str) -> Counts {
    let (key, folded) = (key(name), quantity::fold(name.trim()));
    let totals = &vocabulary.totals;
    if totals.beside.starts(&folded) || totals.not_in_sum.within(&folded) {
        Counts::Beside
    } else if totals.less.starts(&folded) {
        Counts::Less
    } else if is_part(vocabulary, name) || totals.amounts.ends(&key) {
        Counts::Within
    } else {
        Counts::Open
    }
}

fn is_total(grid: &Grid, row: u32) -> bool {
    grid.cells_of(row)
        .any(|(_, cell)| matches!(&cell.value, Value::Text(text) if grid.vocabulary().totals.amounts.contains(without_brackets(text).as_str())))
}

/// A row that repeats amounts of other rows: a subtotal, or a part of the row above it (其中：人员经费).
fn is_part(vocabulary: &Vocabulary, name: &str) -> bool {
    let key = key(name);
    vocabulary.totals.part.starts(&key) || vocabulary.totals.part_end.ends(&key)
}

/// An amount in 万元. Without any unit the table's amounts are taken as 万元, as the form prints it.
fn amount(
    grid: &Grid,
    columns: (u32, u32),
    row: u32,
    unit: Option<MoneyUnit>,
    found: &mut Tasks,
) -> Option<Sourced<Decimal>> {
    let (at, cell) = (columns.0..=columns.1).find_map(|column| grid.seen(row, column))?;
    let read = match typed(cell).map(|typed| money(&grid.vocabulary().quantities, typed)) {
        Ok(Understood::Value(read)) => read,
        Ok(_) => return None,
        Err(flaw) => {
            found.flaws.push((flaw, at));
            return None;
        }
    };
    let value =
        read.to(MoneyUnit::WanYuan, drawn_unit(grid.vocabulary(), cell).or(unit).unwrap_or(MoneyUnit::WanYuan))?;
    found.used.push(at);
    Some(Sourced { value, source: grid.source(at) })
}

/// Rows of targets and actuals with the last row they take; none when the header is not theirs.
pub fn kpis(grid: &Grid, header: &Header, end: u32) -> Option<(Vec<KpiRow>, u32)> {
    let column = |wanted: KpiColumn| {
        header.headings.iter().find(|heading| heading.roles.kpi == Some(wanted)).map(|heading| heading.columns)
    };
    let (first, target, actual) = (column(KpiColumn::Label)?, column(KpiColumn::Target)?, column(KpiColumn::Actual)?);
    let mut rows = Vec::new();
    let mut last = header.rows.1;
    for &row in grid.rows_within(header.rows.1 + 1, end) {
        let begins = grid.cells_of(row).any(|(at, _)| at.column >= first.0);
        if row > last + 2 || !begins {
            break;
        }
        let shift = u32::from(is_shifted(grid, row, first.0, target, actual));
        let labels = labels(grid, row, first.0, target.0 + shift);
        let is_title = grid.area(Address { row, column: first.0 }) == grid.area(Address { row, column: actual.1 });
        if labels.is_empty() || is_title {
            break;
        }
        rows.push(kpi(
            grid.vocabulary(),
            labels,
            figure(grid, row, (target.0 + shift, target.1 + shift)),
            figure(grid, row, (actual.0 + shift, actual.1 + shift)),
        ));
        last = row;
    }
    (!rows.is_empty()).then_some((rows, last))
}

/// A row with what its words say.
pub fn kpi(
    vocabulary: &Vocabulary,
    labels: Vec<String>,
    target: Option<Sourced<String>>,
    actual: Option<Sourced<String>>,
) -> KpiRow {
    let words = &vocabulary.quantities;
    KpiRow {
        due: target.as_ref().map(|cell| quantity::target(words, cell.value.as_str())),
        done: actual.as_ref().map(|cell| quantity::measured(words, cell.value.as_str())),
        is_better_low: labels.iter().any(|label| words.comparisons.better_low.within(label)),
        labels,
        target,
        actual,
    }
}

/// A row that stands one column too far to the right: a first label is missing, and a figure stands behind the table.
fn is_shifted(grid: &Grid, row: u32, first: u32, target: (u32, u32), actual: (u32, u32)) -> bool {
    let behind = grid.seen(row, actual.1 + 1).is_some_and(|(at, _)| at.row == row && at.column > actual.1);
    let starts_late = grid.seen(row, first).is_none_or(|(at, _)| at.row != row);
    let is_words = grid
        .seen(row, target.0)
        .is_some_and(|(_, cell)| matches!(&cell.value, Value::Text(text) if !text.chars().any(|c| c.is_ascii_digit())));
    behind && starts_late && is_words
}

/// The labels of a row from left to right, those merged from above repeated, each cell once.
fn labels(grid: &Grid, row: u32, first: u32, end: u32) -> Vec<String> {
    let mut places: Vec<Address> = Vec::new();
    let mut labels = Vec::new();
    for column in first..end {
        if let Some((at, cell)) = grid.seen(row, column)
            && !places.contains(&at)
        {
            places.push(at);
            labels.push(raw(&cell.value));
        }
    }
    labels
}

fn figure(grid: &Grid, row: u32, columns: (u32, u32)) -> Option<Sourced<String>> {
    let (at, cell) = (columns.0..=columns.1).find_map(|column| grid.seen(row, column))?;
    Some(Sourced { value: as_shown(cell), source: grid.source(at) })
}

/// A cell as the sheet shows it, as far as it matters: 0.95 in a cell of percentages is 95%.
fn as_shown(cell: &Cell) -> String {
    match &cell.value {
        Value::Number(value) if cell.percent => match value.checked_mul(Decimal::ONE_HUNDRED) {
            Some(value) => format!("{}%", shortest(value)),
            None => raw(&cell.value),
        },
        value => raw(value),
    }
}
