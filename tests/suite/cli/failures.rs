//! What goes wrong around a report has the same code and the same words in every format.

use std::process::Stdio;

use mlsystem::report::Format;

use super::{Done, Folder, finish, with_error};

/// A text that is no YAML.
const BROKEN: &str = "a: [1\nb: 2\n";

fn formats() -> [&'static str; 12] {
    Format::ALL.map(Format::word)
}

fn run(folder: &Folder, arguments: &str, format: &str) -> Done {
    folder.run(&format!("{arguments} --format {format}"))
}

#[test]
fn an_input_that_cannot_be_read_is_in_every_report() {
    let folder = Folder::clean().with("broken.yaml", BROKEN).with("latin.yaml", b"a: \xe9\n");
    for (input, name) in
        [("broken.yaml", "invalid-yaml"), ("latin.yaml", "not-utf-8"), ("missing.yaml", "unreadable-file")]
    {
        for format in formats() {
            let done = run(&folder, &format!("check {input} mlsystem.yaml --fail-on never"), format);
            assert_eq!((done.code, done.err.as_str()), (3, ""), "{input} as {format}");
            assert!(done.out.contains(name) && done.out.contains(input), "{input} as {format}: {}", done.out);
            assert!(!done.out.contains("no findings"), "{input} as {format}: {}", done.out);
        }
    }
    let sarif = run(&folder, "check broken.yaml", "sarif").out;
    assert!(sarif.contains("\"executionSuccessful\":false"), "{sarif}");
}

#[test]
fn a_broken_lint_is_two_and_nothing_is_checked() {
    let folder =
        Folder::clean().with("own/data/mine.md", "---\nseverity: eror\n---\n# Mine\n").with("report", "before");
    let words = run(&folder, "check --lints own", "pretty").err;
    assert!(words.contains("eror") && words.contains("nothing was checked"), "{words}");
    for format in formats() {
        for output in ["", "--output report", "--output fresh"] {
            let done = run(&folder, &format!("check --lints own {output}"), format);
            assert_eq!((done.code, done.out.as_str(), done.err.as_str()), (2, "", words.as_str()), "{format} {output}");
        }
    }
    assert_eq!((folder.read("report").as_str(), folder.names().len()), ("before", 3));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_two_and_leaves_no_part() {
    let folder = Folder::new().with("bad.yaml", with_error()).with("report", "before");
    std::os::unix::fs::symlink("/dev/full", folder.0.join("full")).unwrap();
    for format in formats() {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut child = folder
            .command(&["check", "bad.yaml", "--format", format])
            .stdout(full)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut words = String::new();
        std::io::Read::read_to_string(&mut child.stderr.take().unwrap(), &mut words).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(2), "{format}");
        assert_eq!(words, "error: the output could not be written: no space left on device\n", "{format}");

        let done = run(&folder, "check bad.yaml --output full", format);
        assert_eq!((done.code, done.out.as_str()), (2, ""), "{format}");
        assert_eq!(done.err, "error: `full` could not be written: no space left on device\n", "{format}");
        // The file that can be written is whole.
        let done = folder.run(&format!("check bad.yaml --format json --output whole --format {format} --output full"));
        assert_eq!(done.code, 2, "{format}");
        serde_json::from_str::<serde_json::Value>(&folder.read("whole")).unwrap();
    }
    assert_eq!(folder.names(), ["bad.yaml", "full", "report", "whole"]);
}

/// A write that stops in the middle: the system allows files of one block only.
#[cfg(target_os = "linux")]
#[test]
fn a_write_that_breaks_off_keeps_what_was_there() {
    let folder = Folder::new().with("bad.yaml", with_error()).with("report", "before");
    for format in formats() {
        // The report of many repeated files is longer than the limit in every format.
        let inputs: Vec<String> = (0..40).map(|number| format!("s{number}.yaml")).collect();
        inputs.iter().for_each(|name| folder.write(name, with_error()));
        let line = format!(
            "trap '' XFSZ; ulimit -f 1; exec '{}' check {} --for auditor --verbose --format {format} --output report",
            env!("CARGO_BIN_EXE_mlsystem"),
            inputs.join(" ")
        );
        let mut shell = std::process::Command::new("sh");
        let done = finish(shell.args(["-c", &line]).current_dir(&folder.0).env("SOURCE_DATE_EPOCH", "1795478400"), "");
        assert_eq!(done.code, 2, "{format}: {}", done.err);
        assert!(done.err.contains("`report` could not be written: file too large"), "{format}: {}", done.err);
        assert_eq!(folder.read("report"), "before", "{format}");
        assert!(!folder.names().iter().any(|name| name.contains(".part")), "{format}");
    }
}

#[test]
fn a_closed_pipe_changes_nothing() {
    let folder = Folder::new().with("bad.yaml", with_error());
    for format in formats() {
        for (input, fail_on, code) in [("bad.yaml", "never", 0), ("bad.yaml", "error", 1), ("missing.yaml", "never", 3)]
        {
            let arguments = format!("check {input} --fail-on {fail_on} --format {format} --format json --output whole");
            let mut child = folder
                .command(&arguments.split(' ').collect::<Vec<_>>())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            drop(child.stdout.take());
            let output = child.wait_with_output().unwrap();
            assert_eq!(output.status.code(), Some(code), "{input} as {format}");
            assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{input} as {format}");
            serde_json::from_str::<serde_json::Value>(&folder.read("whole")).unwrap();
        }
    }
}
