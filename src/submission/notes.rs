//! Findings of the reading, each with its sentence for people.

use std::fmt::Display;

use crate::audit::{Finding, Severity, Source};
use crate::checks::register;
use crate::text::Language;

/// The findings of one workbook's reading, in reading order.
pub struct Notes {
    language: Language,
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
    pub fn new(language: Language) -> Notes {
        Notes { language, findings: Vec::new() }
    }

    /// The language that is written.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Adds a finding. Its sentence is `intake.<key>`; the holes sheet, cell and text are filled from the source.
    pub fn add(&mut self, code: &str, key: &str, about: About, source: Source, holes: &[(&str, &dyn Display)]) {
        let shown = shown(&source.text);
        let mut all: Vec<(&str, &dyn Display)> =
            vec![("sheet", &source.sheet), ("cell", &source.cell), ("text", &shown)];
        all.extend_from_slice(holes);
        let message = self.language.say(&format!("intake.{key}"), &all);
        self.findings.push(Finding {
            code: code.to_owned(),
            severity: register::find(code).map_or(Severity::Warning, |code| code.severity),
            indicator: about.indicator.map(str::to_owned),
            fact: about.fact.map(str::to_owned),
            message,
            claimed: None,
            low: None,
            high: None,
            difference: None,
            explanation: None,
            source: Some(source),
        });
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
