//! Everything that must hold, as one program.

mod bench;
mod carry;
mod checks;
mod cli;
mod corpus;
mod declared;
mod engine;
mod fact_sources;
mod html;
mod intake;
mod judging;
mod letters;
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
mod submitted;
