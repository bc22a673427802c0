//! The labels around a value, and the fact that they name: beside it, above it, or where two of them cross.

use std::borrow::Cow;
use std::rc::Rc;

use super::{Heads, LONGEST_LABEL, MOST_TURNED, Meaning, Name, Piece, Reader};
use crate::audit::NotUsed;
use crate::contract;
use crate::quantity::{Typed, Understood, yes_no};
use crate::submission::base_data::Left;
use crate::submission::grid::raw;
use crate::submission::headers::{BaseColumn, bare, base_column, year_of};
use crate::submission::names::{Labelled, key};
use crate::submission::plain_words::{names_filer, pairs_in, states_unit};
use crate::submission::scope::{Off, Scope};
use crate::submission::units_said::is_unit;
use crate::submission::values::evidence;
use crate::workbook::{Address, Cell, Value};

/// So far to the left a label is looked for, in columns.
const FARTHEST: u32 = 16;

/// Headings of so many rows stand over one column at most.
const HIGHEST: usize = 4;

/// In a table turned on its side a value and its evidence are so many rows apart at most: the unit may stand between.
const NEXT_ROWS: u32 = 2;

/// A piece of a crossed name has at least so many characters: a single one says too little.
const SHORTEST_PIECE: usize = 2;

/// And both together so many: 编外 and 人员, 项目 and 总数 cross in many a table.
const SHORTEST_CROSSED: usize = 6;

/// So many different texts of one sheet are looked up; forms have some hundreds, and only lists and made ones more.
const MOST_TEXTS: usize = 4_000;

/// What a mark says under 是 or 否.
pub(super) enum Tick {
    Says(&'static str),
    Nothing,
}

impl<'g, 'w, 'b, 'a> Reader<'g, 'w, 'b, 'a> {
    pub(super) fn known(&mut self, text: &str) -> Meaning {
        if text.chars().nth(LONGEST_LABEL).is_some() {
            return Meaning::default();
        }
        if let Some(known) = self.known.get(text) {
            return known.clone();
        }
        if self.known.len() >= MOST_TEXTS {
            return Meaning::default();
        }
        let known = Meaning { fact: self.base.names().surely(text) };
        self.known.insert(text.to_owned(), known.clone());
        known
    }

    /// The fact that the labels around a value name without doubt, its label, and the other words around.
    pub(super) fn named(&mut self, left: &[Piece], above: &[Piece]) -> Option<Name> {
        let (row, column) = (left.first(), above.first());
        let crossings = [(row, column), (row, left.get(1)), (column, above.get(1))];
        let by_crossing = crossings.into_iter().find_map(|(one, other)| {
            let (one, other) = (one?, other?);
            Some((self.crossed(&one.text, &other.text)?, one, other))
        });
        let others = |used: &[Address]| -> Vec<Rc<str>> {
            let rest = left.iter().chain(above).filter(|piece| !used.contains(&piece.at));
            rest.map(|piece| piece.text.clone()).collect()
        };
        if let Some((found, one, other)) = by_crossing {
            let used = vec![one.at, other.at];
            let label = Piece { at: one.at, text: format!("{} {}", one.text, other.text).into() };
            let year = self.base.year();
            let period = |piece: &Piece| Scope::of(self.vocabulary(), &piece.text, year).off() == Some(Off::Period);
            let cumulates = left.iter().chain(above).any(|piece| self.says_cumulated(&piece.text));
            let of_a_period = (period(one) || period(other)) && !cumulates;
            return Some(Name { found, label, around: others(&used), used, of_a_period });
        }
        let by_row = row.and_then(|piece| Some((self.known(&piece.text).fact?, piece)));
        let by_column = column.and_then(|piece| Some((self.known(&piece.text).fact?, piece)));
        let (found, piece) = match (by_row, by_column) {
            // Two labels that name two facts: a person has to say which of them is meant.
            (Some((one, _)), Some((other, _))) if one.index != other.index => return None,
            (Some(by_row), _) => by_row,
            (None, Some(by_column)) => by_column,
            (None, None) => return self.of_the_title(left, above),
        };
        let used = vec![piece.at];
        Some(Name { found, label: piece.clone(), around: others(&used), used, of_a_period: false })
    }

