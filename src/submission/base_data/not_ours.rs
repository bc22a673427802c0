//! Why the figures of a table are not the department's of the report's year, by its title.

use crate::audit::NotUsed;
use crate::quantity::fold;
use crate::submission::scope::{Off, Scope};
use crate::submission::years::years_in;
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
}

impl NotOurs {
    /// The same as a reason why a cell is not used.
    pub fn as_not_used(self) -> NotUsed {
        match self {
            NotOurs::OtherYear => NotUsed::OtherYear,
            NotOurs::OtherPeriod => NotUsed::OtherPeriod,
            NotOurs::Draft | NotOurs::Example => NotUsed::Draft,
            NotOurs::OtherUnit | NotOurs::OtherFiler => NotUsed::OtherUnit,
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
    let plain: String = fold(title).split_whitespace().collect();
    let is_title = plain.chars().count() <= 40
        && vocabulary.titles.table.within(&plain)
        && !vocabulary.titles.not_of_table.within(&plain);
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
