//! Which manifests there are.

use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use ignore::{DirEntry, WalkBuilder, WalkState};

use super::ignores::Ignores;
use super::{WORKSPACE_FILE, identity, plain_words};
use crate::facts::PathGlob;

/// A file under the path by which it was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Located {
    /// That path.
    pub path: PathBuf,
    /// Where the file lies, as [`identity::place`] has it.
    pub place: PathBuf,
}

impl Located {
    /// The file at `path`, which is looked up.
    pub fn at(path: PathBuf) -> Self {
        let place = identity::place(&path);
        Self { path, place }
    }
}

/// The manifests that were asked for.
#[derive(Debug, Default)]
pub struct Discovery {
    /// Where they lie, sorted by path, each once.
    pub files: Vec<Located>,
    /// The folders that were searched; what a workspace file names below them was not looked for.
    pub folders: Vec<PathBuf>,
    /// Arguments that led to nothing, each with the reason.
    pub empty: Vec<String>,
    /// What looks like a manifest or a workspace file and is not read, each with the reason.
    pub passed_over: Vec<String>,
    /// Folders that could not be searched, each with the reason.
    pub unreadable: Vec<(PathBuf, String)>,
}

/// Finds the manifests behind the arguments: a file is itself whatever it is called, a folder is searched, and a pattern
/// such as `services/*/mlsystem.yaml` is matched. Without arguments the current folder is searched.
///
/// A search takes `mlsystem.yaml`, `mlsystem.yml`, `*.mlsystem.yaml` and `*.mlsystem.yml`, leaves out hidden folders and
/// what `.gitignore` names, and does not follow links to folders. A file that several paths lead to is taken once, under the
/// first of them. An argument that looks like a pattern and is none is an error.
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
            found.files.push(Located::at(tidy(path)));
        }
    }
    found.settle();
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
        let inside =
            |path: &Path| matches!((&root, path.canonicalize()), (Ok(root), Ok(path)) if path.starts_with(root));
        let walk =
            WalkBuilder::new(folder).standard_filters(false).follow_links(false).max_depth(pattern.depth()).build();
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
                    self.files.push(Located::at(path));
                    true
                }
            };
        }
        any
    }

    /// Adds the manifests in a folder, and says whether there was any.
    fn search(&mut self, folder: &Path) -> bool {
        let (mut any, real) = (false, identity::real(folder));
        let (entries, not_honoured) = search(folder);
        for (file, why) in not_honoured {
            self.passed_over.push(format!("`{}` is not honoured: {why}", shown(&super::from_here(&file))));
        }
        for entry in entries {
            any = true;
            match entry {
                // No link lies between the folder and what was found in it.
                SearchHit::File(file) => {
                    let place = real.join(file.strip_prefix(folder).unwrap_or(&file));
                    self.files.push(Located { path: tidy(&file), place });
                }
                SearchHit::Link(link) if identity::leads_inside(&link, folder) => {
                    self.files.push(Located::at(tidy(&link)));
                }
                SearchHit::Link(link) => {
                    let link = shown(&link);
                    self.passed_over.push(format!("`{link}` is a link to no file of the repository, and is not read"));
                }
                SearchHit::Misnamed(path, right) => {
                    self.passed_over.push(format!("`{}` is not read: call it `{right}`", shown(&path)));
                }
                SearchHit::Unreadable(path, why) => self.unreadable.push((path, why)),
            }
        }
        any
    }

    /// Sorts the files, each once, under the first of its names.
    fn settle(&mut self) {
        let mut places = HashSet::new();
        self.files.retain(|file| places.insert(file.place.clone()));
        self.files.sort();
        self.passed_over.sort();
        self.passed_over.dedup();
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

/// What a search came upon. Files come before links, so that a file is known by its own name.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum SearchHit {
    File(PathBuf),
    Link(PathBuf),
    /// It is not read, and this name was probably meant.
    Misnamed(PathBuf, String),
    Unreadable(PathBuf, String),
}

