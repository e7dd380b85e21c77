//! The units in which quantities are written and shown.

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names say it; a month has 30 days, a year 365")]
pub enum TimeUnit {
    Microsecond,
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// How a quantity is shown to people: the unit in which it was written, and whether it was computed since.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    pub(super) mark: Notation,
    /// A computed number is shown with about 6 digits, a written one as it is.
    pub(super) computed: bool,
}

/// The part of a spelling that the amount does not tell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Notation {
    /// The normal form of the dimension.
    Base,
    /// `5%`.
    Percent,
    /// `1e-9`.
    Exponent,
    /// The largest unit of a duration.
    Time(TimeUnit),
    /// What a rate or spend is per.
    Per(TimeUnit),
    /// Bytes in powers of 1024; of 1000 otherwise.
    Binary,
    /// What a price is per: so many of a thing.
    Thing { count: Thousands, thing: Box<str> },
}

/// How many things a price is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Thousands {
    One,
    Thousand,
    Million,
}

impl TimeUnit {
    /// All units, largest first.
    pub const DESCENDING: [TimeUnit; 9] = [
        TimeUnit::Year,
        TimeUnit::Month,
        TimeUnit::Week,
        TimeUnit::Day,
        TimeUnit::Hour,
        TimeUnit::Minute,
        TimeUnit::Second,
        TimeUnit::Millisecond,
        TimeUnit::Microsecond,
    ];

    /// Its length in nanoseconds.
    pub fn nanoseconds(self) -> f64 {
        match self {
            TimeUnit::Microsecond => 1e3,
            TimeUnit::Millisecond => 1e6,
            TimeUnit::Second => 1e9,
            TimeUnit::Minute => 60e9,
            TimeUnit::Hour => 3_600e9,
            TimeUnit::Day => 86_400e9,
            TimeUnit::Week => 604_800e9,
            TimeUnit::Month => 2_592_000e9,
            TimeUnit::Year => 31_536_000e9,
        }
    }

    /// Its length in seconds.
    pub fn seconds(self) -> f64 {
        self.nanoseconds() / 1e9
    }

    /// The spelling after a number: `5m`, `3mo`.
    pub fn suffix(self) -> &'static str {
        match self {
            TimeUnit::Microsecond => "us",
            TimeUnit::Millisecond => "ms",
            TimeUnit::Second => "s",
            TimeUnit::Minute => "m",
            TimeUnit::Hour => "h",
            TimeUnit::Day => "d",
            TimeUnit::Week => "w",
            TimeUnit::Month => "mo",
            TimeUnit::Year => "y",
        }
    }

    /// The unit with this spelling after a number.
    pub(super) fn from_suffix(suffix: &str) -> Option<TimeUnit> {
        Self::DESCENDING.into_iter().find(|unit| unit.suffix() == suffix)
    }

    /// The spelling after a stroke: `350/min`, `4200 USD/month`.
    pub fn word(self) -> &'static str {
        match self {
            TimeUnit::Microsecond => "us",
            TimeUnit::Millisecond => "ms",
            TimeUnit::Second => "s",
            TimeUnit::Minute => "min",
            TimeUnit::Hour => "h",
            TimeUnit::Day => "day",
            TimeUnit::Week => "week",
            TimeUnit::Month => "month",
            TimeUnit::Year => "year",
        }
    }

    /// The word for one of it.
    pub fn noun(self) -> &'static str {
        match self {
            TimeUnit::Microsecond => "microsecond",
            TimeUnit::Millisecond => "millisecond",
            TimeUnit::Second => "second",
            TimeUnit::Minute => "minute",
            TimeUnit::Hour => "hour",
            TimeUnit::Day => "day",
            TimeUnit::Week => "week",
            TimeUnit::Month => "month",
            TimeUnit::Year => "year",
        }
    }

    /// The unit with this spelling after the stroke of a rate: seconds and longer.
    pub(super) fn from_word(word: &str) -> Option<TimeUnit> {
        Some(match word {
            "s" => TimeUnit::Second,
            "min" => TimeUnit::Minute,
            "h" => TimeUnit::Hour,
            "day" => TimeUnit::Day,
            "week" => TimeUnit::Week,
            "month" => TimeUnit::Month,
            "year" => TimeUnit::Year,
            _ => return None,
        })
    }
}

impl Thousands {
    pub(super) fn number(self) -> f64 {
        match self {
            Thousands::One => 1.0,
            Thousands::Thousand => 1e3,
            Thousands::Million => 1e6,
        }
    }

    pub(super) fn prefix(self) -> &'static str {
        match self {
            Thousands::One => "",
            Thousands::Thousand => "1k ",
            Thousands::Million => "1M ",
        }
    }
}

impl Unit {
    pub(super) fn written(mark: Notation) -> Self {
        Self { mark, computed: false }
    }

    pub(super) fn computed(mark: Notation) -> Self {
        Self { mark, computed: true }
    }
}
