//! Values that no header explains: a label and its value side by side, a label above its value, both in one cell, and the
//! crossing of two labels that name a fact together (“三公”经费 beside 决算数). Only names that are a fact's without doubt count
//! here; where the place says so little, a near name is never believed. Source: certainty.md, “Not too shy either”.

mod naming;
mod strangers;
mod taken;
mod titled;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use foldhash::fast::RandomState;
use naming::{Tick, lead};
use rust_decimal::Decimal;
use taken::Taken;
use titled::About;

use super::answers::Answer;
use super::base_data::{BaseReader, Left, NotOurs, Said, adds_to, not_ours};
use super::corner::corner_unit;
use super::grid::{Grid, raw};
use super::headers::{BaseColumn, CardColumn, bare, card_column, without_brackets, year_of};
use super::names::{Labelled, Names, key};
use super::paired::{names_several, pairs};
use super::plain_words::{PlainWords, guides, names_filer, pairs_in, states_unit};
use super::scope::{Off, Scope, undecided};
use super::sheet_name::not_ours_by_sheet;
use super::units_said::is_unit;
use super::unused;
use super::values::{Read, UnitHint, evidence};
use super::years::is_row_of_years;
use crate::audit::{Doubt, NotUsed};
use crate::quantity::{MoneyUnit, fold};
use crate::vocabulary::remembered::remembered;
use crate::vocabulary::{Quantities, Vocabulary};
use crate::workbook::{Address, Area, Cell, Value};

/// What stands outside of all tables that have a header.
#[derive(Default)]
pub struct Unheaded {
    /// Values that a label of a fact explains.
    pub answers: Vec<Answer>,
    /// Figures beside near names, and values of another year or part.
    pub left: Vec<Left>,
    /// A title says that the figures below it are not the department's of the report's year; the first that does.
    pub not_ours: Option<(NotOurs, Address)>,
    /// The rows in which answers stand, as first and last.
    pub rows: Option<(u32, u32)>,
}

/// Below its labels a table turned on its side has so many rows at most: 单位, 数值, 佐证材料, 备注.
const MOST_TURNED: u32 = 4;

/// Longer texts name nothing, in characters.
const LONGEST_LABEL: usize = 40;
/// A sheet of more cells is a list, and no form that somebody filled in by hand.
const MOST_CELLS: usize = 20_000;
/// The name of a paper has so many characters at least: 审批单 may be anything, 采购审批单 is one.
const SHORTEST_PAPER: usize = 4;
/// Texts merged from above are looked for in so many columns.
const WIDEST: u32 = 64;
/// Reads what stands outside of `taken`, the areas of tables that have a header.
///
/// `indicators`: the names of the card's own rows; what has the name of an indicator may be its score.
pub fn unheaded(grid: &Grid, base: &BaseReader, indicators: &Names, taken: &[Area]) -> Unheaded {
    let is_list = grid.sheet.cells.len() > MOST_CELLS;
    if is_list || guides(grid.vocabulary(), &grid.sheet.name) {
        return Unheaded::default();
    }
    let by_sheet = not_ours_by_sheet(grid, base.year()).map(|why| (why, Address { row: 0, column: 0 }));
    let mut reader = Reader {
        grid,
        base,
        indicators,
        taken: Taken::of(taken),
        plain: base.plain_words(),
        names_facts: true,
        guides: false,
        over: None,
        about: About::default(),
        strangers: Vec::new(),
        after_blank: true,
        by_sheet,
        heads: HashMap::default(),
        turned: None,
        ticked: HashMap::default(),
        values: BTreeSet::new(),
        known: HashMap::default(),
        corner: None,
        not_ours: by_sheet,
        last_row: None,
        met: Vec::new(),
        near: Vec::new(),
    };
    reader.over = reader.plain.names_somebody(&grid.sheet.name).or_else(|| base.stranger_of_sheet(grid));
    reader.names_facts = reader.names_any_fact();
    reader.about = reader.about(Address { row: 0, column: 0 }, &grid.sheet.name);
    for &row in grid.rows() {
        reader.row(row);
    }
    reader.settled()
}

/// A text that names something, with the place it stands in.
#[derive(Clone)]
struct Piece {
    at: Address,
    text: Rc<str>,
}

/// What the rulebook makes of a text.
#[derive(Clone, Default)]
struct Meaning {
    /// The fact that it names without doubt.
    fact: Option<Labelled>,
}

