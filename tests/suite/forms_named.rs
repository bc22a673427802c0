//! A further form costs its row and its reader: no room asks which form it has before it, only what the form has.

use std::collections::BTreeMap;
use std::path::Path;

use fuhe::forms::FormKind;

use crate::circles::{Name, bare, gather};

/// The file of forms: the only one that names them.
const FORMS: &str = "forms";

/// Where it matters in full whose the rows of a form are, beside the loading of rulebooks; elsewhere a rulebook is asked for its card or
/// its own rows. A further form brings rows of one or the other make, and no arm here.
const BOTH_MAKES: [(&str, &str); 3] = [
    ("recomputed", "a stored line is computed again from the rulebook's card, or from the one its filer wrote"),
    ("report::template", "a blank workbook has the sheets of a card, or one form to be filled in"),
    ("report::sheets::rules", "the rules are printed with all that either make has"),
];

/// What a file says of forms that only others should say.
fn told(module: &str, code: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    if module != FORMS {
        names.extend(FormKind::ALL.map(|kind| format!("FormKind::{kind:?}")));
        // A line's number is another way to say which form it is.
        names.extend(
            ["use FormKind", "FormKind::{", "FormKind::*", ".form.is_some()", ".form.is_none()"].map(str::to_owned),
        );
    }
    let loads = module == "rulebook" || module.starts_with("rulebook::");
    if !loads && !BOTH_MAKES.iter().any(|(both, _)| *both == module) {
        names.extend(["Rows::Common".to_owned(), "Rows::Own".to_owned()]);
    }
    let found = names.into_iter().filter(|name| code.split(name.as_str()).skip(1).any(ends_a_name));
    found.map(|name| format!("{module}: {name}")).collect()
}

/// Whether what follows a name does not go on with it.
fn ends_a_name(rest: &str) -> bool {
    !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_')
}

fn sources() -> BTreeMap<Name, String> {
    let mut files = BTreeMap::new();
    gather(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &Name::new(), &mut files);
    files
}

#[test]
fn no_room_names_a_form() {
    let told: Vec<String> = sources().iter().flat_map(|(name, code)| told(&name.join("::"), code)).collect();
    assert!(told.is_empty(), "{told:#?}");
}

#[test]
fn a_room_that_names_a_form_is_told_and_one_that_asks_what_a_form_has_is_not() {
    let asks = "if kind.has(Part::Grade) && kind >= FormKind::FIRST { rulebook.card() } // FormKind::Card";
    assert_eq!(told("report::plan", &bare(asks)), [""; 0]);
    let names = "match kind { FormKind::Card => 1, FormKind::Project => 2 }";
    assert_eq!(told("report::plan", names), ["report::plan: FormKind::Card", "report::plan: FormKind::Project"]);
    assert_eq!(told("forms", names), [""; 0]);
    assert_eq!(told("across", "audit.form.is_some()"), ["across: .form.is_some()"]);
    assert_eq!(told("checks", "let Rows::Common(card) = &rulebook.rows else"), ["checks: Rows::Common"]);
    assert_eq!(told("rulebook::lint", "Rows::Common(card) => card::lint(card)"), [""; 0]);
}

#[test]
fn every_exception_is_still_needed() {
    let files = sources();
    for (module, reason) in BOTH_MAKES {
        let name: Name = module.split("::").map(str::to_owned).collect();
        assert!(files[&name].contains("Rows::Common") && files[&name].contains("Rows::Own"), "{module}: {reason}");
    }
}
