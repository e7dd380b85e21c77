//! What an editor asks: typed manifests and a byte offset go in, plain data with byte spans and Markdown goes out.
//!
//! Everything derives from the one declaration of the format, from the compiled lints, and from what the manifests of the
//! workspace define. This module knows no protocol, no UTF-16 and no disk; a text that does not parse is no obstacle to
//! [`complete`], and is what all others are spared.

use std::sync::Arc;

use crate::source::{Source, Span};

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
mod surroundings;
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
pub use surroundings::Surroundings;
pub use symbols::{Symbol, SymbolKind, symbols};

/// A place of a text.
#[derive(Debug, Clone)]
pub struct Place {
    /// The text.
    pub source: Arc<Source>,
    /// The bytes.
    pub span: Span,
}
