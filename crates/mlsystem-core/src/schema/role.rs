//! What a field is to the program beyond its type, as the outline marks it.

use super::Type;
use crate::units::ScalarType;

/// What a field is to the program beyond its type. The outline says it with a mark after the type: `achieved: value @achieved`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// `@target`: a value that a metric is to reach. All values of one metric have one dimension, and a bare number needs
    /// the direction of the metric.
    Target,
    /// `@achieved`: the value that a metric has, for which the metric itself stands in a requirement.
    Achieved,
    /// `@measured`: another value of a metric, in which a bare number takes the dimension of the metric.
    Measured,
    /// `@metric`: the name of the metric that the values of the record are of; in other records it is the name of the item.
    Metric,
    /// `@direction`: which values of the metric are better.
    Direction,
    /// `@watched`: the places of the manifest that a signal watches.
    Watched,
    /// `@alert`: the values of what is watched at which its alert fires.
    Alert,
    /// `@method`: how the figure of a signal is computed, where it is not the watched value itself.
    Method,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 8] = [
        Self::Target,
        Self::Achieved,
        Self::Measured,
        Self::Metric,
        Self::Direction,
        Self::Watched,
        Self::Alert,
        Self::Method,
    ];

    /// The mark without its `@`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::Achieved => "achieved",
            Self::Measured => "measured",
            Self::Metric => "metric",
            Self::Direction => "direction",
            Self::Watched => "watched",
            Self::Alert => "alert",
            Self::Method => "method",
        }
    }

    /// The role with this mark.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }

    /// Whether a field of this type may have the role. Of a map or list of values, the values are meant.
    pub fn fits(self, of: Type) -> bool {
        match (self, of) {
            (Self::Target | Self::Achieved | Self::Measured, Type::Map(_, of)) => self.fits(*of),
            (Self::Target, of) => of == Type::Scalar(ScalarType::Comparison),
            (Self::Achieved | Self::Measured, of) => of == Type::Scalar(ScalarType::Value),
            (Self::Metric, Type::Either(types)) => types.iter().any(|of| self.fits(*of)),
            (Self::Metric, of) => matches!(of, Type::Scalar(ScalarType::Name) | Type::Reference { .. }),
            (Self::Direction, Type::Words { words, .. }) => ["higher", "lower"].iter().all(|word| words.contains(word)),
            (Self::Watched, of) => matches!(of, Type::List(Type::Reference { .. })),
            (Self::Alert, of) => of == Type::Scalar(ScalarType::Alert),
            (Self::Method, of) => matches!(of, Type::Scalar(_)),
            (Self::Direction, _) => false,
        }
    }
}
