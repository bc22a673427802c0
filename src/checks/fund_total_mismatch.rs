//! 年度资金总额 against the sum of its parts, column by column.

use rust_decimal::Decimal;

use crate::audit::{Finding, Source};
use crate::checks::register::Code;
use crate::decimal_text::figure_text;
use crate::phrase::Hole;
use crate::phrase::Term;
use crate::submission::declared::FundRow;
use crate::submission::{FactValue, Sourced};

use super::{Subject, form};

type Amount = Option<Sourced<FactValue>>;
type Column = (&'static str, fn(&FundRow) -> &Amount);

const COLUMNS: [Column; 3] =
    [("initial", |row| &row.initial), ("planned", |row| &row.planned), ("spent", |row| &row.spent)];

/// One finding for each column in which the total is not the sum. Parts of parts are not added up.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) {
    let Some(side) = subject.side else { return };
    let funds = &side.form.funds;
    let Some(total) = funds.total.as_ref().filter(|_| funds.plain) else { return };
    for (name, column) in COLUMNS {
        let Some((sum, first)) = sum(&funds.parts, column) else { continue };
        let (stated, source) = match column(total) {
            Some(Sourced { value: FactValue::Number(value), source }) => (*value, source),
            None => (Decimal::ZERO, &first),
            Some(_) => continue,
        };
        if stated != sum {
            findings.push(told(name, stated, sum, source));
        }
    }
}

/// The sum of a column over the parts that fill it in, and where the first of them stands.
fn sum(parts: &[FundRow], column: fn(&FundRow) -> &Amount) -> Option<(Decimal, Source)> {
    let mut amounts = parts.iter().filter_map(|part| column(part).as_ref()).peekable();
    let first = amounts.peek()?.source.clone();
    let sum = amounts.try_fold(Decimal::ZERO, |sum, amount| match amount.value {
        FactValue::Number(value) => sum.checked_add(value),
        _ => None,
    })?;
    Some((sum, first))
}

fn told(column: &str, stated: Decimal, sum: Decimal, source: &Source) -> Finding {
    let column = Term::word(format!("finding.part-{column}"));
    let by = figure_text(sum.saturating_sub(stated).abs());
    let (stated, sum) = (figure_text(stated), figure_text(sum));
    let holes: &[Hole] = &[("column", &column), ("stated", &stated), ("sum", &sum), ("difference", &by)];
    form::told(Code::FundTotalMismatch, holes).at(source)
}
