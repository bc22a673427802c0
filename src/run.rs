//! The tasks of the program from arguments to outputs, without a terminal: what is said goes through a [`Console`].

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use crate::across::{self, Against, Whole};
use crate::against::Basis;
use crate::audit::{Audit, Severity, Status};
use crate::batch::{
    ArchiveLimits, Course, Found, Input, NotWorkbook, Opened, Setup, audit_each, find, find_listed, listed, wildcards,
    with_threads,
};
use crate::brief::Brief;
use crate::cli::{self, AuditOptions, Call, FailOn, HeldAgainst, Outputs, Task, TextOutput};
use crate::console::Console;
use crate::error::Error;
use crate::outputs::spill::Spill;
use crate::outputs::{Brought, Given, lines, write_outputs};
use crate::report::{self, Batch};
use crate::resume::{self, Resumed};
use crate::rulebook::library::{Library, RuleOptions};
use crate::rulebook::{self, Rulebook};
use crate::stages;
use crate::stop;
use crate::stored::{Compared, Stored};
use crate::text::Language;
use crate::vocabulary;
use crate::workbook::{Isolation, Reader};

/// Done.
pub const DONE: u8 = 0;
/// Done, and what `--fail-on` names was found.
pub const FOUND: u8 = 1;
/// Nothing could be done.
pub const NOTHING_DONE: u8 = 2;
/// Done, but at least one file could not be audited.
pub const SOME_UNREAD: u8 = 3;

/// Carries out what was called for.
///
/// # Errors
/// Nothing could be done: exit code 2.
pub fn run(call: &Call, dragged: bool, console: &dyn Console) -> Result<u8, Error> {
    let language = call.language;
    match &call.task {
        Task::Audit(options) => {
            let options = AuditOptions { paths: wildcards::expanded(&options.paths)?, ..options.clone() };
            audit(&options, dragged, language, console)
        }
        Task::Explain { workbook, indicator, rules, vocabulary } => {
            let vocabulary = vocabulary::file::open(vocabulary.as_deref())?;
            explain(workbook, indicator.as_deref(), rules, &vocabulary, language, console)
        }
        Task::Tables { workbook, json, vocabulary } => {
            let vocabulary = vocabulary::file::open(vocabulary.as_deref())?.words;
            tables(workbook, *json, &vocabulary, language, console)
        }
        Task::RulebookList(rules) => print(&rulebook_list(&Library::open(rules)?, language), console),
        Task::RulebookShow { id, to } => put_text(builtin_text(id)?, to, language, console),
        Task::RulebookCheck { file } => rulebook_check(file, language, console),
        Task::RulebookSchema { to } => put_text(&format!("{:#}\n", rulebook::schema(language)), to, language, console),
        Task::Template { output, rules, force } => template(output, rules, *force, language, console),
        Task::Completions { shell } => {
            let script = cli::completions(shell, language).unwrap_or_default();
            print(&String::from_utf8_lossy(&script), console)
        }
        Task::Man { command } => {
            let page = cli::man(command.as_deref(), language).map_err(Error::unprintable)?;
            print(&String::from_utf8_lossy(&page), console)
        }
        Task::Report { files, folder, outputs, rules, against } => {
            let files = wildcards::expanded(files)?;
            let stored = StoredFiles { files: &files, folder: folder.as_deref(), against };
            render_stored(&stored, outputs, rules, language, console)
        }
    }
}

/// How the program was started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// From a command line, which stays when the program ends, or with options, which no mouse gives: nobody may be there to
    /// close a window that a scheduled task has.
    Typed,
    /// By a double-click on it, or on a link to it: its window closes with it.
    Clicked,
    /// By dragging folders or files onto it: its window closes with it, and its working folder is anywhere.
    Dragged,
}

impl Start {
    /// How these arguments came. `has_own_window`: the program runs in a window that was opened for it.
    pub fn of(arguments: &[OsString], has_own_window: bool) -> Start {
        // Also what is not there any more: that is said in the window, and read there.
        let is_dragged = |path: &OsString| Path::new(path).is_absolute();
        let is_option = |argument: &OsString| argument.to_string_lossy().starts_with('-');
        match arguments {
            _ if !has_own_window => Start::Typed,
            [_, typed @ ..] if typed.iter().any(is_option) => Start::Typed,
            [_, dragged @ ..] if !dragged.is_empty() && dragged.iter().all(is_dragged) => Start::Dragged,
            _ => Start::Clicked,
        }
    }
}

