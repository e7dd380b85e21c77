//! Which manifests there are.

use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use ignore::{WalkBuilder, WalkState};

use super::ignores::Ignores;
use super::plain_words;
use crate::facts::PathGlob;

/// The manifests that were asked for.
#[derive(Debug, Default)]
pub struct Discovery {
    /// Their paths, sorted, each once.
    pub files: Vec<PathBuf>,
    /// The folders that were searched; what a workspace file names below them was not looked for.
    pub folders: Vec<PathBuf>,
    /// Arguments that led to nothing, each with the reason.
    pub empty: Vec<String>,
    /// Folders that could not be searched, each with the reason.
    pub unreadable: Vec<(PathBuf, String)>,
    /// Ignore files that are not honoured, each with the reason.
    pub not_honoured: Vec<(PathBuf, String)>,
}

/// Finds the manifests behind the arguments: a file is itself whatever it is called, a folder is searched, and a pattern
/// such as `services/*/mlsystem.yaml` is matched. Without arguments the current folder is searched.
///
/// A search takes `mlsystem.yaml`, `mlsystem.yml` and `*.mlsystem.yaml`, leaves out hidden folders and what `.gitignore`
/// names, and does not follow links. An argument that looks like a pattern and is none is an error.
pub fn discover(arguments: &[String]) -> Result<Discovery, String> {
    let mut found = Discovery::default();
    let here = [".".to_owned()];
    for argument in if arguments.is_empty() { &here[..] } else { arguments } {
        let path = Path::new(argument);
        if path.is_dir() {
            found.search(path);
            found.folders.push(path.to_owned());
        } else if argument.contains(['*', '?', '[']) && path.symlink_metadata().is_err() {
            let plain = argument.replace(std::path::MAIN_SEPARATOR, "/");
            let pattern = PathGlob::new(plain.trim_end_matches('/'));
            let pattern = pattern.map_err(|error| format!("`{argument}` is no pattern: {error}"))?;
            if !found.matched(&pattern) {
                found.empty.push(format!("no file matches `{argument}`"));
            }
        } else {
            found.files.push(path.to_owned());
        }
    }
    for file in &mut found.files {
        *file = tidy(file);
    }
    found.files.sort();
    found.files.dedup();
    Ok(found)
}

impl Discovery {
    /// Adds what a pattern matches, and says whether there was any. Links are not followed on the way; what one leads to is
    /// taken where it lies in the repository.
    fn matched(&mut self, pattern: &PathGlob) -> bool {
        let folder = match pattern.folder() {
            "" if pattern.as_str().starts_with('/') => Path::new("/"),
            "" => Path::new("."),
            folder => Path::new(folder),
        };
        let root = root_of(folder).canonicalize();
        let inside = |path: &Path| matches!((&root, path.canonicalize()), (Ok(root), Ok(path)) if path.starts_with(root));
        let walk = WalkBuilder::new(folder).standard_filters(false).follow_links(false).max_depth(pattern.depth()).build();
        let mut any = false;
        for entry in walk {
            let entry = match entry {
                Ok(entry) => entry,
                // What lies behind a folder that cannot be read may match.
                Err(error) if error.io_error().is_some() && folder.exists() => {
                    self.unreadable.push(unreadable(folder, &error));
                    any = true;
                    continue;
                }
                Err(_) => continue,
            };
            let path = tidy(entry.path());
            if entry.depth() == 0 || !pattern.holds(&text_of(entry.path(), pattern.as_str().starts_with("./"))) {
                continue;
            }
            any |= match path.is_dir() {
                _ if entry.path_is_symlink() && !inside(&path) => {
                    self.unreadable.push((path, "it is a link out of the repository".to_owned()));
                    true
                }
                true => self.search(&path),
                false => {
                    self.files.push(path);
                    true
                }
            };
        }
        any
    }

    /// Adds the manifests in a folder, and says whether there was any.
    fn search(&mut self, folder: &Path) -> bool {
        let mut any = false;
        let (entries, not_honoured) = search(folder);
        self.not_honoured.extend(not_honoured);
        for entry in entries {
            any = true;
            match entry {
                Ok(file) => self.files.push(file),
                Err(unreadable) => self.unreadable.push(unreadable),
            }
        }
        any
    }
}

