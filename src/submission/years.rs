//! The years that a text names, for whoever reads one: the head of a card or of a form, a title, a heading, a sentence.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::grid::Grid;
use crate::quantity::{MoneyUnit, fold};
use crate::vocabulary::Vocabulary;
use crate::workbook::{Address, Cell, Value};

/// Whether a number can be the year of a report: older ones are years of laws and foundings.
pub fn is_year(year: i32) -> bool {
    (1990..=2099).contains(&year)
}

/// The year that a heading begins with, and what stands behind it and its 年度.
pub fn behind_year<'t>(vocabulary: &Vocabulary, own: &'t str) -> Option<(i32, &'t str)> {
    let digits = own.get(..4).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?;
    let behind = own.get(4..)?.trim_start_matches(vocabulary.years.behind_heading.all());
    let year = digits.parse().ok().filter(|year| is_year(*year))?;
    Some((year, behind))
}

/// The first year in a text, in digits of any kind: 2020, ２０２０, 二〇二〇.
pub fn first_year(vocabulary: &Vocabulary, text: &str) -> Option<i32> {
    years_in(vocabulary, &in_digits(vocabulary, text)).first().map(|(_, year, _)| *year)
}

/// A text with full-width and Chinese digits as plain ones, white space left out but for where it ends a word.
pub fn in_digits(vocabulary: &Vocabulary, text: &str) -> String {
    let digit = |c: char| vocabulary.years.digits.position(c).and_then(|value| char::from_digit(value as u32, 10));
    let folded: Vec<char> = words_apart(&fold(text)).chars().collect();
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

/// A text without white space, but for where it ends a word: at each line's end, and before a word of two letters or more.
/// `2 0 2 0 年 度` is one word, and `2019元 年末` and `2019元⏎年末` are two.
pub fn words_apart(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        for (place, word) in line.split_whitespace().enumerate() {
            let is_letters = word.chars().nth(1).is_some() && !word.starts_with(|c: char| c.is_ascii_digit());
            match place {
                0 if !out.is_empty() => out.push(WORD_END),
                0 => {}
                _ if is_letters => out.push(WORD_END),
                _ => {}
            }
            out.push_str(word);
        }
    }
    out
}

/// Where white space ends a word, in a text of which [`words_apart`] left the rest out.
const WORD_END: char = '\n';

/// The years in a text whose white space only ends words: byte position, year, and whether 年 stands behind it, in the next
/// line, too (`2020⏎年度`). What is counted or an amount is no year: 2046.8万元, 2020人.
pub fn years_in(vocabulary: &Vocabulary, text: &str) -> Vec<(usize, i32, bool)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let run = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        let behind = text.get(at + 4..).unwrap_or_default();
        if run == 4
            && let Some(year) =
                text.get(at..at + 4).and_then(|digits| digits.parse().ok()).filter(|year| is_year(*year))
            && !is_counted(vocabulary, behind)
            && !ends_a_line(vocabulary, behind)
        {
            found.push((at, year, vocabulary.years.year.starts(behind.trim_start_matches(WORD_END))));
        }
        at += run.max(1);
    }
    found
}

/// Whether a line ends here and the next begins with a word of its own: 年末 is no 年 of the figure in the line before.
fn ends_a_line(vocabulary: &Vocabulary, behind: &str) -> bool {
    behind.strip_prefix(WORD_END).is_some_and(|next| vocabulary.years.own_words.starts(next))
}

