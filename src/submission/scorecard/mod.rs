//! The scorecard: indicators, claimed scores, stated points, evidence; and what stands below it (total, grade, subtotals).

mod columns;
mod entry;

pub use columns::{beside_a_part, says_more};
pub use entry::Entry;
use entry::says_sum;

use rust_decimal::Decimal;

use super::closing::{Closing, closing_of};
use super::grid::{Grid, raw};
use super::headers::{Header, KpiColumn};
use super::layout::{Layout, cell_of, number_at};
use super::names::{How, Names, key};
use crate::rulebook::Scorecard;
use crate::vocabulary::Vocabulary;
use crate::workbook::{Address, Value};

/// A stretch of a scorecard under one header.
pub struct CardPart {
    /// The sheet's place in the workbook.
    pub sheet: usize,
    /// Its columns.
    pub layout: Layout,
    /// First and last row that belong to it, the header included.
    pub rows: (u32, u32),
    /// The header's words, for people.
    pub header: String,
    /// Rows whose name is an indicator's.
    pub entries: Vec<Entry>,
    /// Rows with a score or points whose name is none of the rulebook's.
    pub unknown: Vec<Address>,
    /// What is stated below the indicators.
    pub closing: Vec<Closing>,
    /// The header also asks for targets and actuals: a form whose rows the filer declares.
    pub declares_targets: bool,
}

/// What reading a scorecard needs.
pub struct CardReader<'a> {
    /// The card.
    pub card: &'a Scorecard,
    /// Names of its indicators.
    pub names: Names<'a>,
    /// Names of its sections.
    pub sections: Names<'a>,
    /// The report's year, as far as it is known.
    year: Option<i32>,
}

