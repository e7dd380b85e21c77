//! Thresholds of lints that a workspace may set.

use super::LintOption;
use crate::expression::{Amount, Binding, Text, Type, Value};
use crate::units::{self, Measure, Scalar, ScalarType};

impl LintOption<'_> {
    /// What expressions take it for.
    pub fn of(&self) -> Type<'static> {
        type_of(self.default)
    }

    /// What may stand in place of the default, in words.
    pub fn wanted(&self) -> &'static str {
        match self.of() {
            Type::Measure(Measure::Duration) => "a duration",
            Type::Measure(Measure::Money) => "a sum of money",
            Type::Measure(Measure::Number) => "a number",
            Type::Measure(_) => "a quantity of the same dimension",
            Type::Bool => "true or false",
            _ => "a text",
        }
    }

    /// Whether `text` may stand in place of the default: a quantity of the same measure, a truth value, or a text.
    pub fn admits(&self, text: &str) -> bool {
        !text.is_empty() && type_of(text) == self.of()
    }
}

fn type_of(text: &str) -> Type<'static> {
    match units::read(ScalarType::Value, text) {
        Ok(Scalar::Quantity(quantity)) => Type::Measure(quantity.dimension.measure()),
        _ if matches!(text, "true" | "false") => Type::Bool,
        _ => Type::Text,
    }
}

/// The value that a written option is to expressions.
pub fn local(text: &str) -> Binding<'_> {
    Binding::Value(match units::read(ScalarType::Value, text) {
        Ok(Scalar::Quantity(quantity)) => Value::Quantity(Amount::Computed(Box::new(quantity))),
        _ if matches!(text, "true" | "false") => Value::Bool(text == "true"),
        _ => Value::Text(Text::Written(text)),
    })
}
