//! Names as people write them, and the one of the rulebook that is meant.
//!
//! Exact after normalising first, then the rulebook's aliases, then the one clearly nearest; never a coin toss.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use foldhash::fast::RandomState;

use crate::quantity::fold;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::remembered::Remembered;

/// How a written name was matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// The rulebook's name or one of its aliases, but for spacing, width, punctuation, numbering and points.
    Exact,
    /// The one name clearly nearest: to be told.
    Near,
}

/// A label that was taken for a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labelled {
    /// The entry's place in the list.
    pub index: usize,
    /// How it was matched.
    pub how: How,
    /// Whether what differs is no more than a slip of the pen; of an exact name always false.
    pub slip: bool,
    /// What stood in brackets behind it, points and units left out.
    pub remarks: Vec<String>,
}

/// How a near name differs from the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Likeness {
    /// In words that change nothing: 的, 总, 部门.
    Same,
    /// In single characters that say nothing of what is meant.
    Slip,
    /// In words that may mean something else.
    Open,
    /// In a word that tells: 数 for 率, 开工 for 完成.
    Other,
}

/// The names of a closed list, with their aliases.
pub struct Names<'w> {
    vocabulary: &'w Vocabulary,
    list: Rc<List>,
    /// How many more names may be compared by nearness.
    searches: Cell<u32>,
}

/// A closed list as it is prepared for its vocabulary once in each thread, and what was asked of it so far: the workbooks of a
/// folder ask the same texts again and again.
#[derive(Default)]
struct List {
    exact: HashMap<String, Option<usize>, RandomState>,
    known: Vec<(usize, Vec<char>)>,
    /// Characters of words that change no name.
    loose: BTreeSet<char>,
    exactly: Asked<Option<usize>>,
    find: Asked<Option<(usize, How)>>,
    label: Asked<Option<Labelled>>,
    surely: Asked<Option<Labelled>>,
    is_piece: Asked<bool>,
    crossed: Asked<Option<Labelled>>,
    nearest_of_all: Asked<Option<usize>>,
}

/// Answers, each with how many searches it cost.
type Asked<A> = RefCell<HashMap<Box<str>, (A, u32), RandomState>>;

/// So many answers are kept to one question.
const MOST_ANSWERS: usize = 1 << 12;
/// So many lists are kept prepared: a card has three, and a run rarely more than a few cards.
const MOST_LISTS: usize = 32;

/// A name of so few characters is another name when one of them is another.
const SHORT: usize = 4;
/// Longer than this no name is compared by nearness, in characters.
const LONGEST: usize = 60;
/// So many names of one workbook are compared by nearness; real forms have some hundreds, and only made ones more.
const SEARCHES: u32 = 20_000;

