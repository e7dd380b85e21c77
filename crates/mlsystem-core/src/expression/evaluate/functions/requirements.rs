//! Whether the design meets what a stakeholder demands.

use super::places::target_value;
use super::{Call, NO_OVERLOAD};
use crate::expression::evaluate::targets::{Target, subject};
use crate::expression::{Binding, ItemRef, Unknown, Value};
use crate::manifest::{Item, Value as Meaning};
use crate::units::{Bound, Comparison, Demand, Interval, Quantity, Requirement};

pub(super) fn actual<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let target = named(call, requirement(call)?)?;
    target_value(call, &target)
}

pub(super) fn met<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let requirement = requirement(call)?;
    let target = named(call, requirement)?;
    let actual = target_value(call, &target)?;
    let met = match (&requirement.demand, target.item) {
        (Demand::Bound(comparison), _) => bounded(comparison, &actual)?,
        (Demand::Is(word), Some(item_ref)) => {
            let texts = texts(call, item_ref, &actual)?;
            !texts.is_empty() && texts.iter().all(|text| text.contains(word))
        }
        (Demand::Includes(word), Some(item_ref)) => {
            texts(call, item_ref, &actual)?.iter().any(|text| text.contains(word))
        }
        // What is not written is not assessable, so that a value was found.
        (Demand::IsSet | Demand::Is(_) | Demand::Includes(_), _) => true,
    };
    Ok(Value::Bool(met))
}

fn requirement<'m>(call: &Call<'_, 'm>) -> Result<&'m Requirement, Unknown> {
    match call.value(0)? {
        Value::Requirement(requirement) => Ok(requirement),
        _ => Err(NO_OVERLOAD),
    }
}

fn named<'m>(call: &Call<'_, 'm>, requirement: &Requirement) -> Result<Target<'m>, Unknown> {
    subject(call.context, &requirement.subject, false).ok_or(Unknown::Absent)
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

/// What a word is compared with: for each item of a value its raw text, and its normal form. Of named items the names.
fn texts<'m>(call: &Call<'_, 'm>, item_ref: ItemRef<'m>, actual: &Value<'m>) -> Result<Vec<[String; 2]>, Unknown> {
    let both = |item: &'m Item, value: &Value<'m>| [item_ref.home.text(item).to_owned(), call.context.shown(value)];
    match &item_ref.item.value {
        Meaning::List(items) => {
            call.frame().steps_taken(items.len())?;
            let value = |item| call.context.read(Binding::ItemRef(item_ref.inner(item)));
            items.iter().map(|item| value(item).map(|value| both(item, &value))).collect()
        }
        Meaning::Map(named) => {
            call.frame().steps_taken(named.len())?;
            Ok(named.iter().map(|named| [named.name.to_string(), String::new()]).collect())
        }
        _ => Ok(vec![both(item_ref.item, actual)]),
    }
}
