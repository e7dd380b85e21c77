//! Single words: booleans, folding, words that say nothing, and the nearest of several.

use super::scalar_error::{ScalarError, shown};

pub(super) fn parse_bool(raw: &str) -> Option<bool> {
    match raw {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

pub(super) fn explain_bool(raw: &str) -> ScalarError {
    let scalar_error = ScalarError::new(format!("{} is not `true` or `false`", shown(raw)));
    match raw.to_lowercase().as_str() {
        "yes" | "y" | "on" | "true" | "1" => scalar_error.certainly("true"),
        "no" | "n" | "off" | "false" | "0" => scalar_error.certainly("false"),
        _ => scalar_error,
    }
}

/// The form in which the words of an open enumeration are compared: lower case, blank and `_` as `-`, no last `s`.
pub fn fold(word: &str) -> String {
    let mut folded = dashed(word);
    if folded.len() > 1 && folded.ends_with('s') {
        folded.pop();
    }
    folded
}

/// Whether two words are the same as [`fold`] makes them.
pub fn same_word(a: &str, b: &str) -> bool {
    if !a.is_ascii() || !b.is_ascii() {
        return fold(a) == fold(b);
    }
    let (a, b) = (without_plural(a.as_bytes()), without_plural(b.as_bytes()));
    let plain = |byte: &u8| if matches!(byte, b' ' | b'_') { b'-' } else { byte.to_ascii_lowercase() };
    a.len() == b.len() && a.iter().map(plain).eq(b.iter().map(plain))
}

fn without_plural(word: &[u8]) -> &[u8] {
    match word {
        [rest @ .., b's' | b'S'] if !rest.is_empty() => rest,
        all => all,
    }
}

fn dashed(word: &str) -> String {
    word.to_lowercase().replace([' ', '_'], "-")
}

/// Words that say "there is none" without a reason, in any case.
pub const BARE_NONES: [&str; 6] = ["none", "false", "n/a", "-", "not applicable", "not_applicable"];

/// The bytes of the longest word that says nothing.
const MAX_EMPTY_BYTES: usize = "not applicable".len();

/// Whether a text says "there is none" without a reason: `none`, `n/a`, `-`.
pub fn is_bare_none(text: &str) -> bool {
    is_one_of(text, &BARE_NONES)
}

/// The text without blanks at its ends. Nearly every text of a manifest has none, which its first and last byte show.
pub fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [b'!'..=b'~', .., b'!'..=b'~'] | [b'!'..=b'~'] => text,
        _ => text.trim(),
    }
}

pub(super) fn is_one_of(text: &str, words: &[&str]) -> bool {
    let text = trimmed(text);
    if text.len() > MAX_EMPTY_BYTES {
        return false;
    }
    words.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// The candidate that `word` was probably meant to be: the one with the fewest edits, at most 1 in a word of up to 4
/// letters, 2 up to 8, 3 beyond. Case and `-` for `_` are no edits. Of equally near ones the alphabetically first.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    near(word, candidates).min().map(|(_, candidate)| candidate)
}

/// The candidates that `word` may have been meant to be, nearest first, and whether the first is certainly meant: it is
/// alone as near, and at most one edit away, or two in a word of more than five letters.
pub fn meant<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> (Vec<&'a str>, bool) {
    let mut near: Vec<(usize, &str)> = near(word, candidates).collect();
    near.sort_unstable();
    near.dedup();
    let alone = |(first, _): &(usize, &str)| near.get(1).is_none_or(|(second, _)| second > first);
    let close = |(distance, _): &(usize, &str)| *distance <= if word.chars().count() > 5 { 2 } else { 1 };
    let certain = near.first().is_some_and(|first| alone(first) && close(first));
    (near.into_iter().map(|(_, candidate)| candidate).collect(), certain)
}

fn near<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> impl Iterator<Item = (usize, &'a str)> {
    let word = dashed(word);
    let length = word.chars().count();
    let most = match length {
        0 => 0,
        1..=4 => 1,
        5..=8 => 2,
        _ => 3,
    };
    candidates
        .filter(move |candidate| length > 0 && candidate.chars().count().abs_diff(length) <= most)
        .map(move |candidate| (strsim::damerau_levenshtein(&word, &dashed(candidate)), candidate))
        .filter(move |(distance, candidate)| *distance <= most && *distance < candidate.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folded_words_are_equal() {
        assert_eq!(fold("Content moderation"), "content-moderation");
        assert_eq!(fold("content_moderations"), "content-moderation");
        assert_eq!(fold("s"), "s");
        let words =
            ["Content moderation", "content_moderations", "S", "s", "ss", "", "-", "Größe", "größes", "a b", "a-b"];
        for (a, b) in words.iter().flat_map(|a| words.iter().map(move |b| (a, b))) {
            assert_eq!(same_word(a, b), fold(a) == fold(b), "{a:?} {b:?}");
        }
    }

    #[test]
    fn words_that_say_nothing() {
        assert!(["None", "false", "N/A", "-", "not applicable", "not_applicable"].into_iter().all(is_bare_none));
        assert!(!is_bare_none("nothing"));
    }

    #[test]
    fn nearest_is_close_and_steady() {
        let near = |word, candidates: &[&'static str]| nearest(word, candidates.iter().copied());
        assert_eq!(near("latncy", &["latency", "license"]), Some("latency"));
        assert_eq!(near("On_Call", &["on-call"]), Some("on-call"));
        assert_eq!(near("cat", &["dog", "car", "bat"]), Some("bat"));
        assert_eq!(near("fallback", &["rollback"]), Some("rollback"));
        assert_eq!(near("owner", &["stage", "risk"]), None);
        assert_eq!(near("x", &["y"]), None);
        assert_eq!(near("", &["a"]), None);
    }
}
