//! What holds for the manifests of one workspace, or for those of none: lints, levels, options.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::discover::{Located, is_repository};
use super::{
    Input, LintSet, LoadError, Repositories, WORKSPACE_FILE, absolute, below, discover, from_here, identity, is_within,
    read_within, real, shown,
};
use crate::built_in;
use crate::check::{self, Level, Levels, Options, Paths, Reading, Selection, Workspace, WorkspaceConfig};
use crate::claims::SystemClaims;
use crate::facts::RepositoryView;
use crate::finding::{Finding, Reader};
use crate::lint::{Registry, SetOptions};
use crate::report::{FileReport, Skipped};
use crate::secret::redacted;
use crate::tree::Limits;
use crate::units::Date;

/// What whoever asks for a check says about it.
#[derive(Debug, Clone, Copy)]
pub struct CheckRequest<'w> {
    /// Folders of own lints.
    pub lints: &'w [PathBuf],
    /// Levels, which win over those of workspace files; none where every lint is run, whatever its level.
    pub levels: Option<&'w [(String, Level)]>,
    /// Which lints are wanted.
    pub selection: &'w Selection,
    /// The day that dates are compared with.
    pub today: Date,
    /// Whether what each lint came to is wanted.
    pub outcomes: bool,
    /// For whom findings are reported, which wins over what workspace files say.
    pub reader: Option<Reader>,
}

/// What is said of a manifest that could not be read.
pub const UNREADABLE: &str = "it could not be read; `mlsystem check` says why";

/// A manifest that was read, or why it could not be.
pub type Read = Result<Reading, Box<Finding>>;

/// The members of a workspace, by their paths from its root, and what in its file has no effect on them, once asked.
struct Membership {
    members: Vec<String>,
    idle: Option<Vec<Finding>>,
}

/// What holds for the manifests of one workspace, or for those of none.
pub struct Ruleset {
    root: Option<PathBuf>,
    /// The root behind every link.
    real_root: PathBuf,
    /// The members as they were found last.
    known: Mutex<Option<Membership>>,
    workspace_config: Option<WorkspaceConfig>,
    /// The lints that run.
    pub lints: Arc<LintSet>,
    set: SetOptions,
    /// What the files beside the manifests say.
    pub repositories: Repositories,
}

impl Ruleset {
    /// What holds in the workspace at `root`, whose file is `file`.
    pub fn open(root: &Path, file: &Input, request: &CheckRequest<'_>) -> Result<Self, LoadError> {
        Self::reopen(root, file, None, request)
    }

    /// The same, where something held `before`: lints that have not changed are not compiled again.
    pub fn reopen(
        root: &Path,
        file: &Input,
        before: Option<&Self>,
        request: &CheckRequest<'_>,
    ) -> Result<Self, LoadError> {
        let workspace_config = match file {
            Input::Text(source) => {
                WorkspaceConfig::read(source, &built_in::WORKSPACE).map_err(LoadError::WorkspaceConfig)?
            }
            Input::Unreadable(finding) => return Err(LoadError::WorkspaceConfig(vec![*finding.clone()])),
        };
        let workspace_config =
            workspace_config.held_to(&|path| is_within(&root.join(path), root)).map_err(LoadError::WorkspaceConfig)?;
        let lints =
            LintSet::reload(&lint_folders(root, &workspace_config, request.lints), before.map(|before| &before.lints))?;
        let workspace_config = workspace_config.settle(lints.lints()).map_err(LoadError::WorkspaceConfig)?;
        let set = workspace_config.options();
        let (root, real_root, workspace_config) = (Some(root.to_owned()), real(root), Some(workspace_config));
        Ok(Self {
            root,
            real_root,
            known: Mutex::default(),
            set,
            workspace_config,
            lints,
            repositories: Repositories::default(),
        })
    }

