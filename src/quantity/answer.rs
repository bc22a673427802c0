//! Answers to yes/no questions.

use super::fold::squeezed;
use super::frame::without_reference;
use super::{Typed, Understood, boxes, filled, fold, is_endless};
use crate::vocabulary::Quantities;

/// Reads the answer to a question that is asked in the positive: 是 否 √ × Y N 有 无 符合 不符合 已落实 未建立 达标 不合规, ticked boxes,
/// 是（见附件3）, 是，已制定. 是/否 with nothing chosen is [`Understood::Absent`]; 基本符合 is unreadable.
///
/// Words of praise answer the question only where praise means yes: for 存在违规支出 and its like use
/// [`yes_no_of_fault`], because 合规 there means no.
pub fn yes_no(vocabulary: &Quantities, typed: Typed) -> Understood<bool> {
    match (read(vocabulary, typed, |word| positive(vocabulary, word)), typed) {
        (Understood::Value(false), Typed::Text(text)) if is_about_nothing(vocabulary, &squeezed(&fold(text))) => {
            Understood::Unreadable
        }
        (reading, _) => reading,
    }
}

/// 无，本年度无资产处置; 否（不涉及）; 未发生.
fn is_about_nothing(vocabulary: &Quantities, text: &str) -> bool {
    let parting = |c: char| ",。;:、(《【[-—".contains(c);
    let text = text.trim_start_matches(['(', '[', '【']);
    let reason = text.find(parting).map_or("", |at| &text[at..]);
    vocabulary.answers.no_event.contains(text.trim_end_matches(['。', ';', '!', '.']))
        || vocabulary.answers.nothing_of_the_kind.within(reason)
}

/// Reads the answer to a question that asks for a fault, or for anything that 合规 or 符合 do not answer plainly
/// (存在违规支出, 评价结果为差, 涉密部门): only 是 否 有 无 存在 不存在 √ × Y N, 未发现 and ticked boxes count.
///
/// 是：无违规支出 says both, and is unreadable.
pub fn yes_no_of_fault(vocabulary: &Quantities, typed: Typed) -> Understood<bool> {
    let reading = read(vocabulary, typed, |word| match word {
        _ if vocabulary.answers.no_fault.contains(word) => Some(false),
        _ => plain(vocabulary, word),
    });
    match (reading, typed) {
        (Understood::Value(true), Typed::Text(text)) if is_about_nothing(vocabulary, &squeezed(&fold(text))) => {
            Understood::Unreadable
        }
        (reading, _) => reading,
    }
}

/// Whether a text denies what a label asks for: 无违规, 未发现违规支出 of 存在违规支出, 不涉密 of 涉密部门. Without the latter only a label that begins with 存在, 有 or 发生 asks so.
pub fn denies(vocabulary: &Quantities, text: &str, label: &str) -> bool {
    let letters = |text: &str| letters(&squeezed(&fold(text)));
    let (said, asked) = (letters(text), letters(label));
    let words = &vocabulary.answers;
    // 不涉密, 非涉密部门 of 涉密部门: one character alone names nothing.
    let is_not_such = |rest: &str| rest.chars().nth(1).is_some() && asked.starts_with(rest);
    if words.not_such.iter().filter_map(|word| said.strip_prefix(word)).any(is_not_such) {
        return true;
    }
    let Some(what) = words.yes.longest_start(&asked).filter(|what| what.chars().count() > 1) else { return false };
    let denials = [&words.no, &words.no_fault, &words.no_event];
    let denied = denials.into_iter().filter_map(|list| list.longest_start(&said));
    let names_it = |rest: &str| {
        let behind = rest.strip_prefix(what).filter(|behind| vocabulary.placeholders.happened.contains(behind));
        !rest.is_empty() && what.starts_with(rest) || behind.is_some()
    };
    denied.min_by_key(|rest| rest.len()).is_some_and(names_it)
}

/// Whether a text is nothing but a tick: √, ✓（见附件3）, 对. It says that something was chosen, and not what.
pub fn is_lone_tick(vocabulary: &Quantities, text: &str) -> bool {
    let folded = fold(text);
    let alone = without_reference(vocabulary, &folded);
    boxes::lone_mark(alone) == Some(true) || vocabulary.answers.ticks.contains(alone.trim())
}

fn read(vocabulary: &Quantities, typed: Typed, words: impl Fn(&str) -> Option<bool>) -> Understood<bool> {
    let Typed::Text(text) = typed else {
        return Understood::Unreadable;
    };
    let folded = fold(text);
    if is_endless(&folded) {
        return Understood::Unreadable;
    }
    if let Some(answer) = boxes::lone_mark(without_reference(vocabulary, &folded)) {
        return Understood::Value(answer);
    }
    if vocabulary.answers.unanswered.contains(&*letters(&folded)) {
        return no_choice(vocabulary, &folded);
    }
    match boxes::ticked(&folded) {
        Some(Understood::Value(word)) => {
            answer(vocabulary, &word, &words).map_or(Understood::Unreadable, Understood::Value)
        }
        Some(Understood::Absent) => Understood::Absent,
        Some(_) => Understood::Unreadable,
        None => match (answer(vocabulary, &folded, &words), filled::<bool>(vocabulary, text)) {
            (Some(answer), _) => Understood::Value(answer),
            (None, Err(reading)) => reading,
            (None, Ok(_)) => Understood::Unreadable,
        },
    }
}

