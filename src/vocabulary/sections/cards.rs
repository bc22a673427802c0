//! What the tables, the titles and the running text of a submission say.

use super::{Slot, section};
use crate::vocabulary::words::{Chars, Words};

section! {
    /// What the headings of tables say.
    Headings {
        /// Headings that say nothing about which table it is.
        plain: Words,
        /// Card: names above the indicators.
        card_above: Words,
        /// Card: the indicators.
        card_name: Words,
        /// Card: what an indicator can earn.
        card_points: Words,
        /// Card: headings that are the claimed score by themselves.
        score_plainest: Words,
        /// Words of self-assessment, beside a word of scores.
        self_assessed: Words,
        /// Words of scores.
        score: Words,
        /// Lower headings under a heading of scores that make it the claim.
        score_own: Words,
        /// Beside the department's scores: scores that were changed afterwards, by whomever: 修正得分.
        score_revised: Words,
        /// An average.
        averages: Words,
        /// Scores that others than the department gave, or that are no result.
        score_outside: Words,
        /// Words that make a score the department's own.
        score_of_unit: Words,
        /// Before 单位 or 部门 in a heading of scores: still the department.
        score_filers: Words,
        /// Headings of scores that say nothing of whose they are.
        score_alone: Words,
        /// Words of scores that are not the department's claim.
        not_claimed: Words,
        /// Words with which a heading about scores is not the score itself.
        about_scores: Words,
        /// Who gives a score, as the second row of a header says it.
        parties: Words,
        /// Words of a column that says which evidence is wanted.
        evidence_wanted: Words,
        /// Columns of remarks.
        remarks: Words,
        /// Words of a column of evidence.
        evidence: Words,
        /// Headings of evidence, word for word.
        evidence_alone: Words,
        /// Words of evidence anywhere over a column.
        evidence_above: Words,
        /// What may stand behind a year over a year's figures; empty: nothing.
        year_figures: Words,
        /// Base data: row numbers.
        base_number: Words,
        /// Base data: what is asked.
        base_label: Words,
        /// Base data: what is answered.
        base_value: Words,
        /// A base-data column of values: amounts of money.
        base_amounts: Words,
        /// Base data: a column of corrections.
        base_corrected: Words,
        /// Base data: columns of what others found.
        base_not_filed: Words,
        /// Base data: the unit of the answer.
        base_unit: Words,
        /// Completion table: tasks.
        task: Words,
        /// Completion table: words with which a heading of amounts is something else.
        no_amount: Words,
        /// Completion table: the part paid by the treasury.
        fiscal: Words,
        /// Completion table: an amount whose heading begins so is the projects' part.
        of_projects: Words,
        /// Completion table: amounts spent.
        spent: Words,
        /// Completion table: amounts planned.
        planned: Words,
        /// Targets and actuals: labels.
        kpi_label: Words,
        /// Targets and actuals: targets.
        kpi_target: Words,
        /// Targets and actuals: actuals.
        kpi_actual: Words,
        /// Project form, money: the printed rate.
        funds_rate: Words,
        /// Project form, money: spent.
        funds_spent: Words,
        /// Project form, money: at the beginning of the year.
        funds_initial: Words,
        /// Project form, money: planned for the year.
        funds_planned: Words,
        /// Project form, money: with these a heading of the budget ends.
        funds_planned_end: Words,
        /// Project form, money: what arrived, which is the budget where nothing else is said to be.
        funds_received: Words,
        /// Project form, money: with these a heading of the spending ends.
        funds_spent_end: Words,
        /// Project form, money: what was not spent.
        funds_rest: Words,
        /// Project form, money: by how much a budget was changed, and not the budget.
        funds_change: Words,
        /// Project form, rows: first level.
        row_first: Words,
        /// Project form, rows: second level.
        row_second: Words,
        /// Project form, rows: the indicators.
        row_name: Words,
        /// Project form: with these the labels above an indicator end.
        row_labels: Words,
        /// Project form, rows: the sign.
        row_nature: Words,
        /// Project form, rows: the unit.
        row_unit: Words,
        /// Project form, rows: the target.
        row_target: Words,
        /// Project form, rows: the actual.
        row_actual: Words,
        /// Project form: in brackets behind the heading of what was reached, or before it: it is still aimed at.
        aimed_at: Words,
        /// Project form, rows: says when, which version or how much, and leaves a column what it is.
        row_modifiers: Words,
        /// Project form: what stands before the numbers in a row that numbers the columns.
        column_numbers: Words,
        /// Project form: a heading with these is the weight's.
        weight_within: Words,
        /// Project form: words of reasons of a deviation.
        reason: Words,
        /// Project form: headings of reasons, word for word.
        reason_alone: Words,
        /// Words of any column of scores.
        of_scores: Words,
    }
}

section! {
    /// Labels beside which a value stands.
    Labels {
        /// Labels of the department's name.
        unit: Words,
        /// Labels of the report year.
        year: Words,
        /// Labels of the day on which a submission was filled in.
        dated: Words,
        /// Labels of the department only where a department's name stands beside them.
        unit_short: Words,
        /// Project form: labels of the project's name.
        project: Words,
        /// Project form: labels of the authority.
        authority: Words,
        /// Project form: labels of the implementing unit.
        implementer: Words,
        /// Project form: labels beside which no value of another label stands.
        others: Words,
        /// Project form: labels of a project that begin no form.
        project_vague: Words,
        /// Labels below a table: who filled it in, and when.
        people: Words,
        /// Project form: before the weight in a label.
        weight: Words,
        /// In brackets beside a department: the place for a seal.
        seals: Words,
    }
}

