//! 总览: the run in figures and charts, and one row per department, worst first, with the bureau's own result.
//!
//! Where forms of projects came beside cards, they have a sheet of the same make: points of one kind are never added to
//! those of the other.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::audit::{Audit, PointsByVerdict, Severity, Verdict};
use crate::brief::FileCount;
use crate::checks::register::Code;
use crate::checks::stated_grade;
use crate::decimal_text::{round_score, score_text};
use crate::judge::grade_of;
use crate::line_ids::{PLANNED, SPENT};
use crate::rulebook::{Form, Grade, Rulebook};
use crate::sums::sum;

use super::{differences, progress};
use crate::report::decision_cells as confirmed;
use crate::report::decisions::{Decision, Progress, Shares};
use crate::report::plan::{Department, Kind, Plan};
use crate::report::table::{Cell, Column, Layout, Mark, Outcome, Row, Style, Table, address, column_letters, fixed};

/// The figures of the run stand in this many rows at most.
const FIGURE_ROWS: usize = 5;

/// The sheet of one kind.
pub fn table(plan: &Plan, kind: Kind) -> Table {
    let title = match kind {
        Kind::Card => "overview-title",
        Kind::Form => "overview-title-forms",
    };
    let mut table = Table {
        name: plan.overview_of(kind),
        title: plan.word(title),
        lead: lead(plan, kind),
        columns: columns(plan, kind),
        layout: Layout {
            header: true,
            filter: true,
            landscape: true,
            freeze_rows: 1,
            freeze_columns: 2,
            charted: true,
            ..Layout::default()
        },
        ..Table::default()
    };
    let header = table.header_row();
    // The head stays in sight, and so do the figures above it.
    table.layout.freeze_rows = header + 1;
    table.layout.repeat = Some((header, header));
    let first = table.first_row();
    table.rows = plan.of(kind).zip(first..).map(|(it, at)| row(plan, it, at)).collect();
    table.marks = marks(kind, first);
    table.tail = vec![
        Row::of(vec![Cell::text(plan.word("overview-note-ceiling")).style(Style::Remark).span(18)]),
        Row::of(vec![Cell::text(plan.word("overview-note-confirmed")).style(Style::Remark).span(18)]),
    ];
    table
}

/// A grade that falls, and what is not finished, are told by their looks, too.
fn marks(kind: Kind, first: u32) -> Vec<Mark> {
    let cell = |key: &str| format!("${}{}", column_letters(position(kind, key)), first + 1);
    let mut marks = vec![Mark {
        column: position(kind, "column-confirmed-total"),
        formula: format!("ISTEXT({})", cell("column-confirmed-total")),
        style: Style::Progress(true),
    }];
    if kind == Kind::Card {
        let change = cell("column-grade-change");
        marks.push(Mark {
            column: position(kind, "column-grade-change"),
            formula: format!("RIGHT({change},1)=\"{LOWER}\""),
            style: Style::Worse,
        });
    }
    marks
}

/// The sign behind a grade that falls, in every language.
const LOWER: &str = "▼";

fn lead(plan: &Plan, kind: Kind) -> Vec<Row> {
    let mut rows = vec![Row::of(vec![Cell::text(subtitle(plan, kind)).style(Style::Remark).span(18)])];
    let figures = figures(plan, kind);
    for pair in figures.chunks(figures.len().div_ceil(FIGURE_ROWS)) {
        let cells = pair.iter().flat_map(|(label, value)| {
            [Cell::text(label.clone()).style(Style::Label).span(2), value.clone().style(Style::Key).span(2)]
        });
        rows.push(Row::of(cells.collect()));
    }
    rows
}

fn subtitle(plan: &Plan, kind: Kind) -> String {
    let of_kind = |book: &&Rulebook| matches!(book.form, Form::Declared(_)) == (kind == Kind::Form);
    let names: Vec<&str> = plan.batch.rulebooks.iter().filter(of_kind).map(|book| book.name.as_str()).collect();
    let made = plan.run.made_at.as_deref().unwrap_or("—");
    plan.say("overview-subtitle", &[("rulebooks", &names.join("；")), ("made", &made), ("version", &plan.run.version)])
}

