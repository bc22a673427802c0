//! One workbook's cells → one submission, or why there is none.

use super::answers::Answer;
use super::base_data::BaseReader;
use super::card_by_content::card_by_content;
use super::cards::{self, Card, Choice};
use super::dated::dated;
use super::found::{Found, continue_without_header, table, table_of, tables, take_unheaded};
use super::grid::{Grid, raw};
use super::hidden;
use super::identity::{Identity, identity};
use super::kept_texts;
use super::left_out::{
    leave_cards, leave_other_filers, leave_scores, leave_tables, subordinate, tell_left, tell_sisters,
};
use super::narrative::{Phrases, Stated};
use super::notes::{About, Notes, shown};
use super::plain_words::PlainWords;
use super::read_card::{ChosenCard, read_card, tell_flaw};
use super::scorecard::{CardPart, CardReader};
use super::sister::Sister;
use super::{Effort, Submission, TableKind};
use crate::audit::Source;
use crate::checks::register::Code;
use crate::phrase::{Hole, Phrase, Term};
use crate::quantity::shortest;
use crate::rulebook::{Grade, Scorecard};
use crate::stages::{Stage, during};
use crate::vocabulary::Vocabulary;
use crate::workbook::{Value, Workbook};

/// Why a workbook gives no submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoSubmission {
    /// No scorecard of the rulebook.
    NoScorecard {
        /// What was found instead: each sheet with the first words that stand in it.
        found: Vec<String>,
    },
    /// Only forms of targets or of monitoring, which are no self-evaluation: each in words.
    OnlySisters {
        /// What each of them is, and where it stands.
        forms: Vec<Phrase>,
    },
    /// The template, never filled in.
    BlankTemplate,
    /// Indicators are repeated on several filled cards.
    SeveralScorecards {
        /// Where the cards stand, such as `评分表!A3:H40`.
        sheets: Vec<String>,
    },
}

impl NoSubmission {
    /// The code of the register.
    pub fn code(&self) -> Code {
        match self {
            NoSubmission::NoScorecard { .. } | NoSubmission::OnlySisters { .. } => Code::NoScorecard,
            NoSubmission::BlankTemplate => Code::BlankTemplate,
            NoSubmission::SeveralScorecards { .. } => Code::SeveralScorecards,
        }
    }

    /// The sentence for people.
    pub fn phrase(&self) -> Phrase {
        match self {
            NoSubmission::NoScorecard { found } if found.is_empty() => Phrase::new("intake.no-sheets"),
            NoSubmission::NoScorecard { found } => Phrase::new("intake.no-scorecard").with("found", found.join("；")),
            NoSubmission::OnlySisters { forms } => {
                Phrase::new("intake.only-sister-forms").with("forms", Term::list(forms))
            }
            NoSubmission::BlankTemplate => Phrase::new("intake.blank-template"),
            NoSubmission::SeveralScorecards { sheets } => {
                Phrase::new("intake.several-scorecards").with("places", sheets.join("、"))
            }
        }
    }
}

/// Texts of no more characters state nothing in a sentence.
const SHORTEST_SENTENCE: usize = 8;

