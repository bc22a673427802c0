//! One input → its audits: read, recognised, collected, recomputed, judged. Whatever goes wrong costs this input only.

use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::archive::Opened;
use super::choice_of_rules::{Words, collect_by_rules};
use super::found::{Input, Refusal};
use super::limits::ArchiveLimits;
use super::problem_words::{LOST_READER, reader_problem, refusal_problem};
use crate::assigned::Readings;
use crate::audit::{Audit, FileIdentity, Problem};
use crate::audit_one::audit_form_reviewed;
use crate::audit_one::audit_reviewed;
use crate::baseline::Baseline;
use crate::caught::caught;
use crate::checks::register::Code;
use crate::hexadecimal::hexadecimal;
use crate::phrase::Phrase;
use crate::report::writers::write::is_audit_content;
use crate::resume::Resumed;
use crate::rulebook::Rulebook;
use crate::rulebook::library::Library;
use crate::stages::{Stage, during};
use crate::submission::declared::{self, DeclaredForm};
use crate::submission::{Effort, EffortLimits, Exceeded, TableFound};
use crate::vocabulary::Vocabulary;
use crate::workbook::{LimitName, Problem as ReaderProblem, Reader, Workbook};

/// What every audit of a run shares.
pub struct Setup<'a> {
    /// The rulebooks in force.
    pub library: &'a Library,
    /// The words of forms.
    pub vocabulary: &'a Vocabulary,
    /// What reviewers said of cells that were not used.
    pub readings: &'a Readings,
    /// The audits of an earlier run.
    pub resumed: &'a Resumed,
    /// The audits of the year before, where a rulebook asks for their figures.
    pub before: Option<&'a Baseline>,
    /// What an audit says of the rulebooks and words that were given.
    pub basis: Option<&'a str>,
    /// The reader of workbooks, with its limits and workers.
    pub reader: &'a Reader,
    /// Limits of archives and of file sizes.
    pub limits: ArchiveLimits,
    /// What one workbook may cost after it was read.
    pub effort: EffortLimits,
}

/// An audit with the tables it was read from.
pub struct Explained {
    /// The audit.
    pub audit: Audit,
    /// Tables found and what they were taken for.
    pub tables: Vec<TableFound>,
}

/// All audits of one input: one for a card, one for each declared form, or one line that says why there is none.
/// `opened` is the archive that stays open for the next input.
pub fn audit_file(input: &Input, setup: &Setup, opened: &mut Opened) -> Vec<Audit> {
    let based = |audit: Audit| Audit { basis: setup.basis.map(str::to_owned), ..audit };
    explain_file(input, setup, opened).into_iter().map(|explained| based(explained.audit)).collect()
}

/// The same, with what was found on the way.
pub fn explain_file(input: &Input, setup: &Setup, opened: &mut Opened) -> Vec<Explained> {
    caught(|| audit_input(input, setup, opened)).unwrap_or_else(|| {
        *opened = Opened::default();
        let mut identity = FileIdentity { file: input.file.clone(), ..FileIdentity::default() };
        // Its hash is told all the same, where the file can be had.
        let _ = bytes_of(input, setup, opened, &mut identity);
        vec![Explained { audit: failed(identity), tables: Vec::new() }]
    })
}

/// The line of an input at which the program failed.
pub(super) fn failed(identity: FileIdentity) -> Audit {
    let phrase = Phrase::new("run.problem-reader-failed");
    Audit::unread(identity, Problem { code: Code::ReaderFailed, phrase }, None)
}

/// Whether a file is unread because the process that read it is gone.
pub(super) fn lost_its_reader(audit: &Audit) -> bool {
    audit.problem.as_ref().is_some_and(|problem| problem.phrase.says == LOST_READER)
}

fn unread(identity: FileIdentity, problem: Problem) -> Explained {
    Explained { audit: Audit::unread(identity, problem, None), tables: Vec::new() }
}