/// The figures of one kind, in the order they are read; the files of the run stand with the first kind.
pub fn figures(plan: &Plan, kind: Kind) -> Vec<(String, Cell)> {
    // What stands above the list decides where the list begins, which the figures add up.
    let count = figures_above(plan, kind, 0).len();
    let rows = count.div_ceil(count.div_ceil(FIGURE_ROWS)) as u32;
    figures_above(plan, kind, 1 + 1 + rows + 1)
}

fn figures_above(plan: &Plan, kind: Kind, first: u32) -> Vec<(String, Cell)> {
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

fn lines(plan: &Plan, kind: Kind) -> Vec<(&'static str, Cell)> {
    let disputes = plan.disputes.iter().filter(|dispute| plan.departments[dispute.department].kind() == kind).count();
    let disputes = ("figure-disputes", Cell::count(disputes));
    let count = Cell::count(plan.of(kind).count());
    match kind {
        Kind::Card if plan.kinds().len() == 1 => vec![disputes],
        Kind::Card => vec![("figure-cards", count), disputes],
        Kind::Form => {
            let units: BTreeSet<&str> = plan.of(kind).filter_map(|form| form.audit.unit.as_deref()).collect();
            vec![("figure-forms", count), ("figure-units", Cell::count(units.len())), disputes]
        }
    }
}

/// Points of the whole run, as sums over the list below: they follow every entry.
fn points(plan: &Plan, kind: Kind, first: u32) -> Vec<(&'static str, Cell)> {
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
    match kind {
        Kind::Card => figures.extend([
            counted("figure-overstated-departments", "column-overstated", ">0", overstate),
            counted("figure-downgraded", "column-grade-change", &format!("*{LOWER}"), |line| line.falls()),
        ]),
        Kind::Form => figures.push(counted("figure-overstated-forms", "column-overstated", ">0", overstate)),
    }
    figures
}

/// A formula that counts, with the count that is stored.
fn counting(formula: String, stored: usize) -> Cell {
    Cell::formula(formula, Outcome::Figure(Decimal::from(stored as u64)))
}

/// How far the bureau is: rows of 核定表 by what was decided of them.
fn worked(plan: &Plan, kind: Kind) -> Vec<(&'static str, Cell)> {
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

/// True where some claimed point is above everything that the figures allow.
pub fn is_overstated(department: &Department) -> bool {
    department.audit.points.as_ref().is_some_and(|points| points.overstated > Decimal::ZERO)
}

/// What a row is made of.
pub struct Line<'p> {
    plan: &'p Plan<'p>,
    department: &'p Department<'p>,
    /// The row of the sheet.
    at: u32,
}

/// One column: its heading and width, the cell of each row, and the points that its rows add up to.
#[derive(Debug, Clone, Copy)]
pub struct OverviewColumn {
    /// Its heading in the texts of the report.
    pub key: &'static str,
    /// Its width in characters.
    pub width: u16,
    /// Makes the cell of a row.
    pub cell: fn(&Line) -> Cell,
    /// The points that the row shows; none: it shows something else.
    pub points: Option<PointsShown>,
}

/// Points that a row shows: as they were audited, and as the bureau has decided.
#[derive(Debug, Clone, Copy)]
pub struct PointsShown {
    /// Of an audit.
    pub audited: fn(&Audit) -> Decimal,
    /// Of a decision.
    pub decided: fn(&Decision) -> Decimal,
}

/// The first columns; the second one is called after the kind.
const NUMBER_AND_NAME: [OverviewColumn; 2] = [
    OverviewColumn {
        key: "column-number",
        width: 5,
        cell: |line| Cell::count(line.department.place).style(Style::Centre),
        points: None,
    },
    OverviewColumn { key: "column-department", width: 28, cell: name, points: None },
];

impl Line<'_> {
    /// Whether it counts in the totals: of several submissions of a department only one does.
    fn counts(&self) -> bool {
        self.plan.counting[self.department.number - 1]
    }

    fn decisions(&self) -> &[Decision<'_>] {
        &self.plan.decisions[self.department.number - 1]
    }

    fn shares(&self, part: fn(&Shares) -> Decimal) -> Decimal {
        sum(self.decisions().iter().map(|decision| part(&decision.shares())))
    }

    fn granted(&self) -> Decimal {
        sum(self.decisions().iter().map(Decision::granted))
    }

    /// Invalid claims: nobody can say how many points they are.
    fn invalid(&self) -> usize {
        self.decisions().iter().filter(|decision| decision.indicator.verdict == Verdict::Invalid).count()
    }

    /// Rows of 核定表 that a person still has to do something about.
    fn open(&self) -> usize {
        self.decisions().iter().filter(|decision| decision.progress().is_open()).count()
    }

    fn own(&self) -> confirmed::Own<'_> {
        confirmed::Own { plan: self.plan, number: self.department.number }
    }

    /// The cell that tells whether its rows in 核定表 are in their place.
    fn in_place(&self) -> String {
        address(self.at, position(self.department.kind(), "column-in-place"))
    }

    /// The sum of a column of 核定表 over the department's rows.
    fn sum_of(&self, key: &str) -> String {
        format!("ROUND({},10)", self.own().sum_of(&self.in_place(), key))
    }

    /// Such a sum, or nothing where it is 0.
    fn or_nothing(&self, sum: String, stored: Decimal) -> Cell {
        let stored = if stored.is_zero() { Outcome::Words(String::new()) } else { Outcome::Score(stored) };
        Cell::formula(format!("IF({sum}=0,\"\",{sum})"), stored)
    }

    /// The points of a part of the doubtful ones: those in dispute between readings.
    fn reading_dependent(&self) -> String {
        let word = self.plan.verdict(Verdict::ReadingDependent);
        let sum = self.own().sum_where(&self.in_place(), "column-doubted", ("column-verdict", &word));
        format!("ROUND({sum},10)")
    }

    /// The place of a grade among the rulebook's, from 1 for the best.
    fn rank(&self, total: Decimal) -> Option<usize> {
        let grades = &self.department.rulebook?.grades;
        let reached = grades.iter().position(|grade| total >= grade.from);
        (!grades.is_empty()).then(|| reached.unwrap_or(grades.len() - 1) + 1)
    }

    fn claimed_rank(&self) -> Option<usize> {
        let book = self.department.rulebook?;
        let stated = self.department.audit.claimed.as_ref()?.grade.as_deref()?;
        let grade = stated_grade(book, stated)?;
        book.grades.iter().position(|known| known.name == grade.name).map(|place| place + 1)
    }

    /// Whether the change of the grade can be followed: not where a claim that nobody can read leaves it open.
    fn follows_grade(&self) -> bool {
        let falls = |claimed: usize| self.rank(ceiling_of(self.department.audit)).is_some_and(|rank| rank > claimed);
        self.claimed_rank().is_some_and(|claimed| !falls(claimed) || is_downgraded(self.department.audit))
    }

    /// Whether what is granted does not earn the grade that was claimed.
    fn falls(&self) -> bool {
        self.follows_grade() && self.rank(self.granted()) > self.claimed_rank()
    }
}

