//! Tables found by what their header cells say: headers of one to three rows, and the meaning of each column.

use std::rc::Rc;

use super::grid::{Grid, raw};
use super::layout::number_at;
use super::names::key;
use super::scope::Scope;
use super::years::{behind_year, in_digits};
use crate::quantity::fold;
use crate::vocabulary::remembered::remembered;
use crate::vocabulary::{Vocabulary, Words};
use crate::workbook::{Address, Area, Cell, Value};

/// The header of a table.
#[derive(Debug, Clone)]
pub struct Header {
    /// First and last row.
    pub rows: (u32, u32),
    /// First and last column of the headings that were understood.
    pub columns: (u32, u32),
    /// All headings, from the left.
    pub headings: Vec<Heading>,
}

/// One column of a header, or several under one merged heading.
#[derive(Debug, Clone)]
pub struct Heading {
    /// First and last column.
    pub columns: (u32, u32),
    /// What the cells say from top to bottom.
    pub pieces: Vec<String>,
    /// The lowest piece as a key, remarks in brackets left out.
    pub own: String,
    /// All pieces as one key, remarks in brackets included.
    pub whole: String,
    /// What it means over the column of a table of each kind.
    pub roles: Roles,
}

/// What a heading means over the column of a table of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Roles {
    /// Of a scorecard.
    pub card: Option<CardColumn>,
    /// Of base data.
    pub base: Option<BaseColumn>,
    /// Of the completion table's amounts.
    pub completion: Option<CompletionColumn>,
    /// Of a table of targets and actuals.
    pub kpi: Option<KpiColumn>,
}

impl Roles {
    fn of(vocabulary: &Vocabulary, own: &str, whole: &str) -> Roles {
        Roles {
            card: card_column(vocabulary, own, whole),
            base: base_column(vocabulary, own),
            completion: completion_column(vocabulary, own, whole),
            kpi: kpi_column(vocabulary, own),
        }
    }
}

impl Header {
    /// The headings joined, for people.
    pub fn words(&self) -> String {
        let headings = self.headings.iter().map(|heading| heading.pieces.join("/"));
        headings.map(|words| words.split_whitespace().collect::<String>()).collect::<Vec<_>>().join(" | ")
    }

    /// The headers of tables that stand side by side, with a column free between them; each is as high as its own columns say.
    fn parted(self, grid: &Grid) -> Vec<Header> {
        let mut runs: Vec<(u32, u32)> = Vec::new();
        for heading in &self.headings {
            match runs.last_mut() {
                Some(run) if run.1 + 1 == heading.columns.0 => run.1 = heading.columns.1,
                _ => runs.push(heading.columns),
            }
        }
        let (Some(first), Some(last)) = (runs.first(), runs.last()) else { return vec![self] };
        let own = |columns: (u32, u32)| {
            let header = header(grid, self.rows.0, self.rows.0 + own_height(grid, self.rows.0, columns) - 1, columns);
            Some(header).filter(|header| header.is_of_a_table())
        };
        let (mut parts, mut from) = (Vec::new(), first.0);
        // A column can also be free within a table, under a wide heading: it parts two where both sides are tables.
        for pair in runs.windows(2) {
            if let Some(part) = own((from, pair[0].1)).filter(|_| own((pair[1].0, last.1)).is_some()) {
                parts.push(part);
                from = pair[1].0;
            }
        }
        match own((from, last.1)).filter(|_| !parts.is_empty()) {
            Some(part) => parts.into_iter().chain([part]).collect(),
            None => vec![self],
        }
    }

    /// Whether the headings together are those of some table: a score beside indicators, answers beside questions, amounts
    /// beside tasks, actuals beside targets.
    fn is_of_a_table(&self) -> bool {
        let any = |test: &dyn Fn(&Heading) -> bool| self.headings.iter().any(test);
        let card = |wanted: fn(CardColumn) -> bool| any(&|one| one.roles.card.is_some_and(wanted));
        let base = |wanted: BaseColumn| any(&|one| one.roles.base == Some(wanted));
        let completion = |wanted: CompletionColumn| any(&|one| one.roles.completion == Some(wanted));
        let kpi = |wanted: KpiColumn| any(&|one| one.roles.kpi == Some(wanted));
        card(|one| matches!(one, CardColumn::Score(_)))
            && card(|one| matches!(one, CardColumn::Name | CardColumn::Above))
            || base(BaseColumn::Label) && base(BaseColumn::Value)
            || self.headings.iter().filter(|one| one.roles.base == Some(BaseColumn::Label)).count() == 2
            || completion(CompletionColumn::Task) && completion(CompletionColumn::Planned)
            || kpi(KpiColumn::Label) && kpi(KpiColumn::Target)
            || kpi(KpiColumn::Target) && kpi(KpiColumn::Actual)
    }

