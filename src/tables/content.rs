//! What a cell looks like by itself: the kind of its content, and whether its words ask for something or answer.

use crate::quantity::fold;
use crate::vocabulary::Vocabulary;
use crate::workbook::Value;

/// The kind of a cell's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContentKind {
    /// A number, also one typed as text with separators, signs, a percent sign or a unit behind it.
    Number,
    /// A day, a month of a year, or a clock reading.
    Date,
    /// A year alone: it can head a column or be an entry.
    Year,
    /// 是, 否, a ticked box.
    Answer,
    /// A dash or another sign for nothing.
    Nothing,
    /// Anything else.
    Text,
}

/// What can be said of a cell without looking at its neighbours.
#[derive(Debug, Clone)]
pub struct Content {
    /// The kind.
    pub kind: ContentKind,
    /// Its text, folded, without white space; nothing of what is neither a text nor a number.
    pub text: String,
    /// The words ask for something, as headings and labels do: 金额, 出生日期, 联系电话：.
    pub asks: bool,
    /// The words answer: long, with marks of a sentence, the name of a company, mostly letters and digits.
    pub answers: bool,
    /// A label and its value in one text: 姓名：张三.
    pub joined: bool,
    /// A sentence: no heading, and no label of a few words.
    pub long: bool,
    /// Ends in 合计, 小计, 总计.
    pub total: bool,
    /// Says nothing else than that.
    pub only_total: bool,
}

impl Content {
    /// Looks at one value.
    pub fn of(value: &Value, words: &Vocabulary) -> Content {
        let plain = |kind| Content {
            kind,
            text: String::new(),
            asks: false,
            answers: true,
            joined: false,
            long: false,
            total: false,
            only_total: false,
        };
        match value {
            Value::Number(number) => of_text(&number.to_string(), words),
            Value::Unrepresentable(_) | Value::Uncalculated | Value::Error(_) => plain(ContentKind::Number),
            Value::Date { .. } => plain(ContentKind::Date),
            Value::Bool(_) => plain(ContentKind::Answer),
            Value::Text(text) | Value::Unsure { ours: text, .. } => of_text(text, words),
        }
    }

    /// Numbers, dates and answers are entries wherever they stand.
    pub fn is_value(&self) -> bool {
        matches!(self.kind, ContentKind::Number | ContentKind::Date | ContentKind::Answer)
    }

    /// Words, which can be anything.
    pub fn is_text(&self) -> bool {
        self.kind == ContentKind::Text
    }
}

/// Longer texts are read no further than this: what they ask or answer is decided by then.
const LONGEST: usize = 200;
/// Questions are shorter than this.
const LONGEST_QUESTION: usize = 30;

fn of_text(text: &str, words: &Vocabulary) -> Content {
    let spread = is_spread(text);
    let text: String = fold(text).chars().filter(|c| !c.is_whitespace()).take(LONGEST).collect();
    let kind = kind_of(&text, words);
    let core = core(&text, words);
    let is_text = kind == ContentKind::Text;
    let answers = !is_text || is_answer(&text, &core, words);
    let lists = text.matches('、').count() > 1;
    let asks = is_text && !lists && !is_sentence(&text) && (text.ends_with(':') || spread || asks(&core, words));
    let total = is_text && is_total(&core, words);
    let only_total = total && words.tables.totals.contains(&core);
    let joined = is_text && is_joined(&text, words);
    let asks = asks && !joined;
    let long = is_text && is_sentence(&text);
    Content { kind, text, asks, answers, joined, long, total, only_total }
}

/// `宣    言`: short words drawn out to the width of their column, as labels are.
fn is_spread(text: &str) -> bool {
    let text = text.trim();
    let blanks = text.chars().take(LONGEST_QUESTION).filter(|c| c.is_whitespace() && *c != '\n').count();
    let others = text.chars().count().saturating_sub(blanks);
    blanks >= 3 && (2..=4).contains(&others) && !text.is_ascii()
}

fn is_total(core: &str, words: &Vocabulary) -> bool {
    core.chars().count() <= 20 && words.tables.totals.ends(core)
}

fn asks(core: &str, words: &Vocabulary) -> bool {
    !core.is_empty()
        && core.chars().count() <= LONGEST_QUESTION
        && (words
            .tables
            .asked
            .iter()
            .any(|word| if word.chars().count() > 1 { core.ends_with(word) } else { core == word })
            || words.tables.corners.contains(core)
            || words.tables.asks.starts(core)
            || ends_as_asked(core, words))
}

fn is_joined(text: &str, words: &Vocabulary) -> bool {
    let Some((label, value)) = text.split_once(':') else { return false };
    !value.is_empty()
        && numbering(text, words).is_none()
        && !words.tables.parts.iter().any(|part| label == part.trim_end_matches(':'))
        && asks(&core(label, words), words)
}

/// 数, 率, 额 … behind at least one more word, none of them a figure.
fn ends_as_asked(core: &str, words: &Vocabulary) -> bool {
    let length = core.chars().count();
    let figures = core.contains(|c: char| c.is_ascii_digit());
    (2..=12).contains(&length) && !figures && core.ends_with(words.tables.endings.all())
}

fn is_sentence(text: &str) -> bool {
    text.chars().count() > LONGEST_QUESTION || text.trim_end_matches(':').contains(['。', ',', ';', '!', '?'])
}

fn is_answer(text: &str, core: &str, words: &Vocabulary) -> bool {
    let length = text.chars().count();
    let latin = text.chars().filter(char::is_ascii_alphanumeric).count();
    is_sentence(text)
        || latin * 2 > length
        || words.tables.named.iter().any(|word| core.ends_with(word) && core.chars().count() > word.chars().count() + 1)
}

