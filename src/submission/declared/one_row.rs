//! One row of 绩效指标: its name, target, actual, weight and claim.

use rust_decimal::Decimal;

use super::DeclaredRow;
use super::above::Above;
use super::beside::{beside, target_beside};
use super::cells::Reader;
use super::columns::Columns;
use super::headings::{RowColumn, weight_in_label};
use super::like::choose;
use super::said_beside::{Measured, speaks_against};
use super::total::is_sum;
use crate::audit::Source;
use crate::line_ids::line_id;
use crate::quantity::{Actual, Quantity, Target, fold};
use crate::submission::commented;
use crate::submission::grid::{Grid, raw};
use crate::submission::layout::shown_score;
use crate::submission::names::key;
use crate::submission::scope::Scope;
use crate::submission::{Claim, ClaimedScore, Sourced};
use crate::vocabulary::Vocabulary;
use crate::workbook::{Address, Area};

/// A row with its columns, and what stands in their place where there is none.
struct Row<'c> {
    columns: &'c Columns,
    row: u32,
    id: String,
    name_at: Address,
}

/// A row, and the area that its score shares with other rows.
pub struct Read {
    /// The row.
    pub row: DeclaredRow,
    /// Where its one score stands for several rows.
    pub joint: Option<Area>,
}

/// The row, if it names a 三级指标 of its own, or goes on with the one above.
pub fn read(reader: &mut Reader, columns: &Columns, row: u32, above: &Above, number: usize) -> Option<Read> {
    let (name_at, written) = name(reader, columns, row, above)?;
    let (name, labelled) = weight_in_label(reader.grid.vocabulary(), &written);
    let row = Row { columns, row, id: line_id(number), name_at };
    let shared = row.joint_score(reader.grid);
    let weight = row.weight(reader, shared).or_else(|| {
        let source = reader.grid.source(name_at);
        labelled.map(|value| Sourced { value, source })
    });
    // Weights of their own let one score be compared with the sum of what the rows are due.
    let joint = shared.filter(|_| weight.is_none() || row.shares_weight(reader.grid));
    let (target, target_in_doubt) = row.target(reader);
    let target = match columns.like(RowColumn::Target).is_empty() {
        true => target,
        false => {
            let value = target_beside(reader.grid.vocabulary(), &name, target.value, &target.source.text);
            Sourced { value, ..target }
        }
    };
    let (actual, actual_in_doubt) = row.actual(reader);
    // What nobody can tell apart is words for somebody to judge.
    let (target, actual) = if columns.is_measured { (target, actual) } else { row.in_words(reader) };
    let actual = match columns.like(RowColumn::Actual).is_empty() {
        true => actual,
        false => beside(reader.grid.vocabulary(), &name, &target.value, actual),
    };
    let (target_commented, actual_commented) = row.commented(reader, &name, &target, &actual);
    let target = if target_commented || are_days(&target, &actual) { in_words(target) } else { target };
    let shown = shown(reader, &actual);
    let claim = row.claim(reader, &name, weight.as_ref(), joint);
    let claim = if shared.is_some() && joint.is_none() { as_merged(claim) } else { claim };
    let reason = row.reason(reader);
    let measured = Measured {
        id: &row.id,
        name: &name,
        name_at: &reader.grid.source(name_at),
        target: &target.value,
        actual: &actual,
        claimed: claim.score,
        points: weight.as_ref().map(|weight| weight.value),
    };
    let actual_in_doubt = actual_in_doubt || actual_commented || speaks_against(reader, &measured, reason.as_ref());
    let row = DeclaredRow {
        id: row.id.clone(),
        name,
        above: above.labels(),
        weight,
        target,
        actual,
        shown,
        claim,
        target_in_doubt,
        actual_in_doubt,
        reason: reason.map(|reason| reason.value),
        below: None,
    };
    Some(Read { row, joint })
}

