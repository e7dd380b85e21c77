//! The places of the two formats whose value is the name of a lint.

use crate::schema::{FieldPath, field_path};

/// The lint that a waiver accepts.
const WAIVED: FieldPath = field_path!(manifest: "waivers[].check");

/// The lints whose level is set, by name, category or kind.
const SELECTED: FieldPath = field_path!(workspace: "levels[].select[]");

/// The options of lints, by the name of the lint.
const OPTIONS: FieldPath = field_path!(workspace: "options");

/// Whether the value at a place of the format names a lint.
pub(super) fn take_lint(place: &str) -> bool {
    take_waivable(place) || take_several(place)
}

/// Whether it names a lint that can be waived.
pub(super) fn take_waivable(place: &str) -> bool {
    place == WAIVED.text()
}

/// Whether it may also name a category or a kind of lint. One name stands for a list of one.
pub(super) fn take_several(place: &str) -> bool {
    SELECTED.text().strip_suffix("[]") == Some(place.strip_suffix("[]").unwrap_or(place))
}

/// Whether the names of a map at a place of the format are those of lints.
pub(super) fn name_lints(place: &str) -> bool {
    place == OPTIONS.text()
}
