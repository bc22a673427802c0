//! Everything that the reports show, gathered of what a run was given and of what it found.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::Offset;

use crate::across::Whole;
use crate::audit::Audit;
use crate::batch::{Input, NotWorkbook};
use crate::carry::Earlier;
use crate::cli::Outputs;
use crate::report::{self, Apart, Batch, RunInfo, WrittenBeside};
use crate::rulebook::Rulebook;
use crate::text::Language;

use super::places::places;

/// What a run was given, beside the audits it made of it.
pub struct Given<'a> {
    /// The inputs.
    pub inputs: &'a [Input],
    /// Files that are no workbooks.
    pub others: &'a [NotWorkbook],
    /// The options that change results.
    pub options: Vec<(String, String)>,
    /// What people typed into earlier audit workbooks.
    pub earlier: Vec<Earlier>,
}

/// Everything that the reports show.
pub fn batch(
    (audits, whole): (Vec<Audit>, Whole),
    rulebooks: Vec<Rulebook>,
    given: &Given,
    outputs: &Outputs,
    language: Language,
) -> Batch {
    Batch {
        audits,
        whole,
        rulebooks,
        not_workbooks: given.others.iter().map(|other| not_workbook(other, language)).collect(),
        run: RunInfo {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            options: given.options.iter().cloned().chain(sampled(outputs)).collect(),
            made_at: made_at(),
            places: places(given.inputs, outputs.place()),
            apart: apart(outputs.place(), language),
            beside: WrittenBeside::default(),
        },
        sample: outputs.sample,
        earlier: given.earlier.clone(),
    }
}

/// The draw of a sample, as 运行信息 shows it.
fn sampled(outputs: &Outputs) -> impl Iterator<Item = (String, String)> {
    let rates = outputs.sample.map(|sample| {
        let options: [(&str, u64); 4] = [
            ("--sample", sample.seed),
            ("--tolerable", sample.tolerable.into()),
            ("--expected", sample.expected.into()),
            ("--confidence", sample.confidence.into()),
        ];
        options.map(|(name, value)| (name.to_owned(), value.to_string()))
    });
    rates.into_iter().flatten()
}

fn not_workbook(other: &NotWorkbook, language: Language) -> report::NotWorkbook {
    let key = if other.packed { "run.other-packed" } else { "run.other-file" };
    report::NotWorkbook { file: other.file.clone(), kind: language.word(key) }
}

/// The clock, in China's one time zone whatever the machine's is; `SOURCE_DATE_EPOCH` fixes it.
fn made_at() -> Option<String> {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.trim().parse().ok());
    let moment = fixed.and_then(|seconds| Timestamp::from_second(seconds).ok()).unwrap_or_else(Timestamp::now);
    Some(Offset::constant(8).to_datetime(moment).strftime("%Y-%m-%d %H:%M:%S").to_string())
}

/// The folder of the working papers that stand by themselves beside a workbook, as a run in that language calls it.
pub fn papers_beside(workbook: &Path, language: Language) -> Option<PathBuf> {
    apart(workbook, language).map(|apart| workbook.with_file_name(apart.folder))
}

/// Where working papers go when they are too many for one workbook: a folder beside it, called after it.
fn apart(workbook: &Path, language: Language) -> Option<Apart> {
    let name = |part: Option<&std::ffi::OsStr>| part.and_then(|part| part.to_str()).map(str::to_owned);
    let folder = format!("{}-{}", name(workbook.file_stem())?, language.word("report.sheet-paper"));
    Some(Apart { workbook: name(workbook.file_name())?, folder })
}
