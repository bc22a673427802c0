//! What looked like data and was not used (未采用内容).

use serde::{Deserialize, Serialize};

/// A cell that looked like data and was not used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unused {
    /// The sheet's name.
    pub sheet: String,
    /// The cell, such as `H23`.
    pub cell: String,
    /// The label beside it, as written.
    pub label: String,
    /// What stands there, as a source gives it.
    pub value: String,
    /// Why it was not used.
    pub why: NotUsed,
    /// The fact or the indicator that it is nearest to, by its id; none where nothing is near.
    pub nearest: Option<String>,
    /// What a reviewer said that it is; none where nobody did.
    #[serde(default)]
    pub assigned: Option<Assigned>,
}

/// What a reviewer said of a cell that was not used (人工对应).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assigned {
    /// It is the fact of that id.
    Fact(String),
    /// It is the claimed score of the indicator of that id.
    Indicator(String),
    /// It is rightly not used.
    Nothing,
    /// Words that are no fact and no indicator of the rulebook.
    Words(String),
}

/// Why a cell that looked like data was not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotUsed {
    /// The label is near a name, and differs in a word that tells.
    NearName,
    /// The label is none that the rulebook knows.
    UnknownName,
    /// It is another year's.
    OtherYear,
    /// It is of a time within the year.
    OtherPeriod,
    /// It is of a draft, or no longer holds.
    Draft,
    /// A like column stands beside it, and a word says that the other one counts.
    LikeColumn,
    /// It is another unit's, or a unit's below the department.
    OtherUnit,
    /// It is a part, and the whole stands beside it.
    Part,
    /// It carries no points, and is no claim.
    NoPoints,
    /// It is an example of how to fill in the form.
    Example,
    /// It stands in a hidden place, and a visible one says otherwise.
    Hidden,
    /// It says that it is not certain; a person has to confirm it.
    Doubtful,
    /// A sentence states it of somebody else, or of a part of the year or the department.
    Quoted,
    /// A comment on a cell that is used: what it says is for a person to weigh.
    Comment,
}

impl NotUsed {
    /// Its name in the keys of texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            NotUsed::NearName => "near-name",
            NotUsed::UnknownName => "unknown-name",
            NotUsed::OtherYear => "other-year",
            NotUsed::OtherPeriod => "other-period",
            NotUsed::Draft => "draft",
            NotUsed::LikeColumn => "like-column",
            NotUsed::OtherUnit => "other-unit",
            NotUsed::Part => "part",
            NotUsed::NoPoints => "no-points",
            NotUsed::Example => "example",
            NotUsed::Hidden => "hidden",
            NotUsed::Doubtful => "doubtful",
            NotUsed::Quoted => "quoted",
            NotUsed::Comment => "comment",
        }
    }
}
