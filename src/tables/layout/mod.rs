//! From the places of a table's cells to their roles: titles and notes off, then headings above or labels beside, and
//! the same again within what a heading or a label spans.

mod columns;
mod pairs;

use super::content::ContentKind;
use super::evidence::{asking, cells, head, pairs};
use super::field::{Field, Rect};
use super::model::{Layout, Role};
use crate::vocabulary::{Vocabulary, Words};

/// What is known of one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Its likeliest role.
    pub role: Role,
    /// Independent signs agree.
    pub certain: bool,
}

/// A rectangle read as one part.
#[derive(Debug, Clone, Copy)]
pub struct Laid {
    /// Where.
    pub rect: Rect,
    /// How.
    pub layout: Layout,
    /// Rows of headings.
    pub height: usize,
    /// Columns of labels.
    pub labels: usize,
    /// Columns whose texts name a row: the labels, and what stands between them and the first figures.
    pub names: usize,
    /// Independent signs agree.
    pub certain: bool,
    /// It stands where a value of a larger part does: one label's own small table.
    pub inner: bool,
}

/// Reads one table.
pub struct LayoutReader<'f> {
    field: &'f Field,
    words: &'f Vocabulary,
    /// The parts of the table taken together are pairs beyond doubt.
    together: bool,
    /// What each cell is, by its place in the field.
    pub marks: Vec<Option<Mark>>,
    /// The parts, outer ones before inner ones.
    pub parts: Vec<Laid>,
}

/// A table within a cell's span within a table: no form goes deeper.
const DEEPEST: usize = 6;
/// So many signs that do not depend on each other make a layout certain.
const ENOUGH: usize = 3;

