//! Days of the Gregorian calendar, in UTC.

use std::fmt::{Display, Formatter, Result as Written};

use super::Quantity;
use super::scalar_error::{Proposal, ScalarError, shown};

/// A whole day from 1900 to 2199.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    /// Days since 1970-01-01.
    days: i32,
}

/// 1900-01-01 and 2199-12-31.
const FIRST: i32 = -25567;
const LAST: i32 = 84005;

impl Date {
    /// The day with this number since 1970-01-01, if it lies within the calendar of the format.
    pub fn from_days(days: i32) -> Option<Date> {
        (FIRST..=LAST).contains(&days).then_some(Date { days })
    }

    /// The day with this number since 1970-01-01, or the nearest one of the calendar of the format.
    pub fn nearest(days: i64) -> Date {
        Date { days: days.clamp(i64::from(FIRST), i64::from(LAST)) as i32 }
    }

    /// The day with these numbers, if there is one.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Date> {
        let real = (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day);
        if real { Date::from_days(days_from_civil(year, month, day)) } else { None }
    }

    /// Reads `2026-11-01`.
    pub fn parse(text: &str) -> Option<Date> {
        let &[a, b, c, d, b'-', e, f, b'-', g, h] = text.as_bytes() else {
            return None;
        };
        let number = |digits: &[u8]| {
            digits
                .iter()
                .try_fold(0u32, |total, byte| byte.is_ascii_digit().then(|| total * 10 + u32::from(byte - b'0')))
        };
        Date::new(number(&[a, b, c, d])? as i32, number(&[e, f])?, number(&[g, h])?)
    }

    /// Days since 1970-01-01.
    pub fn days(self) -> i32 {
        self.days
    }

    /// Days from `earlier` to this day; negative when it is later.
    pub fn days_since(self, earlier: Date) -> i32 {
        self.days - earlier.days
    }

    /// The time from `earlier` to this day, as a duration.
    pub fn since(self, earlier: Date) -> Quantity {
        Quantity::duration(f64::from(self.days_since(earlier)) * 86_400e9)
    }

    /// The day so many days later, if it lies within the calendar of the format.
    pub fn plus_days(self, days: i32) -> Option<Date> {
        Date::from_days(self.days.checked_add(days)?)
    }

    /// Year, month and day.
    pub fn civil(self) -> (i32, u32, u32) {
        civil_from_days(self.days)
    }
}

impl Display for Date {
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// How many days a month has.
pub(super) fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01; see <https://howardhinnant.github.io/date_algorithms.html>.
pub(super) fn days_from_civil(year: i32, month: u32, day: u32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month as i32 + 9) % 12) + 2) / 5 + day as i32 - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Year, month and day of a number of days since 1970-01-01.
pub(super) fn civil_from_days(days: i32) -> (i32, u32, u32) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i32::from(month <= 2);
    (year, month as u32, day as u32)
}

pub(super) fn explain(raw: &str) -> ScalarError {
    if matches!(raw.to_lowercase().as_str(), "true" | "false" | "yes" | "no") {
        return ScalarError::new(format!("{} is not a date", shown(raw))).advise("write the day it was last done");
    }
    if let Some((year, month, day)) = three_numbers(raw, '-').filter(|_| raw.len() == 10 && raw.is_ascii()) {
        if (1..=12).contains(&month) && (29..=31).contains(&day) && (1900..=2199).contains(&year) {
            let last = days_in_month(year, month);
            return ScalarError::new(format!("{} is no day of the calendar", shown(raw)))
                .perhaps(format!("{year:04}-{month:02}-{last:02}"));
        }
        if !(1900..=2199).contains(&year) && raw.find('-') == Some(4) {
            return ScalarError::new(format!("{} is not from 1900 to 2199", shown(raw)));
        }
    }
    ScalarError::not_a(raw, "a date").propose(proposals(raw))
}

