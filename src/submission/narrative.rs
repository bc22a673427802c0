//! Figures and denials in running text, found by the rulebook's phrases.
//!
//! A phrase is words in order. `…` stands for up to 20 characters without a figure and without 。；！？; `{}` for the fact's
//! figure with its unit; `{*}` for any figure, which is passed over. White space and quotation marks count nowhere.

use crate::contract;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::subject::{Subject, subject};
use super::values::{Read, UnitHint, fact, powers_of_ten};
use super::years::{in_digits, years_in};
use super::{FactValue, Quote};
use crate::audit::Source;
use crate::quantity::{MoneyUnit, fold};
use crate::rulebook::{Fact, FactKind, Scorecard};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::remembered::remembered;
use crate::workbook::{Cell, Value};

/// The most that `…` stands for, in characters.
const GAP: usize = 20;
/// No sentence is searched beyond this, in characters.
const SENTENCE: usize = 4000;
/// So many quotes back a repetition of the same figure is noticed.
const SAME: usize = 200;

/// What a text states.
#[derive(Default)]
pub struct Stated {
    /// Of the department itself.
    pub own: Vec<Quote>,
    /// Of somebody or something else: quoted, and no fact.
    pub others: Vec<Quote>,
}

/// The phrases of a card, ready to be looked for.
pub struct Phrases<'a> {
    vocabulary: &'a Vocabulary,
    phrases: Vec<Phrase<'a>>,
    by_first: HashMap<char, Vec<usize>>,
}

struct Phrase<'a> {
    vocabulary: &'a Vocabulary,
    fact: &'a Fact,
    pieces: Rc<[Piece]>,
    denial: bool,
}

#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Words(Vec<char>),
    Gap,
    Figure,
    AnyFigure,
}

impl<'a> Phrases<'a> {
    /// The phrases and denials of all facts of a card.
    pub fn new(vocabulary: &'a Vocabulary, card: &'a Scorecard) -> Phrases<'a> {
        let mut phrases = Vec::new();
        for fact in &card.facts {
            let stated = fact.phrases.iter().map(|phrase| (phrase, false));
            let denied = fact.denials.iter().map(|phrase| (phrase, true));
            for (phrase, denial) in stated.chain(denied) {
                let pieces = remembered!(vocabulary, phrase, Rc<[Piece]>, pieces(phrase).into());
                if matches!(pieces.first(), Some(Piece::Words(_))) {
                    phrases.push(Phrase { vocabulary, fact, pieces, denial });
                }
            }
        }
        let mut by_first: HashMap<char, Vec<usize>> = HashMap::new();
        for (index, phrase) in phrases.iter().enumerate() {
            if let Some(Piece::Words(words)) = phrase.pieces.first()
                && let Some(first) = words.first()
            {
                by_first.entry(*first).or_default().push(index);
            }
        }
        Phrases { vocabulary, phrases, by_first }
    }

    /// What the sentences of a text state, of the department itself and of others, in their order. `unit`: the department's
    /// name.
    pub fn quotes(&self, text: &str, source: &dyn Fn() -> Source, year: Option<i32>, unit: Option<&str>) -> Stated {
        let unit: Option<String> = unit.map(|unit| plain(unit).into_iter().collect());
        let mut stated = Stated::default();
        for sentence in sentences(text) {
            let plain = plain(sentence);
            let is_of_rules =
                self.vocabulary.sentences.of_rules.within(sentence) || names_points(self.vocabulary, &plain);
            let own = self.found(&plain);
            let foreign_from = first_foreign(self.vocabulary, &own, &plain, unit.as_deref());
            for (index, found) in own {
                let Some(phrase) = self.phrases.get(index).filter(|phrase| phrase.denial || !is_of_rules) else {
                    continue;
                };
                let is_foreign = is_of_a_part(self.vocabulary, &found, &plain)
                    || whose(self.vocabulary, &found, &plain, unit.as_deref()) == Subject::Foreign;
                let quotes = match () {
                    () if phrase.denial || is_own(self.vocabulary, &found, &plain, unit.as_deref(), foreign_from) => {
                        &mut stated.own
                    }
                    () if is_foreign => &mut stated.others,
                    () => continue,
                };
                let same = |known: &Quote| {
                    known.fact == phrase.fact.id && known.value == found.value && known.denial == phrase.denial
                };
                if !quotes.iter().rev().take(SAME).any(same) {
                    quotes.push(quote(self.vocabulary, phrase, found, sentence, &plain, source(), year));
                }
            }
        }
        stated
    }

    /// Where each phrase stands first in a sentence, by the phrase's number.
    fn found(&self, sentence: &[char]) -> BTreeMap<usize, Found> {
        let mut found = BTreeMap::new();
        for (at, c) in sentence.iter().enumerate() {
            for &index in self.by_first.get(c).map(Vec::as_slice).unwrap_or_default() {
                if let Some(phrase) = self.phrases.get(index)
                    && !found.contains_key(&index)
                    && let Some(place) = phrase.stands_at(sentence, at)
                {
                    found.insert(index, place);
                }
            }
        }
        found
    }
}

