//! Arguments in, exit code out. The only place that prints.

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use fuhe::called;
use fuhe::caught::caught;
use fuhe::cli::{self, Call};
use fuhe::console::Console;
use fuhe::error::Error;
use fuhe::run::{self, Start};
use fuhe::text::Language;
use fuhe::workbook::worker::{self, CappedAllocator};
use indicatif::{ProgressBar, ProgressStyle};

/// What is said when there is no more memory.
static NO_MEMORY: OnceLock<String> = OnceLock::new();

#[global_allocator]
static ALLOCATOR: CappedAllocator = CappedAllocator;

fn main() -> ExitCode {
    let arguments = called::arguments();
    if arguments.get(1).is_some_and(|first| first == worker::ARGUMENT) {
        return ExitCode::from(u8::from(worker::serve() != 0));
    }
    tell_of_faults(cli::language_of(&arguments));
    tell_of_no_memory(cli::language_of(&arguments));
    let is_seen = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    let own_window = is_seen && called::has_own_window();
    let start = Start::of(&arguments, own_window);
    let run = || if cli::is_bare(&arguments) { teach(&arguments) } else { called(arguments, start) };
    // The hook has told of it.
    let code = std::panic::catch_unwind(AssertUnwindSafe(run)).unwrap_or(run::NOTHING_DONE);
    if start != Start::Typed {
        wait_for_enter();
    }
    ExitCode::from(code)
}

/// Without any argument, a newcomer is told how to begin.
fn teach(arguments: &[OsString]) -> u8 {
    say(&cli::first_run(samples().as_deref(), cli::language_of(arguments)));
    run::NOTHING_DONE
}

/// The samples that came with the program, from where they can be named; none where they are not found.
fn samples() -> Option<PathBuf> {
    let here = PathBuf::from("samples");
    let beside = || Some(std::env::current_exe().ok()?.parent()?.join("samples"));
    if here.is_dir() { Some(here) } else { beside().filter(|folder| folder.is_dir()) }
}

fn called(arguments: Vec<OsString>, start: Start) -> u8 {
    let language = cli::language_of(&arguments);
    match cli::understand(arguments) {
        Ok(call) => carry_out(&call, start == Start::Dragged),
        Err(refused) if refused.is_help => {
            let written = put_out(refused.text.as_bytes());
            written.map_or_else(|cause| failed(&Error::unprintable(cause), language), |()| run::DONE)
        }
        Err(refused) => {
            say(&refused.text);
            run::NOTHING_DONE
        }
    }
}

/// A line for the person at the terminal. Where nobody can be told, the run goes on all the same.
fn say(words: &str) {
    let _ = writeln!(std::io::stderr(), "{words}");
}

/// A panic while one file is read is that file's line in the report; any other one is told in a sentence.
fn tell_of_faults(language: Language) {
    std::panic::set_hook(Box::new(move |panic| {
        if !fuhe::caught::is_catching() {
            let version = env!("CARGO_PKG_VERSION");
            say(&language.say("run.error-fault", &[("version", &version), ("what", &panic)]));
        }
    }));
}

/// Where the system has no more memory, the run ends with a sentence that was worded while there was some.
fn tell_of_no_memory(language: Language) {
    NO_MEMORY.get_or_init(|| format!("{}\n", language.word("run.error-no-memory")));
    worker::when_exhausted(|| {
        let words = NO_MEMORY.get().map_or(&[][..], |words| words.as_bytes());
        let _ = std::io::stderr().write_all(words);
        std::process::exit(run::NOTHING_DONE.into())
    });
}

fn carry_out(call: &Call, dragged: bool) -> u8 {
    match run::run(call, dragged, &Terminal::new(call.language)) {
        Ok(code) => code,
        Err(error) => failed(&error, call.language),
    }
}

fn failed(error: &Error, language: Language) -> u8 {
    say(&error.say(language));
    run::NOTHING_DONE
}

/// Data for standard output.
fn put_out(bytes: &[u8]) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        // Whoever read it has seen enough: `fuhe … | head` is no error.
        Err(closed) if closed.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// The window of a run that was started by dragging a folder closes with the program.
fn wait_for_enter() {
    say(&Language::Zh.word("run.press-enter"));
    let _ = std::io::stdin().read_line(&mut String::new());
}

/// Where the run shows itself: words and progress on standard error, data on standard output. A bar that fails (its library
/// reckons with the width of the window) is not shown any more; it ends no run.
struct Terminal {
    bar: ProgressBar,
    has_failed: AtomicBool,
}

impl Terminal {
    fn new(language: Language) -> Terminal {
        let terminal = Terminal { bar: ProgressBar::hidden(), has_failed: AtomicBool::new(false) };
        terminal.draw(|bar| {
            if std::io::stderr().is_terminal() {
                bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
            }
            if let Ok(style) = ProgressStyle::with_template(&language.word("run.progress-template")) {
                bar.set_style(style);
            }
        });
        terminal
    }

    fn draw(&self, change: impl FnOnce(&ProgressBar)) {
        if !self.has_failed.load(Ordering::Relaxed) && caught(|| change(&self.bar)).is_none() {
            self.has_failed.store(true, Ordering::Relaxed);
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if self.has_failed.load(Ordering::Relaxed) {
            // It would draw once more, and fail once more.
            std::mem::forget(std::mem::replace(&mut self.bar, ProgressBar::hidden()));
        }
    }
}

impl Console for Terminal {
    fn begin(&self, files: usize) {
        self.draw(|bar| bar.set_length(files as u64));
    }

    fn advance(&self, file: &str) {
        self.draw(|bar| {
            bar.set_message(fuhe::text::visible(file));
            bar.inc(1);
        });
    }

    fn finish(&self) {
        self.draw(ProgressBar::finish_and_clear);
    }

    fn say(&self, words: &str) {
        say(words);
    }

    fn data(&self, bytes: &[u8]) -> std::io::Result<()> {
        put_out(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_that_fails_is_not_shown_any_more_and_ends_no_run() {
        let terminal = Terminal::new(Language::Zh);
        terminal.begin(2);
        terminal.draw(|_| panic!("subtract with overflow"));
        assert!(terminal.has_failed.load(Ordering::Relaxed));
        terminal.advance("某局.xlsx");
        terminal.finish();
        assert_eq!(terminal.bar.position(), 0, "it is not used again");
    }

    #[test]
    fn the_bar_stays_in_one_line_however_long_a_path_is() {
        for language in Language::ALL {
            let template = language.word("run.progress-template");
            assert!(template.ends_with("{wide_msg}") && !template.contains("{msg}"), "{template}");
            assert!(ProgressStyle::with_template(&template).is_ok());
        }
    }
}
