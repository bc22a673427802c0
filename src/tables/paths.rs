//! Headings from top to bottom over every column, labels from the outside in before every row, and their scopes.

use super::content::numbering;
use super::field::{Field, Rect};
use super::layout::{Laid, LayoutReader};
use super::model::{Column, Layout, Pair, Role, Row, Scope, ScopeKind, TablePart};
use crate::vocabulary::Vocabulary;
use crate::workbook::{Address, Area, Sheet};

/// The parts of a table with their columns, rows and pairs.
pub fn parts(field: &Field, reader: &LayoutReader, words: &Vocabulary) -> Vec<TablePart> {
    reader.parts.iter().map(|laid| part(field, reader, *laid, words)).collect()
}

fn part(field: &Field, reader: &LayoutReader, laid: Laid, words: &Vocabulary) -> TablePart {
    let paths = Paths { field, reader, words };
    let (columns, rows, pairs) = match laid.layout {
        Layout::Columns => (paths.columns(laid), paths.rows(laid), Vec::new()),
        Layout::Pairs => (Vec::new(), Vec::new(), paths.pairs(laid)),
        Layout::Unknown => (Vec::new(), Vec::new(), Vec::new()),
    };
    TablePart { layout: laid.layout, area: area(field, laid.rect), certain: laid.certain, columns, rows, pairs }
}

fn area(field: &Field, rect: Rect) -> Area {
    Area { first: address(field, rect.top, rect.left), last: address(field, rect.bottom, rect.right) }
}

fn address(field: &Field, row: usize, column: usize) -> Address {
    let of = |numbers: &[u32], at: usize| numbers.get(at).copied().unwrap_or_default();
    Address { row: of(&field.rows, row), column: of(&field.columns, column) }
}

struct Paths<'p> {
    field: &'p Field,
    reader: &'p LayoutReader<'p>,
    words: &'p Vocabulary,
}

impl Paths<'_> {
    fn is_sure(&self, path: &[usize]) -> bool {
        path.iter().all(|&spot| self.reader.marks[spot].is_some_and(|mark| mark.certain))
    }

    fn is_total(&self, path: &[usize]) -> bool {
        path.last().is_some_and(|&spot| self.field.spots[spot].content.total)
    }

    fn addresses(&self, path: &[usize]) -> Vec<Address> {
        path.iter().map(|&spot| self.field.spots[spot].area.first).collect()
    }

    fn scopes(&self, path: &[usize]) -> Vec<Scope> {
        let texts = path.iter().map(|&spot| self.field.spots[spot].content.text.as_str());
        scopes(texts, self.words)
    }

    fn columns(&self, laid: Laid) -> Vec<Column> {
        let head = Rect { bottom: laid.rect.top + laid.height - 1, ..laid.rect };
        let columns = laid.rect.left + laid.labels..=laid.rect.right;
        columns
            .map(|column| {
                let path = self.field.column(column, head);
                let at = self.field.columns[column];
                Column {
                    columns: (at, at),
                    path: self.addresses(&path),
                    total: self.is_total(&path),
                    certain: !path.is_empty()
                        && path.iter().all(|&spot| self.is_sure(&[spot]) || self.is_total(&[spot])),
                    scopes: self.scopes(&path),
                }
            })
            .collect()
    }

    fn rows(&self, laid: Laid) -> Vec<Row> {
        let labels = Rect { right: laid.rect.left + laid.names - 1, ..laid.rect };
        let mut parents: Vec<Parent> = Vec::new();
        (laid.rect.top + laid.height..=laid.rect.bottom)
            .filter_map(|row| {
                let mut own = self.field.row(row, labels);
                if self.heads(row, laid) {
                    return None;
                }
                let label = *own.first()?;
                own.retain(|&spot| spot == label || self.names(spot));
                let path = self.path(&mut parents, &own, label);
                Some(Row {
                    row: self.field.rows[row],
                    path: self.addresses(&path),
                    total: self.is_total(&path),
                    of_which: self.is_part(label),
                    certain: self.is_sure(&path),
                    scopes: self.scopes(&path),
                })
            })
            .collect()
    }

    /// Whether a row says its table's headings again.
    fn heads(&self, row: usize, laid: Laid) -> bool {
        let role = |spot: usize| self.reader.marks[spot].map(|mark| mark.role);
        self.field.row(row, laid.rect).iter().any(|&spot| {
            role(spot) == Some(Role::ColumnHeading) && self.field.rect(spot).top >= laid.rect.top + laid.height
        })
    }

    /// Whether a cell between the label and the figures names its row: a few words.
    fn names(&self, spot: usize) -> bool {
        let content = &self.field.spots[spot].content;
        content.is_text() && !content.long
    }

    fn is_part(&self, label: usize) -> bool {
        let text = &self.field.spots[label].content.text;
        self.words.tables.parts.starts(text)
    }

    /// The labels that a row lies under by numbering and 其中, then its own labels from the left.
    fn path(&self, parents: &mut Vec<Parent>, own: &[usize], label: usize) -> Vec<usize> {
        let content = &self.field.spots[label].content;
        let depth = match numbering(&content.text, self.words) {
            Some(depth) => Some(depth),
            None if content.total => Some(0),
            None => None,
        };
        if let Some(depth) = depth {
            parents.retain(|parent| parent.depth < depth);
        }
        let part = self.is_part(label);
        let mut path: Vec<usize> =
            parents.iter().filter(|parent| part || parent.depth < UNNUMBERED).map(|one| one.spot).collect();
        if depth.is_none() && !part {
            parents.retain(|parent| parent.depth < UNNUMBERED);
        }
        path.extend(own);
        let mut seen = std::collections::BTreeSet::new();
        path.retain(|spot| seen.insert(*spot));
        if !part && !content.total {
            parents.push(Parent { depth: depth.unwrap_or(UNNUMBERED), spot: label });
        }
        path
    }

    fn pairs(&self, laid: Laid) -> Vec<Pair> {
        let mut found = Vec::new();
        for row in laid.rect.top..=laid.rect.bottom {
            let spots = self.field.row(row, laid.rect);
            let mut path: Vec<usize> = Vec::new();
            for &spot in &spots {
                let own = self.field.rect(spot);
                let role = self.reader.marks[spot].map(|mark| mark.role);
                if matches!(role, Some(Role::RowHeading | Role::Total)) {
                    path.push(spot);
                } else if own.top.max(laid.rect.top) == row && !path.is_empty() {
                    found.push(self.pair(std::mem::take(&mut path), spot));
                } else {
                    path.clear();
                }
            }
        }
        found
    }

    fn pair(&self, path: Vec<usize>, value: usize) -> Pair {
        Pair {
            path: self.addresses(&path),
            value: self.field.spots[value].area.first,
            certain: self.is_sure(&path) && self.is_sure(&[value]),
            scopes: self.scopes(&path),
        }
    }
}

