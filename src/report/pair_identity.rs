//! What makes a row of 相同文字 the same one in a later run.

use crate::across::copied_text::Pair;
use crate::entered::{About, Whose};
use crate::passages::{Plain, SHORTEST};

/// What makes a row of 相同文字 the same one in a later run: the department and its file, the other department, and how the
/// shared text begins.
pub fn pair_identity(pair: &Pair) -> String {
    let (own, other) = (&pair.own, &pair.other);
    let (unit, file, form, year) = (Some(own.department.as_str()), own.file.as_str(), own.form, own.year);
    let whose = Whose { unit, file, project: None, form, rulebook: "", year };
    let begins: String = Plain::of(&own.quote).signs.into_iter().take(SHORTEST).collect();
    whose.key(About::Copied, &[&other.department, own.spot.kind.as_str(), &begins])
}
