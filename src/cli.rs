//! Arguments as typed, options as meant.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::builder::styling::Styles;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use crate::limits::{LIMITS, Limit};
use crate::rulebook::library::RuleOptions;
use crate::text::Language;

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// Audit what the paths hold: the main job.
    Audit(AuditOptions),
    /// Show what was read from one workbook, and the working of one score.
    Explain {
        /// The workbook.
        workbook: PathBuf,
        /// An indicator's id or name.
        indicator: Option<String>,
        /// Which rules.
        rules: RuleOptions,
        /// A file with words of forms beside the built-in ones.
        vocabulary: Option<PathBuf>,
    },
    /// Show how the tables of one workbook were understood, also without a card.
    Tables {
        /// The workbook.
        workbook: PathBuf,
        /// For machines: one line of JSON for each table.
        json: bool,
        /// A file with words of forms beside the built-in ones.
        vocabulary: Option<PathBuf>,
    },
    /// The rulebooks there are.
    RulebookList(RuleOptions),
    /// A rulebook's text.
    RulebookShow {
        /// Its id.
        id: String,
    },
    /// All flaws of a rulebook.
    RulebookCheck {
        /// Its file.
        file: PathBuf,
    },
    /// The JSON Schema of rulebooks, for editors.
    RulebookSchema,
    /// The blank submission workbook.
    Template {
        /// Where to.
        output: PathBuf,
        /// For which rules.
        rules: RuleOptions,
        /// Replace an existing file.
        force: bool,
    },
    /// Reports from stored audits.
    Report {
        /// Files of JSON Lines.
        files: Vec<PathBuf>,
        /// The folder that was audited; none: links lead nowhere, and whether a file was left out is not known.
        folder: Option<PathBuf>,
        /// What to write.
        outputs: Outputs,
        /// Which rules.
        rules: RuleOptions,
    },
}

/// Options of the main job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditOptions {
    /// Folders, workbooks and archives.
    pub paths: Vec<PathBuf>,
    /// A list of what is meant of the one folder among the paths; none: all of it.
    pub files_from: Option<PathBuf>,
    /// What to write.
    pub outputs: Outputs,
    /// Which rules.
    pub rules: RuleOptions,
    /// A file with words of forms beside the built-in ones.
    pub vocabulary: Option<PathBuf>,
    /// Files audited at once; none: one for each processor.
    pub jobs: Option<usize>,
    /// The lines of an earlier run: what was audited then in the same way is not read anew.
    pub resume: Option<PathBuf>,
    /// Whether it is told what each stage costs.
    pub timings: bool,
    /// What makes the exit code 1.
    pub fail_on: Option<FailOn>,
    /// Limits as typed, by name.
    pub limits: Vec<(&'static str, u64)>,
}

/// What is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outputs {
    /// The audit workbook; none where none is wanted.
    pub workbook: Option<PathBuf>,
    /// JSON Lines; `-` is standard output.
    pub jsonl: Option<PathBuf>,
    /// The page.
    pub html: Option<PathBuf>,
    /// The folder of letters.
    pub letters: Option<PathBuf>,
    /// An earlier audit workbook whose entries are taken over.
    pub carry: Option<PathBuf>,
    /// Replace files that are not ours.
    pub force: bool,
}

impl Outputs {
    /// Where the audit workbook stands, or would.
    pub fn place(&self) -> &Path {
        self.workbook.as_deref().unwrap_or(Path::new(DEFAULT_OUTPUT))
    }

    /// Whether nothing is wanted but the lines.
    pub fn are_lines_only(&self) -> bool {
        self.workbook.is_none() && self.html.is_none() && self.letters.is_none()
    }
}

/// What makes the exit code 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailOn {
    /// A verdict overstated above info.
    Overstated,
    /// A finding of severity error.
    Error,
    /// A finding of severity warning or error.
    Warning,
    /// A file that could not be audited.
    Unread,
}

/// Everything typed, as meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// What is to be done.
    pub task: Task,
    /// The language of all texts.
    pub language: Language,
}

/// Why there is nothing to do: help was asked for, or the arguments are off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// What to print.
    pub text: String,
    /// Help and version are data for standard output; anything else is an error.
    pub is_help: bool,
}

