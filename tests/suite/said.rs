//! What findings and problems say in Chinese, and whole audits as their lines hold them.

use fuhe::audit::{Audit, Finding, Problem};
use fuhe::report::writers::jsonl;
use fuhe::text::Language;
use serde_json::Value;

/// What is told in the words of the Chinese report.
pub trait Said {
    /// The sentence.
    fn message(&self) -> String;
}

impl Said for Finding {
    fn message(&self) -> String {
        Language::Zh.phrase(&self.phrase)
    }
}

impl Said for Problem {
    fn message(&self) -> String {
        Language::Zh.phrase(&self.phrase)
    }
}

/// The line of an audit, in Chinese.
pub fn line_of(audit: &Audit) -> String {
    let mut line = Vec::new();
    jsonl::write(std::slice::from_ref(audit), Language::Zh, &mut line).expect("memory takes it");
    String::from_utf8(line).expect("UTF-8")
}

/// The same as a value.
pub fn value_of(audit: &Audit) -> Value {
    serde_json::from_str(&line_of(audit)).expect("JSON")
}

/// The audit that a line holds.
pub fn audit_of_line(line: &str) -> Audit {
    let mut audits = jsonl::read(line.as_bytes()).expect("a line of this program");
    assert_eq!(audits.len(), 1);
    audits.remove(0)
}
