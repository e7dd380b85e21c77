//! Arithmetic over lists.

use std::cmp::Ordering;

use super::{Call, NO_OVERLOAD};
use crate::expression::evaluate::operators;
use crate::expression::{Amount, Binding, List, Unknown, Value};
use crate::manifest;
use crate::units::Quantity;

pub(super) fn size<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let value = call.value(0)?;
    if let Some(text) = value.as_text() {
        return Ok(Value::Int(text.chars().count() as i64));
    }
    let list = call.context.list(value)?;
    // The number of items is not known while one of them is not, which only a list has that an expression made.
    let made = if let List::Made(items) = &list { &**items } else { &[] };
    let unknown = made.iter().find_map(|item| if let Binding::Unknown(unknown) = item { Some(*unknown) } else { None });
    match unknown {
        Some(unknown) => Err(unknown),
        None => Ok(Value::Int(list.len() as i64)),
    }
}

pub(super) fn written<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    call.frame().attempt(|| written_items(call)).map(Value::List)
}

fn written_items<'m>(call: &Call<'_, 'm>) -> Result<List<'m>, Unknown> {
    let list = call.context.list(call.value(0)?)?;
    call.frame().steps_taken(list.len())?;
    let is_written = |item: &Binding<'m>| match item {
        Binding::Unknown(_) => false,
        Binding::Value(_) => true,
        Binding::ItemRef(item_ref) => {
            item_ref.item.decided() && !matches!(item_ref.item.value, manifest::Value::Unreadable)
        }
    };
    call.frame().makes(List::bytes(list.len()))?;
    let written: Vec<Binding<'m>> = list.iter().filter(is_written).collect();
    if written.is_empty() { Err(Unknown::Absent) } else { Ok(List::Made(written.into())) }
}

pub(super) fn sum<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let items = call.values(0)?;
    // Whole numbers stay whole, and never adds up to never.
    if let Some((first, rest)) = items.split_first()
        && items.iter().all(|item| matches!(item, Value::Int(_) | Value::Double(_) | Value::Interval(_)))
    {
        return rest.iter().try_fold(first.clone(), |total, item| {
            operators::arithmetic(crate::expression::BinaryOp::Plus, total, item.clone())
        });
    }
    operators::sum(&items).map(Value::quantity)
}

pub(super) fn product<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let items = call.values(0)?;
    let mut total: Option<Quantity> = None;
    for item in &items {
        let item = item.as_quantity().ok_or(NO_OVERLOAD)?;
        total = Some(match total {
            None => item.into_owned(),
            Some(total) => total.checked_mul(&item).ok_or(Unknown::Incomparable)?,
        });
    }
    total.map(Value::quantity).ok_or(Unknown::Absent)
}

pub(super) fn min<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    extreme(call, Ordering::Less)
}

pub(super) fn max<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    extreme(call, Ordering::Greater)
}

fn extreme<'m>(call: &Call<'_, 'm>, wanted: Ordering) -> Result<Value<'m>, Unknown> {
    let list = match call.value(0)? {
        Value::Range(range) => {
            let end = if wanted == Ordering::Less { &range.low } else { &range.high };
            return Ok(Value::Quantity(Amount::Written(end)));
        }
        number @ (Value::Int(_) | Value::Double(_) | Value::Quantity(_) | Value::Interval(_)) => return Ok(number),
        value => call.context.list(value)?,
    };
    call.frame().steps_taken(list.len())?;
    let mut best: Option<Value<'m>> = None;
    for item in list.iter() {
        let item = call.context.read(item)?;
        best = Some(match best {
            None => item,
            Some(best) => {
                if operators::order(&item, &best)? == Some(wanted) {
                    item
                } else {
                    best
                }
            }
        });
    }
    best.ok_or(Unknown::Absent)
}

pub(super) fn ascending<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let items = call.values(0)?;
    let today = call.frame().today;
    for pair in items.windows(2) {
        let [a, b] = pair else { continue };
        let in_order = match (a, b) {
            (Value::Period(a), Value::Period(b)) => a.end(today) < b.start(today).ok_or(Unknown::Incomparable)?,
            (a, b) => operators::order(a, b)?.is_some_and(|order| order != Ordering::Greater),
        };
        if !in_order {
            return Ok(Value::Bool(false));
        }
    }
    Ok(Value::Bool(true))
}