impl<'w> Names<'w> {
    /// The list: each entry is a name and its aliases. Words that stand for two entries match neither.
    pub fn new<'a>(
        vocabulary: &'w Vocabulary,
        entries: impl IntoIterator<Item = (&'a str, &'a [String])>,
    ) -> Names<'w> {
        thread_local! { static PREPARED: Remembered<Lists> = const { Remembered::new() } }
        // All lists of a vocabulary stand under one text, since they are asked for by what they hold.
        let lists = PREPARED.with(|prepared| prepared.get(vocabulary, "", Lists::default));
        let entries: Vec<(&str, &[String])> = entries.into_iter().collect();
        Names { vocabulary, list: List::prepared(vocabulary, &entries, &lists), searches: Cell::new(SEARCHES) }
    }

    /// The answer to a question about a text: the one given before, at the same cost, or a new one.
    fn asked<A: Clone>(&self, answers: &Asked<A>, text: &str, ask: impl FnOnce() -> A) -> A {
        let before = self.searches.get();
        if let Some((answer, cost)) = answers.borrow().get(text)
            && let Some(left) = before.checked_sub(*cost)
        {
            self.searches.set(left);
            return answer.clone();
        }
        let answer = ask();
        let left = self.searches.get();
        // Where no search was left, the answer may have been cut short.
        if left > 0 && text.len() <= LONGEST * 6 {
            let mut answers = answers.borrow_mut();
            if answers.len() >= MOST_ANSWERS {
                answers.clear();
            }
            answers.insert(text.into(), (answer.clone(), before - left));
        }
        answer
    }

    /// The entry that a written name means without doubt about spelling.
    pub fn exactly(&self, written: &str) -> Option<usize> {
        self.asked(&self.list.exactly, written, || self.ask_exactly(written))
    }

    fn ask_exactly(&self, written: &str) -> Option<usize> {
        forms(self.vocabulary, written).iter().find_map(|form| self.list.exact.get(form).copied().flatten())
    }

    /// The entry that a written name means, and how it was found.
    pub fn find(&self, written: &str) -> Option<(usize, How)> {
        self.asked(&self.list.find, written, || self.ask_find(written))
    }

    fn ask_find(&self, written: &str) -> Option<(usize, How)> {
        let forms = forms(self.vocabulary, written);
        if let Some(index) = forms.iter().find_map(|form| self.list.exact.get(form).copied().flatten()) {
            return Some((index, How::Exact));
        }
        let near = forms.iter().rev().find_map(|form| self.nearest(form))?;
        Some((near, How::Near))
    }

    /// The entry that a label with a value beside it means, its brackets read apart; none where a telling word differs.
    pub fn label(&self, written: &str) -> Option<Labelled> {
        self.asked(&self.list.label, written, || self.ask_label(written))
    }

    fn ask_label(&self, written: &str) -> Option<Labelled> {
        let forms = labels(self.vocabulary, written);
        self.surely(written).or_else(|| {
            forms.iter().rev().find_map(|(form, remarks)| {
                let (index, name) = self.nearest_name(form)?;
                let written: Vec<char> = form.chars().collect();
                let (how, slip) = match likeness(self.vocabulary, &written, name) {
                    Likeness::Same => (How::Exact, false),
                    Likeness::Slip => (How::Near, true),
                    Likeness::Open => (How::Near, false),
                    Likeness::Other => return None,
                };
                Some(Labelled { index, how, slip, remarks: remarks.clone() })
            })
        })
    }

    /// The entry that a label names without doubt, its brackets read apart; words that change no name may differ.
    pub fn surely(&self, written: &str) -> Option<Labelled> {
        self.asked(&self.list.surely, written, || self.ask_surely(written))
    }

    fn ask_surely(&self, written: &str) -> Option<Labelled> {
        let forms = labels(self.vocabulary, written);
        let exactly = |(form, _): &(String, Vec<String>)| self.list.exact.get(form).copied().flatten();
        let loosely = |(form, _): &(String, Vec<String>)| self.same_but_for_loose_words(form);
        let labelled = |(_, remarks): &(String, Vec<String>), index| Labelled {
            index,
            how: How::Exact,
            slip: false,
            remarks: remarks.clone(),
        };
        let exact = forms.iter().find_map(|form| Some(labelled(form, exactly(form)?)));
        exact.or_else(|| forms.iter().find_map(|form| Some(labelled(form, loosely(form)?))))
    }

    /// Whether a text can be one of two labels that give a name together.
    pub fn is_piece(&self, written: &str) -> bool {
        self.asked(&self.list.is_piece, written, || self.ask_is_piece(written))
    }

    fn ask_is_piece(&self, written: &str) -> bool {
        let forms = labels(self.vocabulary, written);
        forms.iter().any(|(form, _)| {
            let chars: Vec<char> = form.chars().collect();
            let is_piece = |name: &[char]| chars.len() < name.len() && is_run(name, &chars).is_some();
            // A single character says too little.
            chars.len() > 1 && self.list.known.iter().any(|(_, name)| is_piece(name))
        })
    }

    /// The one entry whose name two labels give together, the one behind the other or within it: “三公”经费 and 决算数,
    /// “三公”经费 and 上年决算数. Neither order counts more than the other.
    pub fn crossed(&self, one: &str, other: &str) -> Option<Labelled> {
        self.asked(&self.list.crossed, &format!("{one}\u{1}{other}"), || self.ask_crossed(one, other))
    }

    fn ask_crossed(&self, one: &str, other: &str) -> Option<Labelled> {
        let (ones, others) = (labels(self.vocabulary, one), labels(self.vocabulary, other));
        ones.iter().find_map(|(one, remarks)| {
            others.iter().find_map(|(other, more)| {
                let index = self.joined(one, other)?;
                let remarks = remarks.iter().chain(more).cloned().collect();
                Some(Labelled { index, how: How::Exact, slip: false, remarks })
            })
        })
    }

    fn joined(&self, one: &str, other: &str) -> Option<usize> {
        let both = [format!("{one}{other}"), format!("{other}{one}")];
        let exact = both.iter().find_map(|form| self.list.exact.get(form).copied().flatten());
        exact.or_else(|| both.iter().find_map(|form| self.same_but_for_loose_words(form))).or_else(|| {
            let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
            let within = |name: &[char]| is_run_of(name, &one, &other) || is_run_of(name, &other, &one);
            let mut found = self.list.known.iter().filter(|(_, name)| within(name)).map(|(index, _)| *index);
            let first = found.next()?;
            found.all(|index| index == first).then_some(first)
        })
    }

    /// The entry that a label is nearest to, whatever tells them apart: for a person to look at, never to be believed.
    pub fn nearest_of_all(&self, written: &str) -> Option<usize> {
        self.asked(&self.list.nearest_of_all, written, || self.ask_nearest_of_all(written))
    }

    fn ask_nearest_of_all(&self, written: &str) -> Option<usize> {
        let forms = labels(self.vocabulary, written);
        forms.iter().rev().find_map(|(form, _)| self.nearest_name(form).map(|(index, _)| index))
    }

    /// The one entry whose name differs in nothing but words that change no name.
    fn same_but_for_loose_words(&self, form: &str) -> Option<usize> {
        let written: Vec<char> = form.chars().collect();
        if written.len() < 3 || written.len() > LONGEST {
            return None;
        }
        self.searches.set(self.searches.get().checked_sub(1)?);
        // Cheap before costly: the characters that only one of the two has are those of words that change no name.
        let is_loose = |c: &char| self.list.loose.contains(c);
        let alike = self.list.known.iter().filter(|(_, name)| {
            written.iter().all(|c| name.contains(c) || is_loose(c))
                && name.iter().all(|c| written.contains(c) || is_loose(c))
        });
        let mut same = alike
            .filter(|(_, name)| likeness(self.vocabulary, &written, name) == Likeness::Same)
            .map(|(index, _)| *index);
        let first = same.next()?;
        same.all(|other| other == first).then_some(first)
    }

    /// The one clearly nearest entry, when what differs is no more than a slip.
    fn nearest(&self, form: &str) -> Option<usize> {
        let (index, name) = self.nearest_name(form)?;
        let written: Vec<char> = form.chars().collect();
        keeps_its_meaning(self.vocabulary, &written, name).then_some(index)
    }

    /// The one clearly nearest entry and the name that is near.
    fn nearest_name(&self, form: &str) -> Option<(usize, &[char])> {
        let written: Vec<char> = form.chars().collect();
        let left = self.searches.get().checked_sub(1)?;
        if written.len() < 3 || written.len() > LONGEST {
            return None;
        }
        self.searches.set(left);
        // Cheap before costly: where no name lies as near as a near one must, none is compared.
        if !self.list.known.iter().any(|(_, name)| may_be_near(&written, name)) {
            return None;
        }
        let alike = self.list.known.iter().filter(|(_, name)| could_be_near(&written, name));
        let distances: Vec<(usize, usize, &[char])> = alike
            .map(|(index, name)| (strsim::generic_levenshtein(&Chars(&written), &Chars(name)), *index, name.as_slice()))
            .collect();
        let (distance, index, name) = *distances.iter().min_by_key(|(distance, ..)| *distance)?;
        let unrivalled = distances.iter().filter(|(_, other, _)| *other != index).all(|(rival_distance, _, rival)| {
            *rival_distance > distance + 2 || (*rival_distance > distance && tells_apart(&written, name, rival))
        });
        (unrivalled && is_near(&written, name, distance)).then_some((index, name))
    }
}