/// A value whose label names a fact.
struct Met {
    answer: Answer,
    /// Its label's place.
    label: Address,
    /// What the words around the label say of whose figure it is, and of when.
    around: Scope,
    /// What the title over it says against it.
    not_ours: Option<NotOurs>,
}

/// The fact that the labels around a value name.
struct Name {
    found: Labelled,
    label: Piece,
    /// Words around the label that are no part of its name.
    around: Vec<Rc<str>>,
    /// The cells whose texts make the name.
    used: Vec<Address>,
    /// Two labels name it together, and one of them is a time within the year: a quarter's column can hold that quarter's
    /// own figures or the cumulated ones, and no single cell says which.
    of_a_period: bool,
}

/// What stands beside a value.
#[derive(Default)]
struct Beside<'t> {
    /// The part of the cell that is the value; none: all of it.
    text: Option<&'t str>,
    unit: Option<String>,
    evidence: Option<String>,
}

/// The texts over one column, the lowest last, and the row that it stands in.
struct Heads {
    pieces: Vec<Piece>,
    last: u32,
}

struct Reader<'g, 'w, 'b, 'a> {
    grid: &'g Grid<'w>,
    base: &'b BaseReader<'a>,
    indicators: &'b Names<'a>,
    taken: Taken,
    plain: PlainWords<'b>,
    /// Some text names a fact or a part of one; where none does, no value can be found, only figures beside near names.
    names_facts: bool,
    /// The last line of its own says that a guide, examples or the clauses follow.
    guides: bool,
    /// The first line over the tables of the sheet, or its name, that is not plain.
    over: Option<String>,
    /// What the title over the present table, or the sheet's name, says that it is about.
    about: About,
    /// Texts of the present row that may narrow its values.
    strangers: Vec<Piece>,
    /// The present row stands behind an empty one.
    after_blank: bool,
    /// What the sheet's name says against its figures.
    by_sheet: Option<(NotOurs, Address)>,
    heads: HashMap<u32, Heads, RandomState>,
    /// The row of labels of a table turned on its side, whose values, units and evidence stand below.
    turned: Option<u32>,
    /// Columns under 是 and 否, in which a mark says which it is; true: 是.
    ticked: HashMap<u32, bool, RandomState>,
    /// Columns in which values stood beside their labels; no text in them names anything.
    values: BTreeSet<u32>,
    known: HashMap<String, Meaning, RandomState>,
    corner: Option<MoneyUnit>,
    not_ours: Option<(NotOurs, Address)>,
    last_row: Option<u32>,
    met: Vec<Met>,
    near: Vec<Left>,
}

