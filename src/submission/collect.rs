//! One workbook's cells → one submission, or why there is none.

use std::collections::{BTreeMap, BTreeSet};

use super::answers::Answer;
use super::base_data::{BaseReader, NotOurs, corner_within, not_ours, not_ours_by_sheet};
use super::card_by_content::card_by_content;
use super::cards::{self, Card, Choice};
use super::closing::{Closing, closing_of};
use super::completion;
use super::computed;
use super::grid::{Grid, raw};
use super::headers::{Header, headers, without_brackets};
use super::hidden::{self, Used};
use super::identity::{Identity, identity};
use super::layout::{cell_of, number_at};
use super::names::{How, key};
use super::narrative::Phrases;
use super::notes::{About, Notes, shown};
use super::rows_of_one::{self, rows_of_one};
use super::scorecard::{CardReader, Entry, Part};
use super::sister::Sister;
use super::unheaded::{Unheaded, unheaded};
use super::unused::LeftAside;
use super::values::Flaw;
use super::{Claim, ClaimedScore, CompletionTable, Effort, Sourced, Submission, TableFound, TableKind};
use crate::audit::{NotUsed, Source};
use crate::checks::register::Code;
use crate::phrase::{Hole, Phrase, Term};
use crate::quantity::{MoneyUnit, Reading, Typed, choice, fold, shortest};
use crate::rulebook::{Grade, Scorecard};
use crate::vocabulary::Vocabulary;
use crate::workbook::{Address, Area, Value, Workbook};

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

/// A title shares its row with no more than a unit and a date.
const TITLE_CELLS: usize = 3;
/// So many labels tell what a table without a header is about.
const MOST_LABELS: usize = 4;
/// Texts of no more characters state nothing in a sentence.
const SHORTEST_SENTENCE: usize = 8;

/// Everything found in the sheets before it is decided what it comes to.
#[derive(Default)]
struct Found {
    parts: Vec<Part>,
    answers: Vec<Answer>,
    completion: Option<CompletionTable>,
    money_unit: bool,
    tables: Vec<TableFound>,
    used: Used,
    /// Tables of another year or unit, by their titles.
    left: Vec<(NotOurs, Source)>,
    /// Tables of forms that are no self-evaluation, each with the cell that says so.
    sisters: Vec<(Sister, Source)>,
    /// Amounts of the completion table that could not be read.
    flaws: Vec<(Flaw, Source)>,
    /// Sums of the completion table typed over formulas.
    replaced: Vec<Source>,
    /// What looked like data and was not used.
    aside: LeftAside,
    /// Facts to whose names a row of a table with a header is near.
    near: BTreeSet<String>,
    /// Rows of tables, by sheet: no narrative stands there.
    taken: Vec<(usize, u32, u32)>,
    /// Areas of tables that have a header, by sheet, those of cards left out.
    areas: Vec<(usize, Area)>,
}

impl Found {
    /// Remembers where a table stands.
    fn take(&mut self, grid: &Grid, rows: (u32, u32), columns: (u32, u32)) {
        self.taken.push((grid.index, rows.0, rows.1));
        self.areas.push((grid.index, area(rows, columns)));
    }
}

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
    let (reader, base) =
        (CardReader::new(vocabulary, card, year_before), BaseReader::new(vocabulary, card, year_before));
    let mut found = Found::default();
    for grid in &grids {
        tables(grid, &reader, &base, &mut found);
    }
    if found.parts.iter().all(|part| part.entries.is_empty()) {
        // No header says where the card is: its rows do.
        let tables = |grid: &&Grid| !found.areas.iter().any(|(sheet, _)| *sheet == grid.index);
        let parts: Vec<Part> = grids.iter().filter(tables).filter_map(|grid| card_by_content(&reader, grid)).collect();
        found.parts.extend(parts);
    }
    continue_without_header(&grids, &reader, &mut found);
    let department = before.unit.as_ref().map(|unit| unit.value.as_str());
    found.near = found.aside.near_names();
    for grid in grids.iter().filter(|grid| !Sister::names(grid)) {
        take_unheaded(grid, &reader, &base, department, &mut found);
    }
    let (chosen, others) = choose(&grids, card, &mut found)?;
    let mut notes = Notes::new();
    let mut submission = Submission::default();
    leave_scores(&grids, &chosen, card, &mut found.aside);
    read_card(&grids, &reader, &chosen, grades, &mut submission, &mut notes, &mut found.used);
    found.tables.extend(chosen.parts.iter().filter_map(|part| table_of(&grids, part)));
    found.taken.extend(
        others.iter().chain([&chosen]).flat_map(|card| &card.parts).map(|part| (part.sheet, part.rows.0, part.rows.1)),
    );
    let order = sheets_by_weight(&grids, &chosen);
    let Identity { unit, year } = identity(vocabulary, order.into_iter(), file_name);
    leave_other_filers(vocabulary, &grids, &chosen, card, unit.as_ref().map(|unit| unit.value.as_str()), &mut found);
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
    submission.unused = std::mem::take(&mut found.aside).into_cells(&sheet_names(workbook));
    tell_others(&grids, &others, &mut notes);
    hidden::tell(&grids, &found.used, &mut notes);
    submission.tables = found.tables;
    submission.tables.sort_by_key(|table| workbook.sheets.iter().position(|sheet| sheet.name == table.sheet));
    submission.sheets = sheet_names(workbook);
    submission.findings = notes.into_findings();
    Ok(submission)
}

