//! A kind of rule is known in its own files alone: no other room asks which kind a rule is.
//!
//! What other rooms want to know is a question that every kind answers (`rules/parameters.rs`, `rules/kind.rs`).

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::circles::{bare, paths, paths_in_code, statements};

const SOURCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src");

/// The room of the kinds.
const ROOM: &str = "rules";

/// Files elsewhere that name the parameters of a kind, for they make rules of it.
const MAKERS: [(&str, &str); 4] = [
    ("entered.rs", "the points that a reviewer gave"),
    ("report/filers_card.rs", "the rules of a form's lines, as an audit tells them"),
    ("rulebook/decode.rs", "what stands in for a rule whose kind nobody knows"),
    ("submission/declared/card.rs", "the rules of a form's lines, as their filer declares them"),
];

/// Every file of the program with its path, in the order of the paths.
fn files(folder: &Path, found: &mut Vec<(String, String)>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let name = path.strip_prefix(SOURCE).unwrap().to_string_lossy().replace('\\', "/");
            found.push((name, bare(&fs::read_to_string(&path).unwrap())));
        }
    }
}

fn program() -> Vec<(String, String)> {
    let mut found = Vec::new();
    files(Path::new(SOURCE), &mut found);
    found
}

/// The kinds of the list: the variant, the folder and the parameters of each.
fn listed() -> Vec<(String, String, String)> {
    let list = bare(&fs::read_to_string(Path::new(SOURCE).join("rules/list.rs")).unwrap());
    let lines = list.lines().filter_map(|line| {
        let (variant, rest) = line.trim().split_once("(crate::rules::")?;
        let (path, _) = rest.split_once(')')?;
        let (folder, parameters) = path.split_once("::parameters::")?;
        Some((variant.to_owned(), folder.to_owned(), parameters.to_owned()))
    });
    lines.collect()
}

/// The kinds that a file tells apart: `Rule::Bands`, or `use …::Rule::…`.
fn told_apart(code: &str) -> Vec<String> {
    let (uses, rest) = statements(code);
    let imported = uses.iter().flat_map(|(_, tree)| paths(tree));
    let named = |path: &String| {
        let parts: Vec<&str> = path.split("::").collect();
        parts.windows(2).any(|pair| pair[0] == "Rule" && (pair[1] == "*" || pair[1].starts_with(char::is_uppercase)))
    };
    imported.chain(paths_in_code(&rest)).filter(named).collect()
}

/// The parameters of kinds that a file takes from the room of the kinds.
fn taken(code: &str, kinds: &BTreeSet<String>) -> BTreeSet<String> {
    let (uses, rest) = statements(code);
    let all = uses.iter().flat_map(|(_, tree)| paths(tree)).chain(paths_in_code(&rest));
    let of_room = all.filter(|path| path.split("::").any(|part| part == ROOM));
    of_room.filter_map(|path| Some(path.rsplit("::").next()?.to_owned())).filter(|name| kinds.contains(name)).collect()
}

#[test]
fn no_room_but_that_of_the_kinds_asks_which_kind_a_rule_is() {
    let outside = program().into_iter().filter(|(name, _)| !name.starts_with("rules/"));
    let asking: Vec<(String, Vec<String>)> =
        outside.map(|(name, code)| (name, told_apart(&code))).filter(|(_, kinds)| !kinds.is_empty()).collect();
    assert!(asking.is_empty(), "files that tell kinds of rules apart: {asking:#?}");
}

#[test]
fn only_makers_of_rules_name_the_parameters_of_a_kind() {
    let kinds: BTreeSet<String> = listed().into_iter().map(|(.., parameters)| parameters).collect();
    let outside = program().into_iter().filter(|(name, _)| !name.starts_with("rules/"));
    let naming: Vec<String> =
        outside.filter(|(_, code)| !taken(code, &kinds).is_empty()).map(|(name, _)| name).collect();
    assert_eq!(naming, MAKERS.map(|(name, _)| name), "makers of rules, each with its reason");
}

#[test]
fn every_kind_of_the_list_has_its_file_and_its_parameters() {
    let listed = listed();
    let folders: BTreeSet<&str> = listed.iter().map(|(_, folder, _)| folder.as_str()).collect();
    let with_parameters: BTreeSet<String> = fs::read_dir(Path::new(SOURCE).join(ROOM))
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().join("parameters.rs").is_file())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    assert_eq!(folders, with_parameters.iter().map(String::as_str).collect(), "one folder for each kind of the list");
    assert_eq!(folders.len(), listed.len(), "and one kind in each");
    for (variant, folder, _) in &listed {
        let file = Path::new(SOURCE).join(ROOM).join(format!("{folder}.rs"));
        let code = fs::read_to_string(&file).unwrap_or_default();
        assert!(code.contains("impl Kind for "), "{variant}: what it does stands in {}", file.display());
    }
}

#[test]
fn a_kind_told_apart_is_seen_in_patterns_and_imports_and_not_in_questions() {
    let pattern = "fn one(rule: &Rule) -> bool { matches!(rule, Rule::Bands(_) | Rule::Level(_)) }";
    assert_eq!(told_apart(pattern), ["Rule::Bands", "Rule::Level"]);
    assert_eq!(told_apart("use crate::rulebook::Rule::{self, *};"), ["crate::rulebook::Rule::*"]);
    assert_eq!(told_apart("use crate::rulebook::{Fact, Rule::Span};"), ["crate::rulebook::Rule::Span"]);
    assert_eq!(told_apart("use crate::rulebook::Rule;\nfn two(rule: &Rule) { rule.parameters().names(); }"), [""; 0]);
    assert_eq!(told_apart("fn three() { Rule::from(made()) }"), [""; 0]);
    let kinds = BTreeSet::from(["Judgement".to_owned()]);
    assert_eq!(taken("use crate::rules::{Judgement, KINDS};", &kinds), kinds);
    assert!(taken("use crate::settled_by::SettledBy;\nfn four() { SettledBy::Judgement }", &kinds).is_empty());
}
