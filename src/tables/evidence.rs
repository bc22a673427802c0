//! The signs by which a layout is told: kinds of content, words that ask, merges, totals.

use super::content::{Content, ContentKind, numbering};
use super::field::{Field, Rect};
use crate::vocabulary::Vocabulary;

/// What speaks for headings above columns.
#[derive(Debug, Clone, Copy, Default)]
pub struct Head {
    /// Rows of headings.
    pub height: usize,
    /// Columns of labels.
    pub labels: usize,
    /// Columns with words above and figures, dates or answers below.
    pub contrasts: usize,
    /// The first of them.
    pub first_contrast: Option<usize>,
    /// The last of them.
    pub last_contrast: Option<usize>,
    /// Columns with something below that show no contrast.
    pub plain: usize,
    /// Headings that ask for something, of all headings beside the corner.
    pub asking: (usize, usize),
    /// The corner is empty, merged over the headings' height, or says 项目.
    pub corner: bool,
    /// Headings are merged over others.
    pub merged: bool,
    /// Below a heading over several columns stand labels with their values.
    pub nested: bool,
    /// Labels that ask, and all labels.
    pub asked_beside: (usize, usize),
    /// Rows with a label that asks before figures, dates or answers only.
    pub rows: usize,
    /// A label is merged over several rows.
    pub parents: bool,
    /// Most rows have several labels.
    pub split: bool,
    /// The labels count the rows: 1, 2, 3.
    pub counted: bool,
    /// A heading is a sentence.
    pub long: bool,
    /// A heading is a total.
    pub total_above: bool,
    /// Headings are numbered or come again: they may be entries.
    pub listed: bool,
    /// The last rows have a total.
    pub total: bool,
    /// The entries below ask for nothing, of all texts below beside the labels.
    pub asked_below: (usize, usize),
}

impl Head {
    /// Independent signs that agree.
    pub fn signs(&self) -> usize {
        let figures = usize::from(self.contrasts > 0)
            + usize::from(self.contrasts > 1 && self.contrasts >= self.plain)
            + usize::from(self.contrasts > 1 && self.plain == 0);
        let words =
            usize::from(self.asking.0 * 2 >= self.asking.1.max(1) && self.asked_below.0 * 4 <= self.asked_below.1)
                + usize::from(self.asking.0 * 5 >= self.asking.1 * 4 && self.asking.1 > 1);
        let labels =
            self.asked_beside.0 * 2 >= self.asked_beside.1.max(1) && self.asked_below.0 * 4 <= self.asked_below.1;
        let form = [
            self.corner,
            self.merged,
            self.total,
            self.total_above,
            self.nested,
            self.parents,
            labels,
            self.counted,
            self.rows > 1,
        ];
        figures + words + form.into_iter().filter(|sign| *sign).count()
    }
}

/// What speaks for labels with values beside them. Each pair: those that ask, and all.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pairs {
    /// The first place of each row.
    pub first: (usize, usize),
    /// Every other place, from the third on.
    pub labels: (usize, usize),
    /// The places between.
    pub values: (usize, usize),
    /// Rows whose cells come in pairs, and all rows.
    pub even: (usize, usize),
    /// All of the first row asks.
    pub headed: bool,
    /// Places of values that hold a figure, a sentence, a name: what nobody takes for a heading.
    pub plain: usize,
    /// Rows of a few words and one cell merged over all that is left of the row: no headings stand above that.
    pub spanned: usize,
}

impl Pairs {
    /// Labels ask, values do not, and most rows come in pairs.
    pub fn likely(&self) -> bool {
        let all = (self.first.0 + self.labels.0, self.first.1 + self.labels.1);
        all.1 > 0
            && !self.headed
            && (at_least(all, 5) && (self.labels.1 * 2 <= self.first.1 || at_least(self.labels, 5))
                || self.is_spanned())
            && self.values.0 * 5 <= self.values.1
            && at_least(self.even, 7)
    }

    /// Most rows give one value all the place there is: whatever their labels say, nothing heads the columns.
    pub fn is_spanned(&self) -> bool {
        self.even.1 > 2 && self.spanned * 2 >= self.even.1
    }

