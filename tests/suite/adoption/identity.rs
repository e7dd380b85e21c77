//! A file is the file and not its spelling, whatever part of the tree is looked at.

use super::{CLEAN, DRAFT, Folder, spoilt};

const CONCISE: &str = "--format concise --verbose";

fn link(folder: &Folder, target: &str, name: &str) {
    let path = folder.0.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(target, path).unwrap();
    #[cfg(not(unix))]
    std::fs::copy(path.parent().unwrap().join(target), path).unwrap();
}

/// A repository of one manifest, and a link to it.
fn linked() -> Folder {
    let folder = Folder::repository();
    folder.write("a/mlsystem.yaml", &spoilt());
    link(&folder, "../a/mlsystem.yaml", "z/mlsystem.yaml");
    link(&folder, "a", "b");
    folder
}

#[cfg(unix)]
#[test]
fn one_file_under_two_names_is_one() {
    for workspace in [false, true] {
        let folder = linked();
        if workspace {
            folder.write("mlsystem-workspace.yaml", "mlsystem-workspace: 1\nsystems: \"*/mlsystem.yaml\"\n");
        }
        let here = folder.0.display().to_string();
        let once = folder.run(&format!("check a/mlsystem.yaml {CONCISE}"));
        assert!(once.findings().len() > 10 && !once.out.contains("system-name-taken"), "{}", once.out);
        for arguments in [
            format!("a/mlsystem.yaml {here}/a/mlsystem.yaml"),
            format!(". {here}"),
            "a/mlsystem.yaml a/../a/mlsystem.yaml".to_owned(),
            "a/mlsystem.yaml z/mlsystem.yaml".to_owned(),
            "a b".to_owned(),
            "a/mlsystem.yaml [az]/mlsystem.yaml b".to_owned(),
            ".".to_owned(),
        ] {
            let twice = folder.run(&format!("check {arguments} {CONCISE}"));
            assert_eq!(twice.findings(), once.findings(), "{arguments}\n{}", twice.err);
        }
        // The first name is the one that people know it by.
        let other = folder.run(&format!("check z/mlsystem.yaml a {CONCISE}"));
        let renamed: Vec<String> = once.findings().iter().map(|line| line.replacen("a/", "z/", 1)).collect();
        assert_eq!(other.findings(), renamed);
        let below = folder.run_in("a", &format!("check mlsystem.yaml ../a/mlsystem.yaml {CONCISE}"));
        assert_eq!(below.findings().len(), once.findings().len(), "{}", below.out);
        assert!(!below.out.contains("system-name-taken"), "{}", below.out);

        let gitlab = folder.run("check a/mlsystem.yaml z/mlsystem.yaml --format gitlab --select unknown-key");
        assert_eq!(gitlab.out.matches("\"fingerprint\"").count(), 1, "{}", gitlab.out);
    }
}

#[cfg(unix)]
#[test]
fn what_is_known_of_a_file_is_known_of_its_links() {
    let folder = linked();
    folder.run("baseline a");
    for name in ["z/mlsystem.yaml", "b/mlsystem.yaml", "z", "b"] {
        let known = folder.run(&format!("check {name} --baseline mlsystem-baseline.jsonl {CONCISE}"));
        assert_eq!((known.code, known.findings().len()), (0, 0), "{name}: {}{}", known.out, known.err);
    }
    folder.commit();
    for name in ["z/mlsystem.yaml", "b/mlsystem.yaml", "z", "b", ". a z"] {
        let known = folder.run(&format!("check {name} --since main {CONCISE}"));
        assert_eq!((known.code, known.findings().len()), (0, 0), "{name}: {}{}", known.out, known.err);
    }
    let fixed =
        folder.run("check a/mlsystem.yaml z/mlsystem.yaml --fix --select duplicate-key,unknown-key,bad-quantity");
    assert!(fixed.code < 2 && !fixed.err.contains("left as it is"), "{}", fixed.err);
}

/// The levels of a link are those of the file that it leads to.
#[cfg(unix)]
#[test]
fn a_link_has_the_levels_of_its_file() {
    let folder = linked();
    let levels = "levels:\n  - {select: no-owner, level: advice, in: [\"a/**\"], reason: one team alone}\n";
    folder.write("mlsystem-workspace.yaml", &format!("mlsystem-workspace: 1\nsystems: \"*/mlsystem.yaml\"\n{levels}"));
    for name in ["a/mlsystem.yaml", "z/mlsystem.yaml", "b/mlsystem.yaml", "./a/../b/mlsystem.yaml"] {
        let said = folder.run(&format!("config {name} --changed"));
        assert!(said.out.contains("no-owner") && said.out.contains("advice"), "{name}: {}{}", said.out, said.err);
    }
}

