//! Sums of a rulebook.

use fuhe::fraction::{Fraction, exact};
use fuhe::rulebook::expression::{Expression, Operation};

/// Reads an expression: where it is wrong a place inside it is named; where it is right, what is written out of it is
/// read as the same sum.
pub fn expression(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    match Expression::parse(&text) {
        Err(error) => assert!(text.is_char_boundary(error.at), "{text:?}: {error:?}"),
        Ok(expression) => is_written_as_it_is(&expression),
    }
}

fn is_written_as_it_is(expression: &Expression) {
    let written = expression.to_string();
    let again = Expression::parse(&written).unwrap_or_else(|error| panic!("{written:?}: {error:?}"));
    assert_eq!(again.names(), expression.names(), "{written}");
    assert_eq!(value(&again), value(expression), "{written}");
    assert_eq!(again.to_string(), written);
}

/// The value where each name stands for a number of its own; none where something is divided by zero.
fn value(expression: &Expression) -> Option<Fraction> {
    match expression {
        Expression::Number { value, .. } => Some(exact(*value)),
        Expression::Name(name) => {
            let number = name.bytes().fold(7u32, |sum, byte| (sum * 31 + u32::from(byte)) % 97);
            Some(Fraction::new(number.into(), 1))
        }
        Expression::Binary { operation, left, right } => {
            let (left, right) = (value(left)?, value(right)?);
            match operation {
                Operation::Add => Some(left + right),
                Operation::Subtract => Some(left - right),
                Operation::Multiply => Some(left * right),
                Operation::Divide => (!right.is_zero()).then(|| left / right),
            }
        }
    }
}
