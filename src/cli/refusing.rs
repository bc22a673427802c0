//! What is wrong with what was typed, said in the run's language with what to type instead.

use std::ffi::OsString;

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::Refused;
use crate::text::{Language, visible};

/// What clap found.
pub(super) fn refuse(error: &clap::Error, command: &Command, typed: &[OsString], language: Language) -> Refused {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return Refused { text: with_headings(&error.to_string(), language), is_help: true };
    }
    let place = place(command, typed);
    let say = |key: &str, holes: &[(&str, &dyn std::fmt::Display)]| language.say(&format!("run.usage-{key}"), holes);
    let called = std::iter::once("fuhe").chain(place.iter().copied()).collect::<Vec<_>>().join(" ");
    let sentence = sentence(error, &place, language);
    let help = say("see-help", &[("command", &called)]);
    Refused { text: format!("{sentence}\n{help}"), is_help: false }
}

/// The headings of a help page end as headings do in its language.
fn with_headings(page: &str, language: Language) -> String {
    ["commands", "arguments", "options", "limits"].iter().fold(page.to_owned(), |page, key| {
        let heading = language.word(&format!("run.heading-{key}"));
        page.replace(&format!("\n{heading}:\n"), &format!("\n{}\n", language.say("run.heading", &[("of", &heading)])))
    })
}

/// The names of the commands that were typed, the outer one first.
fn place<'c>(command: &'c Command, typed: &[OsString]) -> Vec<&'c str> {
    let (mut place, mut inner) = (Vec::new(), command);
    for word in typed.iter().skip(1) {
        let Some(found) = word.to_str().and_then(|word| inner.find_subcommand(word)) else { continue };
        place.push(found.get_name());
        inner = found;
    }
    place
}

fn sentence(error: &clap::Error, place: &[&str], language: Language) -> String {
    let what = context(error, &[ContextKind::InvalidArg, ContextKind::InvalidSubcommand], language);
    // The form that examples show.
    let what = what.replace("--output ", "-o ");
    let value = context(error, &[ContextKind::InvalidValue], language);
    let choices = context(error, &[ContextKind::ValidValue, ContextKind::ValidSubcommand], language);
    let other = context(error, &[ContextKind::PriorArg], language);
    let nearest = context(error, &[ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand], language);
    let example =
        language.word(&format!("run.example-{}", if place.is_empty() { "main".into() } else { place.join("-") }));
    let key = match error.kind() {
        ErrorKind::UnknownArgument if !nearest.is_empty() => "unknown-argument-near",
        ErrorKind::UnknownArgument => "unknown-argument",
        ErrorKind::InvalidSubcommand => "unknown-subcommand",
        ErrorKind::InvalidValue if value.is_empty() && choices.is_empty() => "value-missing",
        ErrorKind::InvalidValue if value.is_empty() => "value-missing-of",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if choices.is_empty() => "wrong-number",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "invalid-value",
        ErrorKind::MissingRequiredArgument if place.is_empty() => "missing",
        ErrorKind::MissingRequiredArgument => "missing-argument",
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => "missing-subcommand",
        ErrorKind::ArgumentConflict if what == other || other.is_empty() => "repeated",
        ErrorKind::ArgumentConflict => "conflict",
        ErrorKind::InvalidUtf8 => "not-text",
        _ => "other",
    };
    let holes: &[(&str, &dyn std::fmt::Display)] = &[
        ("what", &what),
        ("value", &value),
        ("choices", &choices),
        ("other", &other),
        ("nearest", &nearest),
        ("example", &example),
    ];
    language.say(&format!("run.usage-{key}"), holes)
}

fn context(error: &clap::Error, kinds: &[ContextKind], language: Language) -> String {
    let found = kinds.iter().find_map(|kind| error.get(*kind));
    match found {
        Some(ContextValue::String(text)) => visible(text),
        Some(ContextValue::Strings(texts)) => visible(&texts.join(&language.word("finding.list-separator"))),
        _ => String::new(),
    }
}
