//! A judgement has no parameters.

use crate::rules::parameters::Parameters;

/// A criterion that somebody judges: anything from 0 to the points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judgement;

impl Parameters for Judgement {
    fn names(&self) -> Vec<&str> {
        Vec::new()
    }

    fn awaits_judgement(&self) -> bool {
        true
    }
}
