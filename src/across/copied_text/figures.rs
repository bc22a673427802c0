//! A figure that two departments both state in a shared run: 3,456.78万元 is nobody else's by chance.

use crate::quantity::fold;
use crate::vocabulary::Vocabulary;

/// Digits that a figure has at least, zeros at its ends not counted: 100%, 50人, 2000元 are common.
const SIGNIFICANT: usize = 3;
/// Numbers of these are years.
const YEARS: std::ops::RangeInclusive<u32> = 1949..=2099;

/// The first figure with a unit that stands in both, as the first writes it.
pub fn shared_figure(own: &[String], other: &[String]) -> Option<String> {
    let others: Vec<String> = other.iter().flat_map(|text| figures(text)).collect();
    own.iter().flat_map(|text| figures(text)).find(|figure| others.contains(figure))
}

/// The figures of a text with their units, without the commas between their digits.
fn figures(text: &str) -> Vec<String> {
    let words = Vocabulary::builtin();
    let unit_at = |signs: &[char]| {
        [&words.sentences.units, &words.passages.counted].iter().find_map(|list| list.length_at(signs))
    };
    let signs: Vec<char> = fold(text).chars().filter(|c| !c.is_whitespace()).collect();
    let (mut figures, mut at) = (Vec::new(), 0);
    while at < signs.len() {
        if !signs[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let number: Vec<char> =
            signs[at..].iter().copied().take_while(|c| c.is_ascii_digit() || ".,".contains(*c)).collect();
        at += number.len();
        let number: String = number.into_iter().filter(|c| *c != ',').collect();
        let unit = unit_at(&signs[at..]).unwrap_or(0);
        let unit: String = signs[at..at + unit].iter().collect();
        if !unit.is_empty() && is_telling(&number) {
            figures.push(number + &unit);
        }
    }
    figures
}

fn is_telling(number: &str) -> bool {
    let is_year = number.parse::<u32>().is_ok_and(|number| YEARS.contains(&number));
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let significant = digits.trim_start_matches('0').trim_end_matches('0');
    !is_year && significant.len() >= SIGNIFICANT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_has_three_digits_that_count_and_a_unit() {
        assert_eq!(figures("2020年支出3,456.78万元，培训１２８人次，100%完成，共50场"), ["3456.78万元", "128人"]);
        assert!(figures("根据财预〔2020〕128号，于2020年12月完成2000元").is_empty());
    }
}
