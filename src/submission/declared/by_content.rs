//! A table of 绩效指标 whose headings nobody listed, or that has none: found by the labels of its sections (产出指标, 效益指标,
//! 满意度指标), and read as far as its columns prove what they are. Weights are figures that add up to what a form weighs, scores
//! are none above the weight of their row, a target is what has a sign, and an actual has the target's unit. Where a column proves
//! nothing it stays open, and nothing is concluded from it. Source: certainty.md, “Not too shy either”.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::columns::{Columns, in_scope};
use super::headings::{RowColumn, row_column};
use super::said::{SaidInForms, section_keys};
use super::stretch::FormStretch;
use super::total::is_sum;
use crate::quantity::{Actual, Quantity, Sign, Target, fold, measured, target};
use crate::rulebook::Declared;
use crate::submission::grid::{Grid, raw};
use crate::submission::layout::number_at;
use crate::submission::names::key;
use crate::submission::scope::Scope;
use crate::submission::units_said::is_unit;
use crate::workbook::{Address, Value};

/// No form is wider, in columns.
const WIDEST: usize = 64;
/// Of fewer rows nothing can be told by their content.
const FEWEST: usize = 3;
/// A unit has so many characters at most: 立方米, 个工作日.
const LONGEST_UNIT: usize = 5;
/// A row of the table has at least a weight and a score.
const FIGURES: usize = 2;

/// The table of a stretch without a listed header: its columns, as far as they are proved; none where neither weights nor
/// scores are. `year`: the form's.
pub fn columns(grid: &Grid, part: &FormStretch, declared: &Declared, year: Option<i32>) -> Option<Columns> {
    let table = Table::of(grid, part, declared, year)?;
    let weight = table.weight(declared)?;
    let scores = table.scores(weight);
    let measure = table.measure(weight, &scores);
    let name = table.name(measure.as_ref().map(|measure| measure.first()), weight, &scores)?;
    let mut columns = Columns::proved(table.header_rows());
    let mut put = |place: u32, kind: RowColumn| columns.put(place, kind, table.scope(place));
    put(table.label, RowColumn::Above(1));
    if let Some(second) = table.columns.iter().copied().rfind(|place| *place < name) {
        put(second, RowColumn::Above(2));
    }
    put(name, RowColumn::Name);
    put(weight, RowColumn::Weight);
    scores.iter().for_each(|place| put(*place, RowColumn::Score(0)));
    if let Some(measure) = &measure {
        measure.nature.into_iter().for_each(|place| put(place, RowColumn::Nature));
        measure.unit.into_iter().for_each(|place| put(place, RowColumn::Unit));
        put(measure.target, RowColumn::Target);
        measure.actuals.iter().for_each(|place| put(*place, RowColumn::Actual));
    }
    columns.is_measured = measure.is_some();
    (!scores.is_empty()).then_some(columns)
}

/// The columns of a form's table under a header, listed or not. `year`: the form's.
pub fn columns_under(grid: &Grid, part: &FormStretch, header: u32, declared: &Declared, year: Option<i32>) -> Columns {
    let by_content = part.is_by_content.then(|| columns(grid, part, declared, year)).flatten();
    by_content.unwrap_or_else(|| Columns::of(grid, header, year))
}

/// The rows and columns of such a table.
struct Table<'g, 'w> {
    grid: &'g Grid<'w>,
    year: Option<i32>,
    /// The row of headings right above it, where there is one.
    header: Option<u32>,
    /// Its first row.
    first: u32,
    /// The column of the sections' labels.
    label: u32,
    /// The columns right of it.
    columns: Vec<u32>,
    /// The rows that hold a weight and a score.
    rows: Vec<u32>,
}

/// The columns by which a row is measured.
struct Measure {
    nature: Option<u32>,
    unit: Option<u32>,
    target: u32,
    actuals: Vec<u32>,
}

impl Measure {
    fn first(&self) -> u32 {
        self.nature.into_iter().chain(self.unit).chain([self.target]).min().unwrap_or(self.target)
    }
}

impl<'g, 'w> Table<'g, 'w> {
    fn of(grid: &'g Grid<'w>, part: &FormStretch, declared: &Declared, year: Option<i32>) -> Option<Table<'g, 'w>> {
        let first = *part.labels.first()?;
        let sections = section_keys(declared);
        let is_label =
            |at: &Address| SaidInForms::of(grid.vocabulary(), &grid.text(at.row, at.column)).is_section(&sections);
        let label = grid.cells_of(first).map(|(at, _)| at).find(is_label)?.column;
        let end = part.total.unwrap_or(part.end);
        let counts = |row: u32| {
            let cells = grid.cells_of(row).filter(|(at, _)| at.column > label);
            cells.filter(|(at, _)| number_at(grid, *at).is_some()).count()
        };
        let sums = |row: u32| {
            let mut cells = grid.cells_of(row);
            cells.any(|(_, cell)| matches!(&cell.value, Value::Text(text) if is_sum(grid.vocabulary(), text)))
        };
        let rows: Vec<u32> =
            grid.rows_within(first, end).iter().copied().filter(|row| counts(*row) >= FIGURES && !sums(*row)).collect();
        let cells = rows.iter().flat_map(|row| grid.cells_of(*row)).map(|(at, _)| at.column);
        let columns: BTreeSet<u32> = cells.filter(|column| *column > label).collect();
        let columns: Vec<u32> = columns.into_iter().take(WIDEST).collect();
        (rows.len() >= FEWEST).then(|| Table { grid, year, header: header(grid, first), first, label, columns, rows })
    }

