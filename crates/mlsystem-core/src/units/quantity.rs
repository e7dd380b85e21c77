//! A number with its dimension: arithmetic, comparison, and the normal form in which people see it.

use std::cmp::Ordering;
use std::fmt::{Display, Formatter, Result as Written};

use super::decimal::{for_people, plain, rounded};
use super::unit::{Notation, Thousands};
use super::{Currency, Dimension, TimeUnit, Unit, duration, money, size};

/// Two amounts are equal when they differ by no more than this share of the larger one.
const TOLERANCE: f64 = 1e-9;

/// A number with its dimension, in base units.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// The number, in the base unit of the dimension. Finite.
    pub amount: f64,
    /// What it measures.
    pub dimension: Dimension,
    /// The unit in which it is shown to people; that of the left operand after arithmetic.
    pub shown_in: Unit,
}

impl Quantity {
    /// A computed quantity in the normal form of its dimension; none when the amount is not finite.
    pub fn new(amount: f64, dimension: Dimension) -> Option<Self> {
        Self::computed(amount, dimension, Notation::Base)
    }

    /// A plain number, which must be finite.
    pub fn number(amount: f64) -> Self {
        Self { amount, dimension: Dimension::Number, shown_in: Unit::written(Notation::Base) }
    }

    /// A duration of so many nanoseconds, which must be finite.
    pub fn duration(nanoseconds: f64) -> Self {
        Self { amount: nanoseconds, dimension: Dimension::Duration, shown_in: Unit::written(Notation::Base) }
    }

    /// The amount as it was written; none when it is too large for a number.
    pub(super) fn written(amount: f64, dimension: Dimension, mark: Notation) -> Option<Self> {
        amount.is_finite().then(|| Self { amount, dimension, shown_in: Unit::written(mark) })
    }

    fn computed(amount: f64, dimension: Dimension, mark: Notation) -> Option<Self> {
        amount.is_finite().then(|| Self { amount, dimension, shown_in: Unit::computed(mark) })
    }

    /// The sum; none across dimensions or currencies, and when it is too large.
    pub fn checked_add(&self, other: &Quantity) -> Option<Quantity> {
        let dimension = Dimension::sum(self.dimension, other.dimension)?;
        Self::computed(self.amount + other.amount, dimension, self.shown_in.mark.clone())
    }

    /// The difference; none across dimensions or currencies, and when it is too large. Equal quantities leave zero.
    pub fn checked_sub(&self, other: &Quantity) -> Option<Quantity> {
        let dimension = Dimension::sum(self.dimension, other.dimension)?;
        let difference = if nearly_equal(self.amount, other.amount) { 0.0 } else { self.amount - other.amount };
        Self::computed(difference, dimension, self.shown_in.mark.clone())
    }

    /// The product; none where there is no such product, and when it is too large.
    pub fn checked_mul(&self, other: &Quantity) -> Option<Quantity> {
        let dimension = Dimension::product(self.dimension, other.dimension)?;
        let product = self.coherent() * other.coherent() * coherence(dimension);
        Self::computed(product, dimension, self.mark_beside(other, dimension))
    }

    /// The quotient; none where there is no such quotient, on division by zero, and when it is too large.
    pub fn checked_div(&self, other: &Quantity) -> Option<Quantity> {
        let dimension = Dimension::quotient(self.dimension, other.dimension)?;
        if other.amount == 0.0 {
            return None;
        }
        let quotient = self.coherent() / other.coherent() * coherence(dimension);
        let same = self.dimension == other.dimension && self.shown_in.mark == other.shown_in.mark;
        let mark = if same { Notation::Base } else { self.mark_beside(other, dimension) };
        Self::computed(quotient, dimension, mark)
    }

    /// The order of the two; none across dimensions or currencies.
    ///
    /// There is one tolerance: amounts within 1e-9 of the larger one are equal, so that 0.1 + 0.2 equals 0.3 and a bound
    /// that is just met holds. Durations of whole months and years are compared by the calendar, in which `12mo` is `1y`.
    pub fn compare(&self, other: &Quantity) -> Option<Ordering> {
        if self.dimension != other.dimension {
            return None;
        }
        Some(match (self.calendar_months(), other.calendar_months()) {
            (Some(a), Some(b)) => compare_amounts(a, b),
            _ => compare_amounts(self.amount, other.amount),
        })
    }

