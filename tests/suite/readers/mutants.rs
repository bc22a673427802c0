//! Workbooks with bytes changed, cut out, doubled: whatever they are, reading them gives cells or a problem, in time.
//!
//! FUHE_MUTANTS sets how many of each file are tried; a mutant that panics is written to the system's temporary folder.

use std::io::{Cursor, Read};
use std::panic::catch_unwind;
use std::time::{Duration, Instant};

use super::offices::fixture;
use super::parts::{read, zip};

/// A sequence of numbers that looks random and is the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }
}

fn mutate(bytes: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..=dice.below(4) {
        if bytes.is_empty() {
            return;
        }
        let at = dice.below(bytes.len());
        let length = dice.below(40).min(bytes.len() - at);
        match dice.below(7) {
            0 => bytes[at] ^= 1 << dice.below(8),
            1 => bytes[at] = [0, 1, 0x7F, 0x80, 0xFF][dice.below(5)],
            2 => drop(bytes.drain(at..at + length)),
            3 => {
                let again = bytes[at..at + length].to_vec();
                bytes.splice(at..at, again);
            }
            4 => bytes[at..at + length].fill(0xFF),
            5 => bytes[at..at + length].fill(b'9'),
            _ => {
                let from = dice.below(bytes.len() - length);
                bytes.copy_within(from..from + length, at);
            }
        }
    }
}

/// The parts of a container, so that a change inside one gets past the checksum.
pub fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|place| {
            let mut entry = archive.by_index(place).unwrap();
            let mut part = Vec::new();
            entry.read_to_end(&mut part).unwrap();
            (entry.name().unwrap().into_owned(), part)
        })
        .collect()
}

fn try_one(mutant: &[u8], name: &str, number: usize) {
    let begun = Instant::now();
    if catch_unwind(|| drop(read(mutant))).is_err() {
        let kept = std::env::temp_dir().join(format!("mutant-{number}-{name}"));
        std::fs::write(&kept, mutant).unwrap();
        panic!("{} panics", kept.display());
    }
    assert!(begun.elapsed() < Duration::from_secs(30), "{name} {number} hangs");
}

#[test]
fn mutants_of_every_format_give_cells_or_a_problem() {
    let count = std::env::var("FUHE_MUTANTS").ok().and_then(|count| count.parse().ok()).unwrap_or(40);
    let mut dice = Dice(20_201_123);
    let xlsb = super::xlsb::example();
    let files = [
        ("a.xls", fixture("never_calculated.xls")),
        ("b.xls", fixture("office.xls")),
        ("c.xlsx", fixture("office.xlsx")),
        ("d.ods", fixture("office.ods")),
        ("e.xlsb", xlsb),
    ];
    for (name, whole) in &files {
        for number in 0..count {
            let mut mutant = whole.clone();
            if name.ends_with(".xls") || number % 8 == 0 {
                mutate(&mut mutant, &mut dice);
            } else {
                let mut parts = parts(whole);
                let part = dice.below(parts.len());
                mutate(&mut parts[part].1, &mut dice);
                let parts: Vec<_> = parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
                mutant = zip(&parts);
            }
            try_one(&mutant, name, number);
        }
    }
}
