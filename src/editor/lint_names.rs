//! The places of the two formats whose value is the name of a lint.

/// A place, and whether categories and kinds of lint may stand there too.
const PLACES: [(&str, bool); 3] = [("waivers[].check", false), ("levels[].select[]", true), ("levels[].select", true)];

/// Whether the value at a place of the format names a lint.
pub(super) fn take_lint(place: &str) -> bool {
    PLACES.iter().any(|(known, _)| *known == place)
}

/// Whether it may also name a category or a kind of lint.
pub(super) fn take_several(place: &str) -> bool {
    PLACES.contains(&(place, true))
}

/// Whether the names of a map at a place of the format are those of lints.
pub(super) fn name_lints(place: &str) -> bool {
    place == "options"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::built_in::{MANIFEST, WORKSPACE};

    #[test]
    fn the_places_exist() {
        for (place, _) in PLACES {
            assert!(MANIFEST.type_at(place).or(WORKSPACE.type_at(place)).is_some(), "{place}");
        }
        assert!(WORKSPACE.type_at("options").is_some());
    }
}
