//! A section's stated total against the claims of its indicators.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::decimal_text::score_text;

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
        if adds(stated.value, &claims, subject.rulebook.tolerance) != Adds::Not {
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
