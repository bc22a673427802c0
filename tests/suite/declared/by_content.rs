//! Forms whose headings nobody listed, or that have none: what their columns prove is read, and the rest stays open.

use fuhe::audit::{Audit, Verdict};
use fuhe::submission::declared::DeclaredForm;

use super::written::{audited, codes, count, forms, head, line, says, sheet};

const MONEY: &str = "50 | 50 | 50 | 10 | 100% | 10";

/// The lines above the rows, their header left out.
fn top() -> String {
    head(MONEY).lines().take(6).map(|line| format!("{line}\n")).collect()
}

/// One row: labels, name, target, actual, weight, score.
type Row = [&'static str; 7];

/// All of them reached; 15 × 11 ÷ 12 would be the score of 完成时间 if more were better.
const HONEST: [Row; 5] = [
    ["产出指标", "数量指标", "清淤长度", "≥12公里", "12公里", "20", "20"],
    ["", "质量指标", "验收合格率", "≥95%", "98%", "15", "15"],
    ["", "时效指标", "完成时间", "≤12个月", "11个月", "15", "15"],
    ["效益指标", "社会效益指标", "受益村庄", "≥12个", "12个", "30", "30"],
    ["满意度指标", "服务对象满意度指标", "村民满意度", "≥90%", "92%", "10", "10"],
];

/// Half of the length was cleared, and the marks are full: 20 × 6 ÷ 12 = 10.
fn inflated() -> [Row; 5] {
    let mut rows = HONEST;
    rows[0][4] = "6公里";
    rows
}

/// A form with these headings and rows; `cells`: the row's cells from left to right, `0` to `6` of the row, anything else as it is.
fn written(top: &str, headings: &str, cells: &[&str], rows: &[Row]) -> String {
    let place = |cell: &str, row: &Row| cell.parse::<usize>().map_or(cell.to_owned(), |at| row[at].to_owned());
    let of = |row: &Row| cells.iter().map(|cell| place(cell, row)).collect::<Vec<_>>().join(" | ");
    let total: Vec<&str> =
        cells.iter().skip(1).map(|cell| if ["5", "6"].contains(cell) { "100" } else { "" }).collect();
    let headings = if headings.is_empty() { String::new() } else { format!("{headings}\n") };
    let rows: Vec<String> = rows.iter().map(of).collect();
    format!("{top}{headings}{}\n总分 | {}\n", rows.join("\n"), total.join(" | "))
}

fn only(text: &str) -> DeclaredForm {
    let mut found = forms(vec![sheet("自评表", text)]);
    assert_eq!(found.len(), 1, "{text}");
    found.remove(0)
}

fn audit(text: &str) -> Audit {
    audited(&only(text))
}

const PLAIN: [&str; 7] = ["0", "1", "2", "3", "4", "5", "6"];

/// Headings and the places of the cells under them: all of them prove what they are.
const PROVED: [(&str, &[&str]); 10] = [
    ("", &PLAIN),
    ("类别 | 子类 | 考核要点 | 应达到 | 达到了 | 额度 | 自测", &PLAIN),
    ("类别 | 考核要点 | 应达到 | 达到了 | 额度 | 自测", &["0", "2", "3", "4", "5", "6"]),
    ("", &["0", "2", "3", "4", "5", "6"]),
    ("", &["0", "1", "2", "5", "3", "4", "6"]),
    ("", &["0", "1", "2", "4", "3", "5", "6"]),
    ("类别 | 子类 | 考核要点 | 应达到 | 达到了 | 分值 | 得分", &PLAIN),
    ("类别 | 子类 | 考核要点 | 应达到 | 达到了 | 额度 | 自测 | 财政复核", &["0", "1", "2", "3", "4", "5", "6", "0.5"]),
    (
        "类别 | 子类 | 考核要点 | 应达到 | 2019年达到 | 2020年达到 | 额度 | 自测",
        &["0", "1", "2", "3", "4", "4", "5", "6"],
    ),
    (
        "类别 | 子类 | 考核要点 | 应达到 | 达到了 | 额度 | 自测 | 情况说明",
        &["0", "1", "2", "3", "4", "5", "6", "无偏差"],
    ),
];

#[test]
fn columns_that_prove_what_they_are_are_read_without_a_heading_that_says_so() {
    for (headings, cells) in PROVED {
        let honest = audit(&written(&top(), headings, cells, &HONEST));
        for (row, points) in [("row-1", "20"), ("row-2", "15"), ("row-3", "15"), ("row-4", "30"), ("row-5", "10")] {
            assert_eq!(says(&honest, row), format!("{points}.00..{points}.00 agrees 0"), "{headings} {row}");
        }
        assert_eq!(line(&honest, "row-1").name, "清淤长度", "{headings}");
        let wrong = ["total-mismatch", "weights-mismatch", "score-conflict", "text-for-number"];
        assert!(wrong.iter().all(|code| count(&honest, code) == 0), "{headings}: {:?}", codes(&honest, None));
        let inflated = audit(&written(&top(), headings, cells, &inflated()));
        assert_eq!(says(&inflated, "row-1"), "10.00..10.00 overstated 10.00", "{headings}");
    }
}

#[test]
fn a_sign_and_a_unit_in_columns_of_their_own_prove_target_and_actual() {
    let rows = "产出指标 | 数量指标 | 清淤长度 | ≥ | 12 | 公里 | 6 | 20 | 20\n | 质量指标 | 合格率 | ≥ | 95 | % | 98 | 15 | 15\n | 时效指标 | 时间 | ≤ | 12 | 个月 | 11 | 15 | 15\n\
                效益指标 | 社会效益 | 受益村庄 | ≥ | 12 | 个 | 12 | 30 | 30\n满意度指标 | 满意度 | 村民满意度 | ≥ | 90 | % | 92 | 10 | 10\n总分 | | | | | | | 100 | 100\n";
    let audit = audit(&format!("{}{rows}", top()));
    assert_eq!(says(&audit, "row-1"), "10.00..10.00 overstated 10.00");
    assert_eq!(says(&audit, "row-3"), "15.00..15.00 agrees 0");
}

#[test]
fn what_the_columns_do_not_prove_stays_open_and_accuses_nobody() {
    let bare = |rows: [Row; 5]| {
        rows.map(|mut row| {
            row[3] = row[3].trim_start_matches(['≥', '≤']);
            row
        })
    };
    let unsigned = bare(inflated());
    let mut unitless = unsigned;
    for row in &mut unitless {
        row[3] = row[3].trim_end_matches(|c: char| !c.is_ascii_digit());
        row[4] = row[4].trim_end_matches(|c: char| !c.is_ascii_digit());
    }
    for (what, cells, rows) in [
        // No sign says which of the two is the target.
        ("unsigned", PLAIN.as_slice(), unsigned),
        ("unsigned, the other way round", &["0", "1", "2", "4", "3", "5", "6"], unsigned),
        ("no unit at all", &PLAIN, unitless),
        // Two columns answer the target.
        ("two actuals", &["0", "1", "2", "3", "4", "3", "5", "6"], unsigned),
        // Two columns may be the claim.
        ("two scores", &["0", "1", "2", "3", "4", "5", "6", "0.5"], inflated()),
    ] {
        let audit = audit(&written(&top(), "", cells, &rows));
        for line in audit.indicators.iter().filter(|line| line.id.starts_with("row-")) {
            let is_open = matches!(line.verdict, Verdict::Unverifiable | Verdict::ReadingDependent);
            assert!(is_open, "{what}: {} {:?}", line.name, line.verdict);
        }
        for code in ["full-marks-without-actual", "text-for-number", "target-unmet-full-marks", "score-missing"] {
            assert_eq!(count(&audit, code), 0, "{what}: {code}");
        }
    }
}

#[test]
fn where_weights_and_scores_are_not_proved_there_is_no_form() {
    let mut heavier = HONEST;
    heavier[0][5] = "23";
    let mut over = HONEST;
    over[1][6] = "16";
    let targets = HONEST;
    for (what, cells, rows) in [
        ("weights that come to 93", PLAIN.as_slice(), heavier),
        ("a score above its weight", &PLAIN, over),
        // 目标申报表: nothing is scored.
        ("no score", &["0", "1", "2", "3", "5"], targets),
        ("no weight", &["0", "1", "2", "3", "4", "无"], targets),
    ] {
        let found = forms(vec![sheet("自评表", &written(&top(), "", cells, &rows))]);
        assert!(found.is_empty(), "{what}");
    }
    // Only the bureau's scores stand there.
    let text = written(&top(), "类别 | 子类 | 考核要点 | 应达到 | 达到了 | 额度 | 财政复核", &PLAIN, &HONEST);
    assert!(forms(vec![sheet("自评表", &text)]).is_empty());
}

#[test]
fn several_forms_without_headings_are_read_each_by_itself() {
    let second = written(&top().replace("河道清淤", "堤防加固"), "", &PLAIN, &inflated());
    let found = forms(vec![sheet("自评表", &format!("{}\n{second}", written(&top(), "", &PLAIN, &HONEST)))]);
    let names: Vec<_> = found.iter().map(|form| form.project.as_ref().map_or("", |name| &name.value)).collect();
    assert_eq!(names, ["河道清淤", "堤防加固"]);
    assert_eq!(says(&audited(&found[0]), "row-1"), "20.00..20.00 agrees 0");
    assert_eq!(says(&audited(&found[1]), "row-1"), "10.00..10.00 overstated 10.00");
}
