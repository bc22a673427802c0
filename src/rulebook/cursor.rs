//! Takes fields from TOML tables, notes which were taken, and tells every flaw with its place.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rust_decimal::Decimal;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::flaw::Flaw;
use crate::phrase::{Phrase, Term};

/// More flaws than this are no help to anybody.
const FLAWS_MAX: usize = 500;

/// Numbers beyond this are no points, edges or factors of any clause.
const NUMBER_MAX: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);

/// The flaw of a list that is too long.
const TOO_MANY: &str = "too-many";

/// How many tables a list may have. Readings and criteria multiply; all else is compared with its neighbours.
fn most_of(key: &str) -> usize {
    match key {
        "readings" => 20,
        "criteria" => 100,
        _ => 2_000,
    }
}

/// The file being decoded, and what was found wrong with it so far.
pub(crate) struct Page<'a> {
    file: &'a str,
    text: &'a str,
    flaws: RefCell<Vec<(usize, Flaw)>>,
    places: RefCell<BTreeMap<String, Range<usize>>>,
    /// Where top-level tables begin.
    tables: RefCell<BTreeSet<usize>>,
}

/// A value with its place.
#[derive(Debug, Clone)]
pub(crate) struct Placed<T> {
    pub value: T,
    pub span: Range<usize>,
}

impl<'a> Page<'a> {
    pub fn new(file: &'a str, text: &'a str) -> Self {
        Page { file, text, flaws: RefCell::default(), places: RefCell::default(), tables: RefCell::default() }
    }

    /// Tells a flaw.
    pub fn flaw(&self, code: &'static str, span: &Range<usize>, holes: Vec<(&'static str, String)>) {
        self.tell(code, span, holes);
    }

    /// Tells a flaw whose holes may hold words of the reader's language.
    pub fn tell<T: Into<Term>>(&self, code: &'static str, span: &Range<usize>, holes: Vec<(&'static str, T)>) {
        let mut flaws = self.flaws.borrow_mut();
        if flaws.len() >= FLAWS_MAX {
            return;
        }
        let flaw = Flaw::at(code, self.file, self.text, span, holes);
        if !flaws.iter().any(|(_, known)| *known == flaw) {
            flaws.push((span.start, flaw));
        }
    }

    /// Remembers where something stands, for the flaws that only the whole rulebook shows.
    pub fn mark(&self, path: String, span: &Range<usize>) {
        if !path.contains(['.', '~', '/', '@']) {
            self.tables.borrow_mut().insert(span.start);
        }
        self.places.borrow_mut().entry(path).or_insert_with(|| span.clone());
    }

    /// Where something stands; a field that is not given stands where its table does.
    pub fn place(&self, path: &str) -> Range<usize> {
        let places = self.places.borrow();
        let table = path.rsplit_once('.').map(|(table, _)| table);
        places.get(path).or_else(|| places.get(table?)).cloned().unwrap_or(0..0)
    }

    /// True for a path that was marked.
    pub fn is_marked(&self, path: &str) -> bool {
        self.places.borrow().contains_key(path)
    }

    /// How much was found wrong so far.
    pub fn count(&self) -> usize {
        self.flaws.borrow().len()
    }

    /// True when a list was too long: what the whole rulebook would show is not looked for then.
    pub fn has_too_many(&self) -> bool {
        self.flaws.borrow().iter().any(|(_, flaw)| flaw.code == TOO_MANY)
    }

    /// True while nothing is wrong.
    pub fn clean(&self) -> bool {
        self.flaws.borrow().is_empty()
    }

    /// True when something was found wrong so far in a top-level table: from where it stands to the next one.
    pub fn is_flawed(&self, path: &str) -> bool {
        let begin = self.place(path).start;
        let tables = self.tables.borrow();
        let end = tables.range(begin + 1..).next().copied().unwrap_or(self.text.len() + 1);
        self.flaws.borrow().iter().any(|(at, _)| (begin..end).contains(at))
    }

    /// All flaws in the order of the file.
    pub fn into_flaws(self) -> Vec<Flaw> {
        let mut flaws = self.flaws.into_inner();
        flaws.sort_by_key(|(_, flaw)| (flaw.line, flaw.column));
        flaws.into_iter().map(|(_, flaw)| flaw).collect()
    }

    /// The place within a text value: exact where the text stands in the file as it is, else the value's beginning.
    pub fn within(&self, value: &Placed<String>, at: usize) -> Range<usize> {
        let raw = self.text.get(value.span.clone()).unwrap_or("");
        match raw.find(value.value.as_str()) {
            Some(begin) if !value.value.is_empty() => {
                let start = value.span.start + begin + at;
                start..start
            }
            _ => value.span.clone(),
        }
    }
}