/// Prepared lists, each with the names and aliases that it was made of.
type Lists = Rc<RefCell<Vec<(Vec<OwnedEntry>, Rc<List>)>>>;

/// A name and its aliases.
type OwnedEntry = (String, Vec<String>);

impl List {
    /// The list of these entries, prepared before or now.
    fn prepared(vocabulary: &Vocabulary, entries: &[(&str, &[String])], lists: &Lists) -> Rc<List> {
        let is_of_these = |made_of: &[OwnedEntry]| {
            made_of.len() == entries.len()
                && made_of.iter().zip(entries).all(|(one, other)| one.0 == other.0 && one.1 == other.1)
        };
        if let Some((_, list)) = lists.borrow().iter().find(|(made_of, _)| is_of_these(made_of)) {
            return Rc::clone(list);
        }
        let mut list = List { loose: loose_chars(vocabulary), ..List::default() };
        for (index, (name, aliases)) in entries.iter().enumerate() {
            list.add(index, key(name), true);
            aliases.iter().for_each(|alias| list.add(index, key(alias), false));
        }
        let list = Rc::new(list);
        let mut lists = lists.borrow_mut();
        if lists.len() >= MOST_LISTS {
            lists.clear();
        }
        let made_of = entries.iter().map(|(name, aliases)| ((*name).to_owned(), aliases.to_vec())).collect();
        lists.push((made_of, Rc::clone(&list)));
        list
    }

