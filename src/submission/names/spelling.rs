//! The spellings under which a written name may be known: without numbering, points, units, brackets and tails.

use std::rc::Rc;

use crate::quantity::fold;
use crate::submission::years::is_year;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::remembered::remembered;

/// A name without width, white space, punctuation and case.
pub fn key(text: &str) -> String {
    let folded = fold(text);
    let mut key = String::with_capacity(folded.len());
    for c in folded.chars() {
        match c {
            'a'..='z' | '0'..='9' | '\u{4E00}'..='\u{9FFF}' => key.push(c),
            'A'..='Z' => key.push(c.to_ascii_lowercase()),
            '\0'..='\u{7F}' => {}
            _ if c.is_alphanumeric() => key.extend(c.to_lowercase()),
            _ => {}
        }
    }
    key
}

/// What a written name may be once numbering, points and units around it are taken off, as keys, the fullest first.
pub(super) fn forms(vocabulary: &Vocabulary, written: &str) -> Vec<String> {
    let folded = fold(written);
    let mut forms = Vec::new();
    for head in heads(vocabulary, &folded) {
        for form in tails(vocabulary, head) {
            let key = key(form);
            if !key.is_empty() && !forms.contains(&key) {
                forms.push(key);
            }
        }
    }
    forms
}

/// The same for a label with a value beside it: any brackets behind it are taken off, and kept as its remarks.
pub(super) fn labels(vocabulary: &Vocabulary, written: &str) -> Rc<[(String, Vec<String>)]> {
    remembered!(vocabulary, written, Rc<[(String, Vec<String>)]>, read_labels(vocabulary, written).into())
}

/// The same, read anew.
fn read_labels(vocabulary: &Vocabulary, written: &str) -> Vec<(String, Vec<String>)> {
    let folded = fold(written);
    let mut labels: Vec<(String, Vec<String>)> = Vec::new();
    let heads = heads(vocabulary, &folded);
    let scoped = heads.iter().flat_map(|head| behind_scope(vocabulary, head));
    let plain = heads.iter().map(|head| (None, *head));
    for (said, head) in plain.chain(scoped.map(|(said, rest)| (Some(said), rest))) {
        let mut remarks: Vec<String> = said.map(str::to_owned).into_iter().collect();
        let mut rest = head;
        for _ in 0..MOST_TAILS {
            let key = key(rest);
            if !key.is_empty() && !labels.iter().any(|(known, _)| *known == key) {
                labels.push((key, remarks.clone()));
            }
            match (bracket_behind(rest), before_tail(vocabulary, rest)) {
                (Some((before, content)), _) => {
                    if !says_points_or_unit(vocabulary, content) {
                        remarks.push(content.to_owned());
                    }
                    rest = before;
                }
                (None, Some(before)) => rest = before,
                (None, None) => break,
            }
        }
    }
    labels
}

/// What a label says of the year, or of whose figure it is, before the name, and what stands behind it: 2020年固定资产总额,
/// 2020年末在编人数, 本部门核定编制数. It is weighed like a remark.
fn behind_scope<'t>(vocabulary: &Vocabulary, text: &'t str) -> Vec<(&'t str, &'t str)> {
    let parted = |rest: &'t str| text.strip_suffix(rest).map(|said| (said, rest)).filter(|_| !rest.is_empty());
    let digits = text.get(..4).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()));
    let year = digits.and_then(|digits| digits.parse().ok()).filter(|year| is_year(*year)).and_then(|_| text.get(4..));
    let words = &vocabulary.years;
    // 2020年年末, and 2020年末 beside a name that begins with 年末.
    let behind = year.into_iter().flat_map(|rest| {
        let behind = words.year.iter().chain(words.degree.iter()).map(|word| rest.strip_prefix(word));
        let has_year = words.year.starts(rest);
        behind.chain([has_year.then_some(rest)]).collect::<Vec<_>>()
    });
    let own = vocabulary.scopes.own.strip_start(text).filter(|rest| rest.chars().nth(1).is_some());
    behind.flatten().chain(own).filter_map(parted).collect()
}

