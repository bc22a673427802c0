//! What a number format makes of a number: a percentage, a date, or the number itself.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What a cell's number is shown as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum NumberKind {
    /// As itself, or in a way that does not change its meaning.
    #[default]
    Plain,
    /// Times a hundred, with a percent sign.
    Percent,
    /// As a day of the calendar, a time, or both.
    Date,
}

/// How many digits of a number are shown, and of which size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Digits {
    /// Decimals shown, of a percentage those before the sign; none: as many as there are.
    pub places: Option<u8>,
    /// The shown number is the stored one with the point so many places to the left: 3 for `#,##0,`, 4 for `0!.0,`.
    pub scale: u8,
    /// What the format draws behind the number.
    pub drawn: Drawn,
    /// The format shows words before the number, longer ones than a unit behind it, or something else in its place: `"2019年："0`, `;;;`.
    #[serde(default)]
    pub words: bool,
}

/// A short text that a format draws behind the number, such as a unit; empty where it draws none, or a longer one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Drawn([char; LONGEST_DRAWN]);

/// A number is shown in units of so many powers of ten at most: milliards.
const LARGEST_SCALE: u32 = 9;
/// Units are not longer, in characters.
const LONGEST_DRAWN: usize = 4;
/// Stands behind a shorter text.
const NONE: char = '\0';

impl Drawn {
    fn of(text: &str) -> Drawn {
        let mut drawn = [NONE; LONGEST_DRAWN];
        let text = text.trim();
        if text.chars().count() <= LONGEST_DRAWN {
            drawn.iter_mut().zip(text.chars()).for_each(|(place, c)| *place = c);
        }
        Drawn(drawn)
    }

    /// The text.
    pub fn text(self) -> String {
        self.0.into_iter().take_while(|c| *c != NONE).collect()
    }
}

/// How a cell shows its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct Shown {
    pub kind: NumberKind,
    pub digits: Digits,
}

impl Shown {
    /// A number shown as it is.
    pub const PLAIN: Shown = Shown::of(NumberKind::Plain, None);
    /// A percentage.
    pub const PERCENT: Shown = Shown::of(NumberKind::Percent, None);
    /// A date or a time.
    pub const DATE: Shown = Shown::of(NumberKind::Date, None);

    const fn of(kind: NumberKind, places: Option<u8>) -> Shown {
        Shown { kind, digits: Digits { places, scale: 0, drawn: Drawn([NONE; LONGEST_DRAWN]), words: false } }
    }

    /// The formats that every file may use without defining them (ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 are
    /// the calendars of East Asian editions).
    pub fn builtin(id: u32) -> Shown {
        match id {
            9 => Shown::of(NumberKind::Percent, Some(0)),
            10 => Shown::of(NumberKind::Percent, Some(2)),
            14..=22 | 27..=36 | 45..=47 | 50..=58 => Shown::DATE,
            1 | 3 | 37 | 38 => Shown::of(NumberKind::Plain, Some(0)),
            2 | 4 | 39 | 40 => Shown::of(NumberKind::Plain, Some(2)),
            _ => Shown::PLAIN,
        }
    }

    /// How a number is shown that stands beside the text that its sheet shows of it, as OpenDocument stores both: 5640 beside
    /// `5.64` is shown in thousands, 8.2 beside `8.20万元` with a unit. A text that the number does not explain changes nothing.
    pub fn as_seen(number: Decimal, text: &str) -> Shown {
        let text = text.trim();
        let says = |text: &str| text.chars().any(char::is_alphabetic);
        let from = text.find(|c: char| c.is_ascii_digit() || c == '-').unwrap_or_default();
        let (before, text) = text.split_at(from);
        let behind = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'));
        // 2.00E+03 is the number itself.
        let exponent = behind.strip_prefix(['E', 'e']).map(|rest| rest.trim_start_matches(['+', '-']));
        if exponent.is_some_and(|exponent| exponent.starts_with(|c: char| c.is_ascii_digit())) {
            return Shown::PLAIN;
        }
        let seen: String = text[..text.len() - behind.len()].chars().filter(|c| *c != ',').collect();
        let Ok(seen) = seen.parse::<Decimal>() else { return Shown::PLAIN };
        let places = seen.scale();
        let rounded = |scale: u32| {
            let scaled = number.checked_mul(Decimal::new(1, scale))?;
            Some(scaled.round_dp_with_strategy(places, rust_decimal::RoundingStrategy::MidpointAwayFromZero))
        };
        let scale = (0..=LARGEST_SCALE).find(|scale| rounded(*scale) == Some(seen)).filter(|_| !number.is_zero());
        match (scale, u8::try_from(places)) {
            (Some(scale), Ok(places)) => {
                let words = says(before) || says(behind) && Drawn::of(behind) == Drawn::default();
                let digits = Digits { places: Some(places), scale: scale as u8, drawn: Drawn::of(behind), words };
                Shown { kind: NumberKind::Plain, digits }
            }
            _ => Shown { digits: Digits { words: says(behind), ..Digits::default() }, ..Shown::PLAIN },
        }
    }

