//! How a run keeps an audit in brief while it reads further files: packed in one piece, which can wait in a file. In memory its
//! dozens of small texts would lie among what the reading of its file takes, and hold the pages of all of that.

use rust_decimal::Decimal;

use super::{Brief, BriefEvidence};
use crate::audit::{BandEdges, PointsByVerdict, Properties, RulebookName, Severity, Status};
use crate::checks::register::Code;
use crate::forms::FormKind;
use crate::packed::{Pack, Packed};
use crate::passages::Prints;

const STATUSES: [Status; 3] = [Status::Audited, Status::Unread, Status::Missing];
const SEVERITIES: [Severity; 3] = [Severity::Info, Severity::Warning, Severity::Error];

impl Brief {
    /// Packs it, without what it came to beside an earlier run.
    pub fn put(&self, into: &mut Vec<u8>) {
        self.pack_names(into);
        self.pack_figures(into);
    }

    /// What was packed, from the front; none where something else is packed there.
    pub fn taken(from: &mut &[u8]) -> Option<Brief> {
        let (file, sha256) = (Pack::unpack(from)?, Pack::unpack(from)?);
        let status = *STATUSES.get(usize::unpack(from)?)?;
        let problem = one_of(Code::ALL, from)?;
        let rulebook = Option::<RulebookName>::unpack(from)?;
        let unit = Pack::unpack(from)?;
        let (year, kind) = (Pack::unpack(from)?, *FormKind::ALL.get(usize::unpack(from)?)?);
        let (form, project) = (Pack::unpack(from)?, Pack::unpack(from)?);
        let dated = Pack::unpack(from)?;
        let properties = Properties { author: Pack::unpack(from)?, last_saved_by: Pack::unpack(from)? };
        let name = Pack::unpack(from)?;
        let evidence = BriefEvidence { name, named: Pack::unpack(from)?, same: Pack::unpack(from)? };
        let (claims, total, grade) = (Pack::unpack(from)?, Pack::unpack(from)?, Pack::unpack(from)?);
        let ceiling = Option::<Ceiling>::unpack(from)?.map(|ceiling| (ceiling.points, ceiling.grade));
        let points = Pack::unpack(from)?;
        let (invalid, errors, severity) = (Pack::unpack(from)?, Pack::unpack(from)?, one_of(&SEVERITIES, from)?);
        let (scores, comparable) = (Packed::taken(from)?, Packed::taken(from)?);
        let band_edges = BandEdges { of: Pack::unpack(from)?, reached: Pack::unpack(from)? };
        let (hangs, is_overstated, prints) = (Pack::unpack(from)?, Pack::unpack(from)?, Pack::unpack(from)?);
        Some(Brief {
            file,
            sha256,
            status,
            problem,
            rulebook,
            unit,
            year,
            kind,
            form,
            project,
            dated,
            claims,
            total,
            grade,
            ceiling,
            points,
            invalid,
            errors,
            severity,
            scores,
            evidence,
            band_edges,
            hangs,
            comparable,
            is_overstated,
            compared: None,
            prints,
            properties,
        })
    }
}

impl Brief {
    fn pack_names(&self, into: &mut Vec<u8>) {
        self.file.pack(into);
        self.sha256.pack(into);
        place(&STATUSES, &self.status).pack(into);
        self.problem.map(|code| place(Code::ALL, &code)).pack(into);
        self.rulebook.pack(into);
        self.unit.pack(into);
        self.year.pack(into);
        place(&FormKind::ALL, &self.kind).pack(into);
        self.form.pack(into);
        self.project.pack(into);
        self.dated.pack(into);
        self.properties.author.pack(into);
        self.properties.last_saved_by.pack(into);
        self.evidence.name.pack(into);
        self.evidence.named.pack(into);
        self.evidence.same.pack(into);
    }

    fn pack_figures(&self, into: &mut Vec<u8>) {
        self.claims.pack(into);
        self.total.pack(into);
        self.grade.pack(into);
        self.ceiling.clone().map(|(points, grade)| Ceiling { points, grade }).pack(into);
        self.points.pack(into);
        self.invalid.pack(into);
        self.errors.pack(into);
        self.severity.map(|severity| place(&SEVERITIES, &severity)).pack(into);
        self.scores.put(into);
        self.comparable.put(into);
        self.band_edges.of.pack(into);
        self.band_edges.reached.pack(into);
        self.hangs.pack(into);
        self.is_overstated.pack(into);
        self.prints.pack(into);
    }
}

fn place<T: PartialEq>(all: &[T], one: &T) -> usize {
    all.iter().position(|known| known == one).unwrap_or_default()
}

/// One of these, or none; none at all where something else is packed there.
fn one_of<T: Copy>(all: &[T], from: &mut &[u8]) -> Option<Option<T>> {
    match Option::<usize>::unpack(from)? {
        None => Some(None),
        Some(place) => all.get(place).copied().map(Some),
    }
}

/// The most that can be granted, and its grade.
#[derive(Default)]
struct Ceiling {
    points: Decimal,
    grade: String,
}

impl Pack for Ceiling {
    fn pack(&self, into: &mut Vec<u8>) {
        self.points.pack(into);
        self.grade.pack(into);
    }

