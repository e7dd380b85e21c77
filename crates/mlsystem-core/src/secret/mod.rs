//! Keys, tokens and passwords in a text. What is found is named and never shown: see [`masked`].
//!
//! The whole text is looked at, whatever it is: values, keys, comments, anchors, text that does not parse. Shapes are those
//! that issuers document, with the rules of gitleaks (`config/gitleaks.toml`), TruffleHog (`pkg/detectors`) and
//! detect-secrets (`plugins/azure_storage_key.py`) beside them; a random word alone is no secret, since a digest looks the same.

use std::borrow::Cow;
use std::ops::Range;

mod address;
mod assignment;
mod escapes;
mod key_block;
mod token;

/// A secret in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    /// Its bytes.
    pub range: Range<usize>,
    /// What it is: `an access token`.
    pub what: &'static str,
}

/// A shorter text holds no secret.
pub const LEAST: usize = 9;

/// What stands in place of a letter of one, two, three and four bytes, so that columns stay in every unit.
const MASK: [char; 4] = ['x', '×', 'ｘ', '𝐱'];

/// Secrets of one text that are told apart. What comes after them is masked as one: a text of ten million bytes may be
/// nothing but secrets, and each takes memory.
const MAX_SECRETS: usize = 10_000;

/// What the rest of a text with more of them is.
const REST: &str = "a run of secrets";

/// The letters that show that something is masked.
const MASKED: &str = "xxxxxxxx";

/// The secrets of a text, in order, none inside another.
pub fn find(text: &str) -> Vec<Secret> {
    if text.len() < LEAST {
        return Vec::new();
    }
    let Collector { secrets: mut found, mut rest, .. } = scan(text);
    if let Some(plain) = escapes::resolved(text) {
        let more = scan(&plain.text);
        found.extend(more.secrets.into_iter().map(|one| Secret { range: plain.written(one.range), ..one }));
        if more.rest < plain.text.len() {
            rest = rest.min(plain.written(more.rest..more.rest).start);
        }
    }
    if rest < text.len() {
        found.retain(|one| one.range.start < rest);
        found.push(Secret { range: rest..text.len(), what: REST });
    }
    if found.len() > 1 {
        found.sort_by(|a, b| a.range.start.cmp(&b.range.start).then(b.range.end.cmp(&a.range.end)));
        let mut apart: Vec<Secret> = Vec::with_capacity(found.len());
        for one in found {
            match apart.last_mut() {
                Some(last) if one.range.start < last.range.end => last.range.end = last.range.end.max(one.range.end),
                _ => apart.push(one),
            }
        }
        return apart;
    }
    found
}

/// Whether a text holds a secret.
pub fn is_secret(text: &str) -> bool {
    !find(text).is_empty()
}

/// The text with its secrets masked, letter for letter, so that every place in it stays where it is. Equal tokens have
/// equal masks, and others others: names stay apart. White space, brackets and commas stay, since they carry structure.
pub fn masked(text: &str, secrets: &[Secret]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut from = 0;
    for secret in secrets {
        masked.push_str(&text[from..secret.range.start]);
        mask(&text[secret.range.clone()], &mut masked);
        from = secret.range.end;
    }
    masked.push_str(&text[from..]);
    masked
}

/// The text as it may be shown.
pub fn redacted(text: &str) -> Cow<'_, str> {
    match find(text) {
        secrets if secrets.is_empty() => Cow::Borrowed(text),
        secrets => Cow::Owned(masked(text, &secrets)),
    }
}

/// Whether a text holds what stands in place of a secret, so that it is not to be written anywhere.
pub fn is_masked(text: &str) -> bool {
    text.contains(MASKED)
}

fn mask(secret: &str, masked: &mut String) {
    let begin = masked.len();
    for letter in secret.chars() {
        let stays =
            letter.is_whitespace() || letter.is_control() || matches!(letter, ',' | '[' | ']' | '{' | '}' | '#');
        masked.push(if stays { letter } else { MASK[letter.len_utf8() - 1] });
    }
    // Two letters and a digit of a hash: enough to tell names apart, and nothing to guess a long random text from.
    if secret.len() >= 20 && masked[begin..].bytes().all(|byte| byte == b'x') {
        let hash = secret
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        masked.truncate(masked.len() - 3);
        let letter = |shift: u32| char::from(b'a' + ((hash >> shift) % 26) as u8);
        masked.extend([letter(8), letter(24), char::from(b'0' + ((hash >> 40) % 10) as u8)]);
    }
}

/// The secrets of a text as they are found.
struct Collector {
    secrets: Vec<Secret>,
    /// How many more are told apart.
    room: usize,
    /// Where the first one begins that found no room; past every text where all did.
    rest: usize,
}

impl Collector {
    fn push(&mut self, secret: Secret) {
        match self.room.checked_sub(1) {
            Some(room) => {
                self.room = room;
                self.secrets.push(secret);
            }
            None => self.rest = self.rest.min(secret.range.start),
        }
    }

    fn push_some(&mut self, range: Option<Range<usize>>, what: &'static str) {
        if let Some(range) = range {
            self.push(Secret { range, what });
        }
    }
}

fn scan(text: &str) -> Collector {
    let mut found = Collector { secrets: Vec::new(), room: MAX_SECRETS, rest: usize::MAX };
    let sorts: [fn(&str, &mut Collector); 4] = [token::scan, address::scan, assignment::scan, key_block::scan];
    for sort in sorts {
        // One sort leaves room for the others, so that what they find is not lost before it.
        found.room = MAX_SECRETS;
        sort(text, &mut found);
    }
    found
}

/// Whether a byte may be part of a key.
fn is_key(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

/// Whether a text was made by chance and not by somebody who names things: letters and digits, or letters of both cases,
/// are mixed in a part that is longer than names are.
fn is_random(text: &str) -> bool {
    text.split(|letter: char| !letter.is_ascii_alphanumeric()).any(|part| {
        let has = |of: fn(&u8) -> bool| part.bytes().any(|byte| of(&byte));
        let changes = part.as_bytes().windows(2).filter(|two| class(two[0]) != class(two[1])).count();
        part.len() >= 16 && has(u8::is_ascii_alphabetic) && changes >= 3
    })
}

fn class(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => 0,
        b'a'..=b'z' => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests;
