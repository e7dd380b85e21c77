//! The unit of what an expression measures, by the names of its metrics and what is done with them.

use super::operator::Operator;
use super::syntax::Expression;

/// What an expression counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Seconds, in which Prometheus names its metrics.
    Seconds,
    /// Milliseconds.
    Milliseconds,
    /// Bytes.
    Bytes,
    /// Shares: 0.02 is 2%.
    Ratio,
    /// Shares times a hundred.
    Percent,
    /// Events per second.
    PerSecond,
    /// Events.
    Count,
    /// Nothing that the names tell.
    Unknown,
}

/// The unit of `expression`.
pub fn of(expression: &Expression) -> Unit {
    match expression {
        Expression::Number(..) | Expression::Text => Unit::Unknown,
        Expression::Selector { metric, .. } => metric.map_or(Unit::Unknown, of_metric),
        Expression::Minus(operand) => of(operand),
        Expression::Call { name, arguments } => of_call(name, arguments),
        Expression::Binary { operator, left, right } => of_binary(*operator, left, right),
    }
}

/// The metric that stands first in `expression`.
pub fn metric<'a>(expression: &Expression<'a>) -> Option<&'a str> {
    match expression {
        Expression::Number(..) | Expression::Text => None,
        Expression::Selector { metric, .. } => *metric,
        Expression::Minus(operand) => metric(operand),
        Expression::Call { arguments, .. } => arguments.iter().find_map(metric),
        Expression::Binary { left, right, .. } => metric(left).or_else(|| metric(right)),
    }
}

/// The quantile that `expression` takes: of a histogram, over time, over series, or of a summary by its label.
pub fn quantile(expression: &Expression) -> Option<f64> {
    match expression {
        Expression::Number(..) | Expression::Text => None,
        Expression::Selector { quantile, .. } => *quantile,
        Expression::Minus(operand) => quantile(operand),
        Expression::Call { name, arguments } => match arguments.as_slice() {
            [Expression::Number(share, _), ..] if name.contains("quantile") => Some(*share),
            arguments => arguments.iter().find_map(quantile),
        },
        Expression::Binary { left, right, .. } => quantile(left).or_else(|| quantile(right)),
    }
}

fn of_call(name: &str, arguments: &[Expression]) -> Unit {
    let Some(argument) = arguments.iter().rfind(|one| !matches!(one, Expression::Number(..) | Expression::Text)) else {
        return if name == "time" { Unit::Seconds } else { Unit::Unknown };
    };
    let inner = of(argument);
    match name {
        "rate" | "irate" => match (inner, is_counted(argument)) {
            (Unit::Count, _) => Unit::PerSecond,
            // Seconds spent in each second are a share of the time.
            (Unit::Seconds, true) => Unit::Ratio,
            // The buckets of a histogram keep the unit of what was observed.
            (inner, false) => inner,
            _ => Unit::Unknown,
        },
        "count" | "count_over_time" | "count_values" | "changes" | "resets" | "absent" | "absent_over_time"
        | "group" => Unit::Count,
        "deriv" | "stdvar" | "stdvar_over_time" | "vector" | "scalar" | "sgn" | "ln" | "log2" | "log10" | "exp"
        | "sqrt" => Unit::Unknown,
        "timestamp" => Unit::Seconds,
        "histogram_count" => Unit::Count,
        "histogram_fraction" => Unit::Ratio,
        _ => inner,
    }
}

fn of_binary(operator: Operator, left: &Expression, right: &Expression) -> Unit {
    match (operator, left, right) {
        // `100 - idle` and `1 - ok` stay in their unit.
        (Operator::Plus | Operator::Minus, Expression::Number(..), other)
        | (Operator::Plus | Operator::Minus, other, Expression::Number(..)) => of(other),
        (Operator::Plus | Operator::Minus, left, right) if of(left) == of(right) => of(left),
        (Operator::Times, Expression::Number(factor, _), other)
        | (Operator::Times, other, Expression::Number(factor, _)) => scaled(of(other), *factor),
        (Operator::Over, other, Expression::Number(divisor, _)) => scaled(of(other), 1.0 / divisor),
        (Operator::Over, left, right) => quotient(left, right),
        // A filter leaves what it filters.
        (Operator::Above | Operator::AtLeast | Operator::Below | Operator::AtMost, left, _)
        | (Operator::And | Operator::Unless, left, _) => of(left),
        _ => Unit::Unknown,
    }
}

fn scaled(unit: Unit, factor: f64) -> Unit {
    let by = |expected: f64| (factor - expected).abs() < 1e-9 * expected;
    match unit {
        Unit::Ratio if by(100.0) => Unit::Percent,
        Unit::Percent if by(0.01) => Unit::Ratio,
        Unit::Seconds if by(1000.0) => Unit::Milliseconds,
        Unit::Milliseconds if by(0.001) => Unit::Seconds,
        _ => Unit::Unknown,
    }
}

fn quotient(left: &Expression, right: &Expression) -> Unit {
    if let (Some(above), Some(below)) = (metric(left), metric(right))
        && let (Some(sum), Some(count)) = (above.strip_suffix("_sum"), below.strip_suffix("_count"))
        && sum == count
    {
        return of_metric(sum);
    }
    match (of(left), of(right)) {
        (Unit::Unknown, _) | (_, Unit::Unknown) => Unit::Unknown,
        (above, below) if above == below => Unit::Ratio,
        _ => Unit::Unknown,
    }
}

/// Whether the metric grows with each event, so that a rate of it is per second.
fn is_counted(expression: &Expression) -> bool {
    metric(expression).is_some_and(|name| !name.ends_with("_bucket"))
}

/// By the naming rules of Prometheus: the unit is a suffix, before that of the sort of metric. Parts of the name of a
/// recorded series stand between colons.
fn of_metric(name: &str) -> Unit {
    let mut rest = name;
    let mut counted = false;
    for suffix in ["_total", "_count"] {
        if let Some(shorter) = rest.strip_suffix(suffix) {
            counted = true;
            rest = shorter;
        }
    }
    if name.ends_with("_count") {
        return Unit::Count;
    }
    rest = rest.strip_suffix("_bucket").or(rest.strip_suffix("_sum")).unwrap_or(rest);
    let parts = rest.split(':').filter(|part| !part.is_empty());
    let unit = parts.map(of_part).find(|unit| *unit != Unit::Unknown).unwrap_or(Unit::Unknown);
    if unit == Unit::Unknown && counted { Unit::Count } else { unit }
}

fn of_part(part: &str) -> Unit {
    // A recorded series may say after the unit over which time it was taken: `errors:ratio_rate5m`.
    let part = part.rsplit_once("_rate").map_or(part, |(head, _)| if head.ends_with("ratio") { head } else { part });
    match part.rsplit('_').next().unwrap_or_default() {
        "seconds" => Unit::Seconds,
        "milliseconds" | "millis" | "ms" => Unit::Milliseconds,
        "bytes" => Unit::Bytes,
        "ratio" => Unit::Ratio,
        "percent" | "percentage" => Unit::Percent,
        _ => Unit::Unknown,
    }
}
