//! What quantities measure, and which measure a sum, product or quotient has.

use super::Currency;

/// What a quantity measures. Two quantities can be added and compared only within one dimension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dimension {
    /// A plain number: counts, ratios, percentages.
    Number,
    /// Time. Base unit: nanosecond.
    Duration,
    /// A number in time. Base unit: per second.
    Rate,
    /// Storage. Base unit: byte.
    Size,
    /// Money. Base unit: one of the currency.
    Money(Currency),
    /// Money in time. Base unit: per month of 30 days.
    Spend(Currency),
    /// Money per thing. Base unit: per one thing.
    Price(Currency),
}

/// A dimension whose currency is not yet known, as a type checker sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Measure {
    /// A plain number.
    Number,
    /// Time.
    Duration,
    /// A number in time.
    Rate,
    /// Storage.
    Size,
    /// Money.
    Money,
    /// Money in time.
    Spend,
    /// Money per thing.
    Price,
}

/// The word for a dimension in messages: `duration`, `money`.
pub fn dimension_word(dimension: Dimension) -> &'static str {
    dimension.measure().word()
}

impl Measure {
    /// All measures.
    pub const ALL: [Measure; 7] = [
        Measure::Number,
        Measure::Duration,
        Measure::Rate,
        Measure::Size,
        Measure::Money,
        Measure::Spend,
        Measure::Price,
    ];

    /// The word for it in messages.
    pub fn word(self) -> &'static str {
        match self {
            Measure::Number => "number",
            Measure::Duration => "duration",
            Measure::Rate => "rate",
            Measure::Size => "size",
            Measure::Money => "money",
            Measure::Spend => "spend",
            Measure::Price => "price",
        }
    }

    /// What a sum or difference of the two measures, if there is one.
    pub fn sum(a: Measure, b: Measure) -> Option<Measure> {
        (a == b).then_some(a)
    }

    /// What a product of the two measures, if there is one. A sum of money times a rate counts as money per event.
    pub fn product(a: Measure, b: Measure) -> Option<Measure> {
        use Measure::{Duration, Money, Number, Price, Rate, Spend};
        Some(match (a, b) {
            (Number, other) | (other, Number) => other,
            (Duration, Rate) | (Rate, Duration) => Number,
            (Duration, Spend) | (Spend, Duration) => Money,
            (Price | Money, Rate) | (Rate, Price | Money) => Spend,
            _ => return None,
        })
    }

    /// What `a` divided by `b` measures, if there is such a quotient.
    pub fn quotient(a: Measure, b: Measure) -> Option<Measure> {
        use Measure::{Duration, Money, Number, Price, Rate, Spend};
        Some(match (a, b) {
            (a, b) if a == b => Number,
            (other, Number) => other,
            (Number, Duration) => Rate,
            (Number, Rate) => Duration,
            (Money, Duration) => Spend,
            (Money, Spend) => Duration,
            (Money, Price) => Number,
            (Spend, Rate) => Price,
            (Spend, Price | Money) => Rate,
            _ => return None,
        })
    }
}

impl Dimension {
    /// The dimension without its currency.
    pub fn measure(self) -> Measure {
        match self {
            Dimension::Number => Measure::Number,
            Dimension::Duration => Measure::Duration,
            Dimension::Rate => Measure::Rate,
            Dimension::Size => Measure::Size,
            Dimension::Money(_) => Measure::Money,
            Dimension::Spend(_) => Measure::Spend,
            Dimension::Price(_) => Measure::Price,
        }
    }

    /// The currency, if money is in it.
    pub fn currency(self) -> Option<Currency> {
        match self {
            Dimension::Money(currency) | Dimension::Spend(currency) | Dimension::Price(currency) => Some(currency),
            _ => None,
        }
    }

    /// What a sum or difference of the two measures; none across currencies.
    pub fn sum(a: Dimension, b: Dimension) -> Option<Dimension> {
        (a == b).then_some(a)
    }

    /// What a product of the two measures.
    pub fn product(a: Dimension, b: Dimension) -> Option<Dimension> {
        Self::of(Measure::product(a.measure(), b.measure())?, a.currency().or(b.currency()))
    }

    /// What `a` divided by `b` measures; none across currencies.
    pub fn quotient(a: Dimension, b: Dimension) -> Option<Dimension> {
        if let (Some(one), Some(other)) = (a.currency(), b.currency())
            && one != other
        {
            return None;
        }
        Self::of(Measure::quotient(a.measure(), b.measure())?, a.currency().or(b.currency()))
    }

    fn of(measure: Measure, currency: Option<Currency>) -> Option<Dimension> {
        Some(match measure {
            Measure::Number => Dimension::Number,
            Measure::Duration => Dimension::Duration,
            Measure::Rate => Dimension::Rate,
            Measure::Size => Dimension::Size,
            Measure::Money => Dimension::Money(currency?),
            Measure::Spend => Dimension::Spend(currency?),
            Measure::Price => Dimension::Price(currency?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_commute_and_quotients_undo_them() {
        for a in Measure::ALL {
            for b in Measure::ALL {
                assert_eq!(Measure::product(a, b), Measure::product(b, a));
                if let Some(product) = Measure::product(a, b) {
                    let undone = Measure::quotient(product, b);
                    assert!(undone == Some(a) || (a, undone) == (Measure::Money, Some(Measure::Price)), "{a:?} {b:?}");
                }
            }
        }
    }

    #[test]
    fn a_quotient_keeps_a_currency_only_where_money_is_left() {
        let won = Currency(*b"KRW");
        let dollar = Currency(*b"USD");
        assert_eq!(Dimension::quotient(Dimension::Money(won), Dimension::Money(won)), Some(Dimension::Number));
        assert_eq!(Dimension::quotient(Dimension::Money(won), Dimension::Money(dollar)), None);
        assert_eq!(Dimension::product(Dimension::Price(won), Dimension::Rate), Some(Dimension::Spend(won)));
    }
}
