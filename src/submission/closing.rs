//! What stands below the indicators of a scorecard: total, grade, subtotals of sections.

use rust_decimal::Decimal;

use super::grid::{Grid, raw};
use super::headers::without_brackets;
use super::layout::{Layout, number_at, number_in};
use super::names::{Names, key};
use super::total_cell::{Stated, stated};
use super::values::{Flaw, typed};
use crate::quantity::fold;
use crate::rulebook::Scorecard;
use crate::vocabulary::Vocabulary;
use crate::workbook::{Address, Cell, Value};

/// One statement below the indicators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Closing {
    /// The total; `plain`: the word says so and nothing else (综合评分, 总分, not 合计).
    Total {
        /// The score, and where it stands; none: the cell is empty or no number.
        value: Option<(Decimal, Address)>,
        /// A word that means nothing but the total of the card.
        plain: bool,
        /// The section of the indicators above it.
        section: Option<String>,
    },
    /// The grade as written.
    Grade(String, Address),
    /// A total or grade that cannot be read for an error or a formula that was never computed.
    Flawed(Flaw, Address),
    /// The label of a total, and the numbers beside it that differ: which of them is meant cannot be told.
    Unclear(Address, Vec<Address>),
    /// The total of a section, by its id.
    Section(String, Decimal, Address),
}

/// What a label below the table asks for.
enum Label {
    Total {
        plain: bool,
    },
    Grade,
    Section(Option<usize>),
    /// The subtotal of a group that is no section of the card: 预算编制小计.
    Group,
}

fn label(vocabulary: &Vocabulary, written: &str, sections: &Names) -> Option<Label> {
    if written.chars().count() > 40 {
        return None;
    }
    let own = without_brackets(written);
    let own = without_points(vocabulary, &own);
    if vocabulary.totals.plain.contains(own) {
        Some(Label::Total { plain: true })
    } else if vocabulary.totals.sums.contains(own) {
        Some(Label::Total { plain: false })
    } else if vocabulary.totals.grades.contains(own) {
        Some(Label::Grade)
    } else {
        section(vocabulary, own, sections)
    }
}

/// 合计100分 without its points.
fn without_points<'t>(vocabulary: &Vocabulary, own: &'t str) -> &'t str {
    let is_digit = |c: char| c.is_ascii_digit();
    match own.strip_suffix(vocabulary.names.points.all()) {
        Some(rest) if rest.ends_with(is_digit) => rest.trim_end_matches(is_digit),
        _ => own,
    }
}

/// 小计, or a section's name with 小计, 合计, 得分 behind it.
fn section(vocabulary: &Vocabulary, own: &str, sections: &Names) -> Option<Label> {
    let behind = &vocabulary.totals.section;
    let name = behind.iter().find_map(|word| own.strip_suffix(word))?;
    if name.is_empty() {
        return vocabulary.totals.subtotal.ends(own).then_some(Label::Section(None));
    }
    match sections.exactly(name) {
        Some(index) => Some(Label::Section(Some(index))),
        None => vocabulary.totals.subtotal.ends(own).then_some(Label::Group),
    }
}

/// What a row below or between the indicators states; none when it states nothing of the kind.
pub fn closing_of(
    grid: &Grid,
    layout: &Layout,
    row: u32,
    section: Option<&str>,
    sections: &Names,
    card: &Scorecard,
) -> Option<Vec<Closing>> {
    let mut found = Vec::new();
    for (at, cell) in grid.cells_of(row) {
        let Value::Text(text) = &cell.value else { continue };
        if at.column < layout.columns.0 || at.column > layout.columns.1 {
            continue;
        }
        let pairs = in_one_cell(grid.vocabulary(), text, at, sections);
        if !pairs.is_empty() {
            found.extend(pairs);
            continue;
        }
        let Some(label) = label(grid.vocabulary(), text, sections) else { continue };
        if let Some(flawed) = flaw_beside(grid, layout, at) {
            found.push(flawed);
        }
        found.push(match label {
            Label::Total { plain } => total_beside(grid, layout, at, plain, section),
            Label::Grade => match grade_beside(grid, layout, at) {
                Some((grade, at)) => Closing::Grade(grade, at),
                None => continue,
            },
            Label::Group => return Some(found),
            Label::Section(index) => {
                let id =
                    index.and_then(|index| card.sections.get(index)).map(|section| section.id.as_str()).or(section);
                let place = layout.score_cell(grid, row);
                match (id, number_at(grid, place)) {
                    (Some(id), Some(value)) => Closing::Section(id.to_owned(), value, place),
                    _ => return Some(found),
                }
            }
        });
    }
    (!found.is_empty()).then_some(found)
}

