//! The audit workbook of an earlier run, as far as later ones can be held against it: 核定表 has every score with its claim, its
//! range and its verdict, 复核进度 the file. Whose a row is, of which year, by which rules and of which indicator its hidden key says: a
//! digest, which is found again only by who has the same. Figures of a card stand in it without their certainty: none is taken.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::audit::Verdict;
use crate::baseline::{Baseline, Old, OldIndicator, PLACES_KEPT};
use crate::entered::{About, Whose};
use crate::judge::grade_of;
use crate::line_ids::line_id;
use crate::named::OF_PROJECT;
use crate::report::plan::{VERDICTS, verdict_key};
use crate::rulebook::Rulebook;
use crate::rulebook::library::Library;
use crate::submission::names::key;
use crate::sums::sum;
use crate::taken::{Taken, granted_at_most};
use crate::text::Language;
use crate::workbook::{Address, Cell, Sheet, Value, Workbook};

/// The headings stand within so many rows from the top, also when people put lines above them.
const HEADING_WITHIN: u32 = 200;
/// Report years that a key is looked for under.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2099;
/// A file has no more forms than these that are looked for.
const FORMS: u32 = 200;
/// So many departments are looked for under every year, 20 ms each; a batch is of few years, and after these they are known.
const SEARCHED_MAX: usize = 200;

/// Why a workbook is nothing to compare with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfit {
    /// It has no list of scores, or none of its rows can be recognised.
    NoScores,
    /// A formula has no stored result: no spreadsheet program has computed it since it was saved.
    Uncalculated {
        /// The sheet.
        sheet: String,
        /// The cell.
        cell: String,
    },
}

/// Takes in what a workbook says of every score.
///
/// # Errors
/// It says nothing that can be compared with.
pub fn take(workbook: &Workbook, library: &Library, baseline: &mut Baseline) -> Result<(), Unfit> {
    let scores = workbook.sheets.iter().find_map(|sheet| List::of(sheet, &SCORES)).ok_or(Unfit::NoScores)?;
    let files = workbook.sheets.iter().find_map(|sheet| List::of(sheet, &FILES)).map(files).unwrap_or_default();
    let mut departments: BTreeMap<Decimal, Vec<Score>> = BTreeMap::new();
    for at in scores.rows() {
        if let Some(score) = Score::at(&scores, at)? {
            departments.entry(score.number).or_default().push(score);
        }
    }
    let known = KnownRules { library, at_hand: at_hand(workbook, library) };
    let mut tried = Tried::default();
    for (number, scores) in &departments {
        match files.get(number).and_then(|file| known.audit(scores, file, &mut tried)) {
            Some(old) => baseline.add(old),
            None => scores.iter().take(1).for_each(|score| baseline.add_unrecognised(&score.department)),
        }
    }
    if baseline.audits.is_empty() { Err(Unfit::NoScores) } else { Ok(()) }
}

/// The columns of 核定表 and of 复核进度 that are read, by their headings in the texts of the report.
const SCORES: [&str; 8] = [
    "column-department-number",
    "column-department",
    "column-indicator",
    "column-claim",
    "column-lowest",
    "column-highest",
    "column-verdict",
    "column-basis",
];
const FILES: [&str; 3] = ["column-department-number", "column-file", "column-counts"];
const KEY: &str = "column-key";
/// The rows that a submission had in 核定表; workbooks of earlier builds do not say.
const ROWS: &str = "column-rows";

/// Rows of a sheet under headings, wherever their columns were moved to.
struct List<'w> {
    sheet: &'w Sheet,
    heading: u32,
    columns: BTreeMap<&'static str, u32>,
}

