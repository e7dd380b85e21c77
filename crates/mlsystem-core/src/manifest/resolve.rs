//! Finds what every name of the manifest means, and reports those that mean nothing.

use std::sync::Arc;

use super::expected::kinds_in_words;
use super::lookup::{self, NoPlace};
use super::reporter::{PathStep, Reporter};
use super::{Item, Manifest, Member, Names, Reference, Value};
use crate::edit;
use crate::finding::{Applicability, Edit, Finding, Kind, Severity};
use crate::schema::{Kind as NameKind, Record, Role, Schema, Type};
use crate::source::Span;
use crate::tree::NodeId;
use crate::units::{self, Demand, Measure, Quantity, Scalar, ScalarType, field_steps};

/// Sets the kind of every reference, and reports names that are defined nowhere and places that do not exist.
///
/// A name that is defined with blanks and used so is one finding, in `found`, whose fix is given the edits of its uses.
pub fn references(manifest: &mut Manifest, schema: &'static Schema, found: &mut [Finding]) -> Vec<Finding> {
    let mut resolver = Resolver {
        manifest,
        schema,
        reporter: Reporter::new(&manifest.tree),
        kinds: Vec::new(),
        followers: Vec::new(),
    };
    resolver.item(&manifest.root, Type::Record(schema.root));
    let Resolver { reporter, kinds, followers, .. } = resolver;
    for (definition, edit) in followers {
        let fix =
            found.iter_mut().find(|finding| finding.primary.span == definition).and_then(|one| one.fixes.first_mut());
        if let Some(fix) = fix.filter(|fix| fix.edits.iter().all(|other| other.span != edit.span)) {
            fix.edits.push(edit);
            fix.edits.sort_by_key(|edit| edit.span);
        }
    }
    let findings = reporter.finish();
    write_kinds(&mut manifest.root.value, &kinds);
    findings
}

struct Resolver<'m> {
    manifest: &'m Manifest,
    schema: &'static Schema,
    reporter: Reporter<'m>,
    /// What each reference means, by its number.
    kinds: Vec<Option<NameKind>>,
    /// Uses of names that are no names where they are defined, and what to write there: by the place of the definition.
    followers: Vec<(Span, Edit)>,
}

impl<'m> Resolver<'m> {
    fn item(&mut self, item: &'m Item, of: Type) {
        self.value(&item.value, item.node, self.reporter.tree.span(item.node), of);
    }

    fn value(&mut self, value: &'m Value, node: NodeId, span: Span, of: Type) {
        match value {
            Value::Record(id, members) => {
                let record = self.schema.record(*id);
                for member in members {
                    let declared = record.at(member.field);
                    self.reporter.enter(PathStep::Key(declared.name));
                    self.item(&member.item, declared.of);
                    if declared.role == Some(Role::Alert) {
                        self.alert(record, members, &member.item);
                    }
                    self.reporter.leave();
                }
            }
            Value::List(items) => {
                let of = element(of);
                let record = match of {
                    Type::Record(id) => Some(self.schema.record(id)),
                    _ => None,
                };
                for (index, item) in items.iter().enumerate() {
                    if item.node == node {
                        self.item(item, of);
                        continue;
                    }
                    let step = self.reporter.item_step(index, item.node, record);
                    self.reporter.enter(step);
                    self.item(item, of);
                    self.reporter.leave();
                }
            }
            Value::Map(named) => {
                let (key_type, of) = match of {
                    Type::Map(key, of) => (*key, *of),
                    other => (Type::Any, other),
                };
                for named in named {
                    self.reporter.enter(PathStep::Key(&named.name));
                    if let Some(key) = &named.typed_key {
                        self.value(key, named.item.node, named.key, key_type);
                    }
                    self.item(&named.item, of);
                    self.reporter.leave();
                }
            }
            Value::Reference(reference) => {
                let kind = self.reference(reference, span);
                let number = reference.number as usize;
                if self.kinds.len() <= number {
                    self.kinds.resize(number + 1, None);
                }
                self.kinds[number] = kind;
            }
            Value::Scalar(Scalar::Requirement(requirement)) => {
                let metric = matches!(requirement.demand, Demand::Bound(_));
                let found = self.subject(node, &requirement.subject, metric, false);
                if let (Some(of), Demand::Bound(bound)) = (found, &requirement.demand) {
                    self.fits(node, of, bound.value(), &requirement.subject);
                }
            }
            Value::Scalar(Scalar::Test(test)) => {
                self.subject(node, &test.subject, true, true);
            }
            Value::Scalar(Scalar::Text) if is_field(of) => {
                let text = self.manifest.text_of(node);
                let named = admits_name(of) && self.is_metric_with_point(text, &[NameKind::Metric]);
                if !named && (text.contains(['.', '[']) || !admits_name(of)) {
                    let _ = self.place(node, text);
                }
            }
            _ => {}
        }
    }