/// Whether digits go on as a number with a unit: `.8万元`, `元`, `%`, `人`. The unit may stand in the next line, and a line's end
/// ends it.
fn is_counted(vocabulary: &Vocabulary, behind: &str) -> bool {
    let rest = behind.strip_prefix('.').map_or(behind, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    let has_places = rest.len() < behind.len();
    let rest = rest.trim_start_matches(WORD_END);
    let units = &vocabulary.quantities.units;
    // 2046.8万元 is an amount whatever stands behind it.
    let behind_money = rest.trim_start_matches(units.money_chars.all());
    let money = rest.strip_suffix(behind_money).unwrap_or_default();
    if (has_places || money.chars().nth(1).is_some()) && MoneyUnit::parse(&vocabulary.quantities, money).is_some() {
        return true;
    }
    let behind_unit =
        units.counters.longest_start(rest).unwrap_or_else(|| rest.trim_start_matches(units.money_chars.all()));
    // 2020部门预算 goes on as a word, 2020部 does not.
    let is_unit = behind_unit.len() < rest.len() && !behind_unit.starts_with(char::is_alphabetic);
    rest.starts_with('%') || is_unit
}

/// Whether the figures of a row are years one after the other, 2019 | 2020 | 2021: they head columns, and none of them is an
/// amount. A row's own number before its label is left out.
pub fn is_row_of_years(grid: &Grid, row: u32) -> bool {
    let cells: Vec<(Address, &Cell)> = grid.cells_of(row).collect();
    let numbers = cells.iter().enumerate().filter_map(|(place, (_, cell))| match &cell.value {
        Value::Number(number) => Some((place, *number)),
        _ => None,
    });
    let is_year = |number: &Decimal| number.is_integer() && number.to_i32().is_some_and(is_year);
    let figures: Vec<Decimal> =
        numbers.filter(|(place, number)| *place > 0 || is_year(number)).map(|(_, number)| number).collect();
    let step =
        |pair: &[Decimal]| (pair[1] - pair[0]).abs() == Decimal::ONE && pair[1] - pair[0] == figures[1] - figures[0];
    figures.len() > 1 && figures.iter().all(is_year) && figures.windows(2).all(step)
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
    // A title may go on in the next line within a word: 2020年⏎度.
    let behind = |at: usize| digits.get(at + 4..).unwrap_or_default().replace(WORD_END, "");
    let with_degree = years.iter().find(|(at, ..)| vocabulary.years.degree.starts(behind(*at).trim_start_matches(')')));
    let with_year = || {
        years.iter().find(|(at, _, has_year)| {
            let rest = behind(*at);
            let rest = rest.trim_start_matches(')');
            let rest = vocabulary.years.year.strip_start(rest).unwrap_or(rest);
            *has_year && !rest.starts_with(|c: char| c.is_ascii_digit())
        })
    };
    let alone = || {
        let about = vocabulary.titles.about.within(text) && !vocabulary.titles.of_documents.within(text);
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

    #[test]
    fn the_end_of_a_line_ends_the_unit_of_a_figure_and_no_title() {
        let vocabulary = Vocabulary::builtin();
        for text in [
            "结余：2019元\n年末在编人数：46人",
            "2019人\n其中在编",
            "结余：2019元 年末在编人数：46人",
            "在编2019人\r\n年末资产",
            "结余：2019\n万元",
            "结余：2019\n年末在编人数：46人",
            "参训2019人次\n年度自评",
        ] {
            assert_eq!(first_year(vocabulary, text), None, "{text:?}");
        }
        for (text, year) in [
            ("2020\n年度", 2020),
            ("2020年\n度部门整体支出", 2020),
            ("二〇二〇年\n度部门整体支出绩效自评表", 2020),
            ("２ ０ ２ ０ 年 度", 2020),
            ("二 〇 二 〇 年 度", 2020),
            ("2020 部 门 整 体 支 出 自 评", 2020),
            ("2020 年度\n部门整体支出", 2020),
            ("2020\n部门整体支出自评", 2020),
            ("结余：2019元\n2020年度", 2020),
        ] {
            assert_eq!(first_year(vocabulary, text), Some(year), "{text:?}");
        }
        for text in
            ["2020\n年度部门整体支出自评表", "二〇二〇年\n度部门整体支出自评表", "某局2020年\n部门整体支出自评表"]
        {
            assert_eq!(year_in_title(vocabulary, text), Some(2020), "{text:?}");
        }
    }
}
