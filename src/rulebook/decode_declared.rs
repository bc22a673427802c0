//! The tables of a declared form's rulebook → the model.

use super::cursor::{Fields, unknown_word};
use super::model::*;

/// What stands in a file with `form = "declared"` beside the head.
pub(super) fn declared(fields: &Fields<'_>) -> Declared {
    Declared {
        budget_name: fields.text("budget_name").value,
        total: fields.points("total"),
        words: words(fields),
        levels: fields.tables("levels").iter().enumerate().map(|(at, table)| level(table, at)).collect(),
        sections: fields.tables("sections").iter().map(section).collect(),
        suspicions: suspicions(fields),
        equal_readings: named_readings(fields, "equal_readings", Direction::OF_EQUAL),
        reverse_readings: named_readings(fields, "reverse_readings", Direction::OF_REVERSE),
        same_units: fields.tables("same_units").iter().map(same_unit).collect(),
        satisfaction: fields.text_option("satisfaction").map(|name| name.value),
    }
}

fn needed<'a>(fields: &Fields<'a>, key: &'static str) -> Option<Fields<'a>> {
    if fields.raw(key).is_none() {
        fields.missing(key);
    }
    fields.table_option(key)
}

fn words(fields: &Fields<'_>) -> DeclaredWords {
    let Some(table) = needed(fields, "words") else {
        return DeclaredWords::default();
    };
    let words = DeclaredWords {
        titles: table.texts("titles"),
        empty_reasons: table.texts("empty_reasons"),
        spending: table.texts("spending"),
        guidance: table.texts("guidance"),
        costs: table.texts("costs"),
        outputs: table.texts("outputs"),
        funds: table.texts("funds"),
    };
    table.finish();
    words
}

fn level(fields: &Fields<'_>, at: usize) -> Level {
    fields.mark(&format!("level:{at}"));
    let level = Level {
        name: fields.text("name").value,
        words: fields.texts("words"),
        from: fields.decimal("from"),
        to: fields.decimal("to"),
    };
    fields.finish();
    level
}

fn section(fields: &Fields<'_>) -> DeclaredSection {
    let section = DeclaredSection { name: fields.text("name").value, points: fields.points("points") };
    fields.finish();
    section
}

fn suspicions(fields: &Fields<'_>) -> Suspicions {
    let table = needed(fields, "suspicions");
    if let Some(table) = &table {
        table.mark("suspicions");
    }
    let number = |key: &'static str| table.as_ref().map_or_else(Default::default, |table| table.decimal(key));
    let suspicions = Suspicions {
        far_exceeded: number("far_exceeded"),
        low_execution: number("low_execution"),
        concentrated: number("concentrated"),
        exceed_execution: number("exceed_execution"),
    };
    if let Some(table) = table {
        table.finish();
    }
    suspicions
}

/// One list of names for the same unit.
fn same_unit(fields: &Fields<'_>) -> Vec<String> {
    let words = fields.texts("words");
    fields.finish();
    words
}

/// Readings by name; the engine knows what each of `known` means.
fn named_readings(fields: &Fields<'_>, key: &'static str, known: [Direction; 2]) -> Vec<NamedReading> {
    let tables = fields.tables(key);
    if tables.is_empty() {
        fields.missing(key);
    }
    let reading = |table: &Fields<'_>| {
        let id = table.text("id");
        let direction = known.into_iter().find(|direction| direction.as_str() == id.value).unwrap_or_else(|| {
            unknown_word(table.page, "id", &id, &known.map(Direction::as_str).join("、"));
            known[0]
        });
        let reading = NamedReading { direction, says: table.text("says").value };
        table.finish();
        reading
    };
    tables.iter().map(reading).collect()
}
