//! What lies where in a repository, for the paths that manifests write: asked of the disk once, and of the list that the walk
//! made.
//!
//! A plain path is looked up, also where `.gitignore` leaves it out: data that DVC keeps is there all the same. A pattern is
//! held against the list, which honours `.gitignore` and follows no link. What the list lacks below the fixed beginning of a
//! pattern is listed once, with a bound.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ignore::WalkBuilder;

use super::shown;
use crate::facts::{PassedOver, Pattern, Presence};
use crate::units;

/// The most files and folders that are listed below one folder that the walk left out.
const MAX_BELOW: usize = 20_000;

/// The same for all such folders of a repository together.
const ALL_BELOW: usize = 200_000;

/// Of the matches of a pattern, as many are looked at to tell whether all are empty.
const MAX_LOOKUPS: usize = 1_000;

/// More answers than these are not kept: an editor asks for a path at each letter of it.
const MAX_ANSWERS: usize = 20_000;

/// What a walk saw of a file or folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Seen {
    /// A folder that was walked into.
    Folder,
    /// A folder that was left out, with all that lies in it.
    LeftOut,
    /// Anything else.
    File,
}

/// What lies where in a repository.
#[derive(Debug)]
pub struct Index {
    root: PathBuf,
    real: Option<PathBuf>,
    /// The paths from the root, sorted.
    paths: Vec<(Box<str>, Seen)>,
    /// Whether the walk came to its end.
    complete: bool,
    known: Mutex<Cache>,
}

/// What was looked up so far.
#[derive(Debug, Default)]
struct Cache {
    answers: HashMap<String, Presence>,
    below: HashMap<String, Arc<Below>>,
    listed: usize,
    stopped: BTreeSet<PassedOver>,
}

/// What lies below a folder that the walk left out.
#[derive(Debug, Default)]
struct Below {
    paths: Vec<String>,
    complete: bool,
}

impl Index {
    /// An index of what a walk below `root` saw. `complete` says whether it came to its end.
    pub fn new(root: PathBuf, mut paths: Vec<(Box<str>, Seen)>, complete: bool) -> Self {
        paths.sort_unstable();
        let real = root.canonicalize().ok();
        Self { root, real, paths, complete, known: Mutex::default() }
    }

    /// Whether something lies where a pattern from the root leads, without leaving the root. Where that cannot be told, it
    /// lies elsewhere.
    pub fn presence(&self, pattern: &Pattern) -> Presence {
        if let Some(known) = self.known().answers.get(pattern.text()) {
            return *known;
        }
        let answer = match pattern.one() {
            Some(path) => self.of_path(path),
            None => self.of_pattern(pattern),
        };
        let mut known = self.known();
        if known.answers.len() >= MAX_ANSWERS {
            known.answers.clear();
        }
        known.answers.insert(pattern.text().to_owned(), answer);
        answer
    }

    /// The path that is most like one that leads to nothing: a file of the same name, else one of a like name in the same
    /// folder, else one of a like path. None where no path is like it.
    pub fn nearest(&self, path: &str) -> Option<String> {
        let name = name_of(path);
        let all = || self.paths.iter().filter(|(_, seen)| *seen != Seen::LeftOut).map(|(path, _)| &**path);
        let namesakes = all().filter(|other| name_of(other) == name);
        // Of several the one that shares most of the way.
        let shared =
            |other: &&str| other.split('/').rev().zip(path.split('/').rev()).take_while(|(a, b)| a == b).count();
        if let Some(one) = namesakes.max_by_key(|other| (shared(other), std::cmp::Reverse(other.len()))) {
            return Some(one.to_owned());
        }
        let folder = folder_of(path);
        let beside = all().filter(|other| folder_of(other) == folder).map(name_of);
        let beside = units::nearest(name, beside).map(|near| match folder {
            "" => near.to_owned(),
            folder => format!("{folder}/{near}"),
        });
        beside.or_else(|| units::nearest(path, all()).map(str::to_owned))
    }

    /// Where a bound was met, as far as it mattered to what was asked.
    pub fn stopped(&self) -> Vec<PassedOver> {
        self.known().stopped.iter().cloned().collect()
    }

    /// Whether an answer may be another one when the file at `path`, which counts from the root, is made, changed or taken
    /// away.
    pub fn concerns(&self, path: &str) -> bool {
        let known = self.known();
        let touches = |asked: &String| {
            let pattern = Pattern::new(asked.clone());
            let around = pattern.folder();
            pattern.holds(path) || is_below(asked, path) || pattern.one().is_none() && is_below(around, path)
        };
        known.answers.keys().any(touches) || known.below.keys().any(|folder| is_below(path, folder))
    }

