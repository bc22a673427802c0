//! Targets and actuals of the project form: a number with whatever unit the filer wrote, or words.

use super::count::{is_counter, with_myriads};
use super::frame::{Frame, Sign, frame, span};
use super::money::{self, MoneyUnit};
use super::numeral::{self, Grouping};
use super::{Typed, fold, is_endless, percent, placeholder};
use rust_decimal::Decimal;

/// The longest unit that is believed to be one (千瓦时/平方米).
const LONGEST_UNIT: usize = 8;

/// A number and its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// The number in `unit`; 27.22 for 27.22 %. With the decimals it is written with.
    pub value: Decimal,
    /// The unit as written, folded: `次`, `万元`, `%`; empty: none is written.
    pub unit: String,
}

impl Quantity {
    /// Whether it says that it is a percentage (a sign, 百分之, 成, a cell's percent format).
    pub fn is_percent(&self) -> bool {
        self.unit == "%"
    }

    /// The unit of money, if it is one.
    pub fn money_unit(&self) -> Option<MoneyUnit> {
        MoneyUnit::alone(&self.unit)
    }
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
    pub fn or_words(self) -> Target {
        let (sign, quantity) = match &self {
            Target::Number(sign, quantity) => (*sign, quantity),
            _ => return self,
        };
        let bounds = sign.is_some_and(|sign| sign != Sign::Equal);
        let is_time = !bounds && (is_date(quantity) || is_month_of_a_year(quantity));
        if !is_time && !GRADES.contains(&quantity.unit.as_str()) {
            return self;
        }
        let sign = sign.map_or("", Sign::mark);
        Target::Qualitative(format!("{sign}{}{}", quantity.value, quantity.unit))
    }
}

/// Units of grades and classes.
const GRADES: [&str; 6] = ["类", "级", "等", "档", "等级", "类别"];

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
pub fn target<'a>(typed: impl Into<Typed<'a>>) -> Target {
    let text = match open(typed.into()) {
        Open::Number(quantity) => return Target::Number(None, quantity),
        Open::Absent => return Target::Absent,
        Open::NotApplicable(text) | Open::Text(text) => text,
    };
    let Some((frame, quantity)) = declared(&text) else {
        return Target::Qualitative(text);
    };
    match quantity {
        Some(quantity) if !frame.vague => Target::Number(frame.sign, quantity),
        Some(_) => Target::Qualitative(text),
        None => match ends(&frame.core) {
            Some((low, high)) if frame.sign.is_none() && low.value < high.value => Target::Span(low, high),
            _ => Target::Qualitative(text),
        },
    }
}

/// Reads an actual: `98%`, 748人, `7.29万元`, 约98%, 0.98 in a cell with a percent format; `≥95%`, 98%以上 and 95%-98% cannot be
/// measured; anything else is words.
pub fn measured<'a>(typed: impl Into<Typed<'a>>) -> Actual {
    let text = match open(typed.into()) {
        Open::Number(quantity) => return Actual::Number(quantity),
        Open::Absent => return Actual::Absent,
        Open::NotApplicable(_) => return Actual::NotApplicable,
        Open::Text(text) => text,
    };
    let Some((frame, quantity)) = declared(&text) else {
        return Actual::Text(text);
    };
    match quantity {
        Some(_) if frame.is_bound() => Actual::NotMeasurable,
        Some(quantity) => Actual::Number(quantity),
        None if ends(&frame.core).is_some() => Actual::NotMeasurable,
        None => Actual::Text(text),
    }
}

enum Open {
    Number(Quantity),
    Absent,
    NotApplicable(String),
    Text(String),
}

fn open(typed: Typed) -> Open {
    match typed {
        Typed::Number { value, percent: false } => Open::Number(Quantity { value, unit: String::new() }),
        Typed::Number { value, percent: true } => match value.checked_mul(Decimal::ONE_HUNDRED) {
            Some(value) => Open::Number(Quantity { value: value.normalize(), unit: "%".to_owned() }),
            None => Open::Text(value.to_string()),
        },
        Typed::Text(text) => {
            let folded = fold(text).into_owned();
            if placeholder::is_not_applicable(&folded) {
                Open::NotApplicable(folded)
            } else if placeholder::is_left_open(&folded) {
                Open::Absent
            } else {
                Open::Text(folded)
            }
        }
    }
}