/// Whether a sentence speaks of points: （1分）, 得5分.
fn names_points(vocabulary: &Vocabulary, sentence: &[char]) -> bool {
    sentence.windows(2).enumerate().any(|(at, pair)| {
        pair[0].is_ascii_digit()
            && vocabulary.sentences.points.contains(pair[1])
            && sentence.get(at + 2).is_none_or(|c| ")],.;:、。".contains(*c))
    })
}

/// Where the first phrase stands whose figure is another's.
fn first_foreign(
    vocabulary: &Vocabulary,
    found: &BTreeMap<usize, Found>,
    sentence: &[char],
    unit: Option<&str>,
) -> Option<usize> {
    let is_foreign = |found: &&Found| whose(vocabulary, found, sentence, unit) == Subject::Foreign;
    found.values().filter(is_foreign).map(|found| found.start).min()
}

/// Whether a figure is the department's: no other subject is named before it, in its clause or by the phrases before it.
fn is_own(
    vocabulary: &Vocabulary,
    found: &Found,
    sentence: &[char],
    unit: Option<&str>,
    foreign_from: Option<usize>,
) -> bool {
    if is_of_a_part(vocabulary, found, sentence) {
        return false;
    }
    match whose(vocabulary, found, sentence, unit) {
        Subject::Named => true,
        Subject::Open => foreign_from.is_none_or(|from| from > found.start),
        Subject::Foreign | Subject::Wished => false,
    }
}

/// Whether the sentence around a figure says that it is of a part only: 除少儿阅览外，…78%; 78%，系窗口抽样; 12%（不含人员经费）.
fn is_of_a_part(vocabulary: &Vocabulary, found: &Found, sentence: &[char]) -> bool {
    let (before, behind) = sentence.split_at(found.at.min(sentence.len()));
    let before: String = before.iter().collect();
    let behind: String = behind.iter().take_while(|c| !matches!(c, ';' | '。')).collect();
    let since_stop = before.rsplit([';', '。']).next().unwrap_or_default();
    let words = &vocabulary.sentences;
    let excepts =
        |(first, second): (&str, &str)| since_stop.split_once(first).is_some_and(|(_, rest)| rest.contains(second));
    let is_figure = found.value.figure().is_some();
    is_figure
        && (words.narrowed_behind.within(&behind)
            || words.explained_behind.starts(behind_figure(vocabulary, &behind))
            || words.narrowed_before.within(since_stop)
            || words.excepted.iter().any(excepts))
}

/// What follows a figure with its unit.
fn behind_figure<'t>(vocabulary: &Vocabulary, text: &'t str) -> &'t str {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || ".,%".contains(c));
    vocabulary.sentences.units.longest_start(rest).unwrap_or(rest)
}

fn whose(vocabulary: &Vocabulary, found: &Found, sentence: &[char], unit: Option<&str>) -> Subject {
    subject(vocabulary, sentence.get(..found.start).unwrap_or_default(), unit)
}

