//! 抽样清单: what is looked at on the spot: every significant item, and a random draw of the others from a seed. What was found
//! there is entered in the list, and a later run keeps it. (bureau.md, “The whole batch”)

use crate::audit::Verdict;
use crate::carry::{Holds, Typed};
use crate::decimal_text::score_text;
use crate::entered::{About, Whose};
use crate::report::decisions::Decision;
use crate::report::entries::value_cell;
use crate::report::list::{self, FIRST, ListColumn};
use crate::report::plan::{Department, Plan};
use crate::report::sheets::overview::interval;
use crate::report::table::{Cell, Input, Outcome, Row, Style, Table, column_area};
use crate::sampling::{self, SampleSize};

use rust_decimal::Decimal;

/// The texts of the sheet.
const TEXTS: list::Texts = list::Texts { sheet: "sheet-sample", title: "sample-title", lead: "sample-lead" };
/// What can be found on the spot, as keys of texts.
pub const RESULTS: [&str; 2] = ["sample-agrees", "sample-deviates"];

/// Why an item is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Ground {
    /// 重大事项.
    Significant,
    /// 随机抽取.
    Drawn,
    /// It was looked at in an earlier run.
    Before,
}

impl Ground {
    fn key(self) -> &'static str {
        match self {
            Ground::Significant => "sample-significant",
            Ground::Drawn => "sample-drawn",
            Ground::Before => "sample-before",
        }
    }
}

/// The key of an item's entries.
pub fn key_of(department: &Department, decision: &Decision) -> String {
    Whose::of(department.audit).key(About::Sampled, &[&decision.indicator.id])
}

/// Whether an item is looked at in any case: it is claimed above what is possible by as much as the rulebook calls material, or
/// its claim is no score at all.
fn is_significant(department: &Department, decision: &Decision) -> bool {
    let material = department.rulebook.map_or(Decimal::ZERO, |book| book.material);
    match decision.indicator.verdict {
        Verdict::Overstated => decision.indicator.difference >= material,
        Verdict::Invalid => true,
        _ => false,
    }
}

/// What is listed.
struct Listed {
    /// Department and place of each item, in the order of 核定表, with its ground.
    items: Vec<(usize, usize, Ground)>,
    /// The size of the random part, and the population that it is drawn from; none without a draw.
    size: Option<(SampleSize, usize)>,
}

fn listed(plan: &Plan) -> Listed {
    let all = || {
        plan.decisions.iter().enumerate().flat_map(|(index, decisions)| (0..decisions.len()).map(move |at| (index, at)))
    };
    let of = |(index, at): (usize, usize)| (&plan.departments[index], &plan.decisions[index][at]);
    let is_entered = |item| {
        let (department, decision) = of(item);
        plan.carried.entered.contains_key(&key_of(department, decision))
    };
    let Some(sample) = &plan.batch.sample else {
        let before = all().filter(|item| is_entered(*item)).map(|(index, at)| (index, at, Ground::Before));
        return Listed { items: before.collect(), size: None };
    };
    let significant = |item| {
        let (department, decision) = of(item);
        is_significant(department, decision)
    };
    let rest: Vec<(usize, usize)> = all().filter(|item| !significant(*item)).collect();
    let keys: Vec<String> = rest
        .iter()
        .map(|item| {
            let (department, decision) = of(*item);
            key_of(department, decision)
        })
        .collect();
    let size = sampling::size(rest.len(), sample);
    let drawn: Vec<(usize, usize)> =
        sampling::draw(&keys, size.items, sample.seed).into_iter().map(|at| rest[at]).collect();
    let ground = |item: (usize, usize)| match () {
        () if significant(item) => Some(Ground::Significant),
        () if drawn.binary_search(&item).is_ok() => Some(Ground::Drawn),
        () if is_entered(item) => Some(Ground::Before),
        () => None,
    };
    let items = all().filter_map(|item| Some((item.0, item.1, ground(item)?))).collect();
    Listed { items, size: Some((size, rest.len())) }
}

/// The draw and all that is listed, for programs; none where no sample is wanted.
pub fn drawn(plan: &Plan) -> Option<serde_json::Value> {
    let sample = plan.batch.sample.as_ref()?;
    let Listed { items, size } = listed(plan);
    let (size, population) = size?;
    let item = |(index, at, ground): &(usize, usize, Ground)| {
        let (audit, indicator) = (plan.departments[*index].audit, plan.decisions[*index][*at].indicator);
        serde_json::json!({
            "unit": audit.unit, "file": audit.file, "form": audit.form, "indicator": indicator.id,
            "name": indicator.name, "ground": ground.key().trim_start_matches("sample-"),
        })
    };
    Some(serde_json::json!({
        "seed": sample.seed, "tolerable": sample.tolerable, "expected": sample.expected, "confidence": sample.confidence,
        "population": population, "drawn": size.items, "deviations": size.deviations,
        "items": items.iter().map(item).collect::<Vec<_>>(),
    }))
}

/// The sheet; none where no sample is wanted and nothing was looked at before.
pub fn table(plan: &Plan) -> Option<Table> {
    let Listed { items, size } = listed(plan);
    if items.is_empty() {
        return None;
    }
    let lines: Vec<Line> = items
        .iter()
        .zip(1..)
        .map(|((index, at, ground), number)| Line {
            plan,
            department: &plan.departments[*index],
            decision: &plan.decisions[*index][*at],
            ground: *ground,
            number,
        })
        .collect();
    let rows = lines.iter().map(row).collect();
    let tail = size.map_or_else(Vec::new, |(size, population)| summary(plan, &lines, size, population));
    Some(Table { rows, tail, ..list::sheet(plan, TEXTS, &COLUMNS, 2) })
}

