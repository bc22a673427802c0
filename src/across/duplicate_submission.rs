//! `duplicate-submission`: the same department handed in the same form for the same year more than once (a draft and a
//! final). All are audited; each names the others, the
//! first five of them. Byte-identical files are said to be so.

use std::collections::{BTreeMap, BTreeSet};

use crate::audit::{Finding, Status};
use crate::brief::Brief;
use crate::checks::register::Code;
use crate::phrase::{Hole, Phrase, Term};
use crate::text::visible;

use super::{InBrief, Seen, Why};

/// What makes two audits the same submission: department, year, rulebook and, for a declared form, its project.
type Identity = (String, Option<i32>, String, Option<String>);

/// Other files that are named; of the rest, how many they are.
const NAMED: usize = 5;

/// The finding for every audit that has a twin in another file. Twins are looked for among the submissions of a batch that name
/// their department.
pub fn check(batch: InBrief, seen: &mut Seen) {
    let audits = batch.audits;
    let mut twins: BTreeMap<Identity, Vec<&Brief>> = BTreeMap::new();
    for audit in audits {
        if let Some(identity) = identity(audit) {
            twins.entry(identity).or_default().push(audit);
        }
    }
    // Nearly every submission is the only one of its kind.
    let twins = twins.into_iter().filter(|(_, group)| group.len() > 1);
    let twins: BTreeMap<Identity, Twins> = twins.map(|(identity, group)| (identity, Twins::of(&group))).collect();
    let submissions = audits.iter().filter(|audit| audit.status == Status::Audited).count();
    for (place, audit) in audits.iter().enumerate().filter(|(_, audit)| audit.status == Status::Audited) {
        let identity = identity(audit);
        match identity.as_ref().and_then(|identity| twins.get(identity)?.finding(audit)) {
            Some(finding) => seen.raised(place, finding),
            None if identity.is_none() => seen.not_run(Code::DuplicateSubmission, Why::Unnamed),
            None if submissions < 2 => seen.not_run(Code::DuplicateSubmission, Why::Alone),
            None => seen.agreed(Code::DuplicateSubmission),
        }
    }
}

fn identity(audit: &Brief) -> Option<Identity> {
    if audit.status != Status::Audited {
        return None;
    }
    let plain = |text: &str| text.chars().filter(|character| !character.is_whitespace()).collect::<String>();
    let unit = audit.unit.as_deref().map(plain).filter(|unit| !unit.is_empty())?;
    Some((unit, audit.year, audit.rulebook.as_ref()?.id.clone(), audit.project.as_deref().map(plain)))
}

/// The files of one submission, by their content. What is named of each content is looked up once, so that thousands
/// of copies cost no more than a line each.
struct Twins {
    contents: BTreeMap<String, Content>,
    files: usize,
}

/// The files of one content, and the first of those of other contents.
#[derive(Default)]
struct Content {
    same: BTreeSet<String>,
    different: Vec<String>,
}

impl Twins {
    fn of(group: &[&Brief]) -> Twins {
        let mut contents: BTreeMap<String, Content> = BTreeMap::new();
        for audit in group {
            contents.entry(audit.sha256.clone()).or_default().same.insert(audit.file.clone());
        }
        for (sha256, content) in &mut contents {
            let others = group.iter().filter(|audit| audit.sha256 != *sha256).map(|audit| audit.file.clone());
            let mut others: Vec<String> = others.take(NAMED + 1).collect();
            others.dedup();
            content.different = others;
        }
        let files = contents.values().map(|content| content.same.len()).sum();
        Twins { contents, files }
    }

    fn finding(&self, own: &Brief) -> Option<Finding> {
        let content = self.contents.get(&own.sha256)?;
        let others = |files: &mut dyn Iterator<Item = &String>| {
            files.filter(|file| **file != own.file).take(NAMED).map(|file| visible(file)).collect::<Vec<_>>()
        };
        let (same, different) = (others(&mut content.same.iter()), others(&mut content.different.iter()));
        let wording = match (same.is_empty(), different.is_empty()) {
            (true, true) => return None,
            (true, false) => "duplicate-submission",
            (false, true) => "duplicate-submission-identical",
            (false, false) => "duplicate-submission-both",
        };
        let unit = own.unit.clone().unwrap_or_default();
        let files = named(&different, self.files - content.same.len());
        let identical = named(&same, content.same.len() - 1);
        let holes: &[Hole] = &[("unit", &unit), ("files", &files), ("identical", &identical)];
        Some(Finding::worded(Code::DuplicateSubmission, wording, holes))
    }
}

/// The names, and of how many they are where there are more.
fn named(names: &[String], of: usize) -> Term {
    let list = names.join("、");
    if of <= NAMED {
        return list.into();
    }
    Phrase::new("finding.first-of-files").with("files", list).with("count", of).into()
}
