//! Every text for people, in one place per language: `zh/*.toml` (the default) and `en/*.toml`.
//!
//! A text has a key and holes in braces: `claim-above = "自评{claimed}分"`. The same keys and the same holes stand in
//! both languages; a test sees to it. Names of indicators and facts stay the rulebook's in both.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::{self, Display, Write};
use std::sync::LazyLock;

use foldhash::fast::RandomState;

use crate::packed::Worded;
use crate::phrase::{Phrase, Term};

type Table = HashMap<String, String, RandomState>;

/// The files of a language's folder; a file's name is the first part of its keys.
macro_rules! folder {
    ($folder:literal: $($file:literal)+) => { [$(($file, include_str!(concat!($folder, "/", $file, ".toml")))),+] };
}

/// The languages: a type with a line of the list for each, its folder and its name on the command line (`--lang zh`) being one.
macro_rules! languages {
    ($($(#[$about:meta])* $language:ident = $folder:literal,)+) => {
        /// The language of reports and messages.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub enum Language {
            $($(#[$about])* $language,)+
        }

        impl Language {
            /// Every language, the default first.
            pub const ALL: [Language; [$($folder),+].len()] = [$(Language::$language),+];

            /// What it is called on the command line; its folder has the same name.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Language::$language => $folder,)+
                }
            }

            const fn files(self) -> [(&'static str, &'static str); 13] {
                match self {
                    $(Language::$language => folder!($folder: "finding" "intake" "check" "working" "report" "letter" "template"
                        "page" "run" "contradiction" "declared" "rulebook" "vocabulary"),)+
                }
            }
        }
    };
}

languages! {
    /// Chinese, the default.
    #[default]
    Zh = "zh",
    /// English.
    En = "en",
}

static TABLES: LazyLock<[Table; Language::ALL.len()]> =
    LazyLock::new(|| Language::ALL.map(|language| table(&language.files())));

fn table(files: &[(&str, &str)]) -> Table {
    let mut table = Table::default();
    for (file, text) in files {
        // The texts are part of the program; a test parses each of them.
        let entries: toml::Table = text.parse().unwrap_or_default();
        for (key, value) in entries {
            if let toml::Value::String(words) = value {
                table.insert(format!("{file}.{key}"), words);
            }
        }
    }
    table
}

impl Language {
    /// The text of `key` (`file.name`) with its holes filled. An unknown key shows itself, so that nothing is lost.
    pub fn say(self, key: &str, holes: &[(&str, &dyn Display)]) -> String {
        let Some(pattern) = TABLES[self as usize].get(key) else {
            return key.to_owned();
        };
        fill(pattern, holes)
    }

    /// The text of a key without holes.
    pub fn word(self, key: &str) -> String {
        self.say(key, &[])
    }

    /// A phrase in words. What fills its holes is worded in the same language.
    pub fn phrase(self, phrase: &impl Worded) -> String {
        let phrase = phrase.phrase();
        let terms: Vec<(&str, Cow<str>)> = phrase.terms.iter().map(|(hole, term)| (hole, self.term(term))).collect();
        let holes: Vec<(&str, &dyn Display)> =
            terms.iter().map(|(hole, words)| (*hole, words as &dyn Display)).collect();
        self.say(&phrase.says, &holes)
    }

    /// What fills a hole, in words.
    pub fn term(self, term: &Term) -> Cow<'_, str> {
        let joined = |terms: &[Term], by: &str| {
            let words: Vec<Cow<str>> = terms.iter().map(|term| self.term(term)).collect();
            words.join(&*self.word(by))
        };
        match term {
            Term::Text(text) => Cow::Borrowed(text),
            Term::Phrase(phrase) => Cow::Owned(self.phrase(phrase)),
            Term::List(terms) => Cow::Owned(joined(terms, "finding.list-separator")),
            Term::Joined { items, by } => Cow::Owned(joined(items, by)),
        }
    }

    /// Every key of the language with its pattern, for the tests and for lists of codes.
    pub fn texts(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        TABLES[self as usize].iter().map(|(key, words)| (key.as_str(), words.as_str()))
    }
}

/// Whether every text that a phrase names is there, so that nothing of it would show itself as a key.
pub fn is_known(phrase: &Phrase) -> bool {
    phrase.keys().into_iter().all(|key| TABLES.iter().all(|table| table.contains_key(key)))
}

/// Fills holes in one pass, so that braces in a department's own text stay text. What fills them is made visible: it
/// may be a stranger's text, and a sentence must not steer a terminal. Lines stay lines. Within quotation marks its own
/// become single ones.
fn fill(pattern: &str, holes: &[(&str, &dyn Display)]) -> String {
    let mut text = String::with_capacity(pattern.len() + 32);
    let (mut rest, mut quoted) = (pattern, false);
    while let Some(open) = rest.find('{') {
        let (before, after) = rest.split_at(open);
        text.push_str(before);
        quoted = before.chars().fold(quoted, is_quoted);
        let Some(close) = after.find('}') else {
            rest = after;
            break;
        };
        let name = &after[1..close];
        match holes.iter().find(|(hole, _)| *hole == name) {
            Some((_, value)) => {
                // Text takes whatever is written into it.
                let _ = write!(Filled { text: &mut text, quoted }, "{value}");
            }
            None => text.push_str(&after[..=close]),
        }
        rest = &after[close + 1..];
    }
    text.push_str(rest);
    text
}

/// What fills a hole, on its way into the text.
struct Filled<'t> {
    text: &'t mut String,
    /// The hole stands within quotation marks.
    quoted: bool,
}

impl fmt::Write for Filled<'_> {
    fn write_str(&mut self, value: &str) -> fmt::Result {
        let stays = |character| character == '\n';
        if self.quoted && value.contains(['“', '”']) {
            push_visible(self.text, &value.replace('“', "‘").replace('”', "’"), stays);
        } else {
            push_visible(self.text, value, stays);
        }
        Ok(())
    }
}

/// Whether what follows this character of a pattern stands within quotation marks.
fn is_quoted(before: bool, character: char) -> bool {
    match character {
        '“' => true,
        '”' => false,
        _ => before,
    }
}

/// Text from a file name or a submission for showing: control characters and marks that turn the direction of
/// writing appear as escapes, so that they can neither steer a terminal nor disguise a name.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    push_visible(&mut shown, text, |_| false);
    shown
}

fn push_visible(to: &mut String, text: &str, stays: impl Fn(char) -> bool) {
    for character in text.chars() {
        if is_invisible(character) && !stays(character) {
            to.extend(character.escape_unicode());
        } else {
            to.push(character);
        }
    }
}

/// Characters that steer rather than show: controls, direction marks, marks without width, and the like.
pub fn is_invisible(character: char) -> bool {
    // ASCII that shows, and the marks and ideographs of Chinese: nearly all text.
    if matches!(character, ' '..='~' | '\u{3000}'..='\u{9FFF}') {
        return false;
    }
    character.is_control()
        || matches!(character as u32, 0x00AD | 0x061C | 0x180E | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F)
        || matches!(character as u32, 0xFEFF | 0xFFF9..=0xFFFB | 0xFFFE | 0xFFFF | 0xE0000..=0xE007F)
}
