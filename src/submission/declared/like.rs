//! Of several columns that hold the same, the one that counts; the first never wins by standing first.

use super::columns::standing;
use crate::audit::Source;
use crate::submission::Sourced;
use crate::submission::scope::Scope;

/// What like columns say of one thing.
pub struct Chosen<T> {
    /// What counts; where nothing tells the columns apart, what the first of them says.
    pub value: Sourced<T>,
    /// The other cells that have the same right and say something else.
    pub rivals: Vec<Sourced<T>>,
}

/// The one of several values that a word decides for, among those that are filled in. None: there is no column. `may_add`: whether
/// a value may be a part of a sum, so that others that say the same are none the less no confirmation of it.
pub fn choose<T: PartialEq + Clone>(
    read: &[(Sourced<T>, Scope)],
    is_filled: impl Fn(&Sourced<T>) -> bool,
    may_add: impl Fn(&T) -> bool,
) -> Option<Chosen<T>> {
    let filled: Vec<&(Sourced<T>, Scope)> = read.iter().filter(|(value, _)| is_filled(value)).collect();
    let mut values = standing(&filled, |(_, scope)| *scope).into_iter().map(|(value, _)| value);
    let first = values.next().or(read.first().map(|(value, _)| value))?;
    let rivals = values.filter(|value| value.value != first.value || may_add(&value.value)).cloned().collect();
    Some(Chosen { value: first.clone(), rivals })
}

impl<T> Chosen<T> {
    /// The cells that disagree; none where they do not.
    pub fn disputed(&self) -> Vec<&Source> {
        if self.rivals.is_empty() {
            return Vec::new();
        }
        std::iter::once(&self.value).chain(&self.rivals).map(|value| &value.source).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Vocabulary;

    fn chosen(columns: &[(&str, i32)]) -> Vec<i32> {
        let source = Source { sheet: String::new(), cell: "A1".to_owned(), text: String::new() };
        let read: Vec<_> = columns
            .iter()
            .map(|(heading, value)| {
                let scope = Scope::of(Vocabulary::builtin(), heading, Some(2020));
                (Sourced { value: *value, source: source.clone() }, scope)
            })
            .collect();
        let chosen = choose(&read, |value| value.value != 0, |_| false).expect("a column");
        std::iter::once(chosen.value).chain(chosen.rivals).map(|value| value.value).collect()
    }

    #[test]
    fn a_word_decides_among_what_is_filled_in_and_what_no_word_decides_stays_both() {
        assert_eq!(chosen(&[("年初指标值", 20), ("调整后指标值", 12)]), [12]);
        assert_eq!(chosen(&[("年初指标值", 20), ("调整后指标值", 0)]), [20], "nothing was adjusted");
        assert_eq!(chosen(&[("完成值", 5), ("全年完成值", 12)]), [12]);
        assert_eq!(chosen(&[("指标值", 5), ("目标值", 12)]), [5, 12]);
        assert_eq!(chosen(&[("指标值", 5), ("目标值", 5)]), [5]);
        assert_eq!(chosen(&[("指标值", 0), ("目标值", 0)]), [0]);
    }
}
