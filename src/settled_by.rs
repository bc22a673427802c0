//! What would turn the range of a score into a number.

use std::fmt::{self, Display, Formatter};

use serde::{Deserialize, Serialize};

use crate::line_ids::RowFact;

/// One thing that would settle a score. Its text is the entry of `settled_by` in a stored line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum SettledBy {
    /// A value that can be used for the fact of that id.
    Fact(String),
    /// Evidence for the answer to the fact of that id.
    Evidence(String),
    /// One value of the several that the fact of that id has.
    Conflict(String),
    /// Whether what was found is the fact of that id.
    Confirm(String),
    /// The judgement of a person.
    Judgement,
    /// A part of a line (a card's indicator, a form's row or its budget), by the line's id.
    Row(String, Lack),
}

/// What a line of a card or of a form can lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lack {
    /// 全年预算数 of the budget.
    Planned,
    /// 全年执行数 of the budget.
    Spent,
    /// The target.
    Target,
    /// The actual.
    Actual,
    /// The direction of a numeric target.
    Sign,
    /// The weight.
    Weight,
    /// The unit in which the actual is meant.
    Unit,
    /// The claimed score.
    Claim,
    /// Which of several claimed scores is meant.
    WhichClaim,
}

impl Lack {
    const ALL: [Lack; 9] = [
        Lack::Planned,
        Lack::Spent,
        Lack::Target,
        Lack::Actual,
        Lack::Sign,
        Lack::Weight,
        Lack::Unit,
        Lack::Claim,
        Lack::WhichClaim,
    ];

    /// Its name in the keys of texts.
    pub fn as_str(self) -> &'static str {
        match self {
            Lack::Planned => "planned",
            Lack::Spent => "spent",
            Lack::Target => RowFact::Target.as_str(),
            Lack::Actual => RowFact::Actual.as_str(),
            Lack::Sign => RowFact::Sign.as_str(),
            Lack::Weight => "weight",
            Lack::Unit => "unit",
            Lack::Claim => "claim",
            Lack::WhichClaim => "which-claim",
        }
    }

    /// Whether something is written, and which of its meanings is meant is not.
    fn is_choice(self) -> bool {
        matches!(self, Lack::Unit | Lack::WhichClaim)
    }

    /// The part of a row in the id of a fact, such as `row-3.sign`. A unit is no fact of its own.
    pub fn of_fact(id: &str) -> Option<(&str, Lack)> {
        let (row, part) = id.split_once('.')?;
        let named = |lack: &Lack| !lack.is_choice() && lack.as_str() == part;
        Lack::ALL.into_iter().find(named).map(|lack| (row, lack))
    }
}

impl SettledBy {
    /// A value for the fact of that id, which may be a part of a form's row.
    pub fn fact_of(id: &str) -> SettledBy {
        match Lack::of_fact(id) {
            Some((row, lack)) => SettledBy::Row(row.to_owned(), lack),
            None => SettledBy::Fact(id.to_owned()),
        }
    }

    /// One of the values of the fact of that id; of a row's actual, its unit; of a line's claim, which one is meant.
    pub fn conflict_of(id: &str) -> SettledBy {
        match Lack::of_fact(id) {
            Some((row, Lack::Actual)) => SettledBy::Row(row.to_owned(), Lack::Unit),
            Some((row, Lack::Claim)) => SettledBy::Row(row.to_owned(), Lack::WhichClaim),
            _ => SettledBy::Conflict(id.to_owned()),
        }
    }

    /// True for a part of a form's row that nobody wrote; a unit and a judgement are told after those.
    pub fn is_plain_lack(&self) -> bool {
        matches!(self, SettledBy::Row(_, lack) if !lack.is_choice())
    }

    /// True for what the line of that id claims.
    pub fn is_of_the_claim(&self, line: &str) -> bool {
        matches!(self, SettledBy::Row(id, Lack::Claim | Lack::WhichClaim) if id == line)
    }

    /// The fact that it is about; none for a judgement, and for a form's row, which has no facts in a rulebook.
    pub fn fact(&self) -> Option<&str> {
        match self {
            SettledBy::Fact(fact)
            | SettledBy::Evidence(fact)
            | SettledBy::Conflict(fact)
            | SettledBy::Confirm(fact) => Some(fact),
            SettledBy::Judgement | SettledBy::Row(..) => None,
        }
    }
}

impl Display for SettledBy {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            SettledBy::Fact(fact) => formatter.write_str(fact),
            SettledBy::Evidence(fact) => write!(formatter, "evidence:{fact}"),
            SettledBy::Conflict(fact) => write!(formatter, "conflict:{fact}"),
            SettledBy::Confirm(fact) => write!(formatter, "confirm:{fact}"),
            SettledBy::Judgement => formatter.write_str("judgement"),
            SettledBy::Row(row, Lack::Unit) => write!(formatter, "conflict:{}", RowFact::Actual.of(row)),
            SettledBy::Row(row, Lack::WhichClaim) => write!(formatter, "conflict:{row}.claim"),
            SettledBy::Row(row, lack) => write!(formatter, "{row}.{}", lack.as_str()),
        }
    }
}

impl From<&str> for SettledBy {
    /// What a stored entry says. Ids of rulebooks hold no point and no colon, so that rows and facts cannot be mixed up.
    fn from(text: &str) -> SettledBy {
        if text == "judgement" {
            return SettledBy::Judgement;
        }
        match text.split_once(':') {
            Some(("evidence", fact)) => SettledBy::Evidence(fact.to_owned()),
            Some(("conflict", fact)) => SettledBy::conflict_of(fact),
            Some(("confirm", fact)) => SettledBy::Confirm(fact.to_owned()),
            _ => SettledBy::fact_of(text),
        }
    }
}

impl From<String> for SettledBy {
    fn from(text: String) -> SettledBy {
        SettledBy::from(text.as_str())
    }
}

impl From<SettledBy> for String {
    fn from(item: SettledBy) -> String {
        item.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_comes_back_from_its_text() {
        let row = |lack| SettledBy::Row("row-3".to_owned(), lack);
        for (text, item) in [
            ("staff_quota", SettledBy::Fact("staff_quota".to_owned())),
            ("evidence:assets_kept", SettledBy::Evidence("assets_kept".to_owned())),
            ("conflict:satisfaction", SettledBy::Conflict("satisfaction".to_owned())),
            ("confirm:satisfaction", SettledBy::Confirm("satisfaction".to_owned())),
            ("judgement", SettledBy::Judgement),
            ("row-3.target", row(Lack::Target)),
            ("row-3.actual", row(Lack::Actual)),
            ("row-3.sign", row(Lack::Sign)),
            ("row-3.weight", row(Lack::Weight)),
            ("conflict:row-3.actual", row(Lack::Unit)),
            ("budget.planned", SettledBy::Row("budget".to_owned(), Lack::Planned)),
            ("budget.spent", SettledBy::Row("budget".to_owned(), Lack::Spent)),
            ("row-3.unit", SettledBy::Fact("row-3.unit".to_owned())),
            ("conflict:key_tasks.claim", SettledBy::Row("key_tasks".to_owned(), Lack::WhichClaim)),
            ("key_tasks.claim", SettledBy::Row("key_tasks".to_owned(), Lack::Claim)),
        ] {
            assert_eq!((SettledBy::from(text), item.to_string().as_str()), (item.clone(), text));
        }
    }
}
