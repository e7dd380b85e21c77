//! The names that a reference may take, and the places of the manifest.

use super::{Completion, CompletionKind, CompletionRequest};
use crate::editor::definition::each_scalar;
use crate::editor::describe::{SUMMARY, field, lint_in_short, type_in_short};
use crate::editor::lint_names;
use crate::lint::Status;
use crate::manifest::expected::with_article;
use crate::manifest::lookup::{follow, item_name};
use crate::manifest::{Manifest, Value};
use crate::schema::{Kind, Type};
use crate::units::{ScalarType, field_steps};

impl CompletionRequest<'_, '_> {
    /// The names of these kinds: those of this manifest by the order of the kinds, then those of other systems.
    pub(super) fn names(&self, kinds: &[Kind]) -> Vec<Completion> {
        let mut found: Vec<Completion> = Vec::new();
        let own_kinds = kinds.iter().enumerate().filter(|(_, kind)| **kind != Kind::System);
        for (number, kind) in own_kinds {
            for name in self.manifest.names.of(*kind).filter(|name| !self.holds_mark(&name.name)) {
                // A name that an earlier kind has as well needs its own kind before it.
                let earlier = self.manifest.names.find(&name.name, &kinds[..number]).is_some();
                let label = if earlier { format!("{}:{}", kind.word(), name.name) } else { name.name.to_string() };
                let given = if name.span.is_none() { ", given by the format" } else { "" };
                found.push(self.name(label, &format!("{}{given}", kind.word()), ""));
            }
        }
        let own = self.manifest.name();
        for other in self.around.manifests.iter().filter(|other| other.name() != own) {
            let Some(system) = other.name().filter(|name| !name.is_empty()) else { continue };
            if kinds.contains(&Kind::System) {
                let summary = other.section(SUMMARY).map(|summary| other.text(summary)).unwrap_or_default();
                found.push(self.name(system.to_owned(), "system", summary));
            }
            for kind in kinds.iter().filter(|kind| kind.crosses_systems() && **kind != Kind::System) {
                for name in other.names.of(*kind).filter(|name| name.span.is_some()) {
                    let label = format!("{}:{system}/{}", kind.word(), name.name);
                    found.push(self.name(label, &format!("{} of `{system}`", kind.word()), ""));
                }
            }
        }
        if kinds.contains(&Kind::System) {
            let externals = self.around.externals().map(|name| self.name(name.to_owned(), "external", ""));
            found.extend(externals);
        }
        if kinds.contains(&Kind::Field) {
            found.extend(self.paths(&self.repaired.typed));
        }
        let mut known = std::collections::HashSet::new();
        found.retain(|one| known.insert(one.label.clone()));
        found
    }

    fn name(&self, label: String, detail: &str, documentation: &str) -> Completion {
        let mut one = self.one(label, CompletionKind::Name);
        one.detail = detail.to_owned();
        one.documentation = documentation.to_owned();
        one
    }

    /// Whether a name is the one that is being typed.
    fn holds_mark(&self, name: &str) -> bool {
        name.contains(|letter| ('\u{e000}'..'\u{e100}').contains(&letter))
    }