    /// How many calendar months a duration is that is written in months or years and has nothing left over; none of any
    /// other quantity.
    pub fn calendar_months(&self) -> Option<f64> {
        let days = self.amount / TimeUnit::Day.nanoseconds();
        let (years, rest) = match (self.dimension, &self.shown_in.mark) {
            (Dimension::Duration, Notation::Time(TimeUnit::Year)) => ((days / 365.0).floor(), days % 365.0),
            (Dimension::Duration, Notation::Time(TimeUnit::Month)) => (0.0, days),
            _ => return None,
        };
        (rest % 30.0 == 0.0).then_some(years * 12.0 + rest / 30.0)
    }

    /// The same quantity with the digits that people are shown, never more than it is (`up` false) or never less: what a
    /// text may propose as a promise or as a budget, so that following it is enough.
    pub fn rounded(&self, up: bool) -> Quantity {
        let scale = self.shown_scale();
        let shown = self.amount * scale;
        let magnitude = shown.abs();
        if magnitude == 0.0 || !magnitude.is_finite() {
            return self.clone();
        }
        let step = match self.dimension {
            Dimension::Duration if magnitude >= 1e15 => 1e9,
            _ if magnitude >= 1e6 && self.dimension != Dimension::Duration => 1.0,
            _ => 10f64.powf(magnitude.log10().floor() - 5.0),
        };
        let steps = shown / step;
        let nearest = steps.round();
        let whole = match (nearly_equal(steps, nearest), up) {
            (true, _) => nearest,
            (false, true) => steps.ceil(),
            (false, false) => steps.floor(),
        };
        let mut rounded = self.clone();
        rounded.amount = rounded_off(whole * step) / scale;
        rounded.shown_in.computed = true;
        rounded
    }

    /// What a price is written to be for: `tokens`; none where it is written without, and of anything else.
    pub fn thing(&self) -> Option<&str> {
        match &self.shown_in.mark {
            Notation::Thing { thing, .. } => Some(thing),
            _ => None,
        }
    }

    /// What the amount is multiplied with to give the number that is shown.
    fn shown_scale(&self) -> f64 {
        match (self.dimension, &self.shown_in.mark) {
            (Dimension::Number, Notation::Percent) => 100.0,
            (Dimension::Rate, Notation::Per(unit)) => unit.seconds(),
            (Dimension::Spend(_), Notation::Per(unit)) => money::months(*unit),
            (Dimension::Price(_), Notation::Thing { count, .. }) => count.number(),
            _ => 1.0,
        }
    }

    /// The same quantity with the other sign.
    pub fn negated(mut self) -> Quantity {
        self.amount = -self.amount;
        self
    }

    /// The same size as whole bytes, for a comparison of decimal with binary; other quantities as they are.
    pub fn in_bytes(&self) -> String {
        if self.dimension == Dimension::Size {
            format!("{}B", plain(for_people(self.amount, self.shown_in.computed)))
        } else {
            self.to_string()
        }
    }

    /// The share of a whole as a percentage, whatever way it was written; other quantities as they are.
    pub fn in_percent(&self) -> String {
        if self.dimension == Dimension::Number {
            let percent = self.amount * 100.0;
            let percent = if self.shown_in.computed { near_a_whole(percent) } else { for_people(percent, false) };
            format!("{}%", plain(percent))
        } else {
            self.to_string()
        }
    }

    /// The same rate or spend, shown per another stretch of time; none of anything else.
    pub fn per(&self, unit: TimeUnit) -> Option<Quantity> {
        match self.dimension {
            Dimension::Rate | Dimension::Spend(_) => Self::computed(self.amount, self.dimension, Notation::Per(unit)),
            _ => None,
        }
    }

    /// The same price, shown for one thing; none of anything else.
    pub fn for_one(&self) -> Option<Quantity> {
        match (self.dimension, &self.shown_in.mark) {
            (Dimension::Price(_), Notation::Thing { thing, .. }) => {
                let mark = Notation::Thing { count: Thousands::One, thing: thing.clone() };
                Self::computed(self.amount, self.dimension, mark)
            }
            _ => None,
        }
    }

    /// The amount in units that multiply without a factor: seconds, per second.
    fn coherent(&self) -> f64 {
        self.amount / coherence(self.dimension)
    }

    /// The mark of the operand that has the dimension of the result, the left one first.
    fn mark_beside(&self, other: &Quantity, dimension: Dimension) -> Notation {
        if self.dimension == dimension {
            self.shown_in.mark.clone()
        } else if other.dimension == dimension {
            other.shown_in.mark.clone()
        } else {
            Notation::Base
        }
    }
}

