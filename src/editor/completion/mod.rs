//! What may be written at a place, also while the text is being typed and does not parse.

use std::sync::Arc;

use super::cursor::{Mapping, mapping};
use super::{EditorContext, yaml_text};
use crate::manifest::{self, Manifest};
use crate::schema::{Schema, Type};
use crate::secret::is_masked;
use crate::source::{Source, Span};
use crate::tree::Style;

mod keys;
mod names;
mod placeholder;
mod sentences;
mod values;

use placeholder::{Insertion, Repaired, repair};

/// Something that may be written at the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What people see in the list.
    pub label: String,
    /// What sort of thing it is.
    pub kind: CompletionKind,
    /// The type, unit or owner, in a few words; may be empty.
    pub detail: String,
    /// What it means, in Markdown; may be empty.
    pub documentation: String,
    /// The bytes that are replaced; on one line, and the cursor lies in or at them.
    pub span: Span,
    /// What stands there instead. Lines after the first are indented in full.
    pub insert: String,
    /// Where the cursor goes, as a byte of `insert`.
    pub caret: usize,
    /// What the typed letters are held against.
    pub filter: String,
    /// The letters by which the list is sorted.
    pub order: String,
    /// Whether more is to be completed right behind it.
    pub again: bool,
}

/// The sorts of completion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CompletionKind {
    /// A section or record.
    Section,
    /// A field with a value of its own.
    Field,
    /// A word of an enumeration, a truth value, a relation such as `at most`.
    Word,
    /// The name of something that is defined elsewhere.
    Name,
    /// A number with a unit.
    Unit,
    /// A place of the manifest.
    Path,
    /// A lint.
    Lint,
    /// A day.
    Date,
    /// A country, language or licence.
    Code,
}

/// What may stand at `offset` of a text of this format, in the order of the list. The text need not parse. Nothing in a
/// comment, in prose, and where the text around the cursor is beyond mending.
pub fn complete(
    source: &Arc<Source>,
    offset: u32,
    schema: &'static Schema,
    around: &EditorContext<'_>,
) -> Vec<Completion> {
    let mut offset = (offset as usize).min(source.text().len());
    while !source.text().is_char_boundary(offset) {
        offset -= 1;
    }
    let Some(repaired) = repair(source, schema, offset) else { return Vec::new() };
    let (manifest, _) = manifest::read(&repaired.tree, schema);
    let asked = CompletionRequest { text: source.text(), schema, repaired: &repaired, manifest: &manifest, around };
    let mut found = asked.all();
    found.retain(|one| !is_masked(&one.insert));
    for (number, one) in found.iter_mut().enumerate() {
        one.order = format!("{number:04}");
    }
    found
}

/// The question.
struct CompletionRequest<'a, 'w> {
    text: &'a str,
    schema: &'static Schema,
    repaired: &'a Repaired,
    /// The mended text, typed.
    manifest: &'a Manifest,
    around: &'a EditorContext<'w>,
}

impl CompletionRequest<'_, '_> {
    fn all(&self) -> Vec<Completion> {
        let cursor = &self.repaired.cursor;
        let (true, Some((node, of))) = (cursor.on_key, cursor.inside) else {
            let mut found = self.values(cursor.of, &cursor.place(), "");
            found.extend(self.below());
            return found;
        };
        match mapping(&self.repaired.tree, self.schema, node, of) {
            // The colon was put in: it may as well be a value on a line of its own.
            None if self.repaired.form == Insertion::Key => {
                let dash = if matches!(of, Type::List(_)) { "- " } else { "" };
                let way = &cursor.way[..cursor.way.len() - 1];
                let mut found = self.values(of, &super::cursor::place(way), dash);
                found.extend(self.none_key(node));
                found
            }
            None => self.none_key(node),
            Some(Mapping::Record(record)) => {
                let dash = if self.repaired.form == Insertion::Key && matches!(of, Type::List(_)) { "- " } else { "" };
                let mut found = self.keys(node, record, dash);
                found.extend(self.none_key(node));
                found
            }
            Some(Mapping::Named(key, value)) => {
                let mut found = self.map_keys(node, *key, *value);
                found.extend(self.none_key(node));
                found
            }
        }
    }

    /// A completion that replaces the whole word and has no words of its own yet.
    fn one(&self, label: impl Into<String>, kind: CompletionKind) -> Completion {
        let label = label.into();
        Completion {
            filter: label.clone(),
            insert: label.clone(),
            caret: label.len(),
            label,
            kind,
            detail: String::new(),
            documentation: String::new(),
            span: self.repaired.span,
            order: String::new(),
            again: false,
        }
    }

    /// The same with `text` as a value: with the quotes that it needs, or as it fits into those that are there. None where
    /// it does not fit.
    fn as_value(&self, mut one: Completion, text: &str, dash: &str) -> Option<Completion> {
        let written = match self.repaired.style {
            Style::Plain => yaml_text::scalar(text),
            _ if text.contains(['"', '\'', '\\']) => return None,
            _ => text.to_owned(),
        };
        let blank = if self.repaired.form == Insertion::Spaced { " " } else { "" };
        one.insert = format!("{blank}{dash}{written}");
        one.caret = one.insert.len();
        Some(one)
    }

    /// The same, but replacing only what stands behind the first `kept` bytes of what was typed. Texts in quotes and
    /// plain ones alike: what follows is a part of one scalar.
    fn behind(&self, mut one: Completion, kept: usize, text: &str) -> Completion {
        let span = self.repaired.span;
        let rest = self.repaired.rest.split(' ').next().unwrap_or_default().len();
        let end = span.start as usize + self.repaired.typed.len() + rest;
        one.span = Span::new(span.start as usize + kept, end);
        let blank = if self.repaired.form == Insertion::Spaced { " " } else { "" };
        one.insert = format!("{blank}{text}");
        one.caret = one.insert.len();
        one
    }

    /// The line break of the text.
    fn line_end(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }

    /// How many bytes stand before `offset` on its line.
    fn column(&self, offset: usize) -> usize {
        let before = &self.text[..offset];
        let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        before[start..].trim_start_matches('\u{feff}').len()
    }
}