/// The main job.
fn audit(options: &AuditOptions, dragged: bool, language: Language, console: &dyn Console) -> Result<u8, Error> {
    if options.timings {
        stages::measure_all();
    }
    let code = audit_files(options, dragged, language, console)?;
    if options.timings {
        console.say(&report::writers::timings::table(&stages::spent(), language));
    }
    Ok(code)
}

fn audit_files(options: &AuditOptions, dragged: bool, language: Language, console: &dyn Console) -> Result<u8, Error> {
    let outputs = outputs_of(options, dragged);
    crate::outputs::refuse_read(&outputs, files_named(options).into_iter())?;
    let limits = crate::limits::from_options(&options.limits);
    let possible = crate::outputs::refuse_impossible(&outputs, language);
    if let Err(Error::WouldOverwrite { .. }) = &possible {
        // What stands there may be a submission: then that is said, and not that --force would replace it.
        search(options, &outputs, &limits.archive, language)?;
    }
    possible?;
    let library = Library::open(&options.rules)?;
    let vocabulary = vocabulary::file::open(options.vocabulary.as_deref())?;
    let found = search(options, &outputs, &limits.archive, language)?;
    let brought = earlier(&outputs, language)?;
    let reader = Reader::new(limits.workbook.clone(), isolation());
    let readings = crate::carry::readings(&brought.earlier);
    let words = vocabulary.file.as_ref().map(|(_, sha256)| sha256.as_str());
    let against = held_against(&options.against, &found.others, &library, &vocabulary.words, language)?;
    let before = against.figures_of(library.rulebooks());
    let basis = resume::basis(&options.rules, &library, words, before.map(|(_, file)| file));
    let resumed = resume::open(options.resume.as_ref(), basis.as_deref())?;
    let setup = Setup {
        library: &library,
        vocabulary: &vocabulary.words,
        readings: &readings,
        resumed: &resumed,
        before: before.map(|(audits, _)| audits),
        basis: basis.as_deref(),
        reader: &reader,
        limits: limits.archive,
        effort: limits.effort,
    };
    let stop = stop::wish();
    let tell = |file: &str| console.advance(file);
    let course = Course { jobs: options.jobs, tell: &tell, stop: &stop };
    if let (Some(path), true) = (&outputs.jsonl, outputs.are_lines_only()) {
        let briefs = write_lines(&found, &setup, course, &against, (path, outputs.force), language, console)?;
        say_resumed(&resumed, options.resume.is_some(), language, console);
        return Ok(exit_code(&briefs, options.fail_on));
    }
    let mut audits = with_progress(found.inputs.len(), console, || audit_each(&found.inputs, &setup, course, &Ok))?;
    let whole = across::look(&mut audits, &against);
    resumed.close();
    let code = exit_code(&briefs(&audits), options.fail_on);
    let (jobs, is_resumed) = (options.jobs, options.resume.is_some());
    let options = result_options(options, vocabulary.file, against.named);
    let gathered = Gathered { audits, whole, found, library, options, brought };
    with_threads(jobs, || finish(gathered, &outputs, language, &stop, console))?;
    say_resumed(&resumed, is_resumed, language, console);
    Ok(code)
}

/// Every file that the command line names to be read; what stands in a folder among the paths is found later.
fn files_named(options: &AuditOptions) -> Vec<&Path> {
    let rulebook = options.rules.rulebook.iter().map(Path::new);
    let lists = options.vocabulary.iter().chain(&options.files_from).map(PathBuf::as_path);
    let paths = options.paths.iter().map(PathBuf::as_path).filter(|path| !path.is_dir());
    paths.chain(rulebook).chain(lists).chain(options.against.files()).collect()
}

