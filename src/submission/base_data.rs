//! The base data: what is asked, what is answered, in which unit, with which evidence.

use std::collections::{BTreeMap, BTreeSet};

use super::answers::Answer;
use super::doubts;
use super::grid::{Grid, raw};
use super::headers::{BaseColumn, Header, Heading, year_of};
use super::names::{How, Labelled, Names};
use super::notes::{About, Notes, shown};
use super::reasons::Doubts;
use super::scope::{Off, Scope, undecided};
use super::units_said::{UnitSaid, unit_said};
use super::unused::{self, LeftAside};
use super::values::{Flaw, Read, UnitHint, evidence, fact, in_either_unit};
use super::years::years_in;
use super::{FactSource, FactValue};
use crate::audit::{NotUsed, Origin, Source};
use crate::checks::register::Code;
use crate::phrase::Term;
use crate::quantity::{MoneyUnit, decimals_written, fold};
use crate::rulebook::{FactKind, Scorecard};
use crate::vocabulary::Vocabulary;
use crate::workbook::{Address, Cell, Digits, Value};
use rust_decimal::Decimal;

/// A base-data table, or one of its column groups.
pub struct Block {
    /// Its rows with a fact's label.
    pub answers: Vec<Answer>,
    /// First and last row, the header included.
    pub rows: (u32, u32),
    /// First and last column.
    pub columns: (u32, u32),
    /// The header's words, for people.
    pub header: String,
    /// Cells of its columns that no fact explains, or of columns that a word decides against.
    pub left: Vec<Left>,
}

/// A cell that was left aside: its label, why, and the fact that it is nearest to.
pub struct Left {
    /// The label as written.
    pub label: String,
    /// The cell.
    pub source: Source,
    /// Why it is not used.
    pub why: NotUsed,
    /// The place in the card of the fact that is nearest.
    pub nearest: Option<usize>,
}

/// Columns of one group.
#[derive(Default)]
struct Group {
    /// Its first column.
    from: u32,
    label: Option<(u32, u32)>,
    values: Vec<ValueColumn>,
    unit: Option<(u32, u32)>,
    evidence: Option<(u32, u32)>,
    remarks: Option<(u32, u32)>,
    /// Columns of values that a word decides against.
    left: Vec<((u32, u32), NotUsed)>,
    number: bool,
}

/// One column of values.
struct ValueColumn {
    columns: (u32, u32),
    hint: UnitHint,
    /// A unit column that is its own: 2019年（数值、单位）| 2020年（数值、单位）.
    unit: Option<(u32, u32)>,
    scope: Scope,
}

/// One cell beside the label that says what it answers.
pub struct Said<'t> {
    /// The fact that the label names.
    pub found: &'t Labelled,
    /// Where the label stands.
    pub label: Address,
    /// The label as written.
    pub label_text: &'t str,
    /// Where the value stands.
    pub at: Address,
    /// The part of the cell's text that is the value; none: all of the cell.
    pub text: Option<&'t str>,
    /// What a unit cell beside it states.
    pub unit: Option<&'t str>,
    /// The unit that its column states.
    pub hint: UnitHint,
    /// The unit that the sheet states above it.
    pub corner: Option<MoneyUnit>,
    /// What the words around the label say of whose figures stand here, and of when.
    pub scope: Scope,
    /// The remark beside it; empty: none.
    pub remark: &'t str,
    /// Evidence named beside it.
    pub evidence: Option<&'t str>,
    /// It stands outside of all tables that have a header.
    pub is_loose: bool,
}

/// What reading base data needs.
pub struct BaseReader<'a> {
    card: &'a Scorecard,
    names: Names<'a>,
    vocabulary: &'a Vocabulary,
    attested: Vec<bool>,
    year: Option<i32>,
}