/// What the actual's cell shows, where that is not what it stores.
fn shown(reader: &Reader, actual: &Sourced<Actual>) -> Option<Quantity> {
    match (&actual.value, actual.source.cell.parse()) {
        (Actual::Number(stored), Ok(at)) => reader.shown(at, stored),
        _ => None,
    }
}

/// Done by a day (202012 beside 202006): later is not more, and who is on time nobody can say here.
fn are_days(target: &Sourced<Target>, actual: &Sourced<Actual>) -> bool {
    matches!((&target.value, &actual.value), (Target::Number(_, target), Actual::Number(actual))
        if target.may_be_day_in_digits() && actual.may_be_day_in_digits())
}

/// The name with its cell. A row without one goes on with the name above it where it has a target or an actual, and a
/// weight or a score, of its own.
fn name(reader: &Reader, columns: &Columns, row: u32, above: &Above) -> Option<(Address, String)> {
    let column = columns.find(RowColumn::Name)?;
    let own = |column: u32| reader.grid.seen(row, column).is_some_and(|(at, _)| at == Address { row, column });
    let any = |kinds: &[RowColumn]| kinds.iter().flat_map(|kind| columns.like(*kind)).any(|(place, _)| own(place));
    let (measured, scored) = (any(&[RowColumn::Target, RowColumn::Actual]), columns.scores().into_iter().any(own));
    let Some((at, cell)) = reader.grid.seen(row, column) else {
        let weighed = scored || columns.weight().is_some_and(own);
        return above.name_of(row).filter(|_| measured && weighed);
    };
    let written = raw(&cell.value);
    let name = weight_in_label(reader.grid.vocabulary(), &written).0;
    let has_values = measured || scored;
    // A title of the next page is merged over all columns; a line of the template has nothing but its number.
    let unnamed = (is_numbered_blank(reader.grid.vocabulary(), &name) || at.column < column) && !has_values;
    let is_label = at.column < column && columns.has(at.column);
    let is_none = unnamed || is_label || is_sum(reader.grid.vocabulary(), &name) || key(&name).is_empty();
    ((at.row == row || has_values) && !is_none).then_some((at, written))
}

