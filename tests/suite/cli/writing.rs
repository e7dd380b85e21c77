//! What is written, and what never is.

use super::{CLEAN, Folder, with_error};

/// A process in a container has the same number each time, so that a name made of it is taken for good after one kill.
#[cfg(unix)]
#[test]
fn what_a_killed_process_left_behind_is_in_nobodys_way() {
    let folder = Folder::new().with("mlsystem.yaml", with_error());
    for (name, arguments) in [
        ("out.json", "check --format json --output out.json"),
        ("mlsystem.yaml", "waive no-fallback --reason why --owner team --until 2027-01-31"),
        ("mlsystem-baseline.jsonl", "baseline"),
        ("fresh.yaml", "init --name fresh --stage research --output fresh.yaml"),
    ] {
        let script = format!("touch .{name}.$$.part; exec {} {arguments}", env!("CARGO_BIN_EXE_mlsystem"));
        let mut command = std::process::Command::new("sh");
        command.arg("-c").arg(script).current_dir(&folder.0).env("SOURCE_DATE_EPOCH", "1795478400");
        let done = command.output().unwrap();
        assert!(done.status.code() < Some(2), "{arguments}: {}", String::from_utf8_lossy(&done.stderr));
    }
}

#[test]
fn a_report_replaces_nothing_that_is_read() {
    let lint = "rules/house/no-such-thing.md";
    let folder = Folder::clean()
        .with("other.mlsystem.yaml", CLEAN)
        .with("mlsystem-workspace.yaml", "mlsystem-workspace: 1\nsystems: mlsystem.yaml\n")
        .with("odd.name", CLEAN)
        .with("baseline", "{\"mlsystem-baseline\":1}\n");
    assert_eq!(folder.run("new house/no-such-thing --in rules").code, 0);
    let inputs = [
        "mlsystem.yaml",
        "./mlsystem.yaml",
        "other.mlsystem.yaml",
        "mlsystem-workspace.yaml",
        "odd.name",
        "baseline",
        lint,
    ];
    let before: Vec<String> = inputs.iter().map(|name| folder.read(name)).collect();
    for command in ["check --baseline baseline", "coverage", "evidence"] {
        for input in inputs.iter().filter(|input| **input != "baseline" || command.starts_with("check")) {
            let done = folder.run(&format!("{command} mlsystem.yaml odd.name --lints rules --output {input}"));
            assert_eq!(done.code, 2, "{command} {input}: {}", done.err);
            assert!(
                done.err.contains(&format!("`{}` was left as it is: it is a", input.trim_start_matches("./"))),
                "{}",
                done.err
            );
        }
    }
    assert_eq!(inputs.map(|name| folder.read(name)).as_slice(), before);
}

#[cfg(unix)]
#[test]
fn another_name_of_an_input_is_that_input() {
    let folder = Folder::clean();
    std::os::unix::fs::symlink("mlsystem.yaml", folder.0.join("soft")).unwrap();
    std::fs::hard_link(folder.0.join("mlsystem.yaml"), folder.0.join("hard")).unwrap();
    std::os::unix::fs::symlink(".", folder.0.join("here")).unwrap();
    for output in ["soft", "hard", "here/mlsystem.yaml"] {
        let done = folder.run(&format!("check mlsystem.yaml --output {output}"));
        assert!(done.code == 2 && done.err.contains("was left as it is: it is a"), "{output}: {}", done.err);
        assert_eq!(folder.read("mlsystem.yaml"), CLEAN);
    }
}

#[cfg(unix)]
#[test]
fn devices_and_pipes_take_a_report() {
    let folder = Folder::new().with("bad.yaml", with_error());
    let printed = folder.run("check bad.yaml --format concise");
    let piped = folder.run("check bad.yaml --format concise --output /dev/stdout");
    assert_eq!((piped.code, piped.out), (1, printed.out.clone()));
    assert_eq!(folder.run("check bad.yaml --output /dev/null").code, 1);
    let script = "mkfifo pipe; cat pipe > read & $0 check --for auditor bad.yaml --format concise --output pipe; wait; test -p pipe && \
                  { echo before; $0 check --for auditor bad.yaml --format concise --output /dev/stdout; echo after; } > kept";
    let mut command = std::process::Command::new("sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_mlsystem")]).current_dir(&folder.0);
    let done = command.env("SOURCE_DATE_EPOCH", "1795478400").status().unwrap();
    assert!(done.success());
    assert_eq!(folder.read("read"), printed.out);
    assert_eq!(folder.read("kept"), format!("before\n{}after\n", printed.out));
}

#[test]
fn what_is_read_only_stays() {
    let folder = Folder::new().with("mlsystem.yaml", with_error()).with("report", "before");
    for name in ["mlsystem.yaml", "report"] {
        let mut permissions = std::fs::metadata(folder.0.join(name)).unwrap().permissions();
        permissions.set_readonly(true);
        std::fs::set_permissions(folder.0.join(name), permissions).unwrap();
    }
    let waive = folder.run("waive no-fallback --reason why --owner team --until 2027-01-31");
    assert_eq!((waive.code, &*waive.err), (2, "error: `mlsystem.yaml` was left as it is: it is read-only\n"));
    let report = folder.run("check --output report");
    assert!(
        report.code == 2 && report.err.contains("`report` could not be written: it is read-only"),
        "{}",
        report.err
    );
    assert_eq!((folder.read("mlsystem.yaml"), &*folder.read("report")), (with_error(), "before"));
}

#[test]
fn a_lint_that_is_there_is_not_begun_anew() {
    let folder = Folder::new();
    assert_eq!(folder.run("new house/no-such-thing --in rules").code, 0);
    let text = folder.read("rules/house/no-such-thing.md");
    let again = folder.run("new house/no-such-thing --in rules");
    assert!(again.code == 2 && again.err.contains("there is such a file already"), "{}", again.err);
    assert_eq!(folder.read("rules/house/no-such-thing.md"), text);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_repository_is_not_written_through() {
    let outside = Folder::new().with("precious", "mine").with("mlsystem.yaml", with_error());
    let folder = Folder::new().with(".git/HEAD", "");
    std::os::unix::fs::symlink(outside.0.join("precious"), folder.0.join("report.json")).unwrap();
    std::os::unix::fs::symlink(outside.0.join("mlsystem.yaml"), folder.0.join("linked.yaml")).unwrap();
    let report = folder.run("check linked.yaml --format json --output report.json");
    assert!(report.code == 2 && report.err.contains("it is a link that leads out of the repository"), "{}", report.err);
    let waive = folder.run("waive no-fallback linked.yaml --reason why --owner team --until 2027-01-31");
    assert!(waive.code == 2 && waive.err.contains("it is a link that leads out of the repository"), "{}", waive.err);
    assert_eq!((&*outside.read("precious"), outside.read("mlsystem.yaml")), ("mine", with_error()));
}
