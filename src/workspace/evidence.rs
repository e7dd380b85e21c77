//! The files of a repository that say something of its manifests: which there are, and what is in them.
//!
//! A walk leaves out what `.gitignore` names, hidden folders in which no tool keeps what is read here, and links. It has
//! bounds, and says where it met one.

use std::fs;
use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use super::discover::is_manifest;
use super::read::{Input, read};
use super::shown;
use crate::evidence;
use crate::facts::{File, Pattern, Presence, Repository};
use crate::schema::Schema;

/// The most folders and files that a walk looks at.
const MOST_ENTRIES: usize = 200_000;

/// The most files that are opened.
const MOST_FILES: usize = 20_000;

/// The largest file that is opened, in bytes. What people and tools write to be read is smaller.
const LARGEST: u64 = 2_000_000;

/// How deep folders may lie in each other.
const DEPTH: usize = 32;

/// Hidden folders and files that are looked at.
const HIDDEN: [&str; 6] = [".dvc", ".github", ".gitlab", ".gitlab-ci.yml", ".gitattributes", ".circleci"];

/// What a walk through a repository found.
#[derive(Debug)]
pub struct Found {
    root: PathBuf,
    manifests: Vec<String>,
    files: Vec<(String, PathBuf)>,
    complete: bool,
}

/// Walks through the repository at `root`.
pub fn find(root: &Path) -> Found {
    let mut found = Found { root: root.to_owned(), manifests: Vec::new(), files: Vec::new(), complete: true };
    let walk = WalkBuilder::new(root)
        .hidden(false)
        .require_git(false)
        .follow_links(false)
        .max_depth(Some(DEPTH))
        .filter_entry(|entry| entry.depth() == 0 || is_looked_at(&entry.file_name().to_string_lossy()))
        .build();
    for (count, entry) in walk.enumerate() {
        if count == MOST_ENTRIES {
            found.complete = false;
            break;
        }
        match entry {
            Ok(entry) => found.take(&entry),
            // What lies behind a folder that cannot be read is not known.
            Err(_) => found.complete = false,
        }
    }
    found.manifests.sort();
    found.files.sort();
    found
}

fn is_looked_at(name: &str) -> bool {
    !name.starts_with('.') || HIDDEN.contains(&name)
}

impl Found {
    /// The manifests, by their paths from the root.
    pub fn manifests(&self) -> &[String] {
        &self.manifests
    }

    fn take(&mut self, entry: &DirEntry) {
        // Neither a link nor a pipe nor a device is a file.
        if !entry.file_type().is_some_and(|kind| kind.is_file()) {
            return;
        }
        let path = shown(entry.path().strip_prefix(&self.root).unwrap_or(entry.path()));
        if is_manifest(&entry.file_name().to_string_lossy()) {
            self.manifests.push(path);
        } else if evidence::is_known(&path) {
            self.files.push((path, entry.path().to_owned()));
        }
    }

    /// Reads the files; the schema is the form of what they say.
    pub fn read(mut self, schema: &'static Schema) -> Repository {
        if self.files.len() > MOST_FILES {
            self.files.truncate(MOST_FILES);
            self.complete = false;
        }
        let mut complete = self.complete;
        let files = self.files.iter().filter_map(|(path, file)| open(path, file, schema, &mut complete)).collect();
        Repository::new(schema, files, &self.manifests, complete)
    }
}

/// What a file says; none where no reader takes it.
fn open(path: &str, file: &Path, schema: &'static Schema, complete: &mut bool) -> Option<File> {
    let name = shown(&super::from_here(file));
    match fs::symlink_metadata(file) {
        Ok(metadata) if metadata.len() > LARGEST => {
            let why = format!("it has more than {LARGEST} bytes");
            let present = evidence::present(path, &why, schema);
            *complete &= present.is_some() || !evidence::is_known(path);
            return present;
        }
        Ok(_) => {}
        Err(_) => return None,
    }
    match read(file, &name) {
        Input::Text(source) => evidence::read(&source, path, schema),
        Input::Unreadable(finding) => evidence::present(path, &finding.message, schema),
    }
}

/// Whether a file that was made, changed or taken away may bear on what is said of the files of a repository: any that a
/// walk would look at, manifests aside, which are read anew in any case.
pub fn is_evidence(path: &Path) -> bool {
    let name = |part: std::path::Component<'_>| part.as_os_str().to_string_lossy().into_owned();
    let parts: Vec<String> = path.components().map(name).collect();
    let aside = ["target", "node_modules", "__pycache__"];
    let passed_over = |part: &String| part.starts_with('.') && !is_looked_at(part) || aside.contains(&&**part);
    !parts.iter().any(passed_over) && !parts.last().is_some_and(|name| is_manifest(name))
}

/// Whether something lies where a pattern from the root leads, without leaving the root.
pub fn presence(root: &Path, pattern: &Pattern) -> Presence {
    let Some(path) = pattern.one() else {
        let Some(full) = root.join(pattern.text()).to_str().map(str::to_owned) else { return Presence::Missing };
        let options = glob::MatchOptions { require_literal_separator: true, ..glob::MatchOptions::new() };
        let Ok(matches) = glob::glob_with(&full, options) else { return Presence::Missing };
        let mut states = matches.take(MOST_FILES).filter_map(Result::ok).filter_map(|path| {
            let below = path.strip_prefix(root).ok()?.to_str()?.to_owned();
            Some(state(&inside(root, &below)?))
        });
        return match states.next() {
            None => Presence::Missing,
            Some(Presence::Empty) if states.all(|state| state == Presence::Empty) => Presence::Empty,
            Some(_) => Presence::Present,
        };
    };
    match inside(root, path) {
        Some(path) => state(&path),
        None if root.join(path).symlink_metadata().is_ok_and(|metadata| metadata.is_symlink()) => Presence::Elsewhere,
        None => Presence::Missing,
    }
}

/// A file without content and a folder without files are empty.
fn state(path: &Path) -> Presence {
    let empty = match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none()),
        Ok(metadata) => metadata.is_file() && metadata.len() == 0,
        Err(_) => return Presence::Missing,
    };
    if empty { Presence::Empty } else { Presence::Present }
}

/// The path below the root, where it exists and no link on the way leads out.
fn inside(root: &Path, path: &str) -> Option<PathBuf> {
    let root = root.canonicalize().ok()?;
    let full = root.join(path).canonicalize().ok()?;
    full.starts_with(&root).then_some(full)
}
