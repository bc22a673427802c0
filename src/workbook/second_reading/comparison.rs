//! Cell against cell: what two readers of one sheet must agree on, and which differences are calamine's own ways.

use std::collections::{BTreeMap, HashSet};

use calamine::{Data, DataRef};
use rust_decimal::Decimal;

use super::super::address::Address;
use super::super::cell::{Sheet, Value};
use super::super::door::stored_float;
use super::Difference;

/// Letters of a text that are quoted.
const QUOTED: usize = 40;
/// Letters before the first one that differs.
const BEFORE: usize = 8;
/// Stands for nothing.
const NOTHING: &str = "—";

/// What calamine read of a cell, as far as it is compared.
#[derive(Clone, Copy, Debug)]
pub(super) enum Theirs<'v> {
    /// A number or a date, by its stored number.
    Number(Decimal),
    Text(&'v str),
    Bool(bool),
    /// Nothing, an error, or a number that no decimal holds.
    Other,
}

impl<'v> Theirs<'v> {
    pub fn of(value: &'v (impl Readable + ?Sized)) -> Theirs<'v> {
        value.read()
    }

    fn number(number: f64) -> Theirs<'v> {
        stored_float(number).map_or(Theirs::Other, Theirs::Number)
    }

    fn text(text: &'v str) -> Theirs<'v> {
        if tidy(text).is_empty() { Theirs::Other } else { Theirs::Text(text) }
    }

    fn shown(self, beside: &str) -> String {
        match self {
            Theirs::Number(number) => number.to_string(),
            Theirs::Text(text) => excerpt(text, beside),
            Theirs::Bool(truth) => truth.to_string().to_uppercase(),
            Theirs::Other => NOTHING.to_owned(),
        }
    }

    fn quoted(self) -> &'v str {
        if let Theirs::Text(text) = self { text } else { "" }
    }
}

/// The two types in which calamine hands values out.
pub(super) trait Readable {
    fn read(&self) -> Theirs<'_>;
}

impl Readable for Data {
    fn read(&self) -> Theirs<'_> {
        match self {
            Data::Int(number) => Theirs::Number(Decimal::from(*number)),
            Data::Float(number) => Theirs::number(*number),
            Data::DateTime(date) => Theirs::number(date.as_f64()),
            Data::String(text) => Theirs::text(text),
            Data::Bool(truth) => Theirs::Bool(*truth),
            _ => Theirs::Other,
        }
    }
}

impl Readable for DataRef<'_> {
    fn read(&self) -> Theirs<'_> {
        match self {
            DataRef::Int(number) => Theirs::Number(Decimal::from(*number)),
            DataRef::Float(number) => Theirs::number(*number),
            DataRef::DateTime(date) => Theirs::number(date.as_f64()),
            DataRef::String(text) => Theirs::text(text),
            DataRef::SharedString(text) => Theirs::text(text),
            DataRef::Bool(truth) => Theirs::Bool(*truth),
            _ => Theirs::Other,
        }
    }
}

/// One sheet being compared.
pub(super) struct Comparison<'s> {
    ours: &'s Sheet,
    ways: Ways,
    seen: HashSet<Address>,
    differing: BTreeMap<Address, (String, String)>,
    /// They have a cell where we have none.
    has_other_cells: bool,
}

/// Where calamine is known to read less.
#[derive(Clone, Copy)]
struct Ways {
    /// Texts in the bytes of a code page are decoded by other rules.
    decodes_texts: bool,
    /// A formula's text ends with its first record.
    cuts_formula_texts: bool,
    /// Some kinds of cell records are passed over (rich text in place, cells without a column).
    passes_over_cells: bool,
}

impl<'s> Comparison<'s> {
    pub fn of_xls(ours: &'s Sheet, unicode: bool) -> Self {
        Self::new(ours, Ways { decodes_texts: unicode, cuts_formula_texts: true, passes_over_cells: false })
    }

    pub fn of_xlsb(ours: &'s Sheet) -> Self {
        Self::new(ours, Ways { decodes_texts: true, cuts_formula_texts: false, passes_over_cells: true })
    }

    fn new(ours: &'s Sheet, ways: Ways) -> Self {
        Comparison { ours, ways, seen: HashSet::new(), differing: BTreeMap::new(), has_other_cells: false }
    }

