//! What people entered in an audit workbook, as the next run knows it again: by the department's name and by its file's, so that
//! one that is renamed keeps its entries, and so does one that sends another file.

use std::collections::{BTreeMap, HashMap};

use rust_decimal::Decimal;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use crate::audit::{Audit, Entered, EnteredAbout, FactAudit, Origin, Source};
use crate::hexadecimal::hexadecimal;
use crate::named;
use crate::rulebook::{FactKind, Indicator, Scorecard};
use crate::rules::Decided;

/// Bytes of the digests that make up a key: among millions of entries no two are alike by chance.
const KEY_BYTES: usize = 8;
/// Between the two digests of a key.
const KEY_SEPARATOR: char = '-';

/// What an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// The bureau's score of an indicator: 核定表.
    Score,
    /// A submission as a whole: who signs, whether the department was told its result, whether it counts.
    Submission,
    /// What is asked of a department: 待补材料.
    Asked,
    /// A fact, in the working paper.
    Fact,
    /// The score of a criterion that somebody has to judge, in the working paper.
    Judged,
    /// The reading that an indicator is to follow, in the working paper.
    Reading,
    /// What was found on the spot: 抽样清单.
    Sampled,
    /// What became of a text that is the same as another department's: 相同文字.
    Copied,
}

/// Every kind of entry.
const ABOUT: [About; 8] = [
    About::Score,
    About::Submission,
    About::Asked,
    About::Fact,
    About::Judged,
    About::Reading,
    About::Sampled,
    About::Copied,
];

impl About {
    /// Whether the program computes with such an entry: then the name of a file is no ground to take it for a department's.
    pub fn is_computed_with(self) -> bool {
        matches!(self, About::Asked | About::Fact | About::Judged | About::Reading)
    }

    /// What its keys begin with; no other key of a list does.
    fn mark(self) -> char {
        match self {
            About::Score => 'd',
            About::Submission => 's',
            About::Asked => 'q',
            About::Fact => 'f',
            About::Judged => 'j',
            About::Reading => 'c',
            About::Sampled => 'v',
            About::Copied => 't',
        }
    }

    /// What a key is about; none of any other text.
    pub fn of(key: &str) -> Option<About> {
        let mark = key.chars().next()?;
        let (by_name, by_file) = key.get(mark.len_utf8()..)?.split_once(KEY_SEPARATOR)?;
        let is_digest = |text: &str| text.len() == 2 * KEY_BYTES && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        ABOUT.into_iter().find(|about| about.mark() == mark && is_digest(by_name) && is_digest(by_file))
    }
}

/// The item of an entry about a submission as a whole, beside who signed its working paper.
pub const AS_A_WHOLE: &str = "progress";

/// Whose entry it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whose<'a> {
    /// The department as written; none where the workbook names none.
    pub unit: Option<&'a str>,
    /// The file, as the audit names it.
    pub file: &'a str,
    /// The project of a form.
    pub project: Option<&'a str>,
    /// The number of a form within its workbook.
    pub form: Option<u32>,
    /// The rulebook's id.
    pub rulebook: &'a str,
    /// The report year: what was established of one year says nothing of another.
    pub year: Option<i32>,
}

impl<'a> Whose<'a> {
    /// The submission of an audit.
    pub fn of(audit: &'a Audit) -> Whose<'a> {
        Whose {
            unit: audit.unit.as_deref(),
            file: &audit.file,
            project: audit.project.as_deref(),
            form: audit.form,
            rulebook: audit.rulebook.as_ref().map_or("", |book| &book.id),
            year: audit.year,
        }
    }

    /// The key of an entry about one item, such as an indicator.
    pub fn key(&self, about: About, items: &[&str]) -> String {
        let name: String = named::name(self.unit, self.file, self.project)
            .nfkc()
            .filter(|character| !character.is_whitespace())
            .collect();
        let form = self.form.map(|form| form.to_string()).unwrap_or_default();
        let year = self.year.map(|year| year.to_string()).unwrap_or_default();
        let digest = |kind: &str, whose: &str| digest(&[&[kind, whose, self.rulebook, &form, &year], items].concat());
        format!("{}{}{KEY_SEPARATOR}{}", about.mark(), digest("name", &name), digest("file", self.file))
    }
}

/// The cells of a form's line in which a reviewer may type over what the form says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LineCell {
    /// The points.
    Weight,
    /// The direction of a target without a sign.
    Sign,
    /// The target, or its lower end.
    Target,
    /// Its upper end.
    TargetEnd,
    /// The actual.
    Actual,
    /// The level that was reached.
    Level,
    /// The score that somebody gives.
    Judged,
}

