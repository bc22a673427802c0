//! The limits of a run: the defaults, changed by what was typed.

use std::time::Duration;

use crate::batch::ArchiveLimits;
use crate::submission::EffortLimits;
use crate::workbook::Limits;

/// Archives within archives are looked into one inside the other: deeper than this is never needed.
const DEEPEST: usize = 32;

/// Looks at cells are typed in millions.
const MILLION: u64 = 1_000_000;

/// Limits of workbooks and of archives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunLimits {
    /// What a workbook may hold.
    pub workbook: Limits,
    /// What an archive may hold.
    pub archive: ArchiveLimits,
    /// What a workbook may cost after it was read.
    pub effort: EffortLimits,
}

/// The limits of an audit workbook of our own that is read back. A run of 1,000 departments fills, in 差异清单 and the
/// records kept from before, some 40,000 rows of 22 columns at the worst, and some 200,000 cells in the other sheets; its
/// working papers are workbooks of their own. What our writer repeats is packed more tightly than people's files are.
pub fn of_our_workbook() -> Limits {
    Limits {
        ratio: 100_000,
        cells: 1_500_000,
        merges: 200_000,
        text_bytes: 256 << 20,
        time: Duration::from_secs(60),
        ..Limits::default()
    }
}

/// A limit unless it is changed, by its option name and in its option's unit; none of that name.
pub fn default_of(name: &str) -> Option<u64> {
    let RunLimits { workbook, archive, effort } = RunLimits::default();
    let megabytes = |bytes: u64| bytes >> 20;
    Some(match name {
        "max-file-mb" => megabytes(workbook.file_bytes),
        "max-unpacked-mb" => megabytes(workbook.unpacked_bytes),
        "max-part-mb" => megabytes(workbook.part_bytes),
        "max-ratio" => workbook.ratio,
        "max-parts" => workbook.parts,
        "max-sheets" => workbook.sheets,
        "max-cells" => workbook.cells,
        "max-text" => workbook.text_chars,
        "max-merges" => workbook.merges,
        "max-text-mb" => megabytes(workbook.text_bytes),
        "max-nesting" => workbook.xml_depth,
        "max-memory-mb" => megabytes(workbook.memory),
        "max-seconds" => workbook.time.as_secs(),
        "max-looks" => effort.looks / MILLION,
        "max-quoted-mb" => megabytes(effort.quoted_bytes),
        "max-forms" => effort.forms,
        "max-form-rows" => effort.form_rows,
        "max-archive-mb" => megabytes(archive.unpacked_bytes),
        "max-archive-files" => archive.entries as u64,
        "max-archive-depth" => archive.depth as u64,
        _ => return None,
    })
}

/// The limits with those that were typed, by their option names (units as in the help).
pub fn from_options(typed: &[(&'static str, u64)]) -> RunLimits {
    let mut limits = RunLimits::default();
    for (name, value) in typed {
        apply(&mut limits, name, *value);
    }
    limits
}

fn apply(limits: &mut RunLimits, name: &str, value: u64) {
    let bytes = value.saturating_mul(1 << 20);
    let workbook = &mut limits.workbook;
    match name {
        "max-file-mb" => {
            workbook.file_bytes = bytes;
            limits.archive.entry_bytes = bytes;
        }
        "max-unpacked-mb" => workbook.unpacked_bytes = bytes,
        "max-part-mb" => workbook.part_bytes = bytes,
        "max-ratio" => workbook.ratio = value,
        "max-parts" => workbook.parts = value,
        "max-sheets" => workbook.sheets = value,
        "max-cells" => workbook.cells = value,
        "max-text" => workbook.text_chars = value,
        "max-merges" => workbook.merges = value,
        "max-text-mb" => workbook.text_bytes = bytes,
        "max-nesting" => workbook.xml_depth = value,
        "max-memory-mb" => workbook.memory = bytes,
        "max-looks" => limits.effort.looks = value.saturating_mul(MILLION),
        "max-quoted-mb" => limits.effort.quoted_bytes = bytes,
        "max-forms" => limits.effort.forms = value,
        "max-form-rows" => limits.effort.form_rows = value,
        "max-archive-mb" => limits.archive = limits.archive.unpacking(bytes),
        "max-archive-files" => limits.archive.entries = usize::try_from(value).unwrap_or(usize::MAX),
        "max-archive-depth" => limits.archive.depth = usize::try_from(value).unwrap_or(DEEPEST).min(DEEPEST),
        "max-seconds" => workbook.time = Duration::from_secs(value),
        other => debug_assert!(false, "no limit {other}"),
    }
}
