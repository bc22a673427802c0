//! The guide for officials, followed literally: its snippets are one rulebook, and it names every field there is.

use fuhe::rulebook::{Rulebook, load};

use crate::engine::{card, facts, indicator, range};

const GUIDE: &str = include_str!("../../src/rulebook/GUIDE.md");

/// What a reader has after copying every snippet into one file.
pub fn rulebook_of_the_guide() -> String {
    let mut text = String::new();
    let mut inside = false;
    for line in GUIDE.lines() {
        match line {
            "```toml" => inside = true,
            "```" => inside = false,
            line if inside => text.push_str(&format!("{line}\n")),
            _ => {}
        }
    }
    text
}

fn loaded() -> Rulebook {
    load("青石县.toml", &rulebook_of_the_guide()).unwrap_or_else(|flaws| {
        let told: Vec<String> = flaws
            .iter()
            .map(|flaw| {
                format!("{}:{} {} {}", flaw.line, flaw.column, flaw.code, flaw.message(fuhe::text::Language::Zh))
            })
            .collect();
        panic!("{}", told.join("\n"))
    })
}

#[test]
fn the_snippets_of_the_guide_are_a_rulebook_without_flaws() {
    let rulebook = loaded();
    assert_eq!(card(&rulebook).indicators.len(), 5);
    assert!(card(&rulebook).indicators.iter().all(|indicator| indicator.cases.len() >= 3));
}

#[test]
fn the_rulebook_of_the_guide_gives_what_its_clauses_say() {
    let rulebook = loaded();
    let card = card(&rulebook);
    // By hand from the sentences quoted in the guide.
    for (id, lines, expected) in [
        ("conformity", "nonconformities 1", "8.00"),
        (
            "funds",
            "finance_rules 否; adjusted_amount 300; budget_total 1000; accounts_disclosure 公开但不合要求; violation 否",
            "3.00",
        ),
        (
            "funds",
            "finance_rules 是*; adjusted_amount 104; budget_total 1000; accounts_disclosure 未公开; violation 否",
            "14.60..15.00",
        ),
        ("routine_control", "routine_budget 103.53563; routine_actual 88.740039", "10.00"),
        ("timeliness", "projects_planned 7; projects_finished 6", "25.71"),
        ("timeliness", "projects_planned 7; projects_finished 9", "30.00"),
        ("effect", "satisfaction 89.9", "5.00..25.00"),
    ] {
        let rescored = fuhe::rescore::rescore(card, indicator(card, id), &facts(lines));
        assert_eq!(range(&rescored), expected, "{id} with {lines}");
    }
}
