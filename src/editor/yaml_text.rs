//! Texts as they are written into YAML, and edits made.

use crate::finding::Edit;
use crate::source::Source;
use crate::tree::{self, Limits, Shape, Style};

/// The text as a scalar that means this text in block and in flow style: plain where it reads back so.
pub(super) fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { crate::edit::quoted(text) }
}

/// Whether a text may stand without quotes, between brackets and after a colon: the parser is asked.
pub(super) fn is_plain(text: &str) -> bool {
    if text.is_empty() || text.contains(['\n', '\r']) {
        return false;
    }
    // What the parser says of nearly every name and word.
    let word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    if text.as_bytes()[0].is_ascii_alphabetic() && text.bytes().all(word) {
        return true;
    }
    let parsed = tree::parse(&Source::new("", format!("[{text}]")), &Limits::default());
    let Some(tree) = parsed.tree.filter(|_| parsed.findings.is_empty()) else { return false };
    let [item] = tree.items(tree.root()) else { return false };
    let plain = matches!(&tree.node(*item).shape, Shape::Scalar(scalar) if scalar.style == Style::Plain);
    plain && tree.text(*item) == Some(text)
}

/// The text after edits, which come in its order and do not overlap.
pub(super) fn apply(text: &str, edits: &[Edit]) -> String {
    let mut new = String::with_capacity(text.len() + 64);
    let mut from = 0;
    for edit in edits {
        new.push_str(&text[from..edit.span.start as usize]);
        new.push_str(&edit.text);
        from = edit.span.end as usize;
    }
    new + &text[from..]
}
