//! Rates: `1200/s`, `4M/day`.

use super::unit::Mark;
use super::wrong::Wrong;
use super::{Dimension, Quantity, TimeUnit, decimal, number};

pub(super) fn parse(raw: &str) -> Option<Quantity> {
    let (number, rest) = decimal::take(raw)?;
    let (suffix, word) = rest.split_once('/')?;
    if !matches!(suffix, "" | "k" | "M" | "G") {
        return None;
    }
    let unit = TimeUnit::from_word(word)?;
    let amount = number.scaled(number::scale(suffix)? as f64, unit.seconds());
    Quantity::written(amount, Dimension::Rate, Mark::Per(unit))
}

pub(super) fn explain(raw: &str) -> Wrong {
    Wrong::not_a(raw, "a rate")
}
