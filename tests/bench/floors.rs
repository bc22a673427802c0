//! What the files cost whoever reads them, whatever is done with them afterwards: the floors of the benchmark.
//!
//! `floors MODE FOLDER [--threads N]`, started by `tests/bench/bench.py`, reads every workbook of a folder in one of three
//! ways and prints what it counted, as JSON:
//!
//! - `calamine`: calamine alone reads what an audit needs of every sheet: its cells, its formulas and its merged areas.
//! - `inflate`: every part of the packages is inflated and nothing looked at.
//! - `inflate-xml`: the same, and one pass of quick-xml over the events of every sheet.
//!
//! The inflate modes read packages only and say how many other files they left out.

#![allow(clippy::print_stdout, reason = "the counts are the result")]

use std::io::{Cursor, Read};
use std::ops::Add;
use std::path::{Path, PathBuf};

use calamine::{Reader, Sheets};
use quick_xml::events::Event;
use rayon::prelude::*;

/// What was seen, so that nothing can be left out unseen.
#[derive(Clone, Copy, Default)]
struct Seen {
    files: u64,
    left_out: u64,
    bytes: u64,
    cells: u64,
    formulas: u64,
    merged: u64,
    events: u64,
}

impl Add for Seen {
    type Output = Seen;

    fn add(self, other: Seen) -> Seen {
        Seen {
            files: self.files + other.files,
            left_out: self.left_out + other.left_out,
            bytes: self.bytes + other.bytes,
            cells: self.cells + other.cells,
            formulas: self.formulas + other.formulas,
            merged: self.merged + other.merged,
            events: self.events + other.events,
        }
    }
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let [mode, folder, rest @ ..] = words.as_slice() else {
        println!("floors calamine|inflate|inflate-xml FOLDER [--threads N]; see tests/bench/bench.py");
        return;
    };
    let threads = match rest {
        [option, number] if option == "--threads" => number.parse().expect("a number of threads"),
        _ => 1,
    };
    let read: fn(&Path) -> Seen = match mode.as_str() {
        "calamine" => by_calamine,
        "inflate" => |path| inflated(path, false),
        "inflate-xml" => |path| inflated(path, true),
        _ => panic!("no mode {mode}"),
    };
    let files = files(Path::new(folder));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let Seen { files, left_out, bytes, cells, formulas, merged, events } =
        pool.install(|| files.par_iter().map(|path| read(path)).reduce(Seen::default, Seen::add));
    println!(
        r#"{{"files":{files},"left_out":{left_out},"bytes":{bytes},"cells":{cells},"formulas":{formulas},"merged":{merged},"events":{events}}}"#
    );
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
    let entries = entries.map(|entry| entry.expect("a folder that can be read"));
    entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

fn by_calamine(path: &Path) -> Seen {
    let bytes = std::fs::read(path).expect("a file");
    let mut seen = Seen { bytes: bytes.len() as u64, ..Seen::default() };
    let Ok(mut book) = calamine::open_workbook_auto_from_rs(Cursor::new(bytes)) else {
        return Seen { left_out: 1, ..seen };
    };
    for name in book.sheet_names() {
        seen.cells += book.worksheet_range(&name).map_or(0, |range| range.used_cells().count() as u64);
        seen.formulas += book.worksheet_formula(&name).map_or(0, |range| range.used_cells().count() as u64);
        // The other formats do not tell.
        seen.merged += match &mut book {
            Sheets::Xlsx(book) => book.merge_cells_by_sheet_name(&name).map_or(0, |areas| areas.len()),
            Sheets::Xls(book) => book.merge_cells_by_sheet_name(&name).map_or(0, |areas| areas.len()),
            Sheets::Xlsb(_) | Sheets::Ods(_) => 0,
        } as u64;
    }
    Seen { files: 1, ..seen }
}

fn inflated(path: &Path, parsed: bool) -> Seen {
    let bytes = std::fs::read(path).expect("a file");
    let Ok(mut package) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        return Seen { left_out: 1, ..Seen::default() };
    };
    let mut seen = Seen { files: 1, ..Seen::default() };
    let mut content = Vec::new();
    for index in 0..package.len() {
        let mut part = package.by_index(index).expect("a part");
        content.clear();
        part.read_to_end(&mut content).expect("a part that inflates");
        seen.bytes += content.len() as u64;
        if parsed && is_sheet(&part.name().expect("a name")) {
            seen.events += events(&content);
        }
    }
    seen
}

/// The parts whose XML holds cells and their texts.
fn is_sheet(name: &str) -> bool {
    let xml = name.ends_with(".xml");
    xml && (name.starts_with("xl/worksheets/") || name == "xl/sharedStrings.xml" || name == "content.xml")
}

fn events(content: &[u8]) -> u64 {
    let mut reader = quick_xml::Reader::from_reader(content);
    let mut count = 0;
    loop {
        match reader.read_event().expect("XML") {
            Event::Eof => return count,
            _ => count += 1,
        }
    }
}
