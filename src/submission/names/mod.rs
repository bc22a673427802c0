//! Names as people write them, and the one of the rulebook that is meant.
//!
//! Exact after normalising first, then the rulebook's aliases, then the one clearly nearest; never a coin toss.

mod likeness;
mod prepared;
mod spelling;

pub use spelling::{after_numbering, key};

use std::cell::Cell;
use std::rc::Rc;

use likeness::{
    Chars, Likeness, could_be_near, is_near, is_run, is_run_of, keeps_its_meaning, likeness, may_be_near, tells_apart,
};
use prepared::{Asked, Known, List, Lists, MOST_ANSWERS};
use spelling::{forms, labels};

use crate::vocabulary::Vocabulary;
use crate::vocabulary::remembered::Remembered;
use crate::vocabulary::signs::Signs;

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

/// The names of a closed list, with their aliases.
pub struct Names<'w> {
    vocabulary: &'w Vocabulary,
    list: Rc<List>,
    /// How many more names may be compared by nearness.
    searches: Cell<u32>,
}

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
            let signs = Signs::of(form);
            let is_piece = |known: &Known| {
                chars.len() < known.name.len() && known.signs.may_have(signs) && is_run(&known.name, &chars).is_some()
            };
            // A single character says too little.
            chars.len() > 1 && self.list.known.iter().any(is_piece)
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
            let mut found = self.list.known.iter().filter(|known| within(&known.name)).map(|known| known.index);
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
        let (signs, loose) = (Signs::of(form), self.list.loose_signs);
        let alike = self.list.known.iter().filter(|Known { name, signs: of_name, .. }| {
            of_name.with(loose).may_have(signs)
                && signs.with(loose).may_have(*of_name)
                && written.iter().all(|c| name.contains(c) || is_loose(c))
                && name.iter().all(|c| written.contains(c) || is_loose(c))
        });
        let mut same = alike
            .filter(|known| likeness(self.vocabulary, &written, &known.name) == Likeness::Same)
            .map(|known| known.index);
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
        let signs = Signs::of(form);
        if !self.list.known.iter().any(|known| may_be_near((&written, signs), (&known.name, known.signs))) {
            return None;
        }
        let alike = self.list.known.iter().filter(|known| could_be_near(&written, &known.name));
        let distances: Vec<(usize, usize, &[char])> = alike
            .map(|Known { index, name, .. }| {
                (strsim::generic_levenshtein(&Chars(&written), &Chars(name)), *index, name.as_slice())
            })
            .collect();
        let (distance, index, name) = *distances.iter().min_by_key(|(distance, ..)| *distance)?;
        let unrivalled = distances.iter().filter(|(_, other, _)| *other != index).all(|(rival_distance, _, rival)| {
            *rival_distance > distance + 2 || (*rival_distance > distance && tells_apart(&written, name, rival))
        });
        (unrivalled && is_near(&written, name, distance)).then_some((index, name))
    }
}
