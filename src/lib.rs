//! `fuhe` (复核) recomputes the self-evaluation scores of departments and shows where a claim does not hold.

pub mod audit;
pub mod checks;
pub mod decimal_text;
pub mod fraction;
pub mod quantity;
pub mod rescore;
pub mod rulebook;
pub mod rules;
pub mod submission;
pub mod text;
pub mod workbook;
