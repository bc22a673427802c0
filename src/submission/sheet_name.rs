//! What a sheet's name says of the figures in it: 2019年, 上半年, 初稿 and 分馆 speak against them. The day on which a version
//! was made or handed in says nothing of them, and nor does it that all offices were put together. Source: certainty.md, 3.

use super::base_data::NotOurs;
use super::grid::Grid;
use super::plain_words::guides;
use super::scope::{Off, Scope};
use super::years::{is_year, years_in};
use crate::quantity::fold;
use crate::vocabulary::Vocabulary;
use crate::workbook::Value;

/// The title and the heads of a sheet stand in so many of its first rows that hold something.
const HEAD: usize = 5;

/// What a sheet's name says against its figures. `report`: the report's year, where it is known.
pub fn not_ours_by_sheet(grid: &Grid, report: Option<i32>) -> Option<NotOurs> {
    let (vocabulary, name) = (grid.vocabulary(), grid.sheet.name.as_str());
    // 年度目标, 填写范例; 绩效目标自评表 is filled in.
    if guides(vocabulary, name) && !vocabulary.titles.of_evaluation.within(name) {
        return Some(NotOurs::Example);
    }
    let off = |name: &str| Scope::of(vocabulary, name, report).of_title().off();
    off(name)?;
    let mut said = putting_together(vocabulary, &fold(name).split_whitespace().collect::<String>());
    if report.is_some_and(|report| says_year(grid, report)) {
        said = without_days(vocabulary, &said, report.unwrap_or_default());
    }
    off(&said).map(NotOurs::of)
}

/// What a sheet says against the card on it: by its name, or by the year in its heads. One that names a later year than the
/// report's may be the report itself, whatever the other sheets say.
pub fn not_ours_by_heads(grid: &Grid, report: Option<i32>) -> Option<NotOurs> {
    let names_other = || {
        let mut scopes = heads(grid, report);
        let is_other = scopes.any(|scope| scope.off() == Some(Off::Year));
        (is_other && !report.is_some_and(|report| says_year(grid, report))).then_some(NotOurs::OtherYear)
    };
    let why = not_ours_by_sheet(grid, report).or_else(names_other);
    why.filter(|why| *why != NotOurs::OtherYear || !names_later_year(grid, report))
}

/// Whether the name, the title or the heads of a sheet name a year after the report's.
fn names_later_year(grid: &Grid, report: Option<i32>) -> bool {
    let cells = grid.rows().iter().take(HEAD).flat_map(|row| grid.cells_of(*row));
    let texts = cells.filter_map(|(_, cell)| match &cell.value {
        Value::Text(text) => Some(text.as_str()),
        _ => None,
    });
    let is_later = |text: &str| {
        let years = years_in(grid.vocabulary(), &fold(text));
        years.into_iter().any(|(_, year, _)| report.is_some_and(|report| year > report))
    };
    texts.chain([grid.sheet.name.as_str()]).any(is_later)
}

/// The scopes of the title and the heads of a sheet.
fn heads<'g>(grid: &'g Grid, report: Option<i32>) -> impl Iterator<Item = Scope> + 'g {
    let cells = grid.rows().iter().take(HEAD).flat_map(|row| grid.cells_of(*row));
    cells.filter_map(move |(_, cell)| match &cell.value {
        Value::Text(text) => Some(Scope::of(grid.vocabulary(), text, report)),
        _ => None,
    })
}

/// Whether the title or the heads of a sheet say that its figures are the report's year's.
fn says_year(grid: &Grid, report: i32) -> bool {
    heads(grid, Some(report)).any(|scope| scope.is_of_the_year() && scope.off().is_none())
}

/// 处室汇总 puts all offices together and is the whole, unless brackets say of what: 处室汇总（财政拨款）.
fn putting_together(vocabulary: &Vocabulary, name: &str) -> String {
    let words = &vocabulary.scopes;
    let is_whole = words.whole.within(name) && !name.contains(['(', '[', '【']);
    let offices = words.offices.iter().filter(|_| is_whole);
    offices.fold(name.to_owned(), |name, word| name.replace(word, ""))
}

/// A name without the days on which a version was made or handed in: 3月5日定稿, 2021年报送. A day has a word beside it that says
/// so, and does not lie in the report's year or before it.
fn without_days(vocabulary: &Vocabulary, name: &str, report: i32) -> String {
    if !vocabulary.scopes.handed_in.within(name) {
        return name.to_owned();
    }
    let mut left = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        // A day of the report's year stays whole: its month and day are no day of another year.
        if let Some(day) = Day::at(vocabulary, rest).filter(|_| first.is_ascii_digit()) {
            let (said, behind) = rest.split_at(day.length);
            left.push_str(if day.is_after(report) { "" } else { said });
            rest = behind;
            continue;
        }
        // What is left of a number is no day of its own.
        let (said, behind) = number(rest).unwrap_or_else(|| rest.split_at(first.len_utf8()));
        left.push_str(said);
        rest = behind;
    }
    left
}

