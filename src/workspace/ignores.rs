//! What `.gitignore`, `.ignore` and `.git/info/exclude` leave out of a walk.
//!
//! The files are opened here and not by the crate that matches them: in a stranger's repository, one may be a link to a
//! device, a pipe, or so large that compiling it takes all memory. Such a file is passed over, as git passes over a link.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use ignore::{DirEntry, Match, WalkBuilder};

use super::read::small_file;

/// The largest file that is honoured, in bytes.
const LARGEST: u64 = 500_000;

/// The most that one file may weigh: a line counts as one, and as two more for each wildcard that is compiled.
const HEAVIEST: usize = 10_000;

/// The most that the rules which are kept may weigh; then they are dropped, and read again where they are needed.
const KEPT: usize = 30_000;

/// The most that all files of a walk may weigh together.
const ALL: usize = 200_000;

/// The largest `.git` or `commondir` of a linked work tree, in bytes.
const LARGEST_LINK: u64 = 4_096;

/// What the ignore files of a folder, those above it and those of the user leave out.
#[derive(Debug)]
pub(super) struct Ignores {
    root: PathBuf,
    real: PathBuf,
    /// The folders above the root whose rules hold in it, the outermost first.
    above: Vec<PathBuf>,
    global: Gitignore,
    known: Mutex<Cache>,
}

/// What was read so far.
#[derive(Debug, Default)]
struct Cache {
    /// The rules for what lies in a folder, where there are any.
    levels: HashMap<PathBuf, Option<Arc<Level>>>,
    kept: usize,
    all: usize,
    passed_over: Vec<(PathBuf, String)>,
}

/// The rules of one folder, and of those around it.
#[derive(Debug)]
struct Level {
    plain: Gitignore,
    git: Gitignore,
    exclude: Gitignore,
    around: Option<Arc<Level>>,
}

/// What ignore files say of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum IgnoreDecision {
    /// It is left out.
    Ignored,
    /// It is taken, whatever other rules say.
    Listed,
    /// Nothing.
    Unsaid,
}

impl IgnoreDecision {
    /// Whether a search takes a file or folder: what is hidden only where a rule lists it.
    pub fn takes(self, entry: &DirEntry) -> bool {
        match self {
            Self::Ignored => false,
            Self::Listed => true,
            Self::Unsaid => !entry.file_name().as_encoded_bytes().starts_with(b"."),
        }
    }
}

impl Ignores {
    /// The rules for what lies below `root`. Like git, it looks upwards as far as the folder that holds `.git`.
    pub fn new(root: &Path) -> Arc<Self> {
        let real = root.canonicalize().unwrap_or_else(|_| super::absolute(root));
        let holds_git = |folder: &&Path| fs::symlink_metadata(folder.join(".git")).is_ok();
        let top = real.ancestors().find(holds_git).unwrap_or(&real);
        let mut above: Vec<PathBuf> =
            real.ancestors().skip(1).take_while(|folder| folder.starts_with(top)).map(Path::to_owned).collect();
        above.reverse();
        let (global, _) = GitignoreBuilder::new(&real).build_global();
        Arc::new(Self { root: root.to_owned(), real, above, global, known: Mutex::default() })
    }

    /// A walk below `folder`, which lies in the root, that takes what `takes` admits by itself and by what the rules say of
    /// it. No link is followed.
    pub fn walk(
        self: &Arc<Self>,
        folder: &Path,
        takes: impl Fn(&DirEntry, IgnoreDecision) -> bool + Send + Sync + 'static,
    ) -> WalkBuilder {
        let rules = Arc::clone(self);
        let mut walk = WalkBuilder::new(folder);
        walk.standard_filters(false).follow_links(false);
        walk.filter_entry(move |entry| takes(entry, rules.verdict(entry)));
        walk
    }

    /// The ignore files that are not honoured, by their paths, each with the reason.
    pub fn passed_over(&self) -> Vec<(PathBuf, String)> {
        let mut found = self.known().passed_over.clone();
        found.sort();
        found.dedup();
        found
    }

