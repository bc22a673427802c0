//! What is typed into one cell: answers, numbers, units.

use super::{Slot, section};
use crate::vocabulary::words::{Chars, Pairs, Words};

section! {
    /// Answers to yes/no questions.
    Answers {
        /// In words behind a yes: that it was done.
        done: Words,
        /// At the start of words behind a no: that there is none such.
        none_such: Words,
        /// Of how much words speak: 无重大违规.
        weighty: Words,
        /// Faults behind 无, besides those of project forms.
        absent: Words,
        /// In words behind a yes: that it was not done in full.
        falls_short: Words,
        /// Characters of words that say nothing but when.
        times: Chars,
        /// In a remark beside an answer: that it does not hold.
        speak_otherwise: Words,
        /// Alone in a cell: no more than a tick.
        ticks: Words,
        /// Under a label that is negative itself, these can mean either.
        double_negation: Words,
        /// Words of a label that asks whether there is something, or whether it was done: 无 answers it.
        of_having: Words,
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
        /// Before the kind that is asked for: that it is none of it (不涉密 of 涉密部门), longest first.
        not_such: Words,
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
        /// Behind 是: there was something, or nobody knows yet.
        doubted: Words,
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
        /// Project form: in the column of weights or scores, that a row carries no points.
        no_points: Words,
        /// Project form: guidance left in place of a name.
        name_guidance: Words,
        /// Project form: no name.
        no_name: Words,
        /// Nothing was filled in.
        words: Words,
        /// In place of a count: none of them.
        none: Words,
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
        /// In brackets behind a value: where it comes from, or that it was checked; longer ones first.
        asides: Words,
        /// How the names of papers end.
        papers: Words,
        /// Behind the numbers of such papers.
        aside_counters: Chars,
        /// Between the ends of a span.
        spans: Chars,
        /// Before a score; longer ones first.
        score_before: Words,
        /// Before the points that a score is out of, longest first: 满分5分，自评4分.
        score_of: Words,
        /// In place of a score: all points of the indicator.
        score_full: Words,
        /// In brackets behind a score: what it is anyhow.
        score_said: Words,
        /// All of a cell: no points.
        score_zero: Words,
        /// Behind a score, before the number of a footnote.
        score_notes: Words,
        /// Behind the 分 of a score, without a meaning of its own.
        score_sharp: Words,
        /// The sum of the scores of several parts.
        score_sums: Words,
        /// In the name of a part: it is no part of an indicator.
        score_apart: Words,
        /// Before what is taken off a score.
        score_deducted: Words,
        /// Before what is left of a score.
        score_left: Words,
        /// Between a score and what it was changed to.
        score_changed: Words,
        /// Before a score that is another's, or no longer holds.
        score_others: Words,
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
        /// Names of rates that people also give as a mark out of five or ten.
        marks: Words,
        /// Units of money that are none of those that amounts are compared in.
        other_money: Words,
        /// What a rate of handling is a share of: with none of it there is no rate.
        cases: Words,
        /// How the name of their number ends.
        case_counts: Words,
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
        /// Of a fall: below such a name a number below zero may be one or the other.
        decreases: Chars,
        /// With these an amount of money.
        money_signs: Chars,
        /// Praise behind a percentage.
        praise: Words,
        /// A word with these says more than a unit.
        says_more: Chars,
        /// A part of a figure whose name has one of these need not be reached, or not this year, or not by the department.
        not_reached: Chars,
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
