//! What makes a row of 相同文字 the same one in a later run.

use crate::across::copied_text::Pair;
use crate::entered::{About, Whose};
use crate::passages::{Plain, SHORTEST};

/// What makes a row of 相同文字 the same one in a later run: the department and its file, the other department, and how the
/// shared text begins.
pub fn pair_identity(pair: &Pair) -> String {
    let (own, other) = (&pair.own, &pair.other);
    let (unit, file) = (Some(own.whose.department.as_str()), own.whose.file.as_str());
    let (form, year) = (own.whose.form, own.whose.year);
    let whose = Whose { unit, file, project: None, form, rulebook: "", year };
    let begins: String = Plain::of(&own.quote).signs.into_iter().take(SHORTEST).collect();
    whose.key(About::Copied, &[&other.whose.department, own.spot.kind.as_str(), &begins])
}