impl<'a> BaseReader<'a> {
    /// A reader of this card's facts. `year`: the report's, as far as the workbook says it before its tables are read.
    pub fn new(vocabulary: &'a Vocabulary, card: &'a Scorecard, year: Option<i32>) -> BaseReader<'a> {
        let names =
            Names::new(vocabulary, card.facts.iter().map(|fact| (fact.label.as_str(), fact.aliases.as_slice())));
        let attested = card.facts.iter().map(|fact| is_attested(card, &fact.id)).collect();
        BaseReader { card, names, vocabulary, attested, year }
    }

    /// The names of its facts.
    pub fn names(&self) -> &Names<'a> {
        &self.names
    }

    /// The card whose facts are read.
    pub fn card(&self) -> &'a Scorecard {
        self.card
    }

    /// The report's year, as far as it is known.
    pub fn year(&self) -> Option<i32> {
        self.year
    }

    /// The blocks under a header, down to, not including, row `end`. `corner`: the unit that the sheet states above it.
    pub fn blocks(&self, grid: &Grid, header: &Header, end: u32, corner: Option<MoneyUnit>) -> Vec<Block> {
        let groups = groups(grid.vocabulary(), header, self.year);
        let blocks = groups.iter().map(|group| self.block(grid, header, group, end, corner));
        // A table without a single known label is some other table, whose cells nobody missed.
        blocks.filter(|block| !block.answers.is_empty()).collect()
    }

    fn block(&self, grid: &Grid, header: &Header, group: &Group, end: u32, corner: Option<MoneyUnit>) -> Block {
        let mut block = Block {
            answers: Vec::new(),
            rows: header.rows,
            columns: header.columns,
            header: header.words(),
            left: Vec::new(),
        };
        let Some(label) = group.label else { return block };
        // A line within the table that says whose or which year's figures follow: 附：上年同期数据.
        let mut below = Scope::default();
        for &row in grid.rows_within(header.rows.1 + 1, end) {
            if let Some(text) = lone_text(grid, header, row)
                && self.names.exactly(text).is_none()
            {
                // 附：上年同期数据 holds on over （一）人员, until a line names the report's year.
                let said = Scope::of(grid.vocabulary(), text, self.year).of_title();
                let goes_on = below.off().is_some() && said.off().is_none() && !said.is_of_the_year();
                below = if goes_on { below } else { said };
            }
            let above = before_label(grid, group.from, label, row)
                .map(|text| Scope::of(grid.vocabulary(), &text, self.year).of_title());
            let place = Place { group, label, corner, scope: above.map_or(below, |above| below.and(above)) };
            let answers = self.row(grid, &place, row);
            block.left.extend(self.left_of(grid, &place, row, answers.first()));
            if !answers.is_empty() {
                block.rows.1 = row;
                block.answers.extend(answers);
            }
        }
        block
    }

    /// What a row holds that is not used: all its values where no fact has its label, else those of other columns.
    fn left_of(&self, grid: &Grid, place: &Place, row: u32, answer: Option<&Answer>) -> Vec<Left> {
        let Some((label_at, label_cell)) = first_seen(grid, place.label, row).filter(|(at, _)| at.row == row) else {
            return Vec::new();
        };
        let label = raw(&label_cell.value);
        let nearest = answer.map(|answer| answer.fact).or_else(|| self.names.nearest_of_all(&label));
        let unnamed = if nearest.is_some() { NotUsed::NearName } else { NotUsed::UnknownName };
        let own = place.group.values.iter().filter(|_| answer.is_none()).map(|column| (column.columns, unnamed));
        let columns = own.chain(place.group.left.iter().map(|(columns, why)| (*columns, *why)));
        columns
            .filter_map(|(columns, why)| {
                let (at, _) = first_seen(grid, columns, row).filter(|(at, _)| at.row == row && *at != label_at)?;
                Some(Left { label: label.clone(), source: grid.source(at), why, nearest })
            })
            .collect()
    }

    fn row(&self, grid: &Grid, place: &Place, row: u32) -> Vec<Answer> {
        let (group, vocabulary) = (place.group, grid.vocabulary());
        let Some((label_at, label_cell)) = first_seen(grid, place.label, row) else { return Vec::new() };
        let written = raw(&label_cell.value);
        if label_at.row != row {
            return Vec::new();
        }
        let filled = group.values.iter().any(|column| first_seen(grid, column.columns, row).is_some());
        let found = self.names.label(&written).filter(|found| filled || found.how == How::Exact);
        let Some(found) = found else { return Vec::new() };
        let remark = group.remarks.map(|columns| text_of(grid, columns, row)).unwrap_or_default();
        let named = group.evidence.and_then(|columns| evidence(vocabulary, &text_of(grid, columns, row)));
        let of_column = |column: &ValueColumn| {
            let stated = column.unit.or(group.unit).map(|columns| text_of(grid, columns, row));
            let said = Said {
                found: &found,
                label: label_at,
                label_text: &written,
                at: first_seen(grid, column.columns, row)
                    .map_or(Address { row, column: column.columns.0 }, |(at, _)| at),
                text: None,
                unit: stated.as_deref(),
                hint: column.hint,
                corner: place.corner,
                scope: place.scope,
                remark: &remark,
                evidence: named.as_deref(),
                is_loose: false,
            };
            self.answer(grid, &said)
        };
        group.values.iter().filter_map(of_column).collect()
    }

    /// What one cell says of the fact that its label names.
    pub fn answer(&self, grid: &Grid, said: &Said) -> Option<Answer> {
        let vocabulary = grid.vocabulary();
        let asked = self.card.facts.get(said.found.index)?;
        said.evidence.into_iter().for_each(|named| grid.effort().keep(named));
        let attested = self.attested.get(said.found.index).copied().unwrap_or(false);
        let row_hint = row_hint(vocabulary, said.label_text, said.unit);
        let hint = UnitHint {
            money: row_hint.money.or(said.hint.money).or(said.corner),
            percent: row_hint.percent || said.hint.percent,
        };
        // Outside of tables a bare figure under 金额（万元） is an amount, and no count.
        let is_count = said.is_loose && matches!(asked.kind, FactKind::Count { .. });
        let by_column = said.hint.money.filter(|_| is_count).map(|_| UnitSaid::Money);
        let stated = unit_said(vocabulary, said.label_text, said.unit).or(by_column);
        let fits = stated.map(|unit| unit.fits(vocabulary, &asked.kind));
        let part = said.text.map(|text| Cell {
            value: Value::Text(text.to_owned()),
            percent: false,
            formula: false,
            digits: Digits::default(),
        });
        let seen = part.as_ref().or_else(|| grid.seen(said.at.row, said.at.column).map(|(_, cell)| cell));
        let read = seen.map_or(Read::Absent, |cell| match fact(vocabulary, cell, &asked.kind, hint, attested) {
            Read::Value(FactValue::Number(_) | FactValue::Either(_), _) | Read::Unitless(_) if fits == Some(false) => {
                Read::Flaw(Flaw::Unit)
            }
            Read::Value(..) if attested && is_double_negation(vocabulary, &asked.label, cell) => {
                Read::Flaw(Flaw::Unreadable)
            }
            read => read,
        });
        Some(Answer {
            fact: said.found.index,
            how: said.found.how,
            doubts: Doubts::of(vocabulary, asked, said.found, said.scope, said.remark, self.year),
            fits_unit: fits == Some(true) || matches!(asked.kind, FactKind::YesNo | FactKind::Choice { .. }),
            sheet: grid.index,
            label: said.label,
            at: said.at,
            is_part_of_cell: false,
            is_loose: said.is_loose,
            shown: seen.and_then(|cell| shown_figure(vocabulary, cell, &read, &asked.kind, hint)),
            read,
            evidence: said.evidence.map(str::to_owned),
            source: grid.source(said.at),
            label_source: grid.source(said.label),
        })
    }

    /// Settles what the rows of all tables say: near names, parts, units, flaws. Gives the sources with where they were read.
    pub fn settle(
        &self,
        grids: &[Grid],
        mut answers: Vec<Answer>,
        money_elsewhere: bool,
        notes: &mut Notes,
        aside: &mut LeftAside,
    ) -> Vec<(usize, Address, FactSource)> {
        let exact: BTreeSet<usize> = answers.iter().filter(|one| one.how == How::Exact).map(|one| one.fact).collect();
        let mut near: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        for one in answers.iter().filter(|one| one.how == How::Near) {
            near.entry(one.fact).or_default().insert(one.label_source.text.clone());
        }
        doubts::settle(grids, self.card, &mut answers, aside);
        answers.retain(|one| {
            let rivals = near.get(&one.fact).is_some_and(|labels| labels.len() > 1);
            one.how == How::Exact || (!exact.contains(&one.fact) && !rivals)
        });
        disown_shared(&mut answers);
        let any_unit = money_elsewhere || answers.iter().any(|one| self.is_money_with_unit(one));
        let mut told: BTreeSet<(usize, Address)> = BTreeSet::new();
        let mut sources = Vec::new();
        for answer in answers {
            let is_certain = answer.doubts.why.is_none();
            if answer.how == How::Near && is_certain && told.insert((answer.sheet, answer.label)) {
                self.tell_renamed(&answer, notes);
            }
            sources.extend(self.source(answer, any_unit, notes));
        }
        sources
    }

    fn is_money_with_unit(&self, answer: &Answer) -> bool {
        let money = matches!(self.card.facts.get(answer.fact).map(|fact| &fact.kind), Some(FactKind::Money { .. }));
        money && matches!(&answer.read, Read::Value(FactValue::Number(value), _) if !value.is_zero())
    }

    fn tell_renamed(&self, answer: &Answer, notes: &mut Notes) {
        if let Some(fact) = self.card.facts.get(answer.fact) {
            let written = shown(&answer.label_source.text);
            notes.add(
                Code::IndicatorRenamed,
                "fact-renamed",
                About::fact(&fact.id),
                answer.label_source.clone(),
                &[("written", &written), ("name", &fact.label)],
            );
        }
    }

    fn source(&self, answer: Answer, any_unit: bool, notes: &mut Notes) -> Option<(usize, Address, FactSource)> {
        let asked = self.card.facts.get(answer.fact)?;
        let about = About::fact(&asked.id);
        let (value, decimals) = match answer.read {
            Read::Absent => return None,
            Read::Value(value, decimals) => {
                tell_unsure(&value, asked.label.as_str(), about, &answer.source, notes);
                (value, decimals)
            }
            Read::Unitless(value) if any_unit => {
                let either = in_either_unit(self.vocabulary, value, &asked.kind);
                notes.add(
                    Code::UnitAmbiguous,
                    "money-unit-ambiguous",
                    about,
                    answer.source.clone(),
                    &[("fact", &asked.label)],
                );
                (either, 0)
            }
            Read::Unitless(value) => {
                let unit = asked.kind.unit().unwrap_or_default();
                notes.add(
                    Code::UnitAssumed,
                    "unit-assumed",
                    about,
                    answer.source.clone(),
                    &[("fact", &asked.label), ("unit", &unit)],
                );
                (FactValue::Number(value), decimals_written(value))
            }
            Read::Flaw(flaw) => {
                tell_flaw(flaw, &asked.label, &asked.kind, about, &answer.source, notes);
                (FactValue::Unreadable, 0)
            }
        };
        let source = FactSource {
            fact: asked.id.clone(),
            value,
            origin: Origin::BaseData,
            evidence: answer.evidence,
            decimals,
            shown: answer.shown,
            doubt: answer.doubts.why,
            written: answer.doubts.written.unwrap_or(answer.label_source.text),
            source: answer.source,
        };
        Some((answer.sheet, answer.at, source))
    }
}

