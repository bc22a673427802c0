//! The merged areas of a sheet, and which of them an address lies in, found without looking at all of them.

use std::ops::Deref;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::address::{Address, Area};

/// Merged areas in the order of their first cells, as a list in stored form.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Area>", into = "Vec<Area>")]
pub struct Merges {
    areas: Vec<Area>,
    /// Made at the first question; a change of the areas throws it away.
    tree: OnceLock<Tree>,
}

impl Merges {
    /// The area that an address lies in. Of areas that overlap, which no spreadsheet program writes, it is one of them.
    pub fn at(&self, address: Address) -> Option<Area> {
        self.tree.get_or_init(|| Tree::of(self.areas.clone())).find(address)
    }

    /// Adds an area.
    pub(crate) fn push(&mut self, area: Area) {
        self.tree.take();
        self.areas.push(area);
    }

    /// Puts the areas into order; single cells and repetitions are no merged areas.
    pub(crate) fn settle(&mut self) {
        self.tree.take();
        self.areas.retain(|area| area.first != area.last);
        self.areas.sort_unstable_by_key(|area| (area.first, area.last));
        self.areas.dedup();
    }
}

impl From<Vec<Area>> for Merges {
    fn from(areas: Vec<Area>) -> Merges {
        Merges { areas, tree: OnceLock::new() }
    }
}

impl From<Merges> for Vec<Area> {
    fn from(merges: Merges) -> Vec<Area> {
        merges.areas
    }
}

impl Deref for Merges {
    type Target = [Area];

    fn deref(&self) -> &[Area] {
        &self.areas
    }
}

impl PartialEq for Merges {
    fn eq(&self, other: &Merges) -> bool {
        self.areas == other.areas
    }
}

impl Eq for Merges {}

impl<const N: usize> PartialEq<[Area; N]> for Merges {
    fn eq(&self, other: &[Area; N]) -> bool {
        self.areas == other
    }
}

/// Areas parted in halves, again and again, by rows or by columns, each half with the rectangle that holds it.
#[derive(Clone, Debug)]
struct Tree {
    /// The halves of any part lie side by side.
    areas: Vec<Area>,
    /// The rectangle of part `n`, whose halves are the parts `2n` and `2n + 1`; the whole is part 1.
    holds: Vec<Option<Area>>,
}

impl Tree {
    fn of(areas: Vec<Area>) -> Tree {
        let holds = vec![None; 2 * areas.len().next_power_of_two()];
        let mut tree = Tree { holds, areas };
        tree.part(1, 0, tree.areas.len());
        tree
    }

    fn part(&mut self, part: usize, from: usize, to: usize) {
        let areas = &mut self.areas[from..to];
        let hold = areas.iter().copied().reduce(around);
        if let Some(hold) = hold.filter(|_| areas.len() > 1) {
            let middle = areas.len() / 2;
            // The longer side by its share of a sheet's rows and columns.
            if hold.last.row - hold.first.row > 64 * (hold.last.column - hold.first.column) {
                areas.select_nth_unstable_by_key(middle, |area| (area.first.row, area.first.column));
            } else {
                areas.select_nth_unstable_by_key(middle, |area| (area.first.column, area.first.row));
            }
            self.part(2 * part, from, from + middle);
            self.part(2 * part + 1, from + middle, to);
        }
        if let Some(place) = self.holds.get_mut(part) {
            *place = hold;
        }
    }

    fn find(&self, at: Address) -> Option<Area> {
        self.find_in(1, 0, self.areas.len(), at)
    }

    /// The areas `from` up to `to` are those of the part.
    fn find_in(&self, part: usize, from: usize, to: usize, at: Address) -> Option<Area> {
        #[cfg(test)]
        tests::STEPS.set(tests::STEPS.get() + 1);
        (*self.holds.get(part)?).filter(|hold| hold.contains(at))?;
        if to - from == 1 {
            return self.areas.get(from).copied();
        }
        let middle = from + (to - from) / 2;
        self.find_in(2 * part, from, middle, at).or_else(|| self.find_in(2 * part + 1, middle, to, at))
    }
}

/// The smallest rectangle that holds both.
fn around(a: Area, b: Area) -> Area {
    Area {
        first: Address { row: a.first.row.min(b.first.row), column: a.first.column.min(b.first.column) },
        last: Address { row: a.last.row.max(b.last.row), column: a.last.column.max(b.last.column) },
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    thread_local! {
        /// Parts looked at by this thread.
        pub(super) static STEPS: Cell<usize> = const { Cell::new(0) };
    }

    fn area(row: u32, column: u32, rows: u32, columns: u32) -> Area {
        Area { first: Address { row, column }, last: Address { row: row + rows - 1, column: column + columns - 1 } }
    }

    /// Looks at every area, as the tree must not need to.
    fn one_by_one(areas: &[Area], at: Address) -> Option<Area> {
        areas.iter().find(|area| area.contains(at)).copied()
    }

    fn agree(areas: Vec<Area>, rows: u32, columns: u32) {
        let merges = Merges::from(areas.clone());
        for row in 0..rows {
            for column in 0..columns {
                let at = Address { row, column };
                assert_eq!(merges.at(at), one_by_one(&areas, at), "{at}");
            }
        }
    }

    #[test]
    fn every_cell_of_every_area_is_found_and_no_other() {
        agree(Vec::new(), 3, 3);
        agree(vec![area(1, 1, 2, 3)], 5, 6);
        agree((0..40).map(|n| area(3 * n, n % 5, 2, 2)).collect(), 130, 10);
        agree((0..12).map(|n| area(n, 2 * ((n * 5) % 12), 40, 2)).collect(), 60, 30);
        agree((0..30).flat_map(|n| [area(2 * n, 0, 1, 3), area(2 * n, 5, 2, 1)]).collect(), 64, 8);
    }

    #[test]
    fn many_areas_are_found_in_few_steps() {
        // Tall areas that all begin in another row, side by side in no order, and no area at the place in question.
        let areas: Vec<Area> = (0..8_000).map(|n| area(n, 2 * ((n * 2_971) % 8_000), 1_000_000, 1)).collect();
        let most = areas.len() / 4;
        let merges = Merges::from(areas);
        for row in [0, 4_000, 7_999, 8_000, 900_000, 999_999, 1_004_000] {
            STEPS.set(0);
            assert_eq!(merges.at(Address { row, column: 7_777 }), None);
            assert!(STEPS.get() < most, "{} steps to row {row}", STEPS.get());
        }
    }

    #[test]
    fn the_stored_form_is_a_list() {
        let merges = Merges::from(vec![area(0, 0, 1, 2)]);
        let json = serde_json::to_string(&merges).unwrap();
        assert_eq!(json, r#"[{"first":{"row":0,"column":0},"last":{"row":0,"column":1}}]"#);
        assert_eq!(serde_json::from_str::<Merges>(&json).unwrap(), merges);
    }
}