impl<'a> CardReader<'a> {
    /// A reader of this card.
    pub fn new(vocabulary: &'a Vocabulary, card: &'a Scorecard, year: Option<i32>) -> CardReader<'a> {
        let names =
            Names::new(vocabulary, card.indicators.iter().map(|one| (one.name.as_str(), one.aliases.as_slice())));
        let sections =
            Names::new(vocabulary, card.sections.iter().map(|one| (one.name.as_str(), one.aliases.as_slice())));
        CardReader { card, names, sections, year }
    }

    /// The part of a scorecard under a header, down to, not including, row `end`; none when the header is no scorecard's.
    pub fn part(&self, grid: &Grid, header: &Header, end: u32) -> Option<CardPart> {
        let layout = self.layout(grid, header, end)?;
        let has = |wanted: KpiColumn| header.headings.iter().any(|heading| heading.roles.kpi == Some(wanted));
        let declares_targets = has(KpiColumn::Target) && has(KpiColumn::Actual);
        Some(CardPart { declares_targets, ..self.below(grid, header, layout, end) })
    }

    /// The part whose columns are known, from its first row down to the end of the sheet, and the header over it.
    pub fn under(&self, grid: &Grid, header: Option<&Header>, layout: Layout, first: u32) -> CardPart {
        match header {
            Some(header) => self.below(grid, header, layout, u32::MAX),
            None => self.rows(grid, layout, first, u32::MAX),
        }
    }

    fn below(&self, grid: &Grid, header: &Header, layout: Layout, end: u32) -> CardPart {
        let mut part = self.rows(grid, layout, header.rows.1 + 1, end);
        part.rows.0 = header.rows.0;
        part.header = header.words();
        part
    }

    /// The report's year, as far as it is known.
    pub fn year(&self) -> Option<i32> {
        self.year
    }

    /// A part without a header of its own, under the columns of the part before it.
    pub fn continued(&self, grid: &Grid, layout: &Layout, end: u32) -> CardPart {
        self.rows(grid, layout.clone(), 0, end)
    }

    /// The indicator that a row certainly is under these columns: its name, with its points or a score within them.
    pub fn entry_of(&self, grid: &Grid, layout: &Layout, row: u32) -> Option<usize> {
        let index = self.names.exactly(&grid.text(row, layout.name))?;
        let points = self.card.indicators.get(index)?.points?;
        let number = |columns| number_at(grid, cell_of(grid, columns, row));
        let agrees = match layout.points.and_then(number) {
            Some(stated) => stated == points,
            None => number(layout.score).is_some_and(|score| score <= points),
        };
        agrees.then_some(index)
    }

    fn rows(&self, grid: &Grid, layout: Layout, first: u32, end: u32) -> CardPart {
        let mut part = CardPart {
            sheet: grid.index,
            layout,
            rows: (first, first.saturating_sub(1)),
            header: String::new(),
            entries: Vec::new(),
            unknown: Vec::new(),
            closing: Vec::new(),
            declares_targets: false,
        };
        for &row in grid.rows_within(first, end) {
            // Below the total the same names again are another list: last time's, another unit's, what is expected.
            if part.is_closed() && (self.repeats(grid, &part, row) || begins_anothers(grid, row)) {
                break;
            }
            if self.row(grid, &mut part, row) {
                part.rows.1 = row;
            }
        }
        self.join_repeated(grid, &mut part);
        part
    }

    /// Whether a row names an indicator that the part has already.
    fn repeats(&self, grid: &Grid, part: &CardPart, row: u32) -> bool {
        let named = self.names.exactly(&grid.text(row, part.layout.name));
        named.is_some_and(|indicator| part.entries.iter().any(|entry| entry.indicator == indicator))
    }

    /// Takes a row in; true when it belongs to the table.
    fn row(&self, grid: &Grid, part: &mut CardPart, row: u32) -> bool {
        let layout = part.layout.clone();
        let name = grid.seen(row, layout.name);
        if let (Some((at, _)), Some(entry)) = (name, part.entries.last_mut())
            && at == entry.name
        {
            return entry.take_row(grid, &layout, row);
        }
        if part.is_own_subtotal(grid, row) {
            return true;
        }
        // 合计5.64分 in the score cell of an indicator closes nothing.
        if let Some((at, cell)) = name.filter(|(at, _)| at.row == row) {
            let written = raw(&cell.value);
            if self.names.exactly(&written).is_some() && self.sections.exactly(&written).is_none() {
                return self.named_row(grid, part, at, &written);
            }
        }
        if let Some(closing) = closing_of(grid, &layout, row, self.section_before(part), &self.sections, self.card) {
            part.closing.extend(closing);
            return true;
        }
        match name {
            Some((at, cell)) if at.row == row => self.named_row(grid, part, at, &raw(&cell.value)),
            Some(_) => false,
            None => part.goes_on(grid, row),
        }
    }

    fn named_row(&self, grid: &Grid, part: &mut CardPart, at: Address, written: &str) -> bool {
        match self.names.find(written) {
            Some((indicator, how)) => {
                part.entries.push(Entry::new(grid, &part.layout, at, indicator, how));
                true
            }
            None if part.layout.is_scored(grid, at.row) && !is_about_people(grid.vocabulary(), written) => {
                if let Some(indicator) = self.names.exactly(before_explanation(written)) {
                    part.entries.push(Entry::new(grid, &part.layout, at, indicator, How::Exact));
                    return true;
                }
                part.unknown.push(at);
                true
            }
            None => false,
        }
    }

    /// The section of the indicator last read.
    fn section_before(&self, part: &CardPart) -> Option<&'a str> {
        let indicator = self.card.indicators.get(part.entries.last()?.indicator)?;
        Some(indicator.section.as_str())
    }

    /// Rows that name the same indicator one below the other, each with its share of the points, are one indicator.
    fn join_repeated(&self, grid: &Grid, part: &mut CardPart) {
        let mut joined: Vec<Entry> = Vec::new();
        let mut entries = std::mem::take(&mut part.entries).into_iter().peekable();
        while let Some(mut entry) = entries.next() {
            let mut followers = Vec::new();
            let mut last = entry.last_row;
            while let Some(next) =
                entries.next_if(|next| next.indicator == entry.indicator && next.name.row == last + 1)
            {
                last = next.last_row;
                followers.push(next);
            }
            let all: Vec<Address> =
                entry.points.iter().chain(followers.iter().flat_map(|next| &next.points)).copied().collect();
            let points = self.card.indicators.get(entry.indicator).and_then(|indicator| indicator.points);
            if !followers.is_empty() && all.len() == followers.len() + 1 && sum(grid, &all) == points {
                followers.into_iter().for_each(|next| entry.join(next));
                joined.push(entry);
            } else {
                joined.push(entry);
                joined.extend(followers);
            }
        }
        part.entries = joined;
    }
}

