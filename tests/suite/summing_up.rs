//! 综合报告: every number in it is counted anew here from the audits themselves, and stands on the sheets.

use std::collections::{BTreeMap, BTreeSet};

use fuhe::across::{Against, look};
use fuhe::audit::{Audit, Verdict};
use fuhe::report::table::{Table, Value};
use fuhe::report::writers::letters;
use fuhe::report::{Batch, tables};
use fuhe::text::Language;
use rust_decimal::Decimal;

use crate::bench;
use crate::report::named;
use crate::report_forms::both;

fn looked_across(mut batch: Batch) -> Batch {
    batch.whole = look(&mut batch.audits, &Against::default());
    batch
}

/// The paragraphs by their headings.
fn paragraphs(sheets: &[Table]) -> BTreeMap<String, String> {
    let text = |row: &fuhe::report::table::Row| match &row.cells[0].value {
        Value::Text(text) => text.clone(),
        other => panic!("{other:?}"),
    };
    let rows = &named(sheets, "综合报告").rows;
    rows.chunks(2).map(|pair| (text(&pair[0]), text(&pair[1]))).collect()
}

fn sum(batch: &Batch, of: impl Fn(&Audit) -> Decimal) -> String {
    let cards = batch.audits.iter().filter(|audit| audit.form.is_none() && audit.recomputed.is_some());
    format!("{:.2}", cards.map(of).sum::<Decimal>())
}

#[test]
fn every_number_of_the_summary_report_is_that_of_the_audits() {
    let batch = looked_across(bench::batch());
    let said = paragraphs(&tables(&batch, Language::Zh));
    let cards: Vec<&Audit> = batch.audits.iter().filter(|audit| audit.recomputed.is_some()).collect();
    let files: BTreeSet<&str> = batch.audits.iter().map(|audit| audit.file.as_str()).collect();
    let unread = files.len() - cards.len();
    assert_eq!(
        said["一、报送情况"],
        format!("本次收到文件{}份，完成复核{}份，未能读取{unread}份。", files.len(), cards.len())
    );
    let points = |audit: &Audit| audit.points.clone().expect("points");
    let claims = sum(&batch, |audit| {
        let valid = audit.indicators.iter().filter(|it| it.verdict != Verdict::Invalid);
        valid.filter_map(|it| it.claimed).sum()
    });
    for part in [
        format!("部门评分表{}份", cards.len()),
        format!("自评合计{claims}分"),
        format!("最高可认定{}分", sum(&batch, |audit| audit.recomputed.as_ref().expect("totals").ceiling)),
        format!("已核实{}分", sum(&batch, |audit| points(audit).agreed)),
        format!("多计{}分", sum(&batch, |audit| points(audit).overstated)),
        format!("少计{}分", sum(&batch, |audit| points(audit).understated)),
        format!("口径存疑{}分", sum(&batch, |audit| points(audit).reading_dependent)),
        format!("待核实{}分", sum(&batch, |audit| points(audit).unverifiable)),
    ] {
        assert!(said["二、得分情况"].contains(&part), "{part}: {}", said["二、得分情况"]);
    }
    let falls = |audit: &&&Audit| audit.findings.iter().any(|it| it.code.as_str() == "grade-overstated");
    let hang = cards.iter().filter(|audit| audit.grade_hangs.is_some()).count();
    let grades = &said["三、等级情况"];
    assert!(grades.contains(&format!("高于可认定等级的{}个", cards.iter().filter(falls).count())), "{grades}");
    assert!(grades.contains(&format!("取决于待核实得分的{hang}个")), "{grades}");
    for grade in ["优", "良", "中", "差"] {
        let granted = cards.iter().filter(|audit| audit.recomputed.as_ref().expect("totals").grade_ceiling == grade);
        let (count, told) = (granted.count(), grades.split_once("按最高可认定分").expect("both").1);
        assert_eq!(told.contains(&format!("“{grade}”{count}个")), count > 0, "{grades}");
    }
    let open: usize = cards.iter().map(|audit| open_rows(audit)).sum();
    assert!(said["六、其他提示和下一步工作"].contains(&format!("尚待核定{open}项")), "{said:?}");
}

/// Rows that somebody has to decide: all but those that agree.
fn open_rows(audit: &Audit) -> usize {
    audit.indicators.iter().filter(|it| it.verdict != Verdict::Agrees).count()
}

#[test]
fn the_indicators_most_overstated_and_whom_to_look_at_first_are_named_worst_first() {
    let batch = looked_across(bench::batch());
    let said = paragraphs(&tables(&batch, Language::Zh));
    let mut by_name: BTreeMap<&str, (Decimal, usize)> = BTreeMap::new();
    let lines = batch.audits.iter().flat_map(|audit| &audit.indicators);
    for line in lines.filter(|line| line.verdict == Verdict::Overstated) {
        let (points, count) = by_name.entry(&line.name).or_default();
        (*points, *count) = (*points + line.difference, *count + 1);
    }
    let told = &said["四、多计较多的指标"];
    assert!(told.contains(&format!("多计涉及{}项指标", by_name.len())), "{told}");
    let (worst, (points, count)) = by_name.iter().max_by_key(|(_, (points, _))| *points).expect("one");
    assert!(told.contains(&format!("较多的是：“{worst}”{count}个部门多计{points:.2}分")), "{told}");
    let overstated = |audit: &&Audit| audit.points.as_ref().is_some_and(|points| !points.overstated.is_zero());
    let first =
        batch.audits.iter().filter(overstated).max_by_key(|audit| audit.points.as_ref().map(|it| it.overstated));
    let first = first.expect("one");
    let points = first.points.as_ref().expect("points").overstated;
    let unit = first.unit.as_deref().expect("a name");
    assert!(said["五、建议先行核查的部门"].contains(&format!("先行核查：{unit}（多计{points:.2}分")), "{said:?}");
}

#[test]
fn cards_and_forms_are_summed_up_apart_and_the_letters_bring_the_report_as_a_document() {
    let batch = looked_across(both());
    let said = paragraphs(&tables(&batch, Language::Zh));
    assert!(
        said["二、得分情况"].contains("部门评分表2份") && said["二、得分情况"].contains("项目自评表2份"),
        "{said:?}"
    );
    let made = letters::letters(&batch, Language::Zh).expect("letters");
    let report = made.summing_up.expect("the report");
    assert_eq!(report.file, "综合报告.docx");
    assert!(report.bytes.starts_with(b"PK"));
    let again = letters::letters(&batch, Language::Zh).expect("letters").summing_up.expect("the report");
    assert_eq!(again.bytes, report.bytes, "the same to the byte");
    let empty = letters::letters(&Batch::default(), Language::Zh).expect("no letters");
    assert_eq!(empty.summing_up, None);
}
