//! What an editor asks: typed manifests and a byte offset go in, plain data with byte spans and Markdown goes out.
//!
//! Everything derives from the one declaration of the format, from the compiled lints, and from what the manifests of the
//! workspace define. This module knows no protocol, no UTF-16 and no disk; a text that does not parse is no obstacle to
//! [`complete`], and is what all others are spared.

#![allow(dead_code, reason = "completion, which follows, uses the rest")]

use std::sync::Arc;

use crate::expression::Table;
use crate::facts::Facts;
use crate::lint::Lint;
use crate::manifest::Manifest;
use crate::source::{Source, Span};
use crate::units::Date;

mod amounts;
mod completion;
mod cursor;
mod definition;
mod describe;
mod folding;
mod hint_forms;
mod hints;
mod hover;
mod lines;
mod lint_names;
mod occurrences;
mod readers;
mod references;
mod rename;
mod selection;
mod symbols;
mod written;

pub use completion::{Completion, CompletionKind, complete};
pub use definition::{Target, definition, paths};
pub use folding::{Fold, FoldKind, folds};
pub use hints::{Hint, hints};
pub use hover::{Hover, hover};
pub use readers::readers;
pub use references::references;
pub use rename::{renamable, rename};
pub use selection::selection;
pub use symbols::{Symbol, SymbolKind, symbols};

/// What an editor's question is asked against, besides the document itself.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'w> {
    /// The manifests of the workspace, open ones as they stand in the editor, each once. A manifest that belongs to no
    /// workspace stands here alone.
    pub manifests: &'w [&'w Manifest],
    /// The workspace file, where there is one.
    pub house: Option<&'w Manifest>,
    /// The facts of the workspace, where there is one. They are made of the same manifests.
    pub facts: Option<&'w Facts<'w>>,
    /// The lints that run.
    pub lints: &'w [Lint],
    /// The tables that they were compiled with.
    pub tables: &'w [Table],
    /// The day that dates are compared with.
    pub today: Date,
}

/// A place of a text.
#[derive(Debug, Clone)]
pub struct Place {
    /// The text.
    pub source: Arc<Source>,
    /// The bytes.
    pub span: Span,
}
