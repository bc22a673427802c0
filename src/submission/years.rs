//! The years that a text names, for whoever reads one: the head of a card or of a form, a title, a heading, a sentence.

use crate::quantity::{MoneyUnit, fold};
use crate::vocabulary::Vocabulary;

/// Whether a number can be the year of a report: older ones are years of laws and foundings.
pub fn is_year(year: i32) -> bool {
    (1990..=2099).contains(&year)
}

/// The first year in a text, in digits of any kind: 2020, ２０２０, 二〇二〇.
pub fn first_year(vocabulary: &Vocabulary, text: &str) -> Option<i32> {
    years_in(vocabulary, &in_digits(vocabulary, text)).first().map(|(_, year, _)| *year)
}

/// A text with full-width and Chinese digits as plain ones, white space left out.
pub fn in_digits(vocabulary: &Vocabulary, text: &str) -> String {
    let digit = |c: char| vocabulary.years.digits.position(c).and_then(|value| char::from_digit(value as u32, 10));
    let folded: Vec<char> = fold(text).chars().filter(|c| !c.is_whitespace()).collect();
    let is_numeral = |c: &char| digit(*c).is_some() || vocabulary.years.zero.contains(*c);
    let mut out = String::with_capacity(folded.len() * 3);
    let mut at = 0;
    while at < folded.len() {
        let run = folded[at..].iter().take_while(|c| is_numeral(c)).count();
        if run == 4 && vocabulary.years.begins.contains(folded[at]) {
            out.extend(folded[at..at + 4].iter().map(|c| digit(*c).unwrap_or('0')));
            at += 4;
        } else {
            out.push(folded[at]);
            at += 1;
        }
    }
    out
}

/// The years in a text without white space: byte position, year, and whether 年 stands behind it. What is counted or an
/// amount is no year: 2046.8万元, 2020人.
pub fn years_in(vocabulary: &Vocabulary, text: &str) -> Vec<(usize, i32, bool)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let run = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        if run == 4
            && let Some(year) =
                text.get(at..at + 4).and_then(|digits| digits.parse().ok()).filter(|year| is_year(*year))
            && !is_counted(vocabulary, text.get(at + 4..).unwrap_or_default())
        {
            found.push((at, year, text.get(at + 4..).is_some_and(|rest| vocabulary.years.year.starts(rest))));
        }
        at += run.max(1);
    }
    found
}

/// Whether digits go on as a number with a unit: `.8万元`, `元`, `%`, `人`.
fn is_counted(vocabulary: &Vocabulary, behind: &str) -> bool {
    let rest = behind.strip_prefix('.').map_or(behind, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    let units = &vocabulary.quantities.units;
    // 2046.8万元 is an amount whatever stands behind it: the next line of a cell begins there, too.
    let behind_money = rest.trim_start_matches(units.money_chars.all());
    let money = rest.strip_suffix(behind_money).unwrap_or_default();
    let has_places = rest.len() < behind.len();
    if (has_places || money.chars().nth(1).is_some()) && MoneyUnit::parse(&vocabulary.quantities, money).is_some() {
        return true;
    }
    let behind_unit =
        units.counters.longest_start(rest).unwrap_or_else(|| rest.trim_start_matches(units.money_chars.all()));
    // 2020部门预算 goes on as a word, 2020部 does not.
    let is_unit = behind_unit.len() < rest.len() && !behind_unit.starts_with(char::is_alphabetic);
    rest.starts_with('%') || is_unit
}

/// The first year that a text calls one: 2020年度, 二〇二〇年.
pub fn year_named(vocabulary: &Vocabulary, text: &str) -> Option<i32> {
    let years = years_in(vocabulary, &in_digits(vocabulary, text));
    years.into_iter().find(|(_, _, has_year)| *has_year).map(|(_, year, _)| year)
}

/// `2020年度` in a title; a year that is a day's (2021年3月) is none.
pub fn year_in_title(vocabulary: &Vocabulary, text: &str) -> Option<i32> {
    let digits = in_digits(vocabulary, text);
    let years = years_in(vocabulary, &digits);
    let behind = |at: usize| digits.get(at + 4..).unwrap_or_default().trim_start_matches([')', ' ']);
    let with_degree = years.iter().find(|(at, ..)| vocabulary.years.degree.starts(behind(*at)));
    let with_year = || {
        years.iter().find(|(at, _, has_year)| {
            let rest = behind(*at);
            let rest = vocabulary.years.year.strip_start(rest).unwrap_or(rest);
            *has_year && !rest.starts_with(|c: char| c.is_ascii_digit())
        })
    };
    let alone = || {
        let about = vocabulary.titles.about.iter().any(|word| text.contains(word))
            && !vocabulary.titles.of_documents.within(text);
        years.first().filter(|_| about && years.len() == 1 && !digits.contains(vocabulary.years.month.all()))
    };
    with_degree.or_else(with_year).or_else(alone).map(|(_, year, _)| *year)
}

/// The only year in a text, such as the name of a file.
pub fn bare_year(vocabulary: &Vocabulary, text: &str) -> Option<i32> {
    match years_in(vocabulary, &in_digits(vocabulary, text)).as_slice() {
        [(_, year, _)] => Some(*year),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_or_a_count_is_no_year() {
        let vocabulary = Vocabulary::builtin();
        for (text, years) in [
            ("部门预算总规模:2046.8万元", &[][..]),
            ("固定资产2020元", &[]),
            ("固定资产总额:2046.8万元年末在编人数:46人", &[]),
            ("固定资产总额:2019万元其中房屋", &[]),
            ("2020元旦活动", &[2020]),
            ("2020.1人大代表建议", &[2020]),
            ("编制2020人", &[]),
            ("完成2020%", &[]),
            ("2020年度", &[2020]),
            ("2020.12.31", &[2020]),
            ("2019-2020年", &[2019, 2020]),
            ("2020年度部门预算2046.8万元", &[2020]),
            ("2020部门整体支出自评", &[2020]),
            ("2020项目支出", &[2020]),
            ("数值（2020）", &[2020]),
        ] {
            let found: Vec<i32> = years_in(vocabulary, text).into_iter().map(|(_, year, _)| year).collect();
            assert_eq!(found, years, "{text}");
        }
    }
}
