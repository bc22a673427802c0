//! Whose figures stand under words, of when, of which version and of how much: what decides between like columns, rows,
//! tables and sheets. Source of the order: certainty.md, “Words that decide between like columns and rows”.

use std::rc::Rc;

use super::years::{behind_year, words_apart, years_in};
use crate::quantity::fold;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::remembered::remembered;

/// How words lean in one direction.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lean {
    /// Another year, a time within the year, a part, a unit below: not what is asked.
    Against,
    /// What is asked only where nothing better stands beside it: 年初, 初评.
    Lesser,
    /// Nothing is said.
    #[default]
    Open,
    /// What is asked, and said to be so: 全年, 最终, 合计.
    For,
}

/// In which direction words lean away from what is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Off {
    /// Another year's.
    Year,
    /// A time within the year.
    Period,
    /// A version that no longer counts.
    Version,
    /// What stands below the department.
    Below,
    /// A part of the whole.
    Part,
}

/// The scope that words give: each direction by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scope {
    year: Lean,
    period: Lean,
    version: Lean,
    stage: Lean,
    reach: Lean,
    part: Lean,
}

impl Scope {
    /// The scope of a text. `report`: the report's year, where it is known.
    pub fn of(vocabulary: &Vocabulary, text: &str, report: Option<i32>) -> Scope {
        let (scope, years) = remembered!(vocabulary, text, (Scope, Rc<SaidOfYears>), Scope::read(vocabulary, text));
        Scope { year: years.lean(report), ..scope }
    }

    /// The scope of figures of a year.
    pub fn of_year(year: i32, report: Option<i32>) -> Scope {
        let year = report.map_or(Lean::Open, |report| if report == year { Lean::For } else { Lean::Against });
        Scope { year, ..Scope::default() }
    }

    /// Whether a heading, as a key, says nothing but whose, when, and in which version: 2020年, 上半年, 下属单位, 部门合计数.
    pub fn is_all_of(vocabulary: &Vocabulary, heading: &str) -> bool {
        let words = &vocabulary.scopes;
        let lists = [
            &words.whole_year,
            &words.within_year,
            &words.last,
            &words.draft,
            &words.adjusted,
            &words.initial,
            &words.whole,
            &words.own,
            &words.below,
        ];
        let mut rest = behind_year(vocabulary, heading).map_or(heading, |(_, behind)| behind);
        let is_shorter = |rest: &str| rest.len() < heading.len();
        while let Some(after) = lists.iter().filter_map(|list| list.longest_start(rest)).min_by_key(|rest| rest.len()) {
            rest = after;
        }
        is_shorter(rest) && vocabulary.headings.year_figures.contains(rest)
    }

    /// The scope of a heading or a row's name in a project form, which is of one year: what is said of several years together is
    /// another's, and 小计 is the whole of what stands beside it.
    pub fn in_form(vocabulary: &Vocabulary, text: &str, report: Option<i32>) -> Scope {
        let scope = Scope::of(vocabulary, text, report);
        let folded = fold(text);
        let is_span = vocabulary.scopes.spans.within(&folded) || names_span_of_years(vocabulary, &folded);
        let year = if is_span { Lean::Against } else { scope.year };
        let period = if is_last_months(vocabulary, &folded) { Lean::Against } else { scope.period };
        let part = if vocabulary.totals.form_subtotal.within(&folded) { Lean::For } else { scope.part };
        Scope { year, period, part, ..scope }
    }

