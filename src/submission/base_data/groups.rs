//! The column groups of a base-data table: each a label with its values, their unit and their evidence.

use std::collections::BTreeSet;

use super::hint;
use crate::audit::NotUsed;
use crate::quantity::fold;
use crate::submission::grid::Grid;
use crate::submission::headers::{BaseColumn, Header, Heading, year_of};
use crate::submission::scope::{Off, Scope, undecided};
use crate::submission::units_said::is_unit;
use crate::submission::unused;
use crate::submission::values::UnitHint;
use crate::vocabulary::Vocabulary;
use crate::workbook::{Address, Cell, Value};

/// Two columns stand under one heading where so many rows have a value in both; fewer are slips.
const SIDE_BY_SIDE: usize = 3;
/// No heading spans more columns.
const WIDEST: u32 = 16;

/// Columns of one group.
#[derive(Default)]
pub(super) struct Group {
    /// Its first column.
    pub(super) from: u32,
    pub(super) label: Option<(u32, u32)>,
    pub(super) values: Vec<ValueColumn>,
    pub(super) unit: Option<(u32, u32)>,
    pub(super) evidence: Option<(u32, u32)>,
    pub(super) remarks: Vec<(u32, u32)>,
    /// Columns of corrections: what is filled in there speaks against the value.
    pub(super) corrections: Vec<(u32, u32)>,
    /// What stands below the department, beside 本级 and without a column of the whole: what 本级 says is a part of.
    pub(super) below: Vec<(u32, u32)>,
    /// Columns of values that a word decides against.
    pub(super) left: Vec<((u32, u32), NotUsed)>,
    pub(super) number: bool,
}

/// One column of values.
#[derive(Clone, Copy)]
pub(super) struct ValueColumn {
    pub(super) columns: (u32, u32),
    pub(super) hint: UnitHint,
    /// A unit column that is its own: 2019年（数值、单位）| 2020年（数值、单位）.
    pub(super) unit: Option<(u32, u32)>,
    pub(super) scope: Scope,
    /// Its heading says that amounts of money stand there: 金额（万元）.
    pub(super) of_amounts: bool,
    /// Brackets of its heading that name neither a unit nor a scope: 数值（少儿馆）.
    names_more: bool,
}

/// The column groups of a header, each with a label and the columns of values that no word decides against: figures of
/// another year than the report's, of half a year, of the units below are nobody's.
pub(super) fn groups(vocabulary: &Vocabulary, header: &Header, year: Option<i32>) -> Vec<Group> {
    let mut groups: Vec<Group> = vec![Group { from: header.columns.0, ..Group::default() }];
    let role_of = |heading: &Heading| {
        let year_only = year_of(vocabulary, &heading.own).is_some();
        heading.roles.base.filter(|role| {
            *role != BaseColumn::Value || !year_only || { year_of(vocabulary, &heading.own) == year || year.is_none() }
        })
    };
    let has_value = header.headings.iter().any(|heading| heading.roles.base == Some(BaseColumn::Value));
    for (place, heading) in header.headings.iter().enumerate() {
        if let Some(group) = groups.last_mut() {
            group.take_words(vocabulary, heading);
        }
        let Some(role) = role_of(heading) else {
            if heading.roles.base == Some(BaseColumn::Value)
                && let Some(group) = groups.last_mut()
            {
                group.left.push((heading.columns, NotUsed::OtherYear));
            }
            continue;
        };
        // 项目 | 内容: where no heading says value, the second label is the answer.
        let answers =
            !has_value && role == BaseColumn::Label && groups.last().is_some_and(|group| group.label.is_some());
        let role = if answers { BaseColumn::Value } else { role };
        let label_follows = || {
            let mut later = header.headings.iter().skip(place + 1).filter_map(&role_of);
            later.find(|role| !matches!(role, BaseColumn::Unit | BaseColumn::Evidence)) == Some(BaseColumn::Label)
        };
        let starts_anew = groups.last().is_some_and(|group| match role {
            BaseColumn::Number => group.number || group.label.is_some(),
            BaseColumn::Label => group.label.is_some(),
            BaseColumn::Unit => group.unit.is_some() && label_follows(),
            BaseColumn::Evidence => group.evidence.is_some() && label_follows(),
            BaseColumn::Value => false,
        });
        if starts_anew {
            groups.push(Group { from: heading.columns.0, ..Group::default() });
        }
        let Some(group) = groups.last_mut() else { continue };
        match role {
            BaseColumn::Number => group.number = true,
            BaseColumn::Label => group.label = Some(heading.columns),
            BaseColumn::Value => group.values.push(ValueColumn {
                columns: heading.columns,
                hint: hint(vocabulary, &heading.pieces.join(" ")),
                unit: None,
                scope: Scope::of(vocabulary, &heading.pieces.join(" "), year),
                of_amounts: vocabulary.headings.base_amounts.contains(heading.own.as_str()),
                names_more: names_more(vocabulary, &heading.pieces, year),
            }),
            BaseColumn::Unit => group.take_unit(heading.columns),
            BaseColumn::Evidence => group.evidence = group.evidence.or(Some(heading.columns)),
        }
    }
    groups.iter_mut().for_each(|group| group.leave_others(vocabulary, header));
    groups.iter_mut().for_each(Group::decide);
    groups.retain(|group| group.label.is_some() && !(group.values.is_empty() && group.left.is_empty()));
    groups
}

