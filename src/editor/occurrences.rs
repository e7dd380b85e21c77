//! Every name of a manifest where it stands, and what it means: what definitions, references and renaming are made of.
//!
//! A name means here what the reader takes it for: keys and values that define names, references with and without kind
//! and system, places of the manifest, and the subjects of requirements and tests.

use super::context::{DocumentId, EditorContext};
use crate::facts::EXTERNALS;
use crate::manifest::lookup::{follow, item_name};
use crate::manifest::{Item, Manifest, Reference, Value, names};
use crate::schema::{FieldPath, Kind, Type, field_path};
use crate::source::Span;
use crate::units::{self, Demand, FieldStep, Scalar, ScalarType, field_steps};

/// Something that has a name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Thing {
    /// Where it is defined.
    pub home: DocumentId,
    /// What it is.
    pub kind: Kind,
    /// Its name.
    pub name: Box<str>,
}

/// A name at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Occurrence {
    /// The bytes of the name alone: without kind, system, brackets and quotes.
    pub span: Span,
    /// What it means.
    pub thing: Thing,
    /// What the place does with the name.
    pub role: Role,
}

/// What a place does with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It defines the name: the first of the places of the format that do.
    Defines,
    /// It would define the name if no other place did, or defines it for those who see no other.
    Mentions,
    /// It refers to what is defined.
    Uses,
    /// It refers to it as a step of a place, as in `models.ranker.version`.
    Step,
}

/// Fields whose texts are words and may be names: what the lints hold against names, and the reader does not.
const WORDS: [(FieldPath, &[Kind]); 2] = [
    (field_path!(manifest: "fairness.groups[].attribute"), &[Kind::Feature, Kind::Source, Kind::Dataset]),
    (field_path!(manifest: "data.datasets.*.covers.groups"), &[Kind::Group]),
];

/// All names of one document, in the order of the text.
pub(super) fn occurrences(home: DocumentId, around: &EditorContext<'_>) -> Vec<Occurrence> {
    let Some(manifest) = around.document(home) else { return Vec::new() };
    let mut walk = Walk { home, manifest, around, found: Vec::new() };
    walk.definitions();
    walk.item(&manifest.root, Type::Record(manifest.schema.root));
    let mut found = walk.found;
    // What a merge key brings in several times stands once in the text; a definition is told before a use.
    found.sort_by_key(|one| (one.span, one.role as u8));
    found.dedup_by_key(|one| one.span);
    found
}

/// The name at `offset` of a document.
pub(super) fn at(home: DocumentId, offset: u32, around: &EditorContext<'_>) -> Option<Occurrence> {
    let holds = |one: &Occurrence| one.span.start <= offset && offset <= one.span.end;
    occurrences(home, around).into_iter().find(holds)
}

struct Walk<'a, 'w> {
    home: DocumentId,
    manifest: &'w Manifest,
    around: &'a EditorContext<'w>,
    found: Vec<Occurrence>,
}

