//! Forms written as text: one line per row, cells parted by `|`, a number where it is nothing else.

use std::sync::LazyLock;

use fuhe::audit::{Audit, FileIdentity, Finding, IndicatorAudit};
use fuhe::audit_one::audit_form;
use fuhe::decimal_text::score_text;
use fuhe::rulebook::{Declared, Rulebook, builtin};
use fuhe::submission::declared::{DeclaredForm, find};
use fuhe::workbook::{Address, Area, Cell, Format, Sheet, Value, Workbook};
use rust_decimal::Decimal;

use crate::said::{Said, audit_of_line, line_of};

/// The national form's lines above the rows, for a project with this row of money.
pub fn head(money: &str) -> String {
    format!(
        "项目支出绩效自评表\n（2020年度）\n项目名称 | 河道清淤\n主管部门 | 云溪县水务局 | 实施单位 | 云溪县河道管理所\n\
         项目资金（万元） | | 年初预算数 | 全年预算数（A） | 全年执行数（B） | 分值 | 执行率（B/A） | 得分\n\
         | 年度资金总额 | {money}\n\
         一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施\n"
    )
}

/// The built-in rulebook, loaded once.
pub fn rulebook() -> &'static Rulebook {
    static RULEBOOK: LazyLock<Rulebook> = LazyLock::new(|| builtin("project-2020").expect("a built-in rulebook"));
    &RULEBOOK
}

/// Its parameters.
pub fn declared() -> &'static Declared {
    rulebook().own_rows().expect("project-2020 is a declared form")
}

/// A sheet of the lines; `A1:B2` after a `#` at a line's end merges areas.
pub fn sheet(name: &str, text: &str) -> Sheet {
    let mut sheet = Sheet { name: name.to_owned(), ..Sheet::default() };
    let mut areas: Vec<Area> = Vec::new();
    for (row, line) in text.lines().enumerate() {
        let (line, merges) = line.split_once('#').unwrap_or((line, ""));
        areas.extend(merges.split_whitespace().map(|area| area.parse::<Area>().expect("an area")));
        for (column, text) in line.split('|').map(str::trim).enumerate().filter(|(_, text)| !text.is_empty()) {
            let address = Address { row: row as u32, column: column as u32 };
            sheet.cells.insert(address, cell(text));
        }
    }
    areas.sort_unstable_by_key(|area| (area.first, area.last));
    sheet.merges = areas.into();
    sheet
}

fn cell(text: &str) -> Cell {
    let value = match text {
        "=" => Value::Uncalculated,
        "#REF" => Value::Error("#REF!".to_owned()),
        _ => match text.parse::<Decimal>() {
            Ok(number) => Value::Number(number.normalize()),
            Err(_) => Value::Text(text.trim_matches('"').to_owned()),
        },
    };
    Cell { value, percent: false, formula: false, digits: Default::default() }
}

pub fn workbook(sheets: Vec<Sheet>) -> Workbook {
    Workbook { format: Format::Xlsx, sheets, properties: Default::default() }
}

/// Every form of the sheets.
pub fn forms(sheets: Vec<Sheet>) -> Vec<DeclaredForm> {
    find(
        fuhe::vocabulary::Vocabulary::builtin(),
        &workbook(sheets),
        "自评表.xlsx",
        declared(),
        &fuhe::submission::Effort::default(),
    )
}

/// The audit of the one form that the text holds. Every audit of the tests must hold together.
pub fn audit(text: &str) -> Audit {
    let forms = forms(vec![sheet("附件1", text)]);
    assert_eq!(forms.len(), 1, "one form");
    audited(&forms[0])
}

/// The audit of a form.
pub fn audited(form: &DeclaredForm) -> Audit {
    let audit = audit_form(rulebook(), form, FileIdentity::default());
    assert_eq!(fuhe::self_check::contradictions(&audit, rulebook()), []);
    assert_eq!(fuhe::self_check::foreign(&audit, Some(rulebook())), []);
    let line = line_of(&audit);
    assert_eq!(audit_of_line(&line), audit);
    let said = |finding: &fuhe::audit::Finding| !finding.message().contains("finding.");
    assert!(audit.findings.iter().all(said), "every sentence is written: {line}");
    let shown: serde_json::Value = serde_json::from_str(&line).expect("a line");
    for indicator in shown["indicators"].as_array().expect("lines of the form") {
        let working = indicator["working"].to_string();
        assert!(!working.contains("declared.") && !working.contains("working."), "every sum is written: {working}");
    }
    audit
}

/// The national form with these lines of rows and a total.
pub fn national(money: &str, rows: &str, total: &str) -> Audit {
    audit(&format!("{}{rows}\n总分 | | | | | 100 | {total}\n", head(money)))
}

/// The line of that id.
pub fn line<'a>(audit: &'a Audit, id: &str) -> &'a IndicatorAudit {
    audit.indicators.iter().find(|line| line.id == id).unwrap_or_else(|| panic!("{id} is a line"))
}

/// `low..high verdict difference`, each as JSON Lines hold it, the difference with two decimals unless it is 0.
pub fn says(audit: &Audit, id: &str) -> String {
    let difference = line(audit, id).difference;
    let difference = if difference.is_zero() { "0".to_owned() } else { score_text(difference) };
    let line = serde_json::to_value(line(audit, id)).expect("a line");
    let text = |key: &str| line[key].as_str().unwrap_or("null").to_owned();
    format!("{}..{} {} {difference}", text("low"), text("high"), text("verdict"))
}

/// Codes of the findings about a line, in order.
pub fn codes<'a>(audit: &'a Audit, id: Option<&str>) -> Vec<&'a str> {
    let about = |finding: &&Finding| finding.indicator.as_deref() == id;
    audit.findings.iter().filter(about).map(|finding| finding.code.as_str()).collect()
}

/// How often a code was found.
pub fn count(audit: &Audit, code: &str) -> usize {
    audit.findings.iter().filter(|finding| finding.code.as_str() == code).count()
}