/// The card to audit and those beside it, or why there is none.
fn choose(grids: &[Grid], card: &Scorecard, found: &mut Found) -> Result<(Card, Vec<Card>), NoSubmission> {
    match cards::choose(std::mem::take(&mut found.parts), grids, card.indicators.len()) {
        Choice::One(chosen, others) => Ok((chosen, others)),
        Choice::Blank(chosen, others) if found.answers.iter().any(Answer::is_filled) => Ok((chosen, others)),
        Choice::Blank(..) => Err(NoSubmission::BlankTemplate),
        Choice::Several(cards) => {
            Err(NoSubmission::SeveralScorecards { sheets: cards.iter().map(|card| place_of(grids, card)).collect() })
        }
        Choice::None if !found.sisters.is_empty() => Err(only_sisters(&found.sisters)),
        Choice::None => Err(NoSubmission::NoScorecard { found: whats_there(grids) }),
    }
}

/// Lists the scores of columns that a word decides against: 初评 beside 终评.
fn leave_scores(grids: &[Grid], chosen: &Card, rules: &Scorecard, aside: &mut LeftAside) {
    for part in &chosen.parts {
        let Some(grid) = grids.get(part.sheet) else { continue };
        for (entry, (columns, why)) in
            part.entries.iter().flat_map(|entry| part.layout.left.iter().map(move |left| (entry, left)))
        {
            let indicator = rules.indicators.get(entry.indicator).map(|indicator| indicator.id.as_str());
            let at = cell_of(grid, *columns, entry.name.row);
            if at.row == entry.name.row && number_at(grid, at).is_some() {
                aside.cell(&grid.text(entry.name.row, entry.name.column), &grid.source(at), *why, indicator);
            }
        }
    }
}

fn sheet_names(workbook: &Workbook) -> Vec<String> {
    workbook.sheets.iter().map(|sheet| sheet.name.clone()).collect()
}

/// Every table of a sheet, by its header.
fn tables(grid: &Grid, reader: &CardReader, base: &BaseReader, found: &mut Found) {
    let headers = headers(grid);
    let sheets_own = headers.first().and_then(|first| corner_within(grid, 0, first.rows.0));
    for (i, header) in headers.iter().enumerate() {
        let below =
            headers.iter().skip(i + 1).find(|other| other.rows.0 > header.rows.1 && other.shares_columns(header));
        let end = below.map_or(u32::MAX, |below| below.rows.0);
        let above = headers[..i].iter().rev().map(|other| other.rows.1).find(|last| *last < header.rows.0);
        if let Some((kind, at)) = Sister::under(grid, above.map_or(0, |last| last + 1), header, base.year()) {
            leave_sister(grid, (header.rows.0, end), (kind, at), found);
            continue;
        }
        if take_card(grid, reader, header, end, found) {
            continue;
        }
        let corner = corner_within(grid, above.map_or(0, |last| last + 1), header.rows.0).or(sheets_own);
        if let Some((why, at)) = not_ours_above(grid, above.map_or(0, |last| last + 1), header, base.year()) {
            leave_base(grid, base, header, end, (why, at), found);
        } else {
            take_base(grid, base, header, end, corner, found);
            take_completion(grid, header, end, corner, base.year(), found);
        }
    }
}