/// `综合评分：96.31分　评分等级：优` in one cell.
pub fn in_one_cell(vocabulary: &Vocabulary, text: &str, at: Address, sections: &Names) -> Vec<Closing> {
    let folded = fold(text);
    if !folded.contains(':') || folded.chars().count() > 200 {
        return Vec::new();
    }
    let pieces = folded.split([';', ',', '\n', '\t', '。']).flat_map(|piece| piece.split("  "));
    pieces
        .flat_map(pairs)
        .filter_map(|(name, value)| match label(vocabulary, name, sections)? {
            Label::Total { plain } => {
                let number = number_in(vocabulary, value)?;
                Some(Closing::Total { value: Some((number, at)), plain, section: None })
            }
            Label::Grade => Some(Closing::Grade(value.to_owned(), at)),
            Label::Section(_) | Label::Group => None,
        })
        .collect()
}

/// The pairs of `a：1 b：2`.
fn pairs(piece: &str) -> Vec<(&str, &str)> {
    let words: Vec<&str> = piece.split_whitespace().collect();
    let with_colon = words.iter().filter(|word| word.contains(':')).count();
    let parts = if with_colon > 1 { words } else { vec![piece.trim()] };
    parts.into_iter().filter_map(|part| part.split_once(':')).map(|(name, value)| (name.trim(), value.trim())).collect()
}

/// The total beside its label; no column of other scores or of points holds it.
fn total_beside(grid: &Grid, layout: &Layout, at: Address, plain: bool, section: Option<&str>) -> Closing {
    let free = |column: u32| !layout.others.iter().any(|(first, last)| (*first..=*last).contains(&column));
    let value = match stated(grid, at, Some(layout.score_cell(grid, at.row)), None, free) {
        Stated::Number(value, at) => Some((value, at)),
        Stated::Several(cells) => return Closing::Unclear(at, cells),
        Stated::Other(_) | Stated::Nothing => None,
    };
    Closing::Total { value, plain, section: section.map(str::to_owned) }
}

/// What keeps the score cell of a closing row from being read.
fn flaw_beside(grid: &Grid, layout: &Layout, label: Address) -> Option<Closing> {
    let own = layout.score_cell(grid, label.row);
    let (at, cell) = grid.seen(own.row, own.column).filter(|(at, _)| *at != label)?;
    match typed(cell) {
        Err(flaw @ (Flaw::Uncalculated | Flaw::Error | Flaw::Unsure)) => Some(Closing::Flawed(flaw, at)),
        _ => None,
    }
}

fn grade_beside(grid: &Grid, layout: &Layout, at: Address) -> Option<(String, Address)> {
    let own = layout.score_cell(grid, at.row);
    let words = |cell: &Cell| matches!(&cell.value, Value::Text(text) if !key(text).is_empty());
    if own != at
        && let Some((place, cell)) = grid.seen(own.row, own.column)
        && words(cell)
    {
        return Some((raw(&cell.value), place));
    }
    let right = grid.area(at).last.column;
    let free = |column: u32| !layout.others.iter().any(|(first, last)| (*first..=*last).contains(&column));
    let mut beside =
        grid.cells_of(at.row).filter(|(place, cell)| place.column > right && free(place.column) && words(cell));
    beside.next().map(|(place, cell)| (raw(&cell.value), place))
}
