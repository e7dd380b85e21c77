//! Names across manifests: what defines them, where they recur, and systems that are called alike.

use std::collections::HashMap;
use std::sync::Arc;

use super::item_path::ItemPath;
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

/// A named item of a system, as facts keep it: the number of the system, and where in its manifest the item is.
#[derive(Debug)]
pub struct NamesakeId {
    pub(super) system: usize,
    path: ItemPath,
}

impl NamesakeId {
    /// The item itself.
    pub(super) fn among<'m>(&self, systems: &'m [Arc<Manifest>]) -> Option<Definition<'m>> {
        let home = systems.get(self.system)?;
        let (item, named) = self.path.in_manifest(home)?;
        Some(Definition { home, item, named })
    }
}

/// The named items of maps whose names cross systems, by kind and name, in the order of the systems.
pub(super) type Namesakes = HashMap<Kind, HashMap<Box<str>, Vec<NamesakeId>>>;

/// All of them.
pub(super) fn by_name(schema: &'static Schema, systems: &[Arc<Manifest>]) -> Namesakes {
    let mut all = Namesakes::new();
    let definitions: Vec<_> = schema.kinds.iter().filter(|definition| definition.kind.crosses_systems()).collect();
    for (system, home) in systems.iter().enumerate() {
        for definition in &definitions {
            for place in definition.places.iter().filter(|place| !place.contains(['*', '['])) {
                let Some((mut way, named)) = map_at(home, place) else { continue };
                let of_kind = all.entry(definition.kind).or_default();
                for (number, named) in named.iter().enumerate() {
                    way.push(number as u32);
                    let found = NamesakeId { system, path: ItemPath::new(&way) };
                    way.pop();
                    match of_kind.get_mut(&named.name) {
                        Some(known) => known.push(found),
                        None => drop(of_kind.insert(named.name.clone(), vec![found])),
                    }
                }
            }
        }
    }
    all
}

/// The entries of the map at a place of the format, and the way there.
fn map_at<'m>(home: &'m Manifest, place: &str) -> Option<(Vec<u32>, &'m [NamedItem])> {
    let (mut way, mut item) = (Vec::new(), &home.root);
    for key in place.split('.') {
        let Value::Record(id, members) = &item.value else { return None };
        let (field, _) = home.schema.record(*id).field(key)?;
        let number = members.iter().position(|member| member.field == field)?;
        way.push(number as u32);
        item = &members[number].item;
    }
    match &item.value {
        Value::Map(named) => Some((way, named)),
        _ => None,
    }
}

/// The finding of a manifest whose system is called as that of another.
pub fn name_taken(manifest: &Manifest, facts: &Facts) -> Option<Finding> {
    let name = manifest.name()?;
    let others = || facts.called(name).iter().map(|other| &**other).filter(|other| !std::ptr::eq(*other, manifest));
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
