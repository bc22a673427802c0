//! What a rule yields: a range, what would settle it, and the divisions by zero met on the way.

use crate::fraction::Fraction;

/// What would make a range a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cause<'a> {
    /// The fact has no value that can be used.
    Fact(&'a str),
    /// 是 without evidence.
    Evidence(&'a str),
    /// Several candidates, too many to vary.
    Conflict(&'a str),
    /// What was found for the fact is not certainly it.
    Doubt(&'a str),
    /// Somebody has to judge.
    Judgement,
    /// Conditions of the rulebook that take all points and that give them hold at once.
    Contradiction,
}

/// A division by zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ZeroDivision<'a> {
    /// The facts of the denominator.
    pub facts: Vec<&'a str>,
    /// 0 ÷ 0.
    pub not_applicable: bool,
}

/// Why there is no number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Unknown<'a> {
    pub causes: Vec<Cause<'a>>,
    pub zeros: Vec<ZeroDivision<'a>>,
}

impl<'a> Unknown<'a> {
    pub fn because(cause: Cause<'a>) -> Self {
        Unknown { causes: vec![cause], zeros: Vec::new() }
    }

    /// Both reasons together.
    pub fn and(mut self, other: Unknown<'a>) -> Self {
        add_new(&mut self.causes, other.causes);
        add_new(&mut self.zeros, other.zeros);
        self
    }
}

/// What is known of a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Truth<'a> {
    /// It holds, because of these facts.
    True(Vec<&'a str>),
    /// It does not hold.
    False,
    /// It may hold.
    Unknown(Unknown<'a>),
}

impl<'a> Truth<'a> {
    /// What would settle it; nothing for a condition that is known.
    pub fn reasons(self) -> Unknown<'a> {
        match self {
            Truth::True(_) | Truth::False => Unknown::default(),
            Truth::Unknown(why) => why,
        }
    }
}

/// Adds what is not there yet.
pub(crate) fn add_new<T: PartialEq>(list: &mut Vec<T>, more: impl IntoIterator<Item = T>) {
    for item in more {
        if !list.contains(&item) {
            list.push(item);
        }
    }
}

/// A range with what would settle it. `causes` is empty when low is high.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outcome<'a> {
    pub low: Fraction,
    pub high: Fraction,
    pub why: Unknown<'a>,
}

impl<'a> Outcome<'a> {
    pub fn number(value: Fraction) -> Self {
        Outcome { low: value.clone(), high: value, why: Unknown::default() }
    }

    /// Anything from 0 to `high`.
    pub fn unknown(high: Fraction, why: Unknown<'a>) -> Self {
        Outcome { low: Fraction::zero(), high, why }
    }

    pub fn is_number(&self) -> bool {
        self.low == self.high
    }

    /// The range under conditions that make it 0 or `points`. An unknown condition counts both ways; conditions that
    /// contradict each other span both, and it is the rulebook that does not say which one counts.
    pub fn under(self, zero: Truth<'a>, full: Truth<'a>, points: Fraction) -> Self {
        match (zero, full) {
            (Truth::False, Truth::False) => self,
            (Truth::True(_), Truth::False) => Outcome::number(Fraction::zero()),
            (Truth::False, Truth::True(_)) => Outcome::number(points),
            (Truth::Unknown(why), Truth::False) => self.stretched_to_zero(why),
            (Truth::False, Truth::Unknown(why)) => self.stretched_to(points, why),
            (Truth::True(_), Truth::True(_)) => Outcome::unknown(points, Unknown::because(Cause::Contradiction)),
            (zero, full) => Outcome::unknown(points, zero.reasons().and(full.reasons())),
        }
    }

    fn stretched_to_zero(self, why: Unknown<'a>) -> Self {
        if self.high.is_zero() {
            return self;
        }
        Outcome { low: Fraction::zero(), high: self.high, why: self.why.and(why) }
    }

    fn stretched_to(self, points: Fraction, why: Unknown<'a>) -> Self {
        if self.low >= points {
            return self;
        }
        Outcome { low: self.low, high: self.high.max(points), why: self.why.and(why) }
    }
}