    fn reference(&mut self, reference: &Reference, span: Span) -> Option<NameKind> {
        let kinds = reference.asked_kinds();
        let text = self.reporter.tree.source().slice(span);
        let like_a_place = reference.kinds.contains(&NameKind::Field) && text.contains(['.', '[']);
        if like_a_place && !self.is_metric_with_point(&reference.name, kinds) {
            match field_steps(text.trim_matches(['"', '\''])) {
                Ok(steps) => match lookup::follow(self.manifest, self.schema, &steps) {
                    Ok(_) => return Some(NameKind::Field),
                    Err(lost) if !reference.soft => self.no_place(span, text, &lost),
                    Err(_) => {}
                },
                Err(_) if reference.soft => {}
                Err(wrong) => {
                    self.undefined(
                        format!("`{}` is no place of the manifest", super::leaf::shortened(text)),
                        span,
                        wrong.advice,
                    );
                }
            }
            return None;
        }
        if reference.system.as_deref().is_some_and(|system| !self.own_system(system)) {
            return None;
        }
        if reference.respelt {
            return self.respelt(reference, kinds, span);
        }
        if let Some(found) = self.manifest.names.find(&reference.name, kinds) {
            return Some(found.kind);
        }
        if reference.kinds.contains(&NameKind::Field)
            && self.schema.record(self.schema.root).field(&reference.name).is_some()
        {
            return Some(NameKind::Field);
        }
        // Systems are defined by the workspace; without one they are kept and not judged.
        let judged = !reference.soft && !kinds.contains(&NameKind::System);
        if judged && !kinds.iter().any(|kind| self.illegible(*kind)) {
            self.dangling(reference, kinds, span);
        }
        None
    }

    /// A reference that cannot be a name as written. Where the definition is written the same way, its finding suffices.
    fn respelt(&mut self, reference: &Reference, kinds: &[NameKind], span: Span) -> Option<NameKind> {
        let source = self.reporter.tree.source();
        let written = source.slice(span);
        let text = units::trimmed(written.trim_matches(['"', '\'']));
        let found = self.manifest.names.find(&reference.name, kinds);
        let start = text.rfind([':', '/']).map_or(0, |mark| mark + 1);
        let meant = format!("{}{}", &text[..start], reference.name);
        let defined_so = found.and_then(|found| found.span).filter(|span| {
            let defined = units::trimmed(source.slice(*span).trim_matches(['"', '\'']));
            units::parse(ScalarType::Name, defined).is_none()
        });
        if let (Some(definition), Some(found)) = (defined_so, found) {
            if let Some(new) = edit::in_place_of(written, &meant).filter(|_| !self.reporter.tree.is_shared(span)) {
                self.followers.push((definition, Edit { source: Arc::clone(source), span, text: new }));
            }
            return Some(found.kind);
        }
        let wrong = match units::read(ScalarType::Name, &text[start..]) {
            Err(wrong) if found.is_some() => wrong,
            _ => super::leaf::no_name(text, reference.kinds),
        };
        self.reporter.report("wrong-type", Kind::Reference, Severity::Error, wrong.message, span, "");
        match found {
            Some(found) => {
                self.reporter.help(format!("write `{}`", found.name));
                self.reporter.rewrite(span, &[(&meant, true)]);
            }
            None => wrong.advice.into_iter().for_each(|advice| self.reporter.help(advice)),
        }
        None
    }

