//! 核对项目: every check of the register with its rule in a sentence, how many submissions it looked at, how many it found
//! nothing in, how many it raised something of, and how many it could not be run on, and why. (bureau.md, “Checks run”)

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::across;
use crate::across::shared_properties::names_somebody;
use crate::audit::{Audit, Status};
use crate::baseline::Counterpart;
use crate::checks::register::{Area, Code};
use crate::checks::{Need, looks_at};
use crate::forms::{FormKind, Part};

use super::reporting;
use crate::report::Batch;
use crate::report::plan::Plan;
use crate::report::table::{Cell, Column, Layout, Link, Row, Style, Table};

/// The key of each column's heading, and its width.
const COLUMNS: [(&str, u16); 11] = [
    ("", 5),
    ("area", 9),
    ("name", 20),
    ("rule", 56),
    ("forms", 15),
    ("due", 8),
    ("ran", 8),
    ("agreed", 8),
    ("raised", 8),
    ("not-run", 8),
    ("why", 44),
];
/// What all forms are called.
const ALL_FORMS: &str = "forms-all";
/// Where the counts stand: due, run, nothing found, raised, not run.
pub const COUNTS: [usize; 5] = [5, 6, 7, 8, 9];

/// What the batch shows of forms with common rows only: they are held against each other, against those of the year before, and
/// against the forms of projects beside them.
const OF_COMMON_ROWS: [Code; 4] = [Code::FormsDisagree, Code::Outlier, Code::LastYearConflict, Code::FigureJump];

/// Where the rows stand that the counts of what was raised lead to.
pub struct Lists<'t> {
    /// 差异清单.
    pub differences: &'t Table,
    /// 未能复核.
    pub unread: &'t Table,
    /// 报送情况, where the batch is held against a roster.
    pub reporting: Option<&'t Table>,
}

/// What one check did over the batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Tally {
    agreed: usize,
    raised: usize,
    not_run: BTreeMap<Why, usize>,
}

/// Why a check could not be run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Why {
    /// What it needs is not there.
    Needs(Need),
    /// What only the whole batch shows cannot be looked for.
    Across(across::Why),
    /// The file was given up before, or for another reason.
    NotRead,
    /// The line is of a build that did not tell.
    NotRecorded,
    /// The earlier run has no audit of this form for the same year.
    NotThen,
    /// It has several of them.
    SeveralThen,
    /// It has one of which nothing else can be told.
    Unrecognised,
    /// The file says nothing of who made it.
    NoProperties,
}

/// What a check did on one submission or file.
enum Outcome {
    Agreed,
    Raised,
    NotRun(Why),
}

/// What only the whole batch shows, has a sheet of its own, and is no finding of a single submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    /// 与上次比较: what was corrected, is new or got worse since an earlier run of the same year.
    SameYear,
    /// 相同属性: authors of files that several departments share.
    Properties,
}

impl Listing {
    /// Every listing, in the order of their rows.
    pub const ALL: [Listing; 2] = [Listing::SameYear, Listing::Properties];

    /// Its name in the keys of texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Listing::SameYear => "same-year",
            Listing::Properties => "shared-properties",
        }
    }

    fn tally(self, batch: &Batch) -> Tally {
        let mut tally = Tally::default();
        let names = batch.whole.properties.iter().flat_map(|name| &name.files);
        let sharing: HashSet<&str> = names.map(|(_, file)| file.as_str()).collect();
        let audited = batch.audits.iter().enumerate().filter(|(_, audit)| audit.status == Status::Audited);
        for (place, audit) in audited {
            tally.add(match self {
                Listing::SameYear => beside_earlier(batch, place),
                Listing::Properties => by_properties(batch, audit, &sharing),
            });
        }
        tally
    }
}

/// What became of a submission beside an earlier run of the same year.
fn beside_earlier(batch: &Batch, place: usize) -> Outcome {
    let Some(comparison) = &batch.whole.comparison else {
        return Outcome::NotRun(Why::Across(across::Why::NoBaseline));
    };
    match comparison.audits.get(place).map(|compared| &compared.same) {
        Some(Counterpart::One(same)) if same.changes.is_empty() => Outcome::Agreed,
        Some(Counterpart::One(_)) => Outcome::Raised,
        Some(Counterpart::Several(_)) => Outcome::NotRun(Why::SeveralThen),
        Some(Counterpart::Unrecognised) => Outcome::NotRun(Why::Unrecognised),
        Some(Counterpart::Nothing) | None => Outcome::NotRun(Why::NotThen),
    }
}

/// Whether a file says who made it, and another department's says the same. Names of programs and offices, and those of a third of the
/// departments, are not compared.
fn by_properties(batch: &Batch, audit: &Audit, sharing: &HashSet<&str>) -> Outcome {
    let properties = [&audit.properties.author, &audit.properties.last_saved_by];
    let mut names = properties.into_iter().flatten();
    let is_compared = |name: &String| names_somebody(name) && !batch.whole.common_names.contains(name);
    match () {
        () if sharing.contains(audit.file.as_str()) => Outcome::Raised,
        () if audit.unit.is_none() => Outcome::NotRun(Why::Across(across::Why::Unnamed)),
        () if names.any(is_compared) => Outcome::Agreed,
        () => Outcome::NotRun(Why::NoProperties),
    }
}