    fn says_cumulated(&self, text: &str) -> bool {
        let scopes = &self.vocabulary().scopes;
        scopes.cumulated.within(text) && !scopes.single.within(text)
    }

    /// A label as a part of a name: without the report's year, and without 合计 behind it.
    fn as_piece<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let text = self.plain.of_the_year(text);
        let rest = self.vocabulary().totals.sums.longest_end(&text);
        match rest.filter(|rest| rest.chars().count() >= SHORTEST_PIECE) {
            Some(rest) => Cow::Owned(rest.to_owned()),
            None => text,
        }
    }

    /// The fact that two labels name together.
    pub(super) fn crossed(&mut self, one: &str, other: &str) -> Option<Labelled> {
        let (first, second) = (self.known(one), self.known(other));
        let names_itself = first.fact.is_some() || second.fact.is_some();
        let length = |text: &str| bare(self.vocabulary(), text).chars().count();
        let (a, b) = (length(one), length(other));
        let is_short = a.min(b) < SHORTEST_PIECE || a + b < SHORTEST_CROSSED;
        let names = self.base.names();
        let (one, other) = (self.as_piece(one), self.as_piece(other));
        if names_itself || is_short || !(names.is_piece(&one) || names.is_piece(&other)) {
            return None;
        }
        names.crossed(&one, &other)
    }

    /// The texts before a value in its row, the nearest first, down to another value; and the unit among them.
    pub(super) fn left_of(&self, at: Address) -> (Vec<Piece>, Option<String>) {
        let (mut pieces, mut unit): (Vec<Piece>, Option<String>) = (Vec::new(), None);
        for column in (at.column.saturating_sub(FARTHEST)..at.column).rev() {
            let here = Address { row: at.row, column };
            if self.is_taken(here) {
                break;
            }
            let Some((first, cell)) = self.grid.seen(at.row, column) else { continue };
            match &cell.value {
                _ if pieces.last().is_some_and(|last| last.at == first) => {}
                Value::Text(text) if pieces.is_empty() && is_unit(self.vocabulary(), text) => {
                    unit = unit.or_else(|| Some(text.clone()));
                }
                // 是 | 是 below the names of facts: each the value of its own.
                Value::Text(_) if self.is_under_fact(here) => break,
                Value::Text(text) if !self.values.contains(&column) => {
                    pieces.push(Piece { at: first, text: text.as_str().into() });
                }
                // 2019 before a row of figures.
                Value::Number(_)
                    if (column == 0 || self.is_under_years(column))
                        && year_of(self.vocabulary(), &raw(&cell.value)).is_some() =>
                {
                    pieces.push(Piece { at: first, text: raw(&cell.value).into() });
                }
                _ if pieces.is_empty() => {}
                _ => break,
            }
        }
        (pieces, unit)
    }

    /// What a row turned on its side begins with: 数据项, 佐证材料.
    pub(super) fn begins_with(&self, row: u32) -> Option<BaseColumn> {
        let (_, first) = self.grid.cells_of(row).next()?;
        let Value::Text(text) = &first.value else { return None };
        base_column(self.vocabulary(), &bare(self.vocabulary(), text))
    }

    /// Whether a row holds the names of facts behind a heading of labels: a table turned on its side.
    pub(super) fn heads_labels(&self, cells: &[(Address, &Cell)]) -> bool {
        let Some((first, rest)) = cells.split_first() else { return false };
        // 单位名称 | 核定编制数 | 年末在编人数: one row for each department.
        let is_filer = matches!(&first.1.value, Value::Text(text) if names_filer(self.vocabulary(), text));
        if !self.names_facts || !is_filer && self.begins_with(first.0.row) != Some(BaseColumn::Label) {
            return false;
        }
        let is_named = |(_, cell): &&(Address, &Cell)| matches!(&cell.value, Value::Text(text) if self.base.names().surely(text).is_some());
        rest.iter().filter(is_named).count() > 1
    }