fn take_card(grid: &Grid, reader: &CardReader, header: &Header, end: u32, found: &mut Found) -> bool {
    let Some(part) = reader.part(grid, header, end) else { return false };
    let goes_on = found.parts.iter().any(|before| before.sheet == grid.index);
    let declared_by_filer = part.declares_targets && part.entries.len() < reader.card.indicators.len().div_ceil(2);
    let says_nothing = part.entries.is_empty() && (part.closing.is_empty() || !goes_on);
    if declared_by_filer || says_nothing {
        return false;
    }
    found.parts.push(part);
    true
}

fn take_base(grid: &Grid, base: &BaseReader, header: &Header, end: u32, corner: Option<MoneyUnit>, found: &mut Found) {
    for block in base.blocks(grid, header, end, corner) {
        found.take(grid, block.rows, header.all_columns());
        found.tables.push(table(grid, TableKind::BaseData, block.rows, block.columns, &block.header));
        for left in block.left {
            let nearest = left.nearest.and_then(|fact| base.card().facts.get(fact)).map(|fact| fact.id.as_str());
            found.aside.cell(&left.label, &left.source, left.why, nearest);
        }
        found.answers.extend(block.answers);
    }
}

/// Takes what stands outside of the tables that have a header.
fn take_unheaded(grid: &Grid, reader: &CardReader, base: &BaseReader, department: Option<&str>, found: &mut Found) {
    if found.sisters.iter().any(|(_, place)| place.sheet == grid.sheet.name) {
        return;
    }
    let parts =
        found.parts.iter().filter(|part| part.sheet == grid.index).map(|part| area(part.rows, part.layout.columns));
    let tables = found.areas.iter().filter(|(sheet, _)| *sheet == grid.index).map(|(_, area)| *area);
    let taken: Vec<Area> = parts.chain(tables).collect();
    let Unheaded { answers, left, not_ours, rows } = unheaded(grid, base, &reader.names, department, &taken);
    for left in left {
        let nearest = left.nearest.and_then(|fact| base.card().facts.get(fact)).map(|fact| fact.id.as_str());
        found.aside.cell(&left.label, &left.source, left.why, nearest);
    }
    found.left.extend(not_ours.map(|(why, at)| (why, grid.source(at))));
    if let (Some(rows), Some(first)) = (rows, answers.first()) {
        let columns = answers.iter().fold((first.label.column, first.at.column), |(from, to), one| {
            (from.min(one.label.column), to.max(one.at.column))
        });
        let labels: Vec<&str> = answers.iter().take(MOST_LABELS).map(|one| one.label_source.text.trim()).collect();
        found.tables.push(table(grid, TableKind::BaseData, rows, columns, &labels.join(" | ")));
    }
    found.answers.extend(answers);
}

/// A value outside of all tables has less right than a row of a table: where a row with the fact's name, or a name near it,
/// says something, it is told and not used; where such a row is empty or cannot be read, it is no more than a candidate.
fn subordinate(base: &BaseReader, found: &mut Found) {
    let facts = &base.card().facts;
    let (loose, rows): (Vec<Answer>, Vec<Answer>) = found.answers.drain(..).partition(|one| one.is_loose);
    let has_row = |fact: usize| {
        let is_near = facts.get(fact).is_some_and(|fact| found.near.contains(&fact.id));
        is_near || rows.iter().any(|one| one.fact == fact)
    };
    let mut kept = Vec::new();
    let doubtful: Vec<bool> = loose.iter().map(|one| has_row(one.fact)).collect();
    for (mut one, is_doubtful) in loose.into_iter().zip(doubtful) {
        if rows.iter().any(|row| row.fact == one.fact && row.is_read()) {
            found.aside.answer(base.card(), &one, NotUsed::LikeColumn);
            continue;
        }
        if is_doubtful {
            let words = one.label_source.text.clone();
            one.doubts.narrowed(&words);
        }
        kept.push(one);
    }
    found.answers = rows;
    found.answers.extend(kept);
}

