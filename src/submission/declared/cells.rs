//! One cell of a form → a score, a weight, an amount, a target or an actual; what is wrong with it is told once.

use rust_decimal::Decimal;

use super::stretch::FormStretch;
use crate::audit::{Finding, NotUsed, Source, Unused};
use crate::checks::register::Code;
use crate::decimal_text::figure_text;
use crate::line_ids::BUDGET;
use crate::phrase::{Hole, Term};
use crate::quantity::{
    Actual, BEYOND_ANY_FORM, MAY_BE_FRACTION, MoneyUnit, Quantity, Sign, Target, Typed, Understood, fold, measured,
    money, percent, possible_scores, score, score_of, target,
};
use crate::submission::grid::{Grid, raw};
use crate::submission::names::key;
use crate::submission::values::{Flaw, drawn_unit, typed};
use crate::submission::{ClaimedScore, FactValue, Sourced};
use crate::vocabulary::{Quantities, Vocabulary};
use crate::workbook::{Address, Cell, Value};

/// Reads the cells of one form, and keeps what it has to tell.
pub struct Reader<'a, 'w> {
    /// The sheet.
    pub grid: &'a Grid<'w>,
    /// The form's year.
    pub year: Option<i32>,
    /// The findings so far.
    pub findings: Vec<Finding>,
    /// Cells with weights that are written as percentages.
    pub percentages: Vec<Source>,
    /// Comments on cells that are used.
    pub comments: Vec<Unused>,
}

impl<'a, 'w> Reader<'a, 'w> {
    /// Nothing read yet of a form of that year.
    pub fn new(grid: &'a Grid<'w>, year: Option<i32>) -> Reader<'a, 'w> {
        Reader { grid, year, findings: Vec::new(), percentages: Vec::new(), comments: Vec::new() }
    }

