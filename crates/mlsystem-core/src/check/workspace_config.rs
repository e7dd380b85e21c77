//! What a house says in its workspace file: which manifests belong together, levels, options, own lints.

use std::sync::Arc;

use super::lint_names::Outdated;
use super::{Level, Levels, locate};
use crate::facts::PathGlob;
use crate::finding::{Finding, Kind, Label, Pointer, Reader, Severity};
use crate::lint::{Lint, LintOption, Registry, SetOptions};
use crate::manifest::{self, Item, Manifest, Value};
use crate::schema::{FieldPath, Schema, field_path};
use crate::source::{Source, Span};
use crate::tree::{self, Limits};
use crate::units;

pub(super) const SYSTEMS: FieldPath = field_path!(workspace: "systems");
pub(super) const LEVELS: FieldPath = field_path!(workspace: "levels");
pub(super) const SELECT: FieldPath = field_path!(workspace: "levels[].select");
pub(super) const IN: FieldPath = field_path!(workspace: "levels[].in");
const LEVEL: FieldPath = field_path!(workspace: "levels[].level");
const REASON: FieldPath = field_path!(workspace: "levels[].reason");
const OPTIONS: FieldPath = field_path!(workspace: "options");
const LINTS: FieldPath = field_path!(workspace: "lints");
const FRAMEWORKS: FieldPath = field_path!(workspace: "frameworks");
const FOR: FieldPath = field_path!(workspace: "for");
const FAIL_ON: FieldPath = field_path!(workspace: "fail_on");
const CHECKS: FieldPath = field_path!(workspace: "checks");

/// A workspace file that was read.
#[derive(Debug)]
pub struct WorkspaceConfig {
    /// The file, typed.
    pub manifest: Arc<Manifest>,
    /// What was found in it that keeps nobody from using it.
    pub findings: Vec<Finding>,
    systems: Vec<PathGlob>,
    rules: Vec<Rule>,
    /// The names of lints in it that are not those of today.
    pub(super) outdated: Outdated,
}

/// A severity for some lints in some manifests.
#[derive(Debug)]
struct Rule {
    select: Vec<(String, Span)>,
    level: Level,
    /// The manifests; all where there is none.
    within: Vec<PathGlob>,
}

impl WorkspaceConfig {
    /// Reads a workspace file of the format `schema`. A file with an error in it is not used: the findings are returned
    /// instead.
    pub fn read(source: &Arc<Source>, schema: &'static Schema) -> Result<Self, Vec<Finding>> {
        let parsed = tree::parse(source, &Limits::default());
        let mut findings = parsed.findings;
        let Some(tree) = parsed.tree else {
            findings.extend(super::secrets::findings(source, None, "the workspace file"));
            return Err(findings);
        };
        findings.extend(super::secrets::findings(source, Some(&tree), "the workspace file"));
        findings.iter_mut().for_each(|finding| locate(finding, &tree));
        let (manifest, wrong) = manifest::read(&Arc::new(tree), schema);
        findings.extend(wrong);
        if !super::readable_version(&manifest, &mut findings) {
            return Err(findings);
        }
        let mut workspace_config = Self {
            manifest: Arc::new(manifest),
            findings,
            systems: Vec::new(),
            rules: Vec::new(),
            outdated: Outdated::default(),
        };
        workspace_config.systems = workspace_config.patterns_of(SYSTEMS);
        workspace_config.rules = workspace_config.read_rules();
        let _ = workspace_config.patterns_of(LINTS);
        workspace_config.usable()
    }

    /// Holds it to the disk: no folder of lints may lead out of the workspace. `inside` says of a path, which counts from the
    /// folder of the file, whether it stays in.
    pub fn held_to(mut self, inside: &dyn Fn(&str) -> bool) -> Result<Self, Vec<Finding>> {
        let pointer = Pointer::default().child(LINTS.key());
        let outside = self.list(LINTS).filter(|item| !inside(self.manifest.text(item)));
        let found: Vec<Finding> = outside.map(|item| *self.outward(item, &pointer)).collect();
        self.findings.extend(found);
        self.usable()
    }

    /// Holds it to the lints of the run: levels and options must be of lints that there are, and fit them.
    pub fn settle(mut self, lints: &[Lint]) -> Result<Self, Vec<Finding>> {
        let registry = Registry::of(lints);
        self.hold_levels(lints, registry);
        self.hold_options(lints, registry);
        for rule in &mut self.rules {
            for (word, _) in &mut rule.select {
                *word = self.outdated.current(word).to_owned();
            }
        }
        self.usable()
    }

