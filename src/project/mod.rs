//! The manifests of one workspace, as the command line, the editor and fixes share them: the configuration that holds for
//! them, their texts as they were read, the facts that they make together, and what was found in each.
//!
//! The command line fills a [`Project`] once, the editor server sets one text after the other, and a fix is tried on it.
//! Nobody else goes from texts to findings.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::check::{self, Checked};
use crate::claims::SystemClaims;
use crate::facts::{Facts, RepositoryView};
use crate::finding::{Applicability, Finding};
use crate::fix::{self, Judged};
use crate::manifest::Manifest;
use crate::report::{FileReport, Skipped};
use crate::secret::redacted;
use crate::source::Source;
use crate::workspace::{Input, in_parallel};

mod apply_fixes;
mod document;
mod examination;
mod gather;
mod group;
mod lint_set;
mod load_error;
mod repositories;
mod request;
mod ruleset;

pub use apply_fixes::{FixedFile, late};
pub use document::{Document, Read, Text};
use examination::Examination;
pub use gather::{Gathered, gather, given};
pub use group::{Group, GroupReport};
pub use lint_set::{LintSet, files_of};
pub use load_error::LoadError;
pub use repositories::{Repositories, SeenRepository};
pub use request::{CheckRequest, read_day};
pub use ruleset::{EffectiveOptions, Ruleset, read_workspace_file};

/// What is said of a manifest that could not be read.
pub const UNREADABLE: &str = "it could not be read; `mlsystem check` says why";

/// The manifests of one workspace, or manifests that belong to none.
pub struct Project {
    rules: Arc<Ruleset>,
    request: CheckRequest,
    documents: BTreeMap<String, Document>,
    /// What the documents say together, taken once for each state of them; none where there is no workspace.
    facts: OnceLock<Option<Facts>>,
    reports: BTreeMap<String, FileReport>,
}

impl Project {
    /// A project without a manifest, in which `rules` hold and which is checked as `request` says.
    pub fn new(rules: Arc<Ruleset>, request: CheckRequest) -> Self {
        let (documents, facts, reports) = (BTreeMap::new(), OnceLock::new(), BTreeMap::new());
        Self { rules, request, documents, facts, reports }
    }

    /// What holds here.
    pub fn rules(&self) -> &Arc<Ruleset> {
        &self.rules
    }

    /// How it is checked.
    pub fn request(&self) -> &CheckRequest {
        &self.request
    }

    /// Has other rules hold, and has everything judged anew by them.
    pub fn set_rules(&mut self, rules: Arc<Ruleset>) {
        self.rules = rules;
        self.forget();
    }

    /// Has everything judged anew as `request` says.
    pub fn set_request(&mut self, request: CheckRequest) {
        self.request = request;
        self.reports.clear();
    }

    /// Takes in a text, in place of the one of its id where there is one.
    pub fn set_text(&mut self, text: Text) {
        self.set_texts(vec![text]);
    }

    /// Takes in several texts, which are read side by side.
    pub fn set_texts(&mut self, texts: Vec<Text>) {
        if texts.is_empty() {
            return;
        }
        let read = in_parallel(&texts, |text| self.rules.read(&text.input, &self.request));
        for (Text { id, name, path, input }, read) in texts.into_iter().zip(read) {
            let before = self.documents.remove(&id);
            let mut document = Document { name, path, input, read, before: None };
            if document.manifest().is_none() {
                document.before = before.and_then(|before| before.last_manifest().cloned());
            }
            self.documents.insert(id, document);
        }
        self.forget();
    }

    /// Takes a text out. Says whether it was there.
    pub fn remove(&mut self, id: &str) -> bool {
        let there = self.documents.remove(id).is_some();
        if there {
            self.forget();
        }
        there
    }

    /// Takes all texts out that are not `wanted`. Says whether there were any.
    pub fn retain(&mut self, mut wanted: impl FnMut(&str) -> bool) -> bool {
        let count = self.documents.len();
        self.documents.retain(|id, _| wanted(id));
        let fewer = self.documents.len() < count;
        if fewer {
            self.forget();
        }
        fewer
    }

    /// Has the files beside the manifests looked for again, because some of them may have changed.
    pub fn forget_evidence(&mut self) {
        self.rules.repositories.forget();
        self.reports.clear();
    }

    /// Has everything worked out anew that rests on the texts.
    fn forget(&mut self) {
        self.facts.take();
        self.reports.clear();
    }

    /// The manifest of this id.
    pub fn document(&self, id: &str) -> Option<&Document> {
        self.documents.get(id)
    }

    /// All manifests with their ids, in the order of these.
    pub fn documents(&self) -> impl Iterator<Item = (&str, &Document)> {
        self.documents.iter().map(|(id, document)| (&**id, document))
    }

    /// What the manifests say together, where they are those of a workspace.
    pub fn facts(&self) -> Option<&Facts> {
        let all = || self.documents.values().map(|document| (&*document.path, &document.read));
        self.facts.get_or_init(|| self.rules.facts(all())).as_ref()
    }

    /// What is found in the manifest of this id.
    pub fn diagnose(&mut self, id: &str) -> Option<&FileReport> {
        self.diagnose_all(std::slice::from_ref(&id.to_owned()));
        self.reports.get(id)
    }

