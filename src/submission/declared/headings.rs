//! What the headings of a declared form mean.

use crate::quantity::fold;
use crate::submission::headers::{CardColumn, KpiColumn, card_column, kpi_column, without_brackets};
use crate::submission::names::key;
use rust_decimal::Decimal;

/// Header cells say little: longer texts are no headings.
const LONGEST: usize = 24;

/// What a column of the block of money holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FundColumn {
    /// 年初预算数.
    Initial,
    /// 全年预算数（A）.
    Planned,
    /// 全年执行数（B）.
    Spent,
    /// 分值.
    Weight,
    /// 执行率（B/A）.
    Rate,
    /// 得分: the larger, the plainer its heading says that it is the claim.
    Score(u8),
    /// 偏差原因.
    Reason,
}

impl FundColumn {
    /// Whether amounts of money stand under it.
    pub fn is_amount(self) -> bool {
        matches!(self, FundColumn::Initial | FundColumn::Planned | FundColumn::Spent)
    }
}

/// What a heading of the block of money means.
pub fn fund_column(text: &str) -> Option<FundColumn> {
    let (own, whole) = (without_brackets(text), key(text));
    if whole.chars().count() > LONGEST {
        return None;
    }
    if let Some(column) = scored_column(&own, &whole) {
        return Some(match column {
            CardColumn::Points => FundColumn::Weight,
            CardColumn::Score(plain) => FundColumn::Score(plain),
            _ => return None,
        });
    }
    let has = |words: &[&str]| words.iter().any(|word| own.contains(word));
    if is_reason(&own) {
        Some(FundColumn::Reason)
    } else if own.contains("执行率") || own.contains("完成率") || own.contains("支出率") {
        Some(FundColumn::Rate)
    } else if has(&["执行数", "支出数", "实际支出", "决算数", "执行金额", "支出金额", "使用数", "支付数"])
    {
        Some(FundColumn::Spent)
    } else if has(&["年初预算", "年初数", "预算批复", "批复数"]) {
        Some(FundColumn::Initial)
    } else if has(&["全年预算", "预算数", "调整预算", "调整后预算", "预算金额", "预算安排", "到位数", "计划数"])
    {
        Some(FundColumn::Planned)
    } else {
        None
    }
}

/// 分值 and 得分 in any table of the form; the bureau's own column is none.
fn scored_column(own: &str, whole: &str) -> Option<CardColumn> {
    match card_column(own, whole)? {
        column @ (CardColumn::Points | CardColumn::Score(_)) => Some(column),
        _ => None,
    }
}

/// What a column of 绩效指标 holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowColumn {
    /// 一级指标 (1), 二级指标 (2).
    Above(u8),
    /// 三级指标.
    Name,
    /// 年度指标值.
    Target,
    /// 实际完成值.
    Actual,
    /// 指标性质: the sign.
    Nature,
    /// 度量单位.
    Unit,
    /// 分值.
    Weight,
    /// 得分.
    Score(u8),
    /// 偏差原因分析及改进措施.
    Reason,
}

/// What a heading of 绩效指标 means.
pub fn row_column(text: &str) -> Option<RowColumn> {
    let (own, whole) = (without_brackets(text), key(text));
    if whole.chars().count() > LONGEST {
        return None;
    }
    match own.as_str() {
        "一级指标" | "一级" => return Some(RowColumn::Above(1)),
        "二级指标" | "二级" => return Some(RowColumn::Above(2)),
        "三级指标" | "三级" | "三级指标名称" | "指标名称" | "指标内容" | "具体指标" => {
            return Some(RowColumn::Name);
        }
        "指标性质" | "指标方向" | "性质" | "指标符号" | "符号" | "计算符号" | "运算符号" | "指标类型" =>
        {
            return Some(RowColumn::Nature);
        }
        "度量单位" | "计量单位" | "指标单位" | "单位" | "数值单位" => return Some(RowColumn::Unit),
        "全年指标值" | "年初指标值" | "预期指标" | "绩效目标" | "年度目标" | "目标" | "预期目标" | "计划完成值"
        | "年初设定值" | "设定值" | "全年目标值" | "全年指标" | "年初目标" | "绩效指标值" => {
            return Some(RowColumn::Target);
        }
        "全年完成情况"
        | "实际完成数"
        | "完成情况"
        | "实际值"
        | "实际完成指标"
        | "全年实际完成情况"
        | "自评完成值"
        | "实际完成"
        | "全年实际"
        | "年末完成值"
        | "实际达到值" => {
            return Some(RowColumn::Actual);
        }
        _ => {}
    }
    match kpi_column(&own) {
        Some(KpiColumn::Target) => return Some(RowColumn::Target),
        Some(KpiColumn::Actual) => return Some(RowColumn::Actual),
        _ => {}
    }
    if is_reason(&own) {
        return Some(RowColumn::Reason);
    }
    Some(match scored_column(&own, &whole)? {
        CardColumn::Points => RowColumn::Weight,
        CardColumn::Score(plain) => RowColumn::Score(plain),
        _ => return None,
    })
}

fn is_reason(own: &str) -> bool {
    ["偏差原因", "原因分析", "未完成原因", "改进措施", "扣分原因", "差异原因", "偏离原因"]
        .iter()
        .any(|word| own.contains(word))
        || matches!(own, "原因" | "备注" | "说明")
}

/// The weight in a label, and the label without it: 产出指标（50分）, 数量指标 20分, 满意度指标（10）.
pub fn weight_in_label(label: &str) -> (String, Option<Decimal>) {
    let folded = fold(label);
    let text = folded.trim();
    if let Some(inner) = text.strip_suffix([')', ']', '】', '〕'])
        && let Some(open) = inner.rfind(['(', '[', '【', '〔'])
        && let Some(weight) = weight(inner[open..].trim_start_matches(['(', '[', '【', '〔']))
        && open > 0
    {
        return (before(label, &text[..open]), Some(weight));
    }
    let digits = text.strip_suffix('分').map(|rest| rest.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.'));
    if let Some(name) = digits.filter(|name| !name.trim().is_empty() && !name.ends_with(|c: char| "≥≤=<>-".contains(c)))
        && let Some(weight) = weight(&text[name.len()..])
    {
        return (before(label, name), Some(weight));
    }
    (label.trim().to_owned(), None)
}

/// `50分`, 50: a weight that a form can have.
fn weight(text: &str) -> Option<Decimal> {
    let number = text.trim().trim_start_matches("分值").trim_start_matches([':', ' ']);
    let number = number.strip_suffix('分').unwrap_or(number).trim();
    let plain = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || c == '.');
    let value = Decimal::from_str_exact(number).ok().filter(|_| plain)?;
    (value <= Decimal::ONE_HUNDRED).then_some(value)
}

/// The part of the label as written that folds to `folded`; the folded text where widths make them differ.
fn before(label: &str, folded: &str) -> String {
    let wanted = folded.trim();
    let written = label.trim();
    let ends = written.char_indices().map(|(at, _)| at).chain([written.len()]);
    let found = ends.map(|at| written[..at].trim()).find(|part| fold(part) == wanted);
    found.map_or_else(|| wanted.to_owned(), str::to_owned)
}
