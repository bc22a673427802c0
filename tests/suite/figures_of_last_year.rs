//! A clause that asks for a figure of the year before: it is taken from the department's own audit of that year.

use fuhe::rulebook::load;
use serde_json::Value;

use crate::cli::{Desk, code, words};

/// 80 points without growth, 40 up to a tenth more, none beyond.
const RULES: &str = r#"
id = "growth"
name = "小县公用经费评分表"
source = "小县财政局评分表"
form = "scorecard"
years = { from = 2019, to = 2022 }
material = 0.5
tolerance = 0.01
grades = [{ name = "优", from = 90 }, { name = "差", from = 0 }]
sections = [{ id = "cost", name = "成本", points = 100 }]
facts = [
  { id = "spent", label = "公用经费决算数", kind = "money", unit = "万元" },
  { id = "staff", label = "在编人数", kind = "count", unit = "人" },
  { id = "spent_before", label = "上年公用经费决算数", kind = "money", unit = "万元", last_year = "spent" },
]

[[indicators]]
id = "growth"
name = "公用经费增长率"
section = "cost"
group = "成本"
points = 80
clause = "公用经费不增长的得80分，增长10%以内的得40分，超过10%的不得分。"

[[indicators.criteria]]
id = "rate"
kind = "bands"
value = "spent ÷ spent_before"
points = 80
clause = "公用经费不增长的得80分，增长10%以内的得40分，超过10%的不得分。"
bands = [{ to = "100%", points = 80 }, { above = "100%", to = "110%", points = 40 }, { above = "110%", points = 0 }]

[[indicators]]
id = "staffing"
name = "人员控制"
section = "cost"
group = "成本"
points = 20
clause = "在编人数不超过50人的得20分。"

[[indicators.criteria]]
id = "few"
kind = "bands"
value = "staff"
points = 20
clause = "在编人数不超过50人的得20分。"
bands = [{ to = 50, points = 20 }, { above = 50, points = 0 }]
"#;

