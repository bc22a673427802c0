//! Many files: found, audited in parallel, in path order, whatever one of them does.

pub mod archive;
pub mod find;
pub mod limits;
pub mod sniff;
