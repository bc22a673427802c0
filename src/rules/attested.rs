//! `attested`: all points for 是 with named evidence, none for 否.

pub(super) mod parameters;

use crate::fraction::{Fraction, exact};
use crate::phrase::{Hole, Phrase};
use crate::rulebook::cursor::Fields;
use crate::rulebook::lint::spot::Spot;
use crate::rulebook::names::Scope as Names;
use crate::rulebook::schema_field::{Field, Holds};
use crate::rulebook::{Criterion, FactKind};

use super::Points;
use super::kind::{FormulaOf, InFiles, Kind};
use super::live::{Ends, Scope, Slot, anything};
use super::outcome::{Cause, Unknown};
use super::wording::number_text;
use super::world::World;
use crate::contract::{NO, YES};
use parameters::AttestedRule;

impl InFiles for AttestedRule {
    /// Its fields.
    const FIELDS: &[Field] = &[("fact", Holds::Text, true)];

    /// The fact that answers, with 是 or 否.
    fn decode(fields: &Fields<'_>, names: &Names<'_>) -> Self {
        let name = fields.text("fact");
        if let Some(fact) = names.fact(&name)
            && fact.kind != FactKind::YesNo
        {
            fields.page.flaw("not-yes-no", &name.span, vec![("word", name.value.clone())]);
        }
        AttestedRule { fact: name.value }
    }
}

impl Kind for AttestedRule {
    /// No points are left whatever the answer is.
    fn lint(&self, spot: &Spot<'_>) {
        spot.nothing_left();
    }

    /// 是 with evidence earns the points, 否 none; anything else is not known.
    fn points<'a>(&'a self, points: &Fraction, world: &World<'a>) -> Points<'a> {
        let fact = self.fact.as_str();
        match world.answer(fact)? {
            (YES, true) => Ok(points.clone()),
            (YES, false) => Err(Unknown::because(Cause::Evidence(fact))),
            (NO, _) => Ok(Fraction::zero()),
            _ => Err(Unknown::because(Cause::Fact(fact))),
        }
    }

    /// `资金支出规范：是，附佐证材料 → 1 分`.
    fn say<'a>(&'a self, criterion: &'a Criterion, world: &World<'a>) -> Option<Phrase> {
        let earned = self.points(&exact(criterion.points), world).ok()?;
        let (answer, _) = world.answer(&self.fact).ok()?;
        let key = if earned.is_zero() { "working.choice" } else { "working.attested" };
        let holes: &[Hole] = &[("name", &criterion.name), ("answer", &answer), ("points", &number_text(&earned))];
        Some(Phrase::filled(key, holes))
    }

    /// All points for 是 in a cell with evidence beside it.
    fn formula(&self, scope: &Scope, at: &FormulaOf<'_>) -> Ends {
        let points = at.points;
        let Some(Slot { value, evidence, .. }) = scope.facts.get(&self.fact) else { return anything(points) };
        Ends {
            low: format!("IF(AND({value}=\"{YES}\",{evidence}<>\"\"),{points},0)"),
            high: format!("IF({value}=\"{NO}\",0,{points})"),
        }
    }
}