/// The name before `：` or a line break, where an explanation follows it in one cell.
fn before_explanation(written: &str) -> &str {
    let end = written.char_indices().find(|(at, c)| *at > 0 && matches!(c, '：' | ':' | '\n')).map(|(at, _)| at);
    end.and_then(|end| written.get(..end)).unwrap_or_default()
}

fn sum(grid: &Grid, cells: &[Address]) -> Option<Decimal> {
    cells.iter().try_fold(Decimal::ZERO, |sum, at| sum.checked_add(number_at(grid, *at)?))
}

/// A line of its own that says whose scores follow, and they are not the department's: 财政初核.
fn begins_anothers(grid: &Grid, row: u32) -> bool {
    let mut cells = grid.cells_of(row);
    match (cells.next(), cells.next()) {
        (Some((_, cell)), None) => {
            matches!(&cell.value, Value::Text(text) if grid.vocabulary().headings.not_claimed.within(&key(text)))
        }
        _ => false,
    }
}

/// Labels below a table that are no indicators, whatever stands beside them.
fn is_about_people(vocabulary: &Vocabulary, written: &str) -> bool {
    let key = key(written);
    let words = &vocabulary.labels.people;
    words.iter().any(|word| key.starts_with(word)) || key.chars().count() > 40
}

impl CardPart {
    /// Its plain total has been stated.
    fn is_closed(&self) -> bool {
        self.closing.iter().any(|closing| matches!(closing, Closing::Total { plain: true, value: Some(_), .. }))
    }

    /// 小计 below the criteria of one indicator, with that indicator's points: the sum of what stands above it, and of no section.
    fn is_own_subtotal(&self, grid: &Grid, row: u32) -> bool {
        let (Some(entry), Some(columns)) = (self.entries.last(), self.layout.points) else { return false };
        let stated = number_at(grid, cell_of(grid, columns, row));
        let all: Vec<Address> = entry.points.iter().chain(&entry.points_below).copied().collect();
        let has_criteria = entry.last_row + 1 == row && all.len() > 1;
        has_criteria && stated.is_some() && says_sum(grid, row) && sum(grid, &all) == stated
    }

    /// A row without a name: one more criterion of the indicator above it, when it says so in words and has a score, or its own
    /// part of the points where the score stands above for all.
    fn goes_on(&mut self, grid: &Grid, row: u32) -> bool {
        let layout = &self.layout;
        let Some(entry) = self.entries.last_mut() else { return false };
        let in_words = grid.cells_of(row).any(|(at, cell)| {
            at.column > layout.name && matches!(&cell.value, Value::Text(text) if text.chars().count() > 3)
        });
        let named = grid.cells_of(row).any(|(at, _)| at.column < layout.name);
        if entry.last_row + 1 != row || named || !in_words {
            return false;
        }
        if number_at(grid, layout.score_cell(grid, row)).is_some() {
            return entry.take_row(grid, layout, row);
        }
        let points = layout.points.map(|columns| cell_of(grid, columns, row));
        points.filter(|at| number_at(grid, *at).is_some()).is_some_and(|at| entry.take_points(at, row))
    }
}