    /// What a text says, whatever the report's year is; and what it says of years.
    fn read(vocabulary: &Vocabulary, text: &str) -> (Scope, Rc<SaidOfYears>) {
        let folded = fold(text);
        let text: String = folded.split_whitespace().collect();
        let words = &vocabulary.scopes;
        let has = |list: &crate::vocabulary::Words| list.within(&text);
        // 调整前 is no adjustment, and 年中调整 is one, and not a time within the year.
        let uninitial = words.initial.iter().fold(text.clone(), |text, word| text.replace(word, ""));
        let unadjusted = words.adjusted.iter().fold(text.clone(), |text, word| text.replace(word, ""));
        let within = words.within_year.within(&unadjusted) || names_months(vocabulary, &text);
        let scope = Scope {
            year: Lean::Open,
            period: lean(has(&words.whole_year), within),
            version: lean(has(&words.last), has(&words.draft)),
            stage: match (has(&words.change), words.adjusted.within(&uninitial), has(&words.initial)) {
                (true, ..) => Lean::Against,
                (_, true, _) => Lean::For,
                (_, _, true) => Lean::Lesser,
                _ => Lean::Open,
            },
            reach: if has(&words.below) { Lean::Against } else { lean(has(&words.own) || has(&words.whole), false) },
            part: if has(&words.whole) { Lean::For } else { lean(false, has(&words.part)) },
        };
        (scope, Rc::new(SaidOfYears::of(vocabulary, &text, &words_apart(&folded))))
    }

    /// Both scopes together: what either says against stays against, what either says for holds where nothing speaks against.
    pub fn and(self, other: Scope) -> Scope {
        let both = |a: Lean, b: Lean| match (a.min(b), a.max(b)) {
            (Lean::Open, lean) => lean,
            (lean, _) => lean,
        };
        Scope {
            year: both(self.year, other.year),
            period: both(self.period, other.period),
            version: both(self.version, other.version),
            stage: both(self.stage, other.stage),
            reach: both(self.reach, other.reach),
            part: both(self.part, other.part),
        }
    }

    /// The same without the directions in which the name of what is asked leans away itself: 一季度 of 一季度支出进度.
    pub fn asked_as(self, name: Scope) -> Scope {
        let asked = |own: Lean, name: Lean| if name < Lean::Open { own.max(Lean::Open) } else { own };
        Scope {
            year: asked(self.year, name.year),
            period: asked(self.period, name.period),
            version: asked(self.version, name.version),
            stage: asked(self.stage, name.stage),
            reach: asked(self.reach, name.reach),
            part: asked(self.part, name.part),
        }
    }

    /// The same with nothing said of parts and stages: a title names what a table is about, 项目支出基础数据表.
    pub fn of_title(self) -> Scope {
        Scope { stage: Lean::Open, part: Lean::Open, ..self }
    }

    /// The same with nothing said of parts of money: a score is no amount.
    pub fn of_score(self) -> Scope {
        Scope { part: Lean::Open, stage: Lean::Open, ..self }
    }

    /// The same with nothing said of the report's year or of all of it.
    pub fn without_the_time(self) -> Scope {
        Scope { year: self.year.min(Lean::Open), period: self.period.min(Lean::Open), ..self }
    }

    /// The same with nothing said of the department by itself: 本级 beside 下属 is a part.
    pub fn without_own(self) -> Scope {
        Scope { reach: self.reach.min(Lean::Open), ..self }
    }

    /// Whether it says that it is the department's by itself, and not the whole of it: 本级, no 合计.
    pub fn is_own_alone(self) -> bool {
        self.reach == Lean::For && self.part != Lean::For && self.off().is_none()
    }

    /// The same of what is not final.
    pub fn of_a_draft(self) -> Scope {
        Scope { version: Lean::Against, ..self }
    }

    /// The same of what is a part: the money of projects beside all money.
    pub fn of_a_part(self) -> Scope {
        Scope { part: self.part.min(Lean::Against), ..self }
    }

    /// The same of a column that is asked to be the treasury's part.
    pub fn of_the_treasury(self) -> Scope {
        Scope { part: self.part.max(Lean::Open), ..self }
    }

    fn leans(self) -> [Lean; 6] {
        [self.year, self.period, self.version, self.stage, self.reach, self.part]
    }

    /// Why the figures are not the ones asked for; none: nothing speaks against them.
    pub fn off(self) -> Option<Off> {
        let directions = [
            (self.year, Off::Year),
            (self.period, Off::Period),
            (self.version, Off::Version),
            (self.reach, Off::Below),
            (self.part.min(self.stage), Off::Part),
        ];
        directions.into_iter().find(|(lean, _)| *lean == Lean::Against).map(|(_, off)| off)
    }

    /// Whether it says how much an amount was changed, and not what it is: 年中追加.
    pub fn is_of_a_change(self) -> bool {
        self.stage == Lean::Against
    }

