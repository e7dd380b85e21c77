//! Values that are secret for the name that is written before them: `aws_secret_access_key = …`, `AccountKey=…`,
//! `Authorization: Bearer …`, `Password=…;`.

use super::{Collector, Secret, class, is_random};

/// Ends of names of keys, without `_`, `-` and `.` and in lower case.
const NAMES: [(&str, &str); 21] = [
    ("secretaccesskey", "a secret access key"),
    ("sharedaccesskey", "an account key"),
    ("accountkey", "an account key"),
    ("storagekey", "an account key"),
    ("secretkey", "a secret key"),
    ("signingkey", "a secret key"),
    ("privatekey", "a private key"),
    ("apikey", "an API key"),
    ("apitoken", "an access token"),
    ("accesstoken", "an access token"),
    ("authtoken", "an access token"),
    ("privatetoken", "an access token"),
    ("sessiontoken", "an access token"),
    ("refreshtoken", "an access token"),
    ("clientsecret", "a client secret"),
    ("authorization", "an access token"),
    ("signature", "a signature"),
    ("token", "an access token"),
    ("secret", "a secret"),
    ("password", "a password"),
    ("sig", "a signature"),
];

/// Names of passwords in connection strings, whose value is a secret whatever it looks like.
const PASSWORDS: [&str; 4] = ["password", "passwd", "passphrase", "pwd"];

pub(super) fn scan(text: &str, found: &mut Collector) {
    let mut past = 0;
    for (at, sign) in text.match_indices(['=', ':']) {
        if at < past {
            continue;
        }
        let name = name_before(text, at);
        if name.len() < 3 {
            continue;
        }
        let of = NAMES.iter().find(|(end, _)| name.ends_with(end));
        if let Some((range, (_, what))) = of.and_then(|of| Some((keyed(text, at + 1, &mut past)?, of))) {
            found.push(Secret { range, what });
        } else if sign == "=" && PASSWORDS.iter().any(|end| name.ends_with(end)) {
            found.push_some(password(text, at + 1), "a password");
        }
    }
    for (at, scheme) in text.match_indices("earer ") {
        found.push_some(keyed(text, at + scheme.len(), &mut past), "an access token");
    }
}

/// The last letters and digits of the name that ends before `at`, in lower case.
fn name_before(text: &str, at: usize) -> String {
    let before = &text.as_bytes()[at.saturating_sub(48)..at];
    let mut letters: Vec<u8> = before
        .iter()
        .rev()
        .skip_while(|byte| matches!(byte, b' ' | b'\t' | b'"' | b'\'' | b'`' | b'\\'))
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
        .filter(|byte| byte.is_ascii_alphanumeric())
        .take(16)
        .map(u8::to_ascii_lowercase)
        .collect();
    letters.reverse();
    String::from_utf8(letters).unwrap_or_default()
}

/// The random text that begins at `from`, behind blanks, quotes and the name of a scheme. What was looked at ends at `past`.
fn keyed(text: &str, from: usize, past: &mut usize) -> Option<std::ops::Range<usize>> {
    let rest = head(text, from, 1024)?;
    let lead = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n', '"', '\'', '`', '\\', '>']).len();
    let value = &rest[lead.min(rest.len())..];
    let scheme =
        ["Bearer ", "bearer ", "Basic ", "basic ", "Token ", "token "].iter().find(|word| value.starts_with(**word));
    let lead = lead + scheme.map_or(0, |word| word.len());
    let value = &rest[lead..];
    let is = |letter: char| {
        letter.is_ascii_alphanumeric() || matches!(letter, '+' | '/' | '=' | '_' | '-' | '.' | '~' | '%')
    };
    let value = &value[..value.find(|letter| !is(letter)).unwrap_or(value.len())];
    *past = (*past).max(from + lead + value.len());
    let value = value.trim_end_matches('.');
    let is_key = value.len() >= 20 && (is_random(value) || is_base64(value)) && !super::is_masked(value);
    is_key.then(|| from + lead..from + lead + value.len())
}

/// Whether a text is base64 of random bytes: it has letters of both cases and digits all over.
fn is_base64(text: &str) -> bool {
    let body = text.trim_end_matches('=').as_bytes();
    let plain = body.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'));
    let changes = body.windows(2).filter(|two| class(two[0]) != class(two[1])).count();
    body.len() >= 32 && plain && changes >= body.len() / 4 && body.iter().any(u8::is_ascii_digit)
}

/// At most so many bytes of the text at `from`.
fn head(text: &str, from: usize, most: usize) -> Option<&str> {
    let end = (from + most..).find(|end| *end >= text.len() || text.is_char_boundary(*end))?;
    text.get(from..end.min(text.len()))
}

/// The password that begins right at `from`.
fn password(text: &str, from: usize) -> Option<std::ops::Range<usize>> {
    let rest = head(text, from, 256)?;
    let end = rest.find(|letter: char| letter.is_whitespace() || ";&\"'`,)]}".contains(letter)).unwrap_or(rest.len());
    let password = &rest[..end];
    let is_variable = password.starts_with(['$', '{', '<', '%', '(', '[', '=', '~', '.', '…']);
    let is_mask =
        password.chars().all(|letter| letter == '*' || super::MASK.contains(&letter)) || super::is_masked(password);
    let is_code = password.contains(['(', '[', '$']);
    (password.len() >= 4 && !is_variable && !is_mask && !is_code).then_some(from..from + end)
}
