//! What the files of each repository say, found and read once for all manifests in it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::built_in;
use crate::facts::{Repository, RepositoryView};
use crate::manifest::Manifest;
use crate::workspace::{self, Index, shown};

/// The repositories by their roots. Nothing is looked for before a manifest asks.
#[derive(Default)]
pub struct Repositories {
    known: Mutex<HashMap<PathBuf, Cell>>,
}

/// What the files of a repository say, and what lies where in it; looked for when it is first asked for.
type Cell = Arc<OnceLock<(Repository, Index)>>;

/// One repository, as it was found and read.
pub struct SeenRepository(Cell);

impl Repositories {
    /// Forgets what was read, because files may have changed.
    pub fn forget(&self) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Whether what was asked of files may be answered otherwise when the file at `path` is made, changed or taken away.
    pub fn concerns(&self, path: &Path) -> bool {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.iter().any(|(root, cell)| {
            let below = path.strip_prefix(root).ok().map(shown);
            let ignores =
                path.file_name().is_some_and(|name| workspace::IGNORE_FILES.iter().any(|known| name == *known));
            below.is_some_and(|below| ignores || cell.get().is_some_and(|(_, index)| index.concerns(&below)))
        })
    }

    /// What the files of the repository at `root` say, looked for when it is first asked for.
    pub fn seen(&self, root: &Path) -> SeenRepository {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let cell = Arc::clone(known.entry(root.to_owned()).or_default());
        drop(known);
        cell.get_or_init(|| {
            let mut found = workspace::find(root);
            let index = found.index();
            (found.read(&built_in::EVIDENCE), index)
        });
        SeenRepository(cell)
    }
}

impl SeenRepository {
    /// What the manifest at `path` from its root sees of it.
    pub fn view(&self, manifest: &Manifest, path: &str) -> Option<RepositoryView<'_>> {
        let (repository, index) = self.0.get()?;
        let view = repository.view(manifest, path, &|pattern| index.presence(pattern), &|path| index.nearest(path));
        Some(view.not_telling(index.stopped()))
    }
}
