//! The gaps between what recurs, of an interval that is a duration or a cron string.

use super::{Call, DURATION, Function, NO_OVERLOAD, Takes, takes};
use crate::expression::{Unknown, Value};
use crate::units::{Interval, Quantity};

/// How old a thing that is made anew can become.
pub(super) const LONGEST_GAP: Function = Function {
    name: "longest_gap",
    parameters: &[takes("interval", Takes::Duration)],
    gives: DURATION,
    meaning: "the longest time between two runs; unknown for `never`",
    formula: "over the calendar of 28 years",
    source: "Gregorian calendar",
    example: "longest_gap(llm.retrieval.refresh)",
    method: false,
    global: true,
    run: longest,
};

/// The time that one run has until the next.
pub(super) const SHORTEST_GAP: Function = Function {
    name: "shortest_gap",
    parameters: LONGEST_GAP.parameters,
    gives: DURATION,
    meaning: "the shortest time between two runs; unknown for `never`",
    formula: LONGEST_GAP.formula,
    source: LONGEST_GAP.source,
    example: "shortest_gap(serving.schedule)",
    method: false,
    global: true,
    run: shortest,
};

/// What the number of runs in a long time follows from.
pub(super) const MEAN_GAP: Function = Function {
    name: "mean_gap",
    parameters: LONGEST_GAP.parameters,
    gives: DURATION,
    meaning: "the mean time between two runs, from which the runs of a month follow; unknown for `never`",
    formula: LONGEST_GAP.formula,
    source: LONGEST_GAP.source,
    example: "mean_gap(updating.retrain.every)",
    method: false,
    global: true,
    run: mean,
};

fn longest<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    gap(call, Interval::longest_gap)
}

fn shortest<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    gap(call, Interval::shortest_gap)
}

fn mean<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    gap(call, Interval::mean_gap)
}

fn gap<'m>(call: &Call<'_, 'm>, of: fn(&Interval) -> Option<Quantity>) -> Result<Value<'m>, Unknown> {
    match call.value(0)? {
        Value::Interval(interval) => of(interval).map(Value::quantity).ok_or(Unknown::Absent),
        value => value.as_quantity().map(|gap| Value::quantity(gap.into_owned())).ok_or(NO_OVERLOAD),
    }
}