/// Deeper than any numbering: the parent of 其中 alone.
const UNNUMBERED: u8 = 9;

/// A label that later rows can lie under.
struct Parent {
    depth: u8,
    spot: usize,
}

/// The scopes that a table's title, its units and its sheet's name set.
pub fn scopes_of_table(sheet: &Sheet, field: &Field, reader: &LayoutReader, words: &Vocabulary) -> Vec<Scope> {
    let titles = field.spots.iter().zip(&reader.marks);
    let titles = titles.filter(|(_, mark)| mark.is_some_and(|mark| matches!(mark.role, Role::Title | Role::Unit)));
    scopes(titles.map(|(spot, _)| spot.content.text.as_str()).chain([sheet.name.as_str()]), words)
}

/// The words of scope in some texts, each once, in order of kind.
fn scopes<'t>(texts: impl Iterator<Item = &'t str>, words: &Vocabulary) -> Vec<Scope> {
    let lists = [
        (ScopeKind::Period, &words.table_scopes.period),
        (ScopeKind::Version, &words.table_scopes.version),
        (ScopeKind::Organisation, &words.table_scopes.organisation),
        (ScopeKind::TablePart, &words.table_scopes.part),
        (ScopeKind::Person, &words.table_scopes.person),
        (ScopeKind::Measure, &words.table_scopes.measure),
        (ScopeKind::Party, &words.table_scopes.party),
    ];
    let mut found = Vec::new();
    for text in texts {
        found.extend(years(text).map(|word| Scope { kind: ScopeKind::Year, word }));
        for (kind, list) in lists {
            let named = list.iter().filter(|word| text.contains(*word));
            found.extend(named.map(|word| Scope { kind, word: word.to_owned() }));
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Years of four digits that stand alone.
fn years(text: &str) -> impl Iterator<Item = String> {
    let runs = text.split(|c: char| !c.is_ascii_digit());
    runs.filter(|run| run.len() == 4 && (run.starts_with("19") || run.starts_with("20"))).map(str::to_owned)
}
