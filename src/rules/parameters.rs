//! What can be asked of any rule without looking at facts: what it names, what it divides, what somebody has to judge.
//!
//! The parameters of a kind answer. What a kind does not answer has a default that is right for a kind that knows nothing
//! of the question. Nothing here, and nothing in the parameters of a kind, may use the model of rulebooks, which holds rules.

use rust_decimal::Decimal;

use crate::rulebook::expression::Expression;
use crate::rulebook::level::Level;

/// The parameters of a kind of rule.
pub trait Parameters {
    /// Every fact and every earlier criterion that it uses.
    fn names(&self) -> Vec<&str>;

    /// The fact that it is all about, whose label names a criterion without a name of its own.
    fn subject(&self) -> Option<&str> {
        None
    }

    /// Whether 是 earns points only with evidence, by this fact.
    fn is_attested_by(&self, fact: &str) -> bool {
        let _ = fact;
        false
    }

    /// What it divides and by what: of a proportion, or of a measured quotient.
    fn quotient(&self) -> Option<(&Expression, &Expression)> {
        None
    }

    /// Whether it earns as large a part of the points as its quotient is.
    fn is_share_of_points(&self) -> bool {
        false
    }

    /// Whether it earns no more than its points.
    fn is_capped(&self) -> bool {
        true
    }

    /// Whether what it has to leave at least is the criterion's `least`. The other kinds leave what they list, or stop there
    /// themselves.
    fn is_raised_to_least(&self) -> bool {
        false
    }

    /// Whether its points follow from a sum, so that a claim below all points which agrees to the cent is no coincidence.
    fn is_sum(&self) -> bool {
        false
    }

    /// Whether what it measures is only sorted, or held against a limit: beyond an end every value earns the same.
    fn only_sorts(&self) -> bool {
        false
    }

    /// Whether it takes off for so much of something: what divides is then the size of its steps (每超出5%), which stands in the
    /// rule without the percent sign.
    fn has_steps(&self) -> bool {
        false
    }

    /// Whether a value may lie up to a limit before anything is taken off.
    fn has_limit(&self) -> bool {
        false
    }

    /// The part that a figure may be of another of its kind that it is compared with: of an amount that may be a tenth of
    /// another, a tenth.
    fn part_of_other(&self, fact: &str) -> Decimal {
        let _ = fact;
        Decimal::ONE
    }

    /// How many intervals it lists with their points.
    fn intervals(&self) -> usize {
        0
    }

    /// Whether it waits for somebody to judge, and for nothing else.
    fn awaits_judgement(&self) -> bool {
        false
    }

    /// Whether somebody gives its points, or has given them.
    fn is_for_judges(&self) -> bool {
        self.awaits_judgement()
    }

    /// The levels of attainment that it names.
    fn levels(&self) -> &[Level] {
        &[]
    }

    /// The fact that says which way its target is meant, where its filer wrote no sign.
    fn direction_fact(&self) -> Option<&str> {
        None
    }

    /// Both ends of a target that has two.
    fn ends(&self) -> Option<[Decimal; 2]> {
        None
    }

    /// Puts a share of 1 in the place of what it divides.
    fn measure_at(&mut self, share: Decimal) {
        let _ = share;
    }

    /// Puts another divisor in the place of the one that it has.
    fn divide_by(&mut self, other: &Expression) {
        let _ = other;
    }

    /// Lets it earn more than its points; true where it could not before.
    fn lift_cap(&mut self) -> bool {
        false
    }

    /// Gives the interval `to` the points of the interval `from`.
    fn lend_points(&mut self, from: usize, to: usize) {
        let _ = (from, to);
    }
}
