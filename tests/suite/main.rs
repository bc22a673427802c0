//! Everything that must hold, as one program.

mod engine;
mod guide;
mod ranges;
mod referee;
mod rescore;
mod rulebook;
mod rules;
