//! Reads the lists of an earlier audit workbook: 差异清单, and the findings kept from still earlier ones.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use rust_decimal::Decimal;

use crate::assigned::{self, Picked};
use crate::entered::{About, LineCell};
use crate::quantity::Sign;
use crate::report::line_entries;
use crate::report::paper_cells::HIDDEN;
use crate::report::sheets::{
    confirmed as decided, copied, differences, kept, missing, progress, sampling, unused, working_paper,
};
use crate::text::Language;
use crate::workbook::{Address, Cell, Sheet, Value, Workbook};

use super::added::{self, Own};
use super::cell_text::words;
use super::{
    Confirmed, Earlier, Entry, Holds, OldFinding, RECEIPTS, Rows, STATES, Shown, State, Typed, WRITTEN_AND, WRITTEN_IS,
};

/// The heading stands within so many rows from the top, also when people put lines above it.
const HEADING_WITHIN: u32 = 200;

/// Rows of all lists together. A run of 1,000 departments lists some 5,000, or 40,000 if every score and every check is
/// disputed; as many again may have been kept.
const ROWS_MAX: usize = 100_000;

/// Why what was typed cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// No sheet has the headings of the list, or the column of keys is gone.
    NoList,
    /// A cell with an entry holds no readable value: a formula that was never calculated, for example.
    Cell {
        /// The sheet.
        sheet: String,
        /// The cell.
        cell: String,
    },
    /// More rows than any audit has.
    TooMany {
        /// Rows that are read.
        most: usize,
    },
}

/// What people typed into an audit workbook.
///
/// # Errors
/// It has no list of findings, an entry of the list cannot be read, or there are too many.
pub fn read(workbook: &Workbook) -> Result<Earlier, Unreadable> {
    read_within(workbook, ROWS_MAX)
}

/// The same of at most so many rows.
///
/// # Errors
/// As above.
pub fn read_within(workbook: &Workbook, most: usize) -> Result<Earlier, Unreadable> {
    let lists: Vec<List> = workbook.sheets.iter().flat_map(List::all).collect();
    if !lists.iter().any(List::is_of_findings) {
        return Err(Unreadable::NoList);
    }
    let mut earlier = Earlier::default();
    for sheet in lists.chunk_by(|one, next| std::ptr::eq(one.sheet, next.sheet)) {
        let before = earlier.entries.len();
        for list in sheet {
            list.read(&mut earlier, most)?;
        }
        sign(&mut earlier.entries[before..]);
    }
    note_down(workbook, &lists, &mut earlier, most);
    Ok(earlier)
}

/// Keeps what people typed outside of all lists, and the sheets that they added.
fn note_down(workbook: &Workbook, lists: &[List], earlier: &mut Earlier, most: usize) {
    for found in added::added(&workbook.sheets, |sheet, at| {
        let own = lists.iter().filter(|list| std::ptr::eq(list.sheet, sheet)).map(|list| list.own(at));
        own.into_iter().find(|own| *own != Own::No).unwrap_or(Own::No)
    }) {
        // The backup has what is over the limit: notes stop nobody from working on.
        if earlier.count() < most {
            earlier.findings.push(found);
        }
    }
}

/// What people typed into a working paper that stands by itself.
///
/// # Errors
/// An entry cannot be read, or there are too many.
pub fn read_paper(workbook: &Workbook) -> Result<Earlier, Unreadable> {
    let mut earlier = Earlier::default();
    let lists: Vec<List> = workbook.sheets.iter().flat_map(List::all).collect();
    for list in lists.iter().filter(|list| list.is_of_entries()) {
        list.read(&mut earlier, ROWS_MAX)?;
    }
    sign(&mut earlier.entries);
    note_down(workbook, &lists, &mut earlier, ROWS_MAX);
    Ok(earlier)
}

/// Who signed a working paper entered what stands in it.
fn sign(entries: &mut [OldFinding]) {
    let signed = |old: &&OldFinding| old.key.as_deref().and_then(About::of) == Some(About::Submission);
    let names = |old: &OldFinding| old.typed.reviewer.clone().or_else(|| old.typed.preparer.clone());
    let by = entries.iter().find(signed).and_then(names);
    entries.iter_mut().for_each(|entry| entry.by.clone_from(&by));
}

