//! Everything that must hold, as one program.

mod engine;
mod readers;
mod referee;
mod rescore;
mod rulebook;
