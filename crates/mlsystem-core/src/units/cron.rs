//! Cron strings of five fields, in UTC, and the gaps between their firings.

use std::fmt::{Display, Formatter, Result as Written};
use std::ops::Range as Bytes;

use super::Quantity;
use super::date::{civil_from_days, days_from_civil};
use super::scalar_error::ScalarError;

/// When something runs, as a cron string says it.
#[derive(Debug, Clone, PartialEq)]
pub struct Cron {
    text: String,
    /// In minutes.
    longest: u32,
    shortest: u32,
    /// How often it fires in a [`CYCLE`].
    fires: u32,
}

/// What one of the five parts may hold.
struct Part {
    name: &'static str,
    least: u32,
    most: u32,
    /// Names for the numbers from `least` on.
    names: &'static [&'static str],
}

const PARTS: [Part; 5] = [
    Part { name: "minute", least: 0, most: 59, names: &[] },
    Part { name: "hour", least: 0, most: 23, names: &[] },
    Part { name: "day", least: 1, most: 31, names: &[] },
    Part {
        name: "month",
        least: 1,
        most: 12,
        names: &["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
    },
    Part { name: "weekday", least: 0, most: 7, names: &["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] },
];

/// After so many days weekdays and leap days fall the same way again, as long as no century leaves one out.
const CYCLE: i32 = 28 * 365 + 7;

/// Which minutes, hours, days, months and weekdays fire: one bit each.
struct Schedule {
    sets: [u64; 5],
    day_given: bool,
    weekday_given: bool,
}

/// Why a text is no cron string, and where.
pub(super) struct CronError {
    message: String,
    part: Bytes<usize>,
}

impl Cron {
    /// Reads a cron string such as `30 2 * * MON-FRI`. The error underlines the part that is wrong.
    pub fn parse(raw: &str) -> Result<Cron, ScalarError> {
        read(raw).map_err(CronError::into_wrong)
    }

    /// The longest time between two firings, in the calendar from 1901 to 2099.
    pub fn longest_gap(&self) -> Quantity {
        Quantity::duration(f64::from(self.longest) * 60e9)
    }

    /// The shortest time between two firings.
    pub fn shortest_gap(&self) -> Quantity {
        Quantity::duration(f64::from(self.shortest) * 60e9)
    }

    /// The mean time between two firings, over 28 years.
    pub fn mean_gap(&self) -> Quantity {
        Quantity::duration(f64::from(CYCLE) * 86_400e9 / f64::from(self.fires.max(1)))
    }
}

impl Display for Cron {
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        f.write_str(&self.text)
    }
}

impl CronError {
    pub(super) fn into_wrong(self) -> ScalarError {
        ScalarError::new(self.message).at(self.part)
    }
}

/// Whether a text was meant as a cron string, well written or not.
pub(super) fn looks_like_cron(raw: &str) -> bool {
    let parts = raw.split_ascii_whitespace().count();
    let zone = raw.starts_with("TZ=") || raw.starts_with("CRON_TZ=");
    let begins = raw.starts_with(|c: char| c.is_ascii_digit() || c == '*' || c == '?');
    zone || raw.starts_with('*') || (begins && (5..=7).contains(&parts))
}

pub(super) fn read(raw: &str) -> Result<Cron, CronError> {
    let mut sets = [0; 5];
    let mut given = [false; 5];
    let mut at = 0;
    let mut count = 0;
    for text in raw.split(' ') {
        let bytes = at..at + text.len();
        at = bytes.end + 1;
        count += 1;
        if text.is_empty() {
            let message = "one blank stands between two parts".to_owned();
            return Err(CronError { message, part: bytes.start.saturating_sub(1)..bytes.start.max(1).min(raw.len()) });
        }
        let (Some(part), false) = (PARTS.get(count - 1), text.contains('=')) else {
            continue;
        };
        given[count - 1] = text != "*" && text != "*/1";
        sets[count - 1] = read_part(part, text, bytes.start)?;
    }
    if count != 5 {
        let message = match raw.contains('=') {
            true => "a cron string is in UTC and names no time zone".to_owned(),
            false => format!("a cron string has five parts, not {count}"),
        };
        return Err(CronError { message, part: 0..raw.len() });
    }
    // Both 0 and 7 are Sunday.
    sets[4] = (sets[4] | sets[4] >> 7) & 0x7f;
    let schedule = Schedule { sets, day_given: given[2], weekday_given: given[4] };
    match schedule.gaps() {
        Some((shortest, longest, fires)) => Ok(Cron { text: raw.to_owned(), longest, shortest, fires }),
        None => {
            let start = raw.match_indices(' ').nth(1).map_or(0, |(at, _)| at + 1);
            let end = raw.match_indices(' ').nth(3).map_or(raw.len(), |(at, _)| at);
            Err(CronError { message: "no such day ever comes".to_owned(), part: start..end })
        }
    }
}

/// The numbers that one part fires at, as bits.
fn read_part(part: &Part, text: &str, start: usize) -> Result<u64, CronError> {
    let mut set = 0;
    let mut at = start;
    for item in text.split(',') {
        let bytes = at..at + item.len();
        at = bytes.end + 1;
        let message = match read_item(part, item) {
            Ok(bits) => {
                set |= bits;
                continue;
            }
            Err(message) => message,
        };
        let part = if bytes.is_empty() { start..start + text.len() } else { bytes };
        return Err(CronError { message, part });
    }
    Ok(set)
}

fn read_item(part: &Part, item: &str) -> Result<u64, String> {
    let Part { name, least, most, .. } = part;
    let (span, step) = match item.split_once('/') {
        Some((span, step)) => {
            (span, Some(number(step).filter(|step| *step > 0).ok_or("a step is a whole number from 1")?))
        }
        None => (item, None),
    };
    let unit = |text: &str| -> Result<u32, String> {
        let known = part.names.iter().zip(*least..).find(|(known, _)| known.eq_ignore_ascii_case(text));
        let value = known.map(|(_, value)| value).or_else(|| number(text));
        match value {
            Some(value) if (*least..=*most).contains(&value) => Ok(value),
            Some(_) => Err(format!("{} {name} is from {least} to {most}", if *name == "hour" { "an" } else { "a" })),
            None if text.contains(['L', 'W', '#', '?']) => {
                Err("`L`, `W`, `#` and `?` are not in plain cron".to_owned())
            }
            None => Err(format!("this is not a {name}")),
        }
    };
    let (low, high) = match span.split_once('-') {
        _ if span == "*" => (*least, *most),
        Some((low, high)) => (unit(low)?, unit(high)?),
        None => {
            let low = unit(span)?;
            (low, if step.is_some() { *most } else { low })
        }
    };
    // A range of weekdays may end on Sunday.
    let high = if *most == 7 && high == 0 && low > 0 { 7 } else { high };
    if low > high {
        return Err("a range ends before it begins".to_owned());
    }
    let high = if *most == 7 && span == "*" { 6 } else { high };
    Ok((low..=high).step_by(step.unwrap_or(1) as usize).fold(0, |set, value| set | 1 << value))
}

fn number(text: &str) -> Option<u32> {
    let digits = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

impl Schedule {
    /// The shortest and the longest gap in minutes, and the firings of a cycle; none when it never fires.
    fn gaps(&self) -> Option<(u32, u32, u32)> {
        let times: Vec<u32> = self.minutes_of_day().collect();
        let (first, last) = (*times.first()?, *times.last()?);
        let mut shortest = u32::MAX;
        let mut longest = 0;
        let mut note = |gap: u32| {
            shortest = shortest.min(gap);
            longest = longest.max(gap);
        };
        times.windows(2).for_each(|pair| note(pair[1] - pair[0]));
        let start = days_from_civil(2000, 1, 1);
        let mut days = (start..start + CYCLE).filter(|day| self.fires_on(*day));
        let first_day = days.next()?;
        let mut previous = first_day;
        let mut fires = 0;
        for day in days.chain([first_day + CYCLE]) {
            note((day - previous) as u32 * 1440 + first - last);
            previous = day;
            fires += times.len() as u32;
        }
        Some((shortest, longest, fires))
    }

    fn minutes_of_day(&self) -> impl Iterator<Item = u32> {
        let [minutes, hours, ..] = self.sets;
        (0..24).filter(move |hour| hours >> hour & 1 == 1).flat_map(move |hour| {
            (0..60).filter(move |minute| minutes >> minute & 1 == 1).map(move |minute| hour * 60 + minute)
        })
    }

    fn fires_on(&self, day: i32) -> bool {
        let [_, _, days, months, weekdays] = self.sets;
        let (_, month, day_of_month) = civil_from_days(day);
        let by_day = days >> day_of_month & 1 == 1;
        // 1970-01-01 was a Thursday.
        let by_weekday = weekdays >> (day + 4).rem_euclid(7) & 1 == 1;
        let fits = if self.day_given && self.weekday_given { by_day || by_weekday } else { by_day && by_weekday };
        months >> month & 1 == 1 && fits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gaps(raw: &str) -> (String, String) {
        let cron = Cron::parse(raw).unwrap_or_else(|scalar_error| panic!("{raw}: {scalar_error:?}"));
        (cron.shortest_gap().to_string(), cron.longest_gap().to_string())
    }

    fn underlined(raw: &str) -> (String, String) {
        let scalar_error = Cron::parse(raw).expect_err(raw);
        (raw[scalar_error.part.clone().unwrap_or(0..raw.len())].to_owned(), scalar_error.message)
    }

    #[test]
    fn gaps_are_those_of_the_calendar() {
        let cases = [
            ("* * * * *", "1m", "1m"),
            ("*/15 * * * *", "15m", "15m"),
            ("0 2 * * *", "1d", "1d"),
            ("0 2,14 * * *", "12h", "12h"),
            ("0 9-17 * * *", "1h", "16h"),
            ("30 2 * * MON-FRI", "1d", "3d"),
            ("30 2 * * mon-fri", "1d", "3d"),
            ("0 0 * * 0", "7d", "7d"),
            ("0 0 * * 7", "7d", "7d"),
            ("0 0 * * FRI-SUN", "1d", "5d"),
            ("0 0 1 * *", "28d", "31d"),
            ("0 0 31 * *", "31d", "61d"),
            ("0 0 1 JAN *", "365d", "366d"),
            ("0 0 29 2 *", "1461d", "1461d"),
            ("0 0 1 1,4,7,10 *", "90d", "92d"),
            // The week that holds the first day of the month fires twice.
            ("0 0 1 * MON", "1d", "7d"),
            ("0 0 */2 * *", "1d", "2d"),
            ("0 0 * 3 MON", "7d", "343d"),
            ("5/20 * * * *", "20m", "20m"),
        ];
        for (raw, shortest, longest) in cases {
            assert_eq!(gaps(raw), (shortest.to_owned(), longest.to_owned()), "{raw}");
        }
    }

    #[test]
    fn the_wrong_part_is_underlined() {
        let cases = [
            ("60 * * * *", "60", "a minute is from 0 to 59"),
            ("0 25 * * *", "25", "an hour is from 0 to 23"),
            ("0 2 0 * *", "0", "a day is from 1 to 31"),
            ("0 2 1,32 * *", "32", "a day is from 1 to 31"),
            ("0 2 * 13 *", "13", "a month is from 1 to 12"),
            ("0 2 * * 8", "8", "a weekday is from 0 to 7"),
            ("0 2 * FOO *", "FOO", "this is not a month"),
            ("0 2 L * *", "L", "`L`, `W`, `#` and `?` are not in plain cron"),
            ("0 2 ? * MON", "?", "`L`, `W`, `#` and `?` are not in plain cron"),
            ("0 2 * * MON#1", "MON#1", "`L`, `W`, `#` and `?` are not in plain cron"),
            ("*/0 2 * * *", "*/0", "a step is a whole number from 1"),
            ("0 17-9 * * *", "17-9", "a range ends before it begins"),
            ("0 0 31 2 *", "31 2", "no such day ever comes"),
            ("0 0 2 * * *", "0 0 2 * * *", "a cron string has five parts, not 6"),
            ("0 2 * * * * *", "0 2 * * * * *", "a cron string has five parts, not 7"),
            ("TZ=Asia/Seoul 0 2 * * *", "TZ=Asia/Seoul 0 2 * * *", "a cron string is in UTC and names no time zone"),
        ];
        for (raw, part, message) in cases {
            assert_eq!(underlined(raw), (part.to_owned(), message.to_owned()), "{raw}");
        }
    }
}
