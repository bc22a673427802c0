//! The tables of a rulebook's file → the model. Field names are those of the model.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::cursor::{Fields, Page, Placed, unknown_word};
use super::model::*;
use super::names::{Scope, check_answer};
use super::{decode_case, decode_declared};
use crate::forms::FormKind;
use crate::rules::{Judgement, KINDS, Named};

/// The whole file.
pub(super) fn rulebook(fields: &Fields<'_>, sha256: String) -> Rulebook {
    // Flaws are told in the order in which the fields are taken.
    let [id, name, source] = ["id", "name", "source"].map(|key| fields.text(key).value);
    let (years, grades) = (years(fields), grades(fields));
    let [material, tolerance] = ["material", "tolerance"].map(|key| fields.points(key));
    let notes = fields.texts("notes");
    let form = form(fields);
    let rows = rows(form, fields);
    fields.finish();
    Rulebook { id, name, source, sha256, years, grades, material, tolerance, notes, form, rows }
}

fn years(fields: &Fields<'_>) -> Years {
    let Some(years) = fields.table_option("years") else {
        return Years::default();
    };
    let decoded = Years { from: years.whole_option("from"), to: years.whole_option("to") };
    years.finish();
    decoded
}

fn grades(fields: &Fields<'_>) -> Vec<Grade> {
    let tables = fields.tables("grades");
    let grades: Vec<Grade> = tables.iter().enumerate().map(|(at, table)| grade(table, at)).collect();
    if grades.is_empty() {
        fields.missing("grades");
    }
    grades
}

fn grade(fields: &Fields<'_>, at: usize) -> Grade {
    fields.mark(&format!("grade:{at}"));
    let grade = Grade { name: fields.text("name").value, from: fields.points("from") };
    fields.finish();
    grade
}

fn form(fields: &Fields<'_>) -> FormKind {
    let word = fields.text("form");
    FormKind::named(&word.value).unwrap_or_else(|| {
        if !word.value.is_empty() {
            let known = FormKind::ALL.map(|kind| kind.row().word).join("、");
            unknown_word(fields.page, "form", &word, &known);
        }
        FormKind::FIRST
    })
}

fn rows(form: FormKind, fields: &Fields<'_>) -> Rows {
    match form.has_common_rows() {
        true => Rows::Common(scorecard(fields)),
        false => Rows::Own(Box::new(decode_declared::declared(fields))),
    }
}

fn scorecard(fields: &Fields<'_>) -> Scorecard {
    let sections: Vec<Section> = distinct(&fields.tables("sections")).map(section).collect();
    let mut facts: Vec<Fact> = Vec::new();
    for table in distinct(&fields.tables("facts")) {
        facts.push(fact(table, &facts));
    }
    let indicators: Vec<Indicator> =
        distinct(&fields.tables("indicators")).map(|table| indicator(table, &facts, &sections)).collect();
    for (key, none) in
        [("sections", sections.is_empty()), ("facts", facts.is_empty()), ("indicators", indicators.is_empty())]
    {
        if none {
            fields.missing(key);
        }
    }
    let completion = completion(fields, &facts, &indicators);
    let projects = project_facts(fields, &facts);
    Scorecard { sections, facts, indicators, completion, projects: Box::new(projects), is_filers: false }
}

/// The tables of a list; an id given before is told.
pub(super) fn distinct<'t, 'a>(tables: &'t [Fields<'a>]) -> impl Iterator<Item = &'t Fields<'a>> {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    tables.iter().inspect(move |table| {
        let Some(id) = table.text_option("id") else { return };
        if !seen.insert(id.value.clone()) {
            table.page.flaw("duplicate-id", &id.span, vec![("word", id.value)]);
        }
    })
}

fn section(fields: &Fields<'_>) -> Section {
    let id = name_id(fields).value;
    fields.mark(&format!("section:{id}"));
    let section =
        Section { id, name: fields.text("name").value, points: fields.points("points"), aliases: aliases(fields) };
    fields.finish();
    section
}

/// Other names, each with its place remembered.
fn aliases(fields: &Fields<'_>) -> Vec<String> {
    let aliases = fields.texts_placed("aliases");
    for alias in &aliases {
        fields.page.mark(format!("{}~{}", fields.path(), alias.value), &alias.span);
    }
    aliases.into_iter().map(|alias| alias.value).collect()
}

