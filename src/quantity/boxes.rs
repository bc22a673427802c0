//! Answers given by ticking one of the options printed in the cell: `☑是 □否`, `是√ 否`, `■是 □否`.

use super::{Understood, fold};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Tick,
    /// A cross beside a tick means "not this"; a crossed box beside an empty box means "this".
    CrossedBox,
    Cross,
    Empty,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Mark(Mark),
    Word(String),
}

/// A mark or a word, and whether white space stands before it.
struct Piece {
    token: Token,
    spaced: bool,
}

/// The option that is ticked, as printed. None: the text is no row of boxes. None ticked, or several:
/// [`Understood::Absent`]; a mark that could belong to either neighbour: [`Understood::Unreadable`].
pub(super) fn ticked(text: &str) -> Option<Understood<String>> {
    let pieces = pieces(&bracketed(&symbols(text)));
    let marks = pieces.iter().filter(|piece| matches!(piece.token, Token::Mark(_))).count();
    if marks == 0 || marks == pieces.len() {
        return None;
    }
    Some(match attach(&pieces) {
        Some(options) => decide(&options),
        None => Understood::Unreadable,
    })
}

/// What a mark alone in the cell says; None: the text is something else. Empty boxes are for the caller.
pub(super) fn lone_mark(text: &str) -> Option<bool> {
    match pieces(&bracketed(&symbols(text))).as_slice() {
        [Piece { token: Token::Mark(Mark::Tick), .. }] if !is_filled_shape(text) => Some(true),
        [Piece { token: Token::Mark(Mark::Cross), .. }] => Some(false),
        _ => None,
    }
}

/// ■ and ● mark one option among others; alone they say nothing.
fn is_filled_shape(text: &str) -> bool {
    text.contains(['■', '●', '◉', '▣', '⊙', '◼', '⬛'])
}

/// Letters of symbol fonts become the boxes that the filer saw.
fn symbols(text: &str) -> String {
    let boxed = text.contains(['£', '□', '☐', '\u{A8}', '\u{F0A3}', '\u{F0A8}']);
    let chars: Vec<char> = text.chars().collect();
    let seen = chars.iter().enumerate().map(|(at, &c)| match c {
        'þ' | '\u{F0FE}' | '\u{F052}' => '☑',
        'ý' | '\u{F0FD}' | '\u{F053}' => '☒',
        'ü' | '\u{F0FC}' | '\u{F050}' => '✓',
        '£' | '\u{A8}' | '\u{F0A3}' | '\u{F0A8}' | '\u{F06F}' | '\u{F071}' => '□',
        // Wingdings 2 has the ticked box at R; only beside an empty one is it no letter.
        'R' if boxed && chars.get(at + 1).is_none_or(|next| !next.is_ascii_alphanumeric()) => '☑',
        c => c,
    });
    fold(&seen.collect::<String>()).into_owned()
}

