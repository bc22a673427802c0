//! What only the batch shows, as one JSON object for programs: what stands on the sheets of the whole batch, each part under a key
//! of its own. A part that the run was not asked for is `null`.

use std::io::Read;
use std::path::Path;

use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::across::compared::Comparison;
use crate::across::copied_text::{Pair, Side};
use crate::across::roster::{OffRoster, Reported, Reporting};
use crate::across::{Copied, SharedName, Tally, Whole, Why, adds};
use crate::audit::{Audit, Source, Status, Tool};
use crate::baseline::{self as earlier, Change, Compared, Jump, LastYear, SameYear};
use crate::decimal_text::{figure_text, score_text};
use crate::forms::Part;
use crate::report::Batch;
use crate::report::decisions::{Decision, Shares};
use crate::report::plan::{Department, Plan};
use crate::report::sheets::charts::sums_of_indicators;
use crate::report::sheets::grades_open::open_grade;
use crate::report::sheets::sampling;
use crate::report::summing_up::{self, Paragraph};
use crate::sums::sum;
use crate::text::Language;

/// How a file of it begins, so that it is known again.
const MARK: &[u8] = b"{\"whole_batch\":{\"name\":\"fuhe\"";

/// The parts, in the order of their keys.
#[derive(Serialize)]
struct Object {
    whole_batch: Tool,
    /// What every check across the batch came to.
    checks: Vec<Value>,
    /// What the checks tell, with whose submission it is told of.
    findings: Vec<Value>,
    roster: Option<Value>,
    comparison: Option<Value>,
    copied: Value,
    properties: Vec<Value>,
    grades: Vec<Value>,
    points: Value,
    sample: Option<Value>,
    report: Vec<Value>,
}

/// The object in one line. `language` is that of what is worded: findings and 综合报告; all else is keys, names and figures.
pub fn object(batch: &Batch, language: Language) -> String {
    let Whole { ran, roster, comparison, copied, properties, common_names: _ } = &batch.whole;
    let plan = Plan::new(batch, language);
    let paragraph = |one: Paragraph| json!({ "heading": one.heading, "text": one.text });
    let object = Object {
        whole_batch: Tool { name: "fuhe".to_owned(), version: batch.run.version.clone() },
        checks: ran.iter().map(|(code, tally)| check(code.as_str(), tally)).collect(),
        findings: batch.audits.iter().flat_map(|audit| findings(audit, language)).collect(),
        roster: roster.as_ref().map(reporting),
        comparison: comparison.as_ref().map(|found| beside_earlier(found, &batch.audits)),
        copied: in_common(copied),
        properties: properties.iter().map(shared).collect(),
        grades: (0..plan.departments.len()).filter_map(|index| grade(&plan, index)).collect(),
        points: points(&plan),
        sample: sampling::drawn(&plan),
        report: summing_up::paragraphs(&plan).into_iter().map(paragraph).collect(),
    };
    // Strings, numbers and maps with keys of text: nothing of it can fail to be written.
    let line = serde_json::to_string(&object).unwrap_or_default();
    format!("{line}\n")
}

/// Whether a file is such an object of this program, or nothing: then it may be replaced.
pub fn is_ours(path: &Path) -> bool {
    if super::write::is_stream(path) {
        return false;
    }
    let Ok(file) = std::fs::File::open(path) else { return false };
    let mut start = Vec::new();
    let read = file.take(MARK.len() as u64).read_to_end(&mut start);
    read.is_ok() && (start.is_empty() || start == MARK)
}

