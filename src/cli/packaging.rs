//! What packagers need: completions for the shells and the manual, both from the command line as clap knows it.

use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;

use crate::text::Language;

/// The script for a shell; none where the shell is unknown.
pub(super) fn completions(shell: &str, mut command: Command) -> Option<Vec<u8>> {
    let shell: Shell = shell.parse().ok()?;
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "fuhe", &mut script);
    Some(script)
}

/// The manual's page of the program, or of one of its commands, under headings in its language.
pub(super) fn man(wanted: Option<&str>, command: Command, language: Language) -> std::io::Result<Vec<u8>> {
    // The manual holds what the short help leaves out.
    let mut command = command.mut_args(|argument| argument.hide_short_help(false));
    command.build();
    let page_of = match wanted.and_then(|name| command.find_subcommand(name)) {
        Some(found) => found.clone().display_name(format!("fuhe-{}", found.get_name())),
        None => command,
    };
    let mut page = Vec::new();
    Man::new(page_of).render(&mut page)?;
    let text = String::from_utf8_lossy(&page);
    let lines: Vec<String> = text.lines().map(|line| with_heading(line, language)).collect();
    Ok((lines.join("\n") + "\n").into_bytes())
}

/// The headings that the manual's generator writes, and what they are called.
const HEADINGS: [(&str, &str); 7] = [
    ("NAME", "name"),
    ("SYNOPSIS", "synopsis"),
    ("DESCRIPTION", "description"),
    ("SUBCOMMANDS", "commands"),
    ("OPTIONS", "options"),
    ("EXTRA", "extra"),
    ("VERSION", "version"),
];

fn with_heading(line: &str, language: Language) -> String {
    let heading = line.strip_prefix(".SH ").and_then(|written| {
        let written = written.trim_matches('"');
        HEADINGS.iter().find(|(known, _)| *known == written)
    });
    match heading {
        Some((_, key)) => format!(".SH {}", language.word(&format!("run.man-{key}"))),
        None => line.to_owned(),
    }
}
