//! Which parts make one card, and which card of several is the submission's.

use std::collections::BTreeSet;

use super::base_data::NotOurs;
use super::grid::Grid;
use super::identity::filer_of;
use super::names::{How, key};
use super::plain_words::PlainWords;
use super::scope::Scope;
use super::scorecard::CardPart;
use super::sheet_name::not_ours_by_heads;
use super::whose::{is_pair, titles_over};

/// A scorecard: its parts, which may stand on several sheets.
pub struct Card {
    /// Its parts, in sheet order.
    pub parts: Vec<CardPart>,
    /// The indicators that its parts name, by their place in the rulebook.
    indicators: BTreeSet<usize>,
    /// It can be seen without unhiding anything.
    pub visible: bool,
    /// Something stands in its score cells.
    pub filled: bool,
    /// Why its sheet says that it is not the department's of the report's year: a draft, a copy, last year's.
    pub not_ours: Option<NotOurs>,
}

/// What the parts of a workbook come to.
pub enum Choice {
    /// One card to audit, and those beside it that are hidden or blank.
    One(Card, Vec<Card>),
    /// Several filled cards that repeat indicators.
    Several(Vec<Card>),
    /// Cards, and none of them filled; the first is the plainest to go by.
    Blank(Card, Vec<Card>),
    /// No card at all.
    None,
}

/// So many indicators of two parts in common make them two cards; fewer are rows given twice.
const REPEATED: usize = 3;

/// No workbook needs more cards than this to be told that it has several.
const MOST: usize = 200;

/// Joins parts to cards and chooses the one to audit. `all`: how many indicators the rulebook has.
/// A card that says of itself that it is a draft, an example, of another year or somebody else's is set aside where another is there.
pub fn choose(parts: Vec<CardPart>, grids: &[Grid], all: usize, plain: &PlainWords) -> Choice {
    let mut cards: Vec<Card> = Vec::new();
    for part in parts {
        place(part, grids, &mut cards);
    }
    cards.retain(|card| card.is_recognised(all));
    set_aside(&mut cards, grids, plain);
    let is_shown = |card: &Card| card.filled && card.visible && card.not_ours.is_none();
    let shown = cards.iter().filter(|card| is_shown(card)).count();
    let filled = cards.iter().filter(|card| card.filled).count();
    if shown > 1 || (shown == 0 && filled > 1) {
        cards.retain(|card| if shown > 1 { is_shown(card) } else { card.filled });
        return Choice::Several(cards);
    }
    let wanted = cards.iter().position(is_shown).or_else(|| cards.iter().position(|card| card.filled));
    match wanted {
        Some(at) => Choice::One(cards.remove(at), cards),
        None if cards.is_empty() => Choice::None,
        None => {
            let at = cards.iter().position(|card| card.visible).unwrap_or(0);
            Choice::Blank(cards.remove(at), cards)
        }
    }
}

/// Tells of each card why it is not the one to audit, where one is left of which nothing is told.
fn set_aside(cards: &mut [Card], grids: &[Grid], plain: &PlainWords) {
    // Cards that several departments filled in are told apart by no name: any of them may be the file's.
    let sheets = cards.iter().filter_map(|card| grids.get(card.parts.first()?.sheet));
    let filers: BTreeSet<String> = sheets.filter_map(filer_of).map(|filer| key(&filer.name.value)).collect();
    let by_names = filers.len() < 2;
    let why: Vec<Option<NotOurs>> = (0..cards.len()).map(|at| said_of(cards, at, grids, (plain, by_names))).collect();
    let is_whole = |(card, why): (&Card, &Option<NotOurs>)| card.filled && card.visible && why.is_none();
    if cards.iter().zip(&why).any(is_whole) {
        // A hidden or blank one is told as that.
        let shown = cards.iter_mut().zip(why).filter(|(card, _)| card.filled && card.visible);
        shown.for_each(|(card, why)| card.not_ours = why);
    }
}