/// The figure as the cell shows it, where it is another than the one read from what the cell stores.
fn shown_figure(vocabulary: &Vocabulary, cell: &Cell, read: &Read, kind: &FactKind, hint: UnitHint) -> Option<Decimal> {
    let Read::Value(FactValue::Number(stored), _) = read else { return None };
    let as_shown = Cell { value: Value::Number(cell.as_shown()?), digits: Digits::default(), ..cell.clone() };
    match fact(vocabulary, &as_shown, kind, hint, false) {
        Read::Value(FactValue::Number(shown), _) => Some(shown).filter(|shown| shown != stored),
        _ => None,
    }
}

/// Why the figures of a table are not the department's of the report's year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotOurs {
    /// Its title names another year.
    OtherYear,
    /// Its title names the units below the department.
    OtherUnit,
    /// The sheet says that another department filled it in.
    OtherFiler,
    /// Its title, or the sheet's name, names a time within the year.
    OtherPeriod,
    /// Its title, or the sheet's name, says that it is a draft, or no longer holds.
    Draft,
}

impl NotOurs {
    /// The same as a reason why a cell is not used.
    pub fn as_not_used(self) -> NotUsed {
        match self {
            NotOurs::OtherYear => NotUsed::OtherYear,
            NotOurs::OtherPeriod => NotUsed::OtherPeriod,
            NotOurs::Draft => NotUsed::Draft,
            NotOurs::OtherUnit | NotOurs::OtherFiler => NotUsed::OtherUnit,
        }
    }

