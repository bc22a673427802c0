//! The sheets of the audit workbook: each lays a batch out as one table of plain cells.

pub mod differences;
pub mod kept;
pub mod matrix;
pub mod missing;
pub mod overview;
pub mod rules;
pub mod run_info;
pub mod unread;