/// Where a phrase was found and what it states.
struct Found {
    start: usize,
    at: usize,
    value: FactValue,
    decimals: u32,
}

fn quote(
    vocabulary: &Vocabulary,
    phrase: &Phrase,
    found: Found,
    sentence: &str,
    plain: &[char],
    source: Source,
    year: Option<i32>,
) -> Quote {
    Quote {
        fact: phrase.fact.id.clone(),
        value: found.value,
        decimals: found.decimals,
        other_year: year.and_then(|year| other_year(vocabulary, plain, found.at, year)),
        denial: phrase.denial,
        sentence: sentence.split_whitespace().collect::<Vec<_>>().join(" "),
        source,
    }
}

/// The sentences of a text: up to 。！？, and lines that are headings of their own.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let so_far = text.get(from..end).unwrap_or_default();
        let ends = match c {
            '。' | '！' | '？' | '!' | '?' => true,
            '\n' => so_far.trim().chars().nth(24).is_none() || so_far.trim_end().ends_with(['；', ';', '：', ':']),
            _ => so_far.len() > SENTENCE * 3,
        };
        if ends {
            sentences.push(so_far.trim());
            from = end;
        }
    }
    sentences.push(text.get(from..).unwrap_or_default().trim());
    sentences.retain(|sentence| sentence.chars().count() > 4);
    sentences
}

/// A text without white space and quotation marks, in one width.
fn plain(text: &str) -> Vec<char> {
    let quotes = ['"', '\'', '“', '”', '‘', '’', '「', '」', '『', '』', '＂', '〝', '〞', '〟', '`', '´'];
    fold(text).chars().filter(|c| !c.is_whitespace() && !quotes.contains(c)).collect()
}

fn pieces(phrase: &str) -> Vec<Piece> {
    let text: String =
        plain(&phrase.replace('…', "\u{1}").replace("...", "\u{1}").replace("{*}", "\u{2}").replace("{}", "\u{3}"))
            .into_iter()
            .collect();
    let mut pieces = Vec::new();
    let mut words = Vec::new();
    for c in text.chars() {
        let piece = match c {
            '\u{1}' => Piece::Gap,
            '\u{2}' => Piece::AnyFigure,
            '\u{3}' => Piece::Figure,
            c => {
                words.push(c);
                continue;
            }
        };
        if !words.is_empty() {
            pieces.push(Piece::Words(std::mem::take(&mut words)));
        }
        if piece != Piece::Gap || pieces.last() != Some(&Piece::Gap) {
            pieces.push(piece);
        }
    }
    if !words.is_empty() {
        pieces.push(Piece::Words(words));
    }
    pieces
}

