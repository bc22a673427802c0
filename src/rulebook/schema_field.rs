//! One field of a table of a rulebook's file: its key and what it holds, as the decoder takes it and the schema tells it.

/// One field of a table: its key, what it holds, and whether it has to be given.
pub(crate) type Field = (&'static str, Holds, bool);

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Holds {
    /// A text.
    Text,
    /// Exactly this text.
    Word(&'static str),
    /// One of these texts.
    Words(&'static [&'static str]),
    /// Several texts.
    Texts,
    /// A number, or a percentage in quotes.
    Number,
    /// A number that is no percentage: points, or what stands before a percent sign.
    Plain,
    /// A whole number.
    Whole,
    /// true or false.
    Truth,
    /// A sum in quotes, or a number.
    Expression,
    /// A score, or the two ends of a range.
    Score,
    /// A table.
    One(&'static str),
    /// Several tables.
    Many(&'static str),
    /// Several tables, at least one.
    AtLeastOne(&'static str),
    /// Names that the rulebook chooses, with numbers.
    Numbers,
    /// Names that the rulebook chooses, with scores.
    Scores,
    /// Facts of a case.
    CaseFacts,
    /// Names that the rulebook chooses, with tables.
    Tables(&'static str),
}
