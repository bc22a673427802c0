//! Expressions of a rulebook: names, numbers, + − × ÷ and brackets, nothing more.

use std::fmt;

use rust_decimal::Decimal;

/// A sum over facts and earlier criteria.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression {
    /// A number; `25%` is 0.25.
    Number {
        /// Its value.
        value: Decimal,
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

impl Operation {
    /// The sign that people read.
    pub fn sign(self) -> char {
        match self {
            Operation::Add => '+',
            Operation::Subtract => '−',
            Operation::Multiply => '×',
            Operation::Divide => '÷',
        }
    }

    /// How tightly it binds: × and ÷ before + and −.
    fn strength(self) -> u8 {
        match self {
            Operation::Add | Operation::Subtract => 1,
            Operation::Multiply | Operation::Divide => 2,
        }
    }
}

/// What is wrong with the text of an expression, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpressionError {
    /// Byte offset within the text.
    pub at: usize,
    /// What is wrong.
    pub problem: ExpressionProblem,
}

/// The ways in which an expression can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExpressionProblem {
    /// It ends where a name, a number or a bracket is due.
    Unfinished,
    /// Something stands where it cannot stand.
    Unexpected(String),
    /// A bracket is never closed.
    Unclosed,
    /// A number with too many digits, or two points.
    BadNumber(String),
    /// More parts than any clause needs.
    TooLong,
}

/// More parts than this are refused, so that no expression is deeper than the stack.
const PARTS_MAX: usize = 256;

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Number { value: Decimal, percent: bool },
    Name(String),
    Sign(Operation),
    Open,
    Close,
}

impl Expression {
    /// Reads an expression: `(a + b) ÷ 4`, with `-`, `*` and `/` and full-width forms also understood.
    pub fn parse(text: &str) -> Result<Expression, ExpressionError> {
        let tokens = tokens(text)?;
        let mut parser = Parser { tokens: &tokens, next: 0, text };
        let expression = parser.sum()?;
        if parser.peek().is_some() { Err(parser.unexpected()) } else { Ok(expression) }
    }

    /// Every name in it, in the order written, repeated ones once.
    pub fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.collect_names(&mut names);
        names
    }

    fn collect_names<'a>(&'a self, names: &mut Vec<&'a str>) {
        match self {
            Expression::Number { .. } => {}
            Expression::Name(name) if names.contains(&name.as_str()) => {}
            Expression::Name(name) => names.push(name),
            Expression::Binary { left, right, .. } => {
                left.collect_names(names);
                right.collect_names(names);
            }
        }
    }

    /// The name that it consists of.
    pub fn as_name(&self) -> Option<&str> {
        match self {
            Expression::Name(name) => Some(name),
            _ => None,
        }
    }

    /// What it divides and by what, where a division is the last thing that it does.
    pub fn quotient(&self) -> Option<(&Expression, &Expression)> {
        match self {
            Expression::Binary { operation: Operation::Divide, left, right } => Some((left, right)),
            _ => None,
        }
    }

    /// Puts another divisor in the place of the one that it has.
    pub fn divide_by(&mut self, other: &Expression) {
        if let Expression::Binary { operation: Operation::Divide, right, .. } = self {
            **right = other.clone();
        }
    }

    /// Writes it with every name replaced by what `put` gives for it.
    pub fn written(&self, put: &dyn Fn(&str) -> String) -> String {
        match self {
            Expression::Number { value, percent } => number_text(*value, *percent),
            Expression::Name(name) => put(name),
            Expression::Binary { operation, left, right } => {
                let left = bracketed(left, put, |inner| inner < operation.strength());
                let right = bracketed(right, put, |inner| {
                    inner < operation.strength() || (inner == operation.strength() && !commutes(*operation))
                });
                format!("{left} {} {right}", operation.sign())
            }
        }
    }

    /// Every number in it, in the order written.
    pub fn constants(&self) -> Vec<Decimal> {
        match self {
            Expression::Number { value, .. } => vec![*value],
            Expression::Name(_) => Vec::new(),
            Expression::Binary { left, right, .. } => [left.constants(), right.constants()].concat(),
        }
    }

    /// True when it is the number 1, as in a target that needs no dividing; `100%` is told all the same.
    pub fn is_one(&self) -> bool {
        matches!(self, Expression::Number { value, percent: false } if *value == Decimal::ONE)
    }

    /// True when it needs brackets beside a × or ÷.
    pub fn is_sum(&self) -> bool {
        matches!(self, Expression::Binary { operation: Operation::Add | Operation::Subtract, .. })
    }
}

fn commutes(operation: Operation) -> bool {
    matches!(operation, Operation::Add | Operation::Multiply)
}

