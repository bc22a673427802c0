//! A form's rows computed as a card that its filer wrote, against the computation of rows that stood beside it.

use fuhe::audit::Source;
use fuhe::facts::declared::{Money, known};
use fuhe::settled_by::{Lack, SettledBy};
use fuhe::quantity::{measured, target};
use fuhe::rescore::{Rescored, rescore};
use fuhe::rules::declared_target::{RescoredRow, rescore_budget, rescore_row};
use fuhe::submission::declared::{DeclaredForm, DeclaredRow, FundRow, Funds};
use fuhe::submission::{Claim, ClaimedScore, FactValue, Sourced};
use rust_decimal::Decimal;

use super::written::{declared, forms, head, sheet};

const TARGETS: &[&str] = &[
    "", "≥95%", "≤30万元", "＝72890元", "=100%", "100%", "100", "43.2", "0.95", "5", "0", "≥0", ">0", "<0", "≤0", "=0",
    ">5次", "<5次", "≥100人", "≤160万元", "30万元", "500元", "95%-98%", "3-5个", "3-5", "1万元-2万元", "12月底前完成", "定性",
    "达成", "≥-5", "≤-5", "-5", "=-5", "≥3万人次", "≤2小时", "5个工作日内", "1.2", "≥1.2", "≥150%", "20000", "≤20000",
];

const ACTUALS: &[&str] = &[
    "", "98%", "95", "0.98", "0.95", "95%", "≥95%", "100%", "100", "1", "748人", "386万元", "29", "29万元", "300000",
    "300000元", "72890", "7.289", "7.289万元", "7.29万元", "0", "0元", "-5", "-10", "3", "5", "5次", "6个", "4-6", "达成",
    "部分达成", "未达成", "完成", "不适用", "1.5万元", "15000", "1.5", "2小时", "3小时", "4个工作日", "4天", "0.5%", "150",
    "2", "0.0005", "20000000", "3000人次", "3.1万人次",
];

const WEIGHTS: &[&str] = &["", "0", "0.5", "5", "10", "16.667", "90"];

fn weight(text: &str) -> Option<Sourced<Decimal>> {
    text.parse().ok().map(|value| Sourced { value, source: at(text) })
}

fn at(text: &str) -> Source {
    Source { sheet: "附件1".to_owned(), cell: "A1".to_owned(), text: text.to_owned() }
}

fn row(number: usize, aim: &str, actual: &str, points: &str) -> DeclaredRow {
    let id = format!("row-{number}");
    let claim = Claim {
        indicator: id.clone(),
        name_written: id.clone(),
        score: ClaimedScore::Missing,
        points_stated: None,
        evidence: None,
        source: at(""),
    };
    DeclaredRow {
        name: id.clone(),
        id,
        above: Vec::new(),
        weight: weight(points),
        target: Sourced { value: target(aim), source: at(aim) },
        actual: Sourced { value: measured(actual), source: at(actual) },
        claim,
        reason: None,
    }
}

/// A form without rows.
fn form() -> DeclaredForm {
    let text = format!("{}产出指标 | 数量指标 | 疏浚 | ≥5 | 5 | 90 | 90\n", head("| 10 | 10 | 10 | 100% | 10"));
    DeclaredForm { rows: Vec::new(), ..forms(vec![sheet("附件1", &text)]).remove(0) }
}

/// Both computations of every line of a form.
fn both(form: &DeclaredForm) -> Vec<(RescoredRow, Rescored)> {
    let money = Money::of(&form.funds);
    let (planned, spent) = money.usable();
    let weight = form.budget.weight.as_ref().map(|weight| weight.value);
    let budget = rescore_budget(weight, planned, spent);
    let rows = form.rows.iter().map(|row| rescore_row(declared(), row));
    let (card, facts) = (form.card(declared()), known(declared(), form, &money));
    let lines = card.indicators.iter().map(|line| rescore(&card, line, &facts));
    std::iter::once(budget).chain(rows).zip(lines).collect()
}

fn assert_same(told: &str, id: &str, (old, new): &(RescoredRow, Rescored)) {
    assert_eq!((old.low, old.high, old.default), (new.low, new.high, new.default), "{told}");
    assert_eq!(old.readings, new.readings, "{told}");
    assert_eq!(old.settled_by, new.settled_by, "{told}");
    assert_eq!(old.units_differ, new.settled_by.contains(&SettledBy::Row(id.to_owned(), Lack::Unit)), "{told}");
}


#[test]
fn every_pair_of_target_and_actual_is_computed_as_it_was_beside_the_cards() {
    for points in WEIGHTS {
        for aim in TARGETS {
            let rows = (1..).zip(ACTUALS).map(|(number, actual)| row(number, aim, actual, points)).collect();
            let form = DeclaredForm { rows, ..form() };
            for (line, pair) in both(&form).iter().enumerate().skip(1) {
                let row = &form.rows[line - 1];
                assert_same(&format!("{aim} against {}, {points}", row.actual.source.text), &row.id, pair);
            }
        }
    }
}


#[test]
fn every_pair_of_planned_and_spent_is_computed_as_it_was_beside_the_cards() {
    let amounts = ["", "0", "-3", "3.36", "43.2", "37.24", "90000", "3", "7"];
    let amount = |text: &str| {
        text.parse().ok().map(|value| Sourced { value: FactValue::Number(value), source: at(text) })
    };
    for (planned, spent) in amounts.iter().flat_map(|planned| amounts.iter().map(move |spent| (planned, spent))) {
        for points in WEIGHTS {
            let total = FundRow { planned: amount(planned), spent: amount(spent), ..FundRow::default() };
            let mut form = form();
            form.funds = Funds { total: Some(total), ..Funds::default() };
            form.budget.weight = weight(points);
            assert_same(&format!("{spent} of {planned}, {points}"), "budget", &both(&form)[0]);
        }
    }
}
