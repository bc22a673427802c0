//! The command line as clap knows it: commands, arguments and options, every word of it in the run's language.

use std::path::PathBuf;

use clap::builder::styling::Styles;
use clap::{Arg, ArgAction, Command, value_parser};

use crate::limits::{LIMITS, Limit};
use crate::text::Language;

/// The shells that completions can be made for.
pub(super) const SHELLS: [&str; 4] = ["bash", "zsh", "fish", "powershell"];

/// The whole command line.
pub(super) fn command(language: Language) -> Command {
    let words = Words(language);
    let command = Command::new("fuhe")
        .version(env!("CARGO_PKG_VERSION"))
        .about(words.help("about"))
        .after_help(words.help("exit-codes"))
        .styles(Styles::plain())
        .disable_version_flag(true)
        .args_conflicts_with_subcommands(true)
        .subcommand_negates_reqs(true)
        .arg(words.argument("paths", "path").required(true).num_args(1..).value_parser(value_parser!(PathBuf)))
        .arg(words.path_option("files-from", "list"))
        .args(output_arguments(words))
        .args(rule_arguments(words))
        .args(against_arguments(words).into_iter().map(|option| option.conflicts_with("files-from")))
        .arg(words.path_option("notice", "file"))
        .arg(words.path_option("vocabulary", "words"))
        .arg(words.option("jobs", "number").value_parser(value_parser!(u16).range(1..=1024)))
        .arg(words.path_option("resume", "lines"))
        .arg(words.flag("timings").hide_short_help(true))
        .arg(words.option("fail-on", "what").value_parser(["overstated", "error", "warning", "unread"]))
        .arg(words.flag("version").short('V').action(ArgAction::Version))
        .args(LIMITS.iter().map(|limit| limit_argument(limit, words)))
        .subcommand(explain_command(words))
        .subcommand(rulebook_command(words))
        .subcommand(template_command(words))
        .subcommand(report_command(words))
        .subcommand(completions_command(words))
        .subcommand(man_command(words));
    localised(command, words, "main")
}

/// What the parts of a command line are called in one language.
#[derive(Clone, Copy)]
struct Words(Language);

impl Words {
    fn help(self, key: &str) -> String {
        self.0.word(&format!("run.help-{key}"))
    }

    fn heading(self, key: &str) -> String {
        self.0.word(&format!("run.heading-{key}"))
    }

    fn value(self, key: &str) -> String {
        self.0.word(&format!("run.value-{key}"))
    }

    /// What is typed without a name, by its place.
    fn argument(self, name: &'static str, value: &str) -> Arg {
        Arg::new(name).value_name(self.value(value)).help(self.help(name)).help_heading(self.heading("arguments"))
    }

    /// An option with a value.
    fn option(self, name: &'static str, value: &str) -> Arg {
        Arg::new(name)
            .long(name)
            .value_name(self.value(value))
            .help(self.help(name))
            .help_heading(self.heading("options"))
            .hide_possible_values(true)
    }

    /// An option whose value is a file or a folder.
    fn path_option(self, name: &'static str, value: &str) -> Arg {
        self.option(name, value).value_parser(value_parser!(PathBuf))
    }

    /// An option without a value.
    fn flag(self, name: &'static str) -> Arg {
        Arg::new(name).long(name).action(ArgAction::SetTrue).help(self.help(name)).help_heading(self.heading("options"))
    }

    /// A command of that name; `key` names its texts.
    fn command(self, name: &'static str, key: &str) -> Command {
        Command::new(name).about(self.help(key))
    }
}

/// What a limit bounds, and what it is unless it is changed.
fn limit_argument(limit: &Limit, words: Words) -> Arg {
    let means = words.0.word(&limit.help_key());
    let help = words.0.say("run.help-limit", &[("means", &means), ("value", &limit.default())]);
    words
        .option(limit.name, "number")
        .value_parser(value_parser!(u64).range(1..))
        .help(help)
        .help_heading(words.heading("limits"))
        .hide_short_help(true)
}

/// The language option, help and usage in the language's own words, in every command. `path`: the texts of its usage.
fn localised(command: Command, words: Words, path: &str) -> Command {
    let lang = words.option("lang", "language").value_parser(Language::ALL.map(Language::name));
    let command = command
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .arg(words.flag("help").short('h').action(ArgAction::Help))
        .arg(lang)
        .override_usage(words.0.word(&format!("run.usage-of-{path}")))
        .subcommand_help_heading(words.heading("commands"))
        .help_template(words.help("page"));
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let inner = |name: &str| if path == "main" { name.to_owned() } else { format!("{path}-{name}") };
    names.iter().fold(command, |command, name| command.mut_subcommand(name, |sub| localised(sub, words, &inner(name))))
}

