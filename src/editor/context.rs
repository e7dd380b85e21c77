//! The documents around the one that is asked about.

use crate::expression::Table;
use crate::facts::{EXTERNALS, Facts};
use crate::lint::Lint;
use crate::manifest::{Item, Manifest};
use crate::units::Date;

/// What an editor's question is asked against, besides the document itself.
#[derive(Debug, Clone)]
pub struct EditorContext<'w> {
    /// The manifests of the workspace, open ones as they stand in the editor, each once. A manifest that belongs to no
    /// workspace stands here alone.
    pub manifests: Vec<&'w Manifest>,
    /// The workspace file, where there is one.
    pub workspace_config: Option<&'w Manifest>,
    /// The facts of the workspace, where there is one. They are made of the same manifests.
    pub facts: Option<&'w Facts>,
    /// The lints that run.
    pub lints: &'w [Lint<'w>],
    /// The tables that they were compiled with.
    pub tables: &'w [Table<'w>],
    /// The day that dates are compared with.
    pub today: Date,
}

/// The document that defines something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum DocumentId {
    /// One of [`EditorContext::manifests`], by its number.
    Manifest(usize),
    /// The workspace file.
    WorkspaceConfig,
}

impl<'w> EditorContext<'w> {
    /// The document.
    pub(super) fn document(&self, home: DocumentId) -> Option<&'w Manifest> {
        match home {
            DocumentId::Manifest(number) => self.manifests.get(number).copied(),
            DocumentId::WorkspaceConfig => self.workspace_config,
        }
    }

    /// Which document a manifest is.
    pub(super) fn home_of(&self, manifest: &Manifest) -> Option<DocumentId> {
        let same = |other: &&Manifest| std::ptr::eq(*other, manifest);
        let number = self.manifests.iter().position(same).map(DocumentId::Manifest);
        number.or_else(|| self.workspace_config.filter(same).map(|_| DocumentId::WorkspaceConfig))
    }

    /// All documents: the manifests, and the workspace file.
    pub(super) fn homes(&self) -> impl Iterator<Item = DocumentId> + 'w {
        let count = self.manifests.len();
        (0..count).map(DocumentId::Manifest).chain(self.workspace_config.map(|_| DocumentId::WorkspaceConfig))
    }

    /// The document that describes the system so called: its manifest, else the workspace file that names it.
    pub(super) fn system(&self, name: &str) -> Option<DocumentId> {
        let number = self.manifests.iter().position(|manifest| manifest.name() == Some(name));
        number
            .map(DocumentId::Manifest)
            .or_else(|| self.externals().any(|external| external == name).then_some(DocumentId::WorkspaceConfig))
    }

    /// The names of things without a manifest.
    pub(super) fn externals(&self) -> impl Iterator<Item = &'w str> + 'w {
        let externals = self.workspace_config.and_then(|workspace_config| workspace_config.section(EXTERNALS));
        externals.map(Item::named_items).unwrap_or_default().iter().map(|named| &*named.name)
    }
}
