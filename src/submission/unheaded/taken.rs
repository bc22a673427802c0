//! The areas of tables that have a header.

use crate::workbook::{Address, Area};

/// The areas of tables, found by their rows: a sheet can have ten thousands of them.
pub(super) struct Taken {
    /// By their first row, each with the last row of all up to it.
    areas: Vec<(Area, u32)>,
}

impl Taken {
    pub(super) fn of(areas: &[Area]) -> Taken {
        let mut areas = areas.to_vec();
        areas.sort_by_key(|area| area.first.row);
        let mut last = 0;
        let with_last = |area: Area| {
            last = area.last.row.max(last);
            (area, last)
        };
        Taken { areas: areas.into_iter().map(with_last).collect() }
    }

    pub(super) fn contains(&self, at: Address) -> bool {
        let end = self.areas.partition_point(|(area, _)| area.first.row <= at.row);
        let before = self.areas.iter().take(end).rev();
        before.take_while(|(_, last)| *last >= at.row).any(|(area, _)| area.contains(at))
    }
}
