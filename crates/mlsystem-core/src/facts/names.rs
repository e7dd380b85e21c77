//! Names across manifests: what defines them, where they recur, and systems that are called alike.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Definition, Facts};
use crate::finding::{Finding, Kind as Sort, Label, Pointer, Severity};
use crate::manifest::{Manifest, names};
use crate::schema::{FieldPath, Kind, Schema};

/// What defines the name of this kind in a manifest, where an item of a map, an item of a list or a value does.
pub(super) fn definition<'m>(
    schema: &'static Schema,
    home: &'m Manifest,
    kind: Kind,
    name: &str,
) -> Option<Definition<'m>> {
    let definition = schema.definition(kind)?;
    let found = definition.places.iter().find_map(|place| {
        names::find(home, *place, |found| {
            (*found.name == *name).then_some(Definition { home, item: found.item, named: found.named })
        })
    });
    found.or_else(|| {
        let (_, place) = definition.given.iter().find(|(given, _)| *given == name)?;
        home.find_at(*place, |found| Some(Definition { home, item: found.item, named: None }))
    })
}

/// A named item of a system, as facts keep it: the number of the system, the place of the map that holds the item, and its
/// number there.
#[derive(Debug)]
pub struct NamesakeId {
    pub(super) system: usize,
    place: FieldPath,
    number: usize,
}

impl NamesakeId {
    /// The item itself.
    pub(super) fn among<'m>(&self, systems: &'m [Arc<Manifest>]) -> Option<Definition<'m>> {
        let home = systems.get(self.system)?;
        let named = home.find_at(self.place, |map| map.item.named_items().get(self.number))?;
        Some(Definition { home, item: &named.item, named: Some(named) })
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
            for place in definition.places.iter().filter(|place| place.is_single()) {
                home.select(*place, |map| {
                    let of_kind = all.entry(definition.kind).or_default();
                    for (number, named) in map.item.named_items().iter().enumerate() {
                        let found = NamesakeId { system, place: *place, number };
                        match of_kind.get_mut(&named.name) {
                            Some(known) => known.push(found),
                            None => drop(of_kind.insert(named.name.clone(), vec![found])),
                        }
                    }
                });
            }
        }
    }
    all
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
            .at(Pointer::default().child(names::NAME.text()))
            .with_help("give one of them another name, and correct the references to it");
    finding.labels = others().filter_map(|other| label(other, "and so has this one")).collect();
    Some(finding)
}
