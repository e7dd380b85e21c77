//! Values of a manifest by where they are, so that facts can name them without borrowing them.

use crate::manifest::{Item, Manifest, NamedItem, Value};

/// The way from the root of a manifest to one of its values: the number of each member, item or entry on it, as
/// [`Value`] holds them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ItemPath(Box<[u32]>);

impl ItemPath {
    /// The path of these numbers.
    pub(super) fn new(steps: &[u32]) -> Self {
        Self(steps.into())
    }

    /// The value there, and its entry where it is an item of a map. None in a manifest of another shape.
    pub(super) fn in_manifest<'m>(&self, manifest: &'m Manifest) -> Option<(&'m Item, Option<&'m NamedItem>)> {
        self.0.iter().try_fold((&manifest.root, None), |(item, _), step| {
            let step = *step as usize;
            match &item.value {
                Value::Record(_, members) => members.get(step).map(|member| (&member.item, None)),
                Value::List(items) => items.get(step).map(|item| (item, None)),
                Value::Map(named) => named.get(step).map(|named| (&named.item, Some(named))),
                _ => None,
            }
        })
    }
}

/// Calls `found` with a value, its path from the root, and all values inside it, in the order of the text. `way` is the
/// path of the value, and is the same afterwards.
pub(super) fn each<'m>(item: &'m Item, way: &mut Vec<u32>, found: &mut impl FnMut(&'m Item, &[u32])) {
    found(item, way);
    let mut inside = |number: usize, item: &'m Item| {
        way.push(number as u32);
        each(item, way, found);
        way.pop();
    };
    match &item.value {
        Value::Record(_, members) => {
            members.iter().enumerate().for_each(|(number, member)| inside(number, &member.item));
        }
        Value::List(items) => items.iter().enumerate().for_each(|(number, item)| inside(number, item)),
        Value::Map(named) => named.iter().enumerate().for_each(|(number, named)| inside(number, &named.item)),
        _ => {}
    }
}
