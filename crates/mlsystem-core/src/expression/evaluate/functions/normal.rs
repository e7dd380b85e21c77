//! The standard normal distribution.

/// The value below which a standard normal variable stays with probability `p`, which lies between 0 and 1.
/// Wichura, Algorithm AS 241: The Percentage Points of the Normal Distribution, Applied Statistics 1988.
pub(super) fn normal_quantile(p: f64) -> f64 {
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

/// The probability that a standard normal variable is at most `x`.
/// Hart et al., Computer Approximations 1968, function 5666, as given by West, Better Approximations to Cumulative Normal
/// Functions, Wilmott 2005.
pub(super) fn normal_cdf(x: f64) -> f64 {
    let z = x.abs();
    let polynomial = |coefficients: &[f64]| coefficients.iter().fold(0.0, |sum, coefficient| sum * z + coefficient);
    let density = (-z * z / 2.0).exp();
    let tail = if z > 37.0 {
        0.0
    } else if z < 7.071_067_811_865_47 {
        density * polynomial(&ABOVE) / polynomial(&BELOW)
    } else {
        let fraction = (1..=4).rev().fold(z + 0.65, |rest, n| z + f64::from(n) / rest);
        density / fraction / 2.506_628_274_631
    };
    if x > 0.0 { 1.0 - tail } else { tail }
}

/// The numerator of the tail, from the highest power down.
const ABOVE: [f64; 7] = [
    0.035_262_496_599_891_1,
    0.700_383_064_443_688,
    6.373_962_203_531_65,
    33.912_866_078_383,
    112.079_291_497_871,
    221.213_596_169_931,
    220.206_867_912_376,
];
/// Its denominator.
const BELOW: [f64; 8] = [
    0.088_388_347_648_318_4,
    1.755_667_163_182_64,
    16.064_177_579_207,
    86.780_732_202_946_1,
    296.564_248_779_674,
    637.333_633_378_831,
    793.826_512_519_948,
    440.413_735_824_752,
];

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

    #[test]
    fn probabilities_are_those_of_the_tables() {
        // Abramowitz and Stegun, Handbook of Mathematical Functions, table 26.1.
        for (x, p) in
            [(0.0, 0.5), (1.0, 0.841_344_746_068_543), (2.0, 0.977_249_868_051_821), (3.0, 0.998_650_101_968_370)]
        {
            assert!((normal_cdf(x) - p).abs() < 1e-12, "{x}: {}", normal_cdf(x));
            assert!((normal_cdf(-x) - (1.0 - p)).abs() < 1e-12, "-{x}");
        }
        for p in [1e-9, 0.01, 0.3, 0.99, 0.999] {
            assert!((normal_cdf(normal_quantile(p)) - p).abs() < 1e-12, "{p}");
        }
    }
}