/// What is to be audited.
fn search(
    options: &AuditOptions,
    outputs: &Outputs,
    limits: &ArchiveLimits,
    language: Language,
) -> Result<Found, Error> {
    let mut found = match (&options.files_from, options.paths.as_slice()) {
        (None, paths) => find(paths, limits)?,
        (Some(list), [folder]) if folder.is_dir() => find_listed(folder, &listed::read(list)?, limits),
        (Some(_), _) => return Err(Error::Usage(language.word("run.usage-files-from"))),
    };
    found.inputs.retain(|input| !is_carried(input, outputs) && !is_among(&input.path, options.against.files()));
    // A part of a folder may hold nothing to audit: its lines are none, and it is done.
    let may_be_empty = options.files_from.is_some() && outputs.are_lines_only();
    if found.inputs.is_empty() && !may_be_empty {
        return Err(Error::NoWorkbook);
    }
    crate::outputs::refuse_inputs(outputs, &found.inputs)?;
    Ok(found)
}

/// How many files were not read anew; nothing where no earlier run was named.
fn say_resumed(resumed: &Resumed, is_named: bool, language: Language, console: &dyn Console) {
    if is_named {
        console.say(&language.say("run.resumed", &[("count", &resumed.used())]));
    }
}

/// A run started by dragging writes beside what was dragged.
fn outputs_of(options: &AuditOptions, dragged: bool) -> Outputs {
    let mut outputs = options.outputs.clone();
    if let (true, Some(folder)) = (dragged, options.paths.first().and_then(|path| path.parent())) {
        outputs.workbook = outputs.workbook.map(|workbook| folder.join(workbook));
    }
    outputs
}

/// The earlier workbook is no submission, whatever program saved it and wherever it lies.
fn is_carried(input: &Input, outputs: &Outputs) -> bool {
    let carried = outputs.carry.as_ref().and_then(|path| std::fs::canonicalize(path).ok());
    carried.is_some_and(|carried| std::fs::canonicalize(&input.path).is_ok_and(|path| path == carried))
}

/// What the batch is held against is no submission, wherever it lies.
fn is_among<'a>(input: &Path, mut files: impl Iterator<Item = &'a Path>) -> bool {
    let real = std::fs::canonicalize(input).ok();
    real.is_some() && files.any(|file| std::fs::canonicalize(file).ok() == real)
}

/// What people typed before. The limits for submissions of strangers are not those of our own workbook.
fn earlier(outputs: &Outputs, language: Language) -> Result<Brought, Error> {
    crate::outputs::earlier(outputs, &our_reader(), language)
}

/// What the options name for the batch to be held against.
fn held_against(
    named: &HeldAgainst,
    others: &[NotWorkbook],
    library: &Library,
    vocabulary: &vocabulary::Vocabulary,
    language: Language,
) -> Result<Against, Error> {
    crate::against::open(named, others, &Basis { reader: &our_reader(), library, vocabulary, language })
}

/// Reads the bureau's own workbooks.
fn our_reader() -> Reader {
    Reader::new(crate::limits::of_our_workbook(), isolation())
}

/// Risky formats are read in processes of their own; where the program cannot find itself, in this one.
fn isolation() -> Isolation {
    std::env::current_exe().map_or(Isolation::InProcess, Isolation::Worker)
}

/// The lines alone, in memory that does not grow with what the workbooks hold.
fn write_lines(
    found: &Found,
    setup: &Setup,
    course: Course,
    against: &Against,
    (path, force): (&Path, bool),
    language: Language,
    console: &dyn Console,
) -> Result<Vec<Brief>, Error> {
    let spill = Spill::new().map_err(lines::spilled)?;
    let kept = |audit: Audit| lines::finished(&audit, against, language, &spill);
    let finished = with_progress(found.inputs.len(), console, || audit_each(&found.inputs, setup, course, &kept))?;
    setup.resumed.close();
    let (briefs, whole, written) = lines::write_finished(finished, &spill, against, path, force, language, console)?;
    console.say(&report::writers::summary::summary_of(&briefs, &whole, found.others.len(), language));
    for said in lines::said_of_lines(&written, briefs.len() + whole.missing().len(), language) {
        console.say(&said);
    }
    Ok(briefs)
}

fn briefs(audits: &[Audit]) -> Vec<Brief> {
    audits.iter().map(Brief::of).collect()
}

fn with_progress<T>(
    files: usize,
    console: &dyn Console,
    audits: impl FnOnce() -> Result<T, Error>,
) -> Result<T, Error> {
    console.begin(files);
    let audits = audits();
    console.finish();
    audits
}

