//! Which files are checked, and which are not opened.

use super::{CLEAN, Done, Folder, findings, with_error};

/// The files that have a finding, in the order of the report. Every manifest of these tests has one.
fn files(done: &Done) -> Vec<&str> {
    findings(done).iter().map(|line| line.split(':').next().unwrap()).collect()
}

fn folder_of(names: &[&str]) -> Folder {
    let folder = Folder::new();
    names.iter().for_each(|name| folder.write(name, with_error()));
    folder
}

#[test]
fn a_search_takes_manifests_and_leaves_out_what_is_hidden_or_ignored() {
    let folder = folder_of(&[
        "mlsystem.yaml",
        "a/mlsystem.yml",
        "a/eta.mlsystem.yaml",
        "a/other.yaml",
        ".hidden/mlsystem.yaml",
        "build/mlsystem.yaml",
        "a/skipped.mlsystem.yaml",
        "a/mlsystem.yaml.bak",
    ]);
    folder.write(".gitignore", "build/\n");
    folder.write("a/.gitignore", "skipped.*\n");
    let found = ["a/eta.mlsystem.yaml", "a/mlsystem.yml", "mlsystem.yaml"];
    assert_eq!(files(&folder.run("check --format concise")), found);
    assert_eq!(files(&folder.run("check . --format concise")), found);
    assert_eq!(files(&folder.run("check a --format concise")), found[..2]);
    // What is asked for by name is checked.
    for asked in ["build/mlsystem.yaml", ".hidden/mlsystem.yaml", "a/other.yaml", "a/skipped.mlsystem.yaml"] {
        assert_eq!(files(&folder.run(&format!("check {asked} --format concise"))), [asked]);
    }
    assert_eq!(files(&folder.run("check .hidden --format concise")), [".hidden/mlsystem.yaml"]);
}

#[test]
fn patterns_are_matched_and_each_file_is_checked_once() {
    let folder = folder_of(&["a/mlsystem.yaml", "b/mlsystem.yaml", "b/x.yaml", "c/d/mlsystem.yaml"]);
    assert_eq!(files(&folder.run("check */mlsystem.yaml --format concise")), ["a/mlsystem.yaml", "b/mlsystem.yaml"]);
    assert_eq!(files(&folder.run("check c/* --format concise")), ["c/d/mlsystem.yaml"]);
    let all = ["a/mlsystem.yaml", "b/mlsystem.yaml", "c/d/mlsystem.yaml"];
    for arguments in [
        ". a/mlsystem.yaml",
        "a/mlsystem.yaml ./a/mlsystem.yaml .",
        "**/mlsystem.yaml ./a/./mlsystem.yaml a b c",
        "./ a// b/. c",
    ] {
        assert_eq!(files(&folder.run(&format!("check {arguments} --format concise"))), all, "{arguments}");
    }
}

#[test]
fn a_file_whose_name_looks_like_a_pattern_is_that_file() {
    let folder = folder_of(&["[a].yaml", "a.yaml"]);
    assert_eq!(files(&folder.run("check [a].yaml --format concise")), ["[a].yaml"]);
}

#[test]
fn standard_input_has_the_name_it_is_given() {
    let folder = folder_of(&["a/mlsystem.yaml"]);
    let done = folder.run_with("check - --format concise", &with_error());
    assert_eq!((done.code, files(&done)), (1, vec!["mlsystem.yaml"]));
    let done = folder.run_with("check - --stdin-filename svc/x.yaml --format concise", &with_error());
    assert_eq!((done.code, files(&done)), (1, vec!["svc/x.yaml"]));
    let done = folder.run_with("check - a --format concise --stdin-filename z.yaml", &with_error());
    assert_eq!((done.code, files(&done)), (1, vec!["a/mlsystem.yaml", "z.yaml"]));
    assert_eq!(folder.run_with("check -", CLEAN).code, 0);
}

