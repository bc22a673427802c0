//! The audit workbook: its sheets, its formulas, its limits.

use fuhe::report::{tables, xlsx};
use fuhe::text::Language;

use crate::bench::*;

fn workbook() -> Vec<u8> {
    let batch = batch();
    let tables = tables(&batch, Language::Zh);
    xlsx::workbook(&tables, Language::Zh, batch.run.made_at.as_deref()).expect("a workbook")
}

#[test]
fn the_same_audits_give_the_same_bytes() {
    if let Ok(path) = std::env::var("FUHE_TEST_WORKBOOK") {
        std::fs::write(path, workbook()).expect("a place for it");
    }
    assert!(workbook() == workbook());
}
