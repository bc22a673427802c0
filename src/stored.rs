//! Audits stored as JSON Lines, read back to be rendered.
//!
//! They may come from anywhere: what a run checks before it writes is checked again, what follows from the facts of a line is
//! computed again, and what only the workbook could show is held against the line's seal.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::across::roster::{Due, Roster};
use crate::across::{self, Against, Whole};
use crate::audit::{Audit, Status};
use crate::batch::{Input, with_threads};
use crate::complaints;
use crate::error::Error;
use crate::phrase::{Phrase, Term};
use crate::recomputed::untrue;
use crate::report::writers::jsonl::{self, Most, ReadError, StoredLine};
use crate::report::writers::line::NotOurs;
use crate::report::writers::seal::{RunPlace, Seal};
use crate::rulebook::Rulebook;
use crate::rulebook::library::Library;
use crate::system::Cause;
use crate::text::{Language, visible};

/// Audits read back.
#[derive(Debug)]
pub struct Stored {
    /// Each once, in the order of a run.
    pub audits: Vec<Audit>,
    /// What is said of them as a whole.
    pub whole: Whole,
    /// Whether every line is there of every run that one is there of.
    pub is_whole: bool,
    /// What is to be said of lines that were passed over, and of those that are not there.
    pub said: Vec<String>,
}

/// One audit and where it was stored.
struct Line<'a> {
    path: &'a Path,
    number: usize,
    audit: Audit,
    seal: Option<Seal>,
    run: Option<RunPlace>,
}

impl Line<'_> {
    /// The line as if its file had been audited by itself.
    fn alone(self) -> Self {
        Line { audit: across::alone(self.audit), ..self }
    }
}

/// Every audit of the files. Lines of departments that handed in nothing are taken out and made anew, from the roster or, without
/// one, from what they tell. Audits by other rules than the library's are refused. What only the whole batch shows is looked
/// for anew among all of them: the lines may come from runs over parts of it, each of which saw its own part only.
///
/// # Errors
/// A file cannot be read, a line is no audit, its rulebook is unknown or another one, it contradicts itself, or it is not what
/// its seal says; a file has no line at all; the same submission was stored twice with different results.
pub fn read_all(
    files: &[PathBuf],
    folder_is_named: bool,
    library: &Library,
    against: &Against,
    language: Language,
) -> Result<Stored, Error> {
    let (mut lines, mut empty) = (Vec::new(), Vec::new());
    for file in files {
        let found = read(file, language)?;
        if found.is_empty() {
            empty.push(language.say("run.stored-empty", &[("path", &visible(&file.display().to_string()))]));
        }
        lines.extend(found);
    }
    // What an empty file should hold would be missing from the report, and nobody could say what that is: but where the folder is named,
    // every file without a line is told by its name, and a part of it may well have held no workbook.
    if lines.is_empty() || (!empty.is_empty() && !folder_is_named) {
        return Err(Error::StoredAudit(empty.join("\n")));
    }
    with_threads(None, || lines.par_iter().map(|line| check(line, library, language)).collect::<Result<(), Error>>())?;
    let gaps = gaps(&lines, language)?;
    let (told, lines): (Vec<Line>, Vec<Line>) =
        lines.into_iter().partition(|line| line.audit.status == Status::Missing);
    let mut lines: Vec<Line> = lines.into_iter().map(Line::alone).collect();
    lines.sort_by(|one, other| key(&one.audit).cmp(&key(&other.audit)));
    let mut stored = each_once(lines, language)?;
    let retold = retold(&told).filter(|_| against.roster.is_none());
    let against = match retold {
        None => Cow::Borrowed(against),
        Some(roster) => Cow::Owned(Against { roster: Some(roster), ..against.clone() }),
    };
    stored.whole = across::look(&mut stored.audits, &against);
    stored.is_whole = gaps.is_empty();
    stored.said.extend(empty.into_iter().chain(gaps));
    Ok(stored)
}

