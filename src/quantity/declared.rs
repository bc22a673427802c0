//! Targets and actuals of the project form: a number with whatever unit the filer wrote, or words.

use super::count::{is_counter, with_myriads};
use super::frame::{Frame, Sign, frame, span};
use super::money::{self, MoneyUnit};
use super::numeral::{self, Grouping};
use super::size::{PerYear, Size};
use super::{Typed, fold, is_endless, percent, placeholder};
use crate::decimal_text::figure_text;
use crate::vocabulary::Quantities;
use rust_decimal::Decimal;

/// The longest unit that is believed to be one (千瓦时/平方米).
const LONGEST_UNIT: usize = 8;

/// The unit of percentages, folded.
const PERCENT: &str = "%";

/// The unit of parts of a thousand, folded.
const PER_MILLE: &str = "‰";

/// A number and its unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quantity {
    /// The number in `unit`; 27.22 for 27.22 %. With the decimals it is written with.
    pub value: Decimal,
    /// The unit as written, folded: `次`, `万元`, `%`; empty: none is written.
    pub unit: String,
    /// What the unit means.
    pub sense: UnitSense,
}

/// What a unit means by the words of forms, so that whoever compares numbers needs none of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnitSense {
    /// The unit of money, if it is one.
    pub money: Option<MoneyUnit>,
    /// What is counted: the unit without a plain noun behind it (个 of 个项目), of like counters always the same one (次 of
    /// 场), of 次/月 what there is so many of in a month.
    pub counter: String,
    /// How large it is, where it can be converted.
    pub size: Option<Size>,
    /// How often it comes in a year: of 次/月 twelve times; of what simply happens (次), none, as it is the year's.
    pub per_year: Option<PerYear>,
    /// It counts what happens again and again, and what a year adds up.
    pub is_occasion: bool,
    /// A unit of time.
    pub is_time: bool,
    /// A mark: 分, out of five, ten or a hundred.
    pub is_mark: bool,
    /// The counter before a noun: 家 of 家企业, 个 of 个村. Empty: a counter alone, or none.
    pub head: String,
    /// What is counted in ten thousands: 人 of 万人. Empty: nothing is.
    pub myriads_of: String,
    /// So many in a thousand: ‰.
    pub is_per_mille: bool,
    /// It counts several at once: 千字, 百米, but not 千米.
    pub is_multiple: bool,
}

impl UnitSense {
    fn of(vocabulary: &Quantities, unit: &str) -> UnitSense {
        let words = &vocabulary.units;
        let (occasion, per_year) = periodic(vocabulary, unit).unzip();
        let unit = occasion.or_else(|| of_a_year(vocabulary, unit)).unwrap_or(unit);
        let bare = words.same_nouns.strip_end(unit).filter(|bare| !bare.is_empty());
        let counter = in_one_word(vocabulary, like(vocabulary, bare.unwrap_or(unit)));
        UnitSense {
            money: MoneyUnit::alone(vocabulary, unit),
            size: Size::of(vocabulary, unit),
            per_year,
            is_occasion: words.occasions.contains(&counter),
            counter,
            head: head(vocabulary, unit).unwrap_or_default().to_owned(),
            myriads_of: unit
                .strip_prefix(vocabulary.numerals.myriad.all())
                .filter(|rest| is_counter(vocabulary, rest) && !rest.is_empty())
                .map(|rest| like(vocabulary, rest))
                .unwrap_or_default(),
            is_per_mille: unit == PER_MILLE,
            is_time: words.times.contains(unit),
            is_mark: words.points.contains(unit),
            is_multiple: unit.starts_with(words.multiples.all()) && !words.not_multiples.contains(unit),
        }
    }
}

/// A noun behind a counter is so long at most: 企业, 行政村, 专业合作社.
const LONGEST_NOUN: usize = 5;

/// The counter of a unit that is a counter and a noun; none of one that is known by itself (个月, 人次).
fn head<'u>(vocabulary: &Quantities, unit: &'u str) -> Option<&'u str> {
    let words = &vocabulary.units;
    let is_known = words.counters.contains(unit) || words.times.contains(unit) || Size::of(vocabulary, unit).is_some();
    let noun =
        words.counters.longest_start(unit).filter(|_| !is_known && MoneyUnit::alone(vocabulary, unit).is_none())?;
    let is_noun = (1..=LONGEST_NOUN).contains(&noun.chars().count())
        && noun.chars().all(char::is_alphabetic)
        && !words.times.contains(noun)
        && !words.counters.contains(noun);
    is_noun.then(|| unit.strip_suffix(noun)).flatten()
}