    /// Both together, as parts of one table.
    pub fn plus(self, other: Pairs) -> Pairs {
        let sum = |a: (usize, usize), b: (usize, usize)| (a.0 + b.0, a.1 + b.1);
        Pairs {
            first: sum(self.first, other.first),
            labels: sum(self.labels, other.labels),
            values: sum(self.values, other.values),
            even: sum(self.even, other.even),
            headed: self.headed || other.headed,
            plain: self.plain + other.plain,
            spanned: self.spanned + other.spanned,
        }
    }

    /// Not against it, where other parts of the table are sure: values that do not ask, cells in pairs.
    pub fn fits(&self) -> bool {
        !self.headed && self.values.0 * 5 <= self.values.1 && self.values.1 > 0 && at_least(self.even, 7)
    }

    /// Enough of them to be no accident.
    pub fn sure(&self) -> bool {
        let rows = self.even.1;
        let all = (self.first.0 + self.labels.0, self.first.1 + self.labels.1);
        self.likely() && self.plain > 0 && (rows > 2 || at_least(all, 10) && self.values.0 == 0 && all.1 > 1)
    }
}

/// At least so many tenths.
fn at_least((some, all): (usize, usize), tenths: usize) -> bool {
    some * 10 >= all * tenths
}

/// Looks for headings at the top of a rectangle.
pub fn head(field: &Field, rect: Rect, words: &Vocabulary) -> Option<Head> {
    let height = height(field, rect);
    if height >= rect.height() {
        return None;
    }
    let headings = cells(field, Rect { bottom: rect.top + height - 1, ..rect });
    if are_entries(field, &headings, rect, height) {
        return None;
    }
    let corner = field.at(rect.top, rect.left);
    let labels = corner.map_or(1, |corner| field.rect(corner).right.min(rect.right - 1).max(rect.left) + 1 - rect.left);
    let mut found = Head { height, labels, merged: height > 1, ..Head::default() };
    found.corner = is_corner(field, corner, height, words);
    found.look_above(field, &headings, corner, words);
    let body = Rect { top: rect.top + height, ..rect };
    found.look_below(field, body);
    found.look_beside(field, body);
    Some(found)
}

impl Head {
    /// What the headings say.
    fn look_above(&mut self, field: &Field, headings: &[usize], corner: Option<usize>, words: &Vocabulary) {
        for &spot in headings.iter().filter(|spot| Some(**spot) != corner) {
            let content = &field.spots[spot].content;
            self.asking.0 += usize::from(content.asks || content.total || is_time(content));
            self.long |= content.long;
            self.total_above |= content.total;
            self.asking.1 += 1;
        }
        let mut texts: Vec<&str> = headings.iter().map(|&spot| field.spots[spot].content.text.as_str()).collect();
        self.listed = texts.iter().any(|text| numbering(text, words).is_some());
        texts.sort_unstable();
        self.listed |= self.height == 1 && texts.windows(2).any(|pair| pair[0] == pair[1]);
    }

    /// What stands below each heading.
    fn look_below(&mut self, field: &Field, body: Rect) {
        let lowest = body.top - 1;
        let mut column = body.left + self.labels;
        while column <= body.right {
            let own = field.at(lowest, column).map(|spot| field.rect(spot));
            let last = own.map_or(column, |own| own.right.clamp(column, body.right));
            if last > column && is_nested(field, Rect { left: column, right: last, ..body }) {
                self.nested = true;
            } else {
                (column..=last).for_each(|column| count_column(field, body, column, lowest, self));
            }
            column = last + 1;
        }
    }

    /// What the labels say, and how they stand.
    fn look_beside(&mut self, field: &Field, body: Rect) {
        for &spot in &field.column(body.left, body) {
            let content = &field.spots[spot].content;
            self.asked_beside.0 += usize::from(content.asks || content.kind == ContentKind::Year);
            self.asked_beside.1 += 1;
            self.parents |= field.rect(spot).height() > 1;
            self.total |= content.total;
        }
        let labels = field.column(body.left, body);
        let numbers = labels.iter().filter(|&&spot| field.spots[spot].content.kind == ContentKind::Number).count();
        self.counted = numbers > 1 && counts_on(field, &labels);
        let last = body.left + self.labels - 1;
        let is_split = |row: usize| last > body.left && field.at(row, body.left) != field.at(row, last);
        self.split = (body.top..=body.bottom).filter(|&row| is_split(row)).count() * 2 >= body.height();
        self.rows = (body.top..=body.bottom).filter(|&row| is_row_of_values(field, row, body)).count();
    }
}