/// What is said against a card: by the name and the heads of its sheet where it has that for itself, and by the titles over it.
fn said_of(cards: &[Card], at: usize, grids: &[Grid], (plain, by_names): (&PlainWords, bool)) -> Option<NotOurs> {
    let card = cards.get(at)?;
    card.parts.iter().find_map(|part| {
        let grid = grids.get(part.sheet)?;
        let others = || cards.iter().enumerate().filter(|(other, _)| *other != at).flat_map(|(_, card)| &card.parts);
        let before = others().filter(|other| other.sheet == part.sheet && other.rows.1 < part.rows.0);
        let before = before.map(|other| other.rows.1).max();
        let is_alone = others().all(|other| other.sheet != part.sheet);
        // 主管部门：文化局 names nobody whose scores these are.
        let titles = titles_over(grid, before.map_or(0, |last| last + 1), part.rows.0);
        let titles: Vec<&str> = titles.into_iter().filter(|text| !is_pair(plain.vocabulary, text)).collect();
        let by_titles = || titles.iter().find_map(|title| plain.not_ours_by_words(title, by_names));
        match before {
            Some(_) => by_titles().or_else(|| {
                let off = |title: &&str| Scope::of(plain.vocabulary, title, plain.year).of_score().off();
                titles.iter().find_map(off).map(NotOurs::of)
            }),
            // 区文化馆评分表 whose own head names the filer: one of the two is a slip, and nobody can say which. Of several cards on
            // a sheet its name speaks of no single one.
            None if !is_alone => by_titles(),
            None => not_ours_by_heads(grid, plain.year)
                .or_else(|| plain.not_ours_by_words(&grid.sheet.name, by_names && filer_of(grid).is_none()))
                .or_else(|| plain.of_an_office(&grid.sheet.name).then_some(NotOurs::OtherUnit))
                .or_else(by_titles),
        }
    })
}

fn place(part: CardPart, grids: &[Grid], cards: &mut Vec<Card>) {
    let indicators: BTreeSet<usize> = part.entries.iter().map(|entry| entry.indicator).collect();
    let grid = grids.get(part.sheet);
    let visible = grid.is_some_and(|grid| !grid.sheet.hidden && !all_hidden(grid, &part));
    let filled = grid.is_some_and(|grid| part.entries.iter().any(|entry| entry.is_filled(grid)));
    let fits = |card: &Card, alike: bool| !card.repeats(&indicators) && (card.visible == visible || !alike);
    let home =
        cards.iter().rposition(|card| fits(card, true)).or_else(|| cards.iter().rposition(|card| fits(card, false)));
    let is_full = cards.len() >= MOST;
    match home.and_then(|at| cards.get_mut(at)) {
        Some(card) => {
            card.indicators.extend(indicators);
            card.visible |= visible;
            card.filled |= filled;
            card.parts.push(part);
        }
        None if is_full => {}
        None => cards.push(Card { parts: vec![part], indicators, visible, filled, not_ours: None }),
    }
}

fn all_hidden(grid: &Grid, part: &CardPart) -> bool {
    !part.entries.is_empty() && part.entries.iter().all(|entry| grid.sheet.is_row_hidden(entry.name.row))
}

impl Card {
    /// Whether so many of these indicators stand on the card already that they belong to another card.
    fn repeats(&self, indicators: &BTreeSet<usize>) -> bool {
        let shared = self.indicators.intersection(indicators).count();
        shared >= REPEATED || (shared >= 2 && shared == indicators.len().min(self.indicators.len()))
    }

    /// Enough of the rulebook's indicators, one of them without doubt. Of a form whose rows are declared: half of them.
    fn is_recognised(&self, all: usize) -> bool {
        let entries = || self.parts.iter().flat_map(|part| &part.entries);
        let declared = self.parts.iter().any(|part| part.declares_targets);
        let wanted = if declared { all.div_ceil(2) } else { all.min(REPEATED) };
        self.indicators.len() >= wanted && entries().any(|entry| entry.how == How::Exact)
    }
}