    /// What a scope that is off says of the figures below it.
    pub fn of(off: Off) -> NotOurs {
        match off {
            Off::Year => NotOurs::OtherYear,
            Off::Period => NotOurs::OtherPeriod,
            Off::Version => NotOurs::Draft,
            Off::Below | Off::Part => NotOurs::OtherUnit,
        }
    }
}

/// What a sheet's name says against its figures.
pub fn not_ours_by_sheet(vocabulary: &Vocabulary, name: &str, year: Option<i32>) -> Option<NotOurs> {
    Scope::of(vocabulary, name, year).of_title().off().map(NotOurs::of)
}

/// What a table's title says against its figures.
pub fn not_ours(vocabulary: &Vocabulary, title: &str, year: Option<i32>) -> Option<NotOurs> {
    let plain: String = fold(title).split_whitespace().collect();
    let is_title = plain.chars().count() <= 40
        && vocabulary.titles.table.iter().any(|word| plain.contains(word))
        && !vocabulary.titles.not_of_table.iter().any(|word| plain.contains(word));
    if !is_title {
        return None;
    }
    let years: Vec<i32> =
        years_in(vocabulary, &plain).into_iter().filter(|(.., named)| *named).map(|(_, year, _)| year).collect();
    let by_word = vocabulary.titles.other_year.iter().any(|word| plain.starts_with(word));
    if by_word || year.is_some_and(|year| !years.is_empty() && !years.contains(&year)) {
        return Some(NotOurs::OtherYear);
    }
    let name = plain.trim_start_matches(|c: char| c.is_ascii_digit() || vocabulary.titles.before_name.contains(c));
    let below = &vocabulary.titles.other_unit;
    if below.iter().any(|word| name.starts_with(word)) {
        return Some(NotOurs::OtherUnit);
    }
    let scope = Scope::of(vocabulary, &plain, None).of_title();
    scope.off().filter(|off| matches!(off, Off::Period | Off::Version)).map(NotOurs::of)
}

