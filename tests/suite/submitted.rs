//! Submissions written shortly, for the tests of verdicts and checks.

use std::sync::LazyLock;

use fuhe::audit::{Audit, FileIdentity, Finding, IndicatorAudit, Origin, Source};
use fuhe::audit_one::audit_scorecard;
use fuhe::rulebook::{Rulebook, builtin};
use fuhe::submission::{
    Claim, ClaimedScore, CompletionTable, FactSource, FactValue, KpiRow, Quote, Sourced, Submission, TaskRow,
};
use fuhe::vocabulary::Vocabulary;
use rust_decimal::Decimal;

/// The claims of the seed report, in card order.
pub const SEED_CLAIMS: &str = "5 5 3 7 2 2 3 2 1 2 1 1 0 3 6 3 8 6 23 3 6";
/// The base data of the seed report's sample.
pub const SEED_FACTS: &str = "procurement_actual 3.96; budget_total 1701.05; sangong_budget 2.06; sangong_actual 2.06;
    routine_budget 103.53563; routine_actual 88.740039; q1_progress 27.22; q2_progress 48.45; q3_progress 69.22;
    q4_progress 98.82; projects_planned 8; projects_finished 8; satisfaction 100";
/// All points of every indicator, in card order.
pub const FULL_CLAIMS: &str = "5 5 3 7 2 3 3 2 2 2 1 1 1 3 6 6 8 6 25 3 6";
/// Base data under which every indicator but the judged one earns all its points.
pub const FULL_FACTS: &str = "budget_fits_duties 是*; funds_prioritised 是*; special_funds_itemised 是*;
    classification_accurate 是*; budget_not_fixed 是*; budget_nonconformities 0; goals_missing 0;
    indicators_match_tasks 是*; indicators_show_benefit 是*; indicator_values_clear 是*; indicators_quantified 是*;
    targets_grounded 是*; procurement_plan 10; procurement_actual 10; procurement_policy 是*; spending_compliant 是*;
    adjusted_amount 10; budget_total 1000; accounting_compliant 是*; spending_violation 否;
    budget_disclosure 按规定公开; accounts_disclosure 按规定公开; classified_unit 否; project_approval 是*;
    project_procedure 是*; monitoring_in_place 是*; supervision_done 是*; fund_rated_poor 否; assets_kept 是*;
    asset_disposal 是*; assets_in_use 95; assets_total 100; staff_actual 100; staff_quota 100; contract_staff 4;
    rules_made 是*; rules_followed 是*; performance_rules 是*; sangong_budget 10; sangong_actual 8; routine_budget 100;
    routine_actual 80; q1_progress 25; q2_progress 50; q3_progress 75; q4_progress 100; key_tasks_unfinished 0;
    projects_planned 8; projects_finished 8; petition_channel 是*; petition_reply_rate 100; petition_timely_rate 100;
    satisfaction 100";

/// The built-in rulebook of the tests, loaded once.
pub fn shenzhen() -> &'static Rulebook {
    static RULEBOOK: LazyLock<Rulebook> = LazyLock::new(|| builtin("shenzhen-2020").expect("a built-in rulebook"));
    &RULEBOOK
}

/// A number as written.
pub fn number(text: &str) -> Decimal {
    Decimal::from_str_exact(text).expect("a number")
}

/// A cell.
pub fn cell(sheet: &str, cell: &str, text: &str) -> Source {
    Source { sheet: sheet.to_owned(), cell: cell.to_owned(), text: text.to_owned() }
}

/// A value of a submission and where it stands.
pub fn sourced<T>(value: T, source: Source) -> Sourced<T> {
    Sourced { value, source }
}