    fn add(&mut self, index: usize, key: String, is_name: bool) {
        if key.is_empty() {
            return;
        }
        let chars: Vec<char> = key.chars().collect();
        let meant = self.exact.entry(key).or_insert(Some(index));
        if *meant != Some(index) && !is_name {
            *meant = None;
        }
        if chars.len() >= 4 {
            self.known.push((index, chars));
        }
    }
}

/// Whether a name may be near: it has no more characters more, less or other than a near one may. What is near has a distance of
/// at most a third of its length, and no distance is smaller than this.
fn may_be_near(written: &[char], name: &[char]) -> bool {
    let most = written.len().max(name.len()) / 3;
    written.len().abs_diff(name.len()) <= most
        && written.iter().filter(|c| !name.contains(c)).count() <= most
        && name.iter().filter(|c| !written.contains(c)).count() <= most
}

/// Whether a name can be near at all, or rival a near one: told by lengths and characters, before the costly comparison.
fn could_be_near(written: &[char], name: &[char]) -> bool {
    let most = written.len().max(name.len()) / 3 + 3;
    written.len().abs_diff(name.len()) <= most && written.iter().filter(|c| !name.contains(c)).count() <= most
}

struct Chars<'a>(&'a [char]);

impl<'a> IntoIterator for &Chars<'a> {
    type Item = char;
    type IntoIter = std::iter::Copied<std::slice::Iter<'a, char>>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().copied()
    }
}

/// At most a quarter of the characters differ, or a third when characters were only left out or put in.
fn is_near(written: &[char], name: &[char], distance: usize) -> bool {
    let longer = written.len().max(name.len());
    let only_more_or_less = is_within(written, name) || is_within(name, written);
    distance * 4 <= longer || (only_more_or_less && distance * 3 <= longer)
}

/// Whether the characters of the first stand in the second, in their order.
fn is_within(part: &[char], whole: &[char]) -> bool {
    let mut rest = whole.iter();
    part.iter().all(|c| rest.any(|other| other == c))
}

/// Whether what differs is no more than a slip: nothing telling was put in, nothing essential left out.
fn keeps_its_meaning(vocabulary: &Vocabulary, written: &[char], name: &[char]) -> bool {
    edits(written, name).into_iter().filter(|(new, lost)| new != lost).all(|edit| match edit {
        (Some(new), _) if new.is_ascii_digit() || vocabulary.names.telling.contains(new) => false,
        (Some(_), Some(lost)) if vocabulary.names.negating.contains(lost) => false,
        (None, Some(lost)) => !vocabulary.names.essential.contains(lost),
        _ => true,
    })
}

