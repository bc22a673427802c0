//! Declared forms: the published cases, how forms are found and read, how rows are scored, and the checks beside them.

mod by_content;
mod checks;
mod funds;
mod heads;
mod layout;
mod like;
mod nested;
mod published;
mod reading;
mod samples;
mod scoring;
mod spoken;
mod units;
pub mod written;
