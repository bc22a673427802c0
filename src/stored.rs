//! Audits stored as JSON Lines, read back to be rendered.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use crate::audit::Audit;
use crate::error::Error;
use crate::report::jsonl;
use crate::rulebook::library::Library;
use crate::self_check::contradictions;
use crate::text::{Language, visible};

/// Every audit of the files, in the order of a run. Audits by other rules than the library's are refused.
///
/// # Errors
/// A file cannot be read, a line is no audit, its rulebook is unknown or another one, or it contradicts itself.
pub fn read_all(files: &[PathBuf], library: &Library, language: Language) -> Result<Vec<Audit>, Error> {
    let mut audits = Vec::new();
    for file in files {
        audits.extend(read(file, language)?);
    }
    for audit in &audits {
        check(audit, library, language)?;
    }
    audits.sort_by(|one, other| (&one.file, &one.sha256, one.form).cmp(&(&other.file, &other.sha256, other.form)));
    Ok(audits)
}

fn read(path: &Path, language: Language) -> Result<Vec<Audit>, Error> {
    let unreachable = |cause| Error::Unreachable { path: path.to_owned(), cause };
    let file = File::open(path).map_err(unreachable)?;
    jsonl::read(BufReader::new(file)).map_err(|error| {
        let holes: &[(&str, &dyn std::fmt::Display)] = &[("path", &path.display()), ("cause", &error)];
        Error::StoredAudit(visible(&language.say("run.stored-unreadable", holes)))
    })
}

fn check(audit: &Audit, library: &Library, language: Language) -> Result<(), Error> {
    let Some(name) = &audit.rulebook else { return Ok(()) };
    let Some(rulebook) = library.find(&name.id) else {
        let holes: &[(&str, &dyn std::fmt::Display)] = &[("file", &visible(&audit.file)), ("id", &visible(&name.id))];
        return Err(Error::StoredAudit(language.say("run.stored-unknown-rulebook", holes)));
    };
    if rulebook.sha256 != name.sha256 {
        let holes: &[(&str, &dyn std::fmt::Display)] =
            &[("file", &visible(&audit.file)), ("id", &name.id), ("then", &name.sha256), ("now", &rulebook.sha256)];
        return Err(Error::StoredAudit(language.say("run.stored-other-rulebook", holes)));
    }
    match contradictions(audit, rulebook) {
        found if found.is_empty() => Ok(()),
        found => {
            let holes: &[(&str, &dyn std::fmt::Display)] =
                &[("file", &visible(&audit.file)), ("what", &visible(&found.join("；")))];
            Err(Error::StoredAudit(language.say("run.stored-contradiction", holes)))
        }
    }
}
