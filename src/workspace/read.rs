//! Reads one file as text, or says in a finding why not.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use crate::finding::{Finding, Kind, Label, Severity};
use crate::source::{Source, Span};

/// The largest file that is read, in bytes.
pub(super) const LARGEST: u64 = 10_000_000;

/// A file that was asked for.
#[derive(Debug, Clone)]
pub enum Input {
    /// Its text.
    Text(Arc<Source>),
    /// Why there is none.
    Unreadable(Box<Finding>),
}

/// Reads the file at `path`, which people know as `name`. Devices, pipes and folders are not opened, and files of more
/// than ten million bytes are not read.
pub fn read(path: &Path, name: &str) -> Input {
    match bytes_of(path) {
        Ok(bytes) => text(bytes, name),
        Err(problem) => problem.input(name),
    }
}

/// The same of a file that a repository names: no link may lead out of `root`.
pub fn read_within(path: &Path, name: &str, root: &Path) -> Input {
    match is_within(path, root) {
        true => read(path, name),
        false => Problem::Unreadable("it is a link out of the workspace".to_owned()).input(name),
    }
}

/// Whether no link leads from `path` out of `root`. What is not there leads nowhere.
pub fn is_within(path: &Path, root: &Path) -> bool {
    match (path.canonicalize(), root.canonicalize()) {
        (Ok(path), Ok(root)) => path.starts_with(root),
        _ => true,
    }
}

/// What could not be looked at, and why.
pub fn unreadable(name: &str, why: &str) -> Input {
    Problem::Unreadable(why.to_owned()).input(name)
}

/// Reads standard input to its end, up to the size of the largest file.
pub fn read_stdin(name: &str) -> Input {
    let mut bytes = Vec::new();
    match io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() as u64 > LARGEST => Problem::TooLarge(bytes.len() as u64).input(name),
        Ok(_) => text(bytes, name),
        Err(error) => Problem::Unreadable(error.to_string()).input(name),
    }
}

enum Problem {
    Unreadable(String),
    TooLarge(u64),
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, Problem> {
    let unreadable = |error: io::Error| Problem::Unreadable(plain_words(&error));
    let fit = |metadata: &Metadata| match metadata {
        metadata if metadata.is_dir() => Err(Problem::Unreadable("it is a folder".to_owned())),
        metadata if !metadata.is_file() => Err(Problem::Unreadable("it is no regular file".to_owned())),
        metadata if metadata.len() > LARGEST => Err(Problem::TooLarge(metadata.len())),
        _ => Ok(()),
    };
    // The kind is asked before the file is opened, since opening a device may do something, and once more of what was opened.
    fit(&fs::metadata(path).map_err(unreadable)?)?;
    let file = open(path, true).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    fit(&metadata)?;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST { Err(Problem::TooLarge(bytes.len() as u64)) } else { Ok(bytes) }
}

/// The bytes of a small regular file that says how a repository is read; none where there is no file, else why it is passed
/// over. No link is followed.
pub(super) fn small_file(path: &Path, most: u64) -> Result<Option<Vec<u8>>, String> {
    let fit = |metadata: &Metadata| match metadata {
        metadata if metadata.is_symlink() => Err("a link, which is not followed".to_owned()),
        metadata if !metadata.is_file() => Err("a pipe or device, which is not opened".to_owned()),
        metadata if metadata.len() > most => Err(format!("it has more than {most} bytes")),
        _ => Ok(()),
    };
    let Ok(metadata) = fs::symlink_metadata(path) else { return Ok(None) };
    if metadata.is_dir() {
        return Ok(None);
    }
    fit(&metadata)?;
    let words = |error: io::Error| plain_words(&error);
    let file = open(path, false).map_err(words)?;
    fit(&file.metadata().map_err(words)?)?;
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes).map_err(words)?;
    if bytes.len() as u64 > most { Err(format!("it has more than {most} bytes")) } else { Ok(Some(bytes)) }
}

/// Opens a file to be read. A pipe that took its place since it was looked at keeps nobody waiting.
fn open(path: &Path, follow: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(libc::O_NONBLOCK | if follow { 0 } else { libc::O_NOFOLLOW });
    }
    #[cfg(not(unix))]
    let _ = follow;
    options.open(path)
}

/// By what a file is known to be as it was: when it was last written, and its size in bytes.
pub type Stamp = (Option<SystemTime>, u64);