impl Phrase<'_> {
    /// What the phrase states, when the whole of it stands at a place.
    fn stands_at(&self, text: &[char], start: usize) -> Option<Found> {
        let (at, figure) = self.matches(&self.pieces, text, start, start)?;
        let (value, decimals) = match figure {
            Some((value, decimals)) => (value, decimals),
            None => (self.stated()?, 0),
        };
        Some(Found { start, at, value, decimals })
    }

    /// What a phrase without a figure states.
    fn stated(&self) -> Option<FactValue> {
        let answer = if self.denial { contract::NO } else { contract::YES };
        (self.fact.kind == FactKind::YesNo).then(|| FactValue::Answer(answer.to_owned()))
    }

    /// Where the figure (else the phrase) stands and what it says, when these pieces stand at `at`. `gap`: where the open gap began.
    fn matches(
        &self,
        pieces: &[Piece],
        text: &[char],
        at: usize,
        gap: usize,
    ) -> Option<(usize, Option<(FactValue, u32)>)> {
        let Some((piece, rest)) = pieces.split_first() else { return Some((gap, None)) };
        match piece {
            Piece::Words(words) => {
                text.get(at..)?.starts_with(words).then_some(())?;
                self.matches(rest, text, at + words.len(), at + words.len())
            }
            Piece::Gap => (0..=GAP)
                .take_while(|length| spans(text, at, *length))
                .find_map(|length| self.matches(rest, text, at + length, at)),
            Piece::AnyFigure => with_and_without_unit(self.vocabulary, text, at).find_map(|(number, unit)| {
                let end = at + number + unit;
                self.matches(rest, text, end, end)
            }),
            Piece::Figure => {
                let between: String = text.get(gap..at)?.iter().collect();
                if self.vocabulary.sentences.other_figure.within(&between) {
                    return None;
                }
                with_and_without_unit(self.vocabulary, text, at).find_map(|(number, unit)| {
                    let end = at + number + unit;
                    let value = self.value(text, at, number, unit)?;
                    let (_, later) = self.matches(rest, text, end, end)?;
                    Some((at, later.or(Some(value))))
                })
            }
        }
    }

    /// The figure of so many characters with its unit, when it is one of the fact's kind.
    fn value(&self, text: &[char], at: usize, number: usize, unit: usize) -> Option<(FactValue, u32)> {
        let written: String = text.get(at..at + number + unit)?.iter().collect();
        let behind: String = text.get(at + number + unit..)?.iter().take(4).collect();
        if self.vocabulary.sentences.behind.iter().any(|word| behind.starts_with(word))
            || at.checked_sub(1).and_then(|before| text.get(before)).is_some_and(|c| "<>≥≤＜＞-~".contains(*c))
        {
            return None;
        }
        let unit: String = text.get(at + number..at + number + unit)?.iter().collect();
        let fits = match &self.fact.kind {
            FactKind::Money { .. } => unit.ends_with(self.vocabulary.sentences.money.all()),
            FactKind::Percent { .. } => unit == "%" || self.vocabulary.sentences.percent.within(&written),
            FactKind::Count { .. } => {
                !unit.ends_with(self.vocabulary.sentences.money.all())
                    && unit != "%"
                    && !behind.starts_with(self.vocabulary.sentences.no_count.all())
            }
            FactKind::YesNo | FactKind::Choice { .. } | FactKind::Declared { .. } => false,
        };
        if let FactKind::Money { unit: own } = &self.fact.kind
            && is_coarse(self.vocabulary, &written, &unit, own)
        {
            return None;
        }
        let cell = Cell { value: Value::Text(written), percent: false, formula: false, digits: Default::default() };
        match fits.then(|| fact(self.vocabulary, &cell, &self.fact.kind, UnitHint::default(), false))? {
            Read::Value(value @ FactValue::Number(_), decimals) => Some((value, decimals)),
            _ => None,
        }
    }
}

/// An amount in 亿元 with few decimals says less than one of the fact's own unit: too little to be compared with.
fn is_coarse(vocabulary: &Vocabulary, written: &str, unit: &str, own: &str) -> bool {
    let (Some(unit), Some(own)) =
        (MoneyUnit::parse(&vocabulary.quantities, unit), MoneyUnit::parse(&vocabulary.quantities, own))
    else {
        return false;
    };
    let decimals =
        written.split_once('.').map_or(0, |(_, behind)| behind.chars().take_while(char::is_ascii_digit).count());
    i64::try_from(decimals).unwrap_or(0) + powers_of_ten(own) < powers_of_ten(unit)
}

/// Whether `…` can stand for so many characters from here.
fn spans(text: &[char], at: usize, length: usize) -> bool {
    let Some(last) = length.checked_sub(1) else { return true };
    text.get(at + last).is_some_and(|c| !c.is_ascii_digit() && !"。;!?；！？".contains(*c))
}

/// The figure at a place: with the unit behind it, then without, for phrases that go on with the unit's word.
fn with_and_without_unit(vocabulary: &Vocabulary, text: &[char], at: usize) -> impl Iterator<Item = (usize, usize)> {
    let figure = figure_at(vocabulary, text, at);
    figure.into_iter().chain(figure.filter(|(_, unit)| *unit > 0).map(|(number, _)| (number, 0)))
}

