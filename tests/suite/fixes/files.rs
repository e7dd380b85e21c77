//! The command line: `--fix`, `--diff`, standard input, files that changed.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder of its own, which goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fixes-{name}"));
        let _ = std::fs::remove_dir_all(&path);
        // A repository of its own, so that the files of this one are no evidence.
        std::fs::create_dir_all(path.join(".git")).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).unwrap()
    }

    fn run(&self, arguments: &[&str], input: &str) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_mlsystem"))
            .current_dir(&self.0)
            .args(["check", "--for", "auditor", "--today", "2026-11-24"])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

const SLIP: &str = "mlsystem: 1\nname: example\nstage: research\nservng: {pattern: online} # here\n";
const RIGHT: &str = "mlsystem: 1\nname: example\nstage: research\nserving: {pattern: online} # here\n";
const FORMAT: [&str; 2] = ["--select", "format"];

#[test]
fn files_are_repaired_and_the_report_shows_what_remains() {
    let folder = Folder::new("write");
    folder.write("mlsystem.yaml", SLIP);
    folder.write("b.mlsystem.yaml", &SLIP.replace("research", "reserch").replace("name: example", "name: b"));
    let before = folder.run(&[&FORMAT[..], &["--format", "concise"]].concat(), "");
    assert_eq!(before.status.code(), Some(1));
    assert!(text(&before.stdout).contains("fixable with `--fix`"), "{}", text(&before.stdout));
    let done = folder.run(&[&FORMAT[..], &["--fix", "mlsystem.yaml"]].concat(), "");
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stdout));
    assert_eq!(folder.read("mlsystem.yaml"), RIGHT);
    assert!(text(&done.stderr).contains("fixed 1 finding in mlsystem.yaml:\n  unknown-key: rename to `serving`"));
    assert_eq!(text(&done.stdout), "1 file: no findings\n");
    // Again, nothing is left to do.
    let again = folder.run(&[&FORMAT[..], &["--diff", "mlsystem.yaml"]].concat(), "");
    assert_eq!((again.status.code(), text(&again.stdout)), (Some(0), ""));
}

#[test]
fn a_diff_writes_nothing_and_can_be_applied() {
    let folder = Folder::new("diff");
    folder.write("mlsystem.yaml", SLIP);
    let shown = folder.run(&[&FORMAT[..], &["--diff", "mlsystem.yaml"]].concat(), "");
    assert_eq!(shown.status.code(), Some(1));
    assert_eq!(folder.read("mlsystem.yaml"), SLIP);
    assert_eq!(
        text(&shown.stdout),
        "--- mlsystem.yaml\n+++ mlsystem.yaml\n@@ -1,4 +1,4 @@\n mlsystem: 1\n name: example\n stage: research\n\
         -servng: {pattern: online} # here\n+serving: {pattern: online} # here\n"
    );
    assert_eq!(text(&shown.stderr), "1 finding would be fixed in 1 file\n");
}

#[test]
fn standard_input_comes_back_repaired() {
    let folder = Folder::new("stdin");
    let done = folder.run(&[&FORMAT[..], &["-", "--fix", "--format", "concise"]].concat(), SLIP);
    assert_eq!((done.status.code(), text(&done.stdout)), (Some(0), RIGHT));
    assert!(text(&done.stderr).ends_with("1 file: no findings\n"), "{}", text(&done.stderr));
    // What cannot be repaired comes back as it was.
    let broken = "mlsystem: [1\n";
    let left = folder.run(&["-", "--fix", "--quiet"], broken);
    assert_eq!((left.status.code(), text(&left.stdout)), (Some(3), broken));
    let shown = folder.run(&[&FORMAT[..], &["-", "--diff", "--stdin-filename", "a.yaml"]].concat(), SLIP);
    assert!(text(&shown.stdout).starts_with("--- a.yaml\n"));
    assert_eq!(shown.status.code(), Some(1));
}

#[test]
fn unsafe_fixes_are_made_when_they_are_asked_for() {
    let folder = Folder::new("unsafe");
    let text_before = "mlsystem: 1\nname: example\nstage: production\nserving:\n  pattern: online\n";
    folder.write("mlsystem.yaml", text_before);
    folder.run(&["--fix", "--select", "no-fallback", "mlsystem.yaml"], "");
    assert_eq!(folder.read("mlsystem.yaml"), text_before);
    folder.run(&["--fix", "--unsafe-fixes", "--select", "no-fallback", "mlsystem.yaml"], "");
    assert_eq!(
        folder.read("mlsystem.yaml"),
        format!(
            "{text_before}  # decide: what is served when the model cannot answer in time\n  fallback: {{to: popular-nearby}}\n"
        )
    );
    let alone = folder.run(&["--unsafe-fixes", "mlsystem.yaml"], "");
    assert_eq!(alone.status.code(), Some(2));
    let text_after = folder.read("mlsystem.yaml");
    let both = folder.run(&["--fix", "--diff", "--select", "no-fallback", "mlsystem.yaml"], "");
    assert_eq!((both.status.code(), text(&both.stdout)), (Some(0), ""));
    assert_eq!(folder.read("mlsystem.yaml"), text_after);
}

#[test]
fn a_name_of_another_system_is_repaired_by_the_workspace() {
    let folder = Folder::new("workspace");
    folder.write("mlsystem-workspace.yaml", "mlsystem-workspace: 1\nsystems: \"*.mlsystem.yaml\"\n");
    let head = |name: &str| format!("mlsystem: 1\nname: {name}\nstage: research\n");
    folder.write("a.mlsystem.yaml", &format!("{}models: {{eta: {{family: tree}}}}\n", head("eta-forecast")));
    folder.write("b.mlsystem.yaml", &format!("{}depends_on: [{{ref: model:eta-forcast/eta}}]\n", head("ranker")));
    let done = folder.run(&["--fix", "--select", "undefined-reference"], "");
    assert_eq!(done.status.code(), Some(0), "{}{}", text(&done.stdout), text(&done.stderr));
    assert!(folder.read("b.mlsystem.yaml").ends_with("ref: model:eta-forecast/eta}]\n"));
}

#[test]
fn a_secret_is_masked_in_a_diff() {
    let folder = Folder::new("secret");
    folder.write("mlsystem.yaml", &format!("{SLIP}summary: key AKIAIOSFODNN7EXAMPLE\n"));
    let shown = folder.run(&["--diff", "--select", "format", "mlsystem.yaml"], "");
    assert!(text(&shown.stdout).contains("+serving: {pattern: online} # here\n summary: key xxxx"));
    assert!(!text(&shown.stdout).contains("AKIA"));
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_is_said_and_the_others_are_written() {
    let folder = Folder::new("read-only");
    folder.write("a.mlsystem.yaml", &SLIP.replace("example", "a"));
    folder.write("b.mlsystem.yaml", &SLIP.replace("example", "b"));
    let path = folder.0.join("a.mlsystem.yaml");
    let mut permissions = std::fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    let done = folder.run(&[&FORMAT[..], &["--fix"]].concat(), "");
    assert_eq!(done.status.code(), Some(2));
    assert!(text(&done.stderr).contains("error: `a.mlsystem.yaml` was left as it is: it is read-only"));
    assert!(folder.read("a.mlsystem.yaml").contains("servng") && folder.read("b.mlsystem.yaml").contains("serving"));
    // Nothing but the files themselves lies there.
    let names = std::fs::read_dir(&folder.0).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(names.filter(|name| name != ".git").count(), 2);
}
