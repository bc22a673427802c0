//! Arguments in, exit code out. The only place that prints.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use fuhe::cli::{self, Call};
use fuhe::console::Console;
use fuhe::run;
use fuhe::text::Language;
use fuhe::workbook::worker::{self, CappedAllocator};
use indicatif::{ProgressBar, ProgressStyle};

#[global_allocator]
static ALLOCATOR: CappedAllocator = CappedAllocator;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    if arguments.get(1).is_some_and(|first| first == worker::ARGUMENT) {
        return ExitCode::from(u8::from(worker::serve() != 0));
    }
    print_only_what_is_not_told();
    let dragged = run::was_dragged(&arguments, std::io::stdin().is_terminal() && std::io::stderr().is_terminal());
    let code = match cli::understand(arguments) {
        Ok(call) => carry_out(&call, dragged),
        Err(refused) if refused.is_help => {
            print!("{}", refused.text);
            run::DONE
        }
        Err(refused) => {
            eprintln!("{}", refused.text);
            run::NOTHING_DONE
        }
    };
    if dragged {
        wait_for_enter();
    }
    ExitCode::from(code)
}

/// A panic while one file is read is that file's line in the report; any other one is shown.
fn print_only_what_is_not_told() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !fuhe::caught::is_catching() {
            usual(panic);
        }
    }));
}

fn carry_out(call: &Call, dragged: bool) -> u8 {
    match run::run(call, dragged, &Terminal::new(call.language)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{}", error.say(call.language));
            run::NOTHING_DONE
        }
    }
}

/// The window of a run that was started by dragging a folder closes with the program.
fn wait_for_enter() {
    eprintln!("{}", Language::Zh.word("run.press-enter"));
    let _ = std::io::stdin().read_line(&mut String::new());
}

/// Where the run shows itself: words and progress on standard error, data on standard output.
struct Terminal {
    bar: ProgressBar,
}

impl Terminal {
    fn new(language: Language) -> Terminal {
        let bar = ProgressBar::hidden();
        if std::io::stderr().is_terminal() {
            bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
        }
        if let Ok(style) = ProgressStyle::with_template(&language.word("run.progress-template")) {
            bar.set_style(style);
        }
        Terminal { bar }
    }
}

impl Console for Terminal {
    fn begin(&self, files: usize) {
        self.bar.set_length(files as u64);
    }

    fn advance(&self, file: &str) {
        self.bar.set_message(fuhe::text::visible(file));
        self.bar.inc(1);
    }

    fn finish(&self) {
        self.bar.finish_and_clear();
    }

    fn say(&self, words: &str) {
        eprintln!("{words}");
    }

    fn data(&self, bytes: &[u8]) -> std::io::Result<()> {
        let mut out = std::io::stdout().lock();
        out.write_all(bytes)?;
        out.flush()
    }
}
