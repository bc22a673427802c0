//! Everything that must hold, as one program.

mod bench;
mod engine;
mod recalculation;
mod report;
mod rescore;
mod rulebook;
