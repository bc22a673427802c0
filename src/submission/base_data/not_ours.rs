//! Why the figures of a table are not the department's of the report's year, by its title.

use crate::audit::NotUsed;
use crate::quantity::fold;
use crate::submission::headers::without_brackets;
use crate::submission::scope::{Off, Scope};
use crate::submission::years::{in_digits, years_in};
use crate::vocabulary::Vocabulary;

/// Why the figures of a table are not the department's of the report's year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotOurs {
    /// Its title names another year.
    OtherYear,
    /// Its title names the units below the department.
    OtherUnit,
    /// The sheet says that another department filled it in.
    OtherFiler,
    /// Its title, or the sheet's name, names a time within the year.
    OtherPeriod,
    /// Its title, or the sheet's name, says that it is a draft, or no longer holds.
    Draft,
    /// The sheet's name says that it shows how to fill the form in, or what is aimed at.
    Example,
    /// The sheet's name, or the title, says that the bureau or other reviewers gave the figures.
    Reviewers,
}

impl NotOurs {
    /// The same as a reason why a cell is not used.
    pub fn as_not_used(self) -> NotUsed {
        match self {
            NotOurs::OtherYear => NotUsed::OtherYear,
            NotOurs::OtherPeriod => NotUsed::OtherPeriod,
            NotOurs::Draft | NotOurs::Example => NotUsed::Draft,
            NotOurs::OtherUnit | NotOurs::OtherFiler | NotOurs::Reviewers => NotUsed::OtherUnit,
        }
    }

    /// What a scope that is off says of the figures below it.
    pub fn of(off: Off) -> NotOurs {
        match off {
            Off::Year => NotOurs::OtherYear,
            Off::Period => NotOurs::OtherPeriod,
            Off::Version => NotOurs::Draft,
            Off::Below | Off::Part => NotOurs::OtherUnit,
        }
    }
}

/// What a table's title says against its figures.
pub fn not_ours(vocabulary: &Vocabulary, title: &str, year: Option<i32>) -> Option<NotOurs> {
    let plain: String = in_digits(vocabulary, &fold(title)).split_whitespace().collect();
    // 2020年10月基础数据表 ends like a title, 填报日期：2020年10月 does not.
    let words = without_brackets(&plain);
    let is_month = |word: &str| word.chars().all(|c| vocabulary.scopes.months.contains(c));
    let mut others = vocabulary.titles.not_of_table.iter().filter(|word| !is_month(word));
    let ends_so =
        vocabulary.titles.table.iter().any(|word| words.ends_with(word)) && !others.any(|word| plain.contains(word));
    let is_span = names_a_span(vocabulary, &plain);
    let is_title = plain.chars().count() <= 40
        && vocabulary.titles.table.within(&plain)
        && (is_span || ends_so || !vocabulary.titles.not_of_table.within(&plain));
    let scope = Scope::of(vocabulary, &plain, year);
    let is_only_time = is_only_of_time(vocabulary, &plain);
    // A day after the year is one on which something was filled in.
    let is_later = years_in(vocabulary, &plain).iter().any(|(_, named, _)| year.is_none_or(|year| *named > year));
    if !is_title && is_only_time && !is_later && plain.chars().any(|c| c.is_ascii_digit()) {
        return scope.off().filter(|off| matches!(off, Off::Year | Off::Period)).map(NotOurs::of);
    }
    if !is_title {
        return None;
    }
    let years: Vec<i32> =
        years_in(vocabulary, &plain).into_iter().filter(|(.., named)| *named).map(|(_, year, _)| year).collect();
    let by_word = vocabulary.titles.other_year.iter().any(|word| plain.starts_with(word));
    if by_word || year.is_some_and(|year| !years.is_empty() && !years.contains(&year)) {
        return Some(NotOurs::OtherYear);
    }
    let name = plain.trim_start_matches(|c: char| c.is_ascii_digit() || vocabulary.titles.before_name.contains(c));
    let below = &vocabulary.titles.other_unit;
    if below.iter().any(|word| name.starts_with(word)) {
        return Some(NotOurs::OtherUnit);
    }
    let scope = Scope::of(vocabulary, &plain, None).of_title();
    scope.off().filter(|off| matches!(off, Off::Period | Off::Version)).map(NotOurs::of)
}

/// 1-9月, 截至9月30日: words that say from when to when, and no day on which something was filled in.
fn names_a_span(vocabulary: &Vocabulary, plain: &str) -> bool {
    let months = |(at, _): (usize, &str)| {
        let before = plain.get(..at).unwrap_or_default().trim_end_matches(|c: char| c.is_ascii_digit());
        let joins = |c: char| matches!(c, '-' | '~' | '—') || vocabulary.quantities.comparisons.spans.contains(c);
        let from = before.trim_end_matches(joins);
        let month = vocabulary.scopes.months.all();
        from.len() < before.len() && from.trim_end_matches(month).ends_with(|c: char| c.is_ascii_digit())
    };
    let has_months = vocabulary.scopes.months.all().iter().any(|c| {
        let month = c.to_string();
        plain.match_indices(&month).any(months)
    });
    has_months || vocabulary.scopes.until.within(plain)
}

/// A text that says nothing but when: 截至2020年9月30日, （2020年1-9月）.
fn is_only_of_time(vocabulary: &Vocabulary, plain: &str) -> bool {
    let scopes = &vocabulary.scopes;
    let rest = scopes.until.iter().fold(plain.to_owned(), |rest, word| rest.replace(word, ""));
    let is_numeral = |c: char| vocabulary.names.numerals.contains(c);
    rest.chars().all(|c| !c.is_alphabetic() || scopes.of_times.contains(c) || is_numeral(c))
}
