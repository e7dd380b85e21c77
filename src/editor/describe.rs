//! What fields, lints and named things are, in Markdown: the words of hovers and of completions.

use super::EditorContext;
use super::context::DocumentId;
use super::cursor::of_field;
use super::definition::defining;
use super::field_lints::readers;
use super::occurrences::{Role, Thing, occurrences};
use crate::lint::Lint;
use crate::manifest::expected::{quoted, wanted};
use crate::manifest::{Item, Manifest, Value};
use crate::publish::{innermost, place, sentence};
use crate::schema::{Field, FieldPath, Kind, Record, Schema, Type, field_path};
use crate::secret::redacted;
use crate::units::ScalarType;

/// How many lints are named as readers of a field.
const NAMED_READERS: usize = 6;

/// How many lines of a definition are shown.
const SHOWN_LINES: usize = 10;

/// What a system does, in a sentence.
pub(super) const SUMMARY: FieldPath = field_path!(manifest: "summary");

/// Who answers for a thing.
const OWNER: FieldPath = field_path!(manifest: "owner", "data.sources.*.owner");

/// What a field is: its place and type, its meaning, what its type means, its short form, and who asks for it.
pub(super) fn field(schema: &Schema, record: &Record, field: &Field, lints: &[Lint]) -> String {
    let at = of_field(record, field);
    let mut parts = vec![format!("`{}`: {}", place(&at), type_words(field.of)), sentence(field.meaning)];
    match innermost(field.of) {
        Type::Scalar(kind) if kind.is_quantity() => parts.push(kind.meaning().to_owned()),
        Type::Record(id) => {
            let record = schema.record(id);
            if let Some(short) = record.short.map(|short| record.at(short)) {
                parts.push(format!("A value alone is its `{}`: {}.", short.name, type_words(short.of)));
            }
        }
        _ => {}
    }
    if field.demanded {
        parts.push("*It must be written.*".to_owned());
    } else if field.wanted {
        parts.push("*It is asked for in production.*".to_owned());
    }
    parts.extend(read_by(lints, &at));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

/// What may stand in a field, in words; of a long choice, the first words.
pub(super) fn type_words(of: Type) -> String {
    match of {
        Type::Words { words, open } => {
            let more = if open { ", or a word of your own" } else { "" };
            format!("one of {}{more}", quoted(words))
        }
        Type::List(Type::Words { words, open }) => {
            let more = if *open { ", or words of your own" } else { "" };
            format!("any of {}{more}", quoted(words))
        }
        Type::Reference { soft: true, .. } => format!("{}, or words", wanted(of)),
        other => wanted(other),
    }
}

/// The name of a type in two or three words: for the margin of a list.
pub(super) fn type_in_short(of: Type) -> String {
    match of {
        Type::Record(_) => "mapping".to_owned(),
        Type::List(of) => format!("list of {}", type_in_short(*of)),
        Type::Map(..) => "named items".to_owned(),
        Type::Either(types) => types.iter().map(|of| type_in_short(*of)).collect::<Vec<_>>().join(" or "),
        Type::Scalar(of) => of.word().to_owned(),
        Type::Words { .. } => "word".to_owned(),
        Type::Reference { kinds, .. } => kinds.iter().map(|kind| kind.word()).collect::<Vec<_>>().join(" or "),
        Type::Any => "anything".to_owned(),
    }
}

fn read_by(lints: &[Lint], at: &str) -> Option<String> {
    let all = readers(lints, at);
    let named: Vec<String> =
        all.iter().take(NAMED_READERS).map(|lint| format!("`{}` ({})", lint.name, lint.severity)).collect();
    let more = match all.len().checked_sub(NAMED_READERS) {
        Some(more) if more > 0 => format!(" and {more} more"),
        _ => String::new(),
    };
    (!named.is_empty()).then(|| format!("Read by {}{more}.", named.join(", ")))
}

/// The page of a lint.
pub(super) fn lint(lint: &Lint) -> String {
    let page = redacted(lint.page.trim());
    let facts = format!("`{}`: {}, {}", lint.name, lint.severity, lint.kind);
    match page.split_once('\n') {
        Some((title, rest)) if title.starts_with('#') => format!("{title}\n\n{facts}\n{rest}"),
        _ => format!("{facts}\n\n{page}"),
    }
}

/// The first paragraph of a lint's page: why it is there.
pub(super) fn lint_in_short(lint: &Lint) -> String {
    let mut parts = lint.page.trim().split("\n\n").map(str::trim);
    format!("**{}**\n\n{}", lint.title, parts.find(|part| !part.starts_with('#')).unwrap_or_default())
}

/// Something with a name: what it is, whose it is, how it is written, and how often it is named.
pub(super) fn thing(thing: &Thing, around: &EditorContext<'_>) -> String {
    let mut parts = vec![heading(thing, around)];
    if let Some((document, item)) = item_of(thing, around) {
        parts.extend(excerpt(document, item));
    }
    let named: usize = around
        .homes()
        .map(|home| {
            occurrences(home, around).iter().filter(|one| one.thing == *thing && one.role != Role::Defines).count()
        })
        .sum();
    parts.push(match named {
        0 => "Named nowhere else.".to_owned(),
        1 => "Named in 1 other place.".to_owned(),
        count => format!("Named in {count} other places."),
    });
    parts.join("\n\n")
}

fn heading(thing: &Thing, around: &EditorContext<'_>) -> String {
    let document = around.document(thing.home);
    let external = thing.home == DocumentId::WorkspaceConfig && thing.kind == Kind::System;
    let word = if external { "external" } else { thing.kind.word() };
    let mut text = format!("**{word} `{}`**", thing.name);
    if let (true, Some(system)) = (thing.kind != Kind::System, document.and_then(Manifest::name)) {
        text.push_str(&format!(" of `{system}`"));
    }
    let owner = item_of(thing, around).and_then(|(document, item)| owner(document, item));
    if let Some(owner) = owner {
        text.push_str(&format!(", owned by `{owner}`"));
    }
    text
}

/// The field of a record that says whose it is.
fn owner<'m>(document: &'m Manifest, item: &'m Item) -> Option<&'m str> {
    let Value::Record(id, members) = &item.value else { return None };
    let record = document.schema.record(*id);
    let team = |of: Type| match of {
        Type::Scalar(ScalarType::Team) => true,
        Type::Record(id) => document.schema.record(id).short.is_some(),
        _ => false,
    };
    let named = members.iter().find(|member| {
        let field = record.at(member.field);
        field.name == OWNER.key() && team(field.of)
    })?;
    match &named.item.value {
        Value::Record(id, members) => {
            let short = document.schema.record(*id).short?;
            let short = members.iter().find(|member| member.field == short)?;
            Some(document.text(&short.item))
        }
        _ => Some(document.text(&named.item)),
    }
}

/// The value behind a name: that of its key, the item of a list that is known by it, or the whole manifest.
fn item_of<'w>(thing: &Thing, around: &EditorContext<'w>) -> Option<(&'w Manifest, &'w Item)> {
    let document = around.document(thing.home)?;
    if thing.kind == Kind::System && thing.home != DocumentId::WorkspaceConfig {
        return Some((document, &document.root));
    }
    let place = defining(thing, around).into_iter().next()?;
    let found = around_key(document, &document.root, place.span.start)?;
    Some((document, found))
}

