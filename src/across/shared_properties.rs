//! Names that the properties of different departments' files have in common: who made the file, who saved it last. Said beside
//! the shared texts, and of no weight by itself: a template keeps its author, and colleagues help each other.

use std::collections::{BTreeMap, BTreeSet};

use super::copied_text::{COMMON_AT_LEAST, is_one, name_of};
use crate::brief::Brief;
use crate::vocabulary::Vocabulary;

/// A name that files of different departments share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedName {
    /// Which property it is.
    pub property: Property,
    /// The name.
    pub name: String,
    /// The departments and their files, in the order of the run.
    pub files: Vec<(String, String)>,
}

/// A property of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Property {
    /// Who made it.
    Author,
    /// Who saved it last.
    LastSavedBy,
}

impl Property {
    /// Its name in the keys of texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Property::Author => "author",
            Property::LastSavedBy => "last-saved-by",
        }
    }
}

/// The names that departments share, but for those of programs and machines, and those of over a third of the departments:
/// the author of the template.
///
/// Beside them the names that were passed over as the template's.
pub fn shared_names(audits: &[Brief]) -> (Vec<SharedName>, BTreeSet<String>) {
    let units: Vec<Option<Vec<char>>> = audits.iter().map(name_of).collect();
    let departments = units.iter().flatten().collect::<BTreeSet<_>>().len();
    let mut holders: BTreeMap<(Property, &str), Vec<usize>> = BTreeMap::new();
    for (at, audit) in audits.iter().enumerate().filter(|(at, _)| units[*at].is_some()) {
        let properties = &audit.properties;
        let both = [(Property::Author, &properties.author), (Property::LastSavedBy, &properties.last_saved_by)];
        for (property, name) in both {
            if let Some(name) = name.as_deref().filter(|name| names_somebody(name)) {
                holders.entry((property, name)).or_default().push(at);
            }
        }
    }
    let own = |audits: &[usize]| audits.iter().filter_map(|at| units[*at].as_ref()).collect::<BTreeSet<&Vec<char>>>();
    let is_common = |audits: &[usize]| {
        let own = own(audits).len();
        own >= COMMON_AT_LEAST && own * 3 > departments
    };
    let is_shared = |audits: &[usize]| {
        let own = own(audits);
        let first = own.first().copied();
        own.iter().any(|unit| first.is_some_and(|first| !is_one(first, unit)))
    };
    let (common, others): (BTreeMap<_, _>, BTreeMap<_, _>) =
        holders.into_iter().partition(|(_, audits)| is_common(audits));
    let shared = others.into_iter().filter(|(_, audits)| is_shared(audits));
    let file = |at: &usize| (audits[*at].name(), audits[*at].file.clone());
    let told = shared.map(|((property, name), holders)| {
        let files = holders.iter().map(file).collect();
        SharedName { property, name: name.to_owned(), files }
    });
    (told.collect(), common.into_keys().map(|(_, name)| name.to_owned()).collect())
}

/// Whether a name is one of a person: not of a program, a machine or an office.
pub fn names_somebody(name: &str) -> bool {
    let plain: String = name.to_lowercase().split_whitespace().collect();
    !plain.is_empty() && !Vocabulary::builtin().passages.nobody.contains(plain)
}