fn fact(fields: &Fields<'_>, earlier: &[Fact]) -> Fact {
    let id = name_id(fields).value;
    fields.mark(&format!("fact:{id}"));
    let kind = fact_kind(fields);
    let fact = Fact {
        label: fields.text("label").value,
        aliases: aliases(fields),
        cumulates: cumulates(fields, &kind, earlier),
        last_year: last_year(fields, &kind, earlier),
        presumed: presumed(fields, &kind),
        phrases: phrases(fields, &kind),
        denials: denials(fields, &kind),
        note: fields.text_option("note").map(|note| note.value),
        id,
        kind,
    };
    fields.finish();
    fact
}

/// Phrases that state a fact: with one figure to be read, or none for an answer 是.
fn phrases(fields: &Fields<'_>, kind: &FactKind) -> Vec<String> {
    let phrases = placed_phrases(fields, "phrases");
    let (figures, code) = match kind {
        FactKind::YesNo | FactKind::Choice { .. } => (0, "phrase-with-figure"),
        _ => (1, "phrase-without-figure"),
    };
    for phrase in phrases.iter().filter(|phrase| phrase.value.matches("{}").count() != figures) {
        fields.page.flaw(code, &phrase.span, vec![("phrase", phrase.value.clone())]);
    }
    phrases.into_iter().map(|phrase| phrase.value).collect()
}

/// Phrases that deny a fact.
fn denials(fields: &Fields<'_>, kind: &FactKind) -> Vec<String> {
    let denials = placed_phrases(fields, "denials");
    for phrase in &denials {
        let code = match kind {
            FactKind::YesNo if phrase.value.contains("{}") => "phrase-with-figure",
            FactKind::YesNo => continue,
            _ => "denial-of-figure",
        };
        fields.page.flaw(code, &phrase.span, vec![("phrase", phrase.value.clone())]);
    }
    denials.into_iter().map(|phrase| phrase.value).collect()
}

fn placed_phrases(fields: &Fields<'_>, key: &'static str) -> Vec<Placed<String>> {
    let phrases = fields.texts_placed(key);
    for phrase in &phrases {
        fields.page.mark(format!("{}~{}", fields.path(), phrase.value), &phrase.span);
    }
    phrases
}

/// The options of a choice, each once.
fn options(fields: &Fields<'_>) -> Vec<String> {
    let options = fields.texts_placed("options");
    if options.is_empty() {
        fields.missing("options");
    }
    for (at, option) in options.iter().enumerate() {
        if options[..at].iter().any(|other| other.value == option.value) {
            fields.page.flaw("duplicate-id", &option.span, vec![("word", option.value.clone())]);
        }
    }
    options.into_iter().map(|option| option.value).collect()
}

/// An id that can stand in an expression: letters, digits and _, a letter first.
fn name_id(fields: &Fields<'_>) -> Placed<String> {
    let id = fields.text("id");
    check_id(fields.page, &id);
    id
}

fn check_id(page: &Page<'_>, id: &Placed<String>) {
    let begins = id.value.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let continues = id.value.chars().all(|c| c.is_alphanumeric() || c == '_');
    let is_name = begins && continues;
    if !id.value.is_empty() && !is_name {
        page.flaw("id-form", &id.span, vec![("word", id.value.clone())]);
    }
}

fn fact_kind(fields: &Fields<'_>) -> FactKind {
    let kind = fields.text("kind");
    match kind.value.as_str() {
        "choice" => FactKind::Choice { options: options(fields) },
        "money" => FactKind::Money { unit: money_unit(fields) },
        "count" => {
            FactKind::Count { unit: fields.text("unit").value, faults: fields.truth_option("faults").unwrap_or(false) }
        }
        "percent" => FactKind::Percent { max: largest(fields) },
        "yes_no" | "" => FactKind::YesNo,
        _ => {
            unknown_word(fields.page, "kind", &kind, "yes_no、choice、money、count、percent");
            likeliest_kind(fields)
        }
    }
}