/// The item whose key or naming value holds `offset`.
fn around_key<'m>(document: &'m Manifest, item: &'m Item, offset: u32) -> Option<&'m Item> {
    let holds = |span: crate::source::Span| span.start <= offset && offset < span.end;
    match &item.value {
        Value::Record(id, members) => {
            let known_by = document.schema.record(*id).known_by;
            members.iter().find_map(|member| {
                let span = document.tree.span(member.item.node);
                if known_by == Some(member.field) && holds(span) {
                    return Some(item);
                }
                if holds(member.key) && member.key != span {
                    return Some(&member.item);
                }
                around_key(document, &member.item, offset)
            })
        }
        Value::Map(named) => named.iter().find_map(|named| {
            if holds(named.key) { Some(&named.item) } else { around_key(document, &named.item, offset) }
        }),
        Value::List(items) => items.iter().find_map(|one| around_key(document, one, offset)),
        _ => holds(document.tree.span(item.node)).then_some(item),
    }
}

/// The first lines of a value, as YAML.
fn excerpt(document: &Manifest, item: &Item) -> Option<String> {
    if std::ptr::eq(item, &document.root) {
        let summary = document.section(SUMMARY).map(|summary| document.text(summary))?;
        return Some(summary.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    let span = document.tree.span(item.node);
    let text = document.source().slice(span);
    if text.is_empty() || text.contains("```") {
        return None;
    }
    let start = document.source().text()[..span.start as usize].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let indent = span.start as usize - start;
    let lines = text.lines().map(|line| {
        let blanks = line.len() - line.trim_start_matches(' ').len();
        &line[blanks.min(indent)..]
    });
    let mut lines: Vec<&str> = lines.collect();
    if lines.len() > SHOWN_LINES {
        lines.truncate(SHOWN_LINES);
        lines.push("…");
    }
    Some(format!("```yaml\n{}\n```", lines.join("\n")))
}
