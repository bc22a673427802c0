//! The parameters of points for 是 with evidence.

use crate::rules::parameters::Parameters;

/// All points for 是 with named evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttestedRule {
    /// The fact that answers.
    pub fact: String,
}

impl Parameters for AttestedRule {
    fn names(&self) -> Vec<&str> {
        vec![&self.fact]
    }

    fn subject(&self) -> Option<&str> {
        Some(&self.fact)
    }

    fn is_attested_by(&self, fact: &str) -> bool {
        self.fact == fact
    }
}