/// Where the characters stand in a name one behind the other.
fn is_run(name: &[char], part: &[char]) -> Option<usize> {
    name.windows(part.len().max(1)).position(|window| window == part)
}

/// Whether a name is the one text with the other within it.
fn is_run_of(name: &[char], outer: &[char], inner: &[char]) -> bool {
    name.len() == outer.len() + inner.len()
        && is_run(name, inner)
            .is_some_and(|at| name.iter().take(at).chain(name.iter().skip(at + inner.len())).eq(outer.iter()))
}

/// What the differences between a written name and a name come to.
fn likeness(vocabulary: &Vocabulary, written: &[char], name: &[char]) -> Likeness {
    let words = &vocabulary.names;
    let (written, name) = (alike(vocabulary, written), alike(vocabulary, name));
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
        {
            Likeness::Slip
        } else {
            Likeness::Open
        };
        worst = if worst.rank() >= likeness.rank() { worst } else { likeness };
    }
    worst
}

/// 再 for 在: characters that are typed for each other. Any other character in the place of one may be another word.
fn is_mistyped(vocabulary: &Vocabulary, new: &str, lost: &str) -> bool {
    vocabulary.names.mistyped.iter().any(|(one, other)| (one, other) == (new, lost) || (other, one) == (new, lost))
}

