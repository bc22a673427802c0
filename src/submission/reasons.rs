//! What speaks against taking one row of a table for a fact: its name, the remarks in its brackets, its place and the remark
//! beside it. The conditions are those of certainty.md, 1 and 3.

use super::names::{How, Labelled};
use super::scope::{Off, Scope, months_named};
use super::units_said::is_unit;
use crate::audit::Doubt;
use crate::quantity::fold;
use crate::rulebook::Fact;
use crate::vocabulary::Vocabulary;

/// Longer remarks tell a story, and are no scope of the figure.
const LONGEST_REMARK: usize = 16;

/// What speaks against one row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Doubts {
    /// Why the row is not certainly the fact; none: it is.
    pub why: Option<Doubt>,
    /// The words that make it doubtful, where they are not the label.
    pub written: Option<String>,
    /// The row says of itself that it is another year's, a draft's, half a year's: it is not the fact at all.
    pub off: Option<Off>,
    /// Its brackets say a part, or may.
    pub(super) is_part: bool,
    /// It has brackets, and they are neutral: 含工勤人员.
    pub(super) in_brackets: bool,
    /// Its brackets say that it is the department's by itself: 本级.
    pub(super) is_own_alone: bool,
    /// Its brackets say that it is of the units below: 下属单位.
    pub(super) is_below: bool,
    /// It says that money of earlier years is in its figure: 含上年结转.
    pub(super) holds_carried: Option<String>,
    /// Its label says that it corrects what stands elsewhere: 更正：服务对象满意度.
    pub(super) corrects: bool,
    /// A slip of the pen, certain where unit and place agree.
    pub(super) is_slip: bool,
}

impl Doubts {
    /// Words beside it may narrow what is meant: it is a part, or may be one.
    pub fn narrowed(&mut self, words: &str) {
        self.is_part = true;
        if self.why.is_none() {
            (self.why, self.written) = (Some(Doubt::Remark), Some(words.to_owned()));
        }
    }

    /// The row itself says something against its figure.
    pub fn spoken_against(&mut self, words: &str) {
        if self.why.is_none() {
            (self.why, self.written) = (Some(Doubt::RowRemark), Some(words.to_owned()));
        }
    }

    /// A row of its own says that it corrects what stands here or there.
    pub fn corrected(&mut self, label: &str) {
        if self.why.is_none() {
            (self.why, self.written) = (Some(Doubt::Corrected), Some(label.to_owned()));
        }
    }

    /// A comment on its cell may change what it says.
    pub fn commented(&mut self, comment: &str) {
        if self.why.is_none() {
            (self.why, self.written) = (Some(Doubt::Comment), Some(comment.to_owned()));
        }
    }

    /// It is the department's own part of a whole that nothing gives: 本级 beside 下属.
    pub fn parted(&mut self) {
        self.is_part = true;
        self.why = self.why.or(Some(Doubt::Part));
    }

    /// What speaks against a row: its name as found, the scope of its place, and the remark beside it.
    pub fn of(
        vocabulary: &Vocabulary,
        fact: &Fact,
        found: &Labelled,
        place: Scope,
        remark: &str,
        year: Option<i32>,
    ) -> Doubts {
        let own = Scope::of(vocabulary, &fact.label, year);
        let mut doubts = Doubts { off: place.asked_as(own).off(), is_slip: found.slip, ..Doubts::default() };
        for bracket in &found.remarks {
            let said = Scope::of(vocabulary, bracket, year);
            doubts.is_own_alone |= said.is_own_alone();
            doubts.is_below |= said.off() == Some(Off::Below);
            if holds_others(vocabulary, fact, bracket) {
                doubts.is_part = true;
                continue;
            }
            match said_in_brackets(vocabulary, bracket, own, year) {
                Bracket::Neutral => doubts.in_brackets |= vocabulary.scopes.includes.starts(bracket),
                Bracket::Part => doubts.is_part = true,
                Bracket::Off(off) => doubts.off = doubts.off.or(Some(off)),
            }
        }
        let said = found.remarks.iter().map(String::as_str).chain([remark]);
        doubts.holds_carried = said.into_iter().find(|said| holds_carried(vocabulary, said)).map(str::to_owned);
        if found.how == How::Near {
            doubts.why = Some(Doubt::NearName);
        } else if doubts.is_part {
            doubts.why = Some(Doubt::Remark);
        } else if fact.note.as_deref() != Some(remark)
            && (speaks_against(vocabulary, remark, own, year)
                || fact.note.as_deref().is_some_and(|note| ends_elsewhere(vocabulary, note, remark)))
        {
            (doubts.why, doubts.written) = (Some(Doubt::RowRemark), Some(remark.to_owned()));
        }
        doubts
    }
}

/// （含离退休） behind 年末在编人数: others than the fact speaks of are in the figure. What the fact's own words or its note name is no
/// other: 含劳务派遣 of 编外人员数.
fn holds_others(vocabulary: &Vocabulary, fact: &Fact, bracket: &str) -> bool {
    let is_its_own = |word: &str| {
        let note = fact.note.iter().chain([&fact.label]).chain(&fact.aliases);
        note.into_iter().any(|text| text.contains(word))
    };
    let mut others = vocabulary.scopes.others_within.iter();
    vocabulary.scopes.includes.starts(bracket) && others.any(|word| bracket.contains(word) && !is_its_own(word))
}

/// What brackets behind a label say.
enum Bracket {
    Neutral,
    /// A part of the fact, or something that may be one.
    Part,
    Off(Off),
}

