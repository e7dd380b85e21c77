//! What recurs: a duration, a word such as `daily`, `never`, or a cron string.

use std::cmp::Ordering;
use std::fmt::{Display, Formatter, Result as Written};

use super::quantity::compare_amounts;
use super::wrong::Wrong;
use super::{Cron, Quantity, duration};

/// How often something recurs.
#[derive(Debug, Clone, PartialEq)]
pub enum Interval {
    /// Again after each such duration; zero when it is continuous.
    Every(Quantity),
    /// Not again: infinitely long.
    Never,
    /// When a cron string fires.
    Cron(Cron),
}

/// The words, and the seconds they stand for.
pub(super) const WORDS: [(&str, f64); 7] = [
    ("continuous", 0.0),
    ("hourly", 3600.0),
    ("daily", 86_400.0),
    ("weekly", 604_800.0),
    ("monthly", 2_592_000.0),
    ("quarterly", 7_776_000.0),
    ("yearly", 31_536_000.0),
];

impl Interval {
    /// How old a thing made at this interval can get: the longest gap. None when it is never made again, which is older
    /// than any duration.
    pub fn as_age(&self) -> Option<Quantity> {
        match self {
            Interval::Every(gap) => Some(gap.clone()),
            Interval::Never => None,
            Interval::Cron(cron) => Some(cron.longest_gap()),
        }
    }

    /// The longest gap between two times; none when it is infinitely long.
    pub fn longest_gap(&self) -> Option<Quantity> {
        self.as_age()
    }

    /// The time that one run has until the next: the shortest gap. None when there is no next one.
    pub fn shortest_gap(&self) -> Option<Quantity> {
        match self {
            Interval::Cron(cron) => Some(cron.shortest_gap()),
            _ => self.as_age(),
        }
    }

    /// The order of the longest gap and a duration. Never is greater than any duration.
    pub fn compare_age(&self, duration: &Quantity) -> Ordering {
        self.as_age().map_or(Ordering::Greater, |age| compare_amounts(age.amount, duration.amount))
    }
}

pub(super) fn parse(raw: &str) -> Option<Interval> {
    if raw == "never" {
        return Some(Interval::Never);
    }
    if let Some((_, seconds)) = WORDS.iter().find(|(word, _)| *word == raw) {
        return Some(Interval::Every(Quantity::duration(seconds * 1e9)));
    }
    if let Some(duration) = duration::parse(raw) {
        return (duration.amount > 0.0).then_some(Interval::Every(duration));
    }
    Cron::parse(raw).ok().map(Interval::Cron)
}

impl Display for Interval {
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        match self {
            Interval::Every(gap) if gap.amount == 0.0 => f.write_str("continuous"),
            Interval::Every(gap) => gap.fmt(f),
            Interval::Never => f.write_str("never"),
            Interval::Cron(cron) => cron.fmt(f),
        }
    }
}

pub(super) fn explain(raw: &str) -> Wrong {
    Wrong::not_a(raw, "an interval")
}