    /// What holds where there is no workspace file.
    pub fn without_workspace(request: &CheckRequest<'_>) -> Result<Self, LoadError> {
        let lints = Arc::new(LintSet::load(request.lints)?);
        let (real_root, set) = (PathBuf::new(), SetOptions::default());
        let (known, repositories) = (Mutex::default(), Repositories::default());
        Ok(Self { root: None, real_root, known, workspace_config: None, lints, set, repositories })
    }

    /// The folder of the workspace file, and the file as it was read.
    pub fn workspace(&self) -> Option<(&Path, &WorkspaceConfig)> {
        self.root.as_deref().zip(self.workspace_config.as_ref())
    }

    /// The absolute paths of the manifests that belong to the workspace, sorted.
    pub fn members(&self) -> Vec<PathBuf> {
        let Some((root, workspace_config)) = self.workspace() else { return Vec::new() };
        let members = super::members(root, workspace_config.systems(), &|path| workspace_config.has(path));
        let known = Membership { members: members.iter().map(|member| below(root, member)).collect(), idle: None };
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(known);
        members
    }

    /// The same manifests, with the paths by which people reach them from here.
    pub(super) fn located_members(&self) -> Vec<Located> {
        let Some(root) = &self.root else { return Vec::new() };
        let located = |member: PathBuf| match member.strip_prefix(root) {
            Ok(below) if !member.is_symlink() => {
                Located { place: self.real_root.join(below), path: from_here(&member) }
            }
            _ => Located::at(from_here(&member)),
        };
        self.members().into_iter().map(located).collect()
    }