#[test]
fn standard_input_stands_for_the_file_of_its_name() {
    use std::io::Write;
    use std::process::Stdio;
    let folder = Folder::repository();
    folder.write("a/mlsystem.yaml", &spoilt());
    folder.write("mlsystem-workspace.yaml", "mlsystem-workspace: 1\nsystems: \"*/mlsystem.yaml\"\n");
    for name in ["a/mlsystem.yaml", "./a/mlsystem.yaml", "a/../a/mlsystem.yaml"] {
        let mut command = folder.command("");
        command.args(["check", "-", ".", "--format", "json", "--stdin-filename", name]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(CLEAN.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(report["run"]["inputs"], 1, "{name}");
        assert!(!String::from_utf8(output.stdout).unwrap().contains("unknown-key"));
    }
}

#[cfg(unix)]
#[test]
fn a_search_takes_a_link_to_a_file_of_the_repository() {
    let folder = Folder::repository();
    folder.write("designs/real.yaml", DRAFT);
    link(&folder, "../designs/real.yaml", "svc/mlsystem.yaml");
    let found = folder.run(&format!("check {CONCISE}"));
    assert!(
        found.code == 1 && found.findings().iter().all(|line| line.starts_with("svc/mlsystem.yaml:")),
        "{}",
        found.out
    );
    let outside = Folder::new();
    outside.write("real.yaml", DRAFT);
    link(&folder, outside.0.join("real.yaml").to_str().unwrap(), "out/mlsystem.yaml");
    link(&folder, "nowhere", "dangling/mlsystem.yaml");
    let told = folder.run(&format!("check out dangling --allow-empty {CONCISE}"));
    assert_eq!((told.code, &*told.out), (0, ""));
    assert_eq!(
        told.err,
        "note: `dangling/mlsystem.yaml` is a link to no file of the repository, and is not read\n\
         note: `out/mlsystem.yaml` is a link to no file of the repository, and is not read\n"
    );
}

/// Two manifests of a workspace or none, one of them moved; what is checked is a part.
#[test]
fn a_renamed_manifest_is_known_whatever_part_is_checked() {
    for workspace in [false, true] {
        let folder = Folder::repository();
        folder.write("svc/a/mlsystem.yaml", DRAFT);
        folder.write("svc/c/mlsystem.yaml", &DRAFT.replace("name: churn-score", "name: other"));
        if workspace {
            folder.write("mlsystem-workspace.yaml", "mlsystem-workspace: 1\nsystems: \"svc/*/mlsystem.yaml\"\n");
        }
        folder.run("baseline");
        folder.commit();
        folder.git("mv svc/a svc/b");
        for part in ["", ".", "svc", "svc/b", "svc/b/mlsystem.yaml", "svc/b/mlsystem.yaml svc/c/mlsystem.yaml"] {
            for option in ["--baseline mlsystem-baseline.jsonl", "--since HEAD"] {
                let known = folder.run(&format!("check {part} {option} {CONCISE} --skip stale-baseline-entry"));
                let new = known.findings();
                assert_eq!(
                    (known.code, new.len()),
                    (0, 0),
                    "`{part}` {option} {workspace}\n{}{}",
                    known.out,
                    known.err
                );
            }
        }
        let below = folder.run_in("svc/b", &format!("check --baseline ../../mlsystem-baseline.jsonl {CONCISE}"));
        assert_eq!(below.code, 0, "{}", below.out);

        // A copy of the moved manifest is new: the moved one is nearer, although nobody asks for it.
        folder.write("svc/d/copy.mlsystem.yaml", DRAFT);
        let copy = folder.run(&format!("check svc/d --baseline mlsystem-baseline.jsonl {CONCISE}"));
        assert!(copy.code == 1 && copy.findings().len() > 10, "{}", copy.out);
        std::fs::remove_dir_all(folder.0.join("svc/d")).unwrap();

        // Pruning a part writes the new name down, and takes nothing else away.
        let entries = folder.read("mlsystem-baseline.jsonl").lines().count();
        let elsewhere = folder.run("baseline --prune svc/c");
        assert!(elsewhere.out.contains("(0 added, 0 gone, 0 files renamed)"), "{}", elsewhere.out);
        let pruned = folder.run("baseline --prune svc/b");
        assert!(pruned.out.contains("(0 added, 0 gone, 1 file renamed)"), "{}", pruned.out);
        let text = folder.read("mlsystem-baseline.jsonl");
        assert!(text.lines().count() == entries && !text.contains("svc/a/") && text.contains("svc/b/"));
        let settled = folder.run(&format!("check --baseline mlsystem-baseline.jsonl {CONCISE}"));
        assert_eq!((settled.code, settled.findings().len()), (0, 0), "{}", settled.out);
    }
}

#[test]
fn each_file_is_compared_in_the_repository_that_holds_it() {
    let text = "mlsystem: 1\nname: x\nstage: research\nregions: [xx]\n";
    let folder = Folder::new();
    let git = |below: &str, arguments: &str| {
        let inner = folder.0.join(below);
        std::fs::create_dir_all(&inner).unwrap();
        let mut command = std::process::Command::new("git");
        command.args(["-c", "user.name=t", "-c", "user.email=t@example.invalid", "-c", "protocol.file.allow=always"]);
        let output =
            command.args(arguments.split(' ')).current_dir(inner).env("GIT_CONFIG_GLOBAL", "/dev/null").output();
        let output = output.unwrap();
        assert!(output.status.success(), "git {arguments}: {}", String::from_utf8_lossy(&output.stderr));
    };
    let since = |below: &str, arguments: &str| folder.run_in(below, &format!("check {arguments} {CONCISE}"));
    git("r", "init --quiet --initial-branch main");
    folder.write("r/mlsystem.yaml", text);
    git("r", "add --all");
    git("r", "commit --quiet --message one");
    git("sup", "init --quiet --initial-branch main");
    git("sup", &format!("submodule --quiet add file://{} sub", folder.0.join("r").display()));
    git("sup", "commit --quiet --message sub");
    git("r", "worktree add --quiet ../wt");

    for (below, arguments) in [
        ("sup", "--since HEAD"),
        ("sup", "sub --since HEAD"),
        ("sup/sub", "--since HEAD"),
        ("", "r wt --since HEAD"),
        ("", "r sup wt --since main"),
        ("", "r/mlsystem.yaml sup/sub/mlsystem.yaml --since HEAD"),
    ] {
        let same = since(below, arguments);
        assert_eq!((same.code, same.findings().len()), (0, 0), "{below}: {arguments}\n{}{}", same.out, same.err);
        assert!(same.summary().contains("no new findings") && !same.err.contains("note:"), "{}{}", same.out, same.err);
    }
    // The commit that was recorded counts, not the one of the same name inside.
    folder.write("sup/sub/mlsystem.yaml", &format!("{text}colour: red\n"));
    git("sup/sub", "commit --quiet --all --message two");
    let changed = since("sup", "--since HEAD");
    assert!(changed.findings().len() == 1 && changed.out.contains("unknown-key"), "{}{}", changed.out, changed.err);
    assert_eq!(since("sup/sub", "--since HEAD").findings().len(), 0);
    // What has no such revision is named, and does not count.
    git("other", "init --quiet --initial-branch trunk");
    folder.write("other/mlsystem.yaml", text);
    folder.write("loose/mlsystem.yaml", text);
    let some = since("", "r other loose --since main");
    assert_eq!((some.code, some.findings().len()), (0, 0), "{}{}", some.out, some.err);
    assert!(some.err.contains("note: `other/mlsystem.yaml` is not compared, and does not count: "), "{}", some.err);
    assert!(some.err.contains("note: `loose/mlsystem.yaml` is not compared, and does not count: "), "{}", some.err);
    let nowhere = since("loose", "--since HEAD");
    assert_eq!((nowhere.code, &*nowhere.err), (2, "error: the current folder is in no git repository\n"));
}

#[test]
fn names_that_are_nearly_right_are_used_or_told() {
    let folder = Folder::repository();
    folder.write("eta.mlsystem.yml", CLEAN);
    folder.write("a/MLSystem.yaml", CLEAN);
    folder.write("mlsystem-workspace.yml", "mlsystem-workspace: 1\nsystems: \"*\"\n");
    let told = folder.run("check --skip evidence");
    assert_eq!(
        told.err,
        "note: `a/MLSystem.yaml` is not read: call it `mlsystem.yaml`\n\
         note: `mlsystem-workspace.yml` is not read: call it `mlsystem-workspace.yaml`\n"
    );
    assert!(told.code == 0 && told.out.starts_with("1 file"), "{}", told.out);
    // As a hook passes them.
    assert_eq!(folder.run("check --allow-empty --skip evidence eta.mlsystem.yml a/MLSystem.yaml").code, 0);
    let workspace_config = folder.run("check --allow-empty mlsystem-workspace.yml");
    assert_eq!(workspace_config.code, 2);
    assert_eq!(
        workspace_config.err,
        "error: `mlsystem-workspace.yml` is not read: call it `mlsystem-workspace.yaml`\n"
    );
    // The right one stands for what it names.
    std::fs::rename(folder.0.join("mlsystem-workspace.yml"), folder.0.join("mlsystem-workspace.yaml")).unwrap();
    let whole = folder.run("check --skip evidence mlsystem-workspace.yaml");
    assert!(whole.out.contains("`eta-forecast` is no system of this workspace"), "{}{}", whole.out, whole.err);
    assert!(whole.summary().starts_with("1 file: "), "{}", whole.out);
}
