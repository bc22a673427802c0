//! What each stage of a run costs, for whoever measures it (`--timings`): processor time is not to be had per stage, so it is the
//! time that passes in a thread while the stage works, without the stages within it.

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

macro_rules! stages {
    ($($(#[$doc:meta])* $stage:ident = $key:literal,)*) => {
        /// A stage of a run.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Stage { $($(#[$doc])* $stage,)* }

        impl Stage {
            /// Every stage, in the order of a run.
            pub const ALL: &[Stage] = &[$(Stage::$stage,)*];

            /// Its name in the texts.
            pub fn key(self) -> &'static str {
                match self { $(Stage::$stage => $key,)* }
            }
        }
    };
}

stages! {
    /// Bytes from the disk, their hash.
    Bytes = "bytes",
    /// Bytes to cells.
    Read = "read",
    /// Forms of projects looked for and read.
    Forms = "forms",
    /// Tables of a card's workbook found and read.
    Tables = "tables",
    /// What they come to: the card chosen, claims, facts, sentences.
    Submission = "submission",
    /// Scores as ranges, with their steps.
    Rescore = "rescore",
    /// Verdicts, totals, presumed slips.
    Judge = "judge",
    /// Every check.
    Checks = "checks",
    /// The audit held against itself.
    SelfCheck = "self-check",
    /// Phrases put into sentences.
    Words = "words",
    /// Lines of JSON.
    Json = "json",
    /// Sheets and working papers laid out.
    Layout = "layout",
    /// Cells given to the spreadsheet writer.
    Assembly = "assembly",
    /// Its parts of XML, compressed.
    Deflate = "deflate",
}

static IS_MEASURED: AtomicBool = AtomicBool::new(false);
static SPENT: [AtomicU64; Stage::ALL.len()] = [const { AtomicU64::new(0) }; Stage::ALL.len()];

thread_local! {
    /// Nanoseconds spent in stages within the one at work in this thread.
    static WITHIN: Cell<u64> = const { Cell::new(0) };
}

/// From now on stages are measured.
pub fn measure_all() {
    IS_MEASURED.store(true, Ordering::Relaxed);
}

/// Does the work of a stage.
pub fn during<T>(stage: Stage, work: impl FnOnce() -> T) -> T {
    if !IS_MEASURED.load(Ordering::Relaxed) {
        return work();
    }
    let before = WITHIN.replace(0);
    let begun = Instant::now();
    let done = work();
    let took = u64::try_from(begun.elapsed().as_nanos()).unwrap_or(u64::MAX);
    let own = took.saturating_sub(WITHIN.get());
    SPENT[stage as usize].fetch_add(own, Ordering::Relaxed);
    WITHIN.set(before.saturating_add(took));
    done
}

/// Microseconds spent in each stage so far, over all threads.
pub fn spent() -> Vec<(Stage, u64)> {
    let of = |stage: &Stage| (*stage, SPENT[*stage as usize].load(Ordering::Relaxed) / 1000);
    Stage::ALL.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use std::thread::sleep;
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_stage_within_another_is_not_counted_twice() {
        measure_all();
        let before = spent();
        during(Stage::Layout, || {
            during(Stage::Deflate, || sleep(Duration::from_millis(30)));
            sleep(Duration::from_millis(5));
        });
        let after = spent();
        let of = |stage: Stage| after[stage as usize].1 - before[stage as usize].1;
        assert!(of(Stage::Deflate) >= 30_000, "{}", of(Stage::Deflate));
        assert!((5_000..30_000).contains(&of(Stage::Layout)), "{}", of(Stage::Layout));
    }
}
