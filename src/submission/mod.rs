//! Cells → claims and facts: what one workbook says, each value with the cell it stands in.
//!
//! All the mess of real forms lives in this folder and nowhere else. What is written here is plain data.

mod answers;
mod around;
mod assign;
mod base_data;
mod card_by_content;
mod cards;
mod closing;
mod collect;
mod commented;
mod completion;
mod computed;
mod corner;
mod dated;
pub mod declared;
mod doubts;
mod effort;
mod fit;
mod found;
mod grid;
mod headers;
mod hidden;
mod identity;
mod kept_texts;
mod labelled;
mod layout;
mod left_out;
pub(crate) mod names;
mod narrative;
mod notes;
mod paired;
mod plain_words;
mod read_card;
mod reasons;
pub(crate) mod reviewed;
pub(crate) mod reviewed_form;
mod rows_of_one;
pub(crate) mod scope;
mod scorecard;
mod sheet_name;
mod sister;
mod subject;
mod tables_apart;
mod total_cell;
mod unheaded;
mod units_said;
mod unused;
mod values;
mod whose;
mod years;

pub use assign::assign;
pub use collect::{NoSubmission, collect};
pub use completion::kpi;
pub(crate) use effort::Exceeded;
pub use effort::{Effort, EffortLimits};
pub use fit::{Fit, is_the_rulebooks};

use rust_decimal::Decimal;

use crate::audit::{Doubt, Entered, Finding, KeptText, Origin, Source, Unused};
use crate::quantity::{Actual, Target};

/// What one workbook says about one scorecard.
#[derive(Debug, Clone, Default)]
pub struct Submission {
    /// The department.
    pub unit: Option<Sourced<String>>,
    /// The report year.
    pub year: Option<Sourced<i32>>,
    /// The day on which it was filled in, `2021-03-05`, as it says itself.
    pub dated: Option<String>,
    /// Every claimed score found, with the indicator it was matched to. Several for one indicator are possible.
    pub claims: Vec<Claim>,
    /// The total as stated (综合评分, 合计, 总分).
    pub total: Option<Sourced<Decimal>>,
    /// The grade as stated.
    pub grade: Option<Sourced<String>>,
    /// Scores of rows that no indicator of the rulebook explains; they count in a total.
    pub unknown_scores: Vec<Sourced<Decimal>>,
    /// A row that no indicator explains has a score that cannot be read.
    pub unread_scores: bool,
    /// Indicators that no row names, each with a row that no indicator explains and whose name is like its own.
    pub unnamed: Vec<(String, Source)>,
    /// The rulebook was named for a card that it does not fit; none where it fits.
    pub misfit: Option<Fit>,
    /// Section totals as stated, by section id.
    pub section_totals: Vec<(String, Sourced<Decimal>)>,
    /// Every source of every fact found.
    pub facts: Vec<FactSource>,
    /// The completion table (自评表), if there is one.
    pub completion: Option<CompletionTable>,
    /// Sentences of the narrative that a phrase of the rulebook matched.
    pub quotes: Vec<Quote>,
    /// What looked like data and was not used, in the order of the workbook.
    pub unused: Vec<Unused>,
    /// What reviewers entered in an earlier audit workbook, as it is used.
    pub entered: Vec<Entered>,
    /// Texts long enough to be compared with those of other departments; none where they are too many.
    pub texts: Option<Vec<KeptText>>,
    /// Findings about the reading itself (renamed, ambiguous, unreadable, hidden …), in reading order.
    pub findings: Vec<Finding>,
    /// Tables found and what they were taken for, for `explain`; sheet by sheet.
    pub tables: Vec<TableFound>,
    /// Names of the workbook's sheets in their order.
    pub sheets: Vec<String>,
}

/// A value and the cell it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value as understood.
    pub value: T,
    /// Where it stands.
    pub source: Source,
}

/// One claimed score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The indicator's id.
    pub indicator: String,
    /// The indicator's name as the sheet writes it.
    pub name_written: String,
    /// What stands in the score cell.
    pub score: ClaimedScore,
    /// The points that the score cell says it is out of: 6 of `5/6`.
    pub out_of: Option<Decimal>,
    /// Other cells that have the same right to be the claim and say something else; no word tells them apart.
    pub rivals: Vec<Sourced<ClaimedScore>>,
    /// The score that its cell shows, where that is another than the stored one: 9 of 9.4.
    pub shown: Option<Decimal>,
    /// The first of rows below it that have neither points nor a score, where it may be for them as well.
    pub joined: Option<Source>,
    /// The 分值 beside it, if the card has such a column.
    pub points_stated: Option<Sourced<Decimal>>,
    /// Evidence named in the card's own row (a 佐证材料 column).
    pub evidence: Option<String>,
    /// The score cell (also when it is empty).
    pub source: Source,
}

impl Claim {
    /// The same where its cells are all said to be final: one that others contradict is no claim.
    pub(crate) fn contradicted(mut self) -> Claim {
        if !self.rivals.is_empty() {
            let texts = std::iter::once(&self.source).chain(self.rivals.iter().map(|rival| &rival.source));
            self.source.text = texts.map(|source| source.text.trim()).collect::<Vec<_>>().join(" ≠ ");
            self.rivals = Vec::new();
            self.score = ClaimedScore::NotANumber;
        }
        self
    }
}