    fn known(&self) -> MutexGuard<'_, Cache> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn verdict(&self, entry: &DirEntry) -> IgnoreDecision {
        let path = self.real.join(entry.path().strip_prefix(&self.root).unwrap_or(entry.path()));
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        let level = path.parent().and_then(|folder| self.level(folder));
        let matched = level.map_or(Match::None, |level| level.matched(&path, is_folder));
        match matched.or(self.global.matched(&path, is_folder).map(|_| ())) {
            Match::Ignore(()) => IgnoreDecision::Ignored,
            Match::Whitelist(()) => IgnoreDecision::Listed,
            Match::None => IgnoreDecision::Unsaid,
        }
    }

    /// The rules for what lies in a folder.
    fn level(&self, folder: &Path) -> Option<Arc<Level>> {
        if let Some(known) = self.known().levels.get(folder) {
            return known.clone();
        }
        let around = match folder.parent() {
            Some(parent) if parent.starts_with(&self.real) || self.above.iter().any(|above| above == parent) => {
                self.level(parent)
            }
            _ => None,
        };
        let [plain, git] = [".ignore", ".gitignore"].map(|name| self.rules(folder, &folder.join(name)));
        let exclude = exclude_of(folder).map(|file| self.rules(folder, &file)).unwrap_or_else(Gitignore::empty);
        let level = match plain.is_empty() && git.is_empty() && exclude.is_empty() {
            true => around,
            false => Some(Arc::new(Level { plain, git, exclude, around })),
        };
        self.known().levels.insert(folder.to_owned(), level.clone());
        level
    }

    /// The rules of one file.
    fn rules(&self, folder: &Path, file: &Path) -> Gitignore {
        let read = small_file(file, LARGEST).and_then(|bytes| match bytes {
            Some(bytes) => self.compiled(folder, &String::from_utf8_lossy(&bytes)),
            None => Ok(Gitignore::empty()),
        });
        read.unwrap_or_else(|why| {
            self.known().passed_over.push((file.to_owned(), why));
            Gitignore::empty()
        })
    }

    fn compiled(&self, folder: &Path, text: &str) -> Result<Gitignore, String> {
        let lines = text.trim_start_matches('\u{feff}').lines();
        let weight: usize = lines.clone().map(weight_of).sum();
        if weight > HEAVIEST {
            return Err("it has too many lines or wildcards".to_owned());
        }
        let mut known = self.known();
        if known.all + weight > ALL {
            return Err("the ignore files have too many lines or wildcards together".to_owned());
        }
        known.all += weight;
        known.kept += weight;
        if known.kept > KEPT {
            known.levels.clear();
            known.kept = weight;
        }
        drop(known);
        let mut rules = GitignoreBuilder::new(folder);
        for line in lines {
            // Git passes over a line that is no pattern, too.
            let _ = rules.add_line(None, line);
        }
        Ok(rules.build().unwrap_or_else(|_| Gitignore::empty()))
    }
}

impl Level {
    /// What the innermost rule says: `.ignore` wins over `.gitignore`, and that over `.git/info/exclude`.
    fn matched(&self, path: &Path, is_folder: bool) -> Match<()> {
        let first = |of: fn(&Self) -> &Gitignore| {
            let mut here = Some(self);
            while let Some(level) = here {
                let matched = of(level).matched(path, is_folder);
                if !matched.is_none() {
                    return matched.map(|_| ());
                }
                here = level.around.as_deref();
            }
            Match::None
        };
        first(|level| &level.plain).or(first(|level| &level.git)).or(first(|level| &level.exclude))
    }
}

/// What a line costs when it is compiled.
fn weight_of(line: &str) -> usize {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return 0;
    }
    let line = line.trim_start_matches(['!', '/']);
    let line = line.strip_prefix("**/").unwrap_or(line);
    // One star before an ending is looked up and not compiled.
    let line = line.strip_prefix("*.").unwrap_or(line);
    1 + 2 * line.matches(['*', '?', '[', '{']).count()
}

/// The file of the excluded paths of a repository whose top a folder is.
fn exclude_of(folder: &Path) -> Option<PathBuf> {
    let git = folder.join(".git");
    let kind = fs::symlink_metadata(&git).ok()?.file_type();
    if kind.is_dir() {
        return Some(git.join("info/exclude"));
    }
    // In a linked work tree, `.git` is a file that says where the repository lies.
    let said = |file: &Path| {
        let bytes = small_file(file, LARGEST_LINK).ok()??;
        Some(String::from_utf8(bytes).ok()?.lines().next()?.to_owned())
    };
    let linked = folder.join(said(&git)?.strip_prefix("gitdir: ")?);
    let common = linked.join(said(&linked.join("commondir"))?);
    Some(common.join("info/exclude"))
}
