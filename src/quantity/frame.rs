//! What stands around a number: signs and words of comparison, 约, spans. Expects folded text.

use crate::vocabulary::{Quantities, Words};
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

/// Signs before a number. Longest first where one begins like another.
const SIGNS: [(&str, Sign); 22] = [
    ("≥=", Sign::AtLeast),
    ("≤=", Sign::AtMost),
    ("〉=", Sign::AtLeast),
    ("〈=", Sign::AtMost),
    ("〉", Sign::MoreThan),
    ("〈", Sign::LessThan),
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
    ("═", Sign::Equal),
];

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
    pub fn parse(vocabulary: &Quantities, text: &str) -> Option<Sign> {
        let folded = super::fold::squeezed(&super::fold(text));
        let sign = SIGNS.iter().find(|(word, _)| *word == folded).map(|(_, sign)| *sign);
        let words = before(vocabulary).into_iter().chain(after(vocabulary));
        sign.or_else(|| words.into_iter().find(|(words, _)| words.contains(&folded)).map(|(_, sign)| sign))
    }
}

/// The words of comparison before a number.
fn before(vocabulary: &Quantities) -> [(&Words, Sign); 5] {
    let words = &vocabulary.comparisons;
    [
        (&words.at_least, Sign::AtLeast),
        (&words.at_most, Sign::AtMost),
        (&words.more_than, Sign::MoreThan),
        (&words.less_than, Sign::LessThan),
        (&words.equal, Sign::Equal),
    ]
}

/// The words of comparison behind a number.
fn after(vocabulary: &Quantities) -> [(&Words, Sign); 2] {
    [(&vocabulary.comparisons.after_at_least, Sign::AtLeast), (&vocabulary.comparisons.after_at_most, Sign::AtMost)]
}

/// The text behind the longest sign or word of comparison that it begins with.
fn compared<'t>(vocabulary: &Quantities, text: &'t str) -> Option<(&'t str, Sign)> {
    let signs = SIGNS.iter().find_map(|(word, sign)| Some((text.strip_prefix(word)?, *sign)));
    signs.or_else(|| {
        let found = before(vocabulary).into_iter().filter_map(|(words, sign)| Some((words.longest_start(text)?, sign)));
        found.min_by_key(|(rest, _)| rest.len())
    })
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
pub(super) fn frame(vocabulary: &Quantities, text: &str) -> Frame {
    let mut frame = Frame { core: String::new(), sign: None, about: false, vague: false };
    let text = tightened(text);
    let text = without_reference(vocabulary, text.trim_end_matches(['。', ';', '!']).trim_end());
    let mut core = text;
    while let Some(rest) = open(vocabulary, core, &mut frame) {
        core = rest.trim_start_matches(':').trim_start();
    }
    core = close(vocabulary, core, &mut frame).trim_end();
    frame.core = steady(vocabulary, core, &mut frame);
    frame
}

fn open<'a>(vocabulary: &Quantities, text: &'a str, frame: &mut Frame) -> Option<&'a str> {
    if frame.sign.is_none()
        && let Some((rest, sign)) = compared(vocabulary, text)
    {
        frame.sign = Some(sign);
        return Some(rest);
    }
    if let Some(rest) = vocabulary.comparisons.about_before.strip_start(text) {
        frame.about = true;
        return Some(rest);
    }
    if let Some(rest) = vocabulary.comparisons.vague_before.strip_start(text) {
        frame.vague = true;
        return Some(rest);
    }
    vocabulary.comparisons.plain_before.strip_start(text)
}

fn close<'a>(vocabulary: &Quantities, text: &'a str, frame: &mut Frame) -> &'a str {
    if let Some(rest) = vocabulary.comparisons.about_after.strip_end(text) {
        frame.about = true;
        return rest;
    }
    let text = without_inclusive(vocabulary, text);
    let text = done_within(vocabulary, text).unwrap_or(text);
    let Some((rest, sign)) = bounded(vocabulary, text) else { return text };
    // 控制在100以内 says it twice; ≥95%以下 contradicts itself, and is no number at all.
    if frame.sign.is_some_and(|before| before != sign) {
        frame.vague = true;
    }
    frame.sign = Some(sign);
    without_inclusive(vocabulary, rest)
}

