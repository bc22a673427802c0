//! What looked like data and was not used: told with its reason, so that nothing is read in vain.

use std::collections::BTreeSet;

use super::answers::Answer;
use super::scope::Off;
use crate::audit::{NotUsed, Source, Unused};
use crate::rulebook::Scorecard;

/// So many cells of one workbook are listed; a person reads no more.
const MOST: usize = 500;

/// What was left aside of one workbook.
#[derive(Default)]
pub struct LeftAside {
    cells: Vec<Unused>,
}

impl LeftAside {
    /// Remembers a cell.
    pub fn cell(&mut self, label: &str, source: &Source, why: NotUsed, nearest: Option<&str>) {
        if self.cells.len() < MOST && !source.text.trim().is_empty() {
            self.cells.push(Unused {
                sheet: source.sheet.clone(),
                cell: source.cell.clone(),
                label: label.split_whitespace().collect::<Vec<_>>().join(" "),
                value: source.text.clone(),
                why,
                nearest: nearest.map(str::to_owned),
                assigned: None,
            });
        }
    }

    /// Remembers a comment on a cell that is used.
    pub fn comment(&mut self, label: &str, source: &Source, comment: &str, nearest: Option<&str>) {
        let source = Source { text: comment.to_owned(), ..source.clone() };
        self.cell(label, &source, NotUsed::Comment, nearest);
    }

    /// Remembers a figure of running text that is another's: the sentence, and the figure in the rulebook's unit.
    pub fn quoted(&mut self, sentence: &str, source: &Source, figure: &str, fact: &str) {
        if self.cells.len() < MOST {
            self.cells.push(Unused {
                sheet: source.sheet.clone(),
                cell: source.cell.clone(),
                label: sentence.to_owned(),
                value: figure.to_owned(),
                why: NotUsed::Quoted,
                nearest: Some(fact.to_owned()),
                assigned: None,
            });
        }
    }

    /// The facts to whose names something left aside is near.
    pub fn near_names(&self) -> BTreeSet<String> {
        let near = self.cells.iter().filter(|cell| cell.why == NotUsed::NearName);
        near.filter_map(|cell| cell.nearest.clone()).collect()
    }

    /// Remembers the cell of an answer.
    pub fn answer(&mut self, card: &Scorecard, answer: &Answer, why: NotUsed) {
        let fact = card.facts.get(answer.fact).map(|fact| fact.id.as_str());
        self.cell(&answer.label_source.text, &answer.source, why, fact);
    }

    /// All of them, in the order of the sheets and then as they were met, each cell once.
    pub fn into_cells(mut self, sheets: &[String]) -> Vec<Unused> {
        self.cells.sort_by_key(|cell| sheets.iter().position(|sheet| *sheet == cell.sheet));
        let mut kept: Vec<Unused> = Vec::new();
        for cell in self.cells {
            // One cell of running text can state several figures.
            let same = |known: &Unused| {
                let is_same_cell = known.sheet == cell.sheet && known.cell == cell.cell;
                is_same_cell
                    && (cell.why == NotUsed::Comment) == (known.why == NotUsed::Comment)
                    && (cell.why != NotUsed::Quoted || (known.label == cell.label && known.value == cell.value))
            };
            if !kept.iter().any(same) {
                kept.push(cell);
            }
        }
        kept
    }
}

/// Why figures of another scope are not used.
pub fn why(off: Off) -> NotUsed {
    match off {
        Off::Year => NotUsed::OtherYear,
        Off::Period => NotUsed::OtherPeriod,
        Off::Version => NotUsed::Draft,
        Off::Below => NotUsed::OtherUnit,
        Off::Part => NotUsed::Part,
    }
}