/// The words of a label without numbering before, and without brackets, units and signs behind.
pub fn core(text: &str, words: &Vocabulary) -> String {
    let text = without_numbering(text, words).trim_end_matches(':');
    let mut depth = 0usize;
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' | '[' | '【' | '〔' => depth += 1,
            ')' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    let behind = |c: char| c.is_ascii_alphanumeric() || "%‰°℃/./²³㎡".contains(c);
    let trimmed = kept.trim_end_matches(behind).trim_end_matches(':');
    if trimmed.is_empty() { kept } else { trimmed.to_owned() }
}

/// How deep a numbering says a label lies: 一、 before 1. before （1）; none without a numbering.
pub fn numbering(text: &str, words: &Vocabulary) -> Option<u8> {
    let inner = text.trim_start_matches('(');
    let digits = inner.chars().take_while(char::is_ascii_digit).count();
    let chinese = inner.chars().take_while(|c| words.tables.numbering.contains(c)).count();
    let count = digits.max(chinese);
    let bracketed = inner.len() != text.len();
    let next = inner.chars().nth(count);
    let ends = if bracketed { next == Some(')') } else { next.is_some_and(|c| ".、:)".contains(c)) };
    let goes_on = inner.chars().nth(count + 1).is_some_and(|c| !c.is_ascii_digit());
    match (count, ends && goes_on, digits > 0, bracketed) {
        (1..=3, true, false, false) => Some(1),
        (1..=3, true, false, true) => Some(2),
        (1..=3, true, true, false) => Some(3),
        (1..=3, true, true, true) => Some(4),
        _ => None,
    }
}

fn without_numbering<'t>(text: &'t str, words: &Vocabulary) -> &'t str {
    if numbering(text, words).is_none() {
        return text;
    }
    text.trim_start_matches('(')
        .trim_start_matches(|c: char| c.is_ascii_digit() || words.tables.numbering.contains(c))
        .trim_start_matches(['.', '、', ':', ')'])
}

fn kind_of(text: &str, words: &Vocabulary) -> ContentKind {
    if text.chars().all(|c| "-—–―/\\*#~_.…".contains(c)) || words.tables.nothing.contains(text) {
        return ContentKind::Nothing;
    }
    if is_year(text, words) {
        return ContentKind::Year;
    }
    if is_answer_word(text, words) {
        return ContentKind::Answer;
    }
    if numbering(text, words).is_some() {
        return ContentKind::Text;
    }
    if is_date(text, words) {
        return ContentKind::Date;
    }
    if is_number(text, words) { ContentKind::Number } else { ContentKind::Text }
}

fn is_year(text: &str, words: &Vocabulary) -> bool {
    let core = words.tables.year_ends.iter().fold(text, |core, word| core.trim_end_matches(word));
    core.len() == 4 && (core.starts_with("19") || core.starts_with("20")) && core.bytes().all(|b| b.is_ascii_digit())
}

fn is_answer_word(text: &str, words: &Vocabulary) -> bool {
    text.contains(['√', '□', '☑', '☐', '✓', '■', '¨']) || words.tables.answers.contains(text)
}

/// `2020-03-01`, `2020.3`, `2011年12月20日`, `2021年8月`, `12:30`.
fn is_date(text: &str, words: &Vocabulary) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let others = text.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    let is_marked = ["--", "..", "//", ":", "::"].contains(&&*others) || words.tables.dates.contains(&others);
    let has_month = others.contains(words.tables.months.all());
    let begins = text.starts_with("19") || text.starts_with("20") || has_month || others.contains(':');
    let day = has_month && others.contains(words.tables.days.all()) && others.chars().count() < 9;
    day || digits >= 2 && begins && is_marked || is_month(text, words)
}

/// `2020-03`, `2020.3`.
fn is_month(text: &str, words: &Vocabulary) -> bool {
    let Some((year, month)) = text.split_once(['-', '/', '.']) else { return false };
    is_year(year, words)
        && (1..=2).contains(&month.len())
        && month.parse::<u8>().is_ok_and(|month| (1..=12).contains(&month))
}

/// A number with separators, signs, brackets and currency, a percent sign, a range, and at most a short unit behind it.
fn is_number(text: &str, words: &Vocabulary) -> bool {
    let body = text.trim_start_matches(|c| "±<>≤≥=+-~$¥￥(−".contains(c) || words.tables.before_numbers.contains(c));
    let count = body.chars().take_while(|c| is_of_number(*c)).count();
    let rest: String = body.chars().skip(count).collect();
    let digits = body.chars().take(count).filter(char::is_ascii_digit).count();
    digits > 0 && (rest.is_empty() || rest == ")" || is_unit(&rest, digits, words))
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || ",.%‰-~*×/—–−()+±".contains(c)
}

/// What may stand behind a figure: few signs that are no figures.
fn is_unit(rest: &str, digits: usize, words: &Vocabulary) -> bool {
    let length = rest.chars().count();
    length <= 4 && (digits * 3 >= length) && !rest.contains(words.tables.no_units.all())
        || rest.chars().all(|c| c.is_ascii_alphabetic() || "/%²³㎡°℃·.".contains(c)) && length <= 6 && digits >= length
        || is_more(rest)
}

/// `247.6×178.5×6.1毫米`, `230V/50Hz`: figures with units again.
fn is_more(rest: &str) -> bool {
    let digits = rest.chars().filter(char::is_ascii_digit).count();
    let length = rest.chars().count();
    length <= 24 && digits * 3 >= length && !rest.contains(['、', ',', ';', '。'])
}
