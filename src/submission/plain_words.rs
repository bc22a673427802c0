//! What is plain around a value that no header explains: words that say neither whose nor which figure stands there. Source:
//! certainty.md, “scope” and “alone”.

use std::borrow::Cow;
use std::rc::Rc;

use super::corner::corner_unit;
use super::headers::{bare, base_column, without_brackets};
use super::names::{Names, after_numbering, key};
use super::scope::Scope;
use super::units_said::is_unit;
use crate::quantity::fold;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::remembered::remembered;

/// A unit over a table is said in so few characters: 单位：万元.
const LONGEST_CORNER: usize = 10;

/// What tells plain words from others in one submission.
pub struct PlainWords<'a> {
    /// The words of forms.
    pub vocabulary: &'a Vocabulary,
    /// The names of the facts.
    pub names: &'a Names<'a>,
    /// The report's year, as far as it is known.
    pub year: Option<i32>,
    /// The filer's name, as far as the workbook says it before its tables are read.
    pub department: Option<&'a str>,
}

impl PlainWords<'_> {
    /// Whether a line says that somebody else than the department filled in what follows: 填报单位：某区少儿图书馆.
    pub fn is_another(&self, label: &str, name: &str) -> bool {
        let (labels, own) = (&self.vocabulary.labels, without_brackets(label));
        let is_unit = labels.unit.contains(own.as_str()) || labels.unit_short.contains(own.as_str());
        // 单位名称 | 预算编制符合职责和政策: the name of a column beside those of others.
        let is_label = self.names.surely(name).is_some();
        let name = key(name);
        let is_own = |department: &str| key(department).contains(&name) || name.contains(&key(department));
        is_unit && !is_label && !name.is_empty() && self.department.is_some_and(|department| !is_own(department))
    }

    /// 2020年决算数 in a report of 2020: 决算数; 2019年决算数: 上年决算数.
    pub fn of_the_year<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let Some(year) = self.year else { return Cow::Borrowed(text) };
        let words = &self.vocabulary.years;
        let before = words.before.iter().next().unwrap_or_default();
        let mut text = fold(text);
        // Most texts name no year, and are looked at no further.
        if !text.contains(|c: char| c.is_ascii_digit()) {
            return text;
        }
        for (said, meant) in [(year, ""), (year - 1, before)] {
            let said = said.to_string();
            if text.contains(&said) {
                for behind in words.degree.iter().chain(words.year.iter()) {
                    text = Cow::Owned(text.replace(&format!("{said}{behind}"), meant));
                }
            }
        }
        text
    }

    /// A text that ends like the name of a department and is not the filer's: 少儿馆.
    pub fn names_somebody(&self, text: &str) -> Option<String> {
        let is_name = ends_like_a_name(self.vocabulary, text) && !self.is_plain(text);
        is_name.then(|| text.to_owned())
    }

    /// Words that narrow nothing: a number, 数值, 合计, 本年数, 人员情况, the department's own name. What says another year or
    /// another time is weighed as such.
    pub fn is_plain(&self, text: &str) -> bool {
        let asked = format!("{}\u{1}{text}", self.year.unwrap_or_default());
        let read = || {
            let words = self.words_of(text);
            let plain = self.are_plain(text, &words);
            (Rc::from(words), plain)
        };
        let (words, plain) = remembered!(self.vocabulary, &asked, (Rc<str>, bool), read());
        let own = self.department.map(key).unwrap_or_default();
        if own.is_empty() || !words.contains(&own) { plain } else { self.are_plain(text, &words.replace(&own, "")) }
    }

    /// The words of a text behind its numbering, as a key, without the report's year.
    fn words_of(&self, text: &str) -> String {
        key(&self.of_the_year(after_numbering(self.vocabulary, text).unwrap_or(text)))
    }

    fn are_plain(&self, text: &str, words: &str) -> bool {
        let vocabulary = self.vocabulary;
        let scope = Scope::of(vocabulary, text, self.year);
        if scope.off().is_some() || is_unit(vocabulary, text) {
            return true;
        }
        let scopes = &vocabulary.scopes;
        let lists =
            [&vocabulary.titles.plain, &scopes.whole_year, &scopes.last, &scopes.adjusted, &scopes.whole, &scopes.own];
        let mut rest = words;
        while let Some(after) = lists.iter().filter_map(|list| list.longest_start(rest)).min_by_key(|rest| rest.len()) {
            rest = after;
        }
        // 附件3, 12.
        let is_number = rest.len() < 4 && rest.bytes().all(|b| b.is_ascii_digit());
        // 全年数, 汇总金额.
        let is_figures = rest != words && vocabulary.headings.year_figures.contains(rest);
        is_number || is_figures || base_column(vocabulary, rest).is_some()
    }

    /// Whether a cell holds nothing but labels with their figures or answers.
    pub fn holds_pairs(&self, text: &str) -> bool {
        let pairs = pairs_in(text);
        !pairs.is_empty()
            && pairs.iter().all(|pair| match pair {
                Some((label, value)) => self.is_pair(label, value),
                None => false,
            })
    }

    /// Whether a label and what stands behind it are a pair of data: a figure, an answer, or who and when.
    pub fn is_pair(&self, label: &str, value: &str) -> bool {
        let vocabulary = self.vocabulary;
        let begins_with_digit = fold(value).starts_with(|c: char| c.is_ascii_digit());
        let is_fact = self.names.surely(label).is_some();
        // 少儿馆：12 beside it tells whose figures these may be.
        let is_others = guides(vocabulary, label)
            || self.names_somebody(label).is_some()
            || Scope::of(vocabulary, label, self.year).off().is_some();
        is_fact || begins_with_digit && !is_others || names_filer(vocabulary, label)
    }
}

