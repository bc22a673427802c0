//! The columns of a table of 绩效指标, each named by all its cells from top to bottom, and which of like ones counts.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::headings::{RowColumn, row_column, says_only_scope, without_own_words};
use super::heads::{is_second_row, numbers_columns, path, places};
use crate::quantity::fold;
use crate::submission::grid::{Grid, raw};
use crate::submission::names::key;
use crate::submission::scope::{Off, Scope, undecided};
use crate::vocabulary::Vocabulary;
use crate::workbook::{Address, Cell, Value};

/// One column.
#[derive(Debug, Clone, Copy)]
struct HeadedColumn {
    kind: RowColumn,
    scope: Scope,
    /// The heading that stands over this one and others.
    group: Option<Address>,
    /// Only the heading above says what it holds, and the lowest, which nobody knows, stands there beside others: 一标段.
    is_guessed: bool,
}

/// The columns of one header, by their first place.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    places: BTreeMap<u32, HeadedColumn>,
    /// First and last row of the header; where there is none, the first row of the table and the one before it.
    pub rows: (u32, u32),
    /// Which columns hold targets and actuals is said, or proved by what they hold. Where it is not, a row is words for somebody to
    /// judge.
    pub is_measured: bool,
}

impl Columns {
    /// The columns of the header whose names of indicators stand in the row `header`. `year`: the form's.
    pub fn of(grid: &Grid, header: u32, year: Option<i32>) -> Columns {
        let first = upper_row(grid, header).unwrap_or(header);
        let rows = (first, last_row(grid, header));
        let last = if numbers_columns(grid, rows.1 + 1) { rows.1 + 1 } else { rows.1 };
        let mut columns = Columns { rows: (first, last), is_measured: true, ..Columns::default() };
        let mut before: Vec<Address> = Vec::new();
        for place in places(grid, rows) {
            let path = path(grid, rows, place);
            let cells: Vec<Address> = path.iter().map(|(at, _)| *at).collect();
            // A heading merged over several columns is their first one's.
            if cells != before
                && let Some(kind) = kind(grid, place, &path)
            {
                let words: Vec<&str> = path.iter().map(|(_, text)| text.as_str()).collect();
                let scope =
                    Scope::in_form(grid.vocabulary(), &without_own_words(grid.vocabulary(), &words.join("，")), year);
                let is_aim = kind == RowColumn::Actual && path.last().is_some_and(|(_, text)| is_aim(grid, text));
                let scope = if is_aim { scope.of_a_draft() } else { scope };
                let group = cells.iter().rev().nth(1).copied();
                let is_guessed =
                    group.is_some() && !is_said(grid.vocabulary(), words.last().copied().unwrap_or_default());
                columns.places.insert(place, HeadedColumn { kind, scope, group, is_guessed });
            }
            before = cells;
        }
        columns.leave_guesses_beside_what_is_said();
        columns.find_cells_apart(grid);
        columns
    }

    /// A guessed column is none where one of its kind under the same heading is said to be it.
    fn leave_guesses_beside_what_is_said(&mut self) {
        let said: Vec<(RowColumn, Option<Address>)> = self
            .places
            .values()
            .filter(|column| !column.is_guessed)
            .map(|column| (column.kind, column.group))
            .collect();
        self.places.retain(|_, column| !column.is_guessed || !said.contains(&(column.kind, column.group)));
    }

    /// Whether all that may be meant by a kind is, by its heading, of a part, of a unit below, or not final: 实际完成值（初步）.
    pub fn are_of_others(&self, wanted: RowColumn) -> bool {
        let like = self.like(wanted);
        let is_off = |scope: Scope| matches!(scope.off(), Some(Off::Below | Off::Part | Off::Version));
        !like.is_empty() && like.iter().all(|(_, scope)| is_off(*scope))
    }

    /// Whether every column of the claim says that its scores are another year's, or of a time within the year: 上半年得分. They are
    /// what was claimed then, and nobody can say what is claimed now.
    pub fn scores_are_of_another_time(&self) -> bool {
        let scores = self.scores();
        let scopes = || scores.iter().filter_map(|place| self.places.get(place)).map(|column| column.scope.off());
        !scores.is_empty() && scopes().all(|off| matches!(off, Some(Off::Year | Off::Period)))
    }

