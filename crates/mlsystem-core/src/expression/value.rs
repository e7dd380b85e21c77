//! What expressions evaluate to.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::rc::Rc;
use std::sync::Arc;

use super::{Binding, Table};
use crate::facts::{Definition, EdgeId, Facts, NamesakeId};
use crate::manifest::{Item, Manifest, NamedItem, Reference};
use crate::units::{Alert, Comparison, Date, Interval, Limit, Period, Quantity, Range, Requirement, Test};

/// What an expression evaluates to. Most of it is borrowed from the manifest.
#[derive(Debug, Clone)]
pub enum Value<'m> {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Double(f64),
    /// A text, or a word of an enumeration.
    Text(Text<'m>),
    /// A number with its dimension; percentages, ratios and counts are plain numbers.
    Quantity(Amount<'m>),
    /// How often something recurs.
    Interval(&'m Interval),
    /// A bound on use.
    Limit(&'m Limit),
    /// A day.
    Date(Date),
    /// A stretch of days.
    Period(&'m Period),
    /// A lowest and a highest value.
    Range(&'m Range),
    /// What must hold of a value.
    Comparison(&'m Comparison),
    /// The bad side of a value.
    Alert(&'m Alert),
    /// What is demanded or feared of a metric or signal.
    Test(&'m Test),
    /// What is demanded of a field.
    Requirement(&'m Requirement),
    /// The name of something else, and the manifest that names it.
    Reference(&'m Reference, &'m Manifest),
    /// Something that flows from one system into another.
    Edge(EdgeId),
    /// A record, a map, or a value that is kept and not read.
    Item(ItemRef<'m>),
    /// A list.
    List(List<'m>),
    /// A table.
    Table(&'m Table<'m>),
    /// A row of a table, by its number.
    Row(&'m Table<'m>, usize),
}

/// A text. One that an expression made is shared by all values that hold it, so that it is counted once.
#[derive(Debug, Clone)]
pub enum Text<'m> {
    /// A text of the manifest, the format, a table or the expression itself.
    Written(&'m str),
    /// Another one.
    Made(Rc<str>),
}

/// A quantity that is written or computed.
#[derive(Debug, Clone)]
pub enum Amount<'m> {
    /// One that stands in the manifest.
    Written(&'m Quantity),
    /// Another one. It is kept aside, so that values are small: most of them are looked at once and dropped.
    Computed(Box<Quantity>),
}

/// A written value of a manifest, and its name where it is a named item.
#[derive(Debug, Clone, Copy)]
pub struct ItemRef<'m> {
    /// The value.
    pub item: &'m Item,
    /// Its entry in the map that it is an item of.
    pub named: Option<&'m NamedItem>,
    /// The manifest that it stands in.
    pub home: &'m Manifest,
}

/// Several values. Some of them may be unknown.
#[derive(Debug, Clone)]
pub enum List<'m> {
    /// A list of a manifest.
    Items(&'m [Item], &'m Manifest),
    /// The named items of a map of a manifest.
    Named(&'m [NamedItem], &'m Manifest),
    /// What flows between systems.
    Edges(&'m [EdgeId]),
    /// Loops of systems.
    Loops(&'m [Vec<EdgeId>]),
    /// Items of what the files of the repository say.
    Defined(&'m [Definition<'m>]),
    /// Items of other systems, as the facts know them.
    Namesakes(&'m [NamesakeId], &'m Facts),
    /// Whole systems.
    Systems(&'m [Arc<Manifest>]),
    /// The rows of a table.
    Rows(&'m Table<'m>),
    /// Texts of a table.
    Texts(&'m [&'m str]),
    /// A list that was made by an expression.
    Made(Rc<[Binding<'m>]>),
}

/// Why there is no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// Something that it rests on is not written.
    Absent,
    /// Something that it rests on is written, but not legible.
    Unreadable,
    /// Two values cannot be held against each other, such as money of two currencies.
    Incomparable,
    /// The expression itself fails, such as by dividing by zero.
    Fault(&'static str),
    /// The expression takes more steps than one may, or makes more.
    TooLong,
}

impl<'m> List<'m> {
    /// A list without items.
    pub(super) const EMPTY: Self = List::Texts(&[]);

    /// What the items of a list take that an expression makes, in bytes.
    pub(super) fn bytes(count: usize) -> usize {
        count.saturating_mul(size_of::<Binding<'m>>())
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        match self {
            List::Items(items, _) => items.len(),
            List::Named(items, _) => items.len(),
            List::Edges(edges) => edges.len(),
            List::Loops(loops) => loops.len(),
            List::Defined(items) => items.len(),
            List::Namesakes(items, _) => items.len(),
            List::Systems(systems) => systems.len(),
            List::Rows(table) => table.rows.len(),
            List::Texts(texts) => texts.len(),
            List::Made(items) => items.len(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The item with this number.
    pub fn get(&self, index: usize) -> Option<Binding<'m>> {
        match self {
            List::Items(items, home) => {
                items.get(index).map(|item| Binding::ItemRef(ItemRef { item, named: None, home }))
            }
            List::Named(items, home) => {
                items.get(index).map(|named| Binding::ItemRef(ItemRef { item: &named.item, named: Some(named), home }))
            }
            List::Edges(edges) => edges.get(index).map(|edge| Binding::Value(Value::Edge(*edge))),
            List::Loops(loops) => loops.get(index).map(|edges| Binding::Value(Value::List(List::Edges(edges)))),
            List::Defined(items) => items.get(index).map(|found| Binding::ItemRef(ItemRef::of(found))),
            List::Namesakes(items, facts) => {
                let found = items.get(index).and_then(|id| facts.namesake(id));
                found.map(|found| Binding::ItemRef(ItemRef::of(&found)))
            }
            List::Systems(systems) => systems.get(index).map(|system| Binding::ItemRef(ItemRef::whole(system))),
            List::Rows(table) => (index < table.rows.len()).then_some(Binding::Value(Value::Row(table, index))),
            List::Texts(texts) => texts.get(index).map(|text| Binding::Value(Value::Text(Text::Written(text)))),
            List::Made(items) => items.get(index).cloned(),
        }
    }

    /// All items.
    pub fn iter(&self) -> impl Iterator<Item = Binding<'m>> + '_ {
        (0..self.len()).filter_map(|index| self.get(index))
    }
}

impl<'m> ItemRef<'m> {
    /// A whole manifest.
    pub(super) fn whole(home: &'m Manifest) -> Self {
        Self { item: &home.root, named: None, home }
    }

    /// What defines a name.
    pub(super) fn of(found: &Definition<'m>) -> Self {
        Self { item: found.item, named: found.named, home: found.home }
    }

    /// Something inside it that has no name of its own.
    pub(super) fn inner(self, item: &'m Item) -> Self {
        Self { item, named: None, home: self.home }
    }
}

impl<'m> Value<'m> {
    /// A computed quantity.
    pub(super) fn quantity(quantity: Quantity) -> Self {
        Value::Quantity(Amount::Computed(Box::new(quantity)))
    }

    /// A computed text.
    pub(super) fn text(text: impl Into<Rc<str>>) -> Self {
        Value::Text(Text::Made(text.into()))
    }

    /// The value as a quantity, where it is a number or one already; of an interval, its length.
    pub(super) fn as_quantity(&self) -> Option<Cow<'_, Quantity>> {
        match self {
            Value::Int(number) => Some(Cow::Owned(Quantity::number(*number as f64))),
            Value::Double(number) if number.is_finite() => Some(Cow::Owned(Quantity::number(*number))),
            Value::Quantity(quantity) => Some(Cow::Borrowed(quantity)),
            Value::Interval(interval) => interval.longest_gap().map(Cow::Owned),
            _ => None,
        }
    }

    /// The value as a text, where it is a text, a word or a name.
    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            Value::Reference(reference, _) => Some(&reference.name),
            _ => None,
        }
    }
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Written(text) => text,
            Self::Made(text) => text,
        }
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl Amount<'_> {
    /// The quantity itself.
    pub(super) fn into_owned(self) -> Quantity {
        match self {
            Self::Written(quantity) => quantity.clone(),
            Self::Computed(quantity) => *quantity,
        }
    }
}

impl Deref for Amount<'_> {
    type Target = Quantity;

    fn deref(&self) -> &Quantity {
        match self {
            Self::Written(quantity) => quantity,
            Self::Computed(quantity) => quantity,
        }
    }
}

impl Unknown {
    /// The reason in words.
    pub fn words(self) -> &'static str {
        match self {
            Unknown::Absent => "a value is not written",
            Unknown::Unreadable => "a value cannot be read",
            Unknown::Incomparable => "values cannot be compared",
            Unknown::Fault(what) => what,
            Unknown::TooLong => "the expression takes too many steps, or makes too much",
        }
    }
}