    /// The cell that is seen at an address.
    fn cell(&self, at: Address) -> Option<&'w Cell> {
        self.grid.seen(at.row, at.column).map(|(_, cell)| cell)
    }

    /// Tells a finding about a cell, of the indicator it belongs to.
    pub fn tell(&mut self, code: Code, at: Address, indicator: Option<&str>) {
        let source = self.grid.source(at);
        let text = source.text.trim().to_owned();
        let holes: &[Hole] = &[("cell", &source.cell), ("text", &text)];
        let wording = if code == Code::NotMeasurable { format!("{code}-amount") } else { format!("{code}-form") };
        let finding = Finding::worded(code, &wording, holes).at(&source);
        let finding = Finding { indicator: indicator.map(str::to_owned), ..finding };
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    /// Tells that cells under like headings disagree; nothing where there are not several.
    pub fn tell_conflict(&mut self, cells: &[&Source], indicator: &str) {
        if cells.len() > 1 {
            self.tell_cells("fact-conflict-form", cells, indicator);
        }
    }

    /// Tells that the details of a row come to another actual than its own.
    pub fn tell_details(&mut self, cells: &[&Source], indicator: &str) {
        self.tell_cells("fact-conflict-form-details", cells, indicator);
    }

    /// Tells that the heading over a figure says that it is of a part, or of others.
    pub fn tell_scope(&mut self, source: &Source, indicator: &str) {
        self.tell_cells("fact-conflict-form-scope", &[source], indicator);
    }

    fn tell_cells(&mut self, wording: &str, cells: &[&Source], indicator: &str) {
        let Some(first) = cells.first() else { return };
        let values: Vec<String> = cells.iter().map(|at| format!("{} {}", at.cell, at.text.trim())).collect();
        let finding = Finding::worded(Code::FactConflict, wording, &[("values", &Term::list(&values))]);
        self.findings.push(finding.at(first).of_indicator(indicator));
    }

    /// Tells that several rows may be the whole of the money, and say otherwise.
    pub fn tell_rivals(&mut self, cells: &[&Source]) {
        self.tell_cells("fact-conflict-form-rows", cells, BUDGET);
    }

    /// Tells that parts stand there without their whole, and what they come to, in 万元.
    pub fn tell_parts(&mut self, cells: &[&Source], sum: Option<Decimal>) {
        let (Some(first), Some(sum)) = (cells.first(), sum.map(figure_text)) else { return self.tell_rivals(cells) };
        let values: Vec<String> = cells.iter().map(|at| format!("{} {}", at.cell, at.text.trim())).collect();
        let holes: &[Hole] = &[("values", &Term::list(&values)), ("sum", &sum)];
        let finding = Finding::worded(Code::FactConflict, "fact-conflict-form-parts", holes);
        self.findings.push(finding.at(first).of_indicator(BUDGET));
    }

    /// Lists a cell that looks like data and is not used.
    pub fn set_aside(&mut self, source: &Source, label: &str, why: NotUsed) {
        self.comments.push(Unused {
            sheet: source.sheet.clone(),
            cell: source.cell.clone(),
            label: label.to_owned(),
            value: source.text.trim().to_owned(),
            why,
            nearest: None,
            assigned: None,
        });
    }

    /// Whether a comment on the cell of a value may change what it says; it is told, and listed.
    pub fn is_commented(&mut self, source: &Source, name: &str, indicator: Option<&str>) -> bool {
        let at = source.cell.parse::<Address>().ok();
        let Some(text) = at.and_then(|at| self.grid.comment(at)) else { return false };
        self.grid.effort().keep(text);
        let holes: &[Hole] = &[("name", &name), ("cell", &source.cell), ("text", &text)];
        let finding = Finding::worded(Code::FactDoubtful, "fact-doubtful-comment", holes);
        let finding = finding.at(source);
        let finding = indicator.into_iter().fold(finding, Finding::of_indicator);
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
            let said = Source { text: text.to_owned(), ..source.clone() };
            self.set_aside(&said, name, NotUsed::Comment);
        }
        true
    }

    fn tell_flaw(&mut self, flaw: Flaw, at: Address, indicator: Option<&str>) {
        let code = match flaw {
            Flaw::Uncalculated => Code::FormulaWithoutValue,
            Flaw::Error => Code::ErrorCell,
            Flaw::NotMeasurable => Code::NotMeasurable,
            Flaw::Date | Flaw::Unreadable | Flaw::Unsure | Flaw::Unit => Code::FactUnreadable,
        };
        self.tell(code, at, indicator);
    }

    /// The cell's content for the readers of quantities; none where it is empty, or holds nothing to read.
    fn typed(&mut self, at: Address, indicator: Option<&str>) -> Option<Typed<'w>> {
        match typed(self.cell(at)?) {
            Ok(typed) => Some(typed),
            Err(flaw) => {
                self.tell_flaw(flaw, at, indicator);
                None
            }
        }
    }

    /// A claimed score of a row with so many points, where they are known, and the points that its cell says it is out of.
    pub fn score(
        &mut self,
        at: Address,
        indicator: Option<&str>,
        points: Option<Decimal>,
    ) -> (ClaimedScore, Option<Decimal>) {
        let Some(cell) = self.cell(at) else { return (ClaimedScore::Missing, None) };
        let is_gap = matches!(cell.value, Value::Uncalculated);
        let words = &self.grid.vocabulary().quantities;
        let read = |typed| points.map_or_else(|| score(words, typed), |points| score_of(words, typed, points));
        match self.typed(at, indicator).map(read) {
            Some(Understood::Value(score)) => (ClaimedScore::Number(score.value), score.of),
            Some(Understood::Absent) => (ClaimedScore::Missing, None),
            None if is_gap => (ClaimedScore::Uncalculated, None),
            _ => (ClaimedScore::NotANumber, None),
        }
    }

    /// What a text may claim that nobody reads as a score: 8 of 约8.
    pub fn possible_scores(&self, at: Address, points: Decimal) -> Vec<Sourced<ClaimedScore>> {
        let Some(Cell { value: Value::Text(text), .. }) = self.cell(at) else { return Vec::new() };
        let source = self.grid.source(at);
        let of = |value| Sourced { value: ClaimedScore::Number(value), source: source.clone() };
        possible_scores(text, points).into_iter().map(of).collect()
    }

    /// A declared weight; none where none can be read, or no form can have it.
    ///
    /// One that is written as a percentage (30 %) is so many of a hundred; whether that is meant, all weights together show.
    pub fn weight(&mut self, at: Address, indicator: &str) -> Option<Sourced<Decimal>> {
        let words = &self.grid.vocabulary().quantities;
        let typed = self.typed(at, Some(indicator))?;
        if let Some(value) = percentage(words, typed) {
            let source = self.grid.source(at);
            self.percentages.push(source.clone());
            return Some(Sourced { value, source });
        }
        match score(words, typed) {
            Understood::Value(score) if (Decimal::ZERO..=BEYOND_ANY_FORM).contains(&score.value) => {
                Some(Sourced { value: score.value, source: self.grid.source(at) })
            }
            _ => None,
        }
    }

    /// An amount in 万元, given the unit of amounts written without one; no such unit: an amount without one is unknown, and told.
    /// None: the cell is empty.
    pub fn amount(&mut self, at: Address, unit: Option<MoneyUnit>) -> Option<Sourced<FactValue>> {
        let unit = drawn_unit(self.grid.vocabulary(), self.cell(at)?).or(unit);
        let source = self.grid.source(at);
        let value = match self.typed(at, Some(BUDGET)).map(|typed| money(&self.grid.vocabulary().quantities, typed)) {
            Some(Understood::Absent) => return None,
            Some(Understood::NotApplicable) => FactValue::NotApplicable,
            Some(Understood::Value(money)) if money.value.is_zero() => FactValue::Number(Decimal::ZERO),
            Some(Understood::Value(money)) => match money.unit.or(unit) {
                Some(from) => in_wan(money.value, from).map_or(FactValue::Unreadable, FactValue::Number),
                None => {
                    self.tell(Code::UnitAmbiguous, at, Some(BUDGET));
                    FactValue::Unreadable
                }
            },
            None => FactValue::Unreadable,
            Some(Understood::NotMeasurable) => {
                self.tell(Code::NotMeasurable, at, Some(BUDGET));
                FactValue::Unreadable
            }
            Some(Understood::Candidates(_) | Understood::Unreadable) => {
                self.tell(Code::FactUnreadable, at, Some(BUDGET));
                FactValue::Unreadable
            }
        };
        Some(Sourced { value, source })
    }

    /// Whether an amount says its own unit.
    pub fn says_unit(&self, at: Address) -> bool {
        let typed = self.cell(at).and_then(|cell| typed(cell).ok());
        matches!(typed.map(|typed| money(&self.grid.vocabulary().quantities, typed)), Some(Understood::Value(money)) if money.unit.is_some())
    }

    /// What a printed rate can mean, in percent.
    pub fn rate(&mut self, at: Address) -> Option<Sourced<Vec<Decimal>>> {
        let values = match percent(&self.grid.vocabulary().quantities, self.typed(at, Some(BUDGET))?, false) {
            Understood::Value(value) => vec![value],
            Understood::Candidates(values) => values,
            _ => return None,
        };
        Some(Sourced { value: values, source: self.grid.source(at) })
    }

    /// A target, with the sign of a column of its own and the unit of another.
    pub fn target(&mut self, at: Address, nature: Option<&str>, unit: &str, indicator: &str) -> Sourced<Target> {
        let source = self.grid.source(at);
        let read = self.typed_or_text(at, indicator).map_or(Target::Absent, |typed| match typed {
            Ok(typed) => target(&self.grid.vocabulary().quantities, typed),
            Err(text) => Target::Qualitative(text),
        });
        let unit = self.drawn_beside(at).unwrap_or_else(|| unit.to_owned());
        let unit = unit_of_column(self.grid.vocabulary(), &unit);
        let read = match read {
            Target::Number(sign, quantity) => {
                Target::Number(sign, without_repeated_scale(self.grid.vocabulary(), quantity, &source.text, unit))
            }
            other => other,
        };
        Sourced {
            value: with_nature(self.grid.vocabulary(), with_unit(self.grid.vocabulary(), read, unit), nature)
                .or_words(&self.grid.vocabulary().quantities),
            source,
        }
    }

    /// An actual, with the unit of a column of its own; true beside it: a figure without a unit stays without one.
    pub fn actual(&mut self, at: Address, (unit, stays_bare): (&str, bool), indicator: &str) -> Sourced<Actual> {
        let source = self.grid.source(at);
        let read = self.typed_or_text(at, indicator).map_or(Actual::Absent, |typed| match typed {
            Ok(typed) => self.reached(typed),
            Err(text) => Actual::Text(text),
        });
        let value = match read {
            Actual::Number(quantity) => {
                let unit = self.drawn_beside(at).unwrap_or_else(|| unit.to_owned());
                let vocabulary = self.grid.vocabulary();
                let unit = unit_of_column(vocabulary, &unit);
                let own = without_repeated_scale(vocabulary, quantity.clone(), &source.text, unit);
                let is_bare = stays_bare && own == quantity;
                Actual::Number(in_unit(vocabulary, own, if is_bare { "" } else { unit }))
            }
            other => other,
        };
        Sourced { value, source }
    }

    /// The unit that a number's own format draws behind it: 12公里 for 12 under `0"公里"`.
    fn drawn_beside(&self, at: Address) -> Option<String> {
        let cell = self.cell(at).filter(|cell| matches!(cell.value, Value::Number(_)))?;
        Some(cell.digits.drawn.text()).filter(|drawn| !drawn.is_empty())
    }

    /// What the cell of a figure shows, in the figure's unit; none where that is what it stores.
    pub fn shown(&self, at: Address, stored: &Quantity) -> Option<Quantity> {
        let cell = self.cell(at)?;
        let scale = if cell.percent { Decimal::ONE_HUNDRED } else { Decimal::ONE };
        let is_as_stored = cell.unscaled()?.checked_mul(scale)? == stored.value;
        let value = cell.as_shown()?.checked_mul(scale)?.normalize();
        (is_as_stored && value != stored.value).then(|| Quantity { value, ..stored.clone() })
    }

    /// What was reached. A bound or a span is no measurement; 不足300人 is neither, and words.
    fn reached(&self, typed: Typed) -> Actual {
        let words = &self.grid.vocabulary().quantities;
        match (measured(words, typed), target(words, typed)) {
            (Actual::NotMeasurable, Target::Qualitative(text)) => Actual::Text(text),
            (actual, _) => actual,
        }
    }

    /// The cell's content; a date as the text that is seen, a gap or an error as nothing, and told.
    fn typed_or_text(&mut self, at: Address, indicator: &str) -> Option<Result<Typed<'w>, String>> {
        match &self.cell(at)?.value {
            Value::Date { text, .. } => Some(Err(text.clone())),
            _ => self.typed(at, Some(indicator)).map(Ok),
        }
    }

    /// The text that is seen at an address, trimmed; none where nothing stands.
    pub fn text(&self, at: Address) -> Option<String> {
        let text = self.cell(at).map(|cell| raw(&cell.value))?;
        self.grid.effort().keep(&text);
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// Says once that the form holds hidden rows or columns, or stands in a hidden sheet.
    pub fn tell_hidden(&mut self, first: u32, end: u32) {
        let sheet = self.grid.sheet;
        let rows = self.grid.rows_within(first, end);
        let row = rows.iter().copied().find(|&row| sheet.is_row_hidden(row));
        let seen = || rows.iter().flat_map(|&row| self.grid.cells_of(row)).map(|(at, _)| at);
        let column = seen().find(|at| sheet.is_column_hidden(at.column));
        let at = match (sheet.hidden, row, column) {
            (true, ..) => seen().next(),
            (_, Some(row), _) => self.grid.cells_of(row).map(|(at, _)| at).next(),
            (.., column) => column,
        };
        if let Some(at) = at {
            self.tell(Code::HiddenData, at, None);
        }
    }
}

