//! Prose and labels.

use super::wrong::Wrong;

/// The most characters of a label or version.
pub(super) const LONGEST_LABEL: usize = 120;

pub(super) fn is_label(raw: &str) -> bool {
    !raw.contains(['\n', '\r']) && raw.chars().nth(LONGEST_LABEL).is_none()
}

pub(super) fn explain(raw: &str) -> Wrong {
    if raw.contains(['\n', '\r']) {
        Wrong::new("a label has one line").advise("text of several lines is not allowed here")
    } else {
        let length = raw.chars().count();
        Wrong::new(format!("a label of {length} characters is too long")).advise("a label has at most 120 characters")
    }
}