    /// The column of units that belongs to a target or an actual: the one under the same heading; of several the one on that side
    /// of it on which every target and actual has one; else the first.
    pub fn unit_beside(&self, place: u32) -> Option<u32> {
        let of_kind = |wanted: &[RowColumn]| -> Vec<u32> {
            let columns = self.places.iter().filter(|(_, column)| wanted.contains(&column.kind));
            columns.map(|(place, _)| *place).collect()
        };
        let (units, measured) = (of_kind(&[RowColumn::Unit]), of_kind(&[RowColumn::Target, RowColumn::Actual]));
        let parted = |from: u32, to: u32| measured.iter().any(|other| from < *other && *other < to);
        let right = |place: u32| units.iter().copied().find(|unit| *unit > place).filter(|unit| !parted(place, *unit));
        let left = |place: u32| units.iter().copied().rfind(|unit| *unit < place).filter(|unit| !parted(*unit, place));
        let all = |side: &dyn Fn(u32) -> Option<u32>| measured.iter().all(|place| side(*place).is_some());
        if units.len() > 1 && all(&right) {
            return right(place);
        }
        if units.len() > 1 && all(&left) {
            return left(place);
        }
        self.beside(place, RowColumn::Unit)
    }

    /// The one column that may be meant by a kind; none where several may.
    pub fn only(&self, wanted: RowColumn) -> Option<u32> {
        match self.like(wanted)[..] {
            [(place, _)] => Some(place),
            _ => None,
        }
    }

    /// Whether the columns that may be meant by a kind are, for all that is known, parts of one whole: 本级 and 下属单位, 一标段 and 二标段.
    pub fn are_parts(&self, wanted: RowColumn) -> bool {
        let is_own =
            |place: &u32| self.places.get(place).is_some_and(|column| column.scope.is_own_alone() || column.is_guessed);
        let like = self.like(wanted);
        like.len() > 1 && like.iter().any(|(place, _)| is_own(place))
    }

    /// Whether a column is one of several of which no heading that anybody knows says that it is meant.
    pub fn is_guessed(&self, place: u32) -> bool {
        self.places.get(&place).is_some_and(|column| column.is_guessed)
    }

    /// No column yet, under a header of these rows: each is to be proved.
    pub fn proved(rows: (u32, u32)) -> Columns {
        Columns { rows, ..Columns::default() }
    }

    /// Adds a column that is proved to be of a kind.
    pub fn put(&mut self, place: u32, kind: RowColumn, scope: Scope) {
        self.places.insert(place, HeadedColumn { kind, scope, group: None, is_guessed: false });
    }

    /// The columns of targets and actuals.
    pub fn measures(&self) -> impl Iterator<Item = u32> {
        self.places.iter().filter(|(_, column)| column.kind.is_measure()).map(|(place, _)| *place)
    }

    /// Puts a column beside the one at `place`, under the same heading: of its own kind, or of the one given.
    pub fn copy(&mut self, place: u32, to: u32, kind: Option<RowColumn>) {
        if let Some(column) = self.places.get(&place).copied() {
            self.places.insert(to, HeadedColumn { kind: kind.unwrap_or(column.kind), ..column });
        }
    }

    /// The first column of a kind.
    pub fn find(&self, wanted: RowColumn) -> Option<u32> {
        self.places.iter().find(|(_, column)| column.kind == wanted).map(|(place, _)| *place)
    }

    /// The columns that may be meant by a kind, words having decided where they can. Figures of another year or of a time
    /// within the year are never meant; any other column is where it stands alone.
    pub fn like(&self, wanted: RowColumn) -> Vec<(u32, Scope)> {
        let of_kind = self.places.iter().filter(|(_, column)| column.kind == wanted);
        whole(of_kind.map(|(place, column)| (*place, column.scope)).collect())
    }

    /// The column of a kind that stands under the same heading as the one at `place`, else the first of that kind.
    pub fn beside(&self, place: u32, wanted: RowColumn) -> Option<u32> {
        let group = self.places.get(&place).and_then(|column| column.group);
        let mut kin = self.places.iter().filter(|(_, column)| column.kind == wanted && column.group == group);
        kin.next().map(|(place, _)| *place).filter(|_| group.is_some()).or_else(|| self.find(wanted))
    }

    /// Where no heading is a score's, the one column without a known heading that holds in every row a number up to the
    /// weight: header words that nobody listed, over values of the right kind. `end`: the row behind the table's.
    pub fn find_score(&mut self, grid: &Grid, end: u32) {
        let Some(weight) = self.weight().filter(|_| self.scores().is_empty()) else { return };
        let rows = grid.rows_within(self.rows.1 + 1, end);
        let number = |row: u32, place: u32| match grid.seen(row, place)?.1.value {
            Value::Number(number) => Some(number),
            _ => None,
        };
        let weighed: Vec<(u32, Decimal)> = rows.iter().filter_map(|&row| Some((row, number(row, weight)?))).collect();
        let is_score = |place: &u32| {
            let fits = |(row, weight): &(u32, Decimal)| {
                number(*row, *place).is_some_and(|score| (Decimal::ZERO..=*weight).contains(&score))
            };
            weighed.len() > 1 && weighed.iter().all(fits)
        };
        let unknown = places(grid, self.rows).into_iter().filter(|place| *place > weight && !self.has(*place));
        let is_others = |place: &u32| {
            let heading: String = path(grid, self.rows, *place).iter().map(|(_, text)| key(text)).collect();
            grid.vocabulary().headings.not_claimed.within(&heading)
        };
        let found: Vec<u32> = unknown.filter(is_score).filter(|place| !is_others(place)).collect();
        if let [place] = found[..] {
            let column =
                HeadedColumn { kind: RowColumn::Score(0), scope: Scope::default(), group: None, is_guessed: false };
            self.places.insert(place, column);
        }
    }