/// A department's card of a year with its base data, claimed in full.
fn card(unit: &str, year: u32, data: &[(&str, &str, f64)]) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet().set_name("评分表").unwrap();
    sheet.write(0, 0, format!("{year}年度评分表")).unwrap();
    sheet.write(1, 0, "部门名称").unwrap();
    sheet.write(1, 1, unit).unwrap();
    for (row, cells) in
        [["三级指标", "分值", "自评得分"], ["公用经费增长率", "80", "80"], ["人员控制", "20", "20"]].iter().enumerate()
    {
        for (column, text) in cells.iter().enumerate() {
            sheet.write(row as u32 + 2, column as u16, *text).unwrap();
        }
    }
    let sheet = workbook.add_worksheet().set_name("基础数据表").unwrap();
    for (column, text) in ["数据项", "单位", "填报内容"].into_iter().enumerate() {
        sheet.write(0, column as u16, text).unwrap();
    }
    for (row, (label, unit, figure)) in data.iter().enumerate() {
        sheet.write(row as u32 + 1, 0, *label).unwrap();
        sheet.write(row as u32 + 1, 1, *unit).unwrap();
        sheet.write(row as u32 + 1, 2, *figure).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

/// A desk with the rules, the lines of 2019 (甲局 spent 100) and what 甲局 hands in for 2020.
fn desk(data: &[(&str, &str, f64)]) -> Desk {
    let desk = Desk::new();
    desk.put("规则.toml", RULES.as_bytes());
    let then = [("公用经费决算数", "万元", 100.0), ("在编人数", "人", 40.0)];
    desk.put("2019/甲局.xlsx", &card("甲局", 2019, &then));
    desk.put("2019/乙局.xlsx", &card("乙局", 2019, &[("公用经费决算数", "万元", 300.0), ("在编人数", "人", 40.0)]));
    desk.put("2020/甲局2020.xlsx", &card("甲局", 2020, data));
    let output = desk.fuhe(&["2019", "--rulebook", "规则.toml", "--jsonl", "2019.jsonl", "--no-workbook"]);
    assert_eq!(code(&output), 0, "{}", words(&output));
    desk
}

/// 甲局's line of 2020.
fn line(desk: &Desk, further: &[&str]) -> Value {
    let run =
        [&["2020", "--rulebook", "规则.toml", "--jsonl", "a.jsonl", "--no-workbook", "--force"], further].concat();
    let output = desk.fuhe(&run);
    assert_eq!(code(&output), 0, "{}", words(&output));
    desk.lines("a.jsonl").remove(0)
}

fn growth(line: &Value) -> (&str, &str, &str) {
    let growth = line["indicators"].as_array().unwrap().iter().find(|it| it["id"] == "growth").unwrap();
    ["verdict", "low", "high"].map(|key| growth[key].as_str().unwrap()).into()
}

#[test]
fn the_figure_comes_from_last_years_audit_with_its_file_and_cell() {
    // 105 after 100 is 5 % more: 40 points, of 80 that were claimed. 115 is 15 % more: none. 100 is no growth: all 80.
    for (now, expected) in [
        (105.0, ("overstated", "40.00", "40.00")),
        (115.0, ("overstated", "0.00", "0.00")),
        (100.0, ("agrees", "80.00", "80.00")),
    ] {
        let desk = desk(&[("公用经费决算数", "万元", now), ("在编人数", "人", 40.0)]);
        let alone = line(&desk, &[]);
        assert_eq!(growth(&alone).0, "unverifiable", "without last year's audits nothing can be said");
        let found = line(&desk, &["--baseline", "2019.jsonl"]);
        assert_eq!(growth(&found), expected, "{now}");
        let facts = found["facts"].as_array().unwrap();
        let taken = facts.iter().find(|fact| fact["id"] == "spent_before").expect("taken");
        assert_eq!((&taken["value"], &taken["origin"]), (&"100".into(), &"last_year".into()));
        assert_eq!(taken["source"]["sheet"], "甲局.xlsx / 基础数据表");
        assert_eq!(taken["source"]["cell"], "C2");
        // Stored lines come out again, with the figure in them and last year's lines gone.
        let again = desk.fuhe(&["report", "a.jsonl", "--rulebook", "规则.toml", "--jsonl", "b.jsonl", "-o", "b.xlsx"]);
        assert_eq!(code(&again), 0, "{}", words(&again));
        assert_eq!(growth(&desk.lines("b.jsonl")[0]), expected);
    }
}

#[test]
fn what_the_form_says_itself_stays_beside_it_and_what_differs_is_asked() {
    let with_own = |own| {
        let data = [("公用经费决算数", "万元", 105.0), ("在编人数", "人", 40.0), ("上年公用经费决算数", "万元", own)];
        line(&desk(&data), &["--baseline", "2019.jsonl"])
    };
    // The same figure: the form's own is used.
    let same = with_own(100.0);
    assert_eq!(growth(&same), ("overstated", "40.00", "40.00"));
    assert!(!same["facts"].to_string().contains("last_year"));
    // What may be the same in another unit is another figure here; and 105 after 105 would be no growth.
    for own in [1_000_000.0, 10_000.0, 105.0] {
        assert_eq!(growth(&with_own(own)).0, "unverifiable", "{own}");
    }
    // 105 after 110 would be no growth, after 100 it is 5 %: both are possible until somebody says which.
    let other = with_own(110.0);
    assert_eq!(growth(&other), ("unverifiable", "40.00", "80.00"));
    let findings = other["findings"].to_string();
    assert!(findings.contains("fact-conflict") && findings.contains("甲局.xlsx / 基础数据表"), "{findings}");
}

#[test]
fn what_the_form_may_say_of_last_year_without_certainty_is_asked_as_well() {
    // 110 under a label that is not certainly the fact's: whether 100 or 110, somebody has to say.
    for label in ["2019年公用经费决算数", "上年公用经费决算数（审计调整后）", "2019年度公用经费决算数"]
    {
        let data = [("公用经费决算数", "万元", 105.0), ("在编人数", "人", 40.0), (label, "万元", 110.0)];
        let found = line(&desk(&data), &["--baseline", "2019.jsonl"]);
        assert_eq!(growth(&found).0, "unverifiable", "{label}: {}", found["unused"]);
        assert!(found["findings"].to_string().contains("甲局.xlsx / 基础数据表"), "{label}: {}", found["findings"]);
    }
    // The same figure there speaks against nothing.
    let data = [("公用经费决算数", "万元", 105.0), ("在编人数", "人", 40.0), ("2019年公用经费决算数", "万元", 100.0)];
    assert_eq!(growth(&line(&desk(&data), &["--baseline", "2019.jsonl"])), ("overstated", "40.00", "40.00"));
}

#[test]
fn figures_of_other_rules_that_mean_something_else_and_of_unsealed_lines_ground_nothing() {
    let data = [("公用经费决算数", "万元", 105.0), ("在编人数", "人", 40.0)];
    let with_rules = |text: &str, label: &str| {
        let desk = desk(&data);
        desk.put("旧规则.toml", text.as_bytes());
        desk.put("2019/甲局.xlsx", &card("甲局", 2019, &[(label, "万元", 100.0), ("在编人数", "人", 40.0)]));
        let run = ["2019/甲局.xlsx", "--rulebook", "旧规则.toml", "--jsonl", "2019.jsonl", "--no-workbook", "--force"];
        assert_eq!(code(&desk.fuhe(&run)), 0);
        growth(&line(&desk, &["--baseline", "2019.jsonl"])).0.to_owned()
    };
    let other = RULES.replace("id = \"growth\"\nname = \"小县", "id = \"growth-old\"\nname = \"小县");
    assert_ne!(other, RULES);
    let projects = other.replace("label = \"公用经费决算数\"", "label = \"项目支出决算数\"");
    assert_eq!(with_rules(&projects, "项目支出决算数"), "unverifiable", "its spent is another figure");
    assert_eq!(with_rules(RULES, "公用经费决算数"), "overstated");
    // A line without its seal may say anything.
    let desk = desk(&data);
    let mut lines = desk.lines("2019.jsonl");
    for line in &mut lines {
        line.as_object_mut().unwrap().remove("seal");
        line.as_object_mut().unwrap().remove("run");
    }
    desk.put("2019.jsonl", lines.iter().map(|line| format!("{line}\n")).collect::<String>().as_bytes());
    assert_eq!(growth(&line(&desk, &["--baseline", "2019.jsonl"])).0, "unverifiable");
}

#[test]
fn a_figure_of_another_department_another_year_or_in_doubt_is_not_taken() {
    let data = [("公用经费决算数", "万元", 105.0), ("在编人数", "人", 40.0)];
    let taken = |desk: &Desk| line(desk, &["--baseline", "2019.jsonl"])["facts"].to_string().contains("last_year");
    assert!(taken(&desk(&data)));
    let of = |unit: &str, year: u32, figures: &[(&str, &str, f64)]| {
        let desk = desk(&data);
        std::fs::remove_dir_all(desk.path("2019")).unwrap();
        desk.put("2019/x.xlsx", &card(unit, year, figures));
        let run = ["2019", "--rulebook", "规则.toml", "--jsonl", "2019.jsonl", "--no-workbook", "--force"];
        assert_eq!(code(&desk.fuhe(&run)), 0);
        taken(&desk)
    };
    let figures = [("公用经费决算数", "万元", 100.0), ("在编人数", "人", 40.0)];
    assert!(of("甲局", 2019, &figures), "another name of the file is no matter");
    assert!(!of("丙局", 2019, &figures), "another department");
    assert!(!of("甲局", 2021, &figures), "another year");
    let twice = [("公用经费决算数", "万元", 100.0), ("公用经费决算数", "万元", 90.0)];
    assert!(!of("甲局", 2019, &twice), "two figures: none is certain");
    assert!(!of("甲局", 2019, &[("在编人数", "人", 40.0)]), "no figure");
}

#[test]
fn lines_that_were_made_beside_other_audits_of_last_year_are_not_taken_up_again() {
    let desk = desk(&[("公用经费决算数", "万元", 105.0), ("在编人数", "人", 40.0)]);
    assert_eq!(growth(&line(&desk, &["--baseline", "2019.jsonl"])).1, "40.00");
    // Last year's figure was corrected to 90 since: 105 is more than a tenth above it.
    desk.put("2019/甲局.xlsx", &card("甲局", 2019, &[("公用经费决算数", "万元", 90.0), ("在编人数", "人", 40.0)]));
    let run = ["2019", "--rulebook", "规则.toml", "--jsonl", "2019.jsonl", "--no-workbook", "--force"];
    assert_eq!(code(&desk.fuhe(&run)), 0);
    std::fs::copy(desk.path("a.jsonl"), desk.path("old.jsonl")).unwrap();
    let resumed = line(&desk, &["--baseline", "2019.jsonl", "--resume", "old.jsonl"]);
    assert_eq!(growth(&resumed).2, "0.00", "it was audited again");
}

#[test]
fn only_a_figure_of_the_same_kind_and_unit_can_be_last_years() {
    assert!(load("规则.toml", RULES).is_ok());
    for other in ["staff", "spent_before", "nothing"] {
        let text = RULES.replace("last_year = \"spent\"", &format!("last_year = \"{other}\""));
        let flaws = load("规则.toml", &text).unwrap_err();
        assert_eq!(flaws.iter().map(|flaw| flaw.code).collect::<Vec<_>>(), ["unknown-last-year"], "{other}");
        let line = RULES.lines().position(|line| line.contains("last_year")).unwrap() + 1;
        assert_eq!(flaws[0].line, line, "{other}");
    }
}
