//! The items at places of the format: the one way from a declared place into a manifest.

use super::{Item, Manifest, Member, NamedItem, Value, lookup};
use crate::finding::{Pointer, PointerStep};
use crate::schema::{FieldPath, RecordId, Role, Step};
use crate::source::Span;

/// An item at a place of the format, and the way to it from the document.
#[derive(Debug, Clone, Copy)]
pub struct Selected<'w, 'm> {
    /// The manifest.
    pub home: &'m Manifest,
    /// The item.
    pub item: &'m Item,
    way: &'w [Way<'m>],
}

/// One step of the way to an item.
#[derive(Debug, Clone, Copy)]
struct Way<'m> {
    /// The item that the step is made from.
    around: &'m Item,
    /// The number of what is inside it.
    number: usize,
    inside: Inside<'m>,
}

#[derive(Debug, Clone, Copy)]
enum Inside<'m> {
    Member(RecordId, &'m Member),
    Named(&'m NamedItem),
    Item(&'m Item),
}

/// Where an item is in its manifest: the number of each item on the way among those beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route(Box<[usize]>);

impl Manifest {
    /// Calls `found` with each item at a place of the format, in the order of the text, until it gives something.
    pub fn find_at<'m, T>(
        &'m self,
        path: FieldPath,
        mut found: impl FnMut(Selected<'_, 'm>) -> Option<T>,
    ) -> Option<T> {
        let mut steps = path.steps();
        descend(self, &self.root, &mut steps, &mut Vec::new(), &mut found)
    }

    /// Calls `found` with each item at a place of the format, in the order of the text.
    pub fn select<'m>(&'m self, path: FieldPath, mut found: impl FnMut(Selected<'_, 'm>)) {
        self.find_at(path, |selected| -> Option<()> {
            found(selected);
            None
        });
    }

    /// The value of a field of a record, where one is written: `path` is a place of such a record, of which the last key
    /// counts. None for what is no record or has no such field.
    pub fn field<'i>(&self, item: &'i Item, path: FieldPath) -> Option<&'i Item> {
        self.member(item, path).map(|member| &member.item)
    }

    /// The same with its key.
    pub fn member<'i>(&self, item: &'i Item, path: FieldPath) -> Option<&'i Member> {
        let Value::Record(id, _) = &item.value else { return None };
        item.member(self.schema.record(*id).field(path.key())?.0)
    }

    /// The value of the field of a record that has this role, where one is written.
    pub fn field_with<'i>(&self, item: &'i Item, role: Role) -> Option<&'i Item> {
        let Value::Record(id, _) = &item.value else { return None };
        item.member(self.schema.record(*id).with_role(role)?.0).map(|member| &member.item)
    }

    /// The text of a field of a record that holds a value.
    pub fn field_text<'m>(&'m self, item: &Item, path: FieldPath) -> Option<&'m str> {
        self.field(item, path).filter(|field| field.decided()).map(|field| self.text(field))
    }

    /// The value of a top-level field, where one is written.
    pub fn section(&self, path: FieldPath) -> Option<&Item> {
        self.field(&self.root, path)
    }

    /// The items of a list, or of the top-level field that holds one; empty for anything else.
    pub fn items(&self, path: FieldPath) -> &[Item] {
        self.section(path).map(Item::items).unwrap_or_default()
    }

    /// The member in which the items of a place are written: the last field that its keys lead to before the first item.
    /// None where a field on the way is not written; what holds no record, however little of it could be read, ends the way.
    pub fn holding(&self, path: FieldPath) -> Option<&Member> {
        let mut here: Option<&Member> = None;
        for step in path.steps() {
            let around = here.map_or(&self.root, |member| &member.item);
            let (Value::Record(id, _), Step::Key(key)) = (&around.value, step) else { break };
            here = Some(around.member(self.schema.record(*id).field(key)?.0)?);
        }
        here
    }
}

fn descend<'m, T>(
    home: &'m Manifest,
    item: &'m Item,
    steps: &mut (impl Iterator<Item = Step> + Clone),
    way: &mut Vec<Way<'m>>,
    found: &mut impl FnMut(Selected<'_, 'm>) -> Option<T>,
) -> Option<T> {
    let Some(step) = steps.next() else { return found(Selected { home, item, way }) };
    let mut into = |number: usize, inside: Inside<'m>, to: &'m Item| {
        way.push(Way { around: item, number, inside });
        let result = descend(home, to, &mut steps.clone(), way, found);
        way.pop();
        result
    };
    match (&item.value, step) {
        (Value::Record(id, members), Step::Key(key)) => {
            let (field, _) = home.schema.record(*id).field(key)?;
            let number = members.iter().position(|member| member.field == field)?;
            into(number, Inside::Member(*id, &members[number]), &members[number].item)
        }
        (Value::Map(named), Step::Each) => {
            named.iter().enumerate().find_map(|(number, named)| into(number, Inside::Named(named), &named.item))
        }
        (Value::List(items), Step::Each) => {
            items.iter().enumerate().find_map(|(number, item)| into(number, Inside::Item(item), item))
        }
        _ => None,
    }
}

