//! Names: keys of named items, and names of systems.

use super::wrong::{Wrong, shown};

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
    if is_written_as_name(raw) {
        return Wrong::new(format!("{} is a word of the format, not a name", shown(raw)));
    }
    let wrong = match raw.chars().find(|c| !continues_name(*c)) {
        Some(c) if !c.is_whitespace() => Wrong::new(format!("a name has no {}", shown(&c.to_string()))),
        Some(_) => Wrong::new(format!("{} has blanks, a name has none", shown(raw))),
        None if raw.chars().nth(80).is_some() => Wrong::new("a name has at most 80 characters"),
        None => Wrong::not_a(raw, "a name"),
    };
    let joined = raw.split_whitespace().collect::<Vec<_>>().join("-");
    if joined != raw && is_name(&joined) { wrong.certainly(joined) } else { wrong }
}

pub(super) fn explain_system_name(raw: &str) -> Wrong {
    let kebab = kebab_case(raw);
    let wrong = Wrong::not_a(raw, "a system name");
    if is_system_name(&kebab) { wrong.certainly(kebab) } else { wrong }
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
