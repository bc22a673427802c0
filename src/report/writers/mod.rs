//! What leaves the program: workbooks and working papers as files, the page, the letters, JSON Lines, text on a terminal.
//!
//! A file format is known here and nowhere else in the room.

mod aside;
pub mod explain;
pub mod html;
pub mod jsonl;
pub mod letters;
pub(crate) mod line;
mod looks;
pub mod papers;
pub mod seal;
pub mod summary;
pub(crate) mod tables;
pub(crate) mod timings;
pub mod whole;
pub(crate) mod width;
pub mod write;
pub mod xlsx;
