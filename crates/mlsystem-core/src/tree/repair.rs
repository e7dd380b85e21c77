//! Edits that make YAML of a text that is none, where what was meant is plain.

use std::sync::Arc;

use super::line_scan::{first, line_end, next_line, quoted, rest};
use crate::finding::{Applicability, Edit, Fix};
use crate::source::{Source, Span};

/// Puts the text from `at` to the end of its line, or of its item in brackets, between quotes.
pub(super) fn quote(source: &Arc<Source>, at: usize, in_brackets: bool) -> Option<Fix> {
    let range = rest(source.text(), at, in_brackets);
    let text = &source.text()[range.clone()];
    let span = Span::new(range.start, range.end);
    (!text.is_empty()).then(|| Fix::write("quote the text", Applicability::Safe, source, span, quoted(text)))
}

/// Writes `text` at `at`.
pub(super) fn insert(source: &Arc<Source>, at: usize, text: &str, applicability: Applicability) -> Fix {
    Fix::write(format!("write `{text}` here"), applicability, source, Span::at(at), text)
}

/// Closes the bracket that opens at `open` at the end of what stands on its line.
pub(super) fn close(source: &Arc<Source>, open: usize, bracket: char) -> Fix {
    let range = rest(source.text(), open, false);
    let end = open + source.text()[range].trim_end_matches(',').len();
    let span = Span::new(end, rest(source.text(), open, false).end);
    Fix::write(format!("close it with `{bracket}`"), Applicability::Unsafe, source, span, bracket)
}

/// Writes two blanks for each tab that indents a line.
pub(super) fn untab(source: &Arc<Source>) -> Fix {
    let text = source.text();
    let mut edits = Vec::new();
    let mut line = 0;
    while line < text.len() {
        let blanks = line..first(text, line).min(line_end(text, line));
        if text[blanks.clone()].contains('\t') {
            let span = Span::new(blanks.start, blanks.end);
            edits.push(Edit { source: Arc::clone(source), span, text: text[blanks].replace('\t', "  ") });
        }
        line = next_line(text, line);
    }
    Fix { title: "indent with two blanks for each tab".to_owned(), applicability: Applicability::Unsafe, edits }
}
