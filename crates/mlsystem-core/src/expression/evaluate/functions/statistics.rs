//! Numbers of the trade: powers, logarithms, sample sizes and intervals.

use super::normal::normal_quantile;
use super::{Call, Function, NUMBER, Takes, takes};
use crate::expression::{Unknown, Value};
use crate::units::{Dimension, Quantity};

const NO_SHARE: Unknown = Unknown::Fault("a share lies between 0 and 1");
const TOO_LARGE: Unknown = Unknown::Fault("the number is too large");

pub(super) fn pow<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let base = call.value(0)?;
    let exponent = call.number(1)?;
    if let (Value::Int(base), true) = (&base, exponent >= 0.0 && exponent.fract() == 0.0) {
        let exponent = u32::try_from(exponent as i64).map_err(|_| TOO_LARGE)?;
        return base.checked_pow(exponent).map(Value::Int).ok_or(TOO_LARGE);
    }
    let power = call.number(0)?.powf(exponent);
    if !power.is_finite() {
        return Err(TOO_LARGE);
    }
    match base {
        // The power of a percentage is one.
        Value::Quantity(unit) => {
            let mut unit = unit.into_owned();
            unit.amount = 1.0;
            unit.checked_mul(&Quantity::number(power)).map(Value::quantity).ok_or(TOO_LARGE)
        }
        _ => Ok(Value::Double(power)),
    }
}

/// ln x, of a number above zero.
pub(super) const LN: Function = Function {
    name: "ln",
    parameters: &[takes("number", Takes::Number)],
    gives: NUMBER,
    meaning: "the natural logarithm",
    formula: "ln x",
    source: "arithmetic",
    example: "ln(task.positive_rate)",
    method: false,
    global: true,
    run: ln,
};

/// Φ⁻¹(p), of a share between 0 and 1.
pub(super) const NORMAL_QUANTILE: Function = Function {
    name: "normal_quantile",
    parameters: &[takes("p", Takes::Number)],
    gives: NUMBER,
    meaning: "the value below which a standard normal variable lies with this probability",
    formula: "Φ⁻¹(p)",
    source: "Wichura, Algorithm AS 241, Applied Statistics 1988",
    example: "normal_quantile(1 - alpha)",
    method: false,
    global: true,
    run: quantile,
};

/// The units in each of two equal arms. The variances of both arms count, so that a rare base with a large effect is not
/// taken for one with the variance of the base alone.
pub(super) const SAMPLE_SIZE: Function = Function {
    name: "sample_size",
    parameters: &[
        takes("base", Takes::Number),
        takes("effect", Takes::Number),
        takes("alpha", Takes::Number),
        takes("power", Takes::Number),
    ],
    gives: NUMBER,
    meaning: "the units that each of two equal arms needs to see an absolute effect on a rate; the effect is taken from the rate where the sum is no share",
    formula: "(z₁₋α⁄₂ + z₁₋β)² (p (1 − p) + q (1 − q)) / δ², q = p + δ",
    source: "Chow, Shao & Wang, Sample Size Calculations in Clinical Research, 2nd edition 2008, section 4.2",
    example: "sample_size(experiment.base_rate, experiment.min_effect, experiment.alpha, experiment.power)",
    method: false,
    global: true,
    run: sample_size,
};

/// The lower end of the Wilson interval, in the unit of the share. It is below 1 for a share of 1.
pub(super) const WILSON_LOW: Function = Function {
    name: "wilson_low",
    parameters: &[takes("share", Takes::Number), takes("n", Takes::Number)],
    gives: NUMBER,
    meaning: "the lower end of the 95% interval of a share of n",
    formula: "(p + z²/2n − z √(p (1 − p)/n + z²/4n²)) / (1 + z²/n), z = 1.96",
    source: "Wilson, Probable Inference, J. Amer. Stat. Assoc. 1927; Newcombe, Statistics in Medicine 1998, method 3",
    example: "wilson_low(metric.achieved, dataset.rows)",
    method: false,
    global: true,
    run: wilson_low,
};

/// The upper end of the Wilson interval, in the unit of the share.
pub(super) const WILSON_HIGH: Function = Function {
    name: "wilson_high",
    parameters: WILSON_LOW.parameters,
    gives: NUMBER,
    meaning: "the upper end of the 95% interval of a share of n",
    formula: "(p + z²/2n + z √(p (1 − p)/n + z²/4n²)) / (1 + z²/n), z = 1.96",
    source: WILSON_LOW.source,
    example: "wilson_high(metric.achieved, dataset.rows)",
    method: false,
    global: true,
    run: wilson_high,
};

/// Half the width of the interval of a difference between two groups, in the unit of the first share. It is above zero
/// for shares of 0 and 1.
pub(super) const DIFFERENCE_WIDTH: Function = Function {
    name: "difference_width",
    parameters: &[
        takes("p", Takes::Number),
        takes("n", Takes::Number),
        takes("q", Takes::Number),
        takes("m", Takes::Number),
    ],
    gives: NUMBER,
    meaning: "half the width of the 95% interval of the difference between a share of n rows and one of m others",
    formula: "1.96 √(p̃ (1 − p̃)/(n + 2) + q̃ (1 − q̃)/(m + 2)), p̃ = (np + 1)/(n + 2)",
    source: "Agresti & Caffo, Simple and Effective Confidence Intervals for Proportions, The American Statistician 2000",
    example: "difference_width(metric.achieved, group.rows, metric.achieved, other.rows)",
    method: false,
    global: true,
    run: difference_width,
};