impl<'g, 'w, 'b, 'a> Reader<'g, 'w, 'b, 'a> {
    fn vocabulary(&self) -> &'w Vocabulary {
        self.grid.vocabulary()
    }

    fn is_taken(&self, at: Address) -> bool {
        self.taken.contains(at)
    }

    /// Whether any text outside of the tables names a fact, or may do so with another.
    fn names_any_fact(&mut self) -> bool {
        let grid = self.grid;
        grid.sheet.cells.iter().any(|(at, cell)| match &cell.value {
            Value::Text(text) if !self.is_taken(*at) => self.may_name_a_fact(text),
            // A year by itself names nothing.
            _ => false,
        })
    }

    fn may_name_a_fact(&mut self, text: &str) -> bool {
        let is_label = self.known(text).fact.is_some() || self.base.names().is_piece(&self.plain.of_the_year(text));
        let has_pairs = text.contains([':', '：']);
        let is_label = is_label || names_several(self.base.names(), text);
        is_label || has_pairs && pairs_in(text).into_iter().flatten().any(|(label, _)| self.known(label).fact.is_some())
    }

    fn row(&mut self, row: u32) {
        let cells: Vec<(Address, &Cell)> = self.grid.cells_of(row).filter(|(at, _)| !self.is_taken(*at)).collect();
        self.after_blank = self.last_row.is_none_or(|last| last + 1 < row);
        if self.after_blank || cells.is_empty() {
            self.heads.clear();
            self.ticked.clear();
            self.values.clear();
            self.turned = None;
            self.guides = false;
        }
        // 数据项 | 核定编制数 | 年末在编人数 again: other labels over other values.
        if self.heads_labels(&cells) {
            // What stands above the values before heads nothing here; 2019年 between them and these labels does.
            let before = self.met.iter().map(|met| met.answer.at.row).max();
            self.heads.values_mut().for_each(|heads| heads.pieces.retain(|piece| Some(piece.at.row) > before));
            self.turned = Some(row);
        }
        // 单位 | 人 | 人 and 佐证材料 | 人员名册 | 人员名册 are no values, and head none.
        let is_beside_values = self.turned.is_some_and(|from| (from + 1..=from + MOST_TURNED).contains(&row));
        if is_beside_values && matches!(self.begins_with(row), Some(BaseColumn::Unit | BaseColumn::Evidence)) {
            self.last_row = Some(row);
            return;
        }
        self.last_row = Some(row);
        let met = self.met.len();
        if self.names_facts {
            self.words_of(row, &cells);
        } else if let Some((_, text)) = self.title_of(&cells) {
            let is_filers =
                text.split_once([':', '：']).is_some_and(|(label, _)| names_filer(self.vocabulary(), label));
            self.guides |= !is_filers && guides(self.vocabulary(), &text);
        }
        let heads_years = is_row_of_years(self.grid, row);
        let is_passed = self.guides || heads_years || self.heads_ticks(&cells);
        for (place, (at, cell)) in cells.iter().enumerate().filter(|_| !is_passed) {
            let behind = cells.get(place + 1..).unwrap_or_default();
            self.value(*at, cell, lead(&cells, place), behind);
        }
        // What stands in a row of labels with their values heads nothing below.
        let beside: Vec<u32> = self.met[met..]
            .iter()
            .filter(|met| met.label.row == row && met.answer.at.row == row)
            .map(|met| met.answer.at.column)
            .collect();
        if beside.is_empty() {
            let numbers = || cells.iter().filter(|(_, cell)| matches!(cell.value, Value::Number(_)));
            let vocabulary = self.vocabulary();
            let is_year = |cell: &Cell| year_of(vocabulary, &raw(&cell.value)).is_some();
            let are_years = heads_years || numbers().all(|(_, cell)| is_year(cell));
            for (at, cell) in &cells {
                match &cell.value {
                    Value::Text(text) => self.take_heading(*at, text),
                    // 2019 | 2020 over two columns.
                    Value::Number(_) if are_years && is_year(cell) => self.take_heading(*at, &raw(&cell.value)),
                    _ => {}
                }
            }
        }
    }

    /// What the texts of a row say of the figures in it and below.
    fn words_of(&mut self, row: u32, cells: &[(Address, &Cell)]) {
        self.strangers = self.strangers_of(cells);
        let merged = self.strangers_from_above(row, cells);
        self.strangers.extend(merged);
        let met = self.met.len();
        for (at, cell) in cells {
            if let Value::Text(text) = &cell.value {
                self.corner = corner_unit(self.vocabulary(), text).or(self.corner);
                self.in_one_cell(*at, text);
            }
        }
        if self.met.len() == met
            && let Some((at, text)) = self.title_of(cells)
        {
            self.title(at, &text);
        }
    }

    /// The only text of a row, units beside it left out; none where a figure stands in the row.
    fn title_of(&self, cells: &[(Address, &Cell)]) -> Option<(Address, String)> {
        let vocabulary = self.vocabulary();
        let is_beside = |cell: &Cell| matches!(&cell.value, Value::Text(text) if states_unit(vocabulary, text));
        let mut rest = cells.iter().filter(|(_, cell)| !is_beside(cell));
        match (rest.next(), rest.next()) {
            (Some((at, Cell { value: Value::Text(text), .. })), None) => Some((*at, text.clone())),
            // 2019 alone over a list.
            (Some((at, cell)), None) => year_of(vocabulary, &raw(&cell.value)).map(|_| (*at, raw(&cell.value))),
            _ => None,
        }
    }

    /// A line over figures, beside which at most a unit stands: whose, or which year's, they are. What such a line says holds
    /// for all that follows in the sheet; only a line that names the report's year ends what another year's line said.
    fn title(&mut self, at: Address, text: &str) {
        let (vocabulary, year) = (self.vocabulary(), self.base.year());
        if self.known(text).fact.is_some() {
            return;
        }
        if let Some((label, name)) = text.split_once([':', '：'])
            && names_filer(vocabulary, label)
        {
            if self.plain.is_another(label, name) {
                self.over.get_or_insert_with(|| text.to_owned());
            }
            return;
        }
        if self.after_blank && corner_unit(vocabulary, text).is_none() {
            self.corner = None;
        }
        self.guides |= guides(vocabulary, text);
        self.takes_title(at, text);
        let scope = Scope::of(vocabulary, text, year).of_title();
        let by_title = not_ours(vocabulary, text, year).or_else(|| scope.off().map(NotOurs::of));
        match by_title {
            Some(why) => self.not_ours = Some((why, at)),
            None if scope.is_of_the_year() => self.not_ours = self.by_sheet,
            None => {}
        }
        if by_title.is_none() && !self.plain.is_plain(text) {
            self.over.get_or_insert_with(|| text.to_owned());
        }
    }

    /// 编制数：143人; several of them in one cell stand apart by semicolons or lines.
    fn in_one_cell(&mut self, at: Address, text: &str) {
        if !text.contains([':', '：']) || self.guides {
            return;
        }
        let pairs = pairs_in(text);
        let is_whole = self.plain.holds_pairs(text);
        for (label, value) in pairs.into_iter().flatten() {
            if let Some(found) = self.known(label).fact {
                let piece = Piece { at, text: label.into() };
                // What else the cell says may narrow it: 下设少儿馆，编制数：12人.
                let around = if is_whole { Vec::new() } else { vec![text.into()] };
                let name = Name { found, label: piece, around, used: vec![at], of_a_period: false };
                let beside = Beside { text: Some(value), ..Beside::default() };
                self.meet(name, at, &beside);
            }
        }
    }

    /// Keeps a value whose label names a fact, where it is one of the fact's kind; whether it is.
    fn meet(&mut self, name: Name, at: Address, beside: &Beside) -> bool {
        let (vocabulary, year) = (self.vocabulary(), self.base.year());
        let words = name.around.join(" ");
        // 项目（万元） over the labels of a two-way table.
        let over_labels = self.heads.get(&name.label.at.column).into_iter().flat_map(|heads| &heads.pieces);
        let unit = over_labels.rev().find_map(|piece| unit_in_brackets(&vocabulary.quantities, &piece.text));
        let around = Scope::of(vocabulary, &words, year);
        let said = Said {
            found: &name.found,
            label: name.label.at,
            label_text: &name.label.text,
            at,
            text: beside.text,
            unit: beside.unit.as_deref(),
            hint: UnitHint {
                money: MoneyUnit::parse(&vocabulary.quantities, &words).or(unit),
                percent: fold(&words).contains('%'),
            },
            corner: self.corner,
            scope: around,
            remark: "",
            evidence: beside.evidence.as_deref(),
            is_loose: true,
            of_amounts: false,
        };
        let Some(mut answer) = self.base.answer(self.grid, &said) else { return false };
        answer.is_part_of_cell = beside.text.is_some();
        // What is no value of the fact's kind is some other table's; beside an indicator's name a bare figure is its score.
        let may_be_score = self.indicators.surely(&name.label.text).is_some() && !answer.says_unit(self.grid);
        if !matches!(answer.read, Read::Value(..) | Read::Unitless(_)) || may_be_score {
            return false;
        }
        let sheet = self.grid.sheet;
        let is_hidden = sheet.hidden || sheet.is_row_hidden(at.row) || sheet.is_column_hidden(at.column);
        let hidden = is_hidden.then(|| name.label.text.to_string());
        if answer.doubts.off.is_none()
            && let Some(words) = self.stranger(&name).or(hidden)
        {
            answer.doubts.narrowed(&words);
        }
        if around.is_own_alone() && self.is_added_to(at, &answer.source.text) {
            answer.doubts.parted();
        }
        if name.of_a_period {
            answer.doubts.why = answer.doubts.why.or(Some(Doubt::Period));
        }
        self.met.push(Met { answer, label: name.label.at, around, not_ours: self.not_ours.map(|(why, _)| why) });
        true
    }

    /// Whether a cell of the row under 下属, or a figure under the name of anybody else (少儿馆), makes the whole another thing
    /// than what stands under 本级, and none gives the whole.
    fn is_added_to(&self, at: Address, own: &str) -> bool {
        let (vocabulary, year) = (self.vocabulary(), self.base.year());
        let is_beside = |other: Address, cell: &Cell| {
            let words: Vec<Rc<str>> = self.above(other).into_iter().map(|piece| piece.text).collect();
            let said = Scope::of(vocabulary, &words.join(" "), year);
            let is_somebody = || {
                let is_figure = matches!(cell.value, Value::Number(_)) && other.column > at.column;
                is_figure && said.is_open() && words.iter().any(|text| self.names_other(text))
            };
            said.off() == Some(Off::Below) || is_somebody()
        };
        let others = self.grid.cells_of(at.row).filter(|(other, _)| other.column != at.column);
        others.into_iter().any(|(other, cell)| is_beside(other, cell) && adds_to(vocabulary, &raw(&cell.value), own))
    }

    /// A heading that is neither plain nor of rates, scores or comparisons: it may name another part of the department.
    fn names_other(&self, text: &str) -> bool {
        let is_amount = !self.vocabulary().headings.no_amount.within(text);
        is_amount && !self.plain.is_plain(text) && !self.is_of_scores(text)
    }

    /// Takes a cell for a value where the labels around it name a fact.
    fn value(&mut self, at: Address, cell: &Cell, lead: Option<Piece>, behind: &[(Address, &Cell)]) {
        let is_figure = match &cell.value {
            Value::Number(_) | Value::Bool(_) => true,
            Value::Text(text) => {
                let is_long = text.chars().nth(LONGEST_LABEL).is_some();
                if !self.names_facts || is_long || is_unit(self.vocabulary(), text) || self.known(text).fact.is_some() {
                    return;
                }
                false
            }
            _ => return,
        };
        let (mut left, mut unit) = self.left_of(at);
        if left.len() == 1 {
            left.extend(lead);
        }
        let above = self.above(at);
        let Some(name) = self.named(&left, &above) else {
            if let (Value::Text(text), Some(label)) = (&cell.value, left.first()) {
                self.paired(at, text, label, behind);
            }
            if is_figure {
                self.remember_near(at, &left, &above);
            }
            return;
        };
        let is_beside = name.label.at.row == at.row;
        if name.around.iter().any(|text| self.is_of_scores(text)) {
            // Whatever it is, it is a value, and no label of what stands behind it.
            self.values.extend(is_beside.then_some(at.column));
            return;
        }
        let (stated, evidence) = self.behind(behind);
        let evidence = if is_beside { evidence } else { self.evidence_below(at).or(evidence) };
        unit = unit.or(stated).or_else(|| self.unit_above(at).filter(|_| !is_beside));
        let text = match self.ticked(at, cell) {
            Some(Tick::Nothing) => return,
            Some(Tick::Says(answer)) => Some(answer),
            None => None,
        };
        if self.meet(name, at, &Beside { unit, evidence, text }) && is_beside {
            self.values.insert(at.column);
        }
    }

    /// Takes the parts of a text for values where as many labels beside it name a fact each: 48/46.
    fn paired(&mut self, at: Address, text: &str, label: &Piece, behind: &[(Address, &Cell)]) {
        for (found, value) in pairs(self.base.names(), &label.text, text) {
            let (unit, evidence) = self.behind(behind);
            let name =
                Name { found, label: label.clone(), around: Vec::new(), used: vec![label.at], of_a_period: false };
            if self.meet(name, at, &Beside { text: Some(value), unit, evidence }) {
                self.values.insert(at.column);
            }
        }
    }

    /// Words that say of the figures beside them that they are scores, a guide's, or another figure altogether: 全市平均.
    fn is_of_scores(&self, text: &str) -> bool {
        let vocabulary = self.vocabulary();
        remembered!(vocabulary, text, bool, {
            let column = card_column(vocabulary, &without_brackets(text), &key(text));
            matches!(column, Some(CardColumn::Score(_) | CardColumn::Points))
                || guides(vocabulary, text)
                || vocabulary.headings.base_not_filed.within(text)
                || vocabulary.names.others.within(text)
        })
    }

    /// The unit and the evidence that stand behind a value in its row, up to the next label.
    fn behind(&mut self, cells: &[(Address, &Cell)]) -> (Option<String>, Option<String>) {
        let (mut unit, mut evidence) = (None, None);
        for (at, cell) in cells {
            let Value::Text(text) = &cell.value else { continue };
            if self.known(text).fact.is_some() {
                break;
            }
            if is_unit(self.vocabulary(), text) {
                unit = unit.or_else(|| Some(text.clone()));
            } else if self.is_under(*at, BaseColumn::Evidence) {
                let named = text.as_str();
                evidence = evidence.or_else(|| self::evidence(self.vocabulary(), named));
            } else {
                evidence = evidence.or_else(|| self.evidence(text));
            }
        }
        (unit, evidence)
    }

    /// A text behind the value that names a paper: 附件1, 2020年度部门决算报表. What says another part or time may narrow the value.
    fn evidence(&self, text: &str) -> Option<String> {
        let vocabulary = self.vocabulary();
        let words = &vocabulary.evidence;
        let is_a_paper = remembered!(vocabulary, text, bool, {
            let name = bare(vocabulary, text);
            let is_named =
                name.chars().count() >= SHORTEST_PAPER && vocabulary.quantities.comparisons.papers.ends(&name);
            words.matter.within(text) || is_named
        });
        let is_off = || Scope::of(vocabulary, &bare(vocabulary, text), self.base.year()).off().is_some();
        let is_paper = words.matter.within(text) || is_a_paper && !is_off();
        is_paper.then(|| evidence(vocabulary, text)).flatten()
    }

    /// What was met, each value with what its place says for or against it.
    fn settled(self) -> Unheaded {
        let mut out = Unheaded { left: self.near, ..Unheaded::default() };
        let mut of_label: BTreeMap<(usize, Address), Vec<(Answer, Scope)>> = BTreeMap::new();
        for Met { answer, label, around, not_ours } in self.met {
            if let Some(why) = not_ours {
                out.not_ours = out.not_ours.or(self.not_ours.filter(|(own, _)| *own == why));
                out.left.push(left_of(&answer, why.as_not_used()));
            } else {
                of_label.entry((answer.fact, label)).or_default().push((answer, around));
            }
        }
        for (_, answers) in of_label {
            let kept: BTreeSet<Address> =
                undecided(&answers, |(_, scope)| *scope).into_iter().map(|(answer, _)| answer.at).collect();
            // 服务 50 beside 货物 200: what is left of parts that a word puts aside is no whole where it is less than they are.
            let aside = answers.iter().filter(|(_, scope)| matches!(scope.off(), Some(Off::Part | Off::Below)));
            let sum: Option<Decimal> =
                aside.filter_map(|(answer, _)| answer.amount()).try_fold(Decimal::ZERO, Decimal::checked_add);
            let parted = rows_of_parts(&answers, &kept);
            for (mut answer, scope) in answers {
                if kept.contains(&answer.at) {
                    let is_less = sum.zip(answer.amount()).is_some_and(|(sum, own)| own < sum);
                    if (is_less || parted.contains(&answer.at)) && !scope.is_final() {
                        answer.doubts.parted();
                    }
                    out.rows = Some(out.rows.map_or((answer.at.row, answer.at.row), |(first, last)| {
                        (first.min(answer.at.row), last.max(answer.at.row))
                    }));
                    out.answers.push(answer);
                } else {
                    out.left.push(left_of(&answer, scope.off().map_or(NotUsed::LikeColumn, unused::why)));
                }
            }
        }
        out
    }
}

