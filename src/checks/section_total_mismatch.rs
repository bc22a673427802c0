//! A section's stated total against the claims of its indicators.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::decimal_text::score_text;
use crate::judge::Judged;

use super::Subject;
use super::as_written::{Adds, adds};
use super::ran::{Need, Ran};

/// One finding for each stated section total that is not the sum.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    Need::SectionTotals.met(!subject.submission.section_totals.is_empty())?;
    subject.claims_are_read()?;
    for (section, stated) in &subject.submission.section_totals {
        let Some(known) = subject.card.sections.iter().find(|known| known.id == *section) else { continue };
        let of_section = subject.scores.iter().filter(|score| score.indicator.section == *section);
        let claims: Vec<_> = of_section.map(|score| score.claim.counted()).collect();
        let tolerance = subject.rulebook.tolerance;
        // 小计 over all sections, with 加分项 behind it, is the sum so far. (certainty.md, “Parts and wholes”)
        let so_far: Vec<_> = so_far(subject, section).map(|score| score.claim.counted()).collect();
        if [&claims, &so_far].iter().any(|claims| adds(stated.value, claims, tolerance) != Adds::Not) {
            continue;
        }
        let sum = crate::sums::sum(claims);
        let difference = stated.value.saturating_sub(sum);
        let (shown, summed, by) = (score_text(stated.value), score_text(sum), score_text(difference.abs()));
        let finding = Finding::told(
            Code::SectionTotalMismatch,
            &[("section", &known.name), ("stated", &shown), ("sum", &summed), ("difference", &by)],
        );
        findings.push(finding.of_amount(Some(stated.value), difference.abs()).at(&stated.source));
    }
    Ok(())
}

/// The indicators of all sections up to this one, in the card's order.
fn so_far<'s>(subject: &'s Subject, section: &str) -> impl Iterator<Item = &'s Judged<'s>> {
    let place = |id: &str| subject.card.sections.iter().position(|known| known.id == id);
    let last = place(section);
    subject
        .scores
        .iter()
        .filter(move |score| subject.card.sections.iter().position(|known| known.id == score.indicator.section) <= last)
}