#[test]
fn the_report_is_the_same_over_one_and_many_files_and_repeated_runs() {
    let names: Vec<String> = (0..40).map(|number| format!("team-{}/s{number}.mlsystem.yaml", number % 7)).collect();
    let folder = folder_of(&names.iter().map(String::as_str).collect::<Vec<_>>());
    for format in mlsystem::report::Format::ALL.map(mlsystem::report::Format::word) {
        let all = folder.run(&format!("check --format {format} --verbose"));
        assert_eq!(all.code, 1);
        for _ in 0..5 {
            assert_eq!(folder.run(&format!("check --format {format} --verbose")).out, all.out);
        }
        let backwards = names.iter().rev().cloned().collect::<Vec<_>>().join(" ");
        assert_eq!(folder.run(&format!("check {backwards} --format {format} --verbose")).out, all.out);
    }
    let all = folder.run("check --format concise --quiet").out;
    let mut sorted = names.clone();
    sorted.sort();
    let single: String =
        sorted.iter().map(|name| folder.run(&format!("check {name} --format concise --quiet")).out).collect();
    assert_eq!(all, single);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::symlink;
    use std::process::Command;

    use super::*;

    #[test]
    fn links_are_not_followed_by_a_search() {
        let outside = folder_of(&["mlsystem.yaml"]);
        let folder = folder_of(&["a/mlsystem.yaml"]);
        symlink(&folder.0, folder.0.join("a/loop")).unwrap();
        symlink(&outside.0, folder.0.join("out")).unwrap();
        symlink(outside.0.join("mlsystem.yaml"), folder.0.join("a/x.mlsystem.yaml")).unwrap();
        symlink("nowhere", folder.0.join("a/y.mlsystem.yaml")).unwrap();
        symlink("self", folder.0.join("self")).unwrap();
        assert_eq!(files(&folder.run("check --format concise")), ["a/mlsystem.yaml"]);
        let done = folder.run("check self --format concise");
        assert_eq!(done.code, 3, "{}{}", done.out, done.err);
    }

    #[test]
    fn pipes_and_devices_are_not_opened() {
        let folder = folder_of(&["mlsystem.yaml"]);
        assert!(Command::new("mkfifo").arg(folder.0.join("x.mlsystem.yaml")).status().unwrap().success());
        let done = folder.run("check x.mlsystem.yaml --format concise");
        assert_eq!(done.code, 3);
        assert!(done.out.contains("it is no regular file"), "{}", done.out);
        assert_eq!(folder.code("check /dev/zero"), 3);
        assert_eq!(files(&folder.run("check --format concise")), ["mlsystem.yaml"]);
    }

    #[test]
    fn control_characters_in_a_name_stay_out_of_the_terminal() {
        let folder = Folder::new();
        folder.write("a\u{1b}[31m\nb.mlsystem.yaml", with_error());
        for format in ["pretty", "concise"] {
            let done = folder.run(&format!("check --format {format}"));
            assert_eq!(done.code, 1);
            assert!(!done.out.contains('\u{1b}'), "{:?}", done.out);
            assert!(!done.out.lines().any(|line| line.starts_with("b.mlsystem")), "{:?}", done.out);
        }
        let done = folder.run("check --format json");
        assert!(done.out.contains("\\u001b[31m\\nb"), "{}", done.out);
    }

    #[test]
    fn a_name_that_is_no_utf8_is_read_all_the_same() {
        use std::os::unix::ffi::OsStrExt;
        let folder = Folder::new();
        let name = std::ffi::OsStr::from_bytes(b"\xff.mlsystem.yaml");
        std::fs::write(folder.0.join(name), with_error()).unwrap();
        assert_eq!(folder.code("check"), 1);
    }
}

/// A hook and a shell pass names as they find them; a file must not say how it is checked.
#[test]
fn a_manifest_whose_name_begins_with_a_dash_is_no_option() {
    let folder = Folder::new().with("y.mlsystem.yaml", CLEAN).with("-x.mlsystem.yaml", CLEAN);
    folder.write("--output=y.mlsystem.yaml", CLEAN);
    for name in ["-x.mlsystem.yaml", "--output=y.mlsystem.yaml"] {
        let told = folder.run(&format!("check --allow-empty y.mlsystem.yaml {name}"));
        assert_eq!(told.code, 2);
        assert_eq!(told.err, format!("error: `{name}` is read as an option: write `./{name}` for the file\n"));
        assert_eq!(folder.run(&format!("check --skip evidence ./{name}")).code, 0);
        assert_eq!(folder.run(&format!("check --skip evidence -- {name}")).code, 0);
    }
    assert_eq!(folder.read("y.mlsystem.yaml"), CLEAN);
    // What is there under another name is an option all the same.
    let kept = folder.run("check -x.mlsystem.yml");
    assert!(kept.code == 2 && kept.err.contains("unexpected argument"), "{}", kept.err);
}
