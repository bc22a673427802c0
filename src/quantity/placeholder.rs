//! Cells that look filled and are not.

use super::fold::squeezed;

/// Strokes, dots, crosses and empty brackets with which a cell is left open.
const STROKES: &str = "-–—―─━‐‑−ー_./\\|×xX*~…·。、,()[]【】〔〕<>《》□☐";
/// Words that stand for "nothing was filled in".
const WORDS: [&str; 14] = [
    "空",
    "空白",
    "略",
    "暂无",
    "暂缺",
    "无数据",
    "暂无数据",
    "未填",
    "未填写",
    "未填报",
    "没有数据",
    "无",
    "NULL",
    "null",
];
/// Guidance whatever is asked for begins with one of these.
const GUIDANCE: [&str; 14] =
    ["请填", "请选", "请输", "请在", "请如", "此处", "此栏", "在此", "待填", "待定", "待补", "示例:", "例如:", "例:"];
/// Where a number or an answer is due, so does guidance that begins with one of these; as words they could be meant.
const GUIDANCE_FOR_NUMBERS: [&str; 9] = ["请", "填写", "填报", "填列", "待", "点击", "单击", "示例", "例如"];
/// Where these stand and no digit does, it is guidance.
const GUIDANCE_HOLDS: [&str; 6] = ["请填", "填写", "填报", "请选择", "请输入", "下拉"];
/// Units that a template prints into the cell before anything is filled in (`  %`, `__万元`).
const LONE_UNITS: [&str; 14] =
    ["%", "百万元", "千元", "万元", "亿元", "元", "个", "项", "人", "次", "件", "家", "分", "年"];
/// With these an answer begins that says: this does not concern us.
const NOT_APPLICABLE: [&str; 12] =
    ["不适用", "不涉及", "未涉及", "无此项", "无此类", "无此业务", "无该项", "N/A", "n/a", "NA", "n.a.", "N.A."];
const WE: [&str; 8] = ["本单位", "本部门", "本年度", "本项目", "我单位", "我部门", "我中心", "我局"];

/// An empty cell, a placeholder, or guidance text left in the cell, where a number or an answer is due. Expects folded
/// text.
pub(super) fn is_absent(folded: &str) -> bool {
    let text = squeezed(folded);
    let bare = without_brackets(&text);
    let opens = GUIDANCE_FOR_NUMBERS.iter().any(|word| bare.starts_with(word));
    let digits = bare.chars().any(|c| c.is_ascii_digit());
    is_left_open(&text) || opens || (!digits && GUIDANCE_HOLDS.iter().any(|word| bare.contains(word)))
}

/// The same where words are an answer too: 填报及时 and 待遇落实 are some.
pub(super) fn is_left_open(folded: &str) -> bool {
    let text = squeezed(folded);
    let bare = without_brackets(&text);
    is_strokes(without_lone_unit(&text))
        || WORDS.contains(&bare.trim_end_matches('。'))
        || GUIDANCE.iter().any(|word| bare.starts_with(word))
}

fn without_brackets(text: &str) -> &str {
    text.trim_matches(|c| "()[]【】〔〕<>《》".contains(c))
}

fn is_strokes(text: &str) -> bool {
    text.chars().all(|c| STROKES.contains(c))
}

fn without_lone_unit(text: &str) -> &str {
    LONE_UNITS.iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(text)
}

/// 不适用, 不涉及, N/A and their like, alone or followed by a reason after punctuation. Expects folded text.
pub(super) fn is_not_applicable(folded: &str) -> bool {
    let text = squeezed(folded);
    let text = text.trim_matches(|c| "()[]".contains(c));
    let text = WE.iter().find_map(|we| text.strip_prefix(we)).unwrap_or(text);
    NOT_APPLICABLE
        .iter()
        .filter_map(|word| text.strip_prefix(word))
        .any(|rest| rest.chars().next().is_none_or(|c| "(,，。;:、".contains(c)) || is_object(rest))
}

/// 此项、该指标 after 不适用 or 无此.
fn is_object(rest: &str) -> bool {
    matches!(
        rest,
        "此项"
            | "该项"
            | "此指标"
            | "该指标"
            | "本指标"
            | "此业务"
            | "业务"
            | "工作"
            | "情况"
            | "事项"
            | "指标"
            | "内容"
    )
}
