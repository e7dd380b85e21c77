//! Names: keys of named items, and names of systems.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::scalar_error::{ScalarError, shown};

/// Keys that say something themselves, and so name no item; nor does anything that begins with `x-`.
pub const RESERVED_NAMES: [&str; 5] = ["none", "not_applicable", "nobody", "note", "link"];

pub(super) fn is_name(raw: &str) -> bool {
    is_written_as_name(raw) && !is_reserved(raw)
}

fn is_reserved(raw: &str) -> bool {
    RESERVED_NAMES.contains(&raw) || raw.starts_with("x-")
}

/// Whether a text has the form of a name, reserved or not.
pub(super) fn is_written_as_name(raw: &str) -> bool {
    let mut characters = raw.chars();
    characters.next().is_some_and(begins_name) && characters.all(continues_name) && raw.chars().nth(80).is_none()
}

fn begins_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn continues_name(c: char) -> bool {
    begins_name(c) || is_combining_mark(c) || matches!(c, '.' | '@' | '+' | '%' | '-')
}

/// The form in which names are compared: letters with their marks as one character where there is one (NFC).
pub fn normal_form(name: &str) -> Cow<'_, str> {
    if name.is_ascii() || unicode_normalization::is_nfc(name) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(name.nfc().collect())
}

/// The name that a text is, or was certainly meant as: with a dash for blanks, and plain characters for others that look
/// like them.
pub fn meant_name(text: &str) -> Option<Cow<'_, str>> {
    if is_name(text) {
        return Some(normal_form(text));
    }
    let scalar_error = super::read(super::ScalarType::Name, text).err()?;
    match <[super::Proposal; 1]>::try_from(scalar_error.proposals).ok()? {
        [meant] if meant.certain => Some(Cow::Owned(normal_form(&meant.text).into_owned())),
        _ => None,
    }
}

pub(super) fn is_system_name(raw: &str) -> bool {
    let plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let [first, middle @ ..] = raw.as_bytes() else {
        return false;
    };
    let fits = middle.len() <= 62 && middle.last().is_none_or(plain);
    first.is_ascii_lowercase() && fits && middle.iter().all(|byte| plain(byte) || *byte == b'-')
}

pub(super) fn explain_name(raw: &str) -> ScalarError {
    if is_written_as_name(raw) {
        return ScalarError::new(format!("{} is a word of the format, not a name", shown(raw)));
    }
    let scalar_error = match raw.chars().find(|c| !continues_name(*c)) {
        Some(c) if !c.is_whitespace() => ScalarError::new(format!("a name has no {}", shown(&c.to_string()))),
        Some(_) => ScalarError::new(format!("{} has blanks, a name has none", shown(raw))),
        None if raw.chars().nth(80).is_some() => ScalarError::new("a name has at most 80 characters"),
        None => ScalarError::not_a(raw, "a name"),
    };
    let joined = raw.split_whitespace().collect::<Vec<_>>().join("-");
    if joined != raw && is_name(&joined) { scalar_error.certainly(joined) } else { scalar_error }
}

pub(super) fn explain_system_name(raw: &str) -> ScalarError {
    let kebab = kebab_case(raw);
    let scalar_error = ScalarError::not_a(raw, "a system name");
    if is_system_name(&kebab) { scalar_error.certainly(kebab) } else { scalar_error }
}

/// The text in lower case with a dash for each blank, `_` and hump: `RestaurantRanker` is `restaurant-ranker`.
fn kebab_case(raw: &str) -> String {
    let mut kebab = String::with_capacity(raw.len() + 4);
    let mut after_small = false;
    for c in raw.chars() {
        let dash = c == '_' || c == '-' || c.is_whitespace();
        if (dash || (after_small && c.is_ascii_uppercase())) && !kebab.ends_with('-') {
            kebab.push('-');
        }
        if !dash {
            kebab.extend(c.to_lowercase());
        }
        after_small = c.is_ascii_lowercase() || c.is_ascii_digit();
    }
    kebab
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_letters_with_their_marks() {
        for name in ["क्लिक", "ผู้ใช้", "தமிழ்", "cafe\u{301}", "か\u{3099}", "עברית", "клик", "café", "가게", "ndcg@10"]
        {
            assert!(is_name(name), "{name}");
        }
        for name in ["\u{301}a", "a b", "a/b", "", "none", "x-a"] {
            assert!(!is_name(name), "{name}");
        }
        assert_eq!(normal_form("cafe\u{301}"), "café");
        assert_eq!(meant_name("my model").as_deref(), Some("my-model"));
        assert_eq!(meant_name("eta\u{2011}model").as_deref(), Some("eta-model"));
        assert_eq!(meant_name("a/b"), None);
    }
}