/// A name with words that say the same put alike: 数量 as 数.
fn alike(vocabulary: &Vocabulary, name: &[char]) -> Vec<char> {
    let text: String = name.iter().collect();
    vocabulary.names.same.iter().fold(text, |text, (word, same)| text.replace(word, same)).chars().collect()
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

fn loose_chars(vocabulary: &Vocabulary) -> BTreeSet<char> {
    let same = vocabulary.names.same.iter().flat_map(|(word, same)| [word, same]);
    vocabulary.names.loose.iter().chain(same).flat_map(str::chars).collect()
}

/// Whether a text is nothing but words that change no name.
fn is_loose(vocabulary: &Vocabulary, text: &str) -> bool {
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
fn runs(written: &[char], name: &[char]) -> Vec<(String, String)> {
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
fn tells_apart(written: &[char], name: &[char], rival: &[char]) -> bool {
    let mut own = name.iter().filter(|c| !rival.contains(c));
    let mut others = rival.iter().filter(|c| !name.contains(c));
    own.clone().chain(others.clone()).next().is_some()
        && own.all(|c| written.contains(c))
        && others.all(|c| !written.contains(c))
}

/// One step: the written character and the name's, where there is one; the same where nothing differs.
type Edit = (Option<char>, Option<char>);

/// The fewest edits that turn the name into what is written, from the end, with the characters that stay.
fn edits(written: &[char], name: &[char]) -> Vec<Edit> {
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

/// A name without width, white space, punctuation and case.
pub fn key(text: &str) -> String {
    let folded = fold(text);
    let mut key = String::with_capacity(folded.len());
    for c in folded.chars() {
        match c {
            'a'..='z' | '0'..='9' | '\u{4E00}'..='\u{9FFF}' => key.push(c),
            'A'..='Z' => key.push(c.to_ascii_lowercase()),
            '\0'..='\u{7F}' => {}
            _ if c.is_alphanumeric() => key.extend(c.to_lowercase()),
            _ => {}
        }
    }
    key
}

/// What a written name may be once numbering, points and units around it are taken off, as keys, the fullest first.
fn forms(vocabulary: &Vocabulary, written: &str) -> Vec<String> {
    let folded = fold(written);
    let mut forms = Vec::new();
    for head in heads(vocabulary, &folded) {
        for form in tails(vocabulary, head) {
            let key = key(form);
            if !key.is_empty() && !forms.contains(&key) {
                forms.push(key);
            }
        }
    }
    forms
}

/// The same for a label with a value beside it: any brackets behind it are taken off, and kept as its remarks.
fn labels(vocabulary: &Vocabulary, written: &str) -> Vec<(String, Vec<String>)> {
    let folded = fold(written);
    let mut labels: Vec<(String, Vec<String>)> = Vec::new();
    for head in heads(vocabulary, &folded) {
        let mut remarks = Vec::new();
        let mut rest = head;
        for _ in 0..MOST_TAILS {
            let key = key(rest);
            if !key.is_empty() && !labels.iter().any(|(known, _)| *known == key) {
                labels.push((key, remarks.clone()));
            }
            match (bracket_behind(rest), before_tail(vocabulary, rest)) {
                (Some((before, content)), _) => {
                    if !says_points_or_unit(vocabulary, content) {
                        remarks.push(content.to_owned());
                    }
                    rest = before;
                }
                (None, Some(before)) => rest = before,
                (None, None) => break,
            }
        }
    }
    labels
}

/// The text before the brackets that it ends with, and what stands in them.
fn bracket_behind(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || ":;,.、。*".contains(c));
    let inside = text.strip_suffix([')', ']', '】', '〕'])?;
    // The bracket that opens it, not one within: （榕编〔2015〕12号）.
    let mut depth = 1;
    let (at, open) = inside.char_indices().rev().find(|(_, c)| {
        depth += match c {
            ')' | ']' | '】' | '〕' => 1,
            '(' | '[' | '【' | '〔' => -1,
            _ => 0,
        };
        depth == 0
    })?;
    let (before, content) = (inside.get(..at)?.trim_end(), inside.get(at + open.len_utf8()..)?);
    (!before.is_empty()).then_some((before, content))
}

/// 6分, 万元, %, 附件3: what stands in brackets behind any name.
fn says_points_or_unit(vocabulary: &Vocabulary, content: &str) -> bool {
    let content = content.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '%');
    let words = &vocabulary.quantities.units;
    let is_unit = vocabulary.names.units.strip_end(content).is_some_and(|rest| rest.trim().is_empty())
        || words.counters.contains(content)
        || vocabulary.quantities.placeholders.lone_units.contains(content);
    is_unit || content.is_empty() || content.ends_with(vocabulary.names.points.all())
}

/// The text, and the text after each numbering in front of it.
fn heads<'t>(vocabulary: &Vocabulary, text: &'t str) -> Vec<&'t str> {
    let mut heads = vec![text];
    let mut rest = text;
    while let Some(after) = after_numbering(vocabulary, rest) {
        if heads.len() > 4 {
            break;
        }
        heads.push(after);
        rest = after;
    }
    if let Some(after) = after_bare_digits(vocabulary, rest) {
        heads.push(after);
    }
    let last = heads.last().copied().unwrap_or(text);
    if let Some(after) = vocabulary.names.inner.strip_start(last) {
        heads.push(after.trim_start_matches([':', ',', ' ']));
    }
    heads
}

/// What follows `1.`, `（一）`, `3、`, `①`, `第2项`; none when the text does not begin with a numbering.
pub fn after_numbering<'t>(vocabulary: &Vocabulary, text: &'t str) -> Option<&'t str> {
    let text = text.trim_start_matches(['*', '★', '▲', '●', '◆', '■', '△', '☆', '※', ' ']);
    let first = text.chars().next()?;
    if is_circled(first) {
        return Some(text[first.len_utf8()..].trim_start_matches(|c: char| c.is_whitespace() || ".、,:．".contains(c)));
    }
    if let Some(inner) = text.strip_prefix(['(', '[', '【', '〔']) {
        let after = inner[number_length(vocabulary, inner)?..].trim_start().strip_prefix([')', ']', '】', '〕'])?;
        return Some(after.trim_start_matches(|c: char| c.is_whitespace() || ".、,:".contains(c)));
    }
    let ordinal = text.strip_prefix(vocabulary.names.ordinal.all());
    let body = ordinal.unwrap_or(text);
    let after = &body[number_length(vocabulary, body)?..];
    let trimmed = after.trim_start();
    let marks = if ordinal.is_some() {
        vocabulary.names.ordinal_marks.all()
    } else {
        &['.', '、', ',', ':', ')', '．', '-'][..]
    };
    let digits = body.starts_with(|c: char| c.is_ascii_digit());
    match trimmed.strip_prefix(marks) {
        Some(after) => Some(after.trim_start()),
        None if digits && ordinal.is_none() && after.len() != trimmed.len() => Some(trimmed),
        None => None,
    }
}

