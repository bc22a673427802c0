//! What may be entered in the cells of a sheet. A rule that many cells have is written once, with all its cells: a spreadsheet program
//! takes a few tens of thousands of rules, and a list has two for every indicator of every department.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, DataValidationRule, Formula, Worksheet, XlsxError};

use crate::report::table::{Ask, Input, address};

/// Most units of a prompt's heading.
const ASK_TITLE: usize = 32;
/// Most units of a prompt.
const ASK_TEXT: usize = 255;
/// So many areas of cells stand in one rule: some thousand characters, which every program takes.
const AREAS_MAX: usize = 200;

/// The rules of a sheet with their cells.
#[derive(Debug, Default)]
pub(super) struct Validations {
    rules: Vec<Rule>,
    /// The one that was met last: in a list the next cell of a column often has the same.
    last: usize,
}

/// A rule, and the cells that have it.
#[derive(Debug)]
struct Rule {
    input: Input,
    ask: Option<Ask>,
    areas: Vec<Cells>,
}

/// Cells of a column: it, and the first and the last row.
#[derive(Debug, Clone, Copy)]
struct Cells {
    column: u16,
    first: u32,
    last: u32,
}

impl Rule {
    fn is(&self, input: &Input, ask: Option<&Ask>) -> bool {
        self.input == *input && self.ask.as_ref() == ask
    }

    fn add(&mut self, (row, column): (u32, u16)) {
        match self.areas.last_mut() {
            Some(area) if area.column == column && area.last + 1 == row => area.last = row,
            _ => self.areas.push(Cells { column, first: row, last: row }),
        }
    }
}

impl Validations {
    /// Lets a cell take what it may hold, and tells the person why.
    pub fn add(&mut self, cell: (u32, u16), input: &Input, ask: Option<&Ask>) {
        let is_same = |rule: &Rule| rule.is(input, ask);
        // A rule that names its own cell is that cell's alone.
        let is_shared = !matches!(input, Input::Figure { .. });
        let again = || self.rules.get(self.last).is_some_and(is_same).then_some(self.last);
        let known = is_shared.then(|| again().or_else(|| self.rules.iter().position(is_same))).flatten();
        let at = known.unwrap_or(self.rules.len());
        if known.is_none() {
            self.rules.push(Rule { input: input.clone(), ask: ask.cloned(), areas: Vec::new() });
        }
        self.rules[at].add(cell);
        self.last = at;
    }

    /// Writes the rules.
    pub fn put(self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        for Rule { input, ask, areas } in &self.rules {
            for areas in areas.chunks(AREAS_MAX) {
                let Some(Cells { column, first, .. }) = areas.first().copied() else { continue };
                // Words too long for a drop-down are typed by hand.
                let Some(rule) = validation(input, &address(first, column)) else { continue };
                let rule = asking(rule, ask.as_ref())?;
                let last = areas.last().map_or(first, |area| area.last);
                let rule = if areas.len() > 1 { rule.set_multi_range(written(areas)) } else { rule };
                sheet.add_data_validation(first, column, last.max(first), column, &rule)?;
            }
        }
        Ok(())
    }
}

/// Areas as a rule lists them.
fn written(areas: &[Cells]) -> String {
    let written = areas.iter().map(|area| match area.first == area.last {
        true => address(area.first, area.column),
        false => format!("{}:{}", address(area.first, area.column), address(area.last, area.column)),
    });
    written.collect::<Vec<_>>().join(" ")
}

/// The rule with what a person is told.
fn asking(rule: DataValidation, ask: Option<&Ask>) -> Result<DataValidation, XlsxError> {
    let Some(ask) = ask else { return Ok(rule) };
    let title = shortened(&ask.title, ASK_TITLE);
    let rule = rule.set_input_title(&title)?.set_input_message(shortened(&ask.says, ASK_TEXT))?;
    let rule = rule.set_error_title(&title)?.set_error_message(shortened(&ask.refusal, ASK_TEXT))?;
    Ok(if ask.lenient { rule.set_error_style(DataValidationErrorStyle::Warning) } else { rule })
}

fn validation(input: &Input, cell: &str) -> Option<DataValidation> {
    let number = |value: &Decimal| value.to_f64().unwrap_or_default();
    let rule = DataValidation::new();
    match input {
        Input::Words(words) => rule.allow_list_strings(words).ok(),
        Input::From(area) => Some(rule.allow_list_formula(Formula::new(area))),
        Input::Number(low, high) => Some(rule.allow_decimal_number(match (low, high) {
            (Some(low), Some(high)) => DataValidationRule::Between(number(low), number(high)),
            (Some(low), None) => DataValidationRule::GreaterThanOrEqualTo(number(low)),
            (None, Some(high)) => DataValidationRule::LessThanOrEqualTo(number(high)),
            (None, None) => return None,
        })),
        Input::Whole(low) => {
            let low = low.as_ref()?.to_i32().unwrap_or_default();
            Some(rule.allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(low)))
        }
        Input::Figure { low, high, whole, or } => {
            Some(rule.allow_custom(Formula::new(figure_rule(cell, [low, high], *whole, or))))
        }
        Input::Offered(words) => Some(rule.allow_list_strings(words).ok()?.show_error_message(false)),
        Input::Anything => Some(rule.allow_any_value()),
    }
}

/// The condition under which a cell takes a number between two ends, or one of the words.
fn figure_rule(cell: &str, [low, high]: [&Option<Decimal>; 2], whole: bool, or: &[String]) -> String {
    let low = low.iter().map(|low| format!("{cell}>={}", low.normalize()));
    let high = high.iter().map(|high| format!("{cell}<={}", high.normalize()));
    let whole = whole.then(|| format!("{cell}=INT({cell})"));
    let tests: Vec<String> = low.chain(high).chain(whole).collect();
    let number = if tests.is_empty() { "TRUE".to_owned() } else { format!("AND({})", tests.join(",")) };
    let words: Vec<String> = or.iter().map(|word| format!("{cell}=\"{}\"", word.replace('"', "\"\""))).collect();
    let word = if words.is_empty() { "FALSE".to_owned() } else { format!("OR({})", words.join(",")) };
    format!("=IF(ISNUMBER({cell}),{number},{word})")
}

/// A text cut to what a prompt may hold, in UTF-16 units.
fn shortened(text: &str, most: usize) -> String {
    let mut left = most;
    text.chars()
        .take_while(|c| {
            c.len_utf16() <= left && {
                left -= c.len_utf16();
                true
            }
        })
        .collect()
}
