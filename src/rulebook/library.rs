//! The rulebooks in force: the built-in ones, a folder's, or the one that the caller names; and which edition of them
//! holds for a year.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::{Declared, Flaw, Rulebook, Scorecard, builtin_text, builtins, load};
use crate::error::Error;

/// Bytes of a rulebook's file; the built-in ones have less than a tenth.
const FILE_MAX: u64 = 1 << 20;

/// Which rules apply.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleOptions {
    /// An id or a file that is applied to everything.
    pub rulebook: Option<String>,
    /// A folder of further rulebooks.
    pub folder: Option<PathBuf>,
}

/// The rulebooks in force.
#[derive(Debug, Clone)]
pub struct Library {
    rulebooks: Vec<Rulebook>,
    forced: bool,
}

/// Which edition holds for a submission.
#[derive(Debug, Clone)]
pub enum Edition<'a> {
    /// This one.
    Holds(&'a Rulebook),
    /// No edition holds for the year.
    None,
    /// Several say of themselves that they hold for it.
    Several(Vec<&'a Rulebook>),
}

impl Library {
    /// Gathers the rulebooks that the options name.
    ///
    /// # Errors
    /// A rulebook is unknown, cannot be read, or has flaws.
    pub fn open(options: &RuleOptions) -> Result<Library, Error> {
        let mut rulebooks = builtins();
        if let Some(folder) = &options.folder {
            add_folder(folder, &mut rulebooks)?;
        }
        match &options.rulebook {
            None => Ok(Library { rulebooks, forced: false }),
            Some(name) => Ok(Library { rulebooks: vec![named(name, rulebooks)?], forced: true }),
        }
    }

    /// All of them, the built-in ones first.
    pub fn rulebooks(&self) -> &[Rulebook] {
        &self.rulebooks
    }

    /// The rulebook of that id.
    pub fn find(&self, id: &str) -> Option<&Rulebook> {
        self.rulebooks.iter().find(|rulebook| rulebook.id == id)
    }

    /// One edition of each family of scorecards, the built-in family first: the default, else the newest.
    pub fn scorecard_families(&self) -> Vec<(&Rulebook, &Scorecard)> {
        let mut families: Vec<(&Rulebook, &Scorecard)> = Vec::new();
        for rulebook in &self.rulebooks {
            let Some(card) = rulebook.card() else { continue };
            match families.iter_mut().find(|(known, _)| family(&known.id) == family(&rulebook.id)) {
                Some(known) if !is_default(known.0) && known.0.years.from < rulebook.years.from => {
                    *known = (rulebook, card);
                }
                Some(_) => {}
                None => families.push((rulebook, card)),
            }
        }
        families
    }

    /// The rulebooks of forms whose rows the filer declares.
    pub fn declared_forms(&self) -> impl Iterator<Item = (&Rulebook, &Declared)> {
        self.rulebooks.iter().filter_map(|rulebook| Some((rulebook, rulebook.own_rows()?)))
    }

    /// Whether the caller named the rulebook that applies to everything.
    pub fn is_named(&self) -> bool {
        self.forced
    }

    /// The edition of a rulebook's family that holds for a year: of those whose years hold it, the one that began last.
    /// One that began before, but says itself until when it holds, has the same right: then there are several. Without
    /// a year, or when the caller named the rulebook, it is the rulebook itself.
    pub fn edition<'a>(&'a self, rulebook: &'a Rulebook, year: Option<i32>) -> Edition<'a> {
        let (Some(year), false) = (year, self.forced) else { return Edition::Holds(rulebook) };
        let of_family = |other: &&Rulebook| family(&other.id) == family(&rulebook.id) && other.years.hold(year);
        let holding: Vec<&Rulebook> = self.rulebooks.iter().filter(of_family).collect();
        let Some(newest) = holding.iter().copied().max_by_key(|other| other.years.from) else { return Edition::None };
        let has_same_right = |other: &&Rulebook| other.id == newest.id || other.years.to.is_some();
        match holding.into_iter().filter(has_same_right).collect::<Vec<_>>() {
            several if several.len() > 1 => Edition::Several(several),
            _ => Edition::Holds(newest),
        }
    }
}

/// A built-in rulebook is the default of its family: it is applied where a submission names no year.
fn is_default(rulebook: &Rulebook) -> bool {
    builtin_text(&rulebook.id).is_some()
}

/// What editions of one rulebook have in common: the id without its year.
fn family(id: &str) -> &str {
    match id.rsplit_once('-') {
        Some((family, year)) if year.len() == 4 && year.bytes().all(|digit| digit.is_ascii_digit()) => family,
        _ => id,
    }
}

/// The rulebook that the caller named: an id that is known, or a file.
fn named(name: &str, known: Vec<Rulebook>) -> Result<Rulebook, Error> {
    let path = Path::new(name);
    let ids = known.iter().map(|rulebook| rulebook.id.clone()).collect();
    match known.into_iter().find(|rulebook| rulebook.id == name) {
        Some(rulebook) => Ok(rulebook),
        None if path.is_file() => read(path),
        None => Err(Error::UnknownRulebook { id: name.to_owned(), known: ids }),
    }
}

/// Every .toml of a folder. One of a built-in's id takes its place; two files of one id are refused.
fn add_folder(folder: &Path, rulebooks: &mut Vec<Rulebook>) -> Result<(), Error> {
    let unreachable = |cause| Error::Unreachable { path: folder.to_owned(), cause };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreachable)? {
        let path = entry.map_err(unreachable)?.path();
        if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml")) && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    let mut added: Vec<String> = Vec::new();
    for file in files {
        let rulebook = read(&file)?;
        if added.contains(&rulebook.id) {
            return Err(Error::RepeatedRulebook { id: rulebook.id, path: file });
        }
        added.push(rulebook.id.clone());
        rulebooks.retain(|other| other.id != rulebook.id);
        rulebooks.push(rulebook);
    }
    Ok(())
}

/// Reads one rulebook and refuses it with all its flaws.
///
/// # Errors
/// The file cannot be read, or the rulebook has flaws.
pub fn read(path: &Path) -> Result<Rulebook, Error> {
    let bytes = bytes_of(path)?;
    let file = path.display().to_string();
    let flawed = |flaws: Vec<Flaw>| Error::FlawedRulebook { file: file.clone(), flaws };
    let text = String::from_utf8(bytes).map_err(|_| Error::NotText { path: path.to_owned() })?;
    load(&file, &text).map_err(flawed)
}

/// What a path leads to may be no file, and without an end.
fn bytes_of(path: &Path) -> Result<Vec<u8>, Error> {
    let unreachable = |cause| Error::Unreachable { path: path.to_owned(), cause };
    let metadata = std::fs::metadata(path).map_err(unreachable)?;
    if !metadata.is_file() && !metadata.is_dir() {
        return Err(Error::NoRulebookFile { path: path.to_owned() });
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(unreachable)?;
    file.take(FILE_MAX + 1).read_to_end(&mut bytes).map_err(unreachable)?;
    if bytes.len() as u64 > FILE_MAX {
        return Err(Error::LargeRulebook { path: path.to_owned(), most: FILE_MAX >> 20 });
    }
    Ok(bytes)
}