/// What a run has to report.
struct Gathered {
    audits: Vec<Audit>,
    whole: Whole,
    found: Found,
    library: Library,
    options: Vec<(String, String)>,
    brought: Brought,
}

fn finish(
    gathered: Gathered,
    outputs: &Outputs,
    language: Language,
    stop: &AtomicBool,
    console: &dyn Console,
) -> Result<(), Error> {
    let used = used_rulebooks(&gathered.audits, &gathered.library);
    let Gathered { mut audits, whole, found, options, brought, .. } = gathered;
    if outputs.jsonl.is_none() {
        // Compared already; only a line says them.
        audits.iter_mut().for_each(|audit| audit.texts = None);
    }
    let given = Given { inputs: &found.inputs, others: &found.others, options, earlier: brought.earlier };
    let batch = crate::outputs::batch((audits, whole), used, &given, outputs, language);
    say_outputs(batch, outputs, brought.aside, language, stop, console)
}

/// Writes everything, then says what the run found and where it stands.
fn say_outputs(
    mut batch: Batch,
    outputs: &Outputs,
    aside: Option<String>,
    language: Language,
    stop: &AtomicBool,
    console: &dyn Console,
) -> Result<(), Error> {
    let written = write_outputs(&mut batch, outputs, aside.as_deref(), language, stop, console)?;
    console.say(&report::writers::summary::summary(&batch, language));
    for line in written {
        console.say(&line);
    }
    Ok(())
}

/// The rulebooks that some audit names, in the library's order; all scorecards where none was applied.
fn used_rulebooks(audits: &[Audit], library: &Library) -> Vec<Rulebook> {
    let named = |rulebook: &&Rulebook| {
        audits.iter().filter_map(|audit| audit.rulebook.as_ref()).any(|name| name.sha256 == rulebook.sha256)
    };
    library.rulebooks().iter().filter(named).cloned().collect()
}

/// The options that change results, as 运行信息 shows them.
fn result_options(
    options: &AuditOptions,
    vocabulary: Option<(String, String)>,
    against: Vec<(String, String)>,
) -> Vec<(String, String)> {
    let rulebook = options.rules.rulebook.iter().map(|name| ("--rulebook".to_owned(), file_name(name)));
    let limits = options.limits.iter().map(|(name, value)| (format!("--{name}"), value.to_string()));
    // The words may be changed under the same name: their hash says exactly which they were.
    let words = vocabulary.map(|(name, sha256)| ("--vocabulary".to_owned(), format!("{name} SHA-256 {sha256}")));
    rulebook.chain(words).chain(against).chain(limits).collect()
}

/// Where a rulebook's file lies changes nothing; its name says which it is, its hash exactly.
fn file_name(name: &str) -> String {
    Path::new(name).file_name().map_or_else(|| name.to_owned(), |name| name.to_string_lossy().into_owned())
}

/// 1 before 3; never a count.
fn exit_code(audits: &[Brief], fail_on: Option<FailOn>) -> u8 {
    if fail_on.is_some_and(|what| audits.iter().any(|audit| fails(audit, what))) {
        return FOUND;
    }
    let unread = audits.iter().any(|audit| audit.status == Status::Unread);
    if unread { SOME_UNREAD } else { DONE }
}

fn fails(audit: &Brief, what: FailOn) -> bool {
    let at_least = |severity| audit.severity.is_some_and(|worst| worst >= severity);
    match what {
        FailOn::Overstated => audit.is_overstated,
        FailOn::Error => at_least(Severity::Error),
        FailOn::Warning => at_least(Severity::Warning),
        FailOn::Unread => audit.status == Status::Unread,
    }
}

fn print(text: &str, console: &dyn Console) -> Result<u8, Error> {
    console.data(text.as_bytes()).map_err(Error::unprintable)?;
    Ok(DONE)
}

fn rulebook_list(library: &Library, language: Language) -> String {
    library.rulebooks().iter().fold(String::new(), |mut list, rulebook| {
        let years = rulebook.years.in_words(language);
        list.push_str(&format!("{}  {}  {years}\n", report::writers::width::pad(&rulebook.id, 18), rulebook.name));
        list
    })
}

