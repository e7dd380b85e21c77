//! What is said of the thing under the pointer.

use super::Surroundings;
use crate::manifest::Manifest;
use crate::source::Span;

/// What is said of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// The bytes that it is about.
    pub span: Span,
    /// The words, in Markdown.
    pub text: String,
}

/// What is to be said of the key or value at `offset` of `home`.
pub fn hover(_home: &Manifest, _offset: u32, _around: &Surroundings<'_>) -> Option<Hover> {
    None
}
