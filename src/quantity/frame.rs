//! What stands around a number: signs and words of comparison, 约, spans. Expects folded text.

use serde::{Deserialize, Serialize};

/// How a target bounds its actual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// ≥, 不低于, 以上.
    AtLeast,
    /// >, 大于, 超过.
    MoreThan,
    /// ≤, 不超过, 以内, 以下.
    AtMost,
    /// <, 小于, 低于.
    LessThan,
    /// =, 等于.
    Equal,
}

/// Longest first where one begins like another.
const BEFORE: [(&str, Sign); 49] = [
    ("≥", Sign::AtLeast),
    ("≧", Sign::AtLeast),
    ("⩾", Sign::AtLeast),
    ("≮", Sign::AtLeast),
    (">=", Sign::AtLeast),
    ("=>", Sign::AtLeast),
    (">", Sign::MoreThan),
    ("≤", Sign::AtMost),
    ("≦", Sign::AtMost),
    ("⩽", Sign::AtMost),
    ("≯", Sign::AtMost),
    ("<=", Sign::AtMost),
    ("=<", Sign::AtMost),
    ("<", Sign::LessThan),
    ("=", Sign::Equal),
    ("不得低于", Sign::AtLeast),
    ("不得少于", Sign::AtLeast),
    ("不低于", Sign::AtLeast),
    ("不少于", Sign::AtLeast),
    ("不小于", Sign::AtLeast),
    ("不下于", Sign::AtLeast),
    ("大于等于", Sign::AtLeast),
    ("大于或等于", Sign::AtLeast),
    ("高于等于", Sign::AtLeast),
    ("高于或等于", Sign::AtLeast),
    ("至少", Sign::AtLeast),
    ("最低", Sign::AtLeast),
    ("不得超过", Sign::AtMost),
    ("不得高于", Sign::AtMost),
    ("不超过", Sign::AtMost),
    ("不超", Sign::AtMost),
    ("不高于", Sign::AtMost),
    ("不大于", Sign::AtMost),
    ("不多于", Sign::AtMost),
    ("小于等于", Sign::AtMost),
    ("小于或等于", Sign::AtMost),
    ("低于等于", Sign::AtMost),
    ("低于或等于", Sign::AtMost),
    ("至多", Sign::AtMost),
    ("最多", Sign::AtMost),
    ("控制在", Sign::AtMost),
    ("大于", Sign::MoreThan),
    ("高于", Sign::MoreThan),
    ("多于", Sign::MoreThan),
    ("超过", Sign::MoreThan),
    ("小于", Sign::LessThan),
    ("低于", Sign::LessThan),
    ("少于", Sign::LessThan),
    ("等于", Sign::Equal),
];
const AFTER: [(&str, Sign); 7] = [
    ("及以上", Sign::AtLeast),
    ("以上", Sign::AtLeast),
    ("及以下", Sign::AtMost),
    ("以下", Sign::AtMost),
    ("以内", Sign::AtMost),
    ("之内", Sign::AtMost),
    ("封顶", Sign::AtMost),
];
/// 5个工作日内, 30万元内: only after a unit of time or money does 内 alone bound a number.
const WITHIN: [&str; 10] = ["工作日", "日", "天", "小时", "分钟", "周", "个月", "月", "年", "元"];
const ABOUT_BEFORE: [&str; 6] = ["大约", "约等于", "约为", "大概", "约", "≈"];
const ABOUT_AFTER: [&str; 2] = ["左右", "上下"];
/// Nearly, over, short of: a number, and not the number meant.
const VAGUE_BEFORE: [&str; 10] = ["将近", "接近", "近", "逾", "超", "不足", "不到", "未达", "未到", "几乎"];
/// 100余人, 三十多个.
const VAGUE_INSIDE: [char; 3] = ['余', '多', '来'];
const PLAIN_BEFORE: [&str; 14] =
    ["已达到", "已达", "达到", "达", "为", "已完成", "完成", "实际", "共计", "总计", "合计", "共", "全年", "每年"];

impl Sign {
    /// The sign as tables print it.
    pub fn mark(self) -> &'static str {
        match self {
            Sign::AtLeast => "≥",
            Sign::MoreThan => "＞",
            Sign::AtMost => "≤",
            Sign::LessThan => "＜",
            Sign::Equal => "＝",
        }
    }

    /// A sign standing alone, as in a column 指标性质: `≥`, `＝`, `不低于`, `以内`. None: no sign.
    pub fn parse(text: &str) -> Option<Sign> {
        let folded = super::fold::squeezed(&super::fold(text));
        BEFORE.iter().chain(&AFTER).find(|(word, _)| *word == folded).map(|(_, sign)| *sign)
    }
}

/// A number's text without what stands around it.
pub(super) struct Frame {
    pub(super) core: String,
    pub(super) sign: Option<Sign>,
    /// 约, 左右: taken as the number itself where a percentage, an amount or an actual is due.
    pub(super) about: bool,
    /// 近, 余: not the number meant.
    pub(super) vague: bool,
}

