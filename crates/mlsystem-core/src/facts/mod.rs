//! Facts about a workspace: its systems by name, its externals, who reads of whom, and the loops that this makes; and what
//! the files of the repository say.
//!
//! All of it is borrowed from typed documents. Nothing is judged here, and no file is read.

use std::collections::HashMap;

use crate::manifest::{Item, Manifest, NamedItem, Reference};
use crate::schema::{FieldPath, Kind, Schema, field_path};

mod cycles;
mod edges;
mod names;
pub mod ownership;
mod path_glob;
pub mod paths;
mod references;
mod repository;

pub use edges::{Edge, How};
pub use names::name_taken;
pub use path_glob::PathGlob;
pub use paths::Pattern;
pub use references::unresolved;
pub use repository::{File, PassedOver, Presence, Repository, RepositoryView, presence_among};

/// The section of a workspace file that names things without a manifest.
pub const EXTERNALS: FieldPath = field_path!(workspace: "externals");

/// What is known of a workspace.
#[derive(Debug)]
pub struct Facts<'m> {
    schema: &'static Schema,
    /// The systems in the order of their names.
    systems: Vec<&'m Manifest>,
    /// The systems by name; of two that are called alike, the first that was given.
    by_name: HashMap<&'m str, usize>,
    /// All manifests by the name of their system, in the order in which they were given.
    called: HashMap<&'m str, Vec<&'m Manifest>>,
    /// Whether every manifest of the workspace could be read, so that what is not here is nowhere.
    complete: bool,
    workspace_file: Option<&'m Manifest>,
    externals: &'m [NamedItem],
    /// The edges by the system that they lead to, and from, in the order of the systems.
    into: HashMap<&'m str, Vec<Edge<'m>>>,
    out_of: HashMap<&'m str, Vec<Edge<'m>>>,
    /// The loops by the system in which each is reported.
    loops: HashMap<&'m str, Vec<Vec<Edge<'m>>>>,
    namesakes: HashMap<(Kind, &'m str), Vec<Definition<'m>>>,
}

/// A named item and the manifest that it stands in.
#[derive(Debug, Clone, Copy)]
pub struct Definition<'m> {
    /// The manifest.
    pub home: &'m Manifest,
    /// The item.
    pub item: &'m Item,
    /// Its entry in the map that defines it, where a map does.
    pub named: Option<&'m NamedItem>,
}

impl<'m> Facts<'m> {
    /// The facts of `manifests`, and of the workspace file `workspace_file` beside them. `complete` says whether they are all
    /// that belong to the workspace, and not only those that could be read.
    pub fn new(
        schema: &'static Schema,
        manifests: &[&'m Manifest],
        workspace_file: Option<&'m Manifest>,
        complete: bool,
    ) -> Self {
        let mut called: HashMap<&'m str, Vec<&'m Manifest>> = HashMap::new();
        let mut systems: Vec<&'m Manifest> = Vec::with_capacity(manifests.len());
        let mut by_name = HashMap::new();
        for manifest in manifests {
            let Some(name) = manifest.name() else { continue };
            called.entry(name).or_default().push(manifest);
            by_name.entry(name).or_insert_with(|| {
                systems.push(manifest);
                systems.len() - 1
            });
        }
        let mut order: Vec<usize> = (0..systems.len()).collect();
        order.sort_by_key(|index| systems[*index].name());
        let systems: Vec<&'m Manifest> = order.into_iter().map(|index| systems[index]).collect();
        for (index, system) in systems.iter().enumerate() {
            if let Some(name) = system.name() {
                by_name.insert(name, index);
            }
        }
        let externals = workspace_file.map(externals).unwrap_or_default();
        let mut facts = Self {
            schema,
            systems,
            by_name,
            called,
            complete,
            workspace_file,
            externals,
            into: HashMap::new(),
            out_of: HashMap::new(),
            loops: HashMap::new(),
            namesakes: HashMap::new(),
        };
        let edges = edges::of(&facts, schema);
        for edge in &edges {
            if let (Some(from), Some(to)) = (edge.from.name(), edge.to.name()) {
                facts.into.entry(to).or_default().push(*edge);
                facts.out_of.entry(from).or_default().push(*edge);
            }
        }
        facts.loops = cycles::of(&facts);
        facts.namesakes = names::by_name(schema, &facts.systems);
        facts
    }

    /// All systems, in the order of their names.
    pub fn systems(&self) -> &[&'m Manifest] {
        &self.systems
    }

    /// The system so called.
    pub fn system(&self, name: &str) -> Option<&'m Manifest> {
        self.by_name.get(name).map(|index| self.systems[*index])
    }

    /// The place of a system among [`Self::systems`].
    fn number(&self, system: &Manifest) -> Option<usize> {
        self.by_name.get(system.name()?).copied()
    }

    /// The thing without a manifest that is so called, and the workspace file that says so.
    pub fn external(&self, name: &str) -> Option<Definition<'m>> {
        let named = self.externals.iter().find(|external| &*external.name == name)?;
        Some(Definition { home: self.workspace_file?, item: &named.item, named: Some(named) })
    }

    /// The names of the systems and externals.
    pub fn names(&self) -> impl Iterator<Item = &'m str> + '_ {
        self.systems.iter().filter_map(|system| system.name()).chain(self.externals.iter().map(|named| &*named.name))
    }

    /// What flows into a system, in the order of its text; what other systems do to its data comes last.
    pub fn into(&self, system: &Manifest) -> &[Edge<'m>] {
        self.of(&self.into, system)
    }

    /// What flows out of a system, in the order of the other systems.
    pub fn out_of(&self, system: &Manifest) -> &[Edge<'m>] {
        self.of(&self.out_of, system)
    }

    /// The loops that are told in this system, each beginning with an edge that is written here. Every edge that lies on
    /// a loop lies on one of those told, a shortest one.
    pub fn loops(&self, system: &Manifest) -> &[Vec<Edge<'m>>] {
        self.of(&self.loops, system)
    }

    /// The thing that a reference of the manifest `home` means, in whichever manifest defines it.
    pub fn resolve(&self, reference: &Reference, home: &'m Manifest) -> Option<Definition<'m>> {
        let target = match reference.system() {
            Some(system) if reference.means_system() => {
                let whole = |manifest: &'m Manifest| Definition { home: manifest, item: &manifest.root, named: None };
                return self.system(system).map(whole).or_else(|| self.external(system));
            }
            Some(system) => self.system(system)?,
            None => home,
        };
        let kind = target.names.find(&reference.name, reference.asked_kinds())?.kind;
        names::definition(self.schema, target, kind, &reference.name)
    }

    /// What is kept of a system; nothing of another that bears its name.
    fn of<'f, T>(&self, kept: &'f HashMap<&'m str, Vec<T>>, system: &Manifest) -> &'f [T] {
        let name = system.name().unwrap_or_default();
        let known = self.system(name).is_some_and(|known| std::ptr::eq(known, system));
        if known { kept.get(name).map(Vec::as_slice).unwrap_or_default() } else { &[] }
    }

    /// The items of this kind and name in the systems whose names come later than that of `home`.
    pub fn namesakes(&self, home: &Manifest, kind: Kind, name: &'m str) -> &[Definition<'m>] {
        let Some(found) = self.namesakes.get(&(kind, name)) else { return &[] };
        let later = found.iter().position(|other| other.home.name() > home.name()).unwrap_or(found.len());
        &found[later..]
    }
}

/// The externals that a workspace file names.
fn externals(workspace_file: &Manifest) -> &[NamedItem] {
    workspace_file.section(EXTERNALS).map(Item::named_items).unwrap_or_default()
}
