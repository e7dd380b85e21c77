//! Distributions of times on a logarithmic grid: sums, mixtures, maxima and truncation, computed and not sampled, so that a
//! verdict at the border is the same in every run.

use super::normal::{normal_cdf, normal_quantile};

/// The ratio of two neighbouring times of the grid.
const STEP: f64 = 1.01;

/// How far the fitted curve of one step is followed, in standard deviations: all but 6 in ten million attempts.
const REACH: f64 = 5.0;

/// What lies beyond the last percentile that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tail {
    /// The lognormal curve goes on.
    Light,
    /// A Pareto tail of index 2 where that is longer, as of times without a finite variance.
    Heavy,
}

/// A curve through known percentiles: the logarithm of the time is linear in the normal score between them, so that two
/// percentiles make a lognormal distribution.
#[derive(Debug, Clone)]
pub(super) struct Percentiles {
    /// Normal scores and logarithms of times, both rising; at least two.
    points: Vec<(f64, f64)>,
}

/// How the mass of a random time lies on the grid.
#[derive(Debug, Clone)]
pub(super) struct Distribution {
    /// The number of the first cell; cell `n` is around `STEP^n`.
    first: i32,
    mass: Vec<f64>,
}

impl Percentiles {
    /// The curve through shares and times; none where there are fewer than two, or they do not rise from above zero.
    pub fn new(known: &[(f64, f64)]) -> Option<Self> {
        let points: Vec<(f64, f64)> = known.iter().map(|(share, time)| (normal_quantile(*share), time.ln())).collect();
        let rises = points.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 <= pair[1].1);
        let legible = points.iter().all(|(score, time)| score.is_finite() && time.is_finite());
        (points.len() >= 2 && rises && legible).then_some(Self { points })
    }

    /// The time that this share of attempts keeps.
    pub fn quantile(&self, share: f64, tail: Tail) -> f64 {
        let light = self.log_time(normal_quantile(share)).exp();
        let (last, time) = self.points[self.points.len() - 1];
        let left = 1.0 - normal_cdf(last);
        match tail {
            Tail::Heavy if 1.0 - share < left => light.max(time.exp() * (left / (1.0 - share)).sqrt()),
            _ => light,
        }
    }

    /// The share of attempts that take at most this time.
    pub fn share_within(&self, time: f64) -> f64 {
        let time = time.ln();
        let (slope, (score, log_time)) = self.segment(|(_, known)| time <= *known);
        if slope <= 0.0 { f64::from(u8::from(time >= log_time)) } else { normal_cdf(score + (time - log_time) / slope) }
    }

    fn log_time(&self, score: f64) -> f64 {
        let (slope, (known, log_time)) = self.segment(|(known, _)| score <= *known);
        log_time + slope * (score - known)
    }

    /// The slope of the line up to the first point that a value does not pass, and a point of it.
    fn segment(&self, is_below: impl Fn(&(f64, f64)) -> bool) -> (f64, (f64, f64)) {
        let upper = self.points.iter().position(is_below).unwrap_or(self.points.len() - 1).max(1);
        let (low, high) = (self.points[upper - 1], self.points[upper]);
        ((high.1 - low.1) / (high.0 - low.0), low)
    }
}

impl Distribution {
    /// The distribution of one attempt.
    pub fn of(curve: &Percentiles) -> Self {
        let (first, last) = (cell(curve.log_time(-REACH).exp()), cell(curve.log_time(REACH).exp()));
        let edge = |n: i32| curve.share_within(STEP.powf(f64::from(n) + 0.5));
        let mut below = 0.0;
        let mass = (first..=last).map(|n| {
            let up_to = if n == last { 1.0 } else { edge(n) };
            let here = up_to - below;
            below = up_to;
            here
        });
        Self { first, mass: mass.collect() }
    }

    /// A time that is always the same; zero has no place on the grid.
    pub fn constant(time: f64) -> Self {
        Self { first: cell(time), mass: vec![1.0] }
    }

