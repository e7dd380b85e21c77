//! Facts about a workspace: its systems by name, its externals, who reads of whom, and the loops that this makes; and what
//! the files of the repository say.
//!
//! Facts own what they are made of: they hold the manifests, and what they say of a place in one is a number that leads
//! there, so that they can be kept for as long as no manifest changes. Nothing is judged here, and no file is read.

use std::collections::HashMap;
use std::sync::Arc;

use crate::manifest::{Item, Manifest, NamedItem, Reference};
use crate::schema::{FieldPath, Kind, Schema, field_path};

mod cycles;
mod edges;
mod item_path;
mod names;
pub mod ownership;
mod path_glob;
pub mod paths;
mod references;
mod repository;

use edges::KeptEdge;
pub use edges::{Edge, EdgeId, How};
use names::Namesakes;
pub use names::{NamesakeId, name_taken};
pub use path_glob::PathGlob;
pub use paths::{Pattern, path_items};
pub use references::unresolved;
pub use repository::{File, PassedOver, Presence, Repository, RepositoryView, presence_among};

/// The section of a workspace file that names things without a manifest.
pub const EXTERNALS: FieldPath = field_path!(workspace: "externals");

/// What is called by one name.
#[derive(Debug)]
struct Called {
    /// The number of the system that counts.
    number: usize,
    /// All manifests of that name, in the order in which they were given.
    manifests: Vec<Arc<Manifest>>,
}

/// What is known of a workspace. It holds the manifests, and names what is in them by numbers.
#[derive(Debug)]
pub struct Facts {
    schema: &'static Schema,
    /// The systems in the order of their names. Of two that are called alike, the first that was given.
    systems: Vec<Arc<Manifest>>,
    by_name: HashMap<Box<str>, Called>,
    /// Whether every manifest of the workspace could be read, so that what is not here is nowhere.
    complete: bool,
    workspace_file: Option<Arc<Manifest>>,
    edges: Vec<KeptEdge>,
    /// The edges by the number of the system that they lead to, and from, in the order of the systems.
    into: Vec<Vec<EdgeId>>,
    out_of: Vec<Vec<EdgeId>>,
    /// The loops by the number of the system in which each is reported.
    loops: Vec<Vec<Vec<EdgeId>>>,
    namesakes: Namesakes,
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

impl Facts {
    /// The facts of `manifests`, and of the workspace file `workspace_file` beside them. `complete` says whether they are all
    /// that belong to the workspace, and not only those that could be read.
    pub fn new(
        schema: &'static Schema,
        manifests: impl IntoIterator<Item = Arc<Manifest>>,
        workspace_file: Option<Arc<Manifest>>,
        complete: bool,
    ) -> Self {
        let mut by_name: HashMap<Box<str>, Called> = HashMap::new();
        for manifest in manifests {
            let Some(name) = manifest.name() else { continue };
            match by_name.get_mut(name) {
                Some(called) => called.manifests.push(manifest),
                None => drop(by_name.insert(name.into(), Called { number: 0, manifests: vec![manifest] })),
            }
        }
        let mut names: Vec<(&str, &mut Called)> = by_name.iter_mut().map(|(name, called)| (&**name, called)).collect();
        names.sort_unstable_by_key(|(name, _)| *name);
        let mut systems = Vec::with_capacity(names.len());
        for (number, (_, called)) in names.into_iter().enumerate() {
            called.number = number;
            systems.push(Arc::clone(&called.manifests[0]));
        }
        let edges = edges::of(&systems, &|name| by_name.get(name).map(|called| called.number));
        let (mut into, mut out_of) = (vec![Vec::new(); systems.len()], vec![Vec::new(); systems.len()]);
        for (number, edge) in edges.iter().enumerate() {
            into[edge.to].push(EdgeId(number as u32));
            out_of[edge.from].push(EdgeId(number as u32));
        }
        let loops = cycles::of(&cycles::Graph { edges: &edges, out_of: &out_of });
        let namesakes = names::by_name(schema, &systems);
        Self { schema, systems, by_name, complete, workspace_file, edges, into, out_of, loops, namesakes }
    }

