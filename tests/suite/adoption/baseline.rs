//! Old manifests adopt the tool in one command, and from then on only what is new counts.

use super::{CLEAN, DRAFT, Folder, spoilt};

/// Fifty drafts in folders of their own, with hundreds of findings.
fn fifty() -> Folder {
    let folder = Folder::repository();
    for number in 0..50 {
        let name = format!("name: churn-score-{number}");
        folder.write(&format!("services/s{number:02}/mlsystem.yaml"), &DRAFT.replace("name: churn-score", &name));
    }
    folder
}

const CHECK: &str = "check --format concise --verbose --baseline mlsystem-baseline.jsonl";

#[test]
fn fifty_old_manifests_adopt_the_tool_in_one_command() {
    let folder = fifty();
    let before = folder.run("check --format concise --verbose");
    assert_eq!(before.code, 1);
    let found = before.findings().len();
    assert!(found > 500, "{found} findings");

    let adopted = folder.run("baseline");
    assert_eq!(adopted.code, 0, "{}", adopted.err);
    assert_eq!(
        adopted.out,
        format!(
            "wrote mlsystem-baseline.jsonl: {found} entries\n\
             next: `mlsystem check --baseline mlsystem-baseline.jsonl` reports only what is new\n"
        )
    );
    let text = folder.read("mlsystem-baseline.jsonl");
    let entry = |line: &str| -> (String, String, String) {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| line[key].as_str().unwrap().to_owned();
        (text("path"), text("name"), text("pointer"))
    };
    let entries: Vec<_> = text.lines().skip(1).map(entry).collect();
    assert!(entries.is_sorted() && entries.len() == found);

    let quiet = folder.run(CHECK);
    assert_eq!((quiet.code, quiet.findings().len()), (0, 0), "{}", quiet.out);
    assert!(quiet.summary().starts_with("50 files: no new findings, "), "{}", quiet.summary());
    assert!(quiet.summary().contains(&format!("{found} in the baseline `mlsystem-baseline.jsonl`")));

    // One more finding fails alone.
    folder.spoil("services/s07/mlsystem.yaml");
    let failed = folder.run(CHECK);
    assert_eq!(failed.code, 1);
    let lines = failed.findings();
    assert!(lines.len() == 1 && lines[0].starts_with("services/s07/mlsystem.yaml:"), "{lines:#?}");
    assert!(lines[0].contains("error[unknown-key]"), "{lines:#?}");
    assert_eq!(folder.run("baseline").out.lines().next().unwrap().split(": ").nth(1).unwrap(), {
        format!("{} entries (1 added, 0 gone, 0 files renamed)", found + 1)
    });
}

#[test]
fn moving_lines_keeps_quiet() {
    let folder = fifty();
    folder.run("baseline");
    for number in 0..50 {
        let name = format!("services/s{number:02}/mlsystem.yaml");
        let text = folder.read(&name);
        let sections = crate::adoption::baseline::reversed(&text);
        folder.write(&name, &format!("# A comment above.\n\n{sections}\n"));
    }
    let moved = folder.run(CHECK);
    assert_eq!((moved.code, moved.findings().len()), (0, 0), "{}", moved.out);
}

/// The sections of a text in the opposite order.
fn reversed(text: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    for line in text.lines() {
        match parts.last_mut() {
            Some(last) if line.starts_with([' ', '#']) => *last += &format!("{line}\n"),
            _ => parts.push(format!("{line}\n")),
        }
    }
    parts.reverse();
    parts.concat()
}

#[test]
fn a_renamed_file_keeps_its_entries_and_pruning_writes_them_down() {
    let folder = fifty();
    folder.run("baseline");
    let entries = folder.read("mlsystem-baseline.jsonl").lines().count();
    folder.write("ranking/mlsystem.yaml", &folder.read("services/s11/mlsystem.yaml"));
    std::fs::remove_dir_all(folder.0.join("services/s11")).unwrap();
    let renamed = folder.run(CHECK);
    assert_eq!(renamed.code, 0, "{}", renamed.out);
    let lines = renamed.findings();
    assert!(lines.len() == 1 && lines[0].contains("warning[stale-baseline-entry]"), "{lines:#?}");
    assert!(lines[0].ends_with("the baseline knows a file by its old name"), "{lines:#?}");
    assert!(renamed.summary().starts_with("50 files: 1 warning"), "{}", renamed.summary());

    let pruned = folder.run("baseline --prune");
    assert!(pruned.out.contains("(0 added, 0 gone, 1 file renamed)"), "{}", pruned.out);
    let text = folder.read("mlsystem-baseline.jsonl");
    assert_eq!(text.lines().count(), entries);
    assert!(!text.contains("services/s11/") && text.contains("\"ranking/mlsystem.yaml\""));
    assert_eq!(folder.run(CHECK).findings().len(), 0);
}

