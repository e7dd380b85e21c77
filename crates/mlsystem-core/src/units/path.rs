//! Paths: relative to the manifest, or URLs, which are kept.

use super::scalar_error::{ScalarError, shown};

pub(super) fn is_path(raw: &str) -> bool {
    !raw.is_empty() && !raw.contains(|c: char| c == '\\' || (c as u32) < 0x20) && !is_foreign(raw) && !is_prose(raw)
}

/// Whether a text is words and no path. The last word of a path with blanks has a slash or an
/// extension.
fn is_prose(raw: &str) -> bool {
    if raw.contains("://") {
        return false;
    }
    let words: Vec<&str> = raw.split_whitespace().collect();
    let Some(last) = words.last().filter(|_| words.len() > 1) else { return false };
    let ends_like_a_path = last.contains('/')
        || last.rsplit_once('.').is_some_and(|(name, extension)| {
            !name.is_empty()
                && (1..=8).contains(&extension.len())
                && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
    !ends_like_a_path
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
    if is_prose(raw) {
        return ScalarError::not_a(raw, "a path").advise("name the file, and put the words into a comment or `note`");
    }
    let scalar_error = ScalarError::not_a(raw, "a path");
    if raw.contains('\\') { scalar_error.certainly(raw.replace('\\', "/")) } else { scalar_error }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_no_path() {
        for prose in [
            "a stop hook that blocks on failure",
            "we asked some friends",
            "the usual",
            "Promptfoo tests. See the wiki.",
            "input/output filters of the vendor",
        ] {
            assert!(!is_path(prose), "{prose}");
        }
        for path in [
            "docs/model card.md",
            "my report.pdf",
            "data sets/train",
            "CODEOWNERS",
            "prompts",
            "ops/*.yaml",
            "https://example.com/a b c d e",
            "docs/a long name with blanks.md",
        ] {
            assert!(is_path(path), "{path}");
        }
    }
}
