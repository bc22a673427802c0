//! The sections of a vocabulary: one struct for each concern, one field for each key of the file.

use super::words::{Chars, Pairs, Words};

/// One list of a vocabulary, to be added to.
pub(super) enum Slot<'a> {
    Words(&'a mut Words),
    Chars(&'a mut Chars),
    Pairs(&'a mut Pairs),
}

/// A struct whose fields are the keys of one section of the file.
macro_rules! section {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $key:ident: $kind:ident,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Default)]
        pub struct $name {
            $($(#[$doc])* pub $key: $kind,)*
        }

        impl $name {
            /// Its keys, in the order of the file.
            pub(super) const KEYS: &'static [&'static str] = &[$(stringify!($key),)*];

            /// The list under a key.
            pub(super) fn slot(&mut self, key: &str) -> Option<Slot<'_>> {
                match key {
                    $(stringify!($key) => Some(Slot::$kind(&mut self.$key)),)*
                    _ => None,
                }
            }
        }
    };
}

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
        /// Words that make a score the department's own.
        score_of_unit: Words,
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
        /// Base data: the unit of the answer.
        base_unit: Words,
        /// Completion table: tasks.
        task: Words,
        /// Completion table: words with which a heading of amounts is something else.
        no_amount: Words,
        /// Completion table: the part paid by the treasury.
        fiscal: Words,
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
        /// Project form, rows: the sign.
        row_nature: Words,
        /// Project form, rows: the unit.
        row_unit: Words,
        /// Project form, rows: the target.
        row_target: Words,
        /// Project form, rows: the actual.
        row_actual: Words,
        /// Project form, rows: says when, which version or how much, and leaves a column what it is.
        row_modifiers: Words,
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
        /// Words of titles under which nobody states anything: guides, examples, clauses.
        guides: Words,
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
        /// Project form: what stands behind a year.
        form_year: Chars,
        /// Project form: other zeros of written years.
        form_zero: Chars,
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
        /// The unit of amounts is said here.
        corner: Words,
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
        /// Units behind the name of a part.
        amounts: Words,
    }
}

section! {
    /// Words of running text.
    Sentences {
        /// May stand before a figure and leave it the department's.
        neutral: Words,
        /// Single characters that mean nothing of their own there.
        particles: Chars,
        /// Words of plans, rules and other years.
        wished: Words,
        /// Turn a clause to what was done.
        done: Words,
        /// A clause speaks of the department itself.
        own: Words,
        /// Words of plans that are only another year.
        other_years: Words,
        /// A sentence speaks of rules or scores.
        of_rules: Words,
        /// Before a figure: a target, a change, another year's.
        other_figure: Words,
        /// Behind a figure: a bound or a change.
        behind: Words,
        /// Points, behind a digit.
        points: Chars,
        /// With these a unit of money ends.
        money: Chars,
        /// A percentage in words.
        percent: Words,
        /// Behind a number that is no count.
        no_count: Chars,
        /// About, before a figure.
        about: Words,
        /// Numerals of a percentage in words.
        numerals: Chars,
        /// Units behind a figure; longer ones first.
        units: Words,
    }
}

section! {
    /// What tells one name from another.
    Names {
        /// A name that gains one of these is another name.
        telling: Chars,
        /// A name cannot lose these and stay the same.
        essential: Chars,
        /// Without these a name says the contrary.
        negating: Chars,
        /// In brackets behind a name, they make it another figure's.
        others: Words,
        /// A name with these more or fewer is the same name.
        loose: Words,
        /// Characters that are typed for each other.
        mistyped: Pairs,
        /// Words of names that say the same.
        same: Pairs,
        /// A name that differs in these is another name.
        telling_words: Words,
        /// What a name measures: a name that differs in one of these is another name.
        telling_measures: Chars,
        /// In front of a name that is a part.
        inner: Words,
        /// In front of an ordinal.
        ordinal: Chars,
        /// Behind an ordinal.
        ordinal_marks: Chars,
        /// Numerals of a numbering.
        numerals: Chars,
        /// Behind bare digits that are no numbering.
        counted: Chars,
        /// Points behind a name.
        points: Chars,
        /// Units behind a name; longer ones first.
        units: Words,
        /// Project form: in front of a numbered line of the template.
        numbered: Words,
        /// Project form: numbers of such lines.
        line_numbers: Chars,
    }
}

section! {
    /// Words of evidence.
    Evidence {
        /// Says that evidence is missing.
        none: Words,
        /// Kinds of evidence between; empty: none named.
        kinds: Words,
        /// Evidence itself.
        matter: Words,
        /// Evidence is to follow.
        owed: Words,
        /// What names no evidence; empty: nothing at all.
        nothing: Words,
        /// Says that a cell computes itself.
        computed: Words,
    }
}