    /// The unit above a value, in a row that is headed so.
    pub(super) fn unit_above(&self, at: Address) -> Option<String> {
        let mut rows = at.row.saturating_sub(NEXT_ROWS)..at.row;
        let row =
            rows.find(|row| self.begins_with(*row) == Some(BaseColumn::Unit)).filter(|_| self.turned.is_some())?;
        match self.grid.seen(row, at.column)? {
            (above, Cell { value: Value::Text(text), .. }) if above.row == row => {
                is_unit(self.vocabulary(), text).then(|| text.clone())
            }
            _ => None,
        }
    }

    /// The evidence below a value, in a row that is headed so.
    pub(super) fn evidence_below(&self, at: Address) -> Option<String> {
        let mut rows = at.row + 1..=at.row + NEXT_ROWS;
        let is_named = |row: &u32| self.begins_with(*row) == Some(BaseColumn::Evidence);
        let row = rows.find(is_named).filter(|_| self.turned.is_some())?;
        let (below, cell) = self.grid.seen(row, at.column)?;
        let Value::Text(text) = &cell.value else { return None };
        (below.row == row && below.column > 0).then(|| evidence(self.vocabulary(), text)).flatten()
    }

    /// Whether a cell stands in a table turned on its side, below the name of a fact.
    pub(super) fn is_under_fact(&self, at: Address) -> bool {
        let Some(from) = self.turned.filter(|from| (from + 1..=from + MOST_TURNED).contains(&at.row)) else {
            return false;
        };
        let label = self.grid.seen(from, at.column).map(|(_, cell)| &cell.value);
        matches!(label, Some(Value::Text(text)) if self.base.names().surely(text).is_some())
    }

    /// Whether a heading over a column says that years stand in it: 年度.
    pub(super) fn is_under_years(&self, column: u32) -> bool {
        let words = &self.vocabulary().years;
        let says = |piece: &Piece| words.columns.contains(key(&piece.text));
        self.heads.get(&column).is_some_and(|heads| heads.pieces.iter().any(says))
    }

    /// The headings over a value, the lowest first.
    pub(super) fn above(&self, at: Address) -> Vec<Piece> {
        self.heads.get(&at.column).map(|heads| heads.pieces.iter().rev().cloned().collect()).unwrap_or_default()
    }

    pub(super) fn take_heading(&mut self, at: Address, text: &str) {
        let answers = &self.vocabulary().quantities.answers;
        if answers.yes.contains(text) || answers.no.contains(text) || is_unit(self.vocabulary(), text) {
            return;
        }
        if self.is_caption(text) {
            return;
        }
        let area = self.grid.area(at);
        let piece = Piece { at, text: text.into() };
        let last = area.last.column.max(self.last_below(at, text));
        let columns = area.first.column..=last.min(area.first.column.saturating_add(FARTHEST));
        for column in columns.filter(|column| !self.values.contains(column)) {
            let heads = self.heads.entry(column).or_insert(Heads { pieces: Vec::new(), last: area.first.row });
            if heads.last + 1 < area.first.row {
                heads.pieces.clear();
            } else if heads.pieces.len() >= HIGHEST {
                heads.pieces.remove(0);
            }
            heads.pieces.push(piece.clone());
            heads.last = area.last.row;
        }
    }

    /// 填报单位：某局, 填报日期：3月5日 and 单位：万元 stand over a table and head none of its columns.
    fn is_caption(&self, text: &str) -> bool {
        let vocabulary = self.vocabulary();
        let labels = &vocabulary.labels;
        let is_said = |pair: Option<(&str, &str)>| {
            pair.is_some_and(|(label, value)| {
                let label = bare(vocabulary, label);
                let names_unit = labels.unit.contains(label.clone()) || labels.unit_short.contains(label.clone());
                let said = Scope::of(vocabulary, value, self.base.year());
                // Filled in during the year of the report, it holds what there was by then.
                labels.dated.contains(label) && said.off() != Some(Off::Period) || names_unit && said.is_open()
            })
        };
        states_unit(vocabulary, text) || pairs_in(text).into_iter().all(is_said)
    }

