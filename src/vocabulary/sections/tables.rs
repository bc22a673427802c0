//! How tables of any kind are laid out.

use super::{Slot, section};
use crate::vocabulary::words::{Chars, Words};

section! {
    /// How tables of any kind are laid out: what heads, what sums up, what is an entry.
    Tables {
        /// What a label is, or ends in, that sums up others.
        totals: Words,
        /// How a text in the corner begins that states the unit of a table.
        units: Words,
        /// How a note below a table begins.
        notes: Words,
        /// How the heading of a row begins that is part of the row above.
        parts: Words,
        /// Headings of the column that names the rows, or of a corner.
        corners: Words,
        /// How a heading or a label ends: what is asked for; a single sign only alone.
        asked: Words,
        /// How a question begins.
        asks: Words,
        /// The last sign of most texts that ask for something.
        endings: Chars,
        /// How the name of somebody or something ends, which is no question.
        named: Words,
        /// Answers, boxes apart.
        answers: Words,
        /// What says that there is nothing.
        nothing: Words,
        /// Chinese numerals of numbering.
        numbering: Chars,
        /// What may stand behind a year alone.
        year_ends: Words,
        /// The signs of a date without its digits, one after another.
        dates: Words,
        /// Month of a date.
        months: Chars,
        /// Day of a date.
        days: Chars,
        /// Before a number.
        before_numbers: Chars,
        /// With these behind a figure it is a name and no number.
        no_units: Chars,
    }
}

section! {
    /// Words that narrow what a table, a column or a row is about. Years are told by their form, not by words.
    TableScopes {
        /// 上半年, 年末 …
        period: Words,
        /// 初评, 调整后 …
        version: Words,
        /// 本级, 下属 …
        organisation: Words,
        /// 其中, 财政拨款 …
        part: Words,
        /// 在编, 退休 …
        person: Words,
        /// 金额, 人数 …
        measure: Words,
        /// 财政, 专家 …
        party: Words,
    }
}
