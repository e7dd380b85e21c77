//! Paths: relative to the manifest, or URLs, which are kept.

use super::scalar_error::{ScalarError, shown};

pub(super) fn is_path(raw: &str) -> bool {
    !raw.is_empty() && !raw.contains(|c: char| c == '\\' || (c as u32) < 0x20) && !is_foreign(raw)
}

/// Whether a path depends on one machine: absolute, in a home directory, or with a variable.
fn is_foreign(raw: &str) -> bool {
    let drive = matches!(raw.as_bytes(), [letter, b':', b'/' | b'\\', next, ..] if letter.is_ascii_alphabetic() && *next != b'/')
        || matches!(raw.as_bytes(), [letter, b':', b'\\'] if letter.is_ascii_alphabetic());
    raw.starts_with(['/', '~', '$']) || drive
}

pub(super) fn explain(raw: &str) -> ScalarError {
    if is_foreign(raw) {
        return ScalarError::new(format!("{} is a path of one machine", shown(raw)))
            .advise("paths are relative to this file");
    }
    let scalar_error = ScalarError::not_a(raw, "a path");
    if raw.contains('\\') { scalar_error.certainly(raw.replace('\\', "/")) } else { scalar_error }
}
