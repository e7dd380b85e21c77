//! Money: a sum `310 USD`, a spend `4200 USD/month`, a price `3 USD/1M tokens`.

use super::unit::{Mark, Thousands};
use super::wrong::Wrong;
use super::{Currency, Dimension, Quantity, TimeUnit, decimal, number};

pub(super) fn parse_sum(raw: &str) -> Option<Quantity> {
    let (amount, currency) = amount_and_currency(raw)?;
    Quantity::written(amount, Dimension::Money(currency), Mark::Base)
}

pub(super) fn parse_spend(raw: &str) -> Option<Quantity> {
    let (sum, word) = raw.split_once('/')?;
    let unit = TimeUnit::from_word(word).filter(|unit| *unit >= TimeUnit::Hour)?;
    let (amount, currency) = amount_and_currency(sum)?;
    let per_month = amount * (TimeUnit::Month.seconds() / unit.seconds());
    Quantity::written(per_month, Dimension::Spend(currency), Mark::Per(unit))
}

pub(super) fn parse_price(raw: &str) -> Option<Quantity> {
    let Some((sum, thing)) = raw.split_once('/') else {
        let (amount, currency) = amount_and_currency(raw)?;
        return Quantity::written(amount, Dimension::Price(currency), Mark::Base);
    };
    let (count, thing) = if let Some(thing) = thing.strip_prefix("1k ") {
        (Thousands::Thousand, thing)
    } else if let Some(thing) = thing.strip_prefix("1M ") {
        (Thousands::Million, thing)
    } else {
        (Thousands::One, thing)
    };
    // Money in time is a spend, whatever field it stands in.
    if !is_thing(thing) || (count == Thousands::One && TimeUnit::from_word(thing).is_some()) {
        return None;
    }
    let (amount, currency) = amount_and_currency(sum)?;
    let mark = Mark::Thing { count, thing: thing.into() };
    Quantity::written(amount / count.number(), Dimension::Price(currency), mark)
}

/// A word that something is per: `tokens`, `prediction`.
pub(super) fn is_thing(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

fn amount_and_currency(raw: &str) -> Option<(f64, Currency)> {
    let (first, second) = raw.split_once(' ')?;
    let (amount, code) =
        if first.starts_with(|c: char| c.is_ascii_digit()) { (first, second) } else { (second, first) };
    let (number, suffix) = decimal::take(amount)?;
    let factor = if matches!(suffix, "" | "k" | "M" | "G") { number::scale(suffix)? } else { return None };
    Some((number.scaled(factor as f64, 1.0), Currency::from_code(code)?))
}

pub(super) fn explain_sum(raw: &str) -> Wrong {
    Wrong::not_a(raw, "a sum")
}
pub(super) fn explain_spend(raw: &str) -> Wrong {
    Wrong::not_a(raw, "a spend")
}
pub(super) fn explain_price(raw: &str) -> Wrong {
    Wrong::not_a(raw, "a price")
}
