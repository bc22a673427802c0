//! `*` and `?` in paths, where no shell replaces them: under Windows that is the program's own work.

use std::path::{Path, PathBuf};

use glob::{MatchOptions, Pattern};

use crate::error::Error;
use crate::report::writers::write::is_audit_workbook;

/// Letters of either case are alike in the names of Windows; `*` does not reach into folders.
const AS_IN_WINDOWS: MatchOptions =
    MatchOptions { case_sensitive: false, require_literal_separator: true, require_literal_leading_dot: false };

/// The paths, each that has a `*` or `?` in it replaced by those that it stands for, where no shell has done that before.
///
/// # Errors
/// One of them stands for nothing.
pub fn expanded(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    if !cfg!(windows) {
        return Ok(paths.to_vec());
    }
    let each = paths.iter().map(|path| match matching(path) {
        None => Ok(vec![path.clone()]),
        Some(found) if found.is_empty() => Err(Error::NoMatch { path: path.clone() }),
        Some(found) => Ok(found),
    });
    Ok(each.collect::<Result<Vec<_>, Error>>()?.concat())
}

/// What a path with `*` or `?` in it stands for, in the order of names; none for any other path. What this program wrote itself
/// is not meant.
fn matching(path: &Path) -> Option<Vec<PathBuf>> {
    let text = path.to_str()?;
    // The long spelling of a path (`\\?\D:\…`) has a question mark of its own, and stands for itself.
    if !text.contains(['*', '?']) || text.starts_with(r"\\?\") {
        return None;
    }
    // Brackets are letters like others: `某局[1].xlsx` is what browsers call a second download.
    let pieces = text.split(['*', '?']);
    let signs = text.chars().filter(|sign| matches!(sign, '*' | '?')).map(String::from).chain([String::new()]);
    let pattern: String = pieces.zip(signs).map(|(piece, sign)| Pattern::escape(piece) + &sign).collect();
    // Two stars in a row would reach into folders.
    let pattern = pattern.replace("**", "*");
    let found = glob::glob_with(&pattern, AS_IN_WINDOWS).ok()?.flatten();
    Some(found.filter(|path| !is_audit_workbook(path)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_the_names_that_fit_and_brackets_for_themselves() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["甲局.xlsx", "乙局[1].XLSX", "丙局.xls", "b1.ods", "b22.ods"] {
            std::fs::write(at(name), b"").unwrap();
        }
        std::fs::create_dir(at("下属")).unwrap();
        std::fs::write(at("下属/丁局.xlsx"), b"").unwrap();
        let found = |pattern: &str| {
            let mut found = matching(&at(pattern)).unwrap();
            found.sort();
            found
        };
        assert_eq!(found("*.xlsx"), [at("乙局[1].XLSX"), at("甲局.xlsx")]);
        assert_eq!(found("乙局[1].*"), [at("乙局[1].XLSX")]);
        assert_eq!(found("b?.ods"), [at("b1.ods")]);
        assert_eq!(found("**.xlsx"), found("*.xlsx"));
        assert_eq!(found("*/丁*"), [at("下属/丁局.xlsx")]);
        assert!(found("*.csv").is_empty());
        assert_eq!(matching(&at("甲局.xlsx")), None);
        assert_eq!(matching(Path::new(r"\\?\D:\报送")), None);
    }
}