/// `[ ]`, `(√)` and their like become one mark.
fn bracketed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['(', '[', '〔', '【']) {
        out.push_str(&rest[..at]);
        let after = &rest[at..];
        let width = after.chars().next().map_or(1, char::len_utf8);
        let closed = after.char_indices().find(|(_, c)| matches!(c, ')' | ']' | '〕' | '】'));
        let inside = closed.map(|(end, c)| (after[width..end].trim(), end + c.len_utf8()));
        match inside.and_then(|(inside, end)| Some((in_brackets(inside)?, end))) {
            Some((mark, end)) => {
                out.push(mark);
                rest = &after[end..];
            }
            None => {
                out.push_str(&after[..width]);
                rest = &after[width..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn in_brackets(inside: &str) -> Option<char> {
    match inside {
        "" | "_" | "__" => Some('□'),
        "x" | "X" | "v" | "V" => Some('☑'),
        _ => {
            let mut chars = inside.chars();
            let only = chars.next().filter(|_| chars.next().is_none())?;
            match mark(only)? {
                Mark::Tick => Some('☑'),
                Mark::CrossedBox | Mark::Cross => Some('×'),
                Mark::Empty => Some('□'),
            }
        }
    }
}

fn mark(c: char) -> Option<Mark> {
    Some(match c {
        '☑' | '✅' | '✓' | '✔' | '√' | '■' | '●' | '◉' | '▣' | '⊙' | '◼' | '⬛' | '🗹' | '🗸' => {
            Mark::Tick
        }
        '☒' | '🗷' | '⊠' => Mark::CrossedBox,
        '×' | '✗' | '✘' | '✕' | '✖' | '❌' | '╳' => Mark::Cross,
        '□' | '☐' | '○' | '◯' | '◻' | '⬜' | '▢' | '◇' => Mark::Empty,
        _ => return None,
    })
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut word = String::new();
    let (mut spaced, mut word_spaced) = (false, false);
    for c in text.chars().chain([' ']) {
        let marked = mark(c);
        let parting = c.is_whitespace() || matches!(c, '/' | '、' | '|' | ';' | ',');
        if (marked.is_some() || parting) && !word.is_empty() {
            let token = Token::Word(std::mem::take(&mut word));
            pieces.push(Piece { token, spaced: word_spaced });
        }
        if let Some(mark) = marked {
            pieces.push(Piece { token: Token::Mark(mark), spaced });
        } else if !parting {
            if word.is_empty() {
                word_spaced = spaced;
            }
            word.push(c);
        }
        spaced = parting;
    }
    pieces
}

/// Which mark belongs to which option: all before, all after, or by white space.
fn attach(pieces: &[Piece]) -> Option<Vec<(&str, Option<Mark>)>> {
    let is_mark = |at: usize| pieces.get(at).is_some_and(|piece| matches!(piece.token, Token::Mark(_)));
    let before = is_mark(0);
    let after = is_mark(pieces.len() - 1);
    let mut options: Vec<(&str, Option<Mark>)> = Vec::new();
    let mut waiting: Option<Mark> = None;
    for (at, piece) in pieces.iter().enumerate() {
        match &piece.token {
            Token::Word(word) => options.push((word, waiting.take())),
            Token::Mark(mark) => {
                let forward = match (before, after) {
                    (true, false) => true,
                    (false, true) => false,
                    _ => leans_forward(pieces, at)?,
                };
                if forward {
                    waiting.is_none().then_some(())?;
                    waiting = Some(*mark);
                } else {
                    let (_, own) = options.last_mut().filter(|_| waiting.is_none())?;
                    (own.is_none()).then_some(())?;
                    *own = Some(*mark);
                }
            }
        }
    }
    waiting.is_none().then_some(options)
}

/// Whether the mark stands against the word after it and not against the one before it.
fn leans_forward(pieces: &[Piece], at: usize) -> Option<bool> {
    let gap_before = at == 0 || pieces[at].spaced;
    let gap_after = pieces.get(at + 1).is_none_or(|next| next.spaced);
    (gap_before != gap_after).then_some(gap_before)
}

fn decide(options: &[(&str, Option<Mark>)]) -> Understood<String> {
    let with = |wanted: Mark| -> Vec<&str> {
        let marked = options.iter().filter(|(_, mark)| *mark == Some(wanted));
        marked.map(|(word, _)| *word).collect()
    };
    let (ticks, crossed, crosses, empty) =
        (with(Mark::Tick), with(Mark::CrossedBox), with(Mark::Cross), with(Mark::Empty));
    match (ticks.as_slice(), crossed.as_slice()) {
        ([word], []) => Understood::Value((*word).to_owned()),
        ([], [word]) if crosses.is_empty() && empty.len() + 1 == options.len() && !empty.is_empty() => {
            Understood::Value((*word).to_owned())
        }
        ([], []) if crosses.is_empty() => Understood::Absent,
        ([_, _, ..], _) | (_, [_, _, ..]) | ([_], [_]) => Understood::Absent,
        _ => Understood::Unreadable,
    }
}