    /// Whether a text that looks like a place is a name: `map@0.5` is a metric where one is so called, because no place
    /// begins with `map@0`.
    fn is_metric_with_point(&self, text: &str, kinds: &[NameKind]) -> bool {
        let first = text.split(['.', '[']).next().unwrap_or_default();
        self.schema.record(self.schema.root).field(first).is_none() && self.manifest.names.find(text, kinds).is_some()
    }

    fn own_system(&self, system: &str) -> bool {
        self.manifest.names.find(system, &[NameKind::System]).is_some()
    }

    fn dangling(&mut self, reference: &Reference, kinds: &[NameKind], span: Span) {
        // What is near is sought among all names, which is dear when very many names dangle.
        if self.reporter.is_full("undefined-reference") {
            return self.reporter.suppress("undefined-reference");
        }
        let names: &Names = &self.manifest.names;
        let candidates = || kinds.iter().flat_map(|kind| names.of(*kind)).map(|name| &*name.name);
        let disguised = units::disguised_word(&reference.name, candidates());
        let near = match &disguised {
            Some((name, _)) => Some((*name).to_owned()),
            None => units::nearest(&reference.name, candidates()).map(str::to_owned),
        };
        let other = names.called(&reference.name).next();
        let message = match &disguised {
            Some((_, wrong)) => wrong.message.clone(),
            None => format!("`{}` is defined nowhere", super::leaf::shortened(&reference.name)),
        };
        let wanted = kinds_in_words(kinds);
        let help = match (&near, other) {
            (Some(near), _) => Some(format!("write `{near}`")),
            (None, Some(other)) => {
                Some(format!("`{}` is a {}; here stands {wanted}", reference.name, other.kind.word()))
            }
            (None, None) => None,
        };
        let label = format!("no {} is called so", words_or(kinds));
        self.reporter.report("undefined-reference", Kind::Reference, Severity::Error, message, span, &label);
        self.label_definitions(kinds);
        let home = kinds.first().and_then(|kind| self.schema.definition(*kind)).and_then(|found| found.places.first());
        let fallback = || {
            home.map(|home| format!("define it under `{}`, or correct the name", super::keys::shown_path(home.text())))
        };
        if let Some(help) = help.or_else(fallback) {
            self.reporter.help(help);
        }
        self.reporter.rename(span, &reference.name, candidates());
    }

    /// Labels the section in which names of these kinds are defined, where it is written.
    fn label_definitions(&mut self, kinds: &[NameKind]) {
        for kind in kinds {
            let Some(definition) = self.schema.definition(*kind) else { continue };
            for place in definition.places {
                if let Some(section) = self.manifest.holding(*place) {
                    self.reporter.label(section.key, format!("{}s are defined here", kind.word()));
                    return;
                }
            }
        }
    }

