//! Places of the format, by the keys and names that lead to them.

use crate::manifest::leaf::leaf;
use crate::schema::{Schema, Type};

/// What the format has at a place.
#[derive(Debug, Clone, Copy)]
pub struct FieldType {
    /// What may stand there.
    pub of: Type,
    /// The last declared key on the way.
    pub field: &'static str,
}

/// The place that the keys of records and the names of items lead to; none where the format has no such place.
pub fn place_of(schema: &Schema, path: &[&str]) -> Option<FieldType> {
    let mut here = FieldType { of: Type::Record(schema.root), field: "" };
    for step in path {
        here = match inside(here.of)? {
            Type::Record(id) => {
                let (_, field) = schema.record(id).field(step)?;
                FieldType { of: field.of, field: field.name }
            }
            Type::Map(keys, of) => {
                leaf(step, *keys).ok()?;
                FieldType { of: *of, field: here.field }
            }
            _ => return None,
        };
    }
    Some(here)
}

/// The index of a key among those of the mapping at `path`, for their order; items of a map have none.
pub fn rank(schema: &Schema, path: &[&str], key: &str) -> Option<u16> {
    match inside(place_of(schema, path)?.of)? {
        Type::Record(id) => schema.record(id).field(key).map(|(index, _)| index),
        _ => None,
    }
}

/// What the format says of a place.
pub fn meaning(schema: &Schema, path: &[&str]) -> Option<(&'static str, Type)> {
    let (last, above) = path.split_last()?;
    match inside(place_of(schema, above)?.of)? {
        Type::Record(id) => schema.record(id).field(last).map(|(_, field)| (field.meaning, field.of)),
        _ => None,
    }
}

/// The mapping that a type admits; one item stands for a list of one.
fn inside(of: Type) -> Option<Type> {
    match of {
        Type::Record(_) | Type::Map(..) => Some(of),
        Type::List(of) => inside(*of),
        Type::Either(types) => types.iter().find_map(|of| inside(*of)),
        _ => None,
    }
}
