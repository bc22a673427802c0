//! Everything that must hold, as one program.

mod corpus;
mod engine;
mod referee;
mod rescore;
mod rulebook;