    /// The sum of two independent times.
    pub fn sum(&self, other: &Self) -> Self {
        let start = self.first.max(other.first);
        let length = (self.last() - start).max(other.last() - start) + cell(2.0) + 2;
        let mut mass = vec![0.0; usize::try_from(length).unwrap_or(0) + 1];
        let shares = self.shares_of_sums(other);
        for (i, here) in self.cells() {
            for (j, there) in other.cells() {
                let (above, part) = shares[i.abs_diff(j) as usize];
                let at = (i.max(j) + above - start) as usize;
                let both = here * there;
                mass[at] += both * (1.0 - part);
                mass[at + 1] += both * part;
            }
        }
        Self { first: start, mass }.trimmed()
    }

    /// For each distance of two cells: how many cells above the higher one the sum of their times lies, and which part of
    /// the mass goes one cell further, so that the mean is kept.
    fn shares_of_sums(&self, other: &Self) -> Vec<(i32, f64)> {
        let furthest = (self.last() - other.first).max(other.last() - self.first).max(0);
        let share = |distance: i32| {
            let sum = 1.0 + STEP.powi(-distance);
            let above = (sum.ln() / STEP.ln()).floor();
            (above as i32, (sum / STEP.powf(above) - 1.0) / (STEP - 1.0))
        };
        (0..=furthest).map(share).collect()
    }

    /// Several distributions, each with its share of the whole.
    pub fn mixture(parts: &[(f64, Self)]) -> Self {
        let first = parts.iter().map(|(_, part)| part.first).min().unwrap_or(0);
        let last = parts.iter().map(|(_, part)| part.last()).max().unwrap_or(0);
        let mut mass = vec![0.0; (last - first) as usize + 1];
        for (share, part) in parts {
            part.cells().for_each(|(n, there)| mass[(n - first) as usize] += share * there);
        }
        Self { first, mass }
    }

    /// The time of an attempt that is made again, up to so many times, where it fails with this probability.
    pub fn retried(&self, failing: f64, retries: u32) -> Self {
        if failing <= 0.0 || retries == 0 {
            return self.clone();
        }
        let mut tries = self.clone();
        let mut parts = Vec::new();
        for retry in 0..retries {
            parts.push((failing.powi(retry as i32) * (1.0 - failing), tries.clone()));
            tries = tries.sum(self);
        }
        parts.push((failing.powi(retries as i32), tries));
        Self::mixture(&parts)
    }

    /// The longest of several independent times.
    pub fn longest(parts: &[Self]) -> Self {
        let first = parts.iter().map(|part| part.first).min().unwrap_or(0);
        let last = parts.iter().map(Self::last).max().unwrap_or(0);
        let mut within = vec![0.0; parts.len()];
        let mut before = 0.0;
        let mass = (first..=last).map(|n| {
            parts.iter().zip(&mut within).for_each(|(part, within)| *within += part.at(n));
            let all: f64 = within.iter().product();
            let here = (all - before).max(0.0);
            before = all;
            here
        });
        Self { first, mass: mass.collect() }.trimmed()
    }

    /// What becomes of a time that is given up after `limit`, when `instead` takes over.
    pub fn given_up(&self, limit: f64, instead: &Self) -> Self {
        let end = cell(limit);
        let kept: Vec<f64> = self.cells().filter(|(n, _)| *n <= end).map(|(_, mass)| mass).collect();
        let late = 1.0 - kept.iter().sum::<f64>();
        if late <= 0.0 || kept.is_empty() {
            return if kept.is_empty() { Self::constant(limit).sum(instead) } else { self.clone() };
        }
        let share = 1.0 - late;
        let kept = Self { first: self.first, mass: kept.into_iter().map(|mass| mass / share).collect() };
        Self::mixture(&[(share, kept), (late, Self::constant(limit).sum(instead))])
    }