    /// The rows of the header; without one, an empty span right above the first row.
    fn header_rows(&self) -> (u32, u32) {
        self.header.map_or((self.first, self.first.saturating_sub(1)), |row| (row, row))
    }

    /// What stands over a column; empty where there is no header.
    fn heading(&self, place: u32) -> String {
        self.header.map(|row| self.grid.text(row, place)).unwrap_or_default()
    }

    fn scope(&self, place: u32) -> Scope {
        Scope::of(self.grid.vocabulary(), &self.heading(place), self.year)
    }

    /// What a column's heading says of it, where it says something known.
    fn said(&self, place: u32) -> Option<RowColumn> {
        row_column(self.grid.vocabulary(), &self.heading(place))
    }

    /// The text of a row's own cell in a column.
    fn text(&self, row: u32, place: u32) -> String {
        self.grid.seen(row, place).filter(|(at, _)| at.row == row).map(|(_, cell)| raw(&cell.value)).unwrap_or_default()
    }

    fn texts(&self, place: u32) -> impl Iterator<Item = String> {
        self.rows.iter().map(move |row| self.text(*row, place))
    }

    /// The figures of a column's own cells; none where a row has none.
    fn figures(&self, place: u32) -> Option<Vec<Decimal>> {
        let own = |row: u32| {
            self.grid.seen(row, place).filter(|(at, _)| at.row == row).and_then(|(at, _)| number_at(self.grid, at))
        };
        self.rows.iter().map(|row| own(*row)).collect()
    }

    /// The one column whose figures add up to what the form weighs, with the budget or without, and in which no figure is less
    /// than a score could be. Of several with the same figures the first: full marks throughout say the same as the weights.
    fn weight(&self, declared: &Declared) -> Option<u32> {
        let of_rows = crate::sums::sum(declared.sections.iter().map(|section| section.points));
        let due = [declared.total, of_rows];
        let weighs = |figures: &[Decimal]| {
            figures.iter().all(|figure| *figure > Decimal::ZERO)
                && due.contains(&crate::sums::sum(figures.iter().copied()))
        };
        let may_be = |place: &u32| !matches!(self.said(*place), Some(kind) if kind != RowColumn::Weight);
        let filled = self.columns.iter().copied().filter(may_be);
        let mut weighed = filled.filter_map(|place| Some((place, self.figures(place).filter(|own| weighs(own))?)));
        let (first, figures) = weighed.next()?;
        weighed.all(|(_, others)| others == figures).then_some(first)
    }

    /// The columns that may hold the claims: a figure in every row, none above its weight. What a heading says another gave, or at
    /// another time, is none; one that a heading says is the score stands over those that say nothing.
    fn scores(&self, weight: u32) -> Vec<u32> {
        let weights = self.figures(weight).unwrap_or_default();
        let words = &self.grid.vocabulary().headings;
        let fits = |place: &u32| {
            let heading = key(&self.heading(*place));
            let figures = self.figures(*place).unwrap_or_default();
            let is_claim = !words.not_claimed.within(&heading)
                && !words.about_scores.within(&heading)
                && matches!(self.said(*place), None | Some(RowColumn::Score(_)));
            let pairs = figures.iter().zip(&weights);
            *place != weight
                && is_claim
                && figures.len() == weights.len()
                && pairs.into_iter().all(|(figure, weight)| (Decimal::ZERO..=*weight).contains(figure))
        };
        let all: Vec<(u32, Scope)> =
            self.columns.iter().copied().filter(fits).map(|place| (place, self.scope(place).of_score())).collect();
        let fit: Vec<u32> = in_scope(all).into_iter().map(|(place, _)| place).collect();
        let is_said = |place: &u32| {
            matches!(self.said(*place), Some(RowColumn::Score(_)))
                || words.self_assessed.within(&key(&self.heading(*place)))
        };
        let said: Vec<u32> = fit.iter().copied().filter(is_said).collect();
        if said.is_empty() { fit } else { said }
    }

