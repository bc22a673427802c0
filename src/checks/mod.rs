//! How we look at a submission beside its scores: one file per check, and the register of codes.

pub mod register;

pub use register::{Code, find};
