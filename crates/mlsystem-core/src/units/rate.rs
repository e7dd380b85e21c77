//! Rates: `1200/s`, `4M/day`.

use super::scalar_error::{Proposal, ScalarError};
use super::unit::Notation;
use super::{Dimension, Quantity, TimeUnit, decimal, duration, lenient_number, number};

pub(super) fn parse(raw: &str) -> Option<Quantity> {
    let (number, rest) = decimal::take(raw)?;
    let (suffix, word) = rest.split_once('/')?;
    if !matches!(suffix, "" | "k" | "M" | "G") {
        return None;
    }
    let unit = TimeUnit::from_word(word)?;
    let amount = number.scaled(number::scale(suffix)? as f64, unit.seconds());
    Quantity::written(amount, Dimension::Rate, Notation::Per(unit))
}

pub(super) fn explain(raw: &str) -> ScalarError {
    ScalarError::not_a(raw, "a rate").propose(proposals(raw))
}

/// The rates that `raw` was probably meant to be.
pub(super) fn proposals(raw: &str) -> Vec<Proposal> {
    let Some(number) = lenient_number::take(raw).filter(|number| !number.negative) else {
        return Vec::new();
    };
    let (text, sure) = (number.short("G"), number.other().is_none());
    if number.rest.is_empty() {
        return ["s", "min", "h", "day"].map(|unit| Proposal::possible(format!("{text}/{unit}"))).into();
    }
    let (thing, word) = match number.rest.to_lowercase().as_str() {
        "rps" | "qps" | "tps" | "ops" => ("", "s"),
        "rpm" | "qpm" | "tpm" => ("", "min"),
        "rph" => ("", "h"),
        "hourly" => ("", "h"),
        "daily" | "a day" => ("", "day"),
        "weekly" | "a week" => ("", "week"),
        "monthly" | "a month" => ("", "month"),
        _ => {
            let split = number.rest.split_once('/').or_else(|| number.rest.split_once("per "));
            let Some((thing, word)) = split else {
                return Vec::new();
            };
            (thing.trim(), word.trim())
        }
    };
    let Some((suffix, certain)) = scale_of(thing) else {
        return Vec::new();
    };
    let units = duration::units_after_slash(word);
    let proposal = |(unit, known): (TimeUnit, bool)| {
        Proposal::new(format!("{text}{suffix}/{}", unit.word()), certain && known && sure)
    };
    units.into_iter().map(proposal).collect()
}

/// The suffix for what stands between number and stroke, and whether it certainly means that. What is counted is left
/// out, because the field says it.
fn scale_of(thing: &str) -> Option<(&'static str, bool)> {
    const THINGS: [&str; 15] = [
        "req",
        "reqs",
        "request",
        "call",
        "query",
        "querie",
        "prediction",
        "event",
        "message",
        "record",
        "row",
        "op",
        "transaction",
        "inference",
        "item",
    ];
    let (suffix, thing) = match thing.split_once(' ') {
        Some((suffix, thing)) => (suffix, thing),
        None if thing.len() <= 1 => (thing, ""),
        None => ("", thing),
    };
    let thing = thing.to_lowercase();
    if !thing.is_empty() && !THINGS.contains(&thing.strip_suffix('s').unwrap_or(&thing)) {
        return None;
    }
    Some(match suffix {
        "" => ("", true),
        "k" | "K" => ("k", true),
        "M" => ("M", true),
        "G" => ("G", true),
        "m" => ("M", false),
        "B" | "b" => ("G", false),
        _ => return None,
    })
}
