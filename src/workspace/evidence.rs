//! The files of a repository that say something of its manifests: which there are, and what is in them.
//!
//! A walk leaves out what `.gitignore` names, hidden folders in which no tool keeps what is read here, and links. It has
//! bounds, and says where it met one.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::DirEntry;

use super::discover::is_manifest;
use super::ignores::{IgnoreDecision, Ignores};
use super::presence::{Index, Seen};
use super::read::{Input, read};
use super::shown;
use crate::evidence;
use crate::facts::{File, PassedOver, Repository};
use crate::schema::Schema;

/// The most folders and files that a walk looks at.
const MAX_ENTRIES: usize = 200_000;

/// The most folders and files whose names are kept although the walk leaves them out.
const MAX_LEFT_OUT: usize = 50_000;

/// The most files that are opened.
const MAX_FILES: usize = 20_000;

/// The largest file that is opened, in bytes. What people and tools write to be read is smaller.
const LARGEST: u64 = 2_000_000;

/// How deep folders may lie in each other.
const DEPTH: usize = 32;

/// Hidden folders and files that are looked at.
const HIDDEN: [&str; 6] = [".dvc", ".github", ".gitlab", ".gitlab-ci.yml", ".gitattributes", ".circleci"];

/// The files that say what a walk leaves out.
pub const IGNORE_FILES: [&str; 2] = [".gitignore", ".ignore"];

/// What a walk through a repository found.
#[derive(Debug)]
pub struct RepositoryFiles {
    root: PathBuf,
    manifests: Vec<String>,
    files: Vec<(String, PathBuf)>,
    /// Everything by its path from the root, for the paths that manifests write.
    seen: Vec<(Box<str>, Seen)>,
    /// Whether `seen` is all that there is.
    listed: bool,
    complete: bool,
    passed_over: Vec<PassedOver>,
}

/// Walks through the repository at `root`.
pub fn find(root: &Path) -> RepositoryFiles {
    let mut found = RepositoryFiles {
        root: root.to_owned(),
        manifests: Vec::new(),
        files: Vec::new(),
        seen: Vec::new(),
        listed: true,
        complete: true,
        passed_over: Vec::new(),
    };
    let left_out = Arc::new(Mutex::new(Vec::new()));
    let ignores = Ignores::new(root);
    let walk = ignores
        .walk(root, {
            let (left_out, root) = (Arc::clone(&left_out), root.to_owned());
            move |entry, verdict| {
                let name = entry.file_name().to_string_lossy();
                let taken = verdict != IgnoreDecision::Ignored && is_looked_at(&name);
                if !taken && name != ".git" {
                    let mut left_out = left_out.lock().unwrap_or_else(PoisonError::into_inner);
                    if left_out.len() <= MAX_LEFT_OUT {
                        let seen = if is_folder(entry) { Seen::LeftOut } else { Seen::File };
                        left_out.push((path_of(entry, &root).into_boxed_str(), seen));
                    }
                }
                taken
            }
        })
        .max_depth(Some(DEPTH))
        .build();
    for (count, entry) in walk.enumerate() {
        if count == MAX_ENTRIES {
            found.stop("", format!("no more than {MAX_ENTRIES} files and folders are looked at"));
            break;
        }
        match entry {
            Ok(entry) => found.take(&entry),
            // What lies behind a folder that cannot be read is not known.
            Err(error) => {
                let why = error.io_error().map_or_else(|| error.to_string(), super::plain_words);
                found.stop(&place_of(&error, root), why);
            }
        }
    }
    let left_out = std::mem::take(&mut *left_out.lock().unwrap_or_else(PoisonError::into_inner));
    found.listed = found.complete && left_out.len() <= MAX_LEFT_OUT;
    found.seen.extend(left_out);
    let real = super::real(root);
    for (file, why) in ignores.passed_over() {
        found.passed_over.push(PassedOver { path: shown(file.strip_prefix(&real).unwrap_or(&file)), why });
    }
    found.manifests.sort();
    found.files.sort();
    found
}

/// The path of an entry of a walk from its root.
fn path_of(entry: &DirEntry, root: &Path) -> String {
    shown(entry.path().strip_prefix(root).unwrap_or(entry.path()))
}