    /// What a format code makes of a number. Text in quotes, after a backslash, in brackets is not part of the meaning.
    pub fn of_code(code: &str) -> Shown {
        let signs = signs(code);
        if signs.contains('%') {
            Shown { kind: NumberKind::Percent, digits: digits(code) }
        } else if is_calendar(&signs) {
            Shown::DATE
        } else {
            Shown { kind: NumberKind::Plain, digits: digits(code) }
        }
    }
}

/// The digits that the first section of a format code shows: those for numbers above zero.
fn digits(code: &str) -> Digits {
    let mut rest = code.chars();
    // Placeholders behind a point, and behind a point that is only drawn (`0\.0,` shows ten thousands).
    let (mut behind, mut behind_drawn, mut commas, mut any) = (None, None, 0u8, false);
    let (mut drawn_before, mut drawn_behind) = (String::new(), String::new());
    while let Some(sign) = rest.next() {
        match sign {
            '"' => drawn_behind.extend(rest.by_ref().take_while(|&c| c != '"')),
            '[' => drop(rest.by_ref().find(|&c| c == ']')),
            '_' | '*' => drop(rest.next()),
            '\\' | '!' => {
                let escaped = rest.next();
                drawn_behind.extend(escaped);
                let is_point = escaped == Some('.');
                behind_drawn = if is_point && any && behind.is_none() { Some(0u8) } else { behind_drawn };
            }
            '.' if any => behind = Some(0u8),
            '0' | '#' | '?' => {
                if !any {
                    drawn_before = std::mem::take(&mut drawn_behind);
                }
                (any, commas) = (true, 0);
                drawn_behind.clear();
                let counted = if behind.is_some() { &mut behind } else { &mut behind_drawn };
                *counted = counted.map(|places| places.saturating_add(1));
            }
            ',' if any => commas = commas.saturating_add(1),
            ';' => break,
            sign if !sign.is_ascii() => drawn_behind.push(sign),
            _ => {}
        }
    }
    let is_number = any && !code.to_ascii_lowercase().contains("e+");
    let says = |text: &str| text.chars().any(char::is_alphabetic);
    let is_long = says(&drawn_behind) && Drawn::of(&drawn_behind) == Drawn::default();
    let words = says(&drawn_before) || is_long || !any && !shows_all(code);
    if !is_number {
        return Digits { words, ..Digits::default() };
    }
    let drawn = behind_drawn.filter(|_| behind.is_none()).unwrap_or(0);
    let scale = commas.saturating_mul(3).saturating_add(drawn);
    Digits { places: Some(behind.unwrap_or(drawn)), scale, drawn: Drawn::of(&drawn_behind), words }
}

/// Whether a format code without placeholders shows the number none the less: General, @, or no code at all.
fn shows_all(code: &str) -> bool {
    let signs = signs(code);
    let first = signs.split(';').next().unwrap_or_default().trim();
    code.trim().is_empty() || ["general", "g/通用格式", "standard", "@"].iter().any(|word| first.contains(word))
}

/// A format code without quoted text, escapes, fillers, colours, conditions and locales; elapsed time keeps its letter.
fn signs(code: &str) -> String {
    let mut signs = String::new();
    let mut rest = code.chars();
    while let Some(sign) = rest.next() {
        match sign {
            '"' => drop(rest.by_ref().find(|&c| c == '"')),
            '\\' | '!' | '_' | '*' => drop(rest.next()),
            '[' => {
                let inside: String = rest.by_ref().take_while(|&c| c != ']').collect();
                signs.push_str(elapsed(&inside));
            }
            _ => signs.push(sign.to_ascii_lowercase()),
        }
    }
    signs
}

/// `[h]`, `[mm]` and `[ss]` count hours, minutes and seconds; other brackets are colours, conditions, locales.
fn elapsed(inside: &str) -> &'static str {
    let letters = inside.to_ascii_lowercase();
    let one_of = |letter| !letters.is_empty() && letters.chars().all(|c| c == letter);
    if one_of('h') || one_of('m') || one_of('s') { "h" } else { "" }
}

/// Whether the signs that remain are those of a calendar or a clock.
fn is_calendar(signs: &str) -> bool {
    let words = signs.replace("general", "").replace("g/通用格式", "").replace("standard", "");
    words.contains(['y', 'm', 'd', 'h', 's']) || is_era_year(&words)
}

/// `e` is the year in East Asian calendars, and the exponent after a digit placeholder.
fn is_era_year(words: &str) -> bool {
    words.contains('e') && !words.contains("e+") && !words.contains("e-")
}

#[cfg(test)]
mod tests {
    use super::{NumberKind, Shown};

