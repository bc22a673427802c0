//! The forms that can be audited: a row for each, from which every room takes what it needs to know of it. Reading makes a card and
//! a submission of every form, and from there all of them go one way: what is asked on it is what a form has (rows in common with
//! all who file it, a grade, a budget), never which form it is.

/// A form that can be audited, in the order of reports. Points of one are never added to those of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FormKind {
    /// A department's scorecard (整体自评).
    Card,
    /// The form of one project (项目自评).
    Project,
}

/// What a form can have; a check looks at one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Scores and their total: every form has them.
    Scores,
    /// Rows that are those of the rulebook's card, the same for all who file it: each can be missing, renamed or altered, and is
    /// added up and compared over all of them.
    CommonRows,
    /// Facts that the rulebook names, read from all tables and texts of the workbook.
    Facts,
    /// A grade that the filer states.
    Grade,
    /// Rows that their filer declares, each with its own target and weight: those of two filers have nothing in common.
    OwnRows,
    /// The budget of what it is about, with its sources and its execution.
    Budget,
}

/// What every room has to know of a form. Words are keys of the texts of the report, but for those of 核对项目.
#[derive(Debug)]
pub struct FormRow {
    /// What a rulebook calls it in its head.
    pub word: &'static str,
    /// What it has.
    pub parts: &'static [Part],
    /// It speaks for the whole department: it is what a department has to hand in, and a list of them is one of departments.
    /// Others are about something of a department, which hands in as many of them as it has such things.
    pub is_of_department: bool,
    /// What several of them are called.
    pub name: &'static str,
    /// What they are called in 核对项目.
    pub name_in_checks: &'static str,
    /// Whose a row of its lists is.
    pub whose: NameColumn,
    /// Its sheet of the make of 总览.
    pub overview: OverviewWords,
    /// Its sheet of the make of 逐项核对.
    pub matrix: MatrixWords,
    /// The titles of its charts: over the totals, and over the overstated points.
    pub charts: [&'static str; 2],
    /// What the terminal says of it at the end of a run.
    pub summary: SummaryWords,
    /// Its sentence in 综合报告.
    pub summing_up: &'static str,
    /// What 综合报告 says where none of its indicators is overstated; none where its rows are no indicators in common.
    pub none_overstated: Option<&'static str>,
}

/// The column that says whose a row is.
#[derive(Debug)]
pub struct NameColumn {
    /// Its heading.
    pub heading: &'static str,
    /// Its width in 总览 and in 逐项核对.
    pub widths: [u16; 2],
}

/// What the sheet that sums up a form is made of.
#[derive(Debug)]
pub struct OverviewWords {
    /// Its name, where it does not open the workbook.
    pub sheet: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// The columns that not every form has.
    pub columns: &'static [&'static str],
    /// The figure of how many there are.
    pub count: &'static str,
    /// The figure of how many of them are overstated.
    pub overstated: &'static str,
}

/// What the sheet with every verdict of a form is made of.
#[derive(Debug)]
pub struct MatrixWords {
    /// Its name, where it is not that of the workbook's first form.
    pub sheet: &'static str,
    /// The sentence under its heading.
    pub lead: &'static str,
}

/// What the terminal says of a form.
#[derive(Debug)]
pub struct SummaryWords {
    /// How many there are and their points.
    pub points: &'static str,
    /// Over those with the most overstated points.
    pub worst: &'static str,
    /// Where none has any.
    pub none_worst: &'static str,
}

/// The sheet that opens the workbook, and the first one with every verdict, whatever form they are of.
const FIRST_OVERVIEW: &str = "sheet-overview";
const FIRST_MATRIX: &str = "sheet-matrix";

const CARD: FormRow = FormRow {
    word: "scorecard",
    parts: &[Part::Scores, Part::CommonRows, Part::Facts, Part::Grade],
    is_of_department: true,
    name: "kind-cards",
    name_in_checks: "forms-card",
    whose: NameColumn { heading: "column-department", widths: [28, 24] },
    overview: OverviewWords {
        sheet: FIRST_OVERVIEW,
        title: "overview-title",
        columns: &["column-claimed-grade", "column-ceiling-grade", "column-grade-change"],
        count: "figure-cards",
        overstated: "figure-overstated-departments",
    },
    matrix: MatrixWords { sheet: FIRST_MATRIX, lead: "matrix-lead" },
    charts: ["chart-departments", "chart-overstated"],
    summary: SummaryWords { points: "summary-cards", worst: "summary-worst", none_worst: "summary-none-worst" },
    summing_up: "summing-cards",
    none_overstated: Some("summing-no-overstated"),
};

