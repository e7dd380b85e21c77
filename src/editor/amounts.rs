//! Quantities said another way, so that a reader need not compute: `90d` is 12 weeks and 6 days.

use crate::units::{
    Alert, Comparison, Condition, Date, Demand, Dimension, Interval, Move, Period, Quantity, Range, Scalar, Step,
    TimeUnit,
};

/// How many units a spelt-out duration has at most.
const PARTS: usize = 3;

/// The scalar said another way: one text for each quantity in it that can be; none where nothing is gained.
pub(super) fn other_words(scalar: &Scalar, today: Date) -> Vec<String> {
    match scalar {
        Scalar::Quantity(one) => of(one),
        Scalar::Change(change) => of(&change.by),
        Scalar::Interval(interval) => of_interval(interval),
        Scalar::Limit(limit) => of(&limit.amount),
        Scalar::Date(date) => vec![format!("`{date}` is {}", from_today(*date, today))],
        Scalar::Period(period) => of_period(period, today),
        Scalar::Range(range) => of_range(range),
        Scalar::Comparison(comparison) => of_comparison(comparison),
        Scalar::Alert(alert) => match &**alert {
            Alert::Bound { value, .. } => of(value),
            Alert::Within(range) | Alert::Outside(range) => of_range(range),
            Alert::Move(moved) => of_move(moved),
        },
        Scalar::Test(test) => match &test.condition {
            Condition::Holds(comparison) => of_comparison(comparison),
            Condition::Moves(moved) => of_move(moved),
        },
        Scalar::Requirement(requirement) => match &requirement.demand {
            Demand::Bound(comparison) => of_comparison(comparison),
            _ => Vec::new(),
        },
        Scalar::Bool(_) | Scalar::Integer(_) | Scalar::Text => Vec::new(),
    }
}

fn of_comparison(comparison: &Comparison) -> Vec<String> {
    match comparison {
        Comparison::Within(range) => of_range(range),
        Comparison::Bound { value, .. } | Comparison::Bare(value) => of(value),
    }
}

fn of_range(range: &Range) -> Vec<String> {
    [&range.low, &range.high].into_iter().flat_map(of).collect()
}

fn of_move(moved: &Move) -> Vec<String> {
    match &moved.by {
        Step::Relative(by) | Step::Points(by) => of(by),
    }
}

/// One quantity.
fn of(one: &Quantity) -> Vec<String> {
    let written = one.to_string();
    let other = match one.dimension {
        Dimension::Duration => spelt(one.amount),
        Dimension::Rate => in_time(one, [TimeUnit::Second, TimeUnit::Day, TimeUnit::Month], &written),
        Dimension::Spend(_) => in_time(one, [TimeUnit::Day, TimeUnit::Month, TimeUnit::Year], &written),
        Dimension::Size => one.in_bytes(),
        Dimension::Price(_) => one.for_one().map(|one| one.to_string()).unwrap_or_default(),
        Dimension::Number if written.ends_with('%') => grouped(&Quantity::number(one.amount).to_string()),
        Dimension::Number if one.amount > 0.0 && one.amount < 1.0 => one.in_percent(),
        Dimension::Number | Dimension::Money(_) => grouped(&written),
    };
    let same = other.is_empty() || other.replace(' ', "") == written.replace(' ', "");
    if same { Vec::new() } else { vec![format!("`{written}` is {other}")] }
}

fn in_time(one: &Quantity, units: [TimeUnit; 3], written: &str) -> String {
    let all = units.into_iter().filter_map(|unit| one.per(unit)).map(|one| one.to_string());
    all.filter(|text| text != written).collect::<Vec<_>>().join(", ")
}

