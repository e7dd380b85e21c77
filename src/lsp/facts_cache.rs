//! The manifests of a workspace as they were read, with the facts that they make: taken once, and kept until one of them
//! is another.

use std::sync::Arc;

use self_cell::self_cell;

use crate::check::Workspace;
use crate::workspace::{Read, Ruleset};

/// What facts are taken from.
pub struct Readings {
    /// What holds in the workspace.
    pub rules: Arc<Ruleset>,
    /// The manifests, with their paths from the root of the workspace.
    pub manifests: Vec<(String, Arc<Read>)>,
}

/// What is known of the workspace; nothing where there is none.
type Facts<'r> = Option<Workspace<'r>>;

self_cell!(
    /// Manifests that were read, and their facts.
    pub struct Known {
        owner: Readings,
        #[covariant]
        dependent: Facts,
    }
);

impl Known {
    /// Takes the facts of manifests.
    pub fn of(readings: Readings) -> Self {
        Self::new(readings, |readings| {
            let manifests: Vec<(&str, &Read)> =
                readings.manifests.iter().map(|(path, read)| (&**path, &**read)).collect();
            readings.rules.facts(&manifests)
        })
    }

    /// The facts, where there is a workspace.
    pub fn facts(&self) -> Option<&Workspace<'_>> {
        self.borrow_dependent().as_ref()
    }
}
