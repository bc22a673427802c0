//! Feedback letters: one notice per department, ready to edit, with the scores that differ, the sums, and the
//! materials asked for.
//!
//! A letter says what was recomputed and never why a claim may have come about. It names nobody but its addressee: what
//! was found by comparing departments is for the bureau alone. Sender and date are left to be filled in.

mod docx;
mod file_name;
mod missing;
mod words;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::text::Language;

use super::write::{self, WriteError, Written};
use crate::report::plan::{Department, Plan};
use crate::report::summing_up::paragraphs;
use crate::report::{Batch, unit_name};

/// A letter, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The file's name, without a folder.
    pub file: String,
    /// The document.
    pub bytes: Vec<u8>,
}

/// The letters of a batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letters {
    /// One for each department with something to say.
    pub letters: Vec<Letter>,
    /// The file of the letter to each unit, by its name.
    pub of: BTreeMap<String, String>,
    /// Departments with nothing to say.
    pub silent: usize,
    /// 综合报告, for the superior; none where nothing was audited.
    pub summing_up: Option<Letter>,
}

/// A document that cannot be packed, in the packer's words.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Unpackable(String);

/// A piece of a letter, in the order of reading.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    /// 发文字号, for the sender to fill in.
    Number(String),
    Title(String),
    Addressee(String),
    Heading(String),
    Subheading(String),
    Text(String),
    /// The last words of the text: never parted from what follows.
    Last(String),
    Table {
        widths: Vec<usize>,
        rows: Vec<Vec<String>>,
    },
    Signature(String),
    /// The heading of the annex, on a page of its own.
    Annex(String),
}

/// Every letter of a batch, departments in the order of the reports; behind them those that handed in nothing.
///
/// # Errors
/// A document cannot be packed.
pub fn letters(batch: &Batch, language: Language) -> Result<Letters, Unpackable> {
    let plan = Plan::new(batch, language);
    let mut made = Letters::default();
    let mut taken = BTreeSet::new();
    for (unit, forms) in by_unit(&plan) {
        match words::letter(&plan, &unit, &forms) {
            Some(pieces) => {
                let file = file_name::unique(&language.say("letter.file", &[("unit", &unit)]), &mut taken);
                made.of.insert(unit, file.clone());
                made.letters.push(Letter { file, bytes: docx::document(&pieces)? });
            }
            None => made.silent += 1,
        }
    }
    made.summing_up = summing_up(&plan, &mut taken)?;
    for (unit, pieces) in missing::letters(&plan) {
        let file = file_name::unique(&language.say("letter.missing-file", &[("unit", &unit)]), &mut taken);
        made.letters.push(Letter { file, bytes: docx::document(&pieces)? });
    }
    Ok(made)
}

/// 综合报告 as a document of its own.
fn summing_up(plan: &Plan, taken: &mut BTreeSet<String>) -> Result<Option<Letter>, Unpackable> {
    let paragraphs = paragraphs(plan);
    if paragraphs.is_empty() {
        return Ok(None);
    }
    let mut pieces = vec![Piece::Title(plan.word("summing-title"))];
    for paragraph in paragraphs {
        pieces.extend([Piece::Heading(paragraph.heading), Piece::Text(paragraph.text.trim_end().to_owned())]);
    }
    pieces.push(Piece::Signature(String::new()));
    pieces.extend(["letter.sender", "letter.date"].map(|key| Piece::Signature(plan.language.word(key))));
    let file = file_name::unique(&plan.word("sheet-summing"), taken);
    Ok(Some(Letter { file, bytes: docx::document(&pieces)? }))
}

/// The submissions of each unit; a submission that names none stands for itself.
fn by_unit<'a>(plan: &'a Plan<'a>) -> Vec<(String, Vec<&'a Department<'a>>)> {
    let mut units: Vec<(String, Vec<&Department>)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for department in &plan.departments {
        let unit = unit_name(department.audit);
        let place = *places.entry(unit.clone()).or_insert(units.len());
        if place == units.len() {
            units.push((unit, Vec::new()));
        }
        units[place].1.push(department);
    }
    units
}

impl Letters {
    /// The letters that other files stand in the way of. A file that is the same letter is in nobody's way.
    pub fn in_the_way(&self, folder: &Path) -> Vec<PathBuf> {
        let differs = |letter: &&Letter| {
            let path = folder.join(&letter.file);
            path.exists() && std::fs::read(&path).map_or(true, |standing| standing != letter.bytes)
        };
        self.letters.iter().chain(&self.summing_up).filter(differs).map(|letter| folder.join(&letter.file)).collect()
    }

    /// Writes every letter into the folder, which is made where it is missing, until `stop` is set. Gives how many it
    /// wrote, and those that stand beside their places, which other programs hold.
    ///
    /// # Errors
    /// The folder or a letter cannot be written, or another file stands there and `force` is not given.
    pub fn write(&self, folder: &Path, force: bool, stop: &AtomicBool) -> Result<(usize, Vec<Written>), WriteError> {
        std::fs::create_dir_all(folder).map_err(|cause| WriteError::Io(folder.to_owned(), cause))?;
        let mut beside = Vec::new();
        for (written, letter) in self.letters.iter().enumerate() {
            if stop.load(Ordering::Relaxed) {
                return Ok((written, beside));
            }
            beside.push(put(folder, letter, force)?);
        }
        if let Some(report) = &self.summing_up {
            beside.push(put(folder, report, force)?);
        }
        beside.retain(|written| written.instead_of.is_some());
        Ok((self.letters.len(), beside))
    }
}

fn put(folder: &Path, letter: &Letter, force: bool) -> Result<Written, WriteError> {
    let same = |path: &Path| std::fs::read(path).is_ok_and(|standing| standing == letter.bytes);
    write::file(&folder.join(&letter.file), &letter.bytes, force, same)
}
