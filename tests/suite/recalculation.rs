//! A spreadsheet engine that is not ours, as the everyday referee of formulas.

use fuhe::report::table::{Outcome, Row, Style, Table, Value};
use ironcalc::base::Model;
use ironcalc::base::cell::CellValue;

/// How far a binary engine may lie from the exact result that is stored.
const NOISE: f64 = 1e-9;

/// An opened workbook.
pub struct Sheets {
    model: Model<'static>,
}

/// Every cell of a table with its place.
pub fn cells(table: &Table) -> impl Iterator<Item = (u32, u16, &fuhe::report::table::Cell)> {
    // A blank line parts what stands below a list from it.
    let below = table.first_row() + table.rows.len() as u32 + 1;
    let blocks = [(1, &table.lead), (table.first_row(), &table.rows), (below, &table.tail)];
    blocks.into_iter().flat_map(|(first, rows)| (first..).zip(rows)).flat_map(|(at, row)| placed(at, row))
}

fn placed(at: u32, row: &Row) -> impl Iterator<Item = (u32, u16, &fuhe::report::table::Cell)> {
    row.cells.iter().scan(0, move |column, cell| {
        let place = *column;
        *column += cell.width();
        Some((at, place, cell))
    })
}

impl Sheets {
    /// Opens a workbook with the results stored in it.
    pub fn open(bytes: &[u8]) -> Sheets {
        let book = ironcalc::import::load_from_xlsx_bytes(bytes, "audit", "en", "UTC").expect("a workbook");
        Sheets { model: Model::from_workbook(book, "en").expect("a model") }
    }

    /// Computes every formula anew.
    pub fn recalculate(&mut self) {
        self.model.evaluate();
    }

    fn index(&self, sheet: &str) -> u32 {
        let names: Vec<String> = self.model.workbook.worksheets.iter().map(|sheet| sheet.name.clone()).collect();
        names.iter().position(|name| name == sheet).unwrap_or_else(|| panic!("no sheet {sheet} in {names:?}")) as u32
    }

    fn value(&self, sheet: &str, row: u32, column: u16) -> CellValue {
        let (row, column) = (row as i32 + 1, i32::from(column) + 1);
        self.model.get_cell_value_by_index(self.index(sheet), row, column).expect("a cell")
    }

    /// A cell's value as words.
    pub fn shown(&self, sheet: &str, row: u32, column: u16) -> String {
        match self.value(sheet, row, column) {
            CellValue::None => String::new(),
            CellValue::String(words) => words,
            CellValue::Number(number) => number.to_string(),
            CellValue::Boolean(truth) => truth.to_string(),
        }
    }

    /// Types a number into a cell; rows and columns count from 0.
    pub fn type_number(&mut self, sheet: &str, row: u32, column: u16, number: f64) {
        let index = self.index(sheet);
        self.model.update_cell_with_number(index, row as i32 + 1, i32::from(column) + 1, number).expect("typed");
    }

    /// Types words into a cell; rows and columns count from 0.
    pub fn type_text(&mut self, sheet: &str, row: u32, column: u16, text: &str) {
        let index = self.index(sheet);
        self.model.update_cell_with_text(index, row as i32 + 1, i32::from(column) + 1, text).expect("typed");
    }

    /// Types whatever stands in the fact cells of a row of another paper into a row here.
    pub fn type_row_of(&mut self, paper: &Table, from: u32, sheet: &str, at: u32) {
        let index = self.index(sheet);
        let facts = cells(paper).filter(|(row, _, cell)| *row == from && cell.style == Style::Fact);
        for (_, column, cell) in facts {
            let (row, column) = (at as i32 + 1, i32::from(column) + 1);
            match &cell.value {
                Value::Number(number, _) => {
                    let number = number.to_string().parse().expect("a number");
                    self.model.update_cell_with_number(index, row, column, number).expect("typed");
                }
                Value::Text(text) => self.model.update_cell_with_text(index, row, column, text).expect("typed"),
                _ => {
                    let sheet = self.model.workbook.worksheet_mut(index).expect("a sheet");
                    sheet.cell_clear_contents(row, column).expect("cleared");
                }
            }
        }
    }

    /// Compares every formula of a table with its stored result; returns how many there are.
    pub fn agrees_with(&self, table: &Table) -> usize {
        let mut compared = 0;
        for (row, column, cell) in cells(table) {
            let Value::Formula(formula, outcome) = &cell.value else { continue };
            let value = self.value(&table.name, row, column);
            let agrees = match (&value, outcome) {
                (CellValue::Number(number), Outcome::Score(score) | Outcome::Figure(score)) => {
                    let stored: f64 = score.to_string().parse().expect("a score");
                    (number - stored).abs() <= NOISE
                }
                (CellValue::String(words), Outcome::Words(expected)) => words == expected,
                _ => false,
            };
            assert!(agrees, "{} row {} column {column}: {value:?}, stored {outcome:?}: {formula}", table.name, row + 1);
            compared += 1;
        }
        compared
    }
}