fn output_arguments(words: Words) -> Vec<Arg> {
    vec![
        words.path_option("output", "workbook").short('o'),
        words.flag("no-workbook").conflicts_with("output"),
        words.path_option("jsonl", "file"),
        words.path_option("html", "file"),
        words.path_option("batch-json", "file"),
        words.path_option("letters", "folder"),
        words.path_option("carry", "workbook"),
        words.option("sample", "number").value_parser(value_parser!(u64)),
        words.option("tolerable", "number").value_parser(value_parser!(u32).range(1..=99)).requires("sample"),
        words.option("expected", "number").value_parser(value_parser!(u32).range(0..=98)).requires("sample"),
        words.option("confidence", "number").value_parser(value_parser!(u32).range(1..=99)).requires("sample"),
        words.flag("force"),
    ]
}

/// What a batch is held against. A part of it cannot be: what is not in the part may be in another.
fn against_arguments(words: Words) -> Vec<Arg> {
    vec![words.path_option("roster", "roster"), words.path_option("baseline", "lines")]
}

fn rule_arguments(words: Words) -> Vec<Arg> {
    vec![words.option("rulebook", "rulebook"), words.path_option("rulebooks", "folder")]
}

fn explain_command(words: Words) -> Command {
    words
        .command("explain", "explain")
        .arg(
            words
                .argument("workbook", "workbook")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help(words.help("explain-workbook")),
        )
        .arg(words.argument("indicator", "indicator").help(words.help("explain-indicator")))
        .arg(
            words
                .flag("tables")
                .conflicts_with_all(["indicator", "rulebook", "rulebooks"])
                .help(words.help("explain-tables")),
        )
        .arg(words.flag("json").requires("tables").help(words.help("explain-json")))
        .args(rule_arguments(words))
        .arg(words.path_option("vocabulary", "words"))
}

fn rulebook_command(words: Words) -> Command {
    words
        .command("rulebook", "rulebook-command")
        .subcommand_required(true)
        .subcommand(words.command("list", "rulebook-list").args(rule_arguments(words)))
        .subcommand(
            words
                .command("show", "rulebook-show")
                .arg(words.argument("id", "rulebook-id").required(true).help(words.help("rulebook-id")))
                .args(text_output_arguments(words)),
        )
        .subcommand(
            words.command("check", "rulebook-check").arg(
                words
                    .argument("file", "rulebook-file")
                    .required(true)
                    .value_parser(value_parser!(PathBuf))
                    .help(words.help("rulebook-file")),
            ),
        )
        .subcommand(words.command("schema", "rulebook-schema").args(text_output_arguments(words)))
}

fn text_output_arguments(words: Words) -> [Arg; 2] {
    [words.path_option("output", "file").short('o').help(words.help("text-output")), words.flag("force")]
}

fn template_command(words: Words) -> Command {
    words
        .command("template", "template")
        .arg(words.path_option("output", "workbook").short('o').required(true).help(words.help("template-output")))
        .args(rule_arguments(words))
        .arg(words.flag("force"))
}

fn report_command(words: Words) -> Command {
    words
        .command("report", "report")
        .arg(
            words
                .argument("files", "lines")
                .required(true)
                .num_args(1..)
                .value_parser(value_parser!(PathBuf))
                .help(words.help("report-files")),
        )
        .arg(words.path_option("folder", "folder").help(words.help("report-folder")))
        .args(output_arguments(words))
        .args(rule_arguments(words))
        .args(against_arguments(words))
        .arg(words.path_option("notice", "file"))
}

fn completions_command(words: Words) -> Command {
    words.command("completions", "completions").arg(
        words
            .argument("shell", "shell")
            .required(true)
            .value_parser(SHELLS)
            .hide_possible_values(true)
            .help(words.help("completions-shell")),
    )
}

fn man_command(words: Words) -> Command {
    words.command("man", "man").arg(
        words
            .argument("command", "command")
            .value_parser(["explain", "rulebook", "template", "report", "completions", "man"])
            .hide_possible_values(true)
            .help(words.help("man-command")),
    )
}
