//! Makes visible what a terminal would act upon or hide: control characters, bidirectional controls, and characters
//! that take no room. All text that goes to a terminal passes through here, file names and help included.
//!
//! Sources have their secrets masked already; what is left to mask here are those in names of files and in arguments.

use std::borrow::Cow;

use crate::secret::redacted;

/// What to show for `c`, which follows `previous`; `None` where the character may stand as it is.
///
/// Line feeds and tabs are control characters too: callers that draw them see to them first.
pub(super) fn shown(previous: Option<char>, c: char, unicode: bool) -> Option<String> {
    if !is_hidden(c) {
        return None;
    }
    // A selector of the emoji or the text form changes only the looks of the character before it, and by how much
    // differs from terminal to terminal, so that nothing after it could be aligned.
    if matches!(c, '\u{fe0e}' | '\u{fe0f}') && previous.is_some_and(|previous| !previous.is_ascii()) {
        return Some(String::new());
    }
    let picture = match c {
        '\0'..='\u{1f}' if unicode => char::from_u32(0x2400 + c as u32),
        '\u{7f}' if unicode => Some('␡'),
        _ => None,
    };
    Some(picture.map_or_else(|| format!("<U+{:04X}>", c as u32), String::from))
}

/// `text` on one line: line breaks and tabs are shown as well.
pub fn line(text: &str, unicode: bool) -> Cow<'_, str> {
    clean(text, unicode, |_| None)
}

/// `text` with its line breaks. A tab is four spaces, as YAML has none at the start of a line.
pub fn block(text: &str, unicode: bool) -> Cow<'_, str> {
    clean(text, unicode, |c| match c {
        '\n' => Some("\n"),
        '\t' => Some("    "),
        _ => None,
    })
}

fn clean(text: &str, unicode: bool, keep: fn(char) -> Option<&'static str>) -> Cow<'_, str> {
    let text = redacted(text);
    if !text.chars().any(is_hidden) {
        return text;
    }
    let mut result = String::with_capacity(text.len() + 16);
    let mut previous = None;
    for c in text.chars() {
        match keep(c) {
            Some(kept) => result.push_str(kept),
            None => match shown(previous, c, unicode) {
                Some(glyph) => result.push_str(&glyph),
                None => result.push(c),
            },
        }
        previous = Some(c);
    }
    Cow::Owned(result)
}

/// Whether `c` is a control or cannot be seen: C0, C1, DEL, bidirectional controls, fillers, joiners, separators of
/// lines and paragraphs, variation selectors and tags (Unicode's Default_Ignorable_Code_Point and Bidi_Control).
pub fn is_hidden(c: char) -> bool {
    matches!(c,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}'
        | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_text_is_not_copied() {
        assert!(matches!(line("이탈 예측 → churn é", true), Cow::Borrowed(_)));
    }

    #[test]
    fn controls_become_pictures_or_numbers() {
        assert_eq!(line("a\u{1b}[31mb\u{7}\r\n\t\u{7f}\u{9b}", true), "a␛[31mb␇␍␊␉␡<U+009B>");
        assert_eq!(line("\0\u{1b}", false), "<U+0000><U+001B>");
    }

    #[test]
    fn what_cannot_be_seen_is_spelled_out() {
        assert_eq!(line("a\u{202e}b\u{2066}c\u{200d}d\u{2028}", true), "a<U+202E>b<U+2066>c<U+200D>d<U+2028>");
        assert_eq!(line("a\u{e0041}\u{feff}", true), "a<U+E0041><U+FEFF>");
    }

    #[test]
    fn the_look_of_an_emoji_is_dropped_and_of_a_letter_shown() {
        assert_eq!(line("❤\u{fe0f} a\u{fe0f}", true), "❤ a<U+FE0F>");
    }

    #[test]
    fn a_block_keeps_its_lines() {
        assert_eq!(block("a:\n\tb\u{8}", true), "a:\n    b␈");
    }
}