    /// First and last column of all headings, understood or not.
    pub fn all_columns(&self) -> (u32, u32) {
        let first = self.headings.first().map_or(self.columns.0, |heading| heading.columns.0);
        (first, self.headings.last().map_or(self.columns.1, |heading| heading.columns.1))
    }

    /// Whether two headers stand over some of the same columns.
    pub fn shares_columns(&self, other: &Header) -> bool {
        self.columns.0 <= other.columns.1 && other.columns.0 <= self.columns.1
    }
}

/// Header cells say little: longer texts are no headings.
const LONGEST: usize = 24;
/// No header is wider, in columns under one merged heading.
const WIDEST: u32 = 64;
/// No header has more rows.
const HIGHEST: usize = 3;
/// All columns of a sheet.
const ALL: (u32, u32) = (0, u32::MAX);

/// Every header of a sheet, from the top.
pub fn headers(grid: &Grid) -> Vec<Header> {
    let rows = grid.rows();
    let mut found: Vec<Header> = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        let mut height = if known_words(grid, rows[at]) < 2 { 0 } else { height(grid, &rows[at..]) };
        if height > 0 {
            let header = header(grid, rows[at], rows[at + height - 1], ALL);
            if header.is_of_a_table() && !is_entry_above(grid, &rows[at..at + height]) {
                let parts = header.parted(grid);
                let last = parts.iter().map(|part| part.rows.1).max().unwrap_or(rows[at]);
                height = rows[at..].partition_point(|row| *row <= last);
                found.extend(parts);
            } else {
                at += 1;
                continue;
            }
        }
        at += height.max(1);
    }
    found
}

/// How many rows a header has that begins in the first of these rows.
fn height(grid: &Grid, rows: &[u32]) -> usize {
    (1..rows.len().min(HIGHEST)).take_while(|&i| continues(grid, rows[i - 1], rows[i], ALL)).count() + 1
}

/// How many rows the header has that begins in this row of these columns.
fn own_height(grid: &Grid, first: u32, columns: (u32, u32)) -> u32 {
    (1..HIGHEST as u32).take_while(|&i| continues(grid, first + i - 1, first + i, columns)).count() as u32 + 1
}

/// Whether a row continues the header above it, as far as these columns say.
fn continues(grid: &Grid, above: u32, row: u32, columns: (u32, u32)) -> bool {
    row == above + 1 && (is_second_row(grid, row, columns) || parts_columns(grid, above, row, columns))
}

/// An entry of the table above, right over the next header: 政府采购执行情况 is no heading where a figure stands beside it
/// and the row below heads a table by itself.
fn is_entry_above(grid: &Grid, rows: &[u32]) -> bool {
    let [first, second, ..] = rows else { return false };
    let has_figure = grid.cells_of(*first).any(|(at, cell)| match &cell.value {
        Value::Number(_) => year_of(grid.vocabulary(), &raw(&cell.value)).is_none(),
        Value::Text(_) => number_at(grid, at).is_some(),
        _ => false,
    });
    let last = rows.last().copied().unwrap_or(*second);
    has_figure && header(grid, *second, last, ALL).is_of_a_table()
}

/// The cells that begin in a row within these columns.
fn cells_within<'w>(grid: &Grid<'w>, row: u32, columns: (u32, u32)) -> impl Iterator<Item = (Address, &'w Cell)> {
    grid.cells_of(row).filter(move |(at, _)| (columns.0..=columns.1).contains(&at.column))
}

