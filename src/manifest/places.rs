//! Places of a manifest that are written in the manifest: `serving.latency.p99`, `serving.path.features.p99`.

use super::{Item, Manifest, Named, Value};
use crate::schema::{Field, Record, RecordId, Schema, Type};
use crate::units::{self, FieldStep, field_steps};

/// What a written place turned out to be.
#[derive(Debug)]
pub struct Place<'m> {
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
pub fn follow<'m>(manifest: &'m Manifest, schema: &'static Schema, steps: &[FieldStep]) -> Result<Place<'m>, NoPlace> {
    let mut here = Place { of: Type::Record(schema.root), item: Some(&manifest.root) };
    for (index, step) in steps.iter().enumerate() {
        here = next(manifest, schema, &here, &step.text).map_err(|(item, nearest)| {
            let certain = nearest.as_ref().is_some_and(|(_, certain)| *certain);
            NoPlace { step: index, nearest: nearest.map(|(name, _)| name), certain, item }
        })?;
    }
    Ok(here)
}

type Lost = (bool, Option<(String, bool)>);

fn next<'m>(manifest: &'m Manifest, schema: &'static Schema, here: &Place<'m>, name: &str) -> Result<Place<'m>, Lost> {
    match here.of {
        Type::Record(id) => record_step(schema, here.item, id, name),
        Type::Map(_, of) => {
            let named: &[Named] = match here.item.map(|item| &item.value) {
                Some(Value::Map(named)) => named,
                _ => &[],
            };
            match named.iter().find(|named| &*named.name == name) {
                Some(found) => Ok(Place { of: *of, item: Some(&found.item) }),
                None => Err((true, nearest(name, named.iter().map(|named| &*named.name)))),
            }
        }
        Type::List(Type::Record(id)) => {
            let record = schema.record(*id);
            let items: &[Item] = match here.item.map(|item| &item.value) {
                Some(Value::List(items)) => items,
                _ => &[],
            };
            if let Some(found) = items.iter().find(|item| item_name(manifest, record, item) == Some(name)) {
                return Ok(Place { of: Type::Record(*id), item: Some(found) });
            }
            let nested = items.iter().find_map(|item| nested_item(manifest, record, item, name));
            match nested {
                Some(found) => Ok(Place { of: Type::Record(*id), item: Some(found) }),
                None => Err((true, nearest(name, items.iter().filter_map(|item| item_name(manifest, record, item))))),
            }
        }
        Type::Either(types) => types
            .iter()
            .find_map(|of| next(manifest, schema, &Place { of: *of, item: here.item }, name).ok())
            .ok_or((false, None)),
        _ => Err((false, None)),
    }
}

fn record_step<'m>(
    schema: &'static Schema,
    item: Option<&'m Item>,
    id: RecordId,
    name: &str,
) -> Result<Place<'m>, Lost> {
    let record = schema.record(id);
    match record.field(name) {
        Some((index, field)) => {
            let field: &Field = field;
            let item = item.and_then(|item| item.member(index)).map(|member| &member.item);
            Ok(Place { of: field.of, item })
        }
        None => Err((false, nearest(name, record.fields.iter().map(|field| field.name)))),
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
pub fn written(pointer: &str) -> Option<String> {
    let mut place = String::new();
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        let longer = if place.is_empty() { step.clone() } else { format!("{place}.{step}") };
        let said = |text: &str| field_steps(text).is_ok_and(|steps| steps.last().is_some_and(|last| last.text == step));
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
