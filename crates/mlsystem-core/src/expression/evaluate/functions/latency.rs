//! The critical path of a request: serial steps add, a parallel block counts its longest member.

use super::{Call, DURATION, Function, Gives, NO_OVERLOAD, Takes, may_take, takes};
use crate::expression::evaluate::operators;
use crate::expression::{Binding, ItemRef, List, Type, Unknown, Value};
use crate::manifest::{Item, Value as Meaning};
use crate::schema::{FieldPath, field_path};
use crate::units::{Dimension, Measure, Quantity, Scalar};

/// The steps that run beside each other in place of one.
pub(in crate::expression) const PARALLEL: FieldPath = field_path!(manifest: "serving.path[].parallel");

/// How often a step is tried again.
const RETRIES: FieldPath = field_path!(manifest: "serving.path[].retries");

/// The share of requests that a step answers.
const AVAILABILITY: FieldPath = field_path!(manifest: "serving.path[].availability");

/// Whether there is no answer without a step.
const HARD: FieldPath = field_path!(manifest: "serving.path[].hard");

/// Whether the figures of a step were measured.
const MEASURED: FieldPath = field_path!(manifest: "serving.path[].measured");

/// The percentiles that a step has.
pub(in crate::expression) const PERCENTILES: [FieldPath; 3] = [
    field_path!(manifest: "serving.path[].p50"),
    field_path!(manifest: "serving.path[].p95"),
    field_path!(manifest: "serving.path[].p99"),
];

/// Every step of a path, in order, those inside of blocks too. What stands in a block that the answer can do without
/// (`hard: false`) is left out, since the answer can do without it as well.
pub(super) const ALL_STEPS: Function = Function {
    name: "all_steps",
    parameters: &[takes("steps", Takes::Steps)],
    gives: Gives::Same,
    meaning: "the steps of a path and of its blocks, however deep, without those in a block that is `hard: false`",
    formula: "",
    source: "",
    example: "all_steps(serving.path)",
    method: false,
    global: true,
    run: all_steps,
};

/// How many attempts of a step a percentile has to pay for: a retry counts where it happens to more requests than the
/// percentile leaves out, (1 − availability)ⁱ > 1 − q. Where the availability is not written no retry counts, or, with
/// `"all"`, every one from p99 on.
pub(super) const ATTEMPTS: Function = Function {
    name: "attempts",
    parameters: &[
        takes("step", Takes::Anything),
        takes("percentile", Takes::Percentile),
        may_take("retries", Takes::Text),
    ],
    gives: Gives::Type(Type::Measure(Measure::Number)),
    meaning: "the attempts of a step that a percentile pays for; with `\"all\"`, retries of an unknown likelihood count at p99 and above",
    formula: "1 + #{i ≤ r : (1 − a)ⁱ > 1 − q}",
    source: "the share of requests that meet i failures in a row, of independent attempts",
    example: "attempts(step, \"p99\")",
    method: false,
    global: true,
    run: attempts,
};

/// The durations along the critical path. A step that does not write the percentile is left out, so that their sum is a
/// lower bound of what is allotted; absent where none writes it.
pub(super) const CRITICAL_STEPS: Function = Function {
    name: "critical_steps",
    parameters: &[
        takes("steps", Takes::Steps),
        takes("percentile", Takes::Percentile),
        may_take("retries", Takes::Text),
    ],
    gives: Gives::Type(Type::List(&Type::Measure(Measure::Duration))),
    meaning: "the durations along the critical path of a request, in order, as far as they are written",
    formula: "of a parallel block its longest member; a step its time once for each of its `attempts`",
    source: "sum of allotted times",
    example: "critical_steps(serving.path, \"p99\")",
    method: false,
    global: true,
    run: critical_steps,
};

/// The steps that [`CRITICAL_STEPS`] gives the durations of.
pub(super) const CRITICAL_ITEMS: Function = Function {
    name: "critical_items",
    parameters: CRITICAL_STEPS.parameters,
    gives: Gives::Same,
    meaning: "the steps on the critical path of a request, in order, as far as they write the percentile",
    formula: "of a parallel block its longest member",
    source: "sum of allotted times",
    example: "critical_items(serving.path, \"p99\")",
    method: false,
    global: true,
    run: critical_items,
};

