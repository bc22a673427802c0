//! Counts: how many of something.

use super::fold::squeezed;
use super::frame::{Frame, frame, span};
use super::numeral::{self, Grouping};
use super::{Reading, Typed, filled, fold};
use rust_decimal::Decimal;

/// What people count, without the noun.
const COUNTERS: [&str; 34] = [
    "人次", "人数", "个", "项", "人", "名", "件", "次", "家", "条", "份", "台", "套", "户", "处", "所", "宗", "起",
    "篇", "期", "批", "例", "位", "场", "册", "部", "座", "辆", "间", "幅", "张", "只", "种", "类",
];
/// Nouns that may follow a counter without changing what is counted.
const NOUNS: [&str; 10] = ["项目", "任务", "指标", "工作", "单位", "人员", "部门", "问题", "事项", "重点工作"];
const NONE: [&str; 7] = ["无", "没有", "不存在", "未发生", "未出现", "无此情况", "无此类情况"];

/// Reads a count: 8, `8个`, `０`, `0项`, 八, 十二, 1.2万人. A number that is not whole, or below zero, is a value all the same:
/// that it is out of range is for the caller to say.
///
/// `zero_words`: this counts faults, so that 无 and 没有 are zero; anywhere else 无 is [`Reading::Absent`].
/// An approximate count (约100人) is unreadable, one with 多 or 余 not measurable.
pub fn count(typed: Typed, zero_words: bool) -> Reading<Decimal> {
    match typed {
        Typed::Number { value, percent: false } => Reading::Value(value),
        Typed::Number { percent: true, .. } => Reading::Unreadable,
        Typed::Text(text) if zero_words && says_none(text) => Reading::Value(Decimal::ZERO),
        Typed::Text(text) => match filled(text) {
            Ok(text) => written(&frame(&text)),
            Err(reading) => reading,
        },
    }
}

fn says_none(text: &str) -> bool {
    let text = squeezed(&fold(text));
    NONE.contains(&text.trim_end_matches('。'))
}

fn written(frame: &Frame) -> Reading<Decimal> {
    match core(&frame.core) {
        Some(_) if frame.is_bound() => Reading::NotMeasurable,
        Some(_) if frame.about => Reading::Unreadable,
        Some(value) => Reading::Value(value),
        None if is_span(&frame.core) => Reading::NotMeasurable,
        None => Reading::Unreadable,
    }
}

fn is_span(text: &str) -> bool {
    span(text).is_some_and(|(low, high)| core(low).is_some() && core(high).is_some())
}

fn core(text: &str) -> Option<Decimal> {
    let (value, rest) = numeral::signed(text, Grouping::Allowed)?;
    let (value, rest) = with_myriads(value, rest.trim_start())?;
    is_counter(rest).then_some(value)
}

/// 1.2万 is 12000; what follows is returned beside it.
pub(super) fn with_myriads(value: Decimal, rest: &str) -> Option<(Decimal, &str)> {
    let (factor, rest) = if let Some(rest) = rest.strip_prefix('万') {
        (10_000, rest)
    } else if let Some(rest) = rest.strip_prefix('亿') {
        (100_000_000, rest)
    } else {
        return Some((value, rest));
    };
    let value = value.checked_mul(Decimal::from(factor))?;
    Some((value.normalize(), rest.trim_start()))
}

/// Nothing, a counter, or a counter and a plain noun.
pub(super) fn is_counter(text: &str) -> bool {
    text.is_empty()
        || COUNTERS
            .iter()
            .filter_map(|counter| text.strip_prefix(counter))
            .any(|noun| noun.is_empty() || NOUNS.contains(&noun))
}