impl LineCell {
    /// The cells of one row: an upper end stands in a row of its own.
    pub const OF_A_ROW: [LineCell; 6] =
        [LineCell::Weight, LineCell::Sign, LineCell::Target, LineCell::Actual, LineCell::Level, LineCell::Judged];

    /// Its name where a row tells what the program wrote.
    pub fn mark(self) -> char {
        match self {
            LineCell::Weight => 'w',
            LineCell::Sign => 's',
            LineCell::Target => 't',
            LineCell::TargetEnd => 'e',
            LineCell::Actual => 'a',
            LineCell::Level => 'l',
            LineCell::Judged => 'j',
        }
    }

    /// The cell of that name.
    pub fn named(mark: &str) -> Option<LineCell> {
        let mut known = LineCell::OF_A_ROW.into_iter().chain([LineCell::TargetEnd]);
        known.find(|cell| mark.chars().eq([cell.mark()]))
    }

    /// Of the key of a form's line, the key of one of its cells. Both halves stay halves: by name, and by file.
    pub fn key(self, line: &str) -> Option<String> {
        let (mark, name, file) = numbers(line)?;
        let own = u64::from(self as u8) + 1;
        // An odd multiplier keeps keys apart that were apart.
        Some(key_of(mark, name ^ own.wrapping_mul(SPREAD), file ^ own.wrapping_mul(SPREAD)))
    }
}

/// Spreads a small number over all bits (2⁶⁴ ÷ the golden ratio, made odd).
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// What a form itself says in one of its lines, as a digest: its texts and its points. An entry counts as long as that is what it
/// was when it was made.
pub fn own_of_line(facts: &[FactAudit], line: &str, written: [Option<&Source>; 2], points: Option<Decimal>) -> String {
    let is_of = |id: &str| id.strip_prefix(line).is_some_and(|rest| rest.starts_with('.'));
    let mut texts = own_texts(facts, is_of);
    texts.extend(written.map(|source| source.map_or("", |source| source.text.trim())));
    let points = points.map_or_else(String::new, |points| points.normalize().to_string());
    texts.push(&points);
    digest(&texts)
}

/// The two digests of an entry's key: by name, and by file.
pub fn halves(key: &str) -> Option<(&str, &str)> {
    About::of(key)?;
    key.get(1..)?.split_once(KEY_SEPARATOR)
}

/// A digest of several texts, short enough for a cell that nobody reads.
pub fn digest(parts: &[&str]) -> String {
    let digest = Sha256::digest(parts.join("\0").as_bytes());
    hexadecimal(&digest[..KEY_BYTES])
}

/// The keys of the rows of a workbook, known again by one of their halves. A row in which nothing was entered has its key too:
/// that nothing was entered for one submission of a department says that what was entered for another is not its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    by_name: Half,
    by_file: Half,
}

/// Of a mark and one half of a key the other half; none where several keys have it.
type Half = HashMap<(char, u64), Option<u64>>;

impl Rows {
    /// Adds a key; another text is none.
    pub fn add(&mut self, key: &str) {
        let Some((mark, name, file)) = numbers(key) else { return };
        join(&mut self.by_name, (mark, name), file);
        join(&mut self.by_file, (mark, file), name);
    }

    /// Takes in the keys of another part of the same rows.
    pub fn extend(&mut self, other: &Rows) {
        for (mine, others) in [(&mut self.by_name, &other.by_name), (&mut self.by_file, &other.by_file)] {
            for (half, rest) in others {
                match rest {
                    Some(rest) => join(mine, *half, *rest),
                    None => drop(mine.insert(*half, None)),
                }
            }
        }
    }

