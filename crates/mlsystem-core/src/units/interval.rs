//! What recurs: a duration, a word such as `daily`, `never`, or a cron string.

use std::cmp::Ordering;
use std::fmt::{Display, Formatter, Result as Written};

use super::quantity::compare_amounts;
use super::scalar_error::{Proposal, ScalarError, repaired, shown};
use super::{Cron, Quantity, cron, duration, word};

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
    /// The longest gap between two times, which is how old a thing made at this interval can get. None when it is never
    /// made again, which is older than any duration.
    pub fn longest_gap(&self) -> Option<Quantity> {
        match self {
            Interval::Every(gap) => Some(gap.clone()),
            Interval::Never => None,
            Interval::Cron(cron) => Some(cron.longest_gap()),
        }
    }

    /// The time that one run has until the next: the shortest gap. None when there is no next one.
    pub fn shortest_gap(&self) -> Option<Quantity> {
        match self {
            Interval::Cron(cron) => Some(cron.shortest_gap()),
            _ => self.longest_gap(),
        }
    }

    /// The mean time between two runs; none when it is infinitely long.
    pub fn mean_gap(&self) -> Option<Quantity> {
        match self {
            Interval::Cron(cron) => Some(cron.mean_gap()),
            _ => self.longest_gap(),
        }
    }

    /// The order of the longest gap and a duration. Never is greater than any duration, and what a cron string fires once
    /// in each calendar month, quarter or year is as old as that.
    pub fn compare_age(&self, duration: &Quantity) -> Ordering {
        let Some(age) = self.longest_gap() else { return Ordering::Greater };
        if let (Interval::Cron(_), Some(months)) = (self, duration.calendar_months())
            && let Some((shortest, longest)) = days_in(months)
            && (shortest..=longest).contains(&(age.amount / 86_400e9))
        {
            return Ordering::Equal;
        }
        age.compare(duration).unwrap_or_else(|| compare_amounts(age.amount, duration.amount))
    }
}

/// The days of the shortest and of the longest stretch of so many calendar months.
fn days_in(months: f64) -> Option<(f64, f64)> {
    match months {
        1.0 => Some((28.0, 31.0)),
        2.0 => Some((59.0, 62.0)),
        3.0 => Some((89.0, 92.0)),
        4.0 => Some((120.0, 123.0)),
        6.0 => Some((181.0, 184.0)),
        12.0 => Some((365.0, 366.0)),
        _ => None,
    }
}