fn is_folder(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_dir())
}

/// The path from the root at which a walk met an error; empty where it does not say.
fn place_of(error: &ignore::Error, root: &Path) -> String {
    match error {
        ignore::Error::WithPath { path, .. } => shown(path.strip_prefix(root).unwrap_or(path)),
        ignore::Error::WithDepth { err, .. } => place_of(err, root),
        _ => String::new(),
    }
}

fn is_looked_at(name: &str) -> bool {
    !name.starts_with('.') || HIDDEN.contains(&name)
}

impl RepositoryFiles {
    /// The manifests, by their paths from the root.
    pub fn manifests(&self) -> &[String] {
        &self.manifests
    }

    /// What lies where, for the paths that manifests write.
    pub fn index(&mut self) -> Index {
        Index::new(self.root.clone(), std::mem::take(&mut self.seen), self.listed)
    }

    fn take(&mut self, entry: &DirEntry) {
        let path = path_of(entry, &self.root);
        if !path.is_empty() {
            let seen = match is_folder(entry) {
                true if entry.depth() == DEPTH => Seen::LeftOut,
                true => Seen::Folder,
                false => Seen::File,
            };
            self.seen.push((path.clone().into_boxed_str(), seen));
        }
        match entry.file_type() {
            Some(kind) if kind.is_file() => {}
            Some(kind) if kind.is_dir() => return,
            Some(kind) => {
                let link = kind.is_symlink();
                let why = if link { "a link, which is not followed" } else { "a pipe or device, which is not opened" };
                if evidence::is_known(&path) || link && entry.path().is_dir() {
                    self.passed_over.push(PassedOver { path, why: why.to_owned() });
                }
                return;
            }
            None => return,
        }
        if is_manifest(&entry.file_name().to_string_lossy()) {
            self.manifests.push(path);
        } else if evidence::is_known(&path) {
            self.files.push((path, entry.path().to_owned()));
        }
    }

    /// Notes that a part of the repository was not looked at.
    fn stop(&mut self, path: &str, why: String) {
        self.complete = false;
        self.passed_over.push(PassedOver { path: path.to_owned(), why });
    }

    /// Reads the files; the schema is the form of what they say.
    pub fn read(mut self, schema: &'static Schema) -> Repository {
        if self.files.len() > MAX_FILES {
            self.files.truncate(MAX_FILES);
            self.stop("", format!("no more than {MAX_FILES} files are opened"));
        }
        let mut files = Vec::new();
        for (path, file) in std::mem::take(&mut self.files) {
            match open(&path, &file, schema) {
                Opened::Read(read) => files.extend(read),
                Opened::Illegible(why) => self.passed_over.push(PassedOver { path, why }),
                Opened::TooLarge(why) => self.stop(&path, why),
            }
        }
        self.passed_over.sort();
        Repository::new(schema, files, &self.manifests, self.complete).passing_over(self.passed_over)
    }
}

/// What came of opening a file that might say something.
#[allow(clippy::large_enum_variant, reason = "one is made and taken apart for each file, and none is kept")]
enum Opened {
    /// What it says; none where no reader takes it.
    Read(Option<File>),
    /// It is no text, or may not be read, and its name does not tell of what sort it is.
    Illegible(String),
    /// It is too large to be looked at, and its name does not tell of what sort it is, so that it may say anything.
    TooLarge(String),
}

fn open(path: &str, file: &Path, schema: &'static Schema) -> Opened {
    let name = shown(&super::from_here(file));
    let present = |why: &str| evidence::present(path, why, schema).map(|file| Opened::Read(Some(file)));
    match fs::symlink_metadata(file) {
        Ok(metadata) if metadata.len() > LARGEST => {
            let why = format!("it has more than {LARGEST} bytes");
            present(&why).unwrap_or(Opened::TooLarge(why))
        }
        Ok(_) => match read(file, &name) {
            Input::Text(source) => Opened::Read(evidence::read(&source, path, schema)),
            Input::Unreadable(finding) => present(&finding.message).unwrap_or(Opened::Illegible(finding.message)),
        },
        // It went away since the walk.
        Err(_) => Opened::Read(None),
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