    /// The time that this share keeps.
    pub fn quantile(&self, share: f64) -> f64 {
        let mut below = 0.0;
        for (n, mass) in self.cells() {
            if below + mass >= share && mass > 0.0 {
                return STEP.powf(f64::from(n) - 0.5 + (share - below) / mass);
            }
            below += mass;
        }
        STEP.powf(f64::from(self.last()) + 0.5)
    }

    fn cells(&self) -> impl Iterator<Item = (i32, f64)> + '_ {
        (self.first..).zip(self.mass.iter().copied())
    }

    fn at(&self, n: i32) -> f64 {
        usize::try_from(n - self.first).ok().and_then(|index| self.mass.get(index)).copied().unwrap_or(0.0)
    }

    fn last(&self) -> i32 {
        self.first + self.mass.len() as i32 - 1
    }

    /// Without the cells at both ends that together hold next to nothing.
    fn trimmed(mut self) -> Self {
        const NEXT_TO_NOTHING: f64 = 1e-9;
        let count = |masses: &mut dyn Iterator<Item = &f64>| {
            let mut left = NEXT_TO_NOTHING;
            masses
                .take_while(|mass| {
                    left -= **mass;
                    left > 0.0
                })
                .count()
        };
        let low = count(&mut self.mass.iter()).min(self.mass.len() - 1);
        let high = count(&mut self.mass.iter().rev()).min(self.mass.len() - 1 - low);
        self.mass.truncate(self.mass.len() - high);
        self.mass.drain(..low);
        self.first += low as i32;
        self
    }
}