/// What was claimed and what can be granted.
const TOTALS: [OverviewColumn; 5] = [
    OverviewColumn {
        key: "column-claimed-total",
        width: 9,
        cell: |line| Cell::score_option(line.department.audit.claimed.as_ref().and_then(|claimed| claimed.total)),
        points: None,
    },
    OverviewColumn {
        key: "column-agreed",
        width: 9,
        cell: |line| {
            let stored = line.shares(|shares| shares.agreed);
            Cell::formula(line.sum_of("column-agreed"), Outcome::Score(stored))
        },
        points: Some(PointsShown {
            audited: |audit| points_of(audit).agreed,
            decided: |decision| decision.shares().agreed,
        }),
    },
    OverviewColumn {
        key: "column-ceiling",
        width: 10,
        cell: |line| Cell::formula(line.sum_of("column-grantable"), Outcome::Score(line.granted())).style(Style::Sum),
        points: Some(PointsShown { audited: ceiling_of, decided: |decision| decision.granted() }),
    },
    OverviewColumn {
        key: "column-low",
        width: 8,
        cell: |line| {
            let low = line.department.audit.recomputed.as_ref().map(|totals| totals.low);
            low.map_or_else(Cell::default, |low| Cell::formula(line.sum_of("column-lowest"), Outcome::Score(low)))
        },
        points: None,
    },
    OverviewColumn {
        key: "column-high",
        width: 8,
        cell: |line| {
            let high = line.department.audit.recomputed.as_ref().and_then(|totals| totals.high);
            high.map_or_else(Cell::default, |high| Cell::formula(line.sum_of("column-highest"), Outcome::Score(high)))
        },
        points: None,
    },
];

