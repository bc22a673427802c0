//! Whether a check could be run on a submission at all. Silence of a check that could not be run confirms nothing, so each check
//! says itself what it needs and did not find. (bureau.md, “Checks run”)

use serde::{Deserialize, Serialize};

use super::register::Code;

/// What a check did: it looked, or what it needs is not there.
pub type Ran = Result<(), Need>;

/// Makes the type of needs of one line for each: variant, name in the keys of texts, and what it is.
macro_rules! needs {
    ($($need:ident = $key:literal, $says:literal;)+) => {
        /// What a check needs and a submission, or the rulebook, does not have.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Need {
            $(#[doc = $says] $need,)+
        }

        impl Need {
            /// Every need, in the order in which they are told.
            pub const ALL: &[Need] = &[$(Need::$need),+];

            /// Its name in outputs and in the keys of texts.
            pub const fn as_str(self) -> &'static str {
                match self { $(Need::$need => $key,)+ }
            }
        }
    };
}

needs! {
    Rule = "rule", "The rulebook says nothing of the kind.";
    Readings = "readings", "An indicator that several readings give points to.";
    Claims = "claims", "A claimed score that is a number.";
    ReadableClaims = "readable-claims", "Every claimed score: one could not be read, or several cells say different things.";
    Computed = "computed", "A score that could be computed at least in part.";
    Points = "points", "Points beside the indicators.";
    Total = "total", "A stated total.";
    SectionTotals = "section-totals", "A stated total of a section.";
    Grade = "grade", "A stated grade.";
    KnownGrade = "known-grade", "A stated grade that is one of the rulebook's.";
    Facts = "facts", "A figure or answer of the base data.";
    Answers = "answers", "An answer to a question that asks for evidence.";
    Year = "year", "The report year.";
    Narrative = "narrative", "A figure or answer in running text.";
    Reviewer = "reviewer", "A cell whose meaning a reviewer gave.";
    CompletionTable = "completion-table", "The completion table.";
    TableTotal = "table-total", "A total row with rows above it.";
    TableAmounts = "table-amounts", "Amounts of the completion table that can be compared.";
    KpiRows = "kpi-rows", "Rows of indicators in the completion table that can be compared.";
    Rate = "rate", "A stated rate of execution.";
    Budget = "budget", "Planned and spent amounts of the budget.";
    SomeBudget = "some-budget", "A planned amount above zero.";
    FundTotal = "fund-total", "The yearly total of funds with parts that can be added up.";
    Rows = "rows", "Rows of indicators in the form.";
    Weights = "weights", "Weights of the rows.";
    NumericTargets = "numeric-targets", "A row whose target is a number.";
    Measured = "measured", "A row whose target and actual are numbers that can be compared.";
    Actuals = "actuals", "A row whose actual is filled in.";
    Reasons = "reasons", "A column that asks for reasons of deviations.";
    Outputs = "outputs", "Rows of outputs.";
}

/// A check that could not be run, by the code that it would have told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotRun {
    /// The code.
    pub code: Code,
    /// What was not there.
    pub needs: Need,
}

impl Need {
    /// Fails for want of it where it is not there.
    pub(super) fn met(self, is_there: bool) -> Ran {
        if is_there { Ok(()) } else { Err(self) }
    }
}
