//! `mlsystem init`: what it writes for small repositories of each sort, and what it never does.

mod drafts;
mod person;
mod repositories;
mod target;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// What a run came to.
#[allow(missing_docs, reason = "a test names its parts")]
pub struct Done {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// A copy of a small repository, which goes with the test.
pub struct Copied(pub PathBuf);

impl Copied {
    /// A copy of the fixture of this name, in a folder of this name.
    pub fn of(fixture: &str) -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let root = std::env::temp_dir().join(format!("mlsystem-init-{}-{number}", std::process::id()));
        let folder = root.join(fixture);
        // What is looked at ends at the root of a repository.
        std::fs::create_dir_all(folder.join(".git")).unwrap();
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/repositories").join(fixture), &folder);
        Self(folder)
    }

    /// A file of the copy.
    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).unwrap()
    }

    /// Writes a file of the copy.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Runs the program in the copy, where nobody can be asked.
    pub fn run(&self, arguments: &[&str]) -> Done {
        let output = Command::new(env!("CARGO_BIN_EXE_mlsystem"))
            .args(arguments)
            .current_dir(&self.0)
            .stdin(Stdio::null())
            .env("NO_COLOR", "1")
            .output()
            .unwrap();
        Done {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Every file of the copy.
    pub fn files(&self) -> Vec<String> {
        let mut files = Vec::new();
        list(&self.0, &self.0, &mut files);
        files.sort();
        files
    }
}

impl Drop for Copied {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(self.0.parent().unwrap());
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn list(root: &Path, folder: &Path, files: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            list(root, &path, files);
        } else {
            files.push(path.strip_prefix(root).unwrap().to_string_lossy().into_owned());
        }
    }
}