/// What only cards have.
const OF_CARDS: [OverviewColumn; 3] = [
    OverviewColumn { key: "column-claimed-grade", width: 7, cell: claimed_grade, points: None },
    OverviewColumn { key: "column-ceiling-grade", width: 8, cell: ceiling_grade, points: None },
    OverviewColumn { key: "column-grade-change", width: 9, cell: grade_change, points: None },
];

/// What only forms of projects have.
const OF_FORMS: [OverviewColumn; 3] = [
    OverviewColumn {
        key: "column-budget",
        width: 10,
        cell: |line| Cell::figure_option(budget(line.department.audit, PLANNED)),
        points: None,
    },
    OverviewColumn {
        key: "column-execution",
        width: 8,
        cell: |line| Cell::score_option(execution(line.department.audit)),
        points: None,
    },
    OverviewColumn { key: "column-ceiling-grade", width: 8, cell: ceiling_grade, points: None },
];

/// Points in dispute, and what the bureau makes of them.
const VERDICTS: [OverviewColumn; 12] = [
    OverviewColumn {
        key: "column-overstated",
        width: 8,
        cell: |line| line.or_nothing(line.sum_of("column-overstated"), line.shares(|shares| shares.overstated)),
        points: Some(PointsShown {
            audited: |audit| points_of(audit).overstated,
            decided: |decision| decision.shares().overstated,
        }),
    },
    OverviewColumn {
        key: "column-understated",
        width: 8,
        cell: |line| line.or_nothing(line.sum_of("column-understated"), line.shares(|shares| shares.understated)),
        points: Some(PointsShown {
            audited: |audit| points_of(audit).understated,
            decided: |decision| decision.shares().understated,
        }),
    },
    OverviewColumn {
        key: "column-reading-dependent",
        width: 9,
        cell: |line| line.or_nothing(line.reading_dependent(), line.shares(|shares| shares.reading_dependent)),
        points: Some(PointsShown {
            audited: |audit| points_of(audit).reading_dependent,
            decided: |decision| decision.shares().reading_dependent,
        }),
    },
    OverviewColumn {
        key: "column-unverifiable",
        width: 9,
        cell: |line| {
            let others = format!("ROUND({}-{},10)", line.sum_of("column-doubted"), line.reading_dependent());
            line.or_nothing(others, line.shares(|shares| shares.unverifiable))
        },
        points: Some(PointsShown {
            audited: |audit| points_of(audit).unverifiable,
            decided: |decision| decision.shares().unverifiable,
        }),
    },
    OverviewColumn { key: "column-invalid", width: 9, cell: invalid, points: None },
    OverviewColumn { key: "column-findings", width: 8, cell: serious, points: None },
    OverviewColumn { key: "column-open", width: 8, cell: open, points: None },
    OverviewColumn { key: "column-confirmed-total", width: 12, cell: confirmed_total, points: None },
    OverviewColumn { key: "column-confirmed-grade", width: 8, cell: confirmed_grade, points: None },
    OverviewColumn {
        key: "column-counting",
        width: HIDDEN,
        cell: |line| {
            let stored = Decimal::from(u8::from(line.counts()));
            Cell::formula(progress::counting_of(line.plan, line.department.number), Outcome::Figure(stored))
        },
        points: None,
    },
    OverviewColumn {
        key: "column-claims",
        width: HIDDEN,
        cell: |line| Cell::score(line.department.claims()),
        points: None,
    },
    OverviewColumn {
        key: "column-in-place",
        width: HIDDEN,
        cell: |line| {
            let is_there = u8::from(!line.decisions().is_empty());
            let formula = confirmed::in_place(line.plan, line.department.number);
            Cell::formula(formula, Outcome::Figure(Decimal::from(is_there)))
        },
        points: None,
    },
];

