//! What a stored line says of itself, so that nothing can be changed, added or taken away in silence.
//!
//! Each line carries a seal: a digest over everything that is read back of it. What a score follows from is recomputed when a
//! line is read, so that a false score shows even under a fitting seal; what only the workbook could show (a fact's figure, a
//! cell, a remark) and what is not there any more (a fact, a finding) shows by the seal. It is no secret and no signature: it
//! finds the hand that slips and the editor that rounds, and whoever forges it on purpose has to be caught by the workbook.
//!
//! Left out of the seal are the sentences, which are worded anew for whoever reads the line, and what only the batch shows,
//! which is looked for anew among all lines that are read together. So a line keeps its seal in every language, in every batch,
//! and when another program has written its JSON in another order.
//!
//! Each line also says where it stands in its run: its place, how many lines there are, and a digest over the seals of all of
//! them. A last line with the same would stand in the way of whoever reads the file line by line, and would be lost first where a
//! file is cut short; so every line says it. Lines of several runs can lie in one file in any order: those of each run are told
//! apart by that digest. One that is missing is told; one that was put in another's place is refused.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::hexadecimal::hexadecimal;
use crate::packed::Pack;

/// What a digest over a line begins with, so that no other digest of this program can stand for it.
const OF_A_LINE: &[u8] = b"fuhe line 1\0";
/// The same of a digest over a run.
const OF_A_RUN: &[u8] = b"fuhe run 1\0";

/// The digest of a line, in hexadecimal.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seal(String);

impl Pack for Seal {
    fn pack(&self, into: &mut Vec<u8>) {
        self.0.pack(into);
    }

    fn unpack(from: &mut &[u8]) -> Option<Seal> {
        Pack::unpack(from).map(Seal)
    }
}

/// Where a line stands in its run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunPlace {
    /// How many lines the run wrote.
    pub lines: usize,
    /// Which of them it is, from 1.
    pub place: usize,
    /// How many of them are of its file: a workbook of several forms has several, and is taken up again with all of them only.
    pub file_lines: usize,
    /// The digest over the seals of all of them, in their order.
    pub seals: Seal,
}

impl RunPlace {
    /// The places of the lines of a run, each line given by its file, the hash of the file and its seal.
    pub fn of_all<'a>(lines: &'a [(&'a str, &'a str, &'a Seal)]) -> impl Iterator<Item = RunPlace> + 'a {
        let seals = Seal::of_run(lines.iter().map(|(_, _, seal)| *seal));
        let mut of_files: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for (file, sha256, _) in lines {
            *of_files.entry((file, sha256)).or_default() += 1;
        }
        let place = move |(at, (file, sha256, _)): (usize, &(&str, &str, &Seal))| RunPlace {
            lines: lines.len(),
            place: at + 1,
            file_lines: of_files.get(&(*file, *sha256)).copied().unwrap_or_default(),
            seals: seals.clone(),
        };
        lines.iter().enumerate().map(place)
    }
}

impl Seal {
    /// The seal over a line as it stands by itself, without sentences.
    pub fn of_line(line: &[u8]) -> Seal {
        Seal::over(OF_A_LINE, std::iter::once(line))
    }

    /// The digest over all seals of a run.
    pub fn of_run<'a>(seals: impl IntoIterator<Item = &'a Seal>) -> Seal {
        Seal::over(OF_A_RUN, seals.into_iter().map(|seal| seal.0.as_bytes()))
    }

    fn over<'a>(kind: &[u8], parts: impl Iterator<Item = &'a [u8]>) -> Seal {
        let mut digest = Sha256::new();
        digest.update(kind);
        parts.for_each(|part| digest.update(part));
        Seal(hexadecimal(&digest.finalize()))
    }
}