/// The largest percentage that can be true, as the number before its sign.
fn largest(fields: &Fields<'_>) -> Decimal {
    let Some(number) = fields.number_option("max") else { return Decimal::ONE_HUNDRED };
    let (value, percent) = number.value;
    if percent || value <= LARGEST_OF_NONE {
        let meant = value.checked_mul(Decimal::ONE_HUNDRED).map(crate::decimal_text::figure_text).unwrap_or_default();
        fields.page.flaw("max-as-ratio", &number.span, vec![("meant", meant)]);
    }
    value
}

/// No rate of any card ends at so few percent; so small a number is a ratio (1.5 for 150 %).
const LARGEST_OF_NONE: Decimal = Decimal::TWO;

/// What a fact whose kind has an unknown word most likely is, by the fields given with it: what uses it is not blamed.
fn likeliest_kind(fields: &Fields<'_>) -> FactKind {
    let (options, unit, max) = (fields.raw("options"), fields.raw("unit"), fields.raw("max"));
    let faults = fields.truth_option("faults").unwrap_or(false);
    if options.is_some() {
        return FactKind::Choice { options: fields.texts("options") };
    }
    if unit.is_some() {
        return FactKind::Count { unit: fields.text("unit").value, faults };
    }
    let is_rate = fields.text_option("kind").is_some_and(|kind| kind.value.contains("per"));
    if max.is_some() || is_rate { FactKind::Percent { max: Decimal::ONE_HUNDRED } } else { FactKind::YesNo }
}

fn money_unit(fields: &Fields<'_>) -> String {
    let unit = fields.text("unit");
    if !unit.value.is_empty() && !crate::contract::MONEY_UNITS.contains(&unit.value.as_str()) {
        unknown_word(fields.page, "unit", &unit, &crate::contract::MONEY_UNITS.join("、"));
    }
    unit.value
}

/// The earlier figure that a cumulative one includes: a fact defined above, of the same kind.
fn cumulates(fields: &Fields<'_>, kind: &FactKind, earlier: &[Fact]) -> Option<String> {
    let named = fields.text_option("cumulates")?;
    let is_figure = matches!(kind, FactKind::Percent { .. } | FactKind::Money { .. } | FactKind::Count { .. });
    let same = |fact: &&Fact| std::mem::discriminant(&fact.kind) == std::mem::discriminant(kind);
    if !is_figure || !earlier.iter().filter(same).any(|fact| fact.id == named.value) {
        fields.page.flaw("unknown-cumulated", &named.span, vec![("word", named.value.clone())]);
    }
    Some(named.value)
}

/// The figure that this one was a year ago: a fact defined above, of the same kind and unit.
fn last_year(fields: &Fields<'_>, kind: &FactKind, earlier: &[Fact]) -> Option<String> {
    let named = fields.text_option("last_year")?;
    let same = |fact: &&Fact| std::mem::discriminant(&fact.kind) == std::mem::discriminant(kind);
    let mut figures =
        earlier.iter().filter(same).filter(|fact| kind.unit().is_some() && fact.kind.unit() == kind.unit());
    if !figures.any(|fact| fact.id == named.value) {
        fields.page.flaw("unknown-last-year", &named.span, vec![("word", named.value.clone())]);
    }
    Some(named.value)
}

fn presumed(fields: &Fields<'_>, kind: &FactKind) -> Option<String> {
    let answer = fields.text_option("presumed")?;
    check_answer(fields.page, &answer, kind);
    Some(answer.value)
}

fn indicator(fields: &Fields<'_>, facts: &[Fact], sections: &[Section]) -> Indicator {
    let id = name_id(fields).value;
    fields.mark(&format!("indicator:{id}"));
    let section = fields.text("section");
    if !sections.iter().any(|known| known.id == section.value) {
        fields.page.flaw("unknown-section", &section.span, vec![("word", section.value.clone())]);
    }
    let scope = Scope { page: fields.page, facts, earlier: Vec::new() };
    let indicator = Indicator {
        name: fields.text("name").value,
        aliases: aliases(fields),
        section: section.value,
        group: fields.text("group").value,
        points: Some(fields.points("points")),
        clause: fields.text("clause").value,
        notes: fields.texts("notes"),
        readings: readings(fields, &id, &scope),
        cases: decode_case::cases(fields, &id, facts),
        id,
    };
    fields.finish();
    indicator
}

