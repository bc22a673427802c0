//! Figures that the file states of a fact by its very name, in running text, in a remark or in what a department writes of its
//! score (按期完成项目数17个, beside a table that says 11). They are no source of the fact: they only say where the file contradicts
//! itself, for the figures that would otherwise be held against the department. (certainty.md, 4)

use rust_decimal::Decimal;

use super::grid::Grid;
use super::layout::number_at;
use super::names::key;
use super::narrative::Phrases;
use super::{Claim, FactSource, FactValue, Quote, Submission};
use crate::audit::Source;
use crate::rulebook::{Fact, Scorecard};
use crate::vocabulary::Vocabulary;
use crate::workbook::{Address, Value};

/// Fewer characters name no fact: 人数 may be anybody's.
const SHORTEST_NAME: usize = 4;
/// So many statements say all there is to say; more are a list of something else.
const MOST: usize = 200;
/// More rows than this are no parts of one figure.
const MOST_PARTS: u32 = 12;

/// What the file states by name, of the department itself and of its year.
pub fn stated(vocabulary: &Vocabulary, grids: &[Grid], card: &Scorecard, submission: &Submission) -> Vec<Quote> {
    let names = names(grids, card, submission);
    let short = shortened(vocabulary, &names);
    let (whole, short) = (Phrases::by_name(vocabulary, &names), Phrases::by_name(vocabulary, &short));
    let year = submission.year.as_ref().map(|year| year.value);
    let unit = submission.unit.as_ref().map(|unit| unit.value.as_str());
    let mut found = Vec::new();
    for grid in grids {
        for (at, cell) in grid.rows().iter().flat_map(|row| grid.cells_of(*row)) {
            let Value::Text(text) = &cell.value else { continue };
            let is_statement = text.chars().any(|c| c.is_ascii_digit()) && text.chars().nth(SHORTEST_NAME).is_some();
            if !is_statement || found.len() >= MOST {
                continue;
            }
            grid.effort().look(text.len() as u64 / 64);
            let text = without_points(vocabulary, text);
            let of = |phrases: &Phrases| phrases.quotes(text, &|| grid.source(at), year, unit).own;
            let beside = of(&short).into_iter().filter(|quote| is_beside(card, submission, quote));
            found.extend(of(&whole).into_iter().chain(beside).filter(|quote| quote.other_year.is_none()));
        }
    }
    found
}

/// What the rows of 其中 below a figure add up to, where they miss it: its parts may be right, and the total the slip.
pub fn parted(vocabulary: &Vocabulary, grids: &[Grid], submission: &Submission) -> Vec<Quote> {
    let certain = submission.facts.iter().filter(|source| source.doubt.is_none());
    certain.filter_map(|source| parts_of(vocabulary, grids, submission, source)).collect()
}

fn parts_of(vocabulary: &Vocabulary, grids: &[Grid], submission: &Submission, whole: &FactSource) -> Option<Quote> {
    let total = whole.value.figure()?;
    let at: Address = whole.source.cell.parse().ok()?;
    let grid = grids.iter().find(|grid| grid.sheet.name == whole.source.sheet)?;
    let is_fact = |source: &Source| {
        submission.facts.iter().any(|fact| fact.source.sheet == source.sheet && fact.source.cell == source.cell)
    };
    let (mut sum, mut labels, mut first) = (Decimal::ZERO, Vec::new(), None);
    for row in at.row.saturating_add(1)..=at.row.saturating_add(MOST_PARTS) {
        let place = Address { row, column: at.column };
        let source = grid.source(place);
        let Some(part) = number_at(grid, place).filter(|_| !is_fact(&source)) else { break };
        let label = label_of(grids, &FactSource { source: source.clone(), ..whole.clone() })?;
        if labels.is_empty()
            && !vocabulary.scopes.within_it.iter().next().is_some_and(|word| key(&label).starts_with(word))
        {
            return None;
        }
        sum = sum.checked_add(part)?;
        labels.push(label.trim().to_owned());
        first.get_or_insert(source);
    }
    let is_missed = labels.len() > 1 && sum != total;
    let source = first.filter(|_| is_missed)?;
    Some(Quote {
        fact: whole.fact.clone(),
        value: FactValue::Number(sum),
        decimals: whole.decimals,
        other_year: None,
        denial: false,
        sentence: labels.join("、"),
        source,
    })
}