/// 180天内 of 180天内完成. A day of a month (5日内完成) is a point in time, and stays words.
fn done_within<'t>(vocabulary: &Quantities, text: &'t str) -> Option<&'t str> {
    let within = vocabulary.units.praise.strip_end(text)?;
    let (span, _) = bounded(vocabulary, within).filter(|(_, sign)| *sign == Sign::AtMost)?;
    let number = vocabulary.units.times.longest_end(span).filter(|number| !number.is_empty())?;
    (!vocabulary.units.of_dates.contains(&span[number.len()..])).then_some(within)
}

/// The text without a closing （含本数）.
fn without_inclusive<'t>(vocabulary: &Quantities, text: &'t str) -> &'t str {
    vocabulary.comparisons.inclusive.iter().fold(text, |text, word| text.trim_end_matches(word))
}

/// The text before a closing word of comparison, and what that word says.
fn bounded<'t>(vocabulary: &Quantities, text: &'t str) -> Option<(&'t str, Sign)> {
    let within = || {
        text.strip_suffix(vocabulary.comparisons.within.all())
            .filter(|rest| vocabulary.comparisons.within_units.iter().any(|unit| rest.ends_with(unit)))
    };
    let found = after(vocabulary).into_iter().filter_map(|(words, sign)| Some((words.longest_end(text)?, sign)));
    let word = found.min_by_key(|(rest, _)| rest.len());
    word.or_else(|| Some((within()?, Sign::AtMost)))
}

/// Takes 余 and 多 out from behind a number (100余人).
fn steady(vocabulary: &Quantities, core: &str, frame: &mut Frame) -> String {
    let mut steady = String::with_capacity(core.len());
    for c in core.chars() {
        let after_number = |c: char| c.is_ascii_digit() || vocabulary.comparisons.scales.contains(c);
        if vocabulary.comparisons.vague_inside.contains(c) && steady.ends_with(after_number) {
            frame.vague = true;
        } else {
            steady.push(c);
        }
    }
    steady
}

/// The text without a closing （见附件3） or ，见附件3, or brackets that say only where a value comes from: （问卷120份）, （已核实）.
pub(super) fn without_reference<'t>(vocabulary: &Quantities, text: &'t str) -> &'t str {
    let refers = &vocabulary.comparisons.refers;
    let bracketed = text.strip_suffix(')').and_then(|inner| inner.rfind('('));
    let Some(open) = bracketed.or_else(|| text.rfind([',', ';', '。'])) else {
        return text;
    };
    let inside = text[open..].trim_start_matches(['(', ',', ';', '。']).trim_start();
    let is_aside = bracketed.is_some() && says_only_whence(vocabulary, inside.trim_end_matches(')'));
    if is_aside || refers.iter().any(|word| inside.starts_with(word)) { text[..open].trim_end() } else { text }
}

/// Words of sources and of checking, and the numbers of papers, and nothing beside them: 问卷120份, 国库系统导出. Another
/// figure (84%) or a word that narrows the value says more.
fn says_only_whence(vocabulary: &Quantities, inside: &str) -> bool {
    let words = &vocabulary.comparisons;
    let rest = words.asides.iter().fold(inside.to_owned(), |rest, word| rest.replace(word, ""));
    let is_of_papers = |c: char| c.is_ascii_digit() || c == ' ' || words.aside_counters.contains(c);
    rest.len() < inside.len() && rest.chars().all(is_of_papers) && !rest.ends_with(|c: char| c.is_ascii_digit())
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
pub(super) fn span<'t>(vocabulary: &Quantities, core: &'t str) -> Option<(&'t str, &'t str)> {
    let parting = |c: char| matches!(c, '-' | '~' | '∼' | '〜' | '–' | '—') || vocabulary.comparisons.spans.contains(c);
    let (at, c) = core.char_indices().skip(1).find(|(_, c)| parting(*c))?;
    let high = core[at + c.len_utf8()..].trim_start_matches(parting);
    Some((core[..at].trim_end(), high.trim_start()))
}
