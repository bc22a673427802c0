//! The columns of a card: names, points, and of several columns of scores those that may hold the claims.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::CardReader;
use crate::audit::{NotUsed, TextKind};
use crate::submission::grid::Grid;
use crate::submission::headers::{CardColumn, Header, Heading, names_another};
use crate::submission::layout::{Layout, cell_of, number_at};
use crate::submission::scope::{Off, Scope};
use crate::submission::unused;
use crate::vocabulary::Vocabulary;

/// A heading from this plainness on says that the department gave the score: 自评得分, 单位评分.
const SAID_TO_BE_OWN: u8 = 3;

/// So many claims above their points may be slips, one by one.
const FEW_SLIPS: usize = 2;
/// Two columns stand under one heading where so many rows have a score in both; fewer are slips.
const SIDE_BY_SIDE: usize = 3;

/// A heading of scores has so many characters at most: 局长办公会审定得分.
const LONGEST_HEADING: usize = 10;

/// No card is wider, in columns.
const WIDEST: u32 = 64;

/// The columns in which a department explains itself. 评分标准, 指标说明 are the form's.
fn own_words(vocabulary: &Vocabulary, header: &Header) -> Vec<((u32, u32), TextKind)> {
    let words = &vocabulary.passages;
    let is_own =
        |heading: &&Heading| words.own_columns.within(&heading.own) && !words.form_columns.within(&heading.own);
    let kind = |heading: &Heading| match words.reason_columns.within(&heading.own) {
        true => TextKind::Reason,
        false => TextKind::Explanation,
    };
    header.headings.iter().filter(is_own).map(|heading| (heading.columns, kind(heading))).collect()
}

impl<'a> CardReader<'a> {
    pub(super) fn layout(&self, grid: &Grid, header: &Header, end: u32) -> Option<Layout> {
        let roles: Vec<(&Heading, Option<CardColumn>)> =
            header.headings.iter().map(|heading| (heading, heading.roles.card)).collect();
        let column_of = |wanted: CardColumn| {
            roles.iter().find(|(_, role)| *role == Some(wanted)).map(|(heading, _)| heading.columns)
        };
        let rows = grid.rows_within(header.rows.1 + 1, end);
        let columns = self.score_columns(grid, &roles, rows);
        let left = self.score_columns_left(grid, &roles, &columns);
        let parts: Vec<(u32, u32)> = columns.iter().flat_map(|columns| parted(grid, *columns, rows)).collect();
        let score = *parts.first()?;
        let of_parts = beside_a_part(grid.vocabulary(), &header.headings, score, self.year);
        let revised = revised_beside(grid.vocabulary(), &header.headings, &columns);
        let is_above = !of_parts.is_empty() || revised.iter().any(|other| says_more(grid, score, *other, rows));
        let rivals: Vec<(u32, u32)> = parts.iter().skip(1).copied().chain(of_parts).chain(revised).collect();
        let rivals = rivals.into_iter().filter(|rival| says_more(grid, score, *rival, rows)).collect();
        // Of two columns under one heading neither is said to be final.
        let is_final = parts == columns
            && !is_above
            && roles
                .iter()
                .filter(|(heading, _)| columns.contains(&heading.columns))
                .all(|(heading, _)| Scope::of(grid.vocabulary(), &heading.pieces.join(" "), self.year).is_last());
        roles.iter().find(|(_, role)| matches!(role, Some(CardColumn::Name | CardColumn::Above)))?;
        let name = self.name_column(grid, header, &roles, end)?;
        let not_claims = roles.iter().filter(|(heading, role)| {
            !(heading.columns.0..=heading.columns.1).contains(&score.0)
                && (matches!(role, Some(CardColumn::Score(_) | CardColumn::Points))
                    || is_of_scores(grid.vocabulary(), heading))
        });
        Some(Layout {
            columns: header.columns,
            name,
            score,
            points: beside(
                name,
                roles.iter().filter(|(_, role)| *role == Some(CardColumn::Points)).map(|(heading, _)| heading.columns),
            ),
            evidence: column_of(CardColumn::Evidence),
            rivals,
            is_final,
            of_a_hundred: self.exceeds_points(grid, score, rows),
            of_deductions: self.takes_off(grid, score, rows),
            left,
            others: not_claims.map(|(heading, _)| heading.columns).collect(),
            own_words: own_words(grid.vocabulary(), header),
        })
    }