    fn known(&self) -> MutexGuard<'_, Cache> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn of_path(&self, path: &str) -> Presence {
        match self.inside(path) {
            Some(path) => state(&path),
            None if self.leads_out(path) => Presence::Elsewhere,
            None => Presence::Missing,
        }
    }

    /// Whether a path that is not inside goes through a link: one that leads out, or to nothing that is here.
    fn leads_out(&self, path: &str) -> bool {
        let is_link = |part: &&Path| fs::symlink_metadata(self.root.join(part)).is_ok_and(|found| found.is_symlink());
        let mut links = Path::new(path).ancestors().filter(is_link);
        links.any(|link| link.to_str().is_some_and(|link| self.inside(link).is_none()))
    }

    fn of_pattern(&self, pattern: &Pattern) -> Presence {
        let folder = pattern.folder();
        let around = self.range(folder);
        let seen = &self.paths[around.clone()];
        let walked = folder.is_empty() || self.seen(folder) == Some(Seen::Folder);
        let listed = seen.iter().map(|(path, _)| &**path);
        let mut found = self.among(listed.filter(|path| pattern.holds(path)));
        if !walked && self.inside(folder).is_none() && self.leads_out(folder) {
            return Presence::Elsewhere;
        }
        let mut complete = self.complete || !walked;
        if found == Presence::Missing && !folder.is_empty() {
            let left_out = seen.iter().filter(|(_, seen)| *seen == Seen::LeftOut).map(|(path, _)| &**path);
            let own = (!walked).then_some(folder);
            for folder in own.into_iter().chain(left_out) {
                let below = self.below(folder);
                complete &= below.complete;
                let paths = below.paths.iter().map(String::as_str);
                found = self.among(paths.filter(|path| pattern.holds(path)));
                if found != Presence::Missing {
                    break;
                }
            }
        }
        if found == Presence::Missing && !complete { Presence::Elsewhere } else { found }
    }

    /// What there is among paths that match.
    fn among<'p>(&self, paths: impl Iterator<Item = &'p str>) -> Presence {
        let states = paths.filter_map(|path| self.inside(path)).take(MAX_LOOKUPS).map(|path| state(&path));
        let mut any = Presence::Missing;
        for state in states {
            match state {
                Presence::Missing => {}
                Presence::Empty => any = Presence::Empty,
                state => return state,
            }
        }
        any
    }

    /// The part of the list that lies below a folder.
    fn range(&self, folder: &str) -> Range<usize> {
        if folder.is_empty() {
            return 0..self.paths.len();
        }
        let begin = format!("{folder}/");
        let first = self.paths.partition_point(|(path, _)| **path < *begin);
        let count = self.paths[first..].partition_point(|(path, _)| path.starts_with(&begin));
        first..first + count
    }

    fn seen(&self, path: &str) -> Option<Seen> {
        let at = self.paths.binary_search_by(|(known, _)| (**known).cmp(path)).ok()?;
        Some(self.paths[at].1)
    }

    /// What lies below a folder that the walk left out, listed once.
    fn below(&self, folder: &str) -> Arc<Below> {
        if let Some(known) = self.known().below.get(folder) {
            return Arc::clone(known);
        }
        let left = ALL_BELOW.saturating_sub(self.known().listed);
        let most = MAX_BELOW.min(left);
        let below = Arc::new(match self.inside(folder).filter(|real| real.is_dir()) {
            Some(real) => list(folder, &real, most),
            None => Below { paths: Vec::new(), complete: true },
        });
        let mut known = self.known();
        known.listed += below.paths.len();
        if !below.complete {
            let why = format!("no more than {most} files and folders are listed in a folder that is ignored");
            known.stopped.insert(PassedOver { path: folder.to_owned(), why });
        }
        known.below.insert(folder.to_owned(), Arc::clone(&below));
        below
    }

    /// The path below the root, where it exists and no link on the way leads out.
    fn inside(&self, path: &str) -> Option<PathBuf> {
        let real = self.real.as_ref()?;
        real.join(path).canonicalize().ok().filter(|full| full.starts_with(real))
    }
}

/// Lists what lies below a folder, which is called `folder` from the root. No link is followed.
fn list(folder: &str, real: &Path, most: usize) -> Below {
    let mut below = Below { paths: Vec::new(), complete: true };
    let walk = WalkBuilder::new(real).standard_filters(false).follow_links(false).build();
    for entry in walk.skip(1) {
        if below.paths.len() >= most {
            below.complete = false;
            break;
        }
        match entry {
            Ok(entry) => {
                let path = shown(entry.path().strip_prefix(real).unwrap_or(entry.path()));
                below.paths.push(format!("{folder}/{path}"));
            }
            Err(_) => below.complete = false,
        }
    }
    below
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

fn name_of(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether a path is a folder or lies below it.
fn is_below(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
