//! The rulebooks that are part of the program.

use super::load::load_checked;
use super::model::Rulebook;

/// File name and text of each.
const BUILTIN: &[(&str, &str)] = &[
    ("shenzhen-2020", include_str!("builtin/shenzhen-2020.toml")),
    ("project-2020", include_str!("builtin/project-2020.toml")),
];

/// The built-in rulebook of that id.
pub fn builtin(id: &str) -> Option<Rulebook> {
    load_checked(&format!("{id}.toml"), builtin_text(id)?)
}

/// The file of a built-in rulebook, to show and to start another one from.
pub fn builtin_text(id: &str) -> Option<&'static str> {
    BUILTIN.iter().find(|(name, _)| *name == id).map(|(_, text)| *text)
}

/// Every built-in rulebook. A test sees to it that none of them has a flaw.
pub fn builtins() -> Vec<Rulebook> {
    BUILTIN.iter().filter_map(|(id, _)| builtin(id)).collect()
}