/// A submission of 2020 with claims in card order (`-` for an empty cell, `?` for a text, `.` for no row) and facts
/// such as `q1_progress 27.22`, `assets_kept 是*` (with evidence), `satisfaction 1|100` (unit not clear),
/// `procurement_plan 不适用`, `staff_quota ?` (unreadable).
pub fn submitted(claims: &str, facts: &str) -> Submission {
    let rulebook = shenzhen();
    let card = rulebook.card().expect("a card");
    let mut submission = Submission {
        unit: Some(sourced("某局".to_owned(), cell("评分表", "B2", "某局"))),
        year: Some(sourced(2020, cell("评分表", "A1", "2020年度"))),
        ..Submission::default()
    };
    let written: Vec<&str> = claims.split_whitespace().collect();
    assert_eq!(written.len(), card.indicators.len(), "a claim for every indicator");
    for (row, (indicator, score)) in card.indicators.iter().zip(written).enumerate() {
        if score != "." {
            submission.claims.push(claim(&indicator.id, row + 5, score));
        }
    }
    for (row, line) in facts.split(';').map(str::trim).filter(|line| !line.is_empty()).enumerate() {
        submission.facts.push(fact(line, row + 3));
    }
    submission
}

/// A row of the card.
pub fn claim(indicator: &str, row: usize, score: &str) -> Claim {
    let value = match score {
        "-" => ClaimedScore::Missing,
        "?" => ClaimedScore::NotANumber,
        number => ClaimedScore::Number(self::number(number)),
    };
    Claim {
        indicator: indicator.to_owned(),
        name_written: indicator.to_owned(),
        score: value,
        out_of: None,
        rivals: Vec::new(),
        shown: None,
        joined: None,
        points_stated: None,
        evidence: None,
        source: cell("评分表", &format!("H{row}"), score),
    }
}

/// A row of the base-data table, such as `q1_progress 27.22`.
pub fn fact(line: &str, row: usize) -> FactSource {
    let (id, text) = line.split_once(' ').expect("a name and a value");
    let text = text.trim();
    let value = match text {
        "不适用" => FactValue::NotApplicable,
        "?" => FactValue::Unreadable,
        _ if text.contains('|') => FactValue::Either(text.split('|').map(number).collect()),
        _ => match Decimal::from_str_exact(text) {
            Ok(number) => FactValue::Number(number),
            Err(_) => FactValue::Answer(text.trim_end_matches('*').to_owned()),
        },
    };
    FactSource {
        shown: None,
        doubt: None,
        written: String::new(),
        fact: id.to_owned(),
        value,
        origin: Origin::BaseData,
        evidence: text.ends_with('*').then(|| "附件1".to_owned()),
        decimals: decimals(text),
        source: cell("基础数据表", &format!("C{row}"), text),
    }
}

fn decimals(text: &str) -> u32 {
    Decimal::from_str_exact(text).map_or(0, |number| number.scale())
}

/// A sentence of the narrative that gives `value` for a fact.
pub fn quote(fact: &str, value: &str, sentence: &str) -> Quote {
    Quote {
        fact: fact.to_owned(),
        value: FactValue::Number(number(value)),
        decimals: decimals(value),
        other_year: None,
        denial: false,
        sentence: sentence.to_owned(),
        source: cell("自评报告", "A9", sentence),
    }
}

/// A sentence of the narrative that denies a fact.
pub fn denial(fact: &str, sentence: &str) -> Quote {
    Quote { value: FactValue::Answer("否".to_owned()), denial: true, ..quote(fact, "0", sentence) }
}

/// The stated total.
pub fn total(text: &str) -> Option<Sourced<Decimal>> {
    Some(sourced(number(text), cell("评分表", "H27", text)))
}

/// The stated grade.
pub fn grade(text: &str) -> Option<Sourced<String>> {
    Some(sourced(text.to_owned(), cell("评分表", "H28", text)))
}

