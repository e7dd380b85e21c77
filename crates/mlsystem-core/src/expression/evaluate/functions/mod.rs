//! The functions that expressions may call: one table, from which come the checker, the evaluator and the reference page.

use super::Context;
use crate::expression::{Expr, Frame, List, Type, Unknown, Value};
use crate::units::Measure;

mod catalogue;
mod distribution;
mod fan_out;
mod files;
mod latency;
mod lists;
mod normal;
mod parameter;
mod places;
mod price;
mod promises;
mod recurrence;
mod requirements;
mod response_time;
mod rounding;
mod statistics;
mod systems;
mod texts;

use catalogue::FUNCTIONS;
pub(in crate::expression) use latency::PERCENTILES;

use parameter::{may_take, takes};

pub use parameter::{Parameter, Takes};

const NUMBER: Gives = Gives::Type(Type::Measure(Measure::Number));
const DURATION: Gives = Gives::Type(Type::Measure(Measure::Duration));

/// A function that expressions may call.
#[derive(Debug)]
pub struct Function {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub parameters: &'static [Parameter],
    /// What it gives, as far as its arguments tell.
    pub gives: Gives,
    /// What it is, in a sentence without a full stop.
    pub meaning: &'static str,
    /// How it is computed; may be empty.
    pub formula: &'static str,
    /// Where the formula or rule comes from; may be empty.
    pub source: &'static str,
    /// A call of it.
    pub example: &'static str,
    /// Whether it is called on a value, as in `text.contains("x")`.
    pub method: bool,
    /// Whether it is called by its name alone.
    pub global: bool,
    pub(super) run: for<'e, 'm> fn(&Call<'e, 'm>) -> Result<Value<'m>, Unknown>,
}

/// What a function gives.
#[derive(Debug, Clone, Copy)]
pub enum Gives {
    /// Always this.
    Type(Type<'static>),
    /// What its first argument is.
    Same,
    /// What the items of its first argument are.
    Item,
    /// A number of the sort of its first argument.
    Value,
    /// What its first argument names.
    NamedItem,
    /// A list of what its first argument is.
    Alike,
    /// A whole manifest.
    Manifest,
    /// A list of such.
    Manifests,
    /// An external of the workspace file.
    External,
}

/// A function by its number in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FunctionId(pub u8);

/// The arguments of one call.
pub(super) struct Call<'e, 'm> {
    pub context: Context<'e, 'm>,
    pub arguments: &'m [Expr<'m>],
}

/// All functions, in the order of the reference page.
pub fn functions() -> &'static [Function] {
    FUNCTIONS
}

/// Functions of which something else depends than their value. One that is called otherwise stops the build.
impl FunctionId {
    pub(in crate::expression) const AT: Self = Self::named("at");
    pub(in crate::expression) const NAME: Self = Self::named("name");
    pub(in crate::expression) const HAS: Self = Self::named("has");
    pub(in crate::expression) const DECIDED: Self = Self::named("decided");
    pub(in crate::expression) const AGAINST: Self = Self::named("against");
    const SYSTEM: Self = Self::named("system");
    const EXTERNAL: Self = Self::named("external");
    const RESOLVE: Self = Self::named("resolve");

    /// Whether what it gives has a place that a label can point at.
    pub fn names_a_place(self) -> bool {
        matches!(self, Self::AT | Self::SYSTEM | Self::EXTERNAL | Self::RESOLVE)
    }
}

impl FunctionId {
    /// The function so called.
    pub fn find(name: &str) -> Option<Self> {
        let index = FUNCTIONS.iter().position(|function| function.name == name)?;
        u8::try_from(index).ok().map(Self)
    }

    /// The function so called, for constants; a name that no function has stops the build.
    pub const fn named(name: &str) -> Self {
        let mut index = 0;
        while index < FUNCTIONS.len() {
            if same(FUNCTIONS[index].name.as_bytes(), name.as_bytes()) {
                return Self(index as u8);
            }
            index += 1;
        }
        panic!("no function is called so")
    }

    /// What it is.
    pub fn function(self) -> &'static Function {
        FUNCTIONS.get(usize::from(self.0)).unwrap_or(&FUNCTIONS[0])
    }
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut index = 0;
    while index < a.len() {
        if a[index] != b[index] {
            return false;
        }
        index += 1;
    }
    true
}

impl Function {
    /// How it is called: `half_width(share, n, other)`.
    pub fn signature(&self) -> String {
        let mut names: Vec<&str> = self.parameters.iter().map(|parameter| parameter.name).collect();
        let on = if self.method && !self.global { format!("{}.", names.remove(0)) } else { String::new() };
        format!("{on}{}({})", self.name, names.join(", "))
    }
}

impl<'m> Call<'_, 'm> {
    pub fn frame(&self) -> &Frame<'m> {
        self.context.frame
    }

    fn argument(&self, index: usize) -> Result<&'m Expr<'m>, Unknown> {
        self.arguments.get(index).ok_or(Unknown::Fault("an argument is missing"))
    }

    pub fn value(&self, index: usize) -> Result<Value<'m>, Unknown> {
        self.context.evaluate(self.argument(index)?)
    }

    /// The items of a list, all of which must be known.
    pub fn values(&self, index: usize) -> Result<Vec<Value<'m>>, Unknown> {
        let list = self.context.list(self.value(index)?)?;
        self.frame().steps_taken(list.len())?;
        self.frame().makes(List::bytes(list.len()))?;
        list.iter().map(|item| self.context.read(item)).collect()
    }

    pub fn text(&self, index: usize) -> Result<String, Unknown> {
        let value = self.value(index)?;
        let text = value.as_text().ok_or(NO_OVERLOAD)?;
        self.frame().steps_taken(text.len() / 64)?;
        Ok(text.to_owned())
    }

    /// A number without a dimension.
    pub fn number(&self, index: usize) -> Result<f64, Unknown> {
        match self.value(index)? {
            Value::Double(number) => Ok(number),
            value => {
                let quantity = value.as_quantity().ok_or(NO_OVERLOAD)?;
                if quantity.dimension == crate::units::Dimension::Number {
                    Ok(quantity.amount)
                } else {
                    Err(Unknown::Incomparable)
                }
            }
        }
    }
}

const NO_OVERLOAD: Unknown = Unknown::Fault("the function does not take these values");

/// What is called like a function and is part of the language: the call, and what it gives.
pub const FORMS: &[(&str, &str)] = &[
    (
        "says(place, word, …)",
        "whether the place is written and is one of the words, or its list has one; false where nothing is written",
    ),
    (
        "list.exists(item, condition)",
        "whether some item meets the condition; over a map of named items, `item` is the item",
    ),
    ("list.all(item, condition)", "whether each item meets it"),
    ("list.exists_one(item, condition)", "whether exactly one does"),
    ("list.filter(item, condition)", "the items that do"),
    ("list.map(item, value)", "the value for each item"),
    ("duration(\"30d\")", "a duration, as a manifest writes it"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_function_is_documented_once() {
        let mut names: Vec<&str> = functions().iter().map(|function| function.name).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
        for function in functions() {
            assert!(!function.meaning.is_empty() && !function.meaning.ends_with('.'), "{}", function.name);
            assert!(function.example.contains(function.name), "{}", function.name);
            assert!(function.method || function.global, "{}", function.name);
        }
    }
}
