//! Texts around a value that may narrow what is meant: it is then no more than a candidate.

use super::{Name, Piece, Reader, WIDEST};
use crate::submission::headers::{BaseColumn, bare, base_column};
use crate::submission::scope::Scope;
use crate::submission::units_said::is_unit;
use crate::workbook::{Address, Cell, Value};

/// What stands before a text in its row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Start,
    Label,
    Value,
}

impl<'g, 'w, 'b, 'a> Reader<'g, 'w, 'b, 'a> {
    /// The first text around a value that is not plain: another cell of its row, a heading over it, a line over its table. A
    /// text that may narrow what is meant makes the value no more than a candidate.
    pub(super) fn stranger(&self, name: &Name) -> Option<String> {
        let by_row = self.strangers.iter().filter(|piece| !name.used.contains(&piece.at)).map(|piece| &*piece.text);
        let by_place = name.around.iter().map(|text| &**text).filter(|text| !self.plain.is_plain(text));
        by_row.chain(by_place).chain(self.over.as_deref()).next().map(str::to_owned)
    }

    /// The texts of a row that are neither labels nor values nor units nor evidence, and that are not plain.
    pub(super) fn strangers_of(&mut self, cells: &[(Address, &Cell)]) -> Vec<Piece> {
        let answers = &self.vocabulary().quantities.answers;
        let (mut strangers, mut before) = (Vec::new(), Before::Start);
        let mut last: &str = "";
        for (place, (at, cell)) in cells.iter().enumerate() {
            let Value::Text(text) = &cell.value else {
                before = Before::Value;
                continue;
            };
            let is_label = self.known(text).fact.is_some();
            let leads_figure = matches!(cells.get(place + 1), Some((_, Cell { value: Value::Number(_), .. })));
            before = match () {
                () if is_label => Before::Label,
                // A unit stands behind something: 例 before a label says that this is an example.
                () if is_unit(self.vocabulary(), text) && before != Before::Start => before,
                () if is_unit(self.vocabulary(), text) => {
                    strangers.push(Piece { at: *at, text: text.as_str().into() });
                    before
                }
                () if before == Before::Label || self.values.contains(&at.column) || text == last => Before::Value,
                () if answers.yes.contains(text) || answers.no.contains(text) => Before::Value,
                () if self.is_under_fact(*at) => Before::Value,
                () if self.evidence(text).is_some() || self.plain.holds_pairs(text) => before,
                () if self.is_under(*at, BaseColumn::Evidence) => before,
                // 按规定公开 / 公开但不合要求 / 未公开: what there is to choose from.
                () if text.contains('/') && self.is_under(*at, BaseColumn::Unit) => before,
                () if self.plain.is_plain(text)
                    && Scope::of(self.vocabulary(), text, self.base.year()).off().is_none() =>
                {
                    before
                }
                // Another pair: its label before its own figure.
                () if before == Before::Value && leads_figure => Before::Label,
                () => {
                    strangers.push(Piece { at: *at, text: text.as_str().into() });
                    before
                }
            };
            last = text;
        }
        strangers
    }

    /// Whether the heading over a cell says that this stands under it: evidence and units narrow nothing.
    pub(super) fn is_under(&self, at: Address, column: BaseColumn) -> bool {
        let says =
            |piece: &Piece| base_column(self.vocabulary(), &bare(self.vocabulary(), &piece.text)) == Some(column);
        self.heads.get(&at.column).is_some_and(|heads| heads.pieces.iter().any(says))
    }

    /// The texts merged into a row from above that are not plain: 少儿馆 before both rows of its figures.
    pub(super) fn strangers_from_above(&mut self, row: u32, cells: &[(Address, &Cell)]) -> Vec<Piece> {
        let Some((last, _)) = cells.last() else { return Vec::new() };
        let grid = self.grid;
        let seen = (0..=last.column.min(WIDEST)).filter_map(|column| grid.seen(row, column));
        let merged = seen.filter(|(at, _)| at.row < row);
        let mut strangers: Vec<Piece> = Vec::new();
        for (at, cell) in merged {
            let Value::Text(text) = &cell.value else { continue };
            let is_new = strangers.last().is_none_or(|last| last.at != at);
            if is_new && !self.is_taken(at) && self.known(text).fact.is_none() && !self.plain.is_plain(text) {
                strangers.push(Piece { at, text: text.as_str().into() });
            }
        }
        strangers
    }
}