/// Half the width of the interval of a difference between two models that were judged on the same rows, in the unit of
/// the first share. `discordant` is the share of rows on which just one of the two is right: it lies between |p − q| and
/// the smaller of p + q and 2 − p − q.
pub(super) const PAIRED_WIDTH: Function = Function {
    name: "paired_width",
    parameters: &[
        takes("p", Takes::Number),
        takes("q", Takes::Number),
        takes("discordant", Takes::Number),
        takes("n", Takes::Number),
    ],
    gives: NUMBER,
    meaning: "half the width of the 95% interval of the difference of two shares of the same n rows, which differ in this share of them",
    formula: "1.96 √((d − (p − q)²) / n)",
    source: "Agresti, Categorical Data Analysis, 2nd edition 2002, section 10.1",
    example: "paired_width(metric.achieved, baseline, 0.02, dataset.rows)",
    method: false,
    global: true,
    run: paired_width,
};

/// The chance that an item waits for one of several servers, with Poisson arrivals and exponential times; 1 where the load
/// is as much as they can do.
pub(super) const WAITING_CHANCE: Function = Function {
    name: "waiting_chance",
    parameters: &[takes("load", Takes::Number), takes("servers", Takes::Number)],
    gives: NUMBER,
    meaning: "the chance that an item has to wait for one of several servers, whose load is given in servers kept busy",
    formula: "Erlang C: B / (1 − ρ (1 − B)), ρ = load / servers, B by the recursion of Erlang B",
    source: "Gross, Shortle, Thompson & Harris, Fundamentals of Queueing Theory, 4th edition 2008, section 2.3",
    example: "waiting_chance(26.7, oversight.reviewers)",
    method: false,
    global: true,
    run: waiting_chance,
};

/// The two-sided 97.5% point of the normal distribution, to the digits of the formulas.
const Z: f64 = 1.96;

fn ln<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let x = call.number(0)?;
    if x > 0.0 { number(x.ln()) } else { Err(Unknown::Fault("a logarithm is of a number above zero")) }
}

fn quantile<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    number(normal_quantile(share(call.number(0)?, false)?))
}

/// A share, the ends of the range allowed or not.
fn share(value: f64, ends: bool) -> Result<f64, Unknown> {
    let inside = if ends { (0.0..=1.0).contains(&value) } else { value > 0.0 && value < 1.0 };
    if inside { Ok(value) } else { Err(NO_SHARE) }
}

fn count(value: f64) -> Result<f64, Unknown> {
    if value > 0.0 { Ok(value) } else { Err(Unknown::Fault("division by zero")) }
}

fn sample_size<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let (base, effect) = (share(call.number(0)?, false)?, call.number(1)?);
    let (alpha, power) = (share(call.number(2)?, false)?, share(call.number(3)?, false)?);
    if effect == 0.0 {
        return Err(Unknown::Fault("division by zero"));
    }
    number(units_of_arm(base, effect, alpha, power)?)
}

fn units_of_arm(base: f64, effect: f64, alpha: f64, power: f64) -> Result<f64, Unknown> {
    let other = [base + effect, base - effect].into_iter().find(|other| (0.0..=1.0).contains(other)).ok_or(NO_SHARE)?;
    let z = normal_quantile(1.0 - alpha / 2.0) + normal_quantile(power);
    Ok((z * z * (base * (1.0 - base) + other * (1.0 - other)) / (effect * effect)).ceil())
}

fn wilson_low<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let (low, _) = wilson(share(call.number(0)?, true)?, count(call.number(1)?)?);
    in_unit_of_first(call, low)
}

fn wilson_high<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let (_, high) = wilson(share(call.number(0)?, true)?, count(call.number(1)?)?);
    in_unit_of_first(call, high)
}

fn wilson(p: f64, n: f64) -> (f64, f64) {
    let z2 = Z * Z / n;
    let half = Z * (p * (1.0 - p) / n + z2 / (4.0 * n)).sqrt();
    let end = |sign: f64| ((p + z2 / 2.0 + sign * half) / (1.0 + z2)).clamp(0.0, 1.0);
    (end(-1.0), end(1.0))
}

fn difference_width<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let (p, n) = (share(call.number(0)?, true)?, count(call.number(1)?)?);
    let (q, m) = (share(call.number(2)?, true)?, count(call.number(3)?)?);
    in_unit_of_first(call, agresti_caffo(p, n, q, m).1)
}