/// The dates that `raw` was probably meant to be.
pub(super) fn proposals(raw: &str) -> Vec<Proposal> {
    let certainly = |date: Option<Date>| date.map(|date| Proposal::certain(date.to_string())).into_iter().collect();
    if let Some(day) = raw.get(..10).and_then(Date::parse).filter(|_| raw[10..].starts_with(['T', ' '])) {
        return certainly(Some(day));
    }
    if let Some((year, month)) = raw.split_once('-').and_then(|(year, month)| Some((number(year)?, number(month)?))) {
        let ends = [Date::new(year, month, 1), Date::new(year, month, days_in_month(year, month))];
        return ends.into_iter().flatten().map(|date| Proposal::possible(date.to_string())).collect();
    }
    for separator in ['-', '/', '.'] {
        let Some((first, second, third)) = three_numbers(raw, separator) else {
            continue;
        };
        if first > 31 {
            return certainly(Date::new(first, second, third));
        }
        let year = third as i32;
        let readings = [Date::new(year, second, first as u32), Date::new(year, first as u32, second)];
        let mut found: Vec<Date> = readings.into_iter().flatten().collect();
        found.dedup();
        let certain = found.len() == 1;
        return found.into_iter().map(|date| Proposal::new(date.to_string(), certain)).collect();
    }
    if raw.len() == 8 && raw.bytes().all(|byte| byte.is_ascii_digit()) {
        let date = number(&raw[..4]).and_then(|year| Date::new(year, number(&raw[4..6])?, number(&raw[6..])?));
        return certainly(date);
    }
    certainly(read_words(raw))
}

/// `Nov 1 2026`, `1 November 2026`, `November 1st, 2026`.
fn read_words(raw: &str) -> Option<Date> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let lower = raw.to_lowercase();
    let words: Vec<&str> = lower.split([' ', ',', '.', '-']).filter(|word| !word.is_empty()).collect();
    let month_of = |word: &str| {
        let named =
            |name: &&str| word.len() >= 3 && (name.starts_with(word) || word == "sept" && **name == *"september");
        MONTHS.iter().position(named).map(|at| at as u32 + 1)
    };
    let day_of = |word: &str| number::<u32>(word.trim_end_matches(|c: char| c.is_ascii_alphabetic()));
    match words[..] {
        [a, b, year] => match (month_of(a), month_of(b)) {
            (Some(month), None) => Date::new(number(year)?, month, day_of(b)?),
            (None, Some(month)) => Date::new(number(year)?, month, day_of(a)?),
            _ => None,
        },
        _ => None,
    }
}

fn three_numbers(raw: &str, separator: char) -> Option<(i32, u32, u32)> {
    let mut parts = raw.split(separator);
    let three = (number(parts.next()?)?, number(parts.next()?)?, number(parts.next()?)?);
    parts.next().is_none().then_some(three)
}

fn number<T: std::str::FromStr>(digits: &str) -> Option<T> {
    let plain = (1..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if plain { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_as_the_calendar_does() {
        let date = |text| Date::parse(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(date("1970-01-01").days(), 0);
        assert_eq!(date("1900-01-01").days(), FIRST);
        assert_eq!(date("2199-12-31").days(), LAST);
        assert_eq!(date("2026-11-24").days_since(date("2026-10-25")), 30);
        assert_eq!(date("2024-02-28").plus_days(1).map(|day| day.to_string()).as_deref(), Some("2024-02-29"));
        assert_eq!(date("2199-12-31").plus_days(1), None);
        assert_eq!(date("2026-03-01").since(date("2026-02-01")).to_string(), "28d");
        assert!((FIRST..=LAST).all(|day| {
            let date = Date { days: day };
            Date::parse(&date.to_string()) == Some(date)
        }));
    }

    #[test]
    fn no_day_outside_the_calendar() {
        for text in ["1899-12-31", "2200-01-01", "2100-02-29", "2026-00-01", "2026-13-01", "2026-1-1", "2026-04-31"] {
            assert!(Date::parse(text).is_none(), "{text}");
        }
        assert!(Date::parse("2000-02-29").is_some());
    }
}