/// Cells at the top that head nothing: entries, pairs, a label and its value in one text.
fn are_entries(field: &Field, headings: &[usize], rect: Rect, height: usize) -> bool {
    let counts = counts_on(field, headings);
    let is_entry = |kind: ContentKind| kind == ContentKind::Answer || kind == ContentKind::Number && !counts;
    let any = |test: &dyn Fn(&Content) -> bool| headings.iter().any(|&spot| test(&field.spots[spot].content));
    any(&|content| is_entry(content.kind) || content.joined)
        || height == 1 && alternates(field, headings)
        || is_pair_above(field, headings, rect, height)
}

/// Several labels that ask, each before a value that does not.
pub fn alternates(field: &Field, spots: &[usize]) -> bool {
    let asks = |spot: usize| field.spots[spot].content.asks;
    spots.len() > 3
        && spots.len().is_multiple_of(2)
        && spots.iter().enumerate().all(|(place, &spot)| asks(spot) == place.is_multiple_of(2))
}

/// One text over all columns but the label's: a pair, and no headings.
fn is_pair_above(field: &Field, headings: &[usize], rect: Rect, height: usize) -> bool {
    let [_, value] = headings else { return false };
    let own = field.rect(*value);
    let below = Rect { left: own.left, right: own.right, ..rect };
    height == 1 && own.width() > 1 && (rect.top + 1..=rect.bottom).any(|row| field.row(row, below).len() > 1)
}

/// The numbers among these headings are 1, 2, 3 …: they count the columns.
fn counts_on(field: &Field, headings: &[usize]) -> bool {
    let contents = headings.iter().map(|&spot| &field.spots[spot].content);
    let numbers = contents.filter(|content| content.kind == ContentKind::Number).map(|content| content.text.as_str());
    numbers.enumerate().all(|(place, number)| number.parse() == Ok(place + 1))
}

fn is_time(content: &Content) -> bool {
    matches!(content.kind, ContentKind::Year | ContentKind::Date)
}

fn is_row_of_values(field: &Field, row: usize, body: Rect) -> bool {
    let spots = field.row(row, body);
    let (Some(first), rest) = (spots.first(), spots.get(1..).unwrap_or_default()) else { return false };
    field.spots[*first].content.asks && rest.len() > 1 && rest.iter().all(|&spot| field.spots[spot].content.is_value())
}

/// Below one heading stand labels with their values, or headings again.
fn is_nested(field: &Field, below: Rect) -> bool {
    let first = field.row(below.top, below);
    let (asks, all) = asking(first.iter().map(|&spot| &field.spots[spot].content));
    pairs(field, below).likely() || all > 1 && below.height() > 1 && asks * 4 >= all * 3
}

fn count_column(field: &Field, body: Rect, column: usize, lowest: usize, found: &mut Head) {
    let (mut values, mut texts, mut asks) = (0, 0, 0);
    let above = field.content(lowest, column).map_or(ContentKind::Nothing, |content| content.kind);
    for spot in field.column(column, body) {
        let content = &field.spots[spot].content;
        values += usize::from(content.is_value() && content.kind != above);
        texts += usize::from(content.is_text());
        asks += usize::from(content.is_text() && content.asks);
    }
    let headed = field.content(lowest, column).is_some_and(|content| content.is_text() || is_time(content));
    if headed && values > 0 && values >= 4 * texts {
        found.contrasts += 1;
        found.first_contrast.get_or_insert(column);
        found.last_contrast = Some(column);
    } else {
        found.plain += usize::from(values + texts > 0);
    }
    found.asked_below.0 += asks;
    found.asked_below.1 += texts + values;
}

fn is_corner(field: &Field, corner: Option<usize>, height: usize, words: &Vocabulary) -> bool {
    let Some(corner) = corner else { return true };
    let core = super::content::core(&field.spots[corner].content.text, words);
    height > 1 && field.rect(corner).bottom + 1 - field.rect(corner).top == height
        || words.tables.corners.contains(&core)
}