/// The departments that the lines tell to be missing, as a roster of their own: what one run was given may lie in another's part,
/// and then they are not. None where no line tells of any.
fn retold(lines: &[Line]) -> Option<Roster> {
    let mut known = BTreeSet::new();
    let due = |line: &Line| {
        let unit = line.audit.unit.as_deref()?;
        let problem = line.audit.problem.as_ref()?;
        known.insert(unit.to_owned()).then(|| Due::told(unit, &problem.phrase))
    };
    let departments: Vec<Due> = lines.iter().filter_map(due).collect();
    (!departments.is_empty()).then(|| Roster { departments, is_retold: true, ..Roster::default() })
}

/// The lines of one run, by their places.
type Run<'a> = BTreeMap<usize, &'a Line<'a>>;

/// What is to be said of the lines that are not there of each run.
///
/// # Errors
/// Two lines stand in one place, or lines are others than those that the run wrote.
fn gaps(lines: &[Line], language: Language) -> Result<Vec<String>, Error> {
    let mut runs: BTreeMap<&Seal, (usize, Run)> = BTreeMap::new();
    for line in lines {
        let Some(run) = &line.run else { continue };
        let (count, places) = runs.entry(&run.seals).or_insert((run.lines, Run::new()));
        let other = places.insert(run.place, line).filter(|other| other.seal != line.seal);
        if other.is_some() || *count != run.lines || !(1..=run.lines).contains(&run.place) {
            return Err(exchanged(line, language));
        }
    }
    let mut said = Vec::new();
    for (seals, (count, places)) in runs {
        if places.len() < count {
            said.push(missing(count, &places, language));
        } else if *seals != Seal::of_run(places.values().filter_map(|line| line.seal.as_ref())) {
            let Some(first) = places.values().next() else { continue };
            return Err(exchanged(first, language));
        }
    }
    Ok(said)
}

fn exchanged(line: &Line, language: Language) -> Error {
    Error::StoredAudit(language.say("run.stored-exchanged", &[("place", &place(line, language))]))
}

fn missing(count: usize, places: &Run, language: Language) -> String {
    let absent = (1..=count).filter(|place| !places.contains_key(place));
    let first: Vec<String> = absent.take(NAMED).map(|place| place.to_string()).collect();
    let of: BTreeSet<String> = places.values().map(|line| visible(&line.path.display().to_string())).collect();
    let files: Vec<String> = of.into_iter().take(NAMED).collect();
    let holes: [(&str, &dyn Display); 4] = [
        ("missing", &(count - places.len())),
        ("lines", &count),
        ("places", &first.join("、")),
        ("files", &files.join("、")),
    ];
    language.say("run.stored-gaps", &holes)
}

/// How stored audits and the folder that they are of go together.
#[derive(Debug)]
pub struct Compared {
    /// Whether every file of the folder has an audit.
    pub is_complete: bool,
    /// What is to be said of files without an audit, and of audits whose file is not there.
    pub said: Vec<String>,
}

/// Compares audits, in the order of a run, with what a run over their folder would have found.
///
/// # Errors
/// One file of the folder was audited with two contents: one of them is not there any more, and nobody may be asked why it
/// was handed in twice.
pub fn compare(audits: &[Audit], inputs: &[Input], language: Language) -> Result<Compared, Error> {
    // Names that are no text may be shown alike: such files are two.
    let is_one = |file: &str| inputs.iter().filter(|input| input.file == file).count() < 2;
    let of_one = |pair: &&[Audit]| pair[0].file == pair[1].file && pair[0].sha256 != pair[1].sha256;
    let two = audits.windows(2).filter(of_one).find(|pair| is_one(&pair[0].file));
    if let Some(pair) = two {
        let file = visible(&pair[0].file);
        return Err(Error::StoredAudit(language.say("run.stored-two-contents", &[("file", &file)])));
    }
    let audited: BTreeSet<&str> = audits.iter().map(|audit| audit.file.as_str()).collect();
    let there: BTreeSet<&str> = inputs.iter().map(|input| input.file.as_str()).collect();
    let say = |key: &str, files: Vec<&&str>| {
        let first: Vec<String> = files.iter().take(NAMED).map(|file| visible(file)).collect();
        let holes: [(&str, &dyn Display); 2] = [("count", &files.len()), ("files", &first.join("、"))];
        (!files.is_empty()).then(|| language.say(key, &holes))
    };
    let missing = say("run.stored-missing", there.difference(&audited).collect());
    let gone = say("run.stored-gone", audited.difference(&there).collect());
    Ok(Compared { is_complete: missing.is_none(), said: missing.into_iter().chain(gone).collect() })
}

