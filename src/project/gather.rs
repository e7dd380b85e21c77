//! The inputs of a check by the workspace that they belong to. Facts come from every manifest of a workspace; what was
//! asked for is judged.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{CheckRequest, Group, LoadError, Ruleset, read_workspace_file};
use crate::workspace::{
    Input, Located, Roots, WORKSPACE_FILE, discover, meant, read, read_stdin, real, shown, unreadable,
};

/// Something to be checked.
pub(super) struct CheckTarget {
    /// Where it lies, or is said to lie.
    pub(super) file: Located,
    /// Its content, where it does not come from there.
    pub(super) given: Option<Input>,
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
pub fn gather(inputs: &[String], stdin_filename: &str, request: &CheckRequest) -> Result<Gathered, LoadError> {
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
pub fn given(inputs: Vec<(PathBuf, Input)>, whole: bool, request: &CheckRequest) -> Result<Vec<Group>, LoadError> {
    let asked = |(path, input)| CheckTarget { file: Located::at(path), given: Some(input) };
    let asked = inputs.into_iter().map(asked).collect();
    let mut groups = groups(asked, &[], request)?;
    groups.iter_mut().for_each(|group| group.whole = whole);
    Ok(groups)
}

/// Sorts inputs into groups, and adds the manifests that workspace files name below the folders that are to be searched.
fn groups(asked: Vec<CheckTarget>, folders: &[PathBuf], request: &CheckRequest) -> Result<Vec<Group>, LoadError> {
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
            groups.push(Group { asked, ..Group::empty(request)? });
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
            groups.push(Group { rules: Arc::new(rules), asked, whole: true, with_own });
        }
    }
    if broken.is_empty() { Ok(groups) } else { Err(LoadError::WorkspaceConfig(broken)) }
}

impl CheckTarget {
    /// The text, or why there is none.
    pub(super) fn input(&self) -> Input {
        match &self.given {
            Some(given) => given.clone(),
            None => read(&self.file.path, &shown(&self.file.path)),
        }
    }
}
