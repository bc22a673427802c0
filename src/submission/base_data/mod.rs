//! The base data: what is asked, what is answered, in which unit, with which evidence.

mod groups;
mod not_ours;
mod second_look;

pub use not_ours::{NotOurs, not_ours};

use std::collections::{BTreeMap, BTreeSet};

use groups::{Group, ValueColumn, groups};
pub use second_look::is_as_low_as_a_mark;
use second_look::{is_only_ticked, may_be_mark, second_look, spoken_against};

use super::answers::Answer;
use super::around::Around;
use super::corner::corner_unit;
use super::doubts;
use super::grid::{Grid, lone_text, raw};
use super::headers::{Header, year_of};
use super::names::{How, Labelled, Names, after_numbering, key};
use super::notes::{About, Notes, shown};
use super::paired::pairs;
use super::plain_words::PlainWords;
use super::reasons::Doubts;
use super::scope::Scope;
use super::units_said::{UnitSaid, is_unit, unit_said};
use super::unused::LeftAside;
use super::values::{Flaw, Read, UnitHint, evidence, fact, in_either_unit};
use super::whose::titles_over;
use super::years::is_row_of_years;
use super::{FactSource, FactValue};
use crate::audit::{Doubt, NotUsed, Origin, Source};
use crate::checks::register::Code;
use crate::phrase::Term;
use crate::quantity::{MoneyUnit, decimals_written, fold};
use crate::rulebook::{Fact, FactKind, Scorecard};
use crate::vocabulary::Vocabulary;
use crate::workbook::{Address, Cell, Digits, Value};
use rust_decimal::Decimal;

/// Two labels measure the same where they share so many characters at their end: 满意度, 回复率.
const SHARED_END: usize = 3;
/// A name of a department has so many characters at least: 少儿馆.
const SHORTEST_NAME: usize = 3;

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

impl Block {
    /// Nothing read yet under a header.
    fn under(header: &Header) -> Block {
        let (rows, columns) = (header.rows, header.columns);
        Block { answers: Vec::new(), rows, columns, header: header.words(), left: Vec::new() }
    }
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

impl Left {
    /// The same in a row that shows how to fill the form in.
    fn into_example(self) -> Left {
        Left { why: NotUsed::Draft, ..self }
    }
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
    /// Its column holds amounts of money, by its heading.
    pub of_amounts: bool,
}

impl Said<'_> {
    /// The unit that its label or a unit cell says, else its column, else the sheet.
    fn hint(&self, vocabulary: &Vocabulary) -> UnitHint {
        let own = row_hint(vocabulary, self.label_text, self.unit);
        UnitHint { money: own.money.or(self.hint.money).or(self.corner), percent: own.percent || self.hint.percent }
    }
}

/// What reading base data needs.
pub struct BaseReader<'a> {
    card: &'a Scorecard,
    names: Names<'a>,
    vocabulary: &'a Vocabulary,
    attested: Vec<bool>,
    year: Option<i32>,
    department: Option<String>,
}

