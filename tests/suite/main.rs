//! Everything that must hold, as one program.

mod engine;
mod referee;
mod rescore;
mod rulebook;
