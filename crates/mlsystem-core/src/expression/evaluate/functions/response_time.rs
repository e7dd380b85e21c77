//! The percentile of a whole path whose steps were measured, for steps that are slow independently, together, or as badly
//! as can be.

use super::distribution::{Distribution, Percentiles, Tail};
use super::fan_out::{curve, to_three_digits};
use super::latency::{Percentile, availability, block, measured, retries, steps};
use super::{Call, DURATION, Function, NO_OVERLOAD, Takes, may_take, takes};
use crate::expression::{ItemRef, Unknown, Value};
use crate::units::{Dimension, Quantity};

/// The percentile of a path, of steps that are `measured` with two percentiles each; absent otherwise.
///
/// `"independent"` convolves their distributions: slow moments meet by chance alone. `"dependent"` adds their percentiles:
/// slow moments always meet, which is what a sum of percentiles says. `"worst"` is no more than any dependence can bring: of
/// n steps each is given an n-th of the tail, so that at most the whole tail is late anywhere, with a Pareto tail beyond
/// what was measured. Retries are a mixture of one and more independent attempts, by the availability of the step; a block
/// is the maximum of its members. A timeout, with the retries and the fallback of the whole, cuts the result.
pub(super) const RESPONSE_TIME: Function = Function {
    name: "response_time",
    parameters: &[
        takes("steps", Takes::Steps),
        takes("percentile", Takes::Percentile),
        takes("dependence", Takes::Text),
        may_take("timeout", Takes::Duration),
        may_take("retries", Takes::Number),
        may_take("fallback", Takes::Duration),
    ],
    gives: DURATION,
    meaning: "the percentile of a path of measured steps: `\"independent\"`, `\"dependent\"` (slow moments always meet), or at most under any dependence, `\"worst\"`",
    formula: "convolution on a grid of 1%; Σ Qᵢ(q); Σ Qᵢ(1 − (1 − q)/n)",
    source: "Makarov, Estimates for the Distribution Function of a Sum of Two Random Variables When the Marginal Distributions Are Fixed, Theory Probab. Appl. 1982; Boole's inequality for the last",
    example: "response_time(serving.path, \"p99\", \"independent\")",
    method: false,
    global: true,
    run: response_time,
};

/// A part of a path.
enum Part {
    Step { curve: Percentiles, failing: f64, retries: u32 },
    Block(Vec<Part>),
}

/// What cuts a response: the time after which an attempt is given up, how often it is made again, and how long what is
/// answered instead takes.
struct Cut {
    timeout: f64,
    retries: u32,
    fallback: f64,
}

fn response_time<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let percentile = Percentile::parse(call.text(1)?)?;
    let path = steps(call, 0)?.into_iter().map(|step| part(call, step)).collect::<Result<Vec<Part>, Unknown>>()?;
    let cut = cut(call)?;
    let time = match &*call.text(2)? {
        "independent" => {
            // A convolution looks at about a million pairs of cells.
            call.frame().steps_taken(path.iter().map(Part::count).sum::<usize>() * 20_000)?;
            independent(&path, percentile.share, cut.as_ref())
        }
        "dependent" => Some(ended(together(&path, percentile.share, Tail::Light), cut.as_ref())),
        "worst" => {
            let steps = path.iter().map(Part::count).sum::<usize>() as f64;
            Some(ended(together(&path, 1.0 - (1.0 - percentile.share) / steps, Tail::Heavy), cut.as_ref()))
        }
        _ => return Err(NO_OVERLOAD),
    };
    let time = time.filter(|_| !path.is_empty()).ok_or(Unknown::Absent)?;
    Quantity::new(to_three_digits(time), Dimension::Duration).map(Value::quantity).ok_or(NO_OVERLOAD)
}

fn part<'m>(call: &Call<'_, 'm>, step: ItemRef<'m>) -> Result<Part, Unknown> {
    call.frame().step()?;
    let members = block(step)?;
    if !members.is_empty() {
        return members.iter().map(|member| part(call, step.inner(member))).collect::<Result<_, _>>().map(Part::Block);
    }
    let measured = measured(step)?;
    let curve = curve(call, step)?.filter(|_| measured).ok_or(Unknown::Absent)?;
    let failing = availability(step)?.map_or(0.0, |available| 1.0 - available);
    Ok(Part::Step { curve, failing, retries: retries(step)?.min(16) })
}

