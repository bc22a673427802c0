//! The column groups of a base-data table: each a label with its values, their unit and their evidence.

use super::hint;
use crate::audit::NotUsed;
use crate::submission::headers::{BaseColumn, Header, Heading, year_of};
use crate::submission::scope::{Scope, undecided};
use crate::submission::unused;
use crate::submission::values::UnitHint;
use crate::vocabulary::Vocabulary;

/// Columns of one group.
#[derive(Default)]
pub(super) struct Group {
    /// Its first column.
    pub(super) from: u32,
    pub(super) label: Option<(u32, u32)>,
    pub(super) values: Vec<ValueColumn>,
    pub(super) unit: Option<(u32, u32)>,
    pub(super) evidence: Option<(u32, u32)>,
    pub(super) remarks: Option<(u32, u32)>,
    /// Columns of values that a word decides against.
    pub(super) left: Vec<((u32, u32), NotUsed)>,
    pub(super) number: bool,
}

/// One column of values.
pub(super) struct ValueColumn {
    pub(super) columns: (u32, u32),
    pub(super) hint: UnitHint,
    /// A unit column that is its own: 2019年（数值、单位）| 2020年（数值、单位）.
    pub(super) unit: Option<(u32, u32)>,
    pub(super) scope: Scope,
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
        if vocabulary.headings.remarks.contains(heading.own.as_str())
            && let Some(group) = groups.last_mut()
        {
            group.remarks.get_or_insert(heading.columns);
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
            }),
            BaseColumn::Unit => group.take_unit(heading.columns),
            BaseColumn::Evidence => group.evidence = group.evidence.or(Some(heading.columns)),
        }
    }
    groups.iter_mut().for_each(Group::decide);
    groups.retain(|group| group.label.is_some() && !group.values.is_empty());
    groups
}

impl Group {
    /// A unit column is that of the value before it where each value has one, else that of all.
    fn take_unit(&mut self, columns: (u32, u32)) {
        if self.unit.is_none() {
            self.unit = Some(columns);
        } else if let Some(last) = self.values.last_mut() {
            last.unit = Some(columns);
        }
    }

    /// Keeps the columns of values that no word decides against.
    fn decide(&mut self) {
        let kept: Vec<(u32, u32)> =
            undecided(&self.values, |column| column.scope).into_iter().map(|column| column.columns).collect();
        let left = self.values.iter().filter(|column| !kept.contains(&column.columns));
        self.left
            .extend(left.map(|column| (column.columns, column.scope.off().map_or(NotUsed::LikeColumn, unused::why))));
        self.values.retain(|column| kept.contains(&column.columns));
    }
}
