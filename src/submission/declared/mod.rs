//! Declared forms (项目支出绩效自评表): every form of a workbook, each with its money, its rows and its claims.
//!
//! A form is found by its title and by what its header cells say, never by sheet name, position or column letter.

mod above;
mod beside;
mod budget_found;
mod by_content;
mod card;
mod cells;
mod cells_apart;
mod columns;
mod fund_columns;
mod fund_labels;
mod fund_rows;
mod funds;
mod headings;
mod heads;
mod labels;
mod like;
mod nested;
mod one_row;
mod own_texts;
mod parts;
mod rows;
mod said;
mod said_beside;
mod side;
mod stretch;
mod superseded;
mod total;
mod weights;

pub use card::{budget_rule, form_fact, form_line};

use rust_decimal::Decimal;

use super::computed;
use super::dated::dated;
use super::grid::Grid;
use super::{Claim, ClaimedScore, Effort, FactValue, Sourced, TableFound, TableKind};
use crate::audit::{Finding, KeptText, Source, Unused};
use crate::checks::register::Code;
use crate::quantity::{Actual, Quantity, Target};
use crate::rulebook::Declared;
use crate::vocabulary::Vocabulary;
use crate::workbook::{Area, Workbook};

/// One form.
#[derive(Debug, Clone)]
pub struct DeclaredForm {
    /// Its number in the workbook, from 1: by sheet, then from the top.
    pub number: u32,
    /// The sheet it stands in.
    pub sheet: String,
    /// First and last row, from 1.
    pub lines: (u32, u32),
    /// The title as written.
    pub title: Option<Sourced<String>>,
    /// The report year, of the title or of the lines above the tables.
    pub year: Option<Sourced<i32>>,
    /// The day on which it was filled in, `2021-03-05`, as it says itself.
    pub dated: Option<String>,
    /// 项目名称.
    pub project: Option<Sourced<String>>,
    /// 主管部门.
    pub authority: Option<Sourced<String>>,
    /// 实施单位.
    pub implementer: Option<Sourced<String>>,
    /// The block of money.
    pub funds: Funds,
    /// What is claimed for carrying out the budget.
    pub budget: BudgetClaim,
    /// The rows of 绩效指标 that name a 三级指标.
    pub rows: Vec<DeclaredRow>,
    /// Labels above rows that state a weight, such as 产出指标（50分）.
    pub weights: Vec<LabelWeight>,
    /// 总分 as stated.
    pub total: Option<Sourced<Decimal>>,
    /// Whether the form asks for reasons of deviations.
    pub asks_reasons: bool,
    /// Reasons and remarks, wherever they stand in the form.
    pub remarks: Vec<String>,
    /// Cells in which guidance of the template was left.
    pub guidance: Vec<Source>,
    /// Nothing was filled in: the blank template.
    pub blank: bool,
    /// Another form of the workbook stands over it: it is a draft, a hidden version or an example.
    pub superseded: bool,
    /// Texts long enough to be compared with those of other departments; none where they are too many.
    pub texts: Option<Vec<KeptText>>,
    /// What the reading itself has to tell.
    pub findings: Vec<Finding>,
    /// Comments on cells that are used.
    pub comments: Vec<Unused>,
}

/// The block of money, in 万元.
#[derive(Debug, Clone, Default)]
pub struct Funds {
    /// 年度资金总额.
    pub total: Option<FundRow>,
    /// Its parts.
    pub parts: Vec<FundRow>,
    /// The parts are parts of one whole, none a part of another, so that they can be added up.
    pub plain: bool,
}

/// One row of the block of money, in 万元. A value is none where the cell is empty.
#[derive(Debug, Clone, Default)]
pub struct FundRow {
    /// Its name as written.
    pub name: String,
    /// 年初预算数.
    pub initial: Option<Sourced<FactValue>>,
    /// 全年预算数（A）.
    pub planned: Option<Sourced<FactValue>>,
    /// 全年执行数（B）.
    pub spent: Option<Sourced<FactValue>>,
}

/// What is claimed for carrying out the budget.
#[derive(Debug, Clone)]
pub struct BudgetClaim {
    /// Its weight, if declared.
    pub weight: Option<Sourced<Decimal>>,
    /// The claimed score.
    pub claim: Claim,
    /// The printed 执行率: what the cell can mean, and the decimals it is written with.
    pub rate: Option<Sourced<Vec<Decimal>>>,
}

