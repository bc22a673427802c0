//! `duplicate-submission`: the same department handed in the same form for the same year more than once (a draft and a
//! final). Both are audited; each names the other. Byte-identical files are said to be so.

use std::collections::BTreeMap;

use crate::audit::{Audit, Finding, Status};
use crate::text::{Language, visible};

/// What makes two audits the same submission: department, year, rulebook and, for a declared form, its project.
type Identity = (String, Option<i32>, String, Option<String>);

/// Adds the finding to every audit that has a twin in another file.
pub fn check(audits: &mut [Audit], language: Language) {
    let mut twins: BTreeMap<Identity, Vec<usize>> = BTreeMap::new();
    for (index, audit) in audits.iter().enumerate() {
        if let Some(identity) = identity(audit) {
            twins.entry(identity).or_default().push(index);
        }
    }
    let found: Vec<(usize, Finding)> = twins
        .values()
        .flat_map(|group| group.iter().filter_map(|index| Some((*index, finding(audits, group, *index, language)?))))
        .collect();
    for (index, finding) in found {
        audits[index].findings.push(finding);
    }
}

fn identity(audit: &Audit) -> Option<Identity> {
    if audit.status != Status::Audited {
        return None;
    }
    let plain = |text: &str| text.chars().filter(|character| !character.is_whitespace()).collect::<String>();
    let unit = audit.unit.as_deref().map(plain).filter(|unit| !unit.is_empty())?;
    Some((unit, audit.year, audit.rulebook.as_ref()?.id.clone(), audit.project.as_deref().map(plain)))
}

fn finding(audits: &[Audit], group: &[usize], index: usize, language: Language) -> Option<Finding> {
    let own = &audits[index];
    let others = group.iter().map(|other| &audits[*other]).filter(|other| other.file != own.file);
    let (same, different): (Vec<&Audit>, Vec<&Audit>) = others.partition(|other| other.sha256 == own.sha256);
    let names = |audits: &[&Audit]| {
        let mut names: Vec<String> = audits.iter().map(|audit| visible(&audit.file)).collect();
        names.dedup();
        names.join("、")
    };
    let unit = own.unit.clone().unwrap_or_default();
    let wording = match (same.is_empty(), different.is_empty()) {
        (true, true) => return None,
        (true, false) => "duplicate-submission",
        (false, true) => "duplicate-submission-identical",
        (false, false) => "duplicate-submission-both",
    };
    let holes: &[(&str, &dyn std::fmt::Display)] =
        &[("unit", &unit), ("files", &names(&different)), ("identical", &names(&same))];
    Some(Finding::worded("duplicate-submission", wording, language, holes))
}
