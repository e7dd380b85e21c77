//! A revision of every repository that a run looks at: each file is compared in the one that holds it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::discover::Located;
use super::git::{Old, Revision, named};
use super::identity::is_taken;
use super::real;

/// The revision of each repository, outer ones before those inside them.
#[derive(Debug)]
pub struct Revisions {
    opened: Vec<Revision>,
    /// The repositories and folders of which nothing can be said, each with the reason.
    refused: Vec<(PathBuf, String)>,
}

impl Revisions {
    /// Finds the revision `name` of the repositories around `files` and `searched` folders. In a submodule it is the commit
    /// that the repository around it had recorded. Fails where it is found in none.
    pub fn open(name: &str, files: &[PathBuf], searched: &[PathBuf]) -> Result<Self, String> {
        let folders = files.iter().map(|file| super::place(file).parent().map(Path::to_owned).unwrap_or_default());
        let folders: BTreeSet<PathBuf> = folders.chain(searched.iter().map(|folder| real(folder))).collect();
        let (mut tops, mut refused) = (BTreeSet::new(), Vec::new());
        for folder in folders {
            match top_of(&folder) {
                Some(top) => drop(tops.insert(top)),
                None => refused.push((folder.clone(), format!("{} is in no git repository", named(&folder)))),
            }
        }
        let mut revisions = Self { opened: Vec::new(), refused };
        for top in tops {
            match revisions.one(&top, name) {
                Ok(revision) => revisions.opened.push(revision),
                Err(why) => revisions.refused.push((top, why)),
            }
        }
        match revisions.refused.first() {
            Some((_, why)) if revisions.opened.is_empty() => Err(why.clone()),
            _ => Ok(revisions),
        }
    }

    fn one(&self, top: &Path, name: &str) -> Result<Revision, String> {
        let Some(outer) = self.opened.iter().rev().find(|outer| top.starts_with(&outer.top)) else {
            return Revision::open(top, name);
        };
        if let Some(commit) = outer.submodule(top) {
            return Revision::open(top, commit)
                .map_err(|_| format!("{} lacks the commit that `{name}` names: fetch it first", named(top)));
        }
        let added = Revision::open(&outer.top, "HEAD").is_ok_and(|now| now.submodule(top).is_some());
        if added { Ok(Revision::before(top)) } else { Revision::open(top, name) }
    }

    /// The old versions of `files`, and the manifests below `searched` that are not there any more.
    pub fn manifests(&self, files: &[PathBuf], searched: &[PathBuf]) -> Result<Vec<Old>, String> {
        let files: Vec<Located> = files.iter().cloned().map(Located::at).collect();
        let mut found = Vec::new();
        for revision in &self.opened {
            let held = |file: &Located| self.holder(&file.place).is_some_and(|holder| std::ptr::eq(holder, revision));
            let own: Vec<&Located> = files.iter().filter(|file| held(file)).collect();
            let below = |folder: &PathBuf| match revision.top.strip_prefix(real(folder)) {
                Ok(rest) => folder.join(rest),
                Err(_) => folder.clone(),
            };
            found.extend(revision.manifests(&own, &searched.iter().map(below).collect::<Vec<_>>())?);
        }
        Ok(found)
    }

    /// Why nothing can be said of the file at `path`, where that is so.
    pub fn refusal(&self, path: &Path) -> Option<&str> {
        let place = super::place(path);
        let refused = self.refused.iter().filter(|(folder, _)| place.starts_with(folder));
        let (folder, why) = refused.max_by_key(|(folder, _)| folder.components().count())?;
        let nearer = self.holder(&place).is_some_and(|holder| holder.top.starts_with(folder));
        (!nearer).then_some(why)
    }

    /// The revision of the repository that holds the file at `place`.
    fn holder(&self, place: &Path) -> Option<&Revision> {
        self.opened.iter().rev().find(|revision| place.starts_with(&revision.top))
    }
}

/// The root of the git repository around a folder.
fn top_of(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find(|above| is_taken(&above.join(".git"))).map(Path::to_owned)
}