/// The occasion and the period of 次/月; none for any other unit.
fn periodic<'u>(vocabulary: &Quantities, unit: &'u str) -> Option<(&'u str, PerYear)> {
    let (occasion, period) = unit.split_once('/')?;
    let period = period.strip_prefix(vocabulary.units.each.all()).unwrap_or(period);
    vocabulary.units.occasions.contains(occasion).then(|| PerYear::of(vocabulary, period))?.map(|per| (occasion, per))
}

/// 公里 of 公里/年: a year is what is asked.
fn of_a_year<'u>(vocabulary: &Quantities, unit: &'u str) -> Option<&'u str> {
    let (unit, period) = unit.rsplit_once('/')?;
    PerYear::of(vocabulary, period).filter(|per| *per == PerYear::ONCE).map(|_| unit)
}

/// 吨/天 as 吨/日: a period under the first of its names.
fn in_one_word(vocabulary: &Quantities, unit: String) -> String {
    let Some((counter, period)) = unit.rsplit_once('/') else { return unit };
    let periods = &vocabulary.units.periods;
    let times = periods.iter().find(|(name, _)| *name == period).map(|(_, times)| times);
    let first = periods.iter().find(|(_, own)| Some(*own) == times).map(|(name, _)| name);
    first.map_or_else(|| unit.clone(), |first| format!("{counter}/{first}"))
}

/// The counter that a counter counts as: 次 for 场, 套 for 台 and 台(套), 人次 for 人(次).
fn like(vocabulary: &Quantities, counter: &str) -> String {
    let as_counted = |counter: &str| {
        let pair = vocabulary.units.like_counters.iter().find(|(known, _)| *known == counter);
        pair.map_or(counter, |(_, as_counted)| as_counted).to_owned()
    };
    match bracketed(vocabulary, counter) {
        Some((one, other)) if as_counted(one) == as_counted(other) => as_counted(one),
        Some((one, other)) => as_counted(&format!("{one}{other}")),
        None => as_counted(counter),
    }
}

/// Both counters of 台(套).
fn bracketed<'u>(vocabulary: &Quantities, unit: &'u str) -> Option<(&'u str, &'u str)> {
    let (one, other) = unit.strip_suffix(')')?.split_once('(')?;
    let counts = |word: &str| vocabulary.units.counters.contains(word);
    (counts(one) && counts(other)).then_some((one, other))
}

impl Quantity {
    /// Whether it counts things: a bare number, or one with a counter.
    pub fn counts(&self) -> bool {
        self.unit.is_empty() || (!self.is_percent() && self.money_unit().is_none() && self.sense.size.is_none())
    }

    /// The same of water, of which a ton is a cubic metre.
    pub fn of_water(self) -> Quantity {
        let size = self.sense.size.map(Size::of_water);
        Quantity { sense: UnitSense { size, ..self.sense }, ..self }
    }

    /// Whether it says that it is a percentage (a sign, 百分之, 成, a cell's percent format).
    pub fn is_percent(&self) -> bool {
        self.unit == PERCENT
    }

    /// The number with its unit, as people write it: 98%, 748 人.
    pub fn text(&self) -> String {
        with_unit(self.value, &self.unit)
    }

    /// The unit of money, if it is one.
    pub fn money_unit(&self) -> Option<MoneyUnit> {
        self.sense.money
    }

    /// A number in a unit.
    pub fn new(vocabulary: &Quantities, value: Decimal, unit: &str) -> Quantity {
        Quantity { value, unit: unit.to_owned(), sense: UnitSense::of(vocabulary, unit) }
    }
}

/// A number with its unit, as people write it: 98%, 748 人.
pub fn with_unit(value: Decimal, unit: &str) -> String {
    let space = if unit.is_empty() || unit == PERCENT { "" } else { " " };
    format!("{}{space}{unit}", figure_text(value))
}

/// A target as declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A number with its sign; None: no sign is written (约 is none).
    Number(Option<Sign>, Quantity),
    /// Both ends in one unit, the lower first (95%-98%).
    Span(Quantity, Quantity),
    /// No number: 定性. The text, folded. Dates (12月底前完成) are among these.
    Qualitative(String),
    /// Nothing is declared.
    Absent,
}

