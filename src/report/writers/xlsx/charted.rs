//! What charts show of sheets whose cells wait in a file. The library puts a copy of the cells into each chart, but knows no cell of
//! such a sheet any more: the copy is left empty, and is put into the finished part here. What is written is what it would write.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::RangeInclusive;

use crate::report::table::column_number;

/// Where a series or the names of its points begin in the part of a chart that has no copy of a text.
const BEGINS: &str = "<c:numRef><c:f>";
const ENDS: &str = "</c:numRef>";
/// What stands before the names of the points.
const NAMES: &str = "<c:cat>";

/// The cells that charts may show, by sheet.
#[derive(Debug, Default)]
pub(super) struct Charted {
    sheets: BTreeMap<String, OfSheet>,
}

/// The cells of one sheet that charts may show.
#[derive(Debug, Default)]
pub(super) struct OfSheet {
    /// Its first rows of them, and the row behind these.
    rows: (u32, u32),
    /// The row from which on all are kept: those behind its list.
    tail: u32,
    cells: BTreeMap<(u32, u16), Shown>,
}

/// What stands in a cell; of an empty one and of a formula nothing is copied.
#[derive(Debug)]
pub(super) enum Shown {
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
}

impl OfSheet {
    /// None yet of a list that begins at row `first`, has `count` rows, and of which so many are charted.
    pub(super) fn new(first: u32, count: u32, charted: u32) -> OfSheet {
        OfSheet { rows: (first, first + charted), tail: first + count, cells: BTreeMap::new() }
    }

    /// Keeps a cell if charts may show it.
    pub(super) fn add(&mut self, at: (u32, u16), shown: impl FnOnce() -> Shown) {
        if at.0 >= self.tail || (self.rows.0..self.rows.1).contains(&at.0) {
            self.cells.insert(at, shown());
        }
    }
}

impl Charted {
    /// Takes what is kept of the sheet of that name.
    pub(super) fn take(&mut self, sheet: &str, of_sheet: OfSheet) {
        self.sheets.insert(sheet.to_owned(), of_sheet);
    }

    /// Whether the part of that name is to be filled.
    pub(super) fn is_due(&self, part: &str) -> bool {
        !self.sheets.is_empty() && part.starts_with("xl/charts/chart")
    }

    /// The part of a chart, with the copies of the cells that it shows.
    pub(super) fn filled(&self, part: &str) -> String {
        let mut done = String::with_capacity(part.len());
        let mut rest = part;
        while let Some(at) = rest.find(BEGINS) {
            done.push_str(&rest[..at]);
            let length = rest[at..].find(ENDS).map_or(rest.len() - at, |end| end + ENDS.len());
            let (reference, after) = rest[at..].split_at(length);
            let copied = self.copied(reference, done.ends_with(NAMES));
            done.push_str(copied.as_deref().unwrap_or(reference));
            rest = after;
        }
        done + rest
    }

    /// A reference with its copy; none where it is to a sheet that is not kept.
    fn copied(&self, reference: &str, is_names: bool) -> Option<String> {
        let (formula, _) = reference.strip_prefix(BEGINS)?.split_once("</c:f>")?;
        let (sheet, cells) = formula.rsplit_once('!')?;
        let sheet = self.sheets.get(&name_of(sheet))?;
        let (rows, columns) = area(cells)?;
        let places = rows.flat_map(|row| columns.clone().map(move |column| (row, column)));
        let shown: Vec<Option<&Shown>> = places.map(|at| sheet.cells.get(&at)).collect();
        let is_text = shown.iter().any(|shown| matches!(shown, Some(Shown::Text(_))));
        Some(if is_names && is_text { texts(formula, &shown) } else { numbers(formula, &shown) })
    }
}

