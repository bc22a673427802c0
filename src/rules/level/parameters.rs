//! The parameters of a declared level of attainment.

use crate::rulebook::level::Level;
use crate::rules::parameters::Parameters;

/// The level that was reached gives a range of the points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelRule {
    /// The fact that is missing where columns disagree about the target.
    pub target: String,
    /// The fact that names the level.
    pub fact: String,
    /// The levels, best first.
    pub levels: Vec<Level>,
}

impl Parameters for LevelRule {
    fn names(&self) -> Vec<&str> {
        vec![&self.target, &self.fact]
    }

    fn levels(&self) -> &[Level] {
        &self.levels
    }
}