/// Base units in one coherent unit.
fn coherence(dimension: Dimension) -> f64 {
    match dimension {
        Dimension::Duration => 1e9,
        Dimension::Spend(_) => TimeUnit::Month.seconds(),
        _ => 1.0,
    }
}

/// Three digits, or as many as tell a percentage from 100%: 100.1% is not 100%.
fn near_a_whole(percent: f64) -> f64 {
    let digits = (3..=6).find(|digits| rounded(percent, *digits) != 100.0 || nearly_equal(percent, 100.0));
    rounded(percent, digits.unwrap_or(6))
}

/// Free of the noise of floating point.
fn rounded_off(amount: f64) -> f64 {
    rounded(amount, 15)
}

fn nearly_equal(a: f64, b: f64) -> bool {
    (a - b).abs() <= TOLERANCE * a.abs().max(b.abs())
}

/// The order of two amounts of one dimension, with the tolerance of [`Quantity::compare`].
pub(super) fn compare_amounts(a: f64, b: f64) -> Ordering {
    if nearly_equal(a, b) { Ordering::Equal } else { a.total_cmp(&b) }
}

impl Display for Quantity {
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        let computed = self.shown_in.computed;
        let shown = |amount: f64| plain(for_people(amount, computed));
        match (self.dimension, &self.shown_in.mark) {
            (Dimension::Number, Notation::Percent) => write!(f, "{}%", shown(self.amount * 100.0)),
            (Dimension::Number, Notation::Exponent)
                if !(1e-6..1e15).contains(&self.amount.abs()) && self.amount != 0.0 =>
            {
                write!(f, "{:e}", for_people(self.amount, false))
            }
            (Dimension::Number, _) => f.write_str(&shown(self.amount)),
            (Dimension::Duration, mark) => f.write_str(&duration::display(self.amount, mark, computed)),
            (Dimension::Size, mark) => f.write_str(&size::display(self.amount, mark, computed)),
            (Dimension::Rate, mark) => {
                let unit = if let Notation::Per(unit) = mark { *unit } else { TimeUnit::Second };
                write!(f, "{}/{}", shortened(for_people(self.amount * unit.seconds(), computed)), unit.word())
            }
            (Dimension::Money(currency), _) => write!(f, "{} {currency}", shown(self.amount)),
            (Dimension::Spend(currency), mark) => {
                let unit = if let Notation::Per(unit) = mark { *unit } else { TimeUnit::Month };
                let amount = self.amount * money::months(unit);
                write!(f, "{} {currency}/{}", shown(amount), unit.word())
            }
            (Dimension::Price(currency), Notation::Thing { count, thing }) => {
                write!(f, "{} {currency}/{}{thing}", shown(self.amount * count.number()), count.prefix())
            }
            (Dimension::Price(currency), _) => write!(f, "{} {currency}", shown(self.amount)),
        }
    }
}

/// Millions and more as people write them where that loses nothing and is short: `4M`, `1.25M`.
fn shortened(amount: f64) -> String {
    for (factor, suffix) in [(1e9, "G"), (1e6, "M")] {
        let text = plain(for_people(amount / factor, false));
        if amount >= factor && text.len() <= 5 {
            return text + suffix;
        }
    }
    plain(amount)
}

