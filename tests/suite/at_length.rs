//! What is tried at length, as a program of its own: in a release build it is made in a fraction of the time that the whole suite takes.
//!
//! ```sh
//! FUHE_REFEREE_CASES=100000 cargo test --release --test at_length -- referee::
//! PROPTEST_CASES=1000 cargo test --release --test at_length -- perturbed::
//! ```

#[allow(dead_code, reason = "it serves the whole suite")]
mod engine;
mod perturbed;
mod referee;
#[allow(dead_code, reason = "it serves the whole suite")]
mod sheets;
#[allow(dead_code, reason = "it serves the whole suite")]
mod submitted;
