//! Phrases that read each other's sentences: a sentence written from one fact's phrase states another fact, too.

use unicode_normalization::UnicodeNormalization;

use crate::rulebook::cursor::Page;
use crate::rulebook::model::*;

/// The most that `…` stands for, in characters.
const GAP: usize = 20;
/// What the figure to be read looks like in a sentence, and one to be passed over.
const FIGURE: char = '\u{1}';
const OTHER: char = '\u{2}';

/// One phrase of a fact.
struct Phrase<'a> {
    fact: &'a Fact,
    written: &'a str,
    denial: bool,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Letter(char),
    Figure,
    AnyFigure,
    Gap,
}

/// All phrases of a card against each other.
pub(super) fn lint(card: &Scorecard, page: &Page<'_>) {
    let all: Vec<Phrase<'_>> = card.facts.iter().flat_map(of_fact).collect();
    for phrase in &all {
        let place = page.place(&format!("fact:{}~{}", phrase.fact.id, phrase.written));
        if !matches!(phrase.pieces.first(), Some(Piece::Letter(_))) {
            page.flaw("phrase-without-beginning", &place, vec![("phrase", phrase.written.to_owned())]);
            continue;
        }
        if let Some(other) = all.iter().find(|other| other.fact.id != phrase.fact.id && phrase.reads(other)) {
            let holes = vec![
                ("phrase", phrase.written.to_owned()),
                ("other", other.fact.label.clone()),
                ("longer", other.written.to_owned()),
            ];
            page.flaw("phrase-shared", &place, holes);
        }
    }
}

fn of_fact(fact: &Fact) -> impl Iterator<Item = Phrase<'_>> {
    let stated = fact.phrases.iter().map(|written| (written, false));
    let denied = fact.denials.iter().map(|written| (written, true));
    stated.chain(denied).map(move |(written, denial)| Phrase { fact, written, denial, pieces: pieces(written) })
}

fn pieces(written: &str) -> Vec<Piece> {
    let marked = written.replace('…', "\u{3}").replace("...", "\u{3}").replace("{*}", "\u{2}").replace("{}", "\u{1}");
    let counts = |c: &char| !c.is_whitespace() && !"\"'“”‘’「」『』".contains(*c);
    let mut pieces: Vec<Piece> = marked.nfkc().filter(counts).map(piece).collect();
    pieces.dedup_by(|one, other| *one == Piece::Gap && *other == Piece::Gap);
    pieces
}

fn piece(letter: char) -> Piece {
    match letter {
        FIGURE => Piece::Figure,
        OTHER => Piece::AnyFigure,
        '\u{3}' => Piece::Gap,
        letter => Piece::Letter(letter),
    }
}

impl Phrase<'_> {
    /// Whether it stands in a sentence written from the other phrase, and would read the same figure there.
    fn reads(&self, other: &Phrase<'_>) -> bool {
        let sentence: Vec<char> = other.pieces.iter().filter_map(letter).collect();
        self.denial == other.denial && (0..sentence.len()).any(|at| stands(&self.pieces, &sentence[at..]))
    }
}

fn letter(piece: &Piece) -> Option<char> {
    match piece {
        Piece::Letter(letter) => Some(*letter),
        Piece::Figure => Some(FIGURE),
        Piece::AnyFigure => Some(OTHER),
        Piece::Gap => None,
    }
}

/// Whether pieces stand at the beginning of a text.
fn stands(pieces: &[Piece], text: &[char]) -> bool {
    let Some((piece, rest)) = pieces.split_first() else { return true };
    let next = text.first();
    match piece {
        Piece::Letter(letter) => next == Some(letter) && stands(rest, &text[1..]),
        Piece::Figure => next == Some(&FIGURE) && stands(rest, &text[1..]),
        Piece::AnyFigure => next.is_some_and(|c| matches!(*c, FIGURE | OTHER)) && stands(rest, &text[1..]),
        Piece::Gap => {
            let free = text.iter().take(GAP).take_while(|c| !matches!(**c, FIGURE | OTHER)).count();
            (0..=free).any(|length| stands(rest, &text[length..]))
        }
    }
}