/// How many characters the number at a place has, and the unit behind it.
fn figure_at(vocabulary: &Vocabulary, text: &[char], at: usize) -> Option<(usize, usize)> {
    if at > 0 && text.get(at - 1).is_some_and(|c| c.is_ascii_digit() || *c == '.') {
        return None;
    }
    let about = vocabulary.sentences.about.length_at(text.get(at..)?).unwrap_or(0);
    let (number, unit) = plain_figure(vocabulary, text.get(at + about..)?)?;
    Some((about + number, unit))
}

fn plain_figure(vocabulary: &Vocabulary, rest: &[char]) -> Option<(usize, usize)> {
    if let Some(words) = vocabulary.sentences.percent.length_at(rest) {
        let numerals = rest[words..]
            .iter()
            .take_while(|c| vocabulary.sentences.numerals.contains(**c) || c.is_ascii_digit() || **c == '.')
            .count();
        return (numerals > 0).then_some((words + numerals, 0));
    }
    let number = number_length(rest)?;
    let units = &vocabulary.sentences.units;
    Some((number, units.length_at(&rest[number..]).unwrap_or(0)))
}

/// Digits, commas between groups of three, one point with digits behind it.
fn number_length(rest: &[char]) -> Option<usize> {
    let digits = |from: usize| rest.get(from..).unwrap_or_default().iter().take_while(|c| c.is_ascii_digit()).count();
    let mut length = digits(0);
    if length == 0 {
        return None;
    }
    while rest.get(length) == Some(&',') && digits(length + 1) == 3 {
        length += 4;
    }
    if rest.get(length) == Some(&'.') && digits(length + 1) > 0 {
        length += 1 + digits(length + 1);
    }
    Some(length)
}

/// Another year than the report's that a sentence names for what stands at a place: the year named last before it, else
/// one named behind it. A year that is only compared with (较2019年) names nothing.
fn other_year(vocabulary: &Vocabulary, sentence: &[char], at: usize, report: i32) -> Option<i32> {
    let before: String = sentence.get(..at).unwrap_or_default().iter().collect();
    let behind: String = sentence.get(at..).unwrap_or_default().iter().collect();
    if let Some(year) = named_years(vocabulary, &before, report).pop() {
        return (year != report).then_some(year);
    }
    let later = named_years(vocabulary, &behind, report);
    if later.contains(&report) { None } else { later.first().copied() }
}

/// The years a text names, in order, those only compared with left out.
fn named_years(vocabulary: &Vocabulary, text: &str, report: i32) -> Vec<i32> {
    let digits = in_digits(vocabulary, text);
    let mut named: Vec<(usize, i32)> = years_in(vocabulary, &digits)
        .into_iter()
        .filter(|(at, _, has_year)| {
            (*has_year || lists_years(vocabulary, &digits, *at)) && !is_compared(vocabulary, &digits, *at)
        })
        .map(|(at, year, _)| (at, year))
        .collect();
    let by_word = vocabulary
        .years
        .before
        .iter()
        .map(|word| (word, -1))
        .chain(vocabulary.years.after.iter().map(|word| (word, 1)));
    for (word, away) in by_word {
        let places = digits.match_indices(word).filter(|(at, _)| !is_compared(vocabulary, &digits, *at));
        named.extend(places.map(|(at, _)| (at, report.saturating_add(away))));
    }
    named.sort_unstable();
    named.into_iter().map(|(_, year)| year).collect()
}

/// 2018、2019年: the first of two years.
fn lists_years(vocabulary: &Vocabulary, text: &str, at: usize) -> bool {
    text.get(at + 4..).is_some_and(|rest| rest.starts_with(vocabulary.years.lists.all()))
}

/// A year behind 较, 比, 与, 同 or before 相比.
fn is_compared(vocabulary: &Vocabulary, text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let behind: String = text.get(at..).unwrap_or_default().chars().take(12).collect();
    before.ends_with(vocabulary.years.compared_before.all()) || vocabulary.years.compared_behind.within(&behind)
}
