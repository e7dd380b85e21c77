//! Numbers without a dimension: counts, percentages, ratios, plain numbers, and changes.

use super::unit::Mark;
use super::wrong::Wrong;
use super::{Dimension, Quantity, decimal, value};

/// A difference that has a direction, such as `-0.4%`: its amount has a sign.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// How much, with its sign. A fraction when it was written as a percentage.
    pub by: Quantity,
}

pub(super) fn parse_percentage(raw: &str) -> Option<Quantity> {
    parse_any_percentage(raw).filter(|share| share.amount <= 1.0)
}

/// A percentage that may pass 100%, as metrics and changes have them.
pub(super) fn parse_any_percentage(raw: &str) -> Option<Quantity> {
    let number = decimal::all(raw.strip_suffix('%')?)?;
    Quantity::written(number.scaled(1.0, 100.0), Dimension::Number, Mark::Percent)
}

pub(super) fn parse_ratio(raw: &str) -> Option<Quantity> {
    if raw.ends_with('%') {
        return parse_percentage(raw);
    }
    let number = decimal::all(raw)?;
    Quantity::written(number.scaled(1.0, 1.0), Dimension::Number, Mark::Base).filter(|share| share.amount <= 1.0)
}

pub(super) fn parse_count(raw: &str) -> Option<Quantity> {
    let (number, suffix) = decimal::take(raw)?;
    let factor = scale(suffix)?;
    let whole = number.is_whole_times(factor);
    whole.then(|| Quantity::written(number.scaled(factor as f64, 1.0), Dimension::Number, Mark::Base)).flatten()
}

/// A number with the suffix of a count, whole or not.
pub(super) fn parse_scaled(raw: &str) -> Option<Quantity> {
    let (number, suffix) = decimal::take(raw)?;
    Quantity::written(number.scaled(scale(suffix)? as f64, 1.0), Dimension::Number, Mark::Base)
}

/// What the suffix of a count multiplies with.
pub(super) fn scale(suffix: &str) -> Option<u64> {
    Some(match suffix {
        "" => 1,
        "k" => 1_000,
        "M" => 1_000_000,
        "G" | "B" => 1_000_000_000,
        "T" => 1_000_000_000_000,
        _ => return None,
    })
}

pub(super) fn parse_integer(raw: &str) -> Option<i64> {
    let digits = raw.strip_prefix('-').unwrap_or(raw);
    let whole = digits.bytes().all(|byte| byte.is_ascii_digit()) && (digits == "0" || !digits.starts_with('0'));
    if whole { raw.parse().ok() } else { None }
}

pub(super) fn parse_number(raw: &str) -> Option<Quantity> {
    let (number, rest) = decimal::take(raw.strip_prefix(['+', '-']).unwrap_or(raw))?;
    if rest.is_empty() {
        let amount = number.scaled(1.0, 1.0);
        let amount = if raw.starts_with('-') { -amount } else { amount };
        return Quantity::written(amount, Dimension::Number, Mark::Base);
    }
    let exponent = rest.strip_prefix(['e', 'E'])?;
    let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    if !(1..=3).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Quantity::written(raw.parse().ok()?, Dimension::Number, Mark::Exponent)
}

pub(super) fn parse_change(raw: &str) -> Option<Change> {
    let by = value::parse_signed(raw)?;
    let signed = raw.starts_with(['+', '-']);
    (signed || by.amount == 0.0).then_some(Change { by })
}

impl std::fmt::Display for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.by.amount > 0.0 {
            f.write_str("+")?;
        }
        self.by.fmt(f)
    }
}

pub(super) fn explain_percentage(raw: &str) -> Wrong {
    Wrong::not_a(raw, "a percentage")
}
pub(super) fn explain_ratio(raw: &str) -> Wrong {
    Wrong::not_a(raw, "a ratio")
}
pub(super) fn explain_change(raw: &str) -> Wrong {
    Wrong::not_a(raw, "a change")
}
pub(super) fn explain_count(raw: &str) -> Wrong {
    Wrong::not_a(raw, "a count")
}
pub(super) fn explain_integer(raw: &str) -> Wrong {
    Wrong::not_a(raw, "an integer")
}
pub(super) fn explain_number(raw: &str) -> Wrong {
    Wrong::not_a(raw, "a number")
}