/// Leaves out the base data of sheets that another department filled in, by the name that the sheet itself gives.
fn leave_other_filers(
    vocabulary: &Vocabulary,
    grids: &[Grid],
    card: &Card,
    rules: &Scorecard,
    department: Option<&str>,
    found: &mut Found,
) {
    let Some(department) = department else { return };
    leave_completion(vocabulary, grids, department, found);
    for grid in grids.iter().filter(|grid| !card.parts.iter().any(|part| part.sheet == grid.index)) {
        if !found.answers.iter().any(|answer| answer.sheet == grid.index) {
            continue;
        }
        let Some(filer) = identity(vocabulary, std::iter::once(grid), "").unit else { continue };
        if is_another(vocabulary, &filer.value, department) {
            let (others, own) = std::mem::take(&mut found.answers).into_iter().partition(|one| one.sheet == grid.index);
            found.answers = own;
            let others: Vec<Answer> = others;
            others.iter().for_each(|answer| found.aside.answer(rules, answer, NotUsed::OtherUnit));
            found.left.push((NotOurs::OtherFiler, filer.source));
        }
    }
}

/// Leaves out the completion table of a sheet that another department filled in.
fn leave_completion(vocabulary: &Vocabulary, grids: &[Grid], department: &str, found: &mut Found) {
    let Some(table) = &found.completion else { return };
    let Some(grid) = grids.iter().find(|grid| grid.sheet.name == table.sheet) else { return };
    let filer = identity(vocabulary, std::iter::once(grid), "").unit;
    if let Some(filer) = filer.filter(|filer| is_another(vocabulary, &filer.value, department)) {
        found.completion = None;
        found.left.push((NotOurs::OtherFiler, filer.source));
    }
}

/// Whether a name is another department's. An office of the department, and a longer or shorter form of its name, are not.
fn is_another(vocabulary: &Vocabulary, filer: &str, department: &str) -> bool {
    let (filer, department) = (key(filer), key(department));
    let is_office = filer.ends_with(vocabulary.titles.internal.all());
    let rest = match (filer.strip_prefix(&department), department.strip_prefix(&filer)) {
        (Some(rest), _) | (_, Some(rest)) => Some(rest.to_owned()),
        _ if filer.ends_with(&department) || department.ends_with(&filer) => Some(String::new()),
        _ => None,
    };
    // 文化局图书馆 is a unit below 文化局; 文化局（本级） is the department.
    !is_office && rest.is_none_or(|rest| !rest.is_empty() && vocabulary.titles.endings.ends(&rest))
}

/// The title over a header that says whose figures, or which year's, stand below, when they are not the report's.
fn not_ours_above(grid: &Grid, first: u32, header: &Header, year: Option<i32>) -> Option<(NotOurs, Address)> {
    let by_title = grid.rows_within(first, header.rows.0).iter().rev().find_map(|&row| {
        let is_title_row = grid.cells_of(row).take(TITLE_CELLS + 1).count() <= TITLE_CELLS;
        grid.cells_of(row).find_map(|(at, cell)| match &cell.value {
            Value::Text(text) => not_ours(grid.vocabulary(), text, year)
                .filter(|why| is_title_row || matches!(why, NotOurs::OtherYear | NotOurs::OtherUnit))
                .map(|why| (why, at)),
            _ => None,
        })
    });
    by_title.or_else(|| {
        let at = Address { row: header.rows.0, column: header.columns.0 };
        not_ours_by_sheet(grid.vocabulary(), &grid.sheet.name, year).map(|why| (why, at))
    })
}

/// Keeps the figures of another year or unit out, and remembers to tell it.
fn leave_base(grid: &Grid, base: &BaseReader, header: &Header, end: u32, why: (NotOurs, Address), found: &mut Found) {
    for block in base.blocks(grid, header, end, None) {
        found.take(grid, block.rows, header.all_columns());
        let filled = block.answers.iter().filter(|answer| answer.is_filled());
        filled.for_each(|answer| found.aside.answer(base.card(), answer, why.0.as_not_used()));
        if block.answers.iter().any(Answer::is_filled)
            && !matches!(why, (NotOurs::OtherYear, at) if at.row == header.rows.0)
        {
            found.left.push((why.0, grid.source(why.1)));
        }
    }
}

/// Passes over the rows of a sister form, and remembers to tell it once for each sheet.
fn leave_sister(grid: &Grid, (first, end): (u32, u32), (kind, at): (Sister, Address), found: &mut Found) {
    let last = grid.rows_within(first, end).last().copied().unwrap_or(first);
    found.take(grid, (first, last), (0, u32::MAX));
    let source = grid.source(at);
    if !found.sisters.iter().any(|(known, place)| *known == kind && place.sheet == source.sheet) {
        found.sisters.push((kind, source));
    }
}

