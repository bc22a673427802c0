//! A process of its own for the formats whose readers go back and forth in a file (.xls, .xlsb): whatever happens in it
//! costs one file. It is this program, started with an argument that no person types.
//!
//! It answers twice: with what our reader read, and then with the cells on which a second reader differs. If the second
//! one kills it, the first answer holds. What our reader takes for damaged is looked at a second time, too.

use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

pub use super::allocator::{CappedAllocator, when_exhausted};
use super::allocator::{OVER_THE_CAP, arm, arm_further};
use super::cell::Workbook;
use super::limits::Limits;
use super::open;
use super::problem::{LimitName, Problem, Stage};
use super::second_reading::{self, Difference};
use crate::caught::caught;

/// The first argument that turns the program into a reader for another one.
pub const ARGUMENT: &str = "__read-workbook";

/// What a worker may take beyond the time limit, which it keeps itself as long as it can.
const GRACE: Duration = Duration::from_millis(1500);

/// The share of the time limit that the second reader has: it takes about as long as the first.
const SECOND_READING_SHARE: u32 = 2;

/// What comes before the bytes of a file.
#[derive(Serialize, Deserialize)]
struct Request {
    name: String,
    length: u64,
    limits: Limits,
}

/// What comes after the cells of an .xls or .xlsb, or after the answer that it is damaged.
#[derive(Serialize, Deserialize)]
struct SecondOpinion {
    /// None: the second reader could not read the file, or there was nothing to compare.
    differences: Option<Vec<Difference>>,
    /// The second reader finds cells in what was taken for damaged.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    opens: bool,
}

/// Reads files for the program that started this one, until it asks for no more. Gives the exit code.
pub fn serve() -> i32 {
    std::panic::set_hook(Box::new(|_| {}));
    let answered = answer_all(&mut io::stdin().lock(), &mut BufWriter::new(io::stdout().lock()));
    i32::from(answered.is_err())
}

fn answer_all(from: &mut impl BufRead, to: &mut impl Write) -> io::Result<()> {
    let mut head = Vec::new();
    while from.read_until(b'\n', &mut head)? > 0 {
        let request: Request = serde_json::from_slice(&head)?;
        arm(request.limits.memory);
        let mut bytes = Vec::new();
        from.by_ref().take(request.length).read_to_end(&mut bytes)?;
        let answer = read_or_failed(|| open(&request.name, &bytes, &request.limits));
        say(to, &answer)?;
        if second_reading::is_due(&answer) {
            arm_further(second_reading::MEMORY);
            say(to, &second_look(&answer, &bytes))?;
        }
        head.clear();
    }
    Ok(())
}

fn say(to: &mut impl Write, answer: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *to, answer)?;
    to.write_all(b"\n")?;
    to.flush()
}

/// The second reader panics on odd files; then there is no second opinion.
fn second_look(answer: &Result<Workbook, Problem>, bytes: &[u8]) -> SecondOpinion {
    match answer {
        Ok(workbook) => {
            let differences = caught(|| second_reading::differences(workbook, bytes)).flatten();
            SecondOpinion { differences, opens: false }
        }
        Err(_) => SecondOpinion { differences: None, opens: caught(|| second_reading::opens(bytes)).unwrap_or(false) },
    }
}

/// Runs a reader so that its panic is the file's problem.
pub(super) fn read_or_failed(read: impl FnOnce() -> Result<Workbook, Problem>) -> Result<Workbook, Problem> {
    caught(read).unwrap_or_else(|| Err(Problem::reader_failed(Stage::Reading)))
}

