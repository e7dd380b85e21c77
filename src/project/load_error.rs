//! Why nothing can be checked.

use crate::finding::Finding;

/// What keeps a check from starting.
#[derive(Debug)]
pub enum LoadError {
    /// What was asked for does not make sense; the reason for people.
    Arguments(String),
    /// Lint files are wrong.
    Lints(Vec<Finding>),
    /// Workspace files are wrong.
    WorkspaceConfig(Vec<Finding>),
}