fn audit_input(input: &Input, setup: &Setup, opened: &mut Opened) -> Vec<Explained> {
    let mut identity = FileIdentity { file: input.file.clone(), ..FileIdentity::default() };
    // A large file waits for its turn before its bytes are held; one that only unpacks to much, after.
    let turn = setup.reader.turn();
    turn.take_for(size_on_disk(input).unwrap_or(0));
    let bytes = match during(Stage::Bytes, || bytes_of(input, setup, opened, &mut identity)) {
        Ok(bytes) => bytes,
        Err(refusal) => return vec![unread(identity, refusal_problem(&refusal))],
    };
    if !input.entries.is_empty() && is_audit_content(std::io::Cursor::new(&bytes)) {
        return Vec::new();
    }
    if let Some(audits) = setup.resumed.of(&identity, setup.library, setup.readings) {
        return audits.into_iter().map(|audit| Explained { audit, tables: Vec::new() }).collect();
    }
    turn.take_for(setup.reader.unpacked_size(&bytes));
    match during(Stage::Read, || setup.reader.open(&input.file, &bytes, &turn)) {
        Ok(workbook) => audit_within_limits(&workbook, &identity, setup),
        Err(problem) => vec![unread(identity, reader_problem(&problem))],
    }
}

/// The cells of one input, for who asks for nothing else.
///
/// # Errors
/// It cannot be read.
pub fn workbook_of(input: &Input, setup: &Setup, opened: &mut Opened) -> Result<Workbook, Problem> {
    let mut identity = FileIdentity::default();
    let turn = setup.reader.turn();
    turn.take_for(size_on_disk(input).unwrap_or(0));
    let bytes = bytes_of(input, setup, opened, &mut identity).map_err(|refusal| refusal_problem(&refusal))?;
    turn.take_for(setup.reader.unpacked_size(&bytes));
    setup.reader.open(&input.file, &bytes, &turn).map_err(|problem| reader_problem(&problem))
}

/// The size of an input that is a file of its own; one out of an archive is as large as it turns out to be.
fn size_on_disk(input: &Input) -> Option<u64> {
    let file = input.entries.is_empty().then(|| std::fs::metadata(&input.path).ok()).flatten()?;
    file.is_file().then_some(file.len())
}

/// The input's bytes, and its identity on the way. What is refused still gets its hash where all of it may be read.
fn bytes_of(
    input: &Input,
    setup: &Setup,
    opened: &mut Opened,
    identity: &mut FileIdentity,
) -> Result<Vec<u8>, Refusal> {
    let refused = input.refused.clone().map_or(Ok(()), Err);
    if input.entries.is_empty() {
        let bytes = bytes_on_disk(&input.path, setup.limits.entry_bytes, identity);
        return refused.and(bytes);
    }
    refused?;
    let bytes = opened.read(&input.path, &input.entries, &setup.limits)?;
    identify(&bytes, identity);
    Ok(bytes)
}

/// A file's bytes. Of one over the limit nothing is read, and its hash is not told: part of it would be another's.
fn bytes_on_disk(path: &Path, allowed: u64, identity: &mut FileIdentity) -> Result<Vec<u8>, Refusal> {
    let meta = std::fs::metadata(path)?;
    if !meta.is_file() {
        return Err(Refusal::NotAFile);
    }
    identity.size = meta.len();
    if meta.len() > allowed {
        return Err(Refusal::TooLarge("file-bytes", allowed.to_string(), meta.len().to_string()));
    }
    let mut bytes = Vec::new();
    // What says that it is empty is not opened: it may be a window on something that never ends.
    if meta.len() > 0 {
        std::fs::File::open(path)?.take(allowed.saturating_add(1)).read_to_end(&mut bytes)?;
    }
    if bytes.len() as u64 > allowed {
        return Err(Refusal::Over("file-bytes", allowed.to_string()));
    }
    identify(&bytes, identity);
    Ok(bytes)
}

fn identify(bytes: &[u8], identity: &mut FileIdentity) {
    identity.size = bytes.len() as u64;
    identity.sha256 = hexadecimal(&Sha256::digest(bytes));
}