/// A row below the first of a header: nothing but headings.
fn is_second_row(grid: &Grid, row: u32, columns: (u32, u32)) -> bool {
    let (mut words, mut others) = (0, 0);
    for (_, cell) in cells_within(grid, row, columns) {
        match &cell.value {
            Value::Text(text) if is_heading(grid.vocabulary(), text) || is_party(grid.vocabulary(), text) => words += 1,
            // 上半年 | 全年 under a heading beside others.
            Value::Text(text) if Scope::is_all_of(grid.vocabulary(), &key(text)) => {}
            Value::Text(_) => others += 1,
            _ => return false,
        }
    }
    words > others
}

/// Longer texts part no column, in characters.
const LONGEST_PART: usize = 12;

/// A row that parts the wide headings above it: short words, each under a heading of several columns, at least two under one
/// of them (上年结转 | 本年安排 | 合计 under 预算数), and nothing else.
fn parts_columns(grid: &Grid, above: u32, row: u32, columns: (u32, u32)) -> bool {
    let mut under: Vec<u32> = Vec::new();
    for (at, cell) in cells_within(grid, row, columns) {
        let Value::Text(text) = &cell.value else { return false };
        let Some(heading) = wide_over(grid, above, row, at.column) else { return false };
        if text.trim().chars().count() > LONGEST_PART {
            return false;
        }
        under.push(heading.column);
    }
    under.windows(2).any(|pair| pair[0] == pair[1])
}

/// The heading in a row that stands over a column and others beside it: merged over them, or the last one before free cells under which
/// the row below parts it.
fn wide_over(grid: &Grid, above: u32, below: u32, column: u32) -> Option<Address> {
    let area = grid.area(Address { row: above, column });
    if area.last.column > area.first.column {
        return (area.last.row == above && grid.seen(above, column).is_some()).then_some(area.first);
    }
    let is_parted = |column: u32| grid.seen(below, column).is_some_and(|(at, _)| at.row == below);
    let is_free = |column: u32| grid.seen(above, column).is_none();
    let from = (column.saturating_sub(WIDEST_FREE)..=column).rev().find(|column| !is_free(*column))?;
    let (first, _) = grid.seen(above, from)?;
    let goes_on = is_free(from + 1) && is_parted(from + 1);
    let all = (from..=column).all(is_parted);
    (first.row == above && first.column == from && all && goes_on).then_some(first)
}

/// An upper heading that is not merged stands over so many free columns at most: four quarters and the whole year.
const WIDEST_FREE: u32 = 8;

/// Who gives a score, as the second row under 得分 says it: 财政, 单位, 复核.
fn is_party(vocabulary: &Vocabulary, text: &str) -> bool {
    remembered!(vocabulary, text, bool, {
        let (headings, key) = (&vocabulary.headings, key(text));
        let is_bureaus = key.chars().count() <= 10 && headings.not_claimed.within(&key);
        is_bureaus || headings.parties.contains(key.as_str())
    })
}

fn known_words(grid: &Grid, row: u32) -> usize {
    grid.cells_of(row)
        .filter(|(_, cell)| matches!(&cell.value, Value::Text(text) if is_heading(grid.vocabulary(), text)))
        .count()
}

/// The headings of one row, whatever they say.
pub fn header_of(grid: &Grid, row: u32) -> Header {
    header(grid, row, row, ALL)
}

fn header(grid: &Grid, first: u32, last: u32, within: (u32, u32)) -> Header {
    let mut spots: Vec<Area> = Vec::new();
    for row in grid.rows_within(first, last + 1) {
        spots.extend(cells_within(grid, *row, within).map(|(at, _)| grid.area(at)));
    }
    let mut columns: Vec<u32> =
        spots.iter().flat_map(|area| area.first.column..=area.last.column.min(area.first.column + WIDEST)).collect();
    columns.sort_unstable();
    columns.dedup();
    let mut headings: Vec<(Vec<Address>, Heading)> = Vec::new();
    for column in columns {
        let pieces = pieces(grid, first, last, column);
        let places: Vec<Address> = pieces.iter().map(|(at, _)| *at).collect();
        match headings.last_mut() {
            Some((same, heading)) if *same == places && heading.columns.1 + 1 == column => heading.columns.1 = column,
            _ => headings
                .push((places, heading(grid.vocabulary(), column, pieces.into_iter().map(|(_, text)| text).collect()))),
        }
    }
    parted_below(grid.vocabulary(), &mut headings);
    let headings: Vec<Heading> = headings.into_iter().map(|(_, heading)| heading).collect();
    Header { rows: (first, last), columns: understood(grid.vocabulary(), &headings), headings }
}