/// The sum along the critical path; unknown where a step does not write the percentile.
pub(super) const CRITICAL_PATH: Function = Function {
    name: "critical_path",
    parameters: CRITICAL_STEPS.parameters,
    gives: DURATION,
    meaning: "the time along the critical path of a request, where every step writes the percentile",
    formula: "serial steps add, a parallel block counts its longest, a step its time once for each of its `attempts`",
    source: "sum of allotted times",
    example: "critical_path(serving.path, \"p99\")",
    method: false,
    global: true,
    run: critical_path,
};

/// A percentile that times are written at.
#[derive(Debug, Clone)]
pub(super) struct Percentile {
    pub key: String,
    pub share: f64,
}

/// What a path is asked for.
struct Asked {
    percentile: Percentile,
    /// Whether retries count whose likelihood is not known.
    all_retries: bool,
    /// Whether a step that does not write the percentile makes the whole unknown.
    strict: bool,
}

type Timed<'m> = (ItemRef<'m>, Quantity);

impl Percentile {
    /// Reads `p50`, `p99`, `p999`.
    pub fn parse(key: String) -> Result<Self, Unknown> {
        let share = key.strip_prefix('p').and_then(|digits| format!("0.{digits}").parse().ok()).ok_or(NO_OVERLOAD)?;
        Ok(Self { key, share })
    }
}

fn critical_steps<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let times = along(call, false)?.into_iter().map(|(_, time)| Binding::Value(Value::quantity(time)));
    Ok(Value::List(List::Made(times.collect())))
}

fn critical_items<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let items = along(call, false)?.into_iter().map(|(item, _)| Binding::ItemRef(item));
    Ok(Value::List(List::Made(items.collect())))
}

fn critical_path<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let times: Vec<Value<'m>> = along(call, true)?.into_iter().map(|(_, time)| Value::quantity(time)).collect();
    operators::sum(&times).map(Value::quantity)
}

fn all_steps<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let mut found = Vec::new();
    for step in steps(call, 0)? {
        gather(call, step, &mut found)?;
    }
    Ok(Value::List(List::Made(found.into_iter().map(Binding::ItemRef).collect())))
}

fn gather<'m>(call: &Call<'_, 'm>, step: ItemRef<'m>, found: &mut Vec<ItemRef<'m>>) -> Result<(), Unknown> {
    call.frame().step()?;
    found.push(step);
    if matches!(scalar(step, HARD)?, Some(Scalar::Bool(false))) {
        return Ok(());
    }
    block(step)?.iter().try_for_each(|member| gather(call, step.inner(member), found))
}

fn attempts<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let Value::Item(step) = call.value(0)? else { return Err(NO_OVERLOAD) };
    let asked = Asked { percentile: Percentile::parse(call.text(1)?)?, all_retries: all_retries(call)?, strict: false };
    Ok(Value::quantity(Quantity::number(attempts_of(step, &asked)?)))
}

fn all_retries(call: &Call<'_, '_>) -> Result<bool, Unknown> {
    Ok(call.arguments.len() > 2 && call.text(2)? == "all")
}

fn along<'m>(call: &Call<'_, 'm>, strict: bool) -> Result<Vec<Timed<'m>>, Unknown> {
    let percentile = Percentile::parse(call.text(1)?)?;
    let asked = Asked { percentile, all_retries: all_retries(call)?, strict };
    let mut path = Vec::new();
    for step in steps(call, 0)? {
        path.extend(through(call, step, &asked)?);
    }
    if path.is_empty() { Err(Unknown::Absent) } else { Ok(path) }
}

/// The steps of a list that is an argument.
pub(super) fn steps<'m>(call: &Call<'_, 'm>, argument: usize) -> Result<Vec<ItemRef<'m>>, Unknown> {
    let list = call.context.list(call.value(argument)?)?;
    let step = |step| match step {
        Binding::ItemRef(step) | Binding::Value(Value::Item(step)) => Ok(step),
        _ => Err(NO_OVERLOAD),
    };
    list.iter().map(step).collect()
}

/// The steps and times that one step takes: its own, or those of the longest of the steps that run beside each other.
fn through<'m>(call: &Call<'_, 'm>, step: ItemRef<'m>, asked: &Asked) -> Result<Vec<Timed<'m>>, Unknown> {
    call.frame().step()?;
    let members = block(step)?;
    if !members.is_empty() {
        return longest(call, step, members, asked);
    }
    let Some(time) = duration(call, step, &asked.percentile.key)? else {
        if !asked.strict {
            return Ok(Vec::new());
        }
        let path = record_path(call, step)?;
        call.frame().trace.missing_named(|| format!("{path}.{}", asked.percentile.key));
        return Err(Unknown::Absent);
    };
    let attempts = attempts_of(step, asked)?;
    if attempts == 1.0 {
        return Ok(vec![(step, time.clone())]);
    }
    let time = time.checked_mul(&Quantity::number(attempts)).ok_or(Unknown::Incomparable)?;
    Ok(vec![(step, time)])
}

