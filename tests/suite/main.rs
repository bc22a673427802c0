//! Everything that must hold, as one program.

mod bench;
mod engine;
mod report;
mod rescore;
mod rulebook;
