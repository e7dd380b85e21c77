//! Who reads of whom, and who changes whose data.

use std::sync::Arc;

use super::item_path::{self, ItemPath};
use crate::manifest::{Item, Manifest, Value};
use crate::schema::{FieldPath, field_path};

/// Something that flows from one system into another, by its number among those of the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EdgeId(pub(super) u32);

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

/// An edge as facts keep it.
#[derive(Debug)]
pub(super) struct KeptEdge {
    /// The number of the system that it comes from.
    pub(super) from: usize,
    /// The number of the system that it goes into.
    pub(super) to: usize,
    how: How,
    /// Where in the manifest that says so the reference is.
    path: ItemPath,
}

impl KeptEdge {
    /// The number of the system whose manifest says so.
    pub(super) fn home(&self) -> usize {
        match self.how {
            How::Reads => self.to,
            How::Affects => self.from,
        }
    }

    /// The edge between the systems themselves.
    pub(super) fn among<'m>(&self, systems: &'m [Arc<Manifest>]) -> Option<Edge<'m>> {
        let home = systems.get(self.home())?;
        let (item, _) = self.path.in_manifest(home)?;
        Some(Edge { from: systems.get(self.from)?, to: systems.get(self.to)?, how: self.how, home, item })
    }
}

/// All edges, in the order of the systems and of their texts. Of one system into another there is one of each way: the
/// first that is written, those in a list of what is depended on before others. `number` gives the number of the system
/// so called.
pub(super) fn of(systems: &[Arc<Manifest>], number: &dyn Fn(&str) -> Option<usize>) -> Vec<KeptEdge> {
    let mut edges: Vec<KeptEdge> = Vec::new();
    for (home, manifest) in systems.iter().enumerate() {
        let first = edges.len();
        let Value::Record(id, members) = &manifest.root.value else { continue };
        let record = manifest.schema.record(*id);
        let sections = members.iter().enumerate();
        let mut sections: Vec<_> =
            sections.map(|(at, member)| (record.at(member.field).name, at as u32, &member.item)).collect();
        sections.sort_by_key(|(name, ..)| *name != DEPENDS_ON.text());
        for (section, at, item) in sections {
            if TOLD_ELSEWHERE.iter().any(|told| told.text() == section) {
                continue;
            }
            item_path::each(item, &mut vec![at], &mut |item, way| {
                let Value::Reference(reference) = &item.value else { return };
                let Some(other) = reference.system().and_then(number).filter(|other| *other != home) else { return };
                let (from, to, how) = match section == AFFECTED.text() {
                    true => (home, other, How::Affects),
                    false => (other, home, How::Reads),
                };
                let known = |edge: &KeptEdge| edge.how == how && edge.from == from && edge.to == to;
                if !edges[first..].iter().any(known) {
                    edges.push(KeptEdge { from, to, how, path: ItemPath::new(way) });
                }
            });
        }
    }
    edges
}
