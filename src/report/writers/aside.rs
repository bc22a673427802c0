//! Where an output is written before it is whole: beside its place, as a file that has the rights of the one it replaces, under
//! a name by which a later run knows what a killed one left behind.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::Duration;

use crate::hexadecimal::hexadecimal;
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

/// Names of unfinished outputs: `.fuhe-<machine>-<process>-<chance>.tmp`.
const PREFIX: &str = ".fuhe-";
const SUFFIX: &str = ".tmp";

/// What another machine left is gone for good after a day: no run takes so long between writing an output and naming it.
const LEFT_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// Links that lead on to links: more than any system follows.
const LINKS_MAX: usize = 40;

/// The folder that a file stands in, or will.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Where a path leads: what is written goes where a link points to, and the link stays.
pub(super) fn target(path: &Path) -> PathBuf {
    let mut at = path.to_owned();
    for _ in 0..LINKS_MAX {
        let Ok(to) = fs::read_link(&at) else { return at };
        at = folder_of(&at).join(to);
    }
    path.to_owned()
}

/// The same path, spelled so that Windows takes it also where it is long (`\\?\D:\…`). Rust's own library does that by itself;
/// what gives a temporary file its name does not, and the system's switch for it (`LongPathsEnabled`) is off unless somebody
/// turned it on.
pub(super) fn reachable(path: &Path) -> PathBuf {
    if !cfg!(windows) {
        return path.to_owned();
    }
    let full = std::path::absolute(path).ok();
    let spelled = full.as_deref().and_then(Path::to_str).and_then(extended).map(PathBuf::from);
    spelled.unwrap_or_else(|| path.to_owned())
}

/// UTF-16 units of a path that any program of Windows takes (260 with the zero behind it), less the name of an unfinished file.
const PLAIN_PATH_MAX: usize = 200;

/// The extended spelling of a full path of Windows that is long; none where the plain one does.
fn extended(full: &str) -> Option<String> {
    if full.encode_utf16().count() <= PLAIN_PATH_MAX || full.starts_with(r"\\?\") || full.starts_with(r"\\.\") {
        return None;
    }
    Some(match full.strip_prefix(r"\\") {
        Some(share) => format!(r"\\?\UNC\{share}"),
        None => format!(r"\\?\{full}"),
    })
}

/// Writes a file beside its place. It may not be on the disk yet: before it is renamed it has to be, or it would be empty
/// after a power cut.
///
/// # Errors
/// The file system refuses.
pub(super) fn beside_by(
    path: &Path,
    pieces: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
) -> io::Result<NamedTempFile> {
    tidy(folder_of(path));
    let place = reachable(path);
    let folder = folder_of(&place);
    let prefix = format!("{PREFIX}{}-{}-", *MACHINE, std::process::id());
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(SUFFIX);
    // An output is an ordinary file: readable as the user's other files are, not as private as a temporary one.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = builder.tempfile_in(folder)?;
    let mut writer = io::BufWriter::new(file.as_file());
    pieces(&mut writer).and_then(|()| writer.flush())?;
    drop(writer);
    take_rights(path, file.as_file());
    Ok(file)
}

/// Gives a new file the rights and, where that is allowed, the owner of the one that it will replace.
#[cfg(unix)]
fn take_rights(replaced: &Path, file: &fs::File) {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    let Ok(meta) = fs::metadata(replaced) else { return };
    // Who may not keep them writes all the same.
    let _ = fchown(file, Some(meta.uid()), Some(meta.gid()));
    let _ = file.set_permissions(PermissionsExt::from_mode(meta.permissions().mode() & 0o777));
}

/// The folder gives its files their rights there.
#[cfg(not(unix))]
fn take_rights(_: &Path, _: &fs::File) {}

