//! What an earlier run left: its lines, of the same year or of the year before; or its audit workbook.

use std::fmt::Display;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::audit::Tool;
use crate::baseline::{Baseline, Words};
use crate::error::Error;
use crate::hexadecimal::hexadecimal;
use crate::report::writers::jsonl::{self, Most};
use crate::report::writers::write::is_audit_workbook;
use crate::rulebook::{Fact, Rulebook};
use crate::self_check::states;
use crate::stored;
use crate::text::visible;

use super::old_workbook::{self, Unfit};
use super::{Basis, bytes_of, hash, ordinary, shown, workbook};

/// Reads the lines of an earlier run, or its audit workbook; beside them the hash of the file.
///
/// # Errors
/// The file cannot be read, or holds no audit.
pub fn open(path: &Path, basis: &Basis) -> Result<(Baseline, String), Error> {
    if is_audit_workbook(path) { of_workbook(path, basis) } else { of_lines(path, basis) }
}

/// What an audit workbook says of the scores of its run.
fn of_workbook(path: &Path, basis: &Basis) -> Result<(Baseline, String), Error> {
    let language = basis.language;
    let refused = |key: &str, holes: &[(&str, &dyn Display)]| {
        let path = shown(path);
        let all: Vec<(&str, &dyn Display)> =
            [("path", &path as &dyn Display)].into_iter().chain(holes.iter().copied()).collect();
        Error::Against(language.say(key, &all))
    };
    let bytes = bytes_of(path, crate::limits::of_our_workbook().file_bytes)?;
    let opened = workbook(path, &bytes, basis.reader, language);
    let opened = opened.map_err(|why| refused("run.baseline-unopened", &[("why", &why)]))?;
    let mut baseline = Baseline::new(words(basis));
    baseline.is_workbook = true;
    match old_workbook::take(&opened, basis.library, &mut baseline) {
        Ok(()) => Ok((baseline, hash(&bytes))),
        Err(Unfit::NoScores) => Err(refused("run.baseline-no-scores", &[])),
        Err(Unfit::Uncalculated { sheet, cell }) => {
            Err(refused("run.baseline-uncalculated", &[("sheet", &visible(&sheet)), ("cell", &cell)]))
        }
    }
}

fn of_lines(path: &Path, basis: &Basis) -> Result<(Baseline, String), Error> {
    let language = basis.language;
    let refused = |key: &str| Error::Against(language.say(key, &[("path", &shown(path))]));
    let mut baseline = Baseline::new(words(basis));
    let (mut is_told, mut is_sound, mut is_altered) = (false, true, false);
    let mut file = Hashed { inner: ordinary(path)?, digest: Sha256::new() };
    let read = jsonl::each_line(BufReader::new(&mut file), Most::default(), |line| {
        (is_told, is_sound) = (true, is_sound && states(&line.audit).is_empty());
        // Another build writes other keys: its seal cannot be taken again.
        let seal = line.seal.filter(|_| line.audit.tool == Tool::this());
        match seal {
            Some(seal) => {
                is_altered |= seal != jsonl::seal(&line.audit);
                baseline.take(&line.audit);
            }
            None => baseline.take_unsealed(&line.audit),
        }
    });
    read.map_err(|error| Error::Against(stored::unreadable(path, &error, language)))?;
    if !is_told || !is_sound {
        return Err(refused("run.baseline-no-lines"));
    }
    if is_altered {
        return Err(refused("run.baseline-altered"));
    }
    Ok((baseline, hexadecimal(&file.digest.finalize())))
}

/// A file whose hash is taken while it is read.
struct Hashed {
    inner: File,
    digest: Sha256,
}

impl Read for Hashed {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.digest.update(&buffer[..read]);
        Ok(read)
    }
}

fn words(basis: &Basis) -> Words {
    let of_rulebook = |rulebook: &'_ Rulebook| {
        let label = |fact: &Fact| ((rulebook.id.clone(), fact.id.clone()), fact.label.clone());
        rulebook.facts().iter().map(label).collect::<Vec<_>>()
    };
    let labels = basis.library.rulebooks().iter().flat_map(of_rulebook);
    let before = basis.vocabulary.years.before.iter().map(str::to_owned);
    Words { before: before.collect(), labels: labels.collect() }
}
