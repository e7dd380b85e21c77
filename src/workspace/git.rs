//! The manifests at a revision of the repository. Git is the only program that is ever started, and only for this.
//!
//! The commands used read objects alone: they run no hook, no filter and no text conversion, and fetch nothing. Git starts
//! without the variables that point it elsewhere, and with settings that keep the repository's own from starting anything.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::discover::{Located, is_manifest};
use super::read::{Input, LARGEST, text, too_large};
use super::{from_here, real, shown};

/// A revision of one repository.
#[derive(Debug)]
pub(super) struct Revision {
    /// The folder of the repository, behind every link.
    pub(super) top: PathBuf,
    blobs: Vec<(String, String)>,
    /// The repositories that it names as parts of it, by their paths, each with its commit.
    submodules: Vec<(String, String)>,
}

/// A file as it was at a revision.
#[derive(Debug)]
pub struct Old {
    /// Where it lay, as a path of today.
    pub path: PathBuf,
    /// What was in it.
    pub input: Input,
}

impl Revision {
    /// Finds the revision `name` of the repository at `top`, and lists its files.
    pub(super) fn open(top: &Path, name: &str) -> Result<Self, String> {
        if !is_revision(name) {
            return Err(format!("`{name}` is no revision"));
        }
        let inside = git(top, ["rev-parse", "--show-toplevel"])?;
        if !inside.status.success() {
            return Err(format!("{} is in no git repository: {}", named(top), complaint(&inside)));
        }
        let commit = format!("{name}^{{commit}}");
        let found = git(top, ["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
        let id = String::from_utf8_lossy(&found.stdout).trim().to_owned();
        if !found.status.success() || id.is_empty() {
            let hint = "a shallow clone may lack it: fetch it first";
            return Err(format!("`{name}` is no revision of this repository ({hint})"));
        }
        let tree = git(top, ["ls-tree", "-r", "-z", "--full-tree", &id])?;
        if !tree.status.success() {
            return Err(format!("the files of `{name}` could not be listed: {}", complaint(&tree)));
        }
        let (mut blobs, mut submodules) = (Vec::new(), Vec::new());
        for line in tree.stdout.split(|byte| *byte == 0) {
            let Some((kind, path)) = std::str::from_utf8(line).ok().and_then(|line| line.split_once('\t')) else {
                continue;
            };
            match *kind.split(' ').collect::<Vec<_>>() {
                // A link is no manifest, whatever it leads to.
                [mode, "blob", id] if mode.starts_with("100") => blobs.push((path.to_owned(), id.to_owned())),
                [_, "commit", id] => submodules.push((path.to_owned(), id.to_owned())),
                _ => {}
            }
        }
        blobs.sort();
        Ok(Self { top: top.to_owned(), blobs, submodules })
    }

    /// A revision without any file.
    pub(super) fn before(top: &Path) -> Self {
        Self { top: top.to_owned(), blobs: Vec::new(), submodules: Vec::new() }
    }

    /// The commit of the repository at `top` that this one names as a part of it.
    pub(super) fn submodule(&self, top: &Path) -> Option<&str> {
        let path = shown(top.strip_prefix(&self.top).ok()?);
        self.submodules.iter().find(|(name, _)| *name == path).map(|(_, id)| &**id)
    }

    /// The old versions of `files`, and the manifests below `searched` that are not there any more. Where one of the files is
    /// new, it may be one that is gone from anywhere, so that all of these are given.
    pub(super) fn manifests(&self, files: &[&Located], searched: &[PathBuf]) -> Result<Vec<Old>, String> {
        // One file may be known by several paths: relative to here, and from the root.
        let mut wanted: BTreeMap<&str, (PathBuf, &str)> = BTreeMap::new();
        let mut all_known = true;
        for file in files {
            let path = file.place.strip_prefix(&self.top).ok().map(shown);
            let blob = path.and_then(|path| self.blobs.binary_search_by(|(name, _)| name.cmp(&path)).ok());
            match blob.map(|blob| &self.blobs[blob]) {
                Some((name, id)) => {
                    wanted.entry(name).or_insert_with(|| (file.path.clone(), id));
                }
                None => all_known = false,
            }
        }
        let whole = (!all_known).then(|| from_here(&self.top));
        for folder in searched.iter().chain(&whole) {
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            let Ok(below) = real(folder).strip_prefix(&self.top).map(shown) else { continue };
            let below = if below.is_empty() { below } else { below + "/" };
            for (name, id) in &self.blobs {
                let Some(rest) = name.strip_prefix(&below) else { continue };
                let file = folder.join(rest);
                let manifest = is_manifest(name.rsplit('/').next().unwrap_or_default());
                if manifest && file.symlink_metadata().is_err() {
                    wanted.entry(name).or_insert((file, id));
                }
            }
        }
        let wanted: Vec<(PathBuf, &str)> = wanted.into_values().collect();
        let contents = self.contents(&wanted.iter().map(|(_, id)| *id).collect::<Vec<_>>())?;
        let old = |((path, _), input): ((PathBuf, &str), Contents)| {
            let name = shown(&path);
            let input = match input {
                Contents::Bytes(bytes) => text(bytes, &name),
                Contents::TooLarge(size) => too_large(size, &name),
            };
            Old { path, input }
        };
        Ok(wanted.into_iter().zip(contents).map(old).collect())
    }

    /// The contents of blobs, by one process for all of them.
    fn contents(&self, ids: &[&str]) -> Result<Vec<Contents>, String> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut child = command(&self.top, ["cat-file", "--batch"])?
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| not_started(&error))?;
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let (Some(mut stdin), Some(stdout)) = (stdin, stdout) else { return Err("git has no pipes".to_owned()) };
        let asked: String = ids.iter().map(|id| format!("{id}\n")).collect();
        let read = std::thread::scope(|scope| {
            // Git answers while it is still being asked; whoever writes all of it first would wait for ever.
            scope.spawn(move || stdin.write_all(asked.as_bytes()));
            let mut out = io::BufReader::new(stdout);
            ids.iter().map(|_| one(&mut out)).collect::<io::Result<Vec<_>>>()
        });
        let ended = child.wait();
        match (read, ended) {
            (Ok(contents), Ok(_)) => Ok(contents),
            (Err(error), _) | (_, Err(error)) => Err(format!("git gave no file of that revision: {error}")),
        }
    }
}

