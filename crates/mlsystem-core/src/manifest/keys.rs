//! What can be wrong with the keys of a mapping: unknown, missing, repeated.

use std::borrow::Cow;
use std::collections::HashMap;

use super::expected::quoted;
use super::reporter::Reporter;
use super::{Item, Member, Value};
use crate::edit;
use crate::finding::{Applicability, Fix, Kind, Severity};
use crate::lookalike;
use crate::schema::{FieldPath, Record, Schema, Type, field_path};
use crate::source::Span;
use crate::tree::{Disguise, Entry, NodeId, Shape, Tree};
use crate::units;

/// The field by which items of a list are known, and must differ.
const ITEM_NAME: FieldPath =
    field_path!(manifest: "purpose.alternatives[].name", "evaluation.slices[].name", "fairness.groups[].name");

/// Keys that every mapping accepts and nobody reads, with their meaning. One that ends in `-` begins keys of any name.
pub const FREE: [(&str, &str); 3] = [
    ("note", "words for the reader of this file; decide nothing"),
    ("link", "where to read more; decides nothing"),
    ("x-", "a key for your own use, never read"),
];

/// Whether a key is one of [`FREE`].
pub fn free(key: &str) -> bool {
    matches!(key, "note" | "link") || key.starts_with("x-")
}

/// Reports the entries of a mapping whose keys its record does not declare. Of `members` those that stand under such a key
/// were read as the field that it most likely means.
pub fn report_unknown(
    reporter: &mut Reporter<'_>,
    schema: &'static Schema,
    record: &'static Record,
    node: NodeId,
    unknown: &[usize],
    members: &[Member],
) {
    let tree = reporter.tree;
    let entries = tree.entries(node);
    let mut skip_to = 0;
    for &index in unknown {
        if index < skip_to {
            continue;
        }
        let entry = &entries[index];
        if let Some(end) = comma_slip(tree, node, entries, index) {
            skip_to = end;
            report_comma(reporter, entries, index, end);
            continue;
        }
        if reporter.is_full("unknown-key") {
            reporter.suppress("unknown-key");
            continue;
        }
        let pointer = reporter.pointer().child(&entry.key);
        let place =
            if record.path.is_empty() { "the top level".to_owned() } else { format!("`{}`", shown_path(record.path)) };
        let character = lookalike::first(&entry.key).map(|(_, character)| lookalike::named(character));
        let message = match character {
            Some(character) => format!("the key `{}` holds {character}", super::leaf::shortened(&seen(&entry.key))),
            None => format!("unknown key `{}`", super::leaf::shortened(&entry.key)),
        };
        let read_as =
            members.iter().find(|member| member.key == entry.key_span).map(|member| record.at(member.field).name);
        let label = match read_as {
            Some(field) => format!("{place} has no such key; read as `{field}`"),
            None => format!("{place} has no such key"),
        };
        reporter.report_at(pointer, "unknown-key", Kind::Reference, Severity::Error, message, entry.key_span, &label);
        if let Some(disguise) = disguise_of_key(reporter, entry) {
            reporter.help(disguise.help);
            reporter.add_fix(disguise.fix);
            continue;
        }
        reporter.help(advice(schema, record, &plain(&entry.key), read_as));
        offer_names(reporter, record, entry, entries, read_as);
        if let Some(by) = entry.merged_by {
            reporter.label(tree.span(by), "merged in here");
        }
    }
}

/// What is wrong with a key without a value that holds what was meant as its colon: `{pattern：online}`.
fn disguise_of_key(reporter: &Reporter<'_>, entry: &Entry) -> Option<Disguise> {
    let (tree, span) = (reporter.tree, entry.key_span);
    let key = tree.source().slice(span);
    if key.is_ascii() || !tree.span(entry.value).is_empty() || entry.merged_by.is_some() {
        return None;
    }
    let (at, colon) = key.char_indices().find(|(_, c)| *c == ':' || lookalike::looks_like(*c, ':'))?;
    let after = &key[at + colon.len_utf8()..];
    let value = after.trim_start_matches(|c| c == ' ' || lookalike::is_blank(c) || lookalike::is_unseen(c));
    let written = format!("{}: {value}", &key[..at]);
    let fix = Fix::write(format!("write `{written}`"), Applicability::Safe, tree.source(), span, &*written);
    let help = format!("write `{written}` with plain characters");
    (!value.is_empty()).then(|| Disguise { message: String::new(), span, help, fix })
}

/// The key in plain characters, as it was probably meant.
pub fn plain(key: &str) -> Cow<'_, str> {
    match lookalike::plain(key) {
        Some(plain) => Cow::Owned(plain.trim().to_owned()),
        None => Cow::Borrowed(key),
    }
}