/// The sheet. It has a row for every code, in the order of the register, and one for every listing.
pub fn table(plan: &Plan, lists: &Lists) -> Table {
    let word = |key: &str| plan.language.word(&format!("check.{key}"));
    let heading = |key: &str| match key {
        "" => plan.word("column-number"),
        key => word(&format!("column-{key}")),
    };
    let lead = Cell::text(word("lead")).style(Style::Remark).span(COLUMNS.len() as u16);
    let mut table = Table {
        name: word("sheet"),
        title: word("title"),
        lead: vec![Row::of(vec![lead])],
        columns: COLUMNS.iter().map(|(key, width)| Column::new(heading(key), *width)).collect(),
        layout: Layout { header: true, filter: true, landscape: true, freeze_columns: 3, ..Layout::default() },
        ..Table::default()
    };
    let header = table.header_row();
    table.layout.freeze_rows = header + 1;
    table.layout.repeat = Some((header, header));
    let (tallies, firsts) = (tallies(plan.batch), firsts(plan, lists));
    let none = Tally::default();
    let of_code = |(at, code): (usize, &Code)| {
        let named =
            Named { area: area_key(code.area()), name: plan.code(*code), key: code.as_str(), forms: looked_at(*code) };
        row(plan, &named, at + 1, tallies.get(code).unwrap_or(&none), firsts.get(code).cloned())
    };
    let of_listing = |(at, listing): (usize, &Listing)| {
        let name = word(&format!("{}-name", listing.as_str()));
        let named = Named { area: area_key(Area::Batch), name, key: listing.as_str(), forms: vec![ALL_FORMS] };
        row(plan, &named, Code::ALL.len() + at + 1, &listing.tally(plan.batch), None)
    };
    table.rows = Code::ALL.iter().enumerate().map(of_code).collect();
    table.rows.extend(Listing::ALL.iter().enumerate().map(of_listing));
    table
}

/// What a row is of: the keys of its area, its rule and its forms, and its name.
struct Named {
    area: &'static str,
    name: String,
    key: &'static str,
    forms: Vec<&'static str>,
}

fn row(plan: &Plan, named: &Named, number: usize, tally: &Tally, first: Option<Link>) -> Row {
    let word = |key: &str| plan.language.word(&format!("check.{key}"));
    let not_run: usize = tally.not_run.values().sum();
    let ran = tally.agreed + tally.raised;
    let due = ran + not_run;
    let forms: Vec<String> = named.forms.iter().map(|key| word(key)).collect();
    let raised = Cell::count(tally.raised).style(if tally.raised > 0 { Style::Sum } else { Style::Figure });
    Row::of(vec![
        Cell::count(number).style(Style::Centre),
        Cell::text(word(&format!("area-{}", named.area))).style(Style::Centre),
        Cell::text(named.name.clone()),
        Cell::text(word(named.key)),
        Cell::text(forms.join(&word("forms-separator"))).style(Style::Centre),
        Cell::count(due),
        Cell::count(ran),
        Cell::count(tally.agreed),
        raised.link(first.filter(|_| tally.raised > 0)),
        Cell::count(not_run),
        Cell::text(if due == 0 { word("why-none-of-kind") } else { whys(plan, tally) }),
    ])
}

/// The reasons, the most frequent first.
fn whys(plan: &Plan, tally: &Tally) -> String {
    let mut reasons: Vec<(&Why, &usize)> = tally.not_run.iter().collect();
    reasons.sort_by_key(|(why, count)| (Reverse(**count), **why));
    let say = |(why, count): &(&Why, &usize)| {
        let why = plan.language.word(&format!("check.{}", why.key()));
        plan.language.say("check.why", &[("why", &why), ("count", count)])
    };
    reasons.iter().map(say).collect::<Vec<_>>().join(&plan.language.word("check.why-separator"))
}

impl Why {
    fn key(self) -> String {
        match self {
            Why::Needs(need) => format!("needs-{}", need.as_str()),
            Why::Across(why) => why.key().to_owned(),
            Why::NotRead => "why-not-read".to_owned(),
            Why::NotRecorded => "why-not-recorded".to_owned(),
            Why::NotThen => "why-not-then".to_owned(),
            Why::SeveralThen => "why-several-then".to_owned(),
            Why::Unrecognised => "why-unrecognised".to_owned(),
            Why::NoProperties => "why-no-properties".to_owned(),
        }
    }
}

fn area_key(area: Area) -> &'static str {
    match area {
        Area::Score => "score",
        Area::Card => "card",
        Area::Fact => "fact",
        Area::Table => "table",
        Area::Narrative => "narrative",
        Area::Form => "form",
        Area::File => "file",
        Area::Batch => "batch",
    }
}