/// Whose submission something is.
fn whose(audit: &Audit) -> Map<String, Value> {
    let whose = [("unit", json!(audit.unit)), ("file", json!(audit.file)), ("form", json!(audit.form))];
    whose.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

/// An object with more behind whose it is.
fn of(audit: &Audit, more: Value) -> Value {
    let mut object = whose(audit);
    if let Value::Object(more) = more {
        object.extend(more);
    }
    Value::Object(object)
}

fn findings(audit: &Audit, language: Language) -> impl Iterator<Item = Value> {
    audit.findings.iter().filter(|finding| adds(finding.code)).map(move |finding| {
        let more = json!({
            "code": finding.code.as_str(),
            "severity": finding.severity,
            "indicator": finding.indicator,
            "message": language.phrase(&finding.phrase),
        });
        of(audit, more)
    })
}

/// What the grade of a department hangs on, as 等级影响 has it.
fn grade(plan: &Plan, index: usize) -> Option<Value> {
    let open = open_grade(plan, index)?;
    let indicator = |at: &usize| plan.decisions[index][*at].indicator.id.as_str();
    let more = json!({
        "ceiling": score_text(open.ceiling),
        "grade": open.grade.name,
        "margin": score_text(open.margin),
        "indicators": open.indicators.iter().map(indicator).collect::<Vec<_>>(),
        "at_stake": score_text(open.at_stake),
        "otherwise": open.otherwise.name,
    });
    Some(of(plan.departments[index].audit, more))
}

/// Where the claimed points of forms with common rows go after what was decided: of submissions that count in the totals.
fn points(plan: &Plan) -> Value {
    let kinds = || plan.kinds_with(Part::CommonRows);
    let counting = kinds().flat_map(|kind| plan.of(kind));
    let counting = counting.filter(|department| plan.counting[department.number - 1]);
    let sums = |kind| sums_of_indicators(plan, kind, |at| plan.counting[at]);
    let department = |department: &Department| {
        let shares: Vec<Shares> = plan.decisions[department.number - 1].iter().map(Decision::shares).collect();
        let sum = |part: fn(&Shares) -> Decimal| score_text(sum(shares.iter().map(part)));
        let more = json!({
            "agreed": sum(|one| one.agreed),
            "overstated": sum(|one| one.overstated),
            "doubted": sum(|one| one.reading_dependent.saturating_add(one.unverifiable)),
        });
        of(department.audit, more)
    };
    let indicator = |(name, parts): (&str, [Decimal; 3])| {
        let [agreed, overstated, doubted] = parts.map(score_text);
        json!({ "name": name, "agreed": agreed, "overstated": overstated, "doubted": doubted })
    };
    json!({
        "departments": counting.map(department).collect::<Vec<_>>(),
        "indicators": kinds().flat_map(sums).map(indicator).collect::<Vec<_>>(),
    })
}

fn in_common(copied: &Copied) -> Value {
    json!({
        "pairs": copied.pairs.iter().map(pair).collect::<Vec<_>>(),
        "departments": copied.departments,
        "common_passages": copied.common_passages,
        "common_departments": copied.common_departments,
        "of_one_department": copied.of_one_department,
        "not_all_paired": copied.not_all_paired,
        "can_tell": copied.can_tell,
    })
}

fn shared(shared: &SharedName) -> Value {
    let file = |(unit, file): &(String, String)| json!({ "unit": unit, "file": file });
    let files: Vec<Value> = shared.files.iter().map(file).collect();
    json!({ "property": shared.property.as_str(), "name": shared.name, "files": files })
}

fn check(code: &str, tally: &Tally) -> Value {
    let not_run: Map<String, Value> =
        tally.not_run.iter().map(|(why, count)| (why_text(*why).to_owned(), json!(count))).collect();
    json!({ "code": code, "agreed": tally.agreed, "raised": tally.raised, "not_run": not_run })
}

/// The name of a reason: the key of its words without what all of them begin with.
fn why_text(why: Why) -> &'static str {
    why.key().trim_start_matches("why-")
}

fn reporting(found: &Reporting) -> Value {
    let carried = |department: &Reported| -> Map<String, Value> {
        let cells = found.headings.iter().zip(&department.due.carried);
        cells.map(|(heading, cell)| (heading.clone(), json!(cell))).collect()
    };
    let departments = found.departments.iter().map(|one| {
        json!({
            "unit": one.due.name,
            "aliases": one.due.aliases,
            "deadline": one.due.deadline,
            "carried": carried(one),
            "state": one.state.as_str(),
            "cards": one.cards,
            "forms": one.forms,
            "files": one.files,
            "unread": one.unread,
            "near": one.near,
        })
    });
    let beside = |one: &OffRoster| json!({ "unit": one.unit, "cards": one.cards, "forms": one.forms, "files": one.files, "near": one.near });
    json!({
        "departments": departments.collect::<Vec<_>>(),
        "unexpected": found.beside.iter().map(beside).collect::<Vec<_>>(),
        "files_of_nobody": found.nobodys,
    })
}

