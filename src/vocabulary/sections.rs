//! The sections of a vocabulary: one struct for each concern, one field for each key of the file.

mod cards;
mod cells;
mod clauses;
mod names;
mod passages;
mod rosters;
mod tables;

pub use cards::{Funds, Headings, Labels, Titles, Totals, Years};
pub use cells::{Answers, Choices, Comparisons, Numerals, Placeholders, Units};
pub use clauses::Clauses;
pub use names::{Evidence, Names, Scopes, Sentences};
pub use passages::Passages;
pub use rosters::Rosters;
pub use tables::{TableScopes, Tables};

use super::words::{Chars, Pairs, Words};

/// One list of a vocabulary, to be added to.
pub(super) enum Slot<'a> {
    Words(&'a mut Words),
    Chars(&'a mut Chars),
    Pairs(&'a mut Pairs),
}

/// A struct whose fields are the keys of one section of the file.
macro_rules! section {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $key:ident: $kind:ident,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Default)]
        pub struct $name {
            $($(#[$doc])* pub $key: $kind,)*
        }

        impl $name {
            /// Its keys, in the order of the file.
            pub(in crate::vocabulary) const KEYS: &'static [&'static str] = &[$(stringify!($key),)*];

            /// The list under a key.
            pub(in crate::vocabulary) fn slot(&mut self, key: &str) -> Option<Slot<'_>> {
                match key {
                    $(stringify!($key) => Some(Slot::$kind(&mut self.$key)),)*
                    _ => None,
                }
            }
        }
    };
}

use section;
