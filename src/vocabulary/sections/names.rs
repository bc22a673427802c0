//! What tells one name, one scope, one sentence from another.

use super::{Slot, section};
use crate::vocabulary::words::{Chars, Pairs, Words};

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
        /// Behind a figure: it is of a part only.
        narrowed_behind: Words,
        /// Before a figure, in its sentence: something was left out of it.
        narrowed_before: Words,
        /// Right behind a figure: which part of the whole it is.
        explained_behind: Words,
        /// Before a figure, in its sentence, one behind the other: with an exception.
        excepted: Pairs,
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
        /// In a name: what follows is the result asked about.
        results: Chars,
        /// A name that gains one of these is another name.
        telling: Chars,
        /// A name cannot lose these and stay the same.
        essential: Chars,
        /// A row that begins so adds to the one above it.
        besides: Words,
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
        /// Cumulated from the beginning of the year.
        cumulated: Words,
        /// Before the day up to which figures run.
        until: Words,
        /// In a remark: another figure is the real one.
        really: Words,
        /// In a remark: not cumulative.
        single: Words,
        /// In a remark: the figure is not all of it, not settled, or another one.
        qualifies: Words,
        /// Project form, in a row's reasons and remarks: what is said to be reached is not final, or wrong.
        not_final: Words,
        /// Project form, in a row's reasons and remarks: not all of it was done, which full marks contradict.
        unfinished: Words,
        /// Project form: a remark that ends so says only whose or which time's figure stands there.
        of_figures: Words,
        /// Project form, in a row's reasons and remarks: what follows is what was reached.
        reached: Words,
        /// Behind 是: what only tells a time.
        of_times: Chars,
        /// The version that counts.
        last: Words,
        /// In a sheet's name: a version, or the handing in; the day beside it is no time of the figures.
        handed_in: Words,
        /// Offices of a department: in a sheet's name and put together they are all of it.
        offices: Words,
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
        /// Project form: several years together.
        spans: Words,
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
        /// By themselves over a table, in brackets or in a column of scope: not the final, actual figures of the year.
        otherwise: Words,
        /// The heading of a column that says of each row whose figures stand there, of when or in which version.
        columns: Words,
        /// A note begins so.
        notes: Words,
        /// In a note: what figures are.
        notes_say: Words,
        /// In a note: it compares, gives a reason or asks for something.
        notes_tell: Words,
        /// Behind “including”: others, who are in the figure and no part of the fact unless its own words name them.
        others_within: Words,
        /// Money of earlier years.
        carried: Words,
        /// A comment that begins so says where a value comes from, or that it was checked.
        comments_aside: Words,
        /// A comment that begins so is the template's, and says how to fill it in.
        comments_guide: Words,
        /// What follows is within the figure.
        within_it: Words,
        /// A remark that begins so says that the figure is of a part only.
        only: Words,
        /// What follows is not in the figure.
        leaves_out: Words,
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
        /// Evidence is not there, or not all of it.
        lost: Words,
        /// How words end that promise evidence.
        owed_ends: Words,
        /// Evidence is to follow.
        owed: Words,
        /// What names no evidence; empty: nothing at all.
        nothing: Words,
        /// Says that a cell computes itself.
        computed: Words,
    }
}
