//! The unit that a label or a unit column states, and whether a fact can be counted in it.

use crate::quantity::{MoneyUnit, fold};
use crate::rulebook::FactKind;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::remembered::remembered;

/// What a unit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitSaid {
    /// 元, 万元.
    Money,
    /// %.
    Percent,
    /// 分: points.
    Points,
    /// 人, 名.
    Persons,
    /// 件, 个, 辆.
    Things,
    /// 百元, 美元: money in a unit that nothing here is compared in.
    OtherMoney,
}

impl UnitSaid {
    /// Whether a fact of this kind can have the unit: no rate is counted in 件, nobody in %. (certainty.md, 2)
    pub fn fits(self, vocabulary: &Vocabulary, kind: &FactKind) -> bool {
        match kind {
            FactKind::Money { .. } | FactKind::Declared { .. } => self == UnitSaid::Money,
            FactKind::Percent { .. } => self == UnitSaid::Percent,
            FactKind::Count { .. } => {
                let own = kind.unit().and_then(|unit| of_word(vocabulary, unit));
                let counts = matches!(self, UnitSaid::Persons | UnitSaid::Things);
                counts && own.is_none_or(|own| own == self)
            }
            FactKind::YesNo | FactKind::Choice { .. } => true,
        }
    }
}

/// The unit in the brackets behind a label, else in the unit column beside it; none where neither states one.
pub fn unit_said(vocabulary: &Vocabulary, label: &str, column: Option<&str>) -> Option<UnitSaid> {
    let folded = fold(label);
    let bracket = folded.trim_end().strip_suffix(')').and_then(|open| open.rsplit_once('(')).map(|(_, inside)| inside);
    bracket.and_then(|inside| of_word(vocabulary, inside)).or_else(|| of_word(vocabulary, column?))
}

/// A unit is said in so few characters: 单位：万元.
const LONGEST_UNIT: usize = 6;

/// Whether a text is nothing but a unit, or the answers to choose from where a unit would stand: 万元, %, 是/否.
pub fn is_unit(vocabulary: &Vocabulary, text: &str) -> bool {
    remembered!(vocabulary, text, bool, says_unit(vocabulary, text))
}

fn says_unit(vocabulary: &Vocabulary, text: &str) -> bool {
    let folded = fold(text);
    // 政府采购计划金额（万元） names something, 2046.8万元 is an amount.
    let text_before_brackets = folded.trim().find('(').is_some_and(|at| at > 0);
    let is_long = folded.trim().chars().count() > LONGEST_UNIT;
    if is_long || text_before_brackets || folded.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let answers = &vocabulary.quantities.answers;
    let mut choices = folded.split('/').map(str::trim);
    let is_choice = folded.contains('/') && choices.all(|word| answers.yes.contains(word) || answers.no.contains(word));
    let is_several = || folded.split('/').all(|word| of_word(vocabulary, word).is_some());
    is_choice || of_word(vocabulary, text).is_some() || is_several()
}

/// So many units side by side are those of a whole column, and none is the row's: 万元/人/%.
const UNITS_OF_A_COLUMN: usize = 3;

/// The unit that a word is; none of any other text.
fn of_word(vocabulary: &Vocabulary, text: &str) -> Option<UnitSaid> {
    let folded = fold(text);
    let word: String = folded.split_whitespace().collect();
    let word = vocabulary.quantities.units.heads.strip_start(&word).unwrap_or(&word).trim_start_matches(':');
    let units = &vocabulary.quantities.units;
    if word.split('/').count() >= UNITS_OF_A_COLUMN {
        return None;
    }
    // 万元/人: money per somebody is no amount.
    if let Some((money, per)) = word.split_once('/')
        && MoneyUnit::parse(&vocabulary.quantities, money).is_some()
        && MoneyUnit::parse(&vocabulary.quantities, per).is_none()
        && (units.persons.contains(per) || units.counters.contains(per))
    {
        return Some(UnitSaid::OtherMoney);
    }
    if units.other_money.contains(word) {
        Some(UnitSaid::OtherMoney)
    } else if MoneyUnit::parse(&vocabulary.quantities, word).is_some() {
        Some(UnitSaid::Money)
    } else if word == "%" || units.percent_names.contains(word) {
        Some(UnitSaid::Percent)
    } else if units.points.contains(word) {
        Some(UnitSaid::Points)
    } else if units.persons.contains(word) {
        Some(UnitSaid::Persons)
    } else {
        units.counters.contains(word).then_some(UnitSaid::Things)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_that_the_fact_cannot_have_contradicts_it() {
        let words = Vocabulary::builtin();
        let percent = FactKind::Percent { max: rust_decimal::Decimal::ONE_HUNDRED };
        let money = FactKind::Money { unit: "万元".to_owned() };
        for (label, column, kind, fits) in [
            ("信访办理回复率", Some("件"), &percent, Some(false)),
            ("信访办理回复率", Some("%"), &percent, Some(true)),
            ("服务对象满意度", Some("分"), &percent, Some(false)),
            ("支出进度", Some("万元"), &percent, Some(false)),
            ("支出进度（万元）", None, &percent, Some(false)),
            ("政府采购计划金额", Some("元"), &money, Some(true)),
            ("政府采购计划金额（万元）", Some("—"), &money, Some(true)),
            ("政府采购计划金额", Some("百元"), &money, Some(false)),
            ("政府采购计划金额", Some("美元"), &money, Some(false)),
            ("政府采购计划金额", Some("万元/人"), &money, Some(false)),
            ("政府采购计划金额", Some("万元/人/%"), &money, None),
            ("政府采购计划金额", Some("笔"), &money, None),
            ("政府采购计划金额", None, &money, None),
        ] {
            assert_eq!(unit_said(words, label, column).map(|unit| unit.fits(words, kind)), fits, "{label} {column:?}");
        }
    }
}
