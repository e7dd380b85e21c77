//! The arithmetic beside the numbers that it is about, as `lints/hints.yaml` declares it.

use super::EditorContext;
use crate::built_in;
use crate::expression::{Frame, Value, evaluate, location};
use crate::lint;
use crate::manifest::Manifest;
use crate::source::Span;

/// A result that is shown behind a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The byte behind which it is shown: the end of the value.
    pub offset: u32,
    /// The result: `path takes 76ms`.
    pub text: String,
    /// How it is computed, in Markdown.
    pub tooltip: String,
}

/// The results that belong beside values inside `range`, in the order of the text.
pub fn hints(home: &Manifest, range: Span, around: &EditorContext<'_>) -> Vec<Hint> {
    if home.schema.root != built_in::MANIFEST.root {
        return Vec::new();
    }
    let frame = Frame::new(home.schema, home, around.today).with_tables(around.tables).within(around.facts);
    let mut found: Vec<Hint> = built_in::HINTS.iter().filter_map(|declared| hint(declared, range, &frame)).collect();
    found.sort_by_key(|hint| hint.offset);
    found
}

/// The hint of a place; none where it is not written, not worth showing, or a value of its texts is unknown.
fn hint<'m>(declared: &'m lint::Hint<'m>, range: Span, frame: &Frame<'m>) -> Option<Hint> {
    let here = location(&declared.at, frame).filter(|place| place.written)?;
    let inside = range.start <= here.span.end && here.span.end <= range.end;
    let worth = |when| matches!(evaluate(when, frame), Ok(Value::Bool(true)));
    if !inside || !declared.when.as_ref().is_none_or(worth) {
        return None;
    }
    let known = |template: &'m lint::Template<'m>| {
        let (text, known) = template.fill_known(frame);
        known.then_some(text)
    };
    Some(Hint { offset: here.span.end, text: known(&declared.text)?, tooltip: known(&declared.tooltip)? })
}
