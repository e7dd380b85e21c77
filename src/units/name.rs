//! Names: keys of named items, and names of systems.

use super::wrong::Wrong;

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
    begins_name(c) || matches!(c, '.' | '@' | '+' | '%' | '-')
}

pub(super) fn is_system_name(raw: &str) -> bool {
    let plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let [first, middle @ ..] = raw.as_bytes() else {
        return false;
    };
    let fits = middle.len() <= 62 && middle.last().is_none_or(plain);
    first.is_ascii_lowercase() && fits && middle.iter().all(|byte| plain(byte) || *byte == b'-')
}

pub(super) fn explain_name(raw: &str) -> Wrong {
    Wrong::not_a(raw, "a name")
}
pub(super) fn explain_system_name(raw: &str) -> Wrong {
    Wrong::not_a(raw, "a system name")
}
