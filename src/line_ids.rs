//! The ids of a form's lines and of their facts: the budget's line comes first, then the rows in their order.

/// The id of the budget's line.
pub const BUDGET: &str = "budget";

/// 全年预算数（A）.
pub const PLANNED: &str = "budget.planned";

/// 全年执行数（B）.
pub const SPENT: &str = "budget.spent";

/// The id of a form's line: the budget's is the first.
pub fn line_id(at: usize) -> String {
    if at == 0 { BUDGET.to_owned() } else { format!("row-{at}") }
}

/// What a row's score is computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowFact {
    /// The target.
    Target,
    /// The actual.
    Actual,
    /// The direction of a target that is written without a sign.
    Sign,
    /// The upper end of a target that has two.
    TargetEnd,
    /// The weight; of the budget's line, too.
    Weight,
}

impl RowFact {
    /// Its name within the row.
    pub const fn as_str(self) -> &'static str {
        match self {
            RowFact::Target => "target",
            RowFact::Actual => "actual",
            RowFact::Sign => "sign",
            RowFact::TargetEnd => "target-end",
            RowFact::Weight => "weight",
        }
    }

    /// The fact's id in the row of that id: `row-1.target`.
    pub fn of(self, row: &str) -> String {
        format!("{row}.{}", self.as_str())
    }
}
