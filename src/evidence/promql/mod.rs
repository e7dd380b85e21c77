//! What a Prometheus expression compares, and with which number.
//!
//! An alert rule says its threshold in the middle of an expression. It is read where the expression compares with one
//! literal number, and its unit is derived from the names of the metrics and from what is done with them. Everything
//! else is a rule that exists and is not compared. This module knows nothing of files and of alerts.

mod operator;
mod syntax;
mod unit;

use std::ops::Range;

use operator::Operator;
use syntax::{Expression, parse};
pub use unit::Unit;

/// The number that an expression compares with.
#[derive(Debug, Clone, PartialEq)]
pub struct Threshold<'a> {
    /// The metric on the other side, the innermost one that is named first.
    pub metric: Option<&'a str>,
    /// On which side of the number the expression holds.
    pub side: Side,
    /// The number as it was written, in [`Threshold::unit`]. Finite.
    pub value: f64,
    /// The bytes of the number in the expression.
    pub at: Range<usize>,
    /// The number as it was written.
    pub written: &'a str,
    /// How many times the same number stands before it in the expression.
    pub same_before: usize,
    /// The unit of what is compared.
    pub unit: Unit,
    /// The quantile that is taken, such as 0.99.
    pub quantile: Option<f64>,
}

/// On which side of a number a value lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Greater than it.
    Above,
    /// Equal to it or greater.
    AtLeast,
    /// Less than it.
    Below,
    /// Equal to it or less.
    AtMost,
}

/// What `expression` compares with a literal number.
///
/// Of several comparisons that must hold together, the one that is no guard is meant: a guard asks for some traffic
/// (`> 0`) or a state (`== 1`). None where two are left, where one of several suffices, where the number is computed,
/// and where the expression is no PromQL.
pub fn threshold(expression: &str) -> Option<Threshold<'_>> {
    let tree = parse(expression)?;
    let mut parts = Vec::new();
    conjunction(&tree, &mut parts)?;
    let mut found: Vec<Threshold> = parts.into_iter().filter_map(|part| comparison(expression, part)).collect();
    if found.len() > 1 {
        found.retain(|one| one.value != 0.0);
    }
    let only = found.pop()?;
    found.is_empty().then_some(only)
}

/// The parts that must all hold; none where one of several suffices.
fn conjunction<'e, 'a>(tree: &'e Expression<'a>, parts: &mut Vec<&'e Expression<'a>>) -> Option<()> {
    match tree {
        Expression::Binary { operator: Operator::Or, .. } => None,
        Expression::Binary { operator: Operator::And, left, right } => {
            conjunction(left, parts)?;
            conjunction(right, parts)
        }
        Expression::Binary { operator: Operator::Unless, left, .. } => conjunction(left, parts),
        other => {
            parts.push(other);
            Some(())
        }
    }
}

fn comparison<'a>(text: &'a str, part: &Expression<'a>) -> Option<Threshold<'a>> {
    let Expression::Binary { operator, left, right } = part else { return None };
    let side = match operator {
        Operator::Above => Side::Above,
        Operator::AtLeast => Side::AtLeast,
        Operator::Below => Side::Below,
        Operator::AtMost => Side::AtMost,
        _ => return None,
    };
    let (measured, value, at, side) = match (&**left, &**right) {
        (Expression::Number(..), Expression::Number(..)) => return None,
        (measured, Expression::Number(value, at)) => (measured, *value, at, side),
        (Expression::Number(value, at), measured) => (measured, *value, at, side.turned()),
        _ => return None,
    };
    let written = text.get(at.clone())?;
    value.is_finite().then(|| Threshold {
        metric: unit::metric(measured),
        side,
        value,
        at: at.clone(),
        written,
        same_before: number_places(written, &text[..at.start]).count(),
        unit: unit::of(measured),
        quantile: unit::quantile(measured),
    })
}

/// Where `number` stands in `text` as a number of its own, not as a part of another one or of a name.
pub fn number_places(number: &str, text: &str) -> impl Iterator<Item = usize> {
    let apart = |char: Option<char>| char.is_none_or(|char| !char.is_alphanumeric() && char != '.' && char != '_');
    let alone = move |index: usize| {
        apart(text[..index].chars().next_back()) && apart(text[index + number.len()..].chars().next())
    };
    text.match_indices(number).map(|(index, _)| index).filter(move |index| alone(*index))
}

impl Side {
    /// The same with the operands exchanged.
    fn turned(self) -> Self {
        match self {
            Side::Above => Side::Below,
            Side::AtLeast => Side::AtMost,
            Side::Below => Side::Above,
            Side::AtMost => Side::AtLeast,
        }
    }
}

#[cfg(test)]
mod tests;
