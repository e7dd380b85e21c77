//! One manifest of a project, as it was read last.

use std::sync::Arc;

use crate::check::Reading;
use crate::finding::Finding;
use crate::manifest::Manifest;
use crate::source::Source;
use crate::workspace::Input;

/// A manifest that was read, or why it could not be.
pub type Read = Result<Reading, Box<Finding>>;

/// A text that a project takes in.
#[derive(Debug)]
pub struct Text {
    /// What the project knows it by: as a rule its name.
    pub id: String,
    /// What people know it by.
    pub name: String,
    /// Its path from the root of the workspace.
    pub path: String,
    /// The text itself, or why there is none.
    pub input: Input,
}

/// A manifest of a project.
#[derive(Debug)]
pub struct Document {
    /// What people know it by.
    pub(super) name: String,
    /// Its path from the root of the workspace.
    pub(super) path: String,
    /// Its text, or why there is none.
    pub(super) input: Input,
    /// What was read of it.
    pub(super) read: Read,
    /// The manifest as it was when it could last be read, where it cannot be now.
    pub(super) before: Option<Arc<Manifest>>,
}

impl Document {
    /// Its path from the root of the workspace.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Its text, where there is one.
    pub fn source(&self) -> Option<&Arc<Source>> {
        match &self.input {
            Input::Text(source) => Some(source),
            Input::Unreadable(_) => None,
        }
    }

    /// The manifest, where its text can be read.
    pub fn manifest(&self) -> Option<&Arc<Manifest>> {
        self.read.as_ref().ok().and_then(|reading| reading.manifest.as_ref())
    }

    /// The manifest; where its text cannot be read now, as it was when it last could be.
    pub fn last_manifest(&self) -> Option<&Arc<Manifest>> {
        self.manifest().or(self.before.as_ref())
    }

    /// Whether the text could not be read or parsed.
    pub fn failed(&self) -> bool {
        self.read.as_ref().map_or(true, |reading| reading.failed)
    }
}
