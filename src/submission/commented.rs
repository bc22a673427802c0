//! What a comment on a score's cell says of the score: 实际为3分 beside 6. The score is then not certain: the other one has the same
//! right, and where the comment names none nobody can say what is claimed. (certainty.md, “Claims that a person can read”)

use rust_decimal::Decimal;

use super::grid::Grid;
use super::{ClaimedScore, Sourced};
use crate::quantity::fold;
use crate::workbook::Address;

/// The other scores that the comments on these cells leave possible; none where no comment says anything of them.
pub fn rivals(grid: &Grid, cells: &[Address], points: Option<Decimal>) -> Vec<Sourced<ClaimedScore>> {
    let commented = cells.iter().filter_map(|at| Some((*at, grid.comment(*at)?)));
    commented
        .flat_map(|(at, comment)| {
            let source = crate::audit::Source { text: comment.to_owned(), ..grid.source(at) };
            let said = figures(comment).into_iter().filter(|figure| points.is_none_or(|points| *figure <= points));
            let mut scores: Vec<ClaimedScore> = said.map(ClaimedScore::Number).collect();
            if scores.is_empty() {
                scores.push(ClaimedScore::NotANumber);
            }
            scores.into_iter().map(move |value| Sourced { value, source: source.clone() }).collect::<Vec<_>>()
        })
        .collect()
}

/// The plain figures of a comment.
fn figures(comment: &str) -> Vec<Decimal> {
    let folded = fold(comment);
    let runs = folded.split(|c: char| !c.is_ascii_digit() && c != '.');
    runs.filter_map(|run| run.trim_matches('.').parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_of_a_comment_are_what_it_may_mean() {
        let said = |comment: &str| figures(comment).iter().map(Decimal::to_string).collect::<Vec<_>>();
        assert_eq!(said("实际为3分"), ["3"]);
        assert_eq!(said("按２.５分计，原6分。"), ["2.5", "6"]);
        assert!(said("待核实").is_empty());
    }
}
