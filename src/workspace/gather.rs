//! The inputs of a check by the workspace that they belong to. Facts come from every manifest of a workspace; what was
//! asked for is judged.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::discover::Located;
use super::ruleset::read_workspace_file;
use super::{
    CheckRequest, Input, LoadError, Read, Roots, Ruleset, WORKSPACE_FILE, discover, meant, read, read_stdin, real,
    shown, threads, unreadable,
};
use crate::claims::SystemClaims;
use crate::finding::Finding;
use crate::report::FileReport;
use crate::source::Source;

/// Something to be checked.
pub(super) struct CheckTarget {
    /// Where it lies, or is said to lie.
    pub(super) file: Located,
    /// Its content, where it does not come from there.
    pub(super) given: Option<Input>,
}

/// Inputs that share a workspace file, or that have none.
pub struct Group {
    /// What holds for them.
    pub rules: Ruleset,
    pub(super) asked: Vec<CheckTarget>,
    /// Whether facts also come from the manifests of the workspace that nobody asked for.
    whole: bool,
    /// Whether the workspace file itself was asked for, or lies in a folder that was.
    pub(super) with_own: bool,
}

/// What a group came to.
pub struct Judged {
    /// The inputs, and what else of the workspace has something to be told of.
    pub files: Vec<FileReport>,
    /// The mildest finding that fails a run, as the workspace file has it.
    pub fail_on: Option<&'static str>,
    /// The workspace file.
    pub config: Option<String>,
}

/// The groups of what was asked for.
pub struct Gathered {
    /// The groups.
    pub groups: Vec<Group>,
    /// What led to nothing, each with a sentence about it.
    pub empty: Vec<String>,
    /// What looks like a manifest or a workspace file and is not read, each with a sentence about it.
    pub passed_over: Vec<String>,
}

/// Finds the manifests behind `inputs`, in groups; `-` is standard input, reported as `stdin_filename`.
pub fn gather(inputs: &[String], stdin_filename: &str, request: &CheckRequest<'_>) -> Result<Gathered, LoadError> {
    let stdin = inputs.iter().any(|input| input == "-");
    let paths: Vec<String> = inputs.iter().filter(|input| *input != "-").cloned().collect();
    let mut discovery =
        if stdin && paths.is_empty() { Default::default() } else { discover(&paths).map_err(LoadError::Arguments)? };
    let mut files = discovery.files;
    // A workspace file that is named stands for the manifests that it names.
    files.retain(|file| {
        let workspace_config = file.path.file_name().is_some_and(|name| name == WORKSPACE_FILE);
        if workspace_config {
            discovery.folders.push(
                file.path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new(".")).to_owned(),
            );
        }
        !workspace_config
    });
    for file in &files {
        let name = file.path.file_name().unwrap_or_default().to_string_lossy();
        if let Some(right) = meant(&name).filter(|right| right == WORKSPACE_FILE) {
            let shown = shown(&file.path);
            return Err(LoadError::Arguments(format!("`{shown}` is not read: call it `{right}`")));
        }
    }
    let mut asked: Vec<CheckTarget> = files.into_iter().map(|file| CheckTarget { file, given: None }).collect();
    for (path, why) in discovery.unreadable {
        asked.push(CheckTarget { given: Some(unreadable(&shown(&path), &why)), file: Located::at(path) });
    }
    if stdin {
        let name = stdin_filename.replace('\\', "/");
        let file = Located::at(PathBuf::from(&name));
        // The text stands for the file of its name.
        asked.retain(|one| one.file.place != file.place);
        asked.push(CheckTarget { given: Some(read_stdin(&name)), file });
    }
    let groups = groups(asked, &discovery.folders, request)?;
    let mut empty = discovery.empty;
    for folder in &discovery.folders {
        let whole = real(folder);
        if !groups.iter().flat_map(|group| &group.asked).any(|one| one.file.place.starts_with(&whole)) {
            empty.push(format!("no manifest in `{}`", folder.display()));
        }
    }
    Ok(Gathered { groups, empty, passed_over: discovery.passed_over })
}

/// Inputs whose content is given, in groups. With `whole`, facts also come from the other manifests of their workspaces, as
/// they lie on the disk.
pub fn given(inputs: Vec<(PathBuf, Input)>, whole: bool, request: &CheckRequest<'_>) -> Result<Vec<Group>, LoadError> {
    let asked = |(path, input)| CheckTarget { file: Located::at(path), given: Some(input) };
    let asked = inputs.into_iter().map(asked).collect();
    let mut groups = groups(asked, &[], request)?;
    groups.iter_mut().for_each(|group| group.whole = whole);
    Ok(groups)
}

