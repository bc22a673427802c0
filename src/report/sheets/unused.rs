//! 未采用内容: what looked like data in a submission and was not used, why, and which fact or indicator it is nearest to.

use crate::audit::Unused;
use crate::rulebook::Scorecard;

use crate::report::plan::{Department, Plan};
use crate::report::table::{Cell, Column, Layout, Row, Style, Table};

/// The sheet; none where everything was used.
pub fn table(plan: &Plan) -> Option<Table> {
    let rows: Vec<Row> = plan
        .departments
        .iter()
        .flat_map(|department| department.audit.unused.iter().map(|unused| row(plan, department, unused)))
        .collect();
    if rows.is_empty() {
        return None;
    }
    let widths = [
        ("column-number", 5),
        ("column-department", 22),
        ("column-file", 26),
        ("column-sheet", 14),
        ("column-cell", 8),
        ("column-label", 30),
        ("column-content", 18),
        ("column-why-unused", 26),
        ("column-nearest", 28),
    ];
    let lead = Cell::text(plan.word("unused-lead")).style(Style::Remark).span(widths.len() as u16);
    let mut table = Table {
        name: plan.word("sheet-unused"),
        title: plan.word("unused-title"),
        lead: vec![Row::of(vec![lead])],
        columns: widths.into_iter().map(|(key, width)| Column::new(plan.word(key), width)).collect(),
        layout: Layout { header: true, filter: true, landscape: true, freeze_columns: 2, ..Layout::default() },
        rows,
        ..Table::default()
    };
    let header = table.header_row();
    table.layout.freeze_rows = header + 1;
    table.layout.repeat = Some((header, header));
    Some(table)
}

fn row(plan: &Plan, department: &Department, unused: &Unused) -> Row {
    let nearest = unused.nearest.as_deref().map(|id| name_of(department.scorecard(), id));
    Row::of(vec![
        Cell::count(department.number).style(Style::Centre),
        Cell::text(department.name.clone()),
        Cell::text(department.audit.file.clone()),
        Cell::text(unused.sheet.clone()),
        Cell::text(unused.cell.clone()).style(Style::Centre),
        Cell::text(unused.label.clone()),
        Cell::text(unused.value.clone()),
        Cell::text(plan.word(&format!("unused-{}", unused.why.as_str()))),
        Cell::text_option(nearest.as_deref()),
    ])
}

/// The label of a fact or the name of an indicator; an id that the card does not know stands for itself.
fn name_of(card: Option<&Scorecard>, id: &str) -> String {
    let fact = |card: &Scorecard| card.facts.iter().find(|fact| fact.id == id).map(|fact| fact.label.clone());
    let indicator = |card: &Scorecard| card.indicators.iter().find(|one| one.id == id).map(|one| one.name.clone());
    card.and_then(|card| fact(card).or_else(|| indicator(card))).unwrap_or_else(|| id.to_owned())
}