fn tell_sisters(sisters: &[(Sister, Source)], notes: &mut Notes) {
    for (kind, source) in sisters {
        notes.add(Code::SisterForm, &format!("sister-{}", kind.as_str()), About::default(), source.clone(), &[]);
    }
}

fn only_sisters(sisters: &[(Sister, Source)]) -> NoSubmission {
    let form = |(kind, source): &(Sister, Source)| {
        let holes: [Hole; 2] = [("sheet", &source.sheet), ("text", &shown(&source.text))];
        Phrase::filled(format!("intake.only-{}", kind.as_str()), &holes)
    };
    NoSubmission::OnlySisters { forms: sisters.iter().map(form).collect() }
}

fn tell_left(left: &[(NotOurs, Source)], notes: &mut Notes) {
    for (why, source) in left {
        let (code, key) = match why {
            NotOurs::OtherYear => (Code::YearMismatch, "table-of-other-year"),
            NotOurs::OtherUnit => (Code::FactUnreadable, "table-of-other-unit"),
            NotOurs::OtherFiler => (Code::FactUnreadable, "table-of-other-filer"),
            NotOurs::OtherPeriod => (Code::FactUnreadable, "table-of-other-period"),
            NotOurs::Draft => (Code::FactUnreadable, "table-of-draft"),
        };
        notes.add(code, key, About::default(), source.clone(), &[]);
    }
}

fn take_completion(
    grid: &Grid,
    header: &Header,
    end: u32,
    corner: Option<MoneyUnit>,
    year: Option<i32>,
    found: &mut Found,
) {
    if let Some(tasks) = completion::tasks(grid, header, end, corner, year) {
        found.take(grid, tasks.span, header.all_columns());
        found.tables.push(table(grid, TableKind::Completion, tasks.span, header.columns, &header.words()));
        found.money_unit |= tasks.has_unit;
        found.flaws.extend(tasks.flaws.iter().map(|(flaw, at)| (*flaw, grid.source(*at))));
        for (label, at, why) in &tasks.left {
            found.aside.cell(label, &grid.source(*at), *why, None);
        }
        found.replaced.extend(tasks.total.iter().flat_map(|total| computed::replaced_amounts(grid, total)));
        let table = found.completion.get_or_insert_with(CompletionTable::default);
        if table.tasks.is_empty() && table.total.is_none() {
            found.used.extend(tasks.used.iter().map(|at| (grid.index, *at)));
            table.sheet = grid.sheet.name.clone();
            (table.tasks, table.total) = (tasks.rows, tasks.total);
        }
    } else if let Some((rows, last)) = completion::kpis(grid, header, end) {
        found.take(grid, (header.rows.0, last), header.all_columns());
        found.tables.push(table(grid, TableKind::Kpi, (header.rows.0, last), header.columns, &header.words()));
        let table = found.completion.get_or_insert_with(CompletionTable::default);
        if table.sheet.is_empty() {
            table.sheet = grid.sheet.name.clone();
        }
        table.kpis.extend(rows);
    }
}

/// A card that goes on in a sheet without a header: the columns of the part before it, when indicators stand in them.
fn continue_without_header(grids: &[Grid], reader: &CardReader, found: &mut Found) {
    for grid in grids {
        let Some(before) = found.parts.iter().rev().find(|part| part.sheet < grid.index) else { continue };
        if found.parts.iter().any(|part| part.sheet == grid.index)
            || found.taken.iter().any(|(sheet, ..)| *sheet == grid.index)
            || !headers(grid).is_empty()
        {
            continue;
        }
        let layout = before.layout.clone();
        // A fact can be called like an indicator: only rows whose points or scores are an indicator's count.
        // And a card that goes on has other indicators than before.
        let known: BTreeSet<usize> =
            found.parts.iter().flat_map(|part| &part.entries).map(|entry| entry.indicator).collect();
        let entries: Vec<usize> = grid.rows().iter().filter_map(|&row| reader.entry_of(grid, &layout, row)).collect();
        if entries.len() >= 2 && !entries.iter().any(|indicator| known.contains(indicator)) {
            let part = reader.continued(grid, &layout, u32::MAX);
            found.parts.push(part);
        }
    }
    found.parts.sort_by_key(|part| (part.sheet, part.rows.0));
}

