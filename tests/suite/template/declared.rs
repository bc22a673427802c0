//! The blank project form.

use fuhe::audit::{Audit, FileIdentity};
use fuhe::audit_one::audit_form;
use fuhe::report::table::{Outcome, Table, Value};
use fuhe::rulebook::{Declared, Rulebook, builtin};
use fuhe::submission::declared::{DeclaredForm, find};

use super::filling::*;

fn rulebook() -> Rulebook {
    builtin("project-2020").expect("a built-in rulebook")
}

fn form_of(rulebook: &Rulebook) -> &Declared {
    rulebook.own_rows().expect("a declared form")
}

fn one_form(bytes: &[u8], rulebook: &Rulebook) -> DeclaredForm {
    let mut forms = find(
        fuhe::vocabulary::Vocabulary::builtin(),
        &opened(bytes),
        "填报.xlsx",
        form_of(rulebook),
        &fuhe::submission::Effort::default(),
    );
    assert_eq!(forms.len(), 1, "one form");
    forms.remove(0)
}

fn audit_of(bytes: &[u8], rulebook: &Rulebook) -> Audit {
    audit_form(rulebook, &one_form(bytes, rulebook), FileIdentity::default())
}

/// 产出 50 over eight rows, 效益 30 over eight, 满意度 10 over two, each reached and claimed in full; the money spent
/// to 96 %, so 9.6 of 10.
fn filled(rulebook: &Rulebook) -> Vec<Table> {
    let mut tables = blank(rulebook);
    let form = sheet(&mut tables, "项目自评表");
    fill(&mut form.lead[0], &[text("河道清淤工程"), number("2024")]);
    fill(&mut form.lead[1], &[text("清溪县水务局"), text("清溪县河道管理所")]);
    let planned = ["100", "50", "50"];
    let spent = ["96", "48", "48"];
    for (at, row) in rows_with(form, 3).into_iter().filter(|row| row.cells.len() == 6).enumerate() {
        fill(row, &[number(planned[at]), number(planned[at]), number(spent[at])]);
    }
    fill(rows_with(form, 3).remove(0), &[number("10"), number("9.6"), text("工程款结余，已收回")]);
    fill(rows_with(form, 2).remove(0), &[text("完成河道清淤"), text("已完成")]);
    let weights = ["6.25"; 8].into_iter().chain(["3.75"; 8]).chain(["5"; 2]);
    for (at, (row, weight)) in rows_with(form, 8).into_iter().zip(weights).enumerate() {
        let name = text(&format!("指标{}", at + 1));
        let values = match at % 4 {
            0 => [text("≥"), number("20"), text("公里"), number("21.5")],
            1 => [text("≤"), number("95"), text("天"), number("90")],
            2 => [text("＝"), number("100"), text("%"), number("100")],
            _ => [text("≥"), number("95"), text("%"), number("96.5")],
        };
        let scored = [number(weight), number(weight), Value::Empty];
        fill(row, &[vec![name], values.to_vec(), scored.to_vec()].concat());
    }
    tables
}

#[test]
fn a_project_form_filled_in_honestly_has_no_finding() {
    let rulebook = rulebook();
    let audit = audit_of(&saved(filled(&rulebook)), &rulebook);
    assert!(audit.findings.is_empty(), "{:#?}", audit.findings);
    assert_eq!(audit.project.as_deref(), Some("河道清淤工程"));
    assert_eq!(audit.unit.as_deref(), Some("清溪县河道管理所"));
    assert_eq!(audit.year, Some(2024));
    assert_eq!(audit.indicators.len(), 1 + 18);
    let stated = audit.claimed.as_ref().expect("totals");
    assert_eq!(stated.total.map(|total| total.normalize().to_string()), Some("99.6".to_owned()));
    let money: Vec<_> =
        audit.facts.iter().filter(|fact| fact.id.starts_with("budget.")).map(|fact| fact.value.as_str()).collect();
    assert_eq!(money, ["200", "192"]);
}

#[test]
fn a_project_form_with_numbers_as_text_is_read_the_same() {
    let rulebook = rulebook();
    let mut tables = filled(&rulebook);
    as_text(&mut tables);
    let audit = audit_of(&saved(tables), &rulebook);
    let typed = audit_of(&saved(filled(&rulebook)), &rulebook);
    let lines = |audit: &Audit| {
        audit.indicators.iter().map(|line| (line.points, line.claimed, line.low, line.high)).collect::<Vec<_>>()
    };
    assert_eq!(lines(&audit), lines(&typed));
    assert_eq!(of_form(&audit), Vec::<String>::new());
}

#[test]
fn a_project_form_with_few_rows_is_read_as_far_as_it_goes() {
    let rulebook = rulebook();
    let mut tables = filled(&rulebook);
    for (at, row) in rows_with(sheet(&mut tables, "项目自评表"), 8).into_iter().enumerate() {
        if at % 3 != 0 {
            fill(row, &vec![Value::Empty; 8]);
        }
    }
    let audit = audit_of(&saved(tables), &rulebook);
    assert_eq!(audit.indicators.len(), 1 + 6);
    assert_eq!(of_form(&audit), Vec::<String>::new());
}

#[test]
fn a_qualitative_row_takes_a_level_of_the_list() {
    let rulebook = rulebook();
    let mut tables = filled(&rulebook);
    let mut rows = rows_with(sheet(&mut tables, "项目自评表"), 8);
    let values = [
        text("水质改善"),
        text("定性"),
        text("明显改善"),
        Value::Empty,
        text("达成"),
        number("6.25"),
        number("5.5"),
        text("改善尚不稳定，继续治理"),
    ];
    fill(rows.remove(0), &values);
    let audit = audit_of(&saved(tables), &rulebook);
    assert_eq!(of_form(&audit), Vec::<String>::new());
    let line = &audit.indicators[1];
    // 80 % to 100 % of 6.25.
    assert_eq!(
        (line.low.to_string(), line.high.map(|high| high.to_string())),
        ("5.00".to_owned(), Some("6.25".to_owned()))
    );
}

#[test]
fn a_blank_project_form_is_told_to_be_blank() {
    let rulebook = rulebook();
    assert!(one_form(&saved(blank(&rulebook)), &rulebook).blank);
    assert!(!one_form(&saved(filled(&rulebook)), &rulebook).blank);
}

#[test]
fn sums_typed_by_hand_into_a_project_form_are_told() {
    let rulebook = rulebook();
    let mut tables = filled(&rulebook);
    let form = sheet(&mut tables, "项目自评表");
    for cell in form.rows.iter_mut().flat_map(|row| &mut row.cells) {
        if matches!(cell.value, Value::Formula(_, Outcome::Words(_))) {
            cell.value = number("99.45");
        }
    }
    let audit = audit_of(&saved(tables), &rulebook);
    let told = audit.findings.iter().filter(|finding| finding.code.as_str() == "formula-replaced");
    let mut cells: Vec<_> =
        told.filter_map(|finding| finding.source.as_ref()).map(|source| source.cell.as_str()).collect();
    cells.sort_unstable();
    assert_eq!(cells, ["D5", "E5", "F5", "G5", "I30"]);
}