/// 自评得分 over 2019年 | 2020年, 数值 over 上半年 | 全年: where all that stands under a heading of claims or of values says no more than
/// whose or when, each of the columns holds them, and the words decide between them.
fn parted_below(vocabulary: &Vocabulary, headings: &mut [(Vec<Address>, Heading)]) {
    let above = |(places, _): &(Vec<Address>, Heading)| places.iter().rev().nth(1).copied();
    let mut parted: Vec<Address> = headings.iter().filter_map(above).collect();
    parted.dedup();
    for over in parted {
        let below = || headings.iter().filter(|one| above(one) == Some(over));
        let is_decided = |(_, heading): &(Vec<Address>, Heading)| Scope::is_all_of(vocabulary, &heading.own);
        let Some(text) = below().find_map(|(_, heading)| heading.pieces.iter().rev().nth(1)) else { continue };
        if below().count() < 2 || !below().all(is_decided) {
            continue;
        }
        let (own, whole) = (without_brackets(text), key(text));
        let claims = card_column(vocabulary, &own, &whole).filter(|role| matches!(role, CardColumn::Score(_)));
        let values = base_column(vocabulary, &own).filter(|role| *role == BaseColumn::Value);
        for (_, heading) in headings.iter_mut().filter(|one| above(one) == Some(over)) {
            heading.roles.card = heading.roles.card.or(claims);
            heading.roles.base = heading.roles.base.or(values);
        }
    }
}

/// The cells over one column, from the top, each once.
fn pieces(grid: &Grid, first: u32, last: u32, column: u32) -> Vec<(Address, String)> {
    let mut pieces: Vec<(Address, String)> = Vec::new();
    for row in first..=last {
        let spread = || wide_over(grid, row, row + 1, column).filter(|_| row < last);
        let seen = grid.seen(row, column).or_else(|| spread().and_then(|at| grid.seen(at.row, at.column)));
        if let Some((at, cell)) = seen
            && at.row >= first
            && pieces.last().is_none_or(|(above, _)| *above != at)
        {
            pieces.push((at, raw(&cell.value)));
        }
    }
    pieces
}

fn heading(vocabulary: &Vocabulary, column: u32, pieces: Vec<String>) -> Heading {
    let read = || {
        let own = pieces.last().map(|text| without_brackets(text)).unwrap_or_default();
        let whole: String = pieces.iter().map(|text| key(text)).collect();
        let roles = Roles::of(vocabulary, &own, &whole);
        Rc::new((own, whole, roles))
    };
    let known = match pieces.as_slice() {
        [piece] => remembered!(vocabulary, piece, Rc<(String, String, Roles)>, read()),
        _ => read(),
    };
    let (own, whole, roles) = Rc::unwrap_or_clone(known);
    Heading { columns: (column, column), pieces, own, whole, roles }
}

fn understood(vocabulary: &Vocabulary, headings: &[Heading]) -> (u32, u32) {
    let mut known = headings.iter().filter(|heading| heading.pieces.iter().any(|piece| is_heading(vocabulary, piece)));
    let first = known.next();
    let last = known.next_back().or(first);
    (first.map_or(0, |heading| heading.columns.0), last.map_or(0, |heading| heading.columns.1))
}