/// The manifests in a folder, and the ignore files that are not honoured.
fn search(folder: &Path) -> (Vec<SearchHit>, Vec<(PathBuf, String)>) {
    let found = Mutex::new(Vec::new());
    let keep = |entry: SearchHit| found.lock().unwrap_or_else(PoisonError::into_inner).push(entry);
    let ignores = Ignores::new(folder);
    let walk = ignores.walk(folder, |entry, verdict| verdict.takes(entry)).build_parallel();
    walk.run(|| {
        Box::new(|entry| {
            match entry {
                Ok(entry) => found_as(&entry).into_iter().for_each(keep),
                Err(error) => {
                    let (path, why) = unreadable(folder, &error);
                    keep(SearchHit::Unreadable(path, why));
                }
            }
            WalkState::Continue
        })
    });
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.sort();
    (found, ignores.passed_over())
}

/// What an entry of the walk is, by its name.
fn found_as(entry: &DirEntry) -> Option<SearchHit> {
    let (kind, name) = (entry.file_type()?, entry.file_name().to_string_lossy());
    let path = || entry.path().to_owned();
    match is_manifest(&name) {
        true if kind.is_file() => Some(SearchHit::File(path())),
        true if kind.is_symlink() => Some(SearchHit::Link(path())),
        false if !kind.is_dir() => Some(SearchHit::Misnamed(path(), meant(&name)?)),
        _ => None,
    }
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
    matches!(name, "mlsystem.yaml" | "mlsystem.yml") || ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// How the names of manifests end that have more in front.
const ENDINGS: [&str; 2] = [".mlsystem.yaml", ".mlsystem.yml"];

/// The name that was probably meant, for one that nobody reads: `MLSystem.yaml`, `mlsystem-workspace.yml`.
pub fn meant(name: &str) -> Option<String> {
    if is_manifest(name) || name == WORKSPACE_FILE {
        return None;
    }
    let plain = name.to_ascii_lowercase();
    if is_manifest(&plain) {
        let ending = ENDINGS.iter().find(|ending| plain.ends_with(*ending));
        return Some(ending.map_or(plain.clone(), |ending| format!("{}{ending}", &name[..name.len() - ending.len()])));
    }
    let plain = plain.replace('_', "-").replace(".workspace", "-workspace").replace(".yml", ".yaml");
    (plain == WORKSPACE_FILE).then_some(plain)
}

/// A path as people see it: `/` between its parts, no `./` in front.
pub fn shown(path: &Path) -> String {
    let path = path.strip_prefix(".").ok().filter(|rest| !rest.as_os_str().is_empty()).unwrap_or(path);
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
    holding(WORKSPACE_FILE).or_else(|| holding(".git")).or_else(here).unwrap_or(absolute)
}

/// The root of the repository that `folder` lies in: the nearest folder above that holds `mlsystem-workspace.yaml`, else the
/// nearest that holds `.git`. A folder in neither is no repository.
pub fn repository_of(folder: &Path) -> Option<PathBuf> {
    let root = root_of(folder);
    is_repository(&root).then_some(root)
}

/// Whether a folder is the root of a repository.
pub fn is_repository(root: &Path) -> bool {
    [WORKSPACE_FILE, ".git"].into_iter().any(|name| root.join(name).exists())
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
        for name in ["mlsystem.yaml", "mlsystem.yml", "eta.mlsystem.yaml", "eta.mlsystem.yml"] {
            assert!(is_manifest(name) && meant(name).is_none(), "{name}");
        }
        for name in ["xmlsystem.yaml", "mlsystem.yaml.bak", "mlsystem-workspace.yaml", "Chart.yaml", ".yml"] {
            assert!(!is_manifest(name) && meant(name).is_none(), "{name}");
        }
        for (name, right) in [
            ("MLSystem.yaml", "mlsystem.yaml"),
            ("mlsystem.YML", "mlsystem.yml"),
            ("Eta.MLSYSTEM.YAML", "Eta.mlsystem.yaml"),
            ("mlsystem-workspace.yml", WORKSPACE_FILE),
            ("mlsystem_workspace.yaml", WORKSPACE_FILE),
            ("MLSystem.workspace.yml", WORKSPACE_FILE),
        ] {
            assert_eq!(meant(name).as_deref(), Some(right));
        }
    }

    #[test]
    fn paths_for_people() {
        assert_eq!(shown(Path::new("./a/b.yaml")), "a/b.yaml");
        assert_eq!(shown(Path::new(".")), ".");
        assert_eq!(below(Path::new("/w"), Path::new("/w/a/../b/x.yaml")), "b/x.yaml");
    }
}