    /// A metric, signal or place at the start of a requirement or test; the type of the place, if it is one.
    fn subject(&mut self, node: NodeId, subject: &str, metric: bool, signal: bool) -> Option<Type> {
        let mut kinds = Vec::new();
        if signal {
            kinds.push(NameKind::Signal);
        }
        if metric {
            kinds.push(NameKind::Metric);
        }
        if self.manifest.names.find(subject, &kinds).is_some() {
            return None;
        }
        if subject.contains(['.', '[']) || self.schema.record(self.schema.root).field(subject).is_some() {
            return self.place(node, subject);
        }
        if kinds.iter().any(|kind| self.illegible(*kind)) {
            return None;
        }
        if self.reporter.is_full("undefined-reference") {
            self.reporter.suppress("undefined-reference");
            return None;
        }
        let span = self.part(node, subject);
        let names = &self.manifest.names;
        let message = format!("`{}` is defined nowhere", super::leaf::shortened(subject));
        let label = "neither a metric nor a place of this manifest".to_owned();
        let candidates = || kinds.iter().flat_map(|kind| names.of(*kind)).map(|name| &*name.name);
        let nearest = units::nearest(subject, candidates());
        let path = self.only_field(subject);
        let help = match (nearest, &path) {
            (_, Some(path)) => Some(format!("write the whole path, `{path}`")),
            (Some(near), None) => Some(format!("write `{near}`")),
            (None, None) => None,
        };
        self.reporter.report("undefined-reference", Kind::Reference, Severity::Error, message, span, &label);
        if let Some(help) = help {
            self.reporter.help(help);
        }
        match &path {
            Some(path) if self.reporter.tree.source().slice(span) == subject => {
                self.reporter.fix(format!("write `{path}`"), Applicability::Unsafe, span, &**path);
            }
            Some(_) => {}
            None => self.reporter.rename(span, subject, candidates()),
        }
        self.label_definitions(&kinds);
        None
    }

    /// A signal that watches one place of the manifest, and says no method by which it measures something else of it,
    /// alerts at a value of that place.
    fn alert(&mut self, record: &'static Record, signal: &'m [Member], alert: &'m Item) {
        let item = |role: Role| {
            let (index, _) = record.with_role(role)?;
            signal.iter().find(|member| member.field == index).map(|member| &member.item)
        };
        let (Some(of), None) = (item(Role::Watched), item(Role::Method)) else { return };
        let (Value::List(watched), Value::Scalar(Scalar::Alert(bad_side))) = (&of.value, &alert.value) else { return };
        let ([one], Some(value)) = (watched.as_slice(), bad_side.value()) else { return };
        let place = self.manifest.text(one);
        let found = field_steps(place).ok().and_then(|steps| lookup::find(self.manifest, self.schema, &steps));
        if let Some(found) = found {
            self.fits(alert.node, found.of, value, place);
        }
    }

    /// Reports a value that is held against a place of another dimension, as a value of that place would be.
    fn fits(&mut self, node: NodeId, of: Type, value: &Quantity, subject: &str) {
        let Type::Scalar(of) = of else { return };
        let written = self.manifest.text_of(node);
        let number = written.rsplit(' ').find(|word| !word.is_empty()).unwrap_or_default();
        let measures = |of: ScalarType| {
            of.examples().iter().find_map(|example| match units::read(of, example) {
                Ok(Scalar::Quantity(example)) => Some(example.dimension.measure()),
                Ok(Scalar::Interval(_)) => Some(Measure::Duration),
                _ => None,
            })
        };
        let Some(measure) = measures(of) else { return };
        if value.dimension.measure() == measure {
            return;
        }
        let mut wrong = match units::read(of, number) {
            Err(wrong) => wrong,
            Ok(_) => return,
        };
        wrong.part = written.rfind(number).map(|start| start..start + number.len());
        // What is proposed stands for the number alone.
        let start = wrong.part.as_ref().map_or(0, |part| part.start);
        for proposal in &mut wrong.proposals {
            proposal.text = format!("{}{}{}", &written[..start], proposal.text, &written[start + number.len()..]);
        }
        wrong.advice =
            wrong.advice.or_else(|| Some(format!("`{subject}` is {}", super::expected::wanted(Type::Scalar(of)))));
        self.reporter.wrong(node, true, &wrong);
    }

    /// The one place of the format whose last key is `name`, if there is one alone that needs no named item.
    fn only_field(&self, name: &str) -> Option<String> {
        let mut found = self.schema.records().iter().filter(|record| {
            record.field(name).is_some() && !record.path.contains(['*', '[']) && !record.path.is_empty()
        });
        let first = found.next()?;
        found.next().is_none().then(|| format!("{}.{name}", first.path))
    }

