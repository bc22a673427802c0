//! Which row of the block of money is the whole, and which are its parts. (certainty.md, “Parts and wholes”)

use super::columns::{standing, whole};
use super::headings::{RowColumn, row_column, weight_in_label};
use crate::quantity::fold;
use crate::submission::grid::{Grid, raw};
use crate::submission::names::key;
use crate::submission::scope::{Off, Scope};
use crate::vocabulary::Vocabulary;

/// What a row of the block is by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// 年度资金总额, 合计.
    Total,
    /// 其中：财政拨款; 财政拨款小计 as well, the whole of a part.
    Part,
    /// Any other name.
    Other,
    /// Another year's, several years' or of a time within the year: 上年资金总额, 实施期资金总额, 1-6月.
    Off,
}

/// The row that is the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whole {
    /// One row, or several of which no word decides between.
    Rows(Vec<usize>),
    /// There is none: all that stands there are parts.
    None,
}

/// The rows of the block by their places.
#[derive(Debug, Clone)]
pub struct Order {
    /// The whole.
    pub whole: Whole,
    /// Its parts, and whatever else stands there and is of the year.
    pub parts: Vec<usize>,
    /// Rows of another time, with the direction in which they are off.
    pub others: Vec<(usize, Off)>,
    /// The parts are parts of one whole, none a part of another, so that they can be added up.
    pub is_plain: bool,
}

/// Which of the rows of these names is the whole, and which are its parts. A total stands over everything else, wherever it stands; of
/// several a word decides. Without one it is the one row that is no part. `year`: the form's.
pub fn order(vocabulary: &Vocabulary, names: &[String], year: Option<i32>) -> Order {
    let read: Vec<(Kind, Scope)> = names.iter().map(|name| read(vocabulary, name, year)).collect();
    let of_kind = |wanted: Kind| -> Vec<(usize, Scope)> {
        let rows = read.iter().enumerate().filter(|(_, (kind, _))| *kind == wanted);
        rows.map(|(row, (_, scope))| (row, *scope)).collect()
    };
    let first_part = read.iter().position(|(kind, _)| *kind == Kind::Part).unwrap_or(names.len());
    let totals = of_kind(Kind::Total);
    let others: Vec<_> = of_kind(Kind::Other).into_iter().filter(|(row, _)| *row < first_part).collect();
    let chosen = if totals.is_empty() { decided(others) } else { decided(totals) };
    let parts: Vec<usize> = (0..names.len()).filter(|row| !chosen.contains(row) && read[*row].0 != Kind::Off).collect();
    let mut nested = 0;
    for (place, row) in parts.iter().enumerate() {
        let before: Vec<&String> = parts[..place].iter().map(|row| &names[*row]).collect();
        nested += usize::from(!is_known_part(vocabulary, &names[*row]))
            + usize::from(is_part_of_part(vocabulary, &names[*row], &before));
    }
    let whole = if chosen.is_empty() { Whole::None } else { Whole::Rows(chosen) };
    let others = of_kind(Kind::Off).into_iter().filter_map(|(row, scope)| Some((row, scope.off()?))).collect();
    Order { whole, parts, others, is_plain: nested == 0 }
}

/// The rows that no word decides against.
fn decided(rows: Vec<(usize, Scope)>) -> Vec<usize> {
    let fit = whole(rows);
    standing(&fit, |(_, scope)| *scope).into_iter().map(|(row, _)| *row).collect()
}

fn read(vocabulary: &Vocabulary, name: &str, year: Option<i32>) -> (Kind, Scope) {
    let bare = without_total(vocabulary, name);
    let scope = Scope::in_form(vocabulary, &bare, year);
    let is_of_another_time = matches!(scope.off(), Some(Off::Year | Off::Period));
    // What brackets say (含上年结转) makes no part of it.
    let outside = bare.split('(').next().unwrap_or_default();
    let kind = match (is_total(vocabulary, name), is_part(vocabulary, outside)) {
        (_, true) => Kind::Part,
        _ if is_of_another_time => Kind::Off,
        (true, false) => Kind::Total,
        (false, false) => Kind::Other,
    };
    (kind, scope)
}

