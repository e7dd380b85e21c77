//! Which manifests there are.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use ignore::{WalkBuilder, WalkState};

/// The manifests that were asked for.
#[derive(Debug, Default)]
pub struct Discovery {
    /// Their paths, sorted, each once.
    pub files: Vec<PathBuf>,
    /// The folders that were searched; what a workspace file names below them was not looked for.
    pub folders: Vec<PathBuf>,
    /// Arguments that led to nothing, each with the reason.
    pub empty: Vec<String>,
}

/// Finds the manifests behind the arguments: a file is itself whatever it is called, a folder is searched, and a pattern
/// such as `services/*/mlsystem.yaml` is matched. Without arguments the current folder is searched.
///
/// A search takes `mlsystem.yaml`, `mlsystem.yml` and `*.mlsystem.yaml`, leaves out hidden folders and what `.gitignore`
/// names, and does not follow links.
pub fn discover(arguments: &[String]) -> Discovery {
    let mut found = Discovery::default();
    let here = [".".to_owned()];
    for argument in if arguments.is_empty() { &here[..] } else { arguments } {
        let path = Path::new(argument);
        if path.is_dir() {
            let files = search(path);
            found.files.extend(files);
            found.folders.push(path.to_owned());
        } else if !path.exists() && argument.contains(['*', '?', '[']) {
            match pattern(argument) {
                Ok(files) if files.is_empty() => found.empty.push(format!("no file matches `{argument}`")),
                Ok(files) => found.files.extend(files),
                Err(error) => found.empty.push(format!("`{argument}` is no pattern: {error}")),
            }
        } else {
            found.files.push(path.to_owned());
        }
    }
    found.files.sort();
    found.files.dedup();
    found
}

fn pattern(argument: &str) -> Result<Vec<PathBuf>, glob::PatternError> {
    let matched: Vec<PathBuf> = glob::glob(argument)?.filter_map(Result::ok).collect();
    let (folders, mut files): (Vec<_>, Vec<_>) = matched.into_iter().partition(|path| path.is_dir());
    files.extend(folders.iter().flat_map(|folder| search(folder)));
    Ok(files)
}

fn search(folder: &Path) -> Vec<PathBuf> {
    let found = Mutex::new(Vec::new());
    let walk = WalkBuilder::new(folder).require_git(false).follow_links(false).build_parallel();
    walk.run(|| {
        Box::new(|entry| {
            let Ok(entry) = entry else { return WalkState::Continue };
            let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
            if is_file && entry.file_name().to_str().is_some_and(is_manifest) {
                found.lock().unwrap_or_else(PoisonError::into_inner).push(entry.into_path());
            }
            WalkState::Continue
        })
    });
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.sort();
    found
}

/// Whether a search takes a file of this name.
fn is_manifest(name: &str) -> bool {
    matches!(name, "mlsystem.yaml" | "mlsystem.yml") || name.ends_with(".mlsystem.yaml")
}

/// A path as people see it: `/` between its parts, no `./` in front.
pub fn shown(path: &Path) -> String {
    let path = path.strip_prefix(".").unwrap_or(path);
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}

/// The root of the workspace that `folder` lies in: the nearest folder above
/// that holds `mlsystem-workspace.yaml`, else the nearest that holds `.git`, else the current folder.
pub fn root_of(folder: &Path) -> PathBuf {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let holding = |name: &str| absolute.ancestors().find(|above| above.join(name).exists()).map(Path::to_owned);
    holding(super::WORKSPACE_FILE).or_else(|| holding(".git")).unwrap_or(absolute)
}

/// The path of `file` below `root`, without leaving it; the path itself where it lies outside.
pub fn below(root: &Path, file: &Path) -> String {
    let plain = super::plain(file);
    shown(plain.strip_prefix(root).unwrap_or(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_manifests() {
        assert!(is_manifest("mlsystem.yaml") && is_manifest("mlsystem.yml") && is_manifest("eta.mlsystem.yaml"));
        assert!(
            !is_manifest("xmlsystem.yaml") && !is_manifest("mlsystem.yaml.bak") && !is_manifest("eta.mlsystem.yml")
        );
    }

    #[test]
    fn paths_for_people() {
        assert_eq!(shown(Path::new("./a/b.yaml")), "a/b.yaml");
        assert_eq!(below(Path::new("/w"), Path::new("/w/a/../b/x.yaml")), "b/x.yaml");
    }
}
