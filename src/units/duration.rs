//! Durations: `80ms`, `1h30m`, `90d`.

use super::decimal::{self, for_people, plain};
use super::unit::Mark;
use super::wrong::Wrong;
use super::{Dimension, Quantity, TimeUnit};

/// The longest duration of the format, 100 years.
const LONGEST: f64 = 100.0 * 365.0 * 86400.0 * 1e9;

pub(super) fn parse(raw: &str) -> Option<Quantity> {
    let (nanoseconds, largest) = total(raw)?;
    if nanoseconds > LONGEST {
        return None;
    }
    Quantity::written(nanoseconds, Dimension::Duration, Mark::Time(largest))
}

/// The sum of the parts, whose units fall, and the largest unit.
fn total(raw: &str) -> Option<(f64, TimeUnit)> {
    let mut rest = raw;
    let mut total = 0.0;
    let mut units: Option<(TimeUnit, TimeUnit)> = None;
    let mut last = false;
    while !rest.is_empty() {
        let (number, after) = decimal::take(rest)?;
        let letters = after.bytes().take_while(u8::is_ascii_alphabetic).count();
        let unit = TimeUnit::from_suffix(&after[..letters])?;
        if last || units.is_some_and(|(_, smallest)| unit >= smallest) {
            return None;
        }
        last = number.has_point();
        units = Some((units.map_or(unit, |(largest, _)| largest), unit));
        total += number.scaled(unit.nanoseconds(), 1.0);
        rest = &after[letters..];
    }
    units.map(|(largest, _)| (total, largest))
}

/// The normal form: days, hours and minutes that stay whole, then the rest in the largest of seconds, milliseconds and
/// microseconds. Weeks, months and years are kept where they were written and stay whole.
pub(super) fn display(nanoseconds: f64, mark: &Mark, computed: bool) -> String {
    let total = for_people(nanoseconds, computed && nanoseconds.abs() < 1e15);
    if total == 0.0 {
        return "0s".to_owned();
    }
    let sign = if total < 0.0 { "-" } else { "" };
    let mut rest = total.abs();
    let mut text = sign.to_owned();
    let largest = match mark {
        Mark::Time(unit) if *unit > TimeUnit::Day && (!computed || rest % unit.nanoseconds() == 0.0) => *unit,
        _ => TimeUnit::Day,
    };
    for unit in TimeUnit::FALLING {
        let length = unit.nanoseconds();
        let skipped = unit == TimeUnit::Week && largest != TimeUnit::Week;
        if unit > largest || skipped || rest < length {
            continue;
        }
        if unit <= TimeUnit::Second {
            text += &format!("{}{}", plain(decimal::rounded(rest / length, 15)), unit.suffix());
            return text;
        }
        text += &format!("{}{}", plain((rest / length).floor()), unit.suffix());
        rest %= length;
    }
    if rest > 0.0 {
        text += &format!("{}us", plain(decimal::rounded(rest / 1e3, 15)));
    }
    text
}

pub(super) fn explain(raw: &str) -> Wrong {
    Wrong::not_a(raw, "a duration")
}