/// What a row's name says beside the words of a total: 本级 of 本级资金总额.
fn without_total(vocabulary: &Vocabulary, name: &str) -> String {
    let folded = fold(name).split_whitespace().collect::<String>();
    let totals = vocabulary.funds.total.iter().chain(vocabulary.totals.form_subtotal.iter());
    totals.fold(folded, |name, word| name.replace(word, ""))
}

/// 年度总体目标, 绩效指标 and the like: the block of money is over.
pub fn is_after_block(grid: &Grid, row: u32) -> bool {
    grid.cells_of(row).any(|(_, cell)| {
        let text = raw(&cell.value);
        let word = key(&text);
        matches!(row_column(grid.vocabulary(), &text), Some(RowColumn::Above(_) | RowColumn::Name))
            || (word.chars().count() <= 10 && grid.vocabulary().funds.after.iter().any(|end| word.contains(end)))
    })
}

/// Whether a row sums up.
pub fn is_total(vocabulary: &Vocabulary, name: &str) -> bool {
    let word = key(name);
    vocabulary.funds.total.within(&word) || vocabulary.totals.form_subtotal.within(&word)
}

/// Whether a row is a part of the money.
pub fn is_part(vocabulary: &Vocabulary, name: &str) -> bool {
    vocabulary.funds.part.within(&key(name))
}

/// The parts of the national form: 当年财政拨款, 上年结转资金, 其他资金. Others may be parts of a part.
fn is_known_part(vocabulary: &Vocabulary, name: &str) -> bool {
    let word = weight_in_label(vocabulary, name).0;
    let word = key(&word);
    let word = vocabulary.funds.inner.trim_start(&word);
    let word = vocabulary.funds.amounts.trim_end(word);
    vocabulary.funds.known_part.contains(word)
}

/// A second 其中 opens parts of a part; a name that was there before does, too.
fn is_part_of_part(vocabulary: &Vocabulary, name: &str, before: &[&String]) -> bool {
    let word = key(name);
    (vocabulary.funds.inner.starts(&word) && !before.is_empty()) || before.iter().any(|part| key(part) == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order_of(names: &[&str]) -> (Whole, Vec<usize>) {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let order = order(Vocabulary::builtin(), &names, Some(2020));
        (order.whole, order.parts)
    }

    #[test]
    fn the_whole_is_the_total_of_the_year_wherever_it_stands() {
        for (names, whole, parts) in [
            (vec!["年度资金总额", "其中：当年财政拨款", "其他资金"], vec![0], vec![1, 2]),
            (vec!["财政拨款", "其他资金", "合计"], vec![2], vec![0, 1]),
            (vec!["其中：财政拨款", "其他资金", "小计"], vec![2], vec![0, 1]),
            (vec!["实施期资金总额", "年度资金总额"], vec![1], vec![]),
            (vec!["资金总额（三年）", "年度资金总额"], vec![1], vec![]),
            (vec!["上年资金总额", "本年资金总额", "其中：财政拨款"], vec![1], vec![2]),
            (vec!["2019年", "2020年"], vec![1], vec![]),
            (vec!["上半年资金总额", "全年资金总额"], vec![1], vec![]),
            (vec!["本级资金总额", "下属单位资金总额", "资金总额合计"], vec![2], vec![0, 1]),
            (vec!["年度资金总额（调整前）", "年度资金总额（调整后）"], vec![1], vec![0]),
            (vec!["财政拨款小计", "其他资金小计", "资金总额"], vec![2], vec![0, 1]),
            (vec!["年度资金总额", "其中：2019年结转", "2020年安排"], vec![0], vec![1, 2]),
            // No word decides.
            (vec!["资金总额", "资金合计"], vec![0, 1], vec![]),
            (vec!["本级资金总额", "下属单位资金总额"], vec![0, 1], vec![]),
        ] {
            assert_eq!(order_of(&names), (Whole::Rows(whole), parts), "{names:?}");
        }
        assert_eq!(order_of(&["财政拨款", "其他资金"]), (Whole::None, vec![0, 1]));
        assert_eq!(order_of(&["实施期资金总额"]), (Whole::None, vec![]));
    }
}
