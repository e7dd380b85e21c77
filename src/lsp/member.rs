//! One manifest of a workspace, as it was read last.

use std::path::Path;
use std::sync::Arc;

use super::documents::Document;
use super::projects::read_as_shown;
use super::watchers::named_by;
use crate::check::Reading;
use crate::facts::Pattern;
use crate::manifest::Manifest;
use crate::workspace::{self, CheckRequest, Input, Read, Ruleset, Stamp};

/// A manifest of a workspace.
pub struct Entry {
    /// Its text, or why there is none.
    pub input: Input,
    /// What was read of it.
    pub read: Arc<Read>,
    /// The manifest as it was when it could last be read, where it cannot be now.
    pub before: Option<Manifest>,
    /// Its path from the root of the workspace.
    pub path: String,
    /// What it names in its repository.
    pub named: Vec<Pattern>,
    /// Whether it is open in the editor.
    pub open: bool,
    /// When the file was last written, and its size, where it lies on the disk.
    pub stamp: Option<Stamp>,
}

impl Entry {
    /// Reads the manifest of a name: the open text, else the file.
    pub fn read(name: &str, document: Option<&Document>, rules: &Ruleset, request: &CheckRequest<'_>) -> Self {
        let (input, stamp) = match document {
            Some(document) => (Input::Text(Arc::clone(&document.source)), None),
            None => (read_as_shown(Path::new(name)), workspace::stamp(Path::new(name))),
        };
        let on_disk = document.is_none_or(|document| document.path.is_some());
        let path = if on_disk { rules.below(Path::new(name)) } else { name.to_owned() };
        let read = rules.read(&input, request);
        let manifest = read.as_ref().ok().and_then(|reading| reading.manifest.as_ref());
        let named = manifest.map(|manifest| named_by(manifest, &path)).unwrap_or_default();
        Self { read: Arc::new(read), input, before: None, path, named, open: document.is_some(), stamp }
    }

    /// The manifest, where its text can be read.
    pub fn manifest(&self) -> Option<&Manifest> {
        self.read.as_ref().as_ref().ok().and_then(|reading: &Reading| reading.manifest.as_ref())
    }
}