    /// Whether it is asked for only where nothing better stands beside it.
    pub fn is_lesser(self) -> bool {
        self.leans().contains(&Lean::Lesser)
    }

    /// Whether it says that these are the whole, adjusted figures of the year.
    pub fn is_final(self) -> bool {
        self.off().is_none() && [self.period, self.stage, self.part].contains(&Lean::For)
    }

    /// Whether it says that it is the last version: 终评, 最终得分.
    pub fn is_last(self) -> bool {
        self.version == Lean::For
    }

    /// Whether it names the report's year.
    pub fn is_of_the_year(self) -> bool {
        self.year == Lean::For
    }

    /// Whether it says anything at all.
    pub fn is_open(self) -> bool {
        self == Scope::default()
    }

    /// Whether a word decides for this against the other: no direction is worse, one is better.
    pub fn beats(self, other: Scope) -> bool {
        let pairs = || self.leans().into_iter().zip(other.leans());
        pairs().all(|(own, others)| own >= others) && pairs().any(|(own, others)| own > others)
    }
}

/// Those of several like things that no word decides against: what another beats is left out, and what leans against
/// what is asked. Their order stays.
pub fn undecided<T>(items: &[T], scope: impl Fn(&T) -> Scope) -> Vec<&T> {
    let fit: Vec<&T> = items.iter().filter(|item| scope(item).off().is_none()).collect();
    fit.iter().copied().filter(|item| !fit.iter().any(|other| scope(other).beats(scope(item)))).collect()
}

fn lean(is_for: bool, is_against: bool) -> Lean {
    match (is_for, is_against) {
        (_, true) => Lean::Against,
        (true, false) => Lean::For,
        (false, false) => Lean::Open,
    }
}

/// What a text says of years.
struct SaidOfYears {
    named: Vec<i32>,
    /// 上年, 下年: another year than the report's, whichever that is.
    is_another: bool,
}

impl SaidOfYears {
    /// `text` without white space, and the same with its words apart.
    fn of(vocabulary: &Vocabulary, text: &str, apart: &str) -> SaidOfYears {
        let named = years_in(vocabulary, apart).into_iter().map(|(_, year, _)| year).collect();
        let by_word = vocabulary.years.before.within(text) || vocabulary.years.after.within(text);
        SaidOfYears { named, is_another: by_word && !vocabulary.scopes.part.within(text) }
    }

    fn lean(&self, report: Option<i32>) -> Lean {
        match report {
            _ if self.is_another => Lean::Against,
            Some(report) if self.named.contains(&report) => Lean::For,
            Some(_) if !self.named.is_empty() => Lean::Against,
            _ => Lean::Open,
        }
    }
}

/// A year has so many digits.
const YEAR_DIGITS: usize = 4;

/// Whether a text names years from one to another: 2018-2020年, 2018年至2020年.
fn names_span_of_years(vocabulary: &Vocabulary, folded: &str) -> bool {
    let joins = &vocabulary.quantities.comparisons.spans;
    let is_join = |c: char| "-~—–".contains(c) || joins.contains(c);
    let digits = |text: &mut dyn Iterator<Item = char>| text.take_while(char::is_ascii_digit).count() == YEAR_DIGITS;
    folded.match_indices(is_join).any(|(at, join)| {
        let before = vocabulary.years.year.strip_end(&folded[..at]).unwrap_or(&folded[..at]);
        digits(&mut before.chars().rev()) && digits(&mut folded[at + join.len()..].chars())
    })
}

/// Whether a text names the last months of a year by themselves: 12月, 7-12月; but not 1-12月, 12月底 and 截至12月.
fn is_last_months(vocabulary: &Vocabulary, folded: &str) -> bool {
    let scopes = &vocabulary.scopes;
    let Some((before, behind)) = scopes.months.all().iter().find_map(|month| folded.split_once(&format!("12{month}")))
    else {
        return false;
    };
    let is_end = behind.starts_with(|c: char| c.is_ascii_digit() || scopes.of_times.contains(c));
    let from: String = before.trim_end_matches(|c: char| !c.is_ascii_digit() && !scopes.joins.contains(c)).to_owned();
    let start: String = from.chars().rev().take_while(char::is_ascii_digit).collect();
    match start.chars().rev().collect::<String>().parse::<u32>() {
        Ok(start) if from.len() < before.len() => (2..12).contains(&start),
        _ => !is_end && !before.contains(scopes.joins.all()),
    }
}

