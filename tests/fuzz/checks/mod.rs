//! What must hold for every input, whoever thinks it up: a fuzzer that is guided by what it reaches, or the test suite,
//! which repeats what a fuzzer once found.
//!
//! Each check takes bytes and panics where something does not hold.

pub mod audited;
mod container;
mod expression;
mod number;
mod parts;
mod records;
mod rulebook;

pub use container::container;
pub use expression::expression;
pub use number::number;
pub use parts::parts;
pub use records::records;
pub use rulebook::rulebook;
