//! Facts written shortly, for the tests of rules and ranges.

use fuhe::facts::known::{Candidate, CandidateValue, Facts, Known};
use fuhe::phrase::Phrase;
use fuhe::rescore::{Rescored, rescore};
use fuhe::rulebook::{Indicator, Rulebook, Scorecard};
use fuhe::settled_by::SettledBy;
use fuhe::text::Language;

/// Facts from lines such as `q1_progress 27.22`, `staff_quota 3|4` (two candidates), `assets_kept 是*` (with
/// evidence), `procurement_plan 不适用`, `classified_unit ?` (answered, and not to be read).
pub fn facts(lines: &str) -> Facts {
    lines.split([';', '\n']).map(str::trim).filter(|line| !line.is_empty()).map(fact).collect()
}

fn fact(line: &str) -> (String, Known) {
    let (id, values) = line.split_once(' ').expect("a name and a value");
    let known = match values {
        "不适用" => Known { not_applicable: true, ..Known::default() },
        "?" => Known::default(),
        _ => Known { candidates: values.split('|').map(candidate).collect(), ..Known::default() },
    };
    (id.to_owned(), known)
}

fn candidate(text: &str) -> Candidate {
    match text.parse() {
        Ok(number) => Candidate { value: CandidateValue::Number(number), evidence: false },
        Err(_) => Candidate {
            value: CandidateValue::Answer(text.trim_end_matches('*').to_owned()),
            evidence: text.ends_with('*'),
        },
    }
}

/// The card of a rulebook.
pub fn card(rulebook: &Rulebook) -> &Scorecard {
    rulebook.card().expect("a card")
}

/// The indicator of that id.
pub fn indicator<'a>(card: &'a Scorecard, id: &str) -> &'a Indicator {
    card.indicators.iter().find(|indicator| indicator.id == id).expect("an indicator of the card")
}

/// The built-in card.
pub fn shenzhen() -> Rulebook {
    fuhe::rulebook::builtin("shenzhen-2020").expect("a rulebook without flaws")
}

/// An indicator of the built-in card recomputed.
pub fn recomputed(id: &str, lines: &str) -> Rescored {
    let rulebook = shenzhen();
    let card = card(&rulebook);
    rescore(card, indicator(card, id), &facts(lines))
}

/// What would settle a score, as a stored line names it.
pub fn settled(items: &[SettledBy]) -> Vec<String> {
    items.iter().map(ToString::to_string).collect()
}

/// Steps in the words of the Chinese report.
pub fn told(steps: &[Phrase]) -> Vec<String> {
    steps.iter().map(|step| Language::Zh.phrase(step)).collect()
}

/// `low..high`, or one number; with two decimals.
pub fn range(rescored: &Rescored) -> String {
    span(rescored.low, rescored.high.unwrap_or_default())
}

/// `low..high`, or one number; with two decimals.
pub fn span(low: rust_decimal::Decimal, high: rust_decimal::Decimal) -> String {
    if low == high { format!("{low:.2}") } else { format!("{low:.2}..{high:.2}") }
}

/// Every reading's range.
pub fn readings(rescored: &Rescored) -> String {
    rescored
        .readings
        .iter()
        .map(|range| format!("{} {}", range.id, span(range.low, range.high)))
        .collect::<Vec<_>>()
        .join(", ")
}

/// A rulebook with one indicator of one criterion worth 100 points, over the amounts `spent` and `planned`.
pub fn small_card(rule: &str) -> String {
    format!(
        r#"id = "small"
name = "小"
source = "无"
form = "scorecard"
material = 0.5
tolerance = 0.01

[[grades]]
name = "合格"
from = 0

[[sections]]
id = "all"
name = "全部"
points = 100

[[facts]]
id = "spent"
label = "支出"
kind = "money"
unit = "万元"

[[facts]]
id = "planned"
label = "预算"
kind = "money"
unit = "万元"

[[indicators]]
id = "only"
name = "唯一"
section = "all"
group = "全部"
points = 100
clause = "1. 如下。"

[[indicators.criteria]]
id = "one"
points = 100
clause = "1. 如下。"
{rule}
"#
    )
}

/// The indicator of a small card recomputed.
pub fn of_small_card(text: &str, lines: &str) -> Rescored {
    let rulebook = fuhe::rulebook::load("small.toml", text).expect("a rulebook without flaws");
    let card = card(&rulebook);
    rescore(card, &card.indicators[0], &facts(lines))
}
