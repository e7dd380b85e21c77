//! What an editor asks: typed manifests and a byte offset go in, plain data with byte spans and Markdown goes out.
//!
//! Everything derives from the one declaration of the format, from the compiled lints, and from what the manifests of the
//! workspace define. This module knows no protocol, no UTF-16 and no disk; a text that does not parse is no obstacle to
//! [`complete`], and is what all others are spared.

use std::sync::Arc;

use crate::source::{Source, Span};

mod amounts;
mod completion;
mod context;
mod cursor;
mod definition;
mod describe;
mod field_lints;
mod folding;
mod hints;
mod hover;
mod lines;
mod lint_names;
mod occurrences;
mod references;
mod rename;
mod selection;
mod symbols;
mod yaml_text;

pub use completion::{Completion, CompletionKind, complete};
pub use context::EditorContext;
pub use definition::{Target, definition, paths};
pub use field_lints::readers;
pub use folding::{Fold, FoldKind, folds};
pub use hints::{Hint, hints};
pub use hover::{Hover, hover};
pub use references::references;
pub use rename::{renamable, rename};
pub use selection::selection;
pub use symbols::{Symbol, SymbolKind, symbols};

/// A place of a text.
#[derive(Debug, Clone)]
pub struct FileSpan {
    /// The text.
    pub source: Arc<Source>,
    /// The bytes.
    pub span: Span,
}