/// The width of a column that is kept for formulas, and not shown.
const HIDDEN: u16 = 0;

/// The columns of a kind's sheet, in their order.
pub fn columns_of(kind: Kind) -> Vec<OverviewColumn> {
    let [number, department] = NUMBER_AND_NAME;
    let (name, own) = match kind {
        Kind::Card => (department, OF_CARDS),
        Kind::Form => (OverviewColumn { key: "column-project", width: 40, ..department }, OF_FORMS),
    };
    [&[number, name], &TOTALS[..], &own, &VERDICTS].concat()
}

/// Where a column stands, from 0.
pub(super) fn position(kind: Kind, key: &str) -> u16 {
    let at = columns_of(kind).iter().position(|column| column.key == key);
    debug_assert!(at.is_some(), "no column {key}");
    at.unwrap_or_default() as u16
}

fn columns(plan: &Plan, kind: Kind) -> Vec<Column> {
    let column = |column: &OverviewColumn| match column.width {
        HIDDEN => Column::hidden(plan.word(column.key)),
        width => Column::new(plan.word(column.key), width),
    };
    columns_of(kind).iter().map(column).collect()
}

fn row(plan: &Plan, department: &Department, at: u32) -> Row {
    let line = Line { plan, department, at };
    Row::of(columns_of(department.kind()).iter().map(|column| (column.cell)(&line)).collect())
}

fn points_of(audit: &Audit) -> PointsByVerdict {
    audit.points.clone().unwrap_or_default()
}

/// The most that can be granted.
fn ceiling_of(audit: &Audit) -> Decimal {
    audit.recomputed.as_ref().map_or(Decimal::ZERO, |totals| totals.ceiling)
}

fn name(line: &Line) -> Cell {
    let twin = line.plan.twins[line.department.number - 1];
    let words = twin.map(|twin| {
        let file = &line.department.audit.file;
        let holes: [(&str, &dyn std::fmt::Display); 4] =
            [("name", &line.department.name), ("number", &twin.number), ("count", &twin.of), ("file", file)];
        line.plan.say("twin-named", &holes)
    });
    let words = words.unwrap_or_else(|| line.department.name.clone());
    Cell::text(words).link(Some(line.plan.paper_link(line.department, None)))
}

/// Checks that a person should look at.
fn serious(line: &Line) -> Cell {
    let findings = line.department.audit.findings.iter();
    let serious = findings.filter(|finding| finding.severity >= Severity::Warning).count();
    Cell::count(serious)
        .style(Style::Centre)
        .link(Some(differences::first_row_of(line.plan, line.department.number - 1)))
}