/// The cell that a time lies in.
fn cell(time: f64) -> i32 {
    (time.max(1.0).ln() / STEP.ln()).round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: f64 = 1e6;

    fn step(p50: f64, p99: f64) -> Percentiles {
        Percentiles::new(&[(0.5, p50 * MS), (0.99, p99 * MS)]).unwrap()
    }

    /// Random numbers that are the same in every run: Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators,
    /// OOPSLA 2014.
    struct SplitMix(u64);

    impl SplitMix {
        fn share(&mut self) -> f64 {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut bits = self.0;
            bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            ((bits ^ (bits >> 31)) >> 11) as f64 / (1u64 << 53) as f64 + 1e-17
        }

        fn time(&mut self, step: &Percentiles) -> f64 {
            step.quantile(self.share(), Tail::Light) / MS
        }
    }

    fn simulated(requests: usize, mut request: impl FnMut(&mut SplitMix) -> f64) -> [f64; 3] {
        let mut random = SplitMix(20_261_128);
        let mut times: Vec<f64> = (0..requests).map(|_| request(&mut random)).collect();
        times.sort_by(f64::total_cmp);
        [0.5, 0.95, 0.99].map(|share| times[(requests as f64 * share) as usize])
    }

    fn computed(distribution: &Distribution) -> [f64; 3] {
        [0.5, 0.95, 0.99].map(|share| distribution.quantile(share) / MS)
    }

    /// Within one cell of the grid, and what so many random requests may be off.
    fn agree(computed: [f64; 3], simulated: [f64; 3]) {
        for (ours, theirs) in computed.into_iter().zip(simulated) {
            assert!((ours / theirs - 1.0).abs() < 0.015, "{computed:?} is not {simulated:?}");
        }
    }

    /// The steps of the complete example: gateway, features, candidates, two models side by side, policy.
    fn restaurant() -> ([Percentiles; 4], [Percentiles; 2]) {
        ([step(3.0, 8.0), step(6.0, 18.0), step(8.0, 22.0), step(3.0, 8.0)], [step(11.0, 30.0), step(7.0, 19.0)])
    }

    fn restaurant_path() -> Distribution {
        let (serial, side_by_side) = restaurant();
        let block = Distribution::longest(&side_by_side.map(|step| Distribution::of(&step)));
        serial.iter().fold(block, |path, step| path.sum(&Distribution::of(step)))
    }

    #[test]
    fn the_path_of_the_restaurant_is_that_of_a_simulation() {
        let (serial, side_by_side) = restaurant();
        let simulated = simulated(200_000, |random| {
            let alone: f64 = serial.iter().map(|step| random.time(step)).sum();
            alone + side_by_side.iter().map(|step| random.time(step)).fold(0.0, f64::max)
        });
        agree(computed(&restaurant_path()), simulated);
        assert_eq!(computed(&restaurant_path()).map(f64::round), [34.0, 49.0, 57.0]);
    }

    #[test]
    fn retries_are_a_mixture() {
        let features = step(6.0, 18.0);
        let retried = Distribution::of(&features).retried(0.05, 2);
        let simulated = simulated(200_000, |random| {
            let mut time = random.time(&features);
            for _ in 0..2 {
                if random.share() > 0.05 {
                    break;
                }
                time += random.time(&features);
            }
            time
        });
        agree(computed(&retried), simulated);
        // With five failures in ten thousand, a retry shows in no percentile.
        let seldom = computed(&Distribution::of(&features).retried(0.0005, 2));
        assert!((seldom[0] - 6.0).abs() < 0.05 && (seldom[2] - 18.0).abs() < 0.2, "{seldom:?}");
    }

    #[test]
    fn ten_side_by_side_are_slower_than_one() {
        let shard = step(11.0, 38.0);
        let block = Distribution::longest(&vec![Distribution::of(&shard); 10]);
        let simulated = simulated(100_000, |random| (0..10).map(|_| random.time(&shard)).fold(0.0, f64::max));
        agree(computed(&block), simulated);
        let [median, _, slow] = computed(&block);
        assert!((median - 24.5).abs() < 0.3 && (slow - 57.0).abs() < 0.6, "{median} {slow}");
    }

    #[test]
    fn what_is_given_up_ends_with_the_fallback() {
        let answer = step(40.0, 95.0);
        let fallback = Distribution::constant(10.0 * MS);
        let whole = Distribution::of(&answer).given_up(80.0 * MS, &fallback);
        let simulated = simulated(100_000, |random| {
            let time = random.time(&answer);
            if time > 80.0 { 90.0 } else { time }
        });
        agree(computed(&whole), simulated);
        assert!(Distribution::of(&answer).given_up(500.0 * MS, &fallback).quantile(0.99) > 94.0 * MS);
    }

    #[test]
    fn a_sum_keeps_the_mean() {
        let mean = |distribution: &Distribution| distribution.cells().map(|(n, mass)| STEP.powi(n) * mass).sum::<f64>();
        let (a, b) = (Distribution::of(&step(6.0, 18.0)), Distribution::of(&step(11.0, 30.0)));
        assert!((mean(&a.sum(&b)) / (mean(&a) + mean(&b)) - 1.0).abs() < 1e-6);
        assert!((a.sum(&b).mass.iter().sum::<f64>() - 1.0).abs() < 1e-6);
    }

    #[test]
    fn the_tail_of_a_curve() {
        let curve = Percentiles::new(&[(0.5, 10.0), (0.95, 20.0), (0.99, 50.0)]).unwrap();
        for (share, time) in [(0.5, 10.0), (0.95, 20.0), (0.99, 50.0)] {
            assert!((curve.quantile(share, Tail::Light) - time).abs() < 1e-9);
            assert!((curve.share_within(time) - share).abs() < 1e-9);
        }
        // A hundredth of the late ones is ten times as late, with the Pareto tail of index 2.
        assert!(curve.quantile(0.9999, Tail::Heavy) >= 500.0 - 1e-6);
        assert!(Percentiles::new(&[(0.5, 10.0), (0.99, 5.0)]).is_none());
        assert!(Percentiles::new(&[(0.5, 0.0), (0.99, 5.0)]).is_none());
        assert!(Percentiles::new(&[(0.99, 5.0)]).is_none());
    }

    #[test]
    fn the_time_it_takes() {
        let start = std::time::Instant::now();
        let quantile = restaurant_path().quantile(0.99);
        println!("{:.1}ms in {:?}", quantile / MS, start.elapsed());
    }
}
