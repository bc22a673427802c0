//! The page: the figures of the audits, text of submissions as text, the same bytes every time, nothing loaded.

use std::collections::{BTreeMap, BTreeSet};

use fuhe::decimal_text::score_text;
use fuhe::report::table::{Row, Table, Value};
use fuhe::report::{
    Batch, Place, Way, tables,
    writers::{html, write},
};
use fuhe::text::Language;

use crate::bench::*;
use crate::report::named;
use crate::report_forms::both;

fn page(batch: &Batch) -> String {
    html::page(batch, Language::Zh).expect("a page")
}

/// A batch of one department that calls itself `name` and lies in `file`.
fn called(name: &str, file: &str) -> Batch {
    let rulebook = shenzhen();
    let one = audit(&rulebook, file, submission(&rulebook, name, SEED_CLAIMS, "92.00", "优", SEED));
    let mut batch = batch();
    batch.run.places = [(file.to_owned(), Place { path: Way::to(file), archive: false })].into();
    batch.audits = vec![one];
    batch
}

#[test]
fn the_same_audits_give_the_same_page() {
    assert!(page(&batch()) == page(&batch()));
}

#[test]
fn every_row_of_a_list_of_hundreds_stands_in_the_page_once_and_in_order() {
    let rulebook = shenzhen();
    let one = |number: usize| {
        let unit = format!("第{number}局");
        audit(&rulebook, &format!("{unit}.xlsx"), submission(&rulebook, &unit, SEED_CLAIMS, "92.00", "优", SEED))
    };
    let batch = Batch { audits: (10..40).map(one).collect(), ..batch() };
    let tables = tables(&batch, Language::Zh);
    let list = &named(&tables, "核定表").rows;
    assert!(list.len() > 512, "{}", list.len());
    let page = page(&batch);
    let mut lists: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let ids = page.split("<tr id=\"s").skip(1).filter_map(|row| row.split('"').next()?.split_once('-'));
    ids.for_each(|(sheet, row)| lists.entry(sheet).or_default().push(row.parse().expect("a number")));
    let rows = lists.values().find(|rows| rows.len() == list.len()).expect("the list");
    // What a filter leaves out at first stands behind the rest.
    assert!(rows.chunk_by(|one, next| one < next).count() <= 2);
    assert_eq!(rows.iter().collect::<BTreeSet<_>>().len(), list.len());
    let papers = page.split("<details class=\"paper\" id=\"d").skip(1);
    let numbers: Vec<usize> =
        papers.map(|paper| paper.split('"').next().and_then(|id| id.parse().ok()).expect("a number")).collect();
    assert_eq!(numbers, (1..=30).collect::<Vec<_>>());
    assert!(!page.contains('\0'));
}

#[test]
fn the_page_knows_no_clock() {
    assert!(!page(&batch()).contains("2026-11-23"));
}

#[test]
fn each_department_has_the_figures_of_its_audit() {
    let batch = batch();
    let page = page(&batch);
    let rows: Vec<&str> = page.split("<tr data-department=").skip(1).collect();
    assert_eq!(rows.len(), batch.audits.len());
    for audit in &batch.audits {
        let totals = audit.recomputed.as_ref().expect("audited");
        let points = audit.points.as_ref().expect("audited");
        let figures = format!(
            "data-label=\"已核实分\">{}</td><td class=\"n strong\" data-label=\"最高可认定分\">{}</td>",
            score_text(points.agreed),
            score_text(totals.ceiling)
        );
        assert!(rows.iter().any(|row| row.contains(&figures)), "{}", audit.file);
    }
}

#[test]
fn a_score_stands_with_its_working_its_readings_and_its_evidence() {
    let page = page(&called("某局", "某局.xlsx"));
    let start = page.find("预算执行率</button>").expect("the indicator");
    let score = &page[start..start + page[start..].find("</tbody>\n<tbody id=").expect("its end")];
    for piece in ["全年平均按四个季度支出进度的平均数计算", "基础数据表!C4", "27.22", "评分表!H"]
    {
        assert!(score.contains(piece), "{piece} in {score}");
    }
}

/// What a browser shows of a page, without its markup.
fn shown(page: &str) -> String {
    let body = &page[page.find("<body").expect("a body")..page.find("<script>").expect("its script")];
    let text: String = body.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect();
    let plain = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#x2f;", "/"), ("&amp;", "&")];
    plain.into_iter().fold(text, |text, (escape, sign)| text.replace(escape, sign))
}

#[test]
fn the_page_holds_every_word_of_every_sheet_that_the_workbook_shows() {
    for (batch, least) in [(batch(), 1000), (both(), 500)] {
        let names = held(&batch, least);
        for name in ["待补材料", "逐项核对", "核对项目", "运行信息", "未能复核", "评分规则", "核定表", "差异清单"]
        {
            assert!(names.iter().any(|known| known == name), "{name}");
        }
    }
}

/// Figures and time of 总览 stand elsewhere, and the page knows no clock.
fn is_clock(row: &Row) -> bool {
    row.cells.first().is_some_and(|cell| cell.value == Value::Text("生成时间".to_owned()))
}

