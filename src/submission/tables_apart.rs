//! Several tables of base data that state the same facts: by the words of their titles and sheets one of them may be the
//! department's own and whole, and the others are left out. Source: certainty.md, 3 and “Words that decide between like columns
//! and rows”, which hold for tables too: 合计 over 本级, 定稿 over 初稿, the department's own over the bureau's.

use std::collections::BTreeSet;

use super::base_data::NotOurs;
use super::grid::Grid;
use super::headers::Header;
use super::names::after_numbering;
use super::plain_words::PlainWords;
use super::scope::Scope;
use super::whose::titles_over;
use crate::audit::Source;
use crate::quantity::fold;
use crate::vocabulary::Vocabulary;

/// Tables that state so many facts alike are two statements of the same; fewer are rows given twice.
const SHARED: usize = 3;

/// A table of base data under a header, for telling it from others.
pub struct BaseTable {
    /// Its sheet's place in the workbook.
    sheet: usize,
    /// The titles over it, the nearest first.
    titles: Vec<String>,
    /// Its first cell.
    pub at: Source,
}

impl BaseTable {
    /// The table under a header. `first`: the row behind the table above it.
    pub fn under(grid: &Grid, first: u32, header: &Header) -> BaseTable {
        let titles = titles_over(grid, first, header.rows.0).into_iter().map(str::to_owned).collect();
        let at = crate::workbook::Address { row: header.rows.0, column: header.columns.0 };
        BaseTable { sheet: grid.index, titles, at: grid.source(at) }
    }

    /// The words that say whose its figures are: its titles, and the name of a sheet that it has for itself.
    fn words<'t>(&'t self, grids: &'t [Grid], is_alone: bool) -> impl Iterator<Item = &'t str> {
        let sheet = grids.get(self.sheet).filter(|_| is_alone).map(|grid| grid.sheet.name.as_str());
        // 培训2019人 beside a title is no title.
        let is_title = |text: &&str| {
            let vocabulary = grids.first().map(|grid| grid.vocabulary());
            let says = vocabulary.is_some_and(|words| {
                let is_table = words.titles.table.within(text) || words.headings.base_not_filed.within(text);
                is_table || is_numbered(words, text)
            });
            says && !text.contains([':', '：', '。'])
        };
        self.titles.iter().map(String::as_str).filter(is_title).chain(sheet)
    }
}

/// 一、总馆: a line that numbers the tables.
fn is_numbered(vocabulary: &Vocabulary, text: &str) -> bool {
    after_numbering(vocabulary, &fold(text)).is_some()
}

/// What a table's words say.
struct Said {
    against: Option<NotOurs>,
    scope: Scope,
    /// They name nobody: the table is nobody's but the filer's.
    is_plain: bool,
}

impl Said {
    fn of(table: &BaseTable, tables: &[BaseTable], grids: &[Grid], plain: &PlainWords) -> Said {
        let is_alone = tables.iter().filter(|other| other.sheet == table.sheet).count() == 1;
        let words = || table.words(grids, is_alone);
        let not_filed = &plain.vocabulary.headings.base_not_filed;
        let by_words = |text: &str| {
            let by_bureau = not_filed.within(text).then_some(NotOurs::Reviewers);
            by_bureau.or_else(|| plain.not_ours_by_words(text, true))
        };
        let scope =
            words().fold(Scope::default(), |scope, text| scope.and(Scope::of(plain.vocabulary, text, plain.year)));
        // A table that names the report's year is no better than one that names none, and 本级 may be a part of what says nothing.
        let is_plain = words().filter(|text| !text.contains([':', '：'])).all(|text| plain.is_plain(text));
        Said { against: words().find_map(by_words), scope: scope.without_the_time().without_own(), is_plain }
    }

    /// Whether words decide for the other table.
    fn yields_to(&self, other: &Said) -> bool {
        match (self.against, other.against) {
            // Beside 二、少儿馆 the table 一、总馆 is a part, too.
            (Some(NotOurs::OtherUnit), None) => other.is_plain,
            (Some(_), None) => true,
            (None, None) => other.scope.off().is_none() && other.scope.beats(self.scope),
            _ => false,
        }
    }
}

/// Of several tables those that yield to another with the same facts, each with what speaks against it. `stated`: the facts that each
/// of them states.
pub fn yielding(
    tables: &[BaseTable],
    stated: &[BTreeSet<usize>],
    grids: &[Grid],
    plain: &PlainWords,
) -> Vec<(usize, Option<NotOurs>)> {
    let said: Vec<Said> = tables.iter().map(|table| Said::of(table, tables, grids, plain)).collect();
    // A whole table yields to no list of a few of its facts.
    let is_alike = |one: usize, other: usize| match (stated.get(one), stated.get(other)) {
        (Some(own), Some(others)) => own.intersection(others).count() >= SHARED.max(own.len().div_ceil(2)),
        _ => false,
    };
    let yields = |(table, own): &(usize, &Said)| {
        let others = said.iter().enumerate().filter(|(other, _)| other != table && is_alike(*table, *other));
        others.into_iter().any(|(_, other)| own.yields_to(other))
    };
    said.iter().enumerate().filter(yields).map(|(table, own)| (table, own.against)).collect()
}
