//! Another name for something, everywhere.

use std::sync::Arc;

use super::EditorContext;
use super::context::DocumentId;
use super::occurrences::{Occurrence, Role, Thing, at, occurrences};
use super::yaml_text::{apply, is_plain, scalar};
use crate::finding::Edit;
use crate::manifest::{self, Manifest};
use crate::schema::{Kind, Schema, Type};
use crate::source::{Source, Span};
use crate::tree::{self, Limits};
use crate::units::{self, ScalarType};

/// The name under `offset` that can be changed: its bytes, and the name as it is now. None where no name stands, or one
/// that the format itself gives.
pub fn renamable(home: &Manifest, offset: u32, around: &EditorContext<'_>) -> Option<(Span, String)> {
    let found = at(around.home_of(home)?, offset, around)?;
    is_defined(&found.thing, around).then(|| (found.span, found.thing.name.to_string()))
}

fn is_defined(thing: &Thing, around: &EditorContext<'_>) -> bool {
    occurrences(thing.home, around).iter().any(|one| one.thing == *thing && one.role == Role::Defines)
}

/// The edits that give the thing under `offset` another name wherever it stands, by document and place; they do not
/// overlap. Why not, in words for people, where the name is none, is taken, or would be read as something else.
pub fn rename(home: &Manifest, offset: u32, name: &str, around: &EditorContext<'_>) -> Result<Vec<Edit>, String> {
    let found = around.home_of(home).and_then(|number| at(number, offset, around));
    let Some(thing) = found.map(|found| found.thing).filter(|thing| is_defined(thing, around)) else {
        return Err("nothing here has a name that can be changed".to_owned());
    };
    let name = name.trim();
    if name == &*thing.name {
        return Ok(Vec::new());
    }
    fits(&thing, name, around)?;
    // A place that gets brackets has to be quoted where brackets have a meaning of their own, and nowhere else.
    written(&thing, name, false, around).or_else(|why| written(&thing, name, true, around).map_err(|_| why))
}

/// A document before and after a new name.
struct Changed {
    home: DocumentId,
    before: Vec<Occurrence>,
    /// The new text, where it is another.
    after: Option<Arc<Source>>,
}

/// The edits, where all names mean afterwards what they are to mean. A scalar that cannot stand without quotes
/// everywhere gets them `quoted`.
fn written(thing: &Thing, name: &str, quoted: bool, around: &EditorContext<'_>) -> Result<Vec<Edit>, String> {
    let mut edits = Vec::new();
    let mut changed = Vec::new();
    for number in around.homes() {
        let Some(document) = around.document(number) else { continue };
        let before = occurrences(number, around);
        let mut own: Vec<Edit> =
            before.iter().filter(|one| one.thing == *thing).map(|one| edit(document, one, name)).collect();
        if quoted {
            own = in_quotes(document, own);
        }
        let text = apply(document.source().text(), &own);
        let after = (!own.is_empty()).then(|| Source::new(document.source().name(), text));
        changed.push(Changed { home: number, before, after });
        edits.append(&mut own);
    }
    if edits.iter().any(|edit| edit.source.is_masked(&edit.text)) {
        return Err("a secret is written beside the name".to_owned());
    }
    means_the_same(thing, name, &changed, around)?;
    Ok(edits)
}

/// The same edits; of a scalar that would need quotes inside brackets, one that writes it anew with them.
fn in_quotes(document: &Manifest, edits: Vec<Edit>) -> Vec<Edit> {
    let source = document.source();
    let scalars: Vec<Span> = document.tree.scalars().map(|(span, _)| span).collect();
    let around = |edit: &Edit| {
        let holds = |span: &&Span| span.start <= edit.span.start && edit.span.end <= span.end;
        scalars.iter().find(holds).copied().filter(|span| !source.slice(*span).starts_with(['"', '\'', '|', '>']))
    };
    let mut made: Vec<Edit> = Vec::new();
    for run in edits.chunk_by(|a, b| around(a).is_some() && around(a) == around(b)) {
        let whole = run.first().and_then(around).and_then(|span| {
            let moved = |edit: &Edit| Edit { span: shifted(edit.span, span.start), ..edit.clone() };
            let text = apply(source.slice(span), &run.iter().map(moved).collect::<Vec<_>>());
            (!is_plain(&text)).then(|| Edit { source: Arc::clone(source), span, text: scalar(&text) })
        });
        match whole {
            Some(whole) => made.push(whole),
            None => made.extend_from_slice(run),
        }
    }
    made
}

fn shifted(span: Span, by: u32) -> Span {
    Span { start: span.start - by, end: span.end - by }
}

