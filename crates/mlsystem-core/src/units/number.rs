//! Numbers without a dimension: counts, percentages, ratios, plain numbers, and changes.

use super::scalar_error::{Proposal, ScalarError, repaired, shown};
use super::unit::Notation;
use super::{Dimension, Quantity, decimal, lenient_number, value};

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
    Quantity::written(number.scaled(1.0, 100.0), Dimension::Number, Notation::Percent)
}

pub(super) fn parse_ratio(raw: &str) -> Option<Quantity> {
    if raw.ends_with('%') {
        return parse_percentage(raw);
    }
    let number = decimal::all(raw)?;
    Quantity::written(number.scaled(1.0, 1.0), Dimension::Number, Notation::Base).filter(|share| share.amount <= 1.0)
}

pub(super) fn parse_count(raw: &str) -> Option<Quantity> {
    let (number, suffix) = decimal::take(raw)?;
    let factor = scale(suffix)?;
    let whole = number.is_whole_times(factor);
    whole.then(|| Quantity::written(number.scaled(factor as f64, 1.0), Dimension::Number, Notation::Base)).flatten()
}

/// A number with the suffix of a count, whole or not.
pub(super) fn parse_scaled(raw: &str) -> Option<Quantity> {
    let (number, suffix) = decimal::take(raw)?;
    Quantity::written(number.scaled(scale(suffix)? as f64, 1.0), Dimension::Number, Notation::Base)
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
        return Quantity::written(amount, Dimension::Number, Notation::Base);
    }
    let exponent = rest.strip_prefix(['e', 'E'])?;
    let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    if !(1..=3).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Quantity::written(raw.parse().ok()?, Dimension::Number, Notation::Exponent)
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

/// A number alone, in one of the ways people write it: its reading, and the other one where a comma leaves two.
fn number_alone(raw: &str) -> Option<(String, Option<String>)> {
    let number = lenient_number::take(raw).filter(|number| number.rest.is_empty())?;
    let sign = if number.negative { "-" } else { "" };
    Some((format!("{sign}{}", number.plain()), number.other().map(|other| format!("{sign}{other}"))))
}

/// Whether a text says that something is out of its range, not written wrong.
fn out_of_range(raw: &str, range: &str) -> ScalarError {
    ScalarError::new(format!("{} is out of range, {range}", shown(raw)))
}

pub(super) fn explain_percentage(raw: &str) -> ScalarError {
    if parse_any_percentage(raw).is_some() {
        return out_of_range(raw, "0% to 100%");
    }
    ScalarError::not_a(raw, "a percentage").propose(percentages(raw))
}

/// The percentages that `raw` was probably meant to be.
pub(super) fn percentages(raw: &str) -> Vec<Proposal> {
    let Some(number) = lenient_number::take(raw).filter(|number| !number.negative) else {
        return Vec::new();
    };
    let plain = number.plain();
    let certain = number.other().is_none();
    if matches!(number.rest.to_lowercase().as_str(), "%" | "percent" | "pct" | "per cent") {
        let mut found = vec![Proposal::new(format!("{plain}%"), certain)];
        found.extend(number.other().map(|other| Proposal::possible(format!("{other}%"))));
        return found;
    }
    let Some(share) = decimal::all(&plain).filter(|_| number.rest.is_empty()) else {
        return Vec::new();
    };
    let value = share.scaled(1.0, 1.0);
    if value > 0.0 && value <= 1.0 {
        let as_fraction = decimal::plain(decimal::for_people(share.scaled(100.0, 1.0), false));
        return vec![Proposal::possible(format!("{as_fraction}%")), Proposal::possible(format!("{plain}%"))];
    }
    vec![Proposal::new(format!("{plain}%"), certain)]
}

pub(super) fn explain_ratio(raw: &str) -> ScalarError {
    if parse_any_percentage(raw).is_some() {
        return out_of_range(raw, "0% to 100%");
    }
    let scalar_error = ScalarError::not_a(raw, "a ratio");
    let Some(number) = decimal::all(raw) else {
        let tidied = number_alone(raw).map(|(number, other)| Proposal::new(number, other.is_none()));
        return scalar_error
            .propose(tidied.into_iter().filter(|one| parse_ratio(&one.text).is_some()))
            .propose(percentages(raw));
    };
    let scalar_error = out_of_range(raw, "0 to 1");
    // A number just above 1 is no forgotten percentage.
    if number.scaled(1.0, 1.0) >= 2.0 { scalar_error.certainly(format!("{raw}%")) } else { scalar_error }
}

