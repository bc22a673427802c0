//! Everything that must hold, as one program.

mod bench;
mod checks;
mod declared;
mod engine;
mod fact_sources;
mod judging;
mod readers;
mod referee;
mod report;
mod rescore;
mod rulebook;
mod self_checking;
mod submitted;