/// One row of 绩效指标.
#[derive(Debug, Clone)]
pub struct DeclaredRow {
    /// `row-1`, `row-2` …
    pub id: String,
    /// 三级指标 as written, without a weight.
    pub name: String,
    /// The names above it (一级, 二级), as written.
    pub above: Vec<String>,
    /// The weight, if declared.
    pub weight: Option<Sourced<Decimal>>,
    /// The target, with the sign and the unit that stand in columns of their own.
    pub target: Sourced<Target>,
    /// The actual, with the unit that stands in a column of its own.
    pub actual: Sourced<Actual>,
    /// What the actual's cell shows, where that is not what it stores.
    pub shown: Option<Quantity>,
    /// The claimed score.
    pub claim: Claim,
    /// Several columns give different targets, and no word decides: the target is not known.
    pub target_in_doubt: bool,
    /// Several columns give different actuals, and no word decides: the actual is not known.
    pub actual_in_doubt: bool,
    /// 偏差原因 as written; none where nothing stands.
    pub reason: Option<String>,
    /// The name of the row below it, in the same section, that has a target or an actual, but neither points nor a score.
    pub below: Option<Source>,
}

/// A weight written into a label that stands above rows.
#[derive(Debug, Clone)]
pub struct LabelWeight {
    /// The label without its weight.
    pub name: String,
    /// The weight it states.
    pub stated: Sourced<Decimal>,
    /// The rows under it, as places in [`DeclaredForm::rows`].
    pub rows: Vec<usize>,
    /// The budget's row stands under it.
    pub holds_budget: bool,
}

/// Every form of a workbook, in the order of its sheets and from top to bottom. `file_name` supplies the year where
/// the form does not say it.
///
/// What comes of it is used only while `effort` is not spent.
pub fn find(
    vocabulary: &Vocabulary,
    workbook: &Workbook,
    file_name: &str,
    declared: &Declared,
    effort: &Effort,
) -> Vec<DeclaredForm> {
    let mut forms: Vec<DeclaredForm> = Vec::new();
    for (index, sheet) in workbook.sheets.iter().enumerate() {
        let grid = Grid::new(index, sheet, effort, vocabulary);
        let bands = side::bands(&grid, declared);
        let apart: Vec<Grid> = bands.iter().map(|band| Grid::new(index, band, effort, vocabulary)).collect();
        for grid in if apart.is_empty() { std::slice::from_ref(&grid) } else { &apart } {
            for part in parts::parts(grid, declared) {
                if !effort.takes_forms(forms.len() + 1) {
                    return forms;
                }
                let number = u32::try_from(forms.len()).unwrap_or(u32::MAX).saturating_add(1);
                forms.extend(form(grid, &part, number, file_name, declared));
            }
        }
    }
    superseded::mark(vocabulary, workbook, &mut forms);
    forms
}

impl DeclaredForm {
    /// Where it was found, and under which title.
    pub fn table(&self) -> TableFound {
        let header = self.title.as_ref().or(self.project.as_ref()).map(|words| words.value.clone()).unwrap_or_default();
        let area = format!("{}:{}", self.lines.0, self.lines.1);
        TableFound { kind: TableKind::Declared, sheet: self.sheet.clone(), area, header }
    }
}

/// The workbook without its forms, for what reads the rest of it: a form's rows are no scorecard's.
pub fn without_forms(workbook: &Workbook, forms: &[DeclaredForm]) -> Workbook {
    let mut rest = workbook.clone();
    for sheet in &mut rest.sheets {
        let lines = apart(forms.iter().filter(|form| form.sheet == sheet.name).map(|form| form.lines).collect());
        let in_form = |row: u32| {
            let line = row.saturating_add(1);
            let before = lines.partition_point(|(first, _)| *first <= line);
            before.checked_sub(1).and_then(|form| lines.get(form)).is_some_and(|(_, last)| line <= *last)
        };
        sheet.cells.retain(|at, _| !in_form(at.row));
        let merges: Vec<Area> = sheet.merges.iter().copied().filter(|area| !in_form(area.first.row)).collect();
        sheet.merges = merges.into();
    }
    rest
}

/// Lines from top to bottom, and apart: of forms side by side the taller one's.
fn apart(mut lines: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    lines.sort_unstable();
    let mut apart: Vec<(u32, u32)> = Vec::new();
    for (first, last) in lines {
        match apart.last_mut() {
            Some(before) if first <= before.1 => before.1 = before.1.max(last),
            _ => apart.push((first, last)),
        }
    }
    apart
}

