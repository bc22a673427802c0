//! Everything that must hold, as one program.

mod checks;
mod engine;
mod fact_sources;
mod judging;
mod readers;
mod referee;
mod rescore;
mod rulebook;
mod sample_audits;
mod self_checking;
mod submitted;
