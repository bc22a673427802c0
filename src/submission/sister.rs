//! Sister forms of a self-evaluation: 目标申报表 and 绩效监控表. They ask for targets, or for the progress within the year, claim
//! no score of the year, and are passed over. (certainty.md, “Does the rulebook fit at all?”)

use super::grid::{Grid, raw};
use super::headers::{BaseColumn, CardColumn, CompletionColumn, Header, Heading, KpiColumn};
use super::names::key;
use super::scope::{Off, Scope};
use crate::vocabulary::Vocabulary;
use crate::workbook::{Address, Value};

/// What a sister form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sister {
    /// 目标申报表: targets, before anything was done.
    Targets,
    /// 绩效监控表: the progress within the year.
    Monitoring,
}

/// A title shares its row with no more than a unit and a date.
const TITLE_CELLS: usize = 3;
/// Longer texts are no titles, in characters.
const LONGEST_TITLE: usize = 40;
/// A sheet's own title stands within so many rows from the top.
const TITLE_ROWS: u32 = 6;

impl Sister {
    /// Its name in the keys of texts.
    pub fn as_str(self) -> &'static str {
        match self {
            Sister::Targets => "targets",
            Sister::Monitoring => "monitoring",
        }
    }

    /// The sister form whose table stands under a header, with the cell that says so. `first`: where titles of it can begin;
    /// `year`: the report's.
    pub fn under(grid: &Grid, first: u32, header: &Header, year: Option<i32>) -> Option<(Sister, Address)> {
        let columns = Columns::of(grid, header, year);
        if columns.is_of_facts {
            return None;
        }
        let title = title(grid, first, header.rows.0);
        let named = title.as_ref().and_then(|title| Some((title.kind?, title.at)));
        let head = Address { row: header.rows.0, column: header.columns.0 };
        match named {
            Some((Sister::Targets, at)) if !columns.is_scored && !columns.is_measured => {
                Some((Sister::Targets, at.unwrap_or(head)))
            }
            Some((Sister::Monitoring, at)) if !columns.is_scored || columns.within_year || title?.within_year => {
                Some((Sister::Monitoring, at.unwrap_or(head)))
            }
            Some((Sister::Targets, _)) if columns.within_year => Some((Sister::Monitoring, head)),
            Some(_) => None,
            None if columns.within_year => Some((Sister::Monitoring, head)),
            None => None,
        }
    }

    /// Whether a sheet calls itself a sister form: then it says nothing of the report's year and department.
    pub fn names(grid: &Grid) -> bool {
        title(grid, 0, TITLE_ROWS).is_some_and(|title| title.kind.is_some())
    }
}

/// What the headings say of the scores under them.
struct Columns {
    /// It asks for facts, whatever its title names beside them.
    is_of_facts: bool,
    /// A column of scores or of points stands there.
    is_scored: bool,
    /// A column of actuals or of amounts spent stands there.
    is_measured: bool,
    /// All that is scored, or else all that is measured, is of a time within the year.
    within_year: bool,
}

impl Columns {
    fn of(grid: &Grid, header: &Header, year: Option<i32>) -> Columns {
        let vocabulary = grid.vocabulary();
        let role = |heading: &Heading| heading.roles.card;
        let is_within = |heading: &&Heading| is_within_year(vocabulary, &heading.pieces.join(" "), year);
        let headings = || header.headings.iter();
        let scores: Vec<&Heading> =
            headings().filter(|heading| matches!(role(heading), Some(CardColumn::Score(_)))).collect();
        let has_points = headings().any(|heading| role(heading) == Some(CardColumn::Points));
        let actuals: Vec<&Heading> =
            headings().filter(|heading| heading.roles.kpi == Some(KpiColumn::Actual)).collect();
        let is_spent = |heading: &Heading| {
            let column = heading.roles.completion;
            matches!(column, Some(CompletionColumn::Spent | CompletionColumn::SpentFiscal))
        };
        let all_within = |columns: &[&Heading]| !columns.is_empty() && columns.iter().all(is_within);
        let asks = |wanted: BaseColumn| headings().any(|heading| heading.roles.base == Some(wanted));
        Columns {
            is_of_facts: asks(BaseColumn::Label) && asks(BaseColumn::Value),
            is_scored: !scores.is_empty() || has_points,
            is_measured: !actuals.is_empty() || headings().any(is_spent),
            within_year: all_within(&scores) || (scores.is_empty() && all_within(&actuals)),
        }
    }
}

/// What the titles over a table say.
struct Title {
    kind: Option<Sister>,
    /// The cell; none: the sheet's name says it.
    at: Option<Address>,
    within_year: bool,
}

/// What the titles over a table, and the sheet's name, say; none where one of them calls it an evaluation.
fn title(grid: &Grid, first: u32, end: u32) -> Option<Title> {
    let vocabulary = grid.vocabulary();
    let rows = grid.rows_within(first, end).iter();
    let rows = rows.filter(|&&row| grid.cells_of(row).take(TITLE_CELLS + 1).count() <= TITLE_CELLS);
    let texts = rows.flat_map(|&row| grid.cells_of(row)).filter_map(|(at, cell)| match &cell.value {
        Value::Text(_) => Some((Some(at), raw(&cell.value))),
        _ => None,
    });
    let named = std::iter::once((None, grid.sheet.name.clone())).chain(texts);
    let mut title = Title { kind: None, at: None, within_year: false };
    for (at, text) in named.filter(|(_, text)| text.chars().count() <= LONGEST_TITLE) {
        if vocabulary.titles.of_evaluation.within(&key(&text)) {
            return None;
        }
        title.within_year |= is_within_year(vocabulary, &text, None);
        if let Some(kind) = kind(vocabulary, &text) {
            (title.kind, title.at) = (Some(kind), at);
        }
    }
    Some(title)
}

/// Whether words speak of a time within the year. Most say nothing of months and quarters, and are not weighed further.
fn is_within_year(vocabulary: &Vocabulary, text: &str, year: Option<i32>) -> bool {
    let words = &vocabulary.scopes;
    (words.within_year.within(text) || text.chars().any(|c| words.months.contains(c)))
        && Scope::of(vocabulary, text, year).of_score().off() == Some(Off::Period)
}

fn kind(vocabulary: &Vocabulary, text: &str) -> Option<Sister> {
    let written = key(text);
    let words = &vocabulary.titles;
    if words.of_monitoring.within(&written) {
        Some(Sister::Monitoring)
    } else if words.of_targets.within(&written) {
        Some(Sister::Targets)
    } else {
        None
    }
}