/// A text for standard output, or for a file.
fn put_text(text: &str, to: &TextOutput, language: Language, console: &dyn Console) -> Result<u8, Error> {
    let Some(file) = &to.file else { return print(text, console) };
    let written = crate::outputs::write_file(file, text.as_bytes(), to.force)?;
    let say = |path: &str| language.say("run.text-written", &[("path", &path)]);
    console.say(&crate::outputs::said_of(&written, say, language));
    Ok(DONE)
}

fn builtin_text(id: &str) -> Result<&'static str, Error> {
    rulebook::builtin_text(id).ok_or_else(|| {
        let known = rulebook::builtins().into_iter().map(|rulebook| rulebook.id).collect();
        Error::UnknownRulebook { id: id.to_owned(), known }
    })
}

fn rulebook_check(file: &Path, language: Language, console: &dyn Console) -> Result<u8, Error> {
    let rulebook = rulebook::library::read(file)?;
    let of_card = rulebook.card().map_or(&[][..], |card| &card.indicators);
    let (indicators, cases) = (of_card.len(), of_card.iter().map(|indicator| indicator.cases.len()).sum::<usize>());
    let holes: [(&str, &dyn std::fmt::Display); 4] =
        [("id", &rulebook.id), ("name", &rulebook.name), ("indicators", &indicators), ("cases", &cases)];
    let words = language.say(if indicators > 0 { "run.rulebook-clean-card" } else { "run.rulebook-clean" }, &holes);
    print(&format!("{words}\n"), console)
}

fn template(
    output: &Path,
    rules: &RuleOptions,
    force: bool,
    language: Language,
    console: &dyn Console,
) -> Result<u8, Error> {
    crate::outputs::refuse_no_workbook(output, language)?;
    if output.exists() && !force {
        return Err(Error::WouldOverwrite { path: output.to_owned() });
    }
    let library = Library::open(rules)?;
    let rulebook = library.rulebooks().first().ok_or(Error::NoWorkbook)?;
    let bytes =
        report::template::workbook(rulebook, language).map_err(|cause| crate::outputs::unmakeable(output, cause))?;
    let written = crate::outputs::write_file(output, &bytes, force)?;
    let say = |path: &str| language.say("run.template-written", &[("path", &path), ("name", &rulebook.name)]);
    console.say(&crate::outputs::said_of(&written, say, language));
    Ok(DONE)
}

fn explain(
    workbook: &Path,
    wanted: Option<&str>,
    rules: &RuleOptions,
    vocabulary: &vocabulary::file::Given,
    language: Language,
    console: &dyn Console,
) -> Result<u8, Error> {
    let library = Library::open(rules)?;
    let limits = crate::limits::from_options(&[]);
    let found = find(&[workbook.to_owned()], &limits.archive)?;
    let reader = Reader::new(limits.workbook.clone(), isolation());
    let setup = Setup {
        library: &library,
        vocabulary: &vocabulary.words,
        readings: crate::assigned::Readings::none(),
        resumed: Resumed::none(),
        before: None,
        basis: None,
        reader: &reader,
        limits: limits.archive,
        effort: limits.effort,
    };
    let mut text = String::new();
    let mut unread = false;
    let mut opened = Opened::default();
    for input in &found.inputs {
        for explained in crate::batch::explain_file(input, &setup, &mut opened) {
            unread |= explained.audit.status == Status::Unread;
            text.push_str(&explained_text(&explained, wanted, &library, language)?);
        }
    }
    print(&text, console)?;
    Ok(if unread { SOME_UNREAD } else { DONE })
}

/// How the tables of a workbook were understood, whatever it is.
fn tables(
    workbook: &Path,
    json: bool,
    vocabulary: &vocabulary::Vocabulary,
    language: Language,
    console: &dyn Console,
) -> Result<u8, Error> {
    let library = Library::open(&RuleOptions::default())?;
    let limits = crate::limits::from_options(&[]);
    let found = find(&[workbook.to_owned()], &limits.archive)?;
    if found.inputs.is_empty() {
        return Err(Error::NoWorkbook);
    }
    let reader = Reader::new(limits.workbook.clone(), isolation());
    let setup = Setup {
        library: &library,
        vocabulary,
        readings: crate::assigned::Readings::none(),
        resumed: Resumed::none(),
        before: None,
        basis: None,
        reader: &reader,
        limits: limits.archive,
        effort: limits.effort,
    };
    let (mut text, mut code, mut opened) = (String::new(), DONE, Opened::default());
    for input in &found.inputs {
        match crate::batch::workbook_of(input, &setup, &mut opened) {
            Ok(workbook) if json => text.push_str(&report::writers::tables::lines(&workbook, vocabulary)),
            Ok(workbook) => text.push_str(&report::writers::tables::page(&input.file, &workbook, vocabulary, language)),
            Err(problem) => {
                console.say(&format!("{}: {}", crate::text::visible(&input.file), language.phrase(&problem.phrase)));
                code = SOME_UNREAD;
            }
        }
    }
    print(&text, console)?;
    Ok(code)
}