    /// Whether anything stands at a place.
    pub fn has(&self, place: u32) -> bool {
        self.places.contains_key(&place)
    }

    /// The weight of the rows stands right of their names; one further left is a section's.
    pub fn weight(&self) -> Option<u32> {
        let name = self.find(RowColumn::Name)?;
        let like = self.like(RowColumn::Weight);
        let weights: Vec<u32> = standing(&like, |(_, scope)| *scope).into_iter().map(|(place, _)| *place).collect();
        weights.iter().find(|place| **place > name).or(weights.first()).copied()
    }

    /// Whether every column of the claim says that its scores are the final ones.
    pub fn scores_are_final(&self) -> bool {
        let mut scopes = self.scores().into_iter().filter_map(|place| self.places.get(&place));
        scopes.all(|column| column.scope.is_last())
    }

    /// The columns of the claim: those whose headings say so most plainly, and that no word decides against.
    pub fn scores(&self) -> Vec<u32> {
        let scores = self.places.iter().filter_map(|(place, column)| match column.kind {
            RowColumn::Score(plain) => Some((*place, plain, column.scope)),
            _ => None,
        });
        let all: Vec<((u32, u8), Scope)> = scores.map(|(place, plain, scope)| ((place, plain), scope)).collect();
        let fit = in_scope(all.clone());
        // Whatever it is called, a score that stands alone is what is claimed.
        let fit = if fit.is_empty() { all } else { fit };
        let plainest = fit.iter().map(|((_, plain), _)| *plain).max();
        let plain: Vec<_> = fit.into_iter().filter(|((_, plain), _)| Some(*plain) == plainest).collect();
        standing(&plain, |(_, scope)| *scope).into_iter().map(|((place, _), _)| *place).collect()
    }
}

/// The same as [`in_scope`]; and 本级 beside 下属单位 is a part as well as that is, of which nobody says the whole where nothing
/// else stands there. (certainty.md, “Parts and wholes”)
pub fn whole<T: Copy>(all: Vec<(T, Scope)>) -> Vec<(T, Scope)> {
    let is_part = |scope: Scope| scope.off() == Some(Off::Below) || scope.is_own_alone();
    if all.iter().all(|(_, scope)| scope.off() != Some(Off::Below))
        || !all.iter().any(|(_, scope)| scope.is_own_alone())
    {
        return in_scope(all);
    }
    let (parts, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, scope)| is_part(*scope));
    let others = in_scope(others);
    if others.is_empty() { parts.into_iter().map(|(one, _)| (one, Scope::default())).collect() } else { others }
}

/// Those that are not off, or, where all are, those that are off by their version or their reach alone.
pub fn in_scope<T: Copy>(all: Vec<(T, Scope)>) -> Vec<(T, Scope)> {
    let fit: Vec<_> = all.iter().filter(|(_, scope)| scope.off().is_none()).copied().collect();
    if !fit.is_empty() {
        return fit;
    }
    let elsewhere = |off| matches!(off, Some(Off::Year | Off::Period));
    all.into_iter().filter(|(_, scope)| !elsewhere(scope.off())).collect()
}

/// Those that no word decides against; all of them where words speak against each.
pub fn standing<T>(items: &[T], scope: impl Fn(&T) -> Scope) -> Vec<&T> {
    let decided = undecided(items, &scope);
    if decided.is_empty() { items.iter().collect() } else { decided }
}

/// 实际完成值（计划）, 预计完成值: what is still aimed at stands under a heading of what was reached.
fn is_aim(grid: &Grid, heading: &str) -> bool {
    let words = &grid.vocabulary().headings.aimed_at;
    let folded = fold(heading);
    let inside = folded.split_once('(').map(|(_, inside)| inside).unwrap_or_default();
    words.within(inside) || words.starts(folded.trim_start())
}

/// The row above a header that names what its lower row does not: its upper half.
fn upper_row(grid: &Grid, header: u32) -> Option<u32> {
    let above = header.checked_sub(1)?;
    is_upper_row(grid, above, header).then_some(above)
}