fn bracketed(inner: &Expression, put: &dyn Fn(&str) -> String, needs: impl Fn(u8) -> bool) -> String {
    match inner {
        Expression::Binary { operation, .. } if needs(operation.strength()) => {
            format!("({})", inner.written(put))
        }
        _ => inner.written(put),
    }
}

/// A number as people write it: `25%` for a percentage.
pub fn number_text(value: Decimal, percent: bool) -> String {
    match value.checked_mul(Decimal::ONE_HUNDRED) {
        Some(hundredfold) if percent => {
            format!("{}%", crate::decimal_text::figure_text(hundredfold))
        }
        _ => crate::decimal_text::figure_text(value),
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.written(&|name| name.to_owned()))
    }
}

struct Parser<'a> {
    tokens: &'a [(usize, Token)],
    next: usize,
    text: &'a str,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(_, token)| token)
    }

    fn at(&self) -> usize {
        self.tokens.get(self.next).map_or(self.text.len(), |(at, _)| *at)
    }

    fn error(&self, problem: ExpressionProblem) -> ExpressionError {
        ExpressionError { at: self.at(), problem }
    }

    fn unexpected(&self) -> ExpressionError {
        self.error(ExpressionProblem::Unexpected(self.text[self.at()..].chars().take(1).collect()))
    }

    fn sum(&mut self) -> Result<Expression, ExpressionError> {
        self.chain(1, Self::product)
    }

    fn product(&mut self) -> Result<Expression, ExpressionError> {
        self.chain(2, Self::part)
    }

    fn chain(
        &mut self,
        strength: u8,
        inner: fn(&mut Self) -> Result<Expression, ExpressionError>,
    ) -> Result<Expression, ExpressionError> {
        let mut left = inner(self)?;
        while let Some(&Token::Sign(operation)) = self.peek()
            && operation.strength() == strength
        {
            self.next += 1;
            let right = inner(self)?;
            left = Expression::Binary { operation, left: Box::new(left), right: Box::new(right) };
        }
        Ok(left)
    }

    fn part(&mut self) -> Result<Expression, ExpressionError> {
        let part = match self.peek() {
            None => return Err(self.error(ExpressionProblem::Unfinished)),
            Some(Token::Number { value, percent }) => Expression::Number { value: *value, percent: *percent },
            Some(Token::Name(name)) => Expression::Name(name.clone()),
            Some(Token::Open) => return self.bracket(),
            Some(Token::Sign(_) | Token::Close) => {
                return Err(self.unexpected());
            }
        };
        self.next += 1;
        Ok(part)
    }

    fn bracket(&mut self) -> Result<Expression, ExpressionError> {
        let open = self.at();
        self.next += 1;
        let inner = self.sum()?;
        match self.peek() {
            Some(Token::Close) => {
                self.next += 1;
                Ok(inner)
            }
            None => Err(ExpressionError { at: open, problem: ExpressionProblem::Unclosed }),
            Some(_) => Err(self.unexpected()),
        }
    }
}

fn tokens(text: &str) -> Result<Vec<(usize, Token)>, ExpressionError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        if tokens.len() == PARTS_MAX {
            return Err(ExpressionError { at, problem: ExpressionProblem::TooLong });
        }
        let (token, length) = token(text, at, first)?;
        tokens.push((at, token));
        at += length;
    }
    Ok(tokens)
}

