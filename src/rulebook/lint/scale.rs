//! Percent signs that are missing, or stand where none belongs. A ratio is a fraction of 1 wherever rules compute (95 % is
//! 0.95): beside it a plain 90 means 9000 %, and a rule with it gives every department the same score.
//!
//! What a ratio can be is no question of its size alone: growth, times and sums of quarters lie above 1. So a plain number
//! beside a ratio is told where the clause itself names it as a percentage, where it lies beyond what the ratio can be,
//! or from several times its whole up; who means so many times writes them as a percentage.

use std::cell::Cell;
use std::ops::Range;

use num_traits::One;
use rust_decimal::Decimal;

use super::clauses::Named;
use super::extent::Extent;
use super::spot::figure;
use crate::fraction::{Fraction, exact};
use crate::rulebook::cursor::Page;
use crate::rulebook::expression::{Expression, Operation, number_text};
use crate::rulebook::model::*;

/// From so many times the whole of a ratio up a plain number beside it is a percentage without its sign: cards speak of
/// 1.2 or 3 times in plain numbers, and their smallest usual percentages are 5 and 10.
const TIMES_MOST: u32 = 5;

/// The same of the limit of a deduction: nobody allows double of what there is before anything is deducted.
const TIMES_MOST_OF_LIMIT: u32 = 2;

/// Between these, every fifth number before a percent sign is usual of a budget or a plan (90%, 120%); 12 months and 4
/// quarters are not among them.
const USUAL: (Decimal, Decimal) = (Decimal::from_parts(50, 0, 0, false, 0), Decimal::from_parts(150, 0, 0, false, 0));

/// What an expression is measured in.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Scale {
    /// A number of the rulebook itself.
    Number { value: Decimal, percent: bool },
    /// A ratio: multiplied by 100 so many times (0: 1 is all of it), and what several of them come to (four added: 4).
    Ratio { hundreds: i32, whole: Fraction },
    /// An amount or a count, multiplied by 100 so many times.
    Amount { hundreds: i32 },
    /// Points, and what mixes them with other things.
    Other,
}

impl Scale {
    fn ratio(hundreds: i32) -> Scale {
        Scale::Ratio { hundreds, whole: Fraction::one() }
    }

    fn hundreds(&self) -> Option<i32> {
        match self {
            Scale::Ratio { hundreds, .. } | Scale::Amount { hundreds } => Some(*hundreds),
            Scale::Number { .. } | Scale::Other => None,
        }
    }
}

/// An expression, what it is measured in, and where it stands.
pub(crate) struct Side<'e> {
    expression: &'e Expression,
    scale: Scale,
    place: Range<usize>,
}

impl Side<'_> {
    /// Whether it is a ratio as it is, neither multiplied by 100 nor divided by it.
    pub fn is_ratio(&self) -> bool {
        matches!(self.scale, Scale::Ratio { hundreds: 0, .. })
    }
}

/// What numbers are held against: the card, and what the clause of the indicator says.
pub(crate) struct Scales<'a> {
    page: &'a Page<'a>,
    card: &'a Scorecard,
    earlier: &'a [Criterion],
    clause: Named,
    /// Of a deduction what divides is the size of its steps (每超出5%), which stands in the rule without the sign.
    has_steps: bool,
    many: u32,
    told: Cell<bool>,
}

impl<'a> Scales<'a> {
    /// Of an indicator, and of one of its criteria where it is about one.
    pub fn new(
        page: &'a Page<'a>,
        card: &'a Scorecard,
        earlier: &'a [Criterion],
        indicator: &'a Indicator,
        criterion: Option<&'a Criterion>,
    ) -> Self {
        let own = criterion.into_iter().flat_map(|criterion| [criterion.clause.as_str(), criterion.name.as_str()]);
        let around = [indicator.clause.as_str(), indicator.name.as_str()].into_iter();
        let notes = indicator.notes.iter().map(String::as_str);
        let says = indicator.readings.iter().map(|reading| reading.says.as_str());
        let clause = Named::of(own.chain(around).chain(notes).chain(says));
        let rule = criterion.map(|criterion| criterion.rule.parameters());
        let has_steps = rule.is_some_and(Parameters::has_steps);
        let many = if rule.is_some_and(Parameters::has_limit) { TIMES_MOST_OF_LIMIT } else { TIMES_MOST };
        Scales { page, card, earlier, clause, has_steps, many, told: Cell::new(false) }
    }