/// Claims, total, grade and subtotals of the chosen card.
fn read_card(
    grids: &[Grid],
    reader: &CardReader,
    card: &Card,
    grades: &[Grade],
    submission: &mut Submission,
    notes: &mut Notes,
    used: &mut Used,
) {
    let entries: Vec<(&Grid, &Entry)> = card
        .parts
        .iter()
        .filter_map(|part| Some((grids.get(part.sheet)?, part)))
        .flat_map(|(grid, part)| part.entries.iter().map(move |entry| (grid, entry)))
        .collect();
    let rows = RowsOfNames::of(&entries);
    for (grid, entry) in &entries {
        if rows.leave_in_doubt(entry) {
            tell_unknown(grid, entry.name, notes);
            continue;
        }
        if entry.how == How::Near {
            tell_renamed(grid, reader, entry, notes);
        }
        let (mut claim, flaw) = entry.claim(grid, reader.card);
        rows.disown_shared(grid.index, entry, &mut claim);
        if let Some((flaw, source)) = flaw {
            let (code, key) = match flaw {
                Flaw::Uncalculated => (Code::FormulaWithoutValue, "score-uncalculated"),
                Flaw::Unsure => (Code::FactUnreadable, "score-unsure"),
                _ => (Code::ErrorCell, "score-error"),
            };
            let name = shown(&claim.name_written);
            notes.add(code, key, About::indicator(&claim.indicator), source, &[("indicator", &name)]);
        }
        used.extend(entry.score_cells().chain(&entry.points).map(|at| (grid.index, *at)));
        submission.claims.push(claim);
    }
    drop_empty_repetitions(&mut submission.claims);
    let together = rows_of_one(grids, reader, card);
    for own in &together {
        rows_of_one::tell(grids, reader, own, notes);
        submission.claims.push(own.claim.clone());
    }
    let stands_for_one =
        |sheet: usize, at: &Address| together.iter().any(|own| own.sheet == sheet && own.rows.contains(at));
    for (grid, at) in card
        .parts
        .iter()
        .filter_map(|part| Some((grids.get(part.sheet)?, part)))
        .flat_map(|(grid, part)| part.unknown.iter().map(move |at| (grid, *at)))
        .filter(|(grid, at)| !stands_for_one(grid.index, at))
    {
        tell_unknown(grid, at, notes);
    }
    for part in &card.parts {
        let Some(grid) = grids.get(part.sheet) else { continue };
        for at in part.unknown.iter().filter(|at| !stands_for_one(part.sheet, at)) {
            let place = part.layout.score_cell(grid, at.row);
            match number_at(grid, place) {
                Some(value) => submission.unknown_scores.push(Sourced { value, source: grid.source(place) }),
                None => submission.unread_scores |= grid.seen(place.row, place.column).is_some(),
            }
        }
    }
    read_closing(grids, reader, card, grades, submission, notes, used);
}

/// How often the rows of a card name each indicator, and which cells stand for several of them.
#[derive(Default)]
struct RowsOfNames {
    exact: BTreeSet<usize>,
    near: BTreeMap<usize, usize>,
    owners: BTreeMap<(usize, Address), BTreeSet<usize>>,
}

impl RowsOfNames {
    fn of(entries: &[(&Grid, &Entry)]) -> RowsOfNames {
        let mut rows = RowsOfNames::default();
        for (grid, entry) in entries {
            match entry.how {
                How::Exact => drop(rows.exact.insert(entry.indicator)),
                How::Near => *rows.near.entry(entry.indicator).or_default() += 1,
            }
            for at in entry.scores.iter().chain(&entry.points) {
                rows.owners.entry((grid.index, *at)).or_default().insert(entry.indicator);
            }
        }
        rows
    }

    /// A near name counts only where no other row has the name, exactly or nearly.
    fn leave_in_doubt(&self, entry: &Entry) -> bool {
        let others = self.near.get(&entry.indicator).is_some_and(|rows| *rows > 1);
        entry.how == How::Near && (others || self.exact.contains(&entry.indicator))
    }

    /// A score merged over several indicators is one claim for all of them; points merged so are nobody's own.
    fn disown_shared(&self, sheet: usize, entry: &Entry, claim: &mut Claim) {
        let shared = |at: &Address| self.owners.get(&(sheet, *at)).is_some_and(|owners| owners.len() > 1);
        if entry.scores.iter().any(shared) && claim.score != ClaimedScore::Missing {
            claim.score = match claim.score {
                // Of several that differ, none can be shared out.
                score if !claim.rivals.is_empty() => score,
                ClaimedScore::Number(number) if entry.scores.len() == 1 => ClaimedScore::Merged(number),
                _ => ClaimedScore::NotANumber,
            };
        }
        if entry.points.iter().any(shared) {
            claim.points_stated = None;
        }
    }
}

