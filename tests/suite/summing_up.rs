//! 综合报告: every number in it is counted anew here from the audits themselves, and stands on the sheets.

use std::collections::{BTreeMap, BTreeSet};

use fuhe::across::roster::{Due, Roster};
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

/// What a part of the audits comes to, in the words of its sentence.
fn scores(audits: &[&Audit], kind: &str) -> String {
    let total =
        |of: &dyn Fn(&Audit) -> Decimal| format!("{:.2}", audits.iter().map(|audit| of(audit)).sum::<Decimal>());
    let points = |audit: &Audit| audit.points.clone().expect("points");
    let valid = |audit: &Audit| {
        let valid = audit.indicators.iter().filter(|it| it.verdict != Verdict::Invalid);
        valid.filter_map(|it| it.claimed).sum::<Decimal>()
    };
    format!(
        "计入汇总的{kind}{}份，自评合计{}分，按现有材料最高可认定{}分；其中已核实{}分，多计{}分，少计{}分，口径存疑{}分，待核实{}分。",
        audits.len(),
        total(&valid),
        total(&|audit| audit.recomputed.as_ref().expect("totals").ceiling),
        total(&|audit| points(audit).agreed),
        total(&|audit| points(audit).overstated),
        total(&|audit| points(audit).understated),
        total(&|audit| points(audit).reading_dependent),
        total(&|audit| points(audit).unverifiable),
    )
}

/// How many have each grade, the best first, and behind them what was written and is no grade.
fn by_grade<'a>(grades: impl Iterator<Item = &'a str>) -> String {
    let rank = |grade: &str| ["优", "良", "中", "差"].iter().position(|known| *known == grade).unwrap_or(4);
    let mut counted: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    grades.for_each(|grade| *counted.entry((rank(grade), grade)).or_default() += 1);
    let named: Vec<String> = counted.iter().map(|((_, grade), count)| format!("“{grade}”{count}个")).collect();
    if named.is_empty() { "均未填报".to_owned() } else { named.join("、") }
}

fn falls(audit: &Audit) -> bool {
    audit.findings.iter().any(|it| it.code.as_str() == "grade-overstated")
}

/// Why a department is to be looked at first; nothing where there is no reason.
fn reasons(audit: &Audit) -> Vec<String> {
    let points = audit.points.as_ref().expect("points");
    let mut told = Vec::new();
    if !points.overstated.is_zero() {
        told.push(format!("多计{:.2}分", points.overstated));
    }
    let totals = audit.recomputed.as_ref().expect("totals");
    if let (true, Some(claimed)) = (falls(audit), audit.claimed.as_ref().and_then(|claimed| claimed.grade.as_ref())) {
        told.push(format!("等级由“{claimed}”降为“{}”", totals.grade_ceiling));
    }
    if !told.is_empty() && audit.grade_hangs.is_some() && !points.unverifiable.is_zero() {
        told.push(format!("待核实{:.2}分，等级未定", points.unverifiable));
    }
    told
}

