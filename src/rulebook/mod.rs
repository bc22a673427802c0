//! Rules as data: model, strict loading, expressions, lint, and the built-in rulebooks.

pub mod expression;
pub mod model;

pub use model::*;
