//! What holds for the manifests of one workspace, or for those of none: lints, levels, options.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::{CheckRequest, LintSet, LoadError, Read, Repositories};
use crate::built_in;
use crate::check::{self, Levels, Options, Paths, Selection, WorkspaceConfig};
use crate::facts::Facts;
use crate::finding::{Finding, Reader};
use crate::lint::{Registry, SetOptions};
use crate::report::FileReport;
use crate::tree::Limits;
use crate::units::Date;
use crate::workspace::{
    self, Input, Located, WORKSPACE_FILE, absolute, below, discover, from_here, is_repository, is_within, read_within,
    real, shown,
};

/// The members of a workspace, by their paths from its root, and what in its file has no effect on them, once asked.
struct Membership {
    members: Vec<String>,
    idle: Option<Vec<Finding>>,
}

/// The options that hold for a manifest, with what they borrow.
pub struct EffectiveOptions<'r> {
    rules: &'r Ruleset,
    levels: Levels,
    selection: Selection,
    today: Date,
}

impl EffectiveOptions<'_> {
    /// The same, with every lint wanted.
    #[must_use]
    pub fn with_every_lint(self) -> Self {
        Self { selection: Selection::default(), ..self }
    }

    /// The options themselves. Nothing is known of the repository.
    pub fn options(&self) -> Options<'_> {
        Options {
            schema: &built_in::MANIFEST,
            lints: self.rules.lints.lints(),
            tables: self.rules.lints.tables(),
            today: self.today,
            set: &self.rules.set,
            levels: &self.levels,
            selection: &self.selection,
            limits: Limits::default(),
            view: None,
        }
    }
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
    pub fn open(root: &Path, file: &Input, request: &CheckRequest) -> Result<Self, LoadError> {
        Self::reopen(root, file, None, request)
    }

    /// The same, where something held `before`: lints that have not changed are not compiled again.
    pub fn reopen(root: &Path, file: &Input, before: Option<&Self>, request: &CheckRequest) -> Result<Self, LoadError> {
        let workspace_config = match file {
            Input::Text(source) => {
                WorkspaceConfig::read(source, &built_in::WORKSPACE).map_err(LoadError::WorkspaceConfig)?
            }
            Input::Unreadable(finding) => return Err(LoadError::WorkspaceConfig(vec![*finding.clone()])),
        };
        let workspace_config =
            workspace_config.held_to(&|path| is_within(&root.join(path), root)).map_err(LoadError::WorkspaceConfig)?;
        let lints = LintSet::reload(
            &lint_folders(root, &workspace_config, &request.lints),
            before.map(|before| &before.lints),
        )?;
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
    pub fn without_workspace(request: &CheckRequest) -> Result<Self, LoadError> {
        let lints = Arc::new(LintSet::load(&request.lints)?);
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
        let members = workspace::members(root, workspace_config.systems(), &|path| workspace_config.has(path));
        let known = Membership { members: members.iter().map(|member| below(root, member)).collect(), idle: None };
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(known);
        members
    }

    /// The same manifests, with the paths by which people reach them from here.
    pub fn located_members(&self) -> Vec<Located> {
        let Some(root) = &self.root else { return Vec::new() };
        let located = |member: PathBuf| match member.strip_prefix(root) {
            Ok(below) if !workspace::is_link(&member) => {
                Located { place: self.real_root.join(below), path: from_here(&member) }
            }
            _ => Located::at(from_here(&member)),
        };
        self.members().into_iter().map(located).collect()
    }

    /// The absolute paths of the manifests that belong to the workspace, each file once, whatever links lead to it.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut members = self.located_members();
        members.sort_by_key(|member| workspace::is_link(&member.path));
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

    /// The same of a file whose place is known.
    pub fn path_of(&self, file: &Located) -> String {
        match (&self.root, file.place.strip_prefix(&self.real_root)) {
            (None, _) => workspace::home(file).1,
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
            let root = workspace::home(&Located::at(PathBuf::from(name))).0;
            is_repository(&root).then_some(root)
        };
        self.root.clone().or_else(own)
    }

    /// The folders that lints come from besides the built-in ones.
    pub fn lint_folders(&self, request: &CheckRequest) -> Vec<PathBuf> {
        match self.workspace() {
            Some((root, workspace_config)) => lint_folders(root, workspace_config, &request.lints),
            None => request.lints.clone(),
        }
    }

    /// The frameworks whose coverage the house reports.
    pub fn frameworks(&self) -> Vec<String> {
        self.workspace_config.as_ref().map(WorkspaceConfig::frameworks).unwrap_or_default()
    }

    /// For whom findings are reported.
    pub fn reader(&self, request: &CheckRequest) -> Reader {
        let configured = || self.workspace_config.as_ref().and_then(WorkspaceConfig::reader);
        request.reader.or_else(configured).unwrap_or_default()
    }

    /// How manifests are checked, as far as it is the same for all.
    pub fn options(&self, request: &CheckRequest) -> EffectiveOptions<'_> {
        self.options_for("", request)
    }

    /// How the manifest at a path is checked, which counts from the root of the workspace.
    pub fn options_for(&self, path: &str, request: &CheckRequest) -> EffectiveOptions<'_> {
        let registry = Registry::of(self.lints.lints());
        let mut levels = Levels::default();
        if let Some(given) = &request.levels {
            let configured = self.workspace_config.as_ref().map(|config| config.levels(path, self.lints.lints()));
            levels = configured.unwrap_or_default();
            levels.set.extend(Levels { set: given.clone() }.resolved(registry).set);
        }
        let selection = request.selection.resolved(registry).into_owned();
        EffectiveOptions { rules: self, levels, selection, today: request.today }
    }

    /// The first step: reads one manifest.
    pub fn read(&self, input: &Input, request: &CheckRequest) -> Read {
        match input {
            Input::Text(source) => {
                // No level and no selection keeps a text from being read.
                let (levels, selection, today) = (Levels::default(), Selection::default(), request.today);
                let options = EffectiveOptions { rules: self, levels, selection, today };
                Ok(check::read(source, &options.options()))
            }
            Input::Unreadable(finding) => Err(finding.clone()),
        }
    }

    /// The facts of the workspace, from manifests with their paths from its root; none where there is no workspace. Those
    /// that do not belong to it are passed over.
    pub fn facts<'r>(&self, manifests: impl Iterator<Item = (&'r str, &'r Read)>) -> Option<Facts> {
        let workspace_config = self.workspace_config.as_ref()?;
        // Facts are taken in the order of the paths, so that they do not depend on what was asked for.
        let mut members: Vec<_> = manifests.filter(|(path, _)| workspace_config.has(path)).collect();
        members.sort_by_key(|(path, _)| *path);
        let complete = members.iter().all(|(_, read)| read.is_ok());
        let readings = members.iter().filter_map(|(_, read)| read.as_ref().ok());
        Some(check::facts_of(readings, Some(workspace_config), &built_in::MANIFEST, complete))
    }

    /// What was found in the workspace file, where anything was.
    pub fn own_report(&self, request: &CheckRequest) -> Option<FileReport> {
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
    pub fn findings_of(&self, once: &WorkspaceConfig, request: &CheckRequest) -> Vec<Finding> {
        let Some(root) = &self.root else { return once.findings.clone() };
        let members = workspace::members(root, once.systems(), &|path| once.has(path));
        let members: Vec<String> = members.iter().map(|member| below(root, member)).collect();
        self.told_of(once, self.idle_among(once, &members), request)
    }

    fn told_of(
        &self,
        workspace_config: &WorkspaceConfig,
        mut idle: Vec<Finding>,
        request: &CheckRequest,
    ) -> Vec<Finding> {
        check::settle(&mut idle, &self.options(request).options());
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
        let is_folder = |path: &str| !path.starts_with('/') && workspace::is_folder(&root.join(path));
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