impl<'a> BaseReader<'a> {
    /// A reader of this card's facts. `year` and `department`: the report's, as far as the workbook says it before its tables
    /// are read.
    pub fn new(
        vocabulary: &'a Vocabulary,
        card: &'a Scorecard,
        year: Option<i32>,
        department: Option<&str>,
    ) -> BaseReader<'a> {
        let names =
            Names::new(vocabulary, card.facts.iter().map(|fact| (fact.label.as_str(), fact.aliases.as_slice())));
        let attested = card.facts.iter().map(|fact| is_attested(card, &fact.id)).collect();
        BaseReader { card, names, vocabulary, attested, year, department: department.map(str::to_owned) }
    }

    /// What tells plain words from others in this submission.
    pub fn plain_words(&self) -> PlainWords<'_> {
        let (vocabulary, names, year) = (self.vocabulary, &self.names, self.year);
        PlainWords { vocabulary, names, year, department: self.department.as_deref() }
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
        let mut groups = groups(grid.vocabulary(), header, self.year);
        groups.iter_mut().for_each(|group| group.part(grid, grid.rows_within(header.rows.1 + 1, end)));
        let blocks = groups.iter().map(|group| self.block(grid, header, group, end, corner));
        // A table without a single known label is some other table, whose cells nobody missed.
        let is_known = |left: &Left| self.names.exactly(&left.label).is_some();
        blocks.filter(|block| !block.answers.is_empty() || block.left.iter().any(is_known)).collect()
    }

    fn block(&self, grid: &Grid, header: &Header, group: &Group, end: u32, corner: Option<MoneyUnit>) -> Block {
        let mut block = Block::under(header);
        let Some(label) = group.label else { return block };
        let corner = unit_over(grid.vocabulary(), header, label).or(corner);
        let years = column_of_years(grid.vocabulary(), header);
        // A line within the table that says whose or which year's figures follow: 附：上年同期数据.
        let mut below = Scope::default();
        // A line within the table that names somebody else: （二）少儿馆.
        let mut stranger = self.stranger_of_title(grid, header).or_else(|| self.stranger_of_sheet(grid));
        // A line over rows that says which part they are of: （三）人员情况（计划数）.
        let mut part: Option<String> = None;
        let around = self.plain_words().around(grid, header, end);
        // The label of the row before, where no fact has it.
        let mut not_known: Option<String> = None;
        for &row in grid.rows_within(header.rows.1 + 1, end) {
            if let Some(text) = lone_text(grid, header.columns, row).or_else(|| heads_rows(grid, label, row))
                && self.names.exactly(text).is_none()
            {
                // 附：上年同期数据 holds on over （一）人员, until a line names the report's year.
                let said = Scope::of(grid.vocabulary(), text, self.year).of_title();
                let goes_on = below.off().is_some() && said.off().is_none() && !said.is_of_the_year();
                below = if goes_on { below } else { said };
                stranger = self.stranger_below(text, stranger);
                part = self.is_of_a_part(text).then(|| text.to_owned());
            }
            let above = before_label(grid, group.from, label, row)
                .map(|text| Scope::of(grid.vocabulary(), &text, self.year).of_title());
            let scope = above.map_or(below, |above| below.and(above));
            let year = years.and_then(|columns| year_of(grid.vocabulary(), &key(&text_of(grid, columns, row))));
            let scope = year.map_or(scope, |year| scope.and(Scope::of_year(year, self.year)));
            let place = Place { group, label, corner, scope };
            if before_label(grid, group.from, label, row).is_some_and(|text| self.is_example(&text)) {
                block.left.extend(self.left_of(grid, &place, row, None).into_iter().map(Left::into_example));
                continue;
            }
            let mut answers = self.row(grid, &place, row);
            for words in stranger.iter().chain(&part).chain(&around.all) {
                answers.iter_mut().for_each(|answer| answer.doubts.narrowed(words));
            }
            self.heed_scopes_beside(grid, header, row, &mut answers);
            let unknown = text_of(grid, label, row);
            if let Some(before) = &not_known {
                self.narrow_siblings(answers.iter_mut(), before);
            }
            not_known = (answers.is_empty() && !unknown.is_empty()).then_some(unknown);
            if let Some(unknown) = &not_known {
                self.heed_unknown(&mut block.answers, unknown, added_to_above(grid, label, row));
            }
            let left = self.left_of(grid, &place, row, answers.first());
            // Where a word decides against all of its columns the table is none the less read to its end.
            if !answers.is_empty() || group.values.is_empty() && !left.is_empty() {
                block.rows.1 = row;
            }
            block.left.extend(left);
            block.answers.extend(answers);
        }
        self.heed_notes(&around, &mut block);
        block
    }

    /// Leaves the answers of the row above open of which a row without a fact's name may be a sibling, or to which it adds.
    fn heed_unknown(&self, answers: &mut [Answer], unknown: &str, added: Option<String>) {
        let last = answers.last().map(|answer| answer.label.row);
        let mut above: Vec<&mut Answer> =
            answers.iter_mut().rev().take_while(|answer| Some(answer.label.row) == last).collect();
        self.narrow_siblings(above.iter_mut().map(|answer| &mut **answer), unknown);
        added.into_iter().for_each(|words| above.iter_mut().for_each(|answer| answer.doubts.narrowed(&words)));
    }

    /// Leaves open what a note says to be other figures: the facts that it names, or all of them where it names none.
    fn heed_notes(&self, around: &Around, block: &mut Block) {
        for sentence in &around.notes {
            let names = |answer: &Answer| {
                let label = self.card.facts.get(answer.fact).map_or("", |fact| fact.label.as_str());
                Around::speaks_of(sentence, label) || Around::speaks_of(sentence, &answer.label_source.text)
            };
            let names_some = block.answers.iter().any(&names);
            let meant = block.answers.iter_mut().filter(|answer| !names_some || names(answer));
            meant.for_each(|answer| answer.doubts.spoken_against(sentence));
        }
    }

    /// Leaves open what a column of scope says to be other figures: 2020年1-6月 under 所属期间.
    fn heed_scopes_beside(&self, grid: &Grid, header: &Header, row: u32, answers: &mut [Answer]) {
        let columns = header.headings.iter().filter(|heading| heading.roles.base.is_none());
        for heading in columns {
            let text = text_of(grid, heading.columns, row);
            for answer in answers.iter_mut() {
                let label = self.card.facts.get(answer.fact).map_or("", |fact| fact.label.as_str());
                let name = Scope::of(self.vocabulary, label, self.year);
                if self.plain_words().said_beside(&heading.own, &text, name) {
                    answer.doubts.narrowed(&text);
                }
            }
        }
    }

    /// Leaves the answers open of which a row without a fact's name may be a sibling.
    fn narrow_siblings<'r>(&self, answers: impl Iterator<Item = &'r mut Answer>, beside: &str) {
        let like = answers.filter(|answer| self.is_like_a_part(answer, beside));
        like.for_each(|answer| answer.doubts.narrowed(beside));
    }

    /// Whether what stands before a label calls its row an example: 示例.
    fn is_example(&self, text: &str) -> bool {
        let words = key(text);
        self.vocabulary.titles.examples.contains(words.trim_end_matches(|c: char| c.is_ascii_digit()))
    }

    /// Who else the rows below a line may be of: whom the line names, or a part, until one names the department or the whole.
    fn stranger_below(&self, line: &str, before: Option<String>) -> Option<String> {
        if self.names_own(line) {
            return None;
        }
        let is_part = self.names_part(line) || self.vocabulary.names.others.iter().any(|word| line.contains(word));
        let is_part = is_part.then(|| line.to_owned());
        let names_another = || self.plain_words().names_another(line).then(|| line.to_owned());
        self.plain_words().names_somebody(line).or(is_part).or_else(names_another).or(before)
    }

    /// Whether a line over rows says that they are of a part, or may be: 其中：本级, （三）人员情况（计划数）.
    fn is_of_a_part(&self, line: &str) -> bool {
        let words = self.words_of_line(line);
        let plain = self.plain_words();
        self.vocabulary.totals.part.starts(&words) || plain.of_many(line) || plain.narrowed_in_brackets(line)
    }

    /// The title over a table that names somebody else, or a part in brackets: 东河区图书馆基础数据表, 基础数据表（不含下属单位）.
    fn stranger_of_title(&self, grid: &Grid, header: &Header) -> Option<String> {
        let plain = self.plain_words();
        let is_numbered = |text: &str| after_numbering(self.vocabulary, &fold(text)).is_some();
        let narrows = |text: &&str| {
            let is_title = self.vocabulary.titles.table.within(text);
            let somebody = || is_numbered(text) && plain.names_somebody(text).is_some();
            !text.contains([':', '：']) && ((is_title || is_numbered(text)) && plain.narrowed_by(text) || somebody())
        };
        let titles = titles_over(grid, 0, header.rows.0);
        titles.into_iter().filter(|text| !self.names_own(text)).find(narrows).map(str::to_owned)
    }

    /// Whom a sheet's name names beside the department, or which part of it: 附件2 少儿馆, 机关. An office of the department that
    /// filled the sheet in is neither.
    pub fn stranger_of_sheet(&self, grid: &Grid) -> Option<String> {
        let name = grid.sheet.name.as_str();
        let words = key(name);
        let is_known = self.department.is_some() && !self.names_own(name);
        let is_office = words.ends_with(self.vocabulary.titles.internal.all());
        let is_long = words.chars().count() >= SHORTEST_NAME;
        let is_part = self.names_part(name).then(|| name.to_owned());
        let somebody = self.plain_words().names_somebody(name).filter(|_| is_long && !is_office);
        somebody.or(is_part).filter(|_| is_known)
    }

    /// Whether a line is nothing but the name of a part of the department or of its money: 机关, 事业.
    fn names_part(&self, line: &str) -> bool {
        let (words, scopes) = (self.words_of_line(line), &self.vocabulary.scopes);
        scopes.narrows.contains(&words) || scopes.part.contains(&words) || scopes.offices.contains(&words)
    }

    /// Whether a line names the department, or all of it: 二、本馆.
    pub fn names_own(&self, line: &str) -> bool {
        let (words, scopes) = (self.words_of_line(line), &self.vocabulary.scopes);
        let own = self.department.as_deref().map(key).filter(|own| !own.is_empty());
        let is_its = |own: String| words.contains(&own) || words.chars().nth(1).is_some() && own.ends_with(&words);
        own.is_some_and(is_its) || scopes.own.starts(&words) || scopes.whole.within(&words)
    }

    /// A line as a key, its numbering left out.
    fn words_of_line(&self, line: &str) -> String {
        let folded = fold(line);
        key(after_numbering(self.vocabulary, &folded).unwrap_or(&folded))
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
        if label_at.row != row || is_row_of_years(grid, row) {
            return Vec::new();
        }
        let filled = group.values.iter().any(|column| first_seen(grid, column.columns, row).is_some());
        let remarks = group.remarks.iter().map(|columns| text_of(grid, *columns, row));
        let remark = remarks.filter(|remark| !remark.trim().is_empty()).collect::<Vec<_>>().join("；");
        let named = group.evidence.and_then(|columns| evidence(vocabulary, &text_of(grid, columns, row)));
        let of_column = |column: &ValueColumn, found: &Labelled, text: Option<&str>| {
            if !self.fits_column(group, column, found) {
                return None;
            }
            let stated = column.unit.or(group.unit).map(|columns| text_of(grid, columns, row));
            let said = Said {
                found,
                label: label_at,
                label_text: &written,
                at: first_seen(grid, column.columns, row)
                    .map_or(Address { row, column: column.columns.0 }, |(at, _)| at),
                text,
                unit: stated.as_deref(),
                hint: column.hint,
                corner: place.corner,
                scope: place.scope,
                remark: &remark,
                evidence: named.as_deref(),
                is_loose: false,
                of_amounts: column.of_amounts,
            };
            let answer = self.answer(grid, &said)?;
            Some(Answer { is_part_of_cell: text.is_some(), ..answer })
        };
        let together = group.values.iter().flat_map(|column| {
            let values = text_of(grid, column.columns, row);
            let pairs = pairs(&self.names, &written, &values);
            pairs.iter().filter_map(|(found, value)| of_column(column, found, Some(value))).collect::<Vec<_>>()
        });
        let together: Vec<Answer> = together.collect();
        let found = self.names.label(&written).filter(|found| filled || found.how == How::Exact);
        // A fact may be called 修正…: its own name goes before.
        let is_own = found.as_ref().is_some_and(|found| found.how == How::Exact);
        let corrected = self.corrected(&written).filter(|_| filled && !is_own);
        let mut answers: Vec<Answer> = match corrected.as_ref().or(found.as_ref()).filter(|_| together.is_empty()) {
            Some(found) => group.values.iter().filter_map(|column| of_column(column, found, None)).collect(),
            None => together,
        };
        answers.iter_mut().for_each(|answer| answer.doubts.corrects = corrected.is_some());
        heed_columns_beside(grid, group, row, &mut answers);
        answers
    }

    /// Whether a column can hold a fact beside others of its table: 金额（万元） holds amounts where 个数（个） stands beside it.
    fn fits_column(&self, group: &Group, column: &ValueColumn, found: &Labelled) -> bool {
        let of_money = |column: &ValueColumn| column.hint.money.is_some();
        let has_both = group.values.iter().any(of_money) && !group.values.iter().all(of_money);
        let asked = self.card.facts.get(found.index).map(|fact| &fact.kind);
        match asked {
            Some(FactKind::Money { .. }) => !has_both || of_money(column),
            Some(FactKind::Count { .. } | FactKind::Percent { .. }) => !has_both || !of_money(column),
            _ => true,
        }
    }

    /// Whether a row beside an answer may be its sibling: 企业满意度 beside 群众满意度. Both are rates of the same, and the answer's own label
    /// is not the fact's but another name for it, which may mean a part.
    fn is_like_a_part(&self, answer: &Answer, beside: &str) -> bool {
        let Some(fact) = self.card.facts.get(answer.fact) else { return false };
        let (own, beside) = (key(&answer.label_source.text), key(beside));
        let shared = own.chars().rev().zip(beside.chars().rev()).take_while(|(one, other)| one == other).count();
        let is_rate = matches!(fact.kind, FactKind::Percent { .. });
        is_rate && own != key(&fact.label) && own != beside && shared >= SHARED_END
    }

    /// The fact that a row corrects: 更正：服务对象满意度. Its own name follows the word.
    fn corrected(&self, written: &str) -> Option<Labelled> {
        let folded = fold(written);
        let words = &self.vocabulary.headings.base_corrected;
        let label = after_numbering(self.vocabulary, &folded).unwrap_or(&folded).trim_start_matches(['(', '[', '【']);
        let rest = words.iter().find_map(|word| label.strip_prefix(word))?;
        self.names.label(rest).filter(|found| found.how == How::Exact)
    }

    /// What one cell says of the fact that its label names.
    pub fn answer(&self, grid: &Grid, said: &Said) -> Option<Answer> {
        let vocabulary = grid.vocabulary();
        let asked = self.card.facts.get(said.found.index)?;
        said.evidence.into_iter().for_each(|named| grid.effort().keep(named));
        let attested = self.attested.get(said.found.index).copied().unwrap_or(false);
        let hint = said.hint(vocabulary);
        // A bare figure under 金额（万元） is an amount, and no count.
        let is_count = (said.is_loose || said.of_amounts) && matches!(asked.kind, FactKind::Count { .. });
        let by_column = said.hint.money.filter(|_| is_count).map(|_| UnitSaid::Money);
        let stated = unit_said(vocabulary, said.label_text, said.unit).or(by_column);
        let fits = stated.map(|unit| unit.fits(vocabulary, &asked.kind));
        let part = said.text.map(text_cell);
        let seen = part.as_ref().or_else(|| grid.seen(said.at.row, said.at.column).map(|(_, cell)| cell));
        let mut doubts = Doubts::of(vocabulary, asked, said.found, said.scope, said.remark, self.year);
        let none = seen.and_then(|cell| none_said(vocabulary, &asked.kind, &asked.label, cell));
        let says_nothing_of_it = |cell: &Cell| attested && is_none_without_having(vocabulary, &asked.label, cell);
        if seen.is_some_and(says_nothing_of_it) {
            doubts.why = doubts.why.or(Some(Doubt::NoneWord));
        }
        let read = seen.map_or(Read::Absent, |cell| match fact(vocabulary, cell, &asked.kind, hint, attested) {
            Read::Value(FactValue::Number(_) | FactValue::Either(_), _) | Read::Unitless(_) if fits == Some(false) => {
                Read::Flaw(Flaw::Unit)
            }
            Read::Value(..) if attested && is_double_negation(vocabulary, &asked.label, cell) => {
                Read::Flaw(Flaw::Unreadable)
            }
            Read::Absent | Read::Flaw(Flaw::Unreadable) if none.is_some() => {
                let is_open = none == Some(Nothing::Open);
                doubts.why = doubts.why.or(is_open.then_some(Doubt::NoneWord));
                Read::Value(FactValue::Number(Decimal::ZERO), 0)
            }
            read => second_look(vocabulary, asked, attested, cell, read),
        });
        let against = seen.and_then(|cell| spoken_against(vocabulary, asked, (cell, said.remark), &read, self.year));
        against.into_iter().for_each(|words| doubts.spoken_against(&words));
        let about = Asked { fact: asked, attested, money: hint.money };
        doubt_cell(grid, said, &about, seen, &read, &mut doubts);
        Some(Answer {
            fact: said.found.index,
            how: said.found.how,
            doubts,
            fits_unit: fits == Some(true) || matches!(asked.kind, FactKind::YesNo | FactKind::Choice { .. }),
            sheet: grid.index,
            table: None,
            label: said.label,
            at: said.at,
            is_part_of_cell: false,
            is_whole: said.scope.is_final(),
            remarks: said.found.remarks.iter().cloned().chain([said.remark.to_owned()]).collect(),
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
        tell_comments(grids, self.card, &answers, aside);
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

/// A cell of nothing but this text.
fn text_cell(text: &str) -> Cell {
    Cell { value: Value::Text(text.to_owned()), percent: false, formula: false, digits: Digits::default() }
}

/// What is asked of one cell.
struct Asked<'a> {
    fact: &'a Fact,
    /// The question is asked in the positive.
    attested: bool,
    /// The unit of money that is stated around it.
    money: Option<MoneyUnit>,
}

/// What of the cell and of what stands beside it leaves its value uncertain: another unit in the remark, a mark instead of a rate, a
/// lone tick, a comment.
fn doubt_cell(grid: &Grid, said: &Said, asked: &Asked, seen: Option<&Cell>, read: &Read, doubts: &mut Doubts) {
    let vocabulary = grid.vocabulary();
    // 单位：元 in the remark of a row in 万元: one of the two is wrong, and nothing says which.
    let by_remark = corner_unit(vocabulary, said.remark).filter(|_| matches!(asked.fact.kind, FactKind::Money { .. }));
    if by_remark.is_some_and(|unit| asked.money.is_some_and(|stated| stated != unit)) {
        doubts.spoken_against(said.remark);
    }
    if seen.is_some_and(|cell| may_be_mark(vocabulary, asked.fact, cell, read)) {
        doubts.why = doubts.why.or(Some(Doubt::Mark));
    }
    let is_ticked = |cell: &Cell| is_only_ticked(vocabulary, asked.fact, asked.attested, cell, read);
    if said.text.is_none() && seen.is_some_and(is_ticked) {
        doubts.why = doubts.why.or(Some(Doubt::Tick));
    }
    if let Some(words) = seen.and_then(|cell| words_drawn(vocabulary, cell)) {
        doubts.spoken_against(&words);
    }
    if let Some(comment) = grid.comment(said.at) {
        doubts.commented(comment);
    }
}

/// What the format of a cell shows beside its number and is no unit: 66 shown as 66（预计）.
fn words_drawn(vocabulary: &Vocabulary, cell: &Cell) -> Option<String> {
    let Value::Number(number) = &cell.value else { return None };
    let drawn = cell.digits.drawn.text();
    // 58（人） has its unit in brackets.
    let bare = drawn.trim_matches(['(', ')', '（', '）']);
    let says = bare.chars().any(char::is_alphabetic) && !is_unit(vocabulary, bare);
    (says || cell.digits.words).then(|| format!("{number}{drawn}"))
}

/// Lists the comments on the cells of the answers.
fn tell_comments(grids: &[Grid], card: &Scorecard, answers: &[Answer], aside: &mut LeftAside) {
    for one in answers {
        if let Some(comment) = grids.get(one.sheet).and_then(|grid| grid.comment(one.at)) {
            let nearest = card.facts.get(one.fact).map(|fact| fact.id.as_str());
            aside.comment(&one.label_source.text, &one.source, comment, nearest);
        }
    }
}

/// Whether what the units below say beside 本级 makes the whole another thing: a figure, or another answer. Nothing, and none of
/// it, leave the department's own as the whole.
pub(super) fn adds_to(vocabulary: &Vocabulary, below: &str, own: &str) -> bool {
    let below = below.trim();
    let is_figure = below.chars().any(|c| c.is_ascii_digit());
    let is_nothing =
        || !below.chars().any(|c| c.is_alphanumeric()) || vocabulary.quantities.placeholders.words.contains(below);
    if is_figure {
        below.trim_end_matches('%').parse() != Ok(Decimal::ZERO)
    } else {
        !is_nothing() && below != own.trim()
    }
}

/// What a cell says that says 无 in place of a count.
#[derive(PartialEq, Eq)]
enum Nothing {
    /// There is none of them: 无编外人员.
    Counted,
    /// There may be none of them, or nothing to say: 无.
    Open,
}

/// What 无 in place of a count says.
fn none_said(vocabulary: &Vocabulary, kind: &FactKind, label: &str, cell: &Cell) -> Option<Nothing> {
    let (FactKind::Count { .. }, Value::Text(text)) = (kind, &cell.value) else { return None };
    let words = key(text);
    let what = vocabulary.quantities.placeholders.none.longest_start(&words)?;
    if what.is_empty() {
        return Some(Nothing::Open);
    }
    let is_named = what.chars().nth(1).is_some() && key(label).starts_with(what);
    is_named.then_some(Nothing::Counted)
}

/// 无 beside a statement that says nothing of having or doing: 资金支出规范. Nothing may be meant by it.
fn is_none_without_having(vocabulary: &Vocabulary, label: &str, cell: &Cell) -> bool {
    let answers = &vocabulary.quantities.answers;
    let is_none = matches!(&cell.value, Value::Text(text) if answers.double_negation.contains(text.trim()));
    is_none && !answers.of_having.within(label)
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
    rules.any(|rule| rule.parameters().is_attested_by(id))
}

/// What reading one row of a block needs.
struct Place<'g> {
    group: &'g Group,
    label: (u32, u32),
    corner: Option<MoneyUnit>,
    /// What the lines above and the cells before the label say of whose figures stand here, and of when.
    scope: Scope,
}

/// What columns of corrections, and of the units below, say against the answers of a row.
fn heed_columns_beside(grid: &Grid, group: &Group, row: u32, answers: &mut [Answer]) {
    let corrected = group.corrections.iter().map(|columns| text_of(grid, *columns, row));
    let corrected: Vec<String> = corrected.filter(|text| text.chars().any(char::is_alphanumeric)).collect();
    for answer in answers.iter_mut() {
        let other = corrected.iter().find(|text| text.trim() != answer.source.text.trim());
        other.into_iter().for_each(|text| answer.doubts.spoken_against(text));
    }
    let below: Vec<String> = group.below.iter().map(|columns| text_of(grid, *columns, row)).collect();
    for answer in answers.iter_mut() {
        if below.iter().any(|text| adds_to(grid.vocabulary(), text, &answer.source.text)) {
            answer.doubts.parted();
        }
    }
}

/// The text of a row that holds nothing behind it but a number before it: 33 | （三）2019年人员情况.
fn heads_rows<'w>(grid: &Grid<'w>, label: (u32, u32), row: u32) -> Option<&'w str> {
    let mut cells = grid.cells_of(row).filter(|(at, _)| at.column >= label.0);
    match (cells.next(), cells.next()) {
        (Some((at, Cell { value: Value::Text(text), .. })), None) if at.column <= label.1 => Some(text),
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

/// The unit in the heading over the labels, which holds for all amounts of the table: 项目（万元）.
fn unit_over(vocabulary: &Vocabulary, header: &Header, label: (u32, u32)) -> Option<MoneyUnit> {
    let over = header.headings.iter().find(|heading| heading.columns == label)?;
    hint(vocabulary, &over.pieces.join(" ")).money
}

/// The columns under a heading that says that each row has its year there: 年度.
fn column_of_years(vocabulary: &Vocabulary, header: &Header) -> Option<(u32, u32)> {
    let over = header.headings.iter().find(|heading| vocabulary.years.columns.contains(heading.own.as_str()))?;
    Some(over.columns)
}

fn first_seen<'w>(grid: &Grid<'w>, columns: (u32, u32), row: u32) -> Option<(Address, &'w Cell)> {
    (columns.0..=columns.1).find_map(|column| grid.seen(row, column))
}

fn text_of(grid: &Grid, columns: (u32, u32), row: u32) -> String {
    first_seen(grid, columns, row).map(|(_, cell)| raw(&cell.value)).unwrap_or_default()
}

/// 另：劳务派遣人员: a row that adds to the one above it, whose figure is then not all of it.
fn added_to_above(grid: &Grid, label: (u32, u32), row: u32) -> Option<String> {
    let text = text_of(grid, label, row);
    let words = &grid.vocabulary().names.besides;
    words.starts(fold(&text).trim_start()).then_some(text)
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