/// Whether a row is the upper half of a header: it names the score that the lower row does not name, or what was to be reached
/// and what was reached, over cells of the lower row that say nothing of it.
pub fn is_upper_row(grid: &Grid, above: u32, header: u32) -> bool {
    let kind = |text: &str| row_column(grid.vocabulary(), text);
    let scored =
        |row: u32| grid.cells_of(row).any(|(_, cell)| matches!(kind(&raw(&cell.value)), Some(RowColumn::Score(_))));
    let is_measure = |kind: Option<RowColumn>| matches!(kind, Some(RowColumn::Target | RowColumn::Actual));
    let below = |at: Address| grid.seen(header, at.column).map(|(_, cell)| raw(&cell.value));
    let measures = |(at, cell): (Address, &Cell)| {
        is_measure(kind(&raw(&cell.value))) && below(at).is_some_and(|text| says_only_scope(grid.vocabulary(), &text))
    };
    let is_heading = |cell: &Cell| matches!(&cell.value, Value::Text(text) if kind(text) != Some(RowColumn::Name));
    let is_header = || grid.cells_of(above).all(|(_, cell)| is_heading(cell));
    !scored(header) && scored(above) || is_header() && grid.cells_of(above).any(measures)
}

/// The last row of a header that says what columns hold: as far down as the name's heading reaches, or a row that is nothing
/// but headings.
fn last_row(grid: &Grid, header: u32) -> u32 {
    let kind = |text: &str| row_column(grid.vocabulary(), text);
    let mut names = grid.cells_of(header).filter(|(_, cell)| kind(&raw(&cell.value)) == Some(RowColumn::Name));
    let name = names.next().map(|(at, _)| grid.area(at));
    let last = name.map_or(header, |area| area.last.row.max(header));
    let columns = name.map_or((u32::MAX, u32::MAX), |area| (area.first.column, area.last.column));
    let is_next = is_second_row(grid, header + 1, columns, &|text| kind(text).is_some());
    if is_next { last.max(header + 1) } else { last }
}

/// What the lowest heading says that says what the column holds. One that says nothing known takes the column away from
/// the heading above it, unless it stands first under it, or may name one of several targets or actuals.
fn kind(grid: &Grid, place: u32, path: &[(Address, String)]) -> Option<RowColumn> {
    let mut kind = None;
    for (at, text) in path {
        match row_column(grid.vocabulary(), text) {
            Some(own) => kind = Some((own, at.column)),
            None if says_only_scope(grid.vocabulary(), text) => {}
            None => {
                let may_be =
                    |kind| matches!(kind, RowColumn::Target | RowColumn::Actual) && !says_else(grid.vocabulary(), text);
                kind = kind.filter(|(kind, first)| *first == place || may_be(*kind));
            }
        }
    }
    kind.map(|(kind, _)| kind)
}

/// Whether a heading says what its column holds, or only of when or of whom it is.
fn is_said(vocabulary: &Vocabulary, text: &str) -> bool {
    row_column(vocabulary, text).is_some() || says_only_scope(vocabulary, text)
}

/// Whether a heading that nobody listed speaks of something beside the figures: how they come about, a rate of them, a remark.
fn says_else(vocabulary: &Vocabulary, text: &str) -> bool {
    let (words, own) = (&vocabulary.headings, key(text));
    [&words.about_scores, &words.funds_rate, &words.remarks, &words.evidence, &words.score, &words.not_claimed]
        .into_iter()
        .any(|list| list.within(&own))
        || own.ends_with(vocabulary.quantities.units.rates.all())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Vocabulary;

    #[test]
    fn figures_of_another_time_are_never_meant_and_a_draft_only_where_nothing_else_stands() {
        let scope = |text: &str| Scope::of(Vocabulary::builtin(), text, Some(2020));
        let places = |texts: &[&str]| -> Vec<usize> {
            in_scope(texts.iter().enumerate().map(|(place, text)| (place, scope(text))).collect())
                .into_iter()
                .map(|(place, _)| place)
                .collect()
        };
        assert_eq!(places(&["完成值（上半年）", "完成值"]), [1]);
        assert_eq!(places(&["完成值（上半年）"]), [0usize; 0]);
        assert_eq!(places(&["2019年完成值"]), [0usize; 0]);
        assert_eq!(places(&["得分（初稿）", "得分（终稿）"]), [1]);
        assert_eq!(places(&["得分（初稿）"]), [0]);
        let drafts = [scope("得分（初稿）"), scope("得分（草稿）")];
        assert_eq!(standing(&drafts, |one| *one).len(), 2);
    }
}