/// The keys of what a code is looked for in.
fn looked_at(code: Code) -> Vec<&'static str> {
    let by_check: Vec<FormKind> = FormKind::ALL.into_iter().filter(|kind| looks_at(code, *kind)).collect();
    match code.area() {
        Area::File => vec!["forms-file"],
        _ if code == Code::SubmissionMissing => vec!["forms-roster"],
        _ if !by_check.is_empty() => names(by_check),
        _ if OF_COMMON_ROWS.contains(&code) => names(FormKind::with(Part::CommonRows).collect()),
        // What only the whole batch shows is looked for in all of it.
        _ => vec![ALL_FORMS],
    }
}

/// The keys of the names of forms; all of them have one name together.
fn names(kinds: Vec<FormKind>) -> Vec<&'static str> {
    match kinds == FormKind::ALL {
        true => vec![ALL_FORMS],
        false => kinds.into_iter().map(|kind| kind.row().name_in_checks).collect(),
    }
}

impl Tally {
    fn across(tally: &across::Tally) -> Tally {
        let not_run = tally.not_run.iter().map(|(why, count)| (Why::Across(*why), *count)).collect();
        Tally { agreed: tally.agreed, raised: tally.raised, not_run }
    }

    fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Agreed => self.agreed += 1,
            Outcome::Raised => self.raised += 1,
            Outcome::NotRun(why) => *self.not_run.entry(why).or_default() += 1,
        }
    }
}

fn tallies(batch: &Batch) -> BTreeMap<Code, Tally> {
    let mut tallies: BTreeMap<Code, Tally> = BTreeMap::new();
    let audited: Vec<&Audit> = batch.audits.iter().filter(|audit| audit.status == Status::Audited).collect();
    for audit in &audited {
        let raised: BTreeSet<Code> = audit.findings.iter().map(|finding| finding.code).collect();
        let not_run: Option<BTreeMap<Code, Need>> =
            audit.not_run.as_ref().map(|not_run| not_run.iter().map(|not| (not.code, not.needs)).collect());
        let due = |code: &Code| looks_at(*code, audit.kind);
        for code in Code::ALL.iter().copied().filter(due) {
            let outcome = match &not_run {
                _ if raised.contains(&code) => Outcome::Raised,
                None => Outcome::NotRun(Why::NotRecorded),
                Some(not_run) => not_run.get(&code).map_or(Outcome::Agreed, |need| Outcome::NotRun(Why::Needs(*need))),
            };
            tallies.entry(code).or_default().add(outcome);
        }
    }
    tallies.extend(batch.whole.ran.iter().map(|(code, tally)| (*code, Tally::across(tally))));
    let files = files(batch);
    for code in Code::ALL.iter().copied().filter(|code| code.area() == Area::File) {
        files.values().for_each(|audits| tallies.entry(code).or_default().add(of_file(code, audits)));
    }
    tallies
}

/// The audits of each input.
fn files(batch: &Batch) -> BTreeMap<&str, Vec<&Audit>> {
    let mut files: BTreeMap<&str, Vec<&Audit>> = BTreeMap::new();
    batch.audits.iter().for_each(|audit| files.entry(&audit.file).or_default().push(audit));
    files
}

fn of_file(code: Code, audits: &[&Audit]) -> Outcome {
    let problems = || audits.iter().filter_map(|audit| audit.problem.as_ref()).map(|problem| problem.code);
    match () {
        () if problems().any(|problem| problem == code) => Outcome::Raised,
        () if problems().any(|problem| stage(problem) <= stage(code)) => Outcome::NotRun(Why::NotRead),
        () => Outcome::Agreed,
    }
}

/// In which order a file is given up: it is opened and read, then its form is looked for, then the result is looked at. What
/// comes later, or stands beside, was not looked for in a file that was given up.
fn stage(code: Code) -> u8 {
    match code {
        Code::NoScorecard | Code::SeveralScorecards | Code::BlankTemplate | Code::NoEdition | Code::NoRulebook => 1,
        Code::SelfCheckFailed => 2,
        _ => 0,
    }
}

/// Where the first row of each code stands in the lists.
fn firsts(plan: &Plan, lists: &Lists) -> BTreeMap<Code, Link> {
    let mut firsts = BTreeMap::new();
    let disputed = plan.disputes.iter().map(|dispute| dispute.finding.map(|finding| finding.code));
    let unread = plan.batch.audits.iter().filter(|audit| audit.status == Status::Unread);
    let problems = unread.map(|audit| audit.problem.as_ref().map(|problem| problem.code));
    let rows = (lists.differences.first_row()..).zip(disputed).map(|(at, code)| (lists.differences, at, code));
    let rows = rows.chain((lists.unread.first_row()..).zip(problems).map(|(at, code)| (lists.unread, at, code)));
    let missing = lists.reporting.and_then(|list| Some((list, list.first_row() + reporting::first_missing(plan)?)));
    let rows = rows.chain(missing.map(|(list, at)| (list, at, Some(Code::SubmissionMissing))));
    for (list, at, code) in rows {
        if let Some(code) = code {
            firsts.entry(code).or_insert_with(|| Link::Here(list.name.clone(), at, 0));
        }
    }
    firsts
}
