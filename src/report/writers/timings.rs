//! What each stage of a run cost, as a table for a terminal and for programs that measure.

use crate::report::writers::width::pad;
use crate::stages::Stage;
use crate::text::Language;

/// Columns that the names of stages take.
const NAMES: usize = 34;

/// A line for each stage that was at work: its key, its name, milliseconds and its share of all.
pub fn table(spent: &[(Stage, u64)], language: Language) -> String {
    let all: u64 = spent.iter().map(|(_, micros)| micros).sum::<u64>().max(1);
    let mut lines = vec![language.word("report.timings-title")];
    for (stage, micros) in spent.iter().filter(|(_, micros)| *micros > 0) {
        let name = language.word(&format!("report.timings-{}", stage.key()));
        let milliseconds = format!("{}.{:03}", micros / 1000, micros % 1000);
        let per_mille = micros * 1000 / all;
        let share = format!("{}.{}", per_mille / 10, per_mille % 10);
        lines.push(format!("{} {} {milliseconds:>12} ms {share:>5} %", pad(stage.key(), 11), pad(&name, NAMES)));
    }
    lines.join("\n")
}