impl Target {
    /// A number that is none: a grade (不低于三类), of which nobody knows here whether more is better; a point in time
    /// (2020.12, ＝12月). Such a target is words, for somebody to judge.
    pub fn or_words(self, vocabulary: &Quantities) -> Target {
        let (sign, quantity) = match &self {
            Target::Number(sign, quantity) => (*sign, quantity),
            _ => return self,
        };
        let bounds = sign.is_some_and(|sign| sign != Sign::Equal);
        let is_time = !bounds && (is_date(vocabulary, quantity) || is_month_of_a_year(quantity));
        if !is_time && !vocabulary.units.grades.contains(&quantity.unit) {
            return self;
        }
        let sign = sign.map_or("", Sign::mark);
        Target::Qualitative(format!("{sign}{}{}", quantity.value, quantity.unit))
    }
}

impl Quantity {
    /// 202006 and 20200630 without a unit: it may be a month or a day of one of these two centuries, written in digits.
    pub fn may_be_day_in_digits(&self) -> bool {
        const DIGITS_OF_MONTH: usize = 6;
        const DIGITS_OF_DAY: usize = 8;
        let digits = self.value.to_string();
        let part = |from: usize, to: usize| digits.get(from..to).and_then(|digits| digits.parse::<u32>().ok());
        let has = |part: Option<u32>, first: u32, last: u32| part.is_some_and(|part| (first..=last).contains(&part));
        let is_month = || has(part(0, 4), 1900, 2199) && has(part(4, 6), 1, 12);
        match digits.len() {
            DIGITS_OF_MONTH => self.unit.is_empty() && is_month(),
            DIGITS_OF_DAY => self.unit.is_empty() && is_month() && has(part(6, 8), 1, 31),
            _ => false,
        }
    }
}

/// 2020.12 without a unit: December 2020.
fn is_month_of_a_year(quantity: &Quantity) -> bool {
    let month = (quantity.value.fract() * Decimal::ONE_HUNDRED).normalize();
    let month = if quantity.value.scale() == 1 { quantity.value.fract() * Decimal::TEN } else { month };
    quantity.unit.is_empty()
        && matches!(quantity.value.scale(), 1 | 2)
        && (Decimal::from(1900)..Decimal::from(2200)).contains(&quantity.value)
        && (Decimal::ONE..=Decimal::from(12)).contains(&month)
}

/// An actual as reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actual {
    /// A number and its unit.
    Number(Quantity),
    /// An inequality or a span: a target repeated, not a measurement.
    NotMeasurable,
    /// 不适用 and its like.
    NotApplicable,
    /// Words, folded.
    Text(String),
    /// Nothing is reported.
    Absent,
}

/// Reads a target: `≥95%`, `≤30万元`, `＝72890元`, 不少于2次, 95%以上, 5个工作日内, `95%-98%`, 100%, 43.2.
pub fn target<'a>(vocabulary: &Quantities, typed: impl Into<Typed<'a>>) -> Target {
    let text = match open(vocabulary, typed.into()) {
        Open::Number(quantity) => return Target::Number(None, quantity),
        Open::Absent => return Target::Absent,
        Open::NotApplicable(text) | Open::Text(text) => text,
    };
    let Some((frame, quantity)) = declared(vocabulary, &text) else {
        return Target::Qualitative(text);
    };
    match quantity {
        Some(quantity) if !frame.vague => Target::Number(frame.sign, quantity),
        Some(_) => Target::Qualitative(text),
        None => match ends(vocabulary, &frame.core) {
            Some((low, high)) if frame.sign.is_none() && low.value < high.value => Target::Span(low, high),
            _ => Target::Qualitative(text),
        },
    }
}

/// Reads an actual: `98%`, 748人, `7.29万元`, 约98%, 0.98 in a cell with a percent format; `≥95%`, 98%以上 and 95%-98% cannot be
/// measured; anything else is words.
pub fn measured<'a>(vocabulary: &Quantities, typed: impl Into<Typed<'a>>) -> Actual {
    let text = match open(vocabulary, typed.into()) {
        Open::Number(quantity) => return Actual::Number(quantity),
        Open::Absent => return Actual::Absent,
        Open::NotApplicable(_) => return Actual::NotApplicable,
        Open::Text(text) => text,
    };
    let Some((frame, quantity)) = declared(vocabulary, &text) else {
        return Actual::Text(text);
    };
    match quantity {
        Some(_) if frame.is_bound() => Actual::NotMeasurable,
        Some(quantity) => Actual::Number(quantity),
        // 1-12月 is when, and not how much.
        None if vocabulary.units.of_dates.ends(&frame.core) => Actual::Text(text),
        None if ends(vocabulary, &frame.core).is_some() => Actual::NotMeasurable,
        None => Actual::Text(text),
    }
}

