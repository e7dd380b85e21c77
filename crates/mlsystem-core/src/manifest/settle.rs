//! Takes out of a manifest what nobody decided: values that a comment marks as drafts, and named items that say nothing.
//!
//! What was marked keeps its place and its names, so that references to it lead somewhere; whoever judges it finds nothing
//! written there.

use std::collections::HashMap;

use super::undecided::{UndecidedPlace, Why};
use super::{Item, Manifest, NamedItem, Value};
use crate::finding::Pointer;
use crate::schema::{RecordId, Schema};
use crate::source::Span;
use crate::tree::{NodeId, Shape, Tree};
use crate::units;

/// Makes undecided of what is marked, and adds its places to those that the reader found.
pub fn settle(manifest: &mut Manifest, schema: &'static Schema, drafts: &HashMap<NodeId, Span>) {
    let tree = std::sync::Arc::clone(&manifest.tree);
    let mut settler = Settler { tree: &tree, schema, drafts, places: Vec::new(), aside: Vec::new() };
    settler.inside(&mut manifest.root, &Pointer::default(), None);
    let Settler { places, aside, .. } = settler;
    // What a draft says of its own gaps is a part of the draft.
    let within = |place: &UndecidedPlace| places.iter().any(|draft| place.pointer.is_within(&draft.pointer));
    manifest.undecided.retain(|place| !within(place));
    manifest.undecided.extend(places);
    manifest.undecided.sort_by_key(|place| (place.span.start, place.span.end));
    manifest.aside = aside;
}

struct Settler<'t> {
    tree: &'t Tree,
    schema: &'static Schema,
    drafts: &'t HashMap<NodeId, Span>,
    places: Vec<UndecidedPlace>,
    aside: Vec<(NodeId, NamedItem)>,
}

impl Settler<'_> {
    /// The mark of an item, by its own node, by what an alias stands for, or by the reason that it gives.
    fn mark(&self, item: &Item) -> Option<Span> {
        let of = |node: NodeId| self.drafts.get(&node).or_else(|| self.drafts.get(&self.tree.resolve(node)));
        let reason = match item.value {
            Value::Against(reason) => of(reason),
            _ => None,
        };
        of(item.node).or(reason).copied()
    }

    fn item(&mut self, item: &mut Item, pointer: &Pointer, key: Option<Span>) {
        if let Some(mark) = self.mark(item) {
            item.value = Value::Undecided;
            let span = self.tree.span(item.node);
            self.places.push(UndecidedPlace {
                node: item.node,
                pointer: pointer.clone(),
                key,
                span,
                part: mark,
                why: Why::Draft,
                told: false,
            });
            return;
        }
        self.inside(item, pointer, key);
    }

    fn inside(&mut self, item: &mut Item, pointer: &Pointer, key: Option<Span>) {
        let node = item.node;
        match &mut item.value {
            Value::Record(id, members) => {
                let record = self.schema.record(*id);
                for member in members {
                    let name = record.at(member.field).name;
                    // The format version says how everything else is read.
                    if record.path.is_empty() && name == self.schema.version_field() {
                        continue;
                    }
                    let short = member.item.node == node;
                    let (inner, key) =
                        if short { (pointer.clone(), key) } else { (pointer.child(name), Some(member.key)) };
                    self.item(&mut member.item, &inner, key);
                }
            }
            Value::Map(named) => {
                for one in named.iter_mut() {
                    let single = one.item.node == node;
                    let inner = if single { pointer.clone() } else { pointer.child(&one.name) };
                    self.item(&mut one.item, &inner, if single { key } else { Some(one.key) });
                }
                // Written out as `{}`, an item says that there is one of its name.
                let (tree, drafts) = (self.tree, self.drafts);
                let named_alone =
                    |node: NodeId| matches!(tree.node(node).shape, Shape::Mapping(_)) && !drafts.contains_key(&node);
                let undecided =
                    |named: &NamedItem| matches!(named.item.value, Value::Undecided) && !named_alone(named.item.node);
                if named.iter().any(undecided) {
                    let (aside, kept) = std::mem::take(named).into_iter().partition::<Vec<_>, _>(undecided);
                    *named = kept;
                    self.aside.extend(aside.into_iter().map(|named| (node, named)));
                }
            }
            Value::List(items) => {
                for (index, one) in items.iter_mut().enumerate() {
                    if one.node == node {
                        self.item(one, pointer, key);
                        continue;
                    }
                    let name = known_as(self.tree, self.schema, one).map_or_else(|| index.to_string(), str::to_owned);
                    self.item(one, &pointer.child(&name), None);
                }
                items.retain(|one| !matches!(one.value, Value::Undecided));
                if items.is_empty() {
                    item.value = Value::Undecided;
                }
            }
            _ => {}
        }
    }
}

/// The name by which an item of a list is known.
fn known_as<'t>(tree: &'t Tree, schema: &'static Schema, item: &Item) -> Option<&'t str> {
    let Value::Record(id, _) = &item.value else { return None };
    let id: RecordId = *id;
    let known_by = item.member(schema.record(id).known_by?)?;
    let name = tree.text(known_by.item.node)?.trim();
    (!name.is_empty() && !units::is_bare_none(name) && !units::is_placeholder(name)).then_some(name)
}
