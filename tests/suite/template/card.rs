//! The card's blank workbook.

use fuhe::audit::{Audit, Origin};
use fuhe::report::table::{Table, Value};
use fuhe::rulebook::{FactKind, Rulebook};
use fuhe::submission::{ClaimedScore, NoSubmission};
use rust_decimal::Decimal;

use super::filling::*;

fn filled(rulebook: &Rulebook) -> Vec<Table> {
    let mut tables = blank(rulebook);
    fill_all_but_scores(&mut tables, rulebook);
    let mut scored = tables.clone();
    // Any score makes it a submission from which the earned ones can be learnt.
    fill_scores(&mut scored, &vec![number("0"); card(rulebook).indicators.len()]);
    let scores = earned(scored, rulebook);
    fill_scores(&mut tables, &scores);
    tables
}

fn every_fact_is_read_exactly(audit: &Audit, rulebook: &Rulebook) {
    for fact in &card(rulebook).facts {
        let found: Vec<_> = audit.facts.iter().filter(|found| found.id == fact.id).collect();
        let table: Vec<_> = found.iter().filter(|found| found.origin == Origin::BaseData).collect();
        assert_eq!(table.len(), 1, "{}: {found:?}", fact.id);
        assert_eq!(table[0].value, answer(fact).1, "{}", fact.id);
        assert_eq!(table[0].unit.as_deref(), fact.kind.unit(), "{}", fact.id);
        assert_eq!(table[0].evidence.as_deref(), Some("附件3第2页"), "{}", fact.id);
        assert_eq!(table[0].source.sheet, "基础数据表");
    }
}

#[test]
fn a_workbook_filled_in_honestly_has_no_finding_but_the_judged_indicators() {
    for rulebook in rulebooks() {
        let audit = audited(&saved(filled(&rulebook)), &rulebook);
        every_fact_is_read_exactly(&audit, &rulebook);
        let judged = |finding: &&fuhe::audit::Finding| {
            finding.code.as_str() == "unverifiable-score" && finding.indicator.as_deref() == Some("benefits")
        };
        let others: Vec<_> = audit.findings.iter().filter(|finding| !judged(finding)).collect();
        assert!(others.is_empty(), "{}: {others:#?}", rulebook.id);
        assert_eq!(audit.unit.as_deref(), Some("清溪县水务局"));
        assert_eq!(audit.year, rulebook.years.from);
        let claimed: Decimal = audit.indicators.iter().filter_map(|line| line.claimed).sum();
        let stated = audit.claimed.as_ref().expect("totals");
        assert_eq!(stated.total, Some(claimed));
        assert!(stated.grade.is_some());
    }
}

#[test]
fn every_claim_stands_where_it_was_typed() {
    for rulebook in rulebooks() {
        let tables = filled(&rulebook);
        let typed: Vec<Value> =
            tables[1].rows[..card(&rulebook).indicators.len()].iter().map(|row| row.cells[5].value.clone()).collect();
        let submission = submitted(&saved(tables.clone()), &rulebook).expect("a submission");
        assert_eq!(submission.claims.len(), card(&rulebook).indicators.len());
        for (at, (claim, typed)) in submission.claims.iter().zip(typed).enumerate() {
            let Value::Number(score, _) = typed else { panic!("a score") };
            assert_eq!(claim.score, ClaimedScore::Number(score.normalize()));
            assert_eq!(claim.source.cell, format!("F{}", tables[1].first_row() as usize + at + 1));
            assert_eq!(claim.points_stated.as_ref().map(|stated| stated.value), card(&rulebook).indicators[at].points);
        }
    }
}

#[test]
fn the_completion_table_is_read_row_by_row() {
    let rulebook = &rulebooks()[0];
    let submission = submitted(&saved(filled(rulebook)), rulebook).expect("a submission");
    let table = submission.completion.expect("a completion table");
    assert_eq!(table.tasks.len(), 10);
    let total = table.total.expect("a total row");
    assert_eq!(total.planned.map(|sum| sum.value), Decimal::from_str_exact("120.55").ok());
    assert_eq!(total.spent_fiscal.map(|sum| sum.value), Decimal::from_str_exact("116.33075").ok());
    assert_eq!(table.kpis.len(), 18);
    let last = table.kpis.last().expect("a row");
    assert_eq!(last.labels, ["满意度指标", "满意度指标", "指标18"]);
    assert_eq!(last.actual.as_ref().map(|actual| actual.value.as_str()), Some("96%"));
}

#[test]
fn numbers_typed_as_text_are_read_the_same() {
    for rulebook in rulebooks() {
        let mut tables = filled(&rulebook);
        as_text(&mut tables);
        let audit = audited(&saved(tables.clone()), &rulebook);
        every_fact_is_read_exactly(&audit, &rulebook);
        assert_eq!(of_form(&audit), Vec::<String>::new());
        assert_eq!(audit.year, rulebook.years.from);
        let typed = audited(&saved(filled(&rulebook)), &rulebook);
        let claims =
            |audit: &Audit| audit.indicators.iter().map(|line| (line.claimed, line.low, line.high)).collect::<Vec<_>>();
        assert_eq!(claims(&audit), claims(&typed));
    }
}

#[test]
fn a_workbook_filled_in_by_half_is_read_as_far_as_it_goes() {
    for rulebook in rulebooks() {
        for kept in [2, 4, 5] {
            let mut tables = filled(&rulebook);
            for (at, cell) in
                cells_mut(&mut tables).filter(|cell| cell.style == fuhe::report::table::Style::Entry).enumerate()
            {
                if at % kept != 0 && at > 1 {
                    cell.value = Value::Empty;
                }
            }
            let audit = audited(&saved(tables), &rulebook);
            assert_eq!(of_form(&audit), Vec::<String>::new(), "{} {kept}", rulebook.id);
            assert!(audit.indicators.iter().any(|line| line.claimed.is_some()));
        }
    }
}

#[test]
fn not_applicable_may_stand_for_any_fact() {
    let rulebook = &rulebooks()[0];
    let mut tables = filled(rulebook);
    for row in &mut sheet(&mut tables, "基础数据表").rows {
        row.cells[2].value = text("不适用");
    }
    let audit = audited(&saved(tables), rulebook);
    assert_eq!(of_form(&audit), Vec::<String>::new());
    let told = audit.findings.iter().filter(|finding| finding.code.as_str() == "not-applicable").count();
    assert_eq!(told, card(rulebook).facts.len());
}

#[test]
fn a_blank_workbook_is_told_to_be_blank() {
    for rulebook in rulebooks() {
        let refused = submitted(&saved(blank(&rulebook)), &rulebook).map(|_| ());
        assert_eq!(refused, Err(NoSubmission::BlankTemplate), "{}", rulebook.id);
    }
}

#[test]
fn every_fact_has_a_cell_that_takes_what_it_can_be_and_says_so() {
    for rulebook in rulebooks() {
        let mut tables = blank(&rulebook);
        let base = sheet(&mut tables, "基础数据表");
        assert_eq!(base.rows.len(), card(&rulebook).facts.len());
        for (row, fact) in base.rows.iter().zip(&card(&rulebook).facts) {
            let cell = &row.cells[2];
            let ask = cell.ask.as_ref().expect("a prompt");
            assert!(cell.input.is_some() && !ask.says.is_empty() && !ask.refusal.is_empty(), "{}", fact.id);
            if matches!(fact.kind, FactKind::YesNo) {
                let list = fuhe::report::table::Input::Words(["是", "否", "不适用"].map(str::to_owned).to_vec());
                assert_eq!(cell.input.as_deref(), Some(&list));
            }
        }
    }
}