/// Understands the arguments.
///
/// # Errors
/// Help is asked for, or an argument is off: then the text says what was expected.
pub fn understand(arguments: Vec<OsString>) -> Result<Call, Refused> {
    let language = language_of(&arguments);
    let matches = command(language).try_get_matches_from(arguments).map_err(|error| refuse(&error, language))?;
    let task = match matches.subcommand() {
        Some(("explain", found)) if found.get_flag("tables") => Task::Tables {
            workbook: path(found, "workbook").unwrap_or_default(),
            json: found.get_flag("json"),
            vocabulary: path(found, "vocabulary"),
        },
        Some(("explain", found)) => Task::Explain {
            workbook: path(found, "workbook").unwrap_or_default(),
            indicator: text(found, "indicator"),
            rules: rules(found),
            vocabulary: path(found, "vocabulary"),
        },
        Some(("rulebook", found)) => rulebook_task(found),
        Some(("template", found)) => Task::Template {
            output: path(found, "output").unwrap_or_default(),
            rules: rules(found),
            force: found.get_flag("force"),
        },
        Some(("report", found)) => Task::Report {
            files: paths(found, "files"),
            folder: path(found, "folder"),
            outputs: outputs(found),
            rules: rules(found),
        },
        _ => Task::Audit(audit_options(&matches)),
    };
    Ok(Call { task, language })
}

/// The language is needed before the arguments are understood, for what is said about them.
fn language_of(arguments: &[OsString]) -> Language {
    let texts: Vec<_> = arguments.iter().map(|argument| argument.to_string_lossy()).collect();
    let spaced = texts.windows(2).any(|pair| pair[0] == "--lang" && pair[1] == "en");
    if spaced || texts.iter().any(|text| text == "--lang=en") { Language::En } else { Language::Zh }
}

fn audit_options(found: &ArgMatches) -> AuditOptions {
    AuditOptions {
        paths: paths(found, "paths"),
        files_from: path(found, "files-from"),
        outputs: outputs(found),
        rules: rules(found),
        vocabulary: path(found, "vocabulary"),
        jobs: found.get_one::<u16>("jobs").map(|jobs| usize::from(*jobs)),
        resume: path(found, "resume"),
        timings: found.get_flag("timings"),
        fail_on: text(found, "fail-on").as_deref().and_then(fail_on),
        limits: LIMITS.iter().filter_map(|limit| Some((limit.name, *found.get_one::<u64>(limit.name)?))).collect(),
    }
}

fn fail_on(word: &str) -> Option<FailOn> {
    Some(match word {
        "overstated" => FailOn::Overstated,
        "error" => FailOn::Error,
        "warning" => FailOn::Warning,
        "unread" => FailOn::Unread,
        _ => return None,
    })
}

fn rulebook_task(found: &ArgMatches) -> Task {
    match found.subcommand() {
        Some(("show", found)) => Task::RulebookShow { id: text(found, "id").unwrap_or_default() },
        Some(("check", found)) => Task::RulebookCheck { file: path(found, "file").unwrap_or_default() },
        Some(("schema", _)) => Task::RulebookSchema,
        Some((_, found)) => Task::RulebookList(rules(found)),
        None => Task::RulebookList(RuleOptions::default()),
    }
}

fn outputs(found: &ArgMatches) -> Outputs {
    Outputs {
        workbook: (!found.get_flag("no-workbook"))
            .then(|| path(found, "output").unwrap_or_else(|| PathBuf::from(DEFAULT_OUTPUT))),
        jsonl: optional_path(found, "jsonl"),
        html: optional_path(found, "html"),
        letters: optional_path(found, "letters"),
        carry: optional_path(found, "carry"),
        force: found.get_flag("force"),
    }
}

/// Where the audit workbook goes when nothing is said.
pub const DEFAULT_OUTPUT: &str = "fuhe-audit.xlsx";

fn rules(found: &ArgMatches) -> RuleOptions {
    RuleOptions { rulebook: optional_text(found, "rulebook"), folder: optional_path(found, "rulebooks") }
}

fn path(found: &ArgMatches, name: &str) -> Option<PathBuf> {
    found.get_one::<PathBuf>(name).cloned()
}

fn paths(found: &ArgMatches, name: &str) -> Vec<PathBuf> {
    found.get_many::<PathBuf>(name).into_iter().flatten().cloned().collect()
}

fn text(found: &ArgMatches, name: &str) -> Option<String> {
    found.get_one::<String>(name).cloned()
}

/// Options that only some of the tasks have.
fn optional_path(found: &ArgMatches, name: &str) -> Option<PathBuf> {
    found.try_get_one::<PathBuf>(name).ok().flatten().cloned()
}