fn tell_unknown(grid: &Grid, at: Address, notes: &mut Notes) {
    let source = grid.source(at);
    let name = shown(&source.text);
    notes.add(Code::IndicatorUnknown, "indicator-unknown", About::default(), source, &[("written", &name)]);
}

fn tell_renamed(grid: &Grid, reader: &CardReader, entry: &Entry, notes: &mut Notes) {
    let Some(indicator) = reader.card.indicators.get(entry.indicator) else { return };
    let source = grid.source(entry.name);
    let written = shown(&source.text);
    notes.add(
        Code::IndicatorRenamed,
        "indicator-renamed",
        About::indicator(&indicator.id),
        source,
        &[("written", &written), ("name", &indicator.name)],
    );
}

/// A row that goes on behind a page break repeats the name and has no score of its own.
fn drop_empty_repetitions(claims: &mut Vec<Claim>) {
    let is_empty = |claim: &Claim| claim.score == ClaimedScore::Missing;
    let mut known: BTreeSet<String> =
        claims.iter().filter(|claim| !is_empty(claim)).map(|claim| claim.indicator.clone()).collect();
    claims.retain(|claim| !is_empty(claim) || known.insert(claim.indicator.clone()));
}

/// Total, grade and subtotals: below the indicators, else stated above the table.
fn read_closing(
    grids: &[Grid],
    reader: &CardReader,
    card: &Card,
    grades: &[Grade],
    submission: &mut Submission,
    notes: &mut Notes,
    used: &mut Used,
) {
    let mut stated: Vec<(&Grid, Closing)> = Vec::new();
    for part in &card.parts {
        let Some(grid) = grids.get(part.sheet) else { continue };
        stated.extend(part.closing.iter().cloned().map(|closing| (grid, closing)));
    }
    let has_total = stated.iter().any(|(_, closing)| matches!(closing, Closing::Total { .. }));
    for part in card.parts.iter().filter(|_| !has_total) {
        let Some(grid) = grids.get(part.sheet) else { continue };
        for &row in grid.rows_within(part.rows.0.saturating_sub(8), part.rows.0) {
            let above = closing_of(grid, &part.layout, row, None, &reader.sections, reader.card);
            stated.extend(above.into_iter().flatten().map(|closing| (grid, closing)));
        }
    }
    for (grid, closing) in &stated {
        if let Closing::Flawed(flaw, at) = closing {
            tell_flaw(*flaw, "total", grid.source(*at), notes);
        }
    }
    settle_totals(&stated, submission, used);
    tell_replaced(&stated, notes);
    let grade = stated
        .iter()
        .rev()
        .find_map(|(grid, closing)| if let Closing::Grade(text, at) = closing { Some((grid, text, at)) } else { None });
    if let Some((grid, text, at)) = grade {
        submission.grade =
            grade_meant(grid.vocabulary(), text, grades).map(|value| Sourced { value, source: grid.source(*at) });
    }
}

/// Totals and grades typed by hand where the form says that they compute themselves; and a total where grade or
/// subtotals beside it are still the form's formulas.
fn tell_replaced(stated: &[(&Grid, Closing)], notes: &mut Notes) {
    let places: Vec<(&Grid, Address, bool)> = stated
        .iter()
        .filter_map(|(grid, closing)| match closing {
            Closing::Total { value: Some((_, at)), .. } => Some((*grid, *at, true)),
            Closing::Grade(_, at) | Closing::Section(_, _, at) | Closing::Flawed(_, at) => Some((*grid, *at, false)),
            Closing::Total { value: None, .. } => None,
        })
        .collect();
    let others_compute = places.iter().any(|(grid, at, _)| computed::is_formula(grid, *at));
    for (grid, at, is_total) in places {
        if computed::is_replaced(grid, at) {
            notes.add(Code::FormulaReplaced, "formula-replaced-marked", About::default(), grid.source(at), &[]);
        } else if others_compute && is_total && !computed::is_formula(grid, at) {
            notes.add(Code::FormulaReplaced, "formula-replaced", About::default(), grid.source(at), &[]);
        }
    }
}

