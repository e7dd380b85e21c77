//! Collects the names that a manifest defines.

use std::borrow::Cow;

use super::{Item, Manifest, Name, NamedItem, Names, Value};
use crate::schema::{Kind, Schema};
use crate::source::Span;
use crate::units::{self, Scalar};

/// Fills [`Manifest::names`] by what the format says defines a name.
pub fn collect(manifest: &mut Manifest, schema: &'static Schema) {
    let mut defined: Vec<Name> = Vec::new();
    for definition in schema.kinds {
        for place in definition.places {
            each(manifest, schema, place, &mut |name, span| {
                defined.push(Name { kind: definition.kind, name: Cow::Owned(name.to_owned()), span: Some(span) });
            });
        }
        for (name, _) in definition.given {
            defined.push(Name { kind: definition.kind, name: Cow::Borrowed(name), span: None });
        }
    }
    let own = schema.record(schema.root).field("name").and_then(|(index, _)| manifest.root.member(index));
    if let Some(member) = own {
        let name = Cow::Owned(manifest.text(&member.item).to_owned());
        defined.push(Name { kind: Kind::System, name, span: Some(manifest.tree.span(member.item.node)) });
    }
    manifest.names = Names::new(defined);
}

/// Calls `found` with every name at a place of the format, in the order of the text.
pub fn each(manifest: &Manifest, schema: &'static Schema, place: &str, found: &mut dyn FnMut(&str, Span)) {
    let steps: Vec<&str> = place.split('.').collect();
    descend(manifest, schema, &manifest.root, &steps, found);
}

fn descend(
    manifest: &Manifest,
    schema: &'static Schema,
    item: &Item,
    steps: &[&str],
    found: &mut dyn FnMut(&str, Span),
) {
    let Some((step, rest)) = steps.split_first() else {
        return names_in(manifest, item, found);
    };
    match &item.value {
        Value::Map(named) if *step == "*" => {
            for NamedItem { item, .. } in named {
                descend(manifest, schema, item, rest, found);
            }
        }
        Value::Record(id, members) => {
            let key = step.trim_end_matches("[]");
            let Some((index, _)) = schema.record(*id).field(key) else { return };
            let Some(member) = members.iter().find(|member| member.field == index) else { return };
            match &member.item.value {
                Value::List(items) if step.ends_with("[]") => {
                    for item in items {
                        descend(manifest, schema, item, rest, found);
                    }
                }
                _ => descend(manifest, schema, &member.item, rest, found),
            }
        }
        _ => {}
    }
}

fn names_in(manifest: &Manifest, item: &Item, found: &mut dyn FnMut(&str, Span)) {
    match &item.value {
        Value::Map(named) => named.iter().for_each(|named| found(&named.name, named.key)),
        Value::List(items) => items.iter().for_each(|item| names_in(manifest, item, found)),
        // A metric that is written as a place of the manifest defines nothing.
        Value::Scalar(Scalar::Text) if !manifest.text(item).contains(['.', '[']) => {
            let text = manifest.text(item);
            found(&units::meant_name(text).unwrap_or(Cow::Borrowed(text)), manifest.tree.span(item.node));
        }
        _ => {}
    }
}
