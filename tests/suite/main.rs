//! Everything that must hold, as one program.

mod engine;
mod judging;
mod rescore;
mod rulebook;
mod submitted;