    /// The last column over which a heading stands that was not merged: 2019年 over 预算数 | 决算数, up to the next heading of its row, as
    /// long as the row below has headings.
    fn last_below(&self, at: Address, text: &str) -> u32 {
        let heads = |column: u32| {
            let below = self.grid.seen(at.row + 1, column).filter(|(below, _)| below.row == at.row + 1);
            matches!(below, Some((_, Cell { value: Value::Text(_), .. })))
        };
        let is_open = Scope::of(self.vocabulary(), text, self.base.year()).is_open();
        if is_open || !heads(at.column) {
            return at.column;
        }
        let goes_on = |column: &u32| self.grid.seen(at.row, *column).is_none() && heads(*column);
        (at.column + 1..=at.column.saturating_add(FARTHEST)).take_while(goes_on).last().unwrap_or(at.column)
    }

    /// Whether a row is the heading of columns in which a mark answers: 数据项 | 是 | 否.
    pub(super) fn heads_ticks(&mut self, cells: &[(Address, &Cell)]) -> bool {
        let answers = &self.vocabulary().quantities.answers;
        let said = cells.iter().filter_map(|(at, cell)| match &cell.value {
            Value::Text(text) if !text.chars().any(char::is_alphanumeric) => None,
            Value::Text(text) if answers.yes.contains(text.trim()) => Some((at.column, true)),
            Value::Text(text) if answers.no.contains(text.trim()) => Some((at.column, false)),
            _ => None,
        });
        let said: Vec<(u32, bool)> = said.collect();
        let heads = matches!(said[..], [(_, one), (_, other)] if one != other);
        if heads {
            self.ticked = said.into_iter().collect();
        }
        heads
    }

    /// What a mark says that stands under 是 or 否; a cross there says nothing.
    pub(super) fn ticked(&self, at: Address, cell: &Cell) -> Option<Tick> {
        let answer = *self.ticked.get(&at.column)?;
        let Value::Text(text) = &cell.value else { return None };
        if text.chars().any(char::is_alphanumeric) {
            return None;
        }
        let mark = yes_no(&self.vocabulary().quantities, Typed::Text(text));
        Some(match mark {
            Understood::Value(true) if answer => Tick::Says(contract::YES),
            Understood::Value(true) => Tick::Says(contract::NO),
            _ => Tick::Nothing,
        })
    }

    /// Remembers a figure whose label is near a fact's name.
    pub(super) fn remember_near(&mut self, at: Address, left: &[Piece], above: &[Piece]) {
        let near = left.first().into_iter().chain(above.first()).find_map(|piece| {
            let is_label = piece.text.chars().nth(LONGEST_LABEL).is_none();
            let nearest = self.base.names().nearest_of_all(&piece.text).filter(|_| is_label)?;
            Some((piece.text.to_string(), nearest))
        });
        if let Some((label, nearest)) = near {
            let source = self.grid.source(at);
            self.near.push(Left { label, source, why: NotUsed::NearName, nearest: Some(nearest) });
        }
    }
}

/// The label that leads a row of pairs, for each but the first of them: “三公”经费 of “三公”经费 | 预算数 | 6.8 | 决算数 | 4.15.
pub(super) fn lead(cells: &[(Address, &Cell)], place: usize) -> Option<Piece> {
    let is_text = |cell: &Cell| matches!(cell.value, Value::Text(_));
    let (at, Cell { value: Value::Text(text), .. }) = cells.first()? else { return None };
    let pairs = cells.get(1..)?.chunks(2);
    let all = pairs.clone().all(|pair| matches!(pair, [(_, label), (_, figure)] if is_text(label) && !is_text(figure)));
    let is_later_figure = place >= 4 && place.is_multiple_of(2);
    (all && is_later_figure).then(|| Piece { at: *at, text: text.as_str().into() })
}
