//! Where an offset lies: the way from the document through the tree, beside what the format declares there.
//!
//! The way goes through the tree and not through the typed manifest, because it is asked for where the text is being
//! written and nothing is typed yet.

use crate::manifest::read::unnamed;
use crate::schema::{Field, Record, Schema, Type};
use crate::source::Span;
use crate::tree::{Entry, NodeId, Shape, Tree};

/// Where an offset lies.
#[derive(Debug)]
pub(super) struct Cursor {
    /// The steps from the document to the innermost value around the offset.
    pub way: Vec<Step>,
    /// Whether the offset lies in the key of the last step, and not in its value.
    pub on_key: bool,
    /// The innermost value; the document where there is no step.
    pub node: NodeId,
    /// What may stand there, as far as the format declares it.
    pub of: Type,
    /// The collection that the last written step is a part of, and what may stand in its place.
    pub inside: Option<(NodeId, Type)>,
}

/// One step of a way.
#[derive(Debug)]
pub(super) struct Step {
    /// The key or the number of an item; for what a short form means, the field.
    pub name: Box<str>,
    /// Where the key stands; none for items of lists and for short forms.
    pub key: Option<Span>,
    /// What it is in the format.
    pub is: Declared,
}

/// What a step is in the format.
#[derive(Debug, Clone, Copy)]
pub(super) enum Declared {
    /// A declared key of a record.
    Field(&'static Record, &'static Field),
    /// A named item of a map.
    Named,
    /// An item of a list.
    Item,
    /// A key that the format does not declare here.
    Unknown,
}

/// A mapping, as the format sees it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Mapping {
    /// One with declared keys.
    Record(&'static Record),
    /// One from names of the first type to values of the second.
    Named(&'static Type, &'static Type),
}

impl Cursor {
    /// The place in the format, as in `serving.path[].p99`; empty for the document and below keys that it does not declare.
    pub fn place(&self) -> String {
        place(&self.way)
    }

    /// The innermost declared field.
    pub fn field(&self) -> Option<(&'static Record, &'static Field)> {
        self.way.iter().rev().find_map(|step| match step.is {
            Declared::Field(record, field) => Some((record, field)),
            _ => None,
        })
    }
}

/// The place that steps lead to in the format.
pub(super) fn place(way: &[Step]) -> String {
    let mut place = String::new();
    for step in way {
        match step.is {
            Declared::Field(record, field) => place = of_field(record, field),
            Declared::Named => place.push_str(".*"),
            Declared::Item => place.push_str("[]"),
            Declared::Unknown => return String::new(),
        }
    }
    place
}

/// The place of a field in the format.
pub(super) fn of_field(record: &Record, field: &Field) -> String {
    if record.path.is_empty() { field.name.to_owned() } else { format!("{}.{}", record.path, field.name) }
}

/// Where `offset` lies in a document of this format. An offset right behind a key or value belongs to it.
pub(super) fn locate(tree: &Tree, schema: &'static Schema, offset: u32) -> Cursor {
    let mut here =
        Cursor { way: Vec::new(), on_key: false, node: tree.root(), of: Type::Record(schema.root), inside: None };
    loop {
        let step = match &tree.node(here.node).shape {
            Shape::Mapping(_) => in_mapping(tree, schema, &here, offset),
            Shape::Sequence(_) => in_sequence(tree, schema, &mut here, offset),
            Shape::Scalar(_) => {
                short_forms(schema, &mut here);
                None
            }
            Shape::Alias(_) => None,
        };
        let Some((step, node, of, on_key)) = step else { return here };
        here.way.push(step);
        here.inside = Some((here.node, here.of));
        (here.node, here.of, here.on_key) = (node, of, on_key);
        if on_key {
            return here;
        }
    }
}

type Inner = (Step, NodeId, Type, bool);

fn holds(span: Span, offset: u32) -> bool {
    span.start <= offset && offset <= span.end
}