/// 30 for 30 %, whether it is written or shown so; none for any other weight.
fn percentage(vocabulary: &Quantities, typed: Typed) -> Option<Decimal> {
    let is_marked = match typed {
        Typed::Number { percent, .. } => percent,
        Typed::Text(text) => fold(text).ends_with('%'),
    };
    match percent(vocabulary, typed, true) {
        Understood::Value(value) if is_marked => {
            Some(value).filter(|value| (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(value))
        }
        _ => None,
    }
}

/// An amount in 万元, exactly.
fn in_wan(value: Decimal, from: MoneyUnit) -> Option<Decimal> {
    let converted = value.checked_mul(from.in_yuan())?.checked_div(MoneyUnit::WanYuan.in_yuan())?;
    Some(if from == MoneyUnit::WanYuan { value } else { converted.normalize() })
}

/// 百分比 in the column of units is the % that people write.
fn unit_of_column<'t>(vocabulary: &Vocabulary, unit: &'t str) -> &'t str {
    if vocabulary.quantities.units.percent_names.contains(unit) { "%" } else { unit }
}

/// 28.5万 beside a column that says 万元 is 28.5, not 285000 of them.
fn without_repeated_scale(vocabulary: &Vocabulary, quantity: Quantity, text: &str, unit: &str) -> Quantity {
    let scale = [(&vocabulary.funds.repeated_wan, 10_000), (&vocabulary.funds.repeated_yi, 100_000_000)]
        .into_iter()
        .find(|(scale, _)| scale.starts(unit));
    match scale {
        Some((scale, times)) if quantity.unit.is_empty() && scale.ends(text.trim_end()) => {
            let value = quantity.value.checked_div(Decimal::from(times));
            value.map_or(quantity.clone(), |value| Quantity { value: value.normalize(), ..quantity })
        }
        _ => quantity,
    }
}

