//! Findings of the reading, each with its sentence for people.

use crate::audit::{Finding, Source};
use crate::checks::register::Code;
use crate::phrase::{Hole, Phrase};

/// The findings of one workbook's reading, in reading order.
#[derive(Default)]
pub struct Notes {
    findings: Vec<Finding>,
}

/// What a finding is about.
#[derive(Clone, Copy, Default)]
pub struct About<'a> {
    /// The indicator's id.
    pub indicator: Option<&'a str>,
    /// The fact's id.
    pub fact: Option<&'a str>,
}

impl<'a> About<'a> {
    /// About an indicator.
    pub fn indicator(id: &'a str) -> About<'a> {
        About { indicator: Some(id), fact: None }
    }

    /// About a fact.
    pub fn fact(id: &'a str) -> About<'a> {
        About { indicator: None, fact: Some(id) }
    }
}

impl Notes {
    /// None yet.
    pub fn new() -> Notes {
        Notes::default()
    }

    /// Adds a finding. Its sentence is `intake.<key>`; the holes sheet, cell and text are filled from the source.
    pub fn add(&mut self, code: Code, key: &str, about: About, source: Source, holes: &[Hole]) {
        let shown = shown(&source.text);
        let mut all: Vec<Hole> = vec![("sheet", &source.sheet), ("cell", &source.cell), ("text", &shown)];
        all.extend_from_slice(holes);
        let phrase = Phrase::filled(format!("intake.{key}"), &all);
        self.findings.push(Finding {
            indicator: about.indicator.map(str::to_owned),
            fact: about.fact.map(str::to_owned),
            source: Some(source),
            ..Finding::saying(code, phrase)
        });
    }

    /// Adds a finding that has its sentence already.
    pub fn found(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// All of them.
    pub fn into_findings(self) -> Vec<Finding> {
        self.findings
    }
}

/// The longest text that a sentence quotes, in characters.
const QUOTED: usize = 60;

/// A cell's text on one line, cut where it is long.
pub fn shown(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= QUOTED { line } else { line.chars().take(QUOTED).chain(['…']).collect() }
}