impl<'f> LayoutReader<'f> {
    /// Reads all of a field.
    pub fn of(field: &'f Field, words: &'f Vocabulary) -> LayoutReader<'f> {
        let mut reader =
            LayoutReader { field, words, together: false, marks: vec![None; field.spots.len()], parts: Vec::new() };
        let mut rect = field.whole();
        reader.titles(&mut rect);
        reader.notes(&mut rect);
        reader.bands(rect, 0);
        reader.totals();
        reader
    }

    /// What says nothing but 合计 names a total wherever it stands, and so does a heading or a label that ends in it.
    fn totals(&mut self) {
        for (spot, mark) in self.field.spots.iter().zip(&mut self.marks) {
            let heads = mark.is_some_and(|mark| matches!(mark.role, Role::RowHeading | Role::ColumnHeading));
            let is_total = mark.is_some_and(|mark| mark.role == Role::Total);
            if !is_total && (spot.content.only_total || heads && spot.content.total) {
                *mark = Some(Mark { role: Role::Total, certain: false });
            }
        }
    }

    fn mark(&mut self, spot: usize, role: Role, certain: bool) {
        // A total is none of the entries, wherever it stands.
        let is_total = role == Role::Value && self.field.spots[spot].content.total;
        let (role, certain) = if is_total { (Role::Total, false) } else { (role, certain) };
        if let Some(mark) = self.marks.get_mut(spot) {
            *mark = Some(Mark { role, certain });
        }
    }

    /// The rows above the headings: a text over all columns or alone in its row, and the units.
    fn titles(&mut self, rect: &mut Rect) {
        while rect.height() > 1 {
            let spots = self.field.row(rect.top, *rect);
            let is_unit = self.states_unit(&spots);
            let alone = spots.len() == 1 && rect.width() > 1 && self.field.spots[spots[0]].content.is_text();
            if !is_unit && !alone {
                break;
            }
            let below = spots.iter().map(|&spot| self.field.rect(spot).bottom).max().unwrap_or(rect.top);
            if below >= rect.bottom {
                break;
            }
            for &spot in &spots {
                // A text merged over exactly the headings below can be one of them: both are seen.
                let merged = self.field.rect(spot).width() == rect.width();
                let unit = self.begins(spot, &self.words.tables.units);
                self.mark(spot, if unit || is_unit { Role::Unit } else { Role::Title }, unit || !merged && !is_unit);
            }
            rect.top = below + 1;
        }
    }

    /// A row of 单位：万元, 填报单位：某局, with a year or a day beside them.
    fn states_unit(&self, spots: &[usize]) -> bool {
        let states = |spot: usize| self.begins(spot, &self.words.tables.units) || self.field.spots[spot].content.joined;
        let dates = |spot: usize| matches!(self.field.spots[spot].content.kind, ContentKind::Year | ContentKind::Date);
        spots.iter().any(|&spot| states(spot)) && spots.iter().all(|&spot| states(spot) || dates(spot))
    }

    fn begins(&self, spot: usize, words: &Words) -> bool {
        let content = &self.field.spots[spot].content;
        let text = content.text.trim_start_matches('(');
        content.is_text() && words.starts(text)
    }

    fn notes(&mut self, rect: &mut Rect) {
        while rect.height() > 1 {
            let spots = self.field.row(rect.bottom, *rect);
            let [spot] = spots[..] else { break };
            let own = self.field.rect(spot);
            if own.top <= rect.top || !self.begins(spot, &self.words.tables.notes) {
                break;
            }
            self.mark(spot, Role::Note, own.width() == rect.width());
            rect.bottom = own.top - 1;
        }
    }

    /// Bands between rows that one text fills.
    fn bands(&mut self, rect: Rect, depth: usize) {
        let mut bands: Vec<(Option<usize>, Rect)> = Vec::new();
        let (mut top, mut over) = (rect.top, None);
        for row in rect.top..=rect.bottom {
            let Some(spot) = self.filler(row, rect) else { continue };
            if row > top {
                bands.push((over, Rect { top, bottom: row - 1, ..rect }));
            }
            let own = self.field.rect(spot);
            let last = own.bottom >= rect.bottom;
            self.mark(spot, if last { Role::Note } else { Role::ColumnHeading }, false);
            over = (!last).then_some(spot);
            top = own.bottom + 1;
        }
        if top <= rect.bottom {
            bands.push((over, Rect { top, ..rect }));
        }
        let before = self.together;
        self.together = before || self.are_pairs_together(bands.iter().map(|(_, band)| *band));
        for (over, band) in bands {
            self.band_under(over, band, depth);
        }
        self.together = before;
    }

    /// The text that fills a row from side to side.
    fn filler(&self, row: usize, rect: Rect) -> Option<usize> {
        let spots = self.field.row(row, rect);
        let [spot] = spots[..] else { return None };
        let own = self.field.rect(spot);
        let fills = rect.width() > 1 && own.left <= rect.left && own.right >= rect.right && own.top == row;
        (fills && self.field.spots[spot].content.is_text()).then_some(spot)
    }

    /// Whether several parts are pairs beyond doubt when taken together, none of them against it.
    fn are_pairs_together(&self, parts: impl Iterator<Item = Rect>) -> bool {
        let found: Vec<_> = parts.map(|part| pairs(self.field, part)).collect();
        let all = found.iter().copied().reduce(|a, b| a.plus(b));
        found.len() > 1
            && all.is_some_and(|all| all.sure())
            && found.iter().filter(|one| one.fits()).count() * 3 >= found.len() * 2
    }

    /// Whether the rows of all blocks taken together are labels with values that take all the place there is.
    fn is_spanned_together(&self, rect: Rect) -> bool {
        let all = pairs(self.field, rect);
        all.is_spanned() && all.plain > 0 && all.values.0 * 5 <= all.values.1
    }

    /// A text between two bands names the band below, if that is understood.
    fn band_under(&mut self, over: Option<usize>, rect: Rect, depth: usize) {
        let before = self.parts.len();
        self.band(rect, depth);
        let understood = self.parts.len() > before && self.parts[before..].iter().all(|part| part.certain);
        if let Some(over) = over.filter(|&over| understood && !self.field.spots[over].content.long) {
            self.mark(over, Role::ColumnHeading, true);
        }
    }

    fn band(&mut self, rect: Rect, depth: usize) {
        if rect.width() == 1 || depth > DEEPEST {
            return self.single(rect);
        }
        if let Some(rest) = self.peeled(rect) {
            let before = self.parts.len();
            self.bands(rest, depth + 1);
            // Among labels with their values it is the value of the label that was taken off.
            let is_inner = self.together;
            return self.parts[before..].iter_mut().for_each(|part| part.inner |= is_inner);
        }
        if let Some(heads) = self.spread(rect) {
            return self.under_heads(&heads, rect, depth);
        }
        if let Some(bands) = self.stacked(rect) {
            return bands.into_iter().for_each(|band| self.band(band, depth + 1));
        }
        if let Some(chunks) = self.beside(rect).or_else(|| self.repeated(rect)) {
            return chunks.into_iter().for_each(|chunk| self.band(chunk, depth + 1));
        }
        let found = head(self.field, rect, self.words);
        let pairs = pairs(self.field, rect);
        let signs = found.map_or(0, |head| head.signs());
        let long = found.is_some_and(|head| head.long);
        if self.together && pairs.fits() && signs <= ENOUGH {
            return self.pairs(rect, true);
        }
        let sure = pairs.sure() && signs < ENOUGH || !pairs.likely() && signs >= ENOUGH && !long;
        if let Some(blocks) = self.blocks(rect).filter(|_| !sure) {
            let before = self.together;
            self.together = before || self.is_spanned_together(rect);
            blocks.into_iter().for_each(|block| self.band(block, depth + 1));
            self.together = before;
            return;
        }
        match found {
            _ if pairs.likely() && signs <= ENOUGH => self.pairs(rect, sure),
            Some(head) if signs > 0 => self.columns(rect, head, sure, depth),
            _ => self.unknown(rect),
        }
    }

    /// Headings in the first row each of which is merged over labels with their values.
    fn spread(&self, rect: Rect) -> Option<Vec<usize>> {
        let heads = self.field.row(rect.top, rect);
        let wide = |&spot: &usize| {
            let own = self.field.rect(spot);
            own.right > own.left && own.bottom == rect.top && self.field.spots[spot].content.is_text()
        };
        let below = |&spot: &usize| {
            let own = self.field.rect(spot);
            pairs(self.field, Rect { top: rect.top + 1, bottom: rect.bottom, left: own.left, right: own.right })
                .likely()
        };
        let fits = heads.len() > 1 && rect.height() > 2 && heads.iter().all(wide);
        (fits && heads.iter().filter(|spot| below(spot)).count() * 2 > heads.len()).then_some(heads)
    }

    fn under_heads(&mut self, heads: &[usize], rect: Rect, depth: usize) {
        let before = self.together;
        let under = |&spot: &usize| {
            let own = self.field.rect(spot);
            Rect { top: rect.top + 1, bottom: rect.bottom, left: own.left, right: own.right.min(rect.right) }
        };
        self.together = before || self.are_pairs_together(heads.iter().map(under));
        for &spot in heads {
            let own = self.field.rect(spot);
            let below =
                Rect { top: rect.top + 1, bottom: rect.bottom, left: own.left, right: own.right.min(rect.right) };
            let before = self.parts.len();
            self.band(below, depth + 1);
            let understood = self.parts[before..].iter().all(|part| part.certain);
            self.mark(spot, Role::ColumnHeading, understood);
        }
        self.together = before;
    }

    /// Rows that only ask, each over rows that ask nothing.
    fn stacked(&self, rect: Rect) -> Option<Vec<Rect>> {
        let asks: Vec<(usize, usize)> = (rect.top..=rect.bottom)
            .map(|row| asking(self.field.row(row, rect).iter().map(|&spot| &self.field.spots[spot].content)))
            .collect();
        let is_head = |&(asks, all): &(usize, usize)| all > 1 && asks * 3 >= all * 2;
        let is_plain = |&(asks, all): &(usize, usize)| asks * 3 <= all;
        let heads: Vec<usize> = (0..asks.len()).filter(|&row| is_head(&asks[row])).collect();
        let apart = heads.windows(2).all(|pair| pair[1] > pair[0] + 1)
            && heads.last().is_some_and(|&last| last + 1 < asks.len());
        let from = heads.first().copied().unwrap_or(0);
        let plain = asks.iter().enumerate().skip(from).all(|(row, asks)| heads.contains(&row) || is_plain(asks));
        let crossed = |row: usize| {
            let own = self.field.row(rect.top + row, rect);
            own.iter().any(|&spot| self.field.rect(spot).height() > 1)
        };
        let first = *heads.first()?;
        let before = (first > 0).then(|| Rect { bottom: rect.top + first - 1, ..rect });
        let several = heads.len() > 1 || before.is_some_and(|before| pairs(self.field, before).likely());
        if !several || !apart || !plain || heads.iter().any(|&row| crossed(row)) {
            return None;
        }
        let ends = heads.iter().skip(1).map(|&row| rect.top + row - 1).chain([rect.bottom]);
        let bands = heads.iter().zip(ends).map(|(&row, bottom)| Rect { top: rect.top + row, bottom, ..rect });
        Some(before.into_iter().chain(bands).collect())
    }

    /// Where a text stands beside all rows, what is to its right is another table.
    fn beside(&self, rect: Rect) -> Option<Vec<Rect>> {
        if rect.height() < 2 {
            return None;
        }
        let column = (rect.left + 1..rect.right).find(|&column| {
            self.field.at(rect.top, column).is_some_and(|spot| {
                let own = self.field.rect(spot);
                let tall = own.top <= rect.top && own.bottom >= rect.bottom && own.left == column;
                let content = &self.field.spots[spot].content;
                let right = Rect { left: own.right.min(rect.right - 1) + 1, ..rect };
                tall && (content.asks || content.is_text() && !content.long && pairs(self.field, right).likely())
            })
        })?;
        Some(vec![Rect { right: column - 1, ..rect }, Rect { left: column, ..rect }])
    }

    /// The same headings again, side by side; those of the labels may differ (资产 | 年初数 | 期末数 | 负债 | 年初数 | 期末数).
    fn repeated(&self, rect: Rect) -> Option<Vec<Rect>> {
        let spots = self.field.row(rect.top, rect);
        let texts: Vec<&str> = spots.iter().map(|&spot| self.field.spots[spot].content.text.as_str()).collect();
        let count = texts.len();
        let period = (2..=count / 2).find(|&period| {
            let is_same = |at: usize| texts[at] == texts[at - period];
            let heads_labels =
                |at: usize| period > 2 && at.is_multiple_of(period) && self.holds_labels(spots[at], rect);
            count.is_multiple_of(period)
                && (period..count).all(|at| is_same(at) || heads_labels(at) && heads_labels(at - period))
                && texts[0] != texts[1]
                && !texts[0].is_empty()
        })?;
        let starts: Vec<usize> = spots.iter().step_by(period).map(|&spot| self.field.rect(spot).left).collect();
        let ends = starts.iter().skip(1).map(|&start| start - 1).chain([rect.right]);
        Some(starts.iter().zip(ends).map(|(&left, right)| Rect { left, right, ..rect }).collect())
    }

    /// Whether only texts stand under a heading, and figures under the one beside it.
    fn holds_labels(&self, heading: usize, rect: Rect) -> bool {
        let own = self.field.rect(heading);
        let below = |column: usize| {
            let spots = self.field.column(column, Rect { top: own.bottom + 1, ..rect });
            spots.into_iter().map(|spot| &self.field.spots[spot].content).collect::<Vec<_>>()
        };
        let (labels, figures) = (below(own.left), below(own.right + 1));
        own.bottom < rect.bottom
            && !labels.is_empty()
            && labels.iter().all(|label| label.is_text())
            && figures.iter().filter(|figure| figure.kind == ContentKind::Number).count() * 2 > figures.len()
    }

    /// Rows that a tall label holds together, and the rows between such blocks.
    fn blocks(&self, rect: Rect) -> Option<Vec<Rect>> {
        let mut blocks: Vec<(Rect, bool)> = Vec::new();
        let mut top = rect.top;
        while top <= rect.bottom {
            let bottom = self.end_of_block(top, rect);
            let tall = bottom > top;
            let headed = |block: &Rect| self.is_headed(Rect { top: block.top, bottom: block.top, ..rect });
            let heads = headed(&Rect { top, bottom, ..rect });
            match blocks.last_mut() {
                Some((last, _)) if headed(last) && !heads => last.bottom = bottom,
                Some((last, false)) if !tall => last.bottom = bottom,
                _ => blocks.push((Rect { top, bottom, ..rect }, tall)),
            }
            top = bottom + 1;
        }
        let any = blocks.iter().any(|(_, tall)| *tall);
        (any && blocks.len() > 1).then(|| blocks.into_iter().map(|(block, _)| block).collect())
    }

    /// Nothing but headings: what follows belongs to them.
    fn is_headed(&self, block: Rect) -> bool {
        let spots = cells(self.field, block);
        let (asks, all) = asking(spots.iter().map(|&spot| &self.field.spots[spot].content));
        all > 1 && spots.iter().all(|&spot| self.field.spots[spot].content.is_text()) && asks * 4 >= all * 3
    }

    /// The last row of the cells that begin in a row, and of those that begin beside them.
    fn end_of_block(&self, top: usize, rect: Rect) -> usize {
        let (mut row, mut bottom) = (top, top);
        while row <= bottom {
            let ends = self.field.row(row, rect).into_iter().map(|spot| self.field.rect(spot).bottom.min(rect.bottom));
            bottom = ends.max().unwrap_or(row).max(bottom);
            row += 1;
        }
        bottom
    }

    /// Cells of one column: the first may name the rest.
    fn single(&mut self, rect: Rect) {
        for spot in cells(self.field, rect) {
            let content = &self.field.spots[spot].content;
            let role = if content.asks && !content.answers { Role::ColumnHeading } else { Role::Value };
            self.mark(spot, role, false);
        }
        self.parts.push(Laid {
            rect,
            layout: Layout::Unknown,
            height: 0,
            labels: 0,
            names: 0,
            certain: false,
            inner: false,
        });
    }

    /// Takes a label off that stands before all rows; what it names is to its right.
    fn peeled(&mut self, rect: Rect) -> Option<Rect> {
        let spot = self.field.at(rect.top, rect.left)?;
        let own = self.field.rect(spot);
        let tall = rect.height() > 1 && own.top <= rect.top && own.bottom >= rect.bottom;
        if !tall || own.right >= rect.right || !self.field.spots[spot].content.is_text() {
            return None;
        }
        let asks = self.field.spots[spot].content.asks;
        let long = self.field.spots[spot].content.long;
        let sure = asks || self.together && !long && own.left == 0;
        self.mark(spot, if asks || !long && !self.follows_label(own) { Role::RowHeading } else { Role::Value }, sure);
        Some(Rect { left: own.right + 1, ..rect })
    }

    /// Whether the cell to the left is a label that was taken off already.
    fn follows_label(&self, own: Rect) -> bool {
        let before = own.left.checked_sub(1).and_then(|column| self.field.at(own.top, column));
        before.and_then(|spot| self.marks[spot]).is_some_and(|mark| mark.role == Role::RowHeading && mark.certain)
    }

    fn unknown(&mut self, rect: Rect) {
        for spot in cells(self.field, rect) {
            let own = self.field.rect(spot);
            let content = &self.field.spots[spot].content;
            let role = match () {
                () if content.is_value() => Role::Value,
                () if own.left <= rect.left && content.total => Role::Total,
                () if own.left <= rect.left => Role::RowHeading,
                () if own.top <= rect.top && content.asks => Role::ColumnHeading,
                () => Role::Value,
            };
            self.mark(spot, role, false);
        }
        self.parts.push(Laid {
            rect,
            layout: Layout::Unknown,
            height: 0,
            labels: 1,
            names: 1,
            certain: false,
            inner: false,
        });
    }
}