/// A number without a unit in the column's. Up to 1.5 beside a % it may be a fraction of 1 just as well, and stays bare.
fn in_unit(vocabulary: &Vocabulary, quantity: Quantity, unit: &str) -> Quantity {
    let may_be_fraction = unit == "%" && quantity.value > Decimal::ZERO && quantity.value <= MAY_BE_FRACTION;
    if quantity.unit.is_empty() && !may_be_fraction {
        return Quantity::new(&vocabulary.quantities, quantity.value, unit);
    }
    quantity
}

fn with_unit(vocabulary: &Vocabulary, target: Target, unit: &str) -> Target {
    match target {
        Target::Number(sign, quantity) => Target::Number(sign, in_unit(vocabulary, quantity, unit)),
        Target::Span(low, high) => Target::Span(in_unit(vocabulary, low, unit), in_unit(vocabulary, high, unit)),
        other => other,
    }
}

/// The target under a sign that stands in a column of its own. Two signs that differ are none.
fn with_nature(vocabulary: &Vocabulary, target: Target, nature: Option<&str>) -> Target {
    let Some(nature) = nature else { return target };
    if vocabulary.quantities.comparisons.qualitative.starts(key(nature)) {
        return match target {
            Target::Number(_, quantity) => Target::Qualitative(format!("{}{}", quantity.value, quantity.unit)),
            Target::Span(low, high) => Target::Qualitative(format!("{}-{}{}", low.value, high.value, high.unit)),
            Target::Absent => Target::Qualitative(String::new()),
            qualitative => qualitative,
        };
    }
    match (target, nature_sign(vocabulary, nature)) {
        (Target::Number(None, quantity), sign) => Target::Number(sign, quantity),
        (Target::Number(Some(inner), quantity), Some(sign)) if inner != sign => Target::Number(None, quantity),
        (target, _) => target,
    }
}

