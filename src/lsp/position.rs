//! Bytes to the lines and columns of the protocol, and back.
//!
//! Lines and columns count from 0. A byte-order mark is a character here: whoever sends one counts it.

use lsp_types::{Position, PositionEncodingKind, Range};

use crate::source::{ColumnUnit, Source, Span};

/// What a column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes of UTF-8.
    Utf8,
    /// Code units of UTF-16.
    Utf16,
    /// Code points.
    Utf32,
}

impl Encoding {
    /// The first of what the client offers that is known; UTF-16 where it offers nothing.
    pub fn negotiated(offered: &[PositionEncodingKind]) -> Self {
        let known = |kind: &PositionEncodingKind| match kind.as_str() {
            "utf-8" => Some(Self::Utf8),
            "utf-16" => Some(Self::Utf16),
            "utf-32" => Some(Self::Utf32),
            _ => None,
        };
        offered.iter().find_map(known).unwrap_or(Self::Utf16)
    }

    /// Its name in the protocol.
    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// Line and column of a byte. An offset past the end is the end.
    pub fn position(self, source: &Source, offset: u32) -> Position {
        let unit = match self {
            Self::Utf8 => ColumnUnit::Bytes,
            Self::Utf16 => ColumnUnit::Utf16,
            Self::Utf32 => ColumnUnit::CodePoints,
        };
        let place = source.position(offset as usize, unit);
        let marked = place.line == 1 && offset as usize >= MARK.len_utf8() && source.text().starts_with(MARK);
        let mark = if marked { self.width(MARK) } else { 0 };
        Position { line: place.line - 1, character: place.column - 1 + mark }
    }

    /// The lines and columns of a span.
    pub fn range(self, source: &Source, span: Span) -> Range {
        Range { start: self.position(source, span.start), end: self.position(source, span.end) }
    }

    /// The byte at a place. A column past the end of its line is the end of the line, a line past the last one the end of
    /// the text, and a column inside a character the start of that character.
    pub fn offset(self, source: &Source, place: Position) -> u32 {
        let line = source.line(place.line.saturating_add(1));
        let mut column = 0;
        for (at, letter) in source.slice(line).char_indices() {
            column += self.width(letter);
            if column > place.character {
                return line.start + at as u32;
            }
        }
        line.end
    }

    /// The bytes between two places, in whichever order they come.
    pub fn span(self, source: &Source, range: Range) -> Span {
        let (start, end) = (self.offset(source, range.start), self.offset(source, range.end));
        Span { start: start.min(end), end: start.max(end) }
    }

    fn width(self, letter: char) -> u32 {
        match self {
            Self::Utf8 => letter.len_utf8() as u32,
            Self::Utf16 => letter.len_utf16() as u32,
            Self::Utf32 => 1,
        }
    }
}

/// The byte-order mark.
pub const MARK: char = '\u{feff}';

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    #[test]
    fn every_place_leads_back() {
        for text in ["x\nå😀z\r\nlast", "\u{feff}kéy: 1\n\n", "", "a\rb\r\n", "😀"] {
            let source = Source::new("a", text);
            for encoding in ALL {
                for offset in (0..=text.len()).filter(|offset| text.is_char_boundary(*offset)) {
                    // Between a carriage return and its line feed is no place of its own.
                    let inside = text[..offset].ends_with('\r') && text[offset..].starts_with('\n');
                    let place = encoding.position(&source, offset as u32);
                    assert!(
                        inside || encoding.offset(&source, place) == offset as u32,
                        "{text:?} {offset} {encoding:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn places_outside_are_brought_inside() {
        let source = Source::new("a", "å😀\nb");
        let at = |line, character| Position { line, character };
        assert_eq!(Encoding::Utf16.offset(&source, at(0, 2)), 2);
        assert_eq!(Encoding::Utf16.offset(&source, at(0, 99)), 6);
        assert_eq!(Encoding::Utf8.offset(&source, at(0, 1)), 0);
        assert_eq!(Encoding::Utf32.offset(&source, at(u32::MAX, u32::MAX)), 8);
    }

    #[test]
    fn the_client_chooses() {
        let offered = [PositionEncodingKind::new("utf-7"), PositionEncodingKind::UTF32, PositionEncodingKind::UTF8];
        assert_eq!(Encoding::negotiated(&offered), Encoding::Utf32);
        assert_eq!(Encoding::negotiated(&[]), Encoding::Utf16);
    }
}
