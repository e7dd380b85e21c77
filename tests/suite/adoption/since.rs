//! Comparing with the manifests at a git revision.

use super::{CLEAN, DRAFT, Folder, spoilt};

const SINCE: &str = "check --format concise --verbose --since main";

fn repository() -> Folder {
    let folder = Folder::repository();
    folder.write("a/mlsystem.yaml", DRAFT);
    folder.write("b/mlsystem.yaml", &spoilt());
    folder.write("c/mlsystem.yaml", DRAFT);
    folder.commit();
    folder.git("switch --quiet --create change");
    folder
}

#[test]
fn only_what_a_change_brings_counts() {
    let folder = repository();
    let same = folder.run(SINCE);
    assert_eq!((same.code, same.findings().len()), (0, 0), "{}{}", same.out, same.err);
    assert!(same.summary().starts_with("3 files: no new findings, ") && same.summary().contains(" as at `main`"));

    folder.spoil("a/mlsystem.yaml");
    folder.apply_fixes("b/mlsystem.yaml");
    for committed in [false, true] {
        let changed = folder.run(SINCE);
        assert_eq!(changed.code, 1);
        let lines = changed.findings();
        assert!(lines.len() == 1 && lines[0].contains("error[unknown-key]"), "{lines:#?}");
        assert!(changed.out.contains("\nfixed: b/mlsystem.yaml: unknown-key at /colour"), "{}", changed.out);
        assert!(changed.summary().contains("1 fixed"), "{}", changed.summary());
        // From a folder below, and for one file alone.
        assert_eq!(folder.run_in("a", SINCE).findings().len(), 1);
        assert_eq!(folder.run(&format!("{SINCE} b/mlsystem.yaml")).code, 0);
        if !committed {
            folder.commit();
        }
    }
    let report = folder.run("check --format json --since main").out;
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    let schema = serde_json::from_str(mlsystem::report::OUTPUT_SCHEMA).unwrap();
    assert!(jsonschema::is_valid(&schema, &report));
    assert_eq!(report["run"]["comparison"]["kind"], "revision");
    assert_eq!(report["run"]["comparison"]["fixed"][0]["path"], "b/mlsystem.yaml");
}

#[test]
fn new_renamed_and_deleted_files() {
    let folder = repository();
    folder.git("mv a moved");
    folder.git("rm --quiet -r c");
    folder.write("new/mlsystem.yaml", "mlsystem: 1\nname: new\nstage: research\nserving: {patern: online}\n");
    let changed = folder.run(SINCE);
    assert!(changed.findings().iter().all(|line| line.starts_with("new/")), "{}", changed.out);
    assert!(changed.findings().iter().any(|line| line.contains("unknown-key")), "{}", changed.out);
    assert!(changed.out.contains("fixed: c/mlsystem.yaml: "), "{}", changed.out);
    assert!(!changed.out.contains("fixed: a/mlsystem.yaml: "), "{}", changed.out);
}

/// Facts, levels and lints of a workspace hold for both sides.
#[test]
fn a_workspace_is_compared_with_itself() {
    let folder = repository();
    let workspace_config = "mlsystem-workspace: 1\nsystems: ['*/mlsystem.yaml']\n\
                 levels:\n  - {select: [no-stakeholders], level: error}\n";
    folder.write("mlsystem-workspace.yaml", workspace_config);
    let all = folder.run("check --format concise --verbose");
    let found = |what: &str| all.findings().iter().filter(|line| line.contains(what)).count();
    assert!(found("error[no-stakeholders]") == 3 && found("[system-name-taken]") == 3, "{}", all.out);
    let same = folder.run(SINCE);
    assert_eq!((same.code, same.findings().len()), (0, 0), "{}", same.out);
    assert_eq!(folder.run(&format!("{SINCE} a/mlsystem.yaml")).findings().len(), 0);

    // What a new system brings to the others is new.
    folder.edit("a/mlsystem.yaml", "name: churn-score", "name: a");
    folder.edit("b/mlsystem.yaml", "name: churn-score", "name: b");
    folder.git("add --all");
    folder.commit();
    folder.git("branch --force main");
    folder.write("d/mlsystem.yaml", &folder.read("a/mlsystem.yaml"));
    let taken = folder.run(&format!("{SINCE} a/mlsystem.yaml"));
    assert_eq!(taken.findings().len(), 1, "{}", taken.out);
    assert!(taken.findings()[0].contains("[system-name-taken]"), "{}", taken.out);
}

#[test]
fn what_is_waived_is_not_fixed() {
    let folder = repository();
    let arguments = ["waive", "no-stakeholders", "a", "--reason", "one team alone", "--owner", "ads"];
    let until = ["--until", "2027-01-31"];
    assert!(folder.command("").args(arguments).args(until).status().unwrap().success());
    let waived = folder.run(SINCE);
    assert_eq!((waived.code, waived.findings().len()), (0, 0), "{}", waived.out);
    assert!(!waived.out.contains("fixed") && waived.summary().contains("1 waived"), "{}", waived.out);
}

#[test]
fn an_old_file_that_does_not_parse_is_said() {
    let folder = Folder::repository();
    folder.write("mlsystem.yaml", "mlsystem: [\n");
    folder.commit();
    folder.write("mlsystem.yaml", CLEAN);
    // The files that it names are not in this repository.
    let fixed = folder.run(&format!("{SINCE} --skip path-leads-nowhere"));
    assert_eq!(fixed.code, 0, "{}", fixed.out);
    assert!(fixed.err.contains("`mlsystem.yaml` could not be read at `main`: all of it counts as new"));
}

