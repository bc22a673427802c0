//! No two modules of the program import each other in a circle.
//!
//! A module is a file. It needs another one where a `use` line, or a path in its code, names something of it; a name that
//! a room only passes on (`pub use`) is needed of the file that defines it. A file inside a room may use what the room's
//! own file defines: it stands inside of it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;
use std::path::Path;

/// Circles through these modules are known.
const KNOWN: [&str; 0] = [];

pub type Name = Vec<String>;

/// The files of a program by the names of their modules, comments and tests left out.
struct Program(BTreeMap<Name, String>);

/// Where a path leads: the module, and the name in it.
type Place = (Name, String);

#[test]
fn no_two_modules_import_each_other_in_a_circle() {
    let mut files = BTreeMap::new();
    gather(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &Name::new(), &mut files);
    let circles = Program(files).circles();
    let unknown: Vec<&String> =
        circles.iter().filter(|circle| !KNOWN.iter().any(|known| circle.contains(known))).collect();
    assert!(unknown.is_empty(), "modules that import each other in a circle: {unknown:#?}");
}

#[test]
fn a_circle_is_seen_through_groups_paths_in_code_and_names_passed_on() {
    let program = Program::of(&[
        ("lib", "pub mod room; pub mod other;"),
        ("room", "mod inner;\npub use inner::Thing;\npub struct Own;"),
        ("room::inner", "use super::Own;\nuse crate::{\n    other::{self, Word},\n};\npub struct Thing;"),
        ("other", "pub struct Word;\nfn make() { crate::room::Thing::new() }"),
    ]);
    assert_eq!(program.circles(), ["other → room::inner → other"]);
}

#[test]
fn a_name_in_a_comment_or_in_a_test_of_the_file_itself_makes_no_circle() {
    let program = Program::of(&[
        ("one", "//! See crate::two::Two.\npub struct One;\n#[cfg(test)]\nmod tests {\n    use crate::two::Two;\n}"),
        ("two", "use crate::one::One;\npub struct Two;"),
    ]);
    assert_eq!(program.circles(), [""; 0]);
}

/// The files below a folder by the names of their modules, comments and tests left out.
pub fn gather(folder: &Path, room: &Name, files: &mut BTreeMap<Name, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        let inside = || room.iter().cloned().chain([stem.clone()]).collect::<Name>();
        if path.is_dir() && stem != "tests" {
            gather(&path, &inside(), files);
        } else if path.extension().is_some_and(|ending| ending == "rs") && !["main", "tests"].contains(&&*stem) {
            let name = if ["mod", "lib"].contains(&&*stem) { room.clone() } else { inside() };
            files.insert(name, bare(&fs::read_to_string(&path).unwrap()));
        }
    }
}

/// The code without comments and without the tests at its end.
pub fn bare(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod ").next().unwrap();
    code.lines().map(|line| line.split("//").next().unwrap()).collect::<Vec<_>>().join("\n")
}

/// The `use` statements of a file, each with whether it passes names on, and the code without them.
pub(super) fn statements(code: &str) -> (Vec<(bool, String)>, String) {
    let (mut uses, mut rest) = (Vec::new(), String::new());
    let mut lines = code.lines();
    while let Some(line) = lines.next() {
        let start = line.trim_start();
        let passed_on = start.starts_with("pub");
        let Some((_, tree)) = start.split_once("use ").filter(|(before, _)| is_visibility(before)) else {
            rest.push_str(line);
            rest.push('\n');
            continue;
        };
        let mut tree = tree.to_owned();
        while !tree.contains(';') {
            tree.push_str(lines.next().unwrap_or(";"));
        }
        uses.push((passed_on, tree.split(';').next().unwrap().to_owned()));
    }
    (uses, rest)
}

fn is_visibility(before: &str) -> bool {
    let before = before.trim_end();
    before.is_empty() || before == "pub" || (before.starts_with("pub(") && before.ends_with(')'))
}

/// `a::{b, c::{d, e}}` as `a::b`, `a::c::d`, `a::c::e`.
pub(super) fn paths(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some((before, group)) = tree.split_once('{') else {
        return vec![tree.split(" as ").next().unwrap().trim().to_owned()];
    };
    let group = group.rsplit_once('}').unwrap().0;
    let mut depth = 0;
    let parts = group.split(|sign| {
        depth += i32::from(sign == '{') - i32::from(sign == '}');
        sign == ',' && depth == 0
    });
    let inner = parts.filter(|part| !part.trim().is_empty()).flat_map(paths);
    inner.map(|path| format!("{}{path}", before.trim())).collect()
}