/// The complete rules of every reading: the indicator's own, changed by what the reading says.
fn readings(fields: &Fields<'_>, indicator: &str, scope: &Scope<'_>) -> Vec<Reading> {
    let criteria = fields.tables("criteria");
    if criteria.is_empty() {
        fields.missing("criteria");
    }
    let own = Reading {
        id: String::new(),
        says: String::new(),
        criteria: decode_criteria(&criteria, &[], &format!("criterion:{indicator}/"), "", scope),
        zero_when: conditions(fields, "zero_when", scope),
        full_when: conditions(fields, "full_when", scope),
    };
    let changed: Vec<Reading> =
        distinct(&fields.tables("readings")).map(|table| reading(table, &own, &criteria, indicator, scope)).collect();
    if changed.is_empty() { vec![own] } else { changed }
}

fn reading(fields: &Fields<'_>, own: &Reading, criteria: &[Fields<'_>], indicator: &str, scope: &Scope<'_>) -> Reading {
    let changes = fields.table_option("criteria").map_or(Vec::new(), |table| table.named_tables());
    for (name, _) in &changes {
        if !own.criteria.iter().any(|criterion| criterion.id == name.value) {
            fields.page.flaw("unknown-criterion", &name.span, vec![("word", name.value.clone())]);
        }
    }
    let id = fields.text("id").value;
    fields.mark(&format!("reading:{indicator}/{id}"));
    let ending = format!("@{id}");
    let replaced = |key: &'static str, own: &Vec<Condition>| match fields.raw(key) {
        Some(_) => conditions(fields, key, scope),
        None => own.clone(),
    };
    let reading = Reading {
        id,
        says: fields.text("says").value,
        zero_when: replaced("zero_when", &own.zero_when),
        full_when: replaced("full_when", &own.full_when),
        criteria: decode_criteria(criteria, &changes, &format!("criterion:{indicator}/"), &ending, scope),
    };
    fields.finish();
    reading
}

