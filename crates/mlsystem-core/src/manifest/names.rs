//! What defines the names of a manifest.

use std::borrow::Cow;

use super::{Item, Manifest, Name, NamedItem, Names, Selected, Value};
use crate::finding::PointerStep;
use crate::schema::{FieldPath, Kind, Schema, field_path};
use crate::source::Span;
use crate::units::{self, Scalar};

/// The field that names the system of a manifest.
pub const NAME: FieldPath = field_path!(manifest: "name");

/// A name where it is defined.
#[derive(Debug, Clone)]
pub struct Definer<'w, 'm> {
    /// The name.
    pub name: Cow<'m, str>,
    /// Where it is written.
    pub span: Span,
    /// What it names: the item of a map or list; for the value of another field the value.
    pub item: &'m Item,
    /// The entry of the map that defines it, where a map does.
    pub named: Option<&'m NamedItem>,
    /// The map or list that it is written in, or the item that is known by it.
    selected: Selected<'w, 'm>,
}

impl Definer<'_, '_> {
    /// What it names as people write the place: `evaluation.metrics.auc`, `task.output` for a name in a list.
    pub fn path(&self) -> String {
        let pointer = self.selected.pointer();
        let mut names: Vec<_> = pointer.steps().iter().map(PointerStep::text).collect();
        names.extend(self.named.map(|named| Cow::Borrowed(&*named.name)));
        names.join(".")
    }
}

/// Fills [`Manifest::names`] by what the format says defines a name.
pub fn collect(manifest: &mut Manifest, schema: &'static Schema) {
    let mut defined: Vec<Name> = Vec::new();
    for definition in schema.kinds {
        for place in definition.places {
            each(manifest, *place, |found| {
                let name = Cow::Owned(found.name.into_owned());
                defined.push(Name { kind: definition.kind, name, span: Some(found.span) });
            });
        }
        for (name, _) in definition.given {
            defined.push(Name { kind: definition.kind, name: Cow::Borrowed(name), span: None });
        }
    }
    if let Some(own) = manifest.section(NAME) {
        let name = Cow::Owned(manifest.text(own).to_owned());
        defined.push(Name { kind: Kind::System, name, span: Some(manifest.tree.span(own.node)) });
    }
    manifest.names = Names::new(defined);
}

/// Calls `found` with every name at a place of the format, in the order of the text.
pub fn each<'m>(manifest: &'m Manifest, place: FieldPath, mut found: impl FnMut(Definer<'_, 'm>)) {
    find(manifest, place, |definer| -> Option<()> {
        found(definer);
        None
    });
}

/// Calls `found` with every name at a place of the format, in the order of the text, until it gives something.
pub fn find<'m, T>(
    manifest: &'m Manifest,
    place: FieldPath,
    mut found: impl FnMut(Definer<'_, 'm>) -> Option<T>,
) -> Option<T> {
    manifest.find_at(place, |selected| names_in(selected, selected.item, &mut found))
}

fn names_in<'m, T>(
    selected: Selected<'_, 'm>,
    item: &'m Item,
    found: &mut impl FnMut(Definer<'_, 'm>) -> Option<T>,
) -> Option<T> {
    match &item.value {
        Value::Map(named) => named.iter().find_map(|named| {
            let (name, span, item) = (Cow::Borrowed(&*named.name), named.key, &named.item);
            found(Definer { name, span, item, named: Some(named), selected })
        }),
        Value::List(items) => items.iter().find_map(|item| names_in(selected, item, found)),
        // A metric that is written as a place of the manifest defines nothing.
        Value::Scalar(Scalar::Text) if !selected.home.text(item).contains(['.', '[']) => {
            let text = selected.home.text(item);
            let name = units::meant_name(text).unwrap_or(Cow::Borrowed(text));
            let span = selected.home.tree.span(item.node);
            let whole = selected.known_by_it();
            let item = whole.map_or(item, |whole| whole.item);
            found(Definer { name, span, item, named: None, selected: whole.unwrap_or(selected) })
        }
        _ => None,
    }
}
