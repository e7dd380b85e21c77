//! A project that an editor edits: the files and open texts that it is made of, and what keeps it from being up to date.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::documents::{Document, DocumentKind, read_as_shown, workspace_file_as_shown};
use super::watchers::{literal, may_be_read, named_by};
use crate::editor::EditorContext;
use crate::facts::Pattern;
use crate::finding::Finding;
use crate::fix::Judged;
use crate::manifest::Manifest;
use crate::project::{self, CheckRequest, LoadError, Project, Ruleset, Text};
use crate::report::FileReport;
use crate::source::Source;
use crate::workspace::{self, Input, Stamp, WORKSPACE_FILE, in_parallel};

/// One workspace, or all that belongs to none.
pub struct EditedProject {
    root: Option<PathBuf>,
    /// The workspace file as it was read last.
    file: Option<Input>,
    /// The project, whose rules are those of the last time at which the workspace file could be used. Its ids are names.
    project: Option<Project>,
    /// What keeps the workspace file or the lints from being used as they are now.
    broken: Vec<Finding>,
    /// The same, where it has no place.
    trouble: Option<String>,
    /// The manifests on the disk that belong to the workspace; none where they have to be looked for.
    members: Option<Vec<PathBuf>>,
    /// Where the texts of the project come from, by their names.
    origins: BTreeMap<String, Origin>,
    /// What was found in files that are neither open nor members, as long as nothing changes.
    lone: BTreeMap<PathBuf, (Option<Stamp>, FileReport)>,
}

/// Where the text of a manifest comes from.
struct Origin {
    /// Whether it is open in the editor.
    open: bool,
    /// When the file was last written, and its size, where it lies on the disk and is not open.
    stamp: Option<Stamp>,
    /// What the manifest names in its repository.
    named: Vec<Pattern>,
}

impl EditedProject {
    /// A workspace of which nothing is known yet.
    pub fn new(root: Option<PathBuf>) -> Self {
        Self {
            root,
            file: None,
            project: None,
            broken: Vec::new(),
            trouble: None,
            members: None,
            origins: BTreeMap::new(),
            lone: BTreeMap::new(),
        }
    }

