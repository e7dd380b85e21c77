//! `mlsystem questions` and `mlsystem add`.

use serde_json::Value;

use super::Folder;

const DRAFT: &str = "mlsystem: 1\nname: a\nstage: production\nowner: ads-ml  # draft: .github/CODEOWNERS\nrisk:              # ? tier\nserving:\n  pattern: online\n  latency: {p99: <how long>}\n";

fn folder() -> Folder {
    Folder::new().with("mlsystem.yaml", DRAFT).with(".github/CODEOWNERS", "* @org/growth\n")
}

#[test]
fn seven_at_a_time_the_most_worth_first() {
    let done = folder().run("questions --today 2026-11-28");
    assert_eq!(done.code, 0, "{}", done.err);
    let numbered = |text: &str| text.lines().filter(|line| line.contains(" (line ")).count();
    assert_eq!(numbered(&done.out), 7, "{}", done.out);
    assert!(done.out.contains("more: `mlsystem questions --all`"), "{}", done.out);
    let all = folder().run("questions --all --today 2026-11-28");
    assert!(numbered(&all.out) > 15, "{}", all.out);
    for part in ["(line 5, empty)", "(line 4, draft)", "known: `ads-ml` (the draft, .github/CODEOWNERS)", "unlocks: "] {
        assert!(all.out.contains(part), "{part}\n{}", all.out);
    }
    assert!(all.out.lines().all(|line| line.chars().count() <= 100), "{}", all.out);
}

#[test]
fn each_place_is_asked_once() {
    let done = folder().run("questions --all --format json --today 2026-11-28");
    let document: Value = serde_json::from_str(&done.out).unwrap();
    let schema: Value = serde_json::from_str(&folder().run("schema questions").out).unwrap();
    assert!(jsonschema::is_valid(&schema, &document), "{}", done.out);
    let questions = document["systems"][0]["questions"].as_array().unwrap();
    assert_eq!(document["systems"][0]["total"], questions.len());
    let mut places: Vec<&str> = questions.iter().map(|one| one["place"].as_str().unwrap()).collect();
    places.sort_unstable();
    let count = places.len();
    places.dedup();
    assert_eq!(places.len(), count);
    let of = |place: &str| questions.iter().find(|one| one["place"] == place).unwrap();
    assert_eq!(of("owner")["state"], "draft");
    assert_eq!(of("risk")["state"], "empty");
    assert_eq!(of("serving.latency.p99")["state"], "placeholder");
    assert!(questions.iter().any(|one| one["state"] == "not-written"));
    // The worst comes first.
    assert_eq!(questions[0]["severity"], "error");
}

#[test]
fn an_issue_calls_nobody() {
    let done = folder().run("questions --format markdown --today 2026-11-28");
    assert!(done.out.starts_with("# Open questions\n\n## `mlsystem.yaml`\n\n- [ ] **`"), "{}", done.out);
    assert!(!done.out.contains("@org") && done.out.contains("org/growth"), "{}", done.out);
}

#[test]
fn exit_codes_and_wrong_use() {
    assert_eq!(Folder::new().code("questions"), 4);
    assert_eq!(Folder::new().with("bad.yaml", "a: [1\n").code("questions bad.yaml"), 3);
    assert_eq!(folder().code("questions -"), 2);
    let nobody = folder().run("questions --answer");
    assert_eq!(nobody.code, 2);
    assert!(nobody.err.contains("nobody can be asked here"), "{}", nobody.err);
    assert_eq!(folder().code("questions --answer --format json"), 2);
}

#[test]
fn outlines_are_added_and_questions_stay_open() {
    let folder = folder();
    let before = folder.run("check --format json --today 2026-11-28").out;
    let done = folder.run("add fairness monitoring.logging --today 2026-11-28");
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.out.starts_with("wrote mlsystem.yaml: the outline"), "{}", done.out);
    let text = folder.read("mlsystem.yaml");
    assert!(text.contains("\nfairness:") && text.contains("  logging:") && text.contains("# ? "), "{text}");
    let names = |text: &str| {
        let document: Value = serde_json::from_str(text).unwrap();
        let findings = document["diagnostics"].as_array().unwrap();
        let mut names: Vec<String> = findings.iter().map(|one| one["name"].to_string()).collect();
        names.sort();
        names
    };
    assert_eq!(names(&folder.run("check --format json --today 2026-11-28").out), names(&before));
    let again = folder.run("add fairness monitoring.logging --today 2026-11-28");
    assert!(again.out.contains("nothing to add"), "{}", again.out);
    let wrong = folder.run("add fairnes");
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("did you mean `fairness`?"), "{}", wrong.err);
}