/// How the draw was made, and what was found in it so far, live.
fn summary(plan: &Plan, lines: &[Line], size: SampleSize, population: usize) -> Vec<Row> {
    let Some(sample) = &plan.batch.sample else { return Vec::new() };
    let said = plan.say(
        "sample-plan",
        &[
            ("seed", &sample.seed),
            ("population", &population),
            ("tolerable", &sample.tolerable),
            ("expected", &sample.expected),
            ("confidence", &sample.confidence),
            ("items", &size.items),
            ("deviations", &size.deviations),
        ],
    );
    let last = FIRST + lines.len().max(1) as u32 - 1;
    let sheet = plan.word(TEXTS.sheet);
    let area = |key: &str| column_area(&sheet, FIRST, last, place_of(key));
    let [agrees, deviates] = RESULTS.map(|key| plan.word(key));
    let drawn = plan.word(Ground::Drawn.key());
    let count = |result: &str| {
        format!("COUNTIFS({},\"{drawn}\",{},\"{result}\")", area("column-ground"), area("column-sample-result"))
    };
    let found = |key: &str| {
        let has = |line: &&Line| {
            let value = line.typed().and_then(|typed| typed.value.as_ref()).map(crate::carry::Entry::text);
            line.ground == Ground::Drawn && value.as_deref() == Some(plan.word(key).as_str())
        };
        Outcome::Figure(Decimal::from(lines.iter().filter(has).count() as u64))
    };
    let label = |key: &str| Cell::text(plan.word(key)).style(Style::Label).span(2);
    vec![
        Row::default(),
        Row::of(vec![Cell::text(said).style(Style::Remark).span(list::seen(&COLUMNS))]),
        Row::of(vec![label("sample-found-agrees"), Cell::formula(count(&agrees), found(RESULTS[0]))]),
        Row::of(vec![label("sample-found-deviates"), Cell::formula(count(&deviates), found(RESULTS[1]))]),
    ]
}

/// What a row is made of.
pub struct Line<'p> {
    plan: &'p Plan<'p>,
    department: &'p Department<'p>,
    decision: &'p Decision<'p>,
    ground: Ground,
    number: usize,
}

impl Line<'_> {
    fn typed(&self) -> Option<&Typed> {
        self.plan.carried.entered.get(&key_of(self.department, self.decision)).map(|signed| signed.typed())
    }

    fn entry(&self, of: fn(&Typed) -> Option<&String>) -> Cell {
        Cell::text_option(self.typed().and_then(of).map(String::as_str)).style(Style::Entry)
    }
}

/// A column with what it shows of a line.
type LineColumn = ListColumn<fn(&Line) -> Cell>;

/// The columns, in their order.
pub const COLUMNS: [LineColumn; 12] = [
    ListColumn::plain("column-number", 5, |line| Cell::count(line.number).style(Style::Centre)),
    ListColumn::read("column-department", 26, Holds::Department, |line| {
        let link = line.plan.paper_link(line.department, Some(&line.decision.indicator.id));
        Cell::text(line.department.name.clone()).link(Some(link))
    }),
    ListColumn::read("column-indicator", 22, Holds::Indicator, |line| Cell::text(line.decision.indicator.name.clone())),
    ListColumn::read("column-claim", 8, Holds::Claim, |line| {
        Cell::figure_option(line.decision.indicator.claimed).style(Style::Centre)
    }),
    ListColumn::plain("column-recomputed", 14, |line| {
        let indicator = line.decision.indicator;
        let (low, high) = (indicator.low, indicator.high);
        let shown = if high == Some(low) { score_text(low) } else { interval(low, high) };
        Cell::text(shown).style(Style::Centre)
    }),
    ListColumn::read("column-problem", 10, Holds::Problem, |line| {
        Cell::text(line.plan.verdict(line.decision.indicator.verdict)).style(Style::Centre)
    }),
    ListColumn::plain("column-ground", 10, |line| Cell::text(line.plan.word(line.ground.key())).style(Style::Centre)),
    ListColumn::read("column-sample-result", 10, Holds::Value, result),
    ListColumn::read("column-reviewer", 8, Holds::Reviewer, |line| line.entry(|typed| typed.reviewer.as_ref())),
    ListColumn::read("column-date", 11, Holds::Date, |line| line.entry(|typed| typed.date.as_ref())),
    ListColumn::read("column-remark", 22, Holds::Remark, |line| line.entry(|typed| typed.remark.as_ref())),
    ListColumn::hidden("column-key", Holds::Key, |line| Cell::text(key_of(line.department, line.decision))),
];

fn row(line: &Line) -> Row {
    Row::of(COLUMNS.iter().map(|column| (column.cell)(line)).collect())
}

fn place_of(key: &str) -> u16 {
    let at = COLUMNS.iter().position(|column| column.key == key);
    debug_assert!(at.is_some(), "no column {key}");
    at.unwrap_or_default() as u16
}

/// 现场核查结果.
fn result(line: &Line) -> Cell {
    let words = RESULTS.iter().map(|key| line.plan.word(key)).collect();
    value_cell(line.typed().and_then(|typed| typed.value.as_ref())).style(Style::Entry).input(Input::Words(words))
}
