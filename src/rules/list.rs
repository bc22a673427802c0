//! The list of kinds: one line each. The rule itself, what answers for it and the words that a file can name are made from it.

use super::parameters::Parameters;

/// Hands the list to a macro: the doc comment of a kind, its variant, its parameters, and its word where a file can name it. A
/// form's rows and reviewers' entries bring kinds without one.
macro_rules! kinds {
    ($make:ident) => {
        $make! {
            /// points × value ÷ target.
            Proportion(crate::rules::proportion::parameters::ProportionRule) "proportion";
            /// Points by the interval that the value lies in.
            Bands(crate::rules::bands::parameters::BandsRule) "bands";
            /// points − k for each percentage point over a limit.
            StepDeduction(crate::rules::step_deduction::parameters::StepDeductionRule) "step_deduction";
            /// points − k × count, never below 0.
            CountDeduction(crate::rules::count_deduction::parameters::CountDeductionRule) "count_deduction";
            /// Points by the answer.
            Choice(crate::rules::choice::parameters::ChoiceRule) "choice";
            /// All points for 是 with named evidence.
            Attested(crate::rules::attested::parameters::AttestedRule) "attested";
            /// Somebody has to judge: anything from 0 to the points.
            Judgement(crate::rules::judgement::parameters::Judgement) "judgement";
            /// Somebody has judged: these points.
            Decided(crate::rules::decided::parameters::Decided);
            /// An actual against the target of a form's row.
            Target(crate::rules::target::parameters::TargetRule);
            /// An actual between both ends of a target: all points; outside somebody has to judge.
            Span(crate::rules::span::parameters::SpanRule);
            /// The level that was reached gives a range of the points, for somebody to judge.
            Level(crate::rules::level::parameters::LevelRule);
        }
    };
}

macro_rules! rule {
    ($($(#[$says:meta])* $kind:ident($parameters:ty) $($word:literal)?;)*) => {
        /// How a criterion gives points: a kind with its parameters.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Rule {
            $($(#[$says])* $kind($parameters),)*
        }

        impl Rule {
            /// Its parameters, which answer what can be asked of any rule.
            pub fn parameters(&self) -> &dyn Parameters {
                match self {
                    $(Rule::$kind(parameters) => parameters,)*
                }
            }

            /// The same, to be changed.
            pub fn parameters_mut(&mut self) -> &mut dyn Parameters {
                match self {
                    $(Rule::$kind(parameters) => parameters,)*
                }
            }
        }

        $(impl From<$parameters> for Rule {
            fn from(parameters: $parameters) -> Rule {
                Rule::$kind(parameters)
            }
        })*
    };
}

kinds!(rule);

pub(super) use kinds;