/// The fields of one table; an overriding table may lie over it.
pub(crate) struct Fields<'a> {
    pub page: &'a Page<'a>,
    layers: Vec<&'a DeTable<'a>>,
    /// Where the table stands.
    pub span: Range<usize>,
    used: RefCell<BTreeSet<&'static str>>,
    path: RefCell<Option<String>>,
}

impl<'a> Fields<'a> {
    pub fn new(page: &'a Page<'a>, table: &'a DeTable<'a>, span: Range<usize>) -> Self {
        Fields { page, layers: vec![table], span, used: RefCell::default(), path: RefCell::default() }
    }

    /// The same table with the fields of `over` in front.
    pub fn overlaid(&self, over: &Fields<'a>) -> Fields<'a> {
        let layers = over.layers.iter().chain(&self.layers).copied().collect();
        Fields { page: self.page, layers, span: over.span.clone(), used: RefCell::default(), path: RefCell::default() }
    }

    /// Remembers where the table and each of its fields stand: `path` and `path.field`.
    pub fn mark(&self, path: &str) {
        self.page.mark(path.to_owned(), &self.span);
        *self.path.borrow_mut() = Some(path.to_owned());
        for (key, value) in self.layers.iter().flat_map(|layer| layer.iter()) {
            self.page.mark(format!("{path}.{}", key.get_ref()), &value.span());
        }
    }

    /// What the table was marked as.
    pub fn path(&self) -> String {
        self.path.borrow().clone().unwrap_or_default()
    }

    pub fn raw(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.used.borrow_mut().insert(key);
        self.layers.iter().find_map(|layer| layer.get(key))
    }

    fn wrong_type(&self, key: &str, value: &Spanned<DeValue<'a>>, wanted: &str) {
        let holes = vec![("field", key.to_owned()), ("wanted", wanted.to_owned())];
        self.page.flaw("wrong-type", &value.span(), holes);
    }

    /// A text, if given.
    pub fn text_option(&self, key: &'static str) -> Option<Placed<String>> {
        let value = self.raw(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(Placed { value: text.to_string(), span: value.span() }),
            _ => {
                self.wrong_type(key, value, "text");
                None
            }
        }
    }

    /// A text that has to be given, and not empty.
    pub fn text(&self, key: &'static str) -> Placed<String> {
        if self.raw(key).is_none() {
            self.missing(key);
        }
        let text = self.text_option(key).unwrap_or(Placed { value: String::new(), span: self.span.clone() });
        if text.value.trim().is_empty() && text.span != self.span {
            self.page.flaw("empty-text", &text.span, vec![("field", key.to_owned())]);
        }
        text
    }

    /// Says that a field has to be given.
    pub fn missing(&self, key: &str) {
        self.page.flaw("missing-field", &self.span, vec![("field", key.to_owned())]);
    }

    /// An exact number, if given; `25%` in quotes is a number, too.
    pub fn number_option(&self, key: &'static str) -> Option<Placed<(Decimal, bool)>> {
        let value = self.raw(key)?;
        let number = match value.get_ref() {
            DeValue::Integer(digits) if digits.radix() == 10 => plain(digits.as_str()).map(|number| (number, false)),
            DeValue::Float(digits) => plain(digits.as_str()).map(|number| (number, false)),
            DeValue::String(text) => percentage(text),
            _ => None,
        };
        if number.is_none_or(|(number, _)| number.abs() > NUMBER_MAX) {
            self.wrong_type(key, value, "number");
            return None;
        }
        number.map(|number| Placed { value: number, span: value.span() })
    }

    /// An exact number, if given.
    pub fn decimal_option(&self, key: &'static str) -> Option<Decimal> {
        self.number_option(key).map(|number| number.value.0)
    }

    /// An exact number that has to be given.
    pub fn decimal(&self, key: &'static str) -> Decimal {
        if self.raw(key).is_none() {
            self.missing(key);
        }
        self.decimal_option(key).unwrap_or_default()
    }

    /// Points, if given: a plain number. A percentage would be taken for a hundredth of what is meant.
    pub fn points_option(&self, key: &'static str) -> Option<Decimal> {
        let number = self.number_option(key)?;
        let (value, percent) = number.value;
        if percent {
            self.tell_percent(key, value, &number.span);
        }
        Some(value)
    }

    fn tell_percent(&self, key: &str, value: Decimal, span: &Range<usize>) {
        let written = super::expression::number_text(value, true);
        let plain = written.trim_end_matches('%').to_owned();
        let holes = vec![("field", key.to_owned()), ("written", written), ("plain", plain)];
        self.page.flaw("points-in-percent", span, holes);
    }

    /// Points that have to be given.
    pub fn points(&self, key: &'static str) -> Decimal {
        if self.raw(key).is_none() {
            self.missing(key);
        }
        self.points_option(key).unwrap_or_default()
    }

    /// A whole number, if given.
    pub fn whole_option(&self, key: &'static str) -> Option<i32> {
        let value = self.raw(key)?;
        let whole = value.get_ref().as_integer().and_then(|digits| digits.as_str().parse().ok());
        if whole.is_none() {
            self.wrong_type(key, value, "whole");
        }
        whole
    }

    /// true or false, if given.
    pub fn truth_option(&self, key: &'static str) -> Option<bool> {
        let value = self.raw(key)?;
        let truth = value.get_ref().as_bool();
        if truth.is_none() {
            self.wrong_type(key, value, "truth");
        }
        truth
    }

    /// A list of texts; none given: empty.
    pub fn texts_placed(&self, key: &'static str) -> Vec<Placed<String>> {
        let Some(value) = self.raw(key) else {
            return Vec::new();
        };
        let Some(list) = value.get_ref().as_array() else {
            self.wrong_type(key, value, "texts");
            return Vec::new();
        };
        list.iter().filter_map(|item| self.list_text(key, item)).collect()
    }

    fn list_text(&self, key: &'static str, item: &Spanned<DeValue<'a>>) -> Option<Placed<String>> {
        match item.get_ref().as_str() {
            Some(text) if text.trim().is_empty() => {
                self.page.flaw("empty-text", &item.span(), vec![("field", key.to_owned())]);
                None
            }
            Some(text) => Some(Placed { value: text.to_owned(), span: item.span() }),
            None => {
                self.wrong_type(key, item, "text");
                None
            }
        }
    }

    /// A list of texts without their places.
    pub fn texts(&self, key: &'static str) -> Vec<String> {
        self.texts_placed(key).into_iter().map(|text| text.value).collect()
    }

    /// A table, if given.
    pub fn table_option(&self, key: &'static str) -> Option<Fields<'a>> {
        let value = self.raw(key)?;
        match value.get_ref() {
            DeValue::Table(table) => Some(Fields::new(self.page, table, value.span())),
            _ => {
                self.wrong_type(key, value, "table");
                None
            }
        }
    }

    /// A list of tables; none given: empty. What is beyond the most that a list may have is told and left out.
    pub fn tables(&self, key: &'static str) -> Vec<Fields<'a>> {
        let Some(value) = self.raw(key) else {
            return Vec::new();
        };
        let Some(list) = value.get_ref().as_array() else {
            self.wrong_type(key, value, "tables");
            return Vec::new();
        };
        let most = most_of(key);
        if let Some(beyond) = list.get(most) {
            let holes = vec![("field", key.to_owned()), ("count", list.len().to_string()), ("most", most.to_string())];
            self.page.flaw(TOO_MANY, &beyond.span(), holes);
        }
        list.iter().take(most).filter_map(|item| self.list_table(key, item)).collect()
    }

    fn list_table(&self, key: &'static str, item: &'a Spanned<DeValue<'a>>) -> Option<Fields<'a>> {
        match item.get_ref() {
            DeValue::Table(table) => Some(Fields::new(self.page, table, item.span())),
            _ => {
                self.wrong_type(key, item, "table");
                None
            }
        }
    }

    /// Every key with a table under it, for tables whose keys the rulebook chooses.
    pub fn named_tables(&self) -> Vec<(Placed<String>, Fields<'a>)> {
        let mut tables = Vec::new();
        for (key, value) in self.layers.iter().flat_map(|layer| layer.iter()) {
            let name = Placed { value: key.get_ref().to_string(), span: key.span() };
            match value.get_ref() {
                DeValue::Table(table) => tables.push((name, Fields::new(self.page, table, value.span()))),
                _ => self.wrong_type(&name.value, value, "table"),
            }
        }
        tables
    }

    /// Every key with its value, for tables whose keys the rulebook chooses.
    pub fn named_values(&self) -> Vec<(Placed<String>, &'a Spanned<DeValue<'a>>)> {
        let front = self.layers.first().into_iter().flat_map(|layer| layer.iter());
        front.map(|(key, value)| (Placed { value: key.get_ref().to_string(), span: key.span() }, value)).collect()
    }

    /// Every key with a number under it, for tables whose keys the rulebook chooses.
    pub fn named_numbers(&self) -> Vec<(Placed<String>, Decimal)> {
        let mut numbers = Vec::new();
        for (key, value) in self.layers.first().into_iter().flat_map(|layer| layer.iter()) {
            let number = match value.get_ref() {
                DeValue::Integer(digits) => plain(digits.as_str()),
                DeValue::Float(digits) => plain(digits.as_str()),
                _ => None,
            };
            let number = number.filter(|number| number.abs() <= NUMBER_MAX);
            match (number, value.get_ref().as_str().and_then(percentage)) {
                (Some(_), _) => {}
                (None, Some((percent, _))) => self.tell_percent(key.get_ref(), percent, &value.span()),
                (None, None) => self.wrong_type(key.get_ref(), value, "number"),
            }
            // A key stands there whatever its number is.
            numbers.push((Placed { value: key.get_ref().to_string(), span: key.span() }, number.unwrap_or_default()));
        }
        numbers
    }

    /// Tells every field of the front table that nobody took.
    pub fn finish(&self) {
        let used = self.used.borrow();
        for (key, _) in self.layers.first().into_iter().flat_map(|layer| layer.iter()) {
            let name = key.get_ref().as_ref();
            if !used.contains(name) {
                let known = used.iter().copied().collect::<Vec<_>>().join("、");
                let holes = vec![("field", name.to_owned()), ("known", known)];
                let holes = with_likeness(holes, nearest_word(name, used.iter().copied()));
                self.page.tell("unknown-field", &key.span(), holes);
            }
        }
    }
}

/// The word that is most like another one, where it is like it at all: at most half of its letters differ.
pub(crate) fn nearest_word<'w>(name: &str, known: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let nearest = known.min_by_key(|word| strsim::levenshtein(word, name))?;
    let letters = nearest.chars().count().max(name.chars().count());
    (2 * strsim::levenshtein(nearest, name) <= letters).then_some(nearest)
}

/// The holes of a flaw about an unknown word, with the question whether another one is meant; nothing where none is like it.
pub(crate) fn with_likeness(holes: Vec<(&'static str, String)>, nearest: Option<&str>) -> Vec<(&'static str, Term)> {
    let meant = match nearest {
        Some(nearest) => Phrase::new("rulebook.is-meant").with("nearest", nearest).into(),
        None => Term::nothing(),
    };
    holes.into_iter().map(|(hole, words)| (hole, Term::from(words))).chain([("meant", meant)]).collect()
}

/// The number of a value that is one and not a text, exactly.
pub(crate) fn plain_number(value: &DeValue<'_>) -> Option<Decimal> {
    match value {
        DeValue::Integer(digits) if digits.radix() == 10 => plain(digits.as_str()),
        DeValue::Float(digits) => plain(digits.as_str()),
        _ => None,
    }
}

/// The digits of a TOML number, exactly; none for nan, inf and exponents beyond any clause.
fn plain(digits: &str) -> Option<Decimal> {
    let digits = digits.replace('_', "");
    Decimal::from_str_exact(digits.trim_start_matches('+')).ok()
}

fn percentage(text: &str) -> Option<(Decimal, bool)> {
    let digits = text.trim().strip_suffix(['%', '％'])?;
    let value = Decimal::from_str_exact(digits.trim()).ok()?;
    super::expression::hundredth(value).map(|value| (value, true))
}

/// Tells a word that is none of those a field can have.
pub(crate) fn unknown_word(page: &Page<'_>, field: &str, word: &Placed<String>, known: &str) {
    let holes = vec![("field", field.to_owned()), ("word", word.value.clone()), ("known", known.to_owned())];
    let holes = with_likeness(holes, nearest_word(&word.value, known.split('、')));
    let code = if field == "kind" { "unknown-kind" } else { "unknown-word" };
    page.tell(code, &word.span, holes);
}
