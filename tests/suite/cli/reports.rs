//! Several reports of one run, and the summary of a job.

use super::{Folder, finish, with_error};

#[test]
fn each_output_belongs_to_the_format_before_it() {
    let folder = Folder::new().with("bad.yaml", with_error());
    let alone = |format: &str| folder.run(&format!("check bad.yaml --format {format}")).out;
    let (sarif, junit, pretty) = (alone("sarif"), alone("junit"), alone("pretty"));
    let done =
        folder.run("check --format sarif --output a.sarif bad.yaml --format junit --output b.xml --format pretty");
    assert_eq!((done.code, done.out), (1, pretty.clone()));
    assert_eq!((folder.read("a.sarif"), folder.read("b.xml")), (sarif, junit));
    assert_eq!(folder.run("check bad.yaml --output -").out, pretty);
    assert_eq!(folder.names(), ["a.sarif", "b.xml", "bad.yaml"]);
}

#[test]
fn reports_that_would_mix_are_wrong_usage() {
    let folder = Folder::clean();
    for (arguments, words) in [
        ("--format json --format sarif", "both go to standard output"),
        ("--format json --output a --format sarif --output a", "both go to `a`"),
        ("--format json --output a --output b", "both `a` and `b`"),
        ("--output a --format json --format sarif", "before any `--format`"),
    ] {
        let done = folder.run(&format!("check {arguments}"));
        assert_eq!((done.code, done.out.as_str()), (2, ""), "{arguments}");
        assert!(done.err.contains(words), "{arguments}: {}", done.err);
    }
    assert_eq!(folder.names(), ["mlsystem.yaml"]);
}

#[test]
fn a_job_gets_its_summary_behind_what_is_there() {
    let folder = Folder::new().with("bad.yaml", with_error()).with("summary.md", "# Job\n");
    let summary = |format: &str, file: &str| {
        finish(folder.command(&["check", "bad.yaml", "--format", format]).env("GITHUB_STEP_SUMMARY", file), "")
    };
    let done = summary("github", "summary.md");
    assert!(done.code == 1 && done.out.contains("::error title=mlsystem (no-fallback),file=bad.yaml,"), "{}", done.out);
    let text = folder.read("summary.md");
    assert!(text.starts_with("# Job\n**mlsystem**") && text.contains("no-fallback"), "{text}");
    // The other formats leave it alone.
    assert_eq!(summary("pretty", "summary.md").code, 1);
    assert_eq!(summary("markdown", "summary.md").code, 1);
    assert_eq!(folder.read("summary.md"), text);
    let done = summary("github", "none/summary.md");
    assert_eq!((done.code, done.err.contains("`none/summary.md` could not be written")), (2, true), "{}", done.err);
    assert_eq!(summary("github", "").code, 1);
}

#[test]
fn paths_count_from_the_root_of_the_repository_where_they_must() {
    let folder = Folder::new().with(".git/HEAD", "").with("services/shop/bad.yaml", with_error());
    let run = |format: &str| {
        let mut command = folder.command(&["check", "bad.yaml", "--format", format]);
        finish(command.current_dir(folder.0.join("services/shop")), "").out
    };
    assert!(run("sarif").contains("\"uri\":\"services/shop/bad.yaml\""));
    assert!(run("gitlab").contains("\"path\":\"services/shop/bad.yaml\""));
    assert!(run("github").contains(",file=services/shop/bad.yaml,"));
    assert!(run("rdjson").contains("\"path\":\"bad.yaml\""));
    assert!(run("junit").contains("file=\"bad.yaml\""));
}

#[test]
fn waived_findings_are_shown_where_they_are_asked_for() {
    let waiver =
        "waivers:\n  - {check: no-fallback, reason: the caller has one, owner: discovery-ml, until: 2027-01-31}\n";
    let folder = Folder::new().with("bad.yaml", with_error() + waiver);
    let run = |format: &str, more: &str| folder.run(&format!("check bad.yaml --format {format} {more}")).out;
    for format in ["sarif", "github", "gitlab", "rdjson", "rdjsonl", "markdown"] {
        assert!(!run(format, "").contains("the caller has one"), "{format}");
        assert!(run(format, "--show-waived").contains("the caller has one"), "{format}");
    }
    for format in ["json", "jsonl", "junit"] {
        assert!(run(format, "").contains("the caller has one"), "{format}");
    }
    let sarif = run("sarif", "--show-waived");
    assert!(sarif.contains("\"kind\":\"inSource\"") && sarif.contains("\"status\":\"accepted\""), "{sarif}");
}

#[test]
fn sarif_has_the_page_of_each_lint_that_found_something() {
    let folder = Folder::new().with("bad.yaml", with_error());
    let sarif: serde_json::Value = serde_json::from_str(&folder.run("check bad.yaml --format sarif").out).unwrap();
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    let rule = rules.iter().find(|rule| rule["id"] == "no-fallback").unwrap();
    let help = rule["help"]["markdown"].as_str().unwrap();
    assert!(help.contains("## Bad") && help.contains("```yaml") && help.contains("## Sources"), "{help}");
    assert!(!rule["help"]["text"].as_str().unwrap().contains("```"));
    assert!(rule["properties"]["tags"].as_array().unwrap().len() > 3, "{rule}");
}