fn explained_text(
    explained: &crate::batch::Explained,
    wanted: Option<&str>,
    library: &Library,
    language: Language,
) -> Result<String, Error> {
    let audit = &explained.audit;
    let rulebook = audit.rulebook.as_ref().and_then(|name| library.find(&name.id));
    let (Some(rulebook), Status::Audited) = (rulebook, audit.status) else {
        let message = audit.problem.as_ref().map(|problem| language.phrase(&problem.phrase)).unwrap_or_default();
        return Ok(format!("{}: {message}\n", crate::text::visible(&audit.file)));
    };
    let Some(wanted) = wanted else {
        return Ok(report::writers::explain::page(audit, &explained.tables, rulebook, language));
    };
    match report::writers::explain::find_indicator(audit, wanted) {
        Some(indicator) => Ok(report::writers::explain::score(audit, indicator, rulebook, language)),
        None => {
            let known: Vec<&str> = audit.indicators.iter().map(|indicator| indicator.name.as_str()).collect();
            let wanted = crate::text::visible(wanted);
            let holes: &[(&str, &dyn std::fmt::Display)] = &[("wanted", &wanted), ("known", &known.join("、"))];
            Err(Error::Usage(language.say("run.usage-unknown-indicator", holes)))
        }
    }
}

/// Stored audits, and what they are held against.
struct StoredFiles<'a> {
    files: &'a [PathBuf],
    folder: Option<&'a Path>,
    against: &'a HeldAgainst,
}

/// Reports from stored audits: the same tables as the run that made them.
fn render_stored(
    stored: &StoredFiles,
    outputs: &Outputs,
    rules: &RuleOptions,
    language: Language,
    console: &dyn Console,
) -> Result<u8, Error> {
    crate::outputs::refuse_read(outputs, stored.against.files())?;
    crate::outputs::refuse_impossible(outputs, language)?;
    let library = Library::open(rules)?;
    let found = stored.folder.map(|folder| audited_folder(folder, stored.against, outputs)).transpose()?;
    let others = found.as_ref().map_or(&[][..], |found| &found.others);
    let vocabulary = vocabulary::Vocabulary::builtin();
    let against = held_against(stored.against, others, &library, vocabulary, language)?;
    let Stored { audits, whole, is_whole, said } =
        crate::stored::read_all(stored.files, found.is_some(), &library, &against, language)?;
    let compared = match &found {
        None => Compared { is_complete: true, said: Vec::new() },
        Some(found) => crate::stored::compare(&audits, &found.inputs, language)?,
    };
    let found = found.unwrap_or_default();
    let code = match exit_code(&briefs(&audits), None) {
        DONE if !compared.is_complete || !is_whole => SOME_UNREAD,
        code => code,
    };
    let brought = earlier(outputs, language)?;
    let gathered = Gathered { audits, whole, found, library, options: against.named, brought };
    with_threads(None, || finish(gathered, outputs, language, &stop::wish(), console))?;
    said.iter().chain(&compared.said).for_each(|words| console.say(words));
    Ok(code)
}

/// What the folder holds that stored audits are of, as a run over it would find it.
fn audited_folder(folder: &Path, against: &HeldAgainst, outputs: &Outputs) -> Result<Found, Error> {
    let limits = crate::limits::from_options(&[]).archive;
    let mut found = find(&[folder.to_owned()], &limits)?;
    found.inputs.retain(|input| !is_carried(input, outputs) && !is_among(&input.path, against.files()));
    crate::outputs::refuse_inputs(outputs, &found.inputs)?;
    Ok(found)
}
