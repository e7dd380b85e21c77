//! The inputs of one workspace, from which a project is filled.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::gather::CheckTarget;
use super::{CheckRequest, LoadError, Project, Ruleset, Text, read_workspace_file};
use crate::claims::SystemClaims;
use crate::report::FileReport;
use crate::source::Source;
use crate::workspace::{Input, Located, WORKSPACE_FILE, in_parallel, shown};

/// Inputs that share a workspace file, or that have none.
pub struct Group {
    /// What holds for them.
    pub rules: Arc<Ruleset>,
    pub(super) asked: Vec<CheckTarget>,
    /// Whether facts also come from the manifests of the workspace that nobody asked for.
    pub(super) whole: bool,
    /// Whether the workspace file itself was asked for, or lies in a folder that was.
    pub(super) with_own: bool,
}

/// What a group came to.
pub struct GroupReport {
    /// The inputs, and what else of the workspace has something to be told of.
    pub files: Vec<FileReport>,
    /// The mildest finding that fails a run, as the workspace file has it.
    pub fail_on: Option<&'static str>,
    /// The workspace file.
    pub config: Option<String>,
}

impl Group {
    /// No inputs at all.
    pub fn empty(request: &CheckRequest) -> Result<Self, LoadError> {
        let rules = Arc::new(Ruleset::without_workspace(request)?);
        Ok(Self { rules, asked: Vec::new(), whole: true, with_own: false })
    }

    /// The manifests that belong to the workspace.
    pub fn members(&self) -> Vec<PathBuf> {
        self.rules.located_members().into_iter().map(|member| member.path).collect()
    }

    /// The files that a check reads besides evidence: manifests, the workspace file, own lints.
    pub fn inputs(&self) -> Vec<PathBuf> {
        let asked = self.asked.iter().map(|one| one.file.path.clone());
        let workspace_config = self.rules.workspace().map(|(root, _)| root.join(WORKSPACE_FILE));
        asked
            .chain(self.members())
            .chain(workspace_config)
            .chain(self.rules.lints.files.iter().map(PathBuf::from))
            .collect()
    }

    /// What the repositories say to the claims of what was asked for.
    pub fn claims(&self, request: &CheckRequest) -> Vec<SystemClaims> {
        let (project, asked) = self.project(&self.besides(self.rules.located_members()), request);
        // The facts are taken before the claims are asked for side by side.
        project.facts();
        in_parallel(&asked, |id| project.claims(id)).into_iter().flatten().collect()
    }

    /// Reads what the facts are made of, and judges what was asked for.
    pub fn check(&self, request: &CheckRequest) -> GroupReport {
        let Some((_, workspace_config)) = self.rules.workspace() else { return self.alone(request) };
        let (mut project, asked) = self.project(&self.others(), request);
        // The facts would be wrong without what could not be read, so that it is told of although nobody asked for it.
        let failed =
            project.documents().filter(|(id, document)| document.failed() && !asked.iter().any(|one| one == id));
        let told: Vec<String> = asked.iter().cloned().chain(failed.map(|(id, _)| id.to_owned())).collect();
        project.diagnose_all(&told);
        let mut files = project.into_reports();
        files.extend(self.rules.own_report(request));
        let config = workspace_config.manifest.source().name().to_owned();
        GroupReport { files, fail_on: workspace_config.fail_on(), config: Some(config) }
    }

    /// Checks manifests without a workspace, one by one: none is kept longer than it takes.
    fn alone(&self, request: &CheckRequest) -> GroupReport {
        let project = Project::new(Arc::clone(&self.rules), request.clone());
        let judge = |one: &CheckTarget| {
            project.diagnose_apart(&shown(&one.file.path), &self.rules.path_of(&one.file), &one.input())
        };
        GroupReport { files: in_parallel(&self.asked, judge), fail_on: None, config: None }
    }

    /// A project of what was asked for and of `others`, and the ids of what was asked for.
    pub(super) fn project(&self, others: &[CheckTarget], request: &CheckRequest) -> (Project, Vec<String>) {
        let all: Vec<&CheckTarget> = self.asked.iter().chain(others).collect();
        let mut texts = in_parallel(&all, |one| self.text(one));
        // Names of different files look alike where they are no text.
        let mut known = BTreeSet::new();
        for (number, text) in texts.iter_mut().enumerate() {
            if !known.insert(text.id.clone()) {
                text.id = format!("{} ({number})", text.id);
                known.insert(text.id.clone());
            }
        }
        let asked = texts.iter().take(self.asked.len()).map(|text| text.id.clone()).collect();
        let mut project = Project::new(Arc::clone(&self.rules), request.clone());
        project.set_texts(texts);
        (project, asked)
    }

    /// A project of one input alone, known by its name.
    pub(super) fn project_of(&self, one: &CheckTarget, request: &CheckRequest) -> Project {
        let mut project = Project::new(Arc::clone(&self.rules), request.clone());
        project.set_text(self.text(one));
        project
    }

    fn text(&self, one: &CheckTarget) -> Text {
        let name = shown(&one.file.path);
        Text { id: name.clone(), name, path: self.rules.path_of(&one.file), input: one.input() }
    }

    /// The manifests of the workspace that nobody asked for, from which facts come.
    pub(super) fn others(&self) -> Vec<CheckTarget> {
        self.besides(if self.whole { self.rules.located_members() } else { Vec::new() })
    }

    /// What of `files` nobody asked for.
    fn besides(&self, files: Vec<Located>) -> Vec<CheckTarget> {
        let known: BTreeSet<&Path> = self.asked.iter().map(|one| &*one.file.place).collect();
        let others = files.into_iter().filter(|file| !known.contains(&*file.place));
        others.map(|file| CheckTarget { file, given: None }).collect()
    }

    /// Reads the workspace file again, which was written.
    pub fn reopen(&mut self, request: &CheckRequest) {
        let Some(root) = self.rules.workspace().map(|(root, _)| root.to_owned()) else { return };
        if let Ok(rules) = Ruleset::reopen(&root, &read_workspace_file(&root), Some(&self.rules), request) {
            self.rules = Arc::new(rules);
        }
    }

    /// Whether the content of an input was given, as on standard input.
    pub fn has_given(&self) -> bool {
        self.asked.iter().any(|one| one.given.is_some())
    }

    /// The text that was given, as it was read or repaired.
    pub fn given_text(&self) -> Option<Arc<Source>> {
        self.asked.iter().find_map(|one| match &one.given {
            Some(Input::Text(source)) => Some(Arc::clone(source)),
            _ => None,
        })
    }
}
