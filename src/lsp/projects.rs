//! The workspaces that open texts belong to, each read once and then only where something changed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::documents::{Document, Documents};
use super::edited_project::EditedProject;
use crate::project::CheckRequest;
use crate::workspace::{Roots, WORKSPACE_FILE};

/// The workspaces, by their root; one of them holds what belongs to none.
#[derive(Default)]
pub struct Projects {
    roots: Roots,
    known: BTreeMap<Option<PathBuf>, EditedProject>,
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
    pub fn of(&mut self, name: &str, documents: &Documents, request: &CheckRequest) -> Option<&mut EditedProject> {
        let root = self.root_of(documents.get(name)?);
        let project = self.at(root, documents, request);
        project.holds(name).then_some(project)
    }

    /// The workspace at `root`, as it is now.
    pub fn at(&mut self, root: Option<PathBuf>, documents: &Documents, request: &CheckRequest) -> &mut EditedProject {
        let mut own = BTreeMap::new();
        for (name, document) in documents.iter() {
            if self.root_of(document) == root {
                own.insert(name, document);
            }
        }
        let project = self.known.entry(root.clone()).or_insert_with(|| EditedProject::new(root));
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
    pub fn all(&self) -> impl Iterator<Item = &EditedProject> {
        self.known.values()
    }

    /// Takes notice of a file that was made, changed or taken away. Says whether it matters to an open text.
    pub fn changed_on_disk(&mut self, path: &Path, gone: bool, request: &CheckRequest) -> bool {
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
        self.known.values_mut().for_each(EditedProject::rescan);
    }

    /// Reads everything anew.
    pub fn reset(&mut self) {
        *self = Self::default();
    }
}