/// What stands in a score cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimedScore {
    /// A number, with the decimals it was written with; it may be negative.
    Number(Decimal),
    /// A number in a cell merged over the rows of several indicators: one claim for all of them.
    Merged(Decimal),
    /// Nothing, or a placeholder.
    Missing,
    /// A formula whose result was never stored: something is claimed, and what it is the file does not say.
    Uncalculated,
    /// Something that is no number.
    NotANumber,
    /// The form has no place for it.
    NotAsked,
}

/// One source of one fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactSource {
    /// The fact's id.
    pub fact: String,
    /// What was understood.
    pub value: FactValue,
    /// The kind of table.
    pub origin: Origin,
    /// Named evidence beside it; placeholders are no evidence.
    pub evidence: Option<String>,
    /// Decimals that the figure was written with, in the rulebook's unit; for comparing the narrative with tables.
    pub decimals: u32,
    /// The figure that its cell shows, where that is another than the stored one, in the rulebook's unit.
    pub shown: Option<Decimal>,
    /// Why it is not certainly this fact; none: it is.
    pub doubt: Option<Doubt>,
    /// The words that make it doubtful: its label as written, or the remark beside it.
    pub written: String,
    /// Where it stands.
    pub source: Source,
}

/// What one source says of a fact, in the rulebook's unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactValue {
    /// A figure, also one outside the range of its fact.
    Number(Decimal),
    /// One cell that can mean either figure (an ambiguous unit); each is within the range of its fact.
    Either(Vec<Decimal>),
    /// 是, 否, or one of the rulebook's words.
    Answer(String),
    /// 不适用.
    NotApplicable,
    /// Something stands there that is no value; a finding of the reading says what.
    Unreadable,
}

impl FactValue {
    /// The figure, where it is one.
    pub fn figure(&self) -> Option<Decimal> {
        match self {
            FactValue::Number(figure) => Some(*figure),
            _ => None,
        }
    }
}

/// The completion table (自评表).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CompletionTable {
    /// The sheet it stands in.
    pub sheet: String,
    /// Task rows.
    pub tasks: Vec<TaskRow>,
    /// The 金额合计 row, if there is one.
    pub total: Option<TaskRow>,
    /// Every row of amounts above the total in the table's order, also parts and details of others.
    pub all: Vec<TaskRow>,
    /// KPI rows.
    pub kpis: Vec<KpiRow>,
}

/// One row of amounts, in 万元.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskRow {
    /// The task's name as written.
    pub name: String,
    /// The name's cell.
    pub cell: String,
    /// Planned, 全额.
    pub planned: Option<Sourced<Decimal>>,
    /// Planned, 其中：财政拨款.
    pub planned_fiscal: Option<Sourced<Decimal>>,
    /// Spent, 全额.
    pub spent: Option<Sourced<Decimal>>,
    /// Spent, 其中：财政拨款.
    pub spent_fiscal: Option<Sourced<Decimal>>,
    /// How it counts in the total, as its name says.
    pub counts: Counts,
}

/// How a row of amounts counts in the total of its table, as its name says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Counts {
    /// Nothing is said: it adds to the total, or to the row that it is a detail of.
    #[default]
    Open,
    /// 其中：人员经费, 小计, 本级合计: it repeats amounts of other rows.
    Within,
    /// 另：上级转移支付（不计入合计）.
    Beside,
    /// 减：年末收回: it is taken off.
    Less,
}

/// One KPI row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KpiRow {
    /// Labels of the row from left to right (一级, 二级, 三级), merged ones repeated.
    pub labels: Vec<String>,
    /// 预期指标值 as written.
    pub target: Option<Sourced<String>>,
    /// 实际完成指标值 as written.
    pub actual: Option<Sourced<String>>,
    /// What the target says; none where no cell holds one.
    pub due: Option<Target>,
    /// What the actual says; none where no cell holds one.
    pub done: Option<Actual>,
    /// A label names a cost, a time or a fault: better the lower it is.
    pub is_better_low: bool,
}

/// A sentence of the narrative that a phrase of the rulebook matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The fact the phrase is about.
    pub fact: String,
    /// What it says: a figure or an answer, in the rulebook's unit.
    pub value: FactValue,
    /// Decimals that the figure was written with, in the rulebook's unit.
    pub decimals: u32,
    /// Another year than the report's that the sentence names for it.
    pub other_year: Option<i32>,
    /// A denial (否) rather than a figure.
    pub denial: bool,
    /// The sentence.
    pub sentence: String,
    /// The cell it stands in, with its whole text.
    pub source: Source,
}

/// A table found, and what it was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableFound {
    /// scorecard, base_data, completion_table, kpi, narrative, form.
    pub kind: TableKind,
    /// The sheet.
    pub sheet: String,
    /// The area, such as `A3:H40`.
    pub area: String,
    /// What its header cells said, joined.
    pub header: String,
}

/// The kinds of table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableKind {
    /// 评分表.
    Scorecard,
    /// 基础数据表.
    BaseData,
    /// 自评表: tasks and amounts.
    Completion,
    /// 自评表: indicators with target and actual.
    Kpi,
    /// Running text.
    Narrative,
    /// A declared form.
    Declared,
}
