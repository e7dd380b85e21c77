//! Prose and labels.

use super::scalar_error::ScalarError;

/// The most characters of a label or version.
pub(super) const MAX_LABEL_CHARS: usize = 120;

pub(super) fn is_label(raw: &str) -> bool {
    !raw.contains(['\n', '\r']) && raw.chars().nth(MAX_LABEL_CHARS).is_none()
}

pub(super) fn explain(raw: &str) -> ScalarError {
    if raw.contains(['\n', '\r']) {
        ScalarError::new("a label has one line").advise("text of several lines is not allowed here")
    } else {
        let length = raw.chars().count();
        ScalarError::new(format!("a label of {length} characters is too long"))
            .advise("a label has at most 120 characters")
    }
}