#[test]
fn many_manifests_do_not_fill_the_pipes() {
    let folder = Folder::repository();
    for number in 0..400 {
        folder.write(&format!("s{number}/mlsystem.yaml"), DRAFT);
    }
    folder.commit();
    let same = folder.run(SINCE);
    assert_eq!((same.code, same.findings().len()), (0, 0));
}

#[test]
fn names_with_odd_letters() {
    let folder = Folder::repository();
    folder.write("größe ä/mlsystem.yaml", DRAFT);
    folder.commit();
    assert_eq!(folder.run(SINCE).code, 0);
}

#[test]
fn what_cannot_be_compared_is_said() {
    let folder = repository();
    let unknown = folder.run("check --since no-such-branch");
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("`no-such-branch` is no revision of this repository"), "{}", unknown.err);
    let option = folder.run("check --since=--help");
    assert!(option.code == 2 && option.err.contains("`--help` is no revision"), "{}", option.err);

    let outside = Folder::new();
    outside.write("mlsystem.yaml", CLEAN);
    let outside = Folder::run(&outside, "check --since main");
    assert_eq!(outside.code, 2);
    assert!(outside.err.contains("is in no git repository"), "{}", outside.err);

    let without = folder.command("").args(["check", "--since", "main"]).env("PATH", "").output().unwrap();
    assert_eq!(without.status.code(), Some(2));
    let words = String::from_utf8(without.stderr).unwrap();
    assert_eq!(words, "error: `--since` needs git, which is not on the PATH\n");
}

#[cfg(unix)]
/// A repository may name programs in its configuration; none of them is started.
#[test]
fn nothing_of_the_repository_is_executed() {
    let folder = repository();
    folder.write(".gitattributes", "*.yaml diff=evil filter=evil\n");
    for key in ["diff.evil.textconv", "diff.evil.command", "filter.evil.smudge", "core.fsmonitor", "core.pager"] {
        let script = folder.0.join("evil.sh").display().to_string();
        folder.git(&format!("config {key} {script}"));
    }
    folder.write("evil.sh", "#!/bin/sh\ntouch evil-was-here\n");
    std::fs::set_permissions(folder.0.join("evil.sh"), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let same = folder.run(SINCE);
    assert_eq!(same.code, 0, "{}{}", same.out, same.err);
    assert!(!folder.0.join("evil-was-here").exists());
}

/// Nothing that a repository holds is started, whatever its configuration and its files are called.
#[cfg(unix)]
#[test]
fn git_starts_nothing_of_the_repository() {
    use std::os::unix::fs::PermissionsExt;

    let folder = repository();
    let trap = "#!/bin/sh\ntouch \"$(dirname \"$0\")/ran\"\nexit 1\n";
    for name in ["trap", "git", "b/git"] {
        folder.write(name, trap);
        std::fs::set_permissions(folder.0.join(name), std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let path = folder.0.join("trap").display().to_string();
    for key in [
        "core.fsmonitor",
        "core.sshCommand",
        "core.askPass",
        "core.pager",
        "core.alternateRefsCommand",
        "diff.external",
        "diff.x.textconv",
        "filter.x.smudge",
        "alias.rev-parse",
        "credential.helper",
        "gpg.program",
    ] {
        folder.git(&format!("config {key} {path}"));
    }
    folder.git("config remote.origin.url ext::./trap");
    folder.git("config remote.origin.promisor true");
    folder.git("config protocol.ext.allow always");
    folder.write(".gitattributes", "* diff=x filter=x\n");
    for hook in ["post-index-change", "reference-transaction", "post-checkout"] {
        folder.write(&format!(".git/hooks/{hook}"), trap);
        std::fs::set_permissions(folder.0.join(".git/hooks").join(hook), std::fs::Permissions::from_mode(0o755))
            .unwrap();
    }
    let with = |name: &str, change: &dyn Fn(&mut std::process::Command)| {
        let mut command = folder.command("");
        command.args(["check", "--format", "concise", "--quiet", "--since", name]);
        change(&mut command);
        let done = command.output().unwrap();
        let ran = [".", "b", ".git/hooks"].iter().any(|place| folder.0.join(place).join("ran").exists());
        assert!(!ran, "{name}");
        (done.status.code(), String::from_utf8(done.stderr).unwrap())
    };
    for name in ["main", "HEAD", "HEAD~0", "HEAD@{0}"] {
        assert_eq!(with(name, &|_| {}), (Some(0), String::new()), "{name}");
    }
    for name in [":a/mlsystem.yaml", ":0:a/mlsystem.yaml", ":(top)a", ":/x", "HEAD:a/mlsystem.yaml", "a\nb"] {
        let (code, words) = with(name, &|_| {});
        assert!(code == Some(2) && words.contains("is no revision"), "{name}: {words}");
    }
    // Neither a program of the name nor a variable leads elsewhere.
    let path = std::env::var("PATH").unwrap();
    let first = |command: &mut std::process::Command| {
        command.env("PATH", format!(".::{path}"));
    };
    assert_eq!(with("main", &first), (Some(0), String::new()));
    let elsewhere = Folder::repository();
    let lead = |command: &mut std::process::Command| {
        command.env("GIT_DIR", elsewhere.0.join(".git")).env("GIT_OBJECT_DIRECTORY", "/nowhere");
        command.env("GIT_EXTERNAL_DIFF", "./trap").env("GIT_INDEX_FILE", "/nowhere/index");
    };
    assert_eq!(with("main", &lead), (Some(0), String::new()));
}
