//! How near a written name is to a name, and whether what differs changes what is meant.

use std::collections::BTreeSet;

use crate::vocabulary::Vocabulary;
use crate::vocabulary::signs::Signs;

/// How a near name differs from the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    /// In words that change nothing: 的, 总, 部门.
    Same,
    /// In single characters that say nothing of what is meant.
    Slip,
    /// In words that may mean something else.
    Open,
    /// In a word that tells: 数 for 率, 开工 for 完成.
    Other,
}

/// A name of so few characters is another name when one of them is another.
pub(super) const SHORT: usize = 4;

/// Whether a name may be near: it has no more characters more, less or other than a near one may. What is near has a distance of
/// at most a third of its length, and no distance is smaller than this.
pub(super) fn may_be_near((written, signs): (&[char], Signs), (name, of_name): (&[char], Signs)) -> bool {
    let most = written.len().max(name.len()) / 3;
    written.len().abs_diff(name.len()) <= most
        && of_name.lacks_at_least(signs) <= most
        && signs.lacks_at_least(of_name) <= most
        && written.iter().filter(|c| !name.contains(c)).count() <= most
        && name.iter().filter(|c| !written.contains(c)).count() <= most
}

/// Whether a name can be near at all, or rival a near one: told by lengths and characters, before the costly comparison.
pub(super) fn could_be_near(written: &[char], name: &[char]) -> bool {
    let most = written.len().max(name.len()) / 3 + 3;
    written.len().abs_diff(name.len()) <= most && written.iter().filter(|c| !name.contains(c)).count() <= most
}

pub(super) struct Chars<'a>(pub(super) &'a [char]);

impl<'a> IntoIterator for &Chars<'a> {
    type Item = char;
    type IntoIter = std::iter::Copied<std::slice::Iter<'a, char>>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().copied()
    }
}

/// At most a quarter of the characters differ, or a third when characters were only left out or put in.
pub(super) fn is_near(written: &[char], name: &[char], distance: usize) -> bool {
    let longer = written.len().max(name.len());
    let only_more_or_less = is_within(written, name) || is_within(name, written);
    distance * 4 <= longer || (only_more_or_less && distance * 3 <= longer)
}

/// Whether the characters of the first stand in the second, in their order.
pub(super) fn is_within(part: &[char], whole: &[char]) -> bool {
    let mut rest = whole.iter();
    part.iter().all(|c| rest.any(|other| other == c))
}

/// Whether what differs is no more than a slip: nothing telling was put in, nothing essential left out.
pub(super) fn keeps_its_meaning(vocabulary: &Vocabulary, written: &[char], name: &[char]) -> bool {
    edits(written, name).into_iter().filter(|(new, lost)| new != lost).all(|edit| match edit {
        (Some(new), _) if new.is_ascii_digit() || vocabulary.names.telling.contains(new) => false,
        (Some(_), Some(lost)) if vocabulary.names.negating.contains(lost) => false,
        (None, Some(lost)) => !vocabulary.names.essential.contains(lost),
        _ => true,
    })
}

/// Where the characters stand in a name one behind the other.
pub(super) fn is_run(name: &[char], part: &[char]) -> Option<usize> {
    name.windows(part.len().max(1)).position(|window| window == part)
}

/// Whether a name is the one text with the other within it.
pub(super) fn is_run_of(name: &[char], outer: &[char], inner: &[char]) -> bool {
    name.len() == outer.len() + inner.len()
        && is_run(name, inner)
            .is_some_and(|at| name.iter().take(at).chain(name.iter().skip(at + inner.len())).eq(outer.iter()))
}

/// What the differences between a written name and a name come to.
pub(super) fn likeness(vocabulary: &Vocabulary, written: &[char], name: &[char]) -> Likeness {
    let words = &vocabulary.names;
    let (written, name) = (alike(vocabulary, written, name), alike(vocabulary, name, written));
    // 在岗 for 在编, 指标 for 目标: a telling word that only one of the two has, however few characters differ.
    let (whole, known): (String, String) = (written.iter().collect(), name.iter().collect());
    if words.telling_words.iter().any(|word| whole.contains(word) != known.contains(word)) {
        return Likeness::Other;
    }
    let mut worst = Likeness::Same;
    for (new, lost) in runs(&written, &name) {
        let tells = |text: &str| {
            words.telling_words.within(text) || text.chars().any(|c| c.is_ascii_digit() || words.negating.contains(c))
        };
        let measures = |text: &str| text.chars().any(|c| words.telling_measures.contains(c));
        let is_loose = is_loose(vocabulary, &new) && is_loose(vocabulary, &lost);
        let swapped = !new.is_empty() && !lost.is_empty();
        // One character of a short name is as much as a word of a long one: 涉农部门 is not 涉密部门.
        let is_short = name.len() <= SHORT && swapped;
        let likeness = if is_loose && !(swapped && (measures(&new) || measures(&lost))) {
            Likeness::Same
        } else if tells(&new)
            || tells(&lost)
            || is_short
            || measures(&new)
            || new.chars().any(|c| words.telling.contains(c))
            || (!swapped && lost.chars().any(|c| words.essential.contains(c)))
        {
            Likeness::Other
        } else if new.chars().count() <= 1
            && lost.chars().count() <= 1
            && (!swapped || is_mistyped(vocabulary, &new, &lost))
            && (swapped || new.chars().all(|c| name.contains(&c)))
        {
            // A character left out, typed twice or for another like it. One that the name does not have may part it: 子项目.
            Likeness::Slip
        } else {
            Likeness::Open
        };
        worst = if worst.rank() >= likeness.rank() { worst } else { likeness };
    }
    worst
}