    fn unpack(from: &mut &[u8]) -> Option<Ceiling> {
        Some(Ceiling { points: Pack::unpack(from)?, grade: Pack::unpack(from)? })
    }
}

impl Pack for RulebookName {
    fn pack(&self, into: &mut Vec<u8>) {
        self.id.pack(into);
        self.sha256.pack(into);
    }

    fn unpack(from: &mut &[u8]) -> Option<RulebookName> {
        Some(RulebookName { id: Pack::unpack(from)?, sha256: Pack::unpack(from)? })
    }
}

impl Pack for PointsByVerdict {
    fn pack(&self, into: &mut Vec<u8>) {
        let known = [self.agreed, self.overstated, self.understated];
        let doubted = [self.reading_dependent, self.unverifiable, self.invalid];
        known.iter().chain(&doubted).for_each(|points| points.pack(into));
    }

    fn unpack(from: &mut &[u8]) -> Option<PointsByVerdict> {
        Some(PointsByVerdict {
            agreed: Pack::unpack(from)?,
            overstated: Pack::unpack(from)?,
            understated: Pack::unpack(from)?,
            reading_dependent: Pack::unpack(from)?,
            unverifiable: Pack::unpack(from)?,
            invalid: Pack::unpack(from)?,
        })
    }
}

impl Pack for Prints {
    fn pack(&self, into: &mut Vec<u8>) {
        let (hashes, ends) = self.parts();
        hashes.len().pack(into);
        // Any eight bytes: in sevens they would take nine or ten.
        hashes.iter().for_each(|hash| into.extend_from_slice(&hash.to_le_bytes()));
        ends.len().pack(into);
        ends.iter().for_each(|end| end.pack(into));
    }

    fn unpack(from: &mut &[u8]) -> Option<Prints> {
        let bytes = usize::unpack(from)?.checked_mul(size_of::<u64>())?;
        let (hashes, rest) = from.split_at_checked(bytes)?;
        *from = rest;
        let hashes = hashes.as_chunks().0.iter().map(|hash| u64::from_le_bytes(*hash)).collect();
        let count = usize::unpack(from)?;
        let ends: Option<Vec<u32>> = (0..count).map(|_| u32::unpack(from)).collect();
        Some(Prints::from_parts(hashes, ends?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{Audit, ClaimedTotals, FileIdentity, Problem, RecomputedTotals};
    use crate::phrase::Phrase;

    fn unread() -> Audit {
        let identity = FileIdentity { file: "一/甲局.xlsx".to_owned(), sha256: "ab".repeat(32), size: 7 };
        let problem = Problem { code: Code::NoScorecard, phrase: Phrase::new("intake.no-scorecard") };
        Audit::unread(identity, problem, None)
    }

    /// A submission with everything that a brief can hold.
    fn full() -> Brief {
        let rulebook = RulebookName { id: "某市-2020".to_owned(), sha256: "cd".repeat(32) };
        let recomputed = RecomputedTotals {
            low: Decimal::ONE,
            high: Some(Decimal::TEN),
            ceiling: Decimal::new(-925, 1),
            grade_low: "差".to_owned(),
            grade_high: None,
            grade_ceiling: "优".to_owned(),
        };
        let points = PointsByVerdict {
            agreed: Decimal::new(6125, 2),
            overstated: Decimal::ONE,
            understated: Decimal::TWO,
            reading_dependent: Decimal::TEN,
            unverifiable: Decimal::new(5, 1),
            invalid: Decimal::ZERO,
        };
        let audit = Audit {
            status: Status::Audited,
            problem: None,
            rulebook: Some(rulebook),
            unit: Some("甲局".to_owned()),
            year: Some(-2020),
            kind: FormKind::of_line(Some(3)),
            form: Some(3),
            project: Some("修路".to_owned()),
            claimed: Some(ClaimedTotals { total: Some(Decimal::new(9250, 2)), grade: Some("优".to_owned()) }),
            recomputed: Some(recomputed),
            points: Some(points),
            band_edges: BandEdges { of: 9, reached: 300 },
            properties: Properties { author: Some("某人".to_owned()), last_saved_by: None },
            ..unread()
        };
        let evidence = BriefEvidence { named: 12, same: 200, name: Some("附件1".to_owned()) };
        let severity = Some(Severity::Warning);
        let errors = 4;
        Brief { evidence, prints: Some(345), severity, errors, hangs: Some(true), ..Brief::of(&audit) }
    }

    #[test]
    fn what_is_kept_of_an_audit_comes_back_whatever_it_holds() {
        for brief in [Brief::of(&unread()), full(), Brief { hangs: None, is_overstated: true, ..full() }] {
            let mut packed = Vec::new();
            brief.put(&mut packed);
            let mut from = packed.as_slice();
            assert_eq!((Brief::taken(&mut from).as_ref(), from), (Some(&brief), &[][..]));
        }
    }

    #[test]
    fn fingerprints_come_back_with_the_ends_of_their_passages() {
        let prints = Prints::from_parts(vec![1, u64::MAX, 7], vec![0, 2, 3]);
        let mut packed = Vec::new();
        Some(prints.clone()).pack(&mut packed);
        assert_eq!(Pack::unpack(&mut packed.as_slice()), Some(Some(prints)));
    }
}
