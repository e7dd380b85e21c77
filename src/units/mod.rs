//! Quantities and other typed scalars: what people write in a field, read from its raw text.
//!
//! Reading a scalar gives a value or a [`Wrong`], which says what is wrong and proposes the right spelling. Nothing here
//! knows of files, places or the manifest.

use std::ops::Range as Bytes;

/// The scalar types of the format. Each has one pattern, one reader and one normal form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are those of the format's reference page")]
pub enum ScalarType {
    Duration,
    Interval,
    Percentage,
    Ratio,
    Change,
    Count,
    Integer,
    Number,
    Rate,
    Size,
    Sum,
    Spend,
    Price,
    Limit,
    Value,
    Date,
    Period,
    Range,
    Comparison,
    Alert,
    Test,
    Requirement,
    Bool,
    Text,
    Label,
    Team,
    Name,
    SystemName,
    /// A place of the manifest itself: `serving.latency.p99`.
    Field,
    Path,
    Version,
    Licence,
    Region,
    Language,
}

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

/// An ISO 4217 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency(pub [u8; 3]);

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

/// What is wrong with a scalar, and what to write instead.
#[derive(Debug, Clone, PartialEq)]
pub struct Wrong {
    /// What is wrong: lower case, no full stop, under 60 characters, the written text in backticks where it is short.
    pub message: String,
    /// What to write instead, likeliest first.
    pub proposals: Vec<Proposal>,
    /// Words for people where no spelling can be proposed.
    pub advice: Option<String>,
    /// The bytes of the raw text to underline; all of it when absent.
    pub part: Option<Bytes<usize>>,
}

/// One spelling to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The spelling.
    pub text: String,
    /// Whether it certainly means the same, so that a program may apply it.
    pub certain: bool,
}
