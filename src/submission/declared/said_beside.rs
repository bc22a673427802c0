//! What the words beside a row say against what it says was reached: 实际完成9公里 beside 12公里, 尚未验收 beside full marks, 上年数. Source:
//! certainty.md, 3 and “Answers”: the remark behind the first word counts.

use super::cells::Reader;
use super::headings::says_only_scope;
use crate::audit::{Finding, Source};
use crate::checks::register::Code;
use crate::phrase::Hole;
use crate::quantity::{Actual, Quantity, Target, fold};
use crate::submission::scope::{Off, Scope};
use crate::submission::{ClaimedScore, Sourced};
use crate::vocabulary::Vocabulary;
use rust_decimal::Decimal;

/// Longer remarks tell a story, and are no scope of the figure, in characters.
const LONGEST_SCOPE: usize = 10;

/// What a row says was reached, and what it claims for it.
pub struct Measured<'r> {
    /// The row's id.
    pub id: &'r str,
    /// The name of its indicator.
    pub name: &'r str,
    /// The name's cell.
    pub name_at: &'r Source,
    /// What was to be reached.
    pub target: &'r Target,
    /// What was reached.
    pub actual: &'r Sourced<Actual>,
    /// What is claimed.
    pub claimed: ClaimedScore,
    /// The points that the row can earn, where it says so.
    pub points: Option<Decimal>,
}

/// Whether the remark in a row, or the brackets behind its name, say that its actual is another figure than the year's, or is not
/// reached. It is told then.
pub fn speaks_against(reader: &mut Reader, row: &Measured, remark: Option<&Sourced<String>>) -> bool {
    let (vocabulary, year) = (reader.grid.vocabulary(), reader.year);
    let Actual::Number(actual) = &row.actual.value else { return false };
    let remark = remark.filter(|remark| {
        let text = fold(&remark.value);
        is_of_another_scope(vocabulary, &text, year)
            || vocabulary.scopes.not_final.within(&text)
            || reached_another(vocabulary, &text, actual)
            || row.claims_all() && !row.falls_short() && vocabulary.scopes.unfinished.within(&text)
    });
    if let Some(remark) = remark {
        tell(reader, row, "fact-doubtful-beside", &remark.source);
        return true;
    }
    let is_off =
        fold(row.name).split_once('(').is_some_and(|(_, inside)| names_another_scope(vocabulary, inside, year));
    if is_off {
        tell(reader, row, "fact-doubtful-named", row.name_at);
    }
    is_off
}

/// 上年数, 1-6月数, 下属单位数据: a short remark that calls the figure one of another scope. 上半年受汛期影响 gives a reason, and no scope.
fn is_of_another_scope(vocabulary: &Vocabulary, text: &str, year: Option<i32>) -> bool {
    let words = text.trim().trim_end_matches(['。', '.']);
    let is_short = words.chars().nth(LONGEST_SCOPE).is_none();
    let ends = vocabulary.scopes.of_figures.ends(words) || says_only_scope(vocabulary, words);
    let off = Scope::of(vocabulary, words, year).off();
    is_short && ends && matches!(off, Some(Off::Year | Off::Period | Off::Version | Off::Below))
}

/// （2019年）, （截至6月） behind the name of an indicator. A season, and the units below, are what some indicators are about (汛期巡查（5-9月）,
/// 培训人次（基层单位）), and their targets are set for them; a part of the year counted from its beginning is no year.
fn names_another_scope(vocabulary: &Vocabulary, inside: &str, year: Option<i32>) -> bool {
    let inside = inside.split(')').next().unwrap_or_default();
    let words = &vocabulary.scopes;
    match Scope::of(vocabulary, inside, year).off() {
        Some(Off::Year) => true,
        Some(Off::Period) => words.until.within(inside) || words.half_years.within(inside),
        _ => false,
    }
}

/// 实际完成9公里 beside 12公里: a figure in the actual's unit that is said to be the one reached, and is another.
fn reached_another(vocabulary: &Vocabulary, text: &str, actual: &Quantity) -> bool {
    let text: String = text.split_whitespace().collect();
    let said =
        vocabulary.scopes.reached.iter().flat_map(|word| text.match_indices(word).map(|(at, word)| at + word.len()));
    let figures: Vec<bool> = said
        .filter_map(|from| {
            let rest = text.get(from..)?;
            let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
            let number: Decimal = rest.strip_suffix(behind)?.parse().ok()?;
            let is_of_it = !actual.unit.is_empty() && behind.starts_with(actual.unit.as_str());
            is_of_it.then_some(number == actual.value)
        })
        .collect();
    !figures.is_empty() && figures.iter().all(|same| !same)
}

fn tell(reader: &mut Reader, row: &Measured, wording: &str, at: &Source) {
    let holes: &[Hole] = &[
        ("name", &row.name),
        ("value", &row.actual.source.text.trim()),
        ("cell", &row.actual.source.cell),
        ("text", &at.text.trim()),
        ("place", &at.cell),
    ];
    let finding = Finding::worded(Code::FactDoubtful, wording, holes);
    reader.findings.push(finding.at(&row.actual.source).of_indicator(row.id));
}

impl Measured<'_> {
    /// Whether its own figures say that less was reached than was due: then a remark of what is not done explains them.
    fn falls_short(&self) -> bool {
        match (self.target, &self.actual.value) {
            (Target::Number(_, due), Actual::Number(done)) => due.unit == done.unit && done.value < due.value,
            _ => false,
        }
    }

    /// Whether all the points of the row are claimed.
    fn claims_all(&self) -> bool {
        matches!((self.claimed, self.points), (ClaimedScore::Number(claimed), Some(points)) if claimed == points)
    }
}