    fn usable(mut self) -> Result<Self, Vec<Finding>> {
        self.findings.sort_by_key(|finding| (finding.primary.span, finding.pointer.clone()));
        let broken = self.findings.iter().any(|finding| finding.severity == Severity::Error);
        if broken { Err(self.findings) } else { Ok(self) }
    }

    /// The patterns of the manifests that belong to the workspace.
    pub fn systems(&self) -> &[PathGlob] {
        &self.systems
    }

    /// Whether the manifest at a path, which counts from the folder of the file, belongs to the workspace.
    pub fn has(&self, path: &str) -> bool {
        self.systems.iter().any(|pattern| pattern.holds(path))
    }

    /// The folders of own lints, as written.
    pub fn lints(&self) -> Vec<&str> {
        self.list(LINTS).map(|item| self.manifest.text(item)).collect()
    }

    /// The mildest finding that fails a run, or `never`.
    pub fn fail_on(&self) -> Option<&'static str> {
        match self.manifest.section(FAIL_ON)?.value {
            Value::Word(word) => word,
            _ => None,
        }
    }

    /// For whom findings are reported, where the file says so.
    pub fn reader(&self) -> Option<Reader> {
        match self.manifest.section(FOR)?.value {
            Value::Word(word) => word.and_then(Reader::from_word),
            _ => None,
        }
    }

    /// The frameworks whose coverage is reported, by name.
    pub fn frameworks(&self) -> Vec<String> {
        self.manifest.items(FRAMEWORKS).iter().map(|item| self.manifest.text(item).to_owned()).collect()
    }

    /// The levels for the manifest at a path, which counts from the folder of the file.
    pub fn levels(&self, path: &str, lints: &[Lint]) -> Levels {
        let placed = self.placed_levels(path, lints).into_iter();
        Levels { set: placed.map(|(name, level, _)| (name, level)).collect() }
    }

    /// The same levels, each with the place in the file that sets it.
    pub fn placed_levels(&self, path: &str, lints: &[Lint]) -> Vec<(String, Level, Span)> {
        let mut levels = Vec::new();
        if let Some(settled) = self.manifest.section(CHECKS).filter(|item| item.decided()) {
            let span = self.manifest.tree.span(settled.node);
            let settled = numbers(self.manifest.text(settled));
            let newer = lints.iter().filter(|lint| numbers(lint.since) > settled);
            levels.extend(newer.map(|lint| (lint.name.to_owned(), Level::Set(Severity::Advice), span)));
        }
        for rule in &self.rules {
            if rule.within.is_empty() || rule.within.iter().any(|pattern| pattern.holds(path)) {
                levels.extend(rule.select.iter().map(|(select, span)| (select.clone(), rule.level, *span)));
            }
        }
        levels
    }

    /// What else is set: the name, the value in one line, and the place.
    pub fn settings(&self) -> Vec<(String, String, Span)> {
        let written = |item: &Item| {
            let span = self.manifest.tree.span(item.node);
            let text = self.manifest.source().slice(span);
            (text.split_whitespace().collect::<Vec<_>>().join(" "), span)
        };
        let mut settings = Vec::new();
        for field in [SYSTEMS, LINTS, FRAMEWORKS, FOR, FAIL_ON, CHECKS] {
            if let Some(item) = self.manifest.section(field) {
                let (text, span) = written(item);
                settings.push((field.text().to_owned(), text, span));
            }
        }
        for (lint, options) in named(self.manifest.section(OPTIONS)) {
            for (option, item) in named(Some(options)) {
                let (text, span) = written(item);
                settings.push((format!("{}.{lint}.{option}", OPTIONS.text()), text, span));
            }
        }
        settings
    }

    /// The options that are set.
    pub fn options(&self) -> SetOptions {
        let mut set = Vec::new();
        for (lint, options) in named(self.manifest.section(OPTIONS)) {
            for (name, item) in named(Some(options)) {
                set.push((
                    self.outdated.current(lint).to_owned(),
                    name.to_owned(),
                    self.manifest.text(item).to_owned(),
                ));
            }
        }
        SetOptions { set }
    }

    pub(super) fn list(&self, field: FieldPath) -> impl Iterator<Item = &Item> {
        self.manifest.items(field).iter().filter(|item| matches!(item.value, Value::Scalar(_) | Value::Record(..)))
    }

    fn read_rules(&mut self) -> Vec<Rule> {
        let mut findings = Vec::new();
        let mut rules = Vec::new();
        for (index, item) in self.list(LEVELS).enumerate() {
            let Some(Value::Word(Some(word))) = self.manifest.field(item, LEVEL).map(|level| &level.value) else {
                continue;
            };
            let Some(level) = Level::from_word(word) else { continue };
            let pointer = Pointer::default().child(LEVELS.key()).index(index).child(IN.key());
            let within = self.texts(item, IN).into_iter().filter_map(|item| match self.pattern(item, &pointer) {
                Ok(pattern) => Some(pattern),
                Err(finding) => {
                    findings.push(*finding);
                    None
                }
            });
            let within = within.collect();
            let text = |item: &&Item| (self.manifest.text(item).to_owned(), self.manifest.tree.span(item.node));
            let select = self.texts(item, SELECT).iter().map(text).collect();
            rules.push(Rule { select, level, within });
        }
        self.findings.extend(findings);
        rules
    }

    pub(super) fn texts<'m>(&'m self, item: &'m Item, field: FieldPath) -> Vec<&'m Item> {
        let items = self.manifest.field(item, field).map(Item::items).unwrap_or_default();
        items.iter().filter(|item| matches!(item.value, Value::Scalar(_))).collect()
    }

    /// The patterns of a list; those that are none, or lead out of the workspace, are reported.
    fn patterns_of(&mut self, field: FieldPath) -> Vec<PathGlob> {
        let pointer = Pointer::default().child(field.key());
        let read: Vec<_> = self.list(field).map(|item| self.pattern(item, &pointer)).collect();
        let mut patterns = Vec::new();
        for one in read {
            match one {
                Ok(pattern) => patterns.push(pattern),
                Err(finding) => self.findings.push(*finding),
            }
        }
        patterns
    }

    fn pattern(&self, item: &Item, pointer: &Pointer) -> Result<PathGlob, Box<Finding>> {
        let text = self.manifest.text(item);
        let plain = text.strip_prefix("./").unwrap_or(text);
        let wrong = |message: String, help: &str| {
            let label = Label::new(self.manifest.source(), self.manifest.tree.span(item.node), "");
            let finding = Finding::new("wrong-type", "format", Kind::Reference, Severity::Error, message, label);
            Box::new(finding.at(pointer.clone()).with_help(help))
        };
        if plain.split('/').any(|part| part == "..") {
            return Err(self.outward(item, pointer));
        }
        PathGlob::new(plain).map_err(|error| {
            wrong(format!("`{text}` is no pattern"), &format!("{}: `*`, `**`, `?` and `[…]` have a meaning", error.msg))
        })
    }

    fn outward(&self, item: &Item, pointer: &Pointer) -> Box<Finding> {
        let message = format!("`{}` leads out of the workspace", manifest::leaf::shortened(self.manifest.text(item)));
        let label = Label::new(self.manifest.source(), self.manifest.tree.span(item.node), "");
        let finding = Finding::new("wrong-type", "format", Kind::Reference, Severity::Error, message, label);
        let help = "put the workspace file into a folder above all that it names";
        Box::new(finding.at(pointer.clone()).with_help(help))
    }

    fn hold_levels(&mut self, lints: &[Lint], registry: Registry<'_, '_>) {
        let (mut found, mut outdated) = (Vec::new(), Outdated::default());
        for (index, item) in self.list(LEVELS).enumerate() {
            let pointer = Pointer::default().child(LEVELS.key()).index(index);
            let selected = self.texts(item, SELECT);
            for word in &selected {
                let (text, span) = (self.manifest.text(word), self.manifest.tree.span(word.node));
                let pointer = pointer.child(SELECT.key());
                if !outdated.take(text, registry, &self.manifest.tree, span, &pointer) {
                    let near = registry.nearest(text);
                    found.push(self.no_name(text, span, "lint, category or kind", near, pointer));
                }
            }
            let (Some(level), reason) = (self.manifest.field(item, LEVEL), self.manifest.field(item, REASON)) else {
                continue;
            };
            let Value::Word(Some(word)) = level.value else { continue };
            if reason.is_some_and(Item::decided) {
                continue;
            }
            let lower = |lint: &&Lint| Severity::from_word(word).is_none_or(|severity| severity < lint.severity);
            let selects = |lint: &&Lint| {
                let named = selected.iter().filter_map(|word| registry.named(self.manifest.text(word)));
                named.into_iter().any(|named| named.selects(lint))
            };
            if let Some(lint) = lints.iter().filter(|lint| !lint.is_removed()).filter(selects).find(lower) {
                let message = format!("the level of `{}` falls without a reason", lint.name);
                let text = format!("by itself it is {}", with_article(lint.severity.word()));
                let label = Label::new(self.manifest.source(), self.manifest.tree.span(level.node), text);
                let finding = Finding::new(
                    "level-without-reason",
                    "workspace",
                    Kind::MissingPiece,
                    Severity::Error,
                    message,
                    label,
                );
                found.push(
                    finding.at(pointer.child(REASON.key())).with_help("add `reason:` with why the house accepts it"),
                );
            }
        }
        self.findings.extend(found);
        self.outdated.append(outdated);
    }

    fn hold_options(&mut self, lints: &[Lint], registry: Registry<'_, '_>) {
        let (mut found, mut outdated) = (Vec::new(), Outdated::default());
        let section = self.manifest.section(OPTIONS);
        let Some(Value::Map(all)) = section.map(|item| &item.value) else { return };
        for one in all {
            let pointer = Pointer::default().child(OPTIONS.key()).child(&one.name);
            let Some(lint) = registry.lint(&one.name) else {
                let names = lints.iter().filter(|lint| !lint.options.is_empty()).map(|lint| lint.name);
                let near = units::nearest(&one.name, names);
                found.push(self.no_name(&one.name, one.key, "lint", near, pointer));
                continue;
            };
            outdated.take(&one.name, registry, &self.manifest.tree, one.key, &pointer);
            if lint.is_removed() {
                continue;
            }
            let Value::Map(options) = &one.item.value else { continue };
            for set in options {
                let pointer = pointer.child(&set.name);
                let Some(option) = lint.options.iter().find(|option| option.name == &*set.name) else {
                    let near = units::nearest(&set.name, lint.options.iter().map(|option| option.name));
                    let what = format!("option of `{}`", lint.name);
                    found.push(self.no_name(&set.name, set.key, &what, near, pointer));
                    continue;
                };
                let text = self.manifest.text(&set.item);
                if !option.admits(text) {
                    found.push(self.misfit(option, &set.item, text, pointer));
                }
            }
        }
        self.findings.extend(found);
        self.outdated.append(outdated);
    }

    fn misfit(&self, option: &LintOption, item: &Item, text: &str, pointer: Pointer) -> Finding {
        let message = match text {
            "" => format!("`{}` holds no value", option.name),
            text => format!("`{}` cannot be `{}`", option.name, manifest::leaf::shortened(text)),
        };
        let span = manifest::reporter::first_line(&self.manifest.tree, self.manifest.tree.span(item.node));
        let label = Label::new(self.manifest.source(), span, format!("expected {}", option.wanted()));
        let finding = Finding::new("wrong-type", "format", Kind::Reference, Severity::Error, message, label);
        finding.at(pointer).with_help(format!("write a value such as its default, `{}`", option.default))
    }

    fn no_name(&self, name: &str, span: Span, what: &str, near: Option<&str>, pointer: Pointer) -> Finding {
        let message = format!("no {what} is called `{}`", manifest::leaf::shortened(name));
        let label = Label::new(self.manifest.source(), span, "leads nowhere");
        let finding = Finding::new("undefined-reference", "format", Kind::Reference, Severity::Error, message, label);
        let help = match near {
            Some(near) => format!("write `{near}`"),
            None => "`mlsystem lints` lists the names".to_owned(),
        };
        finding.at(pointer).with_help(help)
    }
}

/// The named items of a map.
fn named(item: Option<&Item>) -> impl Iterator<Item = (&str, &Item)> {
    item.map(Item::named_items).unwrap_or_default().iter().map(|named| (&*named.name, &named.item))
}

/// The numbers of a version, which compare in their order.
fn numbers(version: &str) -> Vec<u64> {
    version.split(|letter: char| !letter.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect()
}

fn with_article(severity: &str) -> String {
    match severity {
        "advice" => severity.to_owned(),
        "error" => format!("an {severity}"),
        _ => format!("a {severity}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_their_numbers() {
        assert!(numbers("0.10.0") > numbers("0.9.3") && numbers("2026.11") > numbers("0.1.0"));
        assert!(numbers("0.1") < numbers("0.1.0"));
    }
}