/// 是/否 is the unanswered question, unless a box beside one of them is ticked.
fn no_choice(vocabulary: &Quantities, folded: &str) -> Understood<bool> {
    match boxes::ticked(folded) {
        None => Understood::Absent,
        Some(Understood::Value(word)) => plain(vocabulary, &word)
            .or_else(|| positive(vocabulary, &word))
            .map_or(Understood::Unreadable, Understood::Value),
        Some(Understood::Absent) => Understood::Absent,
        Some(_) => Understood::Unreadable,
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The whole text as an answer, or its head before a stop when what follows does not take it back.
fn answer(vocabulary: &Quantities, text: &str, words: impl Fn(&str) -> Option<bool>) -> Option<bool> {
    let whole = squeezed(text);
    let whole = unwrapped(whole.trim_end_matches(['。', ';', '!', '.']));
    if let Some(answer) = words(whole) {
        return Some(answer);
    }
    let parted = |c: char| c.is_whitespace() || ",。;:、(《【[-—".contains(c);
    let (head, tail) = text.split_at(text.find(parted)?);
    let answer = words(head)?;
    let takes_back = if answer { &vocabulary.answers.taken_back } else { &vocabulary.answers.denial_taken_back };
    let contradicts = counts_events(vocabulary, tail)
        || (answer && vocabulary.answers.doubted.within(tail))
        || (!answer && vocabulary.answers.admitted.within(tail) && !vocabulary.answers.no_fault.within(tail));
    let stands = !contradicts && !takes_back.within(tail);
    let is_neutral = || asides(tail).all(|aside| is_neutral(vocabulary, aside, answer));
    (stands && is_neutral()).then_some(answer)
}

/// Whether a remark beside an answer says something else: 实际为否, 1项年中大额调剂 beside 是, 已整改 beside 否.
pub fn speaks_otherwise(vocabulary: &Quantities, remark: &str, answer: bool) -> bool {
    let remark = fold(remark);
    let words = &vocabulary.answers;
    if remark.trim().is_empty() {
        return false;
    }
    let admits =
        words.admitted.within(&remark) && !words.no_fault.within(&remark) && !words.none_such.starts(remark.trim());
    let doubts = words.doubted.within(&remark) || words.speak_otherwise.within(&remark);
    counts_events(vocabulary, &remark) || (answer && doubts) || (!answer && admits)
}

/// The remarks behind the first word of an answer, one by one. A title in 《》 is one.
fn asides(tail: &str) -> impl Iterator<Item = &str> {
    let parting = |c: char| c.is_whitespace() || ",。;:、()【】[]!.".contains(c);
    tail.split(parting).map(|aside| aside.trim_matches(['-', '—'])).filter(|aside| !aside.is_empty())
}

/// Whether a remark leaves the answer what it is: it names a paper or a day, or says the same again. Of any other (年中调剂较多, 个别超标,
/// 已追缴) nobody can say so. Source: certainty.md, “Answers”: the remark behind the first word counts.
fn is_neutral(vocabulary: &Quantities, aside: &str, answer: bool) -> bool {
    let words = &vocabulary.answers;
    let comparisons = &vocabulary.comparisons;
    let is_title = aside.starts_with('《') || aside.contains(['〔', '〕', '》']);
    let is_dated = aside.chars().all(|c| !c.is_alphabetic() || words.times.contains(c));
    let is_paper = || comparisons.papers.ends(aside) || comparisons.asides.starts(aside);
    if is_title || is_dated || comparisons.refers.starts(aside) || is_paper() {
        return !aside.contains('%');
    }
    let has_fault = || comparisons.faults.within(aside) || words.absent.within(aside);
    let is_weighed = words.weighty.within(aside);
    if answer {
        let is_done = words.stems.within(aside)
            || words.done.within(aside)
            || words.affirmed.iter().any(|word| !word.is_empty() && aside.starts_with(word));
        let has_none = words.no.starts(aside) && has_fault() && !is_weighed;
        let is_in_full = is_done && !words.falls_short.within(aside);
        (is_in_full || has_none) && !aside.contains('%')
    } else {
        words.none_such.starts(aside) && !is_weighed || words.no_fault.within(aside)
    }
}

/// （有1笔大额调剂）: the remark counts what happened, whatever the word before it says.
fn counts_events(vocabulary: &Quantities, remark: &str) -> bool {
    let counted = |(at, _): (usize, &str)| {
        let before = remark.get(..at).unwrap_or_default().trim_end();
        before.ends_with(|c: char| c.is_ascii_digit()) && !before.ends_with('0')
    };
    vocabulary.answers.events.iter().any(|word| remark.match_indices(word).any(counted))
}

/// 是 of （是）.
fn unwrapped(text: &str) -> &str {
    let inner = text.strip_prefix(['(', '[', '【']).and_then(|rest| rest.strip_suffix([')', ']', '】']));
    inner.unwrap_or(text)
}

fn plain(vocabulary: &Quantities, word: &str) -> Option<bool> {
    if vocabulary.answers.yes.contains(word) {
        Some(true)
    } else {
        vocabulary.answers.no.contains(word).then_some(false)
    }
}

fn positive(vocabulary: &Quantities, word: &str) -> Option<bool> {
    plain(vocabulary, word).or_else(|| {
        let stem = vocabulary.answers.tails.iter().filter_map(|tail| word.strip_suffix(tail));
        stem.flat_map(|front| vocabulary.answers.stems.iter().filter_map(move |stem| front.strip_suffix(stem)))
            .find_map(|front| {
                if vocabulary.answers.affirmed.contains(front) {
                    Some(true)
                } else {
                    vocabulary.answers.denied.contains(front).then_some(false)
                }
            })
    })
}