    /// The only key about the same item of a department of that name.
    pub fn of_name(&self, key: &str) -> Option<String> {
        let (mark, name, _) = numbers(key)?;
        Some(key_of(mark, name, (*self.by_name.get(&(mark, name))?)?))
    }

    /// The only key about the same item of a file of that name.
    pub fn of_file(&self, key: &str) -> Option<String> {
        let (mark, _, file) = numbers(key)?;
        Some(key_of(mark, (*self.by_file.get(&(mark, file))?)?, file))
    }
}

fn join(halves: &mut Half, half: (char, u64), rest: u64) {
    halves.entry(half).and_modify(|known| *known = known.filter(|known| *known == rest)).or_insert(Some(rest));
}

/// The mark of a key and its halves as numbers.
fn numbers(key: &str) -> Option<(char, u64, u64)> {
    let (name, file) = halves(key)?;
    let number = |half| u64::from_str_radix(half, 16).ok();
    Some((key.chars().next()?, number(name)?, number(file)?))
}

fn key_of(mark: char, name: u64, file: u64) -> String {
    let digits = 2 * KEY_BYTES;
    format!("{mark}{name:0digits$x}{KEY_SEPARATOR}{file:0digits$x}")
}

/// A value that a person entered.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Entry {
    /// A number.
    Number(Decimal),
    /// The number before the sign of a cell that shows a percentage: 45 where the cell holds 0.45 and shows 45%.
    Percent(Decimal),
    /// Words.
    Words(String),
}

impl Entry {
    /// As it stands in an audit.
    pub fn text(&self) -> String {
        match self {
            Entry::Number(number) => number.normalize().to_string(),
            Entry::Percent(number) => format!("{}%", number.normalize()),
            Entry::Words(words) => words.clone(),
        }
    }

    /// The number that it is where a percentage is asked for (45% is 45), or where another number is (45% is 0.45, as every
    /// spreadsheet program has it). Words that are a number are that number; none for other words.
    pub fn number(&self, is_of_percent: bool) -> Option<Decimal> {
        let number = match self {
            Entry::Number(number) => *number,
            Entry::Percent(number) if is_of_percent => *number,
            Entry::Percent(number) => number.checked_div(Decimal::ONE_HUNDRED)?,
            Entry::Words(words) => {
                let words = words.trim();
                let bare = words.strip_suffix(['%', '％']).filter(|_| is_of_percent).unwrap_or(words);
                Decimal::from_str_exact(bare.trim()).ok()?
            }
        };
        Some(number.normalize())
    }

    /// The same as a value of that kind of fact, wherever it can be one.
    #[must_use]
    pub fn of_kind(&self, kind: &FactKind) -> Entry {
        match kind {
            FactKind::YesNo | FactKind::Choice { .. } => self.clone(),
            _ => self.as_number(matches!(kind, FactKind::Percent { .. })),
        }
    }

    /// The same as a number, wherever it is one.
    #[must_use]
    pub fn as_number(&self, is_of_percent: bool) -> Entry {
        self.number(is_of_percent).map_or_else(|| self.clone(), Entry::Number)
    }
}

/// What was entered of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The value; none where only evidence was handed in.
    pub value: Option<Entry>,
    /// The evidence, as the reviewer wrote it.
    pub evidence: Option<String>,
    /// Who entered it, as far as the workbook says.
    pub by: Option<String>,
    /// What the department itself had said when it was entered, see [`own_values`]; none where the workbook does not say.
    pub upon: Option<String>,
    /// The cell of the audit workbook.
    pub source: Source,
}

/// What people entered in earlier audit workbooks and the program computes with, by keys and by the department's half of them. A
/// file's name alone is no ground to compute with: another department may send one of the same name.
#[derive(Debug, Clone, Default)]
pub struct Entries {
    exact: BTreeMap<String, Given>,
    /// Every row of those workbooks.
    rows: Rows,
}

impl Entries {
    /// True where nothing was entered.
    pub fn is_empty(&self) -> bool {
        self.exact.is_empty()
    }