/// A name of a sheet as a formula within XML has it.
fn name_of(written: &str) -> String {
    let bare = written.strip_prefix('\'').and_then(|name| name.strip_suffix('\'')).unwrap_or(written);
    bare.replace("''", "'").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// The rows and columns, from 0, of `$B$9:$B$23`.
fn area(cells: &str) -> Option<(RangeInclusive<u32>, RangeInclusive<u16>)> {
    let corner = |cell: &str| -> Option<(u32, u16)> {
        let (column, row) = cell.strip_prefix('$')?.split_once('$')?;
        Some((row.parse::<u32>().ok()?.checked_sub(1)?, column_number(column)?))
    };
    let (first, last) = cells.split_once(':').unwrap_or((cells, cells));
    let ((top, left), (bottom, right)) = (corner(first)?, corner(last)?);
    Some((top..=bottom, left..=right))
}

fn texts(formula: &str, shown: &[Option<&Shown>]) -> String {
    let points = shown.iter().map(|shown| match shown {
        Some(Shown::Text(text)) => Some(escaped(text)),
        Some(Shown::Number(number)) => Some(number.to_string()),
        None => Some(String::new()),
    });
    let points = points_of(shown.len(), points);
    format!("<c:strRef><c:f>{formula}</c:f><c:strCache>{points}</c:strCache></c:strRef>")
}

/// A text among numbers counts as nought.
fn numbers(formula: &str, shown: &[Option<&Shown>]) -> String {
    let points = shown.iter().map(|shown| match shown {
        Some(Shown::Number(number)) => Some(number.to_string()),
        Some(Shown::Text(text)) => (!text.is_empty()).then(|| "0".to_owned()),
        None => None,
    });
    let points = points_of(shown.len(), points);
    let format = "<c:formatCode>General</c:formatCode>";
    format!("{BEGINS}{formula}</c:f><c:numCache>{format}{points}</c:numCache>{ENDS}")
}

fn points_of(count: usize, points: impl Iterator<Item = Option<String>>) -> String {
    let mut done = format!("<c:ptCount val=\"{count}\"/>");
    for (at, point) in points.enumerate() {
        if let Some(point) = point {
            // Writing into a text cannot fail.
            write!(done, "<c:pt idx=\"{at}\"><c:v>{point}</c:v></c:pt>").unwrap_or_default();
        }
    }
    done
}

/// A text as content of an element.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept() -> Charted {
        let mut of_sheet = OfSheet::new(8, 2_000, 2);
        let cells = [
            ((8, 1), Shown::Text("甲<局>".to_owned())),
            ((9, 1), Shown::Text("乙局".to_owned())),
            ((10, 1), Shown::Text("丙局".to_owned())),
            ((8, 27), Shown::Number(90.5)),
            ((2_008, 0), Shown::Number(1.0)),
        ];
        cells.into_iter().for_each(|(at, shown)| of_sheet.add(at, || shown));
        let mut charted = Charted::default();
        charted.take("总览 '一'", of_sheet);
        charted
    }

    #[test]
    fn names_and_figures_of_a_chart_are_filled_in_and_another_sheet_s_stay() {
        let empty = |cells: &str| {
            format!(
                "{BEGINS}{cells}</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val=\"2\"/></c:numCache>{ENDS}"
            )
        };
        let sheet = "'总览 ''一'''";
        let names = empty(&format!("{sheet}!$B$9:$B$10"));
        let figures = empty(&format!("{sheet}!$AB$9:$AB$10"));
        let others = empty("别的!$B$9:$B$10");
        let part = format!("<a><c:cat>{names}</c:cat><c:val>{figures}</c:val><c:val>{others}</c:val></a>");
        let filled = kept().filled(&part);
        let own = "<c:strCache><c:ptCount val=\"2\"/><c:pt idx=\"0\"><c:v>甲&lt;局&gt;</c:v></c:pt><c:pt idx=\"1\"><c:v>乙局</c:v></c:pt></c:strCache>";
        assert!(filled.contains(own), "{filled}");
        assert!(
            filled.contains("<c:ptCount val=\"2\"/><c:pt idx=\"0\"><c:v>90.5</c:v></c:pt></c:numCache>"),
            "{filled}"
        );
        assert!(filled.ends_with(&format!("<c:val>{others}</c:val></a>")), "{filled}");
    }

    #[test]
    fn only_the_first_rows_and_those_behind_the_list_are_kept() {
        let kept = kept();
        let rows: Vec<u32> = kept.sheets["总览 '一'"].cells.keys().map(|(row, _)| *row).collect();
        assert_eq!(rows, [8, 8, 9, 2_008]);
    }
}
