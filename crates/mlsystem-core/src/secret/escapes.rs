//! Text with the escapes of double quotes resolved, and the way back: a secret may be written as `"\x67hp_…"`.

use std::ops::Range;

/// A text without escapes.
pub(super) struct Resolved {
    pub text: String,
    /// Where what follows a place in the text was written, for each place at which the two drift apart.
    moved: Vec<(usize, usize)>,
}

/// Escapes past this number are left as they are.
const MAX_ESCAPES: usize = 100_000;

/// The text without the escapes that spell letters of keys; none where it has none.
pub(super) fn resolved(text: &str) -> Option<Resolved> {
    let bytes = text.as_bytes();
    let first = bytes.iter().position(|byte| matches!(byte, b'\\' | 0))?;
    let mut resolved = Resolved { text: String::new(), moved: vec![(0, 0)] };
    let mut from = 0;
    let mut at = first;
    while at < bytes.len() && resolved.moved.len() < MAX_ESCAPES {
        let Some((length, letter)) = escape(&text[at..]) else {
            at += 1;
            while !text.is_char_boundary(at) {
                at += 1;
            }
            continue;
        };
        resolved.text.push_str(&text[from..at]);
        if let Some(letter) = letter {
            // The letter itself is written at its escape.
            resolved.moved.push((resolved.text.len(), at));
            resolved.text.push(letter);
        }
        at += length;
        from = at;
        resolved.moved.push((resolved.text.len(), at));
    }
    if resolved.moved.len() == 1 {
        return None;
    }
    resolved.text.push_str(&text[from..]);
    Some(resolved)
}

/// The length of the escape at the beginning of a text, and the letter that it spells, if it spells one.
fn escape(text: &str) -> Option<(usize, Option<char>)> {
    let bytes = text.as_bytes();
    if bytes[0] == 0 {
        return Some((1, None));
    }
    if bytes[0] != b'\\' {
        return None;
    }
    let digits = match bytes.get(1)? {
        b'/' => return Some((2, Some('/'))),
        b'\\' => return Some((2, Some('\\'))),
        b'\n' | b'\r' => {
            let blank = bytes[1..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            return Some((1 + blank, None));
        }
        b'x' => 2,
        b'u' => 4,
        b'U' => 8,
        _ => return None,
    };
    let letter = u32::from_str_radix(text.get(2..2 + digits)?, 16).ok().and_then(char::from_u32)?;
    Some((2 + digits, Some(letter)))
}

impl Resolved {
    /// Where a part of the text was written.
    pub(super) fn written(&self, range: Range<usize>) -> Range<usize> {
        let at = |offset: usize| {
            let index = self.moved.partition_point(|(resolved, _)| *resolved <= offset);
            let (resolved, written) = self.moved[index.saturating_sub(1)];
            written + (offset - resolved)
        };
        // The end is the end of what the last letter was written as.
        at(range.start)..at(range.end)
    }
}
