//! Rules as data: model, strict loading, expressions, lint, and the built-in rulebooks.

pub mod expression;
pub mod library;
pub mod load;
pub mod model;

mod builtin;
mod cursor;
mod decode;
mod decode_case;
mod decode_declared;
mod flaw;
mod lint;

pub use builtin::{builtin, builtin_text, builtins};
pub use flaw::Flaw;
pub use load::load;
pub use model::*;
