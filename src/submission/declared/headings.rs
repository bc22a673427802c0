//! What the headings of a declared form mean.

use crate::quantity::fold;
use crate::submission::headers::{CardColumn, KpiColumn, card_column, kpi_column, without_brackets};
use crate::submission::names::key;
use crate::vocabulary::remembered::remembered;
use crate::vocabulary::{Vocabulary, Words};
use rust_decimal::Decimal;

/// Header cells say little: longer texts are no headings.
const LONGEST: usize = 24;

/// A text short enough to be a heading.
pub(super) struct Heading {
    /// As a key, without its remarks in brackets.
    own: String,
    /// As a key.
    whole: String,
}

impl Heading {
    /// The text as a heading; none where it is too long.
    pub(super) fn of(text: &str) -> Option<Heading> {
        Heading::known_as(text, &key(text))
    }

    /// The same of a text whose key is known.
    pub(super) fn known_as(text: &str, key: &str) -> Option<Heading> {
        let is_short = key.chars().nth(LONGEST).is_none();
        is_short.then(|| Heading { own: without_brackets(text), whole: key.to_owned() })
    }
}

/// What a column of the block of money holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FundColumn {
    /// 年初预算数.
    Initial,
    /// 全年预算数（A）.
    Planned,
    /// 追加预算: by how much the budget was changed.
    Change,
    /// 资金到位数.
    Received,
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
        matches!(self, FundColumn::Initial | FundColumn::Planned | FundColumn::Received | FundColumn::Spent)
    }
}

/// What a heading of the block of money means.
pub fn fund_column(vocabulary: &Vocabulary, text: &str) -> Option<FundColumn> {
    remembered!(vocabulary, text, Option<FundColumn>, read_fund_column(vocabulary, &Heading::of(text)?))
}

/// The same, read anew.
pub(super) fn read_fund_column(vocabulary: &Vocabulary, heading: &Heading) -> Option<FundColumn> {
    let Heading { own, whole } = heading;
    if let Some(column) = scored_column(vocabulary, own, whole) {
        return Some(match column {
            CardColumn::Points => FundColumn::Weight,
            CardColumn::Score(plain) => FundColumn::Score(plain),
            _ => return None,
        });
    }
    let has = |words: &Words| words.within(own);
    if is_reason(vocabulary, own) {
        Some(FundColumn::Reason)
    } else if has(&vocabulary.headings.weight_within) {
        Some(FundColumn::Weight)
    } else if has(&vocabulary.headings.funds_rate) {
        Some(FundColumn::Rate)
    } else {
        amount_column(vocabulary, own)
    }
}

/// What kind of amount a heading of the block of money means.
fn amount_column(vocabulary: &Vocabulary, own: &str) -> Option<FundColumn> {
    let words = &vocabulary.headings;
    if words.funds_rest.within(own) {
        return None;
    }
    let amounts = [
        (&words.funds_spent, FundColumn::Spent),
        (&words.funds_change, FundColumn::Change),
        (&words.funds_initial, FundColumn::Initial),
        (&words.funds_planned, FundColumn::Planned),
        (&words.funds_received, FundColumn::Received),
    ];
    amounts.into_iter().find(|(words, _)| words.within(own)).map(|(_, column)| column)
}

/// What an amount is by the end of its heading alone (全年预算, 全年支出); the block's own label ends like that, too.
pub fn amount_by_end(vocabulary: &Vocabulary, text: &str) -> Option<FundColumn> {
    let (own, words) = (without_brackets(text), &vocabulary.headings);
    if own.chars().count() > LONGEST || words.funds_rest.within(&own) || vocabulary.funds.budget.within(&own) {
        return None;
    }
    let ends = [(&words.funds_spent_end, FundColumn::Spent), (&words.funds_planned_end, FundColumn::Planned)];
    ends.into_iter().find(|(words, _)| words.ends(&own)).map(|(_, column)| column)
}