section! {
    /// Answers to yes/no questions.
    Answers {
        /// Under a label that is negative itself, these can mean either.
        double_negation: Words,
        /// With these a label is negative itself.
        negative_label: Chars,
        /// Yes.
        yes: Words,
        /// No.
        no: Words,
        /// What a positive question asks for.
        stems: Words,
        /// Before it: yes; empty: nothing.
        affirmed: Words,
        /// Before it: no.
        denied: Words,
        /// What may stand behind it; empty: nothing.
        tails: Words,
        /// The question as printed, nothing chosen.
        unanswered: Words,
        /// After a yes these take it back.
        taken_back: Words,
        /// After a no these take it back.
        denial_taken_back: Words,
        /// There was nothing of the kind to do.
        nothing_of_the_kind: Words,
        /// There were no such events.
        no_event: Words,
        /// No fault was found.
        no_fault: Words,
        /// Counters behind 是 or 否 that count what the answer denies.
        events: Words,
        /// Behind 否: it did happen.
        admitted: Words,
    }
}

section! {
    /// Answers chosen from given words.
    Choices {
        /// Other words for the same, in this order.
        same: Pairs,
        /// Words that change nothing, except behind a negation.
        fillers: Words,
        /// Negations.
        negations: Chars,
        /// Other words for the same, at the end.
        last: Pairs,
    }
}

section! {
    /// Cells that look filled and are not.
    Placeholders {
        /// Project form: what a column of units says where there is none.
        no_unit: Words,
        /// Project form: guidance left in place of a name.
        name_guidance: Words,
        /// Project form: no name.
        no_name: Words,
        /// Nothing was filled in.
        words: Words,
        /// With these guidance begins, whatever is asked for.
        guidance: Words,
        /// With these it begins where a number or an answer is due.
        guidance_for_numbers: Words,
        /// Where these stand and no digit does, it is guidance.
        guidance_holds: Words,
        /// Units that a template prints; longer ones first.
        lone_units: Words,
        /// This does not concern us.
        not_applicable: Words,
        /// Who speaks, before it.
        we: Words,
        /// What does not concern us.
        objects: Words,
        /// Project form: beside another target, it says that nothing was adjusted.
        unchanged: Words,
        /// Zero, where faults are counted.
        zero: Words,
        /// Project form: may stand behind that and a name.
        happened: Words,
    }
}

section! {
    /// Words around a number.
    Comparisons {
        /// Project form: a target is words.
        qualitative: Words,
        /// Project form: the more the better.
        upward: Words,
        /// Project form: the less the better.
        downward: Words,
        /// Before a number: at least.
        at_least: Words,
        /// Before a number: at most.
        at_most: Words,
        /// Before a number: more than.
        more_than: Words,
        /// Before a number: less than.
        less_than: Words,
        /// Before a number: equal.
        equal: Words,
        /// Behind a number: at least.
        after_at_least: Words,
        /// Behind a number: at most.
        after_at_most: Words,
        /// Only behind these does a closing word bound a number.
        within_units: Words,
        /// Bounds a number behind a unit.
        within: Chars,
        /// Before a number: about.
        about_before: Words,
        /// Behind a number: about.
        about_after: Words,
        /// Before a number that is not the one meant.
        vague_before: Words,
        /// Before a number, and it changes nothing.
        plain_before: Words,
        /// Inside a number that is not the one meant.
        vague_inside: Chars,
        /// Behind a bound, and it changes nothing.
        inclusive: Words,
        /// Behind these a number is not meant exactly either.
        scales: Chars,
        /// With these a reference begins.
        refers: Words,
        /// Between the ends of a span.
        spans: Chars,
        /// Before a score; longer ones first.
        score_before: Words,
        /// Before what is taken off a score.
        score_deducted: Words,
        /// Before what is left of a score.
        score_left: Words,
        /// Project form: what should not happen, where 无 is zero.
        faults: Words,
        /// Labels of figures that are better the lower they are.
        better_low: Words,
    }
}

