//! What people typed into an audit workbook is brought before the workbook is replaced.

use std::io::Read;
use std::path::{Path, PathBuf};

use crate::carry::{self, Earlier};
use crate::cli::Outputs;
use crate::error::Error;
use crate::report::writers::write::is_audit_workbook;
use crate::text::Language;
use crate::workbook::{Problem, ProblemCode, Reader, Workbook};

/// What earlier audit workbooks bring.
#[derive(Debug, Default)]
pub struct Brought {
    /// What people typed into them.
    pub earlier: Vec<Earlier>,
    /// Why the one in the output's place cannot be brought, where it is to be moved aside.
    pub aside: Option<String>,
}

/// What people typed into the audit workbook that is named for it, and into the one that is about to be replaced.
///
/// # Errors
/// One of them cannot be read: its entries would be lost. One that stands in the output's place and is larger than any
/// audit of ours is moved aside with `force`.
pub fn earlier(outputs: &Outputs, reader: &Reader, language: Language) -> Result<Brought, Error> {
    let replaced = outputs.workbook.as_ref().filter(|path| is_audit_workbook(path));
    let same = |one: &Path, other: &Path| std::fs::canonicalize(one).ok() == std::fs::canonicalize(other).ok();
    let replaced = replaced.filter(|path| outputs.carry.as_ref().is_none_or(|named| !same(named, path)));
    let mut brought = Brought::default();
    if let Some(path) = &outputs.carry {
        let found = earlier_workbook(path, reader, language)?;
        brought.earlier.push(found.map_err(|refused| refused.said("run.carry-wrong", path, language))?);
    }
    if let Some(path) = replaced {
        match earlier_workbook(path, reader, language)? {
            Ok(earlier) => brought.earlier.push(earlier),
            Err(Refused { why, too_large: true }) if outputs.force => brought.aside = Some(why),
            Err(refused) if refused.too_large => return Err(refused.said("run.carry-too-large", path, language)),
            Err(refused) => return Err(refused.said("run.carry-unreadable", path, language)),
        }
    }
    Ok(brought)
}

/// Why an earlier workbook brings nothing.
struct Refused {
    why: String,
    /// It is larger than any audit of ours.
    too_large: bool,
}

impl Refused {
    /// The same of a working paper, which it names.
    fn of(self, paper: &Path) -> Refused {
        let name = paper.file_name().map(|name| crate::text::visible(&name.to_string_lossy())).unwrap_or_default();
        Refused { why: format!("{name}：{}", self.why), ..self }
    }

    fn said(&self, key: &str, path: &Path, language: Language) -> Error {
        let shown = crate::text::visible(&path.display().to_string());
        Error::Earlier(language.say(key, &[("path", &shown), ("why", &self.why)]))
    }
}

/// What people typed into an audit workbook, and into its working papers where they stand by themselves in a folder beside it.
fn earlier_workbook(path: &Path, reader: &Reader, language: Language) -> Result<Result<Earlier, Refused>, Error> {
    let mut found = match audit_workbook(path, reader, language)? {
        Ok(found) => found,
        Err(refused) => return Ok(Err(refused)),
    };
    for paper in papers_of(path) {
        match opened(&paper, reader, language)?
            .and_then(|book| carry::read_paper(&book).map_err(|why| not_carried(why, true, language)))
        {
            Ok(entered) => found.extend(entered),
            Err(refused) => return Ok(Err(refused.of(&paper))),
        }
    }
    Ok(Ok(found))
}

/// The working papers of ours that stand by themselves beside an audit workbook, by their names.
fn papers_of(workbook: &Path) -> Vec<PathBuf> {
    let folders = Language::ALL.map(|language| super::batch::papers_beside(workbook, language));
    let within = folders.into_iter().flatten().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten().flatten();
    let mut papers: Vec<PathBuf> = within.map(|entry| entry.path()).filter(|path| is_audit_workbook(path)).collect();
    papers.sort();
    papers
}

fn audit_workbook(path: &Path, reader: &Reader, language: Language) -> Result<Result<Earlier, Refused>, Error> {
    let is_ours = is_audit_workbook(path);
    let workbook = opened(path, reader, language)?;
    Ok(workbook.and_then(|workbook| carry::read(&workbook).map_err(|why| not_carried(why, is_ours, language))))
}

fn opened(path: &Path, reader: &Reader, language: Language) -> Result<Result<Workbook, Refused>, Error> {
    let bytes = start_of(path).map_err(|cause| Error::Unreachable { path: path.to_owned(), cause })?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(reader.open(&name, &bytes, &reader.turn()).map_err(|problem| Refused {
        why: unopened(&problem, language),
        too_large: matches!(problem.code, ProblemCode::TooLarge | ProblemCode::TimedOut),
    }))
}

/// Why a workbook of the bureau's own cannot be opened: nobody is asked to hand it in again.
fn unopened(problem: &Problem, language: Language) -> String {
    let key = match problem.code {
        ProblemCode::PasswordProtected => "run.carry-locked",
        ProblemCode::NotAWorkbook => "run.carry-no-workbook",
        ProblemCode::CorruptFile | ProblemCode::UnreadableFile => "run.carry-corrupt",
        ProblemCode::ReaderFailed | ProblemCode::IoError => "run.carry-failed",
        ProblemCode::TooLarge | ProblemCode::TimedOut => {
            return language.phrase(&crate::batch::reader_problem(problem).phrase);
        }
    };
    language.word(key)
}

/// Not more of a file than shows that it is too large.
fn start_of(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = crate::limits::of_our_workbook().file_bytes;
    std::fs::File::open(path)?.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn not_carried(why: carry::Unreadable, is_ours: bool, language: Language) -> Refused {
    let too_large = matches!(why, carry::Unreadable::TooMany { .. });
    let why = match why {
        carry::Unreadable::NoList if !is_ours => language.word("run.carry-not-ours"),
        carry::Unreadable::NoList => language.word("run.carry-no-list"),
        carry::Unreadable::Cell { sheet, cell } => {
            let sheet = crate::text::visible(&sheet);
            language.say("run.carry-cell", &[("sheet", &sheet), ("cell", &cell)])
        }
        carry::Unreadable::TooMany { most } => language.say("run.carry-too-many", &[("most", &most)]),
    };
    Refused { why, too_large }
}