    /// Whether anything was told, now or of an earlier reading of the same rule.
    pub fn has_told(&self) -> bool {
        self.told.get()
    }

    fn tell(&self, code: &'static str, place: &Range<usize>, holes: Vec<(&'static str, String)>) {
        self.told.set(true);
        self.page.flaw(code, place, holes);
    }

    /// Remembers that the rule itself has told a flaw of this kind.
    pub fn remember_told(&self) {
        self.told.set(true);
    }

    /// Tells 1 beside what was multiplied by 100.
    pub fn whole_of_hundreds(&self, reached: &Side<'_>, aim: &Side<'_>) {
        if let (Scale::Ratio { hundreds: 1, .. }, Scale::Number { value, percent: false }) =
            (&reached.scale, &aim.scale)
            && value.is_one()
        {
            self.tell_hundreds(reached, 1);
        }
    }

    /// Tells a ratio that was multiplied by 100, or divided by it, where one as it is is needed; true where it was told.
    pub fn is_of_hundreds(&self, measured: &Side<'_>) -> bool {
        match measured.scale {
            Scale::Ratio { hundreds, .. } if hundreds != 0 => {
                self.tell_hundreds(measured, hundreds);
                true
            }
            _ => false,
        }
    }

    /// Both sides of every comparison.
    pub fn conditions(&self, conditions: &[Condition], place: &Range<usize>) {
        for condition in conditions {
            let Condition::Compare { value, with, .. } = condition else { continue };
            let (left, right) = (self.side(value, place), self.side(with, place));
            self.held_against(&left, &right);
            for (number, other) in [(&left, &right), (&right, &left)] {
                if let (Scale::Number { percent: true, value }, Scale::Amount { .. }) = (&number.scale, &other.scale) {
                    let written = number_text(*value, true);
                    let holes = vec![("written", written), ("value", other.expression.to_string())];
                    self.tell("percent-beside-amount", place, holes);
                }
            }
        }
    }

    /// An expression of the rule; tells the numbers in it that do not fit what stands beside them.
    pub fn side<'e>(&self, expression: &'e Expression, place: &Range<usize>) -> Side<'e> {
        Side { expression, scale: self.of(expression, place), place: place.clone() }
    }

    /// What an expression is measured in; tells the numbers in it that do not fit what stands beside them.
    fn of(&self, expression: &Expression, place: &Range<usize>) -> Scale {
        match expression {
            Expression::Number { value, percent } => Scale::Number { value: *value, percent: *percent },
            Expression::Name(name) => self.of_name(name),
            Expression::Binary { operation, left, right } => {
                let sides = (self.of(left, place), self.of(right, place));
                match operation {
                    Operation::Add | Operation::Subtract => self.sum(*operation, (left, right), sides, place),
                    Operation::Multiply => self.product((left, right), sides, place),
                    Operation::Divide => self.quotient((left, right), sides, place),
                }
            }
        }
    }

    fn of_name(&self, name: &str) -> Scale {
        if self.earlier.iter().any(|criterion| criterion.id == name) {
            return Scale::Other;
        }
        match self.card.facts.iter().find(|fact| fact.id == name).map(|fact| &fact.kind) {
            Some(FactKind::Percent { .. }) => Scale::ratio(0),
            Some(FactKind::Money { .. } | FactKind::Count { .. }) => Scale::Amount { hundreds: 0 },
            _ => Scale::Other,
        }
    }

    fn sum(
        &self,
        operation: Operation,
        (left, right): (&Expression, &Expression),
        sides: (Scale, Scale),
        place: &Range<usize>,
    ) -> Scale {
        let [one, other] = [(left, &sides.0), (right, &sides.1)].map(|(expression, scale)| Side {
            expression,
            scale: scale.clone(),
            place: place.clone(),
        });
        // 1 less a ratio is the rest of it.
        let is_whole = |side: &Side<'_>| matches!(&side.scale, Scale::Number { value, .. } if value.is_one());
        if !is_whole(&one) && !is_whole(&other) {
            self.held_against(&one, &other);
        }
        match sides {
            (Scale::Number { value, percent }, Scale::Number { value: other, percent: also }) => {
                let sum = match operation {
                    Operation::Add => value.checked_add(other),
                    _ => value.checked_sub(other),
                };
                sum.map_or(Scale::Other, |value| Scale::Number { value, percent: percent || also })
            }
            (Scale::Ratio { hundreds, whole }, Scale::Ratio { whole: other, .. }) => match operation {
                Operation::Add => Scale::Ratio { hundreds, whole: whole + other },
                _ => Scale::Ratio { hundreds, whole: whole.max(other) },
            },
            (ratio @ Scale::Ratio { .. }, Scale::Number { .. })
            | (Scale::Number { .. }, ratio @ Scale::Ratio { .. }) => ratio,
            (amount @ Scale::Amount { .. }, Scale::Amount { .. }) => amount,
            _ => Scale::Other,
        }
    }

    fn product(&self, (left, right): (&Expression, &Expression), sides: (Scale, Scale), place: &Range<usize>) -> Scale {
        match sides {
            (Scale::Number { value, percent }, Scale::Number { value: other, percent: also }) => {
                value.checked_mul(other).map_or(Scale::Other, |value| Scale::Number { value, percent: percent || also })
            }
            (Scale::Number { value, percent }, scale) | (scale, Scale::Number { value, percent }) => {
                let is_name = [left, right].iter().any(|side| matches!(side, Expression::Name(_)));
                let of_amount = is_name && !percent && matches!(scale, Scale::Amount { .. });
                self.factor(value, percent, &scale, of_amount && self.is_usual_percentage(value), place);
                times(scale, value, false)
            }
            (Scale::Ratio { hundreds, whole }, Scale::Ratio { hundreds: more, whole: other }) => {
                Scale::Ratio { hundreds: hundreds + more, whole: whole * other }
            }
            (Scale::Ratio { hundreds, .. }, Scale::Amount { hundreds: more })
            | (Scale::Amount { hundreds }, Scale::Ratio { hundreds: more, .. }) => {
                Scale::Amount { hundreds: hundreds + more }
            }
            _ => Scale::Other,
        }
    }

    fn quotient(
        &self,
        (left, right): (&Expression, &Expression),
        sides: (Scale, Scale),
        place: &Range<usize>,
    ) -> Scale {
        match sides {
            (Scale::Number { value, percent }, Scale::Number { value: other, percent: also }) => {
                value.checked_div(other).map_or(Scale::Other, |value| Scale::Number { value, percent: percent || also })
            }
            (scale, Scale::Number { value, percent }) => {
                if !self.has_steps {
                    // A single rate is divided by its target; only sums are divided by how many they are.
                    let of_rate = !percent && matches!((left, &scale), (Expression::Name(_), Scale::Ratio { .. }));
                    self.factor(value, percent, &scale, of_rate && value >= Decimal::from(TIMES_MOST), place);
                }
                // 27.22 ÷ 25 is a ratio again, where the clause has 25%.
                if scale.hundreds() == Some(1) && self.clause.has_percent(value.normalize()) {
                    return Scale::Other;
                }
                times(scale, value, true)
            }
            (Scale::Number { value, percent }, ratio @ Scale::Ratio { .. }) => {
                let hundreds = ratio.hundreds().unwrap_or_default();
                let divisor = Side { expression: right, scale: ratio, place: place.clone() };
                self.beside((value, percent), &divisor, place);
                Scale::ratio(-hundreds)
            }
            (Scale::Ratio { hundreds, .. }, Scale::Ratio { hundreds: less, .. })
            | (Scale::Amount { hundreds }, Scale::Amount { hundreds: less }) => Scale::ratio(hundreds - less),
            (Scale::Amount { hundreds }, Scale::Ratio { hundreds: less, .. }) => {
                Scale::Amount { hundreds: hundreds - less }
            }
            _ => Scale::Other,
        }
    }

    /// A number that a ratio or an amount is multiplied by or divided by: a percentage where the clause says so, or where it
    /// is `likely` and the clause has no such number.
    fn factor(&self, number: Decimal, percent: bool, scale: &Scale, likely: bool, place: &Range<usize>) {
        if scale.hundreds() != Some(0) || number == Decimal::ONE_HUNDRED {
            return;
        }
        if percent {
            self.unlike_clause(number, true, place);
        } else if self.is_percentage_of_clause(number) || (likely && !self.clause.has_plain(number.normalize())) {
            self.tell_forgotten(number, None, place);
        }
    }

    /// Two sides of a comparison, a quotient or a sum.
    pub fn held_against(&self, left: &Side<'_>, right: &Side<'_>) {
        match (&left.scale, &right.scale) {
            (Scale::Number { value, percent }, _) => self.beside((*value, *percent), right, &left.place),
            (_, Scale::Number { value, percent }) => self.beside((*value, *percent), left, &right.place),
            _ => self.alike(left, right),
        }
    }

    /// A number beside something that it is compared with, or added to.
    pub fn beside(&self, (number, percent): (Decimal, bool), measured: &Side<'_>, place: &Range<usize>) {
        let Scale::Ratio { hundreds, whole } = &measured.scale else { return };
        let is_difference = subtracts(measured.expression);
        match (hundreds, percent) {
            _ if number.is_zero() => {}
            (0, true) => self.unlike_clause(number, is_difference, place),
            (0, false) => {
                // 1 is all of a ratio, and 1 % only of what is a difference.
                let named = self.is_percentage_of_clause(number) && (!number.is_one() || is_difference);
                if named || self.is_out_of_reach(number, measured.expression, whole) {
                    self.tell_forgotten(number, Some(measured.expression), place);
                }
            }
            (1, false) => self.hundredth_of_clause(number, place),
            _ => self.tell_hundreds(measured, *hundreds),
        }
    }

    /// Two sides of which one was multiplied by 100.
    fn alike(&self, one: &Side<'_>, other: &Side<'_>) {
        let alike = matches!(
            (&one.scale, &other.scale),
            (Scale::Ratio { .. }, Scale::Ratio { .. }) | (Scale::Amount { .. }, Scale::Amount { .. })
        );
        if let (true, Some(hundreds), Some(others)) = (alike, one.scale.hundreds(), other.scale.hundreds())
            && hundreds != others
        {
            let (side, hundreds) = if hundreds == 0 { (other, others) } else { (one, hundreds) };
            self.tell_hundreds(side, hundreds);
        }
    }

    /// The clause has the number as a percentage, and neither as it is nor as the percentage that it is.
    fn is_percentage_of_clause(&self, number: Decimal) -> bool {
        let number = number.normalize();
        let as_it_is = number.checked_mul(Decimal::ONE_HUNDRED).map(|number| number.normalize());
        self.clause.has_percent(number)
            && !self.clause.has_plain(number)
            && !as_it_is.is_some_and(|percent| self.clause.has_percent(percent))
    }

    /// A factor that an amount has as a percentage in cards, and hardly ever as so many times.
    fn is_usual_percentage(&self, number: Decimal) -> bool {
        let (low, high) = USUAL;
        let is_round = (number % Decimal::from(5)).is_zero();
        is_round && number >= low && number <= high && !self.clause.speaks_of_times()
    }

    /// Beyond what facts of these kinds can come to, or so many times the whole that nobody writes it as a plain number.
    fn is_out_of_reach(&self, number: Decimal, value: &Expression, whole: &Fraction) -> bool {
        let size = exact(number.abs());
        let highest = Extent::of(value, self.card, self.earlier).high;
        let beyond = highest.is_some_and(|high| size > high.abs() + Fraction::one());
        let many = exact(self.many.into()) * whole.clone().max(Fraction::one());
        let as_percent = number.checked_mul(Decimal::ONE_HUNDRED).map(|percent| percent.normalize());
        let is_named = as_percent.is_some_and(|percent| self.clause.has_percent(percent));
        beyond || (size >= many && !self.clause.speaks_of_times() && !is_named)
    }

    /// A percentage of the rule where the clause has a hundred times it, or a hundredth: `0.9%` for 90%.
    fn unlike_clause(&self, number: Decimal, is_difference: bool, place: &Range<usize>) {
        let Some(percent) = number.checked_mul(Decimal::ONE_HUNDRED) else { return };
        // 1% of what is a difference stands beside a whole of 100% in many a clause.
        if !percent.is_one() || !is_difference {
            self.slipped(percent, number_text(number, true), place);
        }
    }

    /// A plain number beside a ratio that was multiplied by 100, where the clause has a hundred times it.
    fn hundredth_of_clause(&self, number: Decimal, place: &Range<usize>) {
        if !number.is_one() {
            self.slipped(number, figure(number), place);
        }
    }

    /// Every ratio has a whole: 100% stands where a clause names only 1%.
    fn slipped(&self, percent: Decimal, written: String, place: &Range<usize>) {
        let percent = percent.normalize();
        let others = [percent.checked_mul(Decimal::ONE_HUNDRED), percent.checked_div(Decimal::ONE_HUNDRED)];
        let others: Vec<Decimal> = others.into_iter().flatten().map(|other| other.normalize()).collect();
        if self.clause.speaks_of_small_parts()
            || percent == Decimal::ONE_HUNDRED
            || self.clause.has_percent(percent)
            || self.clause.has_plain(percent)
        {
            return;
        }
        if let Some(named) = others.into_iter().find(|other| self.clause.has_percent(*other)) {
            let holes = vec![("written", written), ("clause", format!("{}%", figure(named)))];
            self.tell("percent-unlike-clause", place, holes);
        }
    }

    fn tell_forgotten(&self, number: Decimal, value: Option<&Expression>, place: &Range<usize>) {
        let mut holes = vec![
            ("number", figure(number)),
            ("meant", format!("{}%", figure(number))),
            ("written", number_text(number, true)),
        ];
        let code = match value {
            Some(value) => {
                holes.push(("value", value.to_string()));
                "percent-forgotten"
            }
            None => "percent-forgotten-in-sum",
        };
        self.tell(code, place, holes);
    }

    fn tell_hundreds(&self, side: &Side<'_>, hundreds: i32) {
        let code = if hundreds > 0 { "ratio-times-hundred" } else { "ratio-over-hundred" };
        self.tell(code, &side.place, vec![("value", side.expression.to_string())]);
    }
}

/// Something multiplied by a number of the rulebook, or divided by it; 100 makes a percentage of a ratio.
fn times(scale: Scale, number: Decimal, divided: bool) -> Scale {
    let step = if divided { -1 } else { 1 };
    match scale {
        Scale::Ratio { hundreds, whole } if number == Decimal::ONE_HUNDRED => {
            Scale::Ratio { hundreds: hundreds + step, whole }
        }
        Scale::Amount { hundreds } if number == Decimal::ONE_HUNDRED => Scale::Amount { hundreds: hundreds + step },
        Scale::Ratio { whole, .. } if number.is_zero() => Scale::Ratio { hundreds: 0, whole },
        Scale::Ratio { hundreds, whole } => {
            let factor = exact(number.abs());
            Scale::Ratio { hundreds, whole: if divided { whole / factor } else { whole * factor } }
        }
        other => other,
    }
}

/// True where something is subtracted anywhere in it.
fn subtracts(expression: &Expression) -> bool {
    match expression {
        Expression::Number { .. } | Expression::Name(_) => false,
        Expression::Binary { operation: Operation::Subtract, .. } => true,
        Expression::Binary { left, right, .. } => subtracts(left) || subtracts(right),
    }
}
