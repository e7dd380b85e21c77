//! Another name for something, everywhere.

use super::Surroundings;
use crate::finding::Edit;
use crate::manifest::Manifest;
use crate::source::Span;

/// What the new name is written into.
#[derive(Debug, Clone)]
pub struct Renamed {
    /// The edits, by manifest and place; they do not overlap.
    pub edits: Vec<Edit>,
}

/// The name under `offset` that can be changed: its bytes, and the name as it is now. None where no name stands, or one
/// that the format gives.
pub fn renamable(_home: &Manifest, _offset: u32, _around: &Surroundings<'_>) -> Option<(Span, String)> {
    None
}

/// The edits that give the thing under `offset` another name wherever it stands; why not, in a sentence for people, where
/// the name is none, is taken, or would be read as something else.
pub fn rename(_home: &Manifest, _offset: u32, _name: &str, _around: &Surroundings<'_>) -> Result<Renamed, String> {
    Err("nothing here has a name".to_owned())
}