fn optional_text(found: &ArgMatches, name: &str) -> Option<String> {
    found.try_get_one::<String>(name).ok().flatten().cloned()
}

fn command(language: Language) -> Command {
    let help = |key: &str| language.word(&format!("run.help-{key}"));
    let command = Command::new("fuhe")
        .version(env!("CARGO_PKG_VERSION"))
        .about(help("about"))
        .after_help(help("exit-codes"))
        .styles(Styles::plain())
        .disable_help_subcommand(true)
        .args_conflicts_with_subcommands(true)
        .subcommand_negates_reqs(true)
        .arg(
            Arg::new("paths")
                .value_name("PATH")
                .required(true)
                .num_args(1..)
                .value_parser(value_parser!(PathBuf))
                .help(help("paths")),
        )
        .arg(
            Arg::new("files-from")
                .long("files-from")
                .value_name("LIST")
                .value_parser(value_parser!(PathBuf))
                .help(help("files-from")),
        )
        .args(output_arguments(language))
        .args(rule_arguments(language))
        .arg(vocabulary_argument(language))
        .arg(
            Arg::new("jobs")
                .long("jobs")
                .value_name("N")
                .value_parser(value_parser!(u16).range(1..=1024))
                .help(help("jobs")),
        )
        .arg(
            Arg::new("resume")
                .long("resume")
                .value_name("FILE.jsonl")
                .value_parser(value_parser!(PathBuf))
                .help(help("resume")),
        )
        .arg(Arg::new("timings").long("timings").action(ArgAction::SetTrue).help(help("timings")).hide_short_help(true))
        .arg(
            Arg::new("fail-on")
                .long("fail-on")
                .value_name("WHAT")
                .value_parser(["overstated", "error", "warning", "unread"])
                .help(help("fail-on")),
        )
        .args(LIMITS.iter().map(|limit| {
            Arg::new(limit.name)
                .long(limit.name)
                .value_name("N")
                .value_parser(value_parser!(u64).range(1..))
                .help(limit_help(limit, language))
                .hide_short_help(true)
        }))
        .subcommand(explain_command(language))
        .subcommand(rulebook_command(language))
        .subcommand(template_command(language))
        .subcommand(report_command(language));
    localised(command, language)
}

/// What a limit bounds, and what it is unless it is changed.
fn limit_help(limit: &Limit, language: Language) -> String {
    let means = language.word(&limit.help_key());
    language.say("run.help-limit", &[("means", &means), ("value", &limit.default())])
}

/// The language option, help and version, in the language's own words, everywhere.
fn localised(command: Command, language: Language) -> Command {
    let help = |key: &str| language.word(&format!("run.help-{key}"));
    let command = command
        .disable_help_flag(true)
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help).help(help("help")))
        .arg(Arg::new("lang").long("lang").value_name("zh|en").value_parser(["zh", "en"]).help(help("lang")))
        .help_template(language.word("run.help-page"));
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    names.iter().fold(command, |command, name| command.mut_subcommand(name, |sub| localised(sub, language)))
}

fn output_arguments(language: Language) -> Vec<Arg> {
    let help = |key: &str| language.word(&format!("run.help-{key}"));
    let file = |name: &'static str, value: &'static str| {
        Arg::new(name).long(name).value_name(value).value_parser(value_parser!(PathBuf)).help(help(name))
    };
    vec![
        file("output", "audit.xlsx").short('o'),
        Arg::new("no-workbook")
            .long("no-workbook")
            .action(ArgAction::SetTrue)
            .conflicts_with("output")
            .help(help("no-workbook")),
        file("jsonl", "FILE"),
        file("html", "FILE"),
        file("letters", "DIR"),
        file("carry", "OLD.xlsx"),
        force_argument(language),
    ]
}

fn force_argument(language: Language) -> Arg {
    Arg::new("force").long("force").action(ArgAction::SetTrue).help(language.word("run.help-force"))
}

fn vocabulary_argument(language: Language) -> Arg {
    Arg::new("vocabulary")
        .long("vocabulary")
        .value_name("FILE")
        .value_parser(value_parser!(PathBuf))
        .help(language.word("run.help-vocabulary"))
}

fn rule_arguments(language: Language) -> Vec<Arg> {
    let help = |key: &str| language.word(&format!("run.help-{key}"));
    vec![
        Arg::new("rulebook").long("rulebook").value_name("ID|FILE").help(help("rulebook")),
        Arg::new("rulebooks")
            .long("rulebooks")
            .value_name("DIR")
            .value_parser(value_parser!(PathBuf))
            .help(help("rulebooks")),
    ]
}

