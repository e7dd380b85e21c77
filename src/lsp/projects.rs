//! The workspaces that open texts belong to, each read once and then only where something changed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::documents::{Document, DocumentKind, Documents};
use super::position::MARK;
use super::project::Project;
use crate::source::Source;
use crate::workspace::{self, CheckRequest, Input, Roots, WORKSPACE_FILE};

/// The workspaces, by their root; one of them holds what belongs to none.
#[derive(Default)]
pub struct Projects {
    roots: Roots,
    known: BTreeMap<Option<PathBuf>, Project>,
}

impl Projects {
    /// The root of the workspace that a text belongs to.
    pub fn root_of(&mut self, document: &Document) -> Option<PathBuf> {
        self.roots.of(document.path.as_deref()?.parent()?)
    }

    /// The root of the workspace that a folder lies in.
    pub fn root_at(&mut self, folder: &Path) -> Option<PathBuf> {
        self.roots.of(folder)
    }

    /// The workspace of a text, as it is now; none where the text is nothing that is checked.
    pub fn of(&mut self, name: &str, documents: &Documents, request: &CheckRequest<'_>) -> Option<&mut Project> {
        let root = self.root_of(documents.get(name)?);
        let project = self.at(root, documents, request);
        project.holds(name).then_some(project)
    }

    /// The workspace at `root`, as it is now.
    pub fn at(&mut self, root: Option<PathBuf>, documents: &Documents, request: &CheckRequest<'_>) -> &mut Project {
        let mut own = BTreeMap::new();
        for (name, document) in documents.iter() {
            if self.root_of(document) == root {
                own.insert(name, document);
            }
        }
        let project = self.known.entry(root.clone()).or_insert_with(|| Project::new(root));
        project.refresh(&own, request);
        project
    }

    /// The roots of the workspaces that open texts belong to.
    pub fn roots(&mut self, documents: &Documents) -> Vec<Option<PathBuf>> {
        let mut roots: Vec<_> = documents.iter().map(|(_, document)| self.root_of(document)).collect();
        roots.sort();
        roots.dedup();
        roots
    }

    /// Forgets workspaces without an open text.
    pub fn retain_open(&mut self, documents: &Documents) {
        let roots = self.roots(documents);
        self.known.retain(|root, _| roots.contains(root));
    }

    /// All workspaces that are known.
    pub fn all(&self) -> impl Iterator<Item = &Project> {
        self.known.values()
    }

    /// Takes notice of a file that was made, changed or taken away. Says whether it matters to an open text.
    pub fn changed_on_disk(&mut self, path: &Path, gone: bool, request: &CheckRequest<'_>) -> bool {
        if path.file_name().is_some_and(|name| name == WORKSPACE_FILE) {
            self.roots = Roots::default();
            self.known.retain(|root, _| root.as_deref() != path.parent());
            return true;
        }
        let mut matters = false;
        for project in self.known.values_mut() {
            matters |= project.changed_on_disk(path, gone, request);
        }
        matters
    }

    /// Looks at all files again.
    pub fn rescan(&mut self) {
        self.roots = Roots::default();
        self.known.values_mut().for_each(Project::rescan);
    }

    /// Reads everything anew.
    pub fn reset(&mut self) {
        *self = Self::default();
    }
}

/// A file as an editor shows it: without a byte-order mark.
pub fn read_as_shown(path: &Path) -> Input {
    as_shown(workspace::read(path, &workspace::shown(path)))
}

/// The workspace file of the folder `root` in the same way, whose links must not lead out of it.
pub fn workspace_file_as_shown(root: &Path) -> Input {
    let path = root.join(WORKSPACE_FILE);
    as_shown(workspace::read_within(&path, &workspace::shown(&path), root))
}

fn as_shown(input: Input) -> Input {
    match input {
        Input::Text(source) => Input::Text(match source.original().strip_prefix(MARK) {
            Some(text) => Source::new(source.name(), text),
            None => source,
        }),
        unreadable => unreadable,
    }
}

/// Whether a text is judged where the workspace says nothing of it.
pub fn is_judged(document: &Document) -> bool {
    document.sort == DocumentKind::Manifest
}
