//! What the files of each repository say, found and read once for all manifests in it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::presence::Index;
use super::{evidence, shown};
use crate::built_in;
use crate::check::Options;
use crate::facts::Repository;
use crate::finding::Kind;
use crate::manifest::Manifest;

/// The repositories by their roots. Nothing is looked for before a manifest asks.
#[derive(Default)]
pub struct Repositories {
    known: Mutex<HashMap<PathBuf, Cell>>,
}

/// What the files of a repository say, and what lies where in it; looked for when it is first asked for.
type Cell = Arc<OnceLock<(Repository, Index)>>;

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
                path.file_name().is_some_and(|name| evidence::IGNORE_FILES.iter().any(|known| name == *known));
            below.is_some_and(|below| ignores || cell.get().is_some_and(|(_, index)| index.concerns(&below)))
        })
    }

    /// Calls `work` with the options and, where some lint asks for evidence, with what the manifest sees of the repository
    /// at `root`, in which it lies at `path`. Without a repository nothing is known of files.
    pub fn seen<T>(
        &self,
        root: Option<&Path>,
        path: &str,
        manifest: Option<&Manifest>,
        options: &Options<'_>,
        work: impl FnOnce(&Options<'_>) -> T,
    ) -> T {
        let (Some(root), Some(manifest)) = (root, manifest.filter(|_| asks_for_evidence(options))) else {
            return work(options);
        };
        let cell =
            Arc::clone(self.known.lock().unwrap_or_else(PoisonError::into_inner).entry(root.to_owned()).or_default());
        let (repository, index) = cell.get_or_init(|| {
            let mut found = evidence::find(root);
            let index = found.index();
            (found.read(&built_in::EVIDENCE), index)
        });
        let view = repository.view(manifest, path, &|pattern| index.presence(pattern), &|path| index.nearest(path));
        let view = view.not_telling(index.stopped());
        work(&Options { view: Some(&view), ..options.clone() })
    }
}

fn asks_for_evidence(options: &Options<'_>) -> bool {
    let asks = |lint: &&crate::lint::Lint| lint.kind == Kind::Evidence;
    options.lints.iter().filter(asks).any(|lint| options.selection.admits(lint) && !options.levels.off(lint))
}
