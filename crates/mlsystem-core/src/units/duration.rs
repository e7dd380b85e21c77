//! Durations: `80ms`, `1h30m`, `90d`.

use super::decimal::{self, plain};
use super::lenient_number;
use super::scalar_error::{Proposal, ScalarError, shown};
use super::unit::Notation;
use super::{Dimension, Quantity, TimeUnit};

/// The longest duration of the format, 100 years.
const MAX_NANOSECONDS: f64 = 100.0 * 365.0 * 86400.0 * 1e9;

pub(super) fn parse(raw: &str) -> Option<Quantity> {
    let (nanoseconds, largest) = total(raw)?;
    if nanoseconds > MAX_NANOSECONDS {
        return None;
    }
    Quantity::written(nanoseconds, Dimension::Duration, Notation::Time(largest))
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
pub(super) fn display(nanoseconds: f64, mark: &Notation, computed: bool) -> String {
    let total = match computed {
        false => decimal::rounded(nanoseconds, 15),
        true if nanoseconds.abs() < 1e15 => decimal::rounded(nanoseconds, 6),
        true => (nanoseconds / 1e9).round() * 1e9,
    };
    if total == 0.0 {
        return "0s".to_owned();
    }
    let sign = if total < 0.0 { "-" } else { "" };
    let mut rest = total.abs();
    let mut text = sign.to_owned();
    let largest = match mark {
        Notation::Time(unit) if *unit > TimeUnit::Day && (!computed || rest % unit.nanoseconds() == 0.0) => *unit,
        _ => TimeUnit::Day,
    };
    for unit in TimeUnit::DESCENDING {
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

pub(super) fn explain(raw: &str) -> ScalarError {
    if total(raw).is_some_and(|(nanoseconds, _)| nanoseconds > MAX_NANOSECONDS) {
        return ScalarError::new(format!("{} is longer than 100 years", shown(raw)));
    }
    if is_below_zero(raw) {
        return ScalarError::new(format!("{} is below zero", shown(raw)));
    }
    ScalarError::not_a(raw, "a duration").propose(proposals(raw))
}

/// Whether a text longer than its minus is a duration, however that is written.
pub(super) fn is_below_zero(raw: &str) -> bool {
    let positive = raw.strip_prefix(['-', '−']);
    positive.is_some_and(|positive| parse(positive).is_some() || !proposals(positive).is_empty())
}

/// The durations that `raw` was probably meant to be.
pub(super) fn proposals(raw: &str) -> Vec<Proposal> {
    let lower = raw.to_lowercase();
    let recurring = [
        ("hourly", "1h"),
        ("daily", "1d"),
        ("weekly", "7d"),
        ("monthly", "30d"),
        ("quarterly", "90d"),
        ("yearly", "365d"),
    ];
    if let Some((_, text)) = recurring.iter().find(|(word, _)| *word == lower) {
        return vec![Proposal::certain(*text)];
    }
    if let Some(total) = read_iso(raw) {
        return vec![Proposal::certain(written(total))];
    }
    if let Some(clock) = read_clock(raw) {
        return clock;
    }
    if let Some(number) = lenient_number::take(raw).filter(|number| number.rest.is_empty() && !number.negative) {
        let number = number.plain();
        return vec![Proposal::possible(format!("{number}ms")), Proposal::possible(format!("{number}s"))];
    }
    read_words(raw)
}

fn written(nanoseconds: f64) -> String {
    display(nanoseconds, &Notation::Base, false)
}

/// ISO 8601: `PT5M`, `P1DT12H`.
fn read_iso(raw: &str) -> Option<f64> {
    let (date, time) = raw.strip_prefix('P')?.split_once('T').unwrap_or((&raw[1..], ""));
    let mut total = 0.0;
    for (part, units) in [(date, "YMWD"), (time, "HMS")] {
        let mut rest = part;
        while !rest.is_empty() {
            let (number, after) = decimal::take(rest)?;
            let letter = after.chars().next().filter(|letter| units.contains(*letter))?;
            let unit = match letter {
                'Y' => TimeUnit::Year,
                'M' if units == "YMWD" => TimeUnit::Month,
                'W' => TimeUnit::Week,
                'D' => TimeUnit::Day,
                'H' => TimeUnit::Hour,
                'M' => TimeUnit::Minute,
                _ => TimeUnit::Second,
            };
            total += number.scaled(unit.nanoseconds(), 1.0);
            rest = &after[1..];
        }
    }
    (!date.is_empty() || !time.is_empty()).then_some(total)
}

/// `00:05:00`, and `5:00`, which may be minutes or hours.
fn read_clock(raw: &str) -> Option<Vec<Proposal>> {
    let parts: Vec<f64> = raw.split(':').map(|part| part.parse::<u16>().ok().map(f64::from)).collect::<Option<_>>()?;
    match parts[..] {
        [hours, minutes, seconds] => {
            Some(vec![Proposal::certain(written(((hours * 60.0 + minutes) * 60.0 + seconds) * 1e9))])
        }
        [first, second] => Some(vec![
            Proposal::possible(written((first * 60.0 + second) * 1e9)),
            Proposal::possible(written((first * 60.0 + second) * 60e9)),
        ]),
        _ => None,
    }
}

/// Numbers with the words for units: `100 ms`, `5 minutes`, `1 hour and 30 min`, `two weeks`.
fn read_words(raw: &str) -> Vec<Proposal> {
    let mut rest = raw.trim_start_matches("a period of ").trim();
    let mut parts: Vec<(String, TimeUnit)> = Vec::new();
    let mut certain = true;
    let mut other = None;
    while !rest.is_empty() {
        let Some((number, reading, after)) = take_amount(rest) else {
            return Vec::new();
        };
        let length = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
        let Some(unit) = unit_named(&after[..length]) else {
            return Vec::new();
        };
        certain &= reading.is_none() && unit.certain;
        other = other.or(unit.other.clone()).or(reading.map(|number| (number, unit.unit)));
        parts.push((unit.nano(&number), unit.unit));
        rest = after[length..].trim_start_matches([' ', ',', '.', ';']);
        rest = rest.strip_prefix("and ").unwrap_or(rest).trim_start();
    }
    let text: String = parts.iter().map(|(number, unit)| format!("{number}{}", unit.suffix())).collect();
    let sum =
        || parts.iter().filter_map(|(number, unit)| Some(decimal::all(number)?.scaled(unit.nanoseconds(), 1.0))).sum();
    let text = if parts.is_empty() || parse(&text).is_some() { text } else { written(sum()) };
    let mut found = vec![Proposal::new(text, certain)];
    if let ([(number, _)], Some((second, unit))) = (&parts[..], other) {
        let number = if second.is_empty() { number.clone() } else { second };
        found.push(Proposal::possible(format!("{number}{}", unit.suffix())));
    }
    found
}

/// The number at the start, its other reading, and what follows.
fn take_amount(text: &str) -> Option<(String, Option<String>, &str)> {
    const WORDS: [(&str, &str); 14] = [
        ("a ", "1"),
        ("an ", "1"),
        ("one ", "1"),
        ("two ", "2"),
        ("three ", "3"),
        ("four ", "4"),
        ("five ", "5"),
        ("six ", "6"),
        ("seven ", "7"),
        ("eight ", "8"),
        ("nine ", "9"),
        ("ten ", "10"),
        ("twelve ", "12"),
        ("half a ", "0.5"),
    ];
    if let Some((word, number)) = WORDS.iter().find(|(word, _)| text.starts_with(word)) {
        return Some(((*number).to_owned(), None, &text[word.len()..]));
    }
    let number = lenient_number::take(text).filter(|number| !number.negative)?;
    Some((number.plain(), number.other(), number.rest.trim_start_matches('-')))
}

/// A unit that a word names.
struct Named {
    unit: TimeUnit,
    certain: bool,
    /// The other unit that the word may name, with an empty number.
    other: Option<(String, TimeUnit)>,
    nanoseconds: bool,
}

impl Named {
    /// The number in the unit; nanoseconds, which the format lacks, become microseconds.
    fn nano(&self, number: &str) -> String {
        match decimal::all(number).filter(|_| self.nanoseconds) {
            Some(nanoseconds) => plain(nanoseconds.scaled(1.0, 1000.0)),
            None => number.to_owned(),
        }
    }
}

fn unit_named(word: &str) -> Option<Named> {
    let certainly = |unit| Some(Named { unit, certain: true, other: None, nanoseconds: false });
    if let Some(unit) = TimeUnit::from_suffix(word) {
        return certainly(unit);
    }
    if word == "M" {
        let other = Some((String::new(), TimeUnit::Month));
        return Some(Named { unit: TimeUnit::Minute, certain: false, other, nanoseconds: false });
    }
    match word.to_lowercase().as_str() {
        "y" | "yr" | "yrs" | "year" | "years" => certainly(TimeUnit::Year),
        "mo" | "mos" | "mon" | "mth" | "month" | "months" => certainly(TimeUnit::Month),
        "w" | "wk" | "wks" | "week" | "weeks" => certainly(TimeUnit::Week),
        "d" | "day" | "days" => certainly(TimeUnit::Day),
        "h" | "hr" | "hrs" | "hour" | "hours" => certainly(TimeUnit::Hour),
        "min" | "mins" | "minute" | "minutes" => certainly(TimeUnit::Minute),
        "s" | "sec" | "secs" | "second" | "seconds" => certainly(TimeUnit::Second),
        "ms" | "msec" | "msecs" | "millis" | "millisecond" | "milliseconds" => certainly(TimeUnit::Millisecond),
        "us" | "µs" | "μs" | "usec" | "usecs" | "micros" | "microsecond" | "microseconds" => {
            certainly(TimeUnit::Microsecond)
        }
        "ns" | "nsec" | "nanos" | "nanosecond" | "nanoseconds" => {
            Some(Named { unit: TimeUnit::Microsecond, certain: true, other: None, nanoseconds: true })
        }
        _ => None,
    }
}

/// Whether a word after a stroke was meant as a stretch of time, well written or not.
pub(super) fn names_time(word: &str) -> bool {
    const TIMES: [&str; 30] = [
        "s", "sec", "secs", "second", "seconds", "m", "min", "mins", "minute", "minutes", "h", "hr", "hrs", "hour",
        "hours", "d", "day", "days", "w", "wk", "week", "weeks", "mo", "mth", "month", "months", "y", "yr", "year",
        "years",
    ];
    TIMES.contains(&word)
}

/// The unit that a word after a stroke names, and whether it certainly does: `sec`, `mo`.
pub(super) fn units_after_slash(word: &str) -> Vec<(TimeUnit, bool)> {
    match word {
        "m" | "M" => vec![(TimeUnit::Minute, false), (TimeUnit::Month, false)],
        "annum" => vec![(TimeUnit::Year, true)],
        _ => TimeUnit::from_word(word)
            .map(|unit| (unit, true))
            .or_else(|| unit_named(word).filter(|named| !named.nanoseconds).map(|named| (named.unit, named.certain)))
            .into_iter()
            .collect(),
    }
}
