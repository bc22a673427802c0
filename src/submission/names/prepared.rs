//! Closed lists of names, prepared for their vocabulary once in each thread.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use foldhash::fast::RandomState;

use super::likeness::loose_chars;
use super::spelling::key;
use super::{How, Labelled};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::signs::Signs;

/// A closed list as it is prepared for its vocabulary once in each thread, and what was asked of it so far: the workbooks of a
/// folder ask the same texts again and again.
#[derive(Default)]
pub(super) struct List {
    pub(super) exact: HashMap<String, Option<usize>, RandomState>,
    pub(super) known: Vec<Known>,
    /// Characters of words that change no name.
    pub(super) loose: BTreeSet<char>,
    pub(super) loose_signs: Signs,
    pub(super) exactly: Asked<Option<usize>>,
    pub(super) find: Asked<Option<(usize, How)>>,
    pub(super) label: Asked<Option<Labelled>>,
    pub(super) surely: Asked<Option<Labelled>>,
    pub(super) is_piece: Asked<bool>,
    pub(super) crossed: Asked<Option<Labelled>>,
    pub(super) nearest_of_all: Asked<Option<usize>>,
}

/// A name or an alias that is long enough to be known by its characters.
pub(super) struct Known {
    /// The entry's place in the list.
    pub(super) index: usize,
    pub(super) name: Vec<char>,
    pub(super) signs: Signs,
}

/// Answers, each with how many searches it cost.
pub(super) type Asked<A> = RefCell<HashMap<Box<str>, (A, u32), RandomState>>;

/// So many answers are kept to one question.
pub(super) const MOST_ANSWERS: usize = 1 << 12;

/// So many lists are kept prepared: a card has three, and a run rarely more than a few cards.
pub(super) const MOST_LISTS: usize = 32;

/// Prepared lists, each with the names and aliases that it was made of.
pub(super) type Lists = Rc<RefCell<Vec<(Vec<OwnedEntry>, Rc<List>)>>>;

/// A name and its aliases.
pub(super) type OwnedEntry = (String, Vec<String>);

impl List {
    /// The list of these entries, prepared before or now.
    pub(super) fn prepared(vocabulary: &Vocabulary, entries: &[(&str, &[String])], lists: &Lists) -> Rc<List> {
        let is_of_these = |made_of: &[OwnedEntry]| {
            made_of.len() == entries.len()
                && made_of.iter().zip(entries).all(|(one, other)| one.0 == other.0 && one.1 == other.1)
        };
        if let Some((_, list)) = lists.borrow().iter().find(|(made_of, _)| is_of_these(made_of)) {
            return Rc::clone(list);
        }
        let loose = loose_chars(vocabulary);
        let mut list = List { loose_signs: loose.iter().copied().collect(), loose, ..List::default() };
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

    pub(super) fn add(&mut self, index: usize, key: String, is_name: bool) {
        if key.is_empty() {
            return;
        }
        let chars: Vec<char> = key.chars().collect();
        let meant = self.exact.entry(key).or_insert(Some(index));
        if *meant != Some(index) && !is_name {
            *meant = None;
        }
        if chars.len() >= 4 {
            self.known.push(Known { index, signs: chars.iter().copied().collect(), name: chars });
        }
    }
}
