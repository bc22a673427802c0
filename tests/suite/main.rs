//! Everything that must hold, as one program.

mod engine;
mod flawed;
mod guide;
mod ranges;
mod referee;
mod rescore;
mod rulebook;
mod rules;
