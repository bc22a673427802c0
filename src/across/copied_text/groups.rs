//! Groups of passages that all hold one run. A chain of pairs is none: where the first shares something with the second, and
//! the second something else with the third, first and third have nothing in common.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::verified::Verified;
use super::{Pair, Place};
use crate::passages::SHORTEST;

/// The pairs, those of a group with their number and together. A group is told by the pairs of its first passage with each
/// of the others: the run that they have in common stands in all of them.
pub fn grouped(mut verified: Vec<Verified>) -> Vec<Pair> {
    let mut of_one: BTreeMap<Place, Vec<usize>> = BTreeMap::new();
    let mut numbers: HashMap<(Place, Place), usize> = HashMap::new();
    for (at, pair) in verified.iter().enumerate() {
        of_one.entry(pair.own).or_default().push(at);
        numbers.insert((pair.own, pair.other), at);
    }
    let mut groups = 0;
    for of_first in of_one.values() {
        let free: Vec<usize> = of_first.iter().copied().filter(|at| verified[*at].pair.group.is_none()).collect();
        let Some((members, length)) = group(&verified, &free).filter(|(members, _)| members.len() > 1) else {
            continue;
        };
        groups += 1;
        members.iter().for_each(|at| verified[*at].pair.group = Some(groups));
        let others: Vec<Place> = members.iter().map(|at| verified[*at].other).collect();
        let between = others.iter().flat_map(|one| others.iter().map(move |two| (*one, *two)));
        for at in between.filter_map(|between| numbers.get(&between)) {
            let pair = &mut verified[*at].pair;
            pair.group.get_or_insert(groups);
            pair.is_told_by_group |= pair.own.shared <= length;
        }
    }
    in_order(verified.into_iter().map(|verified| verified.pair).collect())
}

/// Of pairs with the same first passage those whose runs have one stretch in common that is long enough to be told, and how
/// long it is. Each run stands in its other passage, and so the stretch stands in all of them.
fn group(verified: &[Verified], pairs: &[usize]) -> Option<(Vec<usize>, usize)> {
    let mut order = pairs.to_vec();
    order.sort_by_key(|at| (Reverse(verified[*at].pair.length), *at));
    let (first, rest) = order.split_first()?;
    let mut stretch = verified[*first].runs.iter().max_by_key(|run| run.len())?.clone();
    let mut members = vec![*first];
    for at in rest {
        let met = verified[*at].runs.iter().map(|run| both(run, &stretch)).find(|met| met.len() >= SHORTEST);
        if let Some(met) = met {
            stretch = met;
            members.push(*at);
        }
    }
    members.sort_unstable();
    Some((members, stretch.len()))
}

fn both(one: &Range<usize>, other: &Range<usize>) -> Range<usize> {
    one.start.max(other.start)..one.end.min(other.end)
}

/// The weightiest first, those of a group together; the groups numbered in that order.
fn in_order(mut pairs: Vec<Pair>) -> Vec<Pair> {
    let mut blocks = blocks(&pairs);
    for block in &mut blocks {
        block.sort_by_key(|at| Reverse(pairs[*at].weight()));
    }
    blocks.sort_by_cached_key(|block| {
        let first = block.first().map(|at| &pairs[*at]);
        (Reverse(first.map(Pair::weight)), Reverse(block.len()), first.map(|pair| (pair.own.audit, pair.other.audit)))
    });
    let of_groups = blocks.iter().filter(|block| block.first().is_some_and(|at| pairs[*at].group.is_some()));
    let numbers: Vec<(usize, usize)> =
        of_groups.zip(1..).flat_map(|(block, number)| block.iter().map(move |at| (*at, number))).collect();
    numbers.into_iter().for_each(|(at, number)| pairs[at].group = Some(number));
    // Each changes places with what stands where it belongs: two lists of them would take twice the memory.
    let mut places = vec![0; pairs.len()];
    blocks.into_iter().flatten().zip(0..).for_each(|(at, place)| places[at] = place);
    for at in 0..pairs.len() {
        while places[at] != at {
            let place = places[at];
            pairs.swap(at, place);
            places.swap(at, place);
        }
    }
    pairs
}

/// The places of the pairs, those of a group together: what is of no group stands alone, in the order of the run.
fn blocks(pairs: &[Pair]) -> Vec<Vec<usize>> {
    let mut heads: BTreeMap<(Option<usize>, usize), Vec<usize>> = BTreeMap::new();
    for (at, pair) in pairs.iter().enumerate() {
        let head = if pair.group.is_some() { 0 } else { at };
        heads.entry((pair.group, head)).or_default().push(at);
    }
    heads.into_values().collect()
}