/// Headings over headings are not looked for in a wider table.
const WIDEST: usize = 512;

/// How many rows of headings there are: as many as the headings of the first row are merged over, and one more below
/// a heading that is merged over several columns and has others under it.
fn height(field: &Field, rect: Rect) -> usize {
    let mut last = rect.top;
    if rect.width() > WIDEST {
        return 1;
    }
    let mut row = rect.top;
    while row <= last && row < rect.bottom {
        for spot in field.row(row, rect) {
            let own = field.rect(spot);
            let content = &field.spots[spot].content;
            if content.is_value() || own.bottom > rect.bottom || own.top < rect.top {
                continue;
            }
            last = last.max(own.bottom);
            let below = Rect { top: own.bottom + 1, bottom: own.bottom + 1, left: own.left, right: own.right };
            if own.right > own.left && own.width() < rect.width() && are_headings(field, below, rect) {
                last = last.max(own.bottom + 1);
            }
        }
        row += 1;
    }
    if last > rect.top && has_values(field, Rect { bottom: last, ..rect }) { 1 } else { last + 1 - rect.top }
}

/// Several texts below a merged heading, none of them an entry; the row's first cell begins no entry of its own.
fn are_headings(field: &Field, below: Rect, rect: Rect) -> bool {
    if below.top >= rect.bottom {
        return false;
    }
    let spots = field.row(below.top, below);
    let deepest = spots.iter().map(|&spot| field.rect(spot).bottom.min(rect.bottom)).max().unwrap_or(below.top);
    let first = field.at(below.top, rect.left);
    let begins = first.is_some_and(|spot| {
        field.rect(spot).top == below.top && field.rect(spot).left == rect.left && below.left > rect.left
    });
    spots.len() > 1
        && !begins
        && !has_values(field, Rect { top: below.top, bottom: deepest, ..rect })
        && spots.iter().all(|&spot| {
            let content = &field.spots[spot].content;
            content.is_text() && field.rect(spot).top == below.top
        })
}

fn has_values(field: &Field, rect: Rect) -> bool {
    cells(field, rect)
        .iter()
        .any(|&spot| matches!(field.spots[spot].content.kind, ContentKind::Number | ContentKind::Answer))
}

/// Looks for labels with values beside them.
pub fn pairs(field: &Field, rect: Rect) -> Pairs {
    let mut found = Pairs::default();
    for row in rect.top..=rect.bottom {
        let spots = field.row(row, rect);
        if spots.is_empty() {
            continue;
        }
        let asks = |spot: &usize| field.spots[*spot].content.asks;
        found.headed |= row == rect.top && rect.height() > 1 && spots.len() > 1 && spots.iter().all(asks);
        found.even.0 += usize::from(spots.len().is_multiple_of(2));
        found.even.1 += 1;
        found.spanned += usize::from(is_spanned(field, &spots, rect));
        for (place, &spot) in spots.iter().enumerate() {
            let content = &field.spots[spot].content;
            let side = match place {
                0 => &mut found.first,
                _ if place % 2 == 0 => &mut found.labels,
                _ => &mut found.values,
            };
            side.0 += usize::from(content.is_text() && content.asks);
            side.1 += 1;
            found.plain += usize::from(place % 2 == 1 && content.answers);
        }
    }
    found
}

/// A few words, and one cell merged over all that is left of the row.
pub fn is_spanned(field: &Field, spots: &[usize], rect: Rect) -> bool {
    let [label, value] = spots else { return false };
    let (own, content) = (field.rect(*value), &field.spots[*label].content);
    content.is_text() && !content.long && own.left > rect.left && own.right > own.left && own.right >= rect.right
}

/// All cells of a rectangle, each once.
pub fn cells(field: &Field, rect: Rect) -> Vec<usize> {
    let mut all: Vec<usize> = (rect.top..=rect.bottom).flat_map(|row| field.row(row, rect)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Texts that ask, and all texts and values.
pub fn asking<'c>(contents: impl Iterator<Item = &'c Content>) -> (usize, usize) {
    contents.fold((0, 0), |(asks, all), content| (asks + usize::from(content.is_text() && content.asks), all + 1))
}
