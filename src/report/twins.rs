//! Several submissions of one department: which of them counts in the totals is the bureau's to say. (bureau.md, “Two submissions of
//! one department”)

use std::collections::BTreeMap;

use crate::brief::Brief;
use crate::carry::{Entry, Typed};
use crate::contract::YES;
use crate::entered::{AS_A_WHOLE, About, Whose};

use super::carried::Carried;
use super::departments::Department;

/// One of several submissions of a department for one year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Twin {
    /// The number of its group, from 1.
    pub group: usize,
    /// Which of them it is, from 1, in the order of their files.
    pub number: usize,
    /// How many there are.
    pub of: usize,
    /// It counts as long as nobody chose: it is the later one by its own date, or all are the same file and it is the first.
    pub by_default: bool,
}

/// What tells a submission from others of its department.
struct Handed<'a> {
    unit: Option<&'a str>,
    year: Option<i32>,
    rules: Option<&'a str>,
    project: Option<&'a str>,
    file: &'a str,
    sha256: &'a str,
    dated: Option<&'a str>,
}

/// The submissions that are several, by department.
pub fn twins(departments: &[Department]) -> Vec<Option<Twin>> {
    let handed = departments.iter().map(|Department { audit, .. }| Handed {
        unit: audit.unit.as_deref(),
        year: audit.year,
        rules: audit.rulebook.as_ref().map(|book| book.id.as_str()),
        project: audit.project.as_deref(),
        file: &audit.file,
        sha256: &audit.sha256,
        dated: audit.dated.as_deref(),
    });
    several(&handed.collect::<Vec<_>>())
}

/// The same of audits in brief.
pub fn twins_in_brief(audits: &[&Brief]) -> Vec<Option<Twin>> {
    let handed = audits.iter().map(|audit| Handed {
        unit: audit.unit.as_deref(),
        year: audit.year,
        rules: audit.rulebook.as_ref().map(|book| book.id.as_str()),
        project: audit.project.as_deref(),
        file: &audit.file,
        sha256: &audit.sha256,
        dated: audit.dated.as_deref(),
    });
    several(&handed.collect::<Vec<_>>())
}

fn several(all: &[Handed]) -> Vec<Option<Twin>> {
    let mut groups: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (index, handed) in all.iter().enumerate() {
        let plain = |text: &str| text.chars().filter(|character| !character.is_whitespace()).collect::<String>();
        let Some(unit) = handed.unit.map(plain).filter(|unit| !unit.is_empty()) else { continue };
        groups.entry((unit, handed.year, handed.rules, handed.project.map(plain))).or_default().push(index);
    }
    let mut twins = vec![None; all.len()];
    let mut group = 0;
    for mut members in groups.into_values() {
        let file = |index: &usize| all[*index].file;
        members.sort_by_key(file);
        // Two forms of one project in one workbook are no second submission.
        if members.windows(2).any(|pair| file(&pair[0]) == file(&pair[1])) || members.len() < 2 {
            continue;
        }
        group += 1;
        let first = all[members[0]].sha256;
        let same = members.iter().all(|index| all[*index].sha256 == first);
        let latest = if same { Some(members[0]) } else { latest(all, &members) };
        for (number, index) in (1..).zip(&members) {
            twins[*index] = Some(Twin { group, number, of: members.len(), by_default: latest == Some(*index) });
        }
    }
    twins
}

/// The one of several submissions that is later than all others by what each says itself; none where one of them does not say, or
/// two of the latest day are there.
fn latest(all: &[Handed], members: &[usize]) -> Option<usize> {
    let days: Option<Vec<(&str, usize)>> = members.iter().map(|index| Some((all[*index].dated?, *index))).collect();
    let mut days = days?;
    // Written year first, days stand in their order.
    days.sort_unstable();
    match days.as_slice() {
        [.., (before, _), (last, index)] if before < last => Some(*index),
        _ => None,
    }
}

/// What was entered of a department's submission as a whole.
pub fn entered<'a>(carried: &Carried<'a>, department: &Department) -> Option<&'a Typed> {
    let key = Whose::of(department.audit).key(About::Submission, &[AS_A_WHOLE]);
    carried.entered.get(&key).map(|signed| signed.typed())
}

/// Whether each submission counts in the totals: of several the one that was chosen; where none was, the later by its own date, else none of
/// them, unless they are the same file; where several were, none.
pub fn counting(departments: &[Department], twins: &[Option<Twin>], carried: &Carried) -> Vec<bool> {
    let is_chosen = |department: &Department| {
        entered(carried, department).is_some_and(|typed| typed.value == Some(Entry::Words(YES.to_owned())))
    };
    let mut chosen: BTreeMap<usize, usize> = BTreeMap::new();
    for (department, twin) in departments.iter().zip(twins) {
        if let Some(twin) = twin.filter(|_| is_chosen(department)) {
            *chosen.entry(twin.group).or_default() += 1;
        }
    }
    let counts = |(department, twin): (&Department, &Option<Twin>)| match twin {
        None => true,
        Some(twin) => match chosen.get(&twin.group) {
            Some(1) => is_chosen(department),
            Some(_) => false,
            None => twin.by_default,
        },
    };
    departments.iter().zip(twins).map(counts).collect()
}
