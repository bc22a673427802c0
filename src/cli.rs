//! Arguments as typed, options as meant.

mod command;
mod packaging;
mod refusing;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::ArgMatches;

use crate::limits::LIMITS;
use crate::rulebook::library::RuleOptions;
use crate::sampling::SamplePlan;
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
        /// Where to.
        to: TextOutput,
    },
    /// All flaws of a rulebook.
    RulebookCheck {
        /// Its file.
        file: PathBuf,
    },
    /// The JSON Schema of rulebooks, for editors.
    RulebookSchema {
        /// Where to.
        to: TextOutput,
    },
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
        /// What the audits are held against.
        against: HeldAgainst,
    },
    /// What a shell needs to complete the command line.
    Completions {
        /// The shell's name.
        shell: String,
    },
    /// A page of the manual, for packagers.
    Man {
        /// Of which command; none: of the program.
        command: Option<String>,
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
    /// What the submissions are held against.
    pub against: HeldAgainst,
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

/// Where a text goes that people keep: old shells of Windows change the text of what they redirect into a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextOutput {
    /// The file; none: standard output.
    pub file: Option<PathBuf>,
    /// Replace an existing file.
    pub force: bool,
}

/// What a batch is held against beside itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeldAgainst {
    /// The departments that must submit.
    pub roster: Option<PathBuf>,
    /// The lines of an earlier run.
    pub baseline: Option<PathBuf>,
    /// The notice, or the form, whose text is no department's own.
    pub notice: Option<PathBuf>,
}

impl HeldAgainst {
    /// Every file that is named.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.roster.iter().chain(&self.baseline).chain(&self.notice).map(PathBuf::as_path)
    }
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
    /// What only the whole batch shows, for programs.
    pub batch_json: Option<PathBuf>,
    /// The folder of letters.
    pub letters: Option<PathBuf>,
    /// An earlier audit workbook whose entries are taken over.
    pub carry: Option<PathBuf>,
    /// The sample that is to be looked at on the spot, if one is wanted.
    pub sample: Option<SamplePlan>,
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
        self.workbook.is_none() && self.html.is_none() && self.letters.is_none() && self.batch_json.is_none()
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
    let command = command::command(language);
    let typed = arguments.clone();
    let matches = command.clone().try_get_matches_from(arguments);
    let matches = matches.map_err(|error| refusing::refuse(&error, &command, &typed, language))?;
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
            against: against(found),
        },
        Some(("completions", found)) => Task::Completions { shell: text(found, "shell").unwrap_or_default() },
        Some(("man", found)) => Task::Man { command: text(found, "command") },
        _ => Task::Audit(audit_options(&matches)),
    };
    Ok(Call { task, language })
}

/// Whether nothing was asked for, but perhaps a language.
pub fn is_bare(arguments: &[OsString]) -> bool {
    let mut rest = arguments.iter().skip(1).map(|argument| argument.to_string_lossy());
    while let Some(argument) = rest.next() {
        match argument.as_ref() {
            "--lang" => drop(rest.next()),
            other if other.starts_with("--lang=") => {}
            _ => return false,
        }
    }
    true
}

/// The language is needed before the arguments are understood, for what is said about them.
pub fn language_of(arguments: &[OsString]) -> Language {
    let texts: Vec<_> = arguments.iter().map(|argument| argument.to_string_lossy()).collect();
    let is_typed = |language: &Language| {
        let (name, joined) = (language.name(), format!("--lang={}", language.name()));
        texts.windows(2).any(|pair| pair[0] == "--lang" && pair[1] == name) || texts.iter().any(|text| *text == joined)
    };
    Language::ALL.into_iter().filter(|language| *language != Language::default()).find(is_typed).unwrap_or_default()
}

fn audit_options(found: &ArgMatches) -> AuditOptions {
    AuditOptions {
        paths: paths(found, "paths"),
        files_from: path(found, "files-from"),
        outputs: outputs(found),
        rules: rules(found),
        against: against(found),
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
        Some(("show", found)) => {
            Task::RulebookShow { id: text(found, "id").unwrap_or_default(), to: text_output(found) }
        }
        Some(("check", found)) => Task::RulebookCheck { file: path(found, "file").unwrap_or_default() },
        Some(("schema", found)) => Task::RulebookSchema { to: text_output(found) },
        Some((_, found)) => Task::RulebookList(rules(found)),
        None => Task::RulebookList(RuleOptions::default()),
    }
}

fn text_output(found: &ArgMatches) -> TextOutput {
    TextOutput { file: path(found, "output"), force: found.get_flag("force") }
}

fn against(found: &ArgMatches) -> HeldAgainst {
    HeldAgainst { roster: path(found, "roster"), baseline: path(found, "baseline"), notice: path(found, "notice") }
}

fn outputs(found: &ArgMatches) -> Outputs {
    Outputs {
        workbook: (!found.get_flag("no-workbook"))
            .then(|| path(found, "output").unwrap_or_else(|| PathBuf::from(DEFAULT_OUTPUT))),
        jsonl: optional_path(found, "jsonl"),
        html: optional_path(found, "html"),
        batch_json: optional_path(found, "batch-json"),
        letters: optional_path(found, "letters"),
        carry: optional_path(found, "carry"),
        sample: sample(found),
        force: found.get_flag("force"),
    }
}

fn sample(found: &ArgMatches) -> Option<SamplePlan> {
    let usual = SamplePlan::usual(*found.get_one::<u64>("sample")?);
    let rate = |name: &str, usual: u32| found.get_one::<u32>(name).copied().unwrap_or(usual);
    Some(SamplePlan {
        tolerable: rate("tolerable", usual.tolerable),
        expected: rate("expected", usual.expected),
        confidence: rate("confidence", usual.confidence),
        ..usual
    })
}

/// What a run without any argument says: what the program does, how to begin, and what to try first. `samples`: the folder
/// of samples, where it was found.
pub fn first_run(samples: Option<&Path>, language: Language) -> String {
    let samples = match samples {
        Some(path) => language.say("run.first-run-samples", &[("path", &path.display())]),
        None => language.word("run.first-run-samples-packed"),
    };
    language.say("run.first-run", &[("samples", &samples)])
}

/// What a shell needs to complete the command line.
pub fn completions(shell: &str, language: Language) -> Option<Vec<u8>> {
    packaging::completions(shell, command::command(language))
}

/// The manual's page of the program, or of one of its commands.
///
/// # Errors
/// It cannot be written.
pub fn man(wanted: Option<&str>, language: Language) -> std::io::Result<Vec<u8>> {
    packaging::man(wanted, command::command(language), language)
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
