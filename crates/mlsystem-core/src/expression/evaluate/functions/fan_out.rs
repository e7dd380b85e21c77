//! Blocks of steps that run side by side: all of them are seldom as fast as each.

use super::distribution::{Percentiles, Tail};
use super::latency::{Percentile, block, duration, steps};
use super::{Call, DURATION, Function, Gives, NO_OVERLOAD, NUMBER, Takes, takes};
use crate::expression::{Binding, ItemRef, List, Unknown, Value};
use crate::units::{Dimension, Quantity};

/// How many times the odds to be late of one member a block has, where its fan-out counts.
const COUNTS_FROM: f64 = 4.0;

const BLOCK: &[super::Parameter] = &[takes("block", Takes::Anything), takes("percentile", Takes::Percentile)];

/// The blocks of a path that are late at least four times as often as their longest member, by the odds: from about four
/// equal members on. Members write two percentiles each; a block in which one does not is left out.
pub(super) const FAN_OUTS: Function = Function {
    name: "fan_outs",
    parameters: &[takes("steps", Takes::Steps), takes("percentile", Takes::Percentile)],
    gives: Gives::Same,
    meaning: "the parallel blocks of a path that are late at least four times as often as their longest member",
    formula: "odds of 1 − Π Fᵢ(b) ≥ 4 × odds of 1 − q, b the longest member at q",
    source: "Dean & Barroso, The Tail at Scale, Communications of the ACM 2013",
    example: "fan_outs(serving.path, \"p99\")",
    method: false,
    global: true,
    run: fan_outs,
};

/// The percentile of a whole block, of independent members, each a lognormal curve through its percentiles.
pub(super) const FAN_OUT_TIME: Function = Function {
    name: "fan_out_time",
    parameters: BLOCK,
    gives: DURATION,
    meaning: "the percentile of a parallel block whose members are independent",
    formula: "x with Π Fᵢ(x) = q, Fᵢ lognormal through the percentiles of the member",
    source: "Dean & Barroso, The Tail at Scale, Communications of the ACM 2013",
    example: "fan_out_time(block, \"p99\")",
    method: false,
    global: true,
    run: fan_out_time,
};

/// The share of requests for which each member keeps the percentile of the longest one.
pub(super) const TOGETHER: Function = Function {
    name: "together",
    parameters: BLOCK,
    gives: NUMBER,
    meaning: "the share of requests in which a whole parallel block keeps the percentile of its longest member",
    formula: "Π Fᵢ(b), b the longest member at q",
    source: "Dean & Barroso, The Tail at Scale, Communications of the ACM 2013",
    example: "together(block, \"p99\")",
    method: false,
    global: true,
    run: together,
};

fn fan_outs<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let percentile = Percentile::parse(call.text(1)?)?;
    let odds = |share: f64| (1.0 - share) / share;
    let mut found = Vec::new();
    for step in steps(call, 0)? {
        let Some(members) = members(call, step)? else { continue };
        if odds(within(&members, longest(&members, &percentile))) >= COUNTS_FROM * odds(percentile.share) {
            found.push(Binding::ItemRef(step));
        }
    }
    Ok(Value::List(List::Made(found.into())))
}

fn fan_out_time<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let (members, percentile) = arguments(call)?;
    let (mut low, mut high) = (longest(&members, &percentile).ln(), 0.0);
    high += low + 20.0;
    for _ in 0..80 {
        let middle = f64::midpoint(low, high);
        if within(&members, middle.exp()) < percentile.share {
            low = middle;
        } else {
            high = middle;
        }
    }
    Quantity::new(to_three_digits(high.exp()), Dimension::Duration).map(Value::quantity).ok_or(NO_OVERLOAD)
}

fn together<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let (members, percentile) = arguments(call)?;
    let share = within(&members, longest(&members, &percentile));
    Quantity::new(share, Dimension::Number).map(Value::quantity).ok_or(NO_OVERLOAD)
}

/// A modelled time with the digits that it is worth.
pub(super) fn to_three_digits(time: f64) -> f64 {
    format!("{time:.2e}").parse().unwrap_or(time)
}

fn arguments(call: &Call<'_, '_>) -> Result<(Vec<Percentiles>, Percentile), Unknown> {
    let Value::Item(step) = call.value(0)? else { return Err(NO_OVERLOAD) };
    let members = members(call, step)?.ok_or(Unknown::Absent)?;
    Ok((members, Percentile::parse(call.text(1)?)?))
}

/// The curves of all members of a block, those of inner blocks among them; none where one of them has no curve.
fn members<'m>(call: &Call<'_, 'm>, step: ItemRef<'m>) -> Result<Option<Vec<Percentiles>>, Unknown> {
    let mut curves = Vec::new();
    for member in block(step)? {
        call.frame().step()?;
        let member = step.inner(member);
        if block(member)?.is_empty() {
            let Some(curve) = curve(call, member)? else { return Ok(None) };
            curves.push(curve);
        } else {
            let Some(inner) = members(call, member)? else { return Ok(None) };
            curves.extend(inner);
        }
    }
    Ok((!curves.is_empty()).then_some(curves))
}

/// The curve through the percentiles of a step; none where it writes fewer than two, or they do not rise.
pub(super) fn curve<'m>(call: &Call<'_, 'm>, step: ItemRef<'m>) -> Result<Option<Percentiles>, Unknown> {
    let mut known = Vec::new();
    for (key, share) in [("p50", 0.5), ("p95", 0.95), ("p99", 0.99)] {
        if let Some(time) = duration(call, step, key)? {
            known.push((share, time.amount));
        }
    }
    Ok(Percentiles::new(&known))
}

fn longest(members: &[Percentiles], percentile: &Percentile) -> f64 {
    members.iter().map(|member| member.quantile(percentile.share, Tail::Light)).fold(0.0, f64::max)
}

fn within(members: &[Percentiles], time: f64) -> f64 {
    members.iter().map(|member| member.share_within(time)).product()
}