/// The criteria with the changes of a reading. Their places are remembered as `{beginning}{number}{ending}`.
fn decode_criteria(
    tables: &[Fields<'_>],
    changes: &[(Placed<String>, Fields<'_>)],
    beginning: &str,
    ending: &str,
    scope: &Scope<'_>,
) -> Vec<Criterion> {
    let mut scope = scope.clone();
    let mut criteria = Vec::new();
    for (at, table) in tables.iter().enumerate() {
        let id = criterion_id(table);
        let over = changes.iter().find(|(name, _)| name.value == id.value).map(|(_, over)| over);
        let changed = over.map(|over| table.overlaid(over));
        if let Some(renamed) = over.and_then(|over| over.text_option("id")) {
            table.page.flaw("id-changed", &renamed.span, Vec::new());
        }
        let fields = changed.as_ref().unwrap_or(table);
        if over.is_some() || ending.is_empty() {
            fields.mark(&format!("{beginning}{at}{ending}"));
        }
        criteria.push(criterion(fields, id.value.clone(), &scope));
        if scope.earlier.contains(&id.value) {
            table.page.flaw("duplicate-id", &id.span, vec![("word", id.value.clone())]);
        }
        scope.earlier.push(id.value);
    }
    criteria
}

/// The id given, or the fact that answers.
fn criterion_id(fields: &Fields<'_>) -> Placed<String> {
    let kind = fields.text_option("kind").and_then(|kind| named(&kind.value));
    let answered = kind.is_some_and(|kind| kind.fields.iter().any(|(field, ..)| *field == "fact"));
    let fact = || if answered { fields.text_option("fact") } else { None };
    let id = fields.text_option("id").or_else(fact).unwrap_or_else(|| fields.text("id"));
    check_id(fields.page, &id);
    id
}

fn criterion(fields: &Fields<'_>, id: String, scope: &Scope<'_>) -> Criterion {
    fields.raw("id");
    let rule = rule(fields, scope);
    let criterion = Criterion {
        name: fields.text_option("name").map_or_else(|| scope.label(&rule, &id), |name| name.value),
        clause: fields.text("clause").value,
        points: fields.points("points"),
        least: fields.points_option("least").unwrap_or_default(),
        zero_when: conditions(fields, "zero_when", scope),
        full_when: conditions(fields, "full_when", scope),
        id,
        rule,
    };
    fields.finish();
    criterion
}

/// The kind of that word.
fn named(word: &str) -> Option<&'static Named> {
    KINDS.iter().find(|known| known.word == word)
}

fn rule(fields: &Fields<'_>, scope: &Scope<'_>) -> Rule {
    let kind = fields.text("kind");
    match named(&kind.value) {
        Some(known) => (known.decode)(fields, scope),
        None => {
            let known: Vec<&str> = KINDS.iter().map(|known| known.word).collect();
            unknown_word(fields.page, "kind", &kind, &known.join("、"));
            // Which of its fields belong to it cannot be said: none of them is called unknown.
            KINDS.iter().flat_map(|known| known.fields).for_each(|(field, ..)| {
                fields.raw(field);
            });
            Judgement.into()
        }
    }
}

fn conditions(fields: &Fields<'_>, key: &'static str, scope: &Scope<'_>) -> Vec<Condition> {
    fields.tables(key).iter().filter_map(|table| condition(table, scope)).collect()
}

fn condition(fields: &Fields<'_>, scope: &Scope<'_>) -> Option<Condition> {
    let decoded = match fields.raw("fact") {
        Some(_) => Some(answered(fields, scope)),
        None => compared(fields, scope),
    };
    fields.finish();
    decoded
}

fn answered(fields: &Fields<'_>, scope: &Scope<'_>) -> Condition {
    let name = fields.text("fact");
    let answer = fields.text("is");
    if let Some(fact) = scope.fact(&name) {
        check_answer(fields.page, &answer, &fact.kind);
    }
    Condition::Is { fact: name.value, answer: answer.value }
}

/// The words of comparisons.
const COMPARISONS: [(&str, Comparison); 5] = [
    ("above", Comparison::Above),
    ("at_least", Comparison::AtLeast),
    ("below", Comparison::Below),
    ("at_most", Comparison::AtMost),
    ("equal", Comparison::Equal),
];

fn compared(fields: &Fields<'_>, scope: &Scope<'_>) -> Option<Condition> {
    let value = scope.expression(fields, "value");
    let given: Vec<_> = COMPARISONS.iter().filter(|(word, _)| fields.raw(word).is_some()).collect();
    let [(word, comparison)] = given[..] else {
        fields.page.flaw("comparison-needed", &fields.span, Vec::new());
        return None;
    };
    Some(Condition::Compare { value, comparison: *comparison, with: scope.expression(fields, word) })
}

fn completion(fields: &Fields<'_>, facts: &[Fact], indicators: &[Indicator]) -> Completion {
    let Some(table) = fields.table_option("completion") else {
        return Completion::default();
    };
    let scope = Scope { page: fields.page, facts, earlier: Vec::new() };
    let fact = |key: &'static str| {
        let name = table.text_option(key)?;
        scope.fact(&name);
        Some(name.value)
    };
    let judged = table.text_option("judged");
    if let Some(name) = &judged
        && !indicators.iter().any(|indicator| indicator.id == name.value)
    {
        fields.page.flaw("unknown-indicator", &name.span, vec![("word", name.value.clone())]);
    }
    let completion = Completion {
        budget_total: fact("budget_total"),
        execution_rate: fact("execution_rate"),
        judged: judged.map(|name| name.value),
        aspects: table.tables("aspects").iter().map(aspect).collect(),
        aspects_min: table.whole_option("aspects_min").and_then(|number| usize::try_from(number).ok()).unwrap_or(0),
    };
    table.finish();
    completion
}

fn project_facts(fields: &Fields<'_>, facts: &[Fact]) -> ProjectFacts {
    let Some(table) = fields.table_option("projects") else {
        return ProjectFacts::default();
    };
    let scope = Scope { page: fields.page, facts, earlier: Vec::new() };
    let fact = |key: &'static str| {
        let name = table.text_option(key)?;
        scope.fact(&name);
        Some(name.value)
    };
    let projects = ProjectFacts {
        count: fact("count"),
        budget: fact("budget"),
        execution_rate: fact("execution_rate"),
        satisfaction: fact("satisfaction"),
    };
    table.finish();
    projects
}

fn aspect(fields: &Fields<'_>) -> Aspect {
    let aspect = Aspect { name: fields.text("name").value, words: fields.texts("words") };
    fields.finish();
    aspect
}
