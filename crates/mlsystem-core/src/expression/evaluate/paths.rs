//! Walks paths through the manifest, and says in which state a place is.

use super::Context;
use crate::expression::{Amount, Binding, Ends, ItemRef, List, Path, Root, Step, Text, Unknown, Value};
use crate::manifest::{Item, Manifest, Value as Meaning};
use crate::schema::Kind;
use crate::units::Scalar;

/// Where a path leads.
pub(in crate::expression) enum Reached<'m> {
    /// To a value of the manifest, or to what an expression made.
    Found(Binding<'m>),
    /// To a place that is not written or undecided.
    Absent,
    /// To a place that is decided against, itself or what it is a part of.
    Against,
}

/// In which state a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::expression) enum State {
    Decided,
    Against,
    Absent,
}

impl<'e, 'm> Context<'e, 'm> {
    /// Follows a path. What stands below something unreadable is unknown.
    pub fn walk(self, path: &'m Path<'m>) -> Result<Reached<'m>, Unknown> {
        self.follow(path.root, path.steps)
    }

    /// Follows steps from where a path begins.
    pub fn follow(self, root: Root<'m>, steps: &'m [Step<'m>]) -> Result<Reached<'m>, Unknown> {
        let begins = match root {
            Root::Document => return self.walk_document(steps),
            Root::Binding(number) => self.frame.locals().get(usize::from(number)),
            Root::Variable(outward) => self.variable(outward),
            Root::Computed(expr) => return self.walk_value(self.evaluate(expr), steps),
        };
        match begins {
            Some(Binding::ItemRef(item_ref)) => self.walk_item(*item_ref, steps),
            Some(Binding::Value(value)) => self.walk_value(Ok(value.clone()), steps),
            Some(Binding::Unknown(unknown)) => self.walk_value(Err(*unknown), steps),
            None => Ok(Reached::Absent),
        }
    }

    fn walk_document(self, steps: &[Step<'m>]) -> Result<Reached<'m>, Unknown> {
        let whole = ItemRef::whole(self.frame.manifest);
        let Some((Step::Field(section, _), rest)) = steps.split_first() else { return self.walk_item(whole, steps) };
        match self.frame.section(*section) {
            Some(item) => self.walk_item(whole.inner(item), rest),
            None => Ok(Reached::Absent),
        }
    }

    /// Follows steps from a value of the manifest.
    pub fn walk_item(self, from: ItemRef<'m>, steps: &[Step<'m>]) -> Result<Reached<'m>, Unknown> {
        let mut here = from;
        for step in steps {
            let next = match (&here.item.value, step) {
                (Meaning::Record(_, members), Step::Field(field, _)) => {
                    members.iter().find(|member| member.field == *field).map(|member| here.inner(&member.item))
                }
                (Meaning::Undecided, _) => None,
                (Meaning::Against(_), _) => return Ok(Reached::Against),
                (Meaning::Unreadable, _) => return Err(Unknown::Unreadable),
                _ => self.step(here, step)?,
            };
            match next {
                Some(next) => here = next,
                None => return Ok(Reached::Absent),
            }
        }
        Ok(match here.item.value {
            Meaning::Against(_) => Reached::Against,
            _ if !here.item.answered() => Reached::Absent,
            _ => {
                self.frame.look_at(here);
                Reached::Found(Binding::ItemRef(here))
            }
        })
    }

    /// Follows steps from what an expression made.
    fn walk_value(self, from: Result<Value<'m>, Unknown>, steps: &'m [Step<'m>]) -> Result<Reached<'m>, Unknown> {
        let value = match from {
            Ok(Value::Item(item_ref)) if !steps.is_empty() => return self.walk_item(item_ref, steps),
            Ok(value) => value,
            Err(Unknown::Absent) => return Ok(Reached::Absent),
            Err(unknown) => return Err(unknown),
        };
        let Some((first, rest)) = steps.split_first() else { return Ok(Reached::Found(Binding::Value(value))) };
        match self.value_step(&value, first)? {
            Some(Binding::ItemRef(item_ref)) => self.walk_item(item_ref, rest),
            Some(Binding::Value(value)) => self.walk_value(Ok(value), rest),
            Some(Binding::Unknown(unknown)) => self.walk_value(Err(unknown), rest),
            None => Ok(Reached::Absent),
        }
    }

    pub fn step(self, item_ref: ItemRef<'m>, step: &Step<'m>) -> Result<Option<ItemRef<'m>>, Unknown> {
        let member = |field: u16| item_ref.item.member(field).map(|member| item_ref.inner(&member.item));
        match *step {
            Step::Field(field, _) => Ok(member(field)),
            Step::Pick(word, keys) => {
                let word = self.evaluate(word)?;
                let word = word.as_text().ok_or(Unknown::Incomparable)?;
                Ok(keys.iter().find(|(known, _)| *known == word).and_then(|(_, field)| member(*field)))
            }
            Step::Item(key, kind) => {
                let key = self.evaluate(key)?;
                self.item(item_ref, &key, kind)
            }
        }
    }

    /// The item that a name or a number means.
    fn item(self, of: ItemRef<'m>, key: &Value<'m>, kind: Option<Kind>) -> Result<Option<ItemRef<'m>>, Unknown> {
        let home = of.home;
        match (&of.item.value, key) {
            (Meaning::Map(named), Value::Int(number)) => {
                let named = usize::try_from(*number).ok().and_then(|number| named.get(number));
                Ok(named.map(|named| ItemRef { item: &named.item, named: Some(named), home }))
            }
            (Meaning::Map(named), key) => {
                let Some(name) = self.name_as(key, kind, home) else { return Ok(None) };
                Ok(self.frame.indexes.named(named, home, name).map(|named| ItemRef {
                    item: &named.item,
                    named: Some(named),
                    home,
                }))
            }
            (Meaning::List(items), Value::Int(number)) => {
                let item = usize::try_from(*number).ok().and_then(|number| items.get(number));
                Ok(item.map(|item| of.inner(item)))
            }
            (Meaning::List(items), key) => {
                let Some(name) = self.name_as(key, kind, home) else { return Ok(None) };
                self.frame.steps_taken(items.len())?;
                Ok(items.iter().map(|item| of.inner(item)).find(|item| self.known_as(*item) == Some(name)))
            }
            _ => Ok(None),
        }
    }

    /// The name of an item of a list of records.
    pub fn known_as(self, item_ref: ItemRef<'m>) -> Option<&'m str> {
        let Meaning::Record(id, _) = &item_ref.item.value else { return None };
        let member = item_ref.item.member(self.frame.schema.record(*id).known_by?)?;
        Some(item_ref.home.text(&member.item))
    }

    /// A step from what an expression made.
    pub fn value_step(self, value: &Value<'m>, step: &Step<'m>) -> Result<Option<Binding<'m>>, Unknown> {
        let key = match (value, *step) {
            (Value::Item(item_ref), _) => return Ok(self.step(*item_ref, step)?.map(Binding::ItemRef)),
            (_, Step::Item(key, _)) => self.evaluate(key)?,
            _ => return Err(Unknown::Fault("no such step")),
        };
        match (value, &key) {
            (Value::List(list), Value::Int(_) | Value::Double(_)) => {
                let number = match key {
                    Value::Int(number) => usize::try_from(number).ok(),
                    Value::Double(number) if number >= 0.0 && number.fract() == 0.0 => Some(number as usize),
                    _ => None,
                };
                match number.and_then(|number| list.get(number)) {
                    Some(local) => Ok(Some(local)),
                    // In CEL a missing item is an error; of a list made from the manifest it is a missing value.
                    None if matches!(list, List::Made(_)) => Err(Unknown::Fault("no such item")),
                    None => Ok(None),
                }
            }
            (Value::List(list), key) => {
                let name = key.as_text().ok_or(Unknown::Fault("no such item"))?;
                self.frame.steps_taken(list.len())?;
                let named = |local: &Binding<'m>| match local {
                    Binding::ItemRef(item_ref) => self.item_name(*item_ref) == Some(name),
                    Binding::Value(Value::Item(item_ref)) => self.item_name(*item_ref) == Some(name),
                    _ => false,
                };
                Ok(list.iter().find(named))
            }
            (Value::Table(table), key) => {
                let word = key.as_text().ok_or(Unknown::Incomparable)?;
                Ok(table.rows.iter().position(|row| row.word == word).map(|row| Binding::Value(Value::Row(table, row))))
            }
            _ => Err(Unknown::Fault("no such item")),
        }
    }

    /// The name of an item: its key in a map, or what an item of a list is known by.
    pub fn item_name(self, item_ref: ItemRef<'m>) -> Option<&'m str> {
        item_ref.named.map(|named| &*named.name).or_else(|| self.known_as(item_ref))
    }

    /// The value at the end of a path.
    pub fn path_value(self, path: &'m Path<'m>) -> Result<Value<'m>, Unknown> {
        match self.walk(path)? {
            Reached::Found(local) => self.read(local),
            Reached::Absent | Reached::Against if path.ends == Ends::Items => Ok(Value::List(List::EMPTY)),
            Reached::Absent | Reached::Against => {
                self.missing(path);
                Err(Unknown::Absent)
            }
        }
    }

    /// Notes a place that is not written; one of another system with the name of that.
    fn missing(self, path: &'m Path<'m>) {
        let begins = match path.root {
            Root::Document => return self.frame.trace.missing(path.format),
            Root::Binding(number) => self.frame.locals().get(usize::from(number)).cloned(),
            Root::Variable(outward) => self.variable(outward).cloned(),
            Root::Computed(expr) => self.evaluate(expr).ok().map(Binding::Value),
        };
        match begins {
            // What a file does not say is nothing that the manifest leaves out.
            Some(Binding::ItemRef(item_ref) | Binding::Value(Value::Item(item_ref)))
                if self.frame.is_evidence(item_ref.home) => {}
            Some(Binding::ItemRef(item_ref) | Binding::Value(Value::Item(item_ref)))
                if !std::ptr::eq(item_ref.home, self.frame.manifest) =>
            {
                let system = item_ref.home.name().unwrap_or(item_ref.home.schema.document);
                self.frame.trace.missing_named(|| format!("{} of `{system}`", path.format));
            }
            // Where the other system is not there, nothing of it is missing.
            None if matches!(path.root, Root::Computed(_)) => {}
            _ => self.frame.trace.missing(path.format),
        }
    }

    /// What a variable or place means.
    pub fn read(self, local: Binding<'m>) -> Result<Value<'m>, Unknown> {
        let item_ref = match local {
            Binding::ItemRef(item_ref) => item_ref,
            Binding::Value(value) => return Ok(value),
            Binding::Unknown(unknown) => return Err(unknown),
        };
        Ok(match &item_ref.item.value {
            Meaning::Undecided | Meaning::Against(_) => return Err(Unknown::Absent),
            Meaning::Unreadable => return Err(Unknown::Unreadable),
            Meaning::Record(..) | Meaning::Map(_) => Value::Item(item_ref),
            Meaning::List(items) => Value::List(List::Items(items, item_ref.home)),
            Meaning::Word(Some(word)) => Value::Text(Text::Written(word)),
            Meaning::Word(None) | Meaning::Any => Value::Text(Text::Written(item_ref.home.text(item_ref.item))),
            Meaning::Reference(reference) => Value::Reference(reference, item_ref.home),
            Meaning::Scalar(scalar) => match scalar {
                Scalar::Quantity(quantity) => Value::Quantity(Amount::Written(quantity)),
                Scalar::Change(change) => Value::Quantity(Amount::Written(&change.by)),
                Scalar::Interval(interval) => Value::Interval(interval),
                Scalar::Limit(limit) => Value::Limit(limit),
                Scalar::Date(date) => Value::Date(*date),
                Scalar::Period(period) => Value::Period(period),
                Scalar::Range(range) => Value::Range(range),
                Scalar::Comparison(comparison) => Value::Comparison(comparison),
                Scalar::Alert(alert) => Value::Alert(alert),
                Scalar::Test(test) => Value::Test(test),
                Scalar::Requirement(requirement) => Value::Requirement(requirement),
                Scalar::Bool(value) => Value::Bool(*value),
                Scalar::Integer(number) => Value::Int(*number),
                Scalar::Text => Value::Text(Text::Written(item_ref.home.text(item_ref.item))),
            },
        })
    }

    /// The items of a list, of a map, or of a table.
    pub fn list(self, value: Value<'m>) -> Result<List<'m>, Unknown> {
        match value {
            Value::List(list) => Ok(list),
            Value::Item(ItemRef { item: Item { value: Meaning::Map(named), .. }, home, .. }) => {
                Ok(List::Named(named, home))
            }
            Value::Table(table) => Ok(List::Rows(table)),
            _ => Err(Unknown::Fault("this is no list")),
        }
    }

    /// The name that a key means in a map of this kind that stands in `home`; none for a reference to something else.
    fn name_as<'v>(self, key: &'v Value<'m>, kind: Option<Kind>, home: &Manifest) -> Option<&'v str> {
        let (reference, from) = match key {
            Value::Text(text) => return Some(text),
            Value::Reference(reference, from) => (*reference, *from),
            _ => return None,
        };
        let there = match &reference.system {
            Some(system) => home.name() == Some(system),
            None => std::ptr::eq(from, home),
        };
        // What a reference into another system means is known there.
        let found = match (&reference.system, reference.kind) {
            (Some(_), None) => home.names.find(&reference.name, reference.asked_kinds()).map(|name| name.kind),
            (_, found) => found,
        };
        let other = matches!((found, kind), (Some(found), Some(wanted)) if found != wanted);
        (there && !other).then_some(&*reference.name)
    }
}
