//! References into other systems, which the reader of one manifest keeps and cannot judge.

use std::sync::Arc;

use super::Facts;
use crate::finding::{Finding, Kind as Sort, Label, Severity};
use crate::manifest::expected::kinds_in_words;
use crate::manifest::reporter::{PathStep, Reporter};
use crate::manifest::{Item, Manifest, Reference, Value};
use crate::schema::{Kind, Record, Type};
use crate::source::Span;
use crate::units;

/// The references of a manifest to systems, and to things in systems, that the workspace does not have.
pub fn unresolved(manifest: &Manifest, facts: &Facts) -> Vec<Finding> {
    let mut walk = Walk { manifest, facts, reporter: Reporter::new(&manifest.tree) };
    walk.item(&manifest.root, None);
    walk.reporter.finish()
}

struct Walk<'w> {
    manifest: &'w Manifest,
    facts: &'w Facts,
    reporter: Reporter<'w>,
}

impl<'w> Walk<'w> {
    fn item(&mut self, item: &'w Item, of: Option<Type>) {
        match &item.value {
            Value::Record(id, members) => {
                let record = self.manifest.schema.record(*id);
                for member in members {
                    let declared = record.at(member.field);
                    self.reporter.enter(PathStep::Key(declared.name));
                    self.item(&member.item, Some(declared.of));
                    self.reporter.leave();
                }
            }
            Value::Map(named) => {
                for named in named {
                    self.reporter.enter(PathStep::Key(&named.name));
                    self.item(&named.item, None);
                    self.reporter.leave();
                }
            }
            Value::List(items) => {
                for (index, one) in items.iter().enumerate() {
                    if one.node == item.node {
                        self.item(one, None);
                        continue;
                    }
                    let step = self.reporter.item_step(index, one.node, self.record(of));
                    self.reporter.enter(step);
                    self.item(one, None);
                    self.reporter.leave();
                }
            }
            Value::Reference(reference) => self.reference(reference, self.manifest.tree.span(item.node)),
            _ => {}
        }
    }

    /// The record that the items of a list are.
    fn record(&self, of: Option<Type>) -> Option<&'static Record> {
        match of {
            Some(Type::List(Type::Record(id))) => Some(self.manifest.schema.record(*id)),
            _ => None,
        }
    }

    fn reference(&mut self, reference: &Reference, span: Span) {
        let Some(system) = reference.system().filter(|_| !reference.soft) else { return };
        if self.facts.external(system).is_some() {
            return;
        }
        let Some(target) = self.facts.system(system) else {
            // A manifest that could not be read may well be the one.
            if self.facts.complete {
                self.no_system(reference, system, span);
            }
            return;
        };
        if reference.means_system() || target.names.find(&reference.name, reference.asked_kinds()).is_some() {
            return;
        }
        self.no_thing(reference, target, span);
    }

    fn no_system(&mut self, reference: &Reference, system: &str, span: Span) {
        // A name alone may as well have been meant for something of this manifest.
        let alone = reference.means_system() && reference.asked.is_none() && reference.kinds.len() > 1;
        let message = format!("`{}` is no system of this workspace", crate::manifest::leaf::shortened(system));
        let label = match alone {
            true => format!("no {} is called so, here or in the workspace", words_or(reference.kinds)),
            false => "no manifest and no external is called so".to_owned(),
        };
        self.report(message, self.part(span, system), &label);
        let near = units::nearest(system, self.facts.names());
        self.reporter.help(match near {
            Some(near) => format!("write `{near}`"),
            None => "add its manifest to `systems` of the workspace file, or name it under `externals`".to_owned(),
        });
        self.reporter.rename(self.part(span, system), system, self.facts.names());
    }

    fn no_thing(&mut self, reference: &Reference, target: &Manifest, span: Span) {
        let kinds = reference.asked_kinds();
        let system = target.name().unwrap_or_default();
        let name = &*reference.name;
        let message = format!("`{system}` defines no `{}`", crate::manifest::leaf::shortened(name));
        let wanted = words_or(kinds);
        self.report(message, self.part(span, name), &format!("no {wanted} of `{system}` is called so"));
        if let Some(label) = defined_in(target, kinds) {
            self.reporter.label_elsewhere(label);
        }
        let names = kinds.iter().flat_map(|kind| target.names.of(*kind)).map(|name| &*name.name);
        let other = target.names.find(name, &Kind::ALL);
        self.reporter.help(match (units::nearest(name, names), other) {
            (Some(near), _) => format!("write `{near}`"),
            (None, Some(other)) => {
                format!("`{name}` is a {} there; here stands {}", other.kind.word(), kinds_in_words(kinds))
            }
            (None, None) => format!("define it in the manifest of `{system}`, or correct the name"),
        });
        let names = kinds.iter().flat_map(|kind| target.names.of(*kind)).map(|name| &*name.name);
        self.reporter.rename(self.part(span, name), name, names);
    }

    fn report(&mut self, message: String, span: Span, label: &str) {
        self.reporter.report("undefined-reference", Sort::Reference, Severity::Error, message, span, label);
    }

    /// The bytes of a part of a reference.
    fn part(&self, span: Span, part: &str) -> Span {
        match self.manifest.source().slice(span).rfind(part) {
            Some(offset) => span.part(offset..offset + part.len()),
            None => span,
        }
    }
}

/// Where a manifest defines names of these kinds, else where it is named itself.
fn defined_in(target: &Manifest, kinds: &[Kind]) -> Option<Label> {
    let places = || kinds.iter().filter_map(|kind| Some((*kind, target.schema.definition(*kind)?)));
    for (kind, definition) in places() {
        for place in definition.places {
            if let Some(section) = target.holding(*place) {
                return Some(Label {
                    source: Arc::clone(target.source()),
                    span: section.key,
                    text: format!("{}s of `{}` are defined here", kind.word(), target.name().unwrap_or_default()),
                });
            }
        }
    }
    let name = target.name_span()?;
    Some(Label::new(target.source(), name, "this system defines none"))
}

fn words_or(kinds: &[Kind]) -> String {
    let words: Vec<String> = kinds.iter().map(|kind| kind.word().to_owned()).collect();
    crate::manifest::expected::alternatives(&words, "or")
}
