//! What may be written at a place, also while the text is being typed and does not parse.

use std::sync::Arc;

use super::Surroundings;
use crate::schema::Schema;
use crate::source::{Source, Span};

/// Something that may be written at the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What people see in the list.
    pub label: String,
    /// What sort of thing it is.
    pub kind: CompletionKind,
    /// The type, unit or owner, in a few words; may be empty.
    pub detail: String,
    /// What it means, in Markdown; may be empty.
    pub documentation: String,
    /// The bytes that are replaced; on one line, and the cursor lies in or at them.
    pub span: Span,
    /// What stands there instead. Lines after the first are indented in full.
    pub insert: String,
    /// Where the cursor goes, as a byte of `insert`.
    pub caret: usize,
    /// What the typed letters are held against.
    pub filter: String,
    /// The letters by which the list is sorted.
    pub order: String,
    /// Whether more is to be completed right behind it.
    pub again: bool,
}

/// The sorts of completion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CompletionKind {
    /// A section or record.
    Section,
    /// A field with a value of its own.
    Field,
    /// A word of an enumeration, a truth value, a relation such as `at most`.
    Word,
    /// The name of something that is defined elsewhere.
    Name,
    /// A number with a unit.
    Unit,
    /// A place of the manifest.
    Path,
    /// A lint.
    Lint,
    /// A day.
    Date,
    /// A country, language or licence.
    Code,
}

/// What may stand at `offset` of a text of this format, the likeliest first by its order. The text need not parse.
pub fn complete(
    _source: &Arc<Source>,
    _offset: u32,
    _schema: &'static Schema,
    _around: &Surroundings<'_>,
) -> Vec<Completion> {
    Vec::new()
}
