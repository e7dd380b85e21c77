//! Which file a path means: a file is itself, however it is spelled.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::discover::Located;
use super::{absolute, is_manifest, repository_of, root_of, shown, workspace_of};

/// The one path of a file or folder, behind every link. What is not there keeps its name below what is.
pub fn real(path: &Path) -> PathBuf {
    if let Ok(real) = fs::canonicalize(if path.as_os_str().is_empty() { Path::new(".") } else { path }) {
        return real;
    }
    let absolute = absolute(path);
    let there = absolute.ancestors().skip(1).find_map(|above| Some((above, fs::canonicalize(above).ok()?)));
    match there.and_then(|(above, real)| Some(real.join(absolute.strip_prefix(above).ok()?))) {
        Some(real) => real,
        None => absolute,
    }
}

/// Whether something of this name is there, be it a link that leads nowhere.
pub fn is_taken(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Whether a path leads to something.
pub fn is_there(path: &Path) -> bool {
    path.exists()
}

/// Whether a path leads to a regular file.
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// Whether a path leads to a folder.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Whether a path is a link, wherever it leads.
pub fn is_link(path: &Path) -> bool {
    path.is_symlink()
}

/// Whether two paths lead to one file, by links of either kind.
pub fn same_file(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    if let (Ok(one), Ok(other)) = (fs::metadata(one), fs::metadata(other)) {
        use std::os::unix::fs::MetadataExt;
        return (one.dev(), one.ino()) == (other.dev(), other.ino());
    }
    real(one) == real(other)
}

/// Where a manifest lies, whatever it is called: two paths with the same place are one manifest.
///
/// A link to another manifest of its repository is that manifest. A link to anything else is a manifest of its own: what is
/// said of its files, and what it is called in a baseline, depends on the folder that it lies in.
pub fn place(path: &Path) -> PathBuf {
    let (Some(name), folder) = (path.file_name(), path.parent().unwrap_or(Path::new(""))) else { return real(path) };
    let folder = real(folder);
    let place = folder.join(name);
    if !fs::symlink_metadata(&place).is_ok_and(|metadata| metadata.is_symlink()) {
        return place;
    }
    match target(&place, &folder) {
        Some(target) if target.file_name().is_some_and(|name| is_manifest(&name.to_string_lossy())) => target,
        _ => place,
    }
}

/// The file that a link in a folder leads to, where that lies in the same repository.
fn target(link: &Path, folder: &Path) -> Option<PathBuf> {
    let target = fs::canonicalize(link).ok()?;
    let root = fs::canonicalize(repository_of(folder)?).ok()?;
    (target.starts_with(root) && target.is_file()).then_some(target)
}

/// Whether a link leads to a file of its own repository, or of the folder `searched` where there is none.
pub(super) fn leads_inside(link: &Path, searched: &Path) -> bool {
    let folder = real(link.parent().unwrap_or(Path::new("")));
    let within = |target: PathBuf| target.starts_with(real(searched)) && target.is_file();
    target(link, &folder).is_some() || repository_of(&folder).is_none() && fs::canonicalize(link).is_ok_and(within)
}

/// The root of the repository around a manifest, or what stands for it, and the path of the manifest from there.
pub fn home(file: &Located) -> (PathBuf, String) {
    let root = root_of(file.path.parent().unwrap_or(Path::new(".")));
    // A folder above the place is behind every link itself, and most roots are.
    let below = file.place.strip_prefix(&root).or_else(|_| file.place.strip_prefix(real(&root)));
    if let Ok(below) = below {
        let below = shown(below);
        return (root, below);
    }
    let root = root_of(file.place.parent().unwrap_or(Path::new("/")));
    let below = super::below(&root, &file.place);
    (root, below)
}

/// The workspace of each folder, looked for once, under the name by which it was first reached.
#[derive(Debug, Default)]
pub struct Roots {
    known: HashMap<PathBuf, Option<PathBuf>>,
    /// The name by which each root goes, by its own name and by the one behind every link.
    spelled: HashMap<PathBuf, PathBuf>,
}

impl Roots {
    /// The root of the workspace that a folder lies in.
    pub fn of(&mut self, folder: &Path) -> Option<PathBuf> {
        let folder = absolute(if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
        if let Some(known) = self.known.get(&folder) {
            return known.clone();
        }
        let root = workspace_of(&folder);
        let root = root.map(|root| match self.spelled.get(&root) {
            Some(known) => known.clone(),
            None => {
                let first = self.spelled.entry(real(&root)).or_insert_with(|| root.clone()).clone();
                self.spelled.insert(root, first.clone());
                first
            }
        });
        self.known.insert(folder, root.clone());
        root
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_file_is_itself_however_it_is_spelled() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = real(temporary.path());
        let at = |name: &str| folder.join(name);
        for name in ["r/.git", "r/a", "r/b"] {
            fs::create_dir_all(at(name)).unwrap();
        }
        for name in ["r/a/mlsystem.yaml", "r/a/real.yaml", "outside.mlsystem.yaml"] {
            fs::write(at(name), "").unwrap();
        }
        symlink("../a/mlsystem.yaml", at("r/b/mlsystem.yaml")).unwrap();
        symlink("../a/real.yaml", at("r/b/real.mlsystem.yaml")).unwrap();
        symlink("../../outside.mlsystem.yaml", at("r/b/out.mlsystem.yaml")).unwrap();
        symlink("a", at("r/c")).unwrap();
        fs::hard_link(at("r/a/mlsystem.yaml"), at("r/a/hard.yaml")).unwrap();

        let one = place(&at("r/a/mlsystem.yaml"));
        for other in ["r/a/../a/./mlsystem.yaml", "r/b/mlsystem.yaml", "r/c/mlsystem.yaml", "r/b/../c/mlsystem.yaml"] {
            assert_eq!(place(&at(other)), one, "{other}");
            assert!(same_file(&at(other), &one));
        }
        // A second name of the same bytes is a manifest of its own, and the same file to whoever writes.
        assert!(place(&at("r/a/hard.yaml")) != one && same_file(&at("r/a/hard.yaml"), &one));
        assert_eq!(place(&at("r/b/real.mlsystem.yaml")), real(&at("r/b")).join("real.mlsystem.yaml"));
        assert_eq!(place(&at("r/b/out.mlsystem.yaml")), real(&at("r/b")).join("out.mlsystem.yaml"));
        assert!(
            leads_inside(&at("r/b/mlsystem.yaml"), &at("r")) && leads_inside(&at("r/b/real.mlsystem.yaml"), &at("r"))
        );
        assert!(!leads_inside(&at("r/b/out.mlsystem.yaml"), &at("r")));
        assert_eq!(place(&at("r/no/such.yaml")), at("r/no/such.yaml"));
        assert_eq!(home(&Located::at(at("r/c/mlsystem.yaml"))), (at("r"), "a/mlsystem.yaml".to_owned()));
    }
}