/// A day, or a month of a year, or a year.
#[derive(Clone, Copy)]
struct Day {
    year: Option<i32>,
    has_day: bool,
    /// In bytes.
    length: usize,
}

impl Day {
    /// 2021年3月5日, 2021.3.5, 20210305, 2021年3月, 2021年, 2021, 3月5日, 3.5; never a span of months (1-6月).
    fn at(vocabulary: &Vocabulary, text: &str) -> Option<Day> {
        let (first, behind) = number(text)?;
        let ends = |rest: &str| text.len() - rest.len();
        if first.len() == 8 {
            let year = first.get(..4)?.parse().ok().filter(|year| is_year(*year));
            return year.map(|year| Day { year: Some(year), has_day: true, length: ends(behind) });
        }
        let year = first.parse().ok().filter(|year| first.len() == 4 && is_year(*year));
        let words = &vocabulary.years;
        let (month, rest) = match year {
            None => (first, behind),
            Some(_) => {
                let after_year = words.year.strip_start(behind).unwrap_or(behind);
                let parted = after_year.trim_start_matches(['.', '-', '/']);
                match number(parted) {
                    Some((month, rest)) if month.len() <= 2 => (month, rest),
                    _ => return Some(Day { year, has_day: false, length: ends(after_year) }),
                }
            }
        };
        let is_month = month.parse::<u32>().is_ok_and(|month| (1..=12).contains(&month));
        let parts: &[char] = if year.is_some() { &['.', '-', '/'] } else { &['.', '/'] };
        let by_word = rest.strip_prefix(vocabulary.scopes.months.all());
        let day = by_word.or_else(|| rest.strip_prefix(parts)).and_then(number);
        let is_day = |day: &str| day.parse::<u32>().is_ok_and(|day| (1..=31).contains(&day));
        match day.filter(|(day, after)| is_day(day) && !after.starts_with(vocabulary.scopes.months.all())) {
            _ if !is_month => None,
            Some((_, after)) => {
                let length = ends(words.days.strip_start(after).unwrap_or(after));
                Some(Day { year, has_day: true, length })
            }
            None if year.is_some() => Some(Day { year, has_day: false, length: ends(by_word.unwrap_or(rest)) }),
            None => None,
        }
    }

    /// Whether a report of that year can have been handed in then.
    fn is_after(self, report: i32) -> bool {
        self.year.map_or(self.has_day, |year| year > report)
    }
}

/// The digits that a text begins with, and what stands behind them.
fn number(text: &str) -> Option<(&str, &str)> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.strip_suffix(rest)?;
    (!digits.is_empty()).then_some((digits, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_handing_in_says_nothing_of_the_figures_and_any_other_time_stays() {
        let vocabulary = Vocabulary::builtin();
        for (name, left) in [
            ("2021年报送", "报送"),
            ("3月5日定稿", "定稿"),
            ("基础数据(2021.3.5定稿)", "基础数据(定稿)"),
            ("定稿2021-03-05", "定稿"),
            ("2021年3月上报", "上报"),
            ("20210305提交", "提交"),
            ("3.5定稿", "定稿"),
            // The report's own year, and those before it.
            ("2020年报送", "2020年报送"),
            ("2019年12月31日定稿", "2019年12月31日定稿"),
            // Half a year, and a month without a day or a year.
            ("1-6月报送", "1-6月报送"),
            ("6月报送", "6月报送"),
            ("1.6月报送", "1.6月报送"),
            // No word says that it was handed in.
            ("2021年", "2021年"),
            ("3月5日", "3月5日"),
        ] {
            assert_eq!(without_days(vocabulary, name, 2020), left, "{name}");
        }
    }

    #[test]
    fn offices_put_together_are_the_whole_unless_brackets_say_of_what() {
        let vocabulary = Vocabulary::builtin();
        for (name, left) in [
            ("处室汇总", "汇总"),
            ("各科室合计", "合计"),
            ("处室汇总(财政拨款)", "处室汇总(财政拨款)"),
            ("处室", "处室"),
            ("分馆汇总", "分馆汇总"),
            ("下属单位汇总", "下属单位汇总"),
        ] {
            assert_eq!(putting_together(vocabulary, name), left, "{name}");
        }
    }
}