impl<'w> List<'w> {
    /// The list of a sheet that has all of these columns and a key.
    fn of(sheet: &'w Sheet, wanted: &[&'static str]) -> Option<List<'w>> {
        let is_key = |key: &str, text: &str| Language::ALL.iter().any(|one| one.word(&format!("report.{key}")) == text);
        sheet.rows().take_while(|(row, _)| *row < HEADING_WITHIN).find_map(|(heading, cells)| {
            let place = |key: &'static str| {
                let named = |(_, cell): &&(u32, &Cell)| is_text(cell, |text| is_key(key, text.trim()));
                cells.iter().find(named).map(|(column, _)| (key, *column))
            };
            let mut columns = wanted.iter().copied().chain([KEY]).map(place).collect::<Option<BTreeMap<_, _>>>()?;
            columns.extend(place(ROWS));
            Some(List { sheet, heading, columns })
        })
    }

    fn rows(&self) -> impl Iterator<Item = u32> + use<'w> {
        let heading = self.heading;
        self.sheet.rows().map(|(row, _)| row).filter(move |row| *row > heading)
    }

    /// What stands in a row under a heading.
    fn value(&self, row: u32, key: &str) -> Result<Option<&'w Value>, Unfit> {
        let Some(at) = self.columns.get(key).map(|column| Address { row, column: *column }) else { return Ok(None) };
        match self.sheet.cell(at).map(|cell| &cell.value) {
            Some(Value::Uncalculated) => {
                Err(Unfit::Uncalculated { sheet: self.sheet.name.clone(), cell: at.to_string() })
            }
            value => Ok(value),
        }
    }

    fn text(&self, row: u32, key: &str) -> Result<Option<&'w str>, Unfit> {
        Ok(self
            .value(row, key)?
            .and_then(|value| if let Value::Text(text) = value { Some(text.as_str()) } else { None }))
    }

    fn number(&self, row: u32, key: &str) -> Result<Option<Decimal>, Unfit> {
        let value = self.value(row, key)?;
        Ok(value.and_then(|value| if let Value::Number(number) = value { Some(number.normalize()) } else { None }))
    }
}

fn is_text(cell: &Cell, is: impl Fn(&str) -> bool) -> bool {
    matches!(&cell.value, Value::Text(text) if is(text))
}

/// The file of a submission, and how many rows it had in 核定表, where that is known.
struct Submitted {
    file: String,
    rows: Option<Decimal>,
}

/// The submissions, by their numbers.
fn files(list: List) -> BTreeMap<Decimal, Submitted> {
    let file = |row| {
        let file = list.text(row, FILES[1]).ok()??.to_owned();
        Some((list.number(row, FILES[0]).ok()??, Submitted { file, rows: list.number(row, ROWS).ok()? }))
    };
    list.rows().filter_map(file).collect()
}

/// A row of 核定表.
struct Score {
    number: Decimal,
    department: String,
    indicator: String,
    claimed: Option<Decimal>,
    low: Option<Decimal>,
    high: Option<Decimal>,
    verdict: Option<Verdict>,
    key: String,
}

impl Score {
    /// The score of a row; none where the row is none of the program's.
    fn at(list: &List, row: u32) -> Result<Option<Score>, Unfit> {
        let key = list.text(row, KEY)?.filter(|key| About::of(key) == Some(About::Score));
        let (Some(key), Some(number)) = (key, list.number(row, "column-department-number")?) else { return Ok(None) };
        let text = |column: &str| Ok(list.text(row, column)?.unwrap_or_default().trim().to_owned());
        let points =
            |column: &str| Ok(list.number(row, column)?.map(|number| number.round_dp(PLACES_KEPT).normalize()));
        Ok(Some(Score {
            number,
            department: text("column-department")?,
            indicator: text("column-indicator")?,
            claimed: list.number(row, "column-claim")?,
            low: points("column-lowest")?,
            high: points("column-highest")?,
            verdict: verdict(&text("column-verdict")?),
            key: key.to_owned(),
        }))
    }

    fn taken(&self) -> Option<Taken> {
        match (self.verdict?, self.claimed) {
            (Verdict::Invalid, _) => Some(Taken::Invalid),
            (_, claimed) => claimed.map(Taken::Score),
        }
    }

