//! From a place of the format to the text: what of it is written, and what would have to be.

use crate::edit::{Addition, Change, YamlValue, add_entry, fill_below, set_value, widen};
use crate::manifest::{Item, Manifest, Value};
use crate::schema::{Field, RecordId, Type};
use crate::source::Span;
use crate::tree::{NodeId, Shape, Tree};

/// A place, followed as far as it is written.
pub(super) struct Gap<'m> {
    manifest: &'m Manifest,
    /// The deepest value on the way that is written.
    item: &'m Item,
    /// The key of that value, where it has one of its own.
    key: Option<Span>,
    /// The names that are not written.
    rest: Vec<String>,
    /// The field that each step of the way is, from the root; none for names.
    fields: Vec<Option<&'static Field>>,
    /// What stands at the place.
    pub of: Type,
}

impl<'m> Gap<'m> {
    /// Follows the names of a place. None where the format has no such place, and where an alias or a merge key brings in
    /// what stands on the way: an edit there would change other places too.
    pub fn follow(manifest: &'m Manifest, names: &[String]) -> Option<Self> {
        let mut gap = Gap {
            manifest,
            item: &manifest.root,
            key: None,
            rest: Vec::new(),
            fields: Vec::new(),
            of: Type::Record(manifest.schema.root),
        };
        for name in names {
            gap.step(name)?;
        }
        let tree = &manifest.tree;
        let own = !matches!(tree.node(gap.item.node).shape, Shape::Alias(_))
            && (gap.item.node == tree.root() || !tree.is_shared(tree.span(gap.item.node)));
        (own && !matches!(gap.item.value, Value::Against(_) | Value::Unreadable | Value::Any)).then_some(gap)
    }

    /// Whether not even the key of the place is written.
    pub fn vacant(&self) -> bool {
        !self.rest.is_empty()
    }

