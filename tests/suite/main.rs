//! Everything that must hold, as one program.

mod bench;
mod checks;
mod engine;
mod fact_sources;
mod html;
mod judging;
mod letters;
mod readers;
mod referee;
mod report;
mod rescore;
mod rulebook;
mod self_checking;
mod submitted;