    /// Adds an entry; what was added before under the same key counts.
    pub fn add(&mut self, key: &str, given: Given) {
        self.rows.add(key);
        self.exact.entry(key.to_owned()).or_insert(given);
    }

    /// Adds the keys of a workbook's rows, entered into or not.
    pub fn add_rows(&mut self, rows: &Rows) {
        self.rows.extend(rows);
    }

    /// What was entered of an item: by both halves of its key, else by the department's where only one row has it.
    pub fn of(&self, key: &str) -> Option<&Given> {
        self.exact.get(key).or_else(|| self.exact.get(&self.rows.of_name(key)?))
    }
}

/// What a department itself says of a fact, as a digest: an entry counts as long as that is what it was when it was made. A
/// figure that the department has corrected since is never replaced by an older entry.
pub fn own_values(facts: &[FactAudit], id: &str) -> String {
    digest(&own_texts(facts, |fact| fact == id))
}

/// What the department wrote of some facts, each text once. Values are not compared: one cell may be understood in another way
/// once a reviewer has established another fact.
pub fn own_texts(facts: &[FactAudit], is_of: impl Fn(&str) -> bool) -> Vec<&str> {
    let own = facts.iter().filter(|fact| fact.origin != Origin::Reviewer && is_of(&fact.id));
    let mut texts: Vec<&str> = Vec::new();
    for fact in own {
        if !texts.contains(&fact.source.text.as_str()) {
            texts.push(&fact.source.text);
        }
    }
    texts
}

/// The readings of an indicator, as a digest: a choice by its number counts as long as they are the same.
pub fn reading_ids<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    digest(&ids.collect::<Vec<_>>())
}

/// A card as reviewers' entries leave it: criteria with the score that somebody gave, indicators under the reading that
/// somebody chose.
pub fn card_with(card: &Scorecard, entered: &[Entered]) -> Scorecard {
    let mut card = card.clone();
    for indicator in &mut card.indicators {
        let id = indicator.id.clone();
        let own = entered.iter().filter(|entry| entry.indicator.as_ref() == Some(&id));
        own.for_each(|entry| take(indicator, entry));
    }
    card
}

fn take(indicator: &mut Indicator, entry: &Entered) {
    match entry.about {
        EnteredAbout::Reading => indicator.readings.retain(|reading| reading.id == entry.value),
        EnteredAbout::Judged => {
            let Ok(points) = Decimal::from_str_exact(&entry.value) else { return };
            let criteria = indicator.readings.iter_mut().flat_map(|reading| &mut reading.criteria);
            for criterion in criteria.filter(|criterion| Some(&criterion.id) == entry.item.as_ref()) {
                criterion.rule = Decided { points }.into();
            }
        }
        EnteredAbout::Fact => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whose<'a>(unit: &'a str, file: &'a str) -> Whose<'a> {
        Whose { unit: Some(unit), file, project: None, form: None, rulebook: "county", year: Some(2020) }
    }

    #[test]
    fn a_key_has_one_half_for_the_name_and_one_for_the_file() {
        let one = whose("甲局", "甲.xlsx").key(About::Score, &["budget"]);
        let renamed = whose("甲局（新）", "甲.xlsx").key(About::Score, &["budget"]);
        let resent = whose("甲 局", "甲（修改）.xlsx").key(About::Score, &["budget"]);
        let [one, renamed, resent] = [&one, &renamed, &resent].map(|key| halves(key).expect("a key"));
        assert!(one.0 != renamed.0 && one.1 == renamed.1);
        assert!(one.0 == resent.0 && one.1 != resent.1);
    }

    #[test]
    fn a_key_tells_what_it_is_about_and_other_texts_are_no_keys() {
        for about in ABOUT {
            let key = whose("甲局", "甲.xlsx").key(about, &["x"]);
            assert_eq!(About::of(&key), Some(about));
        }
        for text in ["", "d", "dab-cd", "d一二-三四", "kfe12", "申诉"] {
            assert_eq!(About::of(text), None, "{text}");
        }
    }
}
