//! Writes a file as a whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::read::plain_words;

/// Writes `bytes` to `path` by way of a file beside it, so that a reader sees the old content or the new, never a part.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // The file behind a link is written, and the link stays.
    if fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink())
        && let Ok(behind) = fs::canonicalize(path)
    {
        return write_whole(&behind, bytes);
    }
    // A device such as /dev/stdout has no old content to keep, and nothing may take its place.
    if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
        return fs::OpenOptions::new().write(true).open(path)?.write_all(bytes);
    }
    let beside = beside(path)?;
    let written = fs::File::create_new(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let placed = written.and_then(|()| {
        if let Ok(old) = fs::metadata(path) {
            fs::set_permissions(&beside, old.permissions())?;
        }
        fs::rename(&beside, path)
    });
    if placed.is_err() {
        let _ = fs::remove_file(&beside);
    }
    placed
}

/// Writes `after` to the file at `path` as a whole, if it still holds `before`; else says why not. The words are lower case
/// and without a full stop.
pub fn replace(path: &Path, before: &str, after: &str) -> Result<(), String> {
    let words = |error: io::Error| plain_words(&error);
    let metadata = fs::metadata(path).map_err(words)?;
    // A file that takes the place of another asks nobody whether that one may be written.
    if metadata.permissions().readonly() {
        return Err("it is read-only".to_owned());
    }
    if metadata.len() != before.len() as u64 || fs::read(path).map_err(words)? != before.as_bytes() {
        return Err("it changed after it was read".to_owned());
    }
    write_whole(path, after.as_bytes()).map_err(words)
}

/// Writes `bytes` to `path` where nothing is yet: whole, or not at all. Whatever is there stays, and is an error of the kind
/// [`io::ErrorKind::AlreadyExists`].
pub fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let beside = beside(path)?;
    let written = fs::File::create_new(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    // A second name is given to what is whole, which fails where the name was taken meanwhile.
    let placed = written.and_then(|()| fs::hard_link(&beside, path));
    let placed = match placed {
        Err(error) if error.kind() == io::ErrorKind::Unsupported || error.kind() == io::ErrorKind::PermissionDenied => {
            // Some file systems know one name alone.
            fs::File::create_new(path).and_then(|mut file| file.write_all(bytes))
        }
        placed => placed,
    };
    let _ = fs::remove_file(&beside);
    placed
}

/// Adds `bytes` to the end of the file at `path` in one go.
pub fn append(path: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::OpenOptions::new().append(true).create(true).open(path)?.write_all(bytes)
}

/// A name beside `path` that nobody else uses.
fn beside(path: &Path) -> io::Result<PathBuf> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let name = path.file_name().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "not the name of a file"))?;
    Ok(folder.join(format!(".{}.{}.part", name.to_string_lossy(), std::process::id())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of its own, which goes with the test.
    struct Folder(std::path::PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("mlsystem-{name}-{}", std::process::id()));
            fs::create_dir_all(&path).unwrap();
            Self(path)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn a_file_that_changed_is_left_alone() {
        let folder = Folder::new("changed");
        let path = folder.0.join("a.yaml");
        fs::write(&path, "a: 1\n").unwrap();
        assert_eq!(replace(&path, "a: 1\n", "a: 2\n"), Ok(()));
        assert_eq!(fs::read_to_string(&path).unwrap(), "a: 2\n");
        assert_eq!(replace(&path, "a: 1\n", "a: 3\n"), Err("it changed after it was read".to_owned()));
        assert_eq!(fs::read_to_string(&path).unwrap(), "a: 2\n");
        assert_eq!(replace(&folder.0.join("b"), "", "x"), Err("there is no such file".to_owned()));
        // Nothing is left beside it.
        assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_may_not_be_written_is_left_alone() {
        let folder = Folder::new("read-only");
        let path = folder.0.join("a.yaml");
        fs::write(&path, "a: 1\n").unwrap();
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        assert_eq!(replace(&path, "a: 1\n", "a: 2\n"), Err("it is read-only".to_owned()));
        assert_eq!(fs::read_to_string(&path).unwrap(), "a: 1\n");
    }
}