impl<'w> Walk<'_, 'w> {
    fn add(&mut self, span: Span, thing: Thing, role: Role) {
        if !span.is_empty() {
            self.found.push(Occurrence { span, thing, role });
        }
    }

    /// Adds `name` where it is the whole text of the scalar at `span`.
    fn whole(&mut self, span: Span, home: DocumentId, kind: Kind, name: &str, role: Role) {
        let inner = unquoted(self.manifest, span);
        if units::normal_form(self.manifest.source().slice(inner)) == name {
            self.add(inner, Thing { home, kind, name: name.into() }, role);
        }
    }

    fn definitions(&mut self) {
        let (manifest, home) = (self.manifest, self.home);
        for definition in manifest.schema.kinds {
            let mut known: Vec<Box<str>> = Vec::new();
            for place in definition.places {
                let mut here: Vec<(Box<str>, Span)> = Vec::new();
                names::each(manifest, *place, |found| here.push((found.name.into(), found.span)));
                for (name, span) in &here {
                    let given = definition.given.iter().any(|(given, _)| **given == **name);
                    let role = if given || known.contains(name) { Role::Mentions } else { Role::Defines };
                    self.whole(*span, home, definition.kind, name, role);
                }
                known.extend(here.into_iter().map(|(name, _)| name));
            }
        }
        if let (Some(name), Some(span)) = (manifest.name(), manifest.name_span()) {
            self.whole(span, home, Kind::System, name, Role::Defines);
        }
        if home == DocumentId::WorkspaceConfig {
            for external in manifest.section(EXTERNALS).map(Item::named_items).unwrap_or_default() {
                self.whole(external.key, home, Kind::System, &external.name, Role::Defines);
            }
        }
    }

    fn item(&mut self, item: &'w Item, of: Type) {
        self.value(&item.value, self.manifest.tree.span(item.node), of);
    }

    /// A field whose texts name things without being references.
    fn member(&mut self, place: &str, item: &'w Item, of: Type) {
        self.item(item, of);
        let Some((_, kinds)) = WORDS.iter().find(|(known, _)| known.text() == place) else { return };
        let texts: Vec<&Item> = match &item.value {
            Value::List(items) => items.iter().collect(),
            Value::Scalar(Scalar::Text) => vec![item],
            _ => return,
        };
        for text in texts {
            self.word(self.manifest.tree.span(text.node), kinds);
        }
    }

    /// The name at the start of a text, before a point or as the whole of it.
    fn word(&mut self, span: Span, kinds: &[Kind]) {
        let inner = unquoted(self.manifest, span);
        let text = self.manifest.source().slice(inner);
        let before_point = text.match_indices('.').map(|(at, _)| &text[..at]);
        let named = std::iter::once(text).chain(before_point);
        let find = |name: &str| Some((self.manifest.names.find(&units::normal_form(name), kinds)?, name.len()));
        let found = named.filter_map(find).next();
        if let Some((found, length)) = found {
            let thing = Thing { home: self.home, kind: found.kind, name: (*found.name).into() };
            self.add(inner.part(0..length), thing, Role::Uses);
        }
    }

    fn value(&mut self, value: &'w Value, span: Span, of: Type) {
        match value {
            Value::Record(id, members) => {
                let record = self.manifest.schema.record(*id);
                for member in members {
                    let field = record.at(member.field);
                    self.member(&super::cursor::of_field(record, field), &member.item, field.of);
                }
            }
            Value::List(items) => {
                let of = super::cursor::item_of(of).unwrap_or(of);
                items.iter().for_each(|item| self.item(item, of));
            }
            Value::Map(named) => {
                let (key, of) = map_types(of);
                for named in named {
                    if let Some(typed) = &named.typed_key {
                        self.value(typed, named.key, key);
                    }
                    self.item(&named.item, of);
                }
            }
            Value::Reference(reference) => self.reference(reference, span),
            Value::Scalar(Scalar::Requirement(requirement)) => {
                let subject = self.subject(span, &requirement.subject, &[Kind::Metric]);
                if let (Some(of), Demand::Is(word) | Demand::Includes(word)) = (subject, &requirement.demand) {
                    self.demanded(span, word, of);
                }
            }
            Value::Scalar(Scalar::Test(test)) => {
                self.subject(span, &test.subject, &[Kind::Signal, Kind::Metric]);
            }
            // A team that is a stakeholder is called alike.
            Value::Scalar(Scalar::Text) if of == Type::Scalar(ScalarType::Team) => {
                self.word(span, &[Kind::Stakeholder]);
            }
            Value::Scalar(Scalar::Text) if takes_field(of) => {
                let inner = unquoted(self.manifest, span);
                let text = self.manifest.source().slice(inner);
                let named = self.manifest.names.find(text, &[Kind::Metric]).is_some() && !self.begins_at_root(text);
                if text.contains(['.', '[']) && !named {
                    self.steps(inner, text);
                }
            }
            _ => {}
        }
    }

    fn reference(&mut self, reference: &Reference, span: Span) {
        let inner = unquoted(self.manifest, span);
        let text = self.manifest.source().slice(inner);
        if reference.kind == Some(Kind::Field) {
            self.steps(inner, text);
            return;
        }
        let Some(start) = start_of(text, &reference.name) else { return };
        let name = inner.part(start..text.len());
        let system = reference.system.as_deref().and_then(|system| {
            let end = start.checked_sub(1)?;
            text[..end].ends_with(system).then(|| (system, inner.part(end - system.len()..end)))
        });
        if let Some((system, place)) = system
            && let Some(home) = self.around.system(system)
        {
            self.add(place, Thing { home, kind: Kind::System, name: system.into() }, Role::Uses);
        }
        let (home, kind) = match (reference.kind, reference.system()) {
            (Some(kind), None) => (Some(self.home), Some(kind)),
            (_, Some(system)) => {
                let home = self.around.system(system);
                let kind = if reference.means_system() {
                    Some(Kind::System)
                } else {
                    let there = home.and_then(|home| self.around.document(home));
                    let found = there.and_then(|there| there.names.find(&reference.name, reference.asked_kinds()));
                    found.map(|found| found.kind)
                };
                (home, kind)
            }
            (None, None) => return,
        };
        if let (Some(home), Some(kind)) = (home, kind) {
            self.add(name, Thing { home, kind, name: reference.name.clone() }, Role::Uses);
        }
    }

    /// The subject at the start of a requirement or test; the type of the place, where it is one.
    fn subject(&mut self, span: Span, subject: &str, kinds: &[Kind]) -> Option<Type> {
        let inner = unquoted(self.manifest, span);
        let text = self.manifest.source().slice(inner);
        let length = text.find(' ').unwrap_or(text.len());
        if units::normal_form(&text[..length]) != subject {
            return None;
        }
        let part = inner.part(0..length);
        if let Some(name) = self.manifest.names.find(subject, kinds) {
            let thing = Thing { home: self.home, kind: name.kind, name: subject.into() };
            self.add(part, thing, Role::Uses);
            return None;
        }
        self.steps(part, subject)
    }

    /// A word that is demanded of a place whose value is a name.
    fn demanded(&mut self, span: Span, word: &str, of: Type) {
        let of = super::cursor::item_of(of).unwrap_or(of);
        let Type::Reference { kinds, .. } = of else { return };
        let inner = unquoted(self.manifest, span);
        let text = self.manifest.source().slice(inner);
        if let (Some(found), true) = (self.manifest.names.find(word, kinds), text.ends_with(word)) {
            let thing = Thing { home: self.home, kind: found.kind, name: word.into() };
            self.add(inner.part(text.len() - word.len()..text.len()), thing, Role::Uses);
        }
    }

    /// The named items on the way of a place that is written at `span`; the type of the place, where it is one.
    fn steps(&mut self, span: Span, text: &str) -> Option<Type> {
        let steps = field_steps(text).ok()?;
        let whole = follow(self.manifest, self.manifest.schema, &steps).ok()?;
        for (index, step) in steps.iter().enumerate() {
            if let Some(kind) = self.defined_by(&steps[..index], &step.text) {
                let thing = Thing { home: self.home, kind, name: step.text.as_str().into() };
                self.add(span.part(step.bytes.clone()), thing, Role::Step);
            }
        }
        Some(whole.of)
    }

    /// The kind of name that an item of the collection at `steps` has.
    fn defined_by(&self, steps: &[FieldStep], name: &str) -> Option<Kind> {
        let schema = self.manifest.schema;
        let (last, before) = steps.split_last()?;
        let record = match follow(self.manifest, schema, before).ok()?.of {
            Type::Record(id) => schema.record(id),
            _ => return None,
        };
        let place = super::cursor::of_field(record, record.field(&last.text)?.1);
        let here = follow(self.manifest, schema, steps).ok()?;
        match here.of {
            Type::Map(..) => schema.kind_defined_at(&place),
            Type::List(Type::Record(id)) => {
                let item = schema.record(*id);
                let known_by = item.at(item.known_by?).name;
                let Some(Value::List(items)) = here.item.map(|item| &item.value) else { return None };
                let is_item = items.iter().any(|one| item_name(self.manifest, item, one) == Some(name));
                schema.kind_defined_at(&format!("{place}[].{known_by}")).filter(|_| is_item)
            }
            _ => None,
        }
    }

    fn begins_at_root(&self, text: &str) -> bool {
        let first = text.split(['.', '[']).next().unwrap_or_default();
        self.manifest.schema.record(self.manifest.schema.root).field(first).is_some()
    }
}