/// Removes, once for each folder, what killed runs left in it.
fn tidy(folder: &Path) {
    static TIDIED: LazyLock<Mutex<HashSet<PathBuf>>> = LazyLock::new(Mutex::default);
    let is_new = TIDIED.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.to_owned());
    let entries = is_new.then(|| fs::read_dir(folder)).and_then(Result::ok);
    for entry in entries.into_iter().flatten().flatten() {
        if is_left(&entry) {
            // Whoever may not remove it writes all the same.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Whether an entry of a folder is an unfinished output that nobody will finish.
fn is_left(entry: &fs::DirEntry) -> bool {
    let name = entry.file_name();
    let Some(middle) = name.to_str().and_then(|name| name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)) else {
        return false;
    };
    let Ok(meta) = entry.metadata() else { return false };
    let mut parts = middle.split('-');
    let process = match (parts.next(), parts.next().map(str::parse), parts.next()) {
        (Some(machine), Some(Ok(process)), Some(_)) if machine == *MACHINE => is_running(process),
        _ => None,
    };
    let is_old = || meta.modified().is_ok_and(|at| at.elapsed().is_ok_and(|age| age > LEFT_AFTER));
    meta.is_file() && process.map_or_else(is_old, |is_running| !is_running)
}

/// Whether a process of this machine runs; none: nobody can tell.
fn is_running(process: u32) -> Option<bool> {
    let told = Path::new("/proc/self").exists();
    told.then(|| Path::new("/proc").join(process.to_string()).exists())
}

/// This machine among those that share a disk.
static MACHINE: LazyLock<String> = LazyLock::new(|| {
    let known = fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let named = || ["COMPUTERNAME", "HOSTNAME"].into_iter().find_map(std::env::var_os);
    let name =
        known.unwrap_or_else(|| named().as_deref().map_or("", |name: &OsStr| name.to_str().unwrap_or("")).to_owned());
    hexadecimal(&Sha256::digest(name.trim().as_bytes())[..4])
});

#[cfg(test)]
mod tests {
    use super::*;

    /// The entry of that name.
    fn entry(folder: &Path, name: &str) -> fs::DirEntry {
        let mut entries = fs::read_dir(folder).unwrap().flatten();
        entries.find(|entry| entry.file_name() == name).unwrap()
    }

    #[test]
    fn an_unfinished_output_is_left_once_its_process_is_gone_and_not_before() {
        let folder = tempfile::tempdir().unwrap();
        let file = beside_by(&folder.path().join("a.xlsx"), |to| to.write_all(b"half")).unwrap();
        let name = file.path().file_name().unwrap().to_str().unwrap().to_owned();
        assert!(!is_left(&entry(folder.path(), &name)), "{name} is being written");
        // No system numbers its processes so high.
        let gone = name.replace(&format!("-{}-", std::process::id()), "-4294967294-");
        assert_ne!(gone, name);
        fs::write(folder.path().join(&gone), b"half").unwrap();
        assert_eq!(is_left(&entry(folder.path(), &gone)), Path::new("/proc/self").exists());
        for others in ["a.tmp", ".fuhe-a.txt", ".fuhe-.tmp"] {
            fs::write(folder.path().join(others), b"a person's").unwrap();
            assert!(!is_left(&entry(folder.path(), others)), "{others}");
        }
    }

    #[test]
    fn a_long_path_of_windows_is_spelled_so_that_it_is_taken_and_a_short_one_stays() {
        let long = "长".repeat(200);
        assert_eq!(extended(&format!(r"D:\{long}\a.xlsx")), Some(format!(r"\\?\D:\{long}\a.xlsx")));
        assert_eq!(extended(&format!(r"\\server\share\{long}")), Some(format!(r"\\?\UNC\server\share\{long}")));
        for path in [r"D:\报送\a.xlsx".to_owned(), format!(r"\\?\D:\{long}"), format!(r"\\.\pipe\{long}")] {
            assert_eq!(extended(&path), None, "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_lead_to_where_they_point_and_those_in_a_circle_to_themselves() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        symlink("b", at("a")).unwrap();
        symlink(at("c"), at("b")).unwrap();
        symlink("round", at("round")).unwrap();
        assert_eq!((target(&at("a")), target(&at("c"))), (at("c"), at("c")));
        assert_eq!(target(&at("round")), at("round"));
    }
}
