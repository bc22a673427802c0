//! Where each input lies, as a link of one of the outputs names it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::batch::Input;
use crate::cli::Outputs;
use crate::report::writers::letters::Letters;
use crate::report::{Place, Way, WrittenBeside};

/// Where each input lies, as seen from the audit workbook's folder.
pub(super) fn places(inputs: &[Input], workbook: &Path) -> BTreeMap<String, Place> {
    let Some(folder) = folder_of(workbook) else { return BTreeMap::new() };
    let mut places: BTreeMap<String, Option<Place>> = BTreeMap::new();
    for input in inputs {
        let place = place(input, &folder);
        // Files of two of the given folders may have one name: a link that may lead to the wrong one is left out.
        places
            .entry(input.file.clone())
            .and_modify(|known| *known = known.take().filter(|known| Some(known) == place.as_ref()))
            .or_insert(place.clone());
    }
    places.into_iter().filter_map(|(file, place)| Some((file, place?))).collect()
}

fn place(input: &Input, folder: &Path) -> Option<Place> {
    let path = real(&input.path)?;
    Some(Place { path: way(&path, folder)?, archive: !input.entries.is_empty() })
}

/// Places as seen from the folder of one output, as seen from the folder of another.
pub(super) fn moved(places: &BTreeMap<String, Place>, from: &Path, to: &Path) -> BTreeMap<String, Place> {
    let (Some(from), Some(to)) = (folder_of(from), folder_of(to)) else { return BTreeMap::new() };
    if from == to {
        return places.clone();
    }
    let seen = |place: &Place| Some(Place { path: way(&from.join(place.path.path()), &to)?, archive: place.archive });
    places.iter().filter_map(|(file, place)| Some((file.clone(), seen(place)?))).collect()
}

/// What is written beside the audit workbook, as seen from its folder.
pub(super) fn beside(outputs: &Outputs, letters: Option<&Letters>) -> WrittenBeside {
    let Some(from) = folder_of(outputs.place()) else { return WrittenBeside::default() };
    let seen = |path: &Path| way(&will_be(path)?, &from);
    let of_unit = |folder: &PathBuf, letters: &Letters| {
        let ways = letters
            .of
            .iter()
            .filter_map(|(unit, file)| Some((unit.clone(), way(&will_be(folder)?.join(file), &from)?)));
        ways.collect()
    };
    WrittenBeside {
        letters: outputs
            .letters
            .as_ref()
            .zip(letters)
            .map_or_else(BTreeMap::new, |(folder, letters)| of_unit(folder, letters)),
        page: outputs.html.as_deref().and_then(seen),
    }
}

impl WrittenBeside {
    /// The same as seen from the folder of the page, which needs no way to itself.
    pub(super) fn seen_from(&self, workbook: &Path, page: &Path) -> WrittenBeside {
        let (Some(from), Some(to)) = (folder_of(workbook), folder_of(page)) else { return WrittenBeside::default() };
        let seen = |(unit, known): (&String, &Way)| Some((unit.clone(), way(&from.join(known.path()), &to)?));
        WrittenBeside { letters: self.letters.iter().filter_map(seen).collect(), page: None }
    }
}

/// The full path of what is written in this run, and may not be there yet.
fn will_be(path: &Path) -> Option<PathBuf> {
    Some(folder_of(path)?.join(path.file_name()?))
}

/// The folder that a file stands in, or will.
fn folder_of(file: &Path) -> Option<PathBuf> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    real(folder)
}

/// Where a path that is there leads. Some drives of Windows (in memory, of a container, long paths under Wine) do not say it;
/// there the path itself is taken.
fn real(path: &Path) -> Option<PathBuf> {
    std::fs::canonicalize(path).or_else(|_| path.metadata().and_then(|_| std::path::absolute(path))).ok()
}

/// The way from a folder to a file; none where a name is not Unicode and cannot stand in a link.
fn way(file: &Path, folder: &Path) -> Option<Way> {
    if cfg!(windows) { way_between_drives(file.to_str()?, folder.to_str()?) } else { relative(file, folder) }
}

fn relative(file: &Path, folder: &Path) -> Option<Way> {
    let relative = pathdiff::diff_paths(file, folder)?;
    let parts: Option<Vec<&str>> = relative.components().map(|part| part.as_os_str().to_str()).collect();
    Some(Way::Relative(parts?.join("/")))
}

/// The way between two full paths of Windows, as the system spells them or as people do. From one drive or share to another
/// there is only an absolute one.
fn way_between_drives(file: &str, folder: &str) -> Option<Way> {
    let (file, folder) = (Rooted::of(file)?, Rooted::of(folder)?);
    if file.root.to_lowercase() != folder.root.to_lowercase() {
        return Some(Way::Absolute(format!("{}/{}", file.root, file.path)));
    }
    relative(Path::new(&file.path), Path::new(&folder.path))
}

/// A full path of Windows: its drive (`D:`) or share (`//server/share`), and what follows, with `/`.
#[derive(Debug, PartialEq, Eq)]
struct Rooted {
    root: String,
    path: String,
}

impl Rooted {
    fn of(path: &str) -> Option<Rooted> {
        let path = path.replace('\\', "/");
        // How the system spells any path that it has looked up: `\\?\D:\…`, `\\?\UNC\server\share\…`.
        let plain = match path.strip_prefix("//?/UNC/") {
            Some(share) => format!("//{share}"),
            None => path.strip_prefix("//?/").unwrap_or(&path).to_owned(),
        };
        let end = match plain.strip_prefix("//") {
            Some(share) => {
                let server = share.find('/')?;
                let name = share[server + 1..].find('/').unwrap_or(share.len() - server - 1);
                "//".len() + server + 1 + name
            }
            None if plain.as_bytes().get(1) == Some(&b':') => "D:".len(),
            None => return None,
        };
        let (root, path) = plain.split_at(end);
        Some(Rooted { root: root.to_owned(), path: path.trim_start_matches('/').to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(file: &str, folder: &str) -> Option<Way> {
        way_between_drives(file, folder)
    }

    #[test]
    fn on_one_drive_or_share_the_way_is_relative_however_its_letter_is_written() {
        let way = between(r"\\?\D:\报送\一局\a.xlsx", r"d:\结果");
        assert_eq!(way, Some(Way::to("../报送/一局/a.xlsx")));
        assert_eq!(between(r"\\?\D:\a.xlsx", r"\\?\D:\"), Some(Way::to("a.xlsx")));
        let way = between(r"\\?\UNC\Server\share\报送\a.xlsx", r"\\server\share\结果");
        assert_eq!(way, Some(Way::to("../报送/a.xlsx")));
    }

    #[test]
    fn from_one_drive_or_share_to_another_the_way_is_absolute() {
        let absolute = |path: &str| Some(Way::Absolute(path.to_owned()));
        assert_eq!(between(r"\\?\D:\报送\a.xlsx", r"\\?\C:\结果"), absolute("D:/报送/a.xlsx"));
        let share = r"\\?\UNC\server\share\报送\a.xlsx";
        assert_eq!(between(share, r"\\?\C:\结果"), absolute("//server/share/报送/a.xlsx"));
        assert_eq!(between(share, r"\\?\UNC\server\other\结果"), absolute("//server/share/报送/a.xlsx"));
        assert_eq!(between(r"C:\a.xlsx", r"\\server\share"), absolute("C:/a.xlsx"));
    }

    #[test]
    fn what_is_no_full_path_has_no_way() {
        for path in [r"报送\a.xlsx", r"\a.xlsx", r"\\server", ""] {
            assert_eq!(between(path, r"C:\结果"), None, "{path}");
        }
    }
}
