//! Days counted from the end of 1899, and the calendar: both ways, without floats.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Days that the calendar beginning in 1904 is behind.
const FROM_1904: i64 = 1462;
/// The day before 9999-12-31 is followed by no other.
const END: i64 = 2_958_466;
const SECONDS: i64 = 86_400;

/// A stored number under a date format → `2020-03-01`, `12:30:00`, `2020-03-01T12:30:00`; the number itself where no calendar has it.
pub(crate) fn text(serial: Decimal, since_1904: bool) -> String {
    split(serial, since_1904).map_or_else(|| serial.to_string(), |(day, second)| written(day, second))
}

/// Whole days and seconds of the day, to the nearest second.
fn split(serial: Decimal, since_1904: bool) -> Option<(i64, i64)> {
    let whole = serial.floor();
    let rest = (serial - whole).checked_mul(Decimal::from(SECONDS))?.round().to_i64()?;
    let day = whole.to_i64()?.checked_add(if since_1904 { FROM_1904 } else { 0 })?;
    let (day, second) = if rest == SECONDS { (day + 1, 0) } else { (day, rest) };
    (0..END).contains(&day).then_some((day, second))
}

fn written(day: i64, second: i64) -> String {
    let time = format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
    match (day, second) {
        (0, _) => time,
        (_, 0) => date(day),
        _ => format!("{}T{time}", date(day)),
    }
}

/// Serial 60 is 1900-02-29, which never was; the days before it are one off.
fn date(day: i64) -> String {
    if day == 60 {
        return "1900-02-29".to_owned();
    }
    let (year, month, day) = civil(if day < 60 { day + 1 } else { day });
    format!("{year:04}-{month:02}-{day:02}")
}

/// Days since 1899-12-30 → year, month, day, counting years from March so that the leap day comes last.
fn civil(day: i64) -> (i64, i64, i64) {
    let since_year_0 = day + 693_899;
    let era = since_year_0.div_euclid(146_097);
    let in_era = since_year_0.rem_euclid(146_097);
    let year = (in_era - in_era / 1460 + in_era / 36_524 - in_era / 146_096) / 365;
    let in_year = in_era - (365 * year + year / 4 - year / 100);
    let march_month = (5 * in_year + 2) / 153;
    let day = in_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// Year, month, day → days since 1899-12-30.
fn day_of(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let in_era = year.rem_euclid(400);
    let march_month = if month > 2 { month - 3 } else { month + 9 };
    let in_year = (153 * march_month + 2) / 5 + day - 1;
    era * 146_097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year - 693_899
}

/// `2020-03-01`, with or without `T12:30:00` and a trailing Z → its serial number.
pub(crate) fn of_date(text: &str) -> Option<Decimal> {
    let (date, time) = text.trim_end_matches('Z').split_once('T').unwrap_or((text, ""));
    let mut fields = date.splitn(3, '-').map(|field| field.parse::<u16>().ok());
    let (year, month, day) = (fields.next()??, fields.next()??, fields.next()??);
    if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let days = Decimal::from(day_of(year.into(), month.into(), day.into()));
    let seconds = if time.is_empty() { Decimal::ZERO } else { clock(time)? };
    days.checked_add(of_seconds(seconds)?)?.round_sf(15).map(|serial| serial.normalize())
}

/// `12:30:00` → seconds.
fn clock(time: &str) -> Option<Decimal> {
    let mut fields = time.splitn(3, ':').map(|field| Decimal::from_str_exact(field).ok());
    let (hours, minutes) = (fields.next()??, fields.next()??);
    seconds(hours, minutes, fields.next().unwrap_or(Some(Decimal::ZERO))?)
}

/// `PT12H30M00S` → its serial number.
pub(crate) fn of_duration(text: &str) -> Option<Decimal> {
    let (sign, text) = text.strip_prefix('-').map_or((Decimal::ONE, text), |rest| (-Decimal::ONE, rest));
    let mut rest = text.strip_prefix("PT")?;
    let mut field = |unit| {
        let Some((number, after)) = rest.split_once(unit) else {
            return Some(Decimal::ZERO);
        };
        rest = after;
        Decimal::from_str_exact(number).ok()
    };
    let total = seconds(field('H')?, field('M')?, field('S')?)?;
    of_seconds(total.checked_mul(sign)?)
}

fn seconds(hours: Decimal, minutes: Decimal, seconds: Decimal) -> Option<Decimal> {
    let minutes = hours.checked_mul(Decimal::from(60))?.checked_add(minutes)?;
    minutes.checked_mul(Decimal::from(60))?.checked_add(seconds)
}

fn of_seconds(seconds: Decimal) -> Option<Decimal> {
    seconds.checked_div(Decimal::from(SECONDS))?.round_sf(15).map(|serial| serial.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(serial: &str) -> String {
        text(serial.parse().unwrap(), false)
    }

    #[test]
    fn serials_are_the_days_that_a_spreadsheet_shows() {
        // Dates as Excel shows them for these numbers.
        assert_eq!(shown("1"), "1900-01-01");
        assert_eq!(shown("59"), "1900-02-28");
        assert_eq!(shown("60"), "1900-02-29");
        assert_eq!(shown("61"), "1900-03-01");
        assert_eq!(shown("2020"), "1905-07-12");
        assert_eq!(shown("43831"), "2020-01-01");
        assert_eq!(shown("43890"), "2020-02-29");
        assert_eq!(shown("2958465"), "9999-12-31");
        assert_eq!(shown("0.5"), "12:00:00");
        assert_eq!(shown("43831.520833333333"), "2020-01-01T12:30:00");
        assert_eq!(shown("-1"), "-1");
        assert_eq!(shown("99999999999999"), "99999999999999");
        assert_eq!(text(Decimal::ZERO, true), "1904-01-01");
    }

    #[test]
    fn dates_and_times_give_the_serial_back() {
        let serial = |text| of_date(text).map(|serial| serial.to_string());
        assert_eq!(serial("2020-01-01").as_deref(), Some("43831"));
        assert_eq!(serial("1905-07-12").as_deref(), Some("2020"));
        assert_eq!(serial("2020-01-01T12:00:00").as_deref(), Some("43831.5"));
        assert_eq!(serial("2020-13-01"), None);
        assert_eq!(of_duration("PT12H30M00S").map(|d| d.to_string()).as_deref(), Some("0.520833333333333"));
        assert_eq!(of_duration("soon"), None);
    }
}
