//! Looking at YAML text line by line, where there is no tree: what people meant is often plain to see there.

use std::ops::Range;

/// The first byte of the line of `at`.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind(['\n', '\r']).map_or(0, |newline| newline + 1)
}

/// The end of the line of `at`, before its line break.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    text[at..].find(['\n', '\r']).map_or(text.len(), |length| at + length)
}

/// The first byte of the line of `at` that is no blank; the end of the line when all are.
pub(super) fn first(text: &str, at: usize) -> usize {
    let line = &text[line_start(text, at)..line_end(text, at)];
    line_end(text, at) - line.trim_start_matches([' ', '\t', '\u{feff}']).len()
}

/// The number of characters before the first one on the line of `at` that is no blank.
pub(super) fn indent(text: &str, at: usize) -> usize {
    column(text, first(text, at))
}

/// The number of characters before `at` on its line.
pub(super) fn column(text: &str, at: usize) -> usize {
    text[line_start(text, at)..at].chars().filter(|char| *char != '\u{feff}').count()
}

/// The place in the line before that of `at` that is not blank and no comment, at its first character.
pub(super) fn line_before(text: &str, at: usize) -> Option<usize> {
    let mut start = line_start(text, at);
    while start > 0 {
        start = line_start(text, start - 1);
        let first = first(text, start);
        if first < line_end(text, start) && !text[first..].starts_with('#') {
            return Some(first);
        }
    }
    None
}

/// A place in the line after that of `at`; the end of the text for the last one.
pub(super) fn next_line(text: &str, at: usize) -> usize {
    let end = line_end(text, at);
    let line_break = if text[end..].starts_with("\r\n") { 2 } else { 1 };
    (end + line_break).min(text.len())
}

/// The text from `at` to the end of its line or of its item in brackets, without comment and blanks.
pub(super) fn rest(text: &str, at: usize, in_brackets: bool) -> Range<usize> {
    let line = &text[at..line_end(text, at)];
    let mut length = line.find(" #").unwrap_or(line.len());
    if in_brackets {
        length = line.find([',', ']', '}']).map_or(length, |bracket| length.min(bracket));
    }
    at..at + line[..length].trim_end().len()
}

/// Where the key or item on the line of `at` begins: after blanks and dashes.
pub(super) fn key_start(text: &str, at: usize) -> usize {
    let mut start = first(text, at);
    while let Some(item) = text[start..].strip_prefix("- ") {
        start = text.len() - item.trim_start_matches(' ').len();
    }
    start
}

/// Where the value on the line of `at` begins: after dashes and a key, as far as they stand before `at`.
pub(super) fn value_start(text: &str, at: usize) -> usize {
    let start = key_start(text, at);
    match text.get(start..at).and_then(|before| before.find(": ")) {
        Some(colon) => text.len() - text[start + colon + 1..].trim_start_matches(' ').len(),
        None => start,
    }
}

/// The first tab among the blanks that begin a line, from the line of `at` on.
pub(super) fn tab_in_indentation(text: &str, at: usize) -> Option<usize> {
    let mut line = line_start(text, at);
    loop {
        if let Some(tab) = text[line..first(text, line)].find('\t') {
            return Some(line + tab);
        }
        line = next_line(text, line);
        if line == text.len() {
            return None;
        }
    }
}

/// Whether the line of `at` is written as `key: value` or `key:`.
pub(super) fn is_entry(text: &str, at: usize) -> bool {
    let line = &text[rest(text, first(text, at), false)];
    line.ends_with(':') || line.contains(": ")
}

/// The place of the colon in `text` that lacks a space after it: `name:x`, but not `http://x` or `10:30`.
pub fn missing_space(text: &str) -> Option<usize> {
    let colon = text.find(':')?;
    let (key, value) = (&text[..colon], &text[colon + 1..]);
    let is_name =
        |key: &str| key.chars().all(|char| char.is_alphanumeric() || matches!(char, '_' | '-' | '.' | '"' | '\''));
    let begins_name = key.starts_with(|char: char| char.is_alphabetic() || matches!(char, '_' | '"' | '\''));
    let follows = value.starts_with(|char: char| !char.is_whitespace() && char != ':') && !value.starts_with("//");
    (begins_name && is_name(key) && follows).then_some(colon)
}

/// The quoted texts between `from` and `to`: the last one that is closed, and the opening quote of one that is not.
pub(super) fn quotes(text: &str, from: usize, to: usize) -> (Option<Range<usize>>, Option<usize>) {
    let bytes = text.as_bytes();
    let (mut closed, mut at) = (None, from);
    while at < to {
        let before = at.checked_sub(1).map_or(b' ', |before| bytes[before]);
        let opens = matches!(before, b' ' | b'\t' | b'\n' | b'\r' | b'[' | b'{' | b',' | b':');
        match bytes[at] {
            b'#' if opens => at = line_end(text, at),
            b'"' | b'\'' if opens || at == from => {
                let Some(end) = quote_end(bytes, at).filter(|end| *end <= to) else { return (closed, Some(at)) };
                closed = Some(at..end);
                at = end;
            }
            _ => at += 1,
        }
    }
    (closed, None)
}

/// The place after the quote that closes the one at `open`.
pub(super) fn quote_end(bytes: &[u8], open: usize) -> Option<usize> {
    let quote = bytes[open];
    let mut at = open + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 2,
            b'\'' if quote == b'\'' && bytes.get(at + 1) == Some(&b'\'') => at += 2,
            byte if byte == quote => return Some(at + 1),
            _ => at += 1,
        }
    }
    None
}

/// The bracket that closes the wrong one at `open`.
pub(super) fn wrong_bracket(text: &str, open: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut expected, mut at) = (Vec::new(), open);
    while at < bytes.len() {
        match bytes[at] {
            b'[' => expected.push(b']'),
            b'{' => expected.push(b'}'),
            close @ (b']' | b'}') => match expected.pop() {
                Some(bracket) if bracket == close => {}
                _ => return Some(at),
            },
            b'"' | b'\'' => {
                at = quote_end(bytes, at)?;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// `value` in the quotes that need the fewest changes.
pub(super) fn quoted(value: &str) -> String {
    match (value.contains(['"', '\\']), value.contains('\'')) {
        (false, _) => format!("\"{value}\""),
        (true, false) => format!("'{value}'"),
        (true, true) => format!("'{}'", value.replace('\'', "''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colon_without_a_space_is_found_and_others_are_not() {
        for (text, colon) in [
            ("name:x", Some(4)),
            ("alert_if:above 3", Some(8)),
            ("\"a\":1", Some(3)),
            ("name: x", None),
            ("http://x", None),
            ("10:30", None),
            ("a b:c", None),
            ("name:", None),
            ("", None),
            ("größe:5", Some(7)),
        ] {
            assert_eq!(missing_space(text), colon, "{text}");
        }
    }

    #[test]
    fn the_quotes_around_a_place_are_found() {
        assert_eq!(quotes("'a''b' \"c", 0, 9), (Some(0..6), Some(7)));
        assert_eq!(quotes("it's # don't\n\"x\\\"\" ", 0, 19), (Some(13..18), None));
    }
}
