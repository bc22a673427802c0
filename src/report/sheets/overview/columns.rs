//! The columns of 总览: a row for every department, which follows 核定表 by formula.

use rust_decimal::Decimal;

use super::live::{HOLES, grade_formula, rank_formula, sentence_formula, unfinished};
use crate::audit::{Audit, PointsByVerdict, Severity, Verdict};
use crate::checks::register::Code;
use crate::checks::stated_grade;
use crate::decimal_text::round_score;
use crate::forms::FormRow;
use crate::judge::grade_of;
use crate::line_ids::{PLANNED, SPENT};
use crate::report::decision_cells as confirmed;
use crate::report::decisions::{Decision, Shares};
use crate::report::plan::{Department, FormKind, Plan};
use crate::report::sheets::{differences, progress};
use crate::report::table::{Cell, Outcome, Style, address};
use crate::sums::sum;

/// What a row is made of.
pub struct Line<'p> {
    pub(super) plan: &'p Plan<'p>,
    pub(super) department: &'p Department<'p>,
    /// The row of the sheet.
    pub(super) at: u32,
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

/// The first column; beside it stands whose the rows are.
const NUMBER: OverviewColumn = OverviewColumn {
    key: "column-number",
    width: 5,
    cell: |line| Cell::count(line.department.place).style(Style::Centre),
    points: None,
};

impl Line<'_> {
    /// Whether it counts in the totals: of several submissions of a department only one does.
    pub(super) fn counts(&self) -> bool {
        self.plan.counting[self.department.number - 1]
    }

    fn decisions(&self) -> &[Decision<'_>] {
        &self.plan.decisions[self.department.number - 1]
    }

    pub(super) fn shares(&self, part: fn(&Shares) -> Decimal) -> Decimal {
        sum(self.decisions().iter().map(|decision| part(&decision.shares())))
    }

    fn granted(&self) -> Decimal {
        sum(self.decisions().iter().map(Decision::granted))
    }

    /// Invalid claims: nobody can say how many points they are.
    pub(super) fn invalid(&self) -> usize {
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
    pub(super) fn falls(&self) -> bool {
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

/// What not every form has: which of them, its row among the forms says.
const OF_SOME_FORMS: [OverviewColumn; 5] = [
    OverviewColumn { key: "column-claimed-grade", width: 7, cell: claimed_grade, points: None },
    OverviewColumn { key: "column-ceiling-grade", width: 8, cell: ceiling_grade, points: None },
    OverviewColumn { key: "column-grade-change", width: 9, cell: grade_change, points: None },
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
pub(super) const HIDDEN: u16 = 0;

/// The columns of a form's sheet, in their order.
pub fn columns_of(kind: FormKind) -> Vec<OverviewColumn> {
    let FormRow { whose, overview, .. } = kind.row();
    let name = OverviewColumn { key: whose.heading, width: whose.widths[0], cell: name, points: None };
    let of_key = |key: &&str| OF_SOME_FORMS.into_iter().find(|column| column.key == *key);
    let own: Vec<OverviewColumn> = overview.columns.iter().filter_map(of_key).collect();
    debug_assert_eq!(own.len(), overview.columns.len(), "a column that is none");
    [&[NUMBER, name], &TOTALS[..], &own, &VERDICTS].concat()
}

/// Where a column stands, from 0.
pub fn position(kind: FormKind, key: &str) -> u16 {
    let at = columns_of(kind).iter().position(|column| column.key == key);
    debug_assert!(at.is_some(), "no column {key}");
    at.unwrap_or_default() as u16
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

fn confirmed_grade(line: &Line) -> Cell {
    let Some(book) = line.department.rulebook else { return Cell::default() };
    let place = address(line.at, position(line.department.kind(), "column-confirmed-total"));
    let formula = format!("IF(ISNUMBER({place}),{},\"\")", grade_formula(&book.grades, &place));
    let grade = grade_of(&book.grades, line.granted()).filter(|_| line.open() == 0);
    Cell::formula(formula, Outcome::Words(grade.unwrap_or_default().to_owned())).style(Style::Centre)
}

/// True where the most that can be granted does not earn the grade that was claimed.
pub fn is_downgraded(audit: &Audit) -> bool {
    audit.findings.iter().any(|finding| finding.code == Code::GradeOverstated)
}