    /// The places that begin with what is written up to the last point of `typed`; the sections where there is none.
    pub(super) fn paths(&self, typed: &str) -> Vec<Completion> {
        let base = typed.rsplit_once('.').map_or("", |(base, _)| base);
        let of = match field_steps(base) {
            _ if base.is_empty() => Type::Record(self.schema.root),
            Ok(steps) => match follow(self.manifest, self.schema, &steps) {
                Ok(place) => place.of,
                Err(_) => return Vec::new(),
            },
            Err(_) => return Vec::new(),
        };
        let whole = |step: &str| match (base.is_empty(), step.contains('.')) {
            (true, _) => step.to_owned(),
            (false, true) => format!("{base}[{step}]"),
            (false, false) => format!("{base}.{step}"),
        };
        match of {
            Type::Record(id) => {
                let record = self.schema.record(id);
                let one = |declared: &'static crate::schema::Field| {
                    let mut one = self.one(whole(declared.name), CompletionKind::Path);
                    one.detail = type_in_short(declared.of);
                    one.documentation = field(self.schema, record, declared, &[]);
                    one.again = matches!(declared.of, Type::Record(_) | Type::Map(..) | Type::List(Type::Record(_)));
                    one
                };
                record.fields.iter().map(one).collect()
            }
            Type::Map(..) | Type::List(Type::Record(_)) => {
                let named = |name: &str| {
                    let mut one = self.one(whole(name), CompletionKind::Path);
                    one.again = true;
                    one
                };
                self.item_names(base).iter().map(|name| named(name)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The names of the items at a place.
    fn item_names(&self, base: &str) -> Vec<String> {
        let item = field_steps(base).ok().and_then(|steps| follow(self.manifest, self.schema, &steps).ok()?.item);
        match item.map(|item| &item.value) {
            Some(Value::Map(named)) => named.iter().map(|named| named.name.to_string()).collect(),
            Some(Value::List(items)) => {
                let name = |item: &crate::manifest::Item| match &item.value {
                    Value::Record(id, _) => item_name(self.manifest, self.schema.record(*id), item).map(str::to_owned),
                    _ => None,
                };
                items.iter().filter_map(name).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The lints.
    pub(super) fn lints(&self) -> Vec<Completion> {
        let one = |lint: &crate::lint::Lint| {
            let mut one = self.one(lint.name, CompletionKind::Lint);
            one.detail = format!("{}, {}", lint.category, lint.severity);
            one.documentation = lint_in_short(lint);
            one
        };
        self.around.lints.iter().filter(|lint| lint.status == Status::Current).map(one).collect()
    }

    /// The lints that a value at `place` may name; their categories too where these may stand there.
    pub(super) fn lint_names(&self, place: &str) -> Vec<Completion> {
        if !lint_names::take_lint(place) {
            return Vec::new();
        }
        let mut lints = self.around.lints.to_vec();
        if lint_names::take_waivable(place) {
            lints.retain(|lint| lint.waivable);
        }
        let mut found = Vec::new();
        if lint_names::take_several(place) {
            let mut categories: Vec<&str> = lints.iter().map(|lint| lint.category).collect();
            categories.dedup();
            let mut kinds: Vec<String> = lints.iter().map(|lint| lint.kind.to_string()).collect();
            kinds.sort_unstable();
            kinds.dedup();
            let all = categories.into_iter().map(|one| (one.to_owned(), "category of lints"));
            for (label, detail) in all.chain(kinds.into_iter().map(|one| (one, "kind of lint"))) {
                let mut one = self.one(label, CompletionKind::Lint);
                one.detail = detail.to_owned();
                found.push(one);
            }
        }
        found.extend(self.lints().into_iter().filter(|one| lints.iter().any(|lint| lint.name == one.label)));
        found
    }

    /// The teams that the workspace names anywhere, and the stakeholders of this manifest.
    pub(super) fn teams(&self) -> Vec<Completion> {
        let mut found: Vec<String> = Vec::new();
        let mut add = |manifest: &Manifest| {
            each_scalar(&manifest.root, Type::Record(manifest.schema.root), manifest, &mut |item, of| {
                let text = manifest.text(item);
                if of == Type::Scalar(ScalarType::Team) && item.decided() && !self.holds_mark(text) {
                    found.push(text.to_owned());
                }
            });
        };
        add(self.manifest);
        self.around.manifests.iter().for_each(|other| add(other));
        found.extend(self.manifest.names.of(Kind::Stakeholder).map(|name| name.name.to_string()));
        found.sort_unstable();
        found.dedup();
        found.retain(|name| !self.holds_mark(name));
        found.into_iter().map(|name| self.name(name, ScalarType::Team.word(), "")).collect()
    }

    /// The names of the kind that a place of the format defines: a metric that an objective names is one that is there.
    pub(super) fn names_defined_at(&self, place: &str) -> Vec<Completion> {
        self.schema.kind_defined_at(place).map(|kind| self.names(&[kind])).unwrap_or_default()
    }
}

/// What an example of a type is called beside it.
pub(super) fn example_of(kind: ScalarType) -> String {
    format!("for example, {}", with_article(kind.word()))
}