/// The path of an entry as a pattern has it, which may begin with `./`.
fn text_of(path: &Path, dotted: bool) -> String {
    let text = shown(path);
    if dotted && !text.starts_with("./") { format!("./{text}") } else { text }
}

/// The same path without parts that lead nowhere, so that one file has one name: `./a/./b` is `a/b`. A `..` stays, since
/// behind a link it is not the folder above.
fn tidy(path: &Path) -> PathBuf {
    path.components().filter(|part| *part != Component::CurDir).collect()
}

type Found = Result<PathBuf, (PathBuf, String)>;

/// The manifests in a folder, and the ignore files that are not honoured.
fn search(folder: &Path) -> (Vec<Found>, Vec<(PathBuf, String)>) {
    let found = Mutex::new(Vec::new());
    let keep = |entry: Found| found.lock().unwrap_or_else(PoisonError::into_inner).push(entry);
    let ignores = Ignores::new(folder);
    let walk = ignores.walk(folder, |entry, verdict| verdict.takes(entry)).build_parallel();
    walk.run(|| {
        Box::new(|entry| {
            match entry {
                Ok(entry) => {
                    let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
                    if is_file && is_manifest(&entry.file_name().to_string_lossy()) {
                        keep(Ok(entry.into_path()));
                    }
                }
                Err(error) => keep(Err(unreadable(folder, &error))),
            }
            WalkState::Continue
        })
    });
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.sort();
    (found, ignores.passed_over())
}

/// The path that an error of the walk is about, and the reason.
fn unreadable(folder: &Path, error: &ignore::Error) -> (PathBuf, String) {
    let why = error.io_error().map_or_else(|| error.to_string(), plain_words);
    let mut here = error;
    loop {
        here = match here {
            ignore::Error::WithPath { path, .. } => return (path.clone(), why),
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => err,
            _ => return (folder.to_owned(), why),
        };
    }
}

/// Whether a search takes a file of this name.
pub fn is_manifest(name: &str) -> bool {
    matches!(name, "mlsystem.yaml" | "mlsystem.yml") || name.ends_with(".mlsystem.yaml")
}

/// A path as people see it: `/` between its parts, no `./` in front.
pub fn shown(path: &Path) -> String {
    let path = path.strip_prefix(".").unwrap_or(path);
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}

/// The root of the workspace that `folder` lies in: the nearest folder above
/// that holds `mlsystem-workspace.yaml`, else the nearest that holds `.git`, else the current folder where it lies above.
pub fn root_of(folder: &Path) -> PathBuf {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let holding = |name: &str| absolute.ancestors().find(|above| above.join(name).exists()).map(Path::to_owned);
    let here = || std::env::current_dir().ok().filter(|here| absolute.starts_with(here));
    holding(super::WORKSPACE_FILE).or_else(|| holding(".git")).or_else(here).unwrap_or(absolute)
}

/// The root of the repository that `folder` lies in: the nearest folder above that holds `mlsystem-workspace.yaml`, else the
/// nearest that holds `.git`. A folder in neither is no repository.
pub fn repository_of(folder: &Path) -> Option<PathBuf> {
    let root = root_of(folder);
    [super::WORKSPACE_FILE, ".git"].into_iter().any(|name| root.join(name).exists()).then_some(root)
}

/// The root of the repository around the current folder, and the path of that folder from it: the nearest folder above
/// that holds `.git`, else the current folder itself.
pub fn checkout() -> Option<(String, String)> {
    let here = std::env::current_dir().ok()?;
    let root = here.ancestors().find(|above| above.join(".git").exists()).unwrap_or(&here);
    Some((shown(root), below(root, &here)))
}

/// The path of `file` below `root`, without leaving it; the path itself where it lies outside.
pub fn below(root: &Path, file: &Path) -> String {
    shown(super::absolute(file).strip_prefix(root).unwrap_or(file))
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