/// Reads the submission of a workbook against a card. What comes of it is used only while `effort` is not spent.
///
/// # Errors
/// No scorecard of the rulebook, a blank template, or several filled scorecards.
pub fn collect(
    vocabulary: &Vocabulary,
    workbook: &Workbook,
    file_name: &str,
    card: &Scorecard,
    grades: &[Grade],
    effort: &Effort,
) -> Result<Submission, NoSubmission> {
    let sheets = workbook.sheets.iter().enumerate();
    let grids: Vec<Grid> = sheets.map(|(index, sheet)| Grid::new(index, sheet, effort, vocabulary)).collect();
    let own: Vec<&Grid> = grids.iter().filter(|grid| !Sister::names(grid)).collect();
    let before = identity(vocabulary, own.into_iter(), file_name);
    let year_before = before.year.map(|year| year.value);
    let department = before.unit.as_ref().map(|unit| unit.value.as_str());
    let reader = CardReader::new(vocabulary, card, year_before);
    let base = BaseReader::new(vocabulary, card, year_before, department);
    let mut found = during(Stage::Tables, || everything(&grids, &reader, &base));
    let (chosen, others) = choose(&grids, card, &mut found, &base.plain_words())?;
    let (mut notes, mut submission) = (Notes::new(), Submission::default());
    leave_scores(&grids, &chosen, card, &mut found.aside);
    let read = ChosenCard { grids: &grids, reader: &reader, card: &chosen, grades };
    read_card(read, &mut submission, &mut notes, &mut found.used);
    found.tables.extend(chosen.parts.iter().filter_map(|part| table_of(&grids, part)));
    found.taken.extend(
        others.iter().chain([&chosen]).flat_map(|card| &card.parts).map(|part| (part.sheet, part.rows.0, part.rows.1)),
    );
    let order = sheets_by_weight(&grids, &chosen);
    submission.dated = dated(grids.iter().filter(|grid| !grid.sheet.hidden), None);
    let Identity { unit, year } = identity(vocabulary, order.into_iter(), file_name);
    leave_other_filers(vocabulary, &grids, &chosen, &base, unit.as_ref().map(|unit| unit.value.as_str()), &mut found);
    leave_tables(&grids, &base, &mut found);
    subordinate(&base, &mut found);
    (submission.unit, submission.year) = (unit, year);
    let answers = std::mem::take(&mut found.answers);
    for (sheet, at, source) in base.settle(&grids, answers, found.money_unit, &mut notes, &mut found.aside) {
        found.used.insert((sheet, at));
        submission.facts.push(source);
    }
    submission.completion = found.completion.take();
    for source in found.replaced.drain(..) {
        notes.add(Code::FormulaReplaced, "formula-replaced-marked", About::default(), source, &[]);
    }
    for (flaw, source) in found.flaws.drain(..) {
        tell_flaw(flaw, "amount", source, &mut notes);
    }
    tell_left(&found.left, &mut notes);
    tell_sisters(&found.sisters, &mut notes);
    read_narrative(vocabulary, &grids, card, &mut submission, &mut found);
    let indicators = submission.completion.as_ref().map_or(&[][..], |table| &table.kpis);
    let cards: Vec<&CardPart> = others.iter().chain([&chosen]).flat_map(|card| &card.parts).collect();
    submission.texts = kept_texts::of_card(&grids, &cards, &found.taken, indicators);
    submission.unused = std::mem::take(&mut found.aside).into_cells(&sheet_names(workbook));
    tell_others(&grids, &others, &mut notes);
    hidden::tell(&grids, &found.used, &mut notes);
    submission.tables = found.tables;
    submission.tables.sort_by_key(|table| workbook.sheets.iter().position(|sheet| sheet.name == table.sheet));
    submission.sheets = sheet_names(workbook);
    submission.findings = notes.into_findings();
    Ok(submission)
}

/// Every table of the sheets, and what stands outside of them.
fn everything(grids: &[Grid], reader: &CardReader, base: &BaseReader) -> Found {
    let mut found = Found::default();
    for grid in grids {
        tables(grid, reader, base, &mut found);
    }
    if found.parts.iter().all(|part| part.entries.is_empty()) {
        // No header says where the card is: its rows do.
        let tables = |grid: &&Grid| !found.areas.iter().any(|(sheet, _)| *sheet == grid.index);
        let parts: Vec<CardPart> =
            grids.iter().filter(tables).filter_map(|grid| card_by_content(reader, grid)).collect();
        found.parts.extend(parts);
    }
    continue_without_header(grids, reader, &mut found);
    found.near = found.aside.near_names();
    for grid in grids.iter().filter(|grid| !Sister::names(grid)) {
        take_unheaded(grid, reader, base, &mut found);
    }
    found
}

/// The card to audit and those beside it, or why there is none.
fn choose(
    grids: &[Grid],
    card: &Scorecard,
    found: &mut Found,
    plain: &PlainWords,
) -> Result<(Card, Vec<Card>), NoSubmission> {
    match cards::choose(std::mem::take(&mut found.parts), grids, card.indicators.len(), plain) {
        Choice::One(chosen, others) => {
            leave_cards(grids, &others, card, found);
            Ok((chosen, others))
        }
        Choice::Blank(chosen, others) if found.answers.iter().any(Answer::is_filled) => Ok((chosen, others)),
        Choice::Blank(..) => Err(NoSubmission::BlankTemplate),
        Choice::Several(cards) => {
            Err(NoSubmission::SeveralScorecards { sheets: cards.iter().map(|card| place_of(grids, card)).collect() })
        }
        Choice::None if !found.sisters.is_empty() => Err(only_sisters(&found.sisters)),
        Choice::None => Err(NoSubmission::NoScorecard { found: whats_there(grids) }),
    }
}