/// The sheets of the workbook but its working papers and pictures, each word of which stands on the page.
fn held(batch: &Batch, least: usize) -> Vec<String> {
    let page = shown(&page(batch));
    let (mut compared, mut names) = (0, Vec::new());
    let is_shown = |table: &&Table| !table.layout.hidden && !table.name.starts_with("底稿") && table.charts.is_empty();
    for table in tables(batch, Language::Zh).iter().filter(is_shown) {
        assert!(page.contains(&table.name), "{}", table.name);
        let is_overview = table.name.ends_with("总览");
        let above = table.lead.iter().filter(|row| !is_overview && !is_clock(row));
        for row in above.chain(&table.rows).chain(&table.tail) {
            let mut at = 0;
            for cell in &row.cells {
                let is_hidden = table.columns.get(at).is_some_and(|column| column.hidden);
                at += usize::from(cell.width());
                if let (false, Value::Text(text)) = (is_hidden, &cell.value) {
                    for line in text.lines().map(fuhe::text::visible) {
                        assert!(page.contains(&line), "{}: {line}", table.name);
                        compared += 1;
                    }
                }
            }
        }
        names.push(table.name.clone());
    }
    assert!(compared > least, "{compared}");
    names
}

#[test]
fn a_badge_says_its_word_once_and_no_id_stands_where_there_is_a_name() {
    let mut batch = batch();
    // What a reader typed for an option is shown as it was typed.
    batch.run.options.clear();
    let page = page(&batch);
    let badges: BTreeSet<&str> =
        page.split("<span class=\"verdict v-").skip(1).filter_map(|part| part.split(['>', '<']).nth(1)).collect();
    for word in ["一致", "多计", "口径存疑", "无法复核"] {
        assert!(badges.contains(word), "{word} in {badges:?}");
        let more = |badge: &&&str| badge.contains(word) && badge.trim() != word;
        assert_eq!(badges.iter().find(more), None, "{word} and something else");
    }
    let page = shown(&page);
    let rulebook = shenzhen();
    let ids = card(&rulebook).facts.iter().map(|fact| fact.id.as_str());
    let ids = ids.chain(card(&rulebook).indicators.iter().flat_map(|indicator| {
        let readings = indicator.readings.iter().map(|reading| reading.id.as_str());
        std::iter::once(indicator.id.as_str()).chain(readings)
    }));
    let codes = fuhe::checks::register::Code::ALL.iter().map(|code| code.as_str());
    let mut looked_for = 0;
    for id in ids.chain(codes).chain([rulebook.id.as_str()]).filter(|id| id.contains(['_', '-'])) {
        assert!(!page.contains(id), "{id}");
        looked_for += 1;
    }
    assert!(looked_for > 100, "{looked_for}");
}

#[test]
fn markup_in_a_submission_is_shown_as_text() {
    let hostile = "</title></style><script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}";
    let page = page(&called(hostile, "某局.xlsx"));
    assert_eq!(page.matches("<script").count(), 1);
    assert!(!page.contains("<img"));
    assert!(page.contains("&lt;script&gt;alert(1)"));
    assert!(page.contains("{{7*7}}"));
}

#[test]
fn marks_that_turn_writing_around_are_written_out() {
    let page = page(&batch());
    assert!(!page.contains('\u{202E}') && !page.contains('\u{0007}'));
    assert!(page.contains("\\u{202e}"));
}

#[test]
fn a_file_name_cannot_become_another_kind_of_link() {
    let page = page(&called("某局", "javascript:alert(1)#x?.xlsx"));
    assert!(page.contains("href=\".&#x2f;javascript%3Aalert%281%29%23x%3F.xlsx\""));
    assert!(!page.contains("href=\"javascript"));
}

#[test]
fn the_page_loads_nothing_and_runs_only_its_own_script() {
    let page = page(&batch());
    assert!(!page.contains(" src=") && !page.contains("url(") && !page.contains("href=\"http"));
    assert!(page.contains("default-src 'none'; style-src 'sha256-"));
    assert!(!page.contains("'unsafe-"));
}

#[test]
fn every_word_of_the_page_is_known_in_both_languages() {
    let template = include_str!("../../src/report/writers/html/page.html");
    for language in [Language::Zh, Language::En] {
        let known: BTreeSet<&str> = language.texts().map(|(key, _)| key).collect();
        for rest in template.split("word(\"").skip(1) {
            let key = rest.split('"').next().expect("a key");
            assert!(known.contains(key), "{key} in {language:?}");
        }
        let page = html::page(&batch(), language).expect("a page");
        assert!(!page.contains("page.says-"));
    }
}

#[test]
fn a_batch_without_departments_is_a_page_too() {
    let page = page(&Batch { audits: vec![], ..batch() });
    assert!(page.contains("没有已复核的部门"));
}

#[test]
fn only_a_page_of_this_program_is_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("页面.html");
    let text = page(&batch());
    write::file(&path, text.as_bytes(), false, html::is_ours).expect("a new file");
    write::file(&path, text.as_bytes(), false, html::is_ours).expect("a page of ours");
    std::fs::write(&path, "<p>minutes of a meeting").expect("a file");
    assert!(matches!(write::file(&path, text.as_bytes(), false, html::is_ours), Err(write::WriteError::NotOurs(_))));
    assert_eq!(std::fs::read_to_string(&path).expect("still there"), "<p>minutes of a meeting");
}