    /// What the field at the place means; of an item of a map, the field of the map.
    pub fn meaning(&self) -> &'static str {
        self.fields.iter().rev().flatten().next().map_or("", |field| field.meaning)
    }

    /// The way to the place by the keys of the format, with `*` for names.
    pub fn path(&self) -> Vec<String> {
        self.fields.iter().map(|field| field.map_or("*", |field| field.name).to_owned()).collect()
    }

    fn step(&mut self, name: &str) -> Option<()> {
        let (field, of) = below(self.manifest, self.of, name)?;
        if self.rest.is_empty() {
            match self.inner(name) {
                Lookup::Item(item, key) => {
                    let tree = &self.manifest.tree;
                    if matches!(tree.node(self.item.node).shape, Shape::Alias(_)) || self.merged(key) {
                        return None;
                    }
                    (self.item, self.key) = (item, key.or(self.key));
                }
                Lookup::Missing => self.rest.push(name.to_owned()),
                Lookup::Nowhere => return None,
            }
        } else {
            self.rest.push(name.to_owned());
        }
        self.fields.push(field);
        self.of = of;
        Some(())
    }

    fn merged(&self, key: Option<Span>) -> bool {
        let entries = self.manifest.tree.entries(self.item.node);
        let entry = key.and_then(|key| entries.iter().find(|entry| entry.key_span == key));
        entry.is_some_and(|entry| entry.merged_by.is_some())
    }

    /// The value of this name in the deepest one that is written.
    fn inner(&self, name: &str) -> Lookup<'m> {
        let manifest = self.manifest;
        let mut item = self.item;
        if let Value::List(items) = &item.value {
            if let [one] = items.as_slice()
                && one.node == item.node
            {
                item = one;
            } else {
                let called = |(index, one): &(usize, &'m Item)| match &one.value {
                    Value::Record(id, _) => {
                        let record = manifest.schema.record(*id);
                        crate::manifest::lookup::item_name(manifest, record, one) == Some(name)
                            || index.to_string() == name
                    }
                    _ => index.to_string() == name,
                };
                let found = items.iter().enumerate().find(called);
                return found.map_or(Lookup::Nowhere, |(_, one)| Lookup::Item(one, None));
            }
        }
        match &item.value {
            Value::Record(id, members) => {
                let Some((index, _)) = manifest.schema.record(*id).field(name) else { return Lookup::Nowhere };
                match members.iter().find(|member| member.field == index) {
                    Some(member) => Lookup::Item(&member.item, Some(member.key)),
                    None => Lookup::Missing,
                }
            }
            Value::Map(named) => {
                let unsaid = || manifest.unsaid(item.node, name);
                match named.iter().find(|named| &*named.name == name).or_else(unsaid) {
                    Some(named) => Lookup::Item(&named.item, Some(named.key)),
                    None => Lookup::Missing,
                }
            }
            Value::Undecided => Lookup::Missing,
            _ => Lookup::Nowhere,
        }
    }

    /// What writes `value` at the place. What is written already stays, and gets what it lacks; where it says something
    /// else, there is nothing to write: which of the two holds is the author's to know.
    pub fn write(&self, value: &YamlValue) -> Option<Vec<Change>> {
        if !self.rest.is_empty() {
            return self.insert(value);
        }
        match (&self.item.value, value) {
            (Value::Undecided, value) => set_value(&self.manifest.tree, self.key?, self.item.node, value, None),
            (Value::Record(..) | Value::Map(_), YamlValue::Map(entries)) => self.merge(entries),
            _ => None,
        }
    }

    /// Adds the entries that are not written.
    fn merge(&self, entries: &[(String, YamlValue)]) -> Option<Vec<Change>> {
        let mut changes = Vec::new();
        for (key, value) in entries {
            let mut inner = Gap { rest: Vec::new(), fields: self.fields.clone(), ..*self };
            inner.step(key)?;
            let tree = &self.manifest.tree;
            if inner.rest.is_empty() && YamlValue::of(tree, inner.item.node) == *value {
                continue;
            }
            changes.extend(inner.write(value)?);
        }
        // Of two additions at one place the one that comes first in the format stands first.
        changes.sort_by_key(|(span, _)| *span);
        Some(changes).filter(|changes| !changes.is_empty())
    }

    fn insert(&self, value: &YamlValue) -> Option<Vec<Change>> {
        let tree: &Tree = &self.manifest.tree;
        let (first, rest) = self.rest.split_first()?;
        let inner = value.clone().within(rest);
        // What is asked in brackets has its question above them.
        let mut questions: Vec<Option<String>> = vec![None; rest.len()];
        questions.push(match value {
            YamlValue::Open(asked) if in_brackets(tree, self.item.node) => Some(format!("? {asked}")),
            _ => None,
        });
        let added = Addition { key: first, value: &inner, questions: &questions };
        let record = |id: RecordId| self.manifest.schema.record(id);
        match &self.item.value {
            Value::Undecided => {
                let whole = inner.within(std::slice::from_ref(first));
                fill_below(tree, self.key?, self.item.node, &whole)
                    .or_else(|| set_value(tree, self.key?, self.item.node, &whole, None))
            }
            Value::Record(id, members) if !is_mapping(tree, self.item.node) => {
                let [only] = members.as_slice() else { return None };
                widen(tree, self.key, self.item.node, record(*id).at(only.field).name, &added)
            }
            Value::Record(id, _) => {
                let rank = |key: &str| record(*id).field(key).map(|(index, _)| usize::from(index));
                add_entry(tree, self.item.node, &added, &rank)
            }
            Value::Map(_) => add_entry(tree, self.item.node, &added, &|_| None),
            Value::List(items) => match items.as_slice() {
                [one] if one.node == self.item.node => {
                    let Value::Record(id, _) = &one.value else { return None };
                    let rank = |key: &str| record(*id).field(key).map(|(index, _)| usize::from(index));
                    is_mapping(tree, one.node).then(|| add_entry(tree, one.node, &added, &rank))?
                }
                _ => None,
            },
            _ => None,
        }
    }
}

enum Lookup<'m> {
    Item(&'m Item, Option<Span>),
    Missing,
    Nowhere,
}

/// The type of the value called `name` in one of a type, and the field that it is.
pub(super) fn below(manifest: &Manifest, of: Type, name: &str) -> Option<(Option<&'static Field>, Type)> {
    match of {
        Type::Record(id) => {
            let (_, field) = manifest.schema.record(id).field(name)?;
            Some((Some(field), field.of))
        }
        Type::Map(_, of) => Some((None, *of)),
        Type::List(of @ Type::Record(_)) if name.parse::<usize>().is_err() => {
            below(manifest, *of, name).or(Some((None, *of)))
        }
        Type::List(of) => Some((None, *of)),
        Type::Either(types) => types.iter().find_map(|of| below(manifest, *of, name)),
        _ => None,
    }
}

/// Whether what is added to a value stands in brackets: in those of a mapping, or of a short form that becomes one.
fn in_brackets(tree: &Tree, node: NodeId) -> bool {
    !matches!(&tree.node(node).shape, Shape::Mapping(mapping) if !mapping.flow)
}

fn is_mapping(tree: &Tree, node: NodeId) -> bool {
    matches!(tree.node(node).shape, Shape::Mapping(_))
}
