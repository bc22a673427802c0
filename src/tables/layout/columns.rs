//! Headings above, labels before, and what stands below a heading that spans several columns.

use super::{DEEPEST, ENOUGH, Laid, LayoutReader};
use crate::tables::content::{ContentKind, numbering};
use crate::tables::evidence::{Head, asking, cells, head, pairs};
use crate::tables::field::Rect;
use crate::tables::model::{Layout, Role};

impl<'f> LayoutReader<'f> {
    /// Headings above, labels before.
    pub(super) fn columns(&mut self, rect: Rect, head: Head, certain: bool, depth: usize) {
        let body = Rect { top: rect.top + head.height, ..rect };
        let corner = self.field.at(rect.top, rect.left);
        for spot in cells(self.field, Rect { bottom: body.top - 1, ..rect }) {
            let sure = if Some(spot) == corner { self.is_sure_corner(&head) } else { true };
            let total = self.field.spots[spot].content.total && Some(spot) != corner;
            // The heading of a total is a heading too.
            self.mark(spot, if total { Role::Total } else { Role::ColumnHeading }, certain && sure && !total);
        }
        for row in body.top..=body.bottom {
            self.body_row(row, body, &head, certain);
        }
        let labels = head.labels;
        let names = head.first_contrast.map_or(labels, |first| (first - rect.left).max(labels));
        self.parts.push(Laid {
            rect,
            layout: Layout::Columns,
            height: head.height,
            labels,
            names,
            certain,
            inner: false,
        });
        self.nested(rect, body, depth);
    }

    /// Whether the corner names the labels below rather than the headings to its right.
    pub(super) fn is_sure_corner(&self, head: &Head) -> bool {
        let transposed = head.total_above || head.asked_beside.0 * 2 >= head.asked_beside.1 || head.rows > 0;
        head.height > 1
            || !head.listed && !head.total_above && (head.total || head.contrasts > 0 && head.plain > 0 && !transposed)
    }

    pub(super) fn body_row(&mut self, row: usize, body: Rect, head: &Head, certain: bool) {
        let spots = self.field.row(row, body);
        let beside: Vec<usize> =
            spots.iter().copied().filter(|&spot| self.field.rect(spot).left >= body.left + head.labels).collect();
        let heads_again = head.contrasts > 0 && self.heads_again(&beside);
        for &spot in &spots {
            let own = self.field.rect(spot);
            if own.top.max(body.top) != row {
                continue;
            }
            let total = self.field.spots[spot].content.total;
            let area = body.left + head.labels.max(if own.left <= body.left { own.width() } else { 0 });
            let (role, sure) = match own.left < body.left + head.labels && own.right < area {
                true if total => (Role::Total, true),
                true if heads_again => (Role::RowHeading, false),
                true => (Role::RowHeading, self.is_sure_label(spot, row, body, head)),
                false if heads_again => (Role::ColumnHeading, true),
                false => (Role::Value, self.is_sure_entry(spot, row, body, head)),
            };
            self.mark(spot, role, certain && sure);
        }
    }

    pub(super) fn is_sure_label(&self, spot: usize, row: usize, body: Rect, head: &Head) -> bool {
        let content = &self.field.spots[spot].content;
        let (own, whole) = (self.field.rect(spot), self.field.whole());
        // Alone in its row it can head the rows below.
        let heads = self.field.row(row, body).len() == 1 && (content.text.ends_with(':') || self.leads(row, body));
        // One row under headings within a larger table can be a row of entries without a label.
        let only = body.height() == 1 && body.bottom < whole.bottom
            || body.height() < 3 && body.top > whole.top + 1 + head.height;
        let long_number = content.text.len() > 4 && content.text.bytes().all(|b| b.is_ascii_digit());
        // A second label beside few others can be a heading or an entry.
        let second = own.left > body.left && !head.split;
        !heads && !only && !long_number && !second && content.kind != ContentKind::Nothing
    }

    pub(super) fn is_sure_entry(&self, spot: usize, row: usize, body: Rect, head: &Head) -> bool {
        let content = &self.field.spots[spot].content;
        let own = self.field.rect(spot);
        let left = own.left.checked_sub(1).filter(|&left| left >= body.left).and_then(|left| self.field.at(row, left));
        let under = left.is_some_and(|left| self.field.rect(left).height() > own.height());
        let parted = head.parents && (under || content.kind != ContentKind::Number);
        // Beside a number that is its row's label a number can be a second one.
        let numbered = own.left == body.left + 1
            && self.field.content(row, body.left).is_some_and(|label| label.kind == ContentKind::Number);
        // Texts before figures can name them, as labels of their own.
        let names = head.last_contrast.is_some_and(|last| own.left < last) && !content.is_value();
        !content.asks && !content.total && !parted && !numbered && !names
    }

    /// Whether the label of a row stands over deeper ones.
    pub(super) fn leads(&self, row: usize, body: Rect) -> bool {
        let text = |row: usize| self.field.content(row, body.left).map(|content| content.text.as_str());
        let (Some(own), Some(next)) = (text(row), (row < body.bottom).then(|| text(row + 1)).flatten()) else {
            return false;
        };
        let part = self.words.tables.parts.starts(next);
        part || numbering(own, self.words).is_some_and(|own| numbering(next, self.words).is_none_or(|next| next > own))
    }

    /// Several words that ask, where figures stand in the other rows.
    pub(super) fn heads_again(&self, spots: &[usize]) -> bool {
        let contents: Vec<_> = spots.iter().map(|&spot| &self.field.spots[spot].content).collect();
        let (asks, all) = asking(contents.iter().copied());
        let distinct = contents.iter().any(|content| content.text != contents[0].text);
        distinct && contents.iter().all(|content| content.is_text()) && asks * 4 >= all * 3
    }

    /// What stands below a heading that is merged over several columns without headings of its own for each.
    pub(super) fn nested(&mut self, rect: Rect, body: Rect, depth: usize) {
        let lowest = self.field.row(body.top - 1, rect);
        for spot in lowest {
            let own = self.field.rect(spot);
            if own.left >= own.right || own.left <= rect.left {
                continue;
            }
            for (top, bottom) in self.groups(body) {
                let inner = Rect { top, bottom, left: own.left, right: own.right.min(rect.right) };
                if (top..=bottom).any(|row| self.field.row(row, inner).len() > 1) {
                    self.inner(inner, depth + 1);
                }
            }
        }
    }

    /// The rows that belong together by the label before them.
    pub(super) fn groups(&self, body: Rect) -> Vec<(usize, usize)> {
        let mut groups = Vec::new();
        let mut top = body.top;
        while top <= body.bottom {
            let bottom =
                self.field.at(top, body.left).map_or(top, |spot| self.field.rect(spot).bottom.min(body.bottom));
            groups.push((top, bottom.max(top)));
            top = bottom.max(top) + 1;
        }
        groups
    }

    pub(super) fn inner(&mut self, rect: Rect, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        if let Some(chunks) = self.repeated(rect) {
            return chunks.into_iter().for_each(|chunk| self.inner(chunk, depth + 1));
        }
        let pairs = pairs(self.field, rect);
        let found = head(self.field, rect, self.words).filter(|head| head.signs() >= ENOUGH);
        if pairs.likely() {
            self.pairs(rect, true);
        } else if let Some(head) = found {
            self.columns(rect, head, true, depth);
        } else {
            for spot in cells(self.field, rect) {
                if let Some(mark) = self.marks[spot].as_mut() {
                    mark.certain = false;
                }
            }
        }
    }
}
