//! Words around texts that are compared between departments.

use super::{Slot, section};
use crate::vocabulary::words::Words;

section! {
    /// Texts that are compared between departments.
    Passages {
        /// Card: columns in which the department explains itself.
        own_columns: Words,
        /// Of these, columns of reasons.
        reason_columns: Words,
        /// Card: columns whose text is the form's, whatever else their heading says.
        form_columns: Words,
        /// With these a text begins that is the form's own.
        form_begins: Words,
        /// Behind a department's name: the name is that of who issued a document.
        cites: Words,
        /// Units of a figure, beside those of sentences.
        counted: Words,
        /// With these a name ends that means the department itself.
        itself: Words,
        /// Names of authors that name nobody.
        nobody: Words,
    }
}
