//! Labels with their values beside them.

use super::{Laid, LayoutReader};
use crate::tables::evidence::{alternates, asking, is_spanned, pairs};
use crate::tables::field::Rect;
use crate::tables::model::{Layout, Role};

impl<'f> LayoutReader<'f> {
    /// Labels with their values beside them.
    pub(super) fn pairs(&mut self, rect: Rect, certain: bool) {
        let spanned = pairs(self.field, rect).is_spanned() || self.together;
        let labels = if spanned { self.places_of_labels(rect) } else { self.label_columns(rect) };
        for row in rect.top..=rect.bottom {
            let spots = self.field.row(row, rect);
            for (place, &spot) in spots.iter().enumerate() {
                let own = self.field.rect(spot);
                if own.top.max(rect.top) != row {
                    continue;
                }
                let content = &self.field.spots[spot].content;
                let by_place = place.is_multiple_of(2) && spots.len().is_multiple_of(2);
                let by_column = labels[own.left.max(rect.left) - rect.left];
                let asks = content.is_text() && content.asks;
                let is_label =
                    content.is_text() && usize::from(by_place) + usize::from(by_column) + usize::from(asks) > 1;
                let agreed = by_place == is_label
                    && by_column == is_label
                    && (asks == is_label || !is_label || rect.width() > 2);
                // The first row can be the headings of what follows, unless it answers.
                let alone = is_spanned(self.field, &spots, rect);
                let first = row == rect.top && !alone && !self.answers_in(&spots) && !alternates(self.field, &spots);
                let role = if is_label { Role::RowHeading } else { Role::Value };
                // What stands beside the first of single pairs can be the name of the one entry below it.
                let names = row == self.field.whole().top && spots.len() == 2 && !is_label && !alone;
                let odd = spots.len() % 2 == 1 && place > 0;
                let beside = is_label || spots.iter().step_by(2).all(|&spot| self.is_likely_label(spot, rect, &labels));
                let apart = self.is_apart(spot, row, rect) || is_label && !alone && self.spans_begun(own, rect);
                self.mark(spot, role, certain && agreed && beside && !first && !names && !odd && !apart);
            }
        }
        self.parts.push(Laid { rect, layout: Layout::Pairs, height: 0, labels: 1, names: 1, certain, inner: false });
    }

    /// Whether a cell stands beside a tall label that holds more than one value in each row: a small table of its own.
    fn is_apart(&self, spot: usize, row: usize, rect: Rect) -> bool {
        let Some(label) = self.field.at(row, rect.left).filter(|&label| label != spot) else { return false };
        let own = self.field.rect(label);
        let (top, bottom) = (own.top.max(rect.top), own.bottom.min(rect.bottom));
        bottom > top && (top..=bottom).any(|row| self.field.row(row, rect).len() > 2)
    }

    /// Whether other rows begin cells within the columns that one spans: it may stand over both a label and its value.
    fn spans_begun(&self, own: Rect, rect: Rect) -> bool {
        (own.left.max(rect.left) + 1..=own.right.min(rect.right)).any(|column| {
            let spots = self.field.column(column, rect);
            spots.into_iter().any(|spot| self.field.rect(spot).left == column)
        })
    }

    pub(super) fn is_likely_label(&self, spot: usize, rect: Rect, labels: &[bool]) -> bool {
        let content = &self.field.spots[spot].content;
        content.is_text() && (content.asks || labels[self.field.rect(spot).left.max(rect.left) - rect.left])
    }

    pub(super) fn answers_in(&self, spots: &[usize]) -> bool {
        spots.iter().skip(1).step_by(2).any(|&spot| self.field.spots[spot].content.answers)
    }

    /// The columns in which labels stand by their place alone: whatever begins there is the first, the third … of its row.
    fn places_of_labels(&self, rect: Rect) -> Vec<bool> {
        let mut found = self.label_columns(rect);
        let mut is_label = vec![true; found.len()];
        let mut is_used = vec![false; found.len()];
        for row in rect.top..=rect.bottom {
            for (place, spot) in self.field.row(row, rect).into_iter().enumerate() {
                let column = self.field.rect(spot).left.max(rect.left) - rect.left;
                let content = &self.field.spots[spot].content;
                is_label[column] &= place.is_multiple_of(2) && content.is_text() && !content.long;
                is_used[column] = true;
            }
        }
        for (column, found) in found.iter_mut().enumerate() {
            *found |= is_label[column] && is_used[column];
        }
        found
    }

    /// The columns most of whose texts ask.
    pub(super) fn label_columns(&self, rect: Rect) -> Vec<bool> {
        let column = |column: usize| {
            let spots = self.field.column(column, rect);
            let own = spots.iter().filter(|spot| self.field.rect(**spot).left.max(rect.left) == column);
            let (asks, all) = asking(own.map(|spot| &self.field.spots[*spot].content));
            all > 0 && asks * 2 >= all
        };
        (rect.left..=rect.right).map(column).collect()
    }
}