/// The last plain total is the card's, else the last sum; sums before it are those of the sections above them.
fn settle_totals(stated: &[(&Grid, Closing)], submission: &mut Submission, used: &mut Used) {
    let totals = || {
        stated.iter().enumerate().filter_map(|(i, (grid, closing))| {
            if let Closing::Total { value: Some((value, at)), plain, section } = closing {
                Some((i, grid, *value, *at, *plain, section))
            } else {
                None
            }
        })
    };
    let last = totals().rfind(|total| total.4).or_else(|| totals().next_back());
    if let Some((_, grid, value, at, ..)) = last {
        used.insert((grid.index, at));
        submission.total = Some(Sourced { value, source: grid.source(at) });
    }
    let sums: BTreeSet<&str> = stated
        .iter()
        .filter_map(|(_, closing)| match closing {
            Closing::Total { section: Some(section), plain: false, .. } => Some(section.as_str()),
            _ => None,
        })
        .collect();
    let before_the_last = |i: usize| last.is_some_and(|(last, ..)| i < last);
    for (i, (grid, closing)) in stated.iter().enumerate() {
        let subtotal = match closing {
            Closing::Section(id, value, at) => Some((id, *value, *at)),
            Closing::Total { value: Some((value, at)), plain: false, section: Some(id) }
                if before_the_last(i) && sums.len() > 1 =>
            {
                Some((id, *value, *at))
            }
            _ => None,
        };
        if let Some((id, value, at)) = subtotal {
            used.insert((grid.index, at));
            submission.section_totals.push((id.clone(), Sourced { value, source: grid.source(at) }));
        }
    }
}

/// The grade that is meant, as the rulebook names it; else what is written. None: the grades to choose from, unchosen.
fn grade_meant(vocabulary: &Vocabulary, written: &str, grades: &[Grade]) -> Option<String> {
    let names: Vec<&str> = grades.iter().map(|grade| grade.name.as_str()).collect();
    if let Reading::Value(index) = choice(&vocabulary.quantities, Typed::Text(written), &names)
        && let Some(name) = names.get(index)
    {
        return Some((*name).to_owned());
    }
    let word = without_brackets(written);
    let behind = &vocabulary.totals.grade_behind;
    let meant = names.iter().find(|name| {
        let rest = word.strip_prefix(*name).or_else(|| {
            word.strip_prefix(vocabulary.totals.grade_before.all()).and_then(|word| word.strip_prefix(*name))
        });
        rest.is_some_and(|rest| behind.contains(rest))
    });
    match meant {
        Some(name) => Some((*name).to_owned()),
        None if names.iter().all(|name| word.contains(name)) => None,
        None => Some(fold(written).into_owned()),
    }
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
                let stated = is_long.then(|| phrases.quotes(text, &source, year, unit.as_deref())).unwrap_or_default();
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

/// A cell beside the scores that an error or a missing result keeps from being read; others are only words.
fn tell_flaw(flaw: Flaw, what: &str, source: Source, notes: &mut Notes) {
    match flaw {
        Flaw::Uncalculated => {
            notes.add(Code::FormulaWithoutValue, &format!("{what}-uncalculated"), About::default(), source, &[])
        }
        Flaw::Error => notes.add(Code::ErrorCell, &format!("{what}-error"), About::default(), source, &[]),
        Flaw::Unsure => notes.add(Code::FactUnreadable, &format!("{what}-unsure"), About::default(), source, &[]),
        Flaw::Date | Flaw::NotMeasurable | Flaw::Unreadable | Flaw::Unit => {}
    }
}

fn tell_others(grids: &[Grid], others: &[Card], notes: &mut Notes) {
    for card in others {
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

fn table_of(grids: &[Grid], part: &Part) -> Option<TableFound> {
    let grid = grids.get(part.sheet)?;
    Some(table(grid, TableKind::Scorecard, part.rows, part.layout.columns, &part.header))
}

fn area(rows: (u32, u32), columns: (u32, u32)) -> Area {
    Area { first: Address { row: rows.0, column: columns.0 }, last: Address { row: rows.1, column: columns.1 } }
}

fn table(grid: &Grid, kind: TableKind, rows: (u32, u32), columns: (u32, u32), header: &str) -> TableFound {
    let place = area(rows, columns);
    TableFound {
        kind,
        sheet: grid.sheet.name.clone(),
        area: format!("{}:{}", place.first, place.last),
        header: header.to_owned(),
    }
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