/// Figures below one heading in several rows, none of which is the whole: 货物, 工程 and 服务 without 合计, 本级 beside 乡镇. They are parts.
fn rows_of_parts(answers: &[(Answer, Scope)], kept: &BTreeSet<Address>) -> BTreeSet<Address> {
    let stands_below =
        |one: &Answer| one.label.row < one.at.row && one.amount().is_some_and(|amount| !amount.is_zero());
    let others = |own: &Answer| {
        let is_beside = |(other, scope): &&(Answer, Scope)| {
            scope.off().is_none()
                && stands_below(other)
                && other.at.row != own.at.row
                && other.at.column == own.at.column
        };
        answers.iter().filter(is_beside).collect::<Vec<_>>()
    };
    let is_part = |(own, scope): &&(Answer, Scope)| {
        let others = others(own);
        let is_decided = || !scope.is_own_alone() && !others.iter().any(|(other, _)| kept.contains(&other.at));
        kept.contains(&own.at) && stands_below(own) && !others.is_empty() && !is_decided()
    };
    answers.iter().filter(is_part).map(|(own, _)| own.at).collect()
}

fn left_of(answer: &Answer, why: NotUsed) -> Left {
    Left { label: answer.label_source.text.clone(), source: answer.source.clone(), why, nearest: Some(answer.fact) }
}

/// The unit of money that a heading says in brackets: 项目（万元）.
fn unit_in_brackets(vocabulary: &Quantities, heading: &str) -> Option<MoneyUnit> {
    let folded = fold(heading);
    let inside = folded.split_once('(')?.1.split(')').next()?;
    MoneyUnit::parse(vocabulary, inside)
}