    /// Brings everything up to date; `open` are the open texts that lie in the workspace.
    pub fn refresh(&mut self, open: &BTreeMap<&str, &Document>, request: &CheckRequest) {
        if self.refresh_rules(open, request) {
            self.lone.clear();
        }
        let Some(rules) = self.project.as_ref().map(|project| Arc::clone(project.rules())) else {
            self.origins.clear();
            return;
        };
        let members = self.members.get_or_insert_with(|| rules.files());
        let paths = members.iter().map(|path| (workspace::shown(path), None));
        let belongs = |document: &Document| {
            let path = document.path.as_deref().map(|path| rules.below(path));
            document.is_judged() || document.sort == DocumentKind::Other && path.is_some_and(|path| rules.has(&path))
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
        let Some(project) = &mut self.project else { return };
        if project.request().today != request.today {
            project.set_request(request.clone());
            self.lone.clear();
        }
        self.origins.retain(|name, _| wanted.contains_key(name));
        project.retain(|name| wanted.contains_key(name));
        let fresh = |name: &str, document: Option<&Document>| match (self.origins.get(name), document) {
            (Some(origin), Some(document)) if origin.open => {
                let known = project.document(name).and_then(|known| known.source());
                known.is_some_and(|source| Arc::ptr_eq(source, &document.source))
            }
            (Some(origin), None) => !origin.open,
            _ => false,
        };
        let stale: Vec<_> = wanted.into_iter().filter(|(name, document)| !fresh(name, *document)).collect();
        let (texts, stamps): (Vec<Text>, Vec<Option<Stamp>>) =
            in_parallel(&stale, |(name, document)| text(name, *document, &rules)).into_iter().unzip();
        project.set_texts(texts);
        for ((name, document), stamp) in stale.into_iter().zip(stamps) {
            let named = project.document(&name).and_then(|known| Some(named_by(known.manifest()?, known.path())));
            let origin = Origin { open: document.is_some(), stamp, named: named.unwrap_or_default() };
            self.origins.insert(name, origin);
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

    /// Reads the workspace file again if it is another than before; says whether it is.
    fn refresh_rules(&mut self, open: &BTreeMap<&str, &Document>, request: &CheckRequest) -> bool {
        let Some(root) = self.root.clone() else {
            if self.project.is_none() && self.trouble.is_none() && self.broken.is_empty() {
                self.take(Ruleset::without_workspace(request), request);
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
        self.take(opened, request);
        self.file = Some(file);
        self.members = None;
        true
    }

    fn take(&mut self, opened: Result<Ruleset, LoadError>, request: &CheckRequest) {
        (self.broken, self.trouble) = (Vec::new(), None);
        match opened {
            Ok(rules) => match &mut self.project {
                Some(project) => project.set_rules(Arc::new(rules)),
                None => self.project = Some(Project::new(Arc::new(rules), request.clone())),
            },
            Err(LoadError::WorkspaceConfig(findings) | LoadError::Lints(findings)) => self.broken = findings,
            Err(LoadError::Arguments(why)) => self.trouble = Some(why),
        }
    }

    /// Takes notice of a file that was made, changed or taken away. Says whether it matters.
    pub fn changed_on_disk(&mut self, path: &Path, gone: bool, request: &CheckRequest) -> bool {
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
                self.project = None;
                self.origins.clear();
            }
            return true;
        }
        let below = self.root.as_deref().and_then(|root| path.strip_prefix(root).ok()).unwrap_or(path);
        let shown = workspace::shown(below);
        let named = || self.origins.values().flat_map(|origin| &origin.named).any(|named| named.holds(&shown));
        let concerns = || self.rules().is_some_and(|rules| rules.repositories.concerns(path));
        let evidence = !self.origins.is_empty() && (may_be_read(below, gone) || named() || concerns());
        let known = self.origins.get(&name).is_some_and(|origin| !origin.open);
        if known {
            self.forget(&name);
        }
        let belongs = |rules: &Ruleset| rules.has(&rules.below(path));
        let member = self.root.is_some() && self.rules().is_some_and(belongs);
        if member {
            self.members = None;
        }
        if evidence {
            self.forget_evidence();
        }
        known || member || evidence
    }

    /// Has the text of this name read again, where it is still wanted.
    fn forget(&mut self, name: &str) {
        self.origins.remove(name);
        if let Some(project) = &mut self.project {
            project.remove(name);
        }
    }

    /// Has the files beside the manifests looked for again.
    fn forget_evidence(&mut self) {
        if let Some(project) = &mut self.project {
            project.forget_evidence();
        }
        self.lone.clear();
    }

    /// Looks at all files again, for clients that do not tell of them.
    pub fn rescan(&mut self) {
        self.members = None;
        self.forget_evidence();
        let gone = |name: &str, origin: &Origin| !origin.open && workspace::stamp(Path::new(name)) != origin.stamp;
        let gone = self.origins.iter().filter(|(name, origin)| gone(name, origin));
        for name in gone.map(|(name, _)| name.clone()).collect::<Vec<_>>() {
            self.forget(&name);
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
        self.origins.contains_key(name)
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
        let failed = |name: &str| self.document(name).is_none_or(project::Document::failed);
        let told = self.origins.iter().filter(|(name, origin)| origin.open || failed(name));
        told.map(|(name, _)| name.clone()).collect()
    }

    /// All manifests.
    pub fn all(&self) -> Vec<String> {
        self.origins.keys().cloned().collect()
    }

    /// What was found in the workspace file and the lints, by file.
    pub fn own_reports(&self, request: &CheckRequest) -> Vec<FileReport> {
        let mut files: Vec<FileReport> = Vec::new();
        if self.broken.is_empty() {
            files.extend(self.rules().and_then(|rules| rules.own_report(request)));
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
    pub fn report(&mut self, name: &str) -> Option<&FileReport> {
        self.project.as_mut()?.diagnose(name)
    }

    /// Judges several manifests at once, where that was not done yet.
    pub fn judge(&mut self, names: &[String]) {
        if let Some(project) = &mut self.project {
            project.diagnose_all(names);
        }
    }

    /// What was found in files that are neither open nor members, where anything holds here.
    pub fn lone_reports(&mut self, paths: &[PathBuf]) -> Vec<&FileReport> {
        let Some(project) = &self.project else { return Vec::new() };
        let stamped = paths.iter().map(|path| (path, workspace::stamp(path)));
        let stale =
            |(path, stamp): &(&PathBuf, Option<Stamp>)| self.lone.get(*path).is_none_or(|(known, _)| known != stamp);
        let stale: Vec<(&PathBuf, Option<Stamp>)> = stamped.filter(stale).collect();
        let judged = in_parallel(&stale, |(path, _)| {
            project.diagnose_apart(&workspace::shown(path), &project.rules().below(path), &read_as_shown(path))
        });
        for ((path, stamp), report) in stale.into_iter().zip(judged) {
            self.lone.insert(path.clone(), (stamp, report));
        }
        paths.iter().filter_map(|path| self.lone.get(path)).map(|(_, report)| report).collect()
    }

    fn document(&self, name: &str) -> Option<&project::Document> {
        self.project.as_ref()?.document(name)
    }

    /// The text of a manifest as it was read.
    pub fn source(&self, name: &str) -> Option<&Arc<Source>> {
        self.document(name)?.source()
    }

    /// What holds here, where anything does.
    pub fn rules(&self) -> Option<&Ruleset> {
        self.project.as_ref().map(|project| &**project.rules())
    }

    /// The workspace file as it was last usable.
    pub fn workspace_config(&self) -> Option<&Manifest> {
        self.rules()?.workspace().map(|(_, workspace_config)| &*workspace_config.manifest)
    }

    /// What manifests name in their repository, as patterns of absolute paths.
    pub fn named(&self) -> impl Iterator<Item = String> + '_ {
        let root = |name: &str| self.root.clone().or_else(|| self.rules()?.repository(name));
        let of = move |(name, origin): (&String, &Origin)| {
            let root = root(name).map(|root| literal(&workspace::shown(&root)));
            let named =
                origin.named.iter().filter_map(move |named| Some(format!("{}/{}", root.as_ref()?, named.text())));
            named.collect::<Vec<_>>()
        };
        self.origins.iter().flat_map(of)
    }

    /// The folders of own lints.
    pub fn lint_folders(&self, request: &CheckRequest) -> Vec<PathBuf> {
        self.rules().map(|rules| rules.lint_folders(request)).unwrap_or_default()
    }

    /// The manifest of this name, where its text can be read.
    pub fn manifest(&self, name: &str) -> Option<&Manifest> {
        self.document(name)?.manifest().map(|manifest| &**manifest)
    }

    /// What an editor's question about the manifest `name` is asked against. A manifest that cannot be read now stands
    /// there as it was before.
    pub fn context(&self, name: &str) -> Option<EditorContext<'_>> {
        let project = self.project.as_ref()?;
        let rules = project.rules();
        let whole = project.document(name).is_none_or(|document| rules.has(document.path()));
        let wanted = project.documents().filter(|(other, document)| match whole {
            true => rules.has(document.path()),
            false => *other == name,
        });
        Some(EditorContext {
            manifests: wanted
                .filter_map(|(_, document)| document.last_manifest())
                .map(|one| one.as_written())
                .collect(),
            workspace_config: rules.workspace().map(|(_, workspace_config)| &*workspace_config.manifest),
            facts: project.facts().filter(|_| whole),
            lints: rules.lints.lints(),
            tables: rules.lints.tables(),
            today: project.request().today,
        })
    }

    /// What another text would come to in place of the manifest `name`.
    pub fn trial(&self, name: &str, source: &Arc<Source>) -> Option<Judged> {
        self.project.as_ref()?.trial(name, source)
    }
}

/// The text of a name, open or on the disk, and the stamp of the file where it is not open.
fn text(name: &str, document: Option<&Document>, rules: &Ruleset) -> (Text, Option<Stamp>) {
    let file = Path::new(name);
    let (input, stamp) = match document {
        Some(document) => (Input::Text(Arc::clone(&document.source)), None),
        None => (read_as_shown(file), workspace::stamp(file)),
    };
    let on_disk = document.is_none_or(|document| document.path.is_some());
    let path = if on_disk { rules.below(file) } else { name.to_owned() };
    (Text { id: name.to_owned(), name: name.to_owned(), path, input }, stamp)
}