    /// Takes note of a cell of theirs. Where an address comes twice, the last one counts.
    pub fn see(&mut self, at: Option<(u32, u32)>, theirs: Theirs<'_>) {
        let Some(at) = at.and_then(|(row, column)| Address::within_sheet(row, column)) else {
            return;
        };
        self.seen.insert(at);
        self.has_other_cells |= !self.ours.cells.contains_key(&at) && !matches!(theirs, Theirs::Other);
        if self.agree(at, theirs) {
            self.differing.remove(&at);
        } else {
            let ours = self.ours.cell(at).map(|cell| &cell.value);
            self.differing.insert(at, (shown(ours, theirs.quoted()), theirs.shown(quoted(ours))));
        }
    }

    fn agree(&self, at: Address, theirs: Theirs<'_>) -> bool {
        let Some(cell) = self.ours.cell(at) else {
            return matches!(theirs, Theirs::Other | Theirs::Bool(_));
        };
        match (&cell.value, theirs) {
            (Value::Number(ours) | Value::Date { serial: ours, .. }, Theirs::Number(theirs)) => *ours == theirs,
            (Value::Text(ours), Theirs::Text(theirs)) => self.same_text(ours, theirs, cell.formula),
            (Value::Bool(ours), Theirs::Bool(theirs)) => *ours == theirs,
            // A text of blanks, and one that is nothing but its mark of byte order, are nothing to them.
            (Value::Text(ours), Theirs::Other) => tidy(ours).is_empty(),
            // Told as what it is already.
            (Value::Unrepresentable(_) | Value::Unsure { .. }, _) => true,
            (Value::Number(_), _) | (_, Theirs::Number(_) | Theirs::Text(_)) => false,
            _ => true,
        }
    }

    fn same_text(&self, ours: &str, theirs: &str, formula: bool) -> bool {
        let (ours, theirs) = (tidy(ours), tidy(theirs));
        let cut = self.ways.cuts_formula_texts && formula && ours.starts_with(theirs);
        !self.ways.decodes_texts || ours == theirs || cut
    }

    /// What differs. Numbers and texts that only we have count too, unless all that is missing is what calamine passes
    /// over: a reader that misplaces cells has others instead.
    pub fn finish(mut self, sheet: usize) -> Vec<Difference> {
        if !self.ways.passes_over_cells || self.has_other_cells {
            self.add_ours_alone();
        }
        let difference = |(at, (ours, theirs))| Difference { sheet, at, ours, theirs };
        self.differing.into_iter().map(difference).collect()
    }

    fn add_ours_alone(&mut self) {
        for (at, cell) in self.ours.cells.iter().filter(|(at, _)| !self.seen.contains(at)) {
            if matches!(&cell.value, Value::Number(_) | Value::Text(_)) && !self.agree(*at, Theirs::Other) {
                self.differing.insert(*at, (shown(Some(&cell.value), ""), NOTHING.to_owned()));
            }
        }
    }
}

/// A text without what surrounds it: white space, and the marks that decoders drop.
fn tidy(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\0' | '\u{feff}'))
}

fn quoted(value: Option<&Value>) -> &str {
    if let Some(Value::Text(text)) = value { text } else { "" }
}

fn shown(value: Option<&Value>, beside: &str) -> String {
    match value {
        None | Some(Value::Uncalculated) => NOTHING.to_owned(),
        Some(Value::Text(text)) => excerpt(text, beside),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Bool(truth)) => truth.to_string().to_uppercase(),
        Some(Value::Date { text, .. } | Value::Error(text) | Value::Unrepresentable(text)) => text.clone(),
        Some(Value::Unsure { ours, .. }) => ours.clone(),
    }
}

/// A text, of a long one the part where it begins to differ from another.
fn excerpt(text: &str, beside: &str) -> String {
    if text.chars().count() <= QUOTED {
        return text.to_owned();
    }
    let common = text.chars().zip(beside.chars()).take_while(|(a, b)| a == b).count();
    let from = common.saturating_sub(BEFORE);
    let mut part: String = text.chars().skip(from).take(QUOTED).collect();
    if from > 0 {
        part.insert(0, '…');
    }
    if from + QUOTED < text.chars().count() {
        part.push('…');
    }
    part
}