/// Files that are named of those that do not go together with the folder.
const NAMED: usize = 5;

/// What makes two lines speak of the same submission.
fn key(audit: &Audit) -> (&str, &str, Option<u32>) {
    (&audit.file, &audit.sha256, audit.form)
}

/// Files of stored audits may overlap: the same line counts once, however often it is there. Two results of one
/// submission are for a person to choose from.
fn each_once(lines: Vec<Line>, language: Language) -> Result<Stored, Error> {
    let mut kept: Vec<Line> = Vec::new();
    let (mut repeated, mut first) = (0usize, None);
    for line in lines {
        match kept.last().filter(|last| key(&last.audit) == key(&line.audit)) {
            None => kept.push(line),
            Some(last) if last.audit == line.audit => {
                repeated += 1;
                first.get_or_insert_with(|| both_places(last, &line, language));
            }
            Some(last) => {
                let places = both_places(last, &line, language);
                return Err(Error::StoredAudit(language.say("run.stored-differing", &[("places", &places)])));
            }
        }
    }
    let holes = |places: &String| language.say("run.stored-repeated", &[("count", &repeated), ("places", places)]);
    let said = first.as_ref().map(holes).into_iter().collect();
    let audits = kept.into_iter().map(|line| line.audit).collect();
    Ok(Stored { said, is_whole: true, audits, whole: Whole::default() })
}

fn place(line: &Line, language: Language) -> String {
    let path = visible(&line.path.display().to_string());
    language.say("run.stored-place", &[("path", &path), ("line", &line.number)])
}

fn both_places(one: &Line, other: &Line, language: Language) -> String {
    let holes: [(&str, &dyn Display); 3] =
        [("what", &name(&one.audit, language)), ("one", &place(one, language)), ("other", &place(other, language))];
    language.say("run.stored-places", &holes)
}

/// The file, and the form within it.
fn name(audit: &Audit, language: Language) -> String {
    let file = visible(&audit.file);
    let Some(form) = audit.form else { return file };
    let sheet = visible(audit.sheet.as_deref().unwrap_or_default());
    language.say("run.stored-form", &[("file", &file), ("sheet", &sheet), ("form", &form)])
}

fn read<'a>(path: &'a Path, language: Language) -> Result<Vec<Line<'a>>, Error> {
    let unreachable = |cause| Error::Unreachable { path: path.to_owned(), cause };
    let file = File::open(path).map_err(unreachable)?;
    let lines = jsonl::read_lines(BufReader::new(file), Most::default());
    let lines = lines.map_err(|error| Error::StoredAudit(unreadable(path, &error, language)))?;
    let placed = |read: StoredLine| Line { path, number: read.line, audit: read.audit, seal: read.seal, run: read.run };
    Ok(lines.into_iter().map(placed).collect())
}