/// One figure merged over the rows of several facts is nobody's own; an answer can be meant for all of them.
fn disown_shared(answers: &mut [Answer]) {
    let mut owners: BTreeMap<(usize, Address), BTreeSet<usize>> = BTreeMap::new();
    for one in answers.iter().filter(|one| !one.is_part_of_cell) {
        owners.entry((one.sheet, one.at)).or_default().insert(one.fact);
    }
    for one in answers.iter_mut() {
        let shared = !one.is_part_of_cell && owners.get(&(one.sheet, one.at)).is_some_and(|facts| facts.len() > 1);
        let is_figure =
            matches!(one.read, Read::Unitless(_) | Read::Value(FactValue::Number(_) | FactValue::Either(_), _));
        if shared && is_figure {
            one.read = Read::Flaw(Flaw::Unreadable);
        }
    }
}

fn tell_unsure(value: &FactValue, label: &str, about: About, source: &Source, notes: &mut Notes) {
    match value {
        FactValue::Either(values) => {
            let meant: Vec<String> =
                values.iter().map(|value| format!("{}%", crate::quantity::shortest(*value))).collect();
            let values = Term::joined(meant, "working.or");
            notes.add(
                Code::UnitAmbiguous,
                "percent-ambiguous",
                about,
                source.clone(),
                &[("fact", &label), ("values", &values)],
            );
        }
        FactValue::Unreadable => {
            notes.add(Code::UnitAmbiguous, "unit-undecided", about, source.clone(), &[("fact", &label)])
        }
        _ => {}
    }
}