    fn place(&mut self, node: NodeId, text: &str) -> Option<Type> {
        match field_steps(text) {
            Ok(steps) => match lookup::follow(self.manifest, self.schema, &steps) {
                Ok(place) => return Some(place.of),
                Err(lost) => {
                    let span = self.part(node, text);
                    self.no_place(span, text, &lost);
                }
            },
            Err(wrong) => self.reporter.wrong(node, false, &wrong),
        }
        None
    }

    /// Whether a section that defines names of this kind is written and cannot be read: then nothing is known of its
    /// names, and that was reported.
    fn illegible(&self, kind: NameKind) -> bool {
        let Some(definition) = self.schema.definition(kind) else { return false };
        let illegible = |section: &Member| matches!(section.item.value, Value::Unreadable);
        definition.places.iter().any(|place| self.manifest.holding(*place).is_some_and(illegible))
    }

    fn no_place(&mut self, span: Span, text: &str, lost: &NoPlace) {
        if self.reporter.is_full("undefined-reference") {
            return self.reporter.suppress("undefined-reference");
        }
        let steps = field_steps(text.trim_matches(['"', '\''])).unwrap_or_default();
        let Some(step) = steps.get(lost.step) else { return };
        let quote = usize::from(text.starts_with(['"', '\'']));
        let part = span.part(step.bytes.start + quote..step.bytes.end + quote);
        let message = if lost.item {
            format!("`{}` is defined nowhere", super::leaf::shortened(&step.text))
        } else {
            format!("`{}` is no place of the format", super::leaf::shortened(text))
        };
        let help = lost.nearest.as_ref().map(|near| format!("write `{near}`"));
        self.undefined(message, part, help);
        if let Some(near) = lost.nearest.as_deref().filter(|_| self.reporter.tree.source().slice(part) == step.text) {
            self.reporter.fix(format!("write `{near}`"), Applicability::when(lost.certain), part, near);
        }
    }

    fn undefined(&mut self, message: String, span: Span, help: Option<String>) {
        self.reporter.report("undefined-reference", Kind::Reference, Severity::Error, message, span, "leads nowhere");
        if let Some(help) = help {
            self.reporter.help(help);
        }
    }

    /// The bytes of `part` at the start of a scalar, where it stands in the source as it is.
    fn part(&self, node: NodeId, part: &str) -> Span {
        let tree = self.reporter.tree;
        let span = tree.span(node);
        match tree.source().slice(span).find(part) {
            Some(offset) => span.part(offset..offset + part.len()),
            None => span,
        }
    }
}

/// Writes the kinds into the references.
fn write_kinds(value: &mut Value, kinds: &[Option<NameKind>]) {
    match value {
        Value::Record(_, members) => members.iter_mut().for_each(|member| write_kinds(&mut member.item.value, kinds)),
        Value::List(items) => items.iter_mut().for_each(|item| write_kinds(&mut item.value, kinds)),
        Value::Map(named) => {
            for named in named {
                if let Some(key) = &mut named.typed_key {
                    write_kinds(key, kinds);
                }
                write_kinds(&mut named.item.value, kinds);
            }
        }
        Value::Reference(reference) => {
            reference.kind = kinds.get(reference.number as usize).copied().flatten();
            if reference.respelt && reference.kind.is_none() {
                *value = Value::Unreadable;
            }
        }
        _ => {}
    }
}

fn element(of: Type) -> Type {
    match of {
        Type::List(of) => *of,
        Type::Either(types) => types.iter().copied().find(|of| matches!(of, Type::List(_))).map_or(of, element),
        other => other,
    }
}

fn is_field(of: Type) -> bool {
    match of {
        Type::Scalar(ScalarType::Field) => true,
        Type::Either(types) => types.iter().any(|of| is_field(*of)),
        _ => false,
    }
}

fn admits_name(of: Type) -> bool {
    matches!(of, Type::Either(_))
}

fn words_or(kinds: &[NameKind]) -> String {
    let words: Vec<String> = kinds.iter().map(|kind| kind.word().to_owned()).collect();
    super::expected::alternatives(&words, "or")
}
