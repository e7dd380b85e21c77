//! Where the report goes, and what is in it.

use std::io::Read;
use std::process::Stdio;

use super::{CLEAN, Folder, exists, findings, with_error};

#[test]
fn a_report_in_a_file_is_what_would_have_been_printed() {
    let folder = Folder::new().with("bad.yaml", with_error());
    for format in mlsystem::report::Format::ALL.map(mlsystem::report::Format::word) {
        let printed = folder.run(&format!("check bad.yaml --format {format}"));
        folder.write("report", "what was there before, and longer than any report could be".repeat(100));
        let written = folder.run(&format!("check bad.yaml --format {format} --output report"));
        assert_eq!((written.code, written.out), (1, String::new()));
        assert_eq!(folder.read("report"), printed.out);
        assert_eq!(folder.names(), ["bad.yaml", "report"]);
    }
}

#[test]
fn a_report_that_cannot_be_written_leaves_nothing_behind() {
    let folder = Folder::clean();
    std::fs::create_dir(folder.0.join("sub")).unwrap();
    for output in ["missing/report", "sub", "mlsystem.yaml/report", "."] {
        let done = folder.run(&format!("check --output {output}"));
        assert_eq!(done.code, 2, "{output}");
        assert!(done.err.contains("could not be written"), "{}", done.err);
    }
    assert_eq!(folder.names(), ["mlsystem.yaml", "sub"]);
    assert_eq!(folder.read("mlsystem.yaml"), CLEAN);
    assert_eq!(std::fs::read_dir(folder.0.join("sub")).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_keeps_its_files() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::clean().with("sub/report", "before");
    let sub = folder.0.join("sub");
    std::fs::set_permissions(&sub, std::fs::Permissions::from_mode(0o555)).unwrap();
    // Nothing is read-only for the superuser.
    let may_write = std::fs::write(sub.join("probe"), "").is_ok();
    let code = folder.code("check --output sub/report");
    std::fs::set_permissions(&sub, std::fs::Permissions::from_mode(0o755)).unwrap();
    if !may_write {
        assert_eq!((code, folder.read("sub/report").as_str()), (2, "before"));
        assert_eq!(std::fs::read_dir(&sub).unwrap().count(), 1);
    }
}

#[cfg(unix)]
#[test]
fn a_report_keeps_the_permissions_of_the_file_and_follows_its_link() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::clean().with("real", "before");
    std::fs::set_permissions(folder.0.join("real"), std::fs::Permissions::from_mode(0o600)).unwrap();
    std::os::unix::fs::symlink("real", folder.0.join("link")).unwrap();
    assert_eq!(folder.code("check --output link"), 0);
    assert!(folder.read("real").contains("no findings"), "{}", folder.read("real"));
    assert!(std::fs::symlink_metadata(folder.0.join("link")).unwrap().is_symlink());
    assert_eq!(std::fs::metadata(folder.0.join("real")).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(folder.code("check --output /dev/null"), 0);
    assert!(exists("/dev/null".as_ref()));
}

#[test]
fn nothing_to_check_writes_no_report() {
    let folder = Folder::new();
    assert_eq!(folder.code("check --output report"), 4);
    assert!(folder.names().is_empty());
}

#[test]
fn a_closed_pipe_ends_the_run_with_the_code_of_its_findings() {
    let folder = Folder::new();
    for number in 0..300 {
        folder.write(&format!("s{number}.mlsystem.yaml"), with_error());
    }
    let mut child = folder.command(&["check"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");

    let mut child =
        folder.command(&["explain", "--functions"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn quiet_leaves_out_the_summary_alone() {
    let folder = Folder::clean().with("bad.yaml", with_error());
    assert_eq!(folder.run("check --quiet").out, "");
    let (loud, quiet) = (folder.run("check bad.yaml"), folder.run("check bad.yaml -q"));
    assert!(loud.out.starts_with(quiet.out.trim_end()) && loud.out.len() > quiet.out.len());
}

#[test]
fn lints_are_chosen_by_name_category_and_kind() {
    let folder = Folder::new().with("bad.yaml", with_error() + "privacy: {retention: 3 bananas}\n");
    let found = |arguments: &str| {
        let done = folder.run(&format!("check bad.yaml --format concise {arguments}"));
        let name = |line: &&str| line.split(['[', ']']).nth(1).unwrap().to_owned();
        findings(&done).iter().map(name).collect::<Vec<_>>()
    };
    let all = found("");
    assert!(all.len() > 1 && all.iter().any(|name| name == "no-fallback"), "{all:?}");
    for chosen in ["no-fallback", "serving", "missing-piece"] {
        assert_eq!(found(&format!("--select {chosen}")), ["no-fallback"], "{chosen}");
        let rest: Vec<_> = all.iter().filter(|name| *name != "no-fallback").cloned().collect();
        assert_eq!(found(&format!("--skip {chosen}")), rest, "{chosen}");
        assert_eq!(found(&format!("--level {chosen}=off")), rest, "{chosen}");
        let done = folder.run(&format!("check bad.yaml --format concise --level {chosen}=advice"));
        assert!(done.out.contains("advice[no-fallback]"), "{}", done.out);
    }
    assert!(found("--select serving --skip no-fallback").is_empty());
    assert_eq!(found("--select no-fallback,format"), all);
    // The last word counts.
    assert!(found("--level serving=error --level no-fallback=off --select serving").is_empty());
    assert_eq!(found("--level no-fallback=off --level serving=error --select serving"), ["no-fallback"]);
}

#[test]
fn the_day_decides_what_is_stale() {
    let waiver =
        "waivers:\n  - {check: no-fallback, reason: the caller has one, owner: discovery-ml, until: 2027-01-31}\n";
    let folder = Folder::new().with("bad.yaml", with_error() + waiver);
    assert!(!folder.run("check bad.yaml --today 2027-01-30").out.contains("waiver-expired"));
    assert!(folder.run("check bad.yaml --today 2027-02-01").out.contains("waiver-expired"));
    let json = folder.run("check bad.yaml --today 2027-02-01 --format json").out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(json.to_string().contains("2027-02-01"));
}

#[test]
fn colours_only_where_they_are_asked_for() {
    let folder = Folder::new().with("bad.yaml", with_error());
    assert!(!folder.run("check bad.yaml").out.contains('\u{1b}'));
    assert!(!folder.run("check bad.yaml --color never").out.contains('\u{1b}'));
    assert!(folder.run("check bad.yaml --color always").out.contains('\u{1b}'));
}