/// The text before the brackets that it ends with, and what stands in them.
pub(super) fn bracket_behind(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || ":;,.、。*".contains(c));
    let inside = text.strip_suffix([')', ']', '】', '〕'])?;
    // The bracket that opens it, not one within: （榕编〔2015〕12号）.
    let mut depth = 1;
    let (at, open) = inside.char_indices().rev().find(|(_, c)| {
        depth += match c {
            ')' | ']' | '】' | '〕' => 1,
            '(' | '[' | '【' | '〔' => -1,
            _ => 0,
        };
        depth == 0
    })?;
    let (before, content) = (inside.get(..at)?.trim_end(), inside.get(at + open.len_utf8()..)?);
    (!before.is_empty()).then_some((before, content))
}

/// 6分, 万元, %, 附件3: what stands in brackets behind any name.
pub(super) fn says_points_or_unit(vocabulary: &Vocabulary, content: &str) -> bool {
    let content = content.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '%');
    let is_unit = vocabulary.names.units.strip_end(content).is_some_and(|rest| rest.trim().is_empty());
    is_unit || is_counter(vocabulary, content) || content.is_empty() || content.ends_with(vocabulary.names.points.all())
}

/// 人, 项, 个: a unit in which things are counted.
fn is_counter(vocabulary: &Vocabulary, text: &str) -> bool {
    let is_lone = vocabulary.quantities.placeholders.lone_units.contains(text);
    is_lone || vocabulary.quantities.units.counters.contains(text)
}

/// The text, and the text after each numbering in front of it.
pub(super) fn heads<'t>(vocabulary: &Vocabulary, text: &'t str) -> Vec<&'t str> {
    let mut heads = vec![text];
    let mut rest = text;
    while let Some(after) = after_numbering(vocabulary, rest) {
        if heads.len() > 4 {
            break;
        }
        heads.push(after);
        rest = after;
    }
    if let Some(after) = after_bare_digits(vocabulary, rest) {
        heads.push(after);
    }
    let last = heads.last().copied().unwrap_or(text);
    if let Some(after) = vocabulary.names.inner.strip_start(last) {
        heads.push(after.trim_start_matches([':', ',', ' ']));
    }
    heads
}

/// What follows `1.`, `（一）`, `3、`, `①`, `第2项`; none when the text does not begin with a numbering.
pub fn after_numbering<'t>(vocabulary: &Vocabulary, text: &'t str) -> Option<&'t str> {
    let text = text.trim_start_matches(['*', '★', '▲', '●', '◆', '■', '△', '☆', '※', ' ']);
    let first = text.chars().next()?;
    if is_circled(first) {
        return Some(text[first.len_utf8()..].trim_start_matches(|c: char| c.is_whitespace() || ".、,:．".contains(c)));
    }
    if let Some(inner) = text.strip_prefix(['(', '[', '【', '〔']) {
        let after = inner[number_length(vocabulary, inner)?..].trim_start().strip_prefix([')', ']', '】', '〕'])?;
        return Some(after.trim_start_matches(|c: char| c.is_whitespace() || ".、,:".contains(c)));
    }
    let ordinal = text.strip_prefix(vocabulary.names.ordinal.all());
    let body = ordinal.unwrap_or(text);
    let after = &body[number_length(vocabulary, body)?..];
    let trimmed = after.trim_start();
    let marks = if ordinal.is_some() {
        vocabulary.names.ordinal_marks.all()
    } else {
        &['.', '、', ',', ':', ')', '．', '-'][..]
    };
    let digits = body.starts_with(|c: char| c.is_ascii_digit());
    match trimmed.strip_prefix(marks) {
        Some(after) => Some(after.trim_start()),
        None if digits && ordinal.is_none() && after.len() != trimmed.len() => Some(trimmed),
        None => None,
    }
}

