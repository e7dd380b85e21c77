//! What a metric measures: a number, share, count, duration, size, rate or money. The unit decides which.

use super::wrong::Wrong;
use super::{Quantity, duration, money, number, rate, size};

pub(super) fn parse(raw: &str) -> Option<Quantity> {
    match raw.as_bytes() {
        [.., b'%'] => number::parse_any_percentage(raw),
        [.., b'0'..=b'9'] if !raw.starts_with(|c: char| c.is_ascii_uppercase()) => number::parse_number(raw),
        [.., b'k' | b'M' | b'G' | b'T'] => number::parse_count(raw),
        _ => duration::parse(raw)
            .or_else(|| size::parse(raw))
            .or_else(|| rate::parse(raw))
            .or_else(|| money::parse_sum(raw))
            .or_else(|| money::parse_spend(raw))
            .or_else(|| money::parse_price(raw)),
    }
}

/// A value that may have a sign before it.
pub(super) fn parse_signed(raw: &str) -> Option<Quantity> {
    let unsigned = raw.strip_prefix(['+', '-']).unwrap_or(raw);
    if unsigned.starts_with(['+', '-']) {
        return None;
    }
    let value = parse(unsigned)?;
    Some(if raw.starts_with('-') { value.negated() } else { value })
}

pub(super) fn explain(raw: &str) -> Wrong {
    Wrong::not_a(raw, "a value")
}
