//! Lines of a text, as the other files here need them.

use crate::source::{Source, Span};

/// The first line of a span, without blanks at its end.
pub(super) fn first_line(source: &Source, span: Span) -> Span {
    let text = source.slice(span);
    let line = text.split(['\n', '\r']).next().unwrap_or_default().trim_end();
    span.part(0..line.len())
}

/// The byte at which the line of `offset` ends, before its line break.
pub(super) fn end_of(text: &str, offset: usize) -> usize {
    text[offset..].find(['\n', '\r']).map_or(text.len(), |at| offset + at)
}
