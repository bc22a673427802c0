//! Declared forms: the published cases, how forms are found and read, how rows are scored, and the checks beside them.

mod checks;
mod published;
mod reading;
mod samples;
mod scoring;
pub mod written;
