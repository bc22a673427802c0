//! Names that every spreadsheet program accepts for a sheet: at most 31 UTF-16 units, no `[]:*?/\`, no quote at an end.

/// Most UTF-16 units of a sheet's name.
const LONGEST: usize = 31;

/// `prefix` and as much of `name` as fits. The prefix must make it unique.
pub fn sheet_name(prefix: &str, name: &str) -> String {
    let wanted = format!("{prefix} {}", name.trim());
    let safe: String = wanted.chars().filter_map(safe_character).collect();
    let short = shorten(&safe, LONGEST);
    short.trim_end_matches([' ', '\'', '\u{3000}']).to_owned()
}

/// A file name for a sheet of its own: nothing that some file system refuses.
pub fn file_name(sheet: &str) -> String {
    let safe = sheet.chars().map(|character| match character {
        '<' => '＜',
        '>' => '＞',
        '"' => '＂',
        '|' => '｜',
        '#' => '＃',
        '%' => '％',
        _ => character,
    });
    let name: String = safe.collect();
    format!("{}.xlsx", name.trim_end_matches(['.', ' ']))
}

fn safe_character(character: char) -> Option<char> {
    match character {
        '[' => Some('［'),
        ']' => Some('］'),
        ':' => Some('：'),
        '*' => Some('＊'),
        '?' => Some('？'),
        '/' => Some('／'),
        '\\' => Some('＼'),
        '\'' => Some('’'),
        _ if crate::text::is_invisible(character) => None,
        _ => Some(character),
    }
}

/// The longest beginning of at most `units` UTF-16 units.
pub fn shorten(text: &str, units: usize) -> &str {
    let mut used = 0;
    for (at, character) in text.char_indices() {
        used += character.len_utf16();
        if used > units {
            return &text[..at];
        }
    }
    text
}
