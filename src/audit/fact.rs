//! Facts: what was found for them, how certain it is, and what leaves them open.

use serde::{Deserialize, Serialize};

use super::source::Source;

/// One source of one fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactAudit {
    /// The rulebook's id.
    pub id: String,
    /// The value in the rulebook's unit, or the answer.
    pub value: String,
    /// The unit; none for answers.
    pub unit: Option<String>,
    /// Which kind of table it came from.
    pub origin: Origin,
    /// Whether it enters the score.
    pub candidate: bool,
    /// Whether it was read with certainty; a verdict rests on certain values only.
    #[serde(default = "certain")]
    pub certain: bool,
    /// Why it is not certain; none for a certain value.
    #[serde(default)]
    pub why: Option<Doubt>,
    /// The named evidence (佐证材料), if any.
    pub evidence: Option<String>,
    /// Where it stands.
    pub source: Source,
}

/// Values of lines stored before certainty was told were all taken for certain.
fn certain() -> bool {
    true
}

/// A fact of which something was said that leaves it open. With the sources it is all that a score is computed from: a fact of
/// which nothing was said at all may have the answer that the rulebook presumes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenFact {
    /// The rulebook's id, or a form's.
    pub fact: String,
    /// What leaves it open.
    pub why: LeftOpen,
}

/// What leaves a fact open of which something was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOpen {
    /// It is said not to apply (不适用).
    NotApplicable,
    /// What was found is not certainly it.
    Doubtful,
    /// Its unit does not settle what it counts.
    Unsettled,
    /// Columns of equal rank say different things.
    Disputed,
    /// Nothing that was said gives a value that can be used.
    Unusable,
}

/// Why a value is not certainly the fact that it was found for (the six conditions of certainty.md).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// Its label is near the fact's name, and not the name.
    NearName,
    /// The brackets behind its label may make it another figure.
    Remark,
    /// It is one of several parts without a total beside them.
    Part,
    /// Its place says another year, another time or another unit than the report's.
    Scope,
    /// It stands in a column of a time within the year, and nothing says whether it is that time's own or cumulated.
    Period,
    /// A cumulative figure that falls.
    Falls,
    /// A remark in its row speaks against it.
    RowRemark,
    /// Figures of one sum whose magnitudes do not fit each other.
    Magnitude,
    /// Another figure of the file contradicts it, and gives what is claimed.
    Contradicted,
    /// Another row says that it corrects the figure.
    Corrected,
    /// 无 in place of a count: none of them, or nothing filled in.
    NoneWord,
    /// So low a figure where people also give marks out of five or ten.
    Mark,
    /// A rate of 0 of handled cases where nothing says that there were any.
    OfNothing,
    /// A lone tick beside a question that is not asked in the positive: that the question was settled, or that it is so.
    Tick,
    /// A comment on its cell may change what it says.
    Comment,
}

impl Doubt {
    /// Its name in outputs and in the keys of texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Doubt::NearName => "near-name",
            Doubt::Remark => "remark",
            Doubt::Part => "part",
            Doubt::Scope => "scope",
            Doubt::Period => "period",
            Doubt::Falls => "falls",
            Doubt::RowRemark => "row-remark",
            Doubt::Magnitude => "magnitude",
            Doubt::Contradicted => "contradicted",
            Doubt::Corrected => "corrected",
            Doubt::NoneWord => "none-word",
            Doubt::Mark => "mark",
            Doubt::OfNothing => "of-nothing",
            Doubt::Tick => "tick",
            Doubt::Comment => "comment",
        }
    }
}

/// Which kind of table a fact came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// 基础数据表.
    BaseData,
    /// 自评表.
    CompletionTable,
    /// Running text.
    Narrative,
    /// A declared form.
    Form,
    /// A cell that a reviewer said to be it (人工对应).
    Reviewer,
    /// The department's audit of the year before (上年复核结果), of a fact that is last year's figure.
    LastYear,
}
