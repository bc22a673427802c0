//! The scorecard: indicators, claimed scores, stated points, evidence; and what stands below it (total, grade, subtotals).

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::closing::{Closing, closing_of};
use super::grid::{Grid, raw};
use super::headers::{CardColumn, Header, Heading, KpiColumn};
use super::layout::{Layout, cell_of, number_at};
use super::names::{How, Names, key};
use super::scope::Scope;
use super::unused;
use super::values::{Flaw, evidence, typed};
use super::{Claim, ClaimedScore, Sourced};
use crate::audit::{NotUsed, Source};
use crate::quantity::{Understood, score};
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

/// One indicator of a part, with all rows that belong to it.
pub struct Entry {
    /// Its place in the card.
    pub indicator: usize,
    /// How its name was matched.
    pub how: How,
    /// Where its name stands.
    pub name: Address,
    /// Its score cells, from the top; never empty.
    pub scores: Vec<Address>,
    /// Its cells in each like column of scores.
    rivals: Vec<Vec<Address>>,
    /// All its columns of scores are said to be final.
    is_final: bool,
    /// Its 分值 cells, from the top.
    pub points: Vec<Address>,
    /// Evidence named in its rows.
    pub evidence: Vec<(Address, String)>,
    /// Its last row.
    last_row: u32,
}