    /// The amount of its verdict; none where claim and range do not bear the verdict out: somebody typed over one of them.
    fn difference(&self, tolerance: Decimal) -> Option<Decimal> {
        let (verdict, low) = (self.verdict?, self.low?);
        let above =
            |one: Decimal, other: Option<Decimal>| other.map_or(Decimal::ZERO, |other| one.saturating_sub(other));
        let Some(claimed) = self.claimed else {
            return matches!(verdict, Verdict::Invalid | Verdict::Unverifiable).then_some(Decimal::ZERO);
        };
        let (over, under) = (above(claimed, self.high), above(low, Some(claimed)));
        match verdict {
            Verdict::Invalid => Some(Decimal::ZERO),
            // More is claimed than can be earned at all, however much that is.
            Verdict::Overstated if self.high.is_none() => Some(Decimal::ZERO),
            Verdict::Overstated => Some(over).filter(|over| *over > tolerance),
            Verdict::Understated => Some(under).filter(|under| *under > tolerance),
            _ if over > tolerance || under > tolerance => None,
            Verdict::Unverifiable => Some(claimed.saturating_sub(low).max(Decimal::ZERO)),
            Verdict::Agrees | Verdict::ReadingDependent => Some(Decimal::ZERO),
        }
    }
}

fn verdict(words: &str) -> Option<Verdict> {
    let says =
        |language: &Language, verdict: Verdict| language.word(&format!("report.verdict-{}", verdict_key(verdict)));
    VERDICTS.into_iter().find(|verdict| Language::ALL.iter().any(|language| says(language, *verdict) == words))
}

/// What the keys of a workbook may speak of.
struct KnownRules<'a> {
    library: &'a Library,
    /// The rulebooks that the workbook names with their very content.
    at_hand: Vec<&'a str>,
}

/// The rulebooks of the run that were applied then: 运行信息 and the working papers have their hashes.
fn at_hand<'a>(workbook: &Workbook, library: &'a Library) -> Vec<&'a str> {
    let cells = workbook.sheets.iter().flat_map(|sheet| sheet.cells.values());
    let named: Vec<&str> = cells
        .filter_map(|cell| if let Value::Text(text) = &cell.value { Some(text.as_str()) } else { None })
        .filter(|text| library.rulebooks().iter().any(|rulebook| text.contains(&rulebook.sha256)))
        .collect();
    let is_named = |rulebook: &&Rulebook| named.iter().any(|text| text.contains(&rulebook.sha256));
    library.rulebooks().iter().filter(is_named).map(|rulebook| rulebook.id.as_str()).collect()
}

/// Years that keys were found under, and departments that were looked for under all of them.
#[derive(Default)]
struct Tried {
    years: Vec<i32>,
    searched: usize,
}

/// What a department's keys speak of.
#[derive(Clone, Copy)]
struct Meant<'a> {
    rulebook: &'a Rulebook,
    form: Option<u32>,
    year: i32,
}

