//! Writes files. Whoever writes says what is meant: to create a file, to replace a text that was read, or to overwrite
//! whatever is there. A reader of the file sees the old content or the new, never a part.
//!
//! A link stays a link, and the file that it leads to is written, as long as both lie in one repository: a link is a part of
//! a repository that others may have written, and no name in it leads to a file elsewhere.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use super::read::plain_words;
use super::{WORKSPACE_FILE, is_manifest, repository_of, same_file};

/// Writes `bytes` to `path` where nothing is yet: whole, or not at all. Whatever is there stays, and is an error of the kind
/// [`io::ErrorKind::AlreadyExists`].
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    match beside(path, None, bytes)?.persist_noclobber(path) {
        Ok(_) => Ok(()),
        // Some file systems can neither move a file without replacing another nor give it a second name.
        Err(refused)
            if matches!(refused.error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::PermissionDenied) =>
        {
            File::create_new(path)?.write_all(bytes)
        }
        Err(refused) => Err(refused.error),
    }
}

/// Writes `after` to the file at `path`, if it still holds `before`; else says why not. The words are lower case and without
/// a full stop.
pub fn replace(path: &Path, before: &str, after: &str) -> Result<(), String> {
    replace_unless(path, before, after, || {})
}

/// Replaces the text, unless what happens `meanwhile` changes the file.
fn replace_unless(path: &Path, before: &str, after: &str, meanwhile: impl FnOnce()) -> Result<(), String> {
    let words = |error: io::Error| plain_words(&error);
    let path = target(path).map_err(words)?;
    let metadata = fs::metadata(&path).map_err(words)?;
    hold_to_writable(&metadata).map_err(words)?;
    let unchanged = || {
        let now = fs::metadata(&path)?;
        let same = now.is_file() && now.len() == before.len() as u64 && fs::read(&path)? == before.as_bytes();
        if same { Ok(()) } else { Err(io::Error::other("it changed after it was read")) }
    };
    unchanged().map_err(words)?;
    let written = beside(&path, Some(&metadata), after.as_bytes()).map_err(words)?;
    meanwhile();
    // A disk takes its time to take the new text, in which another program may have written.
    unchanged().map_err(words)?;
    written.persist(&path).map_err(|refused| words(refused.error))?;
    Ok(())
}

/// Writes `bytes` to `path`, whatever is there. A device or a pipe is written to: nothing can take its place.
pub fn overwrite(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match path.to_str() {
        Some("/dev/stdout" | "/dev/fd/1" | "/proc/self/fd/1") => return flushed(io::stdout().lock(), bytes),
        Some("/dev/stderr" | "/dev/fd/2" | "/proc/self/fd/2") => return flushed(io::stderr().lock(), bytes),
        _ => {}
    }
    if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir()) {
        return flushed(OpenOptions::new().write(true).open(path)?, bytes);
    }
    let path = target(path)?;
    let old = fs::metadata(&path).ok();
    old.as_ref().map_or(Ok(()), hold_to_writable)?;
    beside(&path, old.as_ref(), bytes)?.persist(&path)?;
    Ok(())
}

/// Adds `bytes` to the end of the file at `path` in one go.
pub fn append(path: &Path, bytes: &[u8]) -> io::Result<()> {
    OpenOptions::new().append(true).create(true).open(path)?.write_all(bytes)
}

/// Makes a folder, and those above it.
pub fn create_folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

/// Says why a report may not be written to `output`: it is one of the `inputs` under whatever name, or a manifest or
/// workspace file. The words are lower case and without a full stop.
pub fn hold_output<'p>(output: &Path, inputs: impl IntoIterator<Item = &'p Path>) -> Result<(), &'static str> {
    if !fs::metadata(output).is_ok_and(|metadata| metadata.is_file()) {
        return Ok(());
    }
    match output.file_name().unwrap_or_default().to_string_lossy() {
        name if is_manifest(&name) => Err("it is a manifest"),
        name if name == WORKSPACE_FILE => Err("it is a workspace file"),
        _ if inputs.into_iter().any(|input| same_file(input, output)) => Err("it is an input"),
        _ => Ok(()),
    }
}

fn flushed(mut out: impl Write, bytes: &[u8]) -> io::Result<()> {
    out.write_all(bytes)?;
    out.flush()
}

/// The file that is to be written: the one that a link leads to, for a link.
fn target(path: &Path) -> io::Result<PathBuf> {
    if !fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink()) {
        return Ok(path.to_owned());
    }
    let target = fs::canonicalize(path).map_err(|_| io::Error::other("it is a link that leads nowhere"))?;
    let root = repository_of(folder_of(path)).and_then(|root| fs::canonicalize(root).ok());
    if root.is_some_and(|root| !target.starts_with(root)) {
        return Err(io::Error::other("it is a link that leads out of the repository"));
    }
    Ok(target)
}

/// A file that takes the place of another asks nobody whether that one may be written.
fn hold_to_writable(old: &Metadata) -> io::Result<()> {
    match (old.is_file(), old.permissions().readonly()) {
        (false, _) => Err(io::Error::other(if old.is_dir() { "it is a folder" } else { "it is no regular file" })),
        (true, true) => Err(io::Error::other("it is read-only")),
        (true, false) => Ok(()),
    }
}

