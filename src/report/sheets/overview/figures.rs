//! The figures of the run above the list of 总览: sums over the list, which follow every entry.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::columns::{Line, position};
use super::live::LOWER;
use crate::brief::FileCount;
use crate::forms::Part;
use crate::report::decision_cells as confirmed;
use crate::report::decisions::Progress;
use crate::report::plan::{FormKind, Plan};
use crate::report::table::{Cell, Outcome, fixed};
use crate::sums::sum;

/// The figures of the run stand in this many rows at most.
pub(super) const FIGURE_ROWS: usize = 5;

/// The figures of one form, in the order they are read; the files of the run stand with the first form.
pub fn figures(plan: &Plan, kind: FormKind) -> Vec<(String, Cell)> {
    // What stands above the list decides where the list begins, which the figures add up.
    let count = figures_above(plan, kind, 0).len();
    let rows = count.div_ceil(count.div_ceil(FIGURE_ROWS)) as u32;
    figures_above(plan, kind, 1 + 1 + rows + 1)
}

fn figures_above(plan: &Plan, kind: FormKind, first: u32) -> Vec<(String, Cell)> {
    let mut figures = Vec::new();
    if plan.kinds().first() == Some(&kind) {
        figures.extend(files(plan));
    }
    figures.extend(lines(plan, kind));
    figures.extend(points(plan, kind, first));
    figures.extend(worked(plan, kind));
    figures.into_iter().map(|(key, cell)| (plan.word(key), cell)).collect()
}

/// Inputs, not lines: a workbook with ten forms is one file.
fn files(plan: &Plan) -> [(&'static str, Cell); 3] {
    let count = FileCount::of_all(plan.batch.audits.iter().map(|audit| (audit.file.as_str(), audit.status)));
    [
        ("figure-files", Cell::count(count.files)),
        ("figure-audited", Cell::count(count.audited)),
        ("figure-unread", Cell::count(count.unread)),
    ]
}

fn lines(plan: &Plan, kind: FormKind) -> Vec<(&'static str, Cell)> {
    let disputes = plan.disputes.iter().filter(|dispute| plan.departments[dispute.department].kind() == kind).count();
    let mut lines = Vec::new();
    // Where every file is one of a department, the figures of the files say how many there are.
    if plan.kinds().len() > 1 || !kind.is_of_department() {
        lines.push((kind.row().overview.count, Cell::count(plan.of(kind).count())));
    }
    if !kind.is_of_department() {
        let units: BTreeSet<&str> = plan.of(kind).filter_map(|form| form.audit.unit.as_deref()).collect();
        lines.push(("figure-units", Cell::count(units.len())));
    }
    lines.push(("figure-disputes", Cell::count(disputes)));
    lines
}

/// Points of the whole run, as sums over the list below: they follow every entry.
fn points(plan: &Plan, kind: FormKind, first: u32) -> Vec<(&'static str, Cell)> {
    let rows = || plan.of(kind).zip(first..).map(|(department, at)| Line { plan, department, at });
    let count = plan.of(kind).count() as u32;
    let area = |key: &str| {
        let column = position(kind, key);
        format!("{}:{}", fixed(first, column), fixed(first + count.max(1) - 1, column))
    };
    let added = |figure: &'static str, column: &str, part: fn(&Line) -> Decimal| {
        let stored = sum(rows().filter(Line::counts).map(|line| part(&line)));
        let formula = format!("ROUND(SUMIF({},1,{}),10)", area("column-counting"), area(column));
        (figure, Cell::formula(formula, Outcome::Score(stored)))
    };
    let counted = |figure: &'static str, column: &str, condition: &str, holds: fn(&Line) -> bool| {
        let stored = rows().filter(Line::counts).filter(holds).count();
        let formula = format!("COUNTIFS({},1,{},\"{condition}\")", area("column-counting"), area(column));
        (figure, counting(formula, stored))
    };
    let claims = sum(rows().filter(Line::counts).map(|line| line.department.claims()));
    let claims = Cell::formula(
        format!("ROUND(SUMIF({},1,{}),10)", area("column-counting"), area("column-claims")),
        Outcome::Score(claims),
    );
    let invalid = rows().filter(Line::counts).map(|line| line.invalid()).sum();
    let mut figures = vec![
        ("figure-claims", claims),
        added("figure-agreed", "column-agreed", |line| line.shares(|shares| shares.agreed)),
        added("figure-unverifiable", "column-unverifiable", |line| line.shares(|shares| shares.unverifiable)),
        added("figure-reading-dependent", "column-reading-dependent", |line| {
            line.shares(|shares| shares.reading_dependent)
        }),
        added("figure-overstated", "column-overstated", |line| line.shares(|shares| shares.overstated)),
        added("figure-understated", "column-understated", |line| line.shares(|shares| shares.understated)),
        (
            "figure-invalid",
            counting(format!("SUMIF({},1,{})", area("column-counting"), area("column-invalid")), invalid),
        ),
    ];
    let overstate: fn(&Line) -> bool = |line| !line.shares(|shares| shares.overstated).is_zero();
    figures.push(counted(kind.row().overview.overstated, "column-overstated", ">0", overstate));
    if kind.has(Part::Grade) {
        figures.push(counted("figure-downgraded", "column-grade-change", &format!("*{LOWER}"), |line| line.falls()));
    }
    figures
}

/// A formula that counts, with the count that is stored.
fn counting(formula: String, stored: usize) -> Cell {
    Cell::formula(formula, Outcome::Figure(Decimal::from(stored as u64)))
}

/// How far the bureau is: rows of 核定表 by what was decided of them.
fn worked(plan: &Plan, kind: FormKind) -> Vec<(&'static str, Cell)> {
    let numbers = || plan.of(kind).map(|department| department.number);
    let within = (numbers().min().unwrap_or(1), numbers().max().unwrap_or(0));
    let decisions = || plan.of(kind).flat_map(|department| &plan.decisions[department.number - 1]);
    let with_state = |keys: &[&str]| {
        let words = |key: &&str| confirmed::count_where(plan, within, "column-state", &plan.word(key));
        let formula: Vec<String> = keys.iter().map(words).collect();
        let stored = decisions().filter(|it| keys.contains(&it.state_key())).count();
        counting(formula.join("+"), stored)
    };
    let with_progress = |progress: &[Progress]| {
        let words = |one: &Progress| confirmed::count_where(plan, within, "column-progress", &plan.word(one.key()));
        let formula: Vec<String> = progress.iter().map(words).collect();
        counting(formula.join("+"), decisions().filter(|it| progress.contains(&it.progress())).count())
    };
    vec![
        ("figure-open", with_progress(&[Progress::Open, Progress::Changed, Progress::Refused])),
        ("figure-settled", with_progress(&[Progress::Settled])),
        ("figure-state-confirmed", with_state(&["state-confirmed"])),
        ("figure-state-corrected", with_state(&["state-corrected"])),
        ("figure-state-appeals", with_state(&["state-upheld", "state-rejected"])),
        ("figure-refused", with_progress(&[Progress::Refused])),
    ]
}
