//! Comparisons held against values and against each other.

use std::borrow::Cow;

use super::{Call, NO_OVERLOAD};
use crate::expression::evaluate::Context;
use crate::expression::evaluate::paths::Reached;
use crate::expression::{Binding, Expr, ItemRef, Node, Unknown, Value};
use crate::manifest::{Item, Manifest, Value as Meaning};
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
    better_of(item_ref).or_else(|| {
        let metric = text_of(item_ref, "metric").or(item_ref.named.map(|named| &*named.name))?;
        by_name(item_ref.home, metric)
    })
}

fn better_of(item_ref: ItemRef<'_>) -> Option<Better> {
    match text_of(item_ref, "better")? {
        "higher" => Some(Better::Higher),
        "lower" => Some(Better::Lower),
        _ => None,
    }
}

fn text_of<'m>(item_ref: ItemRef<'m>, key: &str) -> Option<&'m str> {
    let Meaning::Record(id, _) = &item_ref.item.value else { return None };
    let (field, _) = item_ref.home.schema.record(*id).field(key)?;
    let member = item_ref.item.member(field)?;
    member.item.decided().then(|| item_ref.home.text(&member.item))
}

/// The direction that any objective or metric of this name states.
fn by_name(home: &Manifest, metric: &str) -> Option<Better> {
    let root = &home.root;
    let section = |item: &'_ Item, key: &str| -> Option<u16> {
        let Meaning::Record(id, _) = &item.value else { return None };
        home.schema.record(*id).field(key).map(|(field, _)| field)
    };
    let inside = |item, key: &str| section(item, key).and_then(|field| item.member(field)).map(|member| &member.item);
    let item_ref = |item| ItemRef { item, named: None, home };
    if let Some(metrics) = inside(root, "evaluation").and_then(|evaluation| inside(evaluation, "metrics"))
        && let Some(better) = metrics.named(metric).and_then(|named| better_of(item_ref(&named.item)))
    {
        return Some(better);
    }
    let Meaning::Map(objectives) = &inside(root, "objectives")?.value else { return None };
    objectives
        .iter()
        .map(|objective| item_ref(&objective.item))
        .filter(|objective| text_of(*objective, "metric") == Some(metric))
        .find_map(better_of)
}

pub(super) fn error_budget<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let availability = call.number(0)?;
    let window = call.value(1)?;
    let window = window.as_quantity().filter(|window| window.dimension == Dimension::Duration).ok_or(NO_OVERLOAD)?;
    let share = Quantity::number(1.0).checked_sub(&Quantity::number(availability)).ok_or(Unknown::Incomparable)?;
    window.checked_mul(&share).map(Value::quantity).ok_or(Unknown::Incomparable)
}
