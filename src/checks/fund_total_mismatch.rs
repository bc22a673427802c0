//! 年度资金总额 against the sum of its parts, column by column.

use rust_decimal::Decimal;

use crate::audit::{Finding, Severity, Source};
use crate::checks::register::Code;
use crate::decimal_text::figure_text;
use crate::phrase::Hole;
use crate::phrase::Term;
use crate::submission::declared::FundRow;
use crate::submission::{FactValue, Sourced};
use crate::sums::sum;

use super::Subject;
use super::as_written::{Adds, adds, come_to};
use super::ran::{Need, Ran};

type Amount = Option<Sourced<FactValue>>;
type NamedAmount = (&'static str, fn(&FundRow) -> &Amount);

const COLUMNS: [NamedAmount; 3] =
    [("initial", |row| &row.initial), ("planned", |row| &row.planned), ("spent", |row| &row.spent)];

/// One finding for each column in which the total is not the sum; only to be known where it is the sum rounded. Parts of
/// parts are not added up.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let funds = &subject.form_side()?.form.funds;
    let total = funds.total.as_ref().filter(|_| funds.plain).ok_or(Need::FundTotal)?;
    let mut compared = false;
    for (name, column) in COLUMNS {
        let Some(amounts) = amounts(&funds.parts, column) else { continue };
        let (stated, source) = match column(total) {
            Some(Sourced { value: FactValue::Number(value), source }) => (*value, source),
            // An empty cell states nothing.
            _ => continue,
        };
        compared = true;
        // Amounts have no tolerance but what rounding them leaves.
        let told = |wording: &str| told(wording, name, stated, sum(amounts.iter().copied()), source);
        match adds(stated, &amounts, Decimal::ZERO) {
            Adds::UpRounded if !come_to(stated, &amounts) => {
                findings.push(told("fund-total-mismatch-rounded").as_severe_as(Severity::Info));
            }
            Adds::Not => findings.push(told("fund-total-mismatch")),
            Adds::Up | Adds::UpRounded => {}
        }
    }
    Need::FundTotal.met(compared)
}

/// The amounts of a column over the parts that fill it in; none where none does, and where one is no number.
fn amounts(parts: &[FundRow], column: fn(&FundRow) -> &Amount) -> Option<Vec<Decimal>> {
    let amounts = parts.iter().filter_map(|part| column(part).as_ref());
    let amounts: Vec<Decimal> = amounts.map(|amount| amount.value.figure()).collect::<Option<_>>()?;
    Some(amounts).filter(|amounts| !amounts.is_empty())
}

fn told(wording: &str, column: &str, stated: Decimal, sum: Decimal, source: &Source) -> Finding {
    let column = Term::word(format!("finding.part-{column}"));
    let by = figure_text(sum.saturating_sub(stated).abs());
    let (stated, sum) = (figure_text(stated), figure_text(sum));
    let holes: &[Hole] = &[("column", &column), ("stated", &stated), ("sum", &sum), ("difference", &by)];
    Finding::worded(Code::FundTotalMismatch, wording, holes).at(source)
}
