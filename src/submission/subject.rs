//! Whose figure a sentence states, and whether it was measured or only wished for.
//!
//! A figure of running text is the department's own only where the words before it in its clause say nothing else: the
//! department, its year, how the figure was found. Any other word there (下属, 全市, a project's name) may be another
//! subject, and a value wrongly read is a false accusation.

use super::names::{after_numbering, key};
use super::scope;
use super::whose::is_of_another;
use crate::vocabulary::Vocabulary;

/// What the words before a figure make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The department's own, and said to be so.
    Named,
    /// Nothing else is named: the subject of the clauses before goes on.
    Open,
    /// Another's, or not certainly the department's.
    Foreign,
    /// A plan, a target, a rule.
    Wished,
}

/// Whose figure stands behind these words of a sentence. `unit`: the department's name, without white space.
pub fn subject(vocabulary: &Vocabulary, before: &[char], unit: Option<&str>) -> Subject {
    let text: String = before.iter().collect();
    let clause = text.rsplit([',', ';', ':', '。', '、', '(', ')', '!', '?']).next().unwrap_or_default();
    let is_done = vocabulary.sentences.done.within(clause);
    if !is_done && vocabulary.sentences.wished.within(&text) && !names_only_a_year(vocabulary, &text) {
        return Subject::Wished;
    }
    if is_narrowed(vocabulary, &text, clause, unit) {
        return Subject::Foreign;
    }
    let own = vocabulary.sentences.own.within(clause) || unit.is_some_and(|unit| ends_of(unit, clause).is_some());
    match (has_other_words(vocabulary, clause, unit), own) {
        (true, _) => Subject::Foreign,
        (false, true) => Subject::Named,
        (false, false) => Subject::Open,
    }
}

/// Whether the sentence so far speaks of a part of the department, its people, its money or its year.
fn is_narrowed(vocabulary: &Vocabulary, text: &str, clause: &str, unit: Option<&str>) -> bool {
    let since_stop = text.rsplit([';', '。', '!', '?']).next().unwrap_or_default();
    let mut clause = clause.to_owned();
    if let Some(name) = unit.and_then(|unit| ends_of(unit, &clause)).map(str::to_owned) {
        clause = clause.replace(&name, "");
    }
    let is_own = |word: &str| vocabulary.sentences.own.iter().any(|own| clause.contains(&format!("{own}{word}")));
    let narrows = vocabulary.scopes.narrows.iter().any(|word| clause.contains(word) && !is_own(word));
    // （二）少儿馆情况：“三公”经费实际支出1.20万元。
    let mut heads = since_stop.rsplit(':').skip(1).map(|head| key(after_numbering(vocabulary, head).unwrap_or(head)));
    let is_of_another = heads.any(|head| unit.is_some_and(|unit| is_of_another(vocabulary, &head, unit)));
    narrows || is_of_another || scope::is_within_year(vocabulary, since_stop)
}

/// 明年 and the like, and nothing else of a plan: told as another year.
fn names_only_a_year(vocabulary: &Vocabulary, text: &str) -> bool {
    vocabulary
        .sentences
        .wished
        .iter()
        .filter(|word| text.contains(*word))
        .all(|word| vocabulary.sentences.other_years.contains(word))
}

/// Whether anything stands in a clause that is neither neutral nor the department's name.
fn has_other_words(vocabulary: &Vocabulary, clause: &str, unit: Option<&str>) -> bool {
    let mut rest = clause.to_owned();
    if let Some(name) = unit.and_then(|unit| ends_of(unit, clause)) {
        rest = rest.replace(name, "");
    }
    for word in vocabulary.sentences.neutral.iter() {
        if rest.contains(word) {
            rest = rest.replace(word, "\u{0}");
        }
    }
    rest.chars().any(|c| c.is_alphabetic() && !vocabulary.sentences.particles.contains(c))
}

/// The longest end of the department's name, of three characters or more, that stands in a clause: 市水务局 of 临海市水务局.
fn ends_of<'u>(unit: &'u str, clause: &str) -> Option<&'u str> {
    let ends = unit.char_indices().map(|(at, _)| &unit[at..]);
    ends.take_while(|end| end.chars().count() >= 3).find(|end| clause.contains(end))
}