/// The key without characters that cannot be seen.
fn seen(key: &str) -> String {
    key.chars().filter(|c| !lookalike::is_unseen(*c)).collect()
}

/// Offers the keys that may have been meant and are not written yet, and at last a key of one's own. What a merge key
/// brings in is written elsewhere and may be right there.
fn offer_names(
    reporter: &mut Reporter<'_>,
    record: &'static Record,
    entry: &Entry,
    entries: &[Entry],
    read_as: Option<&str>,
) {
    if entry.merged_by.is_some() {
        return;
    }
    let old = reporter.tree.source().slice(entry.key_span).to_owned();
    let (near, certain) = units::meant(&plain(&entry.key), record.fields.iter().map(|field| field.name));
    let free = |name: &&str| !entries.iter().any(|other| *other.key == **name);
    for (index, name) in near.iter().enumerate().filter(|(_, name)| free(name)) {
        if let Some(text) = edit::in_place_of(&old, name) {
            let meant = certain && index == 0 && read_as == Some(name);
            reporter.fix(format!("rename to `{name}`"), Applicability::when(meant), entry.key_span, text);
        }
    }
    let own = format!("x-{}", entry.key);
    if let Some(text) = edit::in_place_of(&old, &own).filter(|_| free(&&*own)) {
        let title = format!("rename to `{}`, a key of your own", super::leaf::shortened(&own));
        reporter.fix(title, Applicability::Unsafe, entry.key_span, text);
    }
}

/// What to write instead of an unknown key: the nearest key here, the section that has such a key, or the keys there are.
fn advice(schema: &'static Schema, record: &'static Record, key: &str, read_as: Option<&str>) -> String {
    let shown = super::leaf::shortened(key);
    let names = || record.fields.iter().map(|field| field.name);
    if let Some(near) = read_as.or_else(|| units::nearest(key, names())) {
        return format!("write `{near}`, or `x-{shown}` for a key of your own");
    }
    let elsewhere: Vec<String> =
        schema
            .records()
            .iter()
            .filter(|other| other.path != record.path && other.field(key).is_some())
            .map(|other| {
                if other.path.is_empty() { "the top level".to_owned() } else { format!("`{}`", shown_path(other.path)) }
            })
            .collect();
    match elsewhere.as_slice() {
        [] => {
            format!("the keys here are {}; `x-{shown}` is free for your own use", quoted(&names().collect::<Vec<_>>()))
        }
        few if few.len() <= 3 => format!("`{shown}` belongs to {}", super::expected::alternatives(few, "or")),
        _ => format!("the keys here are {}", quoted(&names().collect::<Vec<_>>())),
    }
}

/// The end of a run of valueless keys in a flow mapping that begins at `index` and follows a value: what YAML makes of
/// `{note: fast, cheap}`.
fn comma_slip(tree: &Tree, node: NodeId, entries: &[Entry], index: usize) -> Option<usize> {
    let Shape::Mapping(map) = &tree.node(tree.resolve(node)).shape else { return None };
    let valueless = |entry: &Entry| tree.span(entry.value).is_empty() && entry.merged_by.is_none();
    if !map.flow || index == 0 || !valueless(&entries[index]) {
        return None;
    }
    let before = &entries[index - 1];
    let is_text = matches!(tree.node(before.value).shape, Shape::Scalar(_)) && !tree.span(before.value).is_empty();
    let run = entries[index..].iter().take_while(|entry| valueless(entry)).count();
    is_text.then_some(index + run)
}

/// Reports the first run of valueless keys that a comma in an unquoted text made, in a mapping whose keys nobody declared.
pub fn report_comma_in(reporter: &mut Reporter<'_>, node: NodeId) -> bool {
    let tree = reporter.tree;
    let entries = tree.entries(node);
    let slip = (0..entries.len()).find_map(|index| Some((index, comma_slip(tree, node, entries, index)?)));
    if let Some((index, end)) = slip {
        report_comma(reporter, entries, index, end);
    }
    slip.is_some()
}

fn report_comma(reporter: &mut Reporter<'_>, entries: &[Entry], index: usize, end: usize) {
    let tree = reporter.tree;
    let value = tree.span(entries[index - 1].value);
    let last = entries[end - 1].key_span;
    let whole = tree.source().slice(Span { start: value.start, end: last.end });
    let pointer = reporter.pointer().child(&entries[index].key);
    let message = "a comma ends an unquoted text inside `{}`".to_owned();
    let span = Span { start: entries[index].key_span.start, end: last.end };
    let label = "read as a key without a value";
    reporter.report_at(pointer, "unknown-key", Kind::Reference, Severity::Error, message, span, label);
    reporter.label(value, "the text ends here");
    let whole = whole.trim_matches(['"', '\'']).replace('"', "'");
    let span = Span { start: value.start, end: last.end };
    reporter.fix("quote the whole text", Applicability::Unsafe, span, edit::quoted(&whole));
    reporter.help(format!("quote the whole text: `{}: \"{whole}\"`", entries[index - 1].key));
}

