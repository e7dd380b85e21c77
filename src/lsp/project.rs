//! One workspace as it is now: what holds in it, its manifests as they were read, and what was found in them.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::documents::{Document, DocumentKind};
use super::facts_cache::{Known, Readings};
use super::member::Entry;
use super::projects::{is_judged, read_as_shown, workspace_file_as_shown};
use super::watchers::{literal, may_be_read};
use crate::check::Workspace;
use crate::editor::EditorContext;
use crate::finding::Finding;
use crate::fix;
use crate::manifest::Manifest;
use crate::report::FileReport;
use crate::source::Source;
use crate::units::Date;
use crate::workspace::{self, CheckRequest, Input, LoadError, Read, Ruleset, Stamp, WORKSPACE_FILE};

/// One workspace, or all that belongs to none.
pub struct Project {
    root: Option<PathBuf>,
    /// The workspace file as it was read last.
    file: Option<Input>,
    /// What holds: that of the last time at which it could be used.
    rules: Option<Arc<Ruleset>>,
    /// What keeps the workspace file or the lints from being used as they are now.
    broken: Vec<Finding>,
    /// The same, where it has no place.
    trouble: Option<String>,
    /// The manifests on the disk that belong to the workspace; none where they have to be looked for.
    members: Option<Vec<PathBuf>>,
    manifests: BTreeMap<String, Entry>,
    /// Their facts, as long as none of them is another.
    known: OnceCell<Known>,
    reports: BTreeMap<String, FileReport>,
    /// What was found in files that are neither open nor members, as long as nothing changes.
    lone: BTreeMap<PathBuf, (Option<Stamp>, FileReport)>,
    today: Option<Date>,
}

impl Project {
    /// A workspace of which nothing is known yet.
    pub fn new(root: Option<PathBuf>) -> Self {
        Self {
            root,
            file: None,
            rules: None,
            broken: Vec::new(),
            trouble: None,
            members: None,
            manifests: BTreeMap::new(),
            known: OnceCell::new(),
            reports: BTreeMap::new(),
            lone: BTreeMap::new(),
            today: None,
        }
    }

    /// Brings everything up to date; `open` are the open texts that lie in the workspace.
    pub fn refresh(&mut self, open: &BTreeMap<&str, &Document>, request: &CheckRequest<'_>) {
        let mut changed = self.today.replace(request.today) != Some(request.today);
        changed |= self.refresh_rules(open, request);
        if changed {
            self.lone.clear();
        }
        let Some(rules) = self.rules.clone() else {
            self.manifests.clear();
            self.forget_facts();
            return;
        };
        let members = self.members.get_or_insert_with(|| rules.files());
        let paths = members.iter().map(|path| (workspace::shown(path), None));
        let belongs = |document: &Document| {
            let path = document.path.as_deref().map(|path| rules.below(path));
            is_judged(document) || document.sort == DocumentKind::Other && path.is_some_and(|path| rules.has(&path))
        };
        let opened = open.iter().filter(|(_, document)| belongs(document));
        let mut wanted: BTreeMap<String, Option<&Document>> = paths.collect();
        wanted.extend(opened.map(|(name, document)| ((*name).to_owned(), Some(*document))));
        for (name, file) in self.other_names(open, &rules) {
            // A file that is open under two names is judged once, under its own.
            if wanted.contains_key(&name) {
                let twice = open.contains_key(&*file);
                wanted.remove(if twice { &name } else { &file });
            }
        }
        let count = self.manifests.len();
        self.manifests.retain(|name, _| wanted.contains_key(name));
        changed |= self.manifests.len() != count;
        let fresh = |name: &str, document: Option<&Document>| match (self.manifests.get(name), document) {
            (Some(Entry { input: Input::Text(source), open: true, .. }), Some(document)) => {
                Arc::ptr_eq(source, &document.source)
            }
            (Some(entry), None) => !entry.open,
            _ => false,
        };
        let stale: Vec<_> = wanted.into_iter().filter(|(name, document)| !fresh(name, *document)).collect();
        let read = workspace::in_parallel(&stale, |(name, document)| Entry::read(name, *document, &rules, request));
        for ((name, _), mut entry) in stale.into_iter().zip(read) {
            changed = true;
            if let Some(old) = self.manifests.remove(&name).filter(|_| entry.manifest().is_none()) {
                self.known.take();
                let read = Arc::into_inner(old.read).and_then(Result::ok);
                entry.before = read.and_then(|reading| reading.manifest).or(old.before);
            }
            self.manifests.insert(name, entry);
        }
        if changed {
            self.forget_facts();
        }
    }