enum Open {
    Number(Quantity),
    Absent,
    NotApplicable(String),
    Text(String),
}

fn open(vocabulary: &Quantities, typed: Typed) -> Open {
    match typed {
        Typed::Number { value, percent: false } => Open::Number(Quantity::new(vocabulary, value, "")),
        Typed::Number { value, percent: true } => match value.checked_mul(Decimal::ONE_HUNDRED) {
            Some(value) => Open::Number(Quantity::new(vocabulary, value.normalize(), "%")),
            None => Open::Text(value.to_string()),
        },
        Typed::Text(text) => {
            let folded = fold(text).into_owned();
            if placeholder::is_not_applicable(vocabulary, &folded) {
                Open::NotApplicable(folded)
            } else if placeholder::is_left_open(vocabulary, &folded) {
                Open::Absent
            } else {
                Open::Text(folded)
            }
        }
    }
}

/// What stands around the number, and the number if it is one. None: too long to be looked at.
fn declared(vocabulary: &Quantities, text: &str) -> Option<(Frame, Option<Quantity>)> {
    if is_endless(text) {
        return None;
    }
    let text = without_what_it_is_made_of(vocabulary, text).unwrap_or(text);
    if let Some((period, rest)) = each(vocabulary, text)
        && let framed = frame(vocabulary, rest)
        && let Some(quantity) = core(vocabulary, &framed).filter(|quantity| quantity.sense.is_occasion)
    {
        let unit = format!("{}/{period}", quantity.unit);
        return Some((framed, Some(Quantity::new(vocabulary, quantity.value, &unit))));
    }
    let framed = frame(vocabulary, text);
    let quantity = core(vocabulary, &framed);
    if quantity.is_none()
        && let Some(rate) = without_label(vocabulary, text).map(|text| frame(vocabulary, text))
        && let Some(quantity) = core(vocabulary, &rate).filter(Quantity::is_percent)
    {
        return Some((rate, Some(quantity)));
    }
    Some((framed, quantity))
}

/// 12个 of 12个（其中新建10个、改造2个）, 96.5% of 96.5%（193/200）: brackets that say how the figure comes about, and whose figures come to it.
/// None where they do not, or say anything else.
fn without_what_it_is_made_of<'t>(vocabulary: &Quantities, text: &'t str) -> Option<&'t str> {
    let (whole, inside) = text.trim_end().strip_suffix(')')?.rsplit_once('(')?;
    let whole = whole.trim_end();
    let figure = one(vocabulary, &frame(vocabulary, whole).core)?;
    let part = |text: &str| {
        let text = text.trim();
        let from = text.find(|c: char| c.is_ascii_digit())?;
        let open = &vocabulary.units.not_reached;
        let is_label = text.get(..from)?.chars().all(|c| c.is_alphabetic() && !open.contains(c));
        one(vocabulary, text.get(from..)?).filter(|part| is_label && part.unit == figure.unit)
    };
    let of = |(done, all): (&str, &str)| {
        let (done, all) = (one(vocabulary, done.trim())?, one(vocabulary, all.trim())?);
        let share = done.value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(all.value)?;
        // Half a unit of the last place written.
        let half = Decimal::try_new(5, figure.value.scale().saturating_add(1)).ok()?;
        (figure.is_percent() && share.saturating_sub(figure.value).abs() <= half).then_some(())
    };
    let parts = || -> Option<()> {
        let parts: Vec<Quantity> = inside.split(['、', ',', ';', '+']).map(part).collect::<Option<_>>()?;
        let sum = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.value))?;
        (parts.len() > 1 && sum == figure.value && !figure.is_percent()).then_some(())
    };
    inside.split_once('/').and_then(of).or_else(parts).map(|()| whole)
}

/// The period of 每月2次, and what is behind it. 每年 says nothing: a year is what is asked.
fn each<'t>(vocabulary: &Quantities, text: &'t str) -> Option<(&'t str, &'t str)> {
    let rest = text.strip_prefix(vocabulary.units.each.all())?;
    let names = vocabulary.units.periods.iter().filter(|(_, times)| *times != "1").map(|(name, _)| name);
    let longest = names.filter(|name| rest.starts_with(name)).max_by_key(|name| name.len())?;
    let (period, rest) = rest.split_at(longest.len());
    Some((period, rest.trim_start_matches([':', ' '])))
}

