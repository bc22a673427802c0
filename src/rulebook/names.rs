//! The names that the rules of a file may use: facts, earlier criteria, and answers; others are told with the nearest one.

use rust_decimal::Decimal;

use super::cursor::{Fields, Page, Placed, nearest_word, with_likeness};
use super::expression::{Expression, ExpressionError, ExpressionProblem};
use super::model::*;

/// The names that an expression or a condition can use.
#[derive(Clone)]
pub(crate) struct Scope<'a> {
    pub page: &'a Page<'a>,
    pub facts: &'a [Fact],
    pub earlier: Vec<String>,
}

impl Scope<'_> {
    /// The fact of that name; an unknown one is told.
    pub fn fact(&self, name: &Placed<String>) -> Option<&Fact> {
        let fact = self.facts.iter().find(|fact| fact.id == name.value);
        if fact.is_none() && !name.value.is_empty() {
            self.unknown_name(&name.value, &name.span);
        }
        fact
    }

    pub fn unknown_name(&self, name: &str, span: &std::ops::Range<usize>) {
        let known = self.facts.iter().map(|fact| &fact.id).chain(&self.earlier);
        let nearest = nearest_word(name, known.map(String::as_str));
        self.page.tell("unknown-name", span, with_likeness(vec![("name", name.to_owned())], nearest));
    }

    /// What the working calls a criterion without a name of its own.
    pub fn label(&self, rule: &Rule, id: &str) -> String {
        let label = |id: &str| self.facts.iter().find(|fact| fact.id == id).map(|fact| fact.label.clone());
        rule.parameters().subject().and_then(label).unwrap_or_else(|| id.to_owned())
    }

    /// The expression of a field that has to be given; a plain number is one, too.
    pub fn expression(&self, fields: &Fields<'_>, key: &'static str) -> Expression {
        if let Some(number) = fields.raw(key)
            && !number.get_ref().is_str()
        {
            return Expression::Number { value: fields.decimal(key), percent: false };
        }
        let text = fields.text(key);
        match Expression::parse(&text.value) {
            Ok(expression) => {
                self.check_names(&expression, &text);
                expression
            }
            Err(error) => {
                if !text.value.trim().is_empty() {
                    tell_expression(self.page, &text, &error);
                }
                Expression::Number { value: Decimal::ONE, percent: false }
            }
        }
    }

    fn check_names(&self, expression: &Expression, text: &Placed<String>) {
        for name in expression.names() {
            let span = self.page.within(text, text.value.find(name).unwrap_or(0));
            let is_criterion = self.earlier.iter().any(|earlier| earlier == name);
            match self.facts.iter().find(|fact| fact.id == name) {
                Some(_) if is_criterion => self.page.flaw("ambiguous-name", &span, vec![("name", name.to_owned())]),
                Some(fact) if fact.kind.unit().is_none() => {
                    self.page.flaw("not-a-figure", &span, vec![("name", name.to_owned())]);
                }
                None if !is_criterion => self.unknown_name(name, &span),
                _ => {}
            }
        }
    }
}

fn tell_expression(page: &Page<'_>, text: &Placed<String>, error: &ExpressionError) {
    let (code, found) = match &error.problem {
        ExpressionProblem::Unfinished => ("expression-unfinished", String::new()),
        ExpressionProblem::Unexpected(found) => ("expression-unexpected", found.clone()),
        ExpressionProblem::Unclosed => ("expression-unclosed", String::new()),
        ExpressionProblem::BadNumber(found) => ("expression-number", found.clone()),
        ExpressionProblem::TooLong => ("expression-too-long", String::new()),
    };
    page.flaw(code, &page.within(text, error.at), vec![("found", found)]);
}

pub(crate) fn check_answer(page: &Page<'_>, answer: &Placed<String>, kind: &FactKind) {
    let known = kind.answers();
    if !known.contains(&answer.value.as_str()) {
        let holes = vec![("word", answer.value.clone()), ("known", known.join("、"))];
        page.flaw("unknown-answer", &answer.span, holes);
    }
}
