//! What is said of the thing under the pointer.

use super::cursor::{Cursor, Declared, locate};
use super::occurrences::at;
use super::{EditorContext, amounts, describe, lint_names};
use crate::lint::Registry;
use crate::manifest::undecided::none_words;
use crate::manifest::{Manifest, Value, Why, keys, leaf};
use crate::publish::sentence;
use crate::source::Span;
use crate::tree::{NodeId, Shape, Tree};
use crate::units::{self, Date};

/// What is said of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// The bytes that it is about.
    pub span: Span,
    /// The words, in Markdown.
    pub text: String,
}

/// What is to be said of the key or value at `offset` of `home`.
///
/// Of a key: what the field means. Of a name: what it is and how it is defined. Of a lint's name: its page. Of another
/// value: the same said another way, and what its field means.
pub fn hover(home: &Manifest, offset: u32, around: &EditorContext<'_>) -> Option<Hover> {
    let cursor = locate(&home.tree, home.schema, offset);
    if let Some(found) = around.home_of(home).and_then(|number| at(number, offset, around)) {
        let mut text = describe::thing(&found.thing, around);
        if let Some(field) = field_of(home, &cursor, around) {
            text.push_str(&format!("\n\n---\n\n{field}"));
        }
        return Some(Hover { span: found.span, text });
    }
    if cursor.on_key { of_key(home, &cursor, around) } else { of_value(home, &cursor, around) }
}

fn of_key(home: &Manifest, cursor: &Cursor, around: &EditorContext<'_>) -> Option<Hover> {
    let step = cursor.way.last()?;
    let span = step.key?;
    let mut text = match step.is {
        Declared::Field(record, field) => describe::field(home.schema, record, field, around.lints),
        Declared::Named => field_of(home, cursor, around)?,
        Declared::Item => return None,
        Declared::Unknown => of_undeclared(&step.name, cursor)?,
    };
    if let Some(why) = undecided(home, cursor) {
        text = format!("{why}\n\n{text}");
    }
    Some(Hover { span, text })
}

/// The keys that may stand anywhere, and those that decide against something.
fn of_undeclared(key: &str, cursor: &Cursor) -> Option<String> {
    let own = |known: &str| if known.ends_with('-') { key.starts_with(known) } else { key == known };
    if let Some((_, meaning)) = keys::FREE.iter().find(|(known, _)| own(known)) {
        return Some(format!("`{key}`: {}", sentence(meaning)));
    }
    let field = cursor.field().map_or("", |(_, field)| field.name);
    none_words(field).contains(&key).then(|| format!("`{key}`: decided against, with the reason."))
}

fn of_value(home: &Manifest, cursor: &Cursor, around: &EditorContext<'_>) -> Option<Hover> {
    let tree = &home.tree;
    let node = tree.node(cursor.node);
    let mut parts = Vec::new();
    match node.shape {
        Shape::Scalar(_) => {
            let text = units::trimmed(tree.text(cursor.node)?);
            if lint_names::take_lint(&cursor.place()) {
                let lint = Registry::of(around.lints).lint_at(text);
                parts.extend(lint.map(describe::lint));
            }
            parts.extend(said_otherwise(text, cursor, around.today));
        }
        Shape::Alias(target) => parts.extend(stands_for(tree, tree.span(target))),
        // The blanks between the parts of a collection say nothing.
        Shape::Mapping(_) | Shape::Sequence(_) => return None,
    }
    parts.extend(undecided(home, cursor));
    parts.extend(field_of(home, cursor, around));
    (!parts.is_empty()).then(|| Hover { span: node.span, text: parts.join("\n\n") })
}

/// That a value decides nothing, and why: a comment marks it or what is around it as a draft, or it only fills its place.
fn undecided(home: &Manifest, cursor: &Cursor) -> Option<String> {
    let (tree, at) = (&home.tree, home.tree.span(cursor.node));
    let holds = |node: &NodeId| {
        let span = tree.span(*node);
        *node == cursor.node || span.start <= at.start && at.end <= span.end && !at.is_empty()
    };
    if home.schema.is_versioned() && tree.drafts().keys().any(holds) {
        return Some("*A draft: it counts as not written until its `# draft` is taken off.*".to_owned());
    }
    let words = match home.undecided_at(cursor.node)?.why {
        Why::Empty => "*Undecided: a key without value counts as not written.*",
        Why::NoReason => "*Undecided: a `none` without a reason counts as not written. Write `none: <reason>`.*",
        Why::Placeholder => "*Undecided: a placeholder counts as not written.*",
        Why::Draft => return None,
    };
    Some(words.to_owned())
}

/// The quantities of a value, said another way.
fn said_otherwise(text: &str, cursor: &Cursor, today: Date) -> Option<String> {
    let Ok(Value::Scalar(scalar)) = leaf::leaf(text, cursor.of) else { return None };
    let words = amounts::other_words(&scalar, today);
    (!words.is_empty()).then(|| format!("{}.", words.join("; ")))
}

/// What an alias stands for, in its first lines.
fn stands_for(tree: &Tree, target: Span) -> Option<String> {
    let text = tree.source().slice(target);
    let lines: Vec<&str> = text.lines().take(10).collect();
    (!text.contains("```")).then(|| format!("It stands for\n\n```yaml\n{}\n```", lines.join("\n")))
}

/// The field that a place belongs to.
fn field_of(home: &Manifest, cursor: &Cursor, around: &EditorContext<'_>) -> Option<String> {
    let (record, field) = cursor.field()?;
    Some(describe::field(home.schema, record, field, around.lints))
}
