//! What is told of a pair: how much it matters, and the finding of each submission.

use std::cmp::Reverse;

use super::common::Batch;
use super::{Copied, Pair, Side};
use crate::audit::{Finding, Severity, Source};
use crate::checks::register::Code;
use crate::phrase::{Hole, Phrase, Term};
use crate::text::visible;

/// A run of so many characters is more than a set phrase, and a person should look, where it is also …
pub const WARNED_RUN: usize = 80;
/// … at least this share of either passage, in percent. Honest reports share the opening of the notice (根据……要求，我单位高度重视，
/// 成立了……), forty to a hundred characters of some thousand; one that is copied shares most of it.
pub const WARNED_SHARE: usize = 33;
/// So long a run is looked at whatever share it is: nobody writes three hundred characters like another by chance, and
/// quoted law is rarely longer.
pub const LONG_RUN: usize = 300;
/// Other places that are named in one finding.
const NAMED: usize = 5;
/// Characters of a quotation: of a longer one, so many of its beginning and of its end.
const QUOTED: (usize, usize) = (100, 40);

/// How much a pair matters. A name or a figure of another in one's own text is for a person to look at however short it is.
pub fn severity(pair: &Pair, batch: Batch) -> Severity {
    let names = pair.own.names_other || pair.other.names_other;
    let is_much = |side: &Side| side.shared * 100 >= side.whole * WARNED_SHARE;
    let is_long = pair.length >= LONG_RUN || pair.length >= WARNED_RUN && (is_much(&pair.own) || is_much(&pair.other));
    let is_warned = names || pair.figure.is_some() || is_long && batch.can_tell();
    if is_warned { Severity::Warning } else { Severity::Info }
}

/// A quotation on one line, cut in the middle where it is very long.
pub fn cut(quote: &str) -> String {
    let signs: Vec<char> = quote.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect();
    if signs.len() <= QUOTED.0 + QUOTED.1 {
        return signs.into_iter().collect();
    }
    let (head, tail) = (&signs[..QUOTED.0], &signs[signs.len() - QUOTED.1..]);
    head.iter().chain(&['…', '…']).chain(tail).collect()
}

/// The finding of each of so many audits: of all its pairs the weightiest, the others named.
pub fn findings(audits: usize, copied: &Copied) -> Vec<Option<Finding>> {
    let mut pairs: Vec<Vec<&Pair>> = vec![Vec::new(); audits];
    for pair in &copied.pairs {
        for side in [&pair.own, &pair.other] {
            pairs[side.audit].push(pair);
        }
    }
    pairs.iter().enumerate().map(|(at, pairs)| finding(copied, at, pairs)).collect()
}

fn finding(copied: &Copied, at: usize, pairs: &[&Pair]) -> Option<Finding> {
    let mut seen: Vec<(&Pair, &Side, &Side)> =
        pairs.iter().filter_map(|pair| pair.seen_from(at).map(|(own, other)| (*pair, own, other))).collect();
    // Whose own text names another comes first.
    seen.sort_by_key(|(pair, own, _)| (!own.names_other, Reverse(pair.weight())));
    let (pair, own, other) = *seen.first()?;
    let holes: [Hole; 10] = [
        ("department", &visible(&other.whose.department)),
        ("file", &visible(&other.whose.file)),
        ("sheet", &visible(&other.spot.sheet)),
        ("cell", &other.spot.cell),
        ("length", &pair.length),
        ("share", &share(own)),
        ("other-share", &share(other)),
        ("own-sheet", &visible(&own.spot.sheet)),
        ("own-cell", &own.spot.cell),
        ("quote", &visible(&own.quote)),
    ];
    let severity = seen.iter().map(|(pair, ..)| pair.severity).max().unwrap_or(Severity::Info);
    let mut said = Finding::told(Code::CopiedText, &holes);
    said = said.then(own.names_other.then(|| Phrase::new("finding.copied-text-names")));
    said = said.then(other.names_other.then(|| Phrase::new("finding.copied-text-is-named")));
    let figure = |figure: &String| Phrase::new("finding.copied-text-figure").with("figure", figure);
    said = said.then(pair.figure.as_ref().map(figure));
    said = said.then(further(&seen[1..]));
    said = said.then(
        (severity == Severity::Info && !copied.can_tell)
            .then(|| Phrase::new("finding.copied-text-few").with("count", copied.departments)),
    );
    said =
        said.then((severity == Severity::Info && copied.can_tell).then(|| Phrase::new("finding.copied-text-phrase")));
    said = said.then((severity > Severity::Info).then(|| Phrase::new("finding.copied-text-look")));
    let source = Source { sheet: own.spot.sheet.clone(), cell: own.spot.cell.clone(), text: own.quote.to_string() };
    Some(said.at(&source).as_severe_as(severity))
}

/// The share of a passage that is shared, in whole percent; only what is all of it is 100%.
pub fn share(side: &Side) -> Term {
    let percent = side.shared * 100 / side.whole.max(1);
    if percent == 0 { Term::word("finding.copied-text-under") } else { format!("{percent}%").into() }
}

/// The other places with shared text, so many of them by name.
fn further(seen: &[(&Pair, &Side, &Side)]) -> Option<Phrase> {
    let place = |(pair, own, other): &(&Pair, &Side, &Side)| {
        Phrase::new("finding.copied-text-place")
            .with("department", visible(&other.whose.department))
            .with("file", visible(&other.whose.file))
            .with("sheet", visible(&other.spot.sheet))
            .with("cell", &other.spot.cell)
            .with("own-cell", &own.spot.cell)
            .with("length", pair.length)
    };
    let places: Vec<Phrase> = seen.iter().take(NAMED).map(place).collect();
    let key = if seen.len() > NAMED { "finding.copied-text-further-many" } else { "finding.copied-text-further" };
    (!seen.is_empty()).then(|| Phrase::new(key).with("places", Term::list(&places)).with("count", seen.len()))
}
