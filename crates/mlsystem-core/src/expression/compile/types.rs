//! What an expression gives, as far as the schema tells.

use crate::arena::Arena;
use crate::expression::Member;
use crate::schema::{self, RecordId, Schema};
use crate::units::{Measure, ScalarType};

/// What an expression gives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Type<'a> {
    /// Not known before evaluation; everything may be asked of it.
    Any,
    /// Nothing at all: what an item of `[]` is.
    Nothing,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Int,
    /// A quantity of one measure; plain numbers are [`Measure::Number`].
    Measure(Measure),
    /// A quantity whose measure the manifest decides.
    Quantity,
    /// A text.
    Text,
    /// One of the texts that stand in the expression.
    Literal(&'a [&'a str]),
    /// A word of an enumeration.
    Words {
        /// The words listed.
        words: &'static [&'static str],
        /// Whether other words are legal.
        open: bool,
    },
    /// A scalar whose value is its text, such as a path or a region.
    Written(ScalarType),
    /// The name of something else.
    Reference(&'static [schema::Kind]),
    /// A scalar with a structure of its own, such as a period or a comparison.
    Scalar(ScalarType),
    /// A mapping with declared keys.
    Record(RecordId),
    /// A list.
    List(&'a Type<'a>),
    /// A list as the schema declares it.
    Items(&'static schema::Type),
    /// A map of named items: what the names are, and what the items are.
    Map(&'static schema::Type, &'static schema::Type),
    /// One of several types of the schema.
    Either(&'static [schema::Type]),
    /// One of several types.
    Union(&'a [Type<'a>]),
    /// A table, by its number.
    Table(u16),
    /// A row of a table.
    Row(u16),
    /// Something that flows from one system into another.
    Edge,
}

/// The words that a bound may be.
pub(in crate::expression) const BOUNDS: &[&str] =
    &["at most", "at least", "above", "below", "within", "outside", "up", "down", "is", "includes", "is set"];

impl<'a> Type<'a> {
    /// The type of a place that the schema gives this type.
    pub fn of(declared: schema::Type) -> Self {
        match declared {
            schema::Type::Record(id) => Self::Record(id),
            schema::Type::List(of) => Self::Items(of),
            schema::Type::Map(key, of) => Self::Map(key, of),
            schema::Type::Either(types) => Self::Either(types),
            schema::Type::Scalar(of) => Self::scalar(of),
            schema::Type::Words { words, open } => Self::Words { words, open },
            schema::Type::Reference { kinds, .. } => Self::Reference(kinds),
            schema::Type::Any => Self::Any,
        }
    }

    fn scalar(of: ScalarType) -> Self {
        match of {
            ScalarType::Duration => Self::Measure(Measure::Duration),
            ScalarType::Percentage | ScalarType::Ratio | ScalarType::Count | ScalarType::Number => {
                Self::Measure(Measure::Number)
            }
            ScalarType::Integer => Self::Int,
            ScalarType::Rate => Self::Measure(Measure::Rate),
            ScalarType::Size => Self::Measure(Measure::Size),
            ScalarType::Sum => Self::Measure(Measure::Money),
            ScalarType::Spend => Self::Measure(Measure::Spend),
            ScalarType::Price => Self::Measure(Measure::Price),
            ScalarType::Value | ScalarType::Change => Self::Quantity,
            ScalarType::Bool => Self::Bool,
            ScalarType::Interval
            | ScalarType::Limit
            | ScalarType::Date
            | ScalarType::Period
            | ScalarType::Range
            | ScalarType::Comparison
            | ScalarType::Alert
            | ScalarType::Test
            | ScalarType::Requirement => Self::Scalar(of),
            ScalarType::Text
            | ScalarType::Label
            | ScalarType::Team
            | ScalarType::Name
            | ScalarType::SystemName
            | ScalarType::Field
            | ScalarType::Path
            | ScalarType::Version
            | ScalarType::Licence
            | ScalarType::Region
            | ScalarType::Language => Self::Written(of),
        }
    }

    /// The types that it may be, none of which is a choice itself.
    pub fn each(self) -> Vec<Self> {
        match self {
            Self::Either(types) => types.iter().flat_map(|of| Self::of(*of).each()).collect(),
            Self::Union(types) => types.iter().flat_map(|of| of.each()).collect(),
            _ => vec![self],
        }
    }

    /// What the items of a list or map are; none of anything else.
    pub fn item(self, arena: &'a Arena) -> Option<Self> {
        match self {
            Self::Any => Some(Self::Any),
            Self::List(of) => Some(*of),
            Self::Items(of) | Self::Map(_, of) => Some(Self::of(*of)),
            Self::Table(table) => Some(Self::Row(table)),
            Self::Either(_) | Self::Union(_) => {
                let items = self.each().into_iter().filter_map(|of| of.item(arena));
                items.reduce(|one, other| one.or(other, arena))
            }
            _ => None,
        }
    }

    /// The types that its items may be, none of which is a choice itself; none of anything but a list or map.
    pub(in crate::expression) fn items(self) -> Vec<Self> {
        let item = |of: Self| match of {
            Self::Any => Some(Self::Any),
            Self::List(of) => Some(*of),
            Self::Items(of) | Self::Map(_, of) => Some(Self::of(*of)),
            Self::Table(table) => Some(Self::Row(table)),
            _ => None,
        };
        let mut items: Vec<Self> = self.each().into_iter().filter_map(item).flat_map(Self::each).collect();
        if items.iter().any(|of| *of != Self::Nothing) {
            items.retain(|of| *of != Self::Nothing);
        }
        items
    }

    /// What is either of two. Two texts of the expression become a choice of texts.
    pub fn or(self, other: Self, arena: &'a Arena) -> Self {
        match (self, other) {
            (a, b) if a == b => a,
            (Self::Nothing, of) | (of, Self::Nothing) => of,
            (Self::Any, _) | (_, Self::Any) => Self::Any,
            (Self::Int, number @ Self::Measure(Measure::Number))
            | (number @ Self::Measure(Measure::Number), Self::Int) => number,
            (Self::Literal(a), Self::Literal(b)) => {
                let mut words: Vec<&'a str> = a.to_vec();
                words.extend(b.iter().filter(|word| !a.contains(word)));
                Self::Literal(arena.list(&words))
            }
            (a, b) => match (a.listed(), b.listed()) {
                (Some(a), Some(b)) => Self::List(arena.one(a.or(b, arena))),
                _ => {
                    let mut types = a.each();
                    for of in b.each() {
                        if !types.contains(&of) {
                            types.push(of);
                        }
                    }
                    Self::Union(arena.list(&types))
                }
            },
        }
    }

    /// The items of what is certainly a list.
    fn listed(self) -> Option<Self> {
        match self {
            Self::List(of) => Some(*of),
            Self::Items(of) => Some(Self::of(*of)),
            _ => None,
        }
    }

    /// Whether it may be `true` or `false`.
    pub fn may_be_bool(self) -> bool {
        self.each().iter().any(|of| matches!(of, Self::Bool | Self::Any | Self::Nothing))
    }

    /// Whether it may be a text or a word.
    pub fn may_be_text(self) -> bool {
        self.each().into_iter().any(|of| matches!(of, Self::Any | Self::Nothing) || of.is_text())
    }

    pub(in crate::expression) fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Literal(_) | Self::Words { .. } | Self::Written(_) | Self::Reference(_))
    }

    /// Whether an unwritten place of this type has no items, and is not unknown: maps and lists of records.
    pub(in crate::expression) fn empty_when_unwritten(self) -> bool {
        match self {
            Self::Map(..) => true,
            Self::Items(of) => matches!(of, schema::Type::Record(_)),
            _ => false,
        }
    }

    /// The measure that it has in arithmetic: of an interval, that of its length.
    pub(in crate::expression) fn measure(self) -> Option<Measure> {
        match self {
            Self::Int => Some(Measure::Number),
            Self::Measure(measure) => Some(measure),
            Self::Scalar(ScalarType::Interval) => Some(Measure::Duration),
            _ => None,
        }
    }

    /// What the part of a typed scalar is.
    pub(in crate::expression) fn member(self, member: Member) -> Option<Self> {
        if self == Self::Edge {
            return match member {
                Member::From | Member::To => Some(Self::Record(Schema::ROOT)),
                Member::How => Some(Self::Words { words: &["reads", "affects"], open: false }),
                _ => None,
            };
        }
        let Self::Scalar(of) = self else { return None };
        Some(match (of, member) {
            (ScalarType::Period, Member::Start | Member::End) => Self::Scalar(ScalarType::Date),
            (ScalarType::Range, Member::Start | Member::End) => Self::Quantity,
            (
                ScalarType::Comparison | ScalarType::Alert | ScalarType::Test | ScalarType::Requirement,
                Member::Bound,
            ) => Self::Words { words: BOUNDS, open: false },
            (ScalarType::Requirement, Member::Value) => Self::Any,
            (ScalarType::Comparison | ScalarType::Alert | ScalarType::Test | ScalarType::Limit, Member::Value) => {
                Self::Quantity
            }
            (ScalarType::Test | ScalarType::Requirement, Member::Subject) => Self::Text,
            _ => return None,
        })
    }

    /// The words for it in messages: `a duration`, `a list of texts`.
    pub fn words(self, schema: &Schema) -> String {
        match self {
            Self::Any => "any value".into(),
            Self::Nothing => "nothing".into(),
            Self::Bool => "true or false".into(),
            Self::Int => "a whole number".into(),
            Self::Measure(Measure::Number) => "a number".into(),
            Self::Measure(Measure::Money) => "a sum of money".into(),
            Self::Measure(measure) => format!("a {}", measure.word()),
            Self::Quantity => "a quantity".into(),
            Self::Text => "a text".into(),
            Self::Literal([word]) => format!("the text \"{word}\""),
            Self::Literal(_) => "a text".into(),
            Self::Words { words, .. } if words.len() <= 4 => format!("one of {}", in_backticks(words)),
            Self::Words { .. } => "a word of an enumeration".into(),
            Self::Written(of) | Self::Scalar(of) => scalar_words(of).into(),
            Self::Reference(kinds) => {
                let kinds: Vec<&str> = kinds.iter().map(|kind| kind.word()).collect();
                format!("the name of a {}", kinds.join(" or "))
            }
            Self::Record(id) => match schema.table.get(id.0 as usize) {
                Some(record) if !record.path.is_empty() => format!("the record `{}`", record.path),
                _ => "a record".into(),
            },
            Self::List(of) => format!("a list of {}", of.plural(schema)),
            Self::Items(of) => format!("a list of {}", Self::of(*of).plural(schema)),
            Self::Map(_, of) => format!("named items, each {}", Self::of(*of).words(schema)),
            Self::Either(_) | Self::Union(_) => {
                let words: Vec<String> = self.each().into_iter().map(|of| of.words(schema)).collect();
                words.join(" or ")
            }
            Self::Table(_) => "a table".into(),
            Self::Row(_) => "a row of a table".into(),
            Self::Edge => "what flows between two systems".into(),
        }
    }

    fn plural(self, schema: &Schema) -> String {
        match self {
            Self::Nothing => "nothing".into(),
            Self::Measure(Measure::Money) => "sums of money".into(),
            Self::Measure(measure) => format!("{}s", measure.word()),
            Self::Text | Self::Literal(_) => "texts".into(),
            Self::Words { .. } => "words of an enumeration".into(),
            Self::Record(_) => "records".into(),
            Self::Int => "whole numbers".into(),
            _ => format!("items, each {}", self.words(schema)),
        }
    }
}

/// Words between backticks and commas.
pub(in crate::expression) fn in_backticks(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

fn scalar_words(of: ScalarType) -> &'static str {
    match of {
        ScalarType::Interval => "an interval",
        ScalarType::Limit => "a limit",
        ScalarType::Date => "a date",
        ScalarType::Period => "a period",
        ScalarType::Range => "a range",
        ScalarType::Comparison => "a comparison",
        ScalarType::Alert => "an alert",
        ScalarType::Test => "a test",
        ScalarType::Requirement => "a requirement",
        ScalarType::Label => "a label",
        ScalarType::Team => "a team",
        ScalarType::Name | ScalarType::SystemName => "a name",
        ScalarType::Field => "a place of the manifest",
        ScalarType::Path => "a path",
        ScalarType::Version => "a version",
        ScalarType::Licence => "a licence",
        ScalarType::Region => "a region",
        ScalarType::Language => "a language",
        _ => "a text",
    }
}
