//! What a text says is asked of the same few hundred texts in every workbook of a folder: headings, labels, names of
//! indicators. Each thread answers once for each text, and looks the answer up from then on.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

use foldhash::fast::RandomState;

use super::Vocabulary;

/// So many answers are kept for one question: the texts of all forms in use are some thousands, and a folder of other texts
/// does not fill the memory.
const MOST_ANSWERS: usize = 1 << 12;
/// Longer texts, in bytes, are looked at anew: what repeats from workbook to workbook is short.
const LONGEST: usize = 300;

/// Which vocabulary gave an answer. Every vocabulary is another one, a copy of one, too: it may be given further words.
#[derive(Debug)]
pub(super) struct Identity(u64);

impl Default for Identity {
    fn default() -> Identity {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Identity(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

impl Clone for Identity {
    fn clone(&self) -> Identity {
        Identity::default()
    }
}

/// The answers of one thread to one question about texts; the answer depends on the text and the vocabulary alone.
pub struct Remembered<A> {
    of: Cell<u64>,
    answers: RefCell<Option<HashMap<Box<str>, A, RandomState>>>,
}

impl<A: Clone> Remembered<A> {
    /// No answers yet.
    pub const fn new() -> Remembered<A> {
        Remembered { of: Cell::new(0), answers: RefCell::new(None) }
    }

    /// The answer for a text: the remembered one, or what `answer` gives.
    pub fn get(&self, vocabulary: &Vocabulary, text: &str, answer: impl FnOnce() -> A) -> A {
        if text.len() > LONGEST {
            return answer();
        }
        let of = vocabulary.identity.0;
        if self.of.get() == of
            && let Some(known) = self.answers.borrow().as_ref().and_then(|answers| answers.get(text))
        {
            return known.clone();
        }
        // The question may ask itself about another text.
        let found = answer();
        let mut answers = self.answers.borrow_mut();
        let answers = answers.get_or_insert_default();
        if self.of.replace(of) != of || answers.len() >= MOST_ANSWERS {
            answers.clear();
        }
        answers.insert(text.into(), found.clone());
        found
    }
}

/// The answer to a question about a text, remembered by this thread: `remembered!(vocabulary, text, Answer, asked)`.
macro_rules! remembered {
    ($vocabulary:expr, $text:expr, $answer:ty, $asked:expr) => {{
        thread_local! {
            static KNOWN: $crate::vocabulary::remembered::Remembered<$answer> =
                const { $crate::vocabulary::remembered::Remembered::new() };
        }
        KNOWN.with(|known| known.get($vocabulary, $text, || $asked))
    }};
}
pub(crate) use remembered;

impl<A: Clone> Default for Remembered<A> {
    fn default() -> Remembered<A> {
        Remembered::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_asked_about_once_for_each_vocabulary() {
        let (one, other) = (Vocabulary::default(), Vocabulary::default());
        let asked = Cell::new(0);
        let remembered = Remembered::new();
        let ask = |vocabulary: &Vocabulary, text: &str| {
            remembered.get(vocabulary, text, || {
                asked.set(asked.get() + 1);
                text.len()
            })
        };
        assert_eq!([ask(&one, "分值"), ask(&one, "分值"), ask(&one, "x")], [6, 6, 1]);
        assert_eq!(asked.get(), 2);
        let copy = one.clone();
        for vocabulary in [&other, &copy, &one] {
            assert_eq!(ask(vocabulary, "分值"), 6);
        }
        assert_eq!(asked.get(), 5, "another vocabulary may say something else");
    }

    #[test]
    fn neither_many_texts_nor_long_ones_fill_the_memory() {
        let vocabulary = Vocabulary::default();
        let remembered = Remembered::new();
        for number in 0..3 * MOST_ANSWERS {
            remembered.get(&vocabulary, &number.to_string(), || number);
        }
        remembered.get(&vocabulary, &"长".repeat(LONGEST), || 0);
        let kept = remembered.answers.borrow().as_ref().map_or(0, HashMap::len);
        assert!((1..=MOST_ANSWERS).contains(&kept), "{kept}");
    }
}