    /// The absolute paths of the manifests that belong to the workspace, each file once, whatever links lead to it.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut members = self.located_members();
        members.sort_by_key(|member| member.path.is_symlink());
        let mut known = BTreeSet::new();
        members.retain(|member| known.insert(member.place.clone()));
        members.into_iter().map(|member| absolute(&member.path)).collect()
    }

    /// Whether the manifest at a path, which counts from the root of the workspace, belongs to it.
    pub fn has(&self, path: &str) -> bool {
        self.workspace_config.as_ref().is_some_and(|workspace_config| workspace_config.has(path))
    }

    /// The path of a manifest from the root of its workspace: the same for every name of it.
    pub fn below(&self, path: &Path) -> String {
        self.path_of(&Located::at(path.to_owned()))
    }

    pub(super) fn path_of(&self, file: &Located) -> String {
        match (&self.root, file.place.strip_prefix(&self.real_root)) {
            (None, _) => identity::home(file).1,
            (Some(root), Ok(place)) => {
                // A link may belong to a workspace where the file that it leads to does not.
                let (place, spelled) = (shown(place), below(root, &file.path));
                if place == spelled || self.has(&place) || !self.has(&spelled) { place } else { spelled }
            }
            (Some(root), Err(_)) => below(root, &file.path),
        }
    }

    /// The root of the repository of the manifest that people know as `name`, where it lies in one.
    pub fn repository(&self, name: &str) -> Option<PathBuf> {
        let own = || {
            let root = identity::home(&Located::at(PathBuf::from(name))).0;
            is_repository(&root).then_some(root)
        };
        self.root.clone().or_else(own)
    }

    /// The folders that lints come from besides the built-in ones.
    pub fn lint_folders(&self, request: &CheckRequest<'_>) -> Vec<PathBuf> {
        match self.workspace() {
            Some((root, workspace_config)) => lint_folders(root, workspace_config, request.lints),
            None => request.lints.to_vec(),
        }
    }

    /// The frameworks whose coverage the house reports.
    pub fn frameworks(&self) -> Vec<String> {
        self.workspace_config.as_ref().map(WorkspaceConfig::frameworks).unwrap_or_default()
    }

    /// For whom findings are reported.
    fn reader(&self, request: &CheckRequest<'_>) -> Reader {
        let configured = || self.workspace_config.as_ref().and_then(WorkspaceConfig::reader);
        request.reader.or_else(configured).unwrap_or_default()
    }

    /// How manifests are checked, as far as it is the same for all.
    pub fn options<T>(&self, request: &CheckRequest<'_>, work: impl FnOnce(&Options<'_>) -> T) -> T {
        self.options_for("", request, work)
    }

    /// How the manifest at a path is checked, which counts from the root of the workspace.
    pub(super) fn options_for<T>(
        &self,
        path: &str,
        request: &CheckRequest<'_>,
        work: impl FnOnce(&Options<'_>) -> T,
    ) -> T {
        let registry = Registry::of(self.lints.lints());
        let mut levels = Levels::default();
        let selection = request.selection.resolved(registry);
        if let (Some(given), workspace_config) = (request.levels, &self.workspace_config) {
            levels = workspace_config
                .as_ref()
                .map(|workspace_config| workspace_config.levels(path, self.lints.lints()))
                .unwrap_or_default();
            levels.set.extend(Levels { set: given.to_vec() }.resolved(registry).set);
        }
        let options = Options {
            schema: &built_in::MANIFEST,
            lints: self.lints.lints(),
            tables: self.lints.tables(),
            today: request.today,
            set: &self.set,
            levels: &levels,
            selection: &selection,
            limits: Limits::default(),
            view: None,
        };
        work(&options)
    }

    /// The first step: reads one manifest.
    pub fn read(&self, input: &Input, request: &CheckRequest<'_>) -> Read {
        match input {
            Input::Text(source) => self.options(request, |options| Ok(check::read(source, options))),
            Input::Unreadable(finding) => Err(finding.clone()),
        }
    }

    /// The facts of the workspace, from manifests with their paths from its root; none where there is no workspace. Those
    /// that do not belong to it are passed over.
    pub fn facts<'r>(&'r self, manifests: &[(&str, &'r Read)]) -> Option<Workspace<'r>> {
        let workspace_config = self.workspace_config.as_ref()?;
        // Facts are taken in the order of the paths, so that they do not depend on what was asked for.
        let mut members: Vec<_> = manifests.iter().filter(|(path, _)| workspace_config.has(path)).collect();
        members.sort_by_key(|(path, _)| *path);
        let complete = members.iter().all(|(_, read)| read.is_ok());
        let readings = members.iter().filter_map(|(_, read)| read.as_ref().ok());
        Some(check::workspace(readings, Some(workspace_config), &built_in::MANIFEST, complete))
    }

    /// The second step: judges the manifest that people know as `name`, whose path counts from the root of the workspace.
    pub fn judge(
        &self,
        name: String,
        path: String,
        read: &Read,
        facts: Option<&Workspace<'_>>,
        request: &CheckRequest<'_>,
    ) -> FileReport {
        let reading = match read {
            Ok(reading) => reading,
            Err(finding) => {
                let findings = vec![*finding.clone()];
                return FileReport {
                    name,
                    path: redacted(&path).into_owned(),
                    findings,
                    failed: true,
                    ..FileReport::default()
                };
            }
        };
        let facts = facts.filter(|_| self.has(&path));
        let root = self.repository(&name);
        let whole = |options: &Options<'_>| {
            let checked = check::judge(reading, facts, options);
            let outcomes = if request.outcomes { checked.outcomes(options) } else { Vec::new() };
            let skipped = checked.skipped.into_iter().map(|(lint, wants)| Skipped { lint: lint.to_owned(), wants });
            (checked.findings, checked.failed, skipped.collect(), outcomes)
        };
        let manifest = reading.manifest.as_ref();
        let (findings, failed, skipped, outcomes) = self.options_for(&path, request, |options| {
            self.repositories.seen(root.as_deref(), &path, manifest, options, whole)
        });
        let (path, reader) = (redacted(&path).into_owned(), self.reader(request));
        FileReport { name, path, findings, failed, skipped, outcomes, reader, ..FileReport::default() }
    }

    /// What the repository says to each claim of a manifest.
    pub fn claims(
        &self,
        name: String,
        path: &str,
        read: &Read,
        facts: Option<&Workspace<'_>>,
        request: &CheckRequest<'_>,
    ) -> SystemClaims {
        let Some(reading) = read.as_ref().ok().filter(|reading| reading.manifest.is_some()) else {
            return SystemClaims::silent(name, UNREADABLE);
        };
        let Some(root) = self.repository(&name) else {
            return SystemClaims::silent(name, "it lies in no repository");
        };
        let facts = facts.filter(|_| self.has(path));
        let (claims, not_compared) = self.options_for(path, request, |options| {
            self.repositories.seen(Some(&root), path, reading.manifest.as_ref(), options, |options| {
                let not_compared = options.view.map(RepositoryView::not_compared).unwrap_or_default();
                (check::claims(reading, facts, options), not_compared)
            })
        });
        SystemClaims::new(name, claims, not_compared)
    }

    /// What was found in the workspace file, where anything was.
    pub fn own_report(&self, request: &CheckRequest<'_>) -> Option<FileReport> {
        let workspace_config = self.workspace_config.as_ref()?;
        let findings = self.told_of(workspace_config, self.idle(workspace_config), request);
        (!findings.is_empty()).then(|| FileReport {
            name: workspace_config.manifest.source().name().to_owned(),
            path: WORKSPACE_FILE.to_owned(),
            findings,
            ..FileReport::default()
        })
    }

    /// What there is to say of the workspace file as it was once, with the manifests of today.
    pub fn findings_of(&self, once: &WorkspaceConfig, request: &CheckRequest<'_>) -> Vec<Finding> {
        let Some(root) = &self.root else { return once.findings.clone() };
        let members = super::members(root, once.systems(), &|path| once.has(path));
        let members: Vec<String> = members.iter().map(|member| below(root, member)).collect();
        self.told_of(once, self.idle_among(once, &members), request)
    }

    fn told_of(
        &self,
        workspace_config: &WorkspaceConfig,
        mut idle: Vec<Finding>,
        request: &CheckRequest<'_>,
    ) -> Vec<Finding> {
        self.options(request, |options| check::settle(&mut idle, options));
        let mut findings = workspace_config.findings.clone();
        findings.extend(idle);
        findings.sort_by_key(|finding| (finding.primary.span, finding.pointer.clone()));
        findings
    }

    /// What in the workspace file has no effect, looked for once for the members that were found last.
    fn idle(&self, workspace_config: &WorkspaceConfig) -> Vec<Finding> {
        let lock = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if lock().is_none() {
            self.members();
        }
        let mut known = lock();
        let Some(known) = known.as_mut() else { return Vec::new() };
        known.idle.get_or_insert_with(|| self.idle_among(workspace_config, &known.members)).clone()
    }

    fn idle_among(&self, workspace_config: &WorkspaceConfig, members: &[String]) -> Vec<Finding> {
        let Some(root) = &self.root else { return Vec::new() };
        let others = || {
            let found = discover(&[root.to_string_lossy().into_owned()]).map(|found| found.files).unwrap_or_default();
            let found = found.into_iter().map(|file| below(root, &file.path));
            found.filter(|path| !members.contains(path)).collect()
        };
        let is_folder = |path: &str| !path.starts_with('/') && root.join(path).is_dir();
        workspace_config.idle(&Paths { members, others: &others, is_folder: &is_folder })
    }
}

/// The workspace file in the folder `root`, as it lies there.
pub fn read_workspace_file(root: &Path) -> Input {
    let path = from_here(&root.join(WORKSPACE_FILE));
    read_within(&path, &shown(&path), root)
}

/// The folders of own lints: those that were given, and those of the workspace file, each once.
fn lint_folders(root: &Path, workspace_config: &WorkspaceConfig, given: &[PathBuf]) -> Vec<PathBuf> {
    let mut folders = given.to_vec();
    let mut known: BTreeSet<PathBuf> = given.iter().map(|folder| absolute(folder)).collect();
    for folder in workspace_config.lints() {
        let folder = root.join(folder);
        if known.insert(absolute(&folder)) {
            folders.push(from_here(&folder));
        }
    }
    folders
}
