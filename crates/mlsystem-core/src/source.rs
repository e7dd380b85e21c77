//! Text that was read, and places in it.
//!
//! Inside the program a place is a range of bytes. Lines and columns exist only at the edges, and are made here.
//! This module knows nothing of YAML.
//!
//! Secrets are masked when a text becomes a source, letter for letter: nothing that is made of a source has one to give
//! away. What was read is at hand for those who write the text again ([`Source::original`]), and for nobody else.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::secret::{self, Secret};

/// A text and the name under which people know it.
#[derive(Debug)]
pub struct Source {
    name: String,
    text: String,
    /// The text as it was read, and what is masked in it; none where nothing is.
    masked: Option<Box<(String, Vec<Secret>)>>,
    lines: OnceLock<Vec<u32>>,
}

/// A half-open range of bytes of one [`Source`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

/// A place for people: line and column count from 1, the column in the unit that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
}

/// What a column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnUnit {
    /// Bytes of UTF-8.
    Bytes,
    /// Unicode code points.
    CodePoints,
    /// Code units of UTF-16.
    Utf16,
}

impl Span {
    /// The bytes `start..end`; offsets past 4 GiB do not occur, because no text that long is read.
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: clamp(start), end: clamp(end) }
    }

    /// The empty span at `offset`.
    pub fn at(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// The same range, to slice with.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The number of bytes.
    pub fn len(self) -> usize {
        self.range().len()
    }

    /// Whether no byte lies in the span.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// The part of this span at `part`, which counts from the start of the span.
    pub fn part(self, part: Range<usize>) -> Self {
        let base = self.start as usize;
        Self::new((base + part.start).min(self.end as usize), (base + part.end).min(self.end as usize))
    }
}

impl Source {
    /// Keeps `text` under `name`, which is the path that was asked for, with `/` between its parts. Its secrets are masked.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        let (text, secrets) = (text.into(), Vec::new());
        let secrets = if text.len() < secret::LEAST { secrets } else { secret::find(&text) };
        let (text, masked) = match secrets.is_empty() {
            true => (text, None),
            false => (secret::masked(&text, &secrets), Some(Box::new((text, secrets)))),
        };
        Arc::new(Self { name: name.into(), text, masked, lines: OnceLock::new() })
    }

    /// The name under which people know the text.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text, with stand-ins for its secrets that are as long.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The whole text as it was read, with its secrets: to be written to where it came from, and never shown.
    pub fn original(&self) -> &str {
        self.masked.as_ref().map_or(&self.text, |masked| &masked.0)
    }

    /// What is masked in the text, in order.
    pub fn secrets(&self) -> &[Secret] {
        self.masked.as_ref().map_or(&[], |masked| &masked.1)
    }

    /// Whether a text has the stand-in of a secret of this source in it, so that it would overwrite the secret.
    pub fn is_masked(&self, text: &str) -> bool {
        let stand_in = |secret: &Secret| self.text.get(secret.range.clone()).is_some_and(|mask| text.contains(mask));
        secret::is_masked(text) || self.secrets().iter().any(stand_in)
    }

    /// The text of `span`; empty where the span does not lie on character boundaries inside the text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Line and column of the byte at `offset`, both from 1. A byte-order mark at the start of the text takes no column.
    /// An offset past the end is the end; one inside a character is the start of that character.
    pub fn position(&self, offset: usize, unit: ColumnUnit) -> Position {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let lines = self.line_starts();
        let line = lines.partition_point(|&start| start as usize <= offset);
        let start = lines.get(line.wrapping_sub(1)).map_or(0, |&start| start as usize);
        let before = self.text.get(start..offset).unwrap_or_default();
        let before = if start == 0 { before.strip_prefix('\u{feff}').unwrap_or(before) } else { before };
        let column = match unit {
            ColumnUnit::Bytes => before.len(),
            ColumnUnit::CodePoints => before.chars().count(),
            ColumnUnit::Utf16 => before.chars().map(char::len_utf16).sum(),
        };
        Position { line: line as u32, column: column as u32 + 1 }
    }

    /// The span of line `line` (from 1), without its line break; empty past the end.
    pub fn line(&self, line: u32) -> Span {
        let lines = self.line_starts();
        let Some(&start) = lines.get((line as usize).wrapping_sub(1)) else {
            return Span::at(self.text.len());
        };
        let end = lines.get(line as usize).map_or(self.text.len(), |&next| next as usize);
        let text = self.text.get(start as usize..end).unwrap_or_default();
        let text = text.strip_suffix('\n').unwrap_or(text);
        let text = text.strip_suffix('\r').unwrap_or(text);
        Span::new(start as usize, start as usize + text.len())
    }

    /// The number of lines, at least 1.
    pub fn line_count(&self) -> usize {
        self.line_starts().len()
    }

    fn line_starts(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let mut starts = vec![0];
            for (offset, byte) in bytes.iter().enumerate() {
                // A carriage return breaks a line by itself only where no line feed follows it.
                if *byte == b'\n' || (*byte == b'\r' && bytes.get(offset + 1) != Some(&b'\n')) {
                    starts.push(offset as u32 + 1);
                }
            }
            starts
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_what_is_asked_for() {
        let source = Source::new("a", "x\nå😀z\r\nlast");
        let z = source.text().find('z').unwrap();
        assert_eq!(source.position(z, ColumnUnit::CodePoints), Position { line: 2, column: 3 });
        assert_eq!(source.position(z, ColumnUnit::Utf16), Position { line: 2, column: 4 });
        assert_eq!(source.position(z, ColumnUnit::Bytes), Position { line: 2, column: 7 });
        assert_eq!(source.position(999, ColumnUnit::Bytes), Position { line: 3, column: 5 });
        assert_eq!(source.slice(source.line(2)), "å😀z");
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        let source = Source::new("a", "\u{feff}key: 1");
        assert_eq!(source.position(3, ColumnUnit::CodePoints), Position { line: 1, column: 1 });
    }

    #[test]
    fn an_offset_inside_a_character_is_its_start() {
        let source = Source::new("a", "å");
        assert_eq!(source.position(1, ColumnUnit::Bytes), Position { line: 1, column: 1 });
    }
}