fn ceiling_grade(line: &Line) -> Cell {
    let Some(book) = line.department.rulebook else {
        let totals = line.department.audit.recomputed.as_ref();
        return Cell::text_option(totals.map(|totals| totals.grade_ceiling.as_str())).style(Style::Centre);
    };
    let ceiling = address(line.at, position(line.department.kind(), "column-ceiling"));
    let grade = grade_of(&book.grades, line.granted()).unwrap_or_default().to_owned();
    Cell::formula(grade_formula(&book.grades, &ceiling), Outcome::Words(grade)).style(Style::Centre)
}

fn claimed_grade(line: &Line) -> Cell {
    let claimed = line.department.audit.claimed.as_ref().and_then(|claimed| claimed.grade.as_deref());
    Cell::text_option(claimed).style(Style::Centre)
}

/// An amount of the project's budget, in 万元.
fn budget(audit: &Audit, id: &str) -> Option<Decimal> {
    let fact = audit.facts.iter().find(|fact| fact.id == id && fact.candidate)?;
    Decimal::from_str_exact(&fact.value).ok()
}

/// How much of the budget was spent, in percent.
fn execution(audit: &Audit) -> Option<Decimal> {
    let share = budget(audit, SPENT)?.checked_div(budget(audit, PLANNED)?)?;
    Some(round_score(share.checked_mul(Decimal::ONE_HUNDRED)?))
}

/// True where the most that can be granted does not earn the grade that was claimed.
pub fn is_downgraded(audit: &Audit) -> bool {
    audit.findings.iter().any(|finding| finding.code == Code::GradeOverstated)
}

/// Holes of a sentence that a formula fills.
const HOLES: [char; 2] = ['¤', '¥'];

/// A sentence of the report with holes, as a formula that fills each with what a cell holds.
fn sentence_formula(sentence: &str, cells: &[&str]) -> String {
    let quoted = |part: &str| format!("\"{}\"", part.replace('"', "\"\""));
    let mut parts = Vec::new();
    let mut rest = sentence;
    while let Some(at) = rest.find(HOLES) {
        let (before, after) = rest.split_at(at);
        let hole = after.chars().next().and_then(|hole| HOLES.iter().position(|known| *known == hole));
        parts.push(quoted(before));
        parts.extend(hole.and_then(|hole| cells.get(hole)).map(|cell| (*cell).to_owned()));
        rest = after.trim_start_matches(HOLES);
    }
    parts.push(quoted(rest));
    parts.join("&")
}

/// The grade that was claimed and the one that can be granted, where they differ.
fn grade_change(line: &Line) -> Cell {
    let audit = line.department.audit;
    let claimed = audit.claimed.as_ref().and_then(|claimed| claimed.grade.as_deref());
    let (Some(claimed), Some(rank), Some(book)) = (claimed, line.claimed_rank(), line.department.rulebook) else {
        return Cell::default().style(Style::Centre);
    };
    if !line.follows_grade() {
        return Cell::default().style(Style::Centre);
    }
    let cell = |key| address(line.at, position(line.department.kind(), key));
    let (total, stated, grade) = (cell("column-ceiling"), cell("column-claimed-grade"), cell("column-ceiling-grade"));
    let sentence = |key: &str, to: &dyn std::fmt::Display| line.plan.say(key, &[("from", &claimed), ("to", to)]);
    // What a department wrote never stands in a formula: its cell does.
    let holes = |key: &str| line.plan.say(key, &[("from", &HOLES[0]), ("to", &HOLES[1])]);
    let live = |key| sentence_formula(&holes(key), &[&stated, &grade]);
    let formula = format!(
        "IF({now}>{rank},{},IF({now}<{rank},{},\"\"))",
        live("grade-lower"),
        live("grade-other"),
        now = rank_formula(&book.grades, &total)
    );
    let to = grade_of(&book.grades, line.granted()).unwrap_or_default();
    let stored = match line.rank(line.granted()).map(|now| now.cmp(&rank)) {
        Some(std::cmp::Ordering::Greater) => sentence("grade-lower", &to),
        Some(std::cmp::Ordering::Less) => sentence("grade-other", &to),
        _ => String::new(),
    };
    Cell::formula(formula, Outcome::Words(stored)).style(Style::Centre)
}

