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

/// One limit that can be changed: all that an option, its help, 运行信息 and the run itself know of it.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// The option's name.
    pub name: &'static str,
    /// What it is, in the option's unit.
    get: fn(&RunLimits) -> u64,
    /// Makes it something else, in the option's unit.
    set: fn(&mut RunLimits, u64),
}

impl Limit {
    /// What it is unless it is changed, in the option's unit.
    pub fn default(&self) -> u64 {
        (self.get)(&RunLimits::default())
    }

    /// The text that says what it bounds, and in which unit.
    pub fn help_key(&self) -> String {
        format!("run.help-{}", self.name)
    }
}

/// Bytes as the options count them.
const fn megabytes(bytes: u64) -> u64 {
    bytes >> 20
}

/// So many megabytes; what no number can hold is no limit.
const fn bytes(megabytes: u64) -> u64 {
    megabytes.saturating_mul(1 << 20)
}

/// A number of things; what no number can hold is no limit.
fn count(value: u64) -> usize {
    usize::try_from(value).unwrap_or(usize::MAX)
}

/// The limits that can be changed, in the order of the help. Each is one row, and stands nowhere else.
pub const LIMITS: [Limit; 20] = [
    Limit {
        name: "max-file-mb",
        get: |limits| megabytes(limits.workbook.file_bytes),
        set: |limits, value| {
            limits.workbook.file_bytes = bytes(value);
            // A workbook in an archive is a workbook.
            limits.archive.entry_bytes = bytes(value);
        },
    },
    Limit {
        name: "max-unpacked-mb",
        get: |limits| megabytes(limits.workbook.unpacked_bytes),
        set: |limits, value| limits.workbook.unpacked_bytes = bytes(value),
    },
    Limit {
        name: "max-part-mb",
        get: |limits| megabytes(limits.workbook.part_bytes),
        set: |limits, value| limits.workbook.part_bytes = bytes(value),
    },
    Limit {
        name: "max-ratio",
        get: |limits| limits.workbook.ratio,
        set: |limits, value| limits.workbook.ratio = value,
    },
    Limit {
        name: "max-parts",
        get: |limits| limits.workbook.parts,
        set: |limits, value| limits.workbook.parts = value,
    },
    Limit {
        name: "max-sheets",
        get: |limits| limits.workbook.sheets,
        set: |limits, value| limits.workbook.sheets = value,
    },
    Limit {
        name: "max-cells",
        get: |limits| limits.workbook.cells,
        set: |limits, value| limits.workbook.cells = value,
    },
    Limit {
        name: "max-merges",
        get: |limits| limits.workbook.merges,
        set: |limits, value| limits.workbook.merges = value,
    },
    Limit {
        name: "max-text",
        get: |limits| limits.workbook.text_chars,
        set: |limits, value| limits.workbook.text_chars = value,
    },
    Limit {
        name: "max-text-mb",
        get: |limits| megabytes(limits.workbook.text_bytes),
        set: |limits, value| limits.workbook.text_bytes = bytes(value),
    },
    Limit {
        name: "max-nesting",
        get: |limits| limits.workbook.xml_depth,
        set: |limits, value| limits.workbook.xml_depth = value,
    },
    Limit {
        name: "max-memory-mb",
        get: |limits| megabytes(limits.workbook.memory),
        set: |limits, value| limits.workbook.memory = bytes(value),
    },
    Limit {
        name: "max-seconds",
        get: |limits| limits.workbook.time.as_secs(),
        set: |limits, value| limits.workbook.time = Duration::from_secs(value),
    },
    Limit {
        name: "max-looks",
        get: |limits| limits.effort.looks / MILLION,
        set: |limits, value| limits.effort.looks = value.saturating_mul(MILLION),
    },
    Limit {
        name: "max-quoted-mb",
        get: |limits| megabytes(limits.effort.quoted_bytes),
        set: |limits, value| limits.effort.quoted_bytes = bytes(value),
    },
    Limit { name: "max-forms", get: |limits| limits.effort.forms, set: |limits, value| limits.effort.forms = value },
    Limit {
        name: "max-form-rows",
        get: |limits| limits.effort.form_rows,
        set: |limits, value| limits.effort.form_rows = value,
    },
    Limit {
        name: "max-archive-mb",
        get: |limits| megabytes(limits.archive.unpacked_bytes),
        set: |limits, value| limits.archive = limits.archive.unpacking(bytes(value)),
    },
    Limit {
        name: "max-archive-files",
        get: |limits| limits.archive.entries as u64,
        set: |limits, value| limits.archive.entries = count(value),
    },
    Limit {
        name: "max-archive-depth",
        get: |limits| limits.archive.depth as u64,
        set: |limits, value| limits.archive.depth = count(value).min(DEEPEST),
    },
];

/// The limits with those that were typed, by their option names (units as in the help).
pub fn from_options(typed: &[(&'static str, u64)]) -> RunLimits {
    let mut limits = RunLimits::default();
    for (name, value) in typed {
        match LIMITS.iter().find(|limit| limit.name == *name) {
            Some(limit) => (limit.set)(&mut limits, *value),
            None => debug_assert!(false, "no limit {name}"),
        }
    }
    limits
}
