//! Whether the design meets what a stakeholder demands.

use super::places::target_value;
use super::{Call, NO_OVERLOAD};
use crate::expression::subject::subject;
use crate::expression::{List, Unknown, Value};
use crate::units::{Bound, Comparison, Demand, Interval, Quantity, Requirement};

pub(super) fn actual<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let requirement = requirement(call)?;
    value(call, requirement)
}

pub(super) fn met<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let requirement = requirement(call)?;
    let actual = value(call, requirement)?;
    let met = match &requirement.demand {
        Demand::Bound(comparison) => bounded(comparison, &actual)?,
        Demand::Is(word) => match texts(call, &actual)?.as_slice() {
            [only] => only == word,
            _ => false,
        },
        Demand::Includes(word) => texts(call, &actual)?.contains(word),
        // What is not written is not assessable, so that a value was found.
        Demand::IsSet => true,
    };
    Ok(Value::Bool(met))
}

fn requirement<'m>(call: &Call<'_, 'm>) -> Result<&'m Requirement, Unknown> {
    match call.value(0)? {
        Value::Requirement(requirement) => Ok(requirement),
        _ => Err(NO_OVERLOAD),
    }
}

fn value<'m>(call: &Call<'_, 'm>, requirement: &'m Requirement) -> Result<Value<'m>, Unknown> {
    let target = subject(call.context, &requirement.subject, false).ok_or(Unknown::Absent)?;
    target_value(call, &target)
}

/// Whether a value, or each end of a range, passes.
fn bounded(comparison: &Comparison, actual: &Value<'_>) -> Result<bool, Unknown> {
    let holds = |value: &Quantity| comparison.holds(value, None).ok_or(Unknown::Incomparable);
    match actual {
        Value::Range(range) => Ok(holds(&range.low)? && holds(&range.high)?),
        Value::Limit(limit) => holds(&limit.amount),
        Value::Interval(Interval::Never) => match comparison {
            Comparison::Bound { bound, .. } => Ok(matches!(bound, Bound::AtLeast | Bound::Above)),
            _ => Ok(false),
        },
        value => holds(&*value.as_quantity().ok_or(Unknown::Incomparable)?),
    }
}

/// The texts of a value: itself, its items, or the names of its items.
fn texts<'m>(call: &Call<'_, 'm>, actual: &Value<'m>) -> Result<Vec<String>, Unknown> {
    let list = match actual {
        Value::List(list) => list.clone(),
        Value::Item(_) => call.context.list(actual.clone())?,
        single => return Ok(vec![call.context.shown(single)]),
    };
    if let List::Named(named) = list {
        return Ok(named.iter().map(|named| named.name.to_string()).collect());
    }
    call.frame().steps_taken(list.len())?;
    list.iter().map(|item| call.context.read(item).map(|item| call.context.shown(&item))).collect()
}
