//! Ranges of values: `0.2..0.4`, `-5%..5%`.

use std::cmp::Ordering;
use std::fmt::{Display, Formatter, Result as Written};

use super::wrong::Wrong;
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

pub(super) fn explain(raw: &str) -> Wrong {
    Wrong::not_a(raw, "a range")
}
