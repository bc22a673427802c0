//! Answers chosen from the rulebook's words.

use super::frame::without_reference;
use super::{Reading, Typed, boxes, filled, fold, is_endless};

/// Other words for the same, applied in this order.
const SAME: [(&str, &str); 13] = [
    ("没有", "未"),
    ("尚未", "未"),
    ("并未", "未"),
    ("未予以", "未"),
    ("未予", "未"),
    ("未进行", "未"),
    ("不符合", "不合"),
    ("不符", "不合"),
    ("但是", "但"),
    ("按照", "按"),
    ("依照", "按"),
    ("规定要求", "规定"),
    ("要求", "规定"),
];
/// Words that change nothing, except behind a negation: 未及时公开 is not 未公开. Longest first.
const FILLERS: [&str; 26] = [
    "已经",
    "全部",
    "进行",
    "及时",
    "时限",
    "时间",
    "内容",
    "主动",
    "向社会",
    "相关",
    "有关",
    "虽然",
    "部门预算",
    "部门决算",
    "预算",
    "决算",
    "我单位",
    "本单位",
    "本部门",
    "已",
    "均",
    "都",
    "了",
    "的",
    "虽",
    "但",
];

/// Reads which of the options is meant, as its index: the rulebook's words, the ticked box, or a form so near that it
/// cannot be another (已按规定公开, 按要求公开; 没有公开; 已公开，但不符合时限要求). 公开 alone, 部分公开 and 未及时公开 are unreadable.
pub fn choice(typed: Typed, options: &[&str]) -> Reading<usize> {
    let Typed::Text(text) = typed else {
        return Reading::Unreadable;
    };
    let folded = fold(text);
    if is_endless(&folded) {
        return Reading::Unreadable;
    }
    if let Some(index) = meant(&folded, options) {
        return Reading::Value(index);
    }
    match (boxes::ticked(&folded), filled::<usize>(text)) {
        (Some(Reading::Value(word)), _) => meant(&word, options).map_or(Reading::Unreadable, Reading::Value),
        (Some(Reading::Absent), _) => Reading::Absent,
        (None, Err(reading)) => reading,
        (None, Ok(_)) if is_unanswered(&folded, options) => Reading::Absent,
        _ => Reading::Unreadable,
    }
}

/// The one option that the text means.
fn meant(text: &str, options: &[&str]) -> Option<usize> {
    let text = core(without_reference(text))?;
    let numbered = text.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    [text.as_str(), numbered].into_iter().filter(|text| !text.is_empty()).find_map(|text| {
        let mut same = options.iter().enumerate().filter(|(_, option)| core(option).as_deref() == Some(text));
        let (index, _) = same.next()?;
        same.next().is_none().then_some(index)
    })
}

/// The options as the template prints them, with nothing chosen.
fn is_unanswered(text: &str, options: &[&str]) -> bool {
    let letters = |text: &str| -> String { fold(text).chars().filter(|c| c.is_alphanumeric()).collect() };
    letters(text) == options.iter().map(|option| letters(option)).collect::<String>()
}

/// The text without punctuation, fillers and variation of words. None: a filler is negated.
fn core(text: &str) -> Option<String> {
    let mut core: String = fold(text).chars().filter(|c| c.is_alphanumeric()).collect();
    for (word, same) in SAME {
        core = core.replace(word, same);
    }
    for filler in FILLERS {
        if ['未', '不', '没', '非'].iter().any(|negation| core.contains(&format!("{negation}{filler}"))) {
            return None;
        }
        core = core.replace(filler, "");
    }
    Some(core.replace("不合规定", "不合规"))
}