/// A folder, in words.
pub(super) fn named(folder: &Path) -> String {
    match shown(&from_here(folder)).as_str() {
        "" | "." => "the current folder".to_owned(),
        folder => format!("`{folder}`"),
    }
}

enum Contents {
    Bytes(Vec<u8>),
    TooLarge(u64),
}

/// One answer of `git cat-file --batch`: a line with the size, the bytes, a line feed.
fn one(out: &mut impl io::BufRead) -> io::Result<Contents> {
    let mut line = String::new();
    out.read_line(&mut line)?;
    let size = line.trim_end().rsplit(' ').next().and_then(|size| size.parse::<u64>().ok());
    // Of a partial clone, git has the name of a blob and not its bytes.
    let size = size.ok_or_else(|| io::Error::other(line.trim_end().to_owned()))?;
    let contents = if size > LARGEST {
        io::copy(&mut out.take(size), &mut io::sink())?;
        Contents::TooLarge(size)
    } else {
        let mut bytes = Vec::new();
        out.take(size).read_to_end(&mut bytes)?;
        Contents::Bytes(bytes)
    };
    out.read_exact(&mut [0])?;
    Ok(contents)
}

/// Settings that win over those of the repository: nothing that it names is started.
const SETTINGS: [&str; 7] = [
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.sshCommand=false",
    "core.askPass=",
    "core.pager=cat",
    "credential.helper=",
    "protocol.allow=never",
];

/// Variables of git that say where the settings of the user lie, and are left as they are.
const KEPT: [&str; 6] = [
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_SYSTEM",
    "GIT_CONFIG_NOSYSTEM",
    "GIT_CONFIG_COUNT",
    "GIT_CEILING_DIRECTORIES",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM",
];

