//! Comparisons held against values and against each other.

use std::borrow::Cow;

use super::{Call, NO_OVERLOAD};
use crate::expression::evaluate::Context;
use crate::expression::evaluate::paths::Reached;
use crate::expression::{Binding, Expr, Node, Unknown, Value};
use crate::manifest::Value as Meaning;
use crate::schema::Role;
use crate::units::{self, Better, Comparison, Dimension, Quantity};

pub(super) fn holds<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let Value::Comparison(comparison) = call.value(0)? else { return Err(NO_OVERLOAD) };
    let better = direction(call.context, call.argument(0)?);
    let holds = |value: &Quantity| comparison.holds(value, better).ok_or(Unknown::Incomparable);
    let holds = match call.value(1)? {
        Value::Range(range) => holds(&range.low)? && holds(&range.high)?,
        Value::Limit(limit) => holds(&limit.amount)?,
        value => holds(&*value.as_quantity().ok_or(NO_OVERLOAD)?)?,
    };
    Ok(Value::Bool(holds))
}

pub(super) fn looser<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let (a, b) = (promise(call, 0)?, promise(call, 1)?);
    let better = direction(call.context, call.argument(0)?).or_else(|| direction(call.context, call.argument(1).ok()?));
    units::looser(&a, &b, better).map(Value::Bool).ok_or(Unknown::Incomparable)
}

/// A comparison, or the one that an alert guards.
fn promise<'m>(call: &Call<'_, 'm>, index: usize) -> Result<Cow<'m, Comparison>, Unknown> {
    match call.value(index)? {
        Value::Comparison(comparison) => Ok(Cow::Borrowed(comparison)),
        Value::Alert(alert) => alert.turned().map(Cow::Owned).ok_or(Unknown::Incomparable),
        _ => Err(NO_OVERLOAD),
    }
}

/// Which values of its metric are better, for a comparison that stands beside `better`, or whose metric says it elsewhere.
fn direction<'m>(context: Context<'_, 'm>, expr: &'m Expr<'m>) -> Option<Better> {
    let Node::Path(path) = expr.node else { return None };
    let (_, before) = path.steps.split_last()?;
    let Ok(Reached::Found(Binding::ItemRef(item_ref))) = context.follow(path.root, before) else { return None };
    let (home, item) = (item_ref.home, item_ref.item);
    let stated = match home.field_with(item, Role::Direction).map(|field| &field.value) {
        Some(Meaning::Word(Some("higher"))) => Some(Better::Higher),
        Some(Meaning::Word(Some("lower"))) => Some(Better::Lower),
        _ => None,
    };
    stated.or_else(|| {
        let named = home.field_with(item, Role::Metric).filter(|field| field.decided()).map(|field| home.text(field));
        home.directions.better(named.or(item_ref.named.map(|named| &*named.name))?)
    })
}

pub(super) fn error_budget<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let availability = call.number(0)?;
    let window = call.value(1)?;
    let window = window.as_quantity().filter(|window| window.dimension == Dimension::Duration).ok_or(NO_OVERLOAD)?;
    let share = Quantity::number(1.0).checked_sub(&Quantity::number(availability)).ok_or(Unknown::Incomparable)?;
    window.checked_mul(&share).map(Value::quantity).ok_or(Unknown::Incomparable)
}
