//! Answers chosen from the rulebook's words.

use super::frame::without_reference;
use super::{Typed, Understood, boxes, filled, fold, is_endless};
use crate::vocabulary::Quantities;

/// Reads which of the options is meant, as its index: the rulebook's words, the ticked box, or a form so near that it
/// cannot be another (已按规定公开, 按要求公开; 没有公开; 已公开，但不符合时限要求). 公开 alone, 部分公开 and 未及时公开 are unreadable.
pub fn choice(vocabulary: &Quantities, typed: Typed, options: &[&str]) -> Understood<usize> {
    let Typed::Text(text) = typed else {
        return Understood::Unreadable;
    };
    let folded = fold(text);
    // 按规定公开？ asks.
    if is_endless(&folded) || folded.contains('?') {
        return Understood::Unreadable;
    }
    if let Some(index) = meant(vocabulary, &folded, options) {
        return Understood::Value(index);
    }
    match (boxes::ticked(&folded), filled::<usize>(vocabulary, text)) {
        (Some(Understood::Value(word)), _) => {
            meant(vocabulary, &word, options).map_or(Understood::Unreadable, Understood::Value)
        }
        (Some(Understood::Absent), _) => Understood::Absent,
        (None, Err(reading)) => reading,
        (None, Ok(_)) if is_unanswered(&folded, options) => Understood::Absent,
        _ => Understood::Unreadable,
    }
}

/// The one option that the text means.
fn meant(vocabulary: &Quantities, text: &str, options: &[&str]) -> Option<usize> {
    let text = core(vocabulary, without_reference(vocabulary, text))?;
    let numbered = text.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    let options: Vec<Option<String>> = options.iter().map(|option| core(vocabulary, option)).collect();
    [text.as_str(), numbered].into_iter().filter(|text| !text.is_empty()).find_map(|text| {
        let mut same = options.iter().enumerate().filter(|(_, option)| option.as_deref() == Some(text));
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
fn core(vocabulary: &Quantities, text: &str) -> Option<String> {
    let mut core: String = fold(text).chars().filter(|c| c.is_alphanumeric()).collect();
    let replace = |core: &mut String, word: &str, same: &str| {
        if core.contains(word) {
            *core = core.replace(word, same);
        }
    };
    for (word, same) in vocabulary.choices.same.iter() {
        replace(&mut core, word, same);
    }
    for filler in vocabulary.choices.fillers.iter() {
        let mut negations = core.match_indices(vocabulary.choices.negations.all());
        if negations.any(|(at, negation)| core[at + negation.len()..].starts_with(filler)) {
            return None;
        }
        replace(&mut core, filler, "");
    }
    for (word, same) in vocabulary.choices.last.iter() {
        replace(&mut core, word, same);
    }
    Some(core)
}