fn explain_command(language: Language) -> Command {
    let help = |key: &str| language.word(&format!("run.help-{key}"));
    Command::new("explain")
        .about(help("explain"))
        .arg(
            Arg::new("workbook")
                .value_name("WORKBOOK")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help(help("explain-workbook")),
        )
        .arg(Arg::new("indicator").value_name("INDICATOR").help(help("explain-indicator")))
        .arg(
            Arg::new("tables")
                .long("tables")
                .action(ArgAction::SetTrue)
                .conflicts_with_all(["indicator", "rulebook", "rulebooks"])
                .help(help("explain-tables")),
        )
        .arg(Arg::new("json").long("json").action(ArgAction::SetTrue).requires("tables").help(help("explain-json")))
        .args(rule_arguments(language))
        .arg(vocabulary_argument(language))
}

fn rulebook_command(language: Language) -> Command {
    let help = |key: &str| language.word(&format!("run.help-{key}"));
    Command::new("rulebook")
        .about(help("rulebook-command"))
        .subcommand_required(true)
        .disable_help_subcommand(true)
        .subcommand(Command::new("list").about(help("rulebook-list")).args(rule_arguments(language)))
        .subcommand(
            Command::new("show")
                .about(help("rulebook-show"))
                .arg(Arg::new("id").value_name("ID").required(true).help(help("rulebook-id"))),
        )
        .subcommand(
            Command::new("check").about(help("rulebook-check")).arg(
                Arg::new("file")
                    .value_name("FILE")
                    .required(true)
                    .value_parser(value_parser!(PathBuf))
                    .help(help("rulebook-file")),
            ),
        )
        .subcommand(Command::new("schema").about(help("rulebook-schema")))
}

fn template_command(language: Language) -> Command {
    let help = |key: &str| language.word(&format!("run.help-{key}"));
    Command::new("template")
        .about(help("template"))
        .arg(
            Arg::new("output")
                .short('o')
                .long("output")
                .value_name("FILE")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help(help("template-output")),
        )
        .args(rule_arguments(language))
        .arg(force_argument(language))
}

fn report_command(language: Language) -> Command {
    let help = |key: &str| language.word(&format!("run.help-{key}"));
    Command::new("report")
        .about(help("report"))
        .arg(
            Arg::new("files")
                .value_name("FILE.jsonl")
                .required(true)
                .num_args(1..)
                .value_parser(value_parser!(PathBuf))
                .help(help("report-files")),
        )
        .arg(
            Arg::new("folder")
                .long("folder")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .help(help("report-folder")),
        )
        .args(output_arguments(language))
        .args(rule_arguments(language))
}

/// What clap found, said in the run's language.
fn refuse(error: &clap::Error, language: Language) -> Refused {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Refused { text: error.to_string(), is_help: true },
        kind => {
            let what = context(error, &[ContextKind::InvalidArg, ContextKind::InvalidSubcommand]);
            let value = context(error, &[ContextKind::InvalidValue]);
            let choices = context(error, &[ContextKind::ValidValue]);
            let key = match kind {
                ErrorKind::UnknownArgument => "run.usage-unknown-argument",
                ErrorKind::InvalidSubcommand => "run.usage-unknown-subcommand",
                ErrorKind::InvalidValue if value.is_empty() => "run.usage-value-missing",
                ErrorKind::InvalidValue | ErrorKind::ValueValidation if choices.is_empty() => "run.usage-wrong-value",
                ErrorKind::InvalidValue | ErrorKind::ValueValidation => "run.usage-invalid-value",
                ErrorKind::MissingRequiredArgument
                | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
                | ErrorKind::MissingSubcommand => "run.usage-missing",
                ErrorKind::ArgumentConflict => "run.usage-conflict",
                ErrorKind::InvalidUtf8 => "run.usage-not-text",
                _ => "run.usage-other",
            };
            let sentence = language.say(key, &[("what", &what), ("value", &value), ("choices", &choices)]);
            Refused { text: format!("{sentence}\n{}", language.word("run.usage-see-help")), is_help: false }
        }
    }
}

fn context(error: &clap::Error, kinds: &[ContextKind]) -> String {
    let found = kinds.iter().find_map(|kind| error.get(*kind));
    match found {
        Some(ContextValue::String(text)) => crate::text::visible(text),
        Some(ContextValue::Strings(texts)) => crate::text::visible(&texts.join(", ")),
        _ => String::new(),
    }
}
