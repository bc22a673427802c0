//! Names of files that Windows, macOS and Linux all accept, and that differ for all of them.

use std::collections::BTreeSet;

use crate::text::is_invisible;

/// Most bytes of a name without its ending: any file system holds as many, and a long folder before them.
const LONGEST: usize = 150;

/// A name for a letter, not yet taken even where case does not count; it is taken now.
pub fn unique(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let stem = safe(wanted);
    let mut number = 1;
    loop {
        let name = if number == 1 { format!("{stem}.docx") } else { format!("{stem}-{number}.docx") };
        if taken.insert(name.to_lowercase()) {
            return name;
        }
        number += 1;
    }
}

fn safe(wanted: &str) -> String {
    let plain: String = wanted.chars().filter(|one| !one.is_control() && !is_invisible(*one)).map(full_width).collect();
    let short = shorten(plain.trim());
    // Windows drops dots and blanks at the end of a name.
    short.trim_end_matches([' ', '.', '\u{3000}']).to_owned()
}

/// Characters with a meaning for file systems, as their full-width forms.
fn full_width(character: char) -> char {
    match character {
        '<' => '＜',
        '>' => '＞',
        ':' => '：',
        '"' => '＂',
        '/' => '／',
        '\\' => '＼',
        '|' => '｜',
        '?' => '？',
        '*' => '＊',
        other => other,
    }
}

fn shorten(text: &str) -> &str {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_on_windows() {
        let mut taken = BTreeSet::new();
        assert_eq!(unique("反馈函-某局/办公室:\"一\"*?.", &mut taken), "反馈函-某局／办公室：＂一＂＊？.docx");
        assert_eq!(unique("反馈函-..\\..\\某\u{202E}局\n", &mut taken), "反馈函-..＼..＼某局.docx");
    }

    #[test]
    fn names_differ_even_where_case_does_not_count() {
        let mut taken = BTreeSet::new();
        let names = ["函-A", "函-a", "函-A"].map(|name| unique(name, &mut taken));
        assert_eq!(names, ["函-A.docx", "函-a-2.docx", "函-A-3.docx"]);
    }

    #[test]
    fn long_names_are_cut_between_characters() {
        let name = unique(&"局".repeat(400), &mut BTreeSet::new());
        assert_eq!(name, format!("{}.docx", "局".repeat(50)));
    }
}