/// The stamp of the file at `path`, where there is one.
pub fn stamp(path: &Path) -> Option<Stamp> {
    let metadata = std::fs::metadata(path).ok()?;
    Some((metadata.modified().ok(), metadata.len()))
}

/// The words of the operating system, without the number that Rust puts behind them.
pub fn plain_words(error: &io::Error) -> String {
    let words = error.to_string();
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::AlreadyExists => "there is such a file already".to_owned(),
        _ => words.split(" (os error").next().unwrap_or_default().to_lowercase(),
    }
}

/// What is said of a file of `size` bytes.
pub(super) fn too_large(size: u64, name: &str) -> Input {
    Problem::TooLarge(size).input(name)
}

pub(super) fn text(bytes: Vec<u8>, name: &str) -> Input {
    match String::from_utf8(bytes) {
        Ok(text) => Input::Text(Source::new(name, text)),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let utf16 = matches!(bytes.get(..2), Some([0xff, 0xfe] | [0xfe, 0xff]));
            let before = String::from_utf8_lossy(bytes.get(..valid).unwrap_or_default()).into_owned();
            let byte = bytes.get(valid).copied().unwrap_or_default();
            let source = Source::new(name, before);
            let message = if utf16 { "the file is UTF-16, not UTF-8" } else { "the file is not UTF-8" };
            let label = Label::new(&source, Span::at(valid), format!("byte {byte:#04x} begins no character"));
            let finding = Finding::new("not-utf-8", "format", Kind::Reference, Severity::Error, message, label);
            Input::Unreadable(Box::new(finding.with_help("save the file as UTF-8")))
        }
    }
}

impl Problem {
    fn input(self, name: &str) -> Input {
        let source = Source::new(name, "");
        let label = |text: &str| Label::new(&source, Span::at(0), text);
        let finding = match self {
            Self::Unreadable(why) => {
                let message = format!("the file cannot be read: {why}");
                Finding::new("unreadable-file", "format", Kind::Reference, Severity::Error, message, label(""))
            }
            Self::TooLarge(size) => {
                let message = "the file is too large for a manifest";
                let text = format!("{size} bytes; the most that is read is {LARGEST}");
                Finding::new("too-large", "format", Kind::Quantity, Severity::Error, message, label(&text))
                    .with_help("a manifest is written by hand; move generated data elsewhere")
            }
        };
        Input::Unreadable(Box::new(finding))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name_of(input: Input) -> String {
        match input {
            Input::Text(_) => "text".to_owned(),
            Input::Unreadable(finding) => format!("{}: {}", finding.name, finding.message),
        }
    }

    #[test]
    fn says_what_kept_a_file_from_being_read() {
        assert_eq!(name_of(read(Path::new("src"), "src")), "unreadable-file: the file cannot be read: it is a folder");
        assert_eq!(
            name_of(read(Path::new("no"), "no")),
            "unreadable-file: the file cannot be read: there is no such file"
        );
        assert_eq!(name_of(text(vec![b'a', 0xff], "a")), "not-utf-8: the file is not UTF-8");
        assert_eq!(name_of(text(vec![0xff, 0xfe, b'a', 0], "a")), "not-utf-8: the file is UTF-16, not UTF-8");
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_not_opened() {
        let device = read(Path::new("/dev/zero"), "zero");
        assert_eq!(name_of(device), "unreadable-file: the file cannot be read: it is no regular file");
    }
    /// A pipe that takes the place of a file after that was looked at is opened at once, and is then seen to be one.
    #[cfg(unix)]
    #[test]
    fn a_pipe_keeps_nobody_waiting() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        assert!(!open(&pipe, true).unwrap().metadata().unwrap().is_file());
        assert_eq!(name_of(read(&pipe, "pipe")), "unreadable-file: the file cannot be read: it is no regular file");
        assert_eq!(small_file(&pipe, 10), Err("a pipe or device, which is not opened".to_owned()));
        let link = folder.path().join("link");
        fs::write(folder.path().join("file"), "text").unwrap();
        std::os::unix::fs::symlink("file", &link).unwrap();
        assert!(open(&link, true).is_ok() && open(&link, false).is_err());
        assert_eq!(small_file(&folder.path().join("file"), 10), Ok(Some(b"text".to_vec())));
        assert_eq!(small_file(&folder.path().join("none"), 10), Ok(None));
    }
}