/// Why a file is refused: a code that is none is a lie of its line, everything else keeps the file from being read.
pub(crate) fn unreadable(path: &Path, error: &ReadError, language: Language) -> String {
    let of = |code: &str, what| Phrase::new("contradiction.of").with("about", code).with("what", Term::word(what));
    let lie = match error {
        ReadError::NotOurs { file, what: NotOurs::UnknownCode(code), .. } => {
            Some((file, of(code, "contradiction.no-finding-code")))
        }
        ReadError::NotOurs { file, what: NotOurs::UnknownProblem(code), .. } => {
            Some((file, of(code, "contradiction.no-problem-code")))
        }
        ReadError::NotOurs { file, what: NotOurs::UnknownForm(word), .. } => {
            Some((file, of(word, "contradiction.no-form")))
        }
        _ => None,
    };
    match lie {
        Some((file, what)) => contradicting(file, &[what], language),
        None => {
            let holes: &[(&str, &dyn Display)] = &[("path", &path.display()), ("cause", &cause(error, language))];
            visible(&language.say("run.stored-unreadable", holes))
        }
    }
}

fn contradicting(file: &str, told: &[Phrase], language: Language) -> String {
    let told: Vec<String> = told.iter().map(|told| language.phrase(told)).collect();
    let holes: &[(&str, &dyn Display)] =
        &[("file", &visible(file)), ("what", &visible(&told.join(&language.word("contradiction.and"))))];
    language.say("run.stored-contradiction", holes)
}

fn cause(error: &ReadError, language: Language) -> String {
    match error {
        ReadError::LongLine { line, most } => {
            language.say("run.stored-long-line", &[("line", line), ("most", &(most >> 20))])
        }
        ReadError::LargeFile { most } => language.say("run.stored-large-file", &[("most", &(most >> 20))]),
        ReadError::NotOurs { line, what: NotOurs::OnlyWorded(code), .. } => {
            language.say("run.stored-only-worded", &[("line", line), ("code", code)])
        }
        ReadError::Line { line, source } => {
            let what = language.phrase(&complaints::of_json(source));
            language.say("run.stored-line", &[("line", line), ("what", &what)])
        }
        ReadError::Io(cause) => language.phrase(&Cause::of(cause).phrase()),
        // Their sentences are those of a contradiction.
        ReadError::NotOurs { line, .. } => language.say("run.stored-foreign-line", &[("line", line)]),
    }
}

/// A line is what it was when it was written: its parts fit together, what follows from its facts comes out, and the rest is as its
/// seal says.
fn check(line: &Line, library: &Library, language: Language) -> Result<(), Error> {
    let audit = &line.audit;
    let rulebook = applied(audit, library, language)?;
    let told = untrue(audit, rulebook);
    if !told.is_empty() {
        return Err(Error::StoredAudit(contradicting(&audit.file, &told, language)));
    }
    let says = match (&line.seal, &line.run) {
        (Some(seal), Some(_)) if *seal == jsonl::seal(audit) => return Ok(()),
        (Some(_), Some(_)) => "run.stored-altered",
        _ => "run.stored-unsealed",
    };
    let holes: [(&str, &dyn Display); 2] = [("file", &visible(&audit.file)), ("place", &place(line, language))];
    Err(Error::StoredAudit(language.say(says, &holes)))
}

/// The rules that the audit names; none where it names none.
fn applied<'a>(audit: &Audit, library: &'a Library, language: Language) -> Result<Option<&'a Rulebook>, Error> {
    let Some(name) = &audit.rulebook else { return Ok(None) };
    let Some(rulebook) = library.find(&name.id) else {
        let holes: &[(&str, &dyn Display)] = &[("file", &visible(&audit.file)), ("id", &visible(&name.id))];
        return Err(Error::StoredAudit(language.say("run.stored-unknown-rulebook", holes)));
    };
    if rulebook.sha256 != name.sha256 {
        let (then, now) = (visible(&name.sha256), &rulebook.sha256);
        let holes: &[(&str, &dyn Display)] =
            &[("file", &visible(&audit.file)), ("id", &name.id), ("then", &then), ("now", now)];
        return Err(Error::StoredAudit(language.say("run.stored-other-rulebook", holes)));
    }
    Ok(Some(rulebook))
}