/// Whether a text may be the name of such a thing, and nothing of that sort is called so.
fn fits(thing: &Thing, name: &str, around: &EditorContext<'_>) -> Result<(), String> {
    let Some(document) = around.document(thing.home) else { return Err("the document is not known".to_owned()) };
    let of = match thing.kind {
        Kind::System if thing.home == DocumentId::WorkspaceConfig => ScalarType::Name,
        Kind::System => ScalarType::SystemName,
        kind => name_type(document.schema, kind),
    };
    if name.is_empty() {
        return Err("a name has at least one letter".to_owned());
    }
    units::read(of, name).map_err(|wrong| match wrong.proposals.first() {
        Some(proposal) => format!("{}: write `{}`", wrong.message, proposal.text),
        None => wrong.message,
    })?;
    let taken = match thing.kind {
        Kind::System => around.system(name).is_some(),
        kind => document.names.find(name, &[kind]).is_some(),
    };
    if taken { Err(format!("there is a {} `{name}` already", thing.kind.word())) } else { Ok(()) }
}

/// What a name of this kind has to read as: the type at the first place that defines such names.
fn name_type(schema: &Schema, kind: Kind) -> ScalarType {
    let place = schema.definition(kind).and_then(|definition| definition.places.first());
    let scalar = |of: Type| match of {
        Type::Map(Type::Scalar(of), _) | Type::List(Type::Scalar(of)) => Some(*of),
        Type::Scalar(of) => Some(of),
        _ => None,
    };
    place.and_then(|place| schema.type_at(*place)).and_then(scalar).unwrap_or(ScalarType::Name)
}

/// The edit at one place. A name that holds a point stands in brackets where it is a step of a place, and quotes stay.
fn edit(document: &Manifest, one: &Occurrence, name: &str) -> Edit {
    let source = document.source();
    let before = source.text()[..one.span.start as usize].chars().next_back();
    let (span, text) = match (one.role, before) {
        (Role::Step, Some('.')) if name.contains('.') => {
            (Span { start: one.span.start - 1, end: one.span.end }, format!("[{name}]"))
        }
        (Role::Step, _) | (_, Some('"' | '\'' | '/' | ':')) => (one.span, name.to_owned()),
        // What follows a subject is not part of the name, and its quotes would be.
        _ if !ends_scalar(source, one.span) => (one.span, name.to_owned()),
        _ => (one.span, scalar(name)),
    };
    Edit { source: Arc::clone(source), span, text }
}

/// Whether nothing of the scalar follows a name: a colon, comma, bracket, comment or line break does.
fn ends_scalar(source: &Source, span: Span) -> bool {
    let rest = source.text()[span.end as usize..].trim_start_matches(' ');
    rest.is_empty() || rest.starts_with([':', ',', ']', '}', '#', '\n', '\r'])
}

/// Reads the changed documents again: every name must mean what it meant, and the new name the thing.
fn means_the_same(thing: &Thing, name: &str, changed: &[Changed], around: &EditorContext<'_>) -> Result<(), String> {
    let mut again: Vec<(DocumentId, Manifest)> = Vec::new();
    for Changed { home, after, .. } in changed {
        let (Some(source), Some(document)) = (after, around.document(*home)) else { continue };
        let parsed = tree::parse(source, &Limits::default());
        let Some(tree) = parsed.tree else { return Err(format!("`{name}` cannot be written everywhere")) };
        again.push((*home, manifest::read(&Arc::new(tree), document.schema).0));
    }
    let now = |home: DocumentId| {
        let read = again.iter().find(|(other, _)| *other == home).map(|(_, manifest)| manifest);
        read.or_else(|| around.document(home))
    };
    let manifests: Vec<&Manifest> = (0..around.manifests.len()).filter_map(|n| now(DocumentId::Manifest(n))).collect();
    let after =
        EditorContext { manifests, workspace_config: now(DocumentId::WorkspaceConfig), facts: None, ..around.clone() };
    for Changed { home, before, .. } in changed {
        let now = occurrences(*home, &after);
        let same = |(old, new): (&Occurrence, &Occurrence)| {
            let renamed = old.thing == *thing;
            let kept = if renamed { name } else { &*old.thing.name };
            new.role == old.role
                && new.thing.home == old.thing.home
                && new.thing.kind == old.thing.kind
                && *new.thing.name == *kept
        };
        if now.len() != before.len() || !before.iter().zip(&now).all(same) {
            return Err(format!("`{name}` would be taken for something else"));
        }
    }
    Ok(())
}
