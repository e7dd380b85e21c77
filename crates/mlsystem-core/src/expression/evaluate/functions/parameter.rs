//! What functions take.

use super::latency::PARALLEL;
use crate::expression::Type;
use crate::schema::Schema;
use crate::units::{Measure, ScalarType};

/// What a function takes at one place.
#[derive(Debug, Clone, Copy)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What may stand there.
    pub takes: Takes,
    /// Whether it may be left out.
    pub optional: bool,
}

/// What may stand for a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words of `Takes::words` say what each is")]
pub enum Takes {
    Anything,
    Location,
    NamedItem,
    List,
    ListOrText,
    Quantities,
    QuantitiesOrRange,
    Ordered,
    Steps,
    Percentile,
    Text,
    Number,
    Duration,
    Quantity,
    Comparison,
    Promise,
    Requirement,
    Places,
    Region,
}

impl Takes {
    /// Whether a value of this type may stand here.
    pub(in crate::expression) fn admits(self, of: Type<'_>, schema: &Schema) -> bool {
        if matches!(of, Type::Any | Type::Nothing) {
            return true;
        }
        let time = |of: Type<'_>| of.measure() == Some(Measure::Duration) || of == Type::Quantity;
        let quantity = |of: Type<'_>| of.measure().is_some() || of == Type::Quantity;
        let items = |test: &dyn Fn(Type<'_>) -> bool| of.items().into_iter().any(test);
        let loose = |of: Type<'_>| matches!(of, Type::Any | Type::Nothing);
        match self {
            Self::Anything | Self::Location => true,
            Self::NamedItem => {
                of.is_text()
                    || matches!(of, Type::Record(_) | Type::Row(_) | Type::Measure(_) | Type::Quantity)
                    || matches!(of, Type::Int | Type::Bool | Type::Scalar(_) | Type::Map(..))
            }
            Self::List => !of.items().is_empty(),
            Self::ListOrText => !of.items().is_empty() || of.is_text(),
            Self::Quantities => items(&|of| quantity(of) || loose(of)),
            Self::QuantitiesOrRange => {
                items(&|of| quantity(of) || loose(of) || of == Type::Scalar(ScalarType::Date))
                    || of == Type::Scalar(ScalarType::Range)
                    || quantity(of)
            }
            Self::Ordered => items(&|of| {
                quantity(of)
                    || loose(of)
                    || of.is_text()
                    || matches!(of, Type::Scalar(ScalarType::Date | ScalarType::Period))
            }),
            Self::Steps => items(&|of| match of {
                Type::Record(id) => schema.record(id).field(PARALLEL.key()).is_some(),
                of => loose(of),
            }),
            Self::Percentile | Self::Text => of.is_text(),
            Self::Number => of.measure() == Some(Measure::Number) || of == Type::Quantity,
            Self::Duration => time(of),
            Self::Quantity => quantity(of) || matches!(of, Type::Scalar(ScalarType::Range | ScalarType::Limit)),
            Self::Comparison => of == Type::Scalar(ScalarType::Comparison),
            Self::Promise => matches!(of, Type::Scalar(ScalarType::Comparison | ScalarType::Alert)),
            Self::Requirement => of == Type::Scalar(ScalarType::Requirement),
            Self::Places => items(&|of| of.is_text() || loose(of)),
            Self::Region => of.is_text(),
        }
    }

    /// The words for it in messages.
    pub fn words(self) -> &'static str {
        match self {
            Self::Anything => "any value",
            Self::Location => "a place of the manifest",
            Self::NamedItem => "something with a name",
            Self::List => "a list",
            Self::ListOrText => "a list or a text",
            Self::Quantities => "a list of quantities",
            Self::QuantitiesOrRange => "a list of quantities, or a range",
            Self::Ordered => "a list of what has an order",
            Self::Steps => "a list of the steps of a request",
            Self::Percentile => "a percentile of a step, such as \"p99\"",
            Self::Text => "a text",
            Self::Number => "a number",
            Self::Duration => "a duration",
            Self::Quantity => "a quantity",
            Self::Comparison => "a comparison",
            Self::Promise => "a comparison or an alert",
            Self::Requirement => "a requirement",
            Self::Places => "a list of regions or languages",
            Self::Region => "a region or language",
        }
    }
}

pub(super) const fn takes(name: &'static str, takes: Takes) -> Parameter {
    Parameter { name, takes, optional: false }
}

pub(super) const fn may_take(name: &'static str, takes: Takes) -> Parameter {
    Parameter { name, takes, optional: true }
}
