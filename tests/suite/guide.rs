//! The guide for officials, followed literally: its snippets are one rulebook, and it names every field there is.

use fuhe::rulebook::{Rulebook, load};

use crate::cli::{Desk, code, words};
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

/// The commands of the guide, in its order: those of its blocks, and those within its sentences.
fn commands() -> Vec<Vec<&'static str>> {
    let lines = GUIDE.lines().filter(|line| line.starts_with("fuhe "));
    let inside = GUIDE.split('`').filter(|piece| piece.starts_with("fuhe ") && !piece.contains('\n'));
    // What stands behind several spaces explains the command.
    let command = |text: &'static str| text.split("  ").next().unwrap_or(text).split(' ').skip(1).collect();
    lines.chain(inside).map(command).collect()
}

/// The card of the guide with full marks claimed throughout.
fn filled_card() -> Vec<u8> {
    let rulebook = loaded();
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, "青石县教育局2024年度部门整体支出绩效评分表").unwrap();
    for (column, heading) in ["三级指标", "分值", "自评得分"].iter().enumerate() {
        sheet.write(1, column as u16, *heading).unwrap();
    }
    for (row, indicator) in (2..).zip(&card(&rulebook).indicators) {
        let points = indicator.most().to_string();
        sheet.write(row, 0, &indicator.name).unwrap();
        sheet.write(row, 1, &points).unwrap();
        sheet.write(row, 2, &points).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn every_command_of_the_guide_runs_for_who_followed_it() {
    let desk = Desk::new();
    desk.put("青石县.toml", rulebook_of_the_guide().as_bytes());
    desk.put("规则文件夹/青石县.toml", rulebook_of_the_guide().as_bytes());
    desk.put("自评材料/青石县教育局.xlsx", &filled_card());
    let commands = commands();
    assert!(commands.len() >= 9, "{commands:?}");
    for command in commands {
        let output = desk.fuhe(&command);
        assert_eq!(code(&output), 0, "fuhe {}: {}", command.join(" "), words(&output));
    }
}
