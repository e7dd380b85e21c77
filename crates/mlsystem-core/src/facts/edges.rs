//! Who reads of whom, and who changes whose data.

use super::Facts;
use crate::manifest::{Item, Manifest, Reference, Value};
use crate::schema::{FieldPath, Schema, field_path};

/// Something that flows from one system into another.
#[derive(Debug, Clone, Copy)]
pub struct Edge<'m> {
    /// The system that it comes from.
    pub from: &'m Manifest,
    /// The system that it goes into.
    pub to: &'m Manifest,
    /// The way it takes.
    pub how: How,
    /// The manifest that says so.
    pub home: &'m Manifest,
    /// The reference by which it says so.
    pub item: &'m Item,
}

/// The ways in which something flows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// One system reads what the other gives.
    Reads,
    /// One system changes, through the world, the data of the other.
    Affects,
}

/// Sections whose references to other systems are no flow, with a reason: what a consumer reads it says itself, and the
/// way of a loop repeats what other places say.
const TOLD_ELSEWHERE: [FieldPath; 2] = [field_path!(manifest: "consumers"), field_path!(manifest: "feedback")];

/// The section that names the systems whose data this one changes.
const AFFECTED: FieldPath = field_path!(manifest: "affects_data_of");

/// The section of what is depended on.
const DEPENDS_ON: FieldPath = field_path!(manifest: "depends_on");

impl How {
    /// The word for it in expressions.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reads => "reads",
            Self::Affects => "affects",
        }
    }
}

/// All edges, in the order of the systems and of their texts. Of one system into another there is one of each way: the
/// first that is written, those in a list of what is depended on before others.
pub(super) fn of<'m>(facts: &Facts<'m>, schema: &'static Schema) -> Vec<Edge<'m>> {
    let mut edges: Vec<Edge<'m>> = Vec::new();
    for home in facts.systems() {
        let first = edges.len();
        let Value::Record(id, members) = &home.root.value else { continue };
        let record = schema.record(*id);
        let mut sections: Vec<_> = members.iter().map(|member| (record.at(member.field).name, &member.item)).collect();
        sections.sort_by_key(|(name, _)| *name != DEPENDS_ON.text());
        for (section, item) in sections {
            if TOLD_ELSEWHERE.iter().any(|told| told.text() == section) {
                continue;
            }
            references(item, &mut |item, reference| {
                let Some(other) = reference.system().and_then(|system| facts.system(system)) else { return };
                if std::ptr::eq(other, *home) {
                    return;
                }
                let (from, to, how) = match section == AFFECTED.text() {
                    true => (*home, other, How::Affects),
                    false => (other, *home, How::Reads),
                };
                let known =
                    |edge: &Edge<'m>| edge.how == how && std::ptr::eq(edge.from, from) && std::ptr::eq(edge.to, to);
                if !edges[first..].iter().any(known) {
                    edges.push(Edge { from, to, how, home, item });
                }
            });
        }
    }
    edges
}

/// Calls `found` with every reference in a value, in the order of the text.
fn references<'m>(item: &'m Item, found: &mut impl FnMut(&'m Item, &'m Reference)) {
    match &item.value {
        Value::Reference(reference) => found(item, reference),
        Value::Record(_, members) => members.iter().for_each(|member| references(&member.item, found)),
        Value::List(items) => items.iter().for_each(|item| references(item, found)),
        Value::Map(named) => named.iter().for_each(|named| references(&named.item, found)),
        _ => {}
    }
}
