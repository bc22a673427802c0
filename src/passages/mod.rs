//! Running text that is compared with other running text: a passage in one width and without blanks and punctuation, with
//! the way back to what was written; its fingerprints; and what two passages have in common, to the character.

mod plain;
mod prints;
mod runs;

use std::ops::Range;

pub use plain::Plain;
pub use prints::{GRAM, Prints, grams, winnowed};
pub use runs::{Hashed, Run, runs};

use crate::audit::{KeptText, TextKind};

/// The shortest run of characters that is told: shorter ones are set phrases of office language (根据《……的通知》要求), which
/// departments share without having seen each other's texts. Blanks and punctuation do not count.
pub const SHORTEST: usize = 40;

/// One passage: a text of a cell, or the indicator rows of one sheet one after the other.
#[derive(Debug, Clone)]
pub struct Passage {
    parts: Vec<(usize, Spot)>,
    written: String,
    /// Its characters as they are compared.
    pub plain: Plain,
}

/// The cell in which a part of a passage stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Spot {
    /// The sheet's name.
    pub sheet: String,
    /// The cell.
    pub cell: String,
    /// What kind of text it is.
    pub kind: TextKind,
}

/// The passages of a submission, in the order of its texts. Indicator rows are short, and copied as a table: those that
/// stand one after the other in a sheet are one passage.
pub fn passages(texts: &[KeptText]) -> Vec<Passage> {
    texts.chunk_by(is_one).map(Passage::of).collect()
}

/// Whether a text belongs to the passage of the one before it.
fn is_one(one: &KeptText, next: &KeptText) -> bool {
    one.kind == TextKind::Kpi && next.kind == TextKind::Kpi && one.sheet == next.sheet
}

impl Passage {
    fn of(texts: &[KeptText]) -> Passage {
        let (mut written, mut parts) = (String::new(), Vec::new());
        for text in texts {
            if !parts.is_empty() {
                written.push('\n');
            }
            let spot = Spot { sheet: text.sheet.clone(), cell: text.cell.clone(), kind: text.kind };
            parts.push((written.len(), spot));
            written.push_str(&text.text);
        }
        let plain = Plain::of(&written);
        Passage { parts, written, plain }
    }

    /// The cell in which a character stands.
    pub fn spot(&self, at: usize) -> Option<&Spot> {
        let place = self.plain.place(at)?;
        self.parts.iter().rev().find(|(begins, _)| *begins <= place).map(|(_, spot)| spot)
    }

    /// What was written there, with its punctuation.
    pub fn quote(&self, run: &Range<usize>) -> &str {
        let bytes = self.plain.bytes(run);
        self.written.get(bytes).unwrap_or_default()
    }
}

impl Prints {
    /// The fingerprints of a submission's passages.
    pub fn of_texts(texts: &[KeptText]) -> Prints {
        let passages = passages(texts);
        Prints::of(passages.iter().map(|passage| passage.plain.signs.as_slice()))
    }
}
