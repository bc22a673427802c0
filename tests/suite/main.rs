//! Everything that must hold, as one program.

mod engine;
mod rescore;
mod rulebook;