/// How long the number is that the text begins with, in bytes: up to three digits or Chinese numerals.
fn number_length(vocabulary: &Vocabulary, text: &str) -> Option<usize> {
    let text_inner = text.trim_start();
    let skipped = text.len() - text_inner.len();
    let is_digit = |c: char| c.is_ascii_digit();
    let is_numeral = |c: char| vocabulary.names.numerals.contains(c);
    let length = |test: &dyn Fn(char) -> bool| -> usize {
        text_inner.chars().take_while(|&c| test(c)).map(char::len_utf8).sum()
    };
    let (digits, numerals) = (length(&is_digit), length(&is_numeral));
    match (digits, numerals) {
        (1..=3, _) => Some(skipped + digits),
        (0, 3..=9) => Some(skipped + numerals),
        _ => None,
    }
}

/// `1预算编制合理性`: one or two digits straight before the name, but not 1季度, 2个, 3月.
fn after_bare_digits<'t>(vocabulary: &Vocabulary, text: &'t str) -> Option<&'t str> {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let rest = text.get(digits..)?;
    let next = rest.chars().next()?;
    ((1..=2).contains(&digits) && next.is_alphabetic() && !vocabulary.names.counted.contains(next)).then_some(rest)
}

fn is_circled(c: char) -> bool {
    matches!(c, '\u{2460}'..='\u{249B}' | '\u{24EA}'..='\u{24FF}' | '\u{2776}'..='\u{2793}' | '\u{3220}'..='\u{3229}'
        | '\u{3251}'..='\u{325F}' | '\u{3280}'..='\u{3289}' | '\u{32B1}'..='\u{32BF}')
}

/// So many brackets, points and units are taken off one label.
const MOST_TAILS: usize = 4;

/// The text, and the text before points, units and remarks behind it.
fn tails<'t>(vocabulary: &Vocabulary, text: &'t str) -> Vec<&'t str> {
    let mut tails = vec![text];
    let mut rest = text;
    while let Some(before) = before_tail(vocabulary, rest) {
        if tails.len() > 3 {
            break;
        }
        tails.push(before);
        rest = before;
    }
    tails
}

/// Whether the content of brackets behind a name says nothing that makes it another name: points, a unit, a plain remark.
fn is_remark(vocabulary: &Vocabulary, content: &str) -> bool {
    let content = content.trim_end_matches(|c: char| !c.is_alphanumeric());
    let is_other = vocabulary.names.others.iter().any(|word| content.contains(word));
    content.ends_with(vocabulary.names.points.all())
        || (!is_other && !content.chars().any(|c| vocabulary.names.telling.contains(c)))
}

/// What stands before a closing bracket's content, points (`6分`) or a unit (`万元`).
fn before_tail<'t>(vocabulary: &Vocabulary, text: &'t str) -> Option<&'t str> {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || ":;,.、。*".contains(c));
    if let Some(open) = text.strip_suffix([')', ']', '】', '〕']) {
        let (before, content) = open.rsplit_once(['(', '[', '【', '〔']).unwrap_or(("", ""));
        return Some(before.trim_end()).filter(|before| !before.is_empty() && is_remark(vocabulary, content));
    }
    if let Some(before) = text.strip_suffix(vocabulary.names.points.all()) {
        let name = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c.is_whitespace());
        return (name.len() < before.len() && !name.is_empty()).then_some(name);
    }
    let units = &vocabulary.names.units;
    units.strip_end(text).map(|before| before.trim_end_matches(['/', ' ', '-', ',']))
}