/// A duration in its units, largest first, without the months that calendars do not have. Empty where one unit that is
/// read at a glance says it.
fn spelt(nanoseconds: f64) -> String {
    let mut rest = nanoseconds.abs();
    let mut parts: Vec<(f64, TimeUnit)> = Vec::new();
    for unit in TimeUnit::DESCENDING.into_iter().filter(|unit| *unit != TimeUnit::Month) {
        let count = (rest / unit.nanoseconds() * (1.0 + 1e-12)).floor();
        if count >= 1.0 && parts.len() < PARTS {
            parts.push((count, unit));
            rest = (rest - count * unit.nanoseconds()).max(0.0);
        }
    }
    let short = matches!(parts.as_slice(), [] | [(_, TimeUnit::Microsecond | TimeUnit::Millisecond)]);
    if short {
        return String::new();
    }
    let about = if rest > nanoseconds.abs() * 1e-9 { "about " } else { "" };
    let parts: Vec<String> = parts.iter().map(|(count, unit)| counted(*count, unit.noun())).collect();
    format!("{about}{}", parts.join(" "))
}

fn counted(count: f64, noun: &str) -> String {
    if count == 1.0 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// A text with its whole number in groups of three digits: `3 200 000`.
fn grouped(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits < 5 {
        return text.to_owned();
    }
    let mut out = String::new();
    for (index, digit) in text[..digits].chars().enumerate() {
        if index > 0 && (digits - index) % 3 == 0 {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out + &text[digits..]
}

fn of_interval(interval: &Interval) -> Vec<String> {
    match interval {
        Interval::Every(gap) => {
            let spelt = if gap.amount == 0.0 { "all the time".to_owned() } else { spelt(gap.amount) };
            if spelt.is_empty() {
                Vec::new()
            } else {
                vec![format!("`{interval}` is every {spelt}").replace("every all", "all")]
            }
        }
        Interval::Never => Vec::new(),
        Interval::Cron(cron) => {
            let (least, most) = (cron.shortest_gap(), cron.longest_gap());
            let gaps = if least == most {
                spelt(most.amount)
            } else {
                format!("{} to {}", spelt(least.amount), spelt(most.amount))
            };
            vec![format!("`{interval}` fires every {gaps}, in UTC")]
        }
    }
}

fn of_period(period: &Period, today: Date) -> Vec<String> {
    let length = spelt(period.length(today).amount);
    let ends = period.end(today);
    let start = period.start(today).map(|start| format!("from `{start}` to `{ends}`")).unwrap_or_default();
    vec![format!("{start}: {length}")]
}

fn from_today(date: Date, today: Date) -> String {
    match date.days_since(today) {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        days if days > 0 => format!("in {days} days"),
        days => format!("{} days ago", -days),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{ScalarType, read};

    fn words(kind: ScalarType, raw: &str) -> String {
        let scalar = read(kind, raw).unwrap_or_else(|wrong| panic!("{raw}: {wrong:?}"));
        other_words(&scalar, Date::parse("2026-11-24").unwrap()).join("; ")
    }

    #[test]
    fn quantities_are_said_another_way() {
        assert_eq!(words(ScalarType::Duration, "90d"), "`90d` is 12 weeks 6 days");
        assert_eq!(words(ScalarType::Duration, "1200h"), "`50d` is 7 weeks 1 day");
        assert_eq!(words(ScalarType::Duration, "80ms"), "");
        assert_eq!(words(ScalarType::Rate, "10k/s"), "`10000/s` is 864M/day, 25.92G/month");
        assert_eq!(words(ScalarType::Spend, "450 EUR/day"), "`450 EUR/day` is 13500 EUR/month, 162000 EUR/year");
        assert_eq!(words(ScalarType::Size, "2GiB"), "`2GiB` is 2147483648B");
        assert_eq!(words(ScalarType::Count, "3.2M"), "`3200000` is 3\u{202f}200\u{202f}000");
        assert_eq!(words(ScalarType::Percentage, "99.9%"), "`99.9%` is 0.999");
        assert_eq!(words(ScalarType::Price, "2 EUR/1M tokens"), "`2 EUR/1M tokens` is 0.000002 EUR/tokens");
        assert_eq!(words(ScalarType::Interval, "daily"), "`1d` is every 1 day");
        assert_eq!(words(ScalarType::Date, "2026-12-24"), "`2026-12-24` is in 30 days");
        assert_eq!(words(ScalarType::Period, "last 90d"), "from `2026-08-26` to `2026-11-24`: 12 weeks 6 days");
        assert_eq!(words(ScalarType::Comparison, "at most 36h"), "`1d12h` is 1 day 12 hours");
        assert_eq!(words(ScalarType::Bool, "true"), "");
    }
}
