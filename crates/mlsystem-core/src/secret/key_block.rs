//! Private keys in the armour of PEM and of OpenPGP.

use super::{Collector, Secret};

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";

pub(super) fn scan(text: &str, found: &mut Collector) {
    let mut from = 0;
    while let Some(begin) = text[from..].find(BEGIN).map(|at| from + at) {
        from = begin + BEGIN.len();
        let label = &text[from..];
        let Some(length) = label.find("-----").filter(|length| *length <= 60) else { continue };
        if !label[..length].contains("PRIVATE KEY") {
            continue;
        }
        let end = body_end(text, from + length + 5);
        found.push(Secret { range: begin..end, what: "a private key" });
        from = end;
    }
}

/// Where the key whose lines begin at `from` ends: after its last line, or where something else begins.
fn body_end(text: &str, from: usize) -> usize {
    let mut end = from;
    let mut at = from;
    loop {
        let rest = &text[at..];
        let gap = gap(rest);
        let word = &rest[gap..];
        if let Some(label) = word.strip_prefix(END) {
            return label
                .find("-----")
                .filter(|length| *length <= 60)
                .map_or(end, |length| at + gap + END.len() + length + 5);
        }
        let is = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '/' | '=');
        let length = word.find(|letter| !is(letter)).unwrap_or(word.len());
        let is_header =
            ["Proc-Type:", "DEK-Info:", "Version:", "Comment:"].iter().any(|header| word.starts_with(header));
        let length = if is_header { word.find(['\n', '\\']).unwrap_or(word.len()) } else { length };
        // A name before a colon is the next key of the document.
        if length == 0 || !is_header && word[length..].starts_with([':', '-', '_', '.']) {
            return end;
        }
        at += gap + length;
        end = at;
    }
}

/// The bytes between two lines of a key: line breaks, written as such or as an escape, marks of comments, blanks.
fn gap(rest: &str) -> usize {
    let mut length = 0;
    loop {
        let next = &rest[length..];
        length += match next.as_bytes() {
            [b' ' | b'\t' | b'\r' | b'\n' | b'#', ..] => 1,
            [b'\\', b'n' | b'r' | b'\n', ..] => 2,
            _ => return length,
        };
    }
}
