//! 可选数据项: the words that 对应数据项 of 未采用内容 offers. A drop-down holds few words of its own, and reads more from cells.

use crate::assigned::Picked;
use crate::report::entries::picked_words;
use crate::report::plan::Plan;
use crate::report::table::{Cell, Column, Layout, Row, Table, column_area};
use crate::rulebook::Rulebook;

/// The sheet, which people need not see.
pub fn table(plan: &Plan) -> Table {
    Table { rows: words(plan).into_iter().map(|word| Row::of(vec![Cell::text(word)])).collect(), ..frame(plan) }
}

fn frame(plan: &Plan) -> Table {
    Table {
        name: plan.word("sheet-assignable"),
        title: plan.word("column-assigned"),
        columns: vec![Column::new(plan.word("column-assigned"), 40)],
        layout: Layout { hidden: true, ..Layout::default() },
        ..Table::default()
    }
}

/// Where the words stand, as a formula of another sheet writes it.
pub fn area(plan: &Plan) -> String {
    let frame = frame(plan);
    let last = frame.first_row() + words(plan).len() as u32 - 1;
    column_area(&frame.name, frame.first_row(), last, 0)
}

/// 不采用, then the facts and the indicators of every card that was applied, each word once.
fn words(plan: &Plan) -> Vec<String> {
    let mut words = vec![picked_words(plan, &Picked::Nothing)];
    for card in plan.batch.rulebooks.iter().filter_map(Rulebook::card) {
        let facts = card.facts.iter().map(|fact| Picked::Words(fact.label.clone()));
        let scores = card.indicators.iter().map(|indicator| Picked::Score(indicator.name.clone()));
        for word in facts.chain(scores).map(|picked| picked_words(plan, &picked)) {
            if !words.contains(&word) {
                words.push(word);
            }
        }
    }
    words
}