impl Group {
    /// Parts a column of values over which one heading spans several: where two of them are filled in row after row, nobody can
    /// say which is meant, and each may be.
    pub(super) fn part(&mut self, grid: &Grid, rows: &[u32]) {
        let values = std::mem::take(&mut self.values);
        self.values = values.into_iter().flat_map(|column| parted(grid, column, rows)).collect();
    }

    /// A column of remarks, or of corrections.
    fn take_words(&mut self, vocabulary: &Vocabulary, heading: &Heading) {
        let words = &vocabulary.headings;
        if words.remarks.contains(heading.own.as_str()) {
            self.remarks.push(heading.columns);
        }
        if heading.roles.base.is_none() && words.base_corrected.within(&heading.whole) {
            self.corrections.push(heading.columns);
        }
    }

    /// A unit column is that of the value before it where each value has one, else that of all.
    fn take_unit(&mut self, columns: (u32, u32)) {
        if self.unit.is_none() {
            self.unit = Some(columns);
        } else if let Some(last) = self.values.last_mut() {
            last.unit = Some(columns);
        }
    }

    /// Leaves what others found out: 财政核定数 beside 单位填报数.
    fn leave_others(&mut self, vocabulary: &Vocabulary, header: &Header) {
        let is_others = |column: &ValueColumn| {
            let over = header.headings.iter().find(|heading| heading.columns == column.columns);
            over.is_some_and(|heading| vocabulary.headings.base_not_filed.within(&heading.whole))
        };
        let (others, own): (Vec<ValueColumn>, Vec<ValueColumn>) =
            std::mem::take(&mut self.values).into_iter().partition(is_others);
        if own.is_empty() {
            self.values = others;
            return;
        }
        self.left.extend(others.iter().map(|column| (column.columns, NotUsed::LikeColumn)));
        self.values = own;
    }

    /// Keeps the columns of values that no word decides against.
    fn decide(&mut self) {
        let kept: Vec<(u32, u32)> =
            undecided(&self.values, |column| column.scope).into_iter().map(|column| column.columns).collect();
        let left = self.values.iter().filter(|column| !kept.contains(&column.columns));
        let of_kept = self.values.iter().filter(|column| kept.contains(&column.columns));
        if of_kept.clone().next().is_some() && of_kept.clone().all(|column| column.scope.is_own_alone()) {
            let is_below = |column: &&ValueColumn| column.scope.off() == Some(Off::Below) || column.names_more;
            let below = left.clone().filter(is_below);
            self.below = below.map(|column| column.columns).collect();
        }
        self.left
            .extend(left.map(|column| (column.columns, column.scope.off().map_or(NotUsed::LikeColumn, unused::why))));
        self.values.retain(|column| kept.contains(&column.columns));
    }
}

/// Whether the brackets of a heading name somebody or something: neither a unit, nor a scope, nor what is to be filled in.
fn names_more(vocabulary: &Vocabulary, pieces: &[String], year: Option<i32>) -> bool {
    pieces.iter().any(|piece| {
        let folded = fold(piece);
        let inside = folded.split_once('(').map(|(_, rest)| rest.split(')').next().unwrap_or(rest));
        inside.is_some_and(|inside| {
            let is_open = Scope::of(vocabulary, inside, year).is_open();
            is_open && !is_unit(vocabulary, inside) && !vocabulary.scopes.neutral.starts(inside)
        })
    })
}

/// The columns under one heading of values: each by itself where several of them hold values in row after row.
fn parted(grid: &Grid, column: ValueColumn, rows: &[u32]) -> Vec<ValueColumn> {
    let all = column.columns.0..=column.columns.1.min(column.columns.0.saturating_add(WIDEST));
    let is_value = |at: Address, cell: &Cell| match &cell.value {
        Value::Text(text) => !is_unit(grid.vocabulary(), text) && grid.area(at).first == at,
        _ => grid.area(at).first == at,
    };
    let filled = |row: u32| -> Vec<u32> {
        let seen = all.clone().filter_map(|place| Some((place, grid.seen(row, place)?)));
        let own = seen.filter(|(place, (at, cell))| at.row == row && at.column == *place && is_value(*at, cell));
        own.map(|(place, _)| place).collect()
    };
    let by_row: Vec<Vec<u32>> =
        if all.clone().nth(1).is_some() { rows.iter().map(|row| filled(*row)).collect() } else { Vec::new() };
    if by_row.iter().filter(|places| places.len() > 1).count() < SIDE_BY_SIDE {
        return vec![column];
    }
    let places: BTreeSet<u32> = by_row.into_iter().flatten().collect();
    let one = |place: u32| ValueColumn { columns: (place, place), ..column };
    places.into_iter().map(one).collect()
}
