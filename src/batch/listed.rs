//! Lists of paths, one a line: which of the files of a folder are meant, where they are too many for a command line.

use std::io::Read;
use std::path::{Component, Path, PathBuf};

use crate::error::Error;

/// The paths that a list names, relative to the folder that they lie in. `-` is standard input. One path a line; a list with a
/// zero byte in it ends each path with one, as `find -print0` does, for names that hold line breaks.
///
/// # Errors
/// The list cannot be read, or names something outside of the folder.
pub fn read(list: &Path) -> Result<Vec<PathBuf>, Error> {
    let unreachable = |cause| Error::Unreachable { path: list.to_owned(), cause };
    let mut bytes = Vec::new();
    let read = match list.as_os_str() == "-" {
        true => std::io::stdin().lock().read_to_end(&mut bytes),
        false => std::fs::File::open(list).and_then(|mut file| file.read_to_end(&mut bytes)),
    };
    read.map_err(unreachable)?;
    let paths: Vec<PathBuf> = entries(&bytes).map(path_of).collect();
    let below = |path: &PathBuf| inside(path).ok_or_else(|| Error::NotInside { path: path.clone() });
    paths.iter().map(below).collect()
}

/// What stands between the ends of lines, or between zero bytes where there are any; a mark of the byte order is none of it.
fn entries(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let by_zeros = bytes.contains(&0);
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let whole = move |entry| if by_zeros { entry } else { <[u8]>::strip_suffix(entry, b"\r").unwrap_or(entry) };
    bytes.split(move |byte| *byte == if by_zeros { 0 } else { b'\n' }).map(whole).filter(|entry| !entry.is_empty())
}

/// A name is any bytes there.
#[cfg(unix)]
fn path_of(entry: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(entry))
}

/// A name is text there; what is no UTF-8 is no file's name, and gets the line of a file that is not there.
#[cfg(not(unix))]
fn path_of(entry: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(entry).into_owned())
}

/// The path without `.`; none where it leads out of its folder or is the folder itself.
fn inside(path: &Path) -> Option<PathBuf> {
    let mut inside = PathBuf::new();
    for component in path.components() {
        match component {
            Component::Normal(name) => inside.push(name),
            Component::CurDir => {}
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    (!inside.as_os_str().is_empty()).then_some(inside)
}
