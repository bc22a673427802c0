//! `fuhe` (复核) recomputes the self-evaluation scores of departments and shows where a claim does not hold.

pub mod audit;
pub mod audit_scorecard;
pub mod checks;
pub mod decimal_text;
pub mod facts;
pub mod finding;
pub mod fraction;
pub mod judge;
pub mod place;
pub mod quantity;
pub mod report;
pub mod rescore;
pub mod rulebook;
pub mod rules;
pub mod self_check;
pub mod submission;
pub mod text;
pub mod workbook;
