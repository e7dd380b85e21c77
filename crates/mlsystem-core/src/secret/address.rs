//! Passwords in addresses: `postgres://user:password@host/database`.

use super::{Collector, Secret};

/// A longer password is none.
const MAX_PASSWORD_BYTES: usize = 400;

pub(super) fn scan(text: &str, found: &mut Collector) {
    for (at, mark) in text.match_indices("://") {
        if let Some(range) = password(text, at + mark.len()) {
            found.push(Secret { range, what: "a password in an address" });
        }
    }
}

/// The password of the address whose host or user begins at `begin`.
fn password(text: &str, begin: usize) -> Option<std::ops::Range<usize>> {
    let bytes = text.as_bytes();
    let user = bytes[begin..]
        .iter()
        .take(MAX_PASSWORD_BYTES)
        .position(|byte| matches!(byte, b':' | b'/' | b'@') || ends(*byte))?;
    let start = begin + user + 1;
    if bytes[start - 1] != b':' {
        return None;
    }
    let mut at = None;
    let mut slash = false;
    for (index, byte) in bytes.iter().enumerate().skip(start).take(MAX_PASSWORD_BYTES) {
        match byte {
            // The last one before the path ends the password; one in the path is the password's only where none came before.
            b'@' if at.is_none() || !slash => (at, slash) = (Some(index), false),
            b'/' | b'?' | b'#' if at.is_some() => slash = true,
            b'\'' if closes(bytes.get(index + 1)) => break,
            byte if ends(*byte) => break,
            _ => {}
        }
    }
    let end = at?;
    let password = &text[start..end];
    let digits = password.bytes().take_while(u8::is_ascii_digit).count();
    let is_port = (1..=5).contains(&digits) && password[digits..].starts_with(['/', '?', '#']);
    let is_variable = password.starts_with(['$', '{', '<', '%']);
    let is_mask =
        password.chars().all(|letter| letter == '*' || super::MASK.contains(&letter)) || super::is_masked(password);
    (!password.is_empty() && !is_port && !is_variable && !is_mask).then_some(start..end)
}

fn ends(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'"' | b'<' | b'>' | b'`' | b'|')
}

/// Whether a quote before this byte ends a text.
fn closes(next: Option<&u8>) -> bool {
    next.is_none_or(|next| next.is_ascii_whitespace() || matches!(next, b',' | b']' | b'}' | b')' | b':' | b';'))
}