/// Invalid claims of the department.
fn invalid(line: &Line) -> Cell {
    let word = line.plan.verdict(Verdict::Invalid);
    let count = line.own().count_where(&line.in_place(), "column-verdict", &word);
    nothing_or_count(&count, line.invalid())
}

/// What of the department a person still has to do something about.
fn open(line: &Line) -> Cell {
    nothing_or_count(&line.own().sum_of(&line.in_place(), "column-open"), line.open())
}

fn nothing_or_count(count: &str, stored: usize) -> Cell {
    let outcome =
        if stored == 0 { Outcome::Words(String::new()) } else { Outcome::Figure(Decimal::from(stored as u64)) };
    Cell::formula(format!("IF({count}=0,\"\",{count})"), outcome).style(Style::Centre)
}

/// 核定总分: final only when nothing is open; until then what is not finished.
fn confirmed_total(line: &Line) -> Cell {
    let kind = line.department.kind();
    let cell = |key| address(line.at, position(kind, key));
    let (ceiling, open) = (cell("column-ceiling"), cell("column-open"));
    // Where nothing is open its cell is empty.
    let count = format!("N({open})");
    unfinished(line.plan, &count, &ceiling, (line.open(), line.granted())).style(Style::Sum)
}

/// A total that is final only when nothing is open; until then it tells how much is. `count` and `total` are formulas, the last
/// two what they give.
pub fn unfinished(plan: &Plan, count: &str, total: &str, (open, granted): (usize, Decimal)) -> Cell {
    let said = |count: &dyn std::fmt::Display| plan.say("overview-unfinished", &[("count", count)]);
    let formula = format!("IF({count}>0,{},ROUND({total},10))", sentence_formula(&said(&HOLES[0]), &[count]));
    let stored = if open == 0 { Outcome::Score(granted) } else { Outcome::Words(said(&open)) };
    Cell::formula(formula, stored)
}

fn confirmed_grade(line: &Line) -> Cell {
    let Some(book) = line.department.rulebook else { return Cell::default() };
    let place = address(line.at, position(line.department.kind(), "column-confirmed-total"));
    let formula = format!("IF(ISNUMBER({place}),{},\"\")", grade_formula(&book.grades, &place));
    let grade = grade_of(&book.grades, line.granted()).filter(|_| line.open() == 0);
    Cell::formula(formula, Outcome::Words(grade.unwrap_or_default().to_owned())).style(Style::Centre)
}

/// The place of a total's grade among the grades, from 1 for the best.
fn rank_formula(grades: &[Grade], total: &str) -> String {
    let better = &grades[..grades.len().saturating_sub(1)];
    let open: String = (1..)
        .zip(better)
        .map(|(place, grade)| format!("IF(ROUND({total},2)>={},{place},", grade.from.normalize()))
        .collect();
    format!("{open}{}{}", grades.len(), ")".repeat(better.len()))
}

/// The grade of the total in a cell, as nested conditions from the best grade down.
pub fn grade_formula(grades: &[Grade], total: &str) -> String {
    let words = |grade: &Grade| format!("\"{}\"", grade.name.replace('"', "\"\""));
    let Some((last, better)) = grades.split_last() else { return "\"\"".to_owned() };
    let open: String = better
        .iter()
        .map(|grade| format!("IF(ROUND({total},2)>={},{},", grade.from.normalize(), words(grade)))
        .collect();
    format!("{open}{}{}", words(last), ")".repeat(better.len()))
}

/// The range of a total in words, such as `22.10 – 98.95`.
pub fn interval(low: Decimal, high: Option<Decimal>) -> String {
    let high = high.map_or_else(|| "…".to_owned(), score_text);
    format!("{} – {high}", score_text(low))
}
