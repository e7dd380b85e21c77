//! Numbers of the trade: powers, sample sizes and intervals.

use super::Call;
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

pub(super) fn sample_size<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let (base, effect, alpha, power) = (call.number(0)?, call.number(1)?, call.number(2)?, call.number(3)?);
    let share = |value: f64| value > 0.0 && value < 1.0;
    if !share(base) || !share(alpha) || !share(power) {
        return Err(NO_SHARE);
    }
    if effect == 0.0 {
        return Err(Unknown::Fault("division by zero"));
    }
    let z = normal_quantile(1.0 - alpha / 2.0) + normal_quantile(power);
    let size = (2.0 * z * z * base * (1.0 - base) / (effect * effect)).ceil();
    number(size)
}

pub(super) fn half_width<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let (share, n) = (call.number(0)?, call.number(1)?);
    let other = if call.arguments.len() > 2 { 1.0 / call.number(2)? } else { 0.0 };
    if !(0.0..=1.0).contains(&share) {
        return Err(NO_SHARE);
    }
    let width = 1.96 * (share * (1.0 - share) * (1.0 / n + other)).sqrt();
    match call.value(0)? {
        Value::Quantity(unit) => {
            let mut unit = unit.into_owned();
            unit.amount = 1.0;
            let width = if width.is_finite() { Some(Quantity::number(width)) } else { None };
            width
                .and_then(|width| unit.checked_mul(&width))
                .map(Value::quantity)
                .ok_or(Unknown::Fault("division by zero"))
        }
        _ => number(width),
    }
}

fn number<'m>(value: f64) -> Result<Value<'m>, Unknown> {
    Quantity::new(value, Dimension::Number).map(Value::quantity).ok_or(Unknown::Fault("division by zero"))
}

/// The value below which a standard normal variable stays with probability `p`, which lies between 0 and 1.
/// Wichura, Algorithm AS 241: The Percentage Points of the Normal Distribution, Applied Statistics 1988.
fn normal_quantile(p: f64) -> f64 {
    let ratio = |above: [f64; 8], below: [f64; 8], r: f64| {
        let value =
            |coefficients: [f64; 8]| coefficients.into_iter().fold(0.0, |sum, coefficient| sum * r + coefficient);
        value(above) / value(below)
    };
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        return q * ratio(MIDDLE.0, MIDDLE.1, 0.180_625 - q * q);
    }
    let r = (-(if q < 0.0 { p } else { 1.0 - p }).ln()).sqrt();
    let far = if r <= 5.0 { ratio(TAIL.0, TAIL.1, r - 1.6) } else { ratio(FAR.0, FAR.1, r - 5.0) };
    if q < 0.0 { -far } else { far }
}

/// Coefficients near the middle, from the highest power down: above and below the stroke.
const MIDDLE: ([f64; 8], [f64; 8]) = (
    [
        2_509.080_928_730_122_7,
        33_430.575_583_588_13,
        67_265.770_927_008_7,
        45_921.953_931_549_87,
        13_731.693_765_509_46,
        1_971.590_950_306_551_3,
        133.141_667_891_784_38,
        3.387_132_872_796_366_5,
    ],
    [
        5_226.495_278_852_854,
        28_729.085_735_721_943,
        39_307.895_800_092_71,
        21_213.794_301_586_597,
        5_394.196_021_424_751,
        687.187_007_492_057_9,
        42.313_330_701_600_91,
        1.0,
    ],
);
/// The same in the tails.
const TAIL: ([f64; 8], [f64; 8]) = (
    [
        0.000_774_545_014_278_341_4,
        0.022_723_844_989_269_184,
        0.241_780_725_177_450_6,
        1.270_458_252_452_368_4,
        3.647_848_324_763_204_5,
        5.769_497_221_460_691,
        4.630_337_846_156_546,
        1.423_437_110_749_683_5,
    ],
    [
        1.050_750_071_644_416_9e-9,
        0.000_547_593_808_499_534_5,
        0.015_198_666_563_616_457,
        0.148_103_976_427_480_08,
        0.689_767_334_985_1,
        1.676_384_830_183_803_8,
        2.053_191_626_637_759,
        1.0,
    ],
);
/// The same far out.
const FAR: ([f64; 8], [f64; 8]) = (
    [
        2.010_334_399_292_288_1e-7,
        2.711_555_568_743_487_6e-5,
        0.001_242_660_947_388_078_4,
        0.026_532_189_526_576_124,
        0.296_560_571_828_504_87,
        1.784_826_539_917_291_3,
        5.463_784_911_164_114,
        6.657_904_643_501_103,
    ],
    [
        2.044_263_103_389_939_7e-15,
        1.421_511_758_316_446e-7,
        1.846_318_317_510_054_8e-5,
        0.000_786_869_131_145_613_3,
        0.014_875_361_290_850_615,
        0.136_929_880_922_735_8,
        0.599_832_206_555_888,
        1.0,
    ],
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_tables() {
        // From the published tables, to the digits that 64 bits carry.
        for (p, z) in [
            (0.5, 0.0),
            (0.975, 1.959_963_984_540_054),
            (0.8, 0.841_621_233_572_914_3),
            (0.3, -0.524_400_512_708_040_7),
            (1e-10, -6.361_340_902_404_056),
        ] {
            assert!((normal_quantile(p) - z).abs() < 1e-12, "{p}: {}", normal_quantile(p));
        }
    }
}
