//! Whose submission it is, as far as that decides what may be compared.

use std::collections::HashSet;

use crate::audit::Status;
use crate::brief::Brief;
use crate::passages::Plain;
use crate::vocabulary::Vocabulary;

/// The shortest name of which another can be the beginning: two or three characters (水务局) are any place's.
const HEAD: usize = 4;

/// Whose submissions they are: the departments' names without blanks, brackets and what means the department itself (本级); of
/// units below a department of the batch, that department's (水务局水库所 and 水务局河道所 are both 水务局's). None where a submission
/// cannot be compared: it was not audited, names no department, or its texts were not kept.
pub fn names(audits: &[Brief]) -> Vec<Option<Vec<char>>> {
    let own: Vec<Option<Vec<char>>> =
        audits.iter().map(|audit| name_of(audit).filter(|_| audit.prints.is_some())).collect();
    let known: HashSet<&[char]> = own.iter().flatten().map(Vec::as_slice).collect();
    let head = |name: &Vec<char>| {
        let heads = (HEAD..name.len()).map(|length| &name[..length]);
        heads.into_iter().find(|head| known.contains(head)).unwrap_or(name).to_vec()
    };
    own.iter().map(|name| name.as_ref().map(head)).collect()
}

/// The department of an audited submission; none where it names none.
pub fn name_of(audit: &Brief) -> Option<Vec<char>> {
    let unit = audit.unit.as_deref().filter(|_| audit.status == Status::Audited)?;
    Some(name(unit)).filter(|name| !name.is_empty())
}

fn name(unit: &str) -> Vec<char> {
    let mut name: String = Plain::of(unit).signs.into_iter().collect();
    let itself = &Vocabulary::builtin().passages.itself;
    while let Some(rest) = itself.strip_end(&name).filter(|rest| !rest.is_empty()).map(str::to_owned) {
        name = rest;
    }
    name.chars().collect()
}

/// Whether two names are those of one department, or of one that stands below the other (水务局, 水务局河道管理所), or the
/// same with its city before it. Such departments write together: nothing of that is copied.
pub fn is_one(one: &[char], other: &[char]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    long.starts_with(short) || long.ends_with(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_department_and_what_stands_below_it_are_one_and_neighbours_are_not() {
        let is_one = |one: &str, other: &str| is_one(&name(one), &name(other));
        assert!(is_one("云溪县水务局", "云溪县水务局（本级）"));
        assert!(is_one("云溪县水务局本级", "云溪县水务局河道管理所"));
        assert!(is_one("水务局", "云溪县水务局"));
        assert!(!is_one("云溪县水务局", "云溪县税务局"));
        assert!(!is_one("云溪县水务局", "海陵区水务局"));
    }
}
