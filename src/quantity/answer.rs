//! Answers to yes/no questions.

use super::fold::squeezed;
use super::frame::without_reference;
use super::{Reading, Typed, boxes, filled, fold, is_endless};

const YES: [&str; 15] =
    ["是", "是的", "有", "存在", "发生", "已发生", "对", "Y", "y", "YES", "yes", "Yes", "TRUE", "true", "True"];
const NO: [&str; 16] = [
    "否",
    "不是",
    "无",
    "没有",
    "不存在",
    "未发生",
    "没有发生",
    "未出现",
    "N",
    "n",
    "NO",
    "no",
    "No",
    "FALSE",
    "false",
    "False",
];
/// What a positive question asks for; with a negation before it, the answer is no.
const STEMS: [&str; 24] = [
    "符合", "落实", "建立", "制定", "执行", "达标", "合规", "规范", "完成", "实施", "开展", "履行", "健全", "合格",
    "准确", "合理", "清晰", "明确", "齐全", "一致", "相符", "到位", "公开", "具备",
];
const AFFIRMED: [&str; 10] = ["", "已", "已经", "均", "均已", "全部", "全部已", "完全", "都", "都已"];
const DENIED: [&str; 11] = ["不", "未", "没", "没有", "尚未", "并未", "从未", "暂未", "均未", "均不", "还未"];
const TAILS: [&str; 11] =
    ["", "了", "要求", "规定", "到位", "相关要求", "有关要求", "相关规定", "有关规定", "制度", "机制"];
/// The question as the template prints it, with nothing chosen.
const UNANSWERED: [&str; 10] =
    ["是否", "否是", "有无", "是或否", "是或者否", "Y或N", "YN", "符合不符合", "达标不达标", "合规不合规"];
/// After a yes these take it back, wholly or in part.
const TAKEN_BACK: [&str; 15] =
    ["但", "然而", "除", "部分", "尚", "否", "未", "没", "不", "基本", "仅", "正在", "拟", "计划", "待"];
const DENIAL_TAKEN_BACK: [&str; 7] = ["但", "然而", "除", "部分", "仅", "现已", "目前"];
/// A denial of a positive question with one of these after it may say that there was nothing of the kind to do.
const NOTHING_OF_THE_KIND: [&str; 6] = ["无", "没有", "不涉及", "未涉及", "不适用", "未发生"];
/// Said of events: there were none. No answer to a question that is asked in the positive.
const NO_EVENT: [&str; 4] = ["不存在", "未发生", "没有发生", "未出现"];

/// Reads the answer to a question that is asked in the positive: 是 否 √ × Y N 有 无 符合 不符合 已落实 未建立 达标 不合规, ticked boxes,
/// 是（见附件3）, 是，已制定. 是/否 with nothing chosen is [`Reading::Absent`]; 基本符合 is unreadable.
///
/// Words of praise answer the question only where praise means yes: for 存在违规支出 and its like use
/// [`yes_no_of_fault`], because 合规 there means no.
pub fn yes_no(typed: Typed) -> Reading<bool> {
    match (read(typed, positive), typed) {
        (Reading::Value(false), Typed::Text(text)) if is_about_nothing(&squeezed(&fold(text))) => Reading::Unreadable,
        (reading, _) => reading,
    }
}

/// 无，本年度无资产处置; 否（不涉及）; 未发生.
fn is_about_nothing(text: &str) -> bool {
    let parting = |c: char| ",。;:、(《【[-—".contains(c);
    let text = text.trim_start_matches(['(', '[', '【']);
    let reason = text.find(parting).map_or("", |at| &text[at..]);
    NO_EVENT.contains(&text.trim_end_matches(['。', ';', '!', '.']))
        || NOTHING_OF_THE_KIND.iter().any(|word| reason.contains(word))
}

/// Reads the answer to a question that asks for a fault, or for anything that 合规 or 符合 do not answer plainly
/// (存在违规支出, 评价结果为差, 涉密部门): only 是 否 有 无 存在 不存在 √ × Y N, 未发现 and ticked boxes count.
pub fn yes_no_of_fault(typed: Typed) -> Reading<bool> {
    read(typed, |word| match word {
        "未发现" | "没有发现" => Some(false),
        _ => plain(word),
    })
}

fn read(typed: Typed, words: impl Fn(&str) -> Option<bool>) -> Reading<bool> {
    let Typed::Text(text) = typed else {
        return Reading::Unreadable;
    };
    let folded = fold(text);
    if is_endless(&folded) {
        return Reading::Unreadable;
    }
    if let Some(answer) = boxes::lone_mark(without_reference(&folded)) {
        return Reading::Value(answer);
    }
    if UNANSWERED.contains(&&*letters(&folded)) {
        return no_choice(&folded);
    }
    match boxes::ticked(&folded) {
        Some(Reading::Value(word)) => answer(&word, &words).map_or(Reading::Unreadable, Reading::Value),
        Some(Reading::Absent) => Reading::Absent,
        Some(_) => Reading::Unreadable,
        None => match (answer(&folded, &words), filled::<bool>(text)) {
            (Some(answer), _) => Reading::Value(answer),
            (None, Err(reading)) => reading,
            (None, Ok(_)) => Reading::Unreadable,
        },
    }
}

/// 是/否 is the unanswered question, unless a box beside one of them is ticked.
fn no_choice(folded: &str) -> Reading<bool> {
    match boxes::ticked(folded) {
        None => Reading::Absent,
        Some(Reading::Value(word)) => {
            plain(&word).or_else(|| positive(&word)).map_or(Reading::Unreadable, Reading::Value)
        }
        Some(Reading::Absent) => Reading::Absent,
        Some(_) => Reading::Unreadable,
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The whole text as an answer, or its head before a stop when what follows does not take it back.
fn answer(text: &str, words: impl Fn(&str) -> Option<bool>) -> Option<bool> {
    let whole = squeezed(text);
    let whole = unwrapped(whole.trim_end_matches(['。', ';', '!', '.']));
    if let Some(answer) = words(whole) {
        return Some(answer);
    }
    let parted = |c: char| c.is_whitespace() || ",。;:、(《【[-—".contains(c);
    let (head, tail) = text.split_at(text.find(parted)?);
    let answer = words(head)?;
    let takes_back: &[&str] = if answer { &TAKEN_BACK } else { &DENIAL_TAKEN_BACK };
    (!takes_back.iter().any(|word| tail.contains(word))).then_some(answer)
}

/// 是 of （是）.
fn unwrapped(text: &str) -> &str {
    let inner = text.strip_prefix(['(', '[', '【']).and_then(|rest| rest.strip_suffix([')', ']', '】']));
    inner.unwrap_or(text)
}

fn plain(word: &str) -> Option<bool> {
    if YES.contains(&word) { Some(true) } else { NO.contains(&word).then_some(false) }
}

fn positive(word: &str) -> Option<bool> {
    plain(word).or_else(|| {
        let stem = TAILS.iter().filter_map(|tail| word.strip_suffix(tail));
        stem.flat_map(|front| STEMS.iter().filter_map(move |stem| front.strip_suffix(stem))).find_map(|front| {
            if AFFIRMED.contains(&front) { Some(true) } else { DENIED.contains(&front).then_some(false) }
        })
    })
}
