//! Values in the words of messages.

use crate::expression::evaluate::Context;
use crate::expression::{Binding, Expr, Frame, List, Node, Value};
use crate::manifest::{self, Reference};
use crate::units::{Dimension, Quantity};

/// How a placeholder is written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Spec {
    /// `{x}`: lists with commas.
    #[default]
    Plain,
    /// `{x:+}`: a sum, as in `8 + 18 + 40`.
    Plus,
    /// `{x:*}`: a product, as in `99.9% × 99.5%`.
    Times,
    /// `{x:>}`: a way, as in `a → b → c`.
    Way,
    /// `{x:%}`: a share as a percentage, however it was written.
    Percent,
}

/// A value in words, as it stands in a message.
pub fn show<'m>(value: &Value<'m>, frame: &Frame<'m>, spec: Spec) -> String {
    let context = Context { frame, variables: None };
    match value {
        Value::List(list) => joined(context, list, spec),
        Value::Quantity(quantity) if spec == Spec::Percent => quantity.in_percent(),
        Value::Double(number) if spec == Spec::Percent && number.is_finite() => Quantity::number(*number).in_percent(),
        value => context.shown(value),
    }
}

/// What stands in a message for `{expr}`: a loop variable over named items shows their names, whatever the items are. Nothing
/// where the value is unknown.
pub fn placeholder<'m>(expr: &'m Expr<'m>, frame: &Frame<'m>, spec: Spec) -> Option<String> {
    frame.begin();
    let context = Context { frame, variables: None };
    frame.aside(|| {
        let local = context.local(expr);
        let name = match (&expr.node, &local) {
            (Node::Path(path), Binding::ItemRef(item_ref)) if path.steps.is_empty() => item_ref.named,
            _ => None,
        };
        let shown = match name {
            Some(named) => Some(named.name.to_string()),
            None => context.read(local).ok().map(|value| show(&value, frame, spec)),
        };
        shown.map(shortened)
    })
}

/// A text that stands in a message has no more bytes than these: an expression may make one that nobody reads.
const MAX_TEXT_BYTES: usize = 20_000;

fn joined<'m>(context: Context<'_, 'm>, list: &List<'m>, spec: Spec) -> String {
    let (mut items, mut length) = (Vec::new(), 0);
    // A list may hold one list many times over, so that none is written out which is not shown.
    for item in list.iter() {
        if length > MAX_TEXT_BYTES {
            break;
        }
        let shown = match item {
            Binding::ItemRef(item_ref) if item_ref.named.is_some() => {
                item_ref.named.map(|named| named.name.to_string()).unwrap_or_default()
            }
            item => context.read(item).map_or_else(|_| "?".to_owned(), |item| show(&item, context.frame, spec)),
        };
        length += shown.len() + 1;
        items.push(shown);
    }
    match spec {
        Spec::Plain | Spec::Percent => items.join(", "),
        Spec::Plus => without_shared_unit(&items).join(" + "),
        Spec::Times => items.join(" × "),
        Spec::Way => items.join(" → "),
    }
}

fn shortened(mut text: String) -> String {
    if text.len() > MAX_TEXT_BYTES {
        text.truncate(beginning(&text).len());
        text.push('…');
    }
    text
}

/// The beginning of a text, somewhat longer than what is shown of it.
fn beginning(text: &str) -> &str {
    let end = (0..=text.len().min(MAX_TEXT_BYTES + 4)).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or_default()]
}

/// Drops the unit where all items are one number with the same unit.
fn without_shared_unit(items: &[String]) -> Vec<&str> {
    let parts: Vec<(&str, &str)> = items.iter().map(|item| item.split_at(number_length(item))).collect();
    let shared = match parts.first() {
        Some((_, unit)) => {
            parts.len() > 1
                && parts.iter().all(|(number, other)| {
                    !number.is_empty() && other == unit && !unit.contains(|c: char| c.is_ascii_digit())
                })
        }
        None => false,
    };
    parts.iter().zip(items).map(|((number, _), item)| if shared { *number } else { item.as_str() }).collect()
}

fn number_length(text: &str) -> usize {
    text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-'))).unwrap_or(text.len())
}

impl<'m> Context<'_, 'm> {
    /// A value in words. A list stands with commas.
    pub fn shown(self, value: &Value<'m>) -> String {
        match value {
            Value::Bool(value) => value.to_string(),
            Value::Int(number) => number.to_string(),
            Value::Double(number) => match Quantity::new(*number, Dimension::Number) {
                Some(number) => number.to_string(),
                None => number.to_string(),
            },
            Value::Text(text) => beginning(text).to_owned(),
            Value::Quantity(quantity) => quantity.to_string(),
            Value::Interval(interval) => interval.to_string(),
            Value::Limit(limit) => limit.to_string(),
            Value::Date(date) => date.to_string(),
            Value::Period(period) => period.to_string(),
            Value::Range(range) => range.to_string(),
            Value::Comparison(comparison) => comparison.to_string(),
            Value::Alert(alert) => alert.to_string(),
            Value::Test(test) => test.to_string(),
            Value::Requirement(requirement) => requirement.to_string(),
            Value::Reference(reference, _) => reference_text(reference),
            Value::Edge(id) => self.edge(*id).map_or_else(String::new, |edge| {
                format!("{} → {}", edge.from.name().unwrap_or_default(), edge.to.name().unwrap_or_default())
            }),
            Value::Item(item_ref) => match (self.item_name(*item_ref), &item_ref.item.value) {
                (Some(name), _) => name.to_owned(),
                (None, manifest::Value::Map(named)) => joined(self, &List::Named(named, item_ref.home), Spec::Plain),
                (None, manifest::Value::Record(id, _)) if *id == item_ref.home.schema.root => {
                    item_ref.home.name().unwrap_or_default().to_owned()
                }
                (None, manifest::Value::Record(id, _)) => self.frame.schema.record(*id).path.to_owned(),
                (None, _) => item_ref.home.text(item_ref.item).to_owned(),
            },
            Value::List(list) => joined(self, list, Spec::Plain),
            Value::Table(table) => table.name.to_owned(),
            Value::Row(table, row) => table.rows.get(*row).map(|row| row.word).unwrap_or_default().to_owned(),
        }
    }
}

fn reference_text(reference: &Reference) -> String {
    match &reference.system {
        Some(system) => format!("{system}/{}", reference.name),
        None => reference.name.to_string(),
    }
}