/// Rows of a sheet under the headings of a list.
struct List<'a> {
    sheet: &'a Sheet,
    heading: u32,
    /// The row after its last: that of the next headings, or none.
    until: u32,
    columns: BTreeMap<u32, Holds>,
}

impl<'a> List<'a> {
    /// The lists of a sheet: a row with their headings, and what stands under it as far as the next.
    fn all(sheet: &'a Sheet) -> Vec<List<'a>> {
        let mut lists: Vec<List<'a>> = Vec::new();
        for (heading, cells) in sheet.rows() {
            let is_searched = heading < HEADING_WITHIN || lists.last().is_some_and(List::is_of_entries);
            if !is_searched {
                break;
            }
            let named = |(at, cell): &(u32, &Cell)| Some((*at, column_of(&words(cell)?)?));
            let columns: BTreeMap<u32, Holds> = cells.iter().filter_map(named).collect();
            let has = |wanted| columns.values().any(|column| *column == wanted);
            let is_list =
                [Holds::State, Holds::Assigned, Holds::Value, Holds::Receipt, Holds::Preparer, Holds::Written]
                    .into_iter()
                    .any(has);
            if has(Holds::Key) && is_list {
                if let Some(last) = lists.last_mut() {
                    last.until = heading;
                }
                lists.push(List { sheet, heading, until: u32::MAX, columns });
            }
        }
        lists
    }

    fn has(&self, holds: Holds) -> bool {
        self.columns.values().any(|column| *column == holds)
    }

    /// Whether it is the list of findings that an earlier run kept.
    fn is_kept(&self) -> bool {
        self.has(Holds::Further)
    }

    /// Whether it is the list of a run's findings.
    fn is_of_findings(&self) -> bool {
        self.has(Holds::State) && !self.is_kept() && !self.has(Holds::Signed)
    }

    /// Whether it is a block of a working paper: what stands left of its keys is the program's own.
    fn is_of_entries(&self) -> bool {
        [Holds::Value, Holds::Preparer, Holds::Written].into_iter().any(|holds| self.has(holds)) && !self.is_kept()
    }

    /// Whether a cell is the place of an entry of the list, or one that the program prints.
    fn own(&self, at: Address) -> Own {
        if at.row < self.heading || at.row >= self.until {
            return Own::No;
        }
        let column = self.columns.get(&at.column);
        let own = |is_own: bool| match column {
            _ if !is_own => Own::No,
            Some(holds) if at.row == self.heading || !holds.is_entry() => Own::Printed,
            _ => Own::Entry,
        };
        if !self.is_of_entries() {
            // What people write beside and under such a list is one of its rows.
            return own(true);
        }
        let cell = |column: u32| self.sheet.cell(Address { row: at.row, column });
        let text = |holds| {
            let (column, _) = self.columns.iter().find(|(_, column)| **column == holds)?;
            cell(*column).and_then(words)
        };
        let is_entry = text(Holds::Key).as_deref().and_then(About::of).is_some();
        let is_of_line = || {
            let written = text(Holds::Written).unwrap_or_default();
            written.split(WRITTEN_AND).filter_map(written_part).any(|(_, column, _)| column == at.column)
        };
        match column {
            None if at.column >= self.key_column() + HIDDEN => Own::Entry,
            None | Some(Holds::Other) if is_of_line() => Own::Entry,
            None | Some(Holds::Other) => Own::No,
            Some(_) => own(is_entry),
        }
    }

    fn key_column(&self) -> u32 {
        self.columns.iter().find(|(_, holds)| **holds == Holds::Key).map_or(0, |(column, _)| *column)
    }

    fn read(&self, earlier: &mut Earlier, most: usize) -> Result<(), Unreadable> {
        let rows = self.sheet.rows().filter(|(row, _)| *row > self.heading && *row < self.until);
        for (row, cells) in rows {
            let mut found = OldFinding { kept: self.is_kept(), ..OldFinding::default() };
            let refers = cells.iter().any(|(column, _)| self.columns.get(column) == Some(&Holds::Refers));
            let is_key = |(column, cell): &(u32, &Cell)| {
                self.columns.get(column) == Some(&Holds::Key) && words(cell).as_deref().and_then(About::of).is_some()
            };
            // Between the entries of a working paper stand its sums.
            let is_sum = self.is_of_entries() && !cells.iter().any(is_key);
            for (column, cell) in cells {
                if is_sum && self.columns.contains_key(&column) {
                    continue;
                }
                // A formula that repeats what stands in 核定表 is no entry; what was typed over it is.
                let repeats = refers && cell.formula && self.columns.contains_key(&column);
                if !repeats {
                    self.take(Address { row, column }, cell, &mut found)?;
                }
            }
            if self.has(Holds::Written) {
                for entry in self.changed(row, &mut found, &mut earlier.rows)? {
                    self.put(entry, earlier, most)?;
                }
            }
            self.put(found, earlier, most)?;
        }
        Ok(())
    }

    /// Cells of a form's line in which something else stands than the form says: a person typed it. What was typed becomes an entry
    /// of its own, upon what the form said then; a cell that was only emptied, and a cell of an older workbook that tells
    /// nothing of it, is added to the row. The keys of all cells go to `rows`.
    fn changed(&self, row: u32, found: &mut OldFinding, rows: &mut Rows) -> Result<Vec<OldFinding>, Unreadable> {
        let of = |wanted| self.columns.iter().find(|(_, holds)| **holds == wanted).map(|(column, _)| *column);
        let text = |column: u32| {
            let at = Address { row, column };
            self.sheet.cell(at).map_or(Ok(String::new()), |cell| words(cell).ok_or_else(|| self.unreadable(at)))
        };
        let Some(written) = of(Holds::Written).map(text).transpose()?.filter(|written| !written.is_empty()) else {
            return Ok(Vec::new());
        };
        let (mut entries, mut basis) = (Vec::new(), None);
        for part in written.split(WRITTEN_AND) {
            if !part.contains(WRITTEN_IS) {
                basis = Some(part.to_owned());
                continue;
            }
            let Some((cell, column, was)) = written_part(part) else { continue };
            let key = cell.zip(found.key.as_ref()).and_then(|(cell, key)| cell.key(key));
            key.iter().for_each(|key| rows.add(key));
            let now = text(column)?;
            if is_same(now.trim(), was.trim()) {
                continue;
            }
            let at = Address { row, column };
            let value = self.sheet.cell(at).and_then(|typed| entry(typed, direction(cell, now.clone())));
            match (key, value) {
                (Some(key), Some(value)) => entries.push(OldFinding {
                    key: Some(key),
                    basis: basis.clone(),
                    shown: Shown { place: at.to_string(), ..found.shown.clone() },
                    typed: Typed { value: Some(value), ..Typed::default() },
                    ..OldFinding::default()
                }),
                _ => {
                    let heading = self.sheet.cell(Address { row: self.heading, column }).and_then(words);
                    found.typed.further.push((heading.unwrap_or_default(), now));
                }
            }
        }
        Ok(entries)
    }

    /// Puts a row to those of its kind. One that nobody worked on counts only in the lists of findings and of scores.
    fn put(&self, mut found: OldFinding, earlier: &mut Earlier, most: usize) -> Result<(), Unreadable> {
        let about = found.key.as_deref().and_then(About::of);
        found.key.iter().for_each(|key| earlier.rows.add(key));
        let is_reading = found.key.as_deref().is_some_and(assigned::is_key);
        let is_listed = found.key.is_some() && !is_reading && matches!(about, None | Some(About::Score));
        if is_empty_list(&found) || (found.typed.is_empty() && !is_listed) {
            return Ok(());
        }
        if about == Some(About::Score) && found.typed.is_empty() {
            // All that is kept of it is whose it is.
            let shown = Shown { department: found.shown.department, ..Shown::default() };
            found = OldFinding { key: found.key, number: found.number, shown, ..OldFinding::default() };
        }
        if earlier.count() >= most {
            return Err(Unreadable::TooMany { most });
        }
        if !self.is_kept() && (is_reading || about.is_some()) {
            found.shown.problem.clone_from(&self.sheet.name);
        }
        match about {
            Some(_) => earlier.entries.push(found),
            None if is_reading => earlier.readings.push(found),
            None => earlier.findings.push(found),
        }
        Ok(())
    }

    fn take(&self, at: Address, cell: &Cell, found: &mut OldFinding) -> Result<(), Unreadable> {
        if added::tells(cell) {
            return Ok(());
        }
        let Some(column) = self.columns.get(&at.column).copied() else { return self.add(at, cell, found) };
        let text = || words(cell).ok_or_else(|| self.unreadable(at));
        match column {
            Holds::Key => found.key = words(cell),
            Holds::DepartmentNumber => found.number = number(cell),
            Holds::Department => found.shown.department = words(cell).unwrap_or_default(),
            Holds::Problem => found.shown.problem = words(cell).unwrap_or_default(),
            Holds::Indicator => found.shown.indicator = words(cell).unwrap_or_default(),
            Holds::Claim => found.shown.claim = words(cell).unwrap_or_default(),
            Holds::Difference => found.shown.difference = words(cell).unwrap_or_default(),
            Holds::Why => found.shown.why = words(cell).unwrap_or_default(),
            Holds::Place => found.shown.place = words(cell).unwrap_or_default(),
            Holds::File => found.shown.why = words(cell).unwrap_or_default(),
            // Sheet and cell together are the place, whichever column stands first.
            Holds::Sheet => found.shown.place.insert_str(0, &format!("{}!", words(cell).unwrap_or_default())),
            Holds::Cell => found.shown.place.push_str(&words(cell).unwrap_or_default()),
            Holds::Assigned => found.typed.assigned = picked(&text()?),
            Holds::State => found.typed.state = state(&text()?),
            Holds::Confirmed => found.typed.confirmed = confirmed(cell, &text()?),
            Holds::Reason => found.typed.reason = filled(text()?),
            Holds::Reviewer => found.typed.reviewer = filled(text()?),
            Holds::Remark => found.typed.remark = filled(text()?),
            Holds::Date => found.typed.date = filled(text()?),
            Holds::Value => {
                found.typed.value = entry(cell, text()?);
                if self.is_of_entries() {
                    found.shown.place = at.to_string();
                }
            }
            Holds::Evidence => found.typed.evidence = filled(text()?),
            Holds::Receipt => found.typed.state = state(&text()?),
            Holds::Preparer => found.typed.preparer = filled(text()?),
            Holds::Prepared => found.typed.prepared = filled(text()?),
            Holds::Basis => found.basis = words(cell),
            Holds::Signed => found.signed = words(cell),
            Holds::Further => found.typed.further.extend(further(&text()?)),
            Holds::Change => drop(text()?),
            Holds::Refers | Holds::Written | Holds::Other => {}
        }
        Ok(())
    }

    /// A cell outside the list's own columns: a person added it.
    fn add(&self, at: Address, cell: &Cell, found: &mut OldFinding) -> Result<(), Unreadable> {
        if self.is_of_entries() && at.column < self.key_column() + HIDDEN {
            return Ok(());
        }
        let text = words(cell).ok_or_else(|| self.unreadable(at))?;
        let heading = self.sheet.cell(Address { row: self.heading, column: at.column }).and_then(words);
        let letters: String = at.to_string().chars().filter(char::is_ascii_alphabetic).collect();
        found.typed.further.extend(filled(text).map(|text| (heading.unwrap_or(letters), text)));
        Ok(())
    }

    fn unreadable(&self, at: Address) -> Unreadable {
        Unreadable::Cell { sheet: self.sheet.name.clone(), cell: at.to_string() }
    }
}

/// What the program wrote into a cell of a form's line: which cell of lines it is, its column, and the text.
fn written_part(part: &str) -> Option<(Option<LineCell>, u32, &str)> {
    let (place, was) = part.split_once(WRITTEN_IS)?;
    let cell = LineCell::named(place);
    let column = cell.map(|cell| u32::from(line_entries::column_of(cell))).or_else(|| place.parse().ok())?;
    Some((cell, column, was))
}

fn in_any_language(key: &str, text: &str) -> bool {
    Language::ALL.iter().any(|language| language.word(&format!("report.{key}")) == text)
}

/// What the columns hold, by their headings in every language: it is asked of every cell of every working paper.
static HEADINGS: LazyLock<HashMap<String, Holds>> = LazyLock::new(|| {
    let differences = differences::COLUMNS.iter().map(|column| (column.key, column.holds));
    let kept = kept::COLUMNS.iter().map(|column| (column.key, column.holds));
    let unused = unused::COLUMNS.iter().map(|column| (column.key, column.holds));
    let decided = decided::COLUMNS.iter().map(|column| (column.key, column.holds));
    let progress = progress::COLUMNS.iter().map(|column| (column.key, column.holds));
    let asked = missing::COLUMNS.iter().map(|column| (column.key, column.holds));
    let sampled = sampling::COLUMNS.iter().map(|column| (column.key, column.holds));
    let copied = copied::COLUMNS.iter().map(|column| (column.key, column.holds));
    let papers = working_paper::ENTRIES.iter().copied();
    let known = decided
        .chain(differences)
        .chain(kept)
        .chain(unused)
        .chain(asked)
        .chain(progress)
        .chain(sampled)
        .chain(papers)
        .chain(copied);
    let mut headings = HashMap::new();
    for (key, holds) in known {
        for language in Language::ALL {
            // Of two columns with one heading the first counts.
            headings.entry(language.word(&format!("report.{key}"))).or_insert(holds);
        }
    }
    headings
});

fn column_of(heading: &str) -> Option<Holds> {
    HEADINGS.get(heading.trim()).copied()
}

/// The line that an empty list consists of.
fn is_empty_list(found: &OldFinding) -> bool {
    found.key.is_none()
        && matches!(found.typed.further.as_slice(), [(_, text)] if in_any_language("differences-none", text))
}

fn number(cell: &Cell) -> Option<Decimal> {
    match &cell.value {
        Value::Number(number) => Some(number.normalize()),
        _ => None,
    }
}

fn filled(text: String) -> Option<String> {
    (!text.trim().is_empty()).then_some(text)
}

/// The state, unless it is the one that every row starts with.
fn state(text: &str) -> Option<State> {
    let text = text.trim();
    match STATES.iter().chain(&RECEIPTS).find(|key| in_any_language(key, text)) {
        Some(key) if [STATES[0], RECEIPTS[0]].contains(key) => None,
        Some(key) => Some(State::Known(key)),
        None => filled(text.to_owned()).map(State::Words),
    }
}

/// Digits of a number that a spreadsheet keeps.
const DIGITS_KEPT: u32 = 15;

/// Whether what stands in a cell is what was written there: a number of more digits than a spreadsheet keeps comes back shorter,
/// and nobody typed it.
fn is_same(now: &str, was: &str) -> bool {
    let kept = |text: &str| Decimal::from_str_exact(text).ok()?.round_sf(DIGITS_KEPT);
    now == was || kept(now).is_some_and(|number| Some(number) == kept(was))
}

/// The direction of a target without the words of a language.
fn direction(cell: Option<LineCell>, text: String) -> String {
    let marks = [("paper-sign-reach", Sign::AtLeast), ("paper-sign-limit", Sign::AtMost)];
    let said = marks.into_iter().find(|(word, _)| cell == Some(LineCell::Sign) && in_any_language(word, text.trim()));
    said.map_or(text, |(_, sign)| sign.mark().to_owned())
}

/// A value that was entered.
fn entry(cell: &Cell, text: String) -> Option<Entry> {
    match &cell.value {
        Value::Number(number) if cell.percent => {
            number.checked_mul(100.into()).map(|number| Entry::Percent(number.normalize()))
        }
        Value::Number(number) => Some(Entry::Number(number.normalize())),
        _ => filled(text).map(|text| Entry::Words(text.trim().to_owned())),
    }
}

/// What was picked as 对应数据项, without the words of a language; none where the cell is empty.
fn picked(text: &str) -> Option<Picked> {
    let text = text.trim();
    let score = Language::ALL.iter().find_map(|language| text.strip_prefix(&language.word("report.assigned-score")));
    match score {
        _ if text.is_empty() => None,
        _ if in_any_language("assigned-nothing", text) => Some(Picked::Nothing),
        Some(name) => Some(Picked::Score(name.to_owned())),
        None => Some(Picked::Words(text.to_owned())),
    }
}

fn confirmed(cell: &Cell, text: &str) -> Option<Confirmed> {
    match &cell.value {
        Value::Number(points) => Some(Confirmed::Points(points.normalize())),
        _ => filled(text.to_owned()).map(Confirmed::Words),
    }
}

/// The further columns as an earlier run wrote them: a line each, `heading：text`.
fn further(text: &str) -> Vec<(String, String)> {
    let pair = |line: &str| {
        line.split_once('：')
            .map_or((String::new(), line.to_owned()), |(head, rest)| (head.to_owned(), rest.to_owned()))
    };
    text.split('\n').filter(|line| !line.trim().is_empty()).map(pair).collect()
}