/// The parts of a cell's text, each as a label and what stands behind its colon; none for a part without one. A comma within a
/// number parts nothing.
pub fn pairs_in(text: &str) -> Vec<Option<(&str, &str)>> {
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let is_comma = matches!(c, '，' | '、');
        let behind = text.get(at + c.len_utf8()..).unwrap_or_default();
        let in_number = is_comma
            && text.get(..at).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()))
            && behind.starts_with(|c: char| c.is_ascii_digit());
        if matches!(c, '；' | ';' | '\n' | '。') || is_comma && !in_number {
            parts.extend(text.get(from..at));
            from = at + c.len_utf8();
        }
    }
    parts.extend(text.get(from..));
    let filled = parts.into_iter().filter(|part| !part.trim().is_empty());
    filled.map(|part| part.rsplit_once([':', '：']).map(|(label, value)| (label, value.trim()))).collect()
}

/// A label of who fills in the form, and when.
pub fn names_filer(vocabulary: &Vocabulary, label: &str) -> bool {
    let labels = &vocabulary.labels;
    let lists = [&labels.unit, &labels.unit_short, &labels.year, &labels.others, &labels.people];
    lists.iter().any(|list| list.contains(bare(vocabulary, label)))
}

/// A unit, or the unit of the table below.
pub fn states_unit(vocabulary: &Vocabulary, text: &str) -> bool {
    let is_short = || text.chars().count() <= LONGEST_CORNER;
    is_unit(vocabulary, text) || is_short() && corner_unit(vocabulary, text).is_some()
}

/// Whether a text is the title of a guide, of examples or of the clauses: nobody states anything there.
pub fn guides(vocabulary: &Vocabulary, text: &str) -> bool {
    remembered!(vocabulary, text, bool, vocabulary.titles.guides.within(text))
}

fn ends_like_a_name(vocabulary: &Vocabulary, text: &str) -> bool {
    remembered!(vocabulary, text, bool, vocabulary.titles.endings.ends(&key(text)))
}
