//! Rulebooks: what is read, and what is refused with its place.

use fuhe::rulebook::{builtin_text, load};
use fuhe::text::Language;

fn flaws(text: &str) -> Vec<String> {
    match load("a.toml", text) {
        Ok(_) => Vec::new(),
        Err(flaws) => flaws
            .iter()
            .map(|flaw| {
                format!("{}:{}:{} {} | {}", flaw.code, flaw.line, flaw.column, flaw.excerpt, flaw.message(Language::Zh))
            })
            .collect(),
    }
}

#[test]
fn the_built_in_rulebooks_have_no_flaw() {
    for id in ["shenzhen-2020", "project-2020"] {
        assert_eq!(flaws(builtin_text(id).unwrap()), Vec::<String>::new(), "{id}");
    }
}