/// 再 for 在: characters that are typed for each other. Any other character in the place of one may be another word.
pub(super) fn is_mistyped(vocabulary: &Vocabulary, new: &str, lost: &str) -> bool {
    vocabulary.names.mistyped.iter().any(|(one, other)| (one, other) == (new, lost) || (other, one) == (new, lost))
}

/// A name with words that say the same put alike: 数量 as 数, where the other name has either.
pub(super) fn alike(vocabulary: &Vocabulary, name: &[char], other: &[char]) -> Vec<char> {
    let (text, other): (String, String) = (name.iter().collect(), other.iter().collect());
    let pairs = vocabulary.names.same.iter().filter(|(word, same)| other.contains(word) || other.contains(same));
    pairs.fold(text, |text, (word, same)| text.replace(word, same)).chars().collect()
}

impl Likeness {
    fn rank(self) -> u8 {
        match self {
            Likeness::Same => 0,
            Likeness::Slip => 1,
            Likeness::Open => 2,
            Likeness::Other => 3,
        }
    }
}

pub(super) fn loose_chars(vocabulary: &Vocabulary) -> BTreeSet<char> {
    let same = vocabulary.names.same.iter().flat_map(|(word, same)| [word, same]);
    vocabulary.names.loose.iter().chain(same).flat_map(str::chars).collect()
}

/// Whether a text is nothing but words that change no name.
pub(super) fn is_loose(vocabulary: &Vocabulary, text: &str) -> bool {
    let mut rest = text;
    while let Some(after) = vocabulary.names.loose.strip_start(rest) {
        if after.len() == rest.len() {
            return false;
        }
        rest = after;
    }
    rest.is_empty()
}

/// The stretches in which two names differ, each as what is written and what the name has in its place.
pub(super) fn runs(written: &[char], name: &[char]) -> Vec<(String, String)> {
    let mut runs: Vec<(String, String)> = Vec::new();
    let mut open = false;
    for (new, lost) in edits(written, name).into_iter().rev() {
        if new == lost {
            open = false;
            continue;
        }
        if !open {
            runs.push(<(String, String)>::default());
            open = true;
        }
        if let Some(run) = runs.last_mut() {
            run.0.extend(new);
            run.1.extend(lost);
        }
    }
    runs
}

/// Whether the written name has all that tells the name from its rival, and nothing that tells the rival from it.
pub(super) fn tells_apart(written: &[char], name: &[char], rival: &[char]) -> bool {
    let mut own = name.iter().filter(|c| !rival.contains(c));
    let mut others = rival.iter().filter(|c| !name.contains(c));
    own.clone().chain(others.clone()).next().is_some()
        && own.all(|c| written.contains(c))
        && others.all(|c| !written.contains(c))
}

/// One step: the written character and the name's, where there is one; the same where nothing differs.
pub(super) type Edit = (Option<char>, Option<char>);

/// The fewest edits that turn the name into what is written, from the end, with the characters that stay.
pub(super) fn edits(written: &[char], name: &[char]) -> Vec<Edit> {
    let width = name.len() + 1;
    let mut cost = vec![0usize; (written.len() + 1) * width];
    for i in 0..=written.len() {
        for j in 0..=name.len() {
            cost[i * width + j] = match (i, j) {
                (0, _) => j,
                (_, 0) => i,
                _ => {
                    let swap = cost[(i - 1) * width + j - 1] + usize::from(written[i - 1] != name[j - 1]);
                    swap.min(cost[(i - 1) * width + j] + 1).min(cost[i * width + j - 1] + 1)
                }
            };
        }
    }
    let (mut i, mut j, mut edits) = (written.len(), name.len(), Vec::new());
    while i > 0 || j > 0 {
        let here = cost[i * width + j];
        if i > 0 && j > 0 && written[i - 1] == name[j - 1] && here == cost[(i - 1) * width + j - 1] {
            edits.push((Some(written[i - 1]), Some(written[i - 1])));
            (i, j) = (i - 1, j - 1);
        } else if i > 0 && here == cost[(i - 1) * width + j] + 1 {
            edits.push((Some(written[i - 1]), None));
            i -= 1;
        } else if j > 0 && here == cost[i * width + j - 1] + 1 {
            edits.push((None, Some(name[j - 1])));
            j -= 1;
        } else {
            edits.push((Some(written[i - 1]), Some(name[j - 1])));
            (i, j) = (i - 1, j - 1);
        }
    }
    edits
}