/// How long the number is that the text begins with, in bytes: up to three digits or Chinese numerals.
pub(super) fn number_length(vocabulary: &Vocabulary, text: &str) -> Option<usize> {
    let text_inner = text.trim_start();
    let skipped = text.len() - text_inner.len();
    let is_digit = |c: char| c.is_ascii_digit();
    let is_numeral = |c: char| vocabulary.names.numerals.contains(c);
    let length = |test: &dyn Fn(char) -> bool| -> usize {
        text_inner.chars().take_while(|&c| test(c)).map(char::len_utf8).sum()
    };
    let (digits, numerals) = (length(&is_digit), length(&is_numeral));
    match (digits, numerals) {
        (1..=3, _) => Some(skipped + digits),
        (0, 3..=9) => Some(skipped + numerals),
        _ => None,
    }
}

/// `1预算编制合理性`: one or two digits straight before the name, but not 1季度, 2个, 3月.
pub(super) fn after_bare_digits<'t>(vocabulary: &Vocabulary, text: &'t str) -> Option<&'t str> {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let rest = text.get(digits..)?;
    let next = rest.chars().next()?;
    ((1..=2).contains(&digits) && next.is_alphabetic() && !vocabulary.names.counted.contains(next)).then_some(rest)
}

pub(super) fn is_circled(c: char) -> bool {
    matches!(c, '\u{2460}'..='\u{249B}' | '\u{24EA}'..='\u{24FF}' | '\u{2776}'..='\u{2793}' | '\u{3220}'..='\u{3229}'
        | '\u{3251}'..='\u{325F}' | '\u{3280}'..='\u{3289}' | '\u{32B1}'..='\u{32BF}')
}

/// So many brackets, points and units are taken off one label.
pub(super) const MOST_TAILS: usize = 4;

/// The text, and the text before points, units and remarks behind it.
pub(super) fn tails<'t>(vocabulary: &Vocabulary, text: &'t str) -> Vec<&'t str> {
    let mut tails = vec![text];
    let mut rest = text;
    while let Some(before) = before_tail(vocabulary, rest) {
        if tails.len() > 3 {
            break;
        }
        tails.push(before);
        rest = before;
    }
    tails
}

/// Whether the content of brackets behind a name says nothing that makes it another name: points, a unit, a plain remark.
pub(super) fn is_remark(vocabulary: &Vocabulary, content: &str) -> bool {
    let content = content.trim_end_matches(|c: char| !c.is_alphanumeric());
    let is_other = vocabulary.names.others.within(content);
    content.ends_with(vocabulary.names.points.all())
        || (!is_other && !content.chars().any(|c| vocabulary.names.telling.contains(c)))
}

/// What stands before a closing bracket's content, points (`6分`) or a unit (`万元`).
pub(super) fn before_tail<'t>(vocabulary: &Vocabulary, text: &'t str) -> Option<&'t str> {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || ":;,.、。*".contains(c));
    if let Some(open) = text.strip_suffix([')', ']', '】', '〕']) {
        let (before, content) = open.rsplit_once(['(', '[', '【', '〔']).unwrap_or(("", ""));
        return Some(before.trim_end()).filter(|before| !before.is_empty() && is_remark(vocabulary, content));
    }
    if let Some(before) = text.strip_suffix(vocabulary.names.points.all()) {
        let name = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c.is_whitespace());
        return (name.len() < before.len() && !name.is_empty()).then_some(name);
    }
    // 核定编制数/人.
    let parted =
        text.rsplit_once(['/', ',']).filter(|(name, unit)| !name.is_empty() && is_counter(vocabulary, unit.trim()));
    if let Some((name, _)) = parted {
        return Some(name.trim_end());
    }
    let units = &vocabulary.names.units;
    units.strip_end(text).map(|before| before.trim_end_matches(['/', ' ', '-', ',']))
}
