//! What the libraries that read TOML and JSON complain of, as sentences of ours: in the run's language, with the place.

use serde_json::error::Category;

use crate::phrase::Phrase;

/// What a text that should be TOML has wrong, by the words with which the library begins to say so: those that begin alike
/// have the longer one first.
const TOML: [(&str, &str); 31] = [
    ("extra comma", "run.toml-extra-comma"),
    ("extra `=`", "run.toml-extra-equals"),
    ("extra assignment", "run.toml-extra-equals"),
    ("unexpected `=`", "run.toml-extra-equals"),
    ("missing assignment", "run.toml-no-equals"),
    ("missing comma", "run.toml-no-comma"),
    ("missing value", "run.toml-no-value"),
    ("key with no value", "run.toml-no-equals"),
    ("missing key", "run.toml-no-key"),
    ("unquoted keys cannot be empty", "run.toml-no-key"),
    ("invalid unquoted key", "run.toml-key"),
    ("invalid key-value pair", "run.toml-key"),
    ("keys cannot be", "run.toml-key"),
    ("string values must be quoted", "run.toml-quotes"),
    ("missing opening quote", "run.toml-quotes"),
    ("invalid basic string", "run.toml-open-text"),
    ("invalid literal string", "run.toml-open-text"),
    ("invalid multi-line", "run.toml-open-text"),
    ("unclosed", "run.toml-open-bracket"),
    ("missing array", "run.toml-open-bracket"),
    ("missing inline table", "run.toml-open-bracket"),
    ("missing table", "run.toml-open-bracket"),
    ("missing escaped", "run.toml-backslash"),
    ("too few unicode", "run.toml-backslash"),
    ("unexpected leading zero", "run.toml-number"),
    ("redundant", "run.toml-number"),
    ("integers with a radix", "run.toml-number"),
    ("radix", "run.toml-number"),
    ("invalid value", "run.toml-value"),
    ("cannot recurse", "run.toml-deep"),
    ("recursion limit", "run.toml-deep"),
];

/// What is wrong with a text that should be TOML.
pub fn of_toml(message: &str) -> Phrase {
    let known = TOML.iter().find(|(begins, _)| message.starts_with(begins));
    Phrase::new(known.map_or("run.toml-other", |(_, says)| *says))
}

/// What is wrong with a line that should be JSON of ours.
pub fn of_json(error: &serde_json::Error) -> Phrase {
    let at = |says: &'static str| Phrase::new(says).with("column", error.column().to_string());
    match error.classify() {
        Category::Eof => Phrase::new("run.json-cut"),
        Category::Syntax => at("run.json-syntax"),
        Category::Io => Phrase::new("run.io-unknown"),
        Category::Data => {
            let message = error.to_string();
            let named = |begins: &str| message.strip_prefix(begins)?.split('`').next().map(str::to_owned);
            match (named("missing field `"), named("duplicate field `"), named("unknown variant `")) {
                (Some(name), _, _) => Phrase::new("run.json-missing").with("name", name),
                (_, Some(name), _) => Phrase::new("run.json-twice").with("name", name),
                (_, _, Some(name)) => at("run.json-variant").with("name", name),
                _ => at("run.json-value"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use toml::de::DeTable;

    use super::*;
    use crate::audit::Severity;
    use crate::text::Language;

    fn says_of(text: &str) -> String {
        let (_, errors) = DeTable::parse_recoverable(text);
        let error = errors.first().unwrap_or_else(|| panic!("{text:?} is TOML"));
        of_toml(error.message()).says.into_owned()
    }

    #[test]
    fn each_usual_slip_in_toml_is_named_for_what_it_is() {
        let slips = [
            ("a = [1,,2]", "extra-comma"),
            ("a == 1", "extra-equals"),
            ("a 1", "no-equals"),
            ("a = [\"x\" \"y\"]", "no-comma"),
            ("a =", "quotes"),
            ("= 1", "no-key"),
            ("a = 是", "quotes"),
            ("a = \"是", "open-text"),
            ("a = [1", "open-bracket"),
            ("[a", "open-bracket"),
            ("a = \"\\q\"", "backslash"),
            ("a = 01", "number"),
        ];
        for (text, says) in slips {
            assert_eq!(says_of(text), format!("run.toml-{says}"), "{text}");
        }
    }

    #[test]
    fn whatever_the_libraries_say_no_word_of_theirs_is_shown() {
        for text in ["a = 1979-99-99", "a.b = 1\na = 2", "[[a]]\n[a]", "a = {b = 1,, c}", "\u{1}", "a = nan1", "a = 1_"]
        {
            let (_, errors) = DeTable::parse_recoverable(text);
            for error in &errors {
                let said = Language::Zh.phrase(&of_toml(error.message())).replace("TOML", "");
                assert!(!said.chars().any(|c| c.is_ascii_alphabetic()), "{text}: {} → {said}", error.message());
            }
        }
        let lines = [r#"{"a":"#, r#"{"a" 1}"#, r#"{}"#, "[1]", r#""worst""#, "7"];
        for line in lines {
            let Err(error) = serde_json::from_str::<Severity>(line) else { panic!("{line}") };
            let said =
                Language::Zh.phrase(&of_json(&error)).replace("JSON", "").replace("“a”", "").replace("worst", "");
            assert!(!said.chars().any(|c| c.is_ascii_alphabetic()), "{line}: {error} → {said}");
        }
    }
}