/// A heading as a key, without its remarks in brackets.
pub fn without_brackets(text: &str) -> String {
    let folded = fold(text);
    if !folded.contains(['(', '[', '【', '〔', ')', ']', '】', '〕']) {
        return key(&folded);
    }
    let mut depth = 0usize;
    let mut kept = String::new();
    for c in folded.chars() {
        match c {
            '(' | '[' | '【' | '〔' => depth += 1,
            ')' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    let kept = key(&kept);
    if kept.is_empty() { key(&folded) } else { kept }
}

/// The same, remembered: for texts that every workbook asks about.
pub fn bare(vocabulary: &Vocabulary, text: &str) -> Rc<str> {
    remembered!(vocabulary, text, Rc<str>, without_brackets(text).into())
}

/// Whether a text is a heading of any table.
fn is_heading(vocabulary: &Vocabulary, text: &str) -> bool {
    remembered!(vocabulary, text, bool, says_heading(vocabulary, text))
}

fn says_heading(vocabulary: &Vocabulary, text: &str) -> bool {
    if text.chars().count() > LONGEST * 2 {
        return false;
    }
    let whole = key(text);
    if whole.chars().count() > LONGEST {
        return false;
    }
    let own = without_brackets(text);
    if own.is_empty() {
        return false;
    }
    vocabulary.headings.plain.contains(own.as_str())
        || card_column(vocabulary, &own, &whole).is_some()
        || base_column(vocabulary, &own).is_some()
        || completion_column(vocabulary, &own, &whole).is_some()
        || kpi_column(vocabulary, &own).is_some()
}

/// What a column of a scorecard holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CardColumn {
    /// 一级指标, 二级指标: the names above the indicators.
    Above,
    /// 三级指标, 指标名称: the indicators.
    Name,
    /// 分值: what an indicator can earn.
    Points,
    /// The claimed score; the larger, the plainer its heading says so.
    Score(u8),
    /// 佐证材料.
    Evidence,
}

/// What a heading of a scorecard means.
pub fn card_column(vocabulary: &Vocabulary, own: &str, whole: &str) -> Option<CardColumn> {
    if is_evidence(vocabulary, own)
        || (vocabulary.headings.evidence_above.within(whole) && !is_asked_for(vocabulary, whole))
    {
        return Some(CardColumn::Evidence);
    }
    let words = &vocabulary.headings;
    let columns = [
        (&words.card_above, CardColumn::Above),
        (&words.card_name, CardColumn::Name),
        (&words.card_points, CardColumn::Points),
    ];
    let known = columns.into_iter().find(|(words, _)| words.contains(own)).map(|(_, column)| column);
    known.or_else(|| claimed(vocabulary, own, whole).map(CardColumn::Score))
}

/// How plainly a heading says that the department's own score stands under it.
fn claimed(vocabulary: &Vocabulary, own: &str, whole: &str) -> Option<u8> {
    let has = |words: &Words| words.within(whole);
    // 2020年度得分: which of several years is meant the scope of the heading says.
    let own = behind_year(vocabulary, own).map_or(own, |(_, behind)| behind);
    let in_words = own.chars().count() <= 10 && !own.chars().any(|c| c.is_ascii_digit());
    if !in_words
        || has(&vocabulary.headings.not_claimed)
        || vocabulary.headings.about_scores.within(own)
        || whole.chars().count() > LONGEST
    {
        return None;
    }
    let scores = &vocabulary.headings.score;
    if vocabulary.headings.score_plainest.contains(own)
        || (vocabulary.headings.self_assessed.within(whole) && scores.within(own))
        || (vocabulary.headings.score_own.contains(own) && scores.within(whole))
    {
        return Some(4);
    }
    let own_score = scores.within(own);
    match own_score {
        false => None,
        true if names_another(vocabulary, own) => Some(1),
        true if has(&vocabulary.headings.score_of_unit) => Some(3),
        true if vocabulary.headings.score_alone.contains(own) => Some(2),
        true => Some(1),
    }
}

/// 先进单位得分, 牵头部门评分: a heading that holds the word for the department, and says of another that it is meant.
pub fn names_another(vocabulary: &Vocabulary, own: &str) -> bool {
    let words = &vocabulary.headings;
    if !words.score_of_unit.within(own) {
        return false;
    }
    let lists = [
        &words.score,
        &words.score_own,
        &words.score_of_unit,
        &words.self_assessed,
        &words.score_filers,
        &words.row_modifiers,
        &vocabulary.scopes.own,
        &vocabulary.scopes.whole,
        &vocabulary.scopes.below,
        &vocabulary.scopes.last,
        &vocabulary.scopes.draft,
    ];
    let rest = lists.iter().flat_map(|list| list.iter()).fold(own.to_owned(), |rest, word| rest.replace(word, ""));
    rest.chars().any(char::is_alphabetic)
}

/// A column that says what evidence is wanted, and not what was given.
fn is_asked_for(vocabulary: &Vocabulary, heading: &str) -> bool {
    vocabulary.headings.evidence_wanted.within(heading)
}

fn is_evidence(vocabulary: &Vocabulary, own: &str) -> bool {
    if is_asked_for(vocabulary, own) {
        return false;
    }
    let words = &vocabulary.headings.evidence;
    words.within(own) || vocabulary.headings.evidence_alone.contains(own)
}

/// The year of a heading that is a year's figures: `2020年`, `2020年度数值`, `2020年实际数`.
pub fn year_of(vocabulary: &Vocabulary, own: &str) -> Option<i32> {
    let in_words = own.starts_with(|c| vocabulary.years.begins.contains(c)).then(|| in_digits(vocabulary, own));
    let (year, behind) = behind_year(vocabulary, in_words.as_deref().unwrap_or(own))?;
    vocabulary.headings.year_figures.contains(behind).then_some(year)
}

/// Whether a heading, as a key, says nothing but that its figures are of a whole year: 2020年1-12月, 截至2020年12月31日.
fn says_whole_year(vocabulary: &Vocabulary, own: &str) -> bool {
    let rest = vocabulary.scopes.until.longest_start(own).unwrap_or(own);
    let Some((_, rest)) = behind_year(vocabulary, rest) else { return false };
    let behind = vocabulary.scopes.whole_year.iter().filter_map(|word| rest.strip_prefix(key(word).as_str()));
    behind.min_by_key(|behind| behind.len()).is_some_and(|behind| vocabulary.headings.year_figures.contains(behind))
}

/// What a column of a base-data table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BaseColumn {
    /// 序号.
    Number,
    /// What is asked.
    Label,
    /// What is answered.
    Value,
    /// The unit of the answer.
    Unit,
    /// 佐证材料.
    Evidence,
}

