//! The program as people and scripts meet it: arguments in, exit code and output out.

mod arguments;
mod coverage;
mod exit_codes;
mod failures;
mod inputs;
mod leaks;
mod lints;
mod output;
mod questions;
mod reports;
mod strangers;
mod writing;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A manifest without findings on the day of these tests.
pub const CLEAN: &str = include_str!("../../../fixtures/flow/partner-helpdesk.mlsystem.yaml");

/// A manifest with a finding of each severity and nothing else of interest.
pub fn with_error() -> String {
    CLEAN.lines().filter(|line| !line.contains("fallback: {to")).map(|line| format!("{line}\n")).collect()
}

/// What a run came to.
#[allow(missing_docs, reason = "a test names its parts")]
pub struct Done {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// A folder of its own for one test, which goes with it.
pub struct Folder(pub PathBuf);

impl Folder {
    /// An empty folder.
    pub fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("mlsystem-cli-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// A folder with one clean manifest.
    pub fn clean() -> Self {
        Self::new().with("mlsystem.yaml", CLEAN)
    }

    /// The same folder with one more file.
    pub fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        self.write(name, content);
        self
    }

    /// Writes a file, and the folders above it.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    /// What a file holds.
    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).unwrap()
    }

    /// The names in the folder, sorted.
    pub fn names(&self) -> Vec<String> {
        let name =
            |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().file_name().to_string_lossy().into_owned();
        let mut names: Vec<_> = std::fs::read_dir(&self.0).unwrap().map(name).collect();
        names.sort();
        names
    }

    /// The program, to be run in this folder on the day of these tests. It checks for an auditor, who is shown everything,
    /// unless the arguments name a reader.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mlsystem"));
        command.current_dir(&self.0).env("SOURCE_DATE_EPOCH", "1795478400");
        match arguments {
            ["check", rest @ ..] if !rest.contains(&"--for") => command.args(["check", "--for", "auditor"]).args(rest),
            arguments => command.args(arguments),
        };
        for name in [
            "GITHUB_ACTIONS",
            "GITHUB_STEP_SUMMARY",
            "NO_COLOR",
            "CLICOLOR_FORCE",
            "FORCE_COLOR",
            "NO_GRAPHICS",
            "COLUMNS",
            "TERM",
        ] {
            command.env_remove(name);
        }
        command
    }

    /// Runs `mlsystem` with these arguments, which hold no blanks themselves.
    pub fn run(&self, arguments: &str) -> Done {
        self.run_with(arguments, "")
    }

    /// As [`Self::run`], with a text on standard input.
    pub fn run_with(&self, arguments: &str, input: &str) -> Done {
        let arguments: Vec<&str> = arguments.split_whitespace().collect();
        finish(&mut self.command(&arguments), input)
    }

    /// The exit code of `mlsystem` with these arguments.
    pub fn code(&self, arguments: &str) -> i32 {
        self.run(arguments).code
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs a command to its end.
pub fn finish(command: &mut Command, input: &str) -> Done {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Done {
        code: output.status.code().expect("no signal"),
        out: String::from_utf8(output.stdout).expect("the output is UTF-8"),
        err: String::from_utf8(output.stderr).expect("so are the errors"),
    }
}

/// The lines of a concise report, without the summary.
pub fn findings(done: &Done) -> Vec<&str> {
    done.out
        .lines()
        .filter(|line| line.contains(": error[") || line.contains(": warning[") || line.contains(": advice["))
        .collect()
}

/// Whether something is there, be it a link to nowhere.
pub fn exists(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok()
}
