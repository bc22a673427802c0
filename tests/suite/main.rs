//! Everything that must hold, as one program.

mod bench;
mod checks;
mod county;
mod engine;
mod flawed;
mod guide;
mod ranges;
mod fact_sources;
mod judging;
mod readers;
mod referee;
mod report;
mod rescore;
mod rulebook;
mod rules;
mod schema;
mod self_checking;
mod submitted;
