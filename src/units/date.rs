//! Days of the Gregorian calendar, in UTC.

use std::fmt::{Display, Formatter, Result as Written};

use super::Quantity;
use super::wrong::Wrong;

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

pub(super) fn explain(raw: &str) -> Wrong {
    Wrong::not_a(raw, "a date")
}