/// The workbook's audits, unless it takes more looking or quoting than any form does.
fn audit_within_limits(workbook: &Workbook, identity: &FileIdentity, setup: &Setup) -> Vec<Explained> {
    let effort = Effort::new(setup.effort, setup.library.rulebooks().len());
    let made_by = |explained: Explained| {
        let audit = Audit { properties: workbook.properties.clone(), ..explained.audit };
        Explained { audit, ..explained }
    };
    let audits = audit_workbook(workbook, identity, &effort, setup).into_iter().map(made_by).collect();
    let Some((exceeded, allowed)) = effort.exceeded() else { return audits };
    let limit = match exceeded {
        Exceeded::Looks => LimitName::Looks,
        Exceeded::QuotedBytes => LimitName::QuotedBytes,
        Exceeded::Forms => LimitName::Forms,
        Exceeded::FormRows => LimitName::FormRows,
    };
    vec![unread(identity.clone(), reader_problem(&ReaderProblem::over(limit, allowed)))]
}

/// The card's audit first, then the forms'. One line says why there is neither.
fn audit_workbook(workbook: &Workbook, identity: &FileIdentity, effort: &Effort, setup: &Setup) -> Vec<Explained> {
    let (mut forms, mut found) = (Vec::new(), Vec::new());
    for (rulebook, declared) in setup.library.declared_forms() {
        let of_rulebook =
            during(Stage::Forms, || declared::find(setup.vocabulary, workbook, &identity.file, declared, effort));
        let filled = of_rulebook.iter().filter(|form| !form.blank && !form.superseded);
        forms.extend(filled.map(|form| explain_form(rulebook, form, identity, setup)));
        found.extend(of_rulebook);
    }
    if effort.is_spent() {
        return Vec::new();
    }
    // A form's rows name indicators and scores too, and are no card's.
    let rest = if found.is_empty() { None } else { Some(declared::without_forms(workbook, &found)) };
    match audit_card(rest.as_ref().unwrap_or(workbook), identity, effort, setup) {
        Ok(card) => std::iter::once(card).chain(forms).collect(),
        Err(NoCard { a_card_is_there: false, .. }) if forms.is_empty() && !found.is_empty() => {
            let problem = Problem { code: Code::BlankTemplate, phrase: Phrase::new("intake.blank-form") };
            vec![unread(identity.clone(), problem)]
        }
        Err(NoCard { problem, a_card_is_there }) if a_card_is_there || forms.is_empty() => {
            std::iter::once(unread(identity.clone(), problem)).chain(forms).collect()
        }
        Err(_) => forms,
    }
}

fn explain_form(rulebook: &Rulebook, form: &DeclaredForm, identity: &FileIdentity, setup: &Setup) -> Explained {
    let audit = audit_form_reviewed(rulebook, form, identity.clone(), &setup.readings.entries);
    Explained { audit, tables: vec![form.table()] }
}

/// Why there is no audit of a card.
struct NoCard {
    problem: Problem,
    /// A card is there, but cannot be audited: that is told also beside audited forms.
    a_card_is_there: bool,
}

fn audit_card(
    workbook: &Workbook,
    identity: &FileIdentity,
    effort: &Effort,
    setup: &Setup,
) -> Result<Explained, NoCard> {
    let words = Words { library: setup.library, vocabulary: setup.vocabulary, readings: setup.readings };
    let (rulebook, mut submission) = during(Stage::Submission, || collect_by_rules(workbook, identity, effort, &words))
        .map_err(|problem| NoCard { a_card_is_there: problem.code != Code::NoScorecard, problem })?;
    let tables = submission.tables.clone();
    if let Some(before) = setup.before {
        before.answer(rulebook, &identity.file, &mut submission);
    }
    let audit = audit_reviewed(rulebook, submission, identity.clone(), &setup.readings.entries);
    Ok(Explained { audit, tables })
}
