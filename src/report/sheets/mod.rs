//! The sheets of the audit workbook: each lays a batch out as one table of plain cells.

pub(crate) mod assignable;
pub(crate) mod charts;
pub(crate) mod checks_run;
pub(crate) mod comparison;
pub(crate) mod confirmed;
pub(crate) mod copied;
pub(crate) mod differences;
pub(crate) mod grades_open;
pub(crate) mod kept;
pub(crate) mod matrix;
pub(crate) mod missing;
pub(crate) mod overview;
pub(crate) mod progress;
pub(crate) mod reporting;
pub(crate) mod rules;
pub(crate) mod run_info;
pub(crate) mod sampling;
pub(crate) mod summing_up;
pub(crate) mod unread;
pub(crate) mod unused;
pub(crate) mod whole_batch;
pub mod working_paper;
