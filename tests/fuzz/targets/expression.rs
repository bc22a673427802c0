//! See `checks/expression.rs` for what must hold.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuhe_fuzz::expression(data));