/// 分值 and 得分 in any table of the form; the bureau's own column is none.
fn scored_column(vocabulary: &Vocabulary, own: &str, whole: &str) -> Option<CardColumn> {
    match card_column(vocabulary, own, whole)? {
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

impl RowColumn {
    /// Whether what was to be reached, or what was reached, stands under it.
    pub fn is_measure(self) -> bool {
        matches!(self, RowColumn::Target | RowColumn::Actual)
    }
}

/// What a heading of 绩效指标 means.
pub fn row_column(vocabulary: &Vocabulary, text: &str) -> Option<RowColumn> {
    remembered!(vocabulary, text, Option<RowColumn>, read_row_column(vocabulary, &Heading::of(text)?))
}

/// The same, read anew.
pub(super) fn read_row_column(vocabulary: &Vocabulary, heading: &Heading) -> Option<RowColumn> {
    let Heading { own, whole } = heading;
    if let Some(column) = named_column(vocabulary, own) {
        return Some(column);
    }
    if is_reason(vocabulary, own) {
        return Some(RowColumn::Reason);
    }
    match scored_column(vocabulary, own, whole) {
        Some(CardColumn::Points) => Some(RowColumn::Weight),
        Some(CardColumn::Score(plain)) => Some(RowColumn::Score(plain)),
        _ => {
            let plain = without_modifiers(vocabulary, own);
            let is_weight = vocabulary.headings.card_points.contains(plain);
            let measure =
                || named_column(vocabulary, without_scopes(vocabulary, plain)).filter(|column| column.is_measure());
            named_column(vocabulary, plain).or_else(|| is_weight.then_some(RowColumn::Weight)).or_else(measure)
        }
    }
}

/// The column that a heading names word for word.
fn named_column(vocabulary: &Vocabulary, own: &str) -> Option<RowColumn> {
    let words = &vocabulary.headings;
    let columns = [
        (&words.row_first, RowColumn::Above(1)),
        (&words.row_second, RowColumn::Above(2)),
        (&words.row_name, RowColumn::Name),
        (&words.row_nature, RowColumn::Nature),
        (&words.row_unit, RowColumn::Unit),
        (&words.row_target, RowColumn::Target),
        (&words.row_actual, RowColumn::Actual),
    ];
    let known = columns.into_iter().find(|(words, _)| words.contains(own)).map(|(_, column)| column);
    known.or_else(|| match kpi_column(vocabulary, own)? {
        KpiColumn::Target => Some(RowColumn::Target),
        KpiColumn::Actual => Some(RowColumn::Actual),
        KpiColumn::Label => None,
    })
}

/// A heading without the words before and behind it that only say when, which version or how much.
fn without_modifiers<'t>(vocabulary: &Vocabulary, own: &'t str) -> &'t str {
    let words = &vocabulary.headings.row_modifiers;
    let mut rest = own;
    loop {
        let dated = without_date(vocabulary, rest);
        let shorter = words.strip_start(dated).unwrap_or(dated);
        let shorter = words.strip_end(shorter).unwrap_or(shorter);
        if shorter == rest {
            return rest;
        }
        rest = shorter;
    }
}

/// 2020年, 1-6月: what stands behind a date at the start; the text itself where it begins with none.
fn without_date<'t>(vocabulary: &Vocabulary, text: &'t str) -> &'t str {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() == text.len() {
        return text;
    }
    let year = vocabulary.years.year.strip_start(rest);
    year.or_else(|| rest.strip_prefix(vocabulary.scopes.months.all())).unwrap_or(text)
}

/// Whether a heading says nothing but when, which version, whose or how much: 上半年, 终稿, 2020年, 下属单位, 合计, 其中：财政拨款.
pub fn says_only_scope(vocabulary: &Vocabulary, text: &str) -> bool {
    remembered!(vocabulary, text, bool, {
        let own = without_brackets(text);
        !own.is_empty() && without_scopes(vocabulary, &own).is_empty()
    })
}

/// What remains of a heading without the words of its scope.
fn without_scopes<'t>(vocabulary: &Vocabulary, own: &'t str) -> &'t str {
    let scopes = &vocabulary.scopes;
    let lists = [
        &scopes.whole,
        &scopes.own,
        &scopes.below,
        &scopes.part,
        &scopes.spans,
        &scopes.last,
        &scopes.draft,
        &scopes.initial,
    ];
    let mut rest = own;
    loop {
        let mut shorter = without_modifiers(vocabulary, rest).trim_start_matches(':');
        let subtotals = &vocabulary.totals.form_subtotal;
        for list in lists.into_iter().chain([subtotals]) {
            shorter = list.longest_start(shorter).unwrap_or(shorter);
        }
        if shorter == rest {
            return rest;
        }
        rest = shorter;
    }
}

/// A heading without the words that speak of all the money of a project as if it were a part: 项目支出.
pub fn without_own_words(vocabulary: &Vocabulary, text: &str) -> String {
    vocabulary.funds.own.iter().fold(fold(text).into_owned(), |text, word| text.replace(word, ""))
}

fn is_reason(vocabulary: &Vocabulary, own: &str) -> bool {
    vocabulary.headings.reason.within(own) || vocabulary.headings.reason_alone.contains(own)
}

/// The weight in a label, and the label without it: 产出指标（50分）, 数量指标 20分, 满意度指标（10）.
pub fn weight_in_label(vocabulary: &Vocabulary, label: &str) -> (String, Option<Decimal>) {
    let folded = fold(label);
    let text = folded.trim();
    if let Some(inner) = text.strip_suffix([')', ']', '】', '〕'])
        && let Some(open) = inner.rfind(['(', '[', '【', '〔'])
        && let Some(weight) = weight(vocabulary, inner[open..].trim_start_matches(['(', '[', '【', '〔']))
        && open > 0
    {
        return (before(label, &text[..open]), Some(weight));
    }
    let digits = text
        .strip_suffix(vocabulary.names.points.all())
        .map(|rest| rest.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.'));
    if let Some(name) = digits.filter(|name| !name.trim().is_empty() && !name.ends_with(|c: char| "≥≤=<>-".contains(c)))
        && let Some(weight) = weight(vocabulary, &text[name.len()..])
    {
        return (before(label, name), Some(weight));
    }
    (label.trim().to_owned(), None)
}

/// `50分`, 50: a weight that a form can have.
fn weight(vocabulary: &Vocabulary, text: &str) -> Option<Decimal> {
    let number = vocabulary.labels.weight.trim_start(text.trim()).trim_start_matches([':', ' ']);
    let number = number.strip_suffix(vocabulary.names.points.all()).unwrap_or(number).trim();
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