/// The types of the names and values of a map.
fn map_types(of: Type) -> (Type, Type) {
    match of {
        Type::Map(key, of) => (*key, *of),
        Type::Either(types) => {
            types.iter().find(|of| matches!(of, Type::Map(..))).map_or((Type::Any, of), |of| map_types(*of))
        }
        other => (Type::Any, other),
    }
}

fn takes_field(of: Type) -> bool {
    match of {
        Type::Scalar(ScalarType::Field) => true,
        Type::Either(types) => types.iter().any(|of| takes_field(*of)),
        Type::List(of) => takes_field(*of),
        _ => false,
    }
}

/// The bytes between the quotes of a scalar that is quoted, without blanks at the ends; all of another.
pub(super) fn unquoted(manifest: &Manifest, span: Span) -> Span {
    let text = manifest.source().slice(span);
    let inner = match text.chars().next() {
        Some(quote @ ('"' | '\'')) if text.len() > 1 && text.ends_with(quote) => &text[1..text.len() - 1],
        _ => text,
    };
    let start = text.find(inner).unwrap_or(0) + (inner.len() - inner.trim_start().len());
    span.part(start..start + inner.trim().len())
}

/// Where the name at the end of a reference begins.
fn start_of(text: &str, name: &str) -> Option<usize> {
    if let Some(before) = text.strip_suffix(name) {
        return Some(before.len());
    }
    let mut starts = std::iter::once(0).chain(text.match_indices([':', '/']).map(|(at, _)| at + 1));
    starts.rfind(|start| units::normal_form(&text[*start..]) == name)
}