fn nature_sign(vocabulary: &Vocabulary, nature: &str) -> Option<Sign> {
    let (word, words) = (key(nature), &vocabulary.quantities.comparisons);
    let directions = [(&words.upward, Sign::AtLeast), (&words.downward, Sign::AtMost)];
    let direction = directions.into_iter().find(|(words, _)| words.contains(&word)).map(|(_, sign)| sign);
    direction.or_else(|| Sign::parse(&vocabulary.quantities, nature))
}

/// Whether a column says how points are given (得分计算方法): what stands in it is the form's own.
fn is_printed(grid: &Grid, part: &FormStretch, column: u32) -> bool {
    let words = &grid.vocabulary().headings;
    part.funds.iter().chain(&part.tables).any(|&header| {
        let heading = key(&grid.text(header, column));
        words.score.within(&heading) && words.about_scores.within(&heading)
    })
}

/// Cells in which the template's guidance was left.
pub fn guidance(grid: &Grid, part: &FormStretch, words: &[String]) -> Vec<Source> {
    let words: Vec<String> = words.iter().map(|word| key(word)).filter(|word| !word.is_empty()).collect();
    let cells = grid.rows_within(part.first, part.end).iter().flat_map(|&row| grid.cells_of(row));
    let left = cells.filter(|(at, _)| !is_printed(grid, part, at.column)).filter(|(_, cell)| {
        let text = key(&raw(&cell.value));
        words.iter().any(|word| text.contains(word))
    });
    left.map(|(at, _)| grid.source(at)).collect()
}
