//! Stretches of days: `2025-01-01..2026-03-31`, `2025-01-01..now`, `last 90d`.

use std::fmt::{Display, Formatter, Result as Written};

use super::scalar_error::{Proposal, ScalarError, repaired, shown};
use super::{Date, Quantity, date, duration};

/// A stretch of days; both ends belong to it.
#[derive(Debug, Clone, PartialEq)]
pub enum Period {
    /// From a day to another, not earlier one.
    Dates {
        /// The first day.
        start: Date,
        /// The last day.
        end: Date,
    },
    /// From a day until today.
    UntilNow {
        /// The first day.
        start: Date,
    },
    /// The time of this length that ends today.
    Last(Quantity),
}

impl Period {
    /// How long it is; of a period that ends today, as seen from `today`.
    pub fn length(&self, today: Date) -> Quantity {
        let days = |start: Date, end: Date| Quantity::duration(f64::from(end.days_since(start) + 1) * 86_400e9);
        match self {
            Period::Dates { start, end } => days(*start, *end),
            Period::UntilNow { start } => days(*start, today),
            Period::Last(length) => length.clone(),
        }
    }

    /// The first day; of `last …`, counted back from `today` in days that began.
    pub fn start(&self, today: Date) -> Option<Date> {
        match self {
            Period::Dates { start, .. } | Period::UntilNow { start } => Some(*start),
            Period::Last(length) => today.plus_days(-((length.amount / 86_400e9).ceil() as i32)),
        }
    }

    /// The last day.
    pub fn end(&self, today: Date) -> Date {
        if let Period::Dates { end, .. } = self { *end } else { today }
    }
}

pub(super) fn parse(raw: &str) -> Option<Period> {
    if let Some(length) = raw.strip_prefix("last ") {
        return duration::parse(length).map(Period::Last);
    }
    let (start, end) = raw.split_once("..")?;
    let start = Date::parse(start)?;
    if end == "now" {
        return Some(Period::UntilNow { start });
    }
    let end = Date::parse(end)?;
    (start <= end).then_some(Period::Dates { start, end })
}

impl Display for Period {
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        match self {
            Period::Dates { start, end } => write!(f, "{start}..{end}"),
            Period::UntilNow { start } => write!(f, "{start}..now"),
            Period::Last(length) => write!(f, "last {length}"),
        }
    }
}

pub(super) fn explain(raw: &str) -> ScalarError {
    if let Some((start, end)) = raw.split_once("..")
        && Date::parse(start).is_some()
        && Date::parse(end).is_some()
    {
        return ScalarError::new(format!("{} ends before it begins", shown(raw))).perhaps(format!("{end}..{start}"));
    }
    let length = raw.strip_prefix("last ").or_else(|| raw.strip_prefix("past ")).unwrap_or(raw).trim_start();
    let lengths = repaired(length, duration::parse(length).is_some(), |text| {
        duration::proposals(text)
            .into_iter()
            .filter(|one| text.contains(char::is_alphabetic) && one.text != text)
            .collect()
    });
    ScalarError::not_a(raw, "a period")
        .propose(spans(raw))
        .propose(lengths.iter().map(|length| length.within("last ", "")))
}

/// Two days with another mark between them: `2025-01-01 - 2026-03-31`, `… to …`, `…/…`.
fn spans(raw: &str) -> Vec<Proposal> {
    let now = |text: &str| matches!(text, "now" | "today" | "present");
    let raw = raw.strip_prefix("from ").unwrap_or(raw);
    for mark in ["..", " to ", " until ", " - ", " – ", "–", "/", "...", " .. "] {
        let Some((start, end)) = raw.split_once(mark).map(|(start, end)| (start.trim(), end.trim())) else {
            continue;
        };
        let starts = repaired(start, Date::parse(start).is_some(), date::proposals);
        let ends = if now(end) {
            vec![Proposal::certain("now")]
        } else {
            repaired(end, Date::parse(end).is_some(), date::proposals)
        };
        // Of a month, a period has the first day at its start and the last day at its end.
        if let (Some(start), Some(end)) = (starts.first(), ends.last()) {
            let certain = start.certain && end.certain;
            return vec![Proposal::new(format!("{}..{}", start.text, end.text), certain)];
        }
    }
    Vec::new()
}