/// What stands around the number, and the number if it is one. None: too long to be looked at.
fn declared(text: &str) -> Option<(Frame, Option<Quantity>)> {
    if is_endless(text) {
        return None;
    }
    let framed = frame(text);
    let quantity = core(&framed);
    if quantity.is_none()
        && let Some(rate) = without_label(text).map(frame)
        && let Some(quantity) = core(&rate).filter(Quantity::is_percent)
    {
        return Some((rate, Some(quantity)));
    }
    Some((framed, quantity))
}

fn core(frame: &Frame) -> Option<Quantity> {
    let quantity = one(&frame.core)?;
    (frame.sign.is_some_and(|sign| sign != Sign::Equal) || !is_date(&quantity)).then_some(quantity)
}

/// The percentage of 完成率100% and 满意度≥95%, where the label is a plain rate.
fn without_label(text: &str) -> Option<&str> {
    let at = text.rfind(['率', '度'])?;
    let (label, rest) = text.split_at(at);
    let changes = "不未无非降升增减提超较比";
    let plain = label.chars().count() <= 12
        && label.chars().all(char::is_alphabetic)
        && !label.contains(|c| changes.contains(c));
    plain.then(|| rest.trim_start_matches(['率', '度', ':', ' ']))
}

/// The whole of the text as one number with its unit.
fn one(text: &str) -> Option<Quantity> {
    if let Some(written) = percent::core(without_praise(text)).filter(|written| written.marked) {
        return Some(Quantity { value: written.value, unit: "%".to_owned() });
    }
    if text.contains(['元', '圆', '¥'])
        && let Some(money) = money::core(text)
    {
        let unit = money.unit.map_or("", MoneyUnit::name).to_owned();
        return Some(Quantity { value: money.value, unit });
    }
    let (value, rest) = numeral::signed(text, Grouping::Allowed)?;
    let (value, unit) = with_myriads(value, rest.trim_start())?;
    let unit = unit.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(unit);
    let arabic = !numeral::sign(text).1.starts_with(|c: char| numeral::chinese(&c.to_string()).is_some());
    let plausible = is_counter(unit) || (arabic && is_unit(unit));
    plausible.then(|| Quantity { value, unit: unit.to_owned() })
}

/// 100% of 100%完成, 100%达标.
fn without_praise(text: &str) -> &str {
    let praise = ["完成", "覆盖", "达标", "合格", "通过", "落实"];
    let bare = praise.iter().find_map(|word| text.strip_suffix(word));
    bare.filter(|rest| rest.ends_with('%')).unwrap_or(text)
}

/// Both ends of a span; the lower one takes the unit of the upper where it has none.
fn ends(core: &str) -> Option<(Quantity, Quantity)> {
    let (low, high) = span(core)?;
    let (mut low, high) = (one(low)?, one(high)?);
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
fn is_unit(text: &str) -> bool {
    let says_more = "未不无没否非已但因较前后底初内外完成达标合格通过";
    if text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return LATIN.contains(&text);
    }
    text.chars().count() <= LONGEST_UNIT
        && text.chars().all(|c| c.is_alphabetic() || "/·%‰°²³㎡㎥".contains(c))
        && !text.contains(|c| says_more.contains(c))
        && !text.starts_with('%')
}

/// 2020年, 12月, 31日: points in time, unless a sign makes a duration of them.
fn is_date(quantity: &Quantity) -> bool {
    match quantity.unit.as_str() {
        "年" | "年度" => (Decimal::from(1900)..Decimal::from(2200)).contains(&quantity.value),
        "月" | "月份" | "日" | "号" | "季度" => true,
        _ => false,
    }
}
