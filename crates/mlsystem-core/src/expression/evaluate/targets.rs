//! What the manifest itself names: the subjects of requirements and tests, and what references mean.

use super::Context;
use crate::expression::{ItemRef, Value};
use crate::manifest::{Manifest, Reference, Value as Meaning, lookup, lookup::Lookup, names};
use crate::schema::{Kind, Role, Type};
use crate::units::{FieldStep, field_steps};

/// What a text of the manifest names.
#[derive(Debug)]
pub(in crate::expression) struct Target<'m> {
    /// The deepest value on the way that is written; the document where none is.
    pub item: Option<ItemRef<'m>>,
    /// The names of what follows and is not written; nothing when the item is what was named.
    pub missing: Vec<String>,
    /// The place as people write it.
    pub path: String,
}

/// The place that a value names: the subject of a requirement or test, a text that is a place, or a reference.
pub(in crate::expression) fn target<'m>(context: Context<'_, 'm>, value: &Value<'m>) -> Option<Target<'m>> {
    match value {
        Value::Requirement(requirement) => subject(context, &requirement.subject, false),
        Value::Test(test) => subject(context, &test.subject, true),
        Value::Text(text) => subject(context, text, false),
        Value::Reference(named, home) => reference(context, named, home),
        _ => None,
    }
}

/// A field, or a metric, which stands for what it achieved; in a test a signal comes first.
pub(in crate::expression) fn subject<'m>(context: Context<'_, 'm>, text: &str, signals: bool) -> Option<Target<'m>> {
    let names = &context.frame.manifest.names;
    if !text.contains(['.', '[']) {
        if signals && names.find(text, &[Kind::Signal]).is_some() {
            return defined(context, Kind::Signal, text);
        }
        if names.find(text, &[Kind::Metric]).is_some() {
            return metric(context, text);
        }
    }
    follow(context, text)
}

fn reference<'m>(context: Context<'_, 'm>, reference: &Reference, home: &'m Manifest) -> Option<Target<'m>> {
    let elsewhere = reference.system().is_some() || !std::ptr::eq(home, context.frame.manifest);
    match reference.kind {
        _ if elsewhere => {
            let found = context.frame.facts()?.resolve(reference, home)?;
            let path = reference.name.to_string();
            Some(Target { item: Some(ItemRef::of(&found)), missing: Vec::new(), path })
        }
        Some(Kind::Field) => follow(context, &reference.name),
        kind => defined(context, kind?, &reference.name),
    }
}

fn metric<'m>(context: Context<'_, 'm>, name: &str) -> Option<Target<'m>> {
    let mut found = defined(context, Kind::Metric, name)?;
    let Some(item_ref) = found.item.filter(|_| found.missing.is_empty()) else { return Some(found) };
    let (achieved, missing) = match item_ref.item.value {
        Meaning::Record(id, _) => (context.frame.schema.record(id).with_role(Role::Achieved), false),
        _ => (None, matches!(item_ref.item.value, Meaning::Undecided | Meaning::Against(_))),
    };
    match achieved {
        Some((field, declared)) => {
            found.path.push_str(&format!(".{}", declared.name));
            match item_ref.item.member(field) {
                Some(member) => found.item = Some(item_ref.inner(&member.item)),
                None => found.missing.push(declared.name.to_owned()),
            }
        }
        None if missing => {
            found
                .missing
                .extend(context.frame.schema.with_role(Role::Achieved).next().map(|path| path.key().to_owned()));
        }
        None => {}
    }
    Some(found)
}

/// What defines a name of this kind.
fn defined<'m>(context: Context<'_, 'm>, kind: Kind, name: &str) -> Option<Target<'m>> {
    let definition = context.frame.schema.definition(kind)?;
    let home = context.frame.manifest;
    let found = definition.places.iter().find_map(|place| {
        names::find(home, *place, |found| {
            let item = ItemRef { item: found.item, named: found.named, home };
            (*found.name == *name).then(|| Target { item: Some(item), missing: Vec::new(), path: found.path() })
        })
    });
    if found.is_some() {
        return found;
    }
    let (_, place) = definition.given.iter().find(|(given, _)| *given == name)?;
    follow(context, place.text())
}

/// The deepest written part of a place.
fn follow<'m>(context: Context<'_, 'm>, text: &str) -> Option<Target<'m>> {
    let frame = context.frame;
    let steps: Vec<FieldStep> = field_steps(text).ok()?;
    for written in (1..=steps.len()).rev() {
        let (here, rest) = steps.split_at(written);
        if let Some(Lookup { item: Some(item), .. }) = lookup::find(frame.manifest, frame.schema, here) {
            let missing = rest.iter().map(|step| step.text.to_string()).collect();
            let item = Some(ItemRef { item, named: None, home: frame.manifest });
            return Some(Target { item, missing, path: text.to_owned() });
        }
    }
    let root = frame.schema.record(crate::schema::Schema::ROOT);
    let first = steps.first()?;
    let known = matches!(root.field(&first.text)?.1.of, Type::Record(_) | Type::Map(..)) || steps.len() == 1;
    let missing = steps.iter().map(|step| step.text.to_string()).collect();
    known.then(|| Target { item: None, missing, path: text.to_owned() })
}