fn tell_flaw(flaw: Flaw, label: &str, kind: &FactKind, about: About, source: &Source, notes: &mut Notes) {
    let expected = Term::word(match kind {
        FactKind::YesNo => "intake.expected-answer",
        FactKind::Choice { .. } => "intake.expected-choice",
        FactKind::Money { .. } | FactKind::Declared { .. } => "intake.expected-money",
        FactKind::Count { .. } => "intake.expected-count",
        FactKind::Percent { .. } => "intake.expected-percent",
    });
    let (code, key) = match flaw {
        Flaw::Uncalculated => (Code::FormulaWithoutValue, "fact-uncalculated"),
        Flaw::Error => (Code::ErrorCell, "fact-error"),
        Flaw::NotMeasurable => (Code::NotMeasurable, "fact-not-measurable"),
        Flaw::Date => (Code::FactUnreadable, "fact-date"),
        Flaw::Unreadable => (Code::FactUnreadable, "fact-unreadable"),
        Flaw::Unsure => (Code::FactUnreadable, "fact-unsure"),
        Flaw::Unit => (Code::FactUnreadable, "fact-unit"),
    };
    notes.add(code, key, about, source.clone(), &[("fact", &label), ("expected", &expected)]);
}

/// 无 beside 且无频繁调剂 can be the best answer or the worst.
fn is_double_negation(vocabulary: &Vocabulary, label: &str, cell: &Cell) -> bool {
    let Value::Text(text) = &cell.value else { return false };
    label.contains(vocabulary.quantities.answers.negative_label.all())
        && vocabulary.quantities.answers.double_negation.contains(text.trim().trim_end_matches(['。', '.']))
}

/// Whether a yes/no fact is a criterion's own question, asked in the positive.
pub(super) fn is_attested(card: &Scorecard, id: &str) -> bool {
    let readings = card.indicators.iter().flat_map(|indicator| &indicator.readings);
    let mut rules = readings.flat_map(|reading| &reading.criteria).map(|criterion| &criterion.rule);
    rules.any(|rule| rule.is_attested_by(id))
}

/// What reading one row of a block needs.
struct Place<'g> {
    group: &'g Group,
    label: (u32, u32),
    corner: Option<MoneyUnit>,
    /// What the lines above and the cells before the label say of whose figures stand here, and of when.
    scope: Scope,
}

/// The only text of a row within a table's columns, its number aside.
fn lone_text<'w>(grid: &Grid<'w>, header: &Header, row: u32) -> Option<&'w str> {
    let mut cells = grid.cells_of(row).filter(|(at, _)| (header.columns.0..=header.columns.1).contains(&at.column));
    match (cells.next(), cells.next()) {
        (Some((_, Cell { value: Value::Text(text), .. })), None) => Some(text),
        _ => None,
    }
}