impl<'m> Selected<'_, 'm> {
    /// The name of the innermost named item of a map that holds it.
    pub fn name(self) -> Option<&'m str> {
        self.way.iter().rev().find_map(|way| match way.inside {
            Inside::Named(named) => Some(&*named.name),
            _ => None,
        })
    }

    /// The record or collection that it is directly inside of; the document for the document.
    pub fn around(self) -> &'m Item {
        self.way.last().map_or(&self.home.root, |way| way.around)
    }

    /// The key under which it is written, where it is a field of a record.
    pub fn key(self) -> Option<Span> {
        match self.way.last()?.inside {
            Inside::Member(_, member) => Some(member.key),
            _ => None,
        }
    }

    /// Where it is in the manifest.
    pub fn route(self) -> Route {
        Route(self.way.iter().map(|way| way.number).collect())
    }

    /// Where it is in the document.
    pub fn pointer(self) -> Pointer {
        self.steps().into_iter().collect()
    }

    /// The keys, names and, of items without a name, the numbers on the way.
    fn steps(self) -> Vec<PointerStep> {
        let mut steps = Vec::with_capacity(self.way.len());
        for way in self.way {
            let key = match way.inside {
                Inside::Member(id, member) => self.home.schema.record(id).at(member.field).name,
                Inside::Named(named) => &*named.name,
                // One value that stands for a list of one has no step of its own.
                Inside::Item(item) if item.node == way.around.node => continue,
                Inside::Item(item) => match self.known_as(item) {
                    Some(name) => name,
                    None => {
                        steps.push(PointerStep::Index(way.number));
                        continue;
                    }
                },
            };
            steps.push(PointerStep::Key(key.into()));
        }
        steps
    }

    /// The item of a list that is known by this value, where there is one.
    pub fn known_by_it(self) -> Option<Self> {
        let [before @ .., item, member] = self.way else { return None };
        let (Inside::Item(whole), Inside::Member(id, member)) = (item.inside, member.inside) else { return None };
        let known_by = self.home.schema.record(id).known_by == Some(member.field);
        known_by.then_some(Self { home: self.home, item: whole, way: &self.way[..=before.len()] })
    }

    fn known_as(self, item: &Item) -> Option<&'m str> {
        let Value::Record(id, _) = &item.value else { return None };
        lookup::item_name(self.home, self.home.schema.record(*id), item)
    }
}

impl Item {
    /// The items of a list; empty for anything else.
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The named items of a map; empty for anything else.
    pub fn named_items(&self) -> &[NamedItem] {
        match &self.value {
            Value::Map(named) => named,
            _ => &[],
        }
    }

    /// The item to which a route leads from this one.
    pub(super) fn at_mut(&mut self, route: &Route) -> Option<&mut Self> {
        route.0.iter().try_fold(self, |item, number| match &mut item.value {
            Value::Record(_, members) => members.get_mut(*number).map(|member| &mut member.item),
            Value::Map(named) => named.get_mut(*number).map(|named| &mut named.item),
            Value::List(items) => items.get_mut(*number),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::schema::{Schema, field_path, outline};
    use crate::source::Source;
    use crate::tree::{Limits, parse};

    fn manifest(text: &str) -> Manifest {
        let [schema, ..] = outline::read_all(crate::schema::OUTLINES).unwrap();
        let schema: &'static Schema = Box::leak(Box::new(schema));
        let tree = parse(&Source::new("m.yaml", text), &Limits::default()).tree.unwrap();
        super::super::read(&Arc::new(tree), schema).0
    }

    const TEXT: &str = "\
evaluation:
  metrics: {auc: {target: at least 0.8}, mae: at most 3}
  slices: [{name: new, rows: 10}, {name: old, rows: 20}]
purpose: {alternatives: {name: rule, metrics: {auc: 0.7}}}
serving: {path: [{step: a, parallel: [{step: b, p99: 5ms}]}]}
task: {output: ranking}
";

    fn found(path: FieldPath) -> Vec<String> {
        let manifest = manifest(TEXT);
        let mut found = Vec::new();
        manifest.select(path, |one| found.push(format!("{} {}", one.pointer(), manifest.text(one.item))));
        found
    }

    #[test]
    fn items_are_found_with_their_places() {
        assert_eq!(
            found(field_path!(manifest: "evaluation.metrics.*.target")),
            ["/evaluation/metrics/auc/target at least 0.8", "/evaluation/metrics/mae/target at most 3"]
        );
        assert_eq!(
            found(field_path!(manifest: "evaluation.slices[].rows")),
            ["/evaluation/slices/new/rows 10", "/evaluation/slices/old/rows 20"]
        );
        assert_eq!(
            found(field_path!(manifest: "purpose.alternatives[].metrics.*")),
            ["/purpose/alternatives/metrics/auc 0.7"]
        );
        assert_eq!(
            found(field_path!(manifest: "serving.path[].parallel[].p99")),
            ["/serving/path/a/parallel/b/p99 5ms"]
        );
        assert_eq!(found(field_path!(manifest: "task.output[]")), ["/task/output ranking"]);
        assert!(found(field_path!(manifest: "fairness.metrics.*.must")).is_empty());
    }

    #[test]
    fn an_item_is_found_again_by_its_route() {
        let mut manifest = manifest(TEXT);
        let mut routes = Vec::new();
        manifest.select(field_path!(manifest: "evaluation.slices[].rows"), |one| {
            routes.push((one.item.node, one.route()));
        });
        assert_eq!(routes.len(), 2);
        for (node, route) in routes {
            assert_eq!(manifest.root.at_mut(&route).unwrap().node, node);
        }
    }

    #[test]
    fn a_value_stands_for_the_item_that_is_known_by_it() {
        let manifest = manifest(TEXT);
        let mut whole = Vec::new();
        manifest.select(field_path!(manifest: "evaluation.slices[].name"), |one| {
            whole.extend(one.known_by_it().map(|one| one.pointer().to_string()));
            assert!(one.key().is_some() && one.name().is_none());
        });
        assert_eq!(whole, ["/evaluation/slices/new", "/evaluation/slices/old"]);
    }
}