section! {
    /// Words of titles and of the names of departments.
    Titles {
        /// Words of a title that is about the report.
        about: Words,
        /// Words around a department's name in titles and file names.
        around: Words,
        /// With these a department's name ends.
        endings: Words,
        /// With these no department's name begins.
        general: Words,
        /// With these the name of an office within a department ends.
        internal: Chars,
        /// Words that no department's name holds.
        never_in_name: Words,
        /// Words of a name that was left open.
        left_open: Words,
        /// Words of a document number.
        of_documents: Words,
        /// Words of a table's title.
        table: Words,
        /// With these a line is no table's title.
        not_of_table: Words,
        /// Characters in front of a table's title.
        before_name: Chars,
        /// With these a table of another year begins.
        other_year: Words,
        /// With these a table of the units below begins.
        other_unit: Words,
        /// Words that change nothing of what is meant: a title or heading of nothing else narrows no figure below it.
        plain: Words,
        /// Words of titles under which nobody states anything: guides, examples, clauses.
        guides: Words,
        /// What stands before the label of a row that only shows how to fill the form in.
        examples: Words,
        /// In a title or a sheet's name: it is an example.
        samples: Words,
        /// In brackets of a title: it says nothing of whose figures stand below.
        aside: Words,
        /// In a title or a line over rows: several departments together.
        of_many: Words,
        /// What ends like a department's name and is none.
        no_names: Words,
        /// In a title or a sheet's name: the bureau or other reviewers gave the scores.
        of_reviewers: Words,
        /// Words of a title of a form of targets, which is no evaluation.
        of_targets: Words,
        /// Words of a title of a form of monitoring, which is no evaluation.
        of_monitoring: Words,
        /// With these a title is an evaluation's, whatever else it says.
        of_evaluation: Words,
    }
}

section! {
    /// Words about years.
    Years {
        /// What stands behind a year.
        year: Words,
        /// What stands behind a title's year most plainly.
        degree: Words,
        /// Behind the number of a day.
        days: Words,
        /// Headings of columns in which years stand.
        columns: Words,
        /// Words of their own that begin as a year's end does: figures in the line before are none.
        own_words: Words,
        /// What is left of a year in front of a department's name.
        around_name: Words,
        /// What is left of a year behind a department's name.
        after_name: Chars,
        /// A year's words, which are no department.
        not_a_name: Words,
        /// What stands between a heading's year and its figures.
        behind_heading: Chars,
        /// The digits of written years, from 0.
        digits: Chars,
        /// Other zeros of written years.
        zero: Chars,
        /// With these written years begin.
        begins: Chars,
        /// With these a year in a title is a day's.
        month: Chars,
        /// The year before.
        before: Words,
        /// The year after.
        after: Words,
        /// Between two years that are named together.
        lists: Chars,
        /// Before a year that is only compared with.
        compared_before: Chars,
        /// Behind a year that is only compared with.
        compared_behind: Words,
    }
}

section! {
    /// Words of totals and grades.
    Totals {
        /// Words that mean nothing but the total of the card.
        plain: Words,
        /// Words of a sum that may be the card's total.
        sums: Words,
        /// Labels of the grade.
        grades: Words,
        /// What stands behind a section's name in its subtotal.
        section: Words,
        /// Words of a subtotal.
        subtotal: Words,
        /// Completion table: the row of sums.
        amounts: Words,
        /// A part of the row above.
        part: Words,
        /// Completion table: subtotals.
        part_end: Words,
        /// Beginnings of the names of rows that stand beside the total of a completion table: 另：…
        beside: Words,
        /// Words of a row's name that say that it is not in the total: …（不计入合计）.
        not_in_sum: Words,
        /// Beginnings of the names of rows that are taken off the total: 减：….
        less: Words,
        /// Project form: the row of its total.
        form: Words,
        /// Project form: with these the row closes the form.
        closes: Words,
        /// Project form: words of any column of scores.
        scores: Words,
        /// Project form: subtotals.
        form_subtotal: Words,
        /// What may stand behind a grade's name; empty: nothing.
        grade_behind: Words,
        /// What may stand before a grade's name.
        grade_before: Chars,
    }
}

section! {
    /// Words of the block of money of a project form.
    Funds {
        /// With these the block of money is over.
        after: Words,
        /// The row of the whole.
        total: Words,
        /// Rows of parts.
        part: Words,
        /// The parts of the national form.
        known_part: Words,
        /// Opens parts.
        inner: Words,
        /// A row of indicators about carrying out the budget.
        budget: Words,
        /// Written behind a number, it repeats a column's 万元.
        repeated_wan: Words,
        /// Written behind a number, it repeats a column's 亿元.
        repeated_yi: Words,
        /// In headings, all the money of a project and no part of it.
        own: Words,
        /// Units behind the name of a part.
        amounts: Words,
    }
}