impl Row<'_> {
    fn at(&self, column: u32) -> Address {
        Address { row: self.row, column }
    }

    /// The target; true: several columns say different ones, and no word decides.
    fn target(&self, reader: &mut Reader) -> (Sourced<Target>, bool) {
        let like = self.columns.like(RowColumn::Target);
        let read: Vec<_> = like
            .into_iter()
            .map(|(column, scope)| {
                let nature = self.columns.beside(column, RowColumn::Nature).and_then(|at| reader.text(self.at(at)));
                let unit = self.unit(reader, column);
                (column, (reader.target(self.at(column), nature.as_deref(), &unit, &self.id), scope))
            })
            .collect();
        let is_figure = |target: &Sourced<Target>| matches!(target.value, Target::Number(..) | Target::Span(..));
        let read = self.without_idle_guesses(read, is_figure);
        let is_filled = |target: &Sourced<Target>| target.value != Target::Absent && !says_unchanged(reader, target);
        let is_of_others = self.columns.are_of_others(RowColumn::Target);
        let may_add = |target: &Target| matches!(target, Target::Number(_, target) if is_addend(target));
        let are_parts = self.columns.are_parts(RowColumn::Target);
        let chosen = choose(&read, is_filled, |target| are_parts && may_add(target));
        let in_doubt = self.dispute(reader, &chosen.as_ref().map(|chosen| chosen.disputed()).unwrap_or_default());
        let chosen = chosen.map_or_else(|| self.nowhere(reader, Target::Absent), |chosen| chosen.value);
        let in_doubt = in_doubt || is_of_others && self.tell_scope(reader, &chosen.source);
        (chosen, in_doubt)
    }

    /// The actual; true: several columns say different ones, and no word decides.
    fn actual(&self, reader: &mut Reader) -> (Sourced<Actual>, bool) {
        let like = self.columns.like(RowColumn::Actual);
        let read: Vec<_> = like
            .into_iter()
            .map(|(column, scope)| {
                let unit = self.unit(reader, column);
                let unit = (unit.as_str(), self.leaves_bare(reader, column, &unit));
                (column, (reader.actual(self.at(column), unit, &self.id), scope))
            })
            .collect();
        let read = self.without_idle_guesses(read, |actual| matches!(actual.value, Actual::Number(_)));
        let is_of_others = self.columns.are_of_others(RowColumn::Actual);
        let may_add = |actual: &Actual| matches!(actual, Actual::Number(actual) if is_addend(actual));
        let are_parts = self.columns.are_parts(RowColumn::Actual);
        let chosen = choose(&read, |actual| actual.value != Actual::Absent, |actual| are_parts && may_add(actual));
        let in_doubt = self.dispute(reader, &chosen.as_ref().map(|chosen| chosen.disputed()).unwrap_or_default());
        let chosen = chosen.map_or_else(|| self.nowhere(reader, Actual::Absent), |chosen| chosen.value);
        let in_doubt = in_doubt || is_of_others && self.tell_scope(reader, &chosen.source);
        (chosen, in_doubt)
    }

    /// What the columns say, but for words of one that is only guessed to be of the kind: beside others only its figures may be meant.
    fn without_idle_guesses<T>(
        &self,
        read: Vec<(u32, (Sourced<T>, Scope))>,
        is_figure: impl Fn(&Sourced<T>) -> bool,
    ) -> Vec<(Sourced<T>, Scope)> {
        let kept = read.into_iter().enumerate().filter(|(place, (column, (value, _)))| {
            *place == 0 || !self.columns.is_guessed(*column) || is_figure(value)
        });
        kept.map(|(_, (_, read))| read).collect()
    }

    /// What stands between the name and the score, where nobody can say what is the target and what was reached.
    fn in_words(&self, reader: &Reader) -> (Sourced<Target>, Sourced<Actual>) {
        let grid = reader.grid;
        let cells =
            grid.cells_of(self.row).filter(|(at, _)| at.column > self.name_at.column && !self.columns.has(at.column));
        let texts: Vec<String> = cells.map(|(_, cell)| raw(&cell.value)).collect();
        let text = texts.join("；");
        let source = Source { text: text.clone(), ..grid.source(self.name_at) };
        let target = Sourced { value: Target::Qualitative(text.clone()), source: source.clone() };
        (target, Sourced { value: Actual::Text(text), source })
    }

    /// Whether a comment (含上年结转, 待核实) stands on the target, and on the actual.
    fn commented(
        &self,
        reader: &mut Reader,
        name: &str,
        target: &Sourced<Target>,
        actual: &Sourced<Actual>,
    ) -> (bool, bool) {
        let is_target = target.value != Target::Absent && reader.is_commented(&target.source, name, Some(&self.id));
        let is_actual = actual.value != Actual::Absent && reader.is_commented(&actual.source, name, Some(&self.id));
        (is_target, is_actual)
    }

    fn dispute(&self, reader: &mut Reader, cells: &[&Source]) -> bool {
        reader.tell_conflict(cells, &self.id);
        !cells.is_empty()
    }

    /// Tells that a figure is one of a part, or of others, by its column's heading; nothing where no cell is filled.
    fn tell_scope(&self, reader: &mut Reader, source: &Source) -> bool {
        let is_filled = !source.text.trim().is_empty();
        if is_filled {
            reader.tell_scope(source, &self.id);
        }
        is_filled
    }

    /// The remark of the row: 偏差原因, 备注.
    fn reason(&self, reader: &Reader) -> Option<Sourced<String>> {
        let at = self.at(self.columns.find(RowColumn::Reason)?);
        Some(Sourced { value: reader.text(at)?, source: reader.grid.source(at) })
    }

    fn nowhere<T>(&self, reader: &Reader, value: T) -> Sourced<T> {
        Sourced { value, source: reader.grid.source(self.name_at) }
    }

    fn unit(&self, reader: &Reader, column: u32) -> String {
        let place = self.columns.unit_beside(column);
        place.map(|place| unit_at(reader, self.at(place))).unwrap_or_default()
    }

    /// Whether a bare actual beside a column of units stays bare, and is compared as any other beside such a target: where the unit is
    /// the target's, and one that people leave out or take for another of its kind (元 for 万元, 米 for 公里).
    fn leaves_bare(&self, reader: &Reader, column: u32, unit: &str) -> bool {
        let place = self.columns.unit_beside(column);
        let is_shared =
            self.columns.like(RowColumn::Target).iter().any(|(target, _)| self.columns.unit_beside(*target) == place);
        let sense = Quantity::new(&reader.grid.vocabulary().quantities, Decimal::ONE, unit).sense;
        is_shared && (sense.money.is_some() || (sense.size.is_some() && !sense.is_time))
    }

    /// The area of a score that stands for several names.
    fn joint_score(&self, grid: &Grid) -> Option<Area> {
        let column = self.columns.scores().first().copied()?;
        joint(grid, self.columns.find(RowColumn::Name)?, self.at(column))
    }

    /// The weight of one row; one merged over several is nobody's, and never shared out, unless their score is one, too.
    fn weight(&self, reader: &mut Reader, score: Option<Area>) -> Option<Sourced<Decimal>> {
        let at = self.at(self.columns.weight()?);
        let rows = |area: Area| (area.first.row, area.last.row);
        let shared = joint(reader.grid, self.columns.find(RowColumn::Name)?, at);
        if shared.map(rows) == score.map(rows) || shared.is_none() { reader.weight(at, &self.id) } else { None }
    }

    fn shares_weight(&self, grid: &Grid) -> bool {
        let columns = self.columns.find(RowColumn::Name).zip(self.columns.weight());
        columns.is_some_and(|(name, weight)| joint(grid, name, self.at(weight)).is_some())
    }

    /// What is claimed, with its rivals where several columns claim different scores and no word decides.
    fn claim(&self, reader: &mut Reader, name: &str, weight: Option<&Sourced<Decimal>>, joint: Option<Area>) -> Claim {
        let mut found: Vec<(Sourced<ClaimedScore>, Option<Decimal>)> = Vec::new();
        let points = weight.map(|weight| weight.value);
        for column in self.columns.scores() {
            let at = self.at(column);
            let goes_on = joint.is_some_and(|area| area.first.row != self.row);
            let (value, out_of) =
                if goes_on { (ClaimedScore::Missing, None) } else { reader.score(at, Some(&self.id), points) };
            // A score out of other points than the row's is none.
            let is_other = out_of.is_some() && out_of != weight.map(|weight| weight.value) && !found.is_empty();
            let value = if is_other { ClaimedScore::NotANumber } else { value };
            if found.iter().all(|(known, _)| known.value != value) {
                found.push((Sourced { value, source: reader.grid.source(at) }, out_of));
            }
        }
        let filled = found.iter().filter(|(score, _)| score.value != ClaimedScore::Missing).count();
        found.retain(|(score, _)| filled == 0 || score.value != ClaimedScore::Missing);
        let mut found = found.into_iter();
        let nothing = || (Sourced { value: ClaimedScore::Missing, source: reader.grid.source(self.name_at) }, None);
        let (first, out_of) = found.next().unwrap_or_else(nothing);
        let rivals: Vec<Sourced<ClaimedScore>> = found.map(|(rival, _)| rival).collect();
        let is_contradicted = self.columns.scores_are_final() && !rivals.is_empty();
        // A comment contradicts no other column: it only leaves open what is claimed.
        let said = commented_scores(reader, (&first, name), &self.id, weight.map(|weight| weight.value));
        let claim = Claim {
            indicator: self.id.clone(),
            name_written: name.to_owned(),
            score: first.value,
            out_of,
            rivals,
            shown: shown_score(reader.grid, &first.source, first.value),
            joined: None,
            points_stated: weight.cloned(),
            evidence: None,
            source: first.source,
        };
        let mut claim = if is_contradicted { claim.contradicted() } else { claim };
        claim.rivals.extend(said.into_iter().filter(|_| !is_contradicted));
        if self.columns.scores_are_of_another_time() && matches!(claim.score, ClaimedScore::Number(_)) {
            claim.rivals.push(Sourced { value: claim.score, source: claim.source.clone() });
            claim.score = ClaimedScore::NotANumber;
            return claim;
        }
        if let (ClaimedScore::NotANumber, [column], Some(points), None) =
            (claim.score, self.columns.scores().as_slice(), points, out_of)
        {
            claim.rivals.extend(reader.possible_scores(self.at(*column), points));
        }
        claim
    }
}