/// How a document of this format begins.
pub fn begin(schema: &Schema) -> String {
    match schema.is_versioned() {
        true => format!("begin with `{}: {}`", schema.version_field(), Schema::VERSION),
        false => format!("begin with `{}:`", schema.version_field()),
    }
}

/// Reports the demanded fields that are not written.
pub fn report_missing(
    reporter: &mut Reporter<'_>,
    schema: &'static Schema,
    record: &'static Record,
    node: NodeId,
    members: &[Member],
) {
    for (number, field) in record.demanded.iter().map(|number| (*number, record.at(*number))) {
        let member = members.iter().find(|member| member.field == number);
        let written = member.is_some_and(|member| !matches!(member.item.value, Value::Undecided));
        if written {
            continue;
        }
        let tree = reporter.tree;
        let placeholder = member
            .and_then(|member| tree.text(member.item.node))
            .is_some_and(|text| units::is_placeholder(text.trim()));
        let pointer = reporter.pointer().child(field.name);
        // A placeholder for what must be there is one finding, and that is that it is missing.
        if placeholder {
            reporter.tells(&pointer);
        }
        let span = match member {
            Some(member) if placeholder => tree.span(member.item.node),
            Some(member) => member.key,
            None => tree
                .entries(node)
                .first()
                .map_or_else(|| super::reporter::first_line(tree, tree.span(node)), |entry| entry.key_span),
        };
        if record.path.is_empty() && field.name == schema.version_field() && schema.is_versioned() {
            let message = "the format version is missing".to_owned();
            let name = "unsupported-format-version";
            reporter.report_at(pointer, name, Kind::Quantity, Severity::Error, message, span, "");
            reporter.help(begin(schema).replace("begin", "begin the file"));
            continue;
        }
        let whose = match record.path {
            "" => format!("the {}", schema.document),
            path => format!("this item of `{}`", shown_path(path)),
        };
        let message = format!("`{}` is missing", field.name);
        let label = match placeholder {
            true => "a placeholder decides nothing".to_owned(),
            false => format!("{whose} needs `{}`", field.name),
        };
        reporter.report_at(pointer, "missing-key", Kind::Reference, Severity::Error, message, span, &label);
        reporter.help(format!("add `{}:` with {}", field.name, super::expected::wanted(field.of)));
    }
}

/// Reports a reference or word that a list holds twice, and a second item of the same name.
pub fn report_repeated(reporter: &mut Reporter<'_>, items: &[Item], record: Option<&'static Record>) {
    if items.len() < 2 {
        return;
    }
    let tree: &Tree = reporter.tree;
    let named = |item: &Item| -> Option<(Cow<'_, str>, NodeId)> {
        match (&item.value, record) {
            (Value::Word(_), _) => Some((Cow::Owned(units::fold(tree.text(item.node)?)), item.node)),
            (Value::Reference(reference), _) if !reference.soft => {
                Some((Cow::Borrowed(tree.text(item.node)?), item.node))
            }
            (Value::Record(..), Some(record)) => {
                let known_by = record.known_by?;
                let is_name =
                    record.at(known_by).name == ITEM_NAME.key() && matches!(record.at(known_by).of, Type::Scalar(_));
                let member = item.member(known_by)?;
                is_name.then(|| Some((Cow::Borrowed(tree.text(member.item.node)?.trim()), member.item.node)))?
            }
            _ => None,
        }
    };
    let mut seen: HashMap<Cow<'_, str>, NodeId> = HashMap::new();
    for item in items {
        let Some((name, node)) = named(item) else { continue };
        match seen.get(&name) {
            Some(first) => {
                let (lint, kind, message) = match item.value {
                    Value::Record(..) => {
                        ("contradictory-duplicate", Kind::Contradiction, format!("two items are called `{name}`"))
                    }
                    _ => ("duplicate-key", Kind::Reference, format!("`{name}` stands here twice")),
                };
                reporter.report(lint, kind, Severity::Error, message, tree.span(node), "the second one");
                reporter.label(tree.span(*first), "the first one");
                reporter.help("keep one of the two");
            }
            None => {
                seen.insert(name, node);
            }
        }
    }
}

/// A path of the declaration as people read it: without the marks of lists and maps at its end.
pub fn shown_path(path: &str) -> &str {
    path.trim_end_matches("[]").trim_end_matches(".*")
}