/// A worker that was started, as the program sees it that started it. It ends when this is dropped.
#[derive(Debug)]
pub(super) struct Worker {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Worker {
    /// Starts a worker.
    pub fn start(program: &Path) -> io::Result<Worker> {
        let mut child = Command::new(program)
            .arg(ARGUMENT)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(to), Some(from)) => Ok(Worker { child, to, from: BufReader::new(from) }),
            _ => Err(io::Error::other("a process without pipes")),
        }
    }

    /// Has a file read. If the worker is gone afterwards, so is this: the answer tells why.
    pub fn ask(mut self, name: &str, bytes: &[u8], limits: &Limits) -> (Option<Worker>, Result<Workbook, Problem>) {
        let (answer, too_late) = self.ask_in_time(name, bytes, limits);
        match answer {
            Ok(Answer { answer, whole: true }) if !too_late => (Some(self), answer),
            Ok(Answer { answer, .. }) => (None, answer),
            Err(_) if too_late => (None, Err(Problem::timed_out(limits.time))),
            Err(stage) => (None, Err(self.death(stage, limits))),
        }
    }

    /// Exchanges question and answers while a watch runs that ends the worker when its time is over.
    fn ask_in_time(&mut self, name: &str, bytes: &[u8], limits: &Limits) -> (Result<Answer, Stage>, bool) {
        let Worker { child, to, from } = self;
        let (tell, told) = channel();
        thread::scope(|scope| {
            let watching = move || is_too_late(&told, limits.time) && child.kill().is_ok();
            // Nobody waits for a reader that nobody can end.
            let Ok(watch) = thread::Builder::new().spawn_scoped(scope, watching) else {
                return (Err(Stage::Sending), false);
            };
            let answer = exchange(to, from, name, bytes, limits, &tell);
            drop(tell);
            (answer, watch.join().unwrap_or(false))
        })
    }

    /// Why a worker that gave no answer is gone.
    fn death(&mut self, stage: Stage, limits: &Limits) -> Problem {
        match self.end() {
            Some(status) if status.code() == Some(OVER_THE_CAP) => Problem::over(LimitName::Memory, limits.memory),
            Some(status) if is_ended(status) => Problem::reader_failed(Stage::Gone),
            _ => Problem::reader_failed(stage),
        }
    }

    /// How it ended by itself; a worker that talks nonsense and lives is ended.
    fn end(&mut self) -> Option<ExitStatus> {
        for _ in 0..50 {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Some(status);
            }
            thread::sleep(Duration::from_millis(4));
        }
        None
    }
}

/// Whether a process was ended from outside, or by a fault that no code of its own answered; not one that gave up by itself.
fn is_ended(status: ExitStatus) -> bool {
    // Under Windows an ended process has the code of whoever ended it, and a fault one of the system's (above any of ours).
    status.code().is_none_or(|code| cfg!(windows) && code != 0)
}

impl Drop for Worker {
    fn drop(&mut self) {
        // It may be gone already; all that matters is that it is not left behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits for the first answer, and then for the end of the second reading; whether one of them takes too long.
fn is_too_late(told: &Receiver<()>, allowed: Duration) -> bool {
    let end = Instant::now() + allowed.saturating_add(GRACE);
    match told.recv_timeout(allowed.saturating_add(GRACE)) {
        Ok(()) => {
            let left = end.saturating_duration_since(Instant::now());
            told.recv_timeout(left.min(allowed / SECOND_READING_SHARE)) == Err(RecvTimeoutError::Timeout)
        }
        Err(error) => error == RecvTimeoutError::Timeout,
    }
}

/// What a worker said of a file.
struct Answer {
    answer: Result<Workbook, Problem>,
    /// Everything that was due was said.
    whole: bool,
}

fn exchange(
    to: &mut ChildStdin,
    from: &mut BufReader<ChildStdout>,
    name: &str,
    bytes: &[u8],
    limits: &Limits,
    first_answer_is_there: &Sender<()>,
) -> Result<Answer, Stage> {
    let request = Request { name: name.to_owned(), length: bytes.len() as u64, limits: limits.clone() };
    send(to, &request, bytes).map_err(|_| Stage::Sending)?;
    if from.fill_buf().map_or(true, <[u8]>::is_empty) {
        return Err(Stage::Reading);
    }
    let mut answer: Result<Workbook, Problem> = line(from).ok_or(Stage::Answering)?;
    // The watch is there as long as this is.
    let _ = first_answer_is_there.send(());
    let whole = !second_reading::is_due(&answer) || second_opinion(&mut answer, from);
    Ok(Answer { answer, whole })
}

/// Takes in what the second reader says; false if the worker did not live to tell it.
fn second_opinion(answer: &mut Result<Workbook, Problem>, from: &mut BufReader<ChildStdout>) -> bool {
    let Some(SecondOpinion { differences, opens }) = line(from) else {
        return false;
    };
    match answer {
        Ok(workbook) => second_reading::mark(workbook, differences.unwrap_or_default()),
        Err(problem) if opens => problem.is_read_by_another(),
        Err(_) => {}
    }
    true
}

/// One answer and the end of its line. Answers are objects: of anything else the parser would take in that end too.
fn line<T: DeserializeOwned>(from: &mut BufReader<ChildStdout>) -> Option<T> {
    let mut answers = serde_json::Deserializer::from_reader(&mut *from).into_iter();
    let answer = answers.next().and_then(Result::ok)?;
    let mut end = [0];
    from.read_exact(&mut end).ok()?;
    Some(answer)
}

fn send(to: &mut ChildStdin, request: &Request, bytes: &[u8]) -> io::Result<()> {
    let mut head = serde_json::to_vec(request)?;
    head.push(b'\n');
    to.write_all(&head)?;
    to.write_all(bytes)?;
    to.flush()
}