/// Whether a figure may be added to others of its kind: rates are not, and of 0 it makes no difference.
fn is_addend(quantity: &Quantity) -> bool {
    !quantity.is_percent() && !quantity.value.is_zero()
}

/// A target with a comment on its cell is words, for somebody to judge.
fn in_words(target: Sourced<Target>) -> Sourced<Target> {
    let words = fold(&target.source.text).into_owned();
    Sourced { value: Target::Qualitative(words), ..target }
}

/// The other scores that a comment on a score's cell leaves possible.
pub fn commented_scores(
    reader: &mut Reader,
    (score, name): (&Sourced<ClaimedScore>, &str),
    indicator: &str,
    points: Option<Decimal>,
) -> Vec<Sourced<ClaimedScore>> {
    let is_filled = !matches!(score.value, ClaimedScore::Missing | ClaimedScore::Uncalculated);
    if !is_filled || !reader.is_commented(&score.source, name, Some(indicator)) {
        return Vec::new();
    }
    let at = score.source.cell.parse::<Address>().ok();
    let rivals = commented::rivals(reader.grid, at.as_slice(), points);
    rivals.into_iter().filter(|rival| rival.value != score.value).collect()
}

/// The claim as one for all the rows that its cell is merged over.
fn as_merged(claim: Claim) -> Claim {
    match claim.score {
        ClaimedScore::Number(score) => Claim { score: ClaimedScore::Merged(score), ..claim },
        _ => claim,
    }
}