fn beside_earlier(found: &Comparison, audits: &[Audit]) -> Value {
    let one = |(compared, audit): (&Compared, &Audit)| {
        let (same, before) = (compared.same.one(), compared.before.one());
        of(
            audit,
            json!({
                "same_year": same.map(same_year), "same_year_is": beside_text(&compared.same),
                "last_year": before.map(last_year), "last_year_is": beside_text(&compared.before),
            }),
        )
    };
    let absent = |one: &Reported| json!({ "unit": one.due.name, "state": one.state.as_str(), "unread": one.unread, "near": one.near });
    let audited = found.audits.iter().zip(audits).filter(|(_, audit)| audit.status == Status::Audited);
    json!({
        "is_workbook": found.is_workbook,
        "audits": audited.map(one).collect::<Vec<_>>(),
        "absent": found.absent.iter().map(absent).collect::<Vec<_>>(),
        "nameless": found.nameless,
        "unrecognised": found.unrecognised,
        "unsealed": found.unsealed,
        "other_years": found.other_years,
    })
}

/// Whether the earlier run has the one to compare with.
fn beside_text<T>(beside: &earlier::Counterpart<T>) -> &'static str {
    match beside {
        earlier::Counterpart::Nothing => "none",
        earlier::Counterpart::Several(_) => "several",
        earlier::Counterpart::Unrecognised => "unrecognised",
        earlier::Counterpart::One(_) => "one",
    }
}

fn same_year(same: &SameYear) -> Value {
    let (ceiling, grade) = same.ceiling.clone().unzip();
    json!({
        "file": same.file,
        "other_rules": same.other_rules,
        "ceiling_then": ceiling.map(score_text),
        "grade_then": grade,
        "changes": same.changes.iter().map(change).collect::<Vec<_>>(),
    })
}

fn change(change: &Change) -> Value {
    json!({
        "what": change.what.key(),
        "indicator": change.id,
        "name": change.name,
        "claimed_then": change.claimed_then.map(figure_text),
        "claimed_now": change.claimed_now.map(figure_text),
        "verdict_then": change.verdict_then,
        "verdict_now": change.verdict_now,
        "difference_then": figure_text(change.difference_then),
        "difference_now": figure_text(change.difference_now),
    })
}

fn last_year(last: &LastYear) -> Value {
    let all = |jumps: &[Jump]| jumps.iter().map(jump).collect::<Vec<_>>();
    json!({
        "file": last.file, "figures": last.figures,
        "jumps": all(&last.jumps), "conflicts": all(&last.conflicts),
    })
}

fn jump(jump: &Jump) -> Value {
    let place = |source: &Source| json!({ "sheet": source.sheet, "cell": source.cell });
    json!({
        "fact": jump.id, "label": jump.label, "unit": jump.unit,
        "then": figure_text(jump.then), "source_then": place(&jump.source_then),
        "now": figure_text(jump.now), "source_now": place(&jump.source_now),
    })
}

fn pair(pair: &Pair) -> Value {
    let side = |side: &Side| {
        json!({
            "unit": side.whose.department, "file": side.whose.file, "form": side.whose.form, "year": side.whose.year,
            "sheet": side.spot.sheet, "cell": side.spot.cell,
            "shared": side.shared, "whole": side.whole, "quote": &*side.quote, "names_other": side.names_other,
        })
    };
    json!({
        "group": pair.group, "length": pair.length, "figure": pair.figure, "severity": pair.severity,
        "own": side(&pair.own), "other": side(&pair.other),
    })
}
