//! Where a value stands.

use serde::{Deserialize, Serialize};

/// Where a value stands in the department's own file.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Source {
    /// The sheet's name.
    pub sheet: String,
    /// The cell, such as `H23`; of a merged area its top left.
    pub cell: String,
    /// What stands there: text verbatim, a number as stored at 15 significant digits.
    pub text: String,
}