#[test]
fn what_is_gone_is_a_finding_until_it_is_pruned() {
    let folder = fifty();
    folder.spoil("services/s03/mlsystem.yaml");
    folder.run("baseline");
    let entries = folder.read("mlsystem-baseline.jsonl").lines().count();
    folder.apply_fixes("services/s03/mlsystem.yaml");
    std::fs::remove_dir_all(folder.0.join("services/s04")).unwrap();
    let gone = folder.run(CHECK);
    assert_eq!(gone.code, 0);
    let lines = gone.findings();
    assert_eq!(lines.len(), 2, "{lines:#?}");
    assert!(lines.iter().all(|line| line.starts_with("mlsystem-baseline.jsonl:")), "{lines:#?}");
    assert!(lines[0].contains("the baseline excuses `unknown-key`, which is gone"), "{lines:#?}");
    assert!(lines[1].contains("the baseline names a file that is gone"), "{lines:#?}");
    let strict = format!("{CHECK} --level stale-baseline-entry=error");
    assert_eq!(folder.run(&strict).code, 1);
    assert_eq!(folder.run(&format!("{CHECK} --skip stale-baseline-entry")).findings().len(), 0);

    // Those who check a part say nothing of the rest.
    let part = folder.run(&format!("{CHECK} services/s05/mlsystem.yaml"));
    assert_eq!((part.code, part.findings().len()), (0, 0), "{}", part.out);
    assert_eq!(folder.run_in("services/s05", &CHECK.replace("mlsystem-b", "../../mlsystem-b")).findings().len(), 0);

    // Pruning adds nothing, even where there is something new.
    folder.spoil("services/s07/mlsystem.yaml");
    let pruned = folder.run("baseline --prune");
    assert!(pruned.out.contains("1 finding is not in it"), "{}", pruned.out);
    let text = folder.read("mlsystem-baseline.jsonl");
    assert!(text.lines().count() < entries && !text.contains("services/s04/") && !text.contains("unknown-key"));
    assert_eq!(folder.run(CHECK).findings().len(), 1);
}

#[test]
fn a_waived_finding_needs_no_entry() {
    let folder = fifty();
    folder.run("baseline");
    let arguments = ["waive", "no-stakeholders", "services/s00", "--reason", "one team alone", "--owner", "ads"];
    assert!(folder.command("").args(arguments).args(["--until", "2027-01-31"]).status().unwrap().success());
    let lines = folder.run(CHECK);
    assert!(lines.findings().len() == 1 && lines.findings()[0].contains("which is waived"), "{}", lines.out);
    assert!(folder.run("baseline --prune").out.contains(" 1 gone"));
    assert_eq!(folder.run(CHECK).findings().len(), 0);
}

#[test]
fn a_finding_that_became_worse_is_new() {
    let folder = Folder::repository();
    folder.write("mlsystem.yaml", &DRAFT.replace("stage: production", "stage: prototype"));
    folder.run("baseline");
    assert_eq!(folder.run(CHECK).code, 0);
    folder.edit("mlsystem.yaml", "stage: prototype", "stage: production");
    let promoted = folder.run("check --baseline mlsystem-baseline.jsonl");
    assert_eq!(promoted.code, 1);
    assert!(
        promoted.out.contains("known in the baseline `mlsystem-baseline.jsonl` as warning only"),
        "{}",
        promoted.out
    );
}

#[test]
fn json_says_what_was_compared() {
    let folder = Folder::repository();
    folder.write("mlsystem.yaml", &spoilt());
    folder.run("baseline");
    folder.apply_fixes("mlsystem.yaml");
    let report: serde_json::Value =
        serde_json::from_str(&folder.run("check --baseline mlsystem-baseline.jsonl --format json").out).unwrap();
    let schema = serde_json::from_str(mlsystem::report::OUTPUT_SCHEMA).unwrap();
    assert!(jsonschema::is_valid(&schema, &report));
    let comparison = &report["run"]["comparison"];
    assert_eq!((comparison["kind"].as_str(), comparison["new"].as_u64()), (Some("baseline"), Some(0)));
    assert_eq!(comparison["fixed"][0]["name"], "unknown-key");
    let known = report["diagnostics"].as_array().unwrap().iter().filter(|d| d["suppression"]["kind"] == "baseline");
    assert_eq!(known.count() as u64, comparison["unchanged"].as_u64().unwrap());
}

#[test]
fn nothing_is_written_where_something_could_not_be_loaded() {
    let folder = Folder::repository();
    folder.write("a/mlsystem.yaml", DRAFT);
    folder.write("b/mlsystem.yaml", "mlsystem: [\n");
    let refused = folder.run("baseline");
    assert_eq!(refused.code, 3);
    assert!(refused.err.ends_with("error: no baseline was written: 1 input could not be read or parsed\n"));
    assert!(!folder.0.join("mlsystem-baseline.jsonl").exists());
    assert_eq!(folder.run("baseline a").code, 0);
    let text = folder.read("mlsystem-baseline.jsonl");
    assert_eq!(folder.run("baseline --prune").code, 3);
    assert_eq!(folder.read("mlsystem-baseline.jsonl"), text);
}

#[test]
fn a_baseline_of_a_part_leaves_the_rest() {
    let folder = Folder::repository();
    folder.write("a/mlsystem.yaml", DRAFT);
    folder.write("b/mlsystem.yaml", DRAFT);
    folder.run("baseline");
    let whole = folder.read("mlsystem-baseline.jsonl");
    folder.run("baseline a");
    assert_eq!(folder.read("mlsystem-baseline.jsonl"), whole);
}

#[test]
fn what_is_no_baseline_is_said_and_kept() {
    let folder = Folder::repository();
    folder.write("mlsystem.yaml", CLEAN);
    let absent = folder.run("check --baseline no.jsonl");
    assert_eq!(absent.code, 2);
    assert!(absent.err.contains("the baseline `no.jsonl` cannot be read: there is no such file"), "{}", absent.err);
    folder.write("notes.txt", "dear diary\n");
    assert_eq!(folder.run("baseline --file notes.txt").code, 2);
    assert_eq!(folder.read("notes.txt"), "dear diary\n");
    assert_eq!(folder.run("check --baseline notes.txt").code, 2);
    assert_eq!(folder.run("baseline --prune").code, 2);
    assert_eq!(folder.run("baseline -").code, 2);
    assert_eq!(folder.run("check --baseline a --since b").code, 2);
}
