//! Units that can be converted into each other exactly, by the vocabulary's tables: 公里 and 米, 亩 and 平方米, 小时 and 分钟.

use std::str::FromStr;

use rust_decimal::Decimal;

use crate::vocabulary::{Pairs, Quantities};

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dimension {
    /// 米 and its like.
    Length,
    /// 平方米 and its like.
    Area,
    /// 立方米 and its like.
    Volume,
    /// 千克 and its like.
    Weight,
    /// Up to weeks, in seconds.
    Duration,
    /// From months up; a month is no fixed number of days.
    Months,
}

/// How large a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// What it measures.
    dimension: Dimension,
    /// So many base units, as a fraction.
    base: (Decimal, Decimal),
}

impl Size {
    /// The size of a unit; none where the tables do not hold it.
    pub fn of(vocabulary: &Quantities, unit: &str) -> Option<Size> {
        let words = &vocabulary.units;
        let tables = [
            (&words.lengths, Dimension::Length),
            (&words.areas, Dimension::Area),
            (&words.volumes, Dimension::Volume),
            (&words.weights, Dimension::Weight),
            (&words.durations, Dimension::Duration),
            (&words.months, Dimension::Months),
        ];
        tables.into_iter().find_map(|(table, dimension)| {
            let base = fraction(find(table, unit)?)?;
            Some(Size { dimension, base })
        })
    }

    /// A thousand kilograms of water are a cubic metre.
    pub fn of_water(self) -> Size {
        match self.dimension {
            Dimension::Weight => {
                let (over, under) = self.base;
                let base = under.checked_mul(Decimal::ONE_THOUSAND).map_or(self.base, |under| (over, under));
                Size { dimension: Dimension::Volume, base }
            }
            _ => self,
        }
    }

    /// A value of this unit in another one; none where they measure different things.
    pub fn convert(self, value: Decimal, to: Size) -> Option<Decimal> {
        if self.dimension != to.dimension {
            return None;
        }
        let over = value.checked_mul(self.base.0)?.checked_mul(to.base.1)?;
        let under = self.base.1.checked_mul(to.base.0)?;
        over.checked_div(under).map(|value| value.normalize())
    }
}

/// How many of a period a year has: 12, or 52 to 53.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PerYear {
    /// At least so many.
    pub least: Decimal,
    /// At most so many.
    pub most: Decimal,
}

impl PerYear {
    /// The year itself.
    pub const ONCE: PerYear = PerYear { least: Decimal::ONE, most: Decimal::ONE };

    /// The period of that name.
    pub fn of(vocabulary: &Quantities, period: &str) -> Option<PerYear> {
        let written = find(&vocabulary.units.periods, period)?;
        let (least, most) = written.split_once('-').unwrap_or((written, written));
        Some(PerYear { least: Decimal::from_str(least).ok()?, most: Decimal::from_str(most).ok()? })
    }
}

fn find<'t>(table: &'t Pairs, word: &str) -> Option<&'t str> {
    table.iter().find(|(known, _)| *known == word).map(|(_, value)| value)
}

/// `2000/3`, 1000: a positive fraction.
fn fraction(text: &str) -> Option<(Decimal, Decimal)> {
    let (over, under) = text.split_once('/').unwrap_or((text, "1"));
    let number = |text: &str| Decimal::from_str(text).ok().filter(|number| *number > Decimal::ZERO);
    Some((number(over)?, number(under)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Vocabulary;

    fn converted(value: &str, from: &str, to: &str) -> Option<String> {
        let words = &Vocabulary::builtin().quantities;
        let (from, to) = (Size::of(words, from)?, Size::of(words, to)?);
        from.convert(value.parse().expect("a number"), to).map(|value| value.to_string())
    }

    #[test]
    fn units_of_one_table_are_converted_exactly_and_others_not_at_all() {
        for (value, from, to, is) in [
            ("5.2", "公里", "米", "5200"),
            ("1", "天", "小时", "24"),
            ("90", "分钟", "小时", "1.5"),
            ("0.4", "小时", "分钟", "24"),
            ("6800", "平方米", "亩", "10.2"),
            ("3", "亩", "平方米", "2000"),
            ("20", "公顷", "亩", "300"),
            ("2", "年", "个月", "24"),
            ("500", "斤", "吨", "0.25"),
        ] {
            assert_eq!(converted(value, from, to).as_deref(), Some(is), "{value}{from} in {to}");
        }
        for (from, to) in [("公里", "亩"), ("个月", "天"), ("吨", "立方米"), ("户", "人")] {
            assert_eq!(converted("1", from, to), None, "{from} in {to}");
        }
    }

    #[test]
    fn every_size_of_the_built_in_words_can_be_read() {
        let words = &Vocabulary::builtin().quantities;
        let units = &words.units;
        for table in [&units.lengths, &units.areas, &units.volumes, &units.weights, &units.durations, &units.months] {
            assert!(table.iter().all(|(unit, _)| Size::of(words, unit).is_some()));
        }
        assert!(units.periods.iter().all(|(period, _)| PerYear::of(words, period).is_some()));
    }
}
