//! Outputs that cannot be meant are refused before any file is audited.

use std::path::{Path, PathBuf};

use crate::batch::Input;
use crate::cli::Outputs;
use crate::error::Error;
use crate::text::Language;

/// Every file that a run may write; none of them is an input.
pub fn paths(outputs: &Outputs) -> Vec<PathBuf> {
    let optional = [&outputs.workbook, &outputs.jsonl, &outputs.html];
    optional.into_iter().flatten().filter(|path| !is_standard_output(path)).cloned().collect()
}

pub(super) fn is_standard_output(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Refuses outputs that cannot be meant: none at all, the workbook on standard output, two outputs in one file.
///
/// # Errors
/// The sentence for people.
pub fn refuse_impossible(outputs: &Outputs, language: Language) -> Result<(), Error> {
    if outputs.are_lines_only() && outputs.jsonl.is_none() {
        return Err(Error::Usage(language.word("run.usage-no-output")));
    }
    let onto_stdout = [&outputs.workbook, &outputs.html].into_iter().flatten().any(|path| is_standard_output(path));
    if onto_stdout {
        return Err(Error::Usage(language.word("run.usage-workbook-to-stdout")));
    }
    let paths = paths(outputs);
    for (index, path) in paths.iter().enumerate() {
        if paths[..index].contains(path) {
            return Err(Error::Usage(
                language.say("run.usage-same-output", &[("path", &crate::text::visible(&path.display().to_string()))]),
            ));
        }
    }
    Ok(())
}

/// Refuses an output that is one of the inputs: inputs are never written to.
///
/// # Errors
/// The output's path.
pub fn refuse_inputs(outputs: &Outputs, inputs: &[Input]) -> Result<(), Error> {
    for path in paths(outputs) {
        let Ok(real) = std::fs::canonicalize(&path) else { continue };
        if inputs.iter().any(|input| std::fs::canonicalize(&input.path).is_ok_and(|input| input == real)) {
            return Err(Error::OutputIsInput { path });
        }
    }
    Ok(())
}
