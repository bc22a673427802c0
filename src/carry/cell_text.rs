//! What stands in a cell of an earlier workbook, as text.

use crate::workbook::{Cell, Value};

/// A cell as text; none where it holds nothing that can be said.
pub(super) fn words(cell: &Cell) -> Option<String> {
    Some(match &cell.value {
        Value::Text(text) | Value::Error(text) => text.clone(),
        Value::Number(number) if cell.percent => format!("{}%", (number.checked_mul(100.into())?).normalize()),
        Value::Number(number) => number.normalize().to_string(),
        Value::Bool(true) => "TRUE".to_owned(),
        Value::Bool(false) => "FALSE".to_owned(),
        Value::Date { text, .. } => text.clone(),
        Value::Unrepresentable(text) | Value::Unsure { ours: text, .. } => text.clone(),
        Value::Uncalculated => return None,
    })
}
