//! Where a name or a path leads.

use super::{Place, Surroundings};
use crate::manifest::Manifest;
use crate::source::Span;

/// Where a name or a path leads.
#[derive(Debug, Clone)]
pub enum Target {
    /// To the name where it is defined, in this or another manifest.
    Name(Place),
    /// To a file or folder, relative to the folder of the manifest and with `/` between its parts. Whether it is there is
    /// not known here.
    File(String),
    /// To a page of the web.
    Page(String),
}

/// The word at `offset` of `home`, and where it leads: a metric may be defined in several places.
pub fn definition(_home: &Manifest, _offset: u32, _around: &Surroundings<'_>) -> Option<(Span, Vec<Target>)> {
    None
}

/// Every file and page that the manifest names, with the bytes of its path.
pub fn paths(_home: &Manifest) -> Vec<(Span, Target)> {
    Vec::new()
}