    /// All systems, in the order of their names.
    pub fn systems(&self) -> &[Arc<Manifest>] {
        &self.systems
    }

    /// The system so called.
    pub fn system(&self, name: &str) -> Option<&Manifest> {
        self.by_name.get(name).map(|called| &*self.systems[called.number])
    }

    /// All manifests of systems that are so called, in the order in which they were given.
    fn called(&self, name: &str) -> &[Arc<Manifest>] {
        self.by_name.get(name).map(|called| called.manifests.as_slice()).unwrap_or_default()
    }

    /// The things that the workspace file names and that have no manifest.
    fn externals(&self) -> &[NamedItem] {
        self.workspace_file.as_deref().map(externals).unwrap_or_default()
    }

    /// The thing without a manifest that is so called, and the workspace file that says so.
    pub fn external(&self, name: &str) -> Option<Definition<'_>> {
        let named = self.externals().iter().find(|external| &*external.name == name)?;
        Some(Definition { home: self.workspace_file.as_deref()?, item: &named.item, named: Some(named) })
    }

    /// The names of the systems and externals.
    pub fn names(&self) -> impl Iterator<Item = &str> + '_ {
        let externals = self.externals().iter().map(|named| &*named.name);
        self.systems.iter().filter_map(|system| system.name()).chain(externals)
    }

    /// What flows between two systems, by its number.
    pub fn edge(&self, id: EdgeId) -> Option<Edge<'_>> {
        self.edges.get(id.0 as usize)?.among(&self.systems)
    }

    /// What flows into a system, in the order of its text; what other systems do to its data comes last.
    pub fn into(&self, system: &Manifest) -> &[EdgeId] {
        self.of(&self.into, system)
    }

    /// What flows out of a system, in the order of the other systems.
    pub fn out_of(&self, system: &Manifest) -> &[EdgeId] {
        self.of(&self.out_of, system)
    }

    /// The loops that are told in this system, each beginning with an edge that is written here. Every edge that lies on
    /// a loop lies on one of those told, a shortest one.
    pub fn loops(&self, system: &Manifest) -> &[Vec<EdgeId>] {
        self.of(&self.loops, system)
    }

    /// The thing that a reference of the manifest `home` means, in whichever manifest defines it.
    pub fn resolve<'m>(&'m self, reference: &Reference, home: &'m Manifest) -> Option<Definition<'m>> {
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

    /// The number of a system; none of another that bears its name.
    fn number(&self, system: &Manifest) -> Option<usize> {
        let number = self.by_name.get(system.name().unwrap_or_default())?.number;
        std::ptr::eq(&*self.systems[number], system).then_some(number)
    }

    /// What is kept of a system.
    fn of<'f, T>(&self, kept: &'f [Vec<T>], system: &Manifest) -> &'f [T] {
        self.number(system).and_then(|number| kept.get(number)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The items of this kind and name in the systems whose names come later than that of `home`.
    pub fn namesakes(&self, home: &Manifest, kind: Kind, name: &str) -> &[NamesakeId] {
        let Some(found) = self.namesakes.get(&kind).and_then(|of_kind| of_kind.get(name)) else { return &[] };
        let later = |other: &NamesakeId| self.systems[other.system].name() > home.name();
        &found[found.iter().position(later).unwrap_or(found.len())..]
    }

    /// An item of another system, by its number.
    pub fn namesake(&self, id: &NamesakeId) -> Option<Definition<'_>> {
        id.among(&self.systems)
    }
}

/// The externals that a workspace file names.
fn externals(workspace_file: &Manifest) -> &[NamedItem] {
    workspace_file.section(EXTERNALS).map(Item::named_items).unwrap_or_default()
}
