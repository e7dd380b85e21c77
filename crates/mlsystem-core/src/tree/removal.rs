//! Takes an entry or an item out of a text, with the comma, the dash or the line that belongs to it.

use crate::source::Span;

use super::line_scan::{line_end, line_start};

/// The bytes to take out so that the entry or item between `start` and `end` is gone and all else stays as it is: whole
/// lines in block style, one comma with it between brackets. An entry begins at its key; the dash of an item that
/// begins at `start` goes with it. `None` where something else stands on the lines of a block.
pub fn cut(text: &str, start: usize, end: usize, flow: bool) -> Option<Span> {
    if flow { between_brackets(text, start, end) } else { whole_lines(text, start, end) }
}

fn whole_lines(text: &str, start: usize, end: usize) -> Option<Span> {
    let line = line_start(text, start);
    let before = text[line..start].trim_start_matches('\u{feff}');
    let dash = before.trim_end_matches(' ').strip_suffix('-').unwrap_or(before);
    let end = line_end(text, end.max(start).min(text.len()));
    if !dash.chars().all(|letter| letter == ' ') {
        return None;
    }
    let first = line + (text[line..start].len() - before.len());
    let next = match text.get(end..end + 2) {
        Some("\r\n") => end + 2,
        _ => (end + 1).min(text.len()),
    };
    // The last line of a text without a line break at its end takes the break before it along.
    if end == text.len() && first > 0 && text[..first].ends_with('\n') {
        let before = text[..first].strip_suffix("\r\n").or_else(|| text[..first].strip_suffix('\n'));
        return Some(Span::new(before.map_or(first, str::len), end));
    }
    Some(Span::new(first, next))
}

fn between_brackets(text: &str, start: usize, end: usize) -> Option<Span> {
    let before = text[..start].trim_end();
    let after = text[end..].trim_start();
    if let Some(comma) = before.strip_suffix(',') {
        return Some(Span::new(comma.len(), end));
    }
    if let Some(rest) = after.strip_prefix(',') {
        let rest = rest.trim_start_matches(' ');
        return Some(Span::new(start, text.len() - rest.len()));
    }
    let alone = before.ends_with(['[', '{']) && after.starts_with([']', '}']);
    alone.then(|| Span::new(start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(text: &str, part: &str, flow: bool) -> Option<String> {
        let start = text.find(part).unwrap();
        let span = cut(text, start, start + part.len(), flow)?;
        Some(format!("{}{}", &text[..span.start as usize], &text[span.end as usize..]))
    }

    #[test]
    fn a_block_entry_goes_with_its_lines() {
        for (text, part, rest) in [
            ("a: 1\nb: 2 # x\nc: 3\n", "b: 2", "a: 1\nc: 3\n"),
            ("a: 1\r\nb:\r\n  c: 2\r\nd: 3\r\n", "b:\r\n  c: 2", "a: 1\r\nd: 3\r\n"),
            ("a: 1\nb: 2", "b: 2", "a: 1"),
            ("\u{feff}a: 1\nb: 2\n", "a: 1", "\u{feff}b: 2\n"),
            ("a:\n  - x: 1\n    y: 2\n  - z\n", "x: 1\n    y: 2", "a:\n  - z\n"),
            ("a:\n- x\n- z\n", "z", "a:\n- x\n"),
        ] {
            assert_eq!(without(text, part, false).as_deref(), Some(rest), "{text}");
        }
        assert_eq!(without("a:\n  - x: 1\n", "1", false), None);
        assert_eq!(without("a: 1\n", "1", false), None);
    }

    #[test]
    fn between_brackets_one_comma_goes() {
        for (text, part, rest) in [
            ("{a: 1, b: 2, c: 3}", "b: 2", "{a: 1, c: 3}"),
            ("{a: 1, b: 2}", "a: 1", "{b: 2}"),
            ("[x, y]", "y", "[x]"),
            ("[ x ]", "x", "[  ]"),
            ("[\n  x,\n  y,\n]", "y", "[\n  x,\n]"),
        ] {
            assert_eq!(without(text, part, true).as_deref(), Some(rest), "{text}");
        }
        assert_eq!(without("[x # why\n, y]", "x", true), None);
    }
}