fn sheet_names(workbook: &Workbook) -> Vec<String> {
    workbook.sheets.iter().map(|sheet| sheet.name.clone()).collect()
}

fn only_sisters(sisters: &[(Sister, Source)]) -> NoSubmission {
    let form = |(kind, source): &(Sister, Source)| {
        let holes: [Hole; 2] = [("sheet", &source.sheet), ("text", &shown(&source.text))];
        Phrase::filled(format!("intake.only-{}", kind.as_str()), &holes)
    };
    NoSubmission::OnlySisters { forms: sisters.iter().map(form).collect() }
}

fn read_narrative(
    vocabulary: &Vocabulary,
    grids: &[Grid],
    card: &Scorecard,
    submission: &mut Submission,
    found: &mut Found,
) {
    let phrases = Phrases::new(vocabulary, card);
    let year = submission.year.as_ref().map(|year| year.value);
    let unit = submission.unit.as_ref().map(|unit| unit.value.clone());
    found.taken.sort_unstable();
    for grid in grids {
        let mut taken = found.taken.iter().filter(|(sheet, ..)| *sheet == grid.index).peekable();
        let mut until = None;
        for &row in grid.rows() {
            while let Some((_, _, last)) = taken.next_if(|(_, first, _)| *first <= row) {
                until = until.max(Some(*last));
            }
            if until.is_some_and(|last| row <= last) {
                continue;
            }
            for (at, cell) in grid.cells_of(row) {
                let Value::Text(text) = &cell.value else { continue };
                let is_long = text.chars().nth(SHORTEST_SENTENCE).is_some();
                // Long sentences are looked at word by word.
                grid.effort().look(text.len() as u64 / 64);
                let source = || grid.source(at);
                let stated =
                    if is_long { phrases.quotes(text, &source, year, unit.as_deref()) } else { Stated::default() };
                for quote in &stated.others {
                    if let Some(figure) = quote.value.figure() {
                        found.aside.quoted(&quote.sentence, &quote.source, &shortest(figure), &quote.fact);
                    }
                }
                let quotes = stated.own;
                if !quotes.is_empty() {
                    found.used.insert((grid.index, at));
                    let area = ((row, row), (at.column, at.column));
                    found.tables.push(table(grid, TableKind::Narrative, area.0, area.1, &shown(text)));
                    submission.quotes.extend(quotes);
                }
            }
        }
    }
}

fn tell_others(grids: &[Grid], others: &[Card], notes: &mut Notes) {
    for card in others.iter().filter(|card| card.not_ours.is_none()) {
        let Some((grid, entry)) =
            card.parts.iter().find_map(|part| Some((grids.get(part.sheet)?, part.entries.first()?)))
        else {
            continue;
        };
        let key = if card.filled { "card-hidden" } else { "card-blank" };
        notes.add(Code::HiddenData, key, About::default(), grid.source(entry.name), &[]);
    }
}

/// The sheets of the card first, then the visible ones, then the hidden ones. A sister form is of another time, if not of
/// another year.
fn sheets_by_weight<'g, 'w>(grids: &'g [Grid<'w>], card: &Card) -> Vec<&'g Grid<'w>> {
    let is_cards = |grid: &Grid| card.parts.iter().any(|part| part.sheet == grid.index);
    let mut order: Vec<&Grid> = grids.iter().filter(|grid| is_cards(grid) || !Sister::names(grid)).collect();
    order.sort_by_key(|grid| (!is_cards(grid), grid.sheet.hidden, grid.index));
    order
}

fn place_of(grids: &[Grid], card: &Card) -> String {
    let parts = card.parts.iter().filter_map(|part| table_of(grids, part));
    parts.map(|table| format!("{}!{}", table.sheet, table.area)).collect::<Vec<_>>().join("+")
}

/// The sheets and the first texts of each. A formula that was never computed shows nothing.
fn whats_there(grids: &[Grid]) -> Vec<String> {
    let sheets = grids.iter().take(5).map(|grid| {
        let cells = grid.rows().iter().flat_map(|row| grid.cells_of(*row));
        let texts = cells.map(|(_, cell)| shown(&raw(&cell.value))).filter(|text| !text.is_empty()).take(4);
        let texts = texts.collect::<Vec<_>>().join(" | ");
        format!("“{}”：{}", grid.sheet.name, if texts.is_empty() { "—" } else { &texts })
    });
    sheets.collect()
}