    #[test]
    fn a_percent_sign_counts_only_outside_quotes_and_escapes() {
        for code in ["0%", "0.00%", "0.00%;[Red]-0.00%", "_ * 0.0%_ ", "[>0]0.0%"] {
            assert_eq!(Shown::of_code(code).kind, NumberKind::Percent, "{code}");
        }
        for code in
            ["0.00\"%\"", "0.00\\%", "General", "0\"分\"", "0.00E+00", "#,##0.00_ ", "@", "[Red]0", "G/通用格式\"个\""]
        {
            assert_eq!(Shown::of_code(code).kind, NumberKind::Plain, "{code}");
        }
    }

    #[test]
    fn calendars_and_clocks_are_told_from_numbers() {
        for code in [
            "yyyy\"年\"",
            "yyyy/m/d",
            "[h]:mm",
            "[$-804]yyyy\"年\"m\"月\"",
            "e\"年\"",
            "h:mm AM/PM",
            "上午/下午h\"时\"",
        ] {
            assert_eq!(Shown::of_code(code).kind, NumberKind::Date, "{code}");
        }
        assert_eq!(Shown::builtin(10).kind, NumberKind::Percent);
        assert_eq!(Shown::builtin(14).kind, NumberKind::Date);
        assert_eq!(Shown::builtin(57).kind, NumberKind::Date);
        assert_eq!(Shown::builtin(2).kind, NumberKind::Plain);
    }

    #[test]
    fn a_format_says_how_many_digits_are_shown_and_of_which_size() {
        for (code, places, scale) in [
            ("0.00", Some(2), 0),
            ("#,##0", Some(0), 0),
            ("#,##0.0", Some(1), 0),
            ("0.00%", Some(2), 0),
            ("0%", Some(0), 0),
            ("#,##0.00,", Some(2), 3),
            ("0,,", Some(0), 6),
            ("0!.0,", Some(1), 4),
            ("0\\.0,", Some(1), 4),
            ("0!.0,\"万\"", Some(1), 4),
            ("0!.0000", Some(4), 4),
            ("0.0;[Red]-0.00", Some(1), 0),
            ("_ * #,##0.00_ ", Some(2), 0),
            ("General", None, 0),
            ("@", None, 0),
            ("0.00E+00", None, 0),
        ] {
            let digits = Shown::of_code(code).digits;
            assert_eq!((digits.places, digits.scale), (places, scale), "{code}");
        }
    }

    #[test]
    fn a_format_may_say_more_than_the_number_or_nothing_of_it() {
        for code in ["\"2019年：\"0", "0\"（截至6月末预计）\"", ";;;", "\"——\"", "\"约\"0.0"] {
            assert!(Shown::of_code(code).digits.words, "{code}");
        }
        for code in [
            "0",
            "",
            "@",
            "General",
            "General\"人\"",
            "0\"人\"",
            "\"¥\"#,##0.00",
            "0.00E+00",
            "_ * #,##0.00_ ",
            "[Red]0.0%",
            "G/通用格式",
        ] {
            assert!(!Shown::of_code(code).digits.words, "{code}");
        }
        for (number, text, words) in [
            ("66", "66（预计）", false),
            ("66", "2019年：66", true),
            ("66", "约66", true),
            ("-3.5", "-3.5", false),
            ("2000", "¥2,000", false),
        ] {
            assert_eq!(Shown::as_seen(number.parse().unwrap(), text).digits.words, words, "{text}");
        }
        assert_eq!(Shown::as_seen(2000.into(), "2.00E+03"), Shown::PLAIN);
    }

    #[test]
    fn a_format_draws_a_unit_behind_the_number() {
        for (code, drawn) in [
            ("0\\.0,\"万元\"", "万元"),
            ("#,##0.00\"元\"", "元"),
            ("0\"人\";-0\"人\"", "人"),
            ("0.00元", "元"),
            ("\"共\"0\"人\"", "人"),
            ("#,##0.00_ ", ""),
            ("0\"（不含下属单位）\"", ""),
        ] {
            assert_eq!(Shown::of_code(code).digits.drawn.text(), drawn, "{code}");
        }
    }

    #[test]
    fn what_a_sheet_shows_of_a_number_says_its_size_its_places_and_its_unit() {
        let number = |text: &str| text.parse::<rust_decimal::Decimal>().expect("a number");
        for (stored, text, places, scale, drawn) in [
            ("5640", "5.64", Some(2), 3, ""),
            ("8.2", "8.20万元", Some(2), 0, "万元"),
            ("94.96", "95", Some(0), 0, ""),
            ("1234.5", "1,234.5", Some(1), 0, ""),
            ("4000000", "400.0万元", Some(1), 4, "万元"),
            ("5", "x", None, 0, ""),
            ("5", "7", None, 0, ""),
        ] {
            let digits = Shown::as_seen(number(stored), text).digits;
            assert_eq!(
                (digits.places, digits.scale, digits.drawn.text().as_str()),
                (places, scale, drawn),
                "{stored} {text}"
            );
        }
    }
}