const PROJECT: FormRow = FormRow {
    word: "declared",
    parts: &[Part::Scores, Part::OwnRows, Part::Budget],
    is_of_department: false,
    name: "kind-forms",
    name_in_checks: "forms-form",
    whose: NameColumn { heading: "column-project", widths: [40, 40] },
    overview: OverviewWords {
        sheet: "sheet-projects",
        title: "overview-title-forms",
        columns: &["column-budget", "column-execution", "column-ceiling-grade"],
        count: "figure-forms",
        overstated: "figure-overstated-forms",
    },
    matrix: MatrixWords { sheet: "sheet-matrix-forms", lead: "matrix-lead-forms" },
    charts: ["chart-projects", "chart-overstated-forms"],
    summary: SummaryWords {
        points: "summary-forms",
        worst: "summary-worst-forms",
        none_worst: "summary-none-worst-forms",
    },
    summing_up: "summing-forms",
    none_overstated: None,
};

impl FormKind {
    /// Every form, in the order of reports.
    pub const ALL: [FormKind; 2] = [FormKind::Card, FormKind::Project];

    /// The form that is meant where nothing says which: a run without audits, a rulebook without a word for it.
    pub const FIRST: FormKind = FormKind::ALL[0];

    /// What is to be known of it.
    pub const fn row(self) -> &'static FormRow {
        match self {
            FormKind::Card => &CARD,
            FormKind::Project => &PROJECT,
        }
    }

    /// The form that a rulebook calls so.
    pub fn named(word: &str) -> Option<FormKind> {
        FormKind::ALL.into_iter().find(|kind| kind.row().word == word)
    }

    /// The form that a line is of which says no more than its number within its workbook: a card has the workbook for itself and none,
    /// and whatever shares it with others is numbered. A line of any other form names it.
    pub const fn of_line(number: Option<u32>) -> FormKind {
        match number {
            None => FormKind::Card,
            Some(_) => FormKind::Project,
        }
    }

    /// Those of the forms that have a part, in the order of reports.
    pub fn with(part: Part) -> impl Iterator<Item = FormKind> {
        FormKind::ALL.into_iter().filter(move |kind| kind.has(part))
    }

    /// Whether it has a part.
    pub fn has(self, part: Part) -> bool {
        self.row().parts.contains(&part)
    }

    /// Whether its rows are the same for all who file it.
    pub fn has_common_rows(self) -> bool {
        self.has(Part::CommonRows)
    }

    /// Whether it speaks for a whole department.
    pub const fn is_of_department(self) -> bool {
        self.row().is_of_department
    }

    /// The name of the sheet that sums it up in a workbook whose first form is `first`.
    pub fn overview(self, first: FormKind) -> &'static str {
        if self == first { FIRST_OVERVIEW } else { self.row().overview.sheet }
    }

    /// The name of the sheet with all its verdicts in such a workbook.
    pub fn matrix(self, first: FormKind) -> &'static str {
        if self == first { FIRST_MATRIX } else { self.row().matrix.sheet }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn every_form_has_scores_and_rows_that_are_either_common_or_its_filers_own() {
        for kind in FormKind::ALL {
            assert!(kind.has(Part::Scores), "{kind:?}");
            assert_ne!(kind.has_common_rows(), kind.has(Part::OwnRows), "{kind:?}");
            assert_eq!(kind.row().none_overstated.is_some(), kind.has_common_rows(), "{kind:?}");
            assert_eq!(FormKind::named(kind.row().word), Some(kind));
        }
    }

    #[test]
    fn what_a_form_is_called_has_words_in_both_languages() {
        for row in FormKind::ALL.map(FormKind::row) {
            let (overview, summary) = (&row.overview, &row.summary);
            let mut keys = vec![row.name, row.whose.heading, row.summing_up, row.matrix.sheet, row.matrix.lead];
            keys.extend([overview.sheet, overview.title, overview.count, overview.overstated]);
            keys.extend([summary.points, summary.worst, summary.none_worst]);
            keys.extend(overview.columns.iter().chain(&row.charts).chain(&row.none_overstated));
            let mut keys: Vec<String> = keys.into_iter().map(|key| format!("report.{key}")).collect();
            keys.push(format!("check.{}", row.name_in_checks));
            for language in [Language::Zh, Language::En] {
                keys.iter().for_each(|key| assert!(language.texts().any(|(known, _)| known == key), "{key}"));
            }
        }
    }
}