/// A heading from this plainness on says that the department gave the score: 自评得分, 单位评分.
const SAID_TO_BE_OWN: u8 = 3;
/// Two columns stand under one heading where so many rows have a score in both; fewer are slips.
const SIDE_BY_SIDE: usize = 3;
/// No card is wider, in columns.
const WIDEST: u32 = 64;

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

    fn layout(&self, grid: &Grid, header: &Header, end: u32) -> Option<Layout> {
        let roles: Vec<(&Heading, Option<CardColumn>)> =
            header.headings.iter().map(|heading| (heading, heading.roles.card)).collect();
        let column_of = |wanted: CardColumn| {
            roles.iter().find(|(_, role)| *role == Some(wanted)).map(|(heading, _)| heading.columns)
        };
        let rows = grid.rows_within(header.rows.1 + 1, end);
        let columns = self.score_columns(grid, &roles);
        let left = self.score_columns_left(grid, &roles, &columns);
        let parts: Vec<(u32, u32)> = columns.iter().flat_map(|columns| parted(grid, *columns, rows)).collect();
        let score = *parts.first()?;
        let rivals: Vec<(u32, u32)> =
            parts.iter().skip(1).copied().filter(|rival| says_more(grid, score, *rival, rows)).collect();
        // Of two columns under one heading neither is said to be final.
        let is_final = parts == columns
            && roles
                .iter()
                .filter(|(heading, _)| columns.contains(&heading.columns))
                .all(|(heading, _)| Scope::of(grid.vocabulary(), &heading.pieces.join(" "), self.year).is_last());
        roles.iter().find(|(_, role)| matches!(role, Some(CardColumn::Name | CardColumn::Above)))?;
        let name = self.name_column(grid, header, &roles, end)?;
        let not_claims = roles.iter().filter(|(heading, role)| {
            !(heading.columns.0..=heading.columns.1).contains(&score.0)
                && (matches!(role, Some(CardColumn::Score(_) | CardColumn::Points))
                    || is_of_scores(grid.vocabulary(), heading))
        });
        Some(Layout {
            columns: header.columns,
            name,
            score,
            points: beside(
                name,
                roles.iter().filter(|(_, role)| *role == Some(CardColumn::Points)).map(|(heading, _)| heading.columns),
            ),
            evidence: column_of(CardColumn::Evidence),
            rivals,
            is_final,
            left,
            others: not_claims.map(|(heading, _)| heading.columns).collect(),
        })
    }

    /// The columns that may hold the claims: those that say most plainly that the department gave the score, of them those
    /// that no word decides against (终评 over 初评), the visible ones first. What the bureau gave is no claim at all.
    fn score_columns(&self, grid: &Grid, roles: &[(&Heading, Option<CardColumn>)]) -> Vec<(u32, u32)> {
        let plainness = |role: &Option<CardColumn>| match role {
            Some(CardColumn::Score(plainness)) => Some(*plainness),
            _ => None,
        };
        let scored: Vec<((u32, u32), u8, Scope)> = roles
            .iter()
            .filter_map(|(heading, role)| {
                let scope = Scope::of(grid.vocabulary(), &heading.pieces.join(" "), self.year).of_score();
                Some((heading.columns, plainness(role)?, scope))
            })
            .collect();
        let fit: Vec<_> = scored.iter().filter(|(_, _, scope)| scope.off().is_none()).copied().collect();
        let fit = if fit.is_empty() { scored } else { fit };
        let own: Vec<_> = fit.iter().filter(|(_, plainness, _)| *plainness >= SAID_TO_BE_OWN).copied().collect();
        let own = if own.is_empty() { fit } else { own };
        let left: Vec<_> =
            own.iter().filter(|(_, _, scope)| !own.iter().any(|(_, _, other)| other.beats(*scope))).copied().collect();
        let most = left.iter().map(|(_, plainness, _)| *plainness).max();
        let mut columns: Vec<(u32, u32)> = left
            .into_iter()
            .filter(|(_, plainness, _)| Some(*plainness) == most)
            .map(|(columns, ..)| columns)
            .collect();
        // Of like columns the visible ones are meant, where there are any.
        if columns.iter().any(|columns| !grid.sheet.is_column_hidden(columns.0)) {
            columns.retain(|columns| !grid.sheet.is_column_hidden(columns.0));
        }
        columns
    }

    /// Columns of the department's scores that a word decides against, with the reason.
    fn score_columns_left(
        &self,
        grid: &Grid,
        roles: &[(&Heading, Option<CardColumn>)],
        chosen: &[(u32, u32)],
    ) -> Vec<((u32, u32), NotUsed)> {
        let scored = roles.iter().filter(|(_, role)| matches!(role, Some(CardColumn::Score(_))));
        let others = scored.filter(|(heading, _)| !chosen.contains(&heading.columns));
        others
            .map(|(heading, _)| {
                let scope = Scope::of(grid.vocabulary(), &heading.pieces.join(" "), self.year).of_score();
                (heading.columns, scope.off().map_or(NotUsed::LikeColumn, unused::why))
            })
            .collect()
    }

    /// The column in which most indicators are named; where none is, the one that the header says.
    fn name_column(
        &self,
        grid: &Grid,
        header: &Header,
        roles: &[(&Heading, Option<CardColumn>)],
        end: u32,
    ) -> Option<u32> {
        let rows = grid.rows_within(header.rows.1 + 1, end);
        let named =
            |column: u32| rows.iter().filter(|&&row| self.names.exactly(&grid.text(row, column)).is_some()).count();
        let role_of = |column: u32| {
            roles
                .iter()
                .find(|(heading, _)| (heading.columns.0..=heading.columns.1).contains(&column))
                .and_then(|(_, role)| *role)
        };
        let columns = header.columns.0..=header.columns.1.min(header.columns.0.saturating_add(WIDEST));
        let best = columns
            .map(|column| (column, role_of(column)))
            .filter(|(_, role)| matches!(role, None | Some(CardColumn::Name | CardColumn::Above)))
            .map(|(column, role)| (named(column), role == Some(CardColumn::Name), column))
            .max_by_key(|(count, is_name, column)| (*count, *is_name, std::cmp::Reverse(*column)))?;
        (best.0 > 0 || best.1).then_some(best.2)
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

/// Of several columns the one beside the name: the nearest to its right, else the nearest to its left.
fn beside(name: u32, columns: impl Iterator<Item = (u32, u32)>) -> Option<(u32, u32)> {
    columns.min_by_key(|columns| (columns.0 < name, columns.0.abs_diff(name)))
}

/// Whether the second of two columns of scores says in any row what the first does not say.
pub fn says_more(grid: &Grid, one: (u32, u32), other: (u32, u32), rows: &[u32]) -> bool {
    rows.iter().any(|row| {
        let of = |columns| number_at(grid, cell_of(grid, columns, *row));
        of(other).is_some_and(|other| of(one) != Some(other))
    })
}

/// The columns of scores under one heading: where two of them stand there, nobody can say which is the claim, and each may be.
fn parted(grid: &Grid, columns: (u32, u32), rows: &[u32]) -> Vec<(u32, u32)> {
    let all = columns.0..=columns.1.min(columns.0.saturating_add(WIDEST));
    let scores_in = |row: u32| -> Vec<u32> {
        let cells = all.clone().filter_map(|column| Some((column, grid.seen(row, column)?.0)));
        let own = cells.filter(|(column, at)| at.row == row && at.column == *column);
        own.filter(|(_, at)| number_at(grid, *at).is_some()).map(|(column, _)| column).collect()
    };
    let by_row: Vec<Vec<u32>> = rows.iter().map(|row| scores_in(*row)).collect();
    if by_row.iter().filter(|scores| scores.len() > 1).count() < SIDE_BY_SIDE {
        return vec![columns];
    }
    let held: BTreeSet<u32> = by_row.into_iter().flatten().collect();
    held.into_iter().map(|column| (column, column)).collect()
}

/// The name before `：` or a line break, where an explanation follows it in one cell.
fn before_explanation(written: &str) -> &str {
    let end = written.char_indices().find(|(at, c)| *at > 0 && matches!(c, '：' | ':' | '\n')).map(|(at, _)| at);
    end.and_then(|end| written.get(..end)).unwrap_or_default()
}

fn sum(grid: &Grid, cells: &[Address]) -> Option<Decimal> {
    cells.iter().try_fold(Decimal::ZERO, |sum, at| sum.checked_add(number_at(grid, *at)?))
}

/// A column of scores that are not the department's: the bureau's, last year's.
fn is_of_scores(vocabulary: &Vocabulary, heading: &Heading) -> bool {
    vocabulary.headings.of_scores.iter().any(|word| heading.whole.contains(word)) && heading.whole.chars().count() <= 8
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

    /// A row without a name: one more criterion of the indicator above it, when it says so in words and has a score.
    fn goes_on(&mut self, grid: &Grid, row: u32) -> bool {
        let layout = &self.layout;
        let Some(entry) = self.entries.last_mut() else { return false };
        let in_words = grid.cells_of(row).any(|(at, cell)| {
            at.column > layout.name && matches!(&cell.value, Value::Text(text) if text.chars().count() > 3)
        });
        let named = grid.cells_of(row).any(|(at, _)| at.column < layout.name);
        if entry.last_row + 1 != row || named || !in_words || number_at(grid, layout.score_cell(grid, row)).is_none() {
            return false;
        }
        entry.take_row(grid, layout, row)
    }
}

impl Entry {
    fn new(grid: &Grid, layout: &Layout, name: Address, indicator: usize, how: How) -> Entry {
        let mut entry = Entry {
            indicator,
            how,
            name,
            scores: Vec::new(),
            rivals: vec![Vec::new(); layout.rivals.len()],
            is_final: layout.is_final,
            points: Vec::new(),
            evidence: Vec::new(),
            last_row: name.row,
        };
        entry.take_row(grid, layout, name.row);
        entry
    }

    fn take_row(&mut self, grid: &Grid, layout: &Layout, row: u32) -> bool {
        self.last_row = row;
        take(&mut self.scores, layout.score_cell(grid, row));
        for (cells, columns) in self.rivals.iter_mut().zip(&layout.rivals) {
            take(cells, cell_of(grid, *columns, row));
        }
        if let Some(columns) = layout.points {
            take(&mut self.points, cell_of(grid, columns, row));
        }
        if let Some(columns) = layout.evidence {
            let at = cell_of(grid, columns, row);
            if let Some(named) = evidence(grid.vocabulary(), &grid.text(at.row, at.column))
                && self.evidence.last().is_none_or(|(last, _)| *last != at)
            {
                grid.effort().keep(&named);
                self.evidence.push((at, named));
            }
        }
        true
    }

    fn join(&mut self, next: Entry) {
        next.scores.into_iter().for_each(|at| take(&mut self.scores, at));
        for (cells, others) in self.rivals.iter_mut().zip(next.rivals) {
            others.into_iter().for_each(|at| take(cells, at));
        }
        next.points.into_iter().for_each(|at| take(&mut self.points, at));
        self.evidence.extend(next.evidence);
        self.last_row = next.last_row;
    }

    /// Whether anything stands in its score cells.
    pub fn is_filled(&self, grid: &Grid) -> bool {
        self.score_cells().any(|at| {
            let seen = grid.seen(at.row, at.column);
            seen.is_some_and(|(_, cell)| {
                !matches!(typed(cell).map(|typed| score(&grid.vocabulary().quantities, typed)), Ok(Understood::Absent))
            })
        })
    }

    /// Its cells in all columns of scores.
    pub fn score_cells(&self) -> impl Iterator<Item = &Address> {
        self.scores.iter().chain(self.rivals.iter().flatten())
    }

    /// The claim, and what is wrong with its score cell. Of like columns those count that say something; where they say
    /// different things, nobody can say which of them is the claim.
    pub fn claim(&self, grid: &Grid, card: &Scorecard) -> (Claim, Option<(Flaw, Source)>) {
        let points = card.indicators.get(self.indicator).and_then(|indicator| indicator.points);
        let columns = std::iter::once(&self.scores).chain(&self.rivals);
        let mut read: Vec<_> = columns.map(|cells| claimed(grid, cells, points)).collect();
        let says_nothing =
            |(score, _, flaw): &(ClaimedScore, Source, Option<Flaw>)| *score == ClaimedScore::Missing && flaw.is_none();
        if !read.iter().all(says_nothing) {
            read.retain(|one| !says_nothing(one));
        }
        let mut read = read.into_iter();
        let nowhere = || (ClaimedScore::Missing, grid.source(self.name), None);
        let (score, source, flaw) = read.next().unwrap_or_else(nowhere);
        let mut rivals: Vec<Sourced<ClaimedScore>> = Vec::new();
        for (value, source, _) in read.filter(|(other, ..)| *other != score) {
            if rivals.iter().all(|known| known.value != value) {
                rivals.push(Sourced { value, source });
            }
        }
        let names: Vec<&str> = self.evidence.iter().map(|(_, name)| name.as_str()).collect();
        let claim = Claim {
            indicator: card.indicators.get(self.indicator).map(|indicator| indicator.id.clone()).unwrap_or_default(),
            name_written: grid.text(self.name.row, self.name.column),
            score,
            out_of: None,
            rivals,
            points_stated: stated(grid, &self.points),
            evidence: (!names.is_empty()).then(|| names.join("；")),
            source: source.clone(),
        };
        let claim = if self.is_final { claim.contradicted() } else { claim };
        (claim, flaw.map(|flaw| (flaw, source)))
    }
}

fn take(cells: &mut Vec<Address>, at: Address) {
    if cells.last() != Some(&at) {
        cells.push(at);
    }
}

/// The score that one or several cells claim together.
fn claimed(grid: &Grid, cells: &[Address], points: Option<Decimal>) -> (ClaimedScore, Source, Option<Flaw>) {
    let read: Vec<(Address, ClaimedScore, Option<Flaw>)> =
        cells.iter().map(|at| one_score(grid, *at, points)).collect();
    let filled: Vec<_> =
        read.iter().filter(|(_, score, flaw)| *score != ClaimedScore::Missing || flaw.is_some()).collect();
    let first = cells.first().copied().unwrap_or(Address { row: 0, column: 0 });
    let Some((at, score, flaw)) = filled.first() else { return (ClaimedScore::Missing, grid.source(first), None) };
    if let Some((at, score, flaw)) =
        filled.iter().find(|(_, score, flaw)| flaw.is_some() || !matches!(score, ClaimedScore::Number(_)))
    {
        return (*score, grid.source(*at), *flaw);
    }
    if filled.len() == 1 {
        return (*score, grid.source(*at), *flaw);
    }
    let numbers = filled
        .iter()
        .filter_map(|(_, score, _)| if let ClaimedScore::Number(number) = score { Some(*number) } else { None });
    let texts: Vec<String> = filled.iter().map(|(at, ..)| grid.source(*at).text).collect();
    let source = Source { text: texts.join("+"), ..grid.source(*at) };
    (together(&numbers.collect::<Vec<_>>()), source, None)
}

/// The sum of the criteria's scores; the first alone, where it already is the sum of the others.
fn together(numbers: &[Decimal]) -> ClaimedScore {
    let add = |numbers: &[Decimal]| numbers.iter().try_fold(Decimal::ZERO, |sum, number| sum.checked_add(*number));
    let rest = numbers.get(1..).and_then(add);
    match (numbers.first(), add(numbers)) {
        (Some(first), _) if rest == Some(*first) && numbers.len() > 2 => ClaimedScore::Number(*first),
        (_, Some(sum)) => ClaimedScore::Number(sum),
        _ => ClaimedScore::NotANumber,
    }
}

fn one_score(grid: &Grid, at: Address, points: Option<Decimal>) -> (Address, ClaimedScore, Option<Flaw>) {
    let Some((at, cell)) = grid.seen(at.row, at.column) else { return (at, ClaimedScore::Missing, None) };
    match typed(cell) {
        Err(Flaw::Uncalculated) => (at, ClaimedScore::Missing, Some(Flaw::Uncalculated)),
        Err(flaw @ (Flaw::Error | Flaw::Unsure)) => (at, ClaimedScore::NotANumber, Some(flaw)),
        Err(_) => (at, ClaimedScore::NotANumber, None),
        Ok(typed) => match score(&grid.vocabulary().quantities, typed) {
            // 5/6 beside 5 points is a slip somewhere: nobody can say where.
            Understood::Value(score) if score.of.is_some_and(|of| points.is_some_and(|points| points != of)) => {
                (at, ClaimedScore::NotANumber, None)
            }
            Understood::Value(score) => (at, ClaimedScore::Number(score.value), None),
            Understood::Absent => (at, ClaimedScore::Missing, None),
            _ => (at, ClaimedScore::NotANumber, None),
        },
    }
}

/// The 分值 that one or several cells state together.
fn stated(grid: &Grid, cells: &[Address]) -> Option<Sourced<Decimal>> {
    let numbers: Vec<(Address, Decimal)> = cells.iter().filter_map(|at| Some((*at, number_at(grid, *at)?))).collect();
    let (first, _) = numbers.first()?;
    let values: Vec<Decimal> = numbers.iter().map(|(_, number)| *number).collect();
    let value = match (values.as_slice(), together(&values)) {
        ([one], _) => *one,
        (_, ClaimedScore::Number(sum)) => sum,
        _ => return None,
    };
    Some(Sourced { value, source: grid.source(*first) })
}
