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
pub fn grouped(verified: Vec<Verified>) -> Vec<Pair> {
    let mut of_one: BTreeMap<Place, Vec<usize>> = BTreeMap::new();
    let mut numbers: HashMap<(Place, Place), usize> = HashMap::new();
    for (at, pair) in verified.iter().enumerate() {
        of_one.entry(pair.own).or_default().push(at);
        numbers.insert((pair.own, pair.other), at);
    }
    let mut pairs: Vec<Pair> = verified.iter().map(|verified| verified.pair.clone()).collect();
    let mut groups = 0;
    for of_first in of_one.values() {
        let free: Vec<usize> = of_first.iter().copied().filter(|at| pairs[*at].group.is_none()).collect();
        let Some((members, length)) = group(&verified, &free).filter(|(members, _)| members.len() > 1) else {
            continue;
        };
        groups += 1;
        members.iter().for_each(|at| pairs[*at].group = Some(groups));
        let others: Vec<Place> = members.iter().map(|at| verified[*at].other).collect();
        let between = others.iter().flat_map(|one| others.iter().map(move |two| (*one, *two)));
        for at in between.filter_map(|between| numbers.get(&between)) {
            pairs[*at].group.get_or_insert(groups);
            pairs[*at].is_told_by_group |= pairs[*at].own.shared <= length;
        }
    }
    in_order(pairs)
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
fn in_order(pairs: Vec<Pair>) -> Vec<Pair> {
    let mut heads: BTreeMap<(Option<usize>, usize), Vec<Pair>> = BTreeMap::new();
    for (at, pair) in pairs.into_iter().enumerate() {
        let head = if pair.group.is_some() { 0 } else { at };
        heads.entry((pair.group, head)).or_default().push(pair);
    }
    let mut blocks: Vec<Vec<Pair>> = heads.into_values().collect();
    for block in &mut blocks {
        block.sort_by_key(|pair| Reverse(pair.weight()));
    }
    blocks.sort_by_key(|block| {
        let first = block.first();
        (Reverse(first.map(Pair::weight)), Reverse(block.len()), first.map(|pair| (pair.own.audit, pair.other.audit)))
    });
    let mut number = 0;
    for block in &mut blocks {
        if block.first().is_some_and(|pair| pair.group.is_some()) {
            number += 1;
            block.iter_mut().for_each(|pair| pair.group = Some(number));
        }
    }
    blocks.into_iter().flatten().collect()
}