    /// Open texts whose names are not those of their files, because of a link or the spelling of a folder: both names.
    fn other_names(&self, open: &BTreeMap<&str, &Document>, rules: &Ruleset) -> Vec<(String, String)> {
        let Some(root) = &self.root else { return Vec::new() };
        let names = open.iter().filter_map(|(name, document)| {
            let file = workspace::shown(&root.join(rules.below(document.path.as_deref()?)));
            (file != **name).then(|| ((*name).to_owned(), file))
        });
        names.collect()
    }

    /// Has everything that rests on the manifests worked out anew.
    fn forget_facts(&mut self) {
        self.known.take();
        self.reports.clear();
    }

    /// Reads the workspace file again if it is another than before; says whether it is.
    fn refresh_rules(&mut self, open: &BTreeMap<&str, &Document>, request: &CheckRequest<'_>) -> bool {
        let Some(root) = self.root.clone() else {
            if self.rules.is_none() && self.trouble.is_none() && self.broken.is_empty() {
                self.take(Ruleset::without_workspace(request));
                return true;
            }
            return false;
        };
        let path = root.join(WORKSPACE_FILE);
        let same = |source: &Arc<Source>| matches!(&self.file, Some(Input::Text(old)) if Arc::ptr_eq(old, source));
        let file = match open.get(&*workspace::shown(&path)) {
            Some(document) if same(&document.source) => return false,
            Some(document) => Input::Text(Arc::clone(&document.source)),
            None if self.file.is_some() => return false,
            None => workspace_file_as_shown(&root),
        };
        let opened = Ruleset::reopen(&root, &file, self.rules(), request);
        self.take(opened);
        self.file = Some(file);
        self.members = None;
        true
    }

    fn take(&mut self, opened: Result<Ruleset, LoadError>) {
        (self.broken, self.trouble) = (Vec::new(), None);
        match opened {
            Ok(rules) => self.rules = Some(Arc::new(rules)),
            Err(LoadError::WorkspaceConfig(findings) | LoadError::Lints(findings)) => self.broken = findings,
            Err(LoadError::Arguments(why)) => self.trouble = Some(why),
        }
    }

    /// Takes notice of a file that was made, changed or taken away. Says whether it matters.
    pub fn changed_on_disk(&mut self, path: &Path, gone: bool, request: &CheckRequest<'_>) -> bool {
        let name = workspace::shown(path);
        let folders = self.lint_folders(request);
        let in_lints = |folder: &PathBuf| path.starts_with(workspace::absolute(folder));
        let broken_here =
            self.broken.iter().any(|finding| workspace::absolute(Path::new(finding.primary.source.name())) == path);
        if folders.iter().any(in_lints) || broken_here || (self.trouble.is_some() && name.ends_with(".md")) {
            self.file = None;
            self.trouble = None;
            self.broken.clear();
            if self.root.is_none() {
                self.rules = None;
            }
            return true;
        }
        let below = self.root.as_deref().and_then(|root| path.strip_prefix(root).ok()).unwrap_or(path);
        let shown = workspace::shown(below);
        let named = || self.manifests.values().flat_map(|entry| &entry.named).any(|named| named.holds(&shown));
        let concerns = || self.rules.as_ref().is_some_and(|rules| rules.repositories.concerns(path));
        let evidence = !self.manifests.is_empty() && (may_be_read(below, gone) || named() || concerns());
        let known = self.manifests.get(&name).is_some_and(|entry| !entry.open);
        if known {
            self.manifests.remove(&name);
        }
        let belongs = |rules: &Ruleset| rules.has(&rules.below(path));
        let member = self.root.is_some() && self.rules().is_some_and(belongs);
        if member {
            self.members = None;
        }
        if evidence {
            self.forget_evidence();
        }
        if known || member {
            self.forget_facts();
        }
        known || member || evidence
    }