fn command<'a>(folder: &Path, arguments: impl IntoIterator<Item = &'a str>) -> Result<Command, String> {
    let git = program(std::env::var_os("PATH")).ok_or_else(|| not_started(&io::ErrorKind::NotFound.into()))?;
    let mut command = Command::new(git);
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        let of_user =
            KEPT.contains(&&*text) || text.starts_with("GIT_CONFIG_KEY_") || text.starts_with("GIT_CONFIG_VALUE_");
        if text.starts_with("GIT_") && !of_user {
            command.env_remove(&name);
        }
    }
    let folder = if folder.as_os_str().is_empty() { OsStr::new(".") } else { folder.as_os_str() };
    command.arg("-C").arg(folder).arg("--no-pager");
    command.args(SETTINGS.iter().flat_map(|setting| ["-c", setting])).args(arguments);
    command.env("GIT_NO_LAZY_FETCH", "1").env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0");
    // No protocol is called so: an older git, which knows no word against fetching what is missing, finds none to use.
    command.env("GIT_ALLOW_PROTOCOL", "none").env("LC_ALL", "C");
    Ok(command)
}

/// Where git lies. A folder of the PATH that counts from the current one may be that of a stranger, and is passed over.
fn program(path: Option<OsString>) -> Option<PathBuf> {
    let name = format!("git{}", std::env::consts::EXE_SUFFIX);
    let folders = std::env::split_paths(path.as_deref()?).filter(|folder| folder.is_absolute()).collect::<Vec<_>>();
    folders.into_iter().map(|folder| folder.join(&name)).find(|file| is_executable(file))
}

#[cfg(unix)]
fn is_executable(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(file).is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(file: &Path) -> bool {
    file.is_file()
}

/// Whether a text may name a commit. What has a colon outside braces names a file, or searches messages.
fn is_revision(name: &str) -> bool {
    let mut depth = 0usize;
    let plain = name.chars().all(|letter| {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        !letter.is_control() && (letter != ':' || depth > 0)
    });
    plain && !name.is_empty() && !name.starts_with('-')
}

fn git<'a>(folder: &Path, arguments: impl IntoIterator<Item = &'a str>) -> Result<Output, String> {
    command(folder, arguments)?.stdin(Stdio::null()).output().map_err(|error| not_started(&error))
}

fn not_started(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "`--since` needs git, which is not on the PATH".to_owned(),
        _ => format!("git could not be started: {error}"),
    }
}

/// What git said, in one line and without what a terminal would act upon.
fn complaint(output: &Output) -> String {
    let words = String::from_utf8_lossy(&output.stderr);
    let line = words.lines().next().unwrap_or_default();
    line.trim_start_matches("fatal: ").chars().filter(|letter| !letter.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_names_are_no_revisions() {
        for name in
            ["HEAD", "main", "v1.2^{}", "HEAD~3", "@{u}", "HEAD@{2026-11-01 10:00:00}", "HEAD^{/fix: it}", "a{b"]
        {
            assert!(is_revision(name), "{name}");
        }
        for name in
            ["", "-x", "--upload-pack=x", ":mlsystem.yaml", ":0:f", ":/fix", "HEAD:f", "a}:b", "a\nb", "a\u{1b}[m"]
        {
            assert!(!is_revision(name), "{name}");
        }
    }

    /// A repository that holds a program called git is no place to look for it.
    #[cfg(unix)]
    #[test]
    fn git_is_looked_for_in_absolute_folders_alone() {
        let found = |path: &str| program(Some(path.into()));
        assert_eq!(found("."), None);
        assert_eq!(found(":bin:./x"), None);
        assert_eq!(found(""), None);
        let real = program(std::env::var_os("PATH")).unwrap();
        let folder = real.parent().unwrap().to_str().unwrap();
        assert_eq!(found(&format!(".::{folder}")), Some(real.clone()));
    }
}