fn longest<'m>(
    call: &Call<'_, 'm>,
    around: ItemRef<'m>,
    members: &'m [Item],
    asked: &Asked,
) -> Result<Vec<Timed<'m>>, Unknown> {
    let mut best: Vec<Timed<'m>> = Vec::new();
    let total = |path: &[Timed<'m>]| path.iter().map(|(_, time)| time.amount).sum::<f64>();
    for member in members {
        let path = through(call, around.inner(member), asked)?;
        if best.is_empty() || total(&path) > total(&best) {
            best = path;
        }
    }
    Ok(best)
}

fn attempts_of(step: ItemRef<'_>, asked: &Asked) -> Result<f64, Unknown> {
    let retries = retries(step)?;
    let left = 1.0 - asked.percentile.share;
    let counted = match availability(step)? {
        // A share of exactly 1 - q is met by the percentile; the tolerance is that of comparisons.
        Some(available) => {
            (1..=retries).take_while(|i| (1.0 - available).powi(*i as i32) > left * (1.0 + 1e-9)).count()
        }
        None if asked.all_retries && asked.percentile.share >= 0.99 => retries as usize,
        None => 0,
    };
    Ok(1.0 + counted as f64)
}

/// The steps that run side by side in a step; none where it is one of its own.
pub(super) fn block<'m>(step: ItemRef<'m>) -> Result<&'m [Item], Unknown> {
    match step.home.field(step.item, PARALLEL).map(|item| &item.value) {
        Some(Meaning::List(members)) => Ok(members.as_slice()),
        Some(Meaning::Unreadable) => Err(Unknown::Unreadable),
        _ => Ok(&[]),
    }
}

/// A time of a step, such as its `p99`.
pub(super) fn duration<'m>(call: &Call<'_, 'm>, step: ItemRef<'m>, key: &str) -> Result<Option<&'m Quantity>, Unknown> {
    let Meaning::Record(id, _) = &step.item.value else { return Err(Unknown::Unreadable) };
    let member = call.frame().schema.record(*id).field(key).and_then(|(field, _)| step.item.member(field));
    match member.map(|member| &member.item.value) {
        Some(Meaning::Scalar(Scalar::Quantity(time))) if time.dimension == Dimension::Duration => Ok(Some(time)),
        Some(Meaning::Unreadable) => Err(Unknown::Unreadable),
        _ => Ok(None),
    }
}

/// How often a failed attempt of a step is made again.
pub(super) fn retries(step: ItemRef<'_>) -> Result<u32, Unknown> {
    Ok(match scalar(step, RETRIES)? {
        // More than a thousand retries are the same as a thousand.
        Some(Scalar::Integer(retries)) => (*retries).clamp(0, 1000) as u32,
        _ => 0,
    })
}

/// The share of attempts of a step that succeed.
pub(super) fn availability(step: ItemRef<'_>) -> Result<Option<f64>, Unknown> {
    Ok(match scalar(step, AVAILABILITY)? {
        Some(Scalar::Quantity(share)) => Some(share.amount.clamp(0.0, 1.0)),
        _ => None,
    })
}

/// Whether the figures of a step were measured.
pub(super) fn measured(step: ItemRef<'_>) -> Result<bool, Unknown> {
    Ok(matches!(scalar(step, MEASURED)?, Some(Scalar::Bool(true))))
}

/// A written leaf of a step.
fn scalar<'m>(step: ItemRef<'m>, path: FieldPath) -> Result<Option<&'m Scalar>, Unknown> {
    match step.home.field(step.item, path).map(|item| &item.value) {
        Some(Meaning::Scalar(scalar)) => Ok(Some(scalar)),
        Some(Meaning::Unreadable) => Err(Unknown::Unreadable),
        _ => Ok(None),
    }
}

fn record_path<'m>(call: &Call<'_, 'm>, step: ItemRef<'m>) -> Result<String, Unknown> {
    let Meaning::Record(id, _) = &step.item.value else { return Err(Unknown::Unreadable) };
    Ok(call.frame().schema.record(*id).path.to_string())
}