    /// Has the files beside the manifests looked for again.
    fn forget_evidence(&mut self) {
        if let Some(rules) = &self.rules {
            rules.repositories.forget();
        }
        self.reports.clear();
        self.lone.clear();
    }

    /// Looks at all files again, for clients that do not tell of them.
    pub fn rescan(&mut self) {
        self.members = None;
        self.forget_evidence();
        let gone = |name: &str, entry: &Entry| !entry.open && workspace::stamp(Path::new(name)) != entry.stamp;
        let count = self.manifests.len();
        self.manifests.retain(|name, entry| !gone(name, entry));
        if self.manifests.len() != count {
            self.forget_facts();
        }
        if let (Some(root), Some(Input::Text(old))) = (&self.root, &self.file) {
            let now = workspace_file_as_shown(root);
            if !matches!(&now, Input::Text(now) if now.original() == old.original()) {
                self.file = None;
            }
        } else {
            self.file = None;
        }
    }

    /// Whether the text of this name is judged here.
    pub fn holds(&self, name: &str) -> bool {
        self.manifests.contains_key(name)
    }

    /// Whether something could not be judged with what the workspace says now.
    pub fn trouble(&self) -> Option<String> {
        let first = self.broken.first();
        let told = |finding: &Finding| format!("{} cannot be used: {}", finding.primary.source.name(), finding.message);
        self.trouble.clone().or_else(|| first.map(told))
    }

    /// The manifests that are told of: those that are open, and those that cannot be read, since the facts would be wrong
    /// without them.
    pub fn told(&self) -> Vec<String> {
        let failed = |entry: &Entry| entry.read.as_ref().as_ref().map_or(true, |reading| reading.failed);
        let told = self.manifests.iter().filter(|(_, entry)| entry.open || failed(entry));
        told.map(|(name, _)| name.clone()).collect()
    }

    /// All manifests.
    pub fn all(&self) -> Vec<String> {
        self.manifests.keys().cloned().collect()
    }

    /// What was found in the workspace file and the lints, by file.
    pub fn own_reports(&self, request: &CheckRequest<'_>) -> Vec<FileReport> {
        let mut files: Vec<FileReport> = Vec::new();
        if self.broken.is_empty() {
            files.extend(self.rules.as_ref().and_then(|rules| rules.own_report(request)));
        }
        for finding in &self.broken {
            let name = finding.primary.source.name();
            match files.iter_mut().find(|file| file.name == name) {
                Some(file) => file.findings.push(finding.clone()),
                None => files.push(FileReport {
                    name: name.to_owned(),
                    path: name.to_owned(),
                    findings: vec![finding.clone()],
                    ..FileReport::default()
                }),
            }
        }
        files
    }

    /// What was found in the manifest of this name.
    pub fn report(&mut self, name: &str, request: &CheckRequest<'_>) -> Option<&FileReport> {
        self.judge(&[name.to_owned()], request);
        self.reports.get(name)
    }

    /// Judges several manifests at once, where that was not done yet.
    pub fn judge(&mut self, names: &[String], request: &CheckRequest<'_>) {
        let missing = |name: &&String| !self.reports.contains_key(*name);
        let wanted: Vec<(&String, &Entry)> =
            names.iter().filter(missing).filter_map(|name| Some((name, self.manifests.get(name)?))).collect();
        let Some(known) = self.known().filter(|_| !wanted.is_empty()) else { return };
        let (rules, facts) = (&known.borrow_owner().rules, known.facts());
        let judged = workspace::in_parallel(&wanted, |(name, entry)| {
            rules.judge((*name).clone(), entry.path.clone(), &entry.read, facts, request)
        });
        let names: Vec<String> = wanted.into_iter().map(|(name, _)| name.clone()).collect();
        self.reports.extend(names.into_iter().zip(judged));
    }