/// A file in the folder of `path`, under a name that nobody can foresee, with the owner and the mode of the `old` one: whole
/// and on the disk, to be given its name.
fn beside(path: &Path, old: Option<&Metadata>, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(".mlsystem-").suffix(".part");
    #[cfg(unix)]
    if old.is_none() {
        // The mode of any new file, of which the system takes what its user does not want.
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder_of(path))?;
    if let Some(old) = old {
        #[cfg(unix)]
        {
            use std::os::unix::fs::{MetadataExt, fchown};
            // Only a privileged user may give a file away, and only for such a one it was another's.
            let _ = fchown(file.as_file(), Some(old.uid()), Some(old.gid()));
        }
        file.as_file().set_permissions(old.permissions())?;
    }
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    fn names(folder: &tempfile::TempDir) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_that_changed_is_left_alone() {
        let folder = folder();
        let path = folder.path().join("a.yaml");
        fs::write(&path, "a: 1\n").unwrap();
        assert_eq!(replace(&path, "a: 1\n", "a: 2\n"), Ok(()));
        assert_eq!(fs::read_to_string(&path).unwrap(), "a: 2\n");
        assert_eq!(replace(&path, "a: 1\n", "a: 3\n"), Err("it changed after it was read".to_owned()));
        assert_eq!(fs::read_to_string(&path).unwrap(), "a: 2\n");
        assert_eq!(replace(&folder.path().join("b"), "", "x"), Err("there is no such file".to_owned()));
        assert_eq!(names(&folder), ["a.yaml"], "nothing is left beside it");
    }

    #[test]
    fn a_file_that_changes_while_it_is_written_is_left_alone() {
        let folder = folder();
        let path = folder.path().join("a.yaml");
        fs::write(&path, "a: 1\n").unwrap();
        for (meanwhile, left) in [("a: 1\nb: 1\n", "a: 1\nb: 1\n"), ("a: 9\n", "a: 9\n")] {
            fs::write(&path, "a: 1\n").unwrap();
            let done = replace_unless(&path, "a: 1\n", "a: 2\n", || fs::write(&path, meanwhile).unwrap());
            assert_eq!(done, Err("it changed after it was read".to_owned()));
            assert_eq!(fs::read_to_string(&path).unwrap(), left);
        }
        assert_eq!(names(&folder), ["a.yaml"]);
    }

    #[test]
    fn a_file_that_may_not_be_written_is_left_alone() {
        let folder = folder();
        let path = folder.path().join("a.yaml");
        fs::write(&path, "a: 1\n").unwrap();
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        assert_eq!(replace(&path, "a: 1\n", "a: 2\n"), Err("it is read-only".to_owned()));
        assert_eq!(plain_words(&overwrite(&path, b"a: 2\n").unwrap_err()), "it is read-only");
        assert_eq!(fs::read_to_string(&path).unwrap(), "a: 1\n");
    }

    #[test]
    fn what_is_there_is_not_created() {
        let folder = folder();
        let path = folder.path().join("a");
        create(&path, b"one").unwrap();
        assert_eq!(create(&path, b"two").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"one");
        assert_eq!(names(&folder), ["a"]);
        assert_eq!(plain_words(&overwrite(folder.path(), b"x").unwrap_err()), "it is a folder");
    }

    #[cfg(unix)]
    #[test]
    fn the_mode_stays_and_a_new_file_has_that_of_any() {
        use std::os::unix::fs::PermissionsExt;
        let folder = folder();
        let mode = |name: &str| fs::metadata(folder.path().join(name)).unwrap().permissions().mode() & 0o777;
        for wanted in [0o600, 0o640, 0o664, 0o755] {
            let path = folder.path().join("kept");
            fs::write(&path, "a").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(wanted)).unwrap();
            replace(&path, "a", "b").unwrap();
            assert_eq!(mode("kept"), wanted);
            overwrite(&path, b"c").unwrap();
            assert_eq!(mode("kept"), wanted);
        }
        fs::write(folder.path().join("any"), "").unwrap();
        overwrite(&folder.path().join("new"), b"").unwrap();
        create(&folder.path().join("newer"), b"").unwrap();
        assert_eq!((mode("new"), mode("newer")), (mode("any"), mode("any")));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_and_leads_nowhere_else() {
        use std::os::unix::fs::symlink;
        let folder = folder();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("repository/.git")).unwrap();
        fs::write(at("outside"), "o").unwrap();
        fs::write(at("repository/real"), "r").unwrap();
        symlink("real", at("repository/inside")).unwrap();
        symlink("../outside", at("repository/out")).unwrap();
        symlink("nowhere", at("repository/dangling")).unwrap();
        symlink("outside", at("beside")).unwrap();

        replace(&at("repository/inside"), "r", "s").unwrap();
        overwrite(&at("repository/inside"), b"t").unwrap();
        assert!(at("repository/inside").is_symlink());
        assert_eq!(fs::read(at("repository/real")).unwrap(), b"t");

        let out = "it is a link that leads out of the repository";
        assert_eq!(replace(&at("repository/out"), "o", "x"), Err(out.to_owned()));
        assert_eq!(plain_words(&overwrite(&at("repository/out"), b"x").unwrap_err()), out);
        let nowhere = "it is a link that leads nowhere";
        assert_eq!(plain_words(&overwrite(&at("repository/dangling"), b"x").unwrap_err()), nowhere);
        assert!(create(&at("repository/dangling"), b"x").is_err() && !at("repository/nowhere").exists());
        assert_eq!(fs::read(at("outside")).unwrap(), b"o");

        // Outside of repositories a link is its owner's own.
        overwrite(&at("beside"), b"p").unwrap();
        assert_eq!(fs::read(at("outside")).unwrap(), b"p");
    }

    #[cfg(unix)]
    #[test]
    fn devices_are_written_to() {
        overwrite(Path::new("/dev/null"), b"x").unwrap();
        overwrite(Path::new("/dev/stderr"), b"").unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }
}
