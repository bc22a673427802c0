//! TOML text → words, strictly and with all flaws at once.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fold::fold;
use super::page::{Entry, Page};
use super::sections::Slot;
use super::{OF_RULEBOOKS, SECTIONS, Section, Vocabulary, lint};
use crate::complaints;
use crate::flaw::Flaw;

/// Reads the built-in words, in the order in which they stand. That they have no flaw is tested.
pub(super) fn builtin(words: &mut Vocabulary, text: &str) {
    let (document, _) = DeTable::parse_recoverable(text);
    let mut page = Page::new("", text);
    for entry in entries(document.get_ref(), &SECTIONS, &mut page) {
        match words.slot(entry.section, entry.key) {
            Some(Slot::Words(list)) => list.push(&entry.word),
            Some(slot) => add(slot, &entry),
            None => {}
        }
    }
}

/// The known words and those of a file.
pub(super) fn added(known: &Vocabulary, file: &str, text: &str) -> Result<Vocabulary, Vec<Flaw>> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut page = Page::new(file, body);
    let (document, errors) = DeTable::parse_recoverable(body);
    for error in &errors {
        let code = if error.message().contains("duplicate key") { "duplicate-key" } else { "syntax" };
        page.flaw(code, &error.span().unwrap_or(0..0), vec![("detail", complaints::of_toml(error.message()))]);
    }
    if !errors.is_empty() {
        return Err(page.into_flaws());
    }
    let entries = entries(document.get_ref(), &own_sections(), &mut page);
    let mut words = known.clone();
    for entry in &entries {
        if let Some(slot) = words.slot(entry.section, entry.key) {
            add(slot, entry);
        }
    }
    lint::lint(&mut words, &entries, &mut page);
    if page.is_without_flaw() { Ok(words) } else { Err(page.into_flaws()) }
}

fn add(slot: Slot, entry: &Entry) {
    match (slot, &entry.same) {
        (Slot::Words(list), _) => list.add(&entry.word),
        (Slot::Chars(list), _) => entry.word.chars().for_each(|c| list.add(c)),
        (Slot::Pairs(list), Some(same)) => list.add(&entry.word, same),
        (Slot::Pairs(_), None) => {}
    }
}

/// The sections that a bureau's file may have: the words of clauses are asked for where no such file is at hand.
fn own_sections() -> Vec<Section> {
    SECTIONS.into_iter().filter(|(name, _)| *name != OF_RULEBOOKS).collect()
}

/// Every word of the file, and what is wrong with how it is written.
fn entries<'f>(document: &'f DeTable<'f>, sections: &[Section], page: &mut Page) -> Vec<Entry<'f>> {
    let mut entries = Vec::new();
    for (section, value) in document {
        let name = section.get_ref().as_ref();
        let Some((_, keys)) = sections.iter().find(|(known, _)| *known == name) else {
            unknown("unknown-section", name, &section.span(), sections.iter().map(|(known, _)| *known), page);
            continue;
        };
        let DeValue::Table(table) = value.get_ref() else {
            page.flaw("not-a-section", &value.span(), vec![("section", name.to_owned())]);
            continue;
        };
        for (key, value) in table {
            if keys.contains(&key.get_ref().as_ref()) {
                words_of(name, key.get_ref().as_ref(), value, page, &mut entries);
            } else {
                unknown("unknown-key", key.get_ref().as_ref(), &key.span(), keys.iter().copied(), page);
            }
        }
    }
    entries
}

fn unknown<'k>(
    code: &'static str,
    name: &str,
    span: &Range<usize>,
    known: impl Iterator<Item = &'k str>,
    page: &mut Page,
) {
    let nearest = known.min_by_key(|word| strsim::levenshtein(word, name)).unwrap_or_default();
    page.flaw(code, span, vec![("name", name.to_owned()), ("nearest", nearest.to_owned())]);
}

fn words_of<'f>(
    section: &'f str,
    key: &'f str,
    value: &Spanned<DeValue<'f>>,
    page: &mut Page,
    entries: &mut Vec<Entry<'f>>,
) {
    let entry = |word: String, same: Option<String>, span: Range<usize>| Entry { section, key, word, same, span };
    let name = || vec![("key", format!("{section}.{key}"))];
    match (Vocabulary::default().slot(section, key), value.get_ref()) {
        (Some(Slot::Chars(_)), DeValue::String(text)) if !text.is_empty() => {
            entries.extend(text.chars().map(|c| entry(fold(&c.to_string()).into_owned(), None, value.span())));
        }
        (Some(Slot::Chars(_)), DeValue::String(_)) => page.flaw("empty-list", &value.span(), name()),
        (Some(Slot::Chars(_)), _) => page.flaw("not-characters", &value.span(), name()),
        (_, DeValue::Array(list)) if list.is_empty() => page.flaw("empty-list", &value.span(), name()),
        (Some(Slot::Words(_)), DeValue::Array(list)) => {
            for item in list {
                match item.get_ref().as_str() {
                    Some(word) => entries.push(entry(fold(word).into_owned(), None, item.span())),
                    None => page.flaw("not-a-word", &item.span(), name()),
                }
            }
        }
        (Some(Slot::Pairs(_)), DeValue::Array(list)) => {
            for item in list {
                match pair(item.get_ref()) {
                    Some((word, same)) => entries.push(entry(word, Some(same), item.span())),
                    None => page.flaw("not-a-pair", &item.span(), name()),
                }
            }
        }
        _ => page.flaw("not-a-list", &value.span(), name()),
    }
}

fn pair(value: &DeValue) -> Option<(String, String)> {
    match value.as_array()?.iter().map(|item| item.get_ref().as_str()).collect::<Option<Vec<_>>>()?.as_slice() {
        [word, same] => Some((fold(word).into_owned(), fold(same).into_owned())),
        _ => None,
    }
}