section! {
    /// Units and counters.
    Units {
        /// Words of a percentage in a label.
        percent_words: Words,
        /// In front of the unit that a sheet states.
        corner: Words,
        /// Characters of a unit of money.
        money_chars: Chars,
        /// Project form: a column's unit that is %.
        percent_names: Words,
        /// What people are counted in.
        persons: Words,
        /// What people count, without the noun.
        counters: Words,
        /// Nouns behind a counter that change nothing.
        nouns: Words,
        /// Units of grades and classes.
        grades: Words,
        /// With these a rate's name ends.
        rates: Chars,
        /// With these a rate says a change.
        changes: Chars,
        /// With these an amount of money.
        money_signs: Chars,
        /// Praise behind a percentage.
        praise: Words,
        /// A word with these says more than a unit.
        says_more: Chars,
        /// Behind a number that may be a year.
        of_years: Words,
        /// Behind a number that is a date.
        of_dates: Words,
        /// The unit of scores.
        points: Words,
        /// A unit cell that says yuan.
        yuan: Words,
        /// Behind a number: yuan.
        amount_yuan: Words,
        /// A unit cell that says thousand yuan.
        thousand_yuan: Words,
        /// Behind a number: thousand yuan.
        amount_thousand_yuan: Words,
        /// A unit cell that says ten thousand yuan.
        wan_yuan: Words,
        /// Behind a number: ten thousand yuan.
        amount_wan_yuan: Words,
        /// A unit cell that says million yuan.
        million_yuan: Words,
        /// Behind a number: million yuan.
        amount_million_yuan: Words,
        /// A unit cell that says hundred million yuan.
        yi_yuan: Words,
        /// Behind a number: hundred million yuan.
        amount_yi_yuan: Words,
        /// Behind a number: ten million yuan.
        amount_ten_million: Words,
        /// Behind a number: a hundred thousand yuan.
        amount_hundred_thousand: Words,
        /// Behind a number: a tenth of a yuan.
        amount_jiao: Words,
        /// Behind a number: a hundredth of a yuan.
        amount_fen: Words,
        /// Before a unit of money.
        heads: Words,
        /// Before an amount.
        currency: Words,
        /// Behind an amount.
        closing: Words,
        /// Project form: nouns behind a counter that do not change what is counted.
        same_nouns: Words,
        /// Project form: counters that count the same, each with the one that it counts as.
        like_counters: Pairs,
        /// Project form: counters of what happens again and again, and can be added up over a year.
        occasions: Words,
        /// Project form: how many of each period a year has.
        periods: Pairs,
        /// Project form: before a period.
        each: Chars,
        /// Project form: units of length in metres.
        lengths: Pairs,
        /// Project form: units of area in square metres.
        areas: Pairs,
        /// Project form: units of volume in cubic metres.
        volumes: Pairs,
        /// Project form: units of weight in kilograms.
        weights: Pairs,
        /// Project form: units of time in seconds.
        durations: Pairs,
        /// Project form: units of time in months.
        months: Pairs,
        /// Project form: names of water, of which a ton is a cubic metre.
        water_names: Words,
        /// Project form: units of time.
        times: Words,
        /// Project form: with these a unit counts several at once.
        multiples: Chars,
        /// Project form: units that only look so.
        not_multiples: Words,
        /// Between the label and the unit that a sheet states.
        corner_joins: Chars,
    }
}

section! {
    /// Whose figures they are, of when, and of how much: the scopes of labels, headings, titles and sheet names.
    Scopes {
        /// The whole year, or its end.
        whole_year: Words,
        /// A time within the year.
        within_year: Words,
        /// In running text: half a year.
        half_years: Words,
        /// Behind the number of a month.
        months: Chars,
        /// In a remark: not cumulative.
        single: Words,
        /// The version that counts.
        last: Words,
        /// A version that no longer counts, or not yet.
        draft: Words,
        /// After the adjustment within the year.
        adjusted: Words,
        /// Before the adjustment within the year.
        initial: Words,
        /// A change of an amount, and not the amount.
        change: Words,
        /// All of it.
        whole: Words,
        /// The department itself.
        own: Words,
        /// What stands below the department.
        below: Words,
        /// A part of it.
        part: Words,
        /// In brackets, beside words of the whole: says nothing more.
        joins: Chars,
        /// With these the brackets behind a label begin that change nothing.
        neutral: Words,
        /// With these the brackets behind a label say what is included: changes nothing.
        includes: Words,
        /// In running text: a part of the people, the money, the year or the department.
        narrows: Words,
    }
}

section! {
    /// Numbers in words.
    Numerals {
        /// Below zero.
        minus: Chars,
        /// The decimal point.
        point: Chars,
        /// Zero.
        zero: Chars,
        /// One.
        one: Chars,
        /// Two.
        two: Chars,
        /// Three.
        three: Chars,
        /// Four.
        four: Chars,
        /// Five.
        five: Chars,
        /// Six.
        six: Chars,
        /// Seven.
        seven: Chars,
        /// Eight.
        eight: Chars,
        /// Nine.
        nine: Chars,
        /// Ten.
        ten: Chars,
        /// Hundred.
        hundred: Chars,
        /// Thousand.
        thousand: Chars,
        /// Myriad.
        myriad: Chars,
        /// Hundred million.
        hundred_million: Chars,
        /// A hundred percent.
        whole: Words,
        /// Before a percentage in words.
        of_a_hundred: Words,
        /// A hundred of a hundred.
        all_of_a_hundred: Words,
        /// Tenths.
        tenths: Chars,
    }
}
