//! `fuhe` (复核) recomputes the self-evaluation scores of departments and shows where a claim does not hold.

pub mod across;
pub mod audit;
pub mod audit_scorecard;
pub mod batch;
pub mod checks;
pub mod cli;
pub mod decimal_text;
pub mod error;
pub mod facts;
pub mod finding;
pub mod fraction;
pub mod judge;
pub mod limits;
pub mod outputs;
pub mod place;
pub mod quantity;
pub mod report;
pub mod rescore;
pub mod rulebook;
pub mod rules;
pub mod run;
pub mod self_check;
pub mod stored;
pub mod submission;
pub mod text;
pub mod workbook;