    /// The columns that may hold the claims: those that say most plainly that the department gave the score, of them those
    /// that no word decides against (终评 over 初评), the visible ones first. What the bureau gave is no claim at all.
    pub(super) fn score_columns(
        &self,
        grid: &Grid,
        roles: &[(&Heading, Option<CardColumn>)],
        rows: &[u32],
    ) -> Vec<(u32, u32)> {
        let plainness = |role: &Option<CardColumn>| match role {
            Some(CardColumn::Score(plainness)) => Some(*plainness),
            _ => None,
        };
        let scored: Vec<((u32, u32), u8, Scope)> = roles
            .iter()
            .filter_map(|(heading, role)| {
                let scope = Scope::of(grid.vocabulary(), &heading.pieces.join(" "), self.year).of_score();
                let is_anothers = names_another(grid.vocabulary(), &heading.own);
                let scope = if is_anothers { scope.without_own() } else { scope };
                Some((heading.columns, plainness(role)?, scope))
            })
            .collect();
        // 预算单位评分 says no more plainly than 自评得分 that it is the department's.
        let has_plainest = scored.iter().any(|(_, plainness, _)| *plainness > SAID_TO_BE_OWN);
        let alike = |(columns, plainness, scope): ((u32, u32), u8, Scope)| {
            let is_less = has_plainest && plainness <= SAID_TO_BE_OWN;
            (columns, plainness, if is_less { scope.without_own() } else { scope })
        };
        let scored: Vec<_> = scored.into_iter().map(alike).collect();
        // 得分 out of a hundred beside 加权得分: the one in points is the claim.
        let in_points: Vec<_> =
            scored.iter().filter(|(columns, ..)| !self.exceeds_points(grid, *columns, rows)).copied().collect();
        let scored = if in_points.is_empty() { scored } else { in_points };
        let scored = beside_those_below(scored);
        let fit: Vec<_> = scored.iter().filter(|(_, _, scope)| scope.off().is_none()).copied().collect();
        // Another year's scores claim nothing, though no others stand there.
        let of_the_year = || scored.into_iter().filter(|(_, _, scope)| scope.off() != Some(Off::Year)).collect();
        let fit: Vec<_> = if fit.is_empty() { of_the_year() } else { fit };
        let own: Vec<_> = fit.iter().filter(|(_, plainness, _)| *plainness >= SAID_TO_BE_OWN).copied().collect();
        let own = if own.is_empty() { fit } else { own };
        let left: Vec<_> =
            own.iter().filter(|(_, _, scope)| !own.iter().any(|(_, _, other)| other.beats(*scope))).copied().collect();
        let most = left.iter().map(|(_, plainness, _)| *plainness).max();
        let mut columns: Vec<(u32, u32)> = left
            .into_iter()
            .filter(|(_, plainness, _)| Some(*plainness) == most)
            .map(|(columns, ..)| columns)
            .collect();
        // Of like columns the visible ones are meant, where there are any.
        if columns.iter().any(|columns| !grid.sheet.is_column_hidden(columns.0)) {
            columns.retain(|columns| !grid.sheet.is_column_hidden(columns.0));
        }
        columns
    }

