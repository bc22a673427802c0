//! The words of forms that tell headings, totals, units and notes from entries: data, strictly loaded.

use std::sync::LazyLock;

use serde::Deserialize;

/// The lists of `words.toml`; each list's use stands there.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// What sums up others.
    pub totals: Vec<String>,
    /// How a unit in the corner of a table begins.
    pub units: Vec<String>,
    /// How a note below a table begins.
    pub notes: Vec<String>,
    /// How a row that is part of the row above begins.
    pub parts: Vec<String>,
    /// Headings of the column that names the rows.
    pub corners: Vec<String>,
    /// How a heading or a label ends.
    pub asked: Vec<String>,
    /// The last sign of a heading or a label of several signs.
    pub endings: Vec<String>,
    /// How the name of somebody or something ends.
    pub named: Vec<String>,
    /// Answers in words.
    pub answers: Vec<String>,
    /// Words that narrow what is meant.
    pub scopes: ScopeWords,
}

/// The words of each kind of scope. Years are told by their form, not by words.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScopeWords {
    /// 上半年, 年末 …
    pub period: Vec<String>,
    /// 初评, 调整后 …
    pub version: Vec<String>,
    /// 本级, 下属 …
    pub organisation: Vec<String>,
    /// 其中, 财政拨款 …
    pub part: Vec<String>,
    /// 在编, 退休 …
    pub person: Vec<String>,
    /// 金额, 人数 …
    pub measure: Vec<String>,
    /// 财政, 专家 …
    pub party: Vec<String>,
}

/// A list of words that is not as it should be.
#[derive(Debug, thiserror::Error)]
#[error("the words of tables: {0}")]
pub struct NoWords(String);

static BUILT_IN: LazyLock<Words> = LazyLock::new(|| Words::parse(include_str!("words.toml")).unwrap_or_default());

impl Words {
    /// The words that are part of the program.
    pub fn built_in() -> &'static Words {
        &BUILT_IN
    }

    /// Reads the lists.
    ///
    /// # Errors
    /// A list is missing, unknown, or holds something else than words; an empty word would fit everything.
    pub fn parse(text: &str) -> Result<Words, NoWords> {
        let words: Words = toml::from_str(text).map_err(|error| NoWords(error.message().to_owned()))?;
        if words.lists().any(|list| list.iter().any(|word| word.trim().is_empty())) {
            return Err(NoWords("an empty word".to_owned()));
        }
        Ok(words)
    }

    fn lists(&self) -> impl Iterator<Item = &Vec<String>> {
        let scopes = &self.scopes;
        [
            &self.totals,
            &self.units,
            &self.notes,
            &self.parts,
            &self.corners,
            &self.asked,
            &self.endings,
            &self.named,
            &self.answers,
            &scopes.period,
            &scopes.version,
            &scopes.organisation,
            &scopes.part,
            &scopes.person,
            &scopes.measure,
            &scopes.party,
        ]
        .into_iter()
    }
}
