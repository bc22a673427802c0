//! Tables found by what their header cells say: headers of one to three rows, and the meaning of each column.

use super::grid::{Grid, raw};
use super::names::key;
use crate::quantity::fold;
use crate::workbook::{Address, Area, Value};

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
}

impl Header {
    /// The headings joined, for people.
    pub fn words(&self) -> String {
        let headings = self.headings.iter().map(|heading| heading.pieces.join("/"));
        headings.map(|words| words.split_whitespace().collect::<String>()).collect::<Vec<_>>().join(" | ")
    }

    /// The headers of tables that stand side by side, with a column free between them.
    fn parted(self) -> Vec<Header> {
        let mut runs: Vec<Vec<Heading>> = Vec::new();
        for heading in &self.headings {
            match runs.last_mut() {
                Some(run) if run.last().is_some_and(|last| last.columns.1 + 1 == heading.columns.0) => {
                    run.push(heading.clone())
                }
                _ => runs.push(vec![heading.clone()]),
            }
        }
        let parts: Vec<Header> = runs
            .into_iter()
            .map(|headings| Header { rows: self.rows, columns: understood(&headings), headings })
            .collect();
        if parts.len() > 1 && parts.iter().all(Header::is_of_a_table) { parts } else { vec![self] }
    }

    /// Whether the headings together are those of some table: a score beside indicators, answers beside questions, amounts
    /// beside tasks, actuals beside targets.
    fn is_of_a_table(&self) -> bool {
        let any = |test: &dyn Fn(&Heading) -> bool| self.headings.iter().any(test);
        let card = |wanted: fn(CardColumn) -> bool| any(&|one| card_column(&one.own, &one.whole).is_some_and(wanted));
        let base = |wanted: BaseColumn| any(&|one| base_column(&one.own) == Some(wanted));
        let completion = |wanted: CompletionColumn| any(&|one| completion_column(&one.own, &one.whole) == Some(wanted));
        let kpi = |wanted: KpiColumn| any(&|one| kpi_column(&one.own) == Some(wanted));
        card(|one| matches!(one, CardColumn::Score(_)))
            && card(|one| matches!(one, CardColumn::Name | CardColumn::Above))
            || base(BaseColumn::Label) && base(BaseColumn::Value)
            || self.headings.iter().filter(|one| base_column(&one.own) == Some(BaseColumn::Label)).count() == 2
            || completion(CompletionColumn::Task) && completion(CompletionColumn::Planned)
            || kpi(KpiColumn::Label) && kpi(KpiColumn::Target)
            || kpi(KpiColumn::Target) && kpi(KpiColumn::Actual)
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

/// Every header of a sheet, from the top.
pub fn headers(grid: &Grid) -> Vec<Header> {
    let rows = grid.rows();
    let mut found = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        let height = if known_words(grid, rows[at]) < 2 { 0 } else { height(grid, &rows[at..]) };
        if height > 0 {
            let header = header(grid, rows[at], rows[at + height - 1]);
            if header.is_of_a_table() {
                found.extend(header.parted());
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
    let goes_on = |i: usize| rows[i] == rows[i - 1] + 1 && is_second_row(grid, rows[i]);
    (1..rows.len().min(3)).take_while(|&i| goes_on(i)).count() + 1
}

/// A row below the first of a header: nothing but headings.
fn is_second_row(grid: &Grid, row: u32) -> bool {
    let (mut words, mut others) = (0, 0);
    for (_, cell) in grid.cells_of(row) {
        match &cell.value {
            Value::Text(text) if is_heading(text) || is_party(text) => words += 1,
            Value::Text(_) => others += 1,
            _ => return false,
        }
    }
    words > others
}

/// Who gives a score, as the second row under 得分 says it: 财政, 单位, 复核.
fn is_party(text: &str) -> bool {
    let parties = [
        "财政",
        "单位",
        "部门",
        "本单位",
        "本部门",
        "自评",
        "复核",
        "复评",
        "核定",
        "财政局",
        "财政部门",
        "主管部门",
        "评审",
        "专家",
    ];
    let key = key(text);
    let is_bureaus = key.chars().count() <= 10 && NOT_CLAIMED.iter().any(|word| key.contains(word));
    is_bureaus || parties.contains(&key.as_str())
}

fn known_words(grid: &Grid, row: u32) -> usize {
    grid.cells_of(row).filter(|(_, cell)| matches!(&cell.value, Value::Text(text) if is_heading(text))).count()
}

fn header(grid: &Grid, first: u32, last: u32) -> Header {
    let mut spots: Vec<Area> = Vec::new();
    for row in grid.rows_within(first, last + 1) {
        spots.extend(grid.cells_of(*row).map(|(at, _)| grid.area(at)));
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
            _ => headings.push((places, heading(column, pieces.into_iter().map(|(_, text)| text).collect()))),
        }
    }
    let headings: Vec<Heading> = headings.into_iter().map(|(_, heading)| heading).collect();
    Header { rows: (first, last), columns: understood(&headings), headings }
}

/// The cells over one column, from the top, each once.
fn pieces(grid: &Grid, first: u32, last: u32, column: u32) -> Vec<(Address, String)> {
    let mut pieces: Vec<(Address, String)> = Vec::new();
    for row in first..=last {
        if let Some((at, cell)) = grid.seen(row, column)
            && at.row >= first
            && pieces.last().is_none_or(|(above, _)| *above != at)
        {
            pieces.push((at, raw(&cell.value)));
        }
    }
    pieces
}

fn heading(column: u32, pieces: Vec<String>) -> Heading {
    let own = pieces.last().map(|text| without_brackets(text)).unwrap_or_default();
    let whole = pieces.iter().map(|text| key(text)).collect();
    Heading { columns: (column, column), pieces, own, whole }
}

fn understood(headings: &[Heading]) -> (u32, u32) {
    let mut known = headings.iter().filter(|heading| heading.pieces.iter().any(|piece| is_heading(piece)));
    let first = known.next();
    let last = known.next_back().or(first);
    (first.map_or(0, |heading| heading.columns.0), last.map_or(0, |heading| heading.columns.1))
}

/// A heading as a key, without its remarks in brackets.
pub fn without_brackets(text: &str) -> String {
    let mut depth = 0usize;
    let mut kept = String::new();
    for c in fold(text).chars() {
        match c {
            '(' | '[' | '【' | '〔' => depth += 1,
            ')' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    let kept = key(&kept);
    if kept.is_empty() { key(text) } else { kept }
}

/// Whether a text is a heading of any table.
fn is_heading(text: &str) -> bool {
    if text.chars().count() > LONGEST * 2 {
        return false;
    }
    let (own, whole) = (without_brackets(text), key(text));
    if whole.chars().count() > LONGEST || own.is_empty() {
        return false;
    }
    OTHER.contains(&own.as_str())
        || card_column(&own, &whole).is_some()
        || base_column(&own).is_some()
        || completion_column(&own, &whole).is_some()
        || kpi_column(&own).is_some()
}

/// Headings that say nothing about which table it is.
const OTHER: [&str; 24] = [
    "备注",
    "说明",
    "指标说明",
    "指标解释",
    "评分标准",
    "评分细则",
    "评分办法",
    "评价标准",
    "评价指标",
    "扣分原因",
    "扣分说明",
    "填报口径",
    "全额",
    "其中财政拨款",
    "财政拨款",
    "数据来源",
    "计算公式",
    "评分说明",
    "指标内涵",
    "填报说明",
    "自评说明",
    "得分说明",
    "得分依据",
    "完成情况",
];

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

/// Scores that are not the department's claim.
const NOT_CLAIMED: [&str; 32] = [
    "财政",
    "复核",
    "核定",
    "审定",
    "审核",
    "评审",
    "第三方",
    "专家",
    "主管",
    "抽查",
    "再评",
    "复评",
    "复审",
    "重评",
    "核实",
    "核减",
    "初审",
    "终审",
    "考评组",
    "评价组",
    "工作组",
    "评价机构",
    "中介",
    "上级",
    "上年",
    "去年",
    "上一年",
    "往年",
    "扣分",
    "减分",
    "平均",
    "调整后",
];
/// Words with which a heading about scores is not the score itself.
const ABOUT_SCORES: [&str; 17] = [
    "标准",
    "细则",
    "办法",
    "说明",
    "依据",
    "原因",
    "方法",
    "规则",
    "等级",
    "理由",
    "要点",
    "项目",
    "公式",
    "过程",
    "人",
    "日期",
    "评分表",
];

/// What a heading of a scorecard means.
pub fn card_column(own: &str, whole: &str) -> Option<CardColumn> {
    if is_evidence(own) || (whole.contains("佐证") && !is_asked_for(whole)) {
        return Some(CardColumn::Evidence);
    }
    match own {
        "一级指标" | "二级指标" | "一级" | "二级" => return Some(CardColumn::Above),
        "三级指标" | "三级指标名称" | "三级" | "指标名称" | "指标" | "评价指标" | "考核指标" | "评分指标"
        | "考评指标" | "具体指标" | "评价内容" | "考核内容" | "评分项目" | "评价项目" | "考核项目" | "评分内容"
        | "自评指标" | "评价指标名称" | "四级指标" | "指标内容" => return Some(CardColumn::Name),
        "分值" | "权重" | "满分" | "标准分" | "标准分值" | "标准分数" | "指标分值" | "分值权重" | "权重分值"
        | "满分值" | "指标权重" | "权重分" | "满分分值" | "分值分" | "应得分" | "总分值" => {
            return Some(CardColumn::Points);
        }
        _ => {}
    }
    claimed(own, whole).map(CardColumn::Score)
}

/// How plainly a heading says that the department's own score stands under it.
fn claimed(own: &str, whole: &str) -> Option<u8> {
    let has = |words: &[&str]| words.iter().any(|word| whole.contains(word));
    let in_words = own.chars().count() <= 10 && !own.chars().any(|c| c.is_ascii_digit());
    if !in_words
        || has(&NOT_CLAIMED)
        || ABOUT_SCORES.iter().any(|word| own.contains(word))
        || whole.chars().count() > LONGEST
    {
        return None;
    }
    let scores = ["得分", "评分", "分数", "打分", "计分", "自评分"];
    if matches!(own, "自评" | "自评结果" | "单位自评" | "部门自评" | "自评值")
        || (whole.contains("自评") && scores.iter().any(|word| own.contains(word)))
        || (matches!(own, "单位" | "部门" | "本单位" | "本部门" | "自评" | "自评分" | "本年" | "本年度")
            && scores.iter().any(|word| whole.contains(word)))
    {
        return Some(4);
    }
    let own_score = scores.iter().any(|word| own.contains(word));
    match own_score {
        false => None,
        true if has(&["单位", "部门", "自我", "自查"]) => Some(3),
        true if matches!(own, "得分" | "分数" | "实际得分" | "指标得分" | "评分" | "得分情况" | "本项得分") => {
            Some(2)
        }
        true => Some(1),
    }
}

/// A column that says what evidence is wanted, and not what was given.
fn is_asked_for(heading: &str) -> bool {
    ["要求", "应提供", "需提供", "须提供", "参考", "示例", "说明"].iter().any(|word| heading.contains(word))
}

fn is_evidence(own: &str) -> bool {
    if is_asked_for(own) {
        return false;
    }
    let words = ["佐证", "证明材料", "证明资料", "支撑材料", "支撑资料", "依据材料", "依据文件", "证明文件"];
    words.iter().any(|word| own.contains(word)) || matches!(own, "附件" | "附件材料" | "附件名称" | "证据" | "材料名称")
}

/// The year of a heading that is a year's figures: `2020年`, `2020年度数值`, `2020年实际数`.
pub fn year_of(own: &str) -> Option<i32> {
    let digits = own.get(..4).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?;
    let behind = own.get(4..)?.trim_start_matches(['年', '度', '末']);
    let figures = ["", "数", "数值", "数据", "金额", "实际数", "实际", "填报值", "情况", "实际值", "完成值"];
    figures.contains(&behind).then(|| digits.parse().ok()).flatten().filter(|year| (1990..=2099).contains(year))
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
pub fn base_column(own: &str) -> Option<BaseColumn> {
    Some(match own {
        "序号" | "编号" | "行次" => BaseColumn::Number,
        "数据项" | "数据项名称" | "数据名称" | "数据项目" | "指标" | "指标名称" | "项目" | "内容" | "名称"
        | "填报项目" | "填报内容" | "填报事项" | "填报指标" | "基础数据" | "基础数据项" | "基础指标" | "事项"
        | "数据指标" | "指标内容" | "项目内容" | "项目名称" | "数据内容" | "科目" | "要素" | "指标项" | "数据要素"
        | "基础数据名称" | "填报数据项" | "数据项内容" => BaseColumn::Label,
        "数值" | "数据" | "金额" | "填报值" | "数额" | "填报数据" | "填报数" | "填报数值" | "实际值" | "数据值"
        | "结果" | "填写" | "填报情况" | "答案" | "实际数" | "完成值" | "本年数" | "本年" | "本年度" | "年末数"
        | "数字" | "数量" | "填报结果" | "填写内容" | "填写值" | "情况" | "当年数" | "实际情况" | "填报"
        | "单位填报" | "部门填报" | "数值或选项" | "值" | "本期数" | "数值选项" | "数值答案" | "填报答案"
        | "本年实际" | "金额数据" | "数据金额" | "数值金额" | "完成数" | "实际完成数" => {
            BaseColumn::Value
        }
        "单位" | "计量单位" | "度量单位" | "金额单位" | "数据单位" | "数值单位" => {
            BaseColumn::Unit
        }
        _ if is_evidence(own) => BaseColumn::Evidence,
        _ if year_of(own).is_some() => BaseColumn::Value,
        _ => return None,
    })
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
pub fn completion_column(own: &str, whole: &str) -> Option<CompletionColumn> {
    if matches!(
        own,
        "任务名称"
            | "主要任务"
            | "工作任务"
            | "任务"
            | "任务内容"
            | "重点任务"
            | "年度任务"
            | "任务项目"
            | "主要任务名称"
            | "年度主要任务"
            | "工作任务名称"
            | "项目任务"
    ) {
        return Some(CompletionColumn::Task);
    }
    let has = |words: &[&str]| words.iter().any(|word| whole.contains(word));
    if has(&["率", "公式", "说明", "原因", "差异"]) || whole.chars().count() > LONGEST {
        return None;
    }
    let fiscal = own.contains("财政");
    if has(&["执行数", "支出数", "决算数", "实际支出", "执行金额", "支出金额", "执行情况"]) {
        Some(if fiscal { CompletionColumn::SpentFiscal } else { CompletionColumn::Spent })
    } else if has(&["预算数", "预算金额", "年初预算", "全年预算", "计划数", "预算安排", "调整预算"])
    {
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
pub fn kpi_column(own: &str) -> Option<KpiColumn> {
    Some(match own {
        "一级指标" | "二级指标" | "三级指标" | "指标名称" | "指标内容" | "三级指标名称" | "绩效指标" => {
            KpiColumn::Label
        }
        "预期指标值"
        | "年度指标值"
        | "指标值"
        | "目标值"
        | "预期值"
        | "预期目标值"
        | "计划指标值"
        | "年度目标值"
        | "绩效目标值"
        | "预期完成指标值"
        | "计划值"
        | "年初目标值"
        | "年度绩效指标值"
        | "预期目标指标值" => KpiColumn::Target,
        "实际完成指标值"
        | "实际完成值"
        | "全年实际值"
        | "完成值"
        | "实际值"
        | "实际完成情况"
        | "全年完成值"
        | "实际完成"
        | "完成指标值"
        | "指标完成值"
        | "全年实际完成值"
        | "指标完成情况"
        | "实际指标值"
        | "年度完成值" => KpiColumn::Actual,
        _ => return None,
    })
}
