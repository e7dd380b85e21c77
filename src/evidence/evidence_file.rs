//! One file as readers see it.

use std::sync::{Arc, OnceLock};

use super::{SkipReason, YamlCursor};
use crate::source::Source;
use crate::tree::{self, Limits, Tree};

/// Sizes beyond which a file is present and not compared.
const LIMITS: Limits = Limits { bytes: 2_000_000, depth: 64, nodes: 125_000, aliases: 1_000, merged: 10_000 };

/// One file.
#[derive(Debug)]
pub struct EvidenceFile<'p> {
    /// Its text.
    pub source: &'p Arc<Source>,
    /// Its path from the root of the repository.
    pub path: &'p str,
    documents: OnceLock<Vec<Option<Tree>>>,
}

impl<'p> EvidenceFile<'p> {
    /// The file at `path`.
    pub fn new(source: &'p Arc<Source>, path: &'p str) -> Self {
        Self { source, path, documents: OnceLock::new() }
    }

    /// The folder that it lies in, from the root of the repository; empty for the root.
    pub fn folder(&self) -> &'p str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Its name without its folder.
    pub fn name(&self) -> &'p str {
        self.path.rsplit_once('/').map_or(self.path, |(_, name)| name)
    }

    /// The documents that could be read, as YAML, of which JSON is a part.
    pub fn documents(&self) -> impl Iterator<Item = YamlCursor<'_>> {
        self.trees().iter().flatten().map(YamlCursor::whole)
    }

    /// The one document; why not, where it could not be read.
    pub fn document(&self) -> Result<YamlCursor<'_>, SkipReason> {
        match self.trees().iter().flatten().next() {
            Some(tree) => Ok(YamlCursor::whole(tree)),
            None if self.trees().is_empty() => Err(SkipReason::Unreadable("it is empty".to_owned())),
            None => Err(self.no_document()),
        }
    }

    /// Whether every document could be read; if not, why.
    pub fn every_document(&self) -> Result<(), SkipReason> {
        if self.trees().iter().all(Option::is_some) { Ok(()) } else { Err(self.no_document()) }
    }

    fn no_document(&self) -> SkipReason {
        // Of several documents, one that is too large is not told from one that is no YAML.
        let faults = tree::parse(self.source, &LIMITS).findings;
        if faults.iter().any(|fault| fault.name.starts_with("too-")) {
            return SkipReason::Unreadable("it is too large".to_owned());
        }
        match is_template(self.source.text()) {
            true => SkipReason::Template,
            false => SkipReason::Unreadable("it is no YAML".to_owned()),
        }
    }

    fn trees(&self) -> &[Option<Tree>] {
        self.documents.get_or_init(|| tree::documents(self.source, &LIMITS))
    }
}

/// Whether a text holds what a program fills in before it means anything.
pub(super) fn is_template(text: &str) -> bool {
    ["{{", "{%", "<%", "${", "$("].iter().any(|mark| text.contains(mark))
}
