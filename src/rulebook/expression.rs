//! Expressions of a rulebook: names, numbers, + − × ÷ and brackets, nothing more.

/// A sum over facts and earlier criteria.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression {
    /// A number; `25%` is 0.25.
    Number {
        /// Its value.
        value: rust_decimal::Decimal,
        /// It was written as a percentage, and is shown so.
        percent: bool,
    },
    /// A fact's value (percentages as fractions of 1), or the points of an earlier criterion of the indicator.
    Name(String),
    /// Two expressions and what is done with them.
    Binary {
        /// The operation.
        operation: Operation,
        /// Left.
        left: Box<Expression>,
        /// Right.
        right: Box<Expression>,
    },
}

/// The four operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// +
    Add,
    /// −
    Subtract,
    /// ×
    Multiply,
    /// ÷
    Divide,
}
