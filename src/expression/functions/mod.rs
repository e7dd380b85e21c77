//! The functions that expressions may call: one table, from which come the checker, the evaluator and the reference page.

use super::evaluate::Context;
use super::types::BOUNDS;
use super::{Expr, Frame, Type, Unknown, Value};
use crate::schema::Schema;
use crate::units::{Measure, ScalarType};

mod latency;
mod lists;
mod places;
mod promises;
mod requirements;
mod statistics;
mod texts;

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
    Place,
    Named,
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

/// What a function gives.
#[derive(Debug, Clone, Copy)]
pub enum Gives {
    /// Always this.
    Type(Type),
    /// What its first argument is.
    Same,
    /// What the items of its first argument are.
    Item,
    /// A number of the sort of its first argument.
    Value,
    /// What its first argument names.
    Named,
}

/// A function by its number in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FunctionId(pub u8);

/// The arguments of one call.
pub(super) struct Call<'e, 'm> {
    pub context: Context<'e, 'm>,
    pub arguments: &'static [Expr],
}

/// All functions, in the order of the reference page.
pub fn functions() -> &'static [Function] {
    FUNCTIONS
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

impl Takes {
    /// Whether a value of this type may stand here.
    pub(super) fn admits(self, of: Type, schema: &Schema) -> bool {
        if matches!(of, Type::Any | Type::Nothing) {
            return true;
        }
        let time = |of: Type| of.measure() == Some(Measure::Duration) || of == Type::Quantity;
        let quantity = |of: Type| of.measure().is_some() || of == Type::Quantity;
        let items = |test: &dyn Fn(Type) -> bool| of.item().is_some_and(|item| item.each().into_iter().any(test));
        let loose = |of: Type| matches!(of, Type::Any | Type::Nothing);
        match self {
            Self::Anything | Self::Place => true,
            Self::Named => {
                of.is_text()
                    || matches!(of, Type::Record(_) | Type::Row(_) | Type::Measure(_) | Type::Quantity)
                    || matches!(of, Type::Int | Type::Bool | Type::Scalar(_) | Type::Map(..))
            }
            Self::List => of.item().is_some(),
            Self::ListOrText => of.item().is_some() || of.is_text(),
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
                Type::Record(id) => schema.record(id).field("parallel").is_some(),
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
            Self::Place => "a place of the manifest",
            Self::Named => "something with a name",
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

impl<'m> Call<'_, 'm> {
    pub fn frame(&self) -> &Frame<'m> {
        self.context.frame
    }

    fn argument(&self, index: usize) -> Result<&'static Expr, Unknown> {
        self.arguments.get(index).ok_or(Unknown::Fault("an argument is missing"))
    }

