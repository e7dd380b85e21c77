//! Where a name or a path leads.

use super::occurrences::{Occurrence, Role, Thing, at, occurrences, unquoted};
use super::{EditorContext, FileSpan};
use crate::manifest::lookup::follow;
use crate::manifest::{Item, Manifest, Value};
use crate::schema::Type;
use crate::source::Span;
use crate::units::{Scalar, ScalarType, field_steps};

/// Where a name or a path leads.
#[derive(Debug, Clone)]
pub enum Target {
    /// To a name or place of this or another manifest.
    Name(FileSpan),
    /// To a file or folder, relative to the folder of the manifest and with `/` between its parts. Whether it is there is
    /// not known here.
    File(String),
    /// To a page of the web.
    Page(String),
}

/// The word at `offset` of `home`, and where it leads. A metric may be defined in several places; what defines a name
/// leads to itself.
pub fn definition(home: &Manifest, offset: u32, around: &EditorContext<'_>) -> Option<(Span, Vec<Target>)> {
    if let Some(found) = around.home_of(home).and_then(|number| at(number, offset, around)) {
        let targets: Vec<Target> = defining(&found.thing, around).into_iter().map(Target::Name).collect();
        return (!targets.is_empty()).then_some((found.span, targets));
    }
    let holds = |span: Span| span.start <= offset && offset <= span.end;
    if let Some((span, target)) = paths(home).into_iter().find(|(span, _)| holds(*span)) {
        return Some((span, vec![target]));
    }
    let (span, place) = place_at(home, offset)?;
    Some((span, vec![Target::Name(place)]))
}

/// The places that define something: those of the format that come first, else where the format's own name stands.
pub(super) fn defining(thing: &Thing, around: &EditorContext<'_>) -> Vec<FileSpan> {
    let Some(document) = around.document(thing.home) else { return Vec::new() };
    let of_thing = |one: &Occurrence| one.thing == *thing && one.role == Role::Defines;
    let place = |span| FileSpan { source: document.source().clone(), span };
    let found: Vec<FileSpan> =
        occurrences(thing.home, around).iter().filter(|one| of_thing(one)).map(|one| place(one.span)).collect();
    if !found.is_empty() {
        return found;
    }
    let given = document.schema.definition(thing.kind).into_iter().flat_map(|definition| definition.given);
    let mut given =
        given.filter(|(name, _)| **name == *thing.name).filter_map(|(_, path)| written(document, path.text()));
    given.next().map(place).into_iter().collect()
}

/// The key of the deepest part of a place that is written.
fn written(document: &Manifest, path: &str) -> Option<Span> {
    let steps = field_steps(path).ok()?;
    let written = |count: usize| follow(document, document.schema, &steps[..count]).ok()?.item;
    let item = (1..=steps.len()).rev().find_map(written)?;
    key_of(document, item)
}

/// Where the key of a value stands; the value itself for an item of a list.
fn key_of(document: &Manifest, item: &Item) -> Option<Span> {
    let value = document.tree.span(item.node);
    let cursor = super::cursor::locate(&document.tree, document.schema, value.start);
    let key = cursor.way.iter().rev().find_map(|step| step.key);
    Some(key.unwrap_or_else(|| super::lines::first_line(document.source(), value)))
}

/// The step of a written place under `offset`, and where the place up to it is written.
fn place_at(home: &Manifest, offset: u32) -> Option<(Span, FileSpan)> {
    let mut found = None;
    each_scalar(&home.root, Type::Record(home.schema.root), home, &mut |item, of| {
        let span = unquoted(home, home.tree.span(item.node));
        if offset < span.start || span.end < offset || found.is_some() {
            return;
        }
        let text = home.source().slice(span);
        let subject = match &item.value {
            Value::Scalar(Scalar::Requirement(requirement)) => &*requirement.subject,
            Value::Scalar(Scalar::Test(test)) => &*test.subject,
            Value::Scalar(Scalar::Text) if of == Type::Scalar(ScalarType::Field) || text.contains('.') => text,
            Value::Reference(reference) if reference.kind == Some(crate::schema::Kind::Field) => text,
            _ => return,
        };
        let Ok(steps) = field_steps(subject) else { return };
        let under = steps.iter().position(|step| offset <= span.start + step.bytes.end as u32);
        let Some(count) = under.map(|index| index + 1) else { return };
        let place = follow(home, home.schema, &steps[..count]).ok().and_then(|place| key_of(home, place.item?));
        if let Some(place) = place {
            let word = span.part(steps[count - 1].bytes.clone());
            found = Some((word, FileSpan { source: home.source().clone(), span: place }));
        }
    });
    found
}

/// Every file and page that the manifest names, with the bytes of its path; patterns are left out, for they lead to many.
pub fn paths(home: &Manifest) -> Vec<(Span, Target)> {
    let mut found: Vec<(Span, Target)> = Vec::new();
    each_scalar(&home.root, Type::Record(home.schema.root), home, &mut |item, of| {
        if !matches!(item.value, Value::Scalar(Scalar::Text)) || !takes_path(of) {
            return;
        }
        let text = home.text(item);
        let target = if text.contains("://") {
            Target::Page(text.to_owned())
        } else if text.contains(['*', '?', '[']) {
            return;
        } else {
            Target::File(text.to_owned())
        };
        found.push((unquoted(home, home.tree.span(item.node)), target));
    });
    found.sort_by_key(|(span, _)| *span);
    found.dedup_by_key(|(span, _)| *span);
    found
}

fn takes_path(of: Type) -> bool {
    match of {
        Type::Scalar(ScalarType::Path) => true,
        Type::Either(types) => types.iter().any(|of| takes_path(*of)),
        _ => false,
    }
}

/// Calls `found` with every scalar of a value, and the type that it may have.
pub(super) fn each_scalar(item: &Item, of: Type, home: &Manifest, found: &mut dyn FnMut(&Item, Type)) {
    match &item.value {
        Value::Record(id, members) => {
            let record = home.schema.record(*id);
            members.iter().for_each(|member| each_scalar(&member.item, record.at(member.field).of, home, found));
        }
        Value::List(items) => {
            let of = super::cursor::item_of(of).unwrap_or(of);
            items.iter().for_each(|item| each_scalar(item, of, home, found));
        }
        Value::Map(named) => {
            let of = if let Type::Map(_, of) = of { *of } else { of };
            named.iter().for_each(|named| each_scalar(&named.item, of, home, found));
        }
        _ => found(item, of),
    }
}