/// Sorts inputs into groups, and adds the manifests that workspace files name below the folders that are to be searched.
fn groups(asked: Vec<CheckTarget>, folders: &[PathBuf], request: &CheckRequest<'_>) -> Result<Vec<Group>, LoadError> {
    let mut roots = Roots::default();
    let mut by_root: BTreeMap<Option<PathBuf>, Vec<CheckTarget>> = BTreeMap::new();
    for one in asked {
        let root = roots.of(one.file.path.parent().unwrap_or(Path::new("")));
        by_root.entry(root).or_default().push(one);
    }
    for folder in folders {
        if let Some(root) = roots.of(folder) {
            by_root.entry(Some(root)).or_default();
        }
    }
    let mut broken = Vec::new();
    let mut groups = Vec::new();
    for (root, mut asked) in by_root {
        let Some(root) = root else {
            groups.push(Group { rules: Ruleset::without_workspace(request)?, asked, whole: true, with_own: false });
            continue;
        };
        let rules = match Ruleset::open(&root, &read_workspace_file(&root), request) {
            Ok(rules) => rules,
            Err(LoadError::WorkspaceConfig(findings)) => {
                broken.extend(findings);
                continue;
            }
            Err(other) => return Err(other),
        };
        let mut known: BTreeSet<PathBuf> = asked.iter().map(|one| one.file.place.clone()).collect();
        let folders: Vec<PathBuf> = folders.iter().map(|folder| real(folder)).collect();
        for member in rules.located_members() {
            if folders.iter().any(|folder| member.place.starts_with(folder)) && known.insert(member.place.clone()) {
                asked.push(CheckTarget { file: member, given: None });
            }
        }
        if !asked.is_empty() {
            let with_own = folders.iter().any(|folder| real(&root).starts_with(folder));
            groups.push(Group { rules, asked, whole: true, with_own });
        }
    }
    if broken.is_empty() { Ok(groups) } else { Err(LoadError::WorkspaceConfig(broken)) }
}

impl Group {
    /// No inputs at all.
    pub fn empty(request: &CheckRequest<'_>) -> Result<Self, LoadError> {
        Ok(Self { rules: Ruleset::without_workspace(request)?, asked: Vec::new(), whole: true, with_own: false })
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
    pub fn claims(&self, request: &CheckRequest<'_>) -> Vec<SystemClaims> {
        let others = self.besides(self.rules.located_members());
        let all: Vec<&CheckTarget> = self.asked.iter().chain(&others).collect();
        let paths: Vec<String> = all.iter().map(|one| self.rules.path_of(&one.file)).collect();
        let read = threads::map(&all, |one| one.read(&self.rules, request));
        let manifests: Vec<(&str, &Read)> = paths.iter().map(String::as_str).zip(&read).collect();
        let facts = self.rules.facts(&manifests);
        let asked: Vec<usize> = (0..self.asked.len()).collect();
        threads::map(&asked, |index| {
            let (path, read) = manifests[*index];
            self.rules.claims(shown(&all[*index].file.path), path, read, facts.as_ref(), request)
        })
    }

    /// Reads what the facts are made of, and judges what was asked for.
    pub fn check(&self, request: &CheckRequest<'_>) -> Judged {
        let Some((_, workspace_config)) = self.rules.workspace() else { return self.alone(request) };
        let others = self.others();
        let count = self.asked.len();
        let all: Vec<&CheckTarget> = self.asked.iter().chain(&others).collect();
        let paths: Vec<String> = all.iter().map(|one| self.rules.path_of(&one.file)).collect();
        let read = threads::map(&all, |one| one.read(&self.rules, request));
        let manifests: Vec<(&str, &Read)> = paths.iter().map(String::as_str).zip(&read).collect();
        let facts = self.rules.facts(&manifests);
        let report = |index: usize, facts| {
            self.rules.judge(shown(&all[index].file.path), paths[index].clone(), &read[index], facts, request)
        };
        let judged: Vec<usize> = (0..count).collect();
        let mut files = threads::map(&judged, |index| report(*index, facts.as_ref()));
        // The facts would be wrong without what could not be read, so that it is told of although nobody asked for it.
        let failed = |read: &Read| read.as_ref().map_or(true, |reading| reading.failed);
        let untold = read.iter().enumerate().skip(count).filter(|(_, read)| failed(read));
        files.extend(untold.map(|(index, _)| report(index, None)));
        files.extend(self.rules.own_report(request));
        let config = workspace_config.manifest.source().name().to_owned();
        Judged { files, fail_on: workspace_config.fail_on(), config: Some(config) }
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

    /// Checks manifests without a workspace, one by one: none is kept longer than it takes.
    fn alone(&self, request: &CheckRequest<'_>) -> Judged {
        let files = threads::map(&self.asked, |one| {
            let read = one.read(&self.rules, request);
            self.rules.judge(shown(&one.file.path), self.rules.path_of(&one.file), &read, None, request)
        });
        Judged { files, fail_on: None, config: None }
    }
}

impl CheckTarget {
    pub(super) fn read(&self, rules: &Ruleset, request: &CheckRequest<'_>) -> Read {
        match &self.given {
            Some(given) => rules.read(given, request),
            None => rules.read(&read(&self.file.path, &shown(&self.file.path)), request),
        }
    }

    /// The text, or why there is none.
    pub(super) fn text(&self) -> Result<Arc<Source>, Box<Finding>> {
        let input = match &self.given {
            Some(given) => given.clone(),
            None => read(&self.file.path, &shown(&self.file.path)),
        };
        match input {
            Input::Text(source) => Ok(source),
            Input::Unreadable(finding) => Err(finding),
        }
    }
}