/// A completion table from rows such as `基本支出 757.06 757.06 740.17 740.17` (planned, of it fiscal, spent, of it
/// fiscal; `-` for an empty cell); the row 合计 is the total.
pub fn completion(rows: &str) -> CompletionTable {
    let mut table = CompletionTable { sheet: "自评表".to_owned(), ..CompletionTable::default() };
    for (at, line) in rows.split(';').map(str::trim).filter(|line| !line.is_empty()).enumerate() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let amount = |column: usize| {
            let text = words[column];
            let place = format!("{}{}", ["A", "C", "D", "E", "F"][column], at + 5);
            (text != "-").then(|| sourced(number(text), cell("自评表", &place, text)))
        };
        let row = TaskRow {
            counts: Default::default(),
            name: words[0].to_owned(),
            cell: format!("A{}", at + 5),
            planned: amount(1),
            planned_fiscal: amount(2),
            spent: amount(3),
            spent_fiscal: amount(4),
        };
        if words[0] == "合计" {
            table.total = Some(row);
        } else {
            table.tasks.push(row);
        }
    }
    table
}

/// KPI rows from lines such as `社会效益指标/便民服务 ≥95% 96%` (`-` for an empty cell).
pub fn kpis(rows: &str) -> Vec<KpiRow> {
    let rows = rows.split(';').map(str::trim).filter(|line| !line.is_empty());
    rows.enumerate().map(|(at, line)| kpi(line, at + 20)).collect()
}

fn kpi(line: &str, row: usize) -> KpiRow {
    let words: Vec<&str> = line.split_whitespace().collect();
    let value = |text: &str, column: &str| {
        (text != "-").then(|| sourced(text.to_owned(), cell("自评表", &format!("{column}{row}"), text)))
    };
    let labels = words[0].split('/').map(str::to_owned).collect();
    fuhe::submission::kpi(Vocabulary::builtin(), labels, value(words[1], "D"), value(words[2], "F"))
}

/// The audit of a submission; it must not contradict itself.
pub fn audited(submission: Submission) -> Audit {
    audited_by(shenzhen(), submission)
}

/// The audit of a submission under another card; it must not contradict itself.
pub fn audited_by(rulebook: &Rulebook, submission: Submission) -> Audit {
    let file = FileIdentity { file: "某局.xlsx".to_owned(), ..FileIdentity::default() };
    let audit = audit_scorecard(rulebook, submission, file);
    assert_eq!(fuhe::self_check::contradictions(&audit, rulebook), []);
    assert_eq!(fuhe::self_check::foreign(&audit, Some(rulebook)), []);
    audit
}

/// The indicator of that id.
pub fn indicator<'a>(audit: &'a Audit, id: &str) -> &'a IndicatorAudit {
    audit.indicators.iter().find(|indicator| indicator.id == id).expect("an indicator of the card")
}

/// The findings of a code.
pub fn found<'a>(audit: &'a Audit, code: &str) -> Vec<&'a Finding> {
    audit.findings.iter().filter(|finding| finding.code.as_str() == code).collect()
}

/// Claims in card order, all full but those named: `full_but("budget_execution 3; key_tasks 4")`.
pub fn full_but(others: &str) -> String {
    let rulebook = shenzhen();
    let card = rulebook.card().expect("a card");
    let mut claims: Vec<&str> = FULL_CLAIMS.split_whitespace().collect();
    for line in others.split(';').map(str::trim).filter(|line| !line.is_empty()) {
        let (id, score) = line.split_once(' ').expect("an indicator and a score");
        let at = card.indicators.iter().position(|indicator| indicator.id == id).expect("an indicator of the card");
        claims[at] = score.trim();
    }
    claims.join(" ")
}

/// The full facts with some of them replaced, or taken out with `-`.
pub fn full_facts_but(others: &str) -> String {
    let lines = |text: &str| -> Vec<String> {
        text.split(';').map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
    };
    let others = lines(others);
    let name = |line: &str| line.split_whitespace().next().unwrap_or_default().to_owned();
    let kept = lines(FULL_FACTS).into_iter().filter(|line| !others.iter().any(|other| name(other) == name(line)));
    let added = others.iter().filter(|other| !other.ends_with(" -")).cloned();
    kept.chain(added).collect::<Vec<_>>().join("; ")
}