/// The form; none where no column claims a score for its rows: what is nowhere asked for is not missing.
fn form(
    grid: &Grid,
    part: &stretch::FormStretch,
    number: u32,
    file_name: &str,
    declared: &Declared,
) -> Option<DeclaredForm> {
    let head = labels::head(grid, part, file_name);
    let mut reader = cells::Reader::new(grid, head.year.as_ref().map(|year| year.value));
    let (funds, mut budget) = funds::funds(&mut reader, part);
    budget.carried_out = budget_found::CarriedOut::of(&funds);
    let mut table = rows::rows(&mut reader, part, declared, &mut budget);
    if !table.is_scored && !table.rows.is_empty() {
        return None;
    }
    weights::settle(&reader, part, &mut budget, &mut table.rows, declared.total);
    let header =
        part.header_of_total().map(|header| by_content::columns_under(grid, part, header, declared, reader.year));
    let scores = header.and_then(|columns| columns.scores().first().copied());
    let total = total::total(&mut reader, part, scores, declared.total);
    tell_replaced(&mut reader, &funds, &budget, total.as_ref());
    reader.tell_hidden(part.first, part.end);
    let guidance = cells::guidance(grid, part, &declared.words.guidance);
    let texts = own_texts::of_form(grid, (part.first, part.end.saturating_sub(1)), &table.rows, &guidance);
    let mut form = DeclaredForm {
        number,
        sheet: grid.sheet.name.clone(),
        lines: (part.first + 1, part.end),
        title: head.title,
        year: head.year,
        dated: dated(std::iter::once(grid), Some((part.first, part.end.saturating_sub(1)))),
        project: head.project,
        authority: head.authority,
        implementer: head.implementer,
        funds,
        budget: budget.into_claim(grid, part),
        rows: table.rows,
        weights: table.weights,
        total,
        asks_reasons: table.asks_reasons,
        remarks: table.remarks,
        guidance,
        blank: false,
        superseded: false,
        texts,
        findings: reader.findings,
        comments: reader.comments,
    };
    refuse_other_points(&mut form);
    form.blank = is_blank(&form);
    Some(form)
}

/// 5/6 is the score 5 of 6 points. Where the weight is another, or unknown, it is a slip somewhere, and nobody can say where.
fn refuse_other_points(form: &mut DeclaredForm) {
    let rows = form.rows.iter_mut().map(|row| (&mut row.claim, row.weight.as_ref().map(|weight| weight.value)));
    let budget = (&mut form.budget.claim, form.budget.weight.as_ref().map(|weight| weight.value));
    for (claim, weight) in std::iter::once(budget).chain(rows) {
        if claim.out_of.is_some() && claim.out_of != weight {
            claim.score = ClaimedScore::NotANumber;
        }
    }
}

/// Sums, the rate and the total that the form says compute themselves, and that were typed by hand.
fn tell_replaced(
    reader: &mut cells::Reader,
    funds: &Funds,
    budget: &budget_found::BudgetFound,
    total: Option<&Sourced<Decimal>>,
) {
    let amounts = funds.total.iter().flat_map(|row| [&row.initial, &row.planned, &row.spent]).flatten();
    let sources: Vec<&Source> = amounts
        .map(|amount| &amount.source)
        .chain(budget.rate.iter().map(|rate| &rate.source))
        .chain(total.map(|total| &total.source))
        .collect();
    for at in sources.into_iter().filter_map(|source| source.cell.parse().ok()) {
        if computed::is_replaced(reader.grid, at) {
            reader.tell(Code::FormulaReplaced, at, None);
        }
    }
}

/// The template as it was handed out: no project, no money, no score, no actual.
fn is_blank(form: &DeclaredForm) -> bool {
    let unscored = |claim: &Claim| matches!(claim.score, ClaimedScore::Missing | ClaimedScore::NotAsked);
    let amounts = form.funds.total.iter().chain(&form.funds.parts);
    form.project.is_none()
        && unscored(&form.budget.claim)
        && form.rows.iter().all(|row| unscored(&row.claim) && row.actual.value == Actual::Absent)
        && amounts.flat_map(|row| [&row.initial, &row.planned, &row.spent]).all(Option::is_none)
}