    /// Judges several manifests side by side, where that was not done yet.
    pub fn diagnose_all(&mut self, ids: &[String]) {
        let missing = |id: &&String| !self.reports.contains_key(*id);
        let wanted: Vec<(&String, &Document)> =
            ids.iter().filter(missing).filter_map(|id| Some((id, self.documents.get(id)?))).collect();
        if wanted.is_empty() {
            return;
        }
        let facts = self.facts();
        let judged = in_parallel(&wanted, |(_, one)| self.judge(&one.name, &one.path, &one.read, facts));
        let ids: Vec<String> = wanted.into_iter().map(|(id, _)| id.clone()).collect();
        self.reports.extend(ids.into_iter().zip(judged));
    }

    /// What was found so far, in the order of the ids.
    pub fn into_reports(self) -> Vec<FileReport> {
        self.reports.into_values().collect()
    }

    /// What is found in a text that is not kept and sees no other.
    pub fn diagnose_apart(&self, name: &str, path: &str, input: &Input) -> FileReport {
        self.judge(name, path, &self.rules.read(input, &self.request), None)
    }

    /// What another text would come to in place of the manifest of this id: by every lint, wanted or not, since what a
    /// repair brings is looked for everywhere.
    pub fn trial(&self, id: &str, source: &Arc<Source>) -> Option<Judged> {
        let document = self.documents.get(id)?;
        let path = &*document.path;
        let options = self.rules.options_for(path, &self.request).with_every_lint();
        let read: Read = Ok(check::read(source, &options.options()));
        let others = self.documents().filter(|(other, _)| *other != id).map(|(_, other)| (&*other.path, &other.read));
        let facts = self.rules.facts(others.chain([(path, &read)])).filter(|_| self.rules.has(path));
        let reading = read.ok()?;
        let root = self.rules.repository(source.name());
        let examined = Examination::new(&self.rules, options, root.as_deref(), path, reading.manifest.as_deref());
        let view = examined.view();
        let findings = check::judge(&reading, facts.as_ref(), &examined.options(view.as_ref())).findings;
        Some(Judged { reading, findings })
    }

    /// Repairs the text of this id in memory. What was repaired takes its place. None where there is no text.
    pub fn apply_fixes(&mut self, id: &str, most: Applicability) -> Option<fix::Fixed> {
        let document = self.documents.get(id)?;
        let source = document.source()?;
        let options = self.rules.options_for(&document.path, &self.request);
        let options = options.options();
        let alone = |text: &Arc<Source>| Judged::alone(text, &options);
        let judge = |text: &Arc<Source>| self.trial(id, text).unwrap_or_else(|| alone(text));
        let wanted = |finding: &Finding| {
            let mut reported = vec![finding.clone()];
            check::settle(&mut reported, &options);
            !reported.is_empty()
        };
        let fixed = fix::all(source, most, options.lints, &wanted, &judge, &late());
        if !fixed.made.is_empty() {
            let (name, path) = (document.name.clone(), document.path.clone());
            self.set_text(Text { id: id.to_owned(), name, path, input: Input::Text(Arc::clone(&fixed.source)) });
        }
        Some(fixed)
    }

    /// What the repository says to each claim of the manifest of this id.
    pub fn claims(&self, id: &str) -> Option<SystemClaims> {
        let Document { name, path, read, .. } = self.documents.get(id)?;
        let Some(reading) = read.as_ref().ok().filter(|reading| reading.manifest.is_some()) else {
            return Some(SystemClaims::silent(name.clone(), UNREADABLE));
        };
        let Some(root) = self.rules.repository(name) else {
            return Some(SystemClaims::silent(name.clone(), "it lies in no repository"));
        };
        let facts = self.facts().filter(|_| self.rules.has(path));
        let options = self.rules.options_for(path, &self.request);
        let examined = Examination::new(&self.rules, options, Some(&root), path, reading.manifest.as_deref());
        let view = examined.view();
        let not_compared = view.as_ref().map(RepositoryView::not_compared).unwrap_or_default();
        let claims = check::claims(reading, facts, &examined.options(view.as_ref()));
        Some(SystemClaims::new(name.clone(), claims, not_compared))
    }

    /// Judges the manifest that people know as `name`, whose path counts from the root of the workspace.
    fn judge(&self, name: &str, path: &str, read: &Read, facts: Option<&Facts>) -> FileReport {
        let file = FileReport { name: name.to_owned(), path: redacted(path).into_owned(), ..FileReport::default() };
        let reading = match read {
            Ok(reading) => reading,
            Err(finding) => return FileReport { findings: vec![*finding.clone()], failed: true, ..file },
        };
        let facts = facts.filter(|_| self.rules.has(path));
        let root = self.rules.repository(name);
        let options = self.rules.options_for(path, &self.request);
        let manifest: Option<&Manifest> = reading.manifest.as_deref();
        let examined = Examination::new(&self.rules, options, root.as_deref(), path, manifest);
        let view = examined.view();
        let options = examined.options(view.as_ref());
        let checked: Checked = check::judge(reading, facts, &options);
        let outcomes = if self.request.outcomes { checked.outcomes(&options) } else { Vec::new() };
        let skipped = checked.skipped.into_iter().map(|(lint, wants)| Skipped { lint, wants }).collect();
        let reader = self.rules.reader(&self.request);
        FileReport { findings: checked.findings, failed: checked.failed, skipped, outcomes, reader, ..file }
    }
}
