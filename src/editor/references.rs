//! Where a name stands.

use super::occurrences::{Role, at, occurrences};
use super::{EditorContext, FileSpan};
use crate::manifest::Manifest;

/// Every place of the workspace at which the name under `offset` stands, in the order of the manifests and of the text;
/// the one that defines it only `with_definitions`. A place holds the name alone, without kind, system and quotes.
pub fn references(home: &Manifest, offset: u32, with_definitions: bool, around: &EditorContext<'_>) -> Vec<FileSpan> {
    let Some(asked) = around.home_of(home).and_then(|number| at(number, offset, around)) else { return Vec::new() };
    let mut found = Vec::new();
    for number in around.homes() {
        let Some(document) = around.document(number) else { continue };
        let wanted = occurrences(number, around).into_iter().filter(|one| one.thing == asked.thing);
        let wanted = wanted.filter(|one| with_definitions || one.role != Role::Defines);
        found.extend(wanted.map(|one| FileSpan { source: document.source().clone(), span: one.span }));
    }
    found
}