    /// What was found in files that are neither open nor members, where anything holds here.
    pub fn lone_reports(&mut self, paths: &[PathBuf], request: &CheckRequest<'_>) -> Vec<&FileReport> {
        let Some(rules) = &self.rules else { return Vec::new() };
        let stamped = paths.iter().map(|path| (path, workspace::stamp(path)));
        let stale =
            |(path, stamp): &(&PathBuf, Option<Stamp>)| self.lone.get(*path).is_none_or(|(known, _)| known != stamp);
        let stale: Vec<(&PathBuf, Option<Stamp>)> = stamped.filter(stale).collect();
        let judged = workspace::in_parallel(&stale, |(path, _)| {
            let read = rules.read(&read_as_shown(path), request);
            rules.judge(workspace::shown(path), rules.below(path), &read, None, request)
        });
        for ((path, stamp), report) in stale.into_iter().zip(judged) {
            self.lone.insert(path.clone(), (stamp, report));
        }
        paths.iter().filter_map(|path| self.lone.get(path)).map(|(_, report)| report).collect()
    }

    /// The text of a manifest as it was read.
    pub fn source(&self, name: &str) -> Option<&Arc<Source>> {
        match &self.manifests.get(name)?.input {
            Input::Text(source) => Some(source),
            Input::Unreadable(_) => None,
        }
    }

    /// What holds here, where anything does.
    pub fn rules(&self) -> Option<&Ruleset> {
        self.rules.as_deref()
    }

    /// The workspace file as it was last usable.
    pub fn workspace_config(&self) -> Option<&Manifest> {
        self.rules.as_ref()?.workspace().map(|(_, workspace_config)| &workspace_config.manifest)
    }

    /// What manifests name in their repository, as patterns of absolute paths.
    pub fn named(&self) -> impl Iterator<Item = String> + '_ {
        let root = |name: &str| self.root.clone().or_else(|| self.rules.as_ref()?.repository(name));
        let of = move |(name, entry): (&String, &Entry)| {
            let root = root(name).map(|root| literal(&workspace::shown(&root)));
            let named =
                entry.named.iter().filter_map(move |named| Some(format!("{}/{}", root.as_ref()?, named.text())));
            named.collect::<Vec<_>>()
        };
        self.manifests.iter().flat_map(of)
    }

    /// The folders of own lints.
    pub fn lint_folders(&self, request: &CheckRequest<'_>) -> Vec<PathBuf> {
        self.rules.as_ref().map(|rules| rules.lint_folders(request)).unwrap_or_default()
    }

    /// The manifest of this name, where its text can be read.
    pub fn manifest(&self, name: &str) -> Option<&Manifest> {
        self.manifests.get(name)?.manifest()
    }

    /// The manifests with their facts, where anything holds here.
    fn known(&self) -> Option<&Known> {
        let rules = self.rules.as_ref()?;
        Some(self.known.get_or_init(|| {
            let manifests = self.manifests.values().map(|entry| (entry.path.clone(), Arc::clone(&entry.read)));
            Known::of(Readings { rules: Arc::clone(rules), manifests: manifests.collect() })
        }))
    }

    /// What an editor's question about the manifest `name` is asked against. A manifest that cannot be read now stands
    /// there as it was before.
    pub fn around<T>(&self, name: &str, today: Date, work: impl FnOnce(&EditorContext<'_>) -> T) -> Option<T> {
        let known = self.known()?;
        let (rules, entries) = (&known.borrow_owner().rules, &self.manifests);
        let whole = rules.has(entries.get(name).map_or("", |entry| &entry.path)) || !entries.contains_key(name);
        let wanted =
            entries.iter().filter(|(other, entry)| if whole { rules.has(&entry.path) } else { *other == name });
        let manifests: Vec<&Manifest> =
            wanted.filter_map(|(_, entry)| Some(entry.manifest().or(entry.before.as_ref())?.as_written())).collect();
        Some(work(&EditorContext {
            manifests: &manifests,
            workspace_config: rules.workspace().map(|(_, workspace_config)| &workspace_config.manifest),
            facts: known.facts().map(Workspace::facts).filter(|_| whole),
            lints: rules.lints.lints(),
            tables: rules.lints.tables(),
            today,
        }))
    }

    /// What another text would come to in place of the manifest `name`.
    pub fn try_text(&self, name: &str, source: &Arc<Source>, request: &CheckRequest<'_>) -> Option<fix::Judged> {
        let rules = self.rules.as_ref()?;
        let others = self.manifests.iter().filter(|(other, _)| *other != name);
        let others: Vec<(&str, &Read)> = others.map(|(_, entry)| (&*entry.path, &*entry.read)).collect();
        Some(rules.trial(&self.manifests.get(name)?.path, source, &others, request))
    }
}
