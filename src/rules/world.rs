//! One way in which the facts can be: every fact has one value, or none that can be used.

use crate::facts::known::{Candidate, CandidateValue, Known, Quoted};
use crate::fraction::{Fraction, exact};
use crate::rulebook::expression::{Expression, Operation};
use crate::rulebook::{Fact, FactKind};

use super::outcome::{Cause, Outcome, Unknown, ZeroDivision};

/// A fact that an indicator uses, with the values it may have.
#[derive(Debug, Clone)]
pub(crate) struct UsedFact<'a> {
    /// Its entry in the rulebook.
    pub fact: &'a Fact,
    /// Distinct values; none: unknown.
    pub candidates: Vec<Candidate>,
    /// It was answered 不适用.
    pub not_applicable: bool,
    /// Something stands in its place, whether it can be used or not.
    pub answered: bool,
    /// Nobody answered, and the rulebook presumes the answer.
    pub presumed: bool,
    /// Its unit does not settle what it counts: the values may be others, too.
    pub unsettled: bool,
    /// What was found for it is not certainly it.
    pub doubtful: bool,
    /// Several values, but too many combinations to vary them all.
    pub spanned: bool,
    /// What its cell says, where the working quotes it.
    pub quoted: Option<&'a Quoted>,
}

impl<'a> UsedFact<'a> {
    /// What is known of a fact: its distinct values, or the presumed answer where there is no answer at all.
    pub fn new(fact: &'a Fact, known: Option<&'a Known>) -> Self {
        let answered = known.is_some_and(Known::is_answered);
        let presumed = if answered { None } else { fact.presumed.clone() };
        let candidates = match (&presumed, known) {
            (Some(answer), _) => vec![Candidate { value: CandidateValue::Answer(answer.clone()), evidence: false }],
            (None, Some(known)) => distinct(&known.candidates),
            (None, None) => Vec::new(),
        };
        let not_applicable = known.is_some_and(|known| known.not_applicable);
        UsedFact {
            fact,
            candidates,
            not_applicable,
            answered,
            presumed: presumed.is_some(),
            unsettled: known.is_some_and(|known| known.unsettled),
            doubtful: known.is_some_and(|known| known.doubtful && known.candidates.is_empty()),
            spanned: false,
            quoted: known.and_then(|known| known.quoted.as_ref()),
        }
    }

    /// Its name.
    pub fn id(&self) -> &'a str {
        &self.fact.id
    }
}

/// Equal values once; evidence named in one place is evidence.
fn distinct(candidates: &[Candidate]) -> Vec<Candidate> {
    let mut distinct: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        match distinct.iter_mut().find(|known| known.value == candidate.value) {
            Some(known) => known.evidence |= candidate.evidence,
            None => distinct.push(candidate.clone()),
        }
    }
    distinct
}

/// One combination of candidates, and the criteria computed so far in it.
#[derive(Debug, Clone)]
pub(crate) struct World<'a> {
    used: &'a [UsedFact<'a>],
    chosen: &'a [usize],
    /// Earlier criteria of the reading.
    pub earlier: Vec<(&'a str, Outcome<'a>)>,
}