    pub fn value(&self, index: usize) -> Result<Value<'m>, Unknown> {
        self.context.evaluate(self.argument(index)?)
    }

    /// The items of a list, all of which must be known.
    pub fn values(&self, index: usize) -> Result<Vec<Value<'m>>, Unknown> {
        let list = self.context.list(self.value(index)?)?;
        self.frame().steps_taken(list.len())?;
        list.iter().map(|item| self.context.read(item)).collect()
    }

    pub fn text(&self, index: usize) -> Result<String, Unknown> {
        let value = self.value(index)?;
        value.as_text().map(str::to_owned).ok_or(NO_OVERLOAD)
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

const NUMBER: Gives = Gives::Type(Type::Measure(Measure::Number));
const DURATION: Gives = Gives::Type(Type::Measure(Measure::Duration));
const BOOL: Gives = Gives::Type(Type::Bool);

const fn takes(name: &'static str, takes: Takes) -> Parameter {
    Parameter { name, takes, optional: false }
}

const fn may_take(name: &'static str, takes: Takes) -> Parameter {
    Parameter { name, takes, optional: true }
}

const FUNCTIONS: &[Function] = &[
    Function {
        name: "size",
        parameters: &[takes("list", Takes::ListOrText)],
        gives: Gives::Type(Type::Int),
        meaning: "the number of items of a list, of named items, or of characters of a text",
        formula: "",
        source: "CEL",
        example: "size(serving.path)",
        method: true,
        global: true,
        run: lists::size,
    },
    Function {
        name: "written",
        parameters: &[takes("list", Takes::List)],
        gives: Gives::Same,
        meaning: "the items that the manifest writes; unknown when it writes none",
        formula: "",
        source: "rule of this format: never guess",
        example: "written([serving.latency.p50, serving.latency.p99])",
        method: false,
        global: true,
        run: lists::written,
    },
    Function {
        name: "sum",
        parameters: &[takes("list", Takes::Quantities)],
        gives: Gives::Item,
        meaning: "the sum of quantities of one dimension and currency",
        formula: "Σ x",
        source: "arithmetic",
        example: "sum([data.labels.window, data.labels.delay])",
        method: false,
        global: true,
        run: lists::sum,
    },
    Function {
        name: "product",
        parameters: &[takes("list", Takes::Quantities)],
        gives: NUMBER,
        meaning: "the product of numbers, such as the availability of parts in series",
        formula: "Π x",
        source: "Treynor et al., The Calculus of Service Availability, ACM Queue 2017",
        example: "product(serving.path.map(step, step.availability))",
        method: false,
        global: true,
        run: lists::product,
    },
    Function {
        name: "min",
        parameters: &[takes("list", Takes::QuantitiesOrRange)],
        gives: Gives::Item,
        meaning: "the least item of a list, or the lower end of a range",
        formula: "",
        source: "arithmetic",
        example: "min([serving.timeout, serving.deadline])",
        method: false,
        global: true,
        run: lists::min,
    },
    Function {
        name: "max",
        parameters: &[takes("list", Takes::QuantitiesOrRange)],
        gives: Gives::Item,
        meaning: "the greatest item of a list, or the upper end of a range",
        formula: "",
        source: "arithmetic",
        example: "max(serving.replicas)",
        method: false,
        global: true,
        run: lists::max,
    },
    Function {
        name: "ascending",
        parameters: &[takes("list", Takes::Ordered)],
        gives: BOOL,
        meaning: "whether each item is at most the next; of periods, whether each ends before the next starts",
        formula: "x₁ ≤ x₂ ≤ …",
        source: "Beyer et al., Site Reliability Engineering, 2016, chapter 4",
        example: "ascending([serving.latency.p50, serving.latency.p95, serving.latency.p99])",
        method: false,
        global: true,
        run: lists::ascending,
    },
    Function {
        name: "pow",
        parameters: &[takes("base", Takes::Number), takes("exponent", Takes::Number)],
        gives: Gives::Value,
        meaning: "a power, such as the chance that all of several independent steps succeed",
        formula: "pⁿ",
        source: "arithmetic",
        example: "pow(llm.agent.step_success, llm.agent.max_steps)",
        method: false,
        global: true,
        run: statistics::pow,
    },
    Function {
        name: "duration",
        parameters: &[takes("text", Takes::Text)],
        gives: DURATION,
        meaning: "a duration that stands in the expression, spelt as in manifests",
        formula: "",
        source: "",
        example: "duration(\"30d\")",
        method: false,
        global: true,
        run: texts::duration,
    },
    Function {
        name: "name",
        parameters: &[takes("item", Takes::Named)],
        gives: Gives::Type(Type::Text),
        meaning: "the name of a named item, of an item of a list that has a naming field, or of what a reference names",
        formula: "",
        source: "",
        example: "name(model)",
        method: false,
        global: true,
        run: places::name,
    },
    Function {
        name: "has",
        parameters: &[takes("place", Takes::Place)],
        gives: BOOL,
        meaning: "whether a place is decided, by a value or by a reasoned `none`, itself or what it is a part of",
        formula: "",
        source: "CEL",
        example: "has(serving.fallback)",
        method: false,
        global: true,
        run: places::has,
    },
    Function {
        name: "decided",
        parameters: &[takes("place", Takes::Place)],
        gives: BOOL,
        meaning: "whether a place holds a value; a reasoned `none` is not enough",
        formula: "",
        source: "",
        example: "decided(owner.contact)",
        method: false,
        global: true,
        run: places::decided,
    },
    Function {
        name: "against",
        parameters: &[takes("place", Takes::Place)],
        gives: BOOL,
        meaning: "whether a place is decided against with a reason, itself or what it is a part of",
        formula: "",
        source: "",
        example: "against(release.rollback)",
        method: false,
        global: true,
        run: places::against,
    },
    Function {
        name: "at",
        parameters: &[takes("place", Takes::Anything)],
        gives: Gives::Named,
        meaning: "what stands at a place that the manifest itself names: the subject of a requirement or test, or what a reference names",
        formula: "",
        source: "",
        example: "at(signal.reference)",
        method: false,
        global: true,
        run: places::at,
    },
    Function {
        name: "met",
        parameters: &[takes("requirement", Takes::Requirement)],
        gives: BOOL,
        meaning: "whether the design meets a requirement; a metric stands for what it achieved",
        formula: "",
        source: "",
        example: "met(requirement.must)",
        method: false,
        global: true,
        run: requirements::met,
    },
    Function {
        name: "actual",
        parameters: &[takes("requirement", Takes::Requirement)],
        gives: Gives::Type(Type::Any),
        meaning: "the value that a requirement is about",
        formula: "",
        source: "",
        example: "actual(requirement.must)",
        method: false,
        global: true,
        run: requirements::actual,
    },
    Function {
        name: "holds",
        parameters: &[takes("comparison", Takes::Comparison), takes("value", Takes::Quantity)],
        gives: BOOL,
        meaning: "whether a value meets a comparison; a bare one is read with its metric's `better`",
        formula: "",
        source: "",
        example: "holds(metric.target, metric.achieved)",
        method: false,
        global: true,
        run: promises::holds,
    },
    Function {
        name: "looser",
        parameters: &[takes("a", Takes::Promise), takes("b", Takes::Promise)],
        gives: BOOL,
        meaning: "whether some value passes `a` and breaks `b`; an alert counts as what it guards",
        formula: "",
        source: "Beyer et al., The Site Reliability Workbook, 2018, chapter 5",
        example: "looser(signal.alert_if, objective.target)",
        method: false,
        global: true,
        run: promises::looser,
    },
    Function {
        name: "critical_steps",
        parameters: &[takes("steps", Takes::Steps), takes("percentile", Takes::Percentile)],
        gives: Gives::Type(Type::List(&Type::Measure(Measure::Duration))),
        meaning: "the durations along the critical path of a request, in order",
        formula: "of a parallel block its longest member; a step with r retries 1 + r times",
        source: "Dean & Barroso, The Tail at Scale, Communications of the ACM 2013",
        example: "critical_steps(serving.path, \"p99\")",
        method: false,
        global: true,
        run: latency::critical_steps,
    },
    Function {
        name: "critical_items",
        parameters: &[takes("steps", Takes::Steps), takes("percentile", Takes::Percentile)],
        gives: Gives::Same,
        meaning: "the steps on the critical path of a request, in order",
        formula: "of a parallel block its longest member",
        source: "Dean & Barroso, The Tail at Scale, Communications of the ACM 2013",
        example: "critical_items(serving.path, \"p99\")",
        method: false,
        global: true,
        run: latency::critical_items,
    },
    Function {
        name: "critical_path",
        parameters: &[takes("steps", Takes::Steps), takes("percentile", Takes::Percentile)],
        gives: DURATION,
        meaning: "the time along the critical path of a request",
        formula: "serial steps add, a parallel block counts its longest, a step with r retries counts 1 + r times",
        source: "Dean & Barroso, The Tail at Scale, Communications of the ACM 2013",
        example: "critical_path(serving.path, \"p99\")",
        method: false,
        global: true,
        run: latency::critical_path,
    },
    Function {
        name: "covers",
        parameters: &[takes("list", Takes::Places), takes("item", Takes::Region)],
        gives: BOOL,
        meaning: "whether a list of regions or languages holds one: `EU` holds its members, `en` holds `en-GB`",
        formula: "",
        source: "ISO 3166, BCP 47",
        example: "covers(dataset.covers.regions, region)",
        method: false,
        global: true,
        run: texts::covers,
    },
    Function {
        name: "floating",
        parameters: &[takes("version", Takes::Text)],
        gives: BOOL,
        meaning: "whether a version can mean something else tomorrow: `latest`, `main`, `^1.2`",
        formula: "",
        source: "MITRE ATLAS, AML.M0014",
        example: "floating(model.version)",
        method: false,
        global: true,
        run: texts::floating,
    },
    Function {
        name: "sample_size",
        parameters: &[
            takes("base", Takes::Number),
            takes("effect", Takes::Number),
            takes("alpha", Takes::Number),
            takes("power", Takes::Number),
        ],
        gives: NUMBER,
        meaning: "the units that each arm of an experiment needs to see an absolute effect on a rate",
        formula: "2 (z₁₋α⁄₂ + z₁₋β)² p (1 − p) / δ²",
        source: "Kohavi, Tang & Xu, Trustworthy Online Controlled Experiments, 2020, chapter 17",
        example: "sample_size(experiment.base_rate, experiment.min_effect, experiment.alpha, experiment.power)",
        method: false,
        global: true,
        run: statistics::sample_size,
    },
    Function {
        name: "half_width",
        parameters: &[takes("share", Takes::Number), takes("n", Takes::Number), may_take("other", Takes::Number)],
        gives: NUMBER,
        meaning: "half the width of the 95% interval of a share of n, or of the gap to another group",
        formula: "1.96 √(p (1 − p) / n), with another group 1.96 √(p (1 − p) (1/n₁ + 1/n₂))",
        source: "normal approximation of a proportion",
        example: "half_width(metric.achieved, dataset.rows)",
        method: false,
        global: true,
        run: statistics::half_width,
    },
    Function {
        name: "error_budget",
        parameters: &[takes("availability", Takes::Number), takes("window", Takes::Duration)],
        gives: DURATION,
        meaning: "the time in a window that a service of this availability may be down",
        formula: "(1 − a) w",
        source: "Beyer et al., Site Reliability Engineering, 2016, chapter 3",
        example: "error_budget(serving.availability, duration(\"30d\"))",
        method: false,
        global: true,
        run: promises::error_budget,
    },
    Function {
        name: "startsWith",
        parameters: &[takes("text", Takes::Text), takes("start", Takes::Text)],
        gives: BOOL,
        meaning: "whether a text begins with another",
        formula: "",
        source: "CEL",
        example: "model.base.name.startsWith(\"open-\")",
        method: true,
        global: false,
        run: texts::starts_with,
    },
    Function {
        name: "endsWith",
        parameters: &[takes("text", Takes::Text), takes("end", Takes::Text)],
        gives: BOOL,
        meaning: "whether a text ends with another",
        formula: "",
        source: "CEL",
        example: "features.schema.endsWith(\".proto\")",
        method: true,
        global: false,
        run: texts::ends_with,
    },
    Function {
        name: "contains",
        parameters: &[takes("text", Takes::Text), takes("part", Takes::Text)],
        gives: BOOL,
        meaning: "whether a text holds another",
        formula: "",
        source: "CEL",
        example: "serving.hardware.contains(\"GPU\")",
        method: true,
        global: false,
        run: texts::contains,
    },
    Function {
        name: "split",
        parameters: &[takes("text", Takes::Text), takes("separator", Takes::Text)],
        gives: Gives::Type(Type::List(&Type::Text)),
        meaning: "the parts of a text between separators",
        formula: "",
        source: "CEL, the strings extension",
        example: "stakeholder.role.split(\" \")",
        method: true,
        global: false,
        run: texts::split,
    },
];

/// The words of a bound, for the reference page.
pub fn bounds() -> &'static [&'static str] {
    BOUNDS
}

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
