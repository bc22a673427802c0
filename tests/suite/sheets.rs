//! Workbooks in memory from a few lines of text, for the tests of what is read from cells.
//!
//! A line is a row, `|` parts its cells. A number is a number cell, `0.2722p` one with a percentage format, `'5` the text 5,
//! `#REF!` an error, `=` a formula that was never computed, `=5` one that gave 5, `@2020-08-08` a date, `⏎` a line break.

use std::str::FromStr;

use fuhe::submission::{ClaimedScore, FactValue, NoSubmission, Submission, collect};
use fuhe::workbook::{Address, Area, Cell, Format, Sheet, Value, Workbook};
use rust_decimal::Decimal;

use crate::submitted::shenzhen;

/// A sheet from its rows.
pub fn sheet(name: &str, rows: &str) -> Sheet {
    let mut sheet = Sheet { name: name.to_owned(), ..Sheet::default() };
    for (row, line) in rows.trim_matches('\n').lines().enumerate() {
        for (column, text) in line.split('|').enumerate() {
            if let Some(cell) = cell(text.trim_matches([' ', '\t'])) {
                sheet.cells.insert(Address { row: row as u32, column: column as u32 }, cell);
            }
        }
    }
    sheet
}

fn cell(text: &str) -> Option<Cell> {
    let plain = |value| Some(Cell { value, percent: false, formula: false, digits: Default::default() });
    let number = |text: &str| Decimal::from_str(text).ok().map(Value::Number);
    if text.is_empty() {
        return None;
    }
    if let Some(text) = text.strip_prefix('\'') {
        return plain(Value::Text(text.replace('⏎', "\n")));
    }
    if let Some(result) = text.strip_prefix('=') {
        let value = number(result).unwrap_or(Value::Uncalculated);
        return Some(Cell { value, percent: false, formula: true, digits: Default::default() });
    }
    if let Some(date) = text.strip_prefix('@') {
        return plain(Value::Date { text: date.to_owned(), serial: Decimal::from(44_000) });
    }
    if text.starts_with('#') && text.ends_with(['!', '?']) {
        return plain(Value::Error(text.to_owned()));
    }
    if let Some(value) = text.strip_suffix('p').and_then(number) {
        return Some(Cell { value, percent: true, formula: false, digits: Default::default() });
    }
    plain(number(text).unwrap_or_else(|| Value::Text(text.replace('⏎', "\n"))))
}

/// The sheet with merged areas, such as `A1:D1`.
pub fn merged(mut sheet: Sheet, areas: &[&str]) -> Sheet {
    let mut merges: Vec<Area> = areas.iter().map(|area| area.parse().expect("an area")).collect();
    merges.sort_by_key(|area| area.first);
    sheet.merges = merges.into();
    sheet
}

/// What a workbook of these sheets says, or why it says nothing.
pub fn read_named(file: &str, sheets: Vec<Sheet>) -> Result<Submission, NoSubmission> {
    let rulebook = shenzhen();
    let card = rulebook.card().expect("a card");
    collect(
        fuhe::vocabulary::Vocabulary::builtin(),
        &Workbook { format: Format::Xlsx, sheets, properties: Default::default() },
        file,
        card,
        &rulebook.grades,
        &fuhe::submission::Effort::default(),
    )
}

/// What a workbook of these sheets says.
pub fn read(sheets: Vec<Sheet>) -> Submission {
    read_named("x.xlsx", sheets).expect("a submission")
}

/// Every claim of an indicator as `5.82 at 评分表!C2`.
pub fn claims(submission: &Submission, indicator: &str) -> Vec<String> {
    let of_it = submission.claims.iter().filter(|claim| claim.indicator == indicator);
    of_it
        .map(|claim| {
            let score = |score: ClaimedScore| match score {
                ClaimedScore::Number(number) => number.normalize().to_string(),
                ClaimedScore::Merged(number) => format!("{} for several", number.normalize()),
                ClaimedScore::Missing => "missing".to_owned(),
                ClaimedScore::Uncalculated => "not calculated".to_owned(),
                ClaimedScore::NotANumber => "no number".to_owned(),
                ClaimedScore::NotAsked => "not asked".to_owned(),
            };
            let rivals =
                claim.rivals.iter().map(|rival| format!(" or {} at {}", score(rival.value), rival.source.cell));
            let place = format!("{}!{}", claim.source.sheet, claim.source.cell);
            format!("{} at {place}{}", score(claim.score), rivals.collect::<String>())
        })
        .collect()
}

/// The one claim of an indicator.
pub fn claim(submission: &Submission, indicator: &str) -> String {
    claims(submission, indicator).join(", ")
}

/// Every source of a fact as `27.22 at 基础数据表!C2`, with ` doubtful near-name` behind one that is not certainly it.
pub fn facts(submission: &Submission, fact: &str) -> Vec<String> {
    let of_it = submission.facts.iter().filter(|source| source.fact == fact);
    of_it
        .map(|source| {
            let doubt = source.doubt.map(|doubt| format!(" doubtful {}", doubt.as_str())).unwrap_or_default();
            format!("{} at {}!{}{doubt}", value(&source.value), source.source.sheet, source.source.cell)
        })
        .collect()
}

/// The sources of a fact, joined.
pub fn fact(submission: &Submission, fact: &str) -> String {
    facts(submission, fact).join(", ")
}

/// What the narrative says of a fact, as `27.22`, with ` of 2019` behind a figure of another year.
pub fn quotes(submission: &Submission, fact: &str) -> Vec<String> {
    let of_it = submission.quotes.iter().filter(|quote| quote.fact == fact);
    of_it
        .map(|quote| value(&quote.value) + &quote.other_year.map(|year| format!(" of {year}")).unwrap_or_default())
        .collect()
}

fn value(value: &FactValue) -> String {
    match value {
        FactValue::Number(number) => number.normalize().to_string(),
        FactValue::Either(numbers) => {
            numbers.iter().map(|number| number.normalize().to_string()).collect::<Vec<_>>().join(" or ")
        }
        FactValue::Answer(answer) => answer.clone(),
        FactValue::NotApplicable => "not applicable".to_owned(),
        FactValue::Unreadable => "unreadable".to_owned(),
    }
}

/// The codes found while reading, in order, each with its cell.
pub fn codes(submission: &Submission) -> Vec<String> {
    let place =
        |finding: &fuhe::audit::Finding| finding.source.as_ref().map(|source| source.cell.clone()).unwrap_or_default();
    submission.findings.iter().map(|finding| format!("{} {}", finding.code, place(finding))).collect()
}

/// A card of one indicator with its points and its claim.
pub fn card(name: &str, points: &str, claimed: &str) -> Sheet {
    let text = format!(
        "2020年度部门整体支出绩效评分表\n单位名称：榕江区图书馆 | | 评价年度：2020年度\n三级指标 | 分值 | 自评得分\n重点工作完成情况 | 8 | 8\n\
         {name} | {points} | {claimed}\n预算编制合理性 | 5 | 5"
    );
    sheet("评分表", &text)
}

/// Base data under the template's header.
pub fn base(rows: &str) -> Sheet {
    sheet("基础数据表", &format!("序号 | 数据项 | 数值 | 单位 | 佐证材料 | 备注\n{rows}"))
}
