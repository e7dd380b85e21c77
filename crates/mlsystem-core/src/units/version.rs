//! Versions: pins, and words that move.

use super::scalar_error::{ScalarError, shown};
use super::text;

pub(super) fn is_version(raw: &str) -> bool {
    text::is_label(raw) && !raw.contains(char::is_whitespace)
}

/// Whether a version can mean something else tomorrow: `latest`, `main`, `^1.2`.
pub fn floating(version: &str) -> bool {
    const FLOATING: [&str; 6] = ["latest", "main", "master", "head", "stable", "*"];
    let version = version.trim();
    version.starts_with(['^', '~']) || FLOATING.iter().any(|word| version.eq_ignore_ascii_case(word))
}

pub(super) fn explain(raw: &str) -> ScalarError {
    if raw.contains(char::is_whitespace) {
        ScalarError::new(format!("{} has blanks, a version has none", shown(raw)))
    } else {
        ScalarError::new("a version has at most 120 characters")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_ranges_float() {
        assert!(["latest", "main", "MASTER", "head", "stable", "*", "^1.2", "~1"].into_iter().all(floating));
        assert!(!["1.10", "8f3c1d", "main-2"].into_iter().any(floating));
    }
}