fn said_in_brackets(vocabulary: &Vocabulary, text: &str, name: Scope, year: Option<i32>) -> Bracket {
    if vocabulary.names.others.within(text) {
        // 目标, 平均, 单季: another figure altogether.
        return Bracket::Off(Off::Part);
    }
    let said = Scope::of(vocabulary, text, year);
    let scope = said.asked_as(name);
    match scope.off() {
        _ if vocabulary.scopes.includes.starts(text) => Bracket::Neutral,
        Some(Off::Part | Off::Below) => Bracket::Part,
        Some(off) => Bracket::Off(off),
        // 年初 behind a figure of the year's end.
        None if scope.is_lesser() => Bracket::Off(Off::Period),
        // 填整数, 见附件3, 单位：万元.
        None if is_guidance(vocabulary, text) => Bracket::Neutral,
        None if !said.is_open() && says_only_the_whole(vocabulary, text) => Bracket::Neutral,
        None => Bracket::Part,
    }
}

/// 填整数, 万元,保留两位小数: units and how to fill in, and nothing beside them.
fn is_guidance(vocabulary: &Vocabulary, text: &str) -> bool {
    let mut parts = text.split([',', ';', '、']).map(str::trim);
    vocabulary.scopes.neutral.starts(text)
        || parts.all(|part| vocabulary.scopes.neutral.starts(part) || is_unit(vocabulary, part))
}

/// 全年, 合计, 本单位, 2020年末: words of the whole and nothing beside them. 机关单位 says more.
fn says_only_the_whole(vocabulary: &Vocabulary, text: &str) -> bool {
    let words = &vocabulary.scopes;
    let lists = [&words.whole_year, &words.last, &words.adjusted, &words.whole];
    let rest = lists.iter().flat_map(|list| list.iter()).fold(text.to_owned(), |rest, word| rest.replace(word, ""));
    let is_said = |c: char| c.is_alphabetic() && !words.joins.contains(c);
    words.own.contains(text) || !rest.chars().any(is_said)
}

/// Whether words say that money of earlier years is in a figure: 含上年结转, 其中上年结转38万元; 不含上年结转 says that it is not.
pub fn holds_carried(vocabulary: &Vocabulary, words: &str) -> bool {
    let scopes = &vocabulary.scopes;
    scopes.carried.within(words) && scopes.within_it.within(words) && !scopes.leaves_out.within(words)
}

/// Whether words say that money of earlier years is not in a figure: 不含上年结转.
pub fn leaves_carried_out(vocabulary: &Vocabulary, words: &str) -> bool {
    vocabulary.scopes.carried.within(words) && vocabulary.scopes.leaves_out.within(words)
}

/// A short remark beside the figure that gives it another scope (当季数, 上年数), or one of any length that takes something out of
/// it or says that it does not hold: 不含劳务派遣9人, 应为84%.
fn speaks_against(vocabulary: &Vocabulary, remark: &str, name: Scope, year: Option<i32>) -> bool {
    let is_short = remark.chars().count() <= LONGEST_REMARK;
    let said = Scope::of(vocabulary, remark, year).asked_as(name);
    let against = match said.off() {
        Some(Off::Year) => !gives_a_figure(remark),
        Some(Off::Period | Off::Version | Off::Below) => true,
        // 年初数 beside what is asked as adjusted, 目标值 beside what was reached; with a figure of its own it compares.
        Some(Off::Part) | None => {
            let calls_it_so = said.is_lesser() || is_another_figure(vocabulary, remark);
            calls_it_so && !fold(remark).contains(|c: char| c.is_ascii_digit())
        }
    };
    let scopes = &vocabulary.scopes;
    let is_of_a_part = scopes.only.starts(remark.trim());
    is_of_a_part || scopes.single.within(remark) || scopes.qualifies.within(remark) || (is_short && against)
}

/// Whether a short remark may name a part: neither the whole, nor a paper, nor how to fill in, nor any figure.
pub(super) fn tells_a_part(vocabulary: &Vocabulary, remark: &str) -> bool {
    let words = &vocabulary.quantities.comparisons;
    let folded = fold(remark);
    let is_aside = vocabulary.scopes.neutral.starts(&folded)
        || vocabulary.scopes.includes.starts(&folded)
        || words.refers.starts(&folded)
        || words.papers.ends(&folded)
        || words.asides.starts(&folded);
    let is_short = remark.chars().count() <= LONGEST_REMARK && !folded.contains(|c: char| c.is_ascii_digit());
    is_short && !is_aside && !says_only_the_whole(vocabulary, remark) && !is_unit(vocabulary, remark)
}

/// 目标值, 预计数: a remark that calls the figure beside it another one.
fn is_another_figure(vocabulary: &Vocabulary, remark: &str) -> bool {
    vocabulary.names.others.iter().any(|word| remark.trim().starts_with(word))
}

/// A remark that names another end of the time than the fact's own note does: 截至11月末 beside 截至12月末的累计支出进度.
fn ends_elsewhere(vocabulary: &Vocabulary, note: &str, remark: &str) -> bool {
    let (asked, said) = (months_named(vocabulary, note), months_named(vocabulary, remark));
    !asked.is_empty() && !said.is_empty() && !said.iter().any(|month| asked.contains(month))
}

/// 2019年为25.1%, 上年96%: a remark with another year's figure compares, and says nothing of the figure beside it.
fn gives_a_figure(remark: &str) -> bool {
    remark.contains(['%', '％', '.'])
}
