//! Ranges of values: `0.2..0.4`, `-5%..5%`.

use std::cmp::Ordering;
use std::fmt::{Display, Formatter, Result as Written};

use super::scalar_error::{Proposal, ScalarError, repaired, shown};
use super::{Quantity, value};

/// A lowest and a highest value of one dimension; both belong to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Range {
    /// The lowest value.
    pub low: Quantity,
    /// The highest value.
    pub high: Quantity,
}

impl Range {
    /// Whether the value lies in it, ends included; none across dimensions.
    pub fn contains(&self, value: &Quantity) -> Option<bool> {
        Some(value.compare(&self.low)? != Ordering::Less && value.compare(&self.high)? != Ordering::Greater)
    }
}

pub(super) fn parse(raw: &str) -> Option<Range> {
    let (low, high) = raw.split_once("..")?;
    let (low, high) = (value::parse_signed(low)?, value::parse_signed(high)?);
    (low.compare(&high)? != Ordering::Greater).then_some(Range { low, high })
}

impl Display for Range {
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        write!(f, "{}..{}", self.low, self.high)
    }
}

pub(super) fn explain(raw: &str) -> ScalarError {
    if let Some((low, high)) = raw.split_once("..")
        && let (Some(from), Some(to)) = (value::parse_signed(low), value::parse_signed(high))
    {
        if from.compare(&to).is_some() {
            return ScalarError::new(format!("{} ends below its start", shown(raw))).perhaps(format!("{high}..{low}"));
        }
        let proposals = proposals(raw);
        if proposals.is_empty() {
            return ScalarError::new(format!("{} goes from one unit to another", shown(raw)));
        }
        return ScalarError::new(format!("{} has a unit at one end only", shown(raw))).propose(proposals);
    }
    ScalarError::not_a(raw, "a range").propose(proposals(raw))
}

/// The ranges that `raw` was probably meant to be.
pub(super) fn proposals(raw: &str) -> Vec<Proposal> {
    let raw = raw.strip_prefix("between ").map_or_else(|| raw.to_owned(), |rest| rest.replacen(" and ", "..", 1));
    let bare = raw.strip_prefix(['[', '(']).and_then(|raw| raw.strip_suffix([']', ')']));
    let mut marks = vec!["...", "..", " to ", " - ", " – ", "–", "-"];
    if bare.is_some() {
        marks.push(",");
    }
    let raw = bare.unwrap_or(&raw).trim();
    for mark in marks {
        // A mark at the very start is a sign.
        let Some(at) = raw.char_indices().skip(1).find(|(at, _)| raw[*at..].starts_with(mark)).map(|(at, _)| at) else {
            continue;
        };
        let (low, high) = (raw[..at].trim(), raw[at + mark.len()..].trim());
        let found = ends(low, high);
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// Two ends, mended where they need it; an end without a unit takes that of the other.
fn ends(low: &str, high: &str) -> Vec<Proposal> {
    let values = |text: &str| repaired(text, value::parse_signed(text).is_some(), value::proposals);
    let (Some(from), Some(to)) = (values(low).into_iter().next(), values(high).into_iter().next()) else {
        return Vec::new();
    };
    let unit = |text: &str| text.trim_start_matches(|c: char| c.is_ascii_digit() || ".+-".contains(c)).to_owned();
    let (of_low, of_high) = (unit(&from.text), unit(&to.text));
    let (low, high) = match (of_low.is_empty(), of_high.is_empty()) {
        (true, false) => (format!("{}{of_high}", from.text), to.text),
        (false, true) => (from.text, format!("{}{of_low}", to.text)),
        _ => (from.text, to.text),
    };
    let text = format!("{low}..{high}");
    if parse(&text).is_some() { vec![Proposal::new(text, from.certain && to.certain)] } else { Vec::new() }
}