fn in_mapping(tree: &Tree, schema: &'static Schema, here: &Cursor, offset: u32) -> Option<Inner> {
    let written = || tree.entries(here.node).iter().filter(|entry| entry.merged_by.is_none());
    let on_key = written().find(|entry| holds(entry.key_span, offset));
    let entry = on_key.or_else(|| written().find(|entry| holds(tree.span(entry.value), offset)))?;
    let (is, of) = declared(mapping(tree, schema, here.node, here.of), entry);
    let step = Step { name: entry.key.clone(), key: Some(entry.key_span), is };
    Some((step, entry.value, of, on_key.is_some()))
}

fn declared(mapping: Option<Mapping>, entry: &Entry) -> (Declared, Type) {
    match mapping {
        Some(Mapping::Record(record)) => match record.field(&entry.key) {
            Some((_, field)) => (Declared::Field(record, field), field.of),
            None => (Declared::Unknown, Type::Any),
        },
        Some(Mapping::Named(_, of)) if !crate::manifest::keys::free(&entry.key) => (Declared::Named, *of),
        _ => (Declared::Unknown, Type::Any),
    }
}

fn in_sequence(tree: &Tree, schema: &'static Schema, here: &mut Cursor, offset: u32) -> Option<Inner> {
    let items = tree.items(here.node);
    let index = items.iter().position(|item| holds(tree.span(*item), offset))?;
    while let Type::Record(id) = here.of
        && let Some(short) = short_step(schema.record(id))
    {
        here.way.push(short.0);
        here.of = short.1;
    }
    let step = Step { name: index.to_string().into(), key: None, is: Declared::Item };
    Some((step, items[index], item_of(here.of).unwrap_or(Type::Any), false))
}

/// Goes on to what a scalar means that stands for a list of one or for a record.
fn short_forms(schema: &'static Schema, here: &mut Cursor) {
    loop {
        match here.of {
            Type::List(of) => here.of = *of,
            Type::Record(id) => match short_step(schema.record(id)) {
                Some((step, of)) => {
                    here.way.push(step);
                    here.of = of;
                }
                None => return,
            },
            _ => return,
        }
    }
}

fn short_step(record: &'static Record) -> Option<(Step, Type)> {
    let field = record.at(record.short?);
    Some((Step { name: field.name.into(), key: None, is: Declared::Field(record, field) }, field.of))
}

/// What the mapping at `node` is, where one of this type may stand.
pub(super) fn mapping(tree: &Tree, schema: &'static Schema, node: NodeId, of: Type) -> Option<Mapping> {
    match of {
        Type::Record(id) => Some(Mapping::Record(schema.record(id))),
        Type::Map(key, of) => match (unnamed(tree, schema, node, *of), of) {
            (Some(_), Type::Record(id)) => Some(Mapping::Record(schema.record(*id))),
            _ => Some(Mapping::Named(key, of)),
        },
        Type::List(of) => mapping(tree, schema, node, *of),
        Type::Either(types) => types.iter().find_map(|of| mapping(tree, schema, node, *of)),
        _ => None,
    }
}

/// What the items of a list are, where a list may stand.
pub(super) fn item_of(of: Type) -> Option<Type> {
    match of {
        Type::List(of) => Some(*of),
        Type::Either(types) => types.iter().find_map(|of| item_of(*of)),
        _ => None,
    }
}

/// The types that a scalar may have here: none of them is a list, a choice, or a record that has a short form.
pub(super) fn scalars_of(schema: &'static Schema, of: Type) -> Vec<Type> {
    match of {
        Type::List(of) => scalars_of(schema, *of),
        Type::Either(types) => types.iter().flat_map(|of| scalars_of(schema, *of)).collect(),
        Type::Record(id) => short_step(schema.record(id)).map_or(Vec::new(), |(_, of)| scalars_of(schema, of)),
        Type::Map(..) | Type::Any => Vec::new(),
        scalar => vec![scalar],
    }
}
