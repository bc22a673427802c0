//! Several labels in one cell and as many values in another: 核定编制数/年末在编人数 beside 48/46. They are read only where both
//! sides part into equally many, and each label is a fact's without doubt. Source: certainty.md, “Not too shy either”.

use super::names::{Labelled, Names};
use crate::quantity::fold;

/// What parts labels and values in one cell.
const MARKS: [char; 5] = ['/', '／', '、', ';', '；'];

/// A label that names a fact, with the part of the values that is its own.
pub type Pair<'t> = (Labelled, &'t str);

/// The facts that the parts of a label name, each with its own part of the values; empty where they do not part alike.
pub fn pairs<'t>(names: &Names, label: &str, values: &'t str) -> Vec<Pair<'t>> {
    let (labels, values): (Vec<&str>, Vec<&str>) = (parts(label), parts(values));
    if labels.len() < 2 || labels.len() != values.len() || names.surely(label).is_some() {
        return Vec::new();
    }
    let is_figure = |value: &&str| fold(value).starts_with(|c: char| c.is_ascii_digit());
    let found: Vec<Pair> =
        labels.iter().zip(&values).filter_map(|(label, value)| Some((names.surely(label)?, *value))).collect();
    let differ =
        found.iter().enumerate().all(|(at, (one, _))| found[..at].iter().all(|(other, _)| other.index != one.index));
    if found.len() == labels.len() && differ && values.iter().all(is_figure) { found } else { Vec::new() }
}

/// Whether a label has several parts, each of which names a fact without doubt.
pub fn names_several(names: &Names, label: &str) -> bool {
    label.contains(MARKS) && parts(label).into_iter().all(|part| names.surely(part).is_some())
}

fn parts(text: &str) -> Vec<&str> {
    text.split(MARKS).map(str::trim).collect()
}