fn core(vocabulary: &Quantities, frame: &Frame) -> Option<Quantity> {
    let quantity = one(vocabulary, &frame.core)?;
    (frame.sign.is_some_and(|sign| sign != Sign::Equal) || !is_date(vocabulary, &quantity)).then_some(quantity)
}

/// The percentage of 完成率100% and 满意度≥95%, where the label is a plain rate.
fn without_label<'t>(vocabulary: &Quantities, text: &'t str) -> Option<&'t str> {
    let at = text.rfind(vocabulary.units.rates.all())?;
    let (label, rest) = text.split_at(at);
    let changes = &vocabulary.units.changes;
    let plain = label.chars().count() <= 12
        && label.chars().all(char::is_alphabetic)
        && !label.contains(|c| changes.contains(c));
    plain.then(|| rest.trim_start_matches(|c| vocabulary.units.rates.contains(c) || matches!(c, ':' | ' ')))
}

/// The whole of the text as one number with its unit.
fn one(vocabulary: &Quantities, text: &str) -> Option<Quantity> {
    if let Some(written) = percent::core(vocabulary, without_praise(vocabulary, text)).filter(|written| written.marked)
    {
        return Some(Quantity::new(vocabulary, written.value, "%"));
    }
    if text.contains(vocabulary.units.money_signs.all())
        && let Some(money) = money::core(vocabulary, text)
    {
        let unit = money.unit.map_or("", MoneyUnit::name);
        return Some(Quantity::new(vocabulary, money.value, unit));
    }
    let (value, rest) = numeral::signed(vocabulary, text, Grouping::Allowed)?;
    let (value, unit) = with_myriads(vocabulary, value, rest.trim_start())?;
    let unit = unit.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(unit);
    let arabic = !numeral::sign(vocabulary, text)
        .1
        .starts_with(|c: char| numeral::chinese(vocabulary, &c.to_string()).is_some());
    let is_known = is_counter(vocabulary, unit) || bracketed(vocabulary, unit).is_some();
    let plausible = is_known || (arabic && is_unit(vocabulary, unit));
    plausible.then(|| Quantity::new(vocabulary, value, unit))
}

/// 100% of 100%完成, 100%达标.
fn without_praise<'t>(vocabulary: &Quantities, text: &'t str) -> &'t str {
    let praise = &vocabulary.units.praise;
    let bare = praise.iter().find_map(|word| text.strip_suffix(word));
    bare.filter(|rest| rest.ends_with('%')).unwrap_or(text)
}

/// Both ends of a span; the lower one takes the unit of the upper where it has none.
fn ends(vocabulary: &Quantities, core: &str) -> Option<(Quantity, Quantity)> {
    let (low, high) = span(vocabulary, core)?;
    let (mut low, high) = (one(vocabulary, low)?, one(vocabulary, high)?);
    if low.unit.is_empty() {
        low.unit.clone_from(&high.unit);
    }
    (low.unit == high.unit).then_some((low, high))
}

/// Units that are written in Latin letters; any other (5A级, 5G) is a name.
const LATIN: [&str; 27] = [
    "m²", "m³", "km²", "km", "m", "cm", "mm", "m2", "m3", "kg", "g", "mg", "t", "L", "ml", "mL", "h", "s", "dB", "kW",
    "kWh", "MW", "V", "GB", "TB", "MB", "Mbps",
];

/// A short word without digits, stops, or anything that says more than a unit (8个未完成).
fn is_unit(vocabulary: &Quantities, text: &str) -> bool {
    let says_more = &vocabulary.units.says_more;
    if text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return LATIN.contains(&text);
    }
    text.chars().count() <= LONGEST_UNIT
        && text.chars().all(|c| c.is_alphabetic() || "/·%‰°²³㎡㎥".contains(c))
        && !text.contains(|c| says_more.contains(c))
        && !text.starts_with('%')
}

/// 2020年, 12月, 31日: points in time, unless a sign makes a duration of them.
fn is_date(vocabulary: &Quantities, quantity: &Quantity) -> bool {
    match quantity.unit.as_str() {
        unit if vocabulary.units.of_years.contains(unit) => {
            (Decimal::from(1900)..Decimal::from(2200)).contains(&quantity.value)
        }
        unit if vocabulary.units.of_dates.contains(unit) => true,
        _ => false,
    }
}