impl Display for Currency {
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        self.0.iter().try_for_each(|letter| write!(f, "{}", char::from(*letter)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::value;

    fn value(raw: &str) -> Quantity {
        value::parse(raw).unwrap_or_else(|| panic!("{raw}"))
    }

    fn result(computed: Option<Quantity>) -> String {
        computed.map_or_else(|| "none".to_owned(), |quantity| quantity.to_string())
    }

    #[test]
    fn arithmetic_is_typed() {
        let product = |a, b| result(value(a).checked_mul(&value(b)));
        assert_eq!(product("1200/s", "1d"), "103680000");
        assert_eq!(product("450 EUR/day", "30d"), "13500 EUR");
        assert_eq!(product("0.002 EUR/request", "10/s"), "51840 EUR/month");
        assert_eq!(product("3", "80ms"), "240ms");
        assert_eq!(product("80ms", "3"), "240ms");
        assert_eq!(product("50%", "3 USD"), "1.5 USD");
        assert_eq!(product("80ms", "80ms"), "none");
        assert_eq!(product("3 USD", "3 USD"), "none");

        let quotient = |a, b| result(value(a).checked_div(&value(b)));
        assert_eq!(quotient("1d", "6h"), "4");
        assert_eq!(quotient("5%", "1%"), "5");
        assert_eq!(quotient("100", "10s"), "10/s");
        assert_eq!(quotient("100", "10/s"), "10s");
        assert_eq!(quotient("900 USD", "90d"), "300 USD/month");
        assert_eq!(quotient("900 USD/month", "10/s"), "0.0000347222 USD");
        assert_eq!(quotient("4.2GB", "1GB"), "4.2");
        assert_eq!(quotient("3 USD", "1 EUR"), "none");
        assert_eq!(quotient("3 USD", "0"), "none");
        assert_eq!(quotient("100ms", "3"), "33.3333ms");

        let sum = |a, b| result(value(a).checked_add(&value(b)));
        assert_eq!(sum("80ms", "24ms"), "104ms");
        assert_eq!(sum("0.1", "0.2"), "0.3");
        assert_eq!(sum("3 USD", "4 EUR"), "none");
        assert_eq!(sum("30/h", "1/s"), "3630/h");
        assert_eq!(sum("2w", "1d"), "15d");
        assert_eq!(sum("2w", "7d"), "3w");

        let difference = |a, b| result(value(a).checked_sub(&value(b)));
        assert_eq!(difference("0.3", "0.3"), "0");
        assert_eq!(difference("1h", "1h30m"), "-30m");
        assert_eq!(result(value("1e308").checked_mul(&value("1e308"))), "none");
    }

    #[test]
    fn equal_is_met() {
        let sum = value("0.1").checked_add(&value("0.2")).expect("a sum");
        assert_eq!(sum.compare(&value("0.3")), Some(Ordering::Equal));
        assert_eq!(value("95%").compare(&value("0.95")), Some(Ordering::Equal));
        assert_eq!(value("1kB").compare(&value("1KiB")), Some(Ordering::Less));
        assert_eq!(value("60/min").compare(&value("1/s")), Some(Ordering::Equal));
        assert_eq!(value("1 USD").compare(&value("1 EUR")), None);
        assert_eq!(value("1").compare(&value("1s")), None);
        assert_eq!(value("0.300001").compare(&value("0.3")), Some(Ordering::Greater));
    }

    #[test]
    fn months_and_years_are_of_the_calendar() {
        for (a, b, order) in [
            ("12mo", "1y", Ordering::Equal),
            ("60mo", "5y", Ordering::Equal),
            ("59mo", "5y", Ordering::Less),
            ("18mo", "1y6mo", Ordering::Equal),
            ("1y", "365d", Ordering::Equal),
            ("1mo", "30d", Ordering::Equal),
            ("12mo", "360d", Ordering::Equal),
            ("1y5d", "12mo", Ordering::Greater),
        ] {
            assert_eq!(value(a).compare(&value(b)), Some(order), "{a} {b}");
        }
        assert_eq!(value("1000 USD/month").compare(&value("12000 USD/year")), Some(Ordering::Equal));
        assert_eq!(value("12000 USD/year").to_string(), "12000 USD/year");
    }

    #[test]
    fn what_is_proposed_is_rounded_to_the_safe_side() {
        let product = value("99.97%").checked_mul(&value("99.93%")).and_then(|part| part.checked_mul(&value("99.95%")));
        let product = product.expect("a product");
        assert_eq!(product.to_string(), "99.8501%");
        let down = product.rounded(false).to_string();
        assert_eq!(down, "99.85%");
        assert!(value(&down).compare(&product) == Some(Ordering::Less));
        let third = value("10000 USD/month").checked_mul(&value("0.142857142857")).expect("a product");
        assert_eq!(third.to_string(), "1428.57 USD/month");
        assert_eq!(third.rounded(true).to_string(), "1428.58 USD/month");
        assert_eq!(value("95ms").rounded(true).to_string(), "95ms");
        assert_eq!(value("100ms").checked_div(&value("3")).expect("a third").rounded(true).to_string(), "33.3334ms");
        assert_eq!(value("0").rounded(true).to_string(), "0");
    }

    #[test]
    fn other_forms() {
        assert_eq!(value("2GiB").in_bytes(), "2147483648B");
        assert_eq!(value("0.029").in_percent(), "2.9%");
        let sum = |a, b| value(a).checked_add(&value(b)).expect("a sum").in_percent();
        assert_eq!(sum("0.667", "0.334"), "100.1%");
        assert_eq!(sum("0.7", "0.3"), "100%");
        assert_eq!(sum("0.1", "0.23456"), "33.5%");
    }
}