/// Whether a statement stands in the row of its fact, or of the score that rests on it.
fn is_beside(card: &Scorecard, submission: &Submission, quote: &Quote) -> bool {
    let row = |source: &Source| Some((source.sheet.clone(), source.cell.parse::<Address>().ok()?.row));
    let rests_on_it = |claim: &&Claim| {
        let indicator = card.indicators.iter().find(|indicator| indicator.id == claim.indicator);
        let criteria = indicator.into_iter().flat_map(|indicator| &indicator.readings).flat_map(|one| &one.criteria);
        criteria.into_iter().any(|criterion| criterion.rule.names().contains(&quote.fact.as_str()))
    };
    let facts = submission.facts.iter().filter(|source| source.fact == quote.fact).map(|fact| &fact.source);
    let claims = submission.claims.iter().filter(rests_on_it).map(|claim| &claim.source);
    facts.chain(claims).any(|source| row(source).is_some_and(|place| Some(place) == row(&quote.source)))
}

/// The names of the facts that have figures: the rulebook's, and the department's own where its table gives another.
fn names<'c>(grids: &[Grid], card: &'c Scorecard, submission: &Submission) -> Vec<(&'c Fact, String)> {
    let mut names: Vec<(&Fact, String)> = Vec::new();
    for fact in &card.facts {
        let sources = submission.facts.iter().filter(|source| source.fact == fact.id && source.doubt.is_none());
        let sources: Vec<&FactSource> = sources.filter(|source| source.value.figure().is_some()).collect();
        let typed = sources.iter().filter_map(|source| label_of(grids, source));
        for name in std::iter::once(fact.label.clone()).chain(fact.aliases.iter().cloned()).chain(typed) {
            let is_known = names.iter().any(|(known, other)| known.id == fact.id && key(other) == key(&name));
            if !sources.is_empty() && !is_known && is_name(&name) {
                names.push((fact, name));
            }
        }
    }
    names
}

/// The names without what they count: 按期完成 of 按期完成项目数.
fn shortened<'c>(vocabulary: &Vocabulary, names: &[(&'c Fact, String)]) -> Vec<(&'c Fact, String)> {
    let words = &vocabulary.sentences.counted;
    let short = |(fact, name): &(&'c Fact, String)| {
        let name = words.iter().find_map(|word| name.strip_suffix(word)).filter(|name| is_name(name))?;
        Some((*fact, name.to_owned()))
    };
    names.iter().filter_map(short).collect()
}

fn is_name(text: &str) -> bool {
    key(text).chars().nth(SHORTEST_NAME - 1).is_some()
}

/// The label of a figure as it is typed: the nearest text before it in its row.
fn label_of(grids: &[Grid], source: &FactSource) -> Option<String> {
    let at: Address = source.source.cell.parse().ok()?;
    let grid = grids.iter().find(|grid| grid.sheet.name == source.source.sheet)?;
    let before = grid.cells_of(at.row).filter(|(place, _)| place.column < at.column);
    let texts = before.filter_map(|(_, cell)| match &cell.value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    });
    texts.last()
}

/// What stands before the first clause that speaks of points: 按期完成项目数17个 of `按期完成项目数17个，17÷20×6=5.1分`.
fn without_points<'t>(vocabulary: &Vocabulary, text: &'t str) -> &'t str {
    let words = &vocabulary.sentences;
    let is_of_points = |clause: &str| {
        clause.contains(['=', '＝'])
            || words.of_rules.iter().any(|word| clause.contains(word))
            || clause.trim_end().ends_with(|c: char| words.points.contains(c))
    };
    let stop = |c: char| matches!(c, '，' | ',' | '；' | ';' | '。' | '÷' | '\n');
    let mut from = 0;
    for clause in text.split_inclusive(stop) {
        if is_of_points(clause.trim_end_matches(stop)) {
            break;
        }
        from += clause.len();
    }
    text.get(..from).unwrap_or_default()
}