fn cut(call: &Call<'_, '_>) -> Result<Option<Cut>, Unknown> {
    let given = |index: usize| -> Result<Option<f64>, Unknown> {
        if call.arguments.len() <= index {
            return Ok(None);
        }
        Ok(Some(call.value(index)?.as_quantity().ok_or(NO_OVERLOAD)?.amount))
    };
    let Some(timeout) = given(3)? else { return Ok(None) };
    let retries = given(4)?.unwrap_or(0.0).clamp(0.0, 16.0) as u32;
    Ok(Some(Cut { timeout, retries, fallback: given(5)?.unwrap_or(0.0) }))
}

impl Part {
    fn count(&self) -> usize {
        match self {
            Self::Step { .. } => 1,
            Self::Block(members) => members.iter().map(Self::count).sum(),
        }
    }

    fn distribution(&self) -> Distribution {
        match self {
            Self::Step { curve, failing, retries } => Distribution::of(curve).retried(*failing, *retries),
            Self::Block(members) => Distribution::longest(&members.iter().map(Self::distribution).collect::<Vec<_>>()),
        }
    }

    fn quantile(&self, share: f64, tail: Tail) -> f64 {
        match self {
            Self::Step { curve, failing, retries } if *failing > 0.0 && *retries > 0 => {
                let retried = Distribution::of(curve).retried(*failing, *retries).quantile(share);
                retried.max(curve.quantile(share, tail))
            }
            Self::Step { curve, .. } => curve.quantile(share, tail),
            Self::Block(members) => members.iter().map(|member| member.quantile(share, tail)).fold(0.0, f64::max),
        }
    }
}

fn together(path: &[Part], share: f64, tail: Tail) -> f64 {
    path.iter().map(|part| part.quantile(share, tail)).sum()
}

fn independent(path: &[Part], share: f64, cut: Option<&Cut>) -> Option<f64> {
    let whole = path.iter().map(Part::distribution).reduce(|whole, part| whole.sum(&part))?;
    let Some(cut) = cut else { return Some(whole.quantile(share)) };
    let instead = Distribution::constant(cut.fallback);
    let answered = (0..=cut.retries).fold(instead, |next, _| whole.given_up(cut.timeout, &next));
    Some(answered.quantile(share))
}

/// A time that every part takes at once, cut where it is given up.
fn ended(time: f64, cut: Option<&Cut>) -> f64 {
    match cut {
        Some(cut) if time > cut.timeout => cut.timeout * f64::from(cut.retries + 1) + cut.fallback,
        _ => time,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(p50: f64, p99: f64) -> Part {
        Part::Step { curve: Percentiles::new(&[(0.5, p50), (0.99, p99)]).unwrap(), failing: 0.0, retries: 0 }
    }

    #[test]
    fn three_figures_in_their_order() {
        let path = [
            step(3e6, 8e6),
            step(6e6, 18e6),
            step(8e6, 22e6),
            Part::Block(vec![step(11e6, 30e6), step(7e6, 19e6)]),
            step(3e6, 8e6),
        ];
        let alone = independent(&path, 0.99, None).unwrap() / 1e6;
        let always = together(&path, 0.99, Tail::Light) / 1e6;
        let worst = together(&path, 1.0 - 0.01 / 6.0, Tail::Heavy) / 1e6;
        assert_eq!((alone.round(), always.round()), (57.0, 86.0));
        assert!(alone < always && always < worst, "{alone} {always} {worst}");
    }

    #[test]
    fn two_steps_that_stall_seldom() {
        // Each stalls in 0.9% of attempts: its p99 does not show it, and that of the sum does. Only the worst case is a bound.
        let stalls = [step(1e6, 1.2e6), step(1e6, 1.2e6)];
        assert!(together(&stalls, 0.995, Tail::Heavy) > together(&stalls, 0.99, Tail::Light));
    }

    #[test]
    fn a_timeout_ends_with_the_fallback() {
        let path = [step(40e6, 95e6)];
        let cut = Cut { timeout: 80e6, retries: 0, fallback: 10e6 };
        assert_eq!(ended(together(&path, 0.99, Tail::Light), Some(&cut)), 90e6);
        let alone = independent(&path, 0.99, Some(&cut)).unwrap();
        assert!((alone / 90e6 - 1.0).abs() < 0.01, "{alone}");
        let again = Cut { retries: 1, ..cut };
        assert_eq!(ended(together(&path, 0.999, Tail::Light), Some(&again)), 170e6);
    }
}