/// Paths such as `crate::text::visible` in code.
pub(super) fn paths_in_code(code: &str) -> Vec<String> {
    let is_part = |sign: char| sign.is_alphanumeric() || sign == '_' || sign == ':';
    let words = code.split(|sign| !is_part(sign));
    words.map(|word| word.trim_end_matches(':')).filter(|word| word.contains("::")).map(str::to_owned).collect()
}

impl Program {
    fn of(files: &[(&str, &str)]) -> Program {
        let named = |name: &str| name.split("::").filter(|part| *part != "lib").map(str::to_owned).collect();
        Program(files.iter().map(|(name, text)| (named(name), bare(text))).collect())
    }

    /// The module that a path in a module leads to, and the name that it takes of it.
    fn place(&self, from: &Name, path: &str) -> Option<Place> {
        let mut parts = path.split("::").peekable();
        let mut at = match *parts.peek()? {
            "crate" => Name::new(),
            "self" | "super" => from.clone(),
            first => from.iter().map(String::as_str).chain([first]).map(str::to_owned).collect(),
        };
        let relative = !["crate", "self", "super"].contains(parts.peek()?);
        if relative && !self.0.contains_key(&at) {
            return None;
        }
        parts.next();
        if path.starts_with("super") {
            at.pop();
        }
        while parts.next_if_eq(&"super").is_some() {
            at.pop();
        }
        while let Some(part) = parts.peek() {
            let deeper: Name = at.iter().cloned().chain([(*part).to_owned()]).collect();
            if !self.0.contains_key(&deeper) {
                break;
            }
            at = deeper;
            parts.next();
        }
        Some((at, parts.next().unwrap_or_default().to_owned()))
    }

    /// The names that rooms pass on, each with the module they take it of.
    fn passed_on(&self) -> BTreeMap<Place, Name> {
        let mut passed = BTreeMap::new();
        for (name, code) in &self.0 {
            for tree in statements(code).0.into_iter().filter_map(|(on, tree)| on.then_some(tree)) {
                for (of, word) in paths(&tree).iter().filter_map(|path| self.place(name, path)) {
                    passed.insert((name.clone(), word), of);
                }
            }
        }
        passed
    }

    fn needs(&self) -> BTreeMap<Name, BTreeSet<Name>> {
        let passed = self.passed_on();
        let needs = |name: &Name, code: &String| -> BTreeSet<Name> {
            let (uses, rest) = statements(code);
            let used = uses.iter().filter(|(on, _)| !on).flat_map(|(_, tree)| paths(tree));
            let places = used.chain(paths_in_code(&rest)).filter_map(|path| self.place(name, &path));
            let defined = places.map(|place| self.defined(&passed, place));
            defined.filter(|other| !name.starts_with(other)).collect()
        };
        self.0.iter().map(|(name, code)| (name.clone(), needs(name, code))).collect()
    }

    /// The module that defines a name.
    fn defined(&self, passed: &BTreeMap<Place, Name>, (at, word): Place) -> Name {
        let everything =
            || passed.get(&(at.clone(), "*".to_owned())).filter(|of| self.0[*of].contains(&format!(" {word}")));
        match passed.get(&(at.clone(), word.clone())).or_else(everything) {
            Some(of) if *of != at => self.defined(passed, (of.clone(), word)),
            _ => at,
        }
    }

    /// The shortest circle through every module that is in one, each circle once, in words.
    fn circles(&self) -> Vec<String> {
        let needs = self.needs();
        let mut seen = BTreeSet::new();
        let circles = needs.keys().filter_map(|start| circle(&needs, start));
        let new = circles.filter(|circle| seen.insert(circle.iter().cloned().collect::<BTreeSet<_>>()));
        new.map(|circle| circle.iter().map(|name| name.join("::")).collect::<Vec<_>>().join(" → ")).collect()
    }
}

/// The shortest way from a module back to itself.
fn circle(needs: &BTreeMap<Name, BTreeSet<Name>>, start: &Name) -> Option<Vec<Name>> {
    let mut waiting = VecDeque::from([vec![start.clone()]]);
    let mut met = BTreeSet::new();
    while let Some(way) = waiting.pop_front() {
        for next in needs.get(way.last()?).into_iter().flatten() {
            let longer: Vec<Name> = way.iter().cloned().chain([next.clone()]).collect();
            if next == start {
                return Some(longer);
            }
            if met.insert(next.clone()) {
                waiting.push_back(longer);
            }
        }
    }
    None
}