/// What stands before the label in its row, merged from above too: the rows that it belongs to.
fn before_label(grid: &Grid, from: u32, label: (u32, u32), row: u32) -> Option<String> {
    let columns = from..label.0;
    let texts = columns.filter_map(|column| match grid.seen(row, column) {
        Some((_, Cell { value: Value::Text(text), .. })) => Some(text.as_str()),
        _ => None,
    });
    let text = texts.collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// The column groups of a header, each with a label and the columns of values that no word decides against: figures of
/// another year than the report's, of half a year, of the units below are nobody's.
fn groups(vocabulary: &Vocabulary, header: &Header, year: Option<i32>) -> Vec<Group> {
    let mut groups: Vec<Group> = vec![Group { from: header.columns.0, ..Group::default() }];
    let role_of = |heading: &Heading| {
        let year_only = year_of(vocabulary, &heading.own).is_some();
        heading.roles.base.filter(|role| {
            *role != BaseColumn::Value || !year_only || { year_of(vocabulary, &heading.own) == year || year.is_none() }
        })
    };
    let has_value = header.headings.iter().any(|heading| heading.roles.base == Some(BaseColumn::Value));
    for (place, heading) in header.headings.iter().enumerate() {
        if vocabulary.headings.remarks.contains(heading.own.as_str())
            && let Some(group) = groups.last_mut()
        {
            group.remarks.get_or_insert(heading.columns);
        }
        let Some(role) = role_of(heading) else {
            if heading.roles.base == Some(BaseColumn::Value)
                && let Some(group) = groups.last_mut()
            {
                group.left.push((heading.columns, NotUsed::OtherYear));
            }
            continue;
        };
        // 项目 | 内容: where no heading says value, the second label is the answer.
        let answers =
            !has_value && role == BaseColumn::Label && groups.last().is_some_and(|group| group.label.is_some());
        let role = if answers { BaseColumn::Value } else { role };
        let label_follows = || {
            let mut later = header.headings.iter().skip(place + 1).filter_map(&role_of);
            later.find(|role| !matches!(role, BaseColumn::Unit | BaseColumn::Evidence)) == Some(BaseColumn::Label)
        };
        let starts_anew = groups.last().is_some_and(|group| match role {
            BaseColumn::Number => group.number || group.label.is_some(),
            BaseColumn::Label => group.label.is_some(),
            BaseColumn::Unit => group.unit.is_some() && label_follows(),
            BaseColumn::Evidence => group.evidence.is_some() && label_follows(),
            BaseColumn::Value => false,
        });
        if starts_anew {
            groups.push(Group { from: heading.columns.0, ..Group::default() });
        }
        let Some(group) = groups.last_mut() else { continue };
        match role {
            BaseColumn::Number => group.number = true,
            BaseColumn::Label => group.label = Some(heading.columns),
            BaseColumn::Value => group.values.push(ValueColumn {
                columns: heading.columns,
                hint: hint(vocabulary, &heading.pieces.join(" ")),
                unit: None,
                scope: Scope::of(vocabulary, &heading.pieces.join(" "), year),
            }),
            BaseColumn::Unit => group.take_unit(heading.columns),
            BaseColumn::Evidence => group.evidence = group.evidence.or(Some(heading.columns)),
        }
    }
    groups.iter_mut().for_each(Group::decide);
    groups.retain(|group| group.label.is_some() && !group.values.is_empty());
    groups
}

impl Group {
    /// A unit column is that of the value before it where each value has one, else that of all.
    fn take_unit(&mut self, columns: (u32, u32)) {
        if self.unit.is_none() {
            self.unit = Some(columns);
        } else if let Some(last) = self.values.last_mut() {
            last.unit = Some(columns);
        }
    }

    /// Keeps the columns of values that no word decides against.
    fn decide(&mut self) {
        let kept: Vec<(u32, u32)> =
            undecided(&self.values, |column| column.scope).into_iter().map(|column| column.columns).collect();
        let left = self.values.iter().filter(|column| !kept.contains(&column.columns));
        self.left
            .extend(left.map(|column| (column.columns, column.scope.off().map_or(NotUsed::LikeColumn, unused::why))));
        self.values.retain(|column| kept.contains(&column.columns));
    }
}

fn first_seen<'w>(grid: &Grid<'w>, columns: (u32, u32), row: u32) -> Option<(Address, &'w Cell)> {
    (columns.0..=columns.1).find_map(|column| grid.seen(row, column))
}

fn text_of(grid: &Grid, columns: (u32, u32), row: u32) -> String {
    first_seen(grid, columns, row).map(|(_, cell)| raw(&cell.value)).unwrap_or_default()
}

/// The unit that a label and a unit cell state; the label's own comes first.
fn row_hint(vocabulary: &Vocabulary, label: &str, unit: Option<&str>) -> UnitHint {
    let (own, beside) = (hint(vocabulary, label), unit.map(|unit| hint(vocabulary, unit)).unwrap_or_default());
    UnitHint { money: own.money.or(beside.money), percent: own.percent || beside.percent }
}

pub(super) fn hint(vocabulary: &Vocabulary, text: &str) -> UnitHint {
    let folded = fold(text);
    UnitHint {
        money: MoneyUnit::parse(&vocabulary.quantities, text),
        percent: folded.contains('%') || vocabulary.quantities.units.percent_words.within(&folded),
    }
}
