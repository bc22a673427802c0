//! Where one table ends and the next begins: empty rows, and empty columns between tables that stand side by side.

use super::field::Spot;

/// A title stands at most so many empty rows above its table.
const TITLE_GAP: u32 = 2;
/// A title with what belongs to it has at most so many rows.
const TITLE_ROWS: usize = 4;

/// The cells of each table, in reading order.
pub fn split(spots: Vec<Spot>) -> Vec<Vec<Spot>> {
    let mut tables: Vec<Vec<Spot>> = Vec::new();
    let mut title: Vec<Spot> = Vec::new();
    for band in bands(spots) {
        let begins = band.first().map_or(0, |spot| spot.area.first.row);
        if !title.is_empty() && begins > reach(&title) + 1 + TITLE_GAP {
            tables.push(std::mem::take(&mut title));
        }
        if is_title(&band) {
            title.extend(band);
            continue;
        }
        let mut whole = std::mem::take(&mut title);
        whole.extend(band);
        tables.extend(side_by_side(whole));
    }
    if !title.is_empty() {
        tables.push(title);
    }
    tables
}

/// The last row that these cells reach.
fn reach(spots: &[Spot]) -> u32 {
    spots.iter().map(|spot| spot.area.last.row).max().unwrap_or(0)
}

/// Runs of rows without an empty row between them.
fn bands(spots: Vec<Spot>) -> Vec<Vec<Spot>> {
    let mut bands: Vec<Vec<Spot>> = Vec::new();
    let mut last = 0;
    for spot in spots {
        let (first, end) = (spot.area.first.row, spot.area.last.row);
        match bands.last_mut() {
            Some(band) if first <= last + 1 => band.push(spot),
            _ => bands.push(vec![spot]),
        }
        last = last.max(end);
    }
    bands
}

/// Few rows, each with one text.
fn is_title(band: &[Spot]) -> bool {
    let alone = band.windows(2).all(|pair| pair[0].area.first.row != pair[1].area.first.row);
    alone && band.len() <= TITLE_ROWS && band.iter().all(|spot| spot.content.is_text())
}

/// Tables with empty columns between them; cells alone in their row part nothing.
fn side_by_side(spots: Vec<Spot>) -> Vec<Vec<Spot>> {
    let alone = alone(&spots);
    let starts = starts(&spots, &alone);
    let mut groups: Vec<Vec<Spot>> = starts.iter().map(|_| Vec::new()).collect();
    for spot in &spots {
        let at = starts.partition_point(|&start| start <= spot.area.first.column).saturating_sub(1);
        if let Some(group) = groups.get_mut(at) {
            group.push(spot.clone());
        }
    }
    let is_table = |group: &Vec<Spot>| {
        let of = |one: fn(&Spot) -> u32| group.iter().map(one).collect::<std::collections::BTreeSet<_>>().len();
        of(|spot| spot.area.first.row) > 1 && of(|spot| spot.area.first.column) > 1
    };
    if groups.len() > 1 && groups.iter().all(is_table) { groups } else { vec![spots] }
}

fn alone(spots: &[Spot]) -> Vec<bool> {
    let row = |at: Option<&Spot>| at.map(|spot| spot.area.first.row);
    (0..spots.len())
        .map(|at| {
            let own = row(spots.get(at));
            row(at.checked_sub(1).and_then(|before| spots.get(before))) != own && row(spots.get(at + 1)) != own
        })
        .collect()
}

/// The columns at which tables begin: after a column that nothing covers.
fn starts(spots: &[Spot], alone: &[bool]) -> Vec<u32> {
    let mut covered: Vec<(u32, u32)> = spots
        .iter()
        .zip(alone)
        .filter(|(_, alone)| !**alone)
        .map(|(spot, _)| (spot.area.first.column, spot.area.last.column))
        .collect();
    covered.sort_unstable();
    let mut starts = Vec::new();
    let mut last: Option<u32> = None;
    for (first, end) in covered {
        if last.is_none_or(|last| first > last + 1) {
            starts.push(first);
        }
        last = Some(last.map_or(end, |last| last.max(end)));
    }
    starts
}