    /// Whether most figures of a column are more than the points of the indicators in their rows, and none is more than a
    /// hundred: they are out of a hundred, or look so.
    fn exceeds_points(&self, grid: &Grid, columns: (u32, u32), rows: &[u32]) -> bool {
        let points = |row: u32| {
            let mut cells = grid.cells_of(row);
            let named = cells.find_map(|(at, _)| self.names.exactly(&grid.text(at.row, at.column)))?;
            self.card.indicators.get(named)?.points
        };
        let figures: Vec<(Decimal, Decimal)> = rows
            .iter()
            .filter_map(|row| Some((number_at(grid, cell_of(grid, columns, *row))?, points(*row)?)))
            .collect();
        let above = figures.iter().filter(|(figure, points)| figure > points).count();
        above > FEW_SLIPS
            && above * 2 > figures.len()
            && figures.iter().all(|(figure, _)| (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(figure))
    }

    /// Whether no figure of a column is above 0 and several are below: what was taken off, and not what was left.
    fn takes_off(&self, grid: &Grid, columns: (u32, u32), rows: &[u32]) -> bool {
        let names_one =
            |row: u32| grid.cells_of(row).any(|(at, _)| self.names.exactly(&grid.text(at.row, at.column)).is_some());
        let figure = |row: &u32| number_at(grid, cell_of(grid, columns, *row));
        let figures: Vec<Decimal> = rows.iter().filter(|row| names_one(**row)).filter_map(figure).collect();
        let below = figures.iter().filter(|figure| **figure < Decimal::ZERO).count();
        below > 1 && figures.iter().all(|figure| *figure <= Decimal::ZERO)
    }

    /// Columns of the department's scores that a word decides against, with the reason.
    pub(super) fn score_columns_left(
        &self,
        grid: &Grid,
        roles: &[(&Heading, Option<CardColumn>)],
        chosen: &[(u32, u32)],
    ) -> Vec<((u32, u32), NotUsed)> {
        let scored = roles.iter().filter(|(_, role)| matches!(role, Some(CardColumn::Score(_))));
        let others = scored.filter(|(heading, _)| !chosen.contains(&heading.columns));
        others
            .map(|(heading, _)| {
                let scope = Scope::of(grid.vocabulary(), &heading.pieces.join(" "), self.year).of_score();
                (heading.columns, scope.off().map_or(NotUsed::LikeColumn, unused::why))
            })
            .collect()
    }

    /// The column in which most indicators are named; where none is, the one that the header says.
    pub(super) fn name_column(
        &self,
        grid: &Grid,
        header: &Header,
        roles: &[(&Heading, Option<CardColumn>)],
        end: u32,
    ) -> Option<u32> {
        let rows = grid.rows_within(header.rows.1 + 1, end);
        let named =
            |column: u32| rows.iter().filter(|&&row| self.names.exactly(&grid.text(row, column)).is_some()).count();
        let role_of = |column: u32| {
            roles
                .iter()
                .find(|(heading, _)| (heading.columns.0..=heading.columns.1).contains(&column))
                .and_then(|(_, role)| *role)
        };
        let columns = header.columns.0..=header.columns.1.min(header.columns.0.saturating_add(WIDEST));
        let best = columns
            .map(|column| (column, role_of(column)))
            .filter(|(_, role)| matches!(role, None | Some(CardColumn::Name | CardColumn::Above)))
            .map(|(column, role)| (named(column), role == Some(CardColumn::Name), column))
            .max_by_key(|(count, is_name, column)| (*count, *is_name, std::cmp::Reverse(*column)))?;
        (best.0 > 0 || best.1).then_some(best.2)
    }
}

/// Beside the scores of the units below, those of the department by itself (本级) are no more its claim than any other.
fn beside_those_below(scored: Vec<((u32, u32), u8, Scope)>) -> Vec<((u32, u32), u8, Scope)> {
    let has_below = scored.iter().any(|(_, _, scope)| scope.off() == Some(Off::Below));
    let in_parts = |scope: Scope| if has_below { scope.without_own() } else { scope };
    scored.into_iter().map(|(columns, plainness, scope)| (columns, plainness, in_parts(scope))).collect()
}

/// Of several columns the one beside the name: the nearest to its right, else the nearest to its left.
fn beside(name: u32, columns: impl Iterator<Item = (u32, u32)>) -> Option<(u32, u32)> {
    columns.min_by_key(|columns| (columns.0 < name, columns.0.abs_diff(name)))
}

/// The columns of other parts of the department, and of averages over them, beside a score whose heading names a part itself: of
/// 总馆自评, 分馆自评 and 平均得分 none is the claim by standing first. Beside a plain 自评得分 they are details. And where an office
/// gave the score (科室自评分), every column that may be the department's own (党组审定分).
pub fn beside_a_part(
    vocabulary: &Vocabulary,
    headings: &[Heading],
    score: (u32, u32),
    year: Option<i32>,
) -> Vec<(u32, u32)> {
    let words = &vocabulary.headings;
    let own = headings.iter().find(|heading| heading.columns.0 <= score.0 && score.1 <= heading.columns.1);
    let rest = own.map(|own| without_plain_words(vocabulary, own)).unwrap_or_default();
    let names_a_part =
        rest.chars().any(char::is_alphabetic) && own.is_some_and(|own| !words.score_alone.contains(own.whole.as_str()));
    let is_part = |heading: &&Heading| {
        let off = Scope::of(vocabulary, &heading.pieces.join(" "), year).off();
        let is_own = heading.roles.card.is_some_and(|role| matches!(role, CardColumn::Score(_)));
        let is_below = off == Some(Off::Below) || is_own && matches!(off, Some(Off::Version | Off::Period));
        is_below || words.averages.within(&heading.whole)
    };
    let others = || headings.iter().filter(|heading| !(heading.columns.0..=heading.columns.1).contains(&score.0));
    // 财务科评分 beside 党组审定分, 调整前得分 beside 调整后得分.
    let is_office = rest.chars().nth(1).is_some() && rest.ends_with(vocabulary.titles.internal.all());
    let scope = own.map(|own| Scope::of(vocabulary, &own.pieces.join(" "), year)).unwrap_or_default();
    if is_office || scope.is_lesser() || scope.off() == Some(Off::Below) {
        return others().filter(|heading| may_be_above(vocabulary, heading)).map(|heading| heading.columns).collect();
    }
    let others: Vec<&Heading> = others().filter(is_part).collect();
    let found = others.iter().copied().filter(|_| names_a_part);
    found.map(|heading| heading.columns).collect()
}

/// What a heading of scores says beside the words of scores and of the department: 财务科 of 财务科评分.
fn without_plain_words(vocabulary: &Vocabulary, heading: &Heading) -> String {
    let (words, scopes) = (&vocabulary.headings, &vocabulary.scopes);
    let lists = [
        &words.score_plainest,
        &words.score,
        &words.self_assessed,
        &words.score_own,
        &words.score_of_unit,
        &words.score_filers,
        &words.row_modifiers,
        &scopes.own,
        &scopes.whole,
    ];
    // The longest first: 自评分 before 评分.
    let mut plain: Vec<&str> = lists.iter().flat_map(|list| list.iter()).collect();
    plain.sort_by_key(|word| std::cmp::Reverse(word.len()));
    plain.iter().fold(heading.whole.clone(), |rest, word| rest.replace(word, ""))
}

/// Columns of scores that were changed after the self-evaluation, and do not say by whom: 修正得分, 实得分 beside 自评得分. The bureau's
/// (财政调整得分) are none of them.
fn revised_beside(vocabulary: &Vocabulary, headings: &[Heading], chosen: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let words = &vocabulary.headings;
    let is_revised = |heading: &&Heading| {
        words.score_revised.within(&heading.whole)
            && words.score.within(&heading.own)
            && may_be_above(vocabulary, heading)
            && !words.not_claimed.within(&heading.whole)
            && !chosen.contains(&heading.columns)
    };
    headings.iter().filter(is_revised).map(|heading| heading.columns).collect()
}

/// Whether the second of two columns of scores says in any row what the first does not say.
pub fn says_more(grid: &Grid, one: (u32, u32), other: (u32, u32), rows: &[u32]) -> bool {
    rows.iter().any(|row| {
        let of = |columns| number_at(grid, cell_of(grid, columns, *row));
        of(other).is_some_and(|other| of(one) != Some(other))
    })
}

/// The columns of scores under one heading: where two of them stand there, nobody can say which is the claim, and each may be.
fn parted(grid: &Grid, columns: (u32, u32), rows: &[u32]) -> Vec<(u32, u32)> {
    let all = columns.0..=columns.1.min(columns.0.saturating_add(WIDEST));
    let scores_in = |row: u32| -> Vec<u32> {
        let cells = all.clone().filter_map(|column| Some((column, grid.seen(row, column)?.0)));
        let own = cells.filter(|(column, at)| at.row == row && at.column == *column);
        own.filter(|(_, at)| number_at(grid, *at).is_some()).map(|(column, _)| column).collect()
    };
    let by_row: Vec<Vec<u32>> = rows.iter().map(|row| scores_in(*row)).collect();
    if by_row.iter().filter(|scores| scores.len() > 1).count() < SIDE_BY_SIDE {
        return vec![columns];
    }
    let held: BTreeSet<u32> = by_row.into_iter().flatten().collect();
    held.into_iter().map(|column| (column, column)).collect()
}

/// Whether a column may hold what the department made of the scores of its offices: somebody outside did not give them.
fn may_be_above(vocabulary: &Vocabulary, heading: &Heading) -> bool {
    let words = &vocabulary.headings;
    let is_of_scores = words.of_scores.within(&heading.whole)
        && !words.about_scores.within(&heading.own)
        && heading.whole.chars().count() <= LONGEST_HEADING;
    is_of_scores && !words.score_outside.within(&heading.whole) && heading.roles.card != Some(CardColumn::Points)
}

/// A column of scores that are not the department's: the bureau's, last year's.
fn is_of_scores(vocabulary: &Vocabulary, heading: &Heading) -> bool {
    vocabulary.headings.of_scores.within(&heading.whole) && heading.whole.chars().count() <= 8
}