/// The area of a cell that is merged over rows with different names: what stands there belongs to none of them alone.
fn joint(grid: &Grid, name_column: u32, at: Address) -> Option<Area> {
    let area = grid.area(at);
    let rows = grid.rows_within(area.first.row, area.last.row + 1).iter();
    let mut names = rows.filter_map(|&row| Some(grid.seen(row, name_column)?.0));
    let first = names.next()?;
    names.any(|name| name != first).then_some(area)
}

/// 未调整, 同左: beside another target it says that there is no other.
fn says_unchanged(reader: &Reader, target: &Sourced<Target>) -> bool {
    let words = &reader.grid.vocabulary().quantities.placeholders;
    words.unchanged.contains(key(&target.source.text))
}

/// 指标1：, ……: a line of the template on which nothing was written.
fn is_numbered_blank(vocabulary: &Vocabulary, name: &str) -> bool {
    let word = key(name);
    let rest = vocabulary.names.numbered.strip_start(&word).unwrap_or(&word);
    rest.chars().all(|c| c.is_ascii_digit() || vocabulary.names.line_numbers.contains(c))
}

/// The unit of a column of its own; a stroke is none.
fn unit_at(reader: &Reader, at: Address) -> String {
    let text = reader.text(at).map(|text| fold(&text).into_owned()).unwrap_or_default();
    let says = text.chars().any(|c| c.is_alphabetic() || "%‰°".contains(c));
    if says && !reader.grid.vocabulary().quantities.placeholders.no_unit.contains(&text) { text } else { String::new() }
}
