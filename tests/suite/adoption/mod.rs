//! How a team takes the tool up: baselines, comparisons with git, waivers, and what continuous integration runs.

mod baseline;
mod config;
mod identity;
// What it runs are scripts of a Unix shell.
#[cfg(unix)]
mod integration;
mod lint_names;
mod packages;
mod since;
mod waive;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The complete example: nothing to report.
pub const CLEAN: &str = include_str!("../../../fixtures/systems/restaurant-ranker/mlsystem.yaml");

/// What a first draft looks like: dozens of findings.
pub const DRAFT: &str = include_str!("../../../fixtures/minimal/mlsystem.yaml");

/// A draft with one more key that no lint but the reader's `unknown-key` sees.
pub fn spoilt() -> String {
    DRAFT.replacen("stage: production\n", "stage: production\ncolour: red\n", 1)
}

/// What a run came to.
pub struct Done {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Done {
    pub fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Self { code: output.status.code().unwrap(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// The lines about findings in a concise report.
    pub fn findings(&self) -> Vec<&str> {
        let words = [": error[", ": warning[", ": advice["];
        self.out.lines().filter(|line| words.iter().any(|word| line.contains(word))).collect()
    }

    /// The last line: the summary.
    pub fn summary(&self) -> &str {
        self.out.lines().find(|line| line.contains(" file: ") || line.contains(" files: ")).unwrap_or_default()
    }
}

/// A folder of its own for one test, which goes with it.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("mlsystem-adoption-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// A git repository.
    pub fn repository() -> Self {
        let folder = Self::new();
        folder.git("init --quiet --initial-branch main");
        folder
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Puts the manifest [`CLEAN`] into a folder, with the files that it names.
    pub fn write_clean(&self, name: &str) {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/systems/restaurant-ranker");
        for entry in ignore::WalkBuilder::new(&from).standard_filters(false).build() {
            let path = entry.unwrap().into_path();
            if path.is_file() {
                let inside = path.strip_prefix(&from).unwrap().to_string_lossy().replace('\\', "/");
                self.write(&format!("{name}/{inside}"), &std::fs::read_to_string(&path).unwrap());
            }
        }
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).unwrap()
    }

    pub fn edit(&self, name: &str, old: &str, new: &str) {
        let text = self.read(name);
        assert!(text.contains(old), "{name} does not hold {old}");
        self.write(name, &text.replacen(old, new, 1));
    }

    /// Brings one finding into a draft.
    pub fn spoil(&self, name: &str) {
        self.edit(name, "stage: production\n", "stage: production\ncolour: red\n");
    }

    /// Takes it out again.
    pub fn apply_fixes(&self, name: &str) {
        self.edit(name, "colour: red\n", "");
    }

    pub fn git(&self, arguments: &str) -> String {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=test", "-c", "user.email=test@example.invalid", "-c", "commit.gpgsign=false"]);
        command.args(arguments.split(' ')).current_dir(&self.0).env("GIT_CONFIG_GLOBAL", "/dev/null");
        let output = command.output().expect("git is there");
        assert!(output.status.success(), "git {arguments}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    pub fn commit(&self) {
        self.git("add --all");
        self.git("commit --quiet --message change");
    }

    /// The program, to be run in a folder below on the day of the fixtures.
    pub fn command(&self, below: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mlsystem"));
        command.current_dir(self.0.join(below)).env("SOURCE_DATE_EPOCH", "1795478400");
        for name in ["NO_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "COLUMNS"] {
            command.env_remove(name);
        }
        command
    }

    /// Runs `mlsystem` with arguments that hold no blanks.
    pub fn run(&self, arguments: &str) -> Done {
        self.run_in("", arguments)
    }

    pub fn run_in(&self, below: &str, arguments: &str) -> Done {
        // An auditor is shown everything.
        let arguments = match arguments.strip_prefix("check") {
            Some(rest) if !arguments.contains("--for ") => format!("check --for auditor {rest}"),
            _ => arguments.to_owned(),
        };
        Done::of(&self.command(below).args(arguments.split_whitespace()).output().unwrap())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A file of the project.
pub fn project(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