/// Whether running text so far speaks of a time within the year: 截至6月底, 上半年. Quarters follow each other in one sentence,
/// and say nothing of what comes behind them.
pub fn is_within_year(vocabulary: &Vocabulary, text: &str) -> bool {
    names_months(vocabulary, text) || vocabulary.scopes.half_years.within(text)
}

/// The months that a text names: 11 of 截至11月末.
pub fn months_named(vocabulary: &Vocabulary, text: &str) -> Vec<u32> {
    let chars: Vec<char> = text.chars().collect();
    let months = chars.iter().enumerate().filter(|(_, c)| vocabulary.scopes.months.contains(**c));
    let named = months.filter_map(|(at, _)| {
        let digits: String = chars[..at].iter().rev().take_while(|c| c.is_ascii_digit()).collect();
        digits.chars().rev().collect::<String>().parse().ok()
    });
    named.collect()
}

/// 1-6月, 截至6月底, 3月: months that are not the whole year. 12月 alone says nothing.
fn names_months(vocabulary: &Vocabulary, text: &str) -> bool {
    months_named(vocabulary, text).into_iter().any(|month| (1..12).contains(&month))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(text: &str) -> Scope {
        Scope::of(Vocabulary::builtin(), text, Some(2020))
    }

    #[test]
    fn words_against_what_is_asked_say_why() {
        for (text, off) in [
            ("2019年", Some(Off::Year)),
            ("数值（2019年）", Some(Off::Year)),
            ("上年数", Some(Off::Year)),
            ("上半年得分", Some(Off::Period)),
            ("1-6月执行数", Some(Off::Period)),
            ("截至6月底", Some(Off::Period)),
            ("基础数据表（初稿，作废）", Some(Off::Version)),
            ("下属单位得分", Some(Off::Below)),
            ("其他资金", Some(Off::Part)),
            ("上年结转", Some(Off::Part)),
            ("追加（减）预算", Some(Off::Part)),
            ("数值（2020年）", None),
            ("全年执行数", None),
            ("1-12月", None),
            ("12月底", None),
            ("年初预算数", None),
            ("年中调整目标值", None),
            ("数值", None),
            ("合计", None),
        ] {
            assert_eq!(scope(text).off(), off, "{text}");
        }
    }

    #[test]
    fn what_the_name_itself_leaves_out_is_asked_for_and_what_it_says_in_full_is_not_waived() {
        let quarter = scope("一季度部门预算支出进度");
        assert_eq!(scope("季度数").asked_as(quarter).off(), None, "the name asks for a quarter");
        let total = scope("固定资产总额");
        assert_eq!(scope("分馆").asked_as(total).off(), Some(Off::Below), "the name asks for all of it");
        let cumulative = scope("调整调剂资金累计金额");
        assert_eq!(scope("上半年批次").asked_as(cumulative).off(), Some(Off::Period));
    }

    #[test]
    fn a_word_decides_between_like_columns_and_never_their_order() {
        for (better, worse) in [
            ("自评得分（终评）", "自评得分（初评）"),
            ("最终得分", "得分"),
            ("调整后预算数", "年初预算数"),
            ("预算数", "年初预算数"),
            ("全年执行数", "执行数"),
            ("数值（2020年）", "数值"),
            ("合计", "预算数"),
            ("本级得分", "得分"),
            ("年中调整目标值", "年初目标值"),
            ("指标值（调整后）", "指标值（调整前）"),
        ] {
            assert!(scope(better).beats(scope(worse)), "{better} over {worse}");
            assert!(!scope(worse).beats(scope(better)), "{worse} not over {better}");
            let columns = [scope(worse), scope(better)];
            assert_eq!(undecided(&columns, |one| *one), [&columns[1]], "{better}");
        }
        let like = [scope("数值"), scope("填报值")];
        assert_eq!(undecided(&like, |one| *one).len(), 2, "no word tells them apart");
    }
}
