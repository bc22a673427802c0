//! What a number format makes of a number: a percentage, a date, or the number itself.

/// How a cell shows its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Shown {
    /// As itself, or in a way that does not change its meaning.
    #[default]
    Plain,
    /// Times a hundred, with a percent sign.
    Percent,
    /// As a day of the calendar, a time, or both.
    Date,
}

impl Shown {
    /// The formats that every file may use without defining them (ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 are
    /// the calendars of East Asian editions).
    pub fn builtin(id: u32) -> Shown {
        match id {
            9 | 10 => Shown::Percent,
            14..=22 | 27..=36 | 45..=47 | 50..=58 => Shown::Date,
            _ => Shown::Plain,
        }
    }

    /// What a format code makes of a number. Text in quotes, after a backslash, in brackets is not part of the meaning.
    pub fn of_code(code: &str) -> Shown {
        let signs = signs(code);
        if signs.contains('%') {
            Shown::Percent
        } else if is_calendar(&signs) {
            Shown::Date
        } else {
            Shown::Plain
        }
    }
}

/// A format code without quoted text, escapes, fillers, colours, conditions and locales; elapsed time keeps its letter.
fn signs(code: &str) -> String {
    let mut signs = String::new();
    let mut rest = code.chars();
    while let Some(sign) = rest.next() {
        match sign {
            '"' => drop(rest.by_ref().find(|&c| c == '"')),
            '\\' | '_' | '*' => drop(rest.next()),
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
    use super::Shown;

    #[test]
    fn a_percent_sign_counts_only_outside_quotes_and_escapes() {
        for code in ["0%", "0.00%", "0.00%;[Red]-0.00%", "_ * 0.0%_ ", "[>0]0.0%"] {
            assert_eq!(Shown::of_code(code), Shown::Percent, "{code}");
        }
        for code in
            ["0.00\"%\"", "0.00\\%", "General", "0\"分\"", "0.00E+00", "#,##0.00_ ", "@", "[Red]0", "G/通用格式\"个\""]
        {
            assert_eq!(Shown::of_code(code), Shown::Plain, "{code}");
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
            assert_eq!(Shown::of_code(code), Shown::Date, "{code}");
        }
        assert_eq!(Shown::builtin(10), Shown::Percent);
        assert_eq!(Shown::builtin(14), Shown::Date);
        assert_eq!(Shown::builtin(57), Shown::Date);
        assert_eq!(Shown::builtin(2), Shown::Plain);
    }
}