    /// Target and actual, where the columns prove them; none: nobody can say which is which.
    fn measure(&self, weight: u32, scores: &[u32]) -> Option<Measure> {
        let others: Vec<u32> =
            self.columns.iter().copied().filter(|place| *place != weight && !scores.contains(place)).collect();
        let has = |place: u32, wanted: RowColumn| self.said(place) == Some(wanted);
        let only = |found: Vec<u32>| if let [one] = found[..] { Some(one) } else { None };
        let words = self.grid.vocabulary();
        let is_sign =
            |text: &str| Sign::parse(&words.quantities, text).is_some() && !text.contains(|c: char| c.is_ascii_digit());
        let all = |place: u32, test: &dyn Fn(&str) -> bool| self.texts(place).all(|text| test(text.trim()));
        let nature = only(others.iter().copied().filter(|place| all(*place, &is_sign)).collect());
        let is_unit_word = |text: &str| {
            let is_short = text.chars().count() <= LONGEST_UNIT && !text.is_empty();
            is_unit(words, text) || is_short && !text.contains(|c: char| c.is_ascii_digit()) && !is_sign(text)
        };
        // Words beside a sign are a unit's; anywhere else they may be anything.
        let may_be_unit = |place: &u32| nature.is_some_and(|nature| *place > nature) && all(*place, &is_unit_word);
        let unit = only(others.iter().copied().filter(may_be_unit).collect());
        let has_sign = |place: &u32| {
            self.texts(*place)
                .any(|text| matches!(target(&words.quantities, text.as_str()), Target::Number(Some(_), _)))
        };
        let signed = || others.iter().copied().filter(|place| Some(*place) != nature).filter(has_sign).collect();
        let named = || only(others.iter().copied().filter(|place| has(*place, RowColumn::Target)).collect());
        let beside =
            || nature.and_then(|nature| others.iter().copied().find(|place| *place > nature && Some(*place) != unit));
        let target = named().or_else(|| only(signed())).or_else(beside)?;
        let units = |row: u32| unit.map(|place| self.text(row, place)).unwrap_or_default();
        let rest = others.iter().copied().filter(|place| ![nature, unit, Some(target)].contains(&Some(*place)));
        let fits: Vec<u32> = rest.filter(|place| self.answers(target, *place, &units)).collect();
        let said: Vec<u32> = fits.iter().copied().filter(|place| has(*place, RowColumn::Actual)).collect();
        let actuals = if said.is_empty() { fits } else { said };
        (!actuals.is_empty()).then_some(Measure { nature, unit, target, actuals })
    }

    /// Whether a column answers the targets: a figure in the target's unit where the target is a figure, words where it is words;
    /// and in one row at least a unit proves it.
    fn answers(&self, targets: u32, place: u32, units: &dyn Fn(u32) -> String) -> bool {
        let words = &self.grid.vocabulary().quantities;
        let mut is_proved = false;
        let fits = |row: &u32| {
            let (due, done) = (self.text(*row, targets), self.text(*row, place));
            let due = match target(words, due.as_str()) {
                Target::Number(_, due) | Target::Span(due, _) => due,
                // Words for words.
                _ => return !done.trim().is_empty(),
            };
            let Actual::Number(done) = measured(words, done.as_str()) else { return false };
            let stated = fold(&units(*row)).trim().to_owned();
            let unit =
                |quantity: &Quantity| if quantity.unit.is_empty() { stated.clone() } else { quantity.unit.clone() };
            let (due, own) = (unit(&due), unit(&done));
            is_proved |= due == own && !own.is_empty();
            due == own || done.unit.is_empty()
        };
        let is_other = self.said(place).is_some_and(|said| said != RowColumn::Actual);
        let is_off = in_scope(vec![(place, self.scope(place))]).is_empty();
        !is_other && !is_off && self.rows.iter().all(fits) && is_proved
    }

    /// The column of the indicators' names: a text of its own in every row, no two alike, left of what the row is measured by.
    fn name(&self, measure: Option<u32>, weight: u32, scores: &[u32]) -> Option<u32> {
        let end = measure.into_iter().chain(scores.iter().copied()).chain([weight]).min()?;
        let end = measure.unwrap_or(end);
        let names = |place: &u32| {
            let texts: Vec<String> = self.texts(*place).map(|text| key(&text)).collect();
            let distinct: BTreeSet<&String> =
                texts.iter().filter(|text| text.chars().any(char::is_alphabetic)).collect();
            distinct.len() == texts.len() && !texts.iter().all(|text| self.is_second(text))
        };
        if let Some(said) = self.columns.iter().copied().find(|place| self.said(*place) == Some(RowColumn::Name)) {
            return Some(said);
        }
        let mut found = self.columns.iter().copied().filter(|place| *place < end && *place != weight).filter(names);
        // Where nobody can say where the targets begin, the first: a target in words is no name.
        if measure.is_some() { found.next_back() } else { found.next() }
    }

    /// 数量指标, 社会效益指标: a label of the second level ends as those of the first do.
    fn is_second(&self, text: &str) -> bool {
        self.grid.vocabulary().headings.row_labels.ends(text)
    }
}

/// The row of headings right above the first row: texts and no figure, more than one of them.
fn header(grid: &Grid, first: u32) -> Option<u32> {
    let above = first.checked_sub(1)?;
    let mut texts = 0;
    for (at, cell) in grid.cells_of(above) {
        match &cell.value {
            Value::Text(_) if number_at(grid, at).is_none() => texts += 1,
            _ => return None,
        }
    }
    (texts > FIGURES).then_some(above)
}
