//! Everything that must hold, as one program.

mod archives;
mod bench;
mod checks;
mod cli;
mod corpus;
mod engine;
mod fact_sources;
mod intake;
mod judging;
mod limits;
mod poison;
mod ranges;
mod readers;
mod recalculation;
mod referee;
mod report;
mod rescore;
mod rulebook;
mod rules;
mod sample_audits;
mod self_checking;
mod sheets;
mod stopping;
mod submitted;
mod weapons;