/// The middle and half the width.
fn agresti_caffo(p: f64, n: f64, q: f64, m: f64) -> (f64, f64) {
    let drawn_in = |share: f64, n: f64| (share * n + 1.0) / (n + 2.0);
    let (p, q) = (drawn_in(p, n), drawn_in(q, m));
    (p - q, Z * (p * (1.0 - p) / (n + 2.0) + q * (1.0 - q) / (m + 2.0)).sqrt())
}

fn paired_width<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let (p, q) = (share(call.number(0)?, true)?, share(call.number(1)?, true)?);
    let (discordant, n) = (share(call.number(2)?, true)?, count(call.number(3)?)?);
    in_unit_of_first(call, paired(p - q, discordant, n))
}

fn paired(difference: f64, discordant: f64, n: f64) -> f64 {
    Z * ((discordant - difference * difference).max(0.0) / n).sqrt()
}

fn waiting_chance<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let (load, servers) = (call.number(0)?, call.number(1)?);
    if !(0.0..=1e5).contains(&servers) || servers.fract() != 0.0 || load < 0.0 {
        return Err(Unknown::Fault("servers are a whole number, and a load is not below zero"));
    }
    call.frame().steps_taken(servers as usize / 64)?;
    number(erlang_c(load, servers as u32))
}

fn erlang_c(load: f64, servers: u32) -> f64 {
    if load >= f64::from(servers) {
        return 1.0;
    }
    let blocked = (1..=servers).fold(1.0, |b, k| load * b / (f64::from(k) + load * b));
    let busy = load / f64::from(servers);
    blocked / (1.0 - busy * (1.0 - blocked))
}

/// A computed share, as a percentage where the first argument is written as one.
fn in_unit_of_first<'m>(call: &Call<'_, 'm>, share: f64) -> Result<Value<'m>, Unknown> {
    match call.value(0)? {
        Value::Quantity(unit) if share.is_finite() => {
            let mut unit = unit.into_owned();
            unit.amount = 1.0;
            unit.checked_mul(&Quantity::number(share)).map(Value::quantity).ok_or(TOO_LARGE)
        }
        _ => number(share),
    }
}

fn number<'m>(value: f64) -> Result<Value<'m>, Unknown> {
    Quantity::new(value, Dimension::Number).map(Value::quantity).ok_or(Unknown::Fault("division by zero"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(value: f64, published: f64, digits: i32) {
        assert!((value - published).abs() <= 0.5001 * 10f64.powi(-digits), "{value} is not {published}");
    }

    #[test]
    fn the_interval_of_a_share_is_that_of_newcombe() {
        // Newcombe, Statistics in Medicine 17 (1998) 857, table I, method 3.
        for (r, n, low, high) in [
            (81.0, 263.0, 0.2553, 0.3662),
            (15.0, 148.0, 0.0624, 0.1605),
            (0.0, 20.0, 0.0, 0.1611),
            (1.0, 29.0, 0.0061, 0.1718),
        ] {
            let interval = wilson(r / n, n);
            near(interval.0, low, 4);
            near(interval.1, high, 4);
        }
        near(wilson(1.0, 30.0).0, 0.886, 3);
    }

    #[test]
    fn the_interval_of_a_difference_is_that_of_propcis() {
        // R, PropCIs 0.3-0: wald2ci(7, 34, 1, 34, 0.95, adjust = "AC") gives 0.01161167 and 0.32172166, with z to all digits.
        let (middle, half) = agresti_caffo(7.0 / 34.0, 34.0, 1.0 / 34.0, 34.0);
        near(middle - half, 0.0116, 4);
        near(middle + half, 0.3217, 4);
    }

    #[test]
    fn the_interval_of_paired_shares_is_that_of_agresti() {
        // Agresti 2002, section 10.1.1: 794, 150, 86 and 570 of 1600; a standard error of 0.0095, and -0.06 to -0.02.
        let half = paired(-64.0 / 1600.0, 236.0 / 1600.0, 1600.0);
        near(half / Z, 0.0095, 4);
        near(-0.04 - half, -0.06, 2);
        near(-0.04 + half, -0.02, 2);
    }

    #[test]
    fn the_size_of_an_arm_is_that_of_chow() {
        // Chow, Shao & Wang 2008, page 89: 0.65 against 0.85 takes 70 in each arm.
        assert_eq!(units_of_arm(0.65, 0.2, 0.05, 0.8), Ok(70.0));
        // From 0.1% to 0.6%, where the variance of the base alone gives 628.
        assert_eq!(units_of_arm(0.001, 0.005, 0.05, 0.8), Ok(2187.0));
        // A rate of 97% cannot rise by five points.
        assert_eq!(units_of_arm(0.97, 0.05, 0.05, 0.8), units_of_arm(0.97, -0.05, 0.05, 0.8));
    }

    #[test]
    fn the_chance_to_wait_is_that_of_the_worked_example() {
        // Call Centre Helper, The Erlang C Formula: 100 calls of 3 minutes in half an hour, 14 agents: 17.4% wait.
        near(erlang_c(10.0, 14), 0.174, 3);
        // With one server it is the load, as in any M/M/1 queue.
        near(erlang_c(0.7, 1), 0.7, 9);
        near(erlang_c(30.0, 30), 1.0, 9);
    }
}