/// What a heading of a base-data table means, its remarks in brackets left out.
pub fn base_column(vocabulary: &Vocabulary, own: &str) -> Option<BaseColumn> {
    let words = &vocabulary.headings;
    let columns = [
        (&words.base_number, BaseColumn::Number),
        (&words.base_label, BaseColumn::Label),
        (&words.base_value, BaseColumn::Value),
        (&words.base_unit, BaseColumn::Unit),
    ];
    let known = columns.into_iter().find(|(words, _)| words.contains(own)).map(|(_, column)| column);
    known
        .or_else(|| is_evidence(vocabulary, own).then_some(BaseColumn::Evidence))
        .or_else(|| year_of(vocabulary, own).map(|_| BaseColumn::Value))
        .or_else(|| says_whole_year(vocabulary, own).then_some(BaseColumn::Value))
}

/// What a column of the completion table's amounts holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompletionColumn {
    /// 任务名称.
    Task,
    /// Planned, 全额.
    Planned,
    /// Planned, 其中：财政拨款.
    PlannedFiscal,
    /// Spent, 全额.
    Spent,
    /// Spent, 其中：财政拨款.
    SpentFiscal,
}

/// What a heading of the completion table's amounts means.
pub fn completion_column(vocabulary: &Vocabulary, own: &str, whole: &str) -> Option<CompletionColumn> {
    if vocabulary.headings.task.contains(own) {
        return Some(CompletionColumn::Task);
    }
    let has = |words: &Words| words.within(whole);
    if has(&vocabulary.headings.no_amount) || whole.chars().count() > LONGEST {
        return None;
    }
    let fiscal = vocabulary.headings.fiscal.within(own);
    if has(&vocabulary.headings.spent) {
        Some(if fiscal { CompletionColumn::SpentFiscal } else { CompletionColumn::Spent })
    } else if has(&vocabulary.headings.planned) {
        Some(if fiscal { CompletionColumn::PlannedFiscal } else { CompletionColumn::Planned })
    } else {
        None
    }
}

/// What a column of a table of targets and actuals holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KpiColumn {
    /// 一级, 二级, 三级指标.
    Label,
    /// 预期指标值.
    Target,
    /// 实际完成指标值.
    Actual,
}

/// What a heading of a table of targets and actuals means.
pub fn kpi_column(vocabulary: &Vocabulary, own: &str) -> Option<KpiColumn> {
    let words = &vocabulary.headings;
    let columns = [
        (&words.kpi_label, KpiColumn::Label),
        (&words.kpi_target, KpiColumn::Target),
        (&words.kpi_actual, KpiColumn::Actual),
    ];
    columns.into_iter().find(|(words, _)| words.contains(own)).map(|(_, column)| column)
}
