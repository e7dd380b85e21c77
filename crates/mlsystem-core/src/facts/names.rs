//! Names across manifests: what defines them, where they recur, and systems that are called alike.

use std::collections::HashMap;

use super::{Definition, Facts};
use crate::finding::{Finding, Kind as Sort, Label, Pointer, Severity};
use crate::manifest::{Item, Manifest, NamedItem, Value};
use crate::schema::{Kind, Schema};

/// What defines the name of this kind in a manifest, where an item of a map, an item of a list or a value does.
pub(super) fn definition<'m>(
    schema: &'static Schema,
    home: &'m Manifest,
    kind: Kind,
    name: &str,
) -> Option<Definition<'m>> {
    let definition = schema.definition(kind)?;
    let found = definition.places.iter().find_map(|place| {
        let steps: Vec<&str> = place.split('.').collect();
        at(home, &home.root, &steps, name)
    });
    let given = || definition.given.iter().find(|(given, _)| *given == name);
    found.or_else(|| {
        let steps: Vec<&str> = given()?.1.split('.').collect();
        let item = steps.iter().try_fold(&home.root, |item, key| field(home, item, key))?;
        Some(Definition { home, item, named: None })
    })
}

fn field<'m>(home: &Manifest, item: &'m Item, key: &str) -> Option<&'m Item> {
    let Value::Record(id, _) = &item.value else { return None };
    let (field, _) = home.schema.record(*id).field(key)?;
    item.member(field).map(|member| &member.item)
}

fn at<'m>(home: &'m Manifest, item: &'m Item, steps: &[&str], name: &str) -> Option<Definition<'m>> {
    let whole = |item, named| Definition { home, item, named };
    let Some((step, rest)) = steps.split_first() else {
        return match &item.value {
            Value::Map(named) => {
                named.iter().find(|named| &*named.name == name).map(|named| whole(&named.item, Some(named)))
            }
            Value::List(items) => items.iter().find(|item| home.text(item) == name).map(|item| whole(item, None)),
            _ => (home.text(item) == name).then(|| whole(item, None)),
        };
    };
    if let (Value::Map(named), "*") = (&item.value, *step) {
        return named.iter().find_map(|named| at(home, &named.item, rest, name));
    }
    let inner = field(home, item, step.trim_end_matches("[]"))?;
    match &inner.value {
        Value::List(items) if step.ends_with("[]") => items.iter().find_map(|item| {
            // An item is meant as a whole by the value that it is known by.
            let found = at(home, item, rest, name)?;
            Some(if rest.len() == 1 { whole(item, None) } else { found })
        }),
        _ => at(home, inner, rest, name),
    }
}

/// The named items of maps whose names cross systems, by kind and name, in the order of the systems.
pub(super) fn by_name<'m>(
    schema: &'static Schema,
    systems: &[&'m Manifest],
) -> HashMap<(Kind, &'m str), Vec<Definition<'m>>> {
    let mut all: HashMap<(Kind, &'m str), Vec<Definition<'m>>> = HashMap::new();
    let definitions: Vec<_> = schema.kinds.iter().filter(|definition| definition.kind.crosses_systems()).collect();
    for home in systems {
        for definition in &definitions {
            for place in definition.places.iter().filter(|place| !place.contains(['*', '['])) {
                let map = place.split('.').try_fold(&home.root, |item, key| field(home, item, key));
                let Some(Value::Map(named)) = map.map(|item| &item.value) else { continue };
                for named in named {
                    let found: Definition<'m> = Definition { home, item: &named.item, named: Some(named) };
                    all.entry((definition.kind, name_of(named))).or_default().push(found);
                }
            }
        }
    }
    all
}

fn name_of(named: &NamedItem) -> &str {
    &named.name
}

/// The finding of a manifest whose system is called as that of another.
pub fn name_taken(manifest: &Manifest, facts: &Facts<'_>) -> Option<Finding> {
    let name = manifest.name()?;
    let others = || facts.called.get(name).into_iter().flatten().filter(|other| !std::ptr::eq(**other, manifest));
    others().next()?;
    let label = |manifest: &Manifest, text: &str| {
        let span = manifest.name_span()?;
        Some(Label::new(manifest.source(), span, text))
    };
    let message = format!("two systems are called `{name}`");
    let primary = label(manifest, "this system has the name")?;
    let mut finding =
        Finding::new("system-name-taken", "workspace", Sort::Reference, Severity::Error, message, primary)
            .at(Pointer::default().child("name"))
            .with_help("give one of them another name, and correct the references to it");
    finding.labels = others().filter_map(|other| label(other, "and so has this one")).collect();
    Some(finding)
}