pub(super) fn parse(raw: &str) -> Option<Interval> {
    if raw == "never" {
        return Some(Interval::Never);
    }
    if let Some((_, seconds)) = WORDS.iter().find(|(word, _)| *word == raw) {
        // The words of the calendar are months and years of it.
        let calendar = match raw {
            "monthly" => duration::parse("1mo"),
            "quarterly" => duration::parse("3mo"),
            "yearly" => duration::parse("1y"),
            _ => None,
        };
        return Some(Interval::Every(calendar.unwrap_or_else(|| Quantity::duration(seconds * 1e9))));
    }
    if let Some(duration) = duration::parse(raw) {
        return (duration.amount > 0.0).then_some(Interval::Every(duration));
    }
    cron::read(raw).ok().map(Interval::Cron)
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

pub(super) fn explain(raw: &str) -> ScalarError {
    if duration::parse(raw).is_some() {
        return ScalarError::new(format!("{} is no time between two runs", shown(raw))).certainly("continuous");
    }
    if cron::looks_like_cron(raw)
        && let Err(scalar_error) = Cron::parse(raw)
    {
        return scalar_error.certainly(raw.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    let scalar_error = ScalarError::not_a(raw, "an interval").propose(proposals(raw));
    if scalar_error.proposals.is_empty() && duration::is_below_zero(raw) {
        return duration::explain(raw);
    }
    scalar_error
}

/// The intervals that `raw` was probably meant to be.
fn proposals(raw: &str) -> Vec<Proposal> {
    let folded = raw.to_lowercase().replace(['-', '_'], " ");
    let word = folded.trim_start_matches('@');
    let synonym = match word {
        "realtime" | "real time" | "streaming" | "stream" | "live" | "continuously" | "always" => "continuous",
        "nightly" | "every day" | "every night" | "each day" | "once a day" | "midnight" => "daily",
        "every hour" | "each hour" | "once an hour" => "hourly",
        "every week" | "each week" | "once a week" => "weekly",
        "every month" | "each month" | "once a month" => "monthly",
        "every quarter" | "each quarter" | "once a quarter" => "quarterly",
        "annually" | "annual" | "every year" | "each year" | "once a year" => "yearly",
        "biweekly" | "bi weekly" => return vec![Proposal::possible("14d"), Proposal::possible("84h")],
        "bimonthly" | "bi monthly" => return vec![Proposal::possible("60d"), Proposal::possible("15d")],
        "fortnightly" => "14d",
        "twice a day" => "12h",
        "once" | "one off" => return vec![Proposal::possible("never")],
        _ => word,
    };
    if parse(synonym).is_some() && synonym.starts_with(|c: char| c.is_ascii_lowercase() || synonym != word) {
        return vec![Proposal::certain(synonym)];
    }
    let rest = ["every ", "each ", "once every "].iter().find_map(|every| raw.strip_prefix(every));
    match rest {
        Some(rest) => repaired(rest, parse(rest).is_some(), proposals),
        None => {
            let mut found = duration::proposals(raw);
            let words = WORDS.iter().map(|(word, _)| *word).chain(["never"]);
            found.extend(word::nearest(raw, words).map(Proposal::possible));
            found
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_compare_with_durations() {
        let compare = |interval: &str, age: &str| {
            let interval = parse(interval).unwrap_or_else(|| panic!("{interval}"));
            interval.compare_age(&duration::parse(age).unwrap_or_else(|| panic!("{age}")))
        };
        assert_eq!(compare("daily", "24h"), Ordering::Equal);
        assert_eq!(compare("continuous", "1us"), Ordering::Less);
        assert_eq!(compare("never", "100y"), Ordering::Greater);
        // From Friday to Monday.
        assert_eq!(compare("0 2 * * MON-FRI", "2d"), Ordering::Greater);
        assert_eq!(compare("0 2 * * MON-FRI", "3d"), Ordering::Equal);
        // The first of each month and of each quarter are monthly and quarterly; the 31st is not.
        assert_eq!(compare("0 0 1 * *", "1mo"), Ordering::Equal);
        assert_eq!(compare("0 0 1 */3 *", "3mo"), Ordering::Equal);
        assert_eq!(compare("0 0 1 1 *", "1y"), Ordering::Equal);
        assert_eq!(compare("0 0 31 * *", "1mo"), Ordering::Greater);
        assert_eq!(compare("0 0 1 * *", "30d"), Ordering::Greater);
        assert_eq!(compare("monthly", "30d"), Ordering::Equal);
    }

    #[test]
    fn runs_are_counted_by_the_mean_gap() {
        let a_year = |raw: &str| {
            let gap = parse(raw).and_then(|interval| interval.mean_gap()).unwrap_or_else(|| panic!("{raw}"));
            (365.25 * 86_400e9 / gap.amount * 100.0).round() / 100.0
        };
        assert_eq!(a_year("0 3 1-7 * *"), 84.0);
        assert_eq!(a_year("0 3 * * MON-FRI"), 260.89);
        assert_eq!(a_year("0 0 1 * *"), 12.0);
        assert_eq!(a_year("0 */6 * * *"), 1461.0);
    }

    #[test]
    fn a_run_has_the_shortest_gap() {
        let shortest = |raw| parse(raw).and_then(|interval| interval.shortest_gap()).map(|gap| gap.to_string());
        assert_eq!(shortest("0 2 * * MON-FRI").as_deref(), Some("1d"));
        assert_eq!(shortest("6h").as_deref(), Some("6h"));
        assert_eq!(shortest("never"), None);
    }
}