impl<'a> World<'a> {
    /// The combination in which fact n has its candidate `chosen[n]`.
    pub fn new(used: &'a [UsedFact<'a>], chosen: &'a [usize]) -> Self {
        World { used, chosen, earlier: Vec::new() }
    }

    fn criterion(&self, name: &str) -> Option<&Outcome<'a>> {
        self.earlier.iter().find(|(id, _)| *id == name).map(|(_, outcome)| outcome)
    }

    /// The fact of that name among those used.
    pub fn used(&self, name: &str) -> Option<&'a UsedFact<'a>> {
        self.used.iter().find(|used| used.id() == name)
    }

    /// True for a fact, false for an earlier criterion.
    pub fn is_fact(&self, name: &str) -> bool {
        self.criterion(name).is_none()
    }

    /// What people call a fact; the name itself of an earlier criterion.
    pub fn label<'b>(&self, name: &'b str) -> &'b str
    where
        'a: 'b,
    {
        self.used(name).map_or(name, |used| used.fact.label.as_str())
    }

    fn candidate(&self, name: &'a str) -> Result<(&'a UsedFact<'a>, &'a Candidate), Unknown<'a>> {
        let missing = || Unknown::because(Cause::Fact(name));
        let place = self.used.iter().position(|used| used.id() == name).ok_or_else(missing)?;
        let used = &self.used[place];
        if used.spanned || (used.unsettled && used.candidates.is_empty()) {
            return Err(Unknown::because(Cause::Conflict(name)));
        }
        if used.doubtful {
            return Err(Unknown::because(Cause::Doubt(name)));
        }
        let chosen = self.chosen.get(place).copied().unwrap_or(0);
        used.candidates.get(chosen).map(|candidate| (used, candidate)).ok_or_else(missing)
    }

    /// The answer to a question, and whether evidence is named.
    pub fn answer(&self, name: &'a str) -> Result<(&'a str, bool), Unknown<'a>> {
        match self.candidate(name)? {
            (_, Candidate { value: CandidateValue::Answer(answer), evidence }) => Ok((answer, *evidence)),
            _ => Err(Unknown::because(Cause::Fact(name))),
        }
    }

    /// The figure of a fact as it is printed, before percentages become fractions of 1.
    pub fn figure(&self, name: &'a str) -> Option<rust_decimal::Decimal> {
        match self.candidate(name) {
            Ok((_, Candidate { value: CandidateValue::Number(number), .. })) => Some(*number),
            _ => None,
        }
    }

    /// The figure of a declared target or actual, in its own unit.
    pub fn declared(&self, name: &'a str) -> Result<rust_decimal::Decimal, Unknown<'a>> {
        match self.candidate(name)? {
            (_, Candidate { value: CandidateValue::Number(number), .. }) => Ok(*number),
            _ => Err(Unknown::because(Cause::Fact(name))),
        }
    }

    /// The points of an earlier criterion, when it is a number.
    pub fn points_of(&self, name: &str) -> Option<&Fraction> {
        self.criterion(name).filter(|outcome| outcome.is_number()).map(|outcome| &outcome.low)
    }

    /// What a name stands for: an earlier criterion's points, else a fact's figure.
    pub fn number(&self, name: &'a str) -> Result<Fraction, Unknown<'a>> {
        if let Some(outcome) = self.criterion(name) {
            return if outcome.is_number() { Ok(outcome.low.clone()) } else { Err(outcome.why.clone()) };
        }
        match self.candidate(name)? {
            (used, Candidate { value: CandidateValue::Number(number), .. }) => Ok(scaled(exact(*number), used.fact)),
            _ => Err(Unknown::because(Cause::Fact(name))),
        }
    }

    /// The value of an expression.
    pub fn value(&self, expression: &'a Expression) -> Result<Fraction, Unknown<'a>> {
        match expression {
            Expression::Number { value, .. } => Ok(exact(*value)),
            Expression::Name(name) => self.number(name),
            Expression::Binary { operation, left, right } => match (operation, self.value(left), self.value(right)) {
                (Operation::Divide, Ok(dividend), Ok(divisor)) => self.quotient(&dividend, &divisor, right),
                (Operation::Divide, Err(why), Ok(divisor)) => Err(self.over(why, &divisor, right)),
                (Operation::Add, Ok(left), Ok(right)) => Ok(left + right),
                (Operation::Subtract, Ok(left), Ok(right)) => Ok(left - right),
                (Operation::Multiply, Ok(left), Ok(right)) => Ok(left * right),
                (_, left, right) => {
                    let reasons = [left, right].into_iter().filter_map(Result::err);
                    Err(reasons.fold(Unknown::default(), Unknown::and))
                }
            },
        }
    }

    /// A quotient; of a zero denominator, what was divided and by which facts.
    pub fn quotient(
        &self,
        dividend: &Fraction,
        divisor: &Fraction,
        denominator: &'a Expression,
    ) -> Result<Fraction, Unknown<'a>> {
        if !divisor.is_zero() {
            return Ok(dividend / divisor);
        }
        let zero = ZeroDivision { facts: self.facts_of(denominator), not_applicable: dividend.is_zero() };
        Err(Unknown { causes: self.causes_of(denominator), zeros: vec![zero] })
    }

    /// What is missing for an unknown over a divisor: of a zero divisor its facts, too.
    pub fn over(&self, why: Unknown<'a>, divisor: &Fraction, denominator: &'a Expression) -> Unknown<'a> {
        if !divisor.is_zero() {
            return why;
        }
        why.and(Unknown { causes: self.causes_of(denominator), zeros: Vec::new() })
    }

    fn facts_of(&self, expression: &'a Expression) -> Vec<&'a str> {
        let mut names = expression.names();
        names.retain(|name| self.is_fact(name));
        names
    }

    /// The facts of an expression as causes; an expression without facts can only be judged.
    pub fn causes_of(&self, expression: &'a Expression) -> Vec<Cause<'a>> {
        let facts = self.facts_of(expression);
        if facts.is_empty() {
            return vec![Cause::Judgement];
        }
        facts.into_iter().map(Cause::Fact).collect()
    }
}

/// Percentages are fractions of 1 inside expressions.
fn scaled(figure: Fraction, fact: &Fact) -> Fraction {
    match fact.kind {
        FactKind::Percent { .. } => figure / exact(rust_decimal::Decimal::ONE_HUNDRED),
        _ => figure,
    }
}