impl KnownRules<'_> {
    /// The audit that the rows of a department tell of; none where they do not tell all of it: rows that were taken out or typed
    /// over, rules that are not at hand, no year, no name. How many rows a form has only the workbook says.
    fn audit(&self, scores: &[Score], submitted: &Submitted, tried: &mut Tried) -> Option<Old> {
        let name = &scores.first()?.department;
        let file = submitted.file.as_str();
        if name == file || scores.iter().any(|score| score.department != *name) {
            return None;
        }
        let meant = self.meant(scores, file, tried)?;
        let ids: Vec<String> = meant.ids(scores.len()).collect();
        let rows = submitted.rows.or_else(|| meant.rulebook.card().map(|_| Decimal::from(ids.len())));
        if ids.len() != scores.len() || rows != Some(Decimal::from(ids.len())) {
            return None;
        }
        let mut indicators = Vec::new();
        for id in ids {
            let key = meant.key(name, file, &id);
            let score = scores.iter().find(|score| score.key == key)?;
            indicators.push(OldIndicator {
                name: score.indicator.clone(),
                claimed: score.claimed,
                verdict: score.verdict?,
                difference: score.difference(meant.rulebook.tolerance)?,
                id,
            });
        }
        let (unit, project) = match meant.form {
            None => (name.as_str(), None),
            Some(_) => unit_and_project(name)?,
        };
        Some(Old {
            unit: unit.to_owned(),
            year: meant.year,
            file: file.to_owned(),
            kind: meant.rulebook.form,
            rulebook: meant.rulebook.id.clone(),
            is_sealed: false,
            project: project.map(key),
            ceiling: self.ceiling(meant.rulebook, scores),
            indicators,
            facts: Vec::new(),
        })
    }

    /// What the keys of a department speak of, wherever they can be found: under the years of the departments before, else under all.
    fn meant(&self, scores: &[Score], file: &str, tried: &mut Tried) -> Option<Meant<'_>> {
        let under = |years: &[i32]| years.iter().find_map(|year| self.under(*year, scores, file));
        let found = under(&tried.years).or_else(|| {
            let is_left = tried.searched < SEARCHED_MAX;
            tried.searched += usize::from(is_left);
            is_left.then(|| under(&YEARS.rev().collect::<Vec<_>>())).flatten()
        });
        let year = found.map(|meant| meant.year).filter(|year| !tried.years.contains(year));
        tried.years.extend(year);
        found
    }

    /// The same under one year: some row is that of the first indicator.
    fn under(&self, year: i32, scores: &[Score], file: &str) -> Option<Meant<'_>> {
        let name = &scores.first()?.department;
        let all = self.library.rulebooks().iter().flat_map(|rulebook| {
            let numbers = std::iter::once(None).chain((1..=FORMS).map(Some));
            let own = numbers.filter(|number| number.is_none() == rulebook.form.has_common_rows());
            own.map(move |form| Meant { rulebook, form, year })
        });
        let is_it = |meant: &Meant| {
            let first = meant.ids(1).next().map(|id| meant.key(name, file, &id));
            first.is_some_and(|first| scores.iter().any(|score| score.key == first))
        };
        all.into_iter().find(is_it)
    }

    /// The most that could be granted before anybody decided, and its grade by the very rules that were applied; none where a claim
    /// is open, or the rules at hand are of another edition.
    fn ceiling(&self, rulebook: &Rulebook, scores: &[Score]) -> Option<(Decimal, String)> {
        let granted = scores.iter().map(|score| Some(granted_at_most(score.taken()?, score.high)));
        let total = sum(granted.collect::<Option<Vec<_>>>()?).round_dp(PLACES_KEPT).normalize();
        let is_same = self.at_hand.contains(&rulebook.id.as_str());
        let grade = grade_of(&rulebook.grades, total).unwrap_or_default();
        is_same.then(|| (total, grade.to_owned()))
    }
}

impl Meant<'_> {
    fn key(&self, name: &str, file: &str, id: &str) -> String {
        // A name and its project are one text in a key.
        let rulebook = &self.rulebook.id;
        let whose = Whose { unit: Some(name), file, project: None, form: self.form, rulebook, year: Some(self.year) };
        whose.key(About::Score, &[id])
    }

    /// The ids of its rows: those of the card, or of so many lines.
    fn ids(&self, rows: usize) -> impl Iterator<Item = String> {
        let (card, lines) = match self.rulebook.card() {
            Some(card) => (card.indicators.as_slice(), 0),
            None => (&[][..], rows),
        };
        card.iter().map(|indicator| indicator.id.clone()).chain((0..lines).map(line_id))
    }
}

/// A department and its project. With a second point in the name nobody can say where the one ends.
fn unit_and_project(name: &str) -> Option<(&str, Option<&str>)> {
    match name.split(OF_PROJECT).collect::<Vec<_>>().as_slice() {
        [unit] => Some((unit, Some(""))),
        [unit, project] => Some((unit, Some(project))),
        _ => None,
    }
}
