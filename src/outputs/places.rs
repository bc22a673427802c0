//! Where each input lies, as a link of one of the outputs names it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::batch::Input;
use crate::report::Place;

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
    let path = std::fs::canonicalize(&input.path).ok()?;
    let relative = pathdiff::diff_paths(path, folder)?;
    Some(Place { path: slashed(&relative)?, archive: !input.entries.is_empty() })
}

/// Places relative to the folder of one output, as seen from the folder of another.
pub(super) fn moved(places: &BTreeMap<String, Place>, from: &Path, to: &Path) -> BTreeMap<String, Place> {
    let (Some(from), Some(to)) = (folder_of(from), folder_of(to)) else { return BTreeMap::new() };
    if from == to {
        return places.clone();
    }
    let seen = |place: &Place| {
        let path = pathdiff::diff_paths(from.join(&place.path), &to)?;
        Some(Place { path: slashed(&path)?, archive: place.archive })
    };
    places.iter().filter_map(|(file, place)| Some((file.clone(), seen(place)?))).collect()
}

/// The folder that a file stands in, or will.
fn folder_of(file: &Path) -> Option<PathBuf> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::canonicalize(folder).ok()
}

/// A path with `/`; none where a name is not Unicode and cannot stand in a link.
fn slashed(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.components().map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/"))
}