impl Frame {
    /// Whether the text gives a limit or a neighbourhood instead of a number.
    pub(super) fn is_bound(&self) -> bool {
        self.vague || self.sign.is_some_and(|sign| sign != Sign::Equal)
    }
}

/// Takes off the words of comparison, 约, the closing stop and a reference (见附件3).
pub(super) fn frame(text: &str) -> Frame {
    let mut frame = Frame { core: String::new(), sign: None, about: false, vague: false };
    let text = tightened(text);
    let text = without_reference(text.trim_end_matches(['。', ';', '!']).trim_end());
    let mut core = text;
    while let Some(rest) = open(core, &mut frame) {
        core = rest.trim_start_matches(':').trim_start();
    }
    core = close(core, &mut frame).trim_end();
    frame.core = steady(core, &mut frame);
    frame
}

fn open<'a>(text: &'a str, frame: &mut Frame) -> Option<&'a str> {
    let strip = |words: &[&str]| words.iter().find_map(|word| text.strip_prefix(word));
    if frame.sign.is_none()
        && let Some((rest, sign)) = BEFORE.iter().find_map(|(word, sign)| Some((text.strip_prefix(word)?, *sign)))
    {
        frame.sign = Some(sign);
        return Some(rest);
    }
    if let Some(rest) = strip(&ABOUT_BEFORE) {
        frame.about = true;
        return Some(rest);
    }
    if let Some(rest) = strip(&VAGUE_BEFORE) {
        frame.vague = true;
        return Some(rest);
    }
    strip(&PLAIN_BEFORE)
}

fn close<'a>(text: &'a str, frame: &mut Frame) -> &'a str {
    if let Some(rest) = ABOUT_AFTER.iter().find_map(|word| text.strip_suffix(word)) {
        frame.about = true;
        return rest;
    }
    let text = text.trim_end_matches("(含)").trim_end_matches("(含本数)");
    let Some((rest, sign)) = bounded(text) else { return text };
    // 控制在100以内 says it twice; ≥95%以下 contradicts itself, and is no number at all.
    if frame.sign.is_some_and(|before| before != sign) {
        frame.vague = true;
    }
    frame.sign = Some(sign);
    rest.trim_end_matches("(含)").trim_end_matches("(含本数)")
}

/// The text before a closing word of comparison, and what that word says.
fn bounded(text: &str) -> Option<(&str, Sign)> {
    let within = || text.strip_suffix('内').filter(|rest| WITHIN.iter().any(|unit| rest.ends_with(unit)));
    let word = AFTER.iter().find_map(|(word, sign)| Some((text.strip_suffix(word)?, *sign)));
    word.or_else(|| Some((within()?, Sign::AtMost)))
}

/// Takes 余 and 多 out from behind a number (100余人).
fn steady(core: &str, frame: &mut Frame) -> String {
    let mut steady = String::with_capacity(core.len());
    for c in core.chars() {
        let after_number = |c: char| c.is_ascii_digit() || "十百千万亿".contains(c);
        if VAGUE_INSIDE.contains(&c) && steady.ends_with(after_number) {
            frame.vague = true;
        } else {
            steady.push(c);
        }
    }
    steady
}

/// The text without a closing （见附件3） or ，见附件3.
pub(super) fn without_reference(text: &str) -> &str {
    let refers = ["见", "详见", "附件", "附表", "佐证", "满分"];
    let bracketed = text.strip_suffix(')').and_then(|inner| inner.rfind('('));
    let Some(open) = bracketed.or_else(|| text.rfind([',', ';', '。'])) else {
        return text;
    };
    let inside = text[open..].trim_start_matches(['(', ',', ';', '。']).trim_start();
    if refers.iter().any(|word| inside.starts_with(word)) { text[..open].trim_end() } else { text }
}

/// The text without the white space that is set between Chinese characters, or between one and a number (3.96 万 元).
fn tightened(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let chinese = |c: Option<&char>| c.is_some_and(|c| !c.is_ascii() && !c.is_whitespace());
    let kept = |at: usize| {
        !chars[at].is_whitespace() || {
            let before = chars[..at].iter().rfind(|c| !c.is_whitespace());
            let after = chars[at..].iter().find(|c| !c.is_whitespace());
            !(chinese(before) || chinese(after))
        }
    };
    (0..chars.len()).filter(|&at| kept(at)).map(|at| chars[at]).collect()
}

/// The two ends of a span (95%-98%, 95至98), each still to be read.
pub(super) fn span(core: &str) -> Option<(&str, &str)> {
    let partings = ['-', '~', '∼', '〜', '–', '—', '至', '到'];
    let (at, c) = core.char_indices().skip(1).find(|(_, c)| partings.contains(c))?;
    let high = core[at + c.len_utf8()..].trim_start_matches(partings);
    Some((core[..at].trim_end(), high.trim_start()))
}
