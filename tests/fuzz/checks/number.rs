//! What people type as a number.

use fuhe::quantity::{
    Actual, MoneyUnit, Target, Typed, Understood, choice, count, decimals_written, measured, money, percent, score,
    shortest, stored, stored_float, target, yes_no, yes_no_of_fault,
};
use rust_decimal::Decimal;

/// Reads a text by every reader of numbers: none fails, a plain number is read as itself, blanks around a text and
/// full-width forms of its digits change nothing.
pub fn number(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let read = readings(&text);
    let around = format!("\u{3000} {text}\t");
    assert_eq!(read, readings(&around), "blanks around {text:?} change it");
    let wide: String = text.chars().map(full_width).collect();
    assert_eq!(read, readings(&wide), "{wide:?} is not {text:?}");
    if let Some(value) = plain(&text) {
        is_read_as_itself(&text, value);
    }
    is_stored(text.trim());
    if let Some(bytes) = data.first_chunk() {
        floats(f64::from_le_bytes(*bytes));
    }
}

/// What every reader makes of a text, in a form that can be compared.
fn readings(text: &str) -> Vec<String> {
    let typed = Typed::Text(text);
    let (in_column, without) = (percent(w(), typed, true), percent(w(), typed, false));
    for reading in [&in_column, &without] {
        if let Understood::Candidates(values) = reading {
            assert!(values.len() == 2 && values[0] != values[1], "{text:?}: {values:?}");
        }
    }
    let amount = money(w(), typed);
    if let Understood::Value(amount) = amount {
        for unit in [MoneyUnit::Yuan, MoneyUnit::WanYuan, MoneyUnit::YiYuan] {
            let there = amount.to(unit, MoneyUnit::WanYuan);
            let zero = there.is_none_or(|there| there.is_zero() == amount.value.is_zero() || amount.value.scale() > 18);
            assert!(zero, "{text:?} vanishes in {unit:?}");
        }
    }
    vec![
        format!("{in_column:?} {without:?}"),
        format!("{amount:?}"),
        format!("{:?} {:?}", count(w(), typed, true), count(w(), typed, false)),
        format!("{:?}", score(w(), typed)),
        format!("{:?} {:?}", yes_no(w(), typed), yes_no_of_fault(w(), typed)),
        format!("{:?}", choice(w(), typed, &["按规定公开", "公开但不合要求", "未公开"])),
        format!("{:?} {:?}", target(w(), text), measured(w(), text)),
        format!("{:?}", MoneyUnit::parse(w(), text)),
    ]
}

/// The full-width form of a character of numbers, else the character.
fn full_width(c: char) -> char {
    match c {
        '0'..='9' | '%' => char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// A plain number, by a reading of its own: at most 12 digits, a point, at most 8 digits.
fn plain(text: &str) -> Option<Decimal> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let fits = digits(whole) && digits(part) && whole.len() <= 12 && part.len() <= 8;
    let units = fits.then(|| format!("{whole}{part}").parse::<i128>().ok()).flatten()?;
    Some(Decimal::from_i128_with_scale(units, part.len() as u32))
}

fn is_read_as_itself(text: &str, value: Decimal) {
    let typed = Typed::Text(text);
    assert_eq!(count(w(), typed, true), Understood::Value(value), "{text}");
    assert!(matches!(score(w(), typed), Understood::Value(score) if score.value == value), "{text}");
    assert!(
        matches!(money(w(), typed), Understood::Value(money) if money.value == value && money.unit.is_none()),
        "{text}"
    );
    assert!(matches!(measured(w(), text), Actual::Number(quantity) if quantity.value == value), "{text}");
    assert!(matches!(target(w(), text), Target::Number(None, quantity) if quantity.value == value), "{text}");
    let bare = percent(w(), typed, true);
    let due = if Decimal::ZERO < value && value <= Decimal::ONE {
        Understood::Candidates(vec![value, value * Decimal::ONE_HUNDRED])
    } else {
        Understood::Value(value)
    };
    assert_eq!(bare, due, "{text}");
    assert_eq!(percent(w(), Typed::Text(&format!("{text}%")), false), Understood::Value(value), "{text}%");
}

/// A stored number is what a float has in 15 digits, and its shortest text is read as the same number.
fn is_stored(lexeme: &str) {
    let Some(value) = stored(lexeme) else { return };
    let digits = value.normalize().mantissa().unsigned_abs().to_string();
    let significant = digits.trim_end_matches('0').len();
    assert!(significant <= 15, "{lexeme} gives {value}");
    let again = stored(&shortest(value)).expect("a number is a number");
    assert_eq!(again, value, "{lexeme}");
    assert!(decimals_written(value) <= 28);
    let float: f64 = lexeme.trim_end_matches('.').parse().expect("a stored number is a float");
    let there: f64 = value.to_string().parse().expect("a decimal is a float");
    let close = (float - there).abs() <= float.abs() * 1e-14 || float.abs() < 1e-13;
    assert!(close, "{lexeme} gives {value}");
}

fn floats(float: f64) {
    if let Some(value) = stored_float(float) {
        assert!(float.is_finite());
        let there: f64 = value.to_string().parse().expect("a decimal is a float");
        assert!((float - there).abs() <= float.abs() * 1e-14 || float.abs() < 1e-13, "{float:e} gives {value}");
        for percent_format in [false, true] {
            let typed = Typed::Number { value, percent: percent_format };
            let _ = (
                percent(w(), typed, true),
                money(w(), typed),
                count(w(), typed, false),
                score(w(), typed),
                measured(w(), typed),
            );
        }
    }
}

/// The built-in words.
fn w() -> &'static fuhe::vocabulary::Quantities {
    &fuhe::vocabulary::Vocabulary::builtin().quantities
}
