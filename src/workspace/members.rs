//! The workspace file of a folder, and the manifests that its patterns name.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use super::identity::{leads_inside, real};
use super::ignores::Ignores;
use crate::facts::PathGlob;

/// How the file is called that says which manifests belong together.
pub const WORKSPACE_FILE: &str = "mlsystem-workspace.yaml";

/// The nearest folder, `folder` itself or one above it, that holds a workspace file.
pub fn workspace_of(folder: &Path) -> Option<PathBuf> {
    let folder = absolute(folder);
    folder.ancestors().find(|above| above.join(WORKSPACE_FILE).is_file()).map(Path::to_owned)
}

/// The files below `root` that the patterns name, sorted, each once. Hidden folders and what `.gitignore` names are left
/// out, and links to folders are not followed. A link to a file that is not among them stands for it.
pub fn members(root: &Path, patterns: &[PathGlob], matches: &dyn Fn(&str) -> bool) -> Vec<PathBuf> {
    let mut found = BTreeSet::new();
    let mut links = false;
    let ignores = Ignores::new(root);
    for pattern in patterns {
        let base = root.join(pattern.folder());
        // A link on the way may lead out of the workspace.
        let inside = |path: &Path| Some(path.canonicalize().ok()?.starts_with(root.canonicalize().ok()?));
        if inside(&base) != Some(true) {
            continue;
        }
        links |= real(&base) != real(root).join(base.strip_prefix(root).unwrap_or(&base));
        let walk = ignores.walk(&base, |entry, verdict| verdict.takes(entry)).max_depth(pattern.depth()).build();
        for entry in walk.filter_map(Result::ok) {
            let path = entry.path();
            let below = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
            let Some(kind) = entry.file_type().filter(|_| matches(&below)) else { continue };
            let link = kind.is_symlink() && leads_inside(path, root);
            links |= link;
            if entry.file_name() != WORKSPACE_FILE && (kind.is_file() || link) {
                found.insert((link, path.to_owned()));
            }
        }
    }
    let mut known = BTreeSet::new();
    let mut found: Vec<PathBuf> =
        found.into_iter().map(|(_, path)| path).filter(|path| !links || known.insert(real(path))).collect();
    found.sort();
    found
}

/// An absolute path without `.` and `..`.
pub fn absolute(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            other => plain.push(other),
        }
    }
    plain
}

/// The path as one would write it in the current folder.
pub fn from_here(path: &Path) -> PathBuf {
    let (path, here) = (absolute(path), absolute(Path::new(".")));
    let shared = path.components().zip(here.components()).take_while(|(a, b)| a == b).count();
    if shared <= 1 {
        return path;
    }
    let up = here.components().skip(shared).map(|_| Component::ParentDir);
    up.chain(path.components().skip(shared)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_from_here() {
        assert_eq!(from_here(Path::new("a/../b.yaml")), Path::new("b.yaml"));
        let above = absolute(Path::new("..")).join("x.yaml");
        assert_eq!(from_here(&above), Path::new("../x.yaml"));
    }
}
