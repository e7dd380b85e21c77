//! Places of a manifest that are written in the manifest: `serving.latency.p99`, `serving.path.features.p99`.

use super::{Item, Manifest, NamedItem, Value};
use crate::finding::{Pointer, PointerStep};
use crate::schema::{Record, Schema, Type};
use crate::units::{self, FieldStep, field_steps};

/// What a written place turned out to be.
#[derive(Debug)]
pub struct Lookup<'m> {
    /// The type of the place in the format.
    pub of: Type,
    /// The value that is written there, if any.
    pub item: Option<&'m Item>,
}

/// Why a written place is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoPlace {
    /// The step that leads nowhere, by its number.
    pub step: usize,
    /// The nearest name that would have led somewhere.
    pub nearest: Option<String>,
    /// Whether that is certainly what was meant.
    pub certain: bool,
    /// Whether the step is an item that the file does not have, and not a key that the format does not have.
    pub item: bool,
}

/// Follows the steps of a place from the root of the manifest. The format must have the place; named items on the way must
/// be written in the file; the value at the end need not be written.
pub fn follow<'m>(manifest: &'m Manifest, schema: &'static Schema, steps: &[FieldStep]) -> Result<Lookup<'m>, NoPlace> {
    let mut here = Lookup { of: Type::Record(schema.root), item: Some(&manifest.root) };
    for (index, step) in steps.iter().enumerate() {
        match next(manifest, schema, &here, &step.text) {
            Some(there) => here = there,
            None => return Err(lost(manifest, schema, &here, index, &step.text)),
        }
    }
    Ok(here)
}

/// As [`follow`], where nobody asks why a place is none.
pub fn find<'m>(manifest: &'m Manifest, schema: &'static Schema, steps: &[FieldStep]) -> Option<Lookup<'m>> {
    let root = Lookup { of: Type::Record(schema.root), item: Some(&manifest.root) };
    steps.iter().try_fold(root, |here, step| next(manifest, schema, &here, &step.text))
}

fn next<'m>(manifest: &'m Manifest, schema: &'static Schema, here: &Lookup<'m>, name: &str) -> Option<Lookup<'m>> {
    match here.of {
        Type::Record(id) => {
            let (index, field) = schema.record(id).field(name)?;
            let item = here.item.and_then(|item| item.member(index)).map(|member| &member.item);
            Some(Lookup { of: field.of, item })
        }
        Type::Map(_, of) => {
            let found = named_items(here).iter().find(|named| &*named.name == name)?;
            Some(Lookup { of: *of, item: Some(&found.item) })
        }
        Type::List(Type::Record(id)) => {
            let record = schema.record(*id);
            let items = listed_items(here);
            let found = items.iter().find(|item| item_name(manifest, record, item) == Some(name));
            let nested = || items.iter().find_map(|item| nested_item(manifest, record, item, name));
            Some(Lookup { of: Type::Record(*id), item: Some(found.or_else(nested)?) })
        }
        Type::Either(types) => {
            types.iter().find_map(|of| next(manifest, schema, &Lookup { of: *of, item: here.item }, name))
        }
        _ => None,
    }
}

/// Why a step leads nowhere.
fn lost(manifest: &Manifest, schema: &'static Schema, here: &Lookup<'_>, step: usize, name: &str) -> NoPlace {
    let (item, nearest) = match here.of {
        Type::Record(id) => (false, nearest(name, schema.record(id).fields.iter().map(|field| field.name))),
        Type::Map(..) => (true, nearest(name, named_items(here).iter().map(|named| &*named.name))),
        Type::List(Type::Record(id)) => {
            let names = listed_items(here).iter().filter_map(|item| item_name(manifest, schema.record(*id), item));
            (true, nearest(name, names))
        }
        _ => (false, None),
    };
    let certain = nearest.as_ref().is_some_and(|(_, certain)| *certain);
    NoPlace { step, nearest: nearest.map(|(name, _)| name), certain, item }
}

fn named_items<'m>(place: &Lookup<'m>) -> &'m [NamedItem] {
    match place.item.map(|item| &item.value) {
        Some(Value::Map(named)) => named,
        _ => &[],
    }
}

fn listed_items<'m>(place: &Lookup<'m>) -> &'m [Item] {
    match place.item.map(|item| &item.value) {
        Some(Value::List(items)) => items,
        _ => &[],
    }
}

/// An item of a list of the same record inside an item: a step of a parallel block is a step of the path.
fn nested_item<'m>(manifest: &Manifest, record: &'static Record, item: &'m Item, name: &str) -> Option<&'m Item> {
    let Value::Record(_, members) = &item.value else { return None };
    members.iter().find_map(|member| match &member.item.value {
        Value::List(items) if matches!(record.at(member.field).of, Type::List(Type::Record(_))) => {
            items.iter().find(|item| item_name(manifest, record, item) == Some(name))
        }
        _ => None,
    })
}

/// The name by which an item of a list of records is known.
pub fn item_name<'m>(manifest: &'m Manifest, record: &Record, item: &Item) -> Option<&'m str> {
    let member = item.member(record.known_by?)?;
    manifest.tree.text(member.item.node).map(str::trim)
}

fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<(String, bool)> {
    let (near, certain) = units::meant(name, names);
    near.first().map(|near| ((*near).to_owned(), certain))
}

/// A pointer as manifests write places: as much of it as they can say; nothing for the top.
pub fn written(pointer: &Pointer) -> Option<String> {
    let mut place = String::new();
    for step in pointer.steps().iter().map(PointerStep::text) {
        let longer = if place.is_empty() { step.to_string() } else { format!("{place}.{step}") };
        let said =
            |text: &str| field_steps(text).is_ok_and(|steps| steps.last().is_some_and(|last| *last.text == *step));
        if said(&longer) {
            place = longer;
        } else if said(&format!("{place}[{step}]")) {
            place = format!("{place}[{step}]");
        } else {
            break;
        }
    }
    Some(place).filter(|place| !place.is_empty())
}
