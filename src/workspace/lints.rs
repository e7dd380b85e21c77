//! Reads folders of lints: their files as text, nothing compiled.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Input, read_within, repository_of, shown};
use crate::finding::Finding;
use crate::source::Source;

/// The files of one or several folders of lints.
#[derive(Debug, Default)]
pub struct LintFolders {
    /// Lint files, `category/name.md`.
    pub lints: Vec<Arc<Source>>,
    /// Files of shared conditions, `conditions.yaml`.
    pub conditions: Vec<Arc<Source>>,
    /// Tables, `tables/name.yaml`.
    pub tables: Vec<Arc<Source>>,
    /// Frameworks, `frameworks/name.yaml`.
    pub frameworks: Vec<Arc<Source>>,
    /// What could not be read.
    pub unreadable: Vec<Finding>,
    /// Folders that hold no lint at all.
    pub empty: Vec<PathBuf>,
}

/// Reads folders of lints, in the order of their names. A folder may lie anywhere; what is in it must not lead out of its
/// repository.
pub fn load_lints(folders: &[PathBuf]) -> LintFolders {
    let mut found = LintFolders::default();
    for folder in folders {
        let real = folder.canonicalize().unwrap_or_else(|_| folder.clone());
        let root = &repository_of(&real).unwrap_or(real);
        let before = found.lints.len();
        for path in matching(folder, "*/*.md") {
            found.read(&path, root, |found, source| found.lints.push(source));
        }
        let conditions = folder.join("conditions.yaml");
        if conditions.exists() {
            found.read(&conditions, root, |found, source| found.conditions.push(source));
        }
        for path in matching(folder, "tables/*.yaml") {
            found.read(&path, root, |found, source| found.tables.push(source));
        }
        for path in matching(folder, "frameworks/*.yaml") {
            found.read(&path, root, |found, source| found.frameworks.push(source));
        }
        if found.lints.len() == before && found.unreadable.is_empty() {
            found.empty.push(folder.clone());
        }
    }
    found
}

impl LintFolders {
    /// The names of all files.
    pub fn names(&self) -> Vec<String> {
        let files = [&self.lints, &self.conditions, &self.tables, &self.frameworks];
        files.into_iter().flatten().map(|source| source.name().to_owned()).collect()
    }

    fn read(&mut self, path: &Path, root: &Path, keep: impl FnOnce(&mut Self, Arc<Source>)) {
        match read_within(path, &shown(path), root) {
            Input::Text(source) => keep(self, source),
            Input::Unreadable(finding) => self.unreadable.push(*finding),
        }
    }
}

fn matching(folder: &Path, pattern: &str) -> Vec<PathBuf> {
    let escaped = glob::Pattern::escape(&folder.to_string_lossy());
    let found = glob::glob(&format!("{escaped}/{pattern}")).map(|paths| paths.filter_map(Result::ok).collect());
    found.unwrap_or_default()
}
