//! Licences: SPDX expressions, and a few words for what SPDX does not name.

use super::wrong::Wrong;

pub(super) fn is_licence(raw: &str) -> bool {
    let mut words = raw.split(' ');
    let identifier = |word: &str| {
        let plain =
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'+' | b'-'));
        plain && !is_operator(word)
    };
    loop {
        if !words.next().is_some_and(identifier) {
            return false;
        }
        match words.next() {
            None => return true,
            Some(operator) if is_operator(operator) => {}
            Some(_) => return false,
        }
    }
}

fn is_operator(word: &str) -> bool {
    matches!(word, "AND" | "OR" | "WITH")
}

pub(super) fn explain(raw: &str) -> Wrong {
    Wrong::not_a(raw, "a licence")
}
