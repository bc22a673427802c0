//! The wish to stop: from the keyboard, or from a system that ends the session or itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Ended at once, at the second wish: the code that shells give for it.
const ENDED: i32 = 130;

/// Set when somebody wants to stop (Ctrl-C, SIGTERM, SIGHUP, a closed window): the run then ends at the next place where
/// no file is left half written. Asked a second time, it ends at once.
pub fn wish() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    let ask = move || {
        if asked.swap(true, Ordering::Relaxed) {
            std::process::exit(ENDED);
        }
    };
    let outlives = outlives_its_terminal();
    // A second handler in one process (tests) is refused; the first one still stops the run. So is one where no thread can
    // be had: the run then ends as any program does.
    let _ = ctrlc::set_handler(ask);
    if outlives {
        outlive();
    }
    stop
}

/// Whether the run was told to go on when its terminal is closed: `nohup fuhe …`.
fn outlives_its_terminal() -> bool {
    /// SIGHUP in the mask of the signals that a process ignores.
    const HANGUP: u64 = 1;
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & HANGUP != 0)
}

/// Ignores the end of the terminal again.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn outlive() {
    // SAFETY: setting a signal to be ignored touches no memory of the program.
    unsafe {
        libc::signal(libc::SIGHUP, libc::SIG_IGN);
    }
}

/// What told of it is not there.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn outlive() {}
