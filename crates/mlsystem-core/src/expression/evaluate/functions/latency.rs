//! The critical path of a request: serial steps add, a parallel block counts its longest member.

use super::{Call, NO_OVERLOAD};
use crate::expression::evaluate::operators;
use crate::expression::{Binding, ItemRef, List, Unknown, Value};
use crate::manifest::{Item, Value as Meaning};
use crate::schema::{FieldPath, field_path};
use crate::units::{Quantity, Scalar};

/// The steps that run beside each other in place of one.
pub(in crate::expression) const PARALLEL: FieldPath = field_path!(manifest: "serving.path[].parallel");

/// How often a step is tried again.
const RETRIES: FieldPath = field_path!(manifest: "serving.path[].retries");

/// The percentiles that a step has.
pub(in crate::expression) const PERCENTILES: [FieldPath; 3] = [
    field_path!(manifest: "serving.path[].p50"),
    field_path!(manifest: "serving.path[].p95"),
    field_path!(manifest: "serving.path[].p99"),
];

pub(super) fn critical_steps<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let times = along(call)?.into_iter().map(|(_, time)| Binding::Value(Value::quantity(time)));
    Ok(Value::List(List::Made(times.collect())))
}

pub(super) fn critical_items<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let items = along(call)?.into_iter().map(|(item, _)| Binding::ItemRef(item));
    Ok(Value::List(List::Made(items.collect())))
}

pub(super) fn critical_path<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let times: Vec<Value<'m>> = along(call)?.into_iter().map(|(_, time)| Value::quantity(time)).collect();
    operators::sum(&times).map(Value::quantity)
}

type Timed<'m> = (ItemRef<'m>, Quantity);

fn along<'m>(call: &Call<'_, 'm>) -> Result<Vec<Timed<'m>>, Unknown> {
    let percentile = call.text(1)?;
    let list = call.context.list(call.value(0)?)?;
    let mut path = Vec::new();
    for step in list.iter() {
        let (Binding::ItemRef(item_ref) | Binding::Value(Value::Item(item_ref))) = step else {
            return Err(NO_OVERLOAD);
        };
        path.extend(through(call, item_ref, &percentile)?);
    }
    if path.is_empty() { Err(Unknown::Absent) } else { Ok(path) }
}

/// The steps and times that one step takes: its own, or those of the longest of the steps that run beside each other.
fn through<'m>(call: &Call<'_, 'm>, step: ItemRef<'m>, percentile: &str) -> Result<Vec<Timed<'m>>, Unknown> {
    call.frame().step()?;
    let Meaning::Record(id, _) = &step.item.value else { return Err(Unknown::Unreadable) };
    let record = call.frame().schema.record(*id);
    let block = match step.home.field(step.item, PARALLEL).map(|item| &item.value) {
        Some(Meaning::List(members)) => members.as_slice(),
        Some(Meaning::Unreadable) => return Err(Unknown::Unreadable),
        _ => &[],
    };
    if !block.is_empty() {
        return longest(call, step, block, percentile);
    }
    let time = record.field(percentile).and_then(|(field, _)| step.item.member(field));
    let time = match time.map(|member| &member.item.value) {
        Some(Meaning::Scalar(Scalar::Quantity(time))) => time,
        Some(Meaning::Unreadable) => return Err(Unknown::Unreadable),
        _ => {
            call.frame().trace.missing_named(|| format!("{}.{percentile}", record.path));
            return Err(Unknown::Absent);
        }
    };
    let tries = match step.home.field(step.item, RETRIES).map(|item| &item.value) {
        Some(Meaning::Scalar(Scalar::Integer(retries))) => retries.saturating_add(1).max(1),
        Some(Meaning::Unreadable) => return Err(Unknown::Unreadable),
        _ => 1,
    };
    let time = if tries == 1 {
        time.clone()
    } else {
        time.checked_mul(&Quantity::number(tries as f64)).ok_or(Unknown::Incomparable)?
    };
    Ok(vec![(step, time)])
}

fn longest<'m>(
    call: &Call<'_, 'm>,
    around: ItemRef<'m>,
    block: &'m [Item],
    percentile: &str,
) -> Result<Vec<Timed<'m>>, Unknown> {
    let mut best: Option<Vec<Timed<'m>>> = None;
    let total = |path: &[Timed<'m>]| path.iter().map(|(_, time)| time.amount).sum::<f64>();
    for member in block {
        let path = through(call, around.inner(member), percentile)?;
        if best.as_ref().is_none_or(|best| total(&path) > total(best)) {
            best = Some(path);
        }
    }
    best.ok_or(Unknown::Absent)
}