fn token(text: &str, at: usize, first: char) -> Result<(Token, usize), ExpressionError> {
    let sign = match first {
        '+' | '＋' => Token::Sign(Operation::Add),
        '-' | '−' | '－' | '–' => Token::Sign(Operation::Subtract),
        '*' | '×' | '＊' => Token::Sign(Operation::Multiply),
        '/' | '÷' | '／' => Token::Sign(Operation::Divide),
        '(' | '（' => Token::Open,
        ')' | '）' => Token::Close,
        _ if first.is_ascii_digit() => return number(text, at),
        _ if first.is_alphabetic() || first == '_' => {
            let name = run(&text[at..], |c| c.is_alphanumeric() || c == '_');
            return Ok((Token::Name(name.to_owned()), name.len()));
        }
        _ => {
            return Err(ExpressionError { at, problem: ExpressionProblem::Unexpected(first.to_string()) });
        }
    };
    Ok((sign, first.len_utf8()))
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> &str {
    &text[..text.find(|c| !belongs(c)).unwrap_or(text.len())]
}

fn number(text: &str, at: usize) -> Result<(Token, usize), ExpressionError> {
    let digits = run(&text[at..], |c| c.is_ascii_digit() || c == '.');
    let bad = || ExpressionError { at, problem: ExpressionProblem::BadNumber(digits.to_owned()) };
    let value = if digits.ends_with('.') { Err(bad()) } else { Decimal::from_str_exact(digits).map_err(|_| bad()) }?;
    let sign = text[at + digits.len()..].chars().next().filter(|c| matches!(c, '%' | '％'));
    let Some(sign) = sign else {
        return Ok((Token::Number { value, percent: false }, digits.len()));
    };
    let value = hundredth(value).ok_or_else(bad)?;
    Ok((Token::Number { value, percent: true }, digits.len() + sign.len_utf8()))
}

/// A hundredth, exactly; none where the decimal has no room for two more places.
pub(super) fn hundredth(value: Decimal) -> Option<Decimal> {
    let value = value.normalize();
    Decimal::try_from_i128_with_scale(value.mantissa(), value.scale() + 2).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Expression {
        Expression::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"))
    }

    #[test]
    fn it_is_written_back_with_the_brackets_it_needs_and_no_others() {
        for (text, written) in [
            ("a+b*c", "a + b × c"),
            ("(a＋b)×c", "(a + b) × c"),
            ("a − (b − c)", "a − (b − c)"),
            ("a - (b + c)", "a − (b + c)"),
            ("(a - b) - c", "a − b − c"),
            ("a + (b + c)", "a + b + c"),
            ("a / (b × c)", "a ÷ (b × c)"),
            ("a ÷ (b ÷ c)", "a ÷ (b ÷ c)"),
            ("(a ÷ b) ÷ c", "a ÷ b ÷ c"),
            ("(a × b) + (c ÷ d)", "a × b + c ÷ d"),
            ("a × (b + c)", "a × (b + c)"),
            ("（a）", "a"),
            ("0.50 + 25% + 7％", "0.5 + 25% + 7%"),
        ] {
            assert_eq!(parsed(text).to_string(), written, "{text}");
            assert_eq!(parsed(written).to_string(), written);
        }
    }

    #[test]
    fn its_names_come_in_the_order_written_and_once() {
        assert_eq!(parsed("b + a × b ÷ (a + _c1) − 甲").names(), ["b", "a", "_c1", "甲"]);
        assert!(parsed("1 + 2%").names().is_empty());
    }

    #[test]
    fn only_a_sum_or_a_difference_is_a_sum_and_only_the_plain_number_one_is_one() {
        let sums = ["a + b", "a − b", "a × b", "a ÷ b", "a", "1"].map(|text| parsed(text).is_sum());
        assert_eq!(sums, [true, true, false, false, false, false]);
        let ones = ["1", "1.00", "100%", "2", "a"].map(|text| parsed(text).is_one());
        assert_eq!(ones, [true, true, false, false, false]);
    }

    #[test]
    fn what_is_wrong_is_told_where_it_stands() {
        use ExpressionProblem::*;
        let wrong = |what: &str| Unexpected(what.to_owned());
        for (text, at, problem) in [
            ("", 0, Unfinished),
            ("a + ", 4, Unfinished),
            ("a b", 2, wrong("b")),
            ("a + × b", 4, wrong("×")),
            ("甲 + )", 6, wrong(")")),
            ("a + (b", 4, Unclosed),
            ("a + (b c", 7, wrong("c")),
            ("a + (", 5, Unfinished),
            ("a # b", 2, wrong("#")),
            ("a + 1.2.3", 4, BadNumber("1.2.3".to_owned())),
            ("a + 1.", 4, BadNumber("1.".to_owned())),
            ("a + .5", 4, wrong(".")),
        ] {
            assert_eq!(Expression::parse(text), Err(ExpressionError { at, problem }), "{text:?}");
        }
    }

    #[test]
    fn as_many_parts_as_any_clause_needs_are_read_and_one_more_is_not() {
        let sum = |names: usize| vec!["a"; names].join("+");
        assert!(Expression::parse(&sum(128)).is_ok());
        assert!(
            Expression::parse(&format!("{}+", sum(128)))
                .is_err_and(|error| error.problem == ExpressionProblem::Unfinished)
        );
        let error = Expression::parse(&sum(129)).expect_err("257 parts");
        assert_eq!((error.at, error.problem), (256, ExpressionProblem::TooLong));
    }

    #[test]
    fn a_hundredth_is_exact_or_none() {
        let smallest = Decimal::new(1, 26);
        assert_eq!(hundredth(smallest), Some(Decimal::new(1, 28)));
        assert_eq!(hundredth(Decimal::new(1, 27)), None);
        assert_eq!(hundredth(Decimal::new(10, 27)), Some(Decimal::new(1, 28)));
        assert_eq!(hundredth(Decimal::new(25, 0)), Some(Decimal::new(25, 2)));
    }
}