#[test]
fn every_sentence_of_the_summary_report_is_written_anew_from_the_audits_to_the_letter() {
    let mut batch = both();
    batch.audits = bench::batch().audits.into_iter().chain(batch.audits.drain(2..)).collect();
    let due = ["乙局", "丙局", "丁局", "庚局", "辛局"].map(|name| Due { name: name.to_owned(), ..Due::default() });
    let roster = Roster { departments: due.to_vec(), ..Roster::default() };
    batch.whole = look(&mut batch.audits, &Against { roster: Some(roster), ..Against::default() });
    let sheets = tables(&batch, Language::Zh);
    let said = paragraphs(&sheets);
    let audits: Vec<&Audit> = batch.audits.iter().collect();
    let files: BTreeSet<&str> = audits.iter().map(|audit| audit.file.as_str()).collect();
    let of = |is_form: bool| audits.iter().copied().filter(|it| it.form.is_some() == is_form).collect::<Vec<_>>();
    let (cards, forms) = (of(false), of(true));
    // Everything was read; 庚局 and 辛局 sent nothing.
    let received =
        format!("本次收到文件{0}份，完成复核{0}份，未能读取0份。名册应报送部门5个，其中未报送2个。", files.len());
    assert_eq!(said["一、报送情况"], received);
    let both_kinds = format!("{}{}", scores(&cards, "部门评分表"), scores(&forms, "项目自评表"));
    assert_eq!(said["二、得分情况"], both_kinds);
    let claimed = cards.iter().filter_map(|audit| audit.claimed.as_ref()?.grade.as_deref());
    let granted = cards.iter().map(|audit| audit.recomputed.as_ref().expect("totals").grade_ceiling.as_str());
    let grades = format!(
        "自评等级：{}；按最高可认定分的等级：{}。自评等级高于可认定等级的{}个，等级取决于待核实得分的{}个。",
        by_grade(claimed),
        by_grade(granted),
        cards.iter().filter(|audit| falls(audit)).count(),
        cards.iter().filter(|audit| audit.grade_hangs.is_some()).count(),
    );
    assert_eq!(said["三、等级情况"], grades);
    let mut by_name: BTreeMap<&str, (Decimal, usize)> = BTreeMap::new();
    let lines = cards.iter().flat_map(|audit| &audit.indicators);
    for line in lines.filter(|line| line.verdict == Verdict::Overstated) {
        let (points, count) = by_name.entry(&line.name).or_default();
        (*points, *count) = (*points + line.difference, *count + 1);
    }
    let mut worst: Vec<_> = by_name.iter().collect();
    worst.sort_by_key(|(name, (points, count))| (std::cmp::Reverse((*points, *count)), **name));
    let worst: Vec<String> =
        worst.iter().take(5).map(|(name, (points, count))| format!("“{name}”{count}个部门多计{points:.2}分")).collect();
    let told = format!("多计涉及{}项指标，较多的是：{}。", by_name.len(), worst.join("、"));
    assert_eq!(said["四、多计较多的指标"], told);
    let mut first: Vec<&Audit> = audits.iter().copied().filter(|audit| !reasons(audit).is_empty()).collect();
    // Whole departments before single projects, as in 总览.
    let overstated = |audit: &Audit| audit.points.as_ref().expect("points").overstated;
    first.sort_by_key(|audit| (audit.form.is_some(), std::cmp::Reverse(overstated(audit))));
    let (told, list) = said["五、建议先行核查的部门"].split_once("：").expect("a list");
    assert_eq!(told, format!("多计或等级下降的{}个，建议依次先行核查", first.len()));
    for (audit, told) in first.iter().zip(list.trim_end_matches('。').split('；')) {
        let reasons = reasons(audit).join("，");
        let (name, why) =
            told.split_once('（').map(|(name, rest)| (name, rest.trim_end_matches('）'))).expect("reasons");
        assert!(told.ends_with(&format!("（{reasons}）")), "{name}: {why}, not {reasons}");
        assert!(
            name.contains(audit.unit.as_deref().expect("a name").trim_start_matches('=').split('+').next().unwrap())
        );
    }
    let hints: Vec<String> = fuhe::checks::register::Code::ALL
        .iter()
        .filter(|code| code.area() == fuhe::checks::register::Area::Batch)
        .map(|code| (code, audits.iter().filter(|audit| audit.findings.iter().any(|it| it.code == *code)).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(code, count)| format!("{}{count}份", Language::Zh.word(&format!("finding.{code}-title"))))
        .collect();
    let compared = match hints.is_empty() {
        true => String::new(),
        false => format!("各部门材料相互比对发现：{}，仅供核查时参考，不影响得分。", hints.join("；")),
    };
    let open: usize = audits.iter().map(|audit| open_rows(audit)).sum();
    let asked = named(&sheets, "待补材料").rows.iter().filter(|row| row.cells.len() > 3).count();
    let next = format!("{compared}尚待核定{open}项，需部门补充或说明的事项{asked}条。");
    assert_eq!(said["六、其他提示和下一步工作"], next);
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
