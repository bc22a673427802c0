//! What a run writes: everything is prepared first, then each output appears whole or not at all.

mod batch;
mod earlier;
mod failure;
mod letters;
pub(crate) mod lines;
mod places;
mod refusal;
pub(crate) mod spill;
mod writing;

pub(crate) use batch::{Given, batch};
pub(crate) use earlier::{Brought, earlier};
pub(crate) use failure::{said_of, unmakeable, write_file};
pub(crate) use refusal::{refuse_impossible, refuse_inputs, refuse_no_workbook, refuse_read};
pub use writing::write_outputs;
