//! The words of forms, as data: what headings, labels, units, answers and placeholders say.
//!
//! The built-in words stand in `builtin.toml`; a bureau adds its own with `--vocabulary FILE`, in the same format
//! (`GUIDE.md`, written for officials). A vocabulary is prepared once for a run and handed down: nothing here is global
//! but the built-in words themselves, which never change.

pub mod file;
pub mod fold;
mod lint;
mod load;
mod page;
pub(crate) mod remembered;
mod sections;
pub(crate) mod signs;
mod words;

pub use sections::{
    Answers, Choices, Clauses, Comparisons, Evidence, Funds, Headings, Labels, Names, Numerals, Passages, Placeholders,
    Rosters, Scopes, Sentences, TableScopes, Tables, Titles, Totals, Units, Years,
};
pub use words::{Chars, Pairs, Words};

use std::sync::LazyLock;

use crate::flaw::Flaw;
use sections::Slot;

/// The built-in words, as they stand in their file.
const BUILTIN: &str = include_str!("builtin.toml");

/// The words of forms.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// Headings of tables.
    pub headings: Headings,
    /// Labels beside values.
    pub labels: Labels,
    /// Titles and names of departments.
    pub titles: Titles,
    /// Years.
    pub years: Years,
    /// Totals and grades.
    pub totals: Totals,
    /// The block of money of a project form.
    pub funds: Funds,
    /// Running text.
    pub sentences: Sentences,
    /// What tells one name from another.
    pub names: Names,
    /// Whose figures they are, of when, and of how much.
    pub scopes: Scopes,
    /// Evidence.
    pub evidence: Evidence,
    /// What people type as a number or an answer.
    pub quantities: Quantities,
    /// How tables of any kind are laid out.
    pub tables: Tables,
    /// Words that narrow what a table, a column or a row is about.
    pub table_scopes: TableScopes,
    /// The list of departments that must submit.
    pub rosters: Rosters,
    /// Texts that are compared between departments.
    pub passages: Passages,
    /// What the clauses of rulebooks say in numbers.
    pub clauses: Clauses,
    identity: remembered::Identity,
}

/// The words that are read in one cell, without its table.
#[derive(Debug, Clone, Default)]
pub struct Quantities {
    /// Answers to yes/no questions.
    pub answers: Answers,
    /// Answers chosen from given words.
    pub choices: Choices,
    /// What looks filled and is not.
    pub placeholders: Placeholders,
    /// Words around a number.
    pub comparisons: Comparisons,
    /// Units and counters.
    pub units: Units,
    /// Numbers in words.
    pub numerals: Numerals,
}

/// A section of a file with its keys.
type Section = (&'static str, &'static [&'static str]);

/// The section that only the built-in words have: rulebooks are checked by it wherever they are read.
const OF_RULEBOOKS: &str = "clauses";

/// The sections of a file with their keys.
const SECTIONS: [Section; 21] = [
    ("headings", Headings::KEYS),
    ("labels", Labels::KEYS),
    ("titles", Titles::KEYS),
    ("years", Years::KEYS),
    ("totals", Totals::KEYS),
    ("funds", Funds::KEYS),
    ("sentences", Sentences::KEYS),
    ("names", Names::KEYS),
    ("scopes", Scopes::KEYS),
    ("evidence", Evidence::KEYS),
    ("answers", Answers::KEYS),
    ("choices", Choices::KEYS),
    ("placeholders", Placeholders::KEYS),
    ("comparisons", Comparisons::KEYS),
    ("units", Units::KEYS),
    ("numerals", Numerals::KEYS),
    ("tables", Tables::KEYS),
    ("table_scopes", TableScopes::KEYS),
    ("rosters", Rosters::KEYS),
    ("passages", Passages::KEYS),
    (OF_RULEBOOKS, Clauses::KEYS),
];

impl Vocabulary {
    /// The built-in words.
    pub fn builtin() -> &'static Vocabulary {
        static BUILTIN_WORDS: LazyLock<Vocabulary> = LazyLock::new(|| {
            let mut words = Vocabulary::default();
            load::builtin(&mut words, BUILTIN);
            words
        });
        &BUILTIN_WORDS
    }

    /// These words and those of a file, which may have any of the keys. A word that is known already changes nothing.
    ///
    /// # Errors
    /// All flaws of the file, in its order.
    pub fn with(&self, file: &str, text: &str) -> Result<Vocabulary, Vec<Flaw>> {
        load::added(self, file, text)
    }

    /// The list under a key of a section.
    fn slot(&mut self, section: &str, key: &str) -> Option<Slot<'_>> {
        match section {
            "headings" => self.headings.slot(key),
            "labels" => self.labels.slot(key),
            "titles" => self.titles.slot(key),
            "years" => self.years.slot(key),
            "totals" => self.totals.slot(key),
            "funds" => self.funds.slot(key),
            "sentences" => self.sentences.slot(key),
            "names" => self.names.slot(key),
            "scopes" => self.scopes.slot(key),
            "evidence" => self.evidence.slot(key),
            "answers" => self.quantities.answers.slot(key),
            "choices" => self.quantities.choices.slot(key),
            "placeholders" => self.quantities.placeholders.slot(key),
            "comparisons" => self.quantities.comparisons.slot(key),
            "units" => self.quantities.units.slot(key),
            "numerals" => self.quantities.numerals.slot(key),
            "tables" => self.tables.slot(key),
            "table_scopes" => self.table_scopes.slot(key),
            "rosters" => self.rosters.slot(key),
            "passages" => self.passages.slot(key),
            OF_RULEBOOKS => self.clauses.slot(key),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