pub(super) fn explain_change(raw: &str) -> ScalarError {
    if let Some(unsigned) = raw.strip_prefix('−') {
        return ScalarError::new(format!("{} begins with a dash, not a minus", shown(raw)))
            .certainly(format!("-{unsigned}"));
    }
    let bare = raw.strip_prefix(['+', '-']);
    let unsigned = bare.unwrap_or(raw).trim_start();
    let values = repaired(unsigned, value::parse(unsigned).is_some(), value::proposals);
    if bare.is_some() {
        let sign = &raw[..1];
        return ScalarError::not_a(raw, "a change").propose(values.iter().map(|value| value.within(sign, "")));
    }
    if values.is_empty() {
        return ScalarError::not_a(raw, "a change");
    }
    let signed = |sign: &str| values.first().map(|value| Proposal::possible(format!("{sign}{}", value.text)));
    ScalarError::new(format!("{} has no sign", shown(raw))).propose(signed("-")).propose(signed("+"))
}

pub(super) fn explain_count(raw: &str) -> ScalarError {
    if parse_scaled(raw).is_some() {
        return ScalarError::new(format!("{} is not a whole number", shown(raw)));
    }
    if let Some(positive) = raw.strip_prefix(['-', '−'])
        && parse_count(positive).is_some()
    {
        return ScalarError::new(format!("{} is below zero", shown(raw)));
    }
    ScalarError::not_a(raw, "a count").propose(counts(raw, "B"))
}

/// The counts that `raw` was probably meant to be, with the suffix for billions that the type has.
pub(super) fn counts(raw: &str, billion: &str) -> Vec<Proposal> {
    let Some(number) = lenient_number::take(raw).filter(|number| !number.negative) else {
        return Vec::new();
    };
    let (suffix, certain) = match number.rest {
        "" | "k" | "M" | "G" | "T" => (number.rest, true),
        "B" if billion == "B" => ("B", true),
        "K" => ("k", true),
        "m" | "MM" | "mm" => ("M", false),
        "g" | "b" if billion == "B" => ("B", false),
        "t" => ("T", false),
        _ => return Vec::new(),
    };
    // A count is whole, so that a comma before three digits groups them.
    let short = if suffix.is_empty() { number.short(billion) } else { number.plain() };
    vec![Proposal::new(format!("{short}{suffix}"), certain)]
}

pub(super) fn explain_integer(raw: &str) -> ScalarError {
    let digits = raw.strip_prefix('-').unwrap_or(raw);
    if decimal::all(digits).is_some_and(|number| !number.has_point()) {
        return ScalarError::new(format!("{} is too large", shown(raw)));
    }
    let scalar_error = ScalarError::not_a(raw, "an integer");
    match number_alone(raw) {
        Some((number, _)) => {
            let whole = number.split_once('.').map(|(whole, rest)| (whole.to_owned(), rest.bytes().all(|b| b == b'0')));
            match whole {
                None => scalar_error.certainly(number),
                Some((whole, true)) => scalar_error.certainly(whole),
                Some((_, false)) => ScalarError::new(format!("{} is not a whole number", shown(raw))),
            }
        }
        None => scalar_error,
    }
}

pub(super) fn explain_number(raw: &str) -> ScalarError {
    let unsigned = raw.trim_start_matches(['+', '-', '.']);
    if ["nan", "inf", "infinity"].iter().any(|word| unsigned.eq_ignore_ascii_case(word))
        || unsigned.starts_with(|c: char| c.is_ascii_digit()) && raw.parse::<f64>().is_ok_and(f64::is_infinite)
    {
        return ScalarError::new(format!("{} is not a finite number", shown(raw)));
    }
    ScalarError::not_a(raw, "a number").propose(numbers(raw))
}

/// The plain numbers that `raw` was probably meant to be.
pub(super) fn numbers(raw: &str) -> Vec<Proposal> {
    let Some((number, other)) = number_alone(raw) else {
        return Vec::new();
    };
    let mut found = vec![Proposal::new(number, other.is_none())];
    found.extend(other.map(Proposal::possible));
    found
}
