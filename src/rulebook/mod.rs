//! Rules as data: model, strict loading, expressions, lint, and the built-in rulebooks.
//!
//! A rulebook is one TOML file. Its fields are those of `model`, written so:
//!
//! - head: `id`, `name`, `source`, `form` (`scorecard` or `declared`), `years = { from, to }`, `material`, `tolerance`,
//!   `notes`, `[[grades]]` (`name`, `from`; best first, the last from 0);
//! - `[[sections]]`: `id`, `name`, `points`, `aliases`;
//! - `[[facts]]`: `id`, `label`, `kind` (`yes_no`; `choice` with `options`; `money` with `unit`; `count` with `unit` and
//!   `faults`; `percent` with `max`), `aliases`, `phrases`, `denials`, `presumed`, `note`;
//! - `[[indicators]]`: `id`, `name`, `section`, `group`, `points`, `clause`, `aliases`, `notes`, `zero_when`, `full_when`;
//! - `[[indicators.criteria]]`: `id` (else its fact's), `name` (else its fact's label), `clause`, `points`, `least`,
//!   `zero_when`, `full_when`, and `kind` with what the kind needs: `proportion` (`value`, `target`, `cap`), `bands`
//!   (`value`, `bands`), `step_deduction` (`value`, `limit`, `per_point`, `steps` of `pro_rata`, `whole`, `started`),
//!   `count_deduction` (`value`, `each`), `choice` (`fact`, `scores = { answer = points }`), `attested` (`fact`),
//!   `judgement`;
//! - a band: `from` (≥) or `above` (>), `to` (≤) or `below` (<), or `is`, and `points`;
//! - a condition: `{ fact, is }`, or `{ value, above | at_least | below | at_most | equal }`;
//! - `[[indicators.readings]]`: `id`, `says`, and what differs: `zero_when`, `full_when`, and fields of criteria under
//!   `[indicators.readings.criteria.<id>]`. The first reading is the default one;
//! - `[[indicators.cases]]`: `facts`, `score` (a number, or `[low, high]`), `says`, and `readings` where they differ;
//! - `[completion]`: how the completion table bears on facts and indicators.
//!
//! An expression has names of facts, ids of earlier criteria of the indicator (their points), numbers (`25%` is 0.25),
//! + − × ÷ and brackets. A percentage is a fraction of 1 inside expressions: 27.22 % is 0.2722.

pub mod expression;
pub(crate) mod level;
pub mod library;
pub mod load;
pub(crate) mod model;

mod builtin;
pub(crate) mod cursor;
mod decode;
mod decode_case;
mod decode_declared;
pub(crate) mod lint;
pub(crate) mod names;
mod own_words;
mod schema;
pub(crate) mod schema_field;

pub use crate::flaw::Flaw;
pub(crate) use builtin::builtins;
pub use builtin::{builtin, builtin_text};
pub use load::load;
pub use model::*;
pub use schema::schema;
